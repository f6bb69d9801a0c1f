/*
 * view/panel_cost.c - the cost, and what the output should have been: the last row of the
 * network, or a row by itself.
 *
 *     C  0.6458    y  1.0000  0.0000
 *
 * Where they have room, with what they are: "cost C  2.0000  target y  3.0000".
 */
#include "panel.h"

enum { WORDS = 18 }; /* cells of a margin, the words and a gap */

void panel_cost(const struct picture *p, struct rect rect) {
    if (rect.rows < 1 || rect.cols < 8) {
        return;
    }
    size_t n = p->model->network.layers[p->model->network.K].n;
    int all = p->state->digits + 4; /* cells of a number */
    bool roomy = rect.cols >= 56 || (n < 8 && WORDS + ((int)n + 1) * all <= rect.cols);
    int col = rect.col + 1, end = rect.col + rect.cols;
    /* a few of y, fewer where more decimals than the ordinary are asked for */
    int shown = p->state->digits > DIGITS_DEFAULT ? 1 : n < 3 ? (int)n : 3;
    int room = rect.cols - (roomy ? WORDS : 8);
    struct field field = field_of(p, all < room ? all : room);
    int each = (room - field.width) / shown; /* what the cost leaves */
    struct quantity C = {.kind = QUANTITY_C};
    col = canvas_put(p->canvas, rect.row, col, ROLE_FORWARD, roomy ? "cost C " : "C ");
    cell_draw(p, rect.row, col, field, &C);
    int gap = rect.cols < 56 && roomy ? 1 : 2;
    col = canvas_put(p->canvas, rect.row, col + field.width + gap, ROLE_FORWARD,
                     roomy ? "target y " : "y ");
    if (each < field.width && each > 0) {
        field = field_of(p, each);
    }
    for (size_t j = 0; j < n; j++) {
        struct quantity y = {.kind = QUANTITY_Y, .i = (int64_t)j + 1};
        int needed = field.width + (j + 1 < n ? 2 : 0);
        if (col + needed > end) {
            canvas_put(p->canvas, rect.row, col, ROLE_QUIET, col < end ? " …" : "");
            break;
        }
        cell_draw(p, rect.row, col, field, &y);
        col += field.width;
    }
}
