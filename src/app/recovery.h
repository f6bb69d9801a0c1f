/*
 * app/recovery.h - a session that did not end well, brought back: from its ground on its
 * lines are run again, and its journal becomes the present session's where all went as they
 * did then. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_RECOVERY_H
#define BACKSTEP_SRC_APP_RECOVERY_H

#include "keeping.h"

struct recovery {
    struct unfinished unfinished;
    bool found;         /* there is one */
    bool running;       /* it is being done again: */
    size_t started;     /* ... from this place in it, */
    const char *folder; /* ... where relative paths start here */
};

/* What was left of a session like this one. */
bool recovery_find(struct recovery *recovery, const struct keeping *keeping);
void recovery_close(struct recovery *recovery); /* it is left for another time */
void recovery_drop(struct recovery *recovery);  /* it is left for none */

void recovery_begin(struct recovery *recovery);

/* So many of its lines went well: the journal is kept on, where these are all. */
bool recovery_end(struct recovery *recovery, struct keeping *keeping, size_t done);

#endif
