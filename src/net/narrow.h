/*
 * net/narrow.h - a network whose layers have at most 8 neurons, laid out for a
 * function that takes whole samples, or whole batches of them, through it.
 *
 * Every vector of a layer is `side` long, 4 or 8, and every W is [side][side], zero
 * where there is no weight: W(0) with a row for each neuron before, the others turned, with
 * a row for each neuron after. All that belongs to a layer lies together, layer after layer.
 */
#ifndef BACKSTEP_NET_NARROW_H
#define BACKSTEP_NET_NARROW_H

#include "feed_run.h"
#include "net/kernels.h"
#include "net/pass.h"

enum { NARROW_WIDTH = 8 };

struct narrow_layer {
    size_t from, to;
    enum bend bend; /* of the layer that W leads to */
    bool W_moves, b_moves;
};

struct narrow {
    const struct network *network;
    struct narrow_layer *layers; /* [K] */
    struct block *memory;        /* [K + 1][stride] */
    size_t side, stride;
    size_t most;       /* samples that there is room for: 1, or of a batch */
    bool looking;      /* no update is made */
    bool batched;      /* all samples of a run make one update; else each makes its own */
    bool sums_kept;    /* the batch is larger than `most`, and its gradients grow in G */
    bool half_squared; /* and no activation of the whole layer, so that dC/dr is r - y */
    struct pass *pass; /* vectors for costs of other kinds */
    double lr;
    struct feed_run feed;
    double sizes; /* grows by the sizes of all outputs and gradients */
};

/* Where the numbers of layer k are. W and b lead to the layer after, and b is zero
 * where there is no bias. */
struct narrow_place {
    double *W;     /* [side][side]; in layer K the first row is y */
    double *b;     /* [side] */
    double *r;     /* [most][side] */
    double *slope; /* [most][side]; written where it is not 1 throughout, and in layer K */
    double *dz;    /* [most][side] of batches */
    double *G;     /* [side + 1][side] where sums are kept: of W, then of b */
};

static inline struct narrow_place narrow_at(const struct narrow *narrow, size_t k) {
    size_t side = narrow->side, all = narrow->most * side;
    double *at = narrow->memory->values + k * narrow->stride;
    double *b = at + side * side, *r = b + side, *slope = r + all;
    return (struct narrow_place){at, b, r, slope, slope + all, slope + 2 * all};
}

/* Are all layers narrow? */
bool narrow_suits(const struct network *network);

/* Make ready for batches of this many samples, or 1; false where memory is short. The
 * pass lends the vectors of its last layer. What was opened before for this shape is
 * opened anew, in the same memory where that fits; the first time it is all zero. */
bool narrow_open(struct narrow *narrow, const struct network *network, struct pass *pass,
                 size_t batch);
void narrow_close(struct narrow *narrow);

/* The network's parameters come here, or go back there, where its blocks must be its
 * own. */
void narrow_take(struct narrow *narrow);
void narrow_give(const struct narrow *narrow);

/* After a run in which not all stayed finite: nothing that is not may lie beyond the
 * neurons that there are. */
void narrow_clear(struct narrow *narrow);

#endif
