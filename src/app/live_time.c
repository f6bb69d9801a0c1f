/*
 * app/live_time.c - what comes by itself: a scene's next moment, and its file written anew.
 *
 * Nothing goes on while something is typed; a file is not looked at either while something
 * covers the screen.
 */
#include <math.h>

#include "live.h"
#include "seconds.h"

/* Hands-off, at a scene's end: the next scene, the first again, or leave. */
static void play_next(struct live *live) {
    struct error error = {0};
    live->play_at++;
    if (live->play_at >= live->options->scene_count) {
        if (!live->options->loop) {
            live->quit = true;
            return;
        }
        live->play_at = 0;
    }
    if (live_load(live, live->options->scenes[live->play_at], &error) != STATUS_OK) {
        message_set(&live->message, true, "%s", error.text);
        live->scene.playback.playing = false;
    }
}

/* A scene that would go on by itself waits where that would drop work. */
static bool held_for_work(struct live *live) {
    double left;
    bool holds = live_drops_work(live) && playback_due(&live->scene.playback, &left) &&
                 left < 0.001 && live_holds_back(live, REQUEST_CONTINUE, "continue");
    if (holds) {
        playback_hold(&live->scene.playback, true);
    }
    return holds;
}

/* The scene goes on, where its time has come. */
static void tick(struct live *live) {
    struct error error = {0};
    enum stop_reason reason;
    size_t next = live->scene.player.next;
    bool typing = live->scene.player.reason == STOP_TYPE;
    bool work = live->scene.source.name && live_has_work(live);
    live_begin(live);
    if (live->typing.on || !live->scene.source.name || held_for_work(live) ||
        !playback_tick(&live->scene.playback, &reason, &error)) {
        return;
    }
    live_forget_change(live);
    live_work_moved(live, work);
    if (live->scene.player.next != next || (live->scene.player.reason == STOP_TYPE) != typing) {
        live_journal_scene(live);
    }
    if (reason != STOP_TYPE && !live->scene.playback.over) {
        session_log_state(&live->log, &live->session);
    }
    if (live->scene.playback.over && live->hands_off) {
        play_next(live);
    } else if (live->scene.playback.over) {
        live->scene.playback.playing = false;
    } else if (reason == STOP_ERROR || reason == STOP_QUIT || reason == STOP_CONSENT) {
        live_stopped(live, reason, &error);
    }
}

/* ---- its files ---- */

static bool watches(const struct live *live) {
    bool typed = live->typing.on && *prompt_line(live->typing.prompt) != '\0';
    return live->scene.source.name && live->scene.watch.stamp != 0 && !typed &&
           live->cover.kind == COVER_NONE;
}

static void look(struct live *live) {
    if (!watches(live) || !source_watch_look(&live->scene.watch, &live->scene.source)) {
        return;
    }
    if (live_has_work(live)) {
        message_set(&live->message, true,
                    "the scene's file has changed: 'reload' reads it, and drops "
                    "what you changed");
    } else {
        live_reload(live);
    }
}

/* ---- both ---- */

/* Milliseconds until the scene goes on; negative: it waits. */
static int scene_timeout(const struct live *live) {
    double left;
    if (live->typing.on || !live->scene.source.name ||
        !playback_due(&live->scene.playback, &left)) {
        return -1;
    }
    return left > 3600 ? 3600000 : (int)ceil(left * 1000);
}

int live_timeout(const struct live *live) {
    int scene = scene_timeout(live);
    if (!watches(live)) {
        return scene;
    }
    int files = source_watch_left(&live->scene.watch);
    return scene >= 0 && scene < files ? scene : files;
}

void live_tick(struct live *live) {
    tick(live);
    look(live);
}
