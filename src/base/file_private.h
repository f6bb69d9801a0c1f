/*
 * base/file_private.h - what the files of base/file.h share. Private to base/.
 */
#ifndef BACKSTEP_SRC_BASE_FILE_PRIVATE_H
#define BACKSTEP_SRC_BASE_FILE_PRIVATE_H

#include "base/status.h"

/* "cannot write 'PATH': CAUSE", of errno. */
enum status file_error(struct error *error, const char *verb, const char *path, int cause);

#endif
