/*
 * app/live_scene.c - a scene in the interactive program: loading, going on, and
 * the clock of waits and of hands-off play.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "headless.h"
#include "live.h"

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double play_speed(const struct live *live) {
    return live->player.speed * live->options->speed;
}

static void wait_for(struct live *live, double seconds) {
    live->waiting = true;
    live->deadline = seconds_now() + seconds / play_speed(live);
}

void live_unload(struct live *live) {
    if (live->source.name) {
        player_close(&live->player);
        source_close(&live->source);
        free(live->folder);
        live->folder = NULL;
    }
}

/* A scene that stopped: at a pause, for a wait, at its end, or by an error. */
void live_stopped(struct live *live, enum stop_reason reason, const struct error *error) {
    live->waiting = false;
    switch (reason) {
    case STOP_PAUSE:
        if (live->playing) {
            wait_for(live, player_reading_time(&live->player));
        }
        break;
    case STOP_WAIT: wait_for(live, live->player.seconds); break;
    case STOP_QUIT: live->quit = true; break;
    case STOP_ERROR: {
        struct text text = TEXT_EMPTY;
        size_t next = live->player.next;
        source_describe(&live->source, next > 0 ? next - 1 : 0, error, 0, &text);
        text_cut(&text, text.length > 0 ? text.length - 1 : 0); /* its newline */
        live_message(live, true, "%s", text_string(&text));
        text_free(&text);
        break;
    }
    default: break;
    }
}

static void show_result(void *context, const struct result *result) {
    struct live *live = context;
    if (result->output.length > 0) {
        size_t length = strcspn(text_string(&result->output), "\n");
        live_message(live, false, "%.*s", (int)length, text_string(&result->output));
    }
}

static enum status start_player(struct live *live, struct error *error) {
    struct runner runner = live_runner(live);
    runner.folder = live->folder;
    player_open(&live->player, &runner, &live->source);
    live->player.output = show_result;
    live->player.context = live;
    struct error scene_error = {0};
    enum stop_reason reason = player_run(&live->player, false, &scene_error);
    live_stopped(live, reason, &scene_error);
    live->dirty = false;
    if (reason == STOP_ERROR && !live->terminal) { /* no screen yet: it goes to the shell */
        error_set(error, scene_error.status, "%s", text_string(&live->message));
        return scene_error.status;
    }
    return STATUS_OK;
}

enum status live_load(struct live *live, const char *name, struct error *error) {
    struct source source;
    enum status status = source_open_named(&source, name, error);
    if (status != STATUS_OK) {
        return status;
    }
    struct session session;
    status = session_open(&session, error); /* a scene begins on a clean ground */
    if (status != STATUS_OK) {
        source_close(&source);
        return status;
    }
    live_unload(live);
    live_forget_change(live);
    session_close(&live->session);
    live->session = session;
    live->source = source;
    live->folder = file_folder(name);
    live->cover = COVER_NONE;
    live_message(live, false, "%s", "");
    return start_player(live, error);
}

static bool scene_is_over(const struct live *live) {
    return !live->source.name || live->player.next >= live->source.count;
}

void live_continue(struct live *live) {
    struct error error = {0};
    if (!live->source.name) {
        live_run(live, "step");
        return;
    }
    if (scene_is_over(live)) {
        live_message(live, false, "the scene ends here: Right steps on, m is the menu");
        return;
    }
    live_forget_change(live);
    live_stopped(live, player_continue(&live->player, false, &error), &error);
    live->dirty = false;
}

/* What a command asked of the scene's player. */
void live_scene_request(struct live *live, const struct result *result) {
    struct error error = {0};
    bool found = false;
    if (result->request == REQUEST_CONTINUE) {
        live_continue(live);
        return;
    }
    if (!live->source.name) {
        live_message(live, true, "there is no scene: m is the menu");
        return;
    }
    live->waiting = false;
    switch (result->request) {
    case REQUEST_PREVIOUS: found = player_previous(&live->player); break;
    case REQUEST_NEXT_MARK: found = player_next_mark(&live->player, &error); break;
    case REQUEST_PREVIOUS_MARK: found = player_previous_mark(&live->player); break;
    default: found = player_goto_mark(&live->player, result->name, &error); break;
    }
    live_forget_change(live);
    if (error.status != STATUS_OK) {
        live_stopped(live, STOP_ERROR, &error);
    } else if (!found && result->request == REQUEST_GOTO_MARK) {
        live_message(live, true, "there is no quantity and no mark '%s'", result->name);
    } else if (!found) {
        live_message(live, false, "there is nothing further that way");
    } else if (result->request != REQUEST_PREVIOUS) { /* from a mark on to what it introduces */
        live_stopped(live, player_run(&live->player, false, &error), &error);
    } else if (live->playing) {
        wait_for(live, player_reading_time(&live->player));
    }
}

int live_timeout(const struct live *live) {
    if (!live->waiting || live->held || live->prompting) {
        return -1;
    }
    double left = (live->deadline - seconds_now()) * 1000;
    return left <= 0 ? 0 : left > 3600000 ? 3600000 : (int)ceil(left);
}

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
        live_message(live, true, "%s", error.text);
        live->playing = false;
    }
}

void live_tick(struct live *live) {
    if (!live->waiting || live->held || live->prompting || seconds_now() < live->deadline) {
        return;
    }
    live->waiting = false;
    if (live->playing && scene_is_over(live)) {
        play_next(live);
    } else {
        live_continue(live);
        if (live->playing && !live->waiting && scene_is_over(live)) {
            wait_for(live, player_reading_time(&live->player));
        }
    }
}
