/*
 * view/panel_equation.c - the present equation: in symbols, then with the numbers
 * put in for each element, then the result.
 *
 *       ∂C/∂r⁽¹⁾ᵢ = Σⱼ ∂C/∂z⁽²⁾ⱼ · W⁽¹⁾ᵢⱼ
 *       ∂C/∂r⁽¹⁾₁ = 0 · 1 + 0.54 · (−1) = −0.54
 *       ∂C/∂r⁽¹⁾₂ = 0 · 0.5 + 0.54 · 2 = 1.08
 *       ∂C/∂r⁽¹⁾₃ = 0 · (−0.6) + 0.54 · 0.7 = 0.378
 *
 * As many elements as fit, in several columns where they are short; a long sum
 * shows its largest terms. At START it lists the equations that are to come: see
 * panel_outline.c.
 */
#include <string.h>

#include "net/activation.h"
#include "panel.h"

enum {
    LINES_MAX = 64,   /* elements shown at once */
    TERMS_BROKEN = 4, /* of a sum that is rather broken than shortened */
    SPELT_COLS = 150, /* room for the symbols of an element beside its numbers */
};

/* ---- the symbols ---- */

/* The element's own symbols, a sum written term by term: shows which number is which.
 * Returns the rows it took; 0 where it says nothing new or does not fit. */
static int draw_expanded(struct picture *p, struct rect rect, const struct equation *equation) {
    size_t terms = element_terms(equation->right);
    int rows = 0;
    if (terms > 0 && terms <= ELEMENT_TERMS) {
        struct line line = LINE_EMPTY;
        element_symbols(&line, p, equation, true);
        if (line_rows(&line, rect.cols, LINE_INDENT) <= rect.rows) {
            rows = line_draw(&line, p, rect, LINE_INDENT);
        }
        line_free(&line);
    }
    return rows;
}

/* ---- the elements of a part ---- */

/* The lines of a column, when the first of `rows` lines takes `used` columns with its gap:
 * one less where `count` lines cannot all fit, even in columns half as wide, since the last
 * row says so then. */
static size_t column_lines(struct rect rect, size_t rows, size_t count, int used) {
    size_t columns = 1 + (used < rect.cols ? (size_t)(2 * (rect.cols - used) / used) + 1 : 0);
    return rows > 1 && count > columns * rows ? rows - 1 : rows;
}

/* The elements first ... first + count - 1 of the step, and the equation of all of them. */
struct elements {
    struct equation equation;
    size_t first, count;
};

/* That of the n-th of them, from 0: the same tree, which stays theirs. */
static struct equation equation_at(const struct picture *p, const struct elements *elements,
                                   size_t n) {
    struct equation equation = elements->equation;
    equation.target = walk_element(p->model, p->focus.step, elements->first + n);
    return equation;
}

/* Lines for the elements, as many as may fit; returns how many were made. `full`: the first is
 * there with all its numbers. */
static size_t make_lines(struct picture *p, struct line *lines, struct rect rect,
                         const struct elements *elements, bool *full) {
    size_t count = elements->count;
    size_t made = 0, most = count < LINES_MAX ? count : LINES_MAX;
    size_t down = rect.rows > 0 ? (size_t)rect.rows : 0;
    int used = 0; /* columns that the lines so far will take */
    bool roomy = rect.cols >= SPELT_COLS && count <= down;
    for (size_t start = 0; start < most && down > 0; start += down) {
        for (; made < most && made < start + down; made++) {
            struct equation one = equation_at(p, elements, made);
            bool whole = element_fit(&lines[made], p, &one, 1, rect.cols, roomy);
            *full = made == 0 ? whole : *full;
        }
        int widest = columns_widest(lines, start, made);
        used += widest + COLUMN_GAP;
        down = start == 0 ? column_lines(rect, down, count, used) : down;
        if (used + widest * 3 / 4 > rect.cols) {
            break;
        }
    }
    return made;
}

/* "… 2 more: 0, 0.378": elements that have no row; where no panel has them either, their
 * values, as many as fit. */
static void draw_rest(const struct picture *p, struct rect rect, size_t first, size_t count) {
    struct line line = LINE_EMPTY;
    line_printf(&line, ROLE_QUIET, "… %zu more", count);
    for (size_t n = 0; n < count && !p->layout.wide && line.cells < rect.cols; n++) {
        struct quantity q = walk_element(p->model, p->focus.step, first + n);
        line_put(&line, ROLE_QUIET, n == 0 ? ": " : ", ");
        if (picture_hides(p, &q)) {
            line_put(&line, ROLE_TARGET, "?");
        } else {
            line_number(&line, p, cell_role(p, &q), quantity_value(p->model, &q));
        }
    }
    line_draw(&line, p, rect, 0);
    line_free(&line);
}

/* Short sums that are too long for one row: one element after the other, broken. */
static void draw_broken(struct picture *p, struct rect rect, const struct elements *elements) {
    size_t n = 0, count = elements->count;
    for (; n < count && rect.rows > 0; n++) {
        struct line line = LINE_EMPTY;
        struct equation one = equation_at(p, elements, n);
        element_fit(&line, p, &one, rect.rows, rect.cols, false);
        if (n > 0 && line_rows(&line, rect.cols, LINE_INDENT) >= rect.rows && n + 1 < count) {
            line_free(&line);
            break; /* leave a row to say so */
        }
        rect = rect_below(rect, line_draw(&line, p, rect, LINE_INDENT));
        line_free(&line);
    }
    if (n < count && rect.rows > 0) {
        draw_rest(p, rect, elements->first + n, count - n);
    }
}

/* Are the elements short sums that need several rows? The first tells. */
static bool must_break(struct picture *p, struct rect rect, const struct elements *elements) {
    struct line line = LINE_EMPTY;
    if (rect.rows > 1 && element_terms(elements->equation.right) <= TERMS_BROKEN) {
        struct equation one = equation_at(p, elements, 0);
        element_put(&line, p, &one, 0, false);
    }
    bool broken = line.cells > rect.cols;
    line_free(&line);
    return broken;
}

/* Has the first element all its numbers in two rows, and not in one? */
static bool fills_two(struct picture *p, struct rect rect, const struct elements *elements) {
    if (!must_break(p, rect, elements)) {
        return false;
    }
    struct line line = LINE_EMPTY;
    struct equation one = equation_at(p, elements, 0);
    bool whole = element_fit(&line, p, &one, 2, rect.cols, false);
    line_free(&line);
    return whole;
}

/* The elements, one row each. */
static void draw_elements(struct picture *p, struct rect rect, const struct elements *elements) {
    struct line lines[LINES_MAX] = {LINE_EMPTY}; /* and so the others */
    bool full = true;
    size_t made = make_lines(p, lines, rect, elements, &full), count = elements->count;
    if (!full && must_break(p, rect, elements)) {
        draw_broken(p, rect, elements);
    } else {
        size_t drawn = columns_draw(p, lines, made, count, rect, rect.cols);
        if (drawn < count) {
            draw_rest(p, rect_last(rect), elements->first + drawn, count - drawn);
        }
    }
    for (size_t n = 0; n < made; n++) {
        line_free(&lines[n]);
    }
}

/* The activation there, where its slope is in the equation under the name of ours. */
static const char *other_slope(const struct picture *p, const struct quantity *q) {
    bool collapsed = q->layer == p->model->network.K && p->model->pass.collapsed;
    if (q->kind != QUANTITY_DZ || collapsed) {
        return NULL;
    }
    const struct activation *here = p->model->network.layers[q->layer].activation;
    const struct activation *there = p->other->network.layers[q->layer].activation;
    return there != here ? there->name : NULL;
}

/* "  ≠ ∂C/∂r⁽¹⁾ⱼ · σ′(z⁽¹⁾ⱼ)": the right side in the network beside this one, where it is
 * another one. */
static void put_other(struct line *line, const struct picture *p, const struct equation *here) {
    struct picture beside = *p;
    struct equation there;
    beside.model = p->other;
    const struct quantity *q = &here->target;
    if (equation_open(&there, p->other, quantity_generic(p->other, *q), NULL) == STATUS_OK) {
        struct line ours = LINE_EMPTY, theirs = LINE_EMPTY;
        line_expr(&ours, p, here->right, NULL, false, false, ELEMENT_TERMS);
        line_expr(&theirs, &beside, there.right, NULL, false, false, ELEMENT_TERMS);
        if (strcmp(text_string(&ours.text), text_string(&theirs.text)) != 0) {
            line_printf(line, ROLE_QUIET, "  ≠ %s", text_string(&theirs.text));
        } else if (other_slope(p, q)) {
            line_printf(line, ROLE_QUIET, "  ≠ slope of %s", other_slope(p, q));
        }
        line_free(&ours);
        line_free(&theirs);
        equation_close(&there);
    }
}

/* "    f′(z⁽¹⁾ⱼ) = r⁽¹⁾ⱼ · (1 − r⁽¹⁾ⱼ)": what the slope is, of which the table has the value. */
static void put_slope(struct line *line, const struct picture *p, const struct equation *here) {
    struct quantity q;
    struct equation slope;
    if (!equation_slope(here, p->model, &q) ||
        equation_open(&slope, p->model, q, NULL) != STATUS_OK) {
        return;
    }
    line_put(line, ROLE_TEXT, "    ");
    line_symbol(line, p, &q, picture_role(p, &q, ROLE_TEXT));
    line_put(line, ROLE_TEXT, law_becomes(slope.law, p->notation));
    line_expr(line, p, slope.right, NULL, false, false, ELEMENT_TERMS);
    equation_close(&slope);
}

static int draw_symbols(const struct picture *p, struct rect rect,
                        const struct equation *equation) {
    struct line line = LINE_EMPTY, other = LINE_EMPTY;
    element_symbols(&line, p, equation, false);
    if (p->other && p->state->question.stage == QUESTION_NONE) {
        put_other(&other, p, equation);
    } else if (p->state->question.stage == QUESTION_NONE) {
        put_slope(&other, p, equation);
    }
    if (line.cells + other.cells <= rect.cols && other.cells > 0) {
        line_draw(&other, p,
                  (struct rect){rect.row, rect.col + line.cells, 1, rect.cols - line.cells}, 0);
    }
    line_free(&other);
    int rows = line_draw(&line, p, rect, LINE_INDENT);
    line_free(&line);
    return rows;
}

/* One part of the step, its equation in symbols and then its elements; unless it is the
 * `last`, in no more rows than it needs. Returns how many. */
static int draw_part(struct picture *p, struct rect rect, const struct part *part, bool last) {
    struct elements elements = {.first = part->first, .count = part->count};
    struct quantity q = quantity_generic(p->model, part->whole);
    if (equation_open(&elements.equation, p->model, q, NULL) != STATUS_OK) {
        return 0;
    }
    int wanted = 1 + (part->count < LINES_MAX ? (int)part->count : LINES_MAX);
    if (!last && rect.rows > wanted) {
        rect.rows = wanted + (part->count == 1 && fills_two(p, rect, &elements) ? 1 : 0);
    }
    /* with one row the result counts more than the symbols */
    struct rect top = {rect.row, rect.col, 1, rect.cols};
    int used = rect.rows > 1 ? draw_symbols(p, top, &elements.equation) : 0;
    draw_elements(p, rect_below(rect, used), &elements);
    equation_close(&elements.equation);
    return rect.rows;
}

/* The part that a step is named for, dW or the new W; then what belongs to it. */
static void draw_parts(struct picture *p, struct rect rect) {
    struct part part;
    size_t parts = 0, main = 0;
    for (; picture_part(p, parts, &part); parts++) {
        if (part.whole.kind == p->step.target.kind) {
            main = parts;
        }
    }
    for (size_t n = 0; n < parts && rect.rows > 0; n++) {
        size_t which = n == 0 ? main : n <= main ? n - 1 : n;
        picture_part(p, which, &part);
        int others = (int)(parts - n - 1) * 2;
        int rows = rect.rows - (rect.rows - others >= 3 ? others : 0);
        struct rect here = {rect.row, rect.col, rows, rect.cols};
        rect = rect_below(rect, draw_part(p, here, &part, n + 1 == parts));
    }
}

/* The equation of all elements in symbols: the rows that it took. */
static int draw_whole(const struct picture *p, struct rect rect) {
    struct equation equation;
    struct quantity q = quantity_generic(p->model, p->target);
    if (equation_open(&equation, p->model, q, NULL) != STATUS_OK) {
        return 0;
    }
    int rows = draw_symbols(p, rect, &equation);
    equation_close(&equation);
    return rows;
}

static void draw_single(struct picture *p, struct rect rect) {
    struct equation equation;
    if (rect.rows > 1) {
        struct rect top = {rect.row, rect.col, rect.rows > 3 ? rect.rows - 2 : 1, rect.cols};
        rect = rect_below(rect, draw_whole(p, top));
    }
    if (equation_open(&equation, p->model, p->target, NULL) != STATUS_OK) {
        return;
    }
    bool one_of_many = walk_elements(p->model, p->focus.step) > 1;
    if (rect.rows > 1 && (one_of_many || rect.cols >= SPELT_COLS)) {
        struct rect top = {rect.row, rect.col, rect.rows - 1, rect.cols};
        rect = rect_below(rect, draw_expanded(p, top, &equation));
    }
    struct line line = LINE_EMPTY;
    element_fit(&line, p, &equation, rect.rows, rect.cols, false);
    line_draw(&line, p, rect, LINE_INDENT);
    line_free(&line);
    equation_close(&equation);
}

void panel_equation(struct picture *p, struct rect rect) {
    int margin = rect.cols >= 36 ? 1 : 0;
    rect.col += margin;
    rect.cols -= 2 * margin;
    if (rect.rows < 1 || rect.cols < 1) {
        return;
    }
    p->budget = ELEMENT_BUDGET;
    if (p->focus.step == 0) {
        panel_outline(p, rect);
    } else if (p->single) {
        draw_single(p, rect);
    } else {
        draw_parts(p, rect);
    }
}
