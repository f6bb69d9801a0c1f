/*
 * view/panel_cost.c - the cost, and what the output should have been: the last row of the
 * network, or a row by itself.
 *
 *     C  0.6458    y  1.0000  0.0000
 */
#include "panel.h"

void panel_cost(const struct picture *p, struct rect rect) {
    if (rect.rows < 1 || rect.cols < 8) {
        return;
    }
    size_t n = p->model->network.layers[p->model->network.K].n;
    bool roomy = rect.cols >= 56;
    int col = rect.col + 1, end = rect.col + rect.cols;
    int each = (rect.cols - (roomy ? 20 : 8)) / (n < 3 ? (int)n + 1 : 4); /* C and a few of y */
    int width = p->state->digits + 4;
    struct field field = field_of(p, width < each ? width : each);
    struct quantity C = {.kind = QUANTITY_C};
    col = canvas_put(p->canvas, rect.row, col, ROLE_FORWARD, roomy ? "cost C " : "C ");
    cell_draw(p, rect.row, col, field, &C);
    col = canvas_put(p->canvas, rect.row, col + field.width + 2, ROLE_FORWARD,
                     roomy ? "target y " : "y ");
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
