/*
 * app/live_recover.c - an unfinished session, brought back: the ground that it began on, and
 * what the screen says in the end.
 */
#include "config.h"
#include "live.h"

/* The ground that the unfinished session began on. */
static enum status go_to_ground(struct live *live, struct error *error) {
    struct session session;
    if (live->recovery.unfinished.scene) {
        return live_load(live, live->recovery.unfinished.scene, error);
    }
    enum status status = session_open(&session, error);
    if (status == STATUS_OK) {
        live_unload(live);
        live_forget_change(live);
        session_close(&live->session);
        live->session = session;
        struct runner runner = live_runner(live);
        config_follow(&live->preferences, &runner);
        live_work_safe(live);
    }
    return status;
}

enum status live_recover_begin(struct live *live, struct error *error) {
    recovery_begin(&live->recovery);
    return go_to_ground(live, error);
}

void live_recover_end(struct live *live, size_t done, const char *why) {
    size_t lines = live->recovery.unfinished.lines;
    live->scene.player.runner.read_only = false;
    live->cover.kind = COVER_NONE;
    live->quit = false;
    if (live->scene.source.name && live->scene.playback.playing) {
        playback_play(&live->scene.playback, false);
    }
    if (recovery_end(&live->recovery, &live->keeping, done)) {
        message_set(&live->message, false, "brought back: %zu line%s", done, done == 1 ? "" : "s");
    } else {
        message_set(&live->message, true, "brought back %zu of %zu lines: %s", done, lines, why);
    }
}
