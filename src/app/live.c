/*
 * app/live.c - the interactive loop: wait, act, draw.
 */
#include "live.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "headless.h"
#include "lang/keys.h"
#include "lang/quiz.h"
#include "plain.h"

static const char *const keys_line_prompt = "Enter keeps  Esc drops  Tab completes  ↑ history";
static const char *const keys_line_answer =
    "Enter answers  ? hints  Esc looks around, then q quits";
static const char *const keys_line_training = "^C stop here, and keep what is reached";

void live_message(struct live *live, bool is_error, const char *format, ...) {
    text_free(&live->message);
    live->recovery.offered = false; /* the line that offered it is gone */
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&live->message, format, arguments);
    va_end(arguments);
    live->message_is_error = is_error;
}

static void fill_prompt(const struct live *live, struct view *view) {
    view->prompt = true;
    view->label = prompt_label(live->prompt);
    view->line = prompt_line(live->prompt);
    view->cursor = prompt_cursor(live->prompt);
    view->offered = prompt_offered(live->prompt);
    view->hint = text_string(&live->hint);
    view->hint_is_error = live->hint_is_error;
    view->candidates = prompt_candidates(live->prompt);
    view->keys = keys_line_prompt;
    if (live_question_open(live)) {
        view->label = strcmp(view->label, ": ") == 0 ? "answer: " : view->label;
        view->keys = keys_line_answer;
    }
}

/* What covers the panels. */
static void fill_cover(const struct live *live, struct view *view) {
    if (live->cover == COVER_PAGE) {
        view->page = text_string(&live->page.text);
        view->page_top = live->page.top;
        view->page_title = live->page.title;
    } else if (live->cover == COVER_TREE) {
        view->why = &live->tree.why;
        view->why_at = live->tree.at;
        view->state = &live->tree.state;
        view->before = NULL;
    } else if (live->cover == COVER_MENU) {
        view->menu = live->menu.names;
        view->menu_at = live->menu.at;
        view->menu_about = live->menu.catalogue.rows[live->menu.at].about;
    } else if (live->cover == COVER_CONSENT) {
        view->message = live->consent;
    } else if (live->cover == COVER_LEAVE) {
        view->message = live_leave_question(live);
    }
}

static void fill_view(struct live *live, struct view *view, struct showing *showing) {
    *view = (struct view){
        .state = live->previewing ? &live->preview : &live->session.now,
        .before = live->previewing ? &live->session.now
                  : live->changed  ? &live->before
                                   : NULL,
        .preview = live->previewing,
        .message = live->message.length > 0 ? text_string(&live->message) : NULL,
        .message_is_error = live->message_is_error,
        .keys = live_keys(live),
        .hits = &live->hits,
    };
    if (live->prompting) {
        fill_prompt(live, view);
    }
    if (live->source.name) {
        showing_open(showing, &live->player, &live->playback, view);
    }
    fill_cover(live, view);
}

/* Let the terminal have what `set` has changed. */
static void follow_preferences(struct live *live) {
    const struct preferences *wanted = &live->preferences;
    if (live->theme != wanted->theme) {
        live->theme = wanted->theme;
        terminal_set_theme(live->terminal, live->theme);
        live->canvas.halves = terminal_halves(live->terminal);
    }
    if (live->no_mouse != wanted->no_mouse) {
        live->no_mouse = wanted->no_mouse;
        terminal_set_mouse(live->terminal, !live->no_mouse);
    }
}

static void draw(struct live *live) {
    struct showing showing = {.ascii = live->canvas.ascii};
    struct view view;
    follow_preferences(live);
    fill_view(live, &view, &showing);
    view_compose(&view, &live->canvas);
    showing_close(&showing);
    terminal_show(live->terminal, &live->canvas, live->redraw);
    live->redraw = false;
    live_record(live, view.state);
}

enum status live_screen(void *context, const struct state *state, struct canvas *canvas,
                        const struct theme **theme) {
    struct live still = *(const struct live *)context; /* the same, with nothing open */
    struct showing showing = {.ascii = still.canvas.ascii};
    struct view view;
    if (canvas_open(canvas, still.canvas.rows, still.canvas.cols, still.canvas.ascii) !=
        STATUS_OK) {
        return STATUS_MEMORY;
    }
    still.prompting = still.previewing = false;
    still.cover = COVER_NONE;
    still.key_line.text = TEXT_EMPTY;
    fill_view(&still, &view, &showing);
    view.state = state;
    view.hits = NULL;
    canvas->halves = still.canvas.halves;
    view_compose(&view, canvas);
    showing_close(&showing);
    text_free(&still.key_line.text);
    *theme = still.theme;
    return STATUS_OK;
}

void live_draw_training(struct live *live, const struct state *draft, const char *progress) {
    struct state shown;
    if (state_copy(&shown, draft) != STATUS_OK) {
        return;
    }
    struct view view = {.state = &shown, .message = progress, .keys = keys_line_training};
    shown.screen = live->pace.screen;
    if (command_compare(&shown)) {
        view_compose(&view, &live->canvas);
        terminal_show(live->terminal, &live->canvas, live->redraw);
        live->redraw = false;
        live_record(live, &shown);
    }
    state_close(&shown);
}

void live_resize(struct live *live) {
    int rows, cols;
    terminal_size(live->terminal, &rows, &cols);
    if (canvas_resize(&live->canvas, rows, cols) != STATUS_OK) {
        live->quit = true;
        live->code = 1;
    }
    live->redraw = true;
}

static void interrupted(struct live *live, const struct event *event) {
    if (live->prompting) {
        live_prompt_feed(live, event);
    } else {
        live->cover = COVER_NONE;
        live_message(live, false, "q quits");
    }
}

static void handle(struct live *live, const struct event *event) {
    switch (event->type) {
    case EVENT_QUIT:
        live->quit = live->cut_off = true;
        live->code = event->key > 0 ? 128 + event->key : live->code; /* as shells say it */
        break;
    case EVENT_RESIZE:
    case EVENT_RESUME: live_resize(live); break;
    case EVENT_INTERRUPT: interrupted(live, event); break;
    case EVENT_KEY:
        if (live->prompting) {
            live_prompt_feed(live, event);
        } else {
            live_key(live, event);
        }
        break;
    case EVENT_PASTE:
        if (live->prompting) {
            live_prompt_feed(live, event);
        }
        break;
    case EVENT_MOUSE: live_mouse(live, event); break;
    default: break;
    }
}

/* Open the prompt for a question; what was said of the one before it stays. */
static void ask(struct live *live) {
    struct text said = live->message;
    live->message = TEXT_EMPTY;
    live_prompt_open(live, "");
    if (live->message.length == 0) {
        text_free(&live->message);
        live->message = said;
    } else {
        text_free(&said);
    }
}

/* The next event: what was typed while a training ran comes first. */
static void next_event(struct live *live, int milliseconds, struct event *event) {
    if (live->pace.has_event) {
        *event = live->pace.event;
        live->pace.has_event = false;
    } else {
        terminal_wait(live->terminal, milliseconds, event);
    }
}

/* Take every event that is there, then work out the preview once, then draw once. */
static void loop(struct live *live) {
    while (!live->quit) {
        if (live->asking) {
            live->asking = false;
            ask(live);
        }
        live_preview(live);
        draw(live);
        struct event event;
        int timeout = live_journal_timeout(live, live_watch_timeout(live, live_timeout(live)));
        next_event(live, timeout, &event);
        while (event.type != EVENT_NONE && !live->quit) {
            handle(live, &event);
            if (live->quit) {
                break;
            }
            next_event(live, 0, &event);
        }
        live_tick(live);
        live_watch(live);
    }
}

static enum status open_screen(struct live *live, struct error *error) {
    struct preferences *wanted = &live->preferences;
    wanted->theme = live->options->theme ? live->options->theme : wanted->theme;
    live->theme = wanted->theme;
    live->no_mouse = wanted->no_mouse;
    const char *no_color = getenv("NO_COLOR");
    struct terminal_options options = {
        .ascii = live->options->ascii,
        .no_color = live->options->no_color || (no_color && *no_color),
        .no_mouse = live->no_mouse,
        .theme = live->theme,
    };
    enum status status = live_record_open(live, error);
    if (status != STATUS_OK) {
        return status;
    }
    status = terminal_open(&live->terminal, &options, error);
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
    live_journal_close(live, live->log.unwritten || (live->cut_off && live_has_work(live)));
    terminal_leave(live->terminal);
    if (error.text[0] != '\0') {
        complain(error.text, 0);
    }
    canvas_close(&live->canvas);
    hits_close(&live->hits);
    text_free(&live->key_line.text);
    key_bindings_close(&live->preferences.bindings);
    if (live->config.name) {
        source_close(&live->config);
    }
    live_preview_drop(live);
    live_forget_change(live);
    live_work_close(live);
    tree_close(&live->tree);
    live_unload(live);
    session_close(&live->session);
    menu_close(&live->menu);
    text_free(&live->page.text);
    text_free(&live->hint);
    text_free(&live->message);
}

/* May what a terminal cannot show be told in lines instead? Where there is a terminal at
 * both ends, and nothing of the scene was taken from it. */
static bool can_be_plain(const struct live *live) {
    const struct options *options = live->options;
    return !live->hands_off && !options->record && !options->log && isatty(STDIN_FILENO) &&
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
    live->preferences.theme = theme_at(0);
    live_journal_restart(live);
    config_read(&live->config, complaint);
    enum status status = session_open(&live->session, error);
    if (status != STATUS_OK) {
        return status;
    }
    struct runner runner = live_runner(live);
    config_apply(&live->config, &runner, complaint);
    live_work_safe(live);
    return live->options->scene_count > 0 ? live_load(live, live->options->scenes[0], error)
                                          : live_menu_open(live);
}

/* Write what is recorded; the error is that of the first that cannot be. */
static enum status write_records(struct live *live, struct error *error) {
    struct error unwritten = {0};
    enum status status = live_record_close(live, error);
    if (live_log_close(live, &unwritten) != STATUS_OK && status == STATUS_OK) {
        *error = unwritten;
        status = error->status;
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
            live_message(live, true, "%s", text_string(&complaint));
        }
        live_journal_open(live);
        loop(live);
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
    struct live live = {
        .keeping.journal.fd = -1, .options = options, .playback.playing = true, .hands_off = true};
    return live_main(&live);
}

int action_record(const struct options *options) {
    struct options own = *options;
    own.log = options->scenes[0];
    own.scenes = options->scenes + 1;
    own.scene_count = options->scene_count - 1;
    struct live live = {.keeping.journal.fd = -1, .options = &own};
    return live_main(&live);
}
