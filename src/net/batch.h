/*
 * net/batch.h - many samples through a network at once.
 *
 * A matrix here has a row a sample, a layer's neurons in it, padded to 8; layer k's
 * begins at `most` times its `at` in R and slope. Where a batch has more samples than there is room for,
 * it is taken in parts, one behind the other.
 */
#ifndef BACKSTEP_NET_BATCH_H
#define BACKSTEP_NET_BATCH_H

#include "feed_run.h"
#include "net/gradient.h"
#include "net/pass.h"

struct batch {
    size_t most;   /* samples at once */
    size_t count;  /* samples in it */
    size_t wanted; /* that it was opened for, all at once or not */
    struct block *memory;
    double *R, *slope;     /* [most][neurons] in all */
    double *Z, *DR, *DZ;   /* [most][widest layer] */
    double *X_own, *Y_own; /* [most][n_0], [most][n_K] padded */
    const double *X, *Y;   /* inputs and targets: these, or rows of a data set */
    size_t X_stride, Y_stride;
    struct pass last;  /* of the last layer, for costs of every kind */
    bool costs_finite; /* falls with the first C that is not */
    double sizes;      /* grows by the sizes of all outputs and gradients, not of the inputs */
};

/* Room for `count` samples, or for as many as may be taken at once; false where
 * memory is short. */
bool batch_open(struct batch *batch, const struct network *network, size_t count);
void batch_close(struct batch *batch);

/* Put in a sample, its place from 0 on, to be counted in batch->count. */
void batch_put(struct batch *batch, const struct network *network, size_t place, const double *x,
               const double *y);

/* Put in the samples of a run from the n-th on, of which `left` are left: as many as there is
 * room for. */
void batch_fill(struct batch *batch, const struct network *network, const struct feed_run *run,
                size_t n, size_t left);

/* Forward only: `sum` and then the costs of all samples, one behind the other. */
double batch_costs(struct batch *batch, const struct network *network, double sum);

/* Forward, then backward, each layer's gradients added to the sums; or, where `sums`
 * is NULL, used at once: W - lr (sum / count), what is frozen staying as it is. */
void batch_pass(struct batch *batch, struct network *network, struct gradient *sums, double lr);

#endif
