/*
 * app/live_draw.c - the view of a live session: composed, shown on the terminal, recorded.
 */
#include <string.h>

#include "live.h"
#include "showing.h"

static const char *const keys_line_prompt = "Enter keeps  Esc drops  Tab completes  ↑ history";
static const char *const keys_line_empty = "Esc leaves the prompt  Tab completes  ↑ history";
static const char *const keys_line_answer = "Enter answers  ? hints  Esc looks around, q quits";
static const char *const keys_line_busy = "working ... ^C stops it";
static const char *const keys_line_training = "^C stop here, and keep what is reached";

static void fill_prompt(const struct live *live, struct view *view) {
    view->prompt = true;
    view->label = prompt_label(live->typing.prompt);
    view->line = prompt_line(live->typing.prompt);
    view->cursor = prompt_cursor(live->typing.prompt);
    view->offered = prompt_offered(live->typing.prompt);
    view->hint = text_string(&live->typing.hint);
    view->hint_is_error = live->typing.hint_is_error;
    view->candidates = prompt_candidates(live->typing.prompt);
    view->keys = *view->line ? keys_line_prompt : keys_line_empty;
    if (live_question_open(live)) {
        view->label = strcmp(view->label, ": ") == 0 ? "answer: " : view->label;
        view->keys = keys_line_answer;
    }
}

static void fill_view(struct live *live, struct view *view, struct showing *showing) {
    *view = (struct view){
        .state = live->typing.previewing ? &live->typing.preview : &live->session.now,
        .before = live->typing.previewing ? &live->session.now
                  : live->changed         ? &live->before
                                          : NULL,
        .preview = live->typing.previewing,
        .message = live->message.text.length > 0 ? text_string(&live->message.text) : NULL,
        .message_is_error = live->message.is_error,
        .keys = live_keys(live),
        .hits = &live->hits,
    };
    if (live->typing.on) {
        fill_prompt(live, view);
    }
    if (live->scene.source.name) {
        showing_open(showing, &live->scene.player, &live->scene.playback, view);
    }
    cover_show(&live->cover, view);
}

/* Let the terminal have what `set` has changed. */
static void follow_preferences(struct live *live) {
    const struct surface *wanted = &live->preferences.look;
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

/* Compose it and show it; the film of the session has it too, in words where it is no
 * preview. */
static void show(struct live *live, const struct view *view) {
    view_compose(view, &live->canvas);
    terminal_show(live->terminal, &live->canvas, live->redraw);
    live->redraw = false;
    if (recording_take(&live->recording, &live->canvas, view->state,
                       view->state == &live->session.now,
                       live->scene.source.name ? &live->scene.player : NULL) != STATUS_OK) {
        message_set(&live->message, true, "the recording ends here: out of memory");
    }
}

void live_draw(struct live *live) {
    struct showing showing = {.ascii = live->canvas.ascii};
    struct view view;
    follow_preferences(live);
    fill_view(live, &view, &showing);
    show(live, &view);
    showing_close(&showing);
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
    still.typing.on = still.typing.previewing = false;
    still.cover.kind = COVER_NONE;
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

/* ^C while the network that is compared is made: it ends the training too. */
static bool stop_comparing(void *context) {
    struct live *live = context;
    live->pace.stop = live->pace.stop || terminal_interrupted(live->terminal);
    return live->pace.stop;
}

void live_draw_training(struct live *live, const struct state *draft, const char *progress) {
    struct state shown;
    if (state_copy(&shown, draft) != STATUS_OK) {
        return;
    }
    struct view view = {.state = &shown, .message = progress, .keys = keys_line_training};
    shown.screen = live->pace.screen;
    if (command_compare(&shown, stop_comparing, live)) {
        show(live, &view);
    }
    state_close(&shown);
}

void live_draw_busy(struct live *live) {
    struct canvas *canvas = &live->canvas;
    struct rect last = {canvas->rows - 1, 0, 1, canvas->cols};
    canvas_fill(canvas, last, ROLE_TEXT, ' ');
    canvas_put(canvas, last.row, 1, ROLE_TEXT, keys_line_busy);
    terminal_show(live->terminal, canvas, false);
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
