/*
 * view/flow.h - the screen of the gradients' flow: what its files share. Private to
 * them.
 */
#ifndef BACKSTEP_SRC_VIEW_FLOW_H
#define BACKSTEP_SRC_VIEW_FLOW_H

#include "axis.h"
#include "net/flow.h"
#include "panel.h"

/* One network's sizes; two of them where networks are compared. */
enum { SIDES_MAX = 2 };
struct side {
    const struct flow *flow;
    const struct flow *before; /* what they were; NULL: nothing is compared */
    const char *name;          /* NULL where there is only one */
    const char *place;         /* where its columns stand; NULL: nowhere */
};

/* Layers first ... last (from 1) in one row: of several the geometric mean of the norms,
 * which is 0 where one is, and the plain mean of the rest. */
struct flow_row {
    size_t first, last;
    double dz, dW, W, slope, dead;
    bool dz_known, dW_known, slope_known; /* the walk has been at all of them */
};

/* Layers that a row stands for, so that all fit into `rows`: 1, or a round number. */
size_t flow_layers_per_row(size_t K, int rows);

struct flow_row flow_row_of(const struct picture *p, const struct flow *flow, size_t first,
                            size_t last);

/* How sizes are written: in columns, the points below each other. */
struct sizes {
    bool scientific;
    int ahead;    /* digits before the point */
    int decimals; /* behind it */
    int width;    /* cells of the widest */
};

/* What all layers of both sides need, whatever the walk has reached: so nothing jumps.
 * False where all of them are 0 or not finite: then there is no axis. */
bool flow_measure(const struct picture *p, const struct side *sides, int count, struct sizes *sizes,
                  struct axis *axis);

/* "∂C/∂z falls by a factor 0.21 a layer on the way back: vanishing", or shorter, so that
 * it fits into the row. */
void flow_words(const struct picture *p, struct rect rect, const struct side *side);
/* ... at one of its lengths, the longest of which is 0. */
void flow_put_words(struct line *line, const struct picture *p, const void *side, int level);

/* The axis over bars of so many cells, in the row of the heading, of which so many cells
 * ahead of them are free; and the cells in which both of its ends have their numbers. */
void flow_axis_draw(const struct picture *p, int row, int col, int cols, int ahead,
                    const struct axis *axis);
int flow_axis_cells(const struct axis *axis);

/* The network, and the one beside it; returns how many they are, 0 where memory is short. */
int flow_sides(const struct picture *p, struct side sides[SIDES_MAX]);

#endif
