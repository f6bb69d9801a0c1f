/*
 * view/screen_weights.c - the weights of a joint beside their gradient: numbers where
 * all of them fit, or would with the usual decimals, else a heat map; of what does not fit a
 * window.
 *
 *     ─── weights W⁽¹⁾ ──────────── gradient ∂C/∂W⁽¹⁾ ──── layer 1 → 2, rows 1–18 of 30 ─
 *         1  2  3  4                1  2  3  4
 *      1 +0 +2 −4 +2               −0 −1 −1 −0
 *      2 +1 +0  · +3               +1 +3 +2 +0
 *      b ...                       the biases, where they are on
 *        −9 −7 −5 −3 −1  · +1 +3 +5 +7 +9
 *        tenths of the largest, 0.8123 at W1[17,3]
 *
 * The joint is that of the pick, or the one that the user scrolled to, or the one that
 * the present equation is about; the window likewise. Small networks show all joints.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "weights.h"

enum { NOTE_ROWS = 10, DETAIL_ROWS = 6 };

/* ---- drawing ---- */

static void put_title(struct text *out, const struct picture *p, const struct weights *w,
                      const struct sheet *sheet, bool brief) {
    const char *word = sheet->next                    ? "new "
                       : sheet->weight == QUANTITY_W  ? "weights "
                       : sheet->weight == QUANTITY_DW ? "gradient "
                                                      : "mean gradient ";
    struct quantity q = {.kind = sheet->weight, .layer = w->k};
    struct print_options options = picture_printing(p);
    text_put(out, brief && !sheet->next ? "" : word);
    quantity_symbol(out, &q, &options);
}

static void draw_title(const struct picture *p, struct rect rect, const struct weights *w,
                       const struct sheet *sheet) {
    enum role role = sheet->next                   ? ROLE_UPDATE
                     : sheet->weight == QUANTITY_W ? ROLE_WEIGHT
                                                   : ROLE_BACKWARD;
    for (int brief = 0; brief < 2; brief++) {
        struct text title = TEXT_EMPTY;
        put_title(&title, p, w, sheet, brief > 0);
        int cells = (int)utf8_cells(text_string(&title));
        bool room = cells + 2 <= rect.cols;
        if (room) {
            canvas_put(p->canvas, rect.row, rect.col, role, " ");
            canvas_put_styled(p->canvas, rect.row, rect.col + 1, role, EMPHASIS_BOLD,
                              text_string(&title));
            canvas_put(p->canvas, rect.row, rect.col + 1 + cells, role, " ");
        }
        text_free(&title);
        if (room) {
            return;
        }
    }
}

/* Numbers over the columns: every one, or every fifth, tenth ... so that they stand
 * apart; and that of the pick. */
static void draw_columns(const struct picture *p, int row, int col, const struct weights *w) {
    size_t last = w->first_j + w->cols, step = 1, picked_i, picked_j = SIZE_MAX;
    int most = panel_digits(last);
    while ((int)step * w->each < most + 1) {
        step = step == 1 ? 5 : step * 2;
    }
    if (!weights_picked(p, w, &picked_i, &picked_j)) {
        picked_j = SIZE_MAX;
    }
    for (size_t j = w->first_j; j < last; j++) {
        int cells = panel_digits(j + 1), at = col + (int)(j - w->first_j) * w->each;
        at += w->heat ? 0 : w->each - 1 - cells; /* over the last digit of the number */
        bool near =
            picked_j != SIZE_MAX && j != picked_j &&
            (j > picked_j ? j - picked_j : picked_j - j) * (size_t)w->each < (size_t)most + 1;
        bool shown = (j + 1) % step == 0 || j == 0 || j == w->first_j;
        bool crowded = j == w->first_j && step > 1 && j > 0 && step - (j + 1) % step <= 2;
        if (j == picked_j || (shown && !near && !crowded)) {
            int end = col + (int)w->cols * w->each + (w->each == 1 ? 0 : 1);
            if (at + cells <= end) {
                canvas_printf(p->canvas, row, at, j == picked_j ? ROLE_SELECTED : ROLE_QUIET, "%zu",
                              j + 1);
            }
        }
    }
}

static void draw_row_label(const struct picture *p, int row, int col, const struct weights *w,
                           size_t i) {
    size_t picked_i, picked_j;
    bool picked = weights_picked(p, w, &picked_i, &picked_j) && picked_i == i;
    char label[24] = "b";
    if (i < w->n) {
        snprintf(label, sizeof label, "%zu", i + 1);
    }
    canvas_put(p->canvas, row, col + w->label - 1 - (int)strlen(label),
               picked ? ROLE_SELECTED : ROLE_QUIET, label);
}

/* One row of a sheet: neuron i, or the biases. */
static void draw_elements(const struct picture *p, int row, int col, const struct weights *w,
                          struct sheet *sheet, size_t i) {
    struct quantity first = weights_element(w, sheet, i, w->first_j);
    if (w->heat) {
        picture_hit_elements(p, (struct rect){row, col, 1, (int)w->cols * w->each}, w->each, &first,
                             picture_known(p, &first));
    }
    for (size_t n = 0; n < w->cols; n++) {
        struct quantity q = weights_element(w, sheet, i, w->first_j + n);
        int at = col + (int)n * w->each;
        if (w->heat) {
            heat_cell(p, row, at, w, sheet, &q);
        } else {
            cell_draw(p, row, at, w->field, &q);
        }
    }
}

/* One sheet at `row`; returns the rows that it took. */
static int draw_sheet(const struct picture *p, struct rect rect, struct weights *w, int n) {
    struct sheet *sheet = &w->sheets[n];
    int col = rect.col + w->label + (w->beside ? n * (w->width + w->gap) : 0);
    int row = rect.row, right = rect.col + rect.cols;
    int room = w->beside && n + 1 < w->count ? w->width + w->gap - 1 : right - col;
    heat_measure(p, w, sheet);
    draw_title(p, (struct rect){row++, col - 1, 1, room}, w, sheet);
    draw_columns(p, row++, col, w);
    for (size_t r = 0; r < w->rows + (w->bias ? 1 : 0); r++, row++) {
        size_t i = r == w->rows ? w->n : w->first_i + r;
        if (n == 0 || !w->beside) {
            draw_row_label(p, row, rect.col, w, i);
        }
        draw_elements(p, row, col, w, sheet, i);
    }
    int legend = weights_legend(w);
    heat_legend(p, (struct rect){row, col, legend, room - 1}, w, sheet);
    return row + legend - rect.row;
}

/* At the right end of the rule: which part of which joint is seen. */
static void draw_where(const struct picture *p, struct rect rect, const struct weights *w,
                       int from) {
    bool ascii = p->notation == NOTATION_ASCII;
    bool whole = w->rows == w->n && w->cols == w->m;
    for (int level = 0; level < 3; level++) {
        struct text text = TEXT_EMPTY;
        if (level < 2) {
            text_printf(&text, "%slayer %zu %s %zu",
                        level == 0 && p->state->scroll.held ? "held, " : "", w->k,
                        ascii ? "to" : "→", w->k + 1);
        }
        if (level == 0 && whole) {
            text_printf(&text, ", %zu × %zu", w->n, w->m);
        } else if (!whole) {
            const char *dash = ascii ? "-" : "–";
            text_printf(&text,
                        level == 0   ? ", rows %zu%s%zu of %zu, columns %zu%s%zu of %zu"
                        : level == 1 ? ", %zu%s%zu of %zu, %zu%s%zu of %zu"
                                     : "%zu%s%zu/%zu, %zu%s%zu/%zu",
                        w->first_i + 1, dash, w->first_i + w->rows, w->n, w->first_j + 1, dash,
                        w->first_j + w->cols, w->m);
        }
        bool fits = panel_note(p, rect, from, 3, text_string(&text));
        text_free(&text);
        if (fits) {
            return;
        }
    }
}

/* The column at which the titles of the rule end. */
static int titles_end(const struct picture *p, struct rect rect, const struct weights *w) {
    int at = rect.col + w->label + (w->beside ? (w->count - 1) * (w->width + w->gap) : 0);
    struct text title = TEXT_EMPTY;
    put_title(&title, p, w, &w->sheets[w->beside ? w->count - 1 : 0], false);
    at += (int)utf8_cells(text_string(&title)) + 1;
    text_free(&title);
    return at;
}

/* One joint; returns the rows that it took. */
static int draw_joint(const struct picture *p, struct rect rect, struct weights *w) {
    int row = rect.row, used = 0;
    for (int n = 0; n < w->count; n++) {
        struct rect part = {row, rect.col, rect.rows, rect.cols};
        if (n == 0 || !w->beside) {
            panel_heading(p, part, ROLE_HEADING, "");
        }
        if (n == 0) {
            draw_where(p, part, w, titles_end(p, rect, w));
        }
        used = draw_sheet(p, part, w, n);
        row += w->beside ? 0 : used;
    }
    return w->beside ? used : row - rect.row;
}

/* Where the sheets have no room for their legends: one row for all that stand in one. */
static void draw_scales(const struct picture *p, struct rect rect, const struct weights *w) {
    for (int n = 0; n < (w->beside ? w->count : 1); n++) {
        int col = rect.col + w->label + n * (w->width + w->gap);
        int end = w->beside && n + 1 < w->count ? col + w->width + w->gap - 1 : rect.cols;
        heat_legend(p, (struct rect){rect.row, col, 1, end - col - 1}, w, &w->sheets[n]);
    }
}

/* ---- the screen ---- */

void screen_weights(struct picture *p, struct rect body) {
    if (body.rows < 3 || body.cols < 10) {
        return;
    }
    struct rect foot = {body.row + body.rows - 1, body.col, 1, body.cols};
    bool detail = body.rows >= DETAIL_ROWS;
    if (detail) {
        panel_pick(p, foot);
        body.rows -= body.rows >= NOTE_ROWS + 2 ? 2 : 1;
    }
    bool roomy = body.rows >= NOTE_ROWS;
    int all = roomy ? weights_all_fit(p, body) : 0;
    size_t first = all ? 0 : weights_joint(p), last = all ? p->model->network.K - 1 : first;
    for (size_t k = first; k <= last; k++) {
        struct weights w = weights_of(p, k, roomy);
        if (!weights_lay_out(p, &w, body, all ? all : SHEETS)) {
            return;
        }
        int used = draw_joint(p, body, &w) + 1;
        if (detail && !p->state->pick.active && weights_legend(&w) == 0) {
            draw_scales(p, foot, &w);
        }
        body.row += used;
        body.rows -= used;
        if (p->view->hits && !all) {
            p->view->hits->window = (struct seen){w.k, w.first_i, w.first_j, w.rows, w.cols};
        }
    }
}
