/*
 * app/usage.h - how the program is called. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_USAGE_H
#define BACKSTEP_SRC_APP_USAGE_H

#include "lang/command.h"
#include "options.h"

/* Write it to standard output: of one action, or, for the one without a name, of all. The
 * exit code. */
int usage_write(const struct action *action);

/* The actions, for a runner. */
extern const struct own_words usage_words;

#endif
