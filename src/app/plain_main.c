/*
 * app/plain_main.c - the interactive program in lines of text, for screen readers, logs
 * and terminals that are too dumb for a screen: it tells a scene, reads a line, does
 * what it says, and tells what came of it.
 *
 * An empty line is a step on. Any other line is a line of the language, or a key of
 * the screen ("n", "3p"). Where standard input is no terminal its lines are told too, so
 * that the output is a record of what was done.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "config.h"
#include "report.h"
#include "lang/keys.h"
#include "lang/quiz.h"
#include "plain.h"
#include "plain_tell.h"

/* ---- ^C: while a line runs it ends what takes long, else the program ---- */

static void hold_interrupt(const struct plain *plain, sigset_t *before) {
    sigset_t held;
    sigemptyset(&held);
    if (plain->talks) {
        sigaddset(&held, SIGINT);
    }
    sigprocmask(SIG_BLOCK, &held, before);
}

static void release_interrupt(const struct plain *plain, const sigset_t *before) {
    if (plain->talks && plain_stop_asked(NULL)) {
        sigset_t held;
        int taken;
        sigemptyset(&held);
        sigaddset(&held, SIGINT);
        sigwait(&held, &taken);
    }
    sigprocmask(SIG_SETMASK, before, NULL);
}

/* ---- lines ---- */

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
    plain_put(plain, length > 0 ? "> " : ">", length > 0 ? 2 : 1);
    plain_put(plain, line, length);
    plain_put(plain, "\n", 1);
}

/* Lines until `quit` or their end. */
static void loop(struct plain *plain) {
    char *bytes = NULL;
    size_t room = 0;
    while (!plain->quit && !ferror(stdout)) {
        if (plain->talks && isatty(STDOUT_FILENO)) {
            plain_put(plain, "> ", 2);
        }
        fflush(stdout);
        ssize_t got = getline(&bytes, &room, stdin);
        if (got < 0) {
            plain_put(plain, "\n", plain->talks ? 1 : 0);
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
    enum status status = session_open(&plain->session, error);
    if (status == STATUS_OK) {
        struct runner runner = plain_runner(plain);
        plain->preferences = preferences_default();
        config_load(&runner, &complaint);
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
    preferences_close(&plain->preferences);
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
