/*
 * app/plain_command.c - lines of the language in plain mode: run, what they ask for done, and
 * told what came of it; and those of an unfinished session, run again without a word.
 */
#include <string.h>

#include "asked.h"
#include "config.h"
#include "plain.h"
#include "plain_tell.h"

/* ---- an unfinished session ---- */

/* The ground that the unfinished session began on. */
static enum status go_to_ground(struct plain *plain, struct error *error) {
    struct session session;
    if (plain->recovery.unfinished.scene) {
        return plain_load(plain, plain->recovery.unfinished.scene, error);
    }
    enum status status = session_open(&session, error);
    if (status == STATUS_OK) {
        plain_unload(plain);
        session_close(&plain->session);
        plain->session = session;
        plain->choosing = false;
        struct runner runner = plain_runner(plain);
        config_follow(&plain->preferences, &runner);
    }
    return status;
}

/* Run the lines, without a word; how many went as they did then. */
static size_t run_again(struct plain *plain) {
    size_t length, done = 0;
    const char *line;
    while ((line = unfinished_line(&plain->recovery.unfinished, &length)) != NULL &&
           plain_run_line(plain, line, length) && !plain_stop_asked(NULL)) {
        done++;
    }
    return done;
}

static void bring_back(struct plain *plain) {
    struct recovery *recovery = &plain->recovery;
    struct error error = {0};
    struct text text = TEXT_EMPTY;
    size_t lines = recovery->unfinished.lines, done = 0;
    recovery_begin(recovery);
    if (go_to_ground(plain, &error) == STATUS_OK) {
        done = run_again(plain);
    }
    plain->player.runner.read_only = false;
    plain->quit = plain->stopped = false;
    text_free(&plain->output);
    if (recovery_end(recovery, &plain->keeping, done)) {
        text_printf(&text, "Brought back: %zu line%s.\n", done, done == 1 ? "" : "s");
    } else {
        text_printf(&text, "Brought back %zu of %zu lines%s%s.\n", done, lines,
                    error.text[0] ? ": " : "", error.text);
    }
    tell_state(&text, &plain->session.now, plain->ascii);
    plain_text(plain, &text);
}

static void recover(struct plain *plain, bool drop) {
    if (!plain->recovery.found) {
        plain_error(plain, 0, "there is no unfinished session");
    } else if (drop) {
        recovery_drop(&plain->recovery);
        plain_line(plain, "Dropped.");
    } else {
        bring_back(plain);
    }
}

/* ---- lines ---- */

static void obey(struct plain *plain, const struct result *result) {
    int kind = asked_kind(result->request);
    if (kind & ASKED_PLAYBACK) {
        plain_line(plain, "Here nothing plays by itself.");
    } else if (kind & ASKED_SCENE) {
        plain_request(plain, result);
    }
    switch (result->request) {
    case REQUEST_QUIT:
    case REQUEST_QUIT_NOW: plain->quit = true; break;
    case REQUEST_RECOVER: recover(plain, false); break;
    case REQUEST_FORGET: recover(plain, true); break;
    case REQUEST_EDIT:
    case REQUEST_PROMPT: plain_line(plain, "This is the prompt: type a command."); break;
    default: break;
    }
}

/* Tell what a statement did. */
static void tell_done(struct plain *plain, const struct state *before,
                      const struct result *result) {
    struct text news = TEXT_EMPTY;
    if (result->request == REQUEST_REDRAW) {
        tell_state(&news, &plain->session.now, plain->ascii);
    } else if (result->request != REQUEST_RECOVER) { /* which has told it all */
        tell_news(&news, before, &plain->session.now, plain->ascii);
    }
    bool silent = plain->output.length == 0 && news.length == 0 && !plain->stopped;
    bool moves = result->request == REQUEST_NONE;
    plain_text(plain, &plain->output);
    plain_text(plain, &news);
    if (silent && moves) {
        plain_line(plain, "Nothing has changed.");
    }
    plain_tell_stop(plain);
    plain->choosing = plain->choosing && result->request == REQUEST_HELP;
    if (result->request == REQUEST_MENU) {
        plain_list(plain);
    }
}

/* One statement of a line: true where it went well. */
static bool run_statement(struct plain *plain, const struct source *source, size_t index) {
    size_t length, line_number, column;
    const char *line = source_statement(source, index, &length);
    struct runner runner = plain_runner(plain);
    runner.folder = plain->recovery.folder; /* NULL, but for what is done again */
    struct result result = {0};
    struct error error = {0};
    struct state before;
    if (state_copy(&before, &plain->session.now) != STATUS_OK) {
        plain_error(plain, 0, "out of memory");
        return false;
    }
    enum status status = command_run(&runner, line, length, &result, &error);
    if (status == STATUS_OK) {
        if (result.request == REQUEST_NONE && !result.loaded &&
            !plain->recovery.running) { /* there 'net' follows 'say' */
            state_leave_story(&plain->session.now, &before);
        }
        if (result.ended && !place_equal(before.place, plain->session.now.place)) {
            text_free(&result.message); /* the new place says it */
        }
        plain_keep(plain, &result);
        obey(plain, &result);
        plain_journal(plain, line, length, &before, &result);
        tell_done(plain, &before, &result);
    } else {
        source_position(source, index, error.column > 0 ? error.column : 1, &line_number, &column);
        column -= column > plain->lead ? plain->lead : 0;
        plain_error(plain, column, error.text);
    }
    state_close(&before);
    result_free(&result);
    return status == STATUS_OK;
}

bool plain_run_line(struct plain *plain, const char *line, size_t length) {
    struct source source;
    struct error error = {0};
    if (source_open(&source, "-", line, length, &error) != STATUS_OK) {
        const char *message = strstr(error.text, ": "); /* behind the place */
        plain_error(plain, error.column, message && error.column > 0 ? message + 2 : error.text);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < source.count && good && !plain->quit; i++) {
        good = run_statement(plain, &source, i);
    }
    source_close(&source);
    return good;
}
