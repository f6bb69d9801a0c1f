/*
 * app/live_main.c - the interactive program from its options to its end: what is opened
 * for the loop, and closed after it.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "lang/quiz.h"
#include "live.h"
#include "plain.h"

static enum status open_screen(struct live *live, struct error *error) {
    live->theme = live->preferences.look.theme;
    live->no_mouse = live->preferences.look.no_mouse;
    const char *no_color = getenv("NO_COLOR");
    struct terminal_options options = {
        .ascii = live->options->ascii,
        .no_color = live->options->no_color || (no_color && *no_color),
        .no_mouse = live->no_mouse,
        .theme = live->theme,
    };
    const char *film = live->options->record;
    if (film && recording_open(&live->recording, film, live->theme, error) != STATUS_OK) {
        return error->status;
    }
    enum status status = terminal_open(&live->terminal, &options, error);
    if (status != STATUS_OK) {
        return status;
    }
    int rows, cols;
    terminal_size(live->terminal, &rows, &cols);
    if (canvas_open(&live->canvas, rows, cols, terminal_is_ascii(live->terminal)) != STATUS_OK) {
        return error_memory(error);
    }
    live->canvas.halves = terminal_halves(live->terminal);
    return STATUS_OK;
}

static void close_all(struct live *live) {
    struct error error = {0};
    live_prompt_close(live, &error);
    live_journal_close(live, live->unwritten || (live->cut_off && live_has_work(live)));
    terminal_leave(live->terminal);
    if (error.text[0] != '\0') {
        complain(error.text, 0);
    }
    canvas_close(&live->canvas);
    hits_close(&live->hits);
    text_free(&live->key_line.text);
    preferences_close(&live->preferences);
    live_preview_drop(live);
    live_forget_change(live);
    live_work_close(live);
    cover_close(&live->cover);
    live_unload(live);
    session_close(&live->session);
    text_free(&live->typing.hint);
    text_free(&live->message.text);
}

/* May what a terminal cannot show be told in lines instead? Where there is a terminal at
 * both ends, and nothing of the scene was taken from it. */
static bool can_be_plain(const struct live *live) {
    const struct options *options = live->options;
    return !live->hands_off && !options->record && !live->log.path && isatty(STDIN_FILENO) &&
           isatty(STDOUT_FILENO) &&
           (options->scene_count == 0 || strcmp(options->scenes[0], "-") != 0);
}

/* Begin again in plain mode, with a word why. */
static int go_plain(const struct options *options, const struct error *why) {
    struct text text = TEXT_EMPTY;
    text_printf(&text, "%s; going on without a screen, as with --plain", why->text);
    complain(text_string(&text), 0);
    text_free(&text);
    return plain_main(options);
}

/* A session with the user's settings, what is wrong with these in `complaint`; and the
 * scene, or the menu. */
static enum status begin(struct live *live, struct text *complaint, struct error *error) {
    live->preferences = preferences_default();
    live_journal_restart(live);
    enum status status = session_open(&live->session, error);
    if (status != STATUS_OK) {
        return status;
    }
    struct runner runner = live_runner(live);
    config_load(&runner, complaint);
    if (live->options->theme) {
        preferences_fix_theme(&live->preferences, live->options->theme);
    }
    live_work_safe(live);
    return live->options->scene_count > 0 ? live_load(live, live->options->scenes[0], error)
                                          : cover_menu(&live->cover, NULL, false, error);
}

/* The film; and the scene, of which the journal keeps what could not be written. The error
 * is that of the first that cannot be. */
static enum status write_records(struct live *live, struct error *error) {
    const char *title = live->session.now.title;
    struct error unwritten = {0};
    enum status status =
        recording_close(&live->recording, title ? title : live->scene.source.name, error);
    enum status logged = session_log_close(&live->log, &unwritten);
    if (logged != STATUS_OK && live->keeping.journal.fd >= 0) {
        struct error why = unwritten;
        live->unwritten = true;
        error_set(&unwritten, logged, "%s; what you did is kept: the next backstep offers it",
                  why.text);
    }
    if (status == STATUS_OK && logged != STATUS_OK) {
        *error = unwritten;
        status = logged;
    }
    return status;
}

/* Open the scene, or the menu; then the screen. Errors before that are plain lines. */
static int live_main(struct live *live) {
    struct error error = {0};
    struct text complaint = TEXT_EMPTY;
    enum status status = begin(live, &complaint, &error);
    bool dumb = false;
    if (status == STATUS_OK) {
        status = open_screen(live, &error);
        dumb = status == STATUS_INPUT && can_be_plain(live);
    }
    if (status == STATUS_OK) {
        if (complaint.length > 0) {
            message_set(&live->message, true, "%s", text_string(&complaint));
        }
        live_journal_open(live);
        live_loop(live);
        status = write_records(live, &error);
    }
    text_free(&complaint);
    struct score score = quiz_score(&live->session);
    close_all(live);
    if (status == STATUS_OK) {
        return live->options->quiz ? put_summary(&score, live->code) : live->code;
    }
    if (dumb) {
        return go_plain(live->options, &error);
    }
    return error.text[0] ? complain(error.text, status == STATUS_USAGE ? 2 : 1) : 1;
}

int action_open(const struct options *options) {
    struct live live = {.keeping.journal.fd = -1, .options = options};
    if (options->plain && options->record) {
        return complain("'--record' films the screen, and '--plain' has none", 2);
    }
    return options->plain ? plain_main(options) : live_main(&live);
}

int action_quiz(const struct options *options) {
    struct options own = *options;
    struct live live = {.keeping.journal.fd = -1, .options = &own};
    own.quiz = true;
    bool piped = !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO);
    return options->plain || piped ? plain_main(&own) : live_main(&live);
}

int action_play(const struct options *options) {
    struct live live = {.keeping.journal.fd = -1,
                        .options = options,
                        .scene.playback.playing = true,
                        .hands_off = true};
    return live_main(&live);
}

int action_record(const struct options *options) {
    struct options own = *options;
    if (state_file_is_others(options->scenes[0])) {
        struct text text = TEXT_EMPTY;
        text_printf(&text, "'%s' is there, and is no recording: a new name is right",
                    options->scenes[0]);
        int code = complain(text_string(&text), 1);
        text_free(&text);
        return code;
    }
    own.scenes = options->scenes + 1;
    own.scene_count = options->scene_count - 1;
    struct live live = {.keeping.journal.fd = -1, .options = &own, .log.path = options->scenes[0]};
    return live_main(&live);
}
