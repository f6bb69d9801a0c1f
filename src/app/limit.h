/*
 * app/limit.h - a scene that nobody watches ends by itself: it has so many seconds of the
 * processor. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_LIMIT_H
#define BACKSTEP_SRC_APP_LIMIT_H

#include "lang/command.h"
#include "options.h"

enum { LIMIT_SECONDS = 60 }; /* unless `--limit` says otherwise */

struct limit {
    double seconds; /* 0: there is none */
    double begun;
};

/* It begins to run now. */
void limit_begin(struct limit *limit, const struct options *options);

/* What a runner runs ends with it: of a scene, the statement that came too far is an
 * error. The limit stays the caller's. */
void limit_runner(struct limit *limit, struct runner *runner);

/* STATUS_INPUT, with `error` filled, where it is up. */
enum status limit_check(const struct limit *limit, struct error *error);

#endif
