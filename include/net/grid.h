/*
 * net/grid.h - one output of a network over evenly spaced inputs, for pictures.
 *
 * Works for networks of one or two inputs. Point (row, col) has
 *   x_1 = low[0] + (high[0] - low[0]) (col + 1/2) / cols, x_2 likewise from row,
 * so that the first row lies at the low end of x_2. With one input there is one row.
 */
#ifndef BACKSTEP_NET_GRID_H
#define BACKSTEP_NET_GRID_H

#include <stdbool.h>

#include "net/model.h"

enum { GRID_MOST = 4096 }; /* points */

struct grid {
    size_t output; /* from 0 */
    size_t cols, rows;
    double low[2], high[2];
};

/* How many points may be evaluated in a frame: fewer the larger the network is; 0
 * where it is too large for a picture. */
size_t grid_affordable(const struct network *network);

/* The output at every point, [rows][cols]; NULL where memory is short. The model
 * keeps them until it changes: asking again for the same grid costs nothing. Valid
 * until the next call of any function for this model. */
const double *model_grid(const struct model *model, const struct grid *grid);

#endif
