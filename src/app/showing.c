/*
 * app/showing.c - what a scene adds to a view, and lines tried before they are entered.
 */
#include "showing.h"

#include <string.h>

#include "lang/command.h"
#include "lang/complete.h"
#include "lang/quiz.h"
#include "plain_tell.h"

/* ---- trying a line ---- */

static enum status try_statements(const char *line, const struct runner *runner,
                                  struct result *result, struct error *error) {
    struct session *trial = runner->session;
    struct source source;
    enum status status = source_open(&source, "prompt", line, strlen(line), error);
    if (status != STATUS_OK) {
        return status;
    }
    for (size_t i = 0; i < source.count && status == STATUS_OK; i++) {
        size_t length;
        const char *statement = source_statement(&source, i, &length);
        struct state draft;
        text_free(&result->output);
        status = command_try(runner, statement, length, &draft, result, error);
        if (status == STATUS_OK) {
            if (draft.version != trial->now.version && !result->travelled) {
                track_close(&draft.track); /* what follows from here is on no line yet */
            }
            state_close(&trial->now);
            trial->now = draft;
        }
    }
    source_close(&source);
    return status;
}

/* What it prints; what it sets, old -> new; or how the command is used. */
static void put_hint(struct text *hint, const struct result *result, const char *line,
                     const struct state *before, const struct state *now, bool ascii) {
    const char *output = text_string(&result->output);
    size_t length = strcspn(output, "\n");
    if (length > 0) {
        text_put(hint, "= ");
        text_put_bytes(hint, output, length);
        text_put(hint, output[length] == '\n' && output[length + 1] ? " ..." : "");
    } else {
        complete_usage(line, hint);
        if (strcmp(text_string(hint), command_assignment()->usage) == 0) {
            struct text set = TEXT_EMPTY;
            tell_given(&set, before, now, ascii);
            if (set.length > 0) {
                text_free(hint);
                text_put(hint, text_string(&set));
            }
            text_free(&set);
        }
    }
}

bool showing_try(const struct runner *runner, const char *line, bool ascii, struct state *preview,
                 struct text *hint, bool *hint_is_error) {
    const struct session *session = runner->session;
    struct session trial = {0};
    struct runner own = {.session = &trial,
                         .read_only = true,
                         .preview = true,
                         .stop = runner->stop,
                         .context = runner->context};
    struct result result = {0};
    struct error error = {0};
    *hint_is_error = false;
    if (strspn(line, " ") == strlen(line) || state_copy(&trial.now, &session->now) != STATUS_OK) {
        return false;
    }
    struct text answer = TEXT_EMPTY;
    size_t lead;
    if (session->now.question.stage == QUESTION_OPEN) {
        quiz_command(&answer, &session->now, line, &lead);
        line = text_string(&answer);
    }
    enum status status = try_statements(line, &own, &result, &error);
    if (status == STATUS_OK) {
        put_hint(hint, &result, line, &session->now, &trial.now, ascii);
        *preview = trial.now;
    } else {
        *hint_is_error = status != STATUS_INTERRUPTED;
        text_put(hint, *hint_is_error ? error.text : "this takes a while: Enter does it");
        state_close(&trial.now);
    }
    result_free(&result);
    text_free(&answer);
    return status == STATUS_OK;
}

/* ---- the keys ---- */

bool showing_is_cut(const struct state *state, int rows, int cols) {
    bool said = state->question.stage != QUESTION_NONE || (state->say && *state->say);
    struct fit fit = view_fit_say(state, rows, cols);
    return said && fit.rows > 0 && fit.needed > fit.rows;
}

void showing_keys(struct text *out, const struct key_bindings *bindings, enum key_mode mode,
                  bool cut) {
    bool reads = cut && (mode == KEYS_ALWAYS || mode == KEYS_ASKED);
    struct text key = TEXT_EMPTY;
    key_line(bindings, mode, out);
    if (reads && key_names_of(bindings, KEYS_ALWAYS, "story", "", 1, &key) > 0) {
        text_printf(out, "   %s read on", text_string(&key));
    }
    text_free(&key);
}

/* ---- the scene ---- */

/* What the user did since the last pause, or what the player is doing. */
static const char *doing_now(const struct playback *playback) {
    bool picking = playback->player->runner.session->now.pick.active;
    return picking                               ? "" /* its keys need the room */
           : playback->playing && playback->held ? ", held"
           : playback->playing                   ? ", playing"
           : player_off_script(playback->player) ? ", off script"
           : player_is_kept(playback->player)    ? ", with what you kept"
                                                 : "";
}

/* "2/5", "2/5, playing 40% ×2" */
static void put_progress(struct text *out, const struct player *player,
                         const struct playback *playback) {
    const struct score *score = &player->runner.session->score;
    text_printf(out, "%zu/%zu", player->pauses, player_pause_count(player));
    text_put(out, playback ? doing_now(playback) : "");
    if (playback && playback->playing) {
        text_printf(out, " %.0f%%", 100 * player_share(player));
    }
    if (playback && (playback->rate < 1 || playback->rate > 1)) {
        text_printf(out, " ×%g", playback->rate);
    }
    if (score_asked(score) > 0) {
        text_printf(out, ", score %zu/%zu", score->first, score_asked(score));
    }
}

/* The line as far as it is typed, with the prompt's cursor behind it. */
static void show_typing(struct showing *showing, const struct player *player, struct view *view) {
    size_t length;
    const char *line = player_typing(player, &length);
    if (!line) {
        return;
    }
    const struct session *session = player->runner.session;
    text_put_bytes(&showing->line, line, player->typed);
    view->prompt = true;
    view->line = text_string(&showing->line);
    view->cursor = showing->line.length;
    showing->previewing = showing_try(&player->runner, view->line, showing->ascii,
                                      &showing->preview, &showing->hint, &showing->hint_is_error);
    if (showing->previewing) {
        view->before = &session->now;
        view->state = &showing->preview;
        view->preview = true;
        view->hint = text_string(&showing->hint);
    } /* a half-typed line is not yet wrong: its error is no news */
}

void showing_open(struct showing *showing, const struct player *player,
                  const struct playback *playback, struct view *view) {
    *showing = (struct showing){0};
    put_progress(&showing->progress, player, playback);
    view->scene = player->source->name;
    view->progress = text_string(&showing->progress);
    if (!view->prompt) {
        show_typing(showing, player, view);
    }
}

void showing_close(struct showing *showing) {
    if (showing->previewing) {
        state_close(&showing->preview);
    }
    text_free(&showing->progress);
    text_free(&showing->line);
    text_free(&showing->hint);
}
