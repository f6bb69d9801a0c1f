/*
 * view/heat.c - elements of a matrix as signs and tenths of the largest of them:
 *
 *     +9−3+1 ·−7      two columns an element: sign and tenths, a dot for zero
 *     # = ' . %       one column: , − ~ = %  below zero,  ' + x * #  above
 *
 * The same facts are told by the background's colour, in five steps to each side.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "weights.h"

enum { STEPS = 5, SCAN_MOST = 1 << 17 };

static const char below[STEPS + 1] = ".,-~=%", above[STEPS + 1] = ".'+x*#";

/* ---- the largest ---- */

/* Take a value into account; true where it is the largest so far. */
static bool consider(double value, double *largest) {
    double amount = fabs(value);
    if (!(amount > *largest)) {
        return false;
    }
    *largest = amount;
    return true;
}

static void measure_weights(const struct picture *p, const struct weights *w, struct sheet *sheet) {
    const double *W = network_W(&p->model->network, w->k);
    const double *b = network_b(&p->model->network, w->k);
    size_t stride = p->model->network.layers[w->k].stride;
    for (size_t i = 0; i < w->n; i++) {
        for (size_t j = 0; j < w->m; j++) {
            if (consider(W[i * stride + j], &sheet->largest)) {
                sheet->top = weights_element(w, sheet, i, j);
            }
        }
    }
    for (size_t j = 0; w->bias && j < w->m; j++) {
        if (consider(b[j], &sheet->largest)) {
            sheet->top = weights_element(w, sheet, w->n, j);
        }
    }
}

/* The element of a layer's vector with the largest amount, from 0. */
static size_t largest_neuron(const struct picture *p, enum quantity_kind kind, size_t layer,
                             size_t n) {
    size_t at = 0;
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        struct quantity q = {.kind = kind, .layer = layer, .i = (int64_t)i + 1};
        if (consider(quantity_value(p->model, &q), &largest)) {
            at = i;
        }
    }
    return at;
}

/* dW_ij = r_i dz_j: the largest is where both are. */
static void measure_gradient(const struct picture *p, const struct weights *w,
                             struct sheet *sheet) {
    size_t i = largest_neuron(p, QUANTITY_R, w->k, w->n);
    size_t j = largest_neuron(p, QUANTITY_DZ, w->k + 1, w->m);
    sheet->top = weights_element(w, sheet, i, j);
    (void)consider(quantity_value(p->model, &sheet->top), &sheet->largest);
    struct quantity bias = weights_element(w, sheet, w->n, j);
    if (w->bias && consider(quantity_value(p->model, &bias), &sheet->largest)) {
        sheet->top = bias;
    }
}

static void measure_seen(const struct picture *p, const struct weights *w, struct sheet *sheet) {
    for (size_t r = 0; r < w->rows + (w->bias ? 1 : 0); r++) {
        for (size_t c = 0; c < w->cols; c++) {
            size_t i = r == w->rows ? w->n : w->first_i + r;
            struct quantity q = weights_element(w, sheet, i, w->first_j + c);
            if (picture_known(p, &q) && consider(quantity_value(p->model, &q), &sheet->largest)) {
                sheet->top = q;
            }
        }
    }
}

void heat_measure(const struct picture *p, const struct weights *w, struct sheet *sheet) {
    struct quantity whole = {.kind = sheet->weight, .next = sheet->next, .layer = w->k};
    sheet->known = picture_known(p, &whole);
    sheet->largest = 0;
    sheet->top = (struct quantity){0};
    bool few = w->m <= SCAN_MOST / w->n && w->n + w->m <= SCAN_MOST;
    sheet->all = sheet->known && (w->rows == w->n && w->cols == w->m);
    if (few && sheet->weight == QUANTITY_W && !sheet->next) {
        sheet->all = true;
        measure_weights(p, w, sheet);
    } else if (few && sheet->weight == QUANTITY_DW && sheet->known) {
        sheet->all = true;
        measure_gradient(p, w, sheet);
    } else {
        measure_seen(p, w, sheet);
    }
}

/* ---- elements ---- */

/* The share of the largest, 0 ... 1. */
static double share(double value, double largest) {
    if (value == 0 || !(largest > 0)) {
        return 0;
    }
    return isinf(value) ? 1 : isinf(largest) ? 0x1p-10 : fabs(value) / largest;
}

/* How much of the largest: -5 ... 5, 0 for nothing. */
static int heat_level(double value, double largest) {
    double part = share(value, largest);
    int level = part > 0 ? (int)ceil(part * STEPS) : 0;
    level = level > STEPS ? STEPS : level;
    return value < 0 ? -level : level;
}

/* The same in tenths, 0 ... 9. */
static int heat_tenths(double value, double largest) {
    int tenths = (int)(share(value, largest) * 10);
    return tenths > 9 ? 9 : tenths;
}

static void draw_sign(const struct picture *p, int row, int col, int each, enum role role,
                      int level, int tenths) {
    if (each == 1) {
        char sign = level < 0 ? below[-level] : above[level];
        uint32_t glyph = sign == '-' ? 0x2212 : (uint32_t)sign;
        canvas_glyph(p->canvas, row, col, role, 0, glyph);
        return;
    }
    uint32_t dot = p->notation == NOTATION_ASCII ? '.' : 0xB7;
    canvas_glyph(p->canvas, row, col, role, 0, level < 0 ? 0x2212 : level > 0 ? '+' : ' ');
    canvas_glyph(p->canvas, row, col + 1, role, 0, level == 0 ? dot : (uint32_t)('0' + tenths));
    for (int n = 2; n < each; n++) {
        canvas_glyph(p->canvas, row, col + n, role, 0, ' ');
    }
}

static enum role heat_role(int level) {
    return (enum role)(ROLE_HEAT_0 + STEPS + level);
}

void heat_cell(const struct picture *p, int row, int col, const struct weights *w,
               struct sheet *sheet, const struct quantity *q) {
    if (!picture_known(p, q)) {
        canvas_put(p->canvas, row, col + (w->each > 1), ROLE_QUIET, picture_blank(p, q));
        return;
    }
    double value = quantity_value(p->model, q), old;
    sheet->changed += picture_changed(p, q, &old) ? 1 : 0;
    struct quantity parameter = {
        .kind = q->j > 0 ? QUANTITY_W : QUANTITY_B, .layer = q->layer, .i = q->i, .j = q->j};
    bool picked = picture_picked(p, &parameter);
    if (isnan(value)) {
        canvas_put(p->canvas, row, col, picked ? ROLE_SELECTED : ROLE_WARNING,
                   w->each > 1 ? "??" : "?");
        return;
    }
    int level = heat_level(value, sheet->largest);
    draw_sign(p, row, col, w->each, picked ? ROLE_SELECTED : heat_role(level), level,
              heat_tenths(value, sheet->largest));
}

/* ---- the legend ---- */

static void draw_steps(const struct picture *p, struct rect rect, const struct weights *w) {
    static const int tenths[STEPS + 1] = {0, 1, 3, 5, 7, 9};
    int each = w->each > 1 ? 3 : 2, needed = each * (2 * STEPS + 1);
    if (rect.cols < needed) {
        return;
    }
    for (int level = -STEPS; level <= STEPS; level++) {
        int col = rect.col + each * (level + STEPS);
        draw_sign(p, rect.row, col, w->each > 1 ? 2 : 1, heat_role(level), level,
                  tenths[level < 0 ? -level : level]);
    }
    if (rect.cols >= needed + 24 && w->each == 1) {
        canvas_put(p->canvas, rect.row, rect.col + needed + 1, ROLE_QUIET, "below zero, above it");
    }
}

static void put_top(struct line *line, const struct picture *p, const struct sheet *sheet,
                    bool brief) {
    line_number(line, p, ROLE_TEXT, sheet->largest);
    if (!brief && sheet->top.i > 0) {
        struct text name = TEXT_EMPTY;
        quantity_name(&name, &sheet->top);
        line_printf(line, ROLE_QUIET, " at %s", text_string(&name));
        text_free(&name);
    }
}

/* At four lengths, the longest that fits. */
static void put_note(struct line *line, const struct picture *p, const struct weights *w,
                     const struct sheet *sheet, int level) {
    if (sheet->largest == 0) {
        line_put(line, ROLE_QUIET,
                 sheet->known ? (level < 2 ? "all of it 0" : "0")
                 : level < 2  ? "not reached by the walk yet"
                              : "not yet");
        return;
    }
    const char *tenths = !w->heat ? "" : w->each > 1 ? "tenths of " : "fifths of ";
    static const char *const of[][4] = {{"the largest, ", "the largest, ", "", ""},
                                        {"the largest seen, ", "the largest seen, ", "", ""}};
    line_printf(line, ROLE_QUIET, "%s%s", tenths, of[sheet->all ? 0 : 1][level]);
    put_top(line, p, sheet, level > 0);
    if (level == 0 && w->heat && sheet->changed > 0) {
        line_put(line, ROLE_CHANGED, panel_separator(p));
        line_printf(line, ROLE_CHANGED, "%zu changed", sheet->changed);
    }
}

void heat_legend(const struct picture *p, struct rect rect, const struct weights *w,
                 const struct sheet *sheet) {
    int row = rect.row;
    if (w->heat && rect.rows > 1) {
        draw_steps(p, (struct rect){row++, rect.col, 1, rect.cols}, w);
    }
    for (int level = 0; level < 4 && rect.rows > 0; level++) {
        struct line line = LINE_EMPTY;
        put_note(&line, p, w, sheet, level);
        bool fits = line.cells <= rect.cols;
        if (fits) {
            line_draw(&line, p, (struct rect){row, rect.col, 1, rect.cols}, 0);
        }
        line_free(&line);
        if (fits) {
            return;
        }
    }
}
