/*
 * view/panel_say.c - the narration of the scene, broken at blanks.
 *
 *     ▌ ReLU turns the second neuron off: its z is −1.1. Remember it - on the way
 *     ▌ back it will get no gradient.
 *
 * A question stands in its place, and what was said to the last answer:
 *
 *     ? What is ∂C/∂z⁽¹⁾₂, dz1[2]?
 *     ▌ Not quite: the sign is turned.
 */
#include "panel.h"

/* The question, and what was said to the last answer: that needs its rows first. */
static int draw_question(const struct picture *p, struct rect rect) {
    const struct question *question = &p->state->question;
    struct print_options options = picture_printing(p);
    struct text text = TEXT_EMPTY;
    question_put(&text, question, &options);
    const char *reply = question->reply ? question->reply : "";
    int needed = panel_wrapped(reply, rect.cols, rect.rows);
    int left = rect.rows > 1 && needed == rect.rows ? 1 : rect.rows - needed;
    struct rect top = {rect.row, rect.col, left, rect.cols};
    int rows = panel_wrap(p, top, ROLE_HEADING, text_string(&text));
    struct rect rest = {rect.row + rows, rect.col, rect.rows - rows, rect.cols};
    rows += panel_wrap(p, rest, ROLE_SAY, reply);
    text_free(&text);
    return rows;
}

static int say_margin(struct rect rect) {
    return rect.cols >= 36 ? 3 : 0;
}

/* Where the words stand. */
static struct rect say_inner(struct rect rect) {
    int margin = say_margin(rect), cols = rect.cols - margin - (margin > 0);
    return (struct rect){rect.row, rect.col + margin, rect.rows,
                         cols < 100 ? cols : 100}; /* longer lines are hard to read */
}

struct fit view_fit_say(const struct state *state, int rows, int cols) {
    struct canvas canvas = {.rows = rows, .cols = cols};
    struct view view = {.state = state};
    struct rect inner = say_inner(layout_of(&view, &canvas).say);
    struct print_options options = {.model = state_model(state)};
    struct text text = TEXT_EMPTY;
    if (state->question.stage != QUESTION_NONE) {
        question_put(&text, &state->question, &options);
    } else {
        text_put(&text, state->say ? state->say : "");
    }
    struct fit fit = panel_fit(text_string(&text), inner.cols, inner.rows);
    text_free(&text);
    return fit;
}

void panel_say(const struct picture *p, struct rect rect) {
    bool asked = p->state->question.stage != QUESTION_NONE;
    if (rect.rows < 1 || (!asked && (!p->state->say || !*p->state->say))) {
        return;
    }
    int margin = say_margin(rect);
    struct rect inner = say_inner(rect);
    int rows = asked ? draw_question(p, inner) : panel_wrap(p, inner, ROLE_SAY, p->state->say);
    for (int row = 0; margin > 0 && row < rows; row++) {
        canvas_put(p->canvas, rect.row + row, rect.col + 1,
                   asked && row == 0 ? ROLE_TARGET : ROLE_UPDATE, asked && row == 0 ? "?" : "▌");
    }
}
