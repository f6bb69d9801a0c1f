/*
 * app/live_scene.c - a scene in the interactive program: opened, read anew, going on, at
 * another place.
 */
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "lang/quiz.h"
#include "live.h"
#include "seconds.h"

static double clock_now(void *context) {
    (void)context;
    return seconds_now();
}

void live_forget_change(struct live *live) {
    if (live->changed) {
        state_close(&live->before);
        live->changed = false;
    }
}

void live_unload(struct live *live) {
    if (live->scene.source.name) {
        source_watch_end(&live->scene.watch);
        player_close(&live->scene.player);
        source_close(&live->scene.source);
        free(live->scene.folder);
        live->scene.folder = NULL;
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

static void fault(struct live *live, const struct source *source, size_t index,
                  const struct error *error) {
    struct text text = TEXT_EMPTY;
    put_fault(&text, source, index, error);
    message_set(&live->message, true, "%s", text_string(&text));
    text_free(&text);
}

/* A scene that stopped: at a pause, for a wait, at its end, or by an error. */
void live_stopped(struct live *live, enum stop_reason reason, const struct error *error) {
    playback_stopped(&live->scene.playback, reason);
    switch (reason) {
    case STOP_ASK: live->asking = !live->scene.playback.playing; break;
    case STOP_CONSENT:
        cover_ask(&live->cover, COVER_CONSENT, "the scene wants to write '%s':  y / n",
                  live->scene.player.file);
        break;
    case STOP_END: tell_score(live); break;
    case STOP_QUIT: live->quit = true; break;
    case STOP_ERROR:
        fault(live, &live->scene.source, last_statement(&live->scene.player), error);
        break;
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
        message_set(&live->message, false, "%.*s", (int)length, text_string(&result->output));
    } else if (result->warning) {
        message_set(&live->message, true, "%s", text_string(&result->message));
    }
}

static void open_player(struct live *live, struct player *player, struct opening *opening) {
    struct runner runner = live_runner(live);
    runner.session = &opening->session;
    config_follow(&live->preferences, &runner);
    fence_in(&runner, opening->folder, live->options);
    runner.writing = live->options->allow_files ? WRITE_FREELY
                     : live->hands_off          ? WRITE_NEVER
                                                : WRITE_ASK;
    preferences_scene_open(&live->preferences);
    live_begin(live);
    player_open(player, &runner, &opening->source);
    player->output = show_result;
    player->context = live;
}

static bool is_watched(const struct live *live) {
    return strcmp(live->scene.source.name, "-") != 0 && !live->options->quiz;
}

static void take(struct live *live, struct opening *opening, struct player *player) {
    live_unload(live);
    preferences_scene_settle(&live->preferences, true);
    live_forget_change(live);
    session_close(&live->session);
    live->session = opening->session;
    live->scene.source = opening->source;
    live->scene.folder = opening->folder;
    live->scene.player = *player;
    live->scene.player.runner.session = &live->session;
    live->scene.player.source = &live->scene.source;
    live->cover.kind = COVER_NONE;
    live_journal_restart(live);
    recording_scene(&live->recording);
    if (is_watched(live)) {
        source_watch_begin(&live->scene.watch, &live->scene.source);
    }
}

static enum status start_player(struct live *live, struct error *error) {
    double rate = live->options->speed;
    bool playing = live->scene.playback.playing;
    if (live->scene.playback.player) { /* as the scene before it */
        rate = live->scene.playback.rate;
    }
    playback_open(&live->scene.playback, &live->scene.player, (struct clock){.now = clock_now},
                  rate);
    live->scene.playback.playing = playing;
    struct error scene_error = {0};
    enum stop_reason reason = player_run(&live->scene.player, false, &scene_error);
    live_stopped(live, reason, &scene_error);
    session_log_state(&live->log, &live->session);
    live_work_safe(live);
    if (reason == STOP_ERROR && !live->terminal) { /* no screen yet: it goes to the shell */
        report(&live->scene.source, last_statement(&live->scene.player), &scene_error, true);
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
    message_set(&live->message, false, "%s", "");
    open_player(live, &player, &opening);
    take(live, &opening, &player);
    return start_player(live, error);
}

/* What cannot be read, or fails on the way to that place, is told, and the scene stays as
 * it was. */
void live_reload(struct live *live) {
    struct opening opening;
    struct player player;
    struct error error = {0};
    if (strcmp(live->scene.source.name, "-") == 0) {
        message_set(&live->message, true, "standard input cannot be read again");
        return;
    }
    if (opening_open(&opening, live->options, live->scene.source.name, &error) != STATUS_OK) {
        message_set(&live->message, true, "%s", error.text);
        return;
    }
    open_player(live, &player, &opening);
    if (!player_follow(&player, &live->scene.player, &error)) {
        fault(live, &opening.source, last_statement(&player), &error);
        preferences_scene_settle(&live->preferences, false);
        player_close(&player);
        if (is_watched(live)) {
            source_watch_tried(&live->scene.watch, &live->scene.source, &opening.source);
        }
        opening_close(&opening);
        return;
    }
    live_prompt_leave(live);
    take(live, &opening, &player);
    live->keeping.whole = true; /* the journal cannot say where that is */
    session_log_state(&live->log, &live->session);
    live_stopped(live, live->scene.player.reason, &error);
    live_work_safe(live);
    message_set(&live->message, false, "reloaded");
}

static void tell_end(struct live *live) {
    const char *next = menu_next(&live->cover.menu, live->scene.source.name);
    if (next) {
        message_set(&live->message, false,
                    "the scene ends here: m, then Enter opens the next one, %s", next);
    } else {
        message_set(&live->message, false, "the scene ends here: Right steps on, m is the menu");
    }
}

/* On at once: a line that is being typed is entered. */
void live_continue(struct live *live) {
    struct error error = {0};
    if (player_is_over(&live->scene.player)) {
        tell_end(live);
        return;
    }
    bool work = live_has_work(live);
    live_forget_change(live);
    player_type_all(&live->scene.player);
    if (!live->scene.playback.playing) {
        playback_hold(&live->scene.playback, false);
    }
    struct text passed = TEXT_EMPTY;
    quiz_passed(&passed, &live->session.now);
    enum stop_reason reason = player_continue(&live->scene.player, false, &error);
    if (passed.length > 0) {
        message_set(&live->message, false, "%s", text_string(&passed));
    }
    text_free(&passed);
    live_stopped(live, reason, &error);
    live_work_moved(live, work);
}

/* How the scene is to play from now on; false where the request is for another place. */
static bool change_play(struct live *live, const struct result *result) {
    struct playback *playback = &live->scene.playback;
    switch (result->request) {
    case REQUEST_SPEED: playback_set_rate(playback, result->seconds); break;
    case REQUEST_FASTER: playback_set_rate(playback, playback->rate * 2); break;
    case REQUEST_SLOWER: playback_set_rate(playback, playback->rate / 2); break;
    case REQUEST_KEEP:
        if (!player_keep(&live->scene.player)) {
            message_set(&live->message, true, "nothing can be kept here");
        } else {
            message_set(&live->message, false, "kept: the scene goes on with what you have");
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
    struct player *player = &live->scene.player;
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
    struct runner *runner = &live->scene.player.runner;
    runner->writing = allowed ? WRITE_FREELY : WRITE_NEVER;
    runner->read_only = live->recovery.running;
    live->cover.kind = live->cover.kind == COVER_CONSENT ? COVER_NONE : live->cover.kind;
    if (live->scene.player.reason == STOP_CONSENT) {
        live_continue(live);
    } else {
        message_set(&live->message, false,
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
    live_stopped(live, error.status != STATUS_OK ? STOP_ERROR : live->scene.player.reason, &error);
    if (!found && error.status == STATUS_OK && result->request == REQUEST_GOTO_MARK) {
        player_nowhere(&live->scene.player, state_model(&live->session.now), result->name,
                       result->column, "", &error);
        message_set(&live->message, true, "%s", error.text);
    } else if (!found && error.status == STATUS_OK) {
        message_set(&live->message, false, "there is nothing further that way");
    }
}
