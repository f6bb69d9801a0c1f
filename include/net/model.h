/*
 * net/model.h - all that an equation can mention: the network, the sample, its
 * pass, the optimizer and the data.
 *
 * A model is a value: model_copy() makes another that shares every block that
 * neither of them writes. The functions that change a model say from which
 * layer on its pass is stale; model_compute() brings everything up to date and
 * computes only what depends on the change.
 */
#ifndef BACKSTEP_NET_MODEL_H
#define BACKSTEP_NET_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/network.h"
#include "net/optimizer.h"
#include "net/pass.h"

struct model {
    struct network network;
    struct optimizer optimizer;
    struct block *x; /* [n_0] the input of the present sample */
    struct block *y; /* [n_K] its target */
    struct pass pass;
    uint64_t updates; /* iterations done since the network was made */
    size_t stale;     /* first layer whose z is out of date; K + 1: only the cost and
                       * the gradients; MODEL_FRESH: nothing */
};

#define MODEL_FRESH SIZE_MAX

/* A new model: x, y and b are 0, W is `he` with seed 1, plain SGD. */
enum status model_open(struct model **model, const size_t *widths, size_t count,
                       struct error *error);
struct model *model_copy(const struct model *model); /* NULL when memory is short */
void model_close(struct model *model);               /* NULL is allowed */

/* Writable values; NULL when memory is short. What depends on them becomes
 * stale. W and b join layer k to k+1. */
double *model_edit_x(struct model *model); /* [n_0] */
double *model_edit_y(struct model *model); /* [n_K] */
double *model_edit_W(struct model *model, size_t k); /* [n_k][stride] */
double *model_edit_b(struct model *model, size_t k); /* [n_k+1] */

/* Say that layer k's z, or (K + 1) only the cost, must be computed again. */
void model_touch(struct model *model, size_t layer);

/* Bring the pass up to date. On failure (memory) the model is as stale as before. */
enum status model_compute(struct model *model);

/* The mean cost over the data set; the cost of the sample where there is none. */
double model_mean_cost(struct model *model);

/* The mean gradient over the batch, before clipping and decay; indices from 0. */
double model_gW(const struct model *model, size_t k, size_t i, size_t j);
double model_gb(const struct model *model, size_t k, size_t j);

/* The norm of the whole mean gradient, over what is not frozen:
 * sqrt(sum_k (sum_ij gW(k)_ij^2 + sum_j gb(k)_j^2)). */
double model_gradient_norm(const struct model *model);

/* What the optimizer works with: min(1, clip/norm) g + decay W, each part only
 * where it is set. `factor` is model_clip_factor(). */
double model_clip_factor(const struct model *model);

/* One parameter of the next update, without doing it: the new value, and the
 * moments after it. i = MODEL_BIAS for b(k)_j. Indices from 0. */
#define MODEL_BIAS SIZE_MAX
double model_next(const struct model *model, size_t k, size_t i, size_t j,
                  double moment[MOMENTS_MAX]);

/* U for every parameter that is not frozen, then the next batch. The pass must
 * be fresh; it is stale afterwards. */
enum status model_update(struct model *model);

#endif
