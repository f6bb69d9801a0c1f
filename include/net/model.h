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

#include "net/feed.h"
#include "net/gradient.h"
#include "net/network.h"
#include "net/optimizer.h"
#include "net/pass.h"

struct cache;

struct model {
    struct network network;
    struct optimizer optimizer;
    struct feed feed;         /* the data set and the order of its samples: change it by the
                       * functions below */
    struct block *x;          /* [n_0] the input of the present sample: a working copy, which an */
    struct block *y;          /* [n_K] edit changes without changing the data set; and its target */
    struct pass pass;         /* of x and y */
    struct gradient gradient; /* of the batch, where it is of several samples; see model_gW() */
    struct cache *cache;      /* what was computed on the way and may be asked for again */
    uint64_t updates;         /* iterations done since the weights were made */
    size_t stale;             /* first layer whose z is out of date; K + 1: only the cost and
                       * the gradients; MODEL_FRESH: nothing */
};

#define MODEL_FRESH SIZE_MAX

/* A new model: x, y and b are 0, W is `he` with seed 1, plain SGD. */
enum status model_open(struct model **model, const size_t *widths, size_t count,
                       struct error *error);
/* The same, where `stop` is asked now and then; STATUS_INTERRUPTED if it said so. */
enum status model_open_long(struct model **model, const size_t *widths, size_t count,
                            bool (*stop)(void *context), void *context, struct error *error);
struct model *model_copy(const struct model *model); /* NULL when memory is short */
void model_close(struct model *model);               /* NULL is allowed */

/* Writable values; NULL when memory is short. What depends on them becomes
 * stale. W and b join layer k to k+1. */
double *model_edit_x(struct model *model);           /* [n_0] */
double *model_edit_y(struct model *model);           /* [n_K] */
double *model_edit_W(struct model *model, size_t k); /* [n_k][stride] */
double *model_edit_b(struct model *model, size_t k); /* [n_k+1] */

/* The optimizer's moment number `m` of W(k) and b(k); shaped like them. */
double *model_edit_moment_W(struct model *model, size_t m, size_t k);
double *model_edit_moment_b(struct model *model, size_t m, size_t k);

/* ---- data: see net/feed.h. All but model_set_batch() make x and y those of the
 * first sample of the batch. On failure the model is as it was. ---- */

/* Take a data set (one more reference); NULL takes the present one away and leaves
 * x and y. A new epoch begins with its first batch. */
enum status model_set_data(struct model *model, struct dataset *data, struct error *error);

/* Let the present batch begin at a row, from 1. A held-out row is refused. */
enum status model_set_sample(struct model *model, size_t row, struct error *error);

/* Samples a batch; 0 for all. Also without data, for data to come. The present batch
 * takes this size, beginning with the present sample. */
enum status model_set_batch(struct model *model, size_t batch, struct error *error);

/* Another order in every epoch, or none. A new first epoch begins. */
enum status model_set_shuffle(struct model *model, bool shuffled, uint64_t seed,
                              struct error *error);

/* Go to the start of the epoch that so many went before. */
enum status model_set_epoch(struct model *model, uint64_t epochs, struct error *error);

/* Hold out this share (0 ... below 1) of the rows, chosen by the seed. A new first
 * epoch begins. */
enum status model_set_validation(struct model *model, double share, uint64_t seed,
                                 struct error *error);

/* Say that layer k's z, or (K + 1) only the cost, must be computed again. */
void model_touch(struct model *model, size_t layer);

/* The weights are new, and nothing has been learned yet: the updates are counted from 0,
 * the optimizer's t and moments are as they were chosen, and the present sample begins the
 * first epoch. x, y and the settings stay. On failure (memory) the model is as it was. */
enum status model_begin_training(struct model *model);

/* Bring the pass up to date. On failure (memory) the model is as stale as before. */
enum status model_compute(struct model *model);
/* The same, where `stop` is asked now and then; STATUS_INTERRUPTED if it said so. */
enum status model_compute_long(struct model *model, bool (*stop)(void *context), void *context);

/* How many products the present update takes, or about; SIZE_MAX for all that is more. */
size_t model_work(const struct model *model);

/* Mean costs: over the training rows of the data set, sum_n C_n / N, from left to right;
 * the cost of the present sample where there is no data. The same over the held-out
 * rows; NaN where there are none. Both take the rows as they are in the data set,
 * whatever was edited in x and y, and are NaN where memory is short. */
enum mean { MEAN_TRAINING, MEAN_HELD_OUT, MEANS };
double model_mean_cost(const struct model *model, enum mean mean);

/* How many products that takes; 0 where it is known. */
double model_mean_effort(const struct model *model, enum mean mean);

/* Work it out, so that it is known. `stop` is asked now and then; STATUS_INTERRUPTED if it
 * said so. */
enum status model_know_mean(const struct model *model, enum mean mean, bool (*stop)(void *context),
                            void *context);

/* The pass of a row of the data set (from 1) with the present parameters; NULL where
 * memory is short. Valid until the next call of any function for this model. */
const struct pass *model_row_pass(const struct model *model, size_t row);

/* Is the present batch of several samples? Then gW is a mean; else it is dW. The
 * first sample of a batch is the present one: x, y and the pass as they are. */
bool model_batched(const struct model *model);

/* The mean gradient over the batch, before clipping and decay; indices from 0. */
double model_gW(const struct model *model, size_t k, size_t i, size_t j);
double model_gb(const struct model *model, size_t k, size_t j);

/* The norm of the whole mean gradient, over what is not frozen:
 * sqrt(sum_k (sum_ij gW(k)_ij^2 + sum_j gb(k)_j^2)). */
double model_gradient_norm(const struct model *model);

/* One parameter of the next update, without doing it: the new value, and the
 * moments after it. i = MODEL_BIAS for b(k)_j. Indices from 0. */
#define MODEL_BIAS SIZE_MAX
double model_next(const struct model *model, size_t k, size_t i, size_t j,
                  double moment[MOMENTS_MAX]);

/* U for every parameter that is not frozen, then the next batch, whose first sample
 * goes to x and y. The pass must be fresh; it is stale afterwards. On failure
 * (memory) nothing has changed. */
enum status model_update(struct model *model);

/* The second half of that: get the memory, then go on. */
enum status model_prepare_batch(struct model *model);
void model_next_batch(struct model *model);

/* The same for any number of rows of this epoch, from the present one on. The model
 * is stale from the input on. */
enum status model_prepare_epoch(struct model *model);
void model_skip(struct model *model, size_t rows);

#endif
