/*
 * net/gradient.h - the mean gradient over a batch of several samples.
 *
 *   gW(k)_ij = (sum_s dC_s/dW(k)_ij) / m      gb(k)_j = (sum_s dC_s/db(k)_j) / m
 *
 * Each sum runs from +0 over the samples of the batch in their order, each product
 * dz_j r_i rounded and then added. For a batch of one sample nothing is kept: gW is
 * dW. The blocks are shared between copies of a model like the weights.
 */
#ifndef BACKSTEP_NET_GRADIENT_H
#define BACKSTEP_NET_GRADIENT_H

#include "net/pass.h"

struct gradient {
    size_t K;
    struct block **W;  /* [K], each [n_k][stride]; NULL where nothing is kept */
    struct block **b;  /* [K], each [n_k+1] */
    bool costs_finite; /* C of every sample is */
};

/* Zero blocks to add to, this gradient's alone; what they held is lost. */
enum status gradient_begin(struct gradient *gradient, const struct network *network);

/* Add one sample's gradients, then divide by their number. */
void gradient_add(struct gradient *gradient, const struct network *network,
                  const struct pass *pass);
void gradient_divide(struct gradient *gradient, const struct network *network, size_t count);

/* A copy that shares; false where memory is short. */
bool gradient_copy(struct gradient *copy, const struct gradient *gradient);
void gradient_close(struct gradient *gradient);

#endif
