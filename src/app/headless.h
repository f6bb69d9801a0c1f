/*
 * app/headless.h - scenes and lines that run to their end without a screen. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_HEADLESS_H
#define BACKSTEP_SRC_APP_HEADLESS_H

#include "lang/player.h"
#include "limit.h"
#include "options.h"

/* Run the SCENE and the -e lines of the options to their end, on a new session.
 * Errors are reported as file:line:column. Returns the exit code; the session is
 * open either way and the caller's to close. `limit` begins, for what comes after too. */
int run_sources(const struct options *options, struct session *session, bool read_only,
                void (*output)(void *context, const struct result *result), struct limit *limit);

#endif
