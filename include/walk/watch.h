/*
 * walk/watch.h - the expressions that the user watches: one text, an expression a
 * line, NULL where there are none. They are kept as they were typed and read anew for
 * every picture, so that one that no longer fits the network only says so.
 */
#ifndef BACKSTEP_WALK_WATCH_H
#define BACKSTEP_WALK_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "walk/walk.h"

enum { WATCH_MOST = 16 };

size_t watch_count(const char *watch);

/* Expression `n` (from 0), `*length` bytes; NULL past the last. */
const char *watch_at(const char *watch, size_t n, size_t *length);

/* Which of them this is; watch_count() where it is none. */
size_t watch_find(const char *watch, const char *expression, size_t length);

/* Put one behind the others, or take the n-th away; false where memory is short, and
 * then nothing has changed. */
bool watch_add(char **watch, const char *expression, size_t length);
bool watch_remove(char **watch, size_t n);

/* An expression over a model. */
struct watched {
    struct expr *expr; /* NULL: it does not fit this model, and no more is set than */
    bool large;        /* ... that it would take too long */
    struct value value;
    bool known; /* the walk has reached all that it names */
};
struct watched watched_open(struct model *model, struct place place, const char *expression,
                            size_t length);
void watched_close(struct watched *watched);

#endif
