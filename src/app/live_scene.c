/*
 * app/live_scene.c - a scene in the interactive program: loading, going on, and
 * the clock of waits and of hands-off play.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "config.h"
#include "headless.h"
#include "lang/quiz.h"
#include "live.h"

double live_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double seconds_now(void *context) {
    (void)context;
    return live_seconds();
}

void live_unload(struct live *live) {
    if (live->source.name) {
        live_watch_end(live);
        player_close(&live->player);
        source_close(&live->source);
        free(live->folder);
        live->folder = NULL;
    }
}

/* The end of a quiz: how it went stands in the narration's place. */
static void tell_score(struct live *live) {
    struct text text = TEXT_EMPTY;
    if (live->options->quiz) {
        quiz_summary(&text, &live->session.score);
        state_set_text(&live->session.now.say, text_string(&text));
        text_free(&text);
    }
}

void live_fault(struct live *live, const struct source *source, size_t index,
                const struct error *error) {
    struct text text = TEXT_EMPTY;
    put_fault(&text, source, index, error);
    live_message(live, true, "%s", text_string(&text));
    text_free(&text);
}

/* A scene that stopped: at a pause, for a wait, at its end, or by an error. */
void live_stopped(struct live *live, enum stop_reason reason, const struct error *error) {
    playback_stopped(&live->playback, reason);
    switch (reason) {
    case STOP_ASK: live->asking = !live->playback.playing; break;
    case STOP_CONSENT:
        snprintf(live->consent, sizeof live->consent, "the scene wants to write '%s':  y / n",
                 live->player.file);
        live->cover = COVER_CONSENT;
        break;
    case STOP_END: tell_score(live); break;
    case STOP_QUIT: live->quit = true; break;
    case STOP_ERROR: live_fault(live, &live->source, last_statement(&live->player), error); break;
    default: break;
    }
}

static void show_result(void *context, const struct result *result) {
    struct live *live = context;
    if (result->request == REQUEST_EXPLAIN) {
        return; /* the screen shows it */
    }
    if (result->output.length > 0) {
        size_t length = strcspn(text_string(&result->output), "\n");
        live_message(live, false, "%.*s", (int)length, text_string(&result->output));
    } else if (result->warning) {
        live_message(live, true, "%s", text_string(&result->message));
    }
}

void live_player_open(struct live *live, struct player *player, struct opening *opening) {
    struct runner runner = live_runner(live);
    runner.session = &opening->session;
    runner.preferences = NULL; /* keys and colours are as they were made since */
    config_apply(&live->config, &runner, NULL);
    runner.preferences = &live->preferences;
    fence_in(&runner, opening->folder, live->options);
    runner.writing = live->options->allow_files ? WRITE_FREELY
                     : live->hands_off          ? WRITE_NEVER
                                                : WRITE_ASK;
    live_begin(live);
    player_open(player, &runner, &opening->source);
    player->output = show_result;
    player->context = live;
}

void live_take(struct live *live, struct opening *opening, struct player *player) {
    live_unload(live);
    live_forget_change(live);
    session_close(&live->session);
    live->session = opening->session;
    live->source = opening->source;
    live->folder = opening->folder;
    live->player = *player;
    live->player.runner.session = &live->session;
    live->player.source = &live->source;
    live->cover = COVER_NONE;
    live_journal_restart(live);
    live_record_scene(live);
    live_watch_begin(live);
}

static enum status start_player(struct live *live, struct error *error) {
    double rate = live->options->speed;
    bool playing = live->playback.playing;
    if (live->playback.player) { /* as the scene before it */
        rate = live->playback.rate;
    }
    playback_open(&live->playback, &live->player, (struct clock){.now = seconds_now}, rate);
    live->playback.playing = playing;
    struct error scene_error = {0};
    enum stop_reason reason = player_run(&live->player, false, &scene_error);
    live_stopped(live, reason, &scene_error);
    live_log_state(live);
    live_work_safe(live);
    if (reason == STOP_ERROR && !live->terminal) { /* no screen yet: it goes to the shell */
        report(&live->source, last_statement(&live->player), &scene_error, true);
        error->status = scene_error.status; /* all is said */
        return error->status;
    }
    return STATUS_OK;
}

enum status live_load(struct live *live, const char *name, struct error *error) {
    struct opening opening;
    struct player player;
    enum status status = opening_open(&opening, live->options, name, error);
    if (status != STATUS_OK) {
        return status;
    }
    live_message(live, false, "%s", "");
    live_player_open(live, &player, &opening);
    live_take(live, &opening, &player);
    return start_player(live, error);
}

/* On at once: a line that is being typed is entered. */
void live_continue(struct live *live) {
    struct error error = {0};
    if (!live->source.name) {
        live_run(live, "step");
        return;
    }
    if (player_is_over(&live->player)) {
        live_message(live, false, "the scene ends here: Right steps on, m is the menu");
        return;
    }
    bool work = live_has_work(live);
    live_forget_change(live);
    player_type_all(&live->player);
    if (!live->playback.playing) {
        playback_hold(&live->playback, false);
    }
    struct text passed = TEXT_EMPTY;
    quiz_passed(&passed, &live->session.now);
    enum stop_reason reason = player_continue(&live->player, false, &error);
    if (passed.length > 0) {
        live_message(live, false, "%s", text_string(&passed));
    }
    text_free(&passed);
    live_stopped(live, reason, &error);
    live_work_moved(live, work);
}

/* How the scene is to play from now on; false where the request is for another place. */
static bool change_play(struct live *live, const struct result *result) {
    struct playback *playback = &live->playback;
    switch (result->request) {
    case REQUEST_SPEED: playback_set_rate(playback, result->seconds); break;
    case REQUEST_FASTER: playback_set_rate(playback, playback->rate * 2); break;
    case REQUEST_SLOWER: playback_set_rate(playback, playback->rate / 2); break;
    case REQUEST_KEEP:
        if (!player_keep(&live->player)) {
            live_message(live, true, "nothing can be kept here");
        } else {
            live_message(live, false, "kept: the scene goes on with what you have");
        }
        break;
    case REQUEST_PLAY:
        playback_play(playback, !playback->playing);
        if (playback->playing && live_drops_work(live)) { /* from where the scene stands */
            live_continue(live);
        }
        break;
    default: return false;
    }
    return true;
}

/* To another place of the scene; true where there is one. From a mark, and from the
 * start, the scene runs on to what comes first there. */
static bool go_to(struct live *live, const struct result *result, struct error *error) {
    struct player *player = &live->player;
    switch (result->request) {
    case REQUEST_PREVIOUS: return player_previous(player);
    case REQUEST_REWIND: return player_rewind(player);
    case REQUEST_SEEK: return player_seek(player, result->seconds, error);
    case REQUEST_RESTART:
        return player_restart(player) && player_run(player, false, error) != STOP_ERROR;
    case REQUEST_NEXT_MARK:
        return player_next_mark(player, error) && player_run(player, false, error) != STOP_ERROR;
    case REQUEST_PREVIOUS_MARK:
        return player_previous_mark(player) && player_run(player, false, error) != STOP_ERROR;
    default:
        return player_goto_mark(player, result->name, error) &&
               player_run(player, false, error) != STOP_ERROR;
    }
}

/* What the user says to a scene that would write a file. It is not written once more
 * when what was done is done again. */
static void answer_consent(struct live *live, bool allowed) {
    struct runner *runner = &live->player.runner;
    runner->writing = allowed ? WRITE_FREELY : WRITE_NEVER;
    runner->read_only = live->recovery.running;
    live->cover = live->cover == COVER_CONSENT ? COVER_NONE : live->cover;
    if (live->player.reason == STOP_CONSENT) {
        live_continue(live);
    } else {
        live_message(live, false,
                     allowed ? "this scene may write files" : "this scene may write no file");
    }
}

/* What a command asked of the scene's player. */
void live_scene_request(struct live *live, const struct result *result) {
    struct error error = {0};
    if (result->request == REQUEST_CONTINUE) {
        live_continue(live);
        return;
    }
    if (!live->source.name) {
        live_message(live, true, "there is no scene: m is the menu");
        return;
    }
    if (result->request == REQUEST_RELOAD) {
        live_leave(live, LEAVE_TO_RELOAD);
        return;
    }
    if (result->request == REQUEST_ALLOW || result->request == REQUEST_REFUSE) {
        answer_consent(live, result->request == REQUEST_ALLOW);
        return;
    }
    if (change_play(live, result)) {
        return;
    }
    bool work = live_has_work(live), found = go_to(live, result, &error);
    live_forget_change(live);
    if (found) {
        live_work_moved(live, work);
    }
    live_stopped(live, error.status != STATUS_OK ? STOP_ERROR : live->player.reason, &error);
    if (!found && error.status == STATUS_OK && result->request == REQUEST_GOTO_MARK) {
        live_message(live, true, "there is no quantity and no mark '%s'", result->name);
    } else if (!found && error.status == STATUS_OK) {
        live_message(live, false, "there is nothing further that way");
    }
}

int live_timeout(const struct live *live) {
    double left;
    if (live->prompting || !live->source.name || !playback_due(&live->playback, &left)) {
        return -1;
    }
    return left > 3600 ? 3600000 : (int)ceil(left * 1000);
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
        live->playback.playing = false;
    }
}

/* A scene that would go on by itself waits where that would drop work. */
static bool held_for_work(struct live *live) {
    double left;
    bool holds = live_drops_work(live) && playback_due(&live->playback, &left) && left < 0.001 &&
                 live_holds_back(live, REQUEST_CONTINUE, "continue");
    if (holds) {
        playback_hold(&live->playback, true);
    }
    return holds;
}

void live_tick(struct live *live) {
    struct error error = {0};
    enum stop_reason reason;
    size_t next = live->player.next;
    bool typing = live->player.reason == STOP_TYPE;
    bool work = live->source.name && live_has_work(live);
    live_begin(live);
    if (live->prompting || !live->source.name || held_for_work(live) ||
        !playback_tick(&live->playback, &reason, &error)) {
        return;
    }
    live_forget_change(live);
    live_work_moved(live, work);
    if (live->player.next != next || (live->player.reason == STOP_TYPE) != typing) {
        live_journal_scene(live);
    }
    if (reason != STOP_TYPE && !live->playback.over) {
        live_log_state(live);
    }
    if (live->playback.over && live->hands_off) {
        play_next(live);
    } else if (live->playback.over) {
        live->playback.playing = false;
    } else if (reason == STOP_ERROR || reason == STOP_QUIT || reason == STOP_CONSENT) {
        live_stopped(live, reason, &error);
    }
}
