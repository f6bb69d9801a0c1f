/*
 * view/view.c - the whole screen: works out what all panels share, then lets each
 * draw into its rectangle. See layout.c for where they lie.
 */
#include "view/view.h"

#include "panel.h"

/* The focus: which equation, and its element where the walk goes by elements. */
static void find_focus(struct picture *p) {
    p->focus = walk_focus(p->model, p->state->place, p->state->grain);
    p->step = (struct walk_step){.law = LAW_NONE};
    if (p->focus.step > 0) {
        p->step = walk_step_at(p->model, p->focus.step);
        p->target = walk_element(p->model, p->focus.step, p->focus.last);
        p->single = p->focus.first == p->focus.last;
        if (!p->single) {
            p->target = walk_element(p->model, p->focus.step, p->focus.first);
        }
    }
    p->ended = walk_at_end(p->model, p->state->place);
}

/* The screen of the walk: every panel in its place. */
static void screen_walk(struct picture *p, struct rect body) {
    (void)body;
    const struct layout *layout = &p->layout;
    if (!layout->brief || !panel_account(p, layout->equation)) {
        panel_equation(p, layout->equation);
    }
    panel_network(p, layout->network);
    panel_cost(p, layout->cost);
    panel_neurons(p, layout->neurons);
    panel_weights(p, layout->weights);
    panel_letters(p, layout->letters);
}

/* The other screens have the whole body, between the place and the narration. */
static void (*const screens[SCREENS])(struct picture *p, struct rect body) = {
    [SCREEN_WALK] = screen_walk,
    [SCREEN_FLOW] = screen_flow,
    [SCREEN_TRAINING] = screen_training,
    [SCREEN_WEIGHTS] = screen_weights,
};

/* The narration; its last row is that of the picked number, where no weights are shown. */
static void draw_say(const struct picture *p) {
    struct rect say = p->layout.say;
    struct quantity q;
    if (p->state->screen == SCREEN_WALK && p->layout.weights.rows == 0 && say.rows > 0 &&
        picture_pick(p, &q)) {
        say.rows--;
        panel_pick(p, (struct rect){say.row + say.rows, say.col, 1, say.cols});
    }
    panel_say(p, say);
}

static void draw_panels(struct picture *p) {
    const struct layout *layout = &p->layout;
    int top = layout->place.row + layout->place.rows;
    int bottom = layout->watch.rows > 0 ? layout->watch.row
                 : layout->say.rows > 0 ? layout->say.row
                                        : layout->prompt.row;
    struct rect body = {top, 0, bottom - top, p->canvas->cols};
    panel_place(p);
    if ((layout->brief || !panel_account(p, body)) && screens[p->state->screen]) {
        screens[p->state->screen](p, body);
    }
    panel_watch(p, layout->watch);
    draw_say(p);
}

struct picture picture_of(const struct view *view, struct canvas *canvas) {
    struct picture p = {
        .view = view,
        .canvas = canvas,
        .state = view->state,
        .model = state_model(view->state),
        .before = view->before ? state_model(view->before) : NULL,
        .other = state_other(view->state),
        .notation = canvas->ascii ? NOTATION_ASCII : NOTATION_UNICODE,
        .layout = layout_of(view, canvas),
    };
    find_focus(&p);
    picture_find_marks(&p);
    return p;
}

void view_compose(const struct view *view, struct canvas *canvas) {
    canvas_clear(canvas);
    if (view->hits) {
        hits_clear(view->hits);
    }
    struct picture p = picture_of(view, canvas);
    int decimals = view->state->digits;
    p.decimals = &decimals;
    struct rect cover = {0, 0, canvas->rows > 3 ? canvas->rows - 2 : 1, canvas->cols};
    if (view->page) { /* message and keys stay */
        panel_page(&p, cover);
    } else if (view->why) {
        panel_why(&p, cover);
    } else if (view->menu) {
        panel_menu(&p);
    } else {
        draw_panels(&p);
    }
    panel_prompt(&p);
}
