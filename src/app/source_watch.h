/*
 * app/source_watch.h - the files of a scene while it is being written: has any changed?
 * Private to app/.
 *
 * They are looked at once a second, and again a little later where they differ, for an
 * editor may be in the middle of writing.
 */
#ifndef BACKSTEP_SRC_APP_SOURCE_WATCH_H
#define BACKSTEP_SRC_APP_SOURCE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "lang/source.h"

struct source_watch {
    struct source tried;  /* what was read last and is broken, tried.name NULL: none */
    uint64_t stamp, seen; /* as they were read, and when looked at last; 0: not watched */
    double due;           /* seconds of the monotonic clock */
};

/* The scene was read just now. */
void source_watch_begin(struct source_watch *watch, const struct source *source);
/* So was this, which is broken: the scene stays as it was, but what this includes may be
 * mended. Takes it. */
void source_watch_tried(struct source_watch *watch, const struct source *source,
                        struct source *tried);
void source_watch_end(struct source_watch *watch);

/* Milliseconds until they are to be looked at, 0 or more. */
int source_watch_left(const struct source_watch *watch);

/* Look at them, where it is time: true where they were written since they were read, and
 * nobody seems to be at it still. That is told once. */
bool source_watch_look(struct source_watch *watch, const struct source *source);

#endif
