/*
 * net/flow.h - how the gradient goes through the layers: the sizes, a few numbers a
 * layer, of the present sample.
 *
 * A size is the root of the sum of squares (the Euclidean norm; of a matrix the
 * Frobenius norm). dC/dW(k) is the outer product of dC/dz(k+1) and r(k), so its norm
 * is the product of theirs.
 */
#ifndef BACKSTEP_NET_FLOW_H
#define BACKSTEP_NET_FLOW_H

#include "net/model.h"

/* Layer k, and the weights W(k-1) that lead to it. */
struct flow_layer {
    double dz;         /* ||dC/dz(k)|| */
    double dW;         /* ||dC/dW(k-1)|| */
    double W;          /* ||W(k-1)|| */
    double slope;      /* mean of f'(z(k)_j) over the neurons j; NaN for softmax */
    double dead;       /* share of the ReLUs whose slope is 0 in every row; NaN: no ReLUs */
    double dz10, dW10; /* log10 of the two; -infinity for 0 */
};

struct flow {
    size_t K;
    double smallest, largest;   /* norm of dC/dz or dC/dW above 0; infinite and 0: there is none */
    bool relus;                 /* some layer has ReLUs */
    size_t rows;                /* of the data that `dead` is judged by: not all, where that
                                * would take long; 1 without data */
    struct flow_layer layers[]; /* [K] layer k at k - 1 */
};

/* The model must be fresh. It keeps the answer until it changes: asking again costs
 * nothing. NULL where memory is short; valid until the model changes. */
const struct flow *model_flow(const struct model *model);

/* The last layer k whose dC/dz(k) is 0 throughout, in the present sample and in every
 * training row: nothing up to W(k-1) is learned. 0: none, or there are more rows than are
 * looked at. The model must be fresh. */
size_t model_silent_layer(const struct model *model);

#endif
