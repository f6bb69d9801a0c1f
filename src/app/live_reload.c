/*
 * app/live_reload.c - a scene's file while it is being written: read anew at the same
 * place, when that is asked for and when the file has changed. What cannot be read, or
 * fails on the way to that place, is told, and the scene stays as it was.
 *
 * The files of the scene are looked at once a second, and again a little later where they
 * differ, for an editor may be in the middle of writing. Nothing is looked at while
 * something is typed or covers the screen.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "headless.h"
#include "lang/builtin.h"
#include "live.h"

static const double look_seconds = 1, settle_seconds = 0.2;

/* ---- what is watched ---- */

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
static uint64_t stamp_now(const struct live *live) {
    const struct source *tried = &live->watched.tried;
    uint64_t stamp = 0;
    bool good = add_stamp(&live->source, &stamp) && (!tried->name || add_stamp(tried, &stamp));
    return good ? stamp : 0;
}

static void begin(struct live *live) {
    bool file = strcmp(live->source.name, "-") != 0 && !live->options->quiz;
    struct watched *watched = &live->watched;
    watched->stamp = watched->seen = file ? stamp_now(live) : 0;
    watched->due = live_seconds() + look_seconds;
}

void live_watch_end(struct live *live) {
    if (live->watched.tried.name) {
        source_close(&live->watched.tried);
    }
    live->watched = (struct watched){0};
}

void live_watch_begin(struct live *live) {
    live_watch_end(live);
    begin(live);
}

/* The scene stays as it was, but what it includes now may be mended. Takes the source. */
static void watch_tried(struct live *live, struct source *tried) {
    live_watch_end(live);
    live->watched.tried = *tried;
    *tried = (struct source){0};
    begin(live);
}

/* ---- reading anew ---- */

void live_reload(struct live *live) {
    struct opening opening;
    struct player player;
    struct error error = {0};
    if (strcmp(live->source.name, "-") == 0) {
        live_message(live, true, "standard input cannot be read again");
        return;
    }
    if (opening_open(&opening, live->options, live->source.name, &error) != STATUS_OK) {
        live_message(live, true, "%s", error.text);
        return;
    }
    live_player_open(live, &player, &opening);
    if (!player_follow(&player, &live->player, &error)) {
        live_fault(live, &opening.source, last_statement(&player), &error);
        player_close(&player);
        watch_tried(live, &opening.source);
        opening_close(&opening);
        return;
    }
    live_prompt_leave(live);
    live_take(live, &opening, &player);
    live->keeping.whole = true; /* the journal cannot say where that is */
    live_log_state(live);
    live_stopped(live, live->player.reason, &error);
    live_work_safe(live);
    live_message(live, false, "reloaded");
}

/* ---- watching ---- */

static bool watches(const struct live *live) {
    bool typed = live->prompting && *prompt_line(live->prompt) != '\0';
    return live->source.name && live->watched.stamp != 0 && !typed && live->cover == COVER_NONE;
}

int live_watch_timeout(const struct live *live, int milliseconds) {
    if (!watches(live)) {
        return milliseconds;
    }
    double left = live->watched.due - live_seconds();
    int own = left > 0 ? (int)(left * 1000) + 1 : 0;
    return milliseconds >= 0 && milliseconds < own ? milliseconds : own;
}

void live_watch(struct live *live) {
    struct watched *watched = &live->watched;
    if (!watches(live) || live_seconds() < watched->due) {
        return;
    }
    uint64_t now = stamp_now(live);
    bool settled = now == watched->seen;
    watched->due = live_seconds() + (settled || now == 0 ? look_seconds : settle_seconds);
    if (now == 0 || now == watched->stamp || !settled) {
        watched->seen = now != 0 ? now : watched->seen;
        return;
    }
    watched->stamp = now; /* a broken one is told once */
    if (live_has_work(live)) {
        live_message(live, true,
                     "the scene's file has changed: 'reload' reads it, and drops "
                     "what you changed");
    } else {
        live_reload(live);
    }
}
