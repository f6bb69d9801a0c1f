/*
 * net/narrow.h - a network whose layers have at most 8 neurons, laid out for a
 * function that takes whole samples through it: every W is [8][8], zero where there
 * is no weight, every vector of a layer is 8 long, layer k's at 8 k.
 */
#ifndef BACKSTEP_NET_NARROW_H
#define BACKSTEP_NET_NARROW_H

#include "feed_run.h"
#include "net/kernels.h"
#include "net/pass.h"

enum { NARROW_WIDTH = 8 };

struct narrow_layer {
    double *W; /* [8][8], the block's own or a copy */
    double *b; /* [8] the block's own */
    size_t from, to;
    enum bend bend; /* of the layer that W leads to */
    bool W_moves, b_moves;
};

struct narrow {
    const struct network *network;
    struct narrow_layer *layers; /* [K] */
    struct pass *pass;           /* the vectors to work in */
    double lr;
    bool half_squared; /* and no activation of the whole layer, so that dC/dr is r - y */
    struct feed_run feed;
    double sizes; /* grows by the sizes of all outputs and gradients */
};

#endif
