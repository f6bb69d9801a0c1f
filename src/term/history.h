/*
 * term/history.h - what was typed before, in a file that several programs may share.
 * Private to term/.
 *
 * A file of lines, newest last. Reading makes them harmless; a program adds its own lines
 * behind those that are there by then, under a lock, and writes the file anew in one step.
 */
#ifndef BACKSTEP_SRC_TERM_HISTORY_H
#define BACKSTEP_SRC_TERM_HISTORY_H

#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

/* The file's lines, each with its newline, behind what `lines` holds. A missing file has
 * none; a symbolic link is refused. */
enum status history_read(const char *path, struct text *lines, struct error *error);

/* Put `own` lines behind the file's, keep the last `limit`, write them: mode 0600. The
 * same line twice in a row is kept once. */
enum status history_merge(const char *path, const struct text *own, size_t limit,
                          struct error *error);

#endif
