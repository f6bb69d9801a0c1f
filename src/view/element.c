/*
 * view/element.c - one element of an equation as a line: its symbols, its numbers, its
 * result.
 *
 *     ∂C/∂r⁽¹⁾₁ = 0 · 1 + 0.54 · (−1) = −0.54
 *     z⁽¹⁾₁ = −0.1317 · 0.9231 + 0.1374 · 0.8 + … 782 more, sum −0.84 = −1.0662
 *
 * A long sum shows its largest terms. Finding them takes time, so that only so many
 * terms are looked at in a frame; see ELEMENT_BUDGET.
 */
#include "panel.h"

enum {
    TERMS_SPELT = 8, /* of a sum whose symbols stand beside its numbers */
    TERM_CELLS = 20, /* about what a term takes, */
    REST_CELLS = 36, /* and the rest of the line */
};

size_t element_terms(const struct expr *expr) {
    size_t most = expr->op == EXPR_SUM_OVER ? expr->count : 0;
    for (size_t n = 0; n < expr->arg_count; n++) {
        size_t inner = element_terms(expr->args[n]);
        most = inner > most ? inner : most;
    }
    return most;
}

/* Why the equation is another one than the long way's. */
static const char *collapse_note(const struct picture *p, const struct quantity *q) {
    const struct pass *pass = &p->model->pass;
    bool here =
        (q->kind == QUANTITY_DZ && q->layer == p->model->network.K) || q->kind == QUANTITY_C;
    if (here && pass->rescued) {
        return "   B0 and B1 in one: the long way is not finite";
    }
    if (q->kind == QUANTITY_DZ && q->layer == p->model->network.K && pass->collapsed) {
        return "   B0 and B1 in one";
    }
    return "";
}

void element_symbols(struct line *line, const struct picture *p, const struct equation *equation,
                     bool expand) {
    const struct quantity *q = &equation->target;
    line_symbol(line, p, q, picture_role(p, q, ROLE_HEADING));
    line_put(line, ROLE_TEXT, law_becomes(equation->law, p->notation));
    if (question_concerns(&p->state->question, q) && p->state->question.hints < HINT_SYMBOLS) {
        line_put(line, ROLE_TARGET, "?");
        return;
    }
    line_expr(line, p, equation->right, NULL, false, expand, ELEMENT_TERMS);
    line_put(line, ROLE_WARNING, collapse_note(p, q));
}

/* " = result", and what it was before a change, or is in the network beside this one. */
static void put_result(struct line *line, const struct picture *p, const struct quantity *q) {
    double old;
    line_put(line, ROLE_TEXT, " = ");
    if (picture_hides(p, q)) {
        line_put(line, ROLE_TARGET, "?");
        return;
    }
    line_number(line, p, ROLE_TARGET, quantity_value(p->model, q));
    if (picture_changed(p, q, &old)) {
        line_put(line, ROLE_QUIET, " was ");
        line_number(line, p, ROLE_CHANGED, old);
    } else if (picture_differs(p, q, &old)) {
        line_put(line, ROLE_QUIET, " ≠ ");
        line_number(line, p, ROLE_QUIET, old);
    }
}

void element_put(struct line *line, const struct picture *p, const struct equation *equation,
                 size_t most_terms, bool symbols) {
    const struct expr *right = equation->right;
    line_symbol(line, p, &equation->target, ROLE_TARGET);
    if (question_concerns(&p->state->question, &equation->target) &&
        p->state->question.hints < HINT_NUMBERS) {
        put_result(line, p, &equation->target);
        return;
    }
    line_put(line, ROLE_TEXT, law_becomes(equation->law, p->notation));
    if (symbols) {
        line_expr(line, p, right, &equation->target, false, true, ELEMENT_TERMS);
        line_put(line, ROLE_TEXT, " = ");
    }
    line_expr(line, p, right, &equation->target, true, false, most_terms);
    bool alone = right->op == EXPR_QUANTITY || right->op == EXPR_NUMBER;
    if (!alone || picture_hides(p, &equation->target)) {
        put_result(line, p, &equation->target);
    }
}

/* Where no form with its terms fits: how many there are, and the result. */
static void put_short(struct line *line, const struct picture *p, const struct equation *equation,
                      size_t terms) {
    line_symbol(line, p, &equation->target, ROLE_TARGET);
    if (terms > 1 && !question_concerns(&p->state->question, &equation->target)) {
        line_printf(line, ROLE_QUIET, " = sum of %zu terms", terms);
    }
    put_result(line, p, &equation->target);
}

/* How many terms of a sum to try next, when `most` of them (0: all) took `cells` of
 * `room` cells; 0 where nothing smaller is left. */
static size_t fewer_terms(size_t most, size_t terms, int cells, int room) {
    size_t had = most == 0 ? terms : most;
    size_t guess = room > REST_CELLS ? had * (size_t)(room - REST_CELLS) / (size_t)cells : 1;
    guess = guess < 1 ? 1 : guess;
    return guess < had ? guess : had - 1;
}

bool element_fit(struct line *line, struct picture *p, const struct equation *equation, int rows,
                 int width, bool symbols) {
    size_t terms = element_terms(equation->right);
    int room = rows * width;
    size_t most =
        terms <= ELEMENT_TERMS ? 0 : fewer_terms(terms, terms, (int)terms * TERM_CELLS, room);
    bool done = false;
    symbols = symbols && terms <= TERMS_SPELT;
    while (!done && terms <= p->budget) {
        p->budget -= most > 0 ? terms : 0;
        element_put(line, p, equation, most, symbols);
        done = line_rows(line, width, LINE_INDENT) <= rows;
        if (!done) {
            int cells = line->cells;
            line_free(line);
            if (symbols) {
                symbols = false;
                continue;
            }
            if (terms < 2 || most == 1) {
                break;
            }
            most = fewer_terms(most, terms, cells, room);
        }
    }
    if (!done) {
        put_short(line, p, equation, terms);
    }
    return done && most == 0;
}
