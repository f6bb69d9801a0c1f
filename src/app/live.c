/*
 * app/live.c - the interactive loop: wait, act, draw.
 */
#include "live.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const keys_line_prompt = "Enter keeps  Esc drops  Tab completes  ↑ history";
static const char *const keys_line_empty = "Esc leaves the prompt  Tab completes  ↑ history";
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
    view->keys = *view->line ? keys_line_prompt : keys_line_empty;
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
void live_loop(struct live *live) {
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
