/*
 * view/panel_why.c - the tree of equations behind a number, over the panels; and the
 * marked row in full beneath it.
 *
 *     ── why ∂C/∂W⁽⁰⁾₁₂ = 0 ──────────────────────────────────── 2 of 6 ──
 *      ▾ ∂C/∂W⁽⁰⁾₁₂ = 0 · 1 = 0
 *        ▾ ∂C/∂z⁽¹⁾₂ = 1.08 · 0 = 0   Step(z⁽¹⁾₂) = 0: z = −1.1 is negative
 *          ▸ ∂C/∂r⁽¹⁾₂ = 0 · 0.5 + 0.54 · 2 = 1.08
 *          ▸ Step(z⁽¹⁾₂) = 0   z = −1.1 is negative
 *        · x₁ = 1   input
 *     ── B1 through the activation ───────────────────────────────────────
 *      ∂C/∂z⁽¹⁾₂ = ∂C/∂r⁽¹⁾₂ · Step(z⁽¹⁾₂) = 1.08 · 0 = 0
 *      Step(z⁽¹⁾₂) = 0: z = −1.1 is negative
 */
#include <stdio.h>
#include <string.h>

#include "expr/equation.h"
#include "panel.h"

enum {
    FRAME_ROWS = 2,   /* of the screen: message, keys */
    DETAIL_ROWS = 5,  /* of the marked row: a heading, three rows, and a remark; */
    DETAIL_SMALL = 3, /* ... on a small screen one row */
    LARGE_ROWS = 14,  /* of a panel that has room for the one, */
    SMALL_ROWS = 8,   /* ... or for the other */
    DEEPEST = 3,      /* where a third of the width is indented, it is enough */
};

static int detail_rows(int rows) {
    return rows >= LARGE_ROWS ? DETAIL_ROWS : rows >= SMALL_ROWS ? DETAIL_SMALL : 0;
}

/* Rows of the tree in a panel of so many; the first is the heading. */
static size_t tree_rows(int rows) {
    int left = rows - 1 - detail_rows(rows);
    return left > 1 ? (size_t)left : 1;
}

size_t view_why_rows(int rows) {
    return tree_rows(rows - FRAME_ROWS);
}

/* Spans of a row go into a line, each quantity in its family's colour; or all in one. */
struct emission {
    struct line *line;
    const struct picture *picture;
    bool marked;
};

static void emit(void *context, const char *string, const struct quantity *q) {
    const struct emission *e = context;
    enum role role = e->marked ? ROLE_SELECTED : q ? cell_role(e->picture, q) : ROLE_TEXT;
    line_put(e->line, role, string);
}

static void put_row(struct line *line, const struct picture *p, size_t row, enum why_form form,
                    bool marked) {
    struct print_options options = picture_printing(p);
    struct emission emission = {line, p, marked};
    why_print(p->view->why, p->model, row, form, &options, emit, &emission);
}

static void put_remark(struct line *line, const struct picture *p, size_t row, enum role role,
                       const char *before) {
    struct print_options options = picture_printing(p);
    struct text remark = TEXT_EMPTY;
    why_remark(&remark, p->view->why, p->model, row, &options);
    if (remark.length > 0) {
        line_put(line, role, before);
        line_put(line, role, text_string(&remark));
    }
    text_free(&remark);
}

static const char *sign_of(const struct picture *p, size_t row) {
    bool ascii = p->notation == NOTATION_ASCII;
    const struct why *why = p->view->why;
    return !why_expandable(why, row) ? panel_dot(p)
           : why->rows[row].open     ? (ascii ? "-" : "▾")
                                     : (ascii ? "+" : "▸");
}

/* "  ▸ z⁽¹⁾₁ = 0.5 · 1 + 0.1 · (−2) = 0.3   remark", without the numbers or the remark
 * where they do not fit: the marked row has them beneath. */
static void draw_row(const struct picture *p, struct rect rect, size_t row) {
    const struct why *why = p->view->why;
    bool marked = row == p->view->why_at;
    int most = rect.cols / DEEPEST;
    int indent = (int)(why->rows[row].depth < 1000 ? why->rows[row].depth : 1000) * 2;
    indent = indent < most ? indent : most;
    int margin = rect.cols >= 20 ? 1 : 0, left = margin + indent + 2;
    struct rect place = {rect.row, rect.col + left, 1, rect.cols - left};
    if (marked) {
        canvas_fill(p->canvas, rect, ROLE_SELECTED, ' ');
    }
    canvas_put(p->canvas, rect.row, rect.col + left - 2, marked ? ROLE_SELECTED : ROLE_QUIET,
               sign_of(p, row));
    struct line line = LINE_EMPTY, remark = LINE_EMPTY;
    put_row(&line, p, row, WHY_NUMBERS, marked);
    if (line.cells > place.cols) {
        line_free(&line);
        put_row(&line, p, row, WHY_VALUE, marked);
    }
    put_remark(&remark, p, row, marked ? ROLE_SELECTED : ROLE_QUIET, "   ");
    line_draw(&line, p, place, 0);
    place.col += line.cells;
    place.cols -= line.cells;
    if (remark.cells <= place.cols) {
        line_draw(&remark, p, place, 0);
    }
    line_free(&line);
    line_free(&remark);
    picture_hit_row(p, rect, row);
}

/* "why ∂C/∂W⁽⁰⁾₁₂ = 0", and where the mark is. */
static void draw_heading(const struct picture *p, struct rect rect) {
    const struct why *why = p->view->why;
    struct line line = LINE_EMPTY;
    char seen[48];
    put_row(&line, p, 0, WHY_VALUE, false);
    struct text title = TEXT_EMPTY;
    text_printf(&title, "why %s", text_string(&line.text));
    snprintf(seen, sizeof seen, " %zu of %zu ", p->view->why_at + 1, why->count);
    int end = panel_heading(p, rect, ROLE_HEADING, text_string(&title));
    int col = rect.col + rect.cols - (int)strlen(seen) - 2;
    if (col > end) {
        canvas_put(p->canvas, rect.row, col, ROLE_QUIET, seen);
    }
    text_free(&title);
    line_free(&line);
}

/* "B1 through the activation": the law of the marked row's equation. */
static void put_law(struct text *out, const struct picture *p, const struct why_row *row) {
    struct equation equation;
    if (row->kind == WHY_ELEMENT && equation_open(&equation, p->model, row->q, NULL) == STATUS_OK) {
        const struct law_row *law = law_row(equation.law);
        text_printf(out, "%s%s%s", law->name, *law->name ? " " : "", law->title);
        equation_close(&equation);
    }
}

/* The marked row in full: symbols, numbers, value, and the words beside it. */
static void draw_detail(const struct picture *p, struct rect rect) {
    const struct why_row *row = &p->view->why->rows[p->view->why_at];
    struct text law = TEXT_EMPTY;
    struct line line = LINE_EMPTY, remark = LINE_EMPTY;
    put_law(&law, p, row);
    panel_heading(p, (struct rect){rect.row, rect.col, 1, rect.cols}, ROLE_HEADING,
                  text_string(&law));
    put_row(&line, p, p->view->why_at, WHY_FULL, false);
    struct rect place = {rect.row + 1, rect.col + 1, rect.rows - 2, rect.cols - 2};
    int used = line_draw(&line, p, place, LINE_INDENT);
    put_remark(&remark, p, p->view->why_at, ROLE_SAY, "");
    place = (struct rect){rect.row + 1 + used, rect.col + 1, 1, rect.cols - 2};
    line_draw(&remark, p, place, 0);
    text_free(&law);
    line_free(&line);
    line_free(&remark);
}

void panel_why(const struct picture *p, struct rect rect) {
    const struct why *why = p->view->why;
    size_t rows = tree_rows(rect.rows);
    int top = rect.row + (rect.rows > 1 ? 1 : 0);
    if (top > rect.row) {
        draw_heading(p, (struct rect){rect.row, rect.col, 1, rect.cols});
    }
    size_t first = window_first(why->count, rows, p->view->why_at);
    for (size_t n = 0; n < rows && first + n < why->count; n++) {
        draw_row(p, (struct rect){top + (int)n, rect.col, 1, rect.cols}, first + n);
    }
    int detail = detail_rows(rect.rows);
    if (detail > 0) {
        draw_detail(p, (struct rect){top + (int)rows, rect.col, detail, rect.cols});
    }
}
