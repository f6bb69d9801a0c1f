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
 *
 * Where nothing is said, a network without numbers to work on has a hint there:
 *
 *     x is 0 so far. Press : and type x = 1 2, then y = 1; or data xor.
 */
#include "net/data.h"
#include "panel.h"

enum {
    LOOKED_AT = 1000,    /* more are not looked at */
    EXAMPLE_NUMBERS = 4, /* of an example that gives each its number */
};

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

/* ---- the hint ---- */

static bool all_zero(const struct block *block) {
    bool zero = block->count <= LOOKED_AT;
    for (size_t n = 0; n < block->count && zero; n++) {
        zero = block->values[n] == 0;
    }
    return zero;
}

/* The first data set of the table that has rows for this network. */
static const struct generator *generator_for(const struct network *network) {
    size_t n = network->layers[0].n, m = network->layers[network->K].n, index = 0;
    const struct generator *generator;
    while ((generator = generator_at(index)) != NULL &&
           (generator->inputs != n || (generator->classes > 0 && generator->classes < m))) {
        index++;
    }
    return generator;
}

/* What a network just made wants: its input is all 0, and no data come. */
static void put_hint(struct text *out, const struct picture *p) {
    const struct model *model = p->model;
    const struct network *network = &model->network;
    size_t n = network->layers[0].n;
    if (model->feed.data || !all_zero(model->x)) {
        return;
    }
    text_put(out, "x is 0 so far. Press : and type x =");
    for (size_t i = 1; i <= n && n <= EXAMPLE_NUMBERS; i++) {
        text_printf(out, " %zu", i);
    }
    text_put(out, n <= EXAMPLE_NUMBERS ? "" : " 0.5");
    text_put(out, all_zero(model->y) ? ", then y = 1" : "");
    const struct generator *generator = generator_for(network);
    if (generator) {
        text_printf(out, "; or data %s", generator->name);
    }
    text_put(out, ".");
}

static void draw_hint(const struct picture *p, struct rect rect) {
    struct text text = TEXT_EMPTY;
    put_hint(&text, p);
    panel_wrap(p, say_inner(rect), ROLE_HINT, text_string(&text));
    text_free(&text);
}

void panel_say(const struct picture *p, struct rect rect) {
    bool asked = p->state->question.stage != QUESTION_NONE;
    if (rect.rows < 1) {
        return;
    }
    if (!asked && (!p->state->say || !*p->state->say)) {
        draw_hint(p, rect);
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
