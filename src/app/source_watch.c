/*
 * app/source_watch.c - the files of a scene while it is being written: has any changed?
 */
#include "source_watch.h"

#include "base/file.h"
#include "lang/builtin.h"
#include "seconds.h"

static const double look_seconds = 1, settle_seconds = 0.2;

/* Mix in what tells whether a file of the scene was written, one that could not be read
 * too; false where one cannot be looked at now. */
static bool add_stamp(const struct source *source, uint64_t *stamp) {
    bool good = builtin_scene_named(source->name) || file_stamp(source->name, stamp);
    for (size_t n = 0; n < source->part_count && good; n++) {
        const struct source *part = &source->parts[n];
        good = builtin_scene_named(part->name) || file_stamp(part->name, stamp) || !part->text;
    }
    return good;
}

/* The same of all files that are watched; 0 where there is none. */
static uint64_t stamp_now(const struct source_watch *watch, const struct source *source) {
    const struct source *tried = &watch->tried;
    uint64_t stamp = 0;
    bool good = add_stamp(source, &stamp) && (!tried->name || add_stamp(tried, &stamp));
    return good ? stamp : 0;
}

void source_watch_end(struct source_watch *watch) {
    if (watch->tried.name) {
        source_close(&watch->tried);
    }
    *watch = (struct source_watch){0};
}

static void begin(struct source_watch *watch, const struct source *source) {
    watch->stamp = watch->seen = stamp_now(watch, source);
    watch->due = seconds_now() + look_seconds;
}

void source_watch_begin(struct source_watch *watch, const struct source *source) {
    source_watch_end(watch);
    begin(watch, source);
}

void source_watch_tried(struct source_watch *watch, const struct source *source,
                        struct source *tried) {
    source_watch_end(watch);
    watch->tried = *tried;
    *tried = (struct source){0};
    begin(watch, source);
}

int source_watch_left(const struct source_watch *watch) {
    double left = watch->due - seconds_now();
    return left > 0 ? (int)(left * 1000) + 1 : 0;
}

bool source_watch_look(struct source_watch *watch, const struct source *source) {
    if (seconds_now() < watch->due) {
        return false;
    }
    uint64_t now = stamp_now(watch, source);
    bool settled = now == watch->seen;
    watch->due = seconds_now() + (settled || now == 0 ? look_seconds : settle_seconds);
    if (now == 0 || now == watch->stamp || !settled) {
        watch->seen = now != 0 ? now : watch->seen;
        return false;
    }
    watch->stamp = now; /* a broken one is told once */
    return true;
}
