/*
 * view/wires.h - the edges between two layers of the diagram. Private to view/.
 */
#ifndef BACKSTEP_SRC_VIEW_WIRES_H
#define BACKSTEP_SRC_VIEW_WIRES_H

#include "picture.h"

/* One layer as a column of the diagram: neurons first ... first + shown - 1 (from 0),
 * the n-th of them in row top + n * step. */
struct nodes {
    size_t layer, first, shown;
    int col; /* of the left port */
    int top, step;
};

/* What was drawn of the wires so far. */
struct wires {
    size_t edges; /* shown one by one */
    bool signs;   /* some of them only as their sign */
    int beneath;  /* cells of the free row beneath a wire from one neuron to one, or 0 */
};

/* Draw the joint between two columns of nodes, in columns col ... col + cols - 1, and add
 * to what was drawn. */
void wires_draw(const struct picture *p, const struct nodes *from, const struct nodes *to, int col,
                int cols, struct wires *drawn);

/* What the wires of joint k show: W, its gradient while that is computed, or the new W. */
struct quantity wires_quantity(const struct picture *p, size_t k);

#endif
