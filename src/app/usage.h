/*
 * app/usage.h - how the program is called. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_USAGE_H
#define BACKSTEP_SRC_APP_USAGE_H

#include "base/text.h"
#include "options.h"

/* Write it to standard output: of one action, or, for the one without a name, of all. The
 * exit code. */
int usage_write(const struct action *action);

/* The page on an action, for a runner; false where the name is none of one. */
bool usage_page(struct text *out, const char *name);

#endif
