/*
 * app/plain.c - the interactive program in lines of text, for screen readers, logs
 * and terminals that are too dumb for a screen: it tells a scene, reads a line, does
 * what it says, and tells what came of it.
 *
 * An empty line is a step on. Any other line is a line of the language, or a key of
 * the screen ("n", "3p"). Nothing that is written moves a cursor or sets a colour:
 * every byte goes through put(). Where standard input is no terminal its lines are
 * told too, so that the output is a record of what was done.
 */
#include "plain.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asked.h"
#include "base/utf8.h"
#include "config.h"
#include "headless.h"
#include "lang/keys.h"
#include "lang/quiz.h"
#include "plain_tell.h"
#include "view/canvas.h"

/* ---- what is said ---- */

/* Write a text, whatever is in it, as harmless lines. */
static void put(const struct plain *plain, const char *bytes, size_t count) {
    struct text clean = TEXT_EMPTY;
    utf8_clean(&clean, bytes, plain->recovering ? 0 : count, true);
    const char *at = text_string(&clean), *end = at + clean.length;
    while (plain->ascii && at < end) {
        uint32_t code_point;
        at += utf8_decode(at, (size_t)(end - at), &code_point);
        char c = code_point == '\n' ? '\n' : (char)glyph_ascii(code_point);
        put_out(&c, 1);
    }
    if (!plain->ascii) {
        put_out(at, clean.length);
    }
    text_free(&clean);
}

void plain_text(const struct plain *plain, struct text *text) {
    put(plain, text_string(text), text->length);
    text_free(text);
}

void plain_line(const struct plain *plain, const char *string) {
    put(plain, string, strlen(string));
    put(plain, "\n", 1);
}

/* An error, in the order of things; lines of a record say which line it was. */
void plain_error(struct plain *plain, size_t column, const char *message) {
    if (plain->recovering) {
        return;
    }
    fflush(stdout);
    if (plain->talks) {
        complain(message, 0);
    } else {
        fprintf(stderr, "-:%zu:%zu: %s\n", plain->line, column > 0 ? column : 1, message);
        plain->code = 1;
    }
}

static const char *const advice =
    "Enter is a step on, 'back' a step back, 'continue' goes on with the story (where it says "
    "Space). A line is a command (where it says ':'). 'help' lists them, 'quit' leaves.\n";

void plain_advise(const struct plain *plain) {
    put(plain, advice, strlen(advice));
}

/* What a statement wrote, and its one line. */
void plain_keep(void *context, const struct result *result) {
    struct plain *plain = context;
    struct text *out = &plain->output;
    text_put_bytes(out, text_string(&result->output), result->output.length);
    if (out->length > 0 && out->bytes[out->length - 1] != '\n') {
        text_put(out, "\n");
    }
    if (result->message.length > 0) {
        text_printf(out, "%s%s.\n", result->warning ? "Warning: " : "",
                    text_string(&result->message));
    }
}

/* ---- ^C: while a line runs it ends what takes long, else the program ---- */

static bool stop_asked(void *context) {
    sigset_t pending;
    (void)context;
    return sigpending(&pending) == 0 && sigismember(&pending, SIGINT) == 1;
}

static void hold_interrupt(const struct plain *plain, sigset_t *before) {
    sigset_t held;
    sigemptyset(&held);
    if (plain->talks) {
        sigaddset(&held, SIGINT);
    }
    sigprocmask(SIG_BLOCK, &held, before);
}

static void release_interrupt(const struct plain *plain, const sigset_t *before) {
    if (plain->talks && stop_asked(NULL)) {
        sigset_t held;
        int taken;
        sigemptyset(&held);
        sigaddset(&held, SIGINT);
        sigwait(&held, &taken);
    }
    sigprocmask(SIG_SETMASK, before, NULL);
}

static enum status give_up(void *context, struct error *error) {
    return stop_asked(context) ? error_set(error, STATUS_INPUT,
                                           "stopped here: 'continue' goes on with what there is")
                               : STATUS_OK;
}

struct runner plain_runner(struct plain *plain) {
    return (struct runner){.session = &plain->session, .stop = stop_asked, .give_up = give_up};
}

void plain_configure(struct plain *plain, struct text *complaint) {
    struct runner runner = plain_runner(plain);
    config_apply(&plain->config, &runner, complaint);
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
    case REQUEST_RECOVER: plain_recover(plain, false); break;
    case REQUEST_FORGET: plain_recover(plain, true); break;
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
    runner.folder = plain->folder_then;
    struct result result = {0};
    struct error error = {0};
    struct state before;
    if (state_copy(&before, &plain->session.now) != STATUS_OK) {
        plain_error(plain, 0, "out of memory");
        return false;
    }
    enum status status = command_run(&runner, line, length, &result, &error);
    if (status == STATUS_OK) {
        if (result.request == REQUEST_NONE && !plain->recovering) { /* there 'net' follows 'say' */
            state_leave_story(&plain->session.now, &before);
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

/* The command of a line that is a key of the screen, with digits before it or not. */
static bool put_key(const char *line, struct text *command) {
    size_t digits = strspn(line, "0123456789");
    const struct key_row *row = key_named(line + digits);
    if (!row || (digits > 0 && !row->counted)) {
        return false;
    }
    text_put(command, row->command);
    if (digits > 0) {
        text_printf(command, " %.*s", (int)(digits < 20 ? digits : 20), line);
    }
    return true;
}

static bool is_command(const char *line) {
    return command_named(line, strcspn(line, " \t;")) || strchr(line, '=');
}

/* A line while a question is open: its answer, or a command. Once the question is
 * settled the story goes on. */
static void take_answer(struct plain *plain, const char *line) {
    struct text command = TEXT_EMPTY;
    const struct question *question = &plain->session.now.question;
    if (*line == '\0') {
        tell_question(&command, &plain->session.now, true, plain->ascii);
        plain_text(plain, &command);
        return;
    }
    quiz_command(&command, &plain->session.now, line, &plain->lead);
    plain_run_line(plain, text_string(&command), command.length);
    plain->lead = 0;
    if (question->stage == QUESTION_DONE && plain->source.name && !plain->quit) {
        plain_run_line(plain, "continue", 8);
    }
    text_free(&command);
}

/* A line without blanks at its ends. */
static void take_line(struct plain *plain, const char *line, size_t length) {
    struct text command = TEXT_EMPTY;
    bool key = !is_command(line) && put_key(line, &command);
    sigset_t signals;
    hold_interrupt(plain, &signals);
    if (plain->choosing && !key && !is_command(line)) {
        plain_choose(plain, line);
    } else if (plain->session.now.question.stage == QUESTION_OPEN) {
        take_answer(plain, line);
    } else if (key) {
        plain_run_line(plain, text_string(&command), command.length);
    } else if (length == 0) {
        plain_run_line(plain, "step", 4);
    } else {
        plain_run_line(plain, line, length);
    }
    release_interrupt(plain, &signals);
    text_free(&command);
}

static void show_line(const struct plain *plain, const char *line, size_t length) {
    put(plain, length > 0 ? "> " : ">", length > 0 ? 2 : 1);
    put(plain, line, length);
    put(plain, "\n", 1);
}

/* Lines until `quit` or their end. */
static void loop(struct plain *plain) {
    char *bytes = NULL;
    size_t room = 0;
    while (!plain->quit && !ferror(stdout)) {
        if (plain->talks && isatty(STDOUT_FILENO)) {
            put(plain, "> ", 2);
        }
        fflush(stdout);
        ssize_t got = getline(&bytes, &room, stdin);
        if (got < 0) {
            put(plain, "\n", plain->talks ? 1 : 0);
            break;
        }
        size_t length = (size_t)got;
        char *line = bytes;
        plain->line++;
        while (length > 0 && strchr("\n\r\t ", line[length - 1])) {
            length--;
        }
        line[length] = '\0';
        size_t blanks = strspn(line, " \t:");
        line += blanks;
        length -= blanks;
        if (!plain->talks) {
            show_line(plain, line, length);
        }
        take_line(plain, line, length);
    }
    free(bytes);
}

/* A session with the user's settings; what is wrong with these is told. */
static enum status open_session(struct plain *plain, struct error *error) {
    struct text complaint = TEXT_EMPTY;
    config_read(&plain->config, &complaint);
    enum status status = session_open(&plain->session, error);
    if (status == STATUS_OK) {
        plain_configure(plain, &complaint);
    }
    if (complaint.length > 0) {
        complain(text_string(&complaint), 0);
    }
    text_free(&complaint);
    return status;
}

static void close_all(struct plain *plain) {
    plain_journal_close(plain);
    plain_unload(plain);
    session_close(&plain->session);
    if (plain->config.name) {
        source_close(&plain->config);
    }
    text_free(&plain->output);
}

int plain_main(const struct options *options) {
    struct plain plain = {.talks = isatty(STDIN_FILENO),
                          .options = options,
                          .keeping = {.journal.fd = -1, .plain = true}};
    struct error error = {0};
    plain.ascii = options->ascii || !utf8_in_locale();
    enum status status = open_session(&plain, &error);
    if (status == STATUS_OK && options->scene_count == 0) {
        plain_list(&plain);
    } else if (status == STATUS_OK) {
        status = plain_load(&plain, options->scenes[0], &error);
        plain.quit = plain.quit || plain.reason == STOP_ERROR;
        plain.code = plain.reason == STOP_ERROR ? 1 : plain.code;
        if (status == STATUS_OK && plain.talks && !plain.quit) {
            plain_advise(&plain);
        }
    }
    if (status == STATUS_OK) {
        plain_journal_open(&plain);
        loop(&plain);
    } else {
        plain.code = complain(error.text, 1);
    }
    struct score score = quiz_score(&plain.session);
    close_all(&plain);
    bool asked = options->quiz && status == STATUS_OK;
    return asked ? put_summary(&score, plain.code) : finish_out(plain.code);
}
