/*
 * net/fast.c - many updates in a row by plain SGD.
 */
#include "fast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers.h"
#include "net/cost.h"
#include "batch.h"
#include "net/cache.h"
#include "net/data.h"

/* As long as parameters stay below PARAMETER_MOST and the sum of the sizes of all
 * outputs and gradients of all samples below SIZES_MOST, no product of two and no sum of
 * products overflows. The parameters are looked at before a run; a run of updates adds
 * no more than the squares of the others, times lr. */
static const double PARAMETER_MOST = 1e150, SIZES_MOST = 1e60, LR_MOST = 1e20;

/* ---- getting ready ---- */

bool fast_suits(const struct model *model) {
    return model->network.kernels->narrow && optimizer_is_plain(&model->optimizer) &&
           fabs(model->optimizer.h.lr) <= LR_MOST;
}

enum status fast_open(struct fast *fast, struct model *model) {
    const struct network *network = &model->network;
    const struct dataset *data = model->feed.data;
    *fast = (struct fast){.model = model};
    fast->input_sizes = network->kernels->sizes(data ? data->count * data->inputs : model->x->count,
                                                data ? data->x : model->x->values);
    fast->batched = model->feed.batch != 1 && model->feed.data && model->feed.training > 1;
    fast->narrow_layers = narrow_suits(network);
    size_t batch = !fast->batched      ? 1
                   : model->feed.batch ? model->feed.batch
                                       : model->feed.training;
    if (fast->narrow_layers) {
        fast->narrow = cache_narrow(model->cache, network, &model->pass, batch);
        return fast->narrow ? STATUS_OK : STATUS_MEMORY;
    }
    return STATUS_OK;
}

/* ---- is it sure to stay finite? ---- */

static double sizes(const struct network *network, const double *v, size_t count) {
    return network->kernels->sizes(count, v);
}

static bool are_bounded(const struct network *network) {
    for (size_t k = 0; k < network->K; k++) {
        const struct block *W = network->layers[k].W, *b = network->layers[k].b;
        if (!(sizes(network, W->values, W->count) <= PARAMETER_MOST &&
              sizes(network, b->values, b->count) <= PARAMETER_MOST)) {
            return false;
        }
    }
    return true;
}

/* ---- one sample at a time ---- */

/* b_j - lr g_j */
static void step_along(double lr, size_t n, double *b, const double *g) {
    for (size_t j = 0; j < n; j++) {
        b[j] = b[j] - lr * g[j];
    }
}

/* F1 of the layer after k. U of W(0), which B2 does not pass by, is put off until
 * here, and made with `past`, the input of the sample before. */
static void wide_sum(struct fast *fast, size_t k, const double *x) {
    const struct network *network = &fast->model->network;
    const struct layer *layer = &network->layers[k];
    const struct pass *pass = &fast->model->pass;
    struct matrix m = layer_matrix(network, k);
    const double *b = network->bias ? network_b(network, k) : NULL;
    const double *r = k > 0 ? pass->r + layer->at : x;
    double *z = pass->z + layer[1].at;
    if (k == 0 && fast->past && !layer->frozen) {
        network->kernels->update_forward(m, fast->model->optimizer.h.lr, layer->W->values, b,
                                         pass->dz + layer[1].at, fast->past, r, z);
    } else {
        network->kernels->forward(m, layer->W->values, b, r, z);
    }
}

static void wide_forward(struct fast *fast, const double *x) {
    const struct network *network = &fast->model->network;
    struct pass *pass = &fast->model->pass;
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *after = &network->layers[k + 1];
        double *r = pass->r + after->at;
        wide_sum(fast, k, x);
        layer_activate(after, network, pass->z + after->at, r, pass->slope + after->at);
        fast->sizes += sizes(network, r, after->n);
    }
}

/* B2 and U of W(k), B1 of layer k, k > 0 */
static void wide_backward(struct fast *fast, size_t k) {
    const struct network *network = &fast->model->network;
    const struct layer *layer = &network->layers[k];
    struct pass *pass = &fast->model->pass;
    struct matrix m = layer_matrix(network, k);
    double *W = layer->W->values, *dr = pass->dr + layer->at;
    const double *dz = pass->dz + layer[1].at, *r = pass->r + layer->at;
    if (layer->frozen) {
        network->kernels->backward(m, W, dz, dr);
    } else {
        network->kernels->backward_update(m, fast->model->optimizer.h.lr, W, dz, r, dr);
    }
    layer_dz(layer, r, pass->slope + layer->at, dr, pass->dz + layer->at);
    fast->sizes += sizes(network, pass->dz + layer->at, layer->n);
}

/* F3, B0, B1 of the last layer, then all the way back. */
static void wide_back(struct fast *fast, const double *y) {
    const struct network *network = &fast->model->network;
    const struct layer *last = &network->layers[network->K];
    struct pass *pass = &fast->model->pass;
    pass_cost(pass, network, y);
    fast->sizes += fabs(pass->C) + sizes(network, pass->dz + last->at, last->n);
    fast->sizes += pass->rescued ? 0 : sizes(network, pass->dr + last->at, last->n);
    for (size_t k = network->K; k-- > 0;) {
        if (k > 0) {
            wide_backward(fast, k);
        }
        if (network->bias && !network->freeze_bias) {
            step_along(fast->model->optimizer.h.lr, network->layers[k + 1].n,
                       network->layers[k].b->values, pass->dz + network->layers[k + 1].at);
        }
    }
}

static void wide_run(struct fast *fast, const struct feed_run *feed, size_t count) {
    for (size_t n = 0; n < count; n++) {
        size_t row = feed_run_row(feed, n) - 1;
        const double *x = feed->x + row * feed->inputs;
        wide_forward(fast, x);
        wide_back(fast, feed->y + row * feed->targets);
        fast->past = x;
    }
}

/* The update that is put off. */
static void wide_finish(struct fast *fast) {
    const struct network *network = &fast->model->network;
    const struct layer *first = &network->layers[0];
    if (fast->past && !first->frozen) {
        network->kernels->update(layer_matrix(network, 0), fast->model->optimizer.h.lr,
                                 first->W->values, fast->model->pass.dz + first[1].at, fast->past);
    }
    fast->past = NULL;
}

/* ---- narrow layers ---- */

static void narrow_run(struct fast *fast, const struct feed_run *feed, size_t count) {
    struct narrow *narrow = fast->narrow;
    narrow->feed = *feed;
    narrow->lr = fast->model->optimizer.h.lr;
    narrow->batched = fast->batched && count > 1 && !narrow->looking;
    narrow->sizes = 0;
    fast->model->network.kernels->narrow(narrow, count);
    fast->sizes += narrow->sizes;
}

/* ---- batches ---- */

/* W - lr g and b - lr g */
static void descend(const struct gradient *gradient, struct network *network, double lr) {
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *layer = &network->layers[k];
        const double *gW = gradient->W[k]->values;
        for (size_t i = 0; i < layer->n && !layer->frozen; i++) {
            step_along(lr, layer[1].n, layer->W->values + i * layer->stride,
                       gW + i * layer->stride);
        }
        if (network->bias && !network->freeze_bias) {
            step_along(lr, layer[1].n, layer->b->values, gradient->b[k]->values);
        }
    }
}

/* A batch that fits is used at once; parts of a larger one are added up in the
 * model's own gradient, and used in the end. */
static bool batch_run(struct fast *fast, const struct feed_run *feed, size_t count) {
    struct model *model = fast->model;
    struct network *network = &model->network;
    struct batch *batch = cache_batch(model->cache, network, count);
    double lr = model->optimizer.h.lr;
    if (!batch) {
        return false;
    }
    batch->sizes = 0;
    if (count <= batch->most) {
        batch_fill(batch, network, feed, 0, count);
        batch_pass(batch, network, NULL, lr);
        fast->sizes += batch->sizes;
        return true;
    }
    if (gradient_begin(&model->gradient, network) != STATUS_OK) {
        return false;
    }
    for (size_t n = 0; n < count; n += batch->count) {
        batch_fill(batch, network, feed, n, count - n);
        batch_pass(batch, network, &model->gradient, lr);
    }
    fast->sizes += batch->sizes;
    gradient_divide(&model->gradient, network, count);
    descend(&model->gradient, network, lr);
    return true;
}

/* ---- all of them ---- */

/* The samples from the present one on that lie in this epoch. */
static struct feed_run feed_ahead(const struct model *model) {
    const struct feed *feed = &model->feed;
    const struct dataset *data = feed->data;
    struct feed_run run = {
        .x = model->x->values,
        .y = model->y->values,
        .inputs = model->network.layers[0].n,
        .targets = model->network.layers[model->network.K].n,
        .constant = !data,
    };
    if (data) {
        const struct rows *rows = feed->order ? feed->order : feed->split;
        run.x = data->x;
        run.y = data->y;
        run.rows = rows ? rows->list + feed->position : NULL;
        run.first = feed->position + 1;
    }
    return run;
}

/* The next updates, as many as this epoch has at most; how many they were, 0 where
 * memory is short. */
static uint64_t run_on(struct fast *fast, uint64_t updates) {
    struct model *model = fast->model;
    const struct feed *feed = &model->feed;
    if (model_prepare_epoch(model) != STATUS_OK) {
        return 0;
    }
    struct feed_run ahead = feed_ahead(model);
    size_t left = feed->training - feed->position;
    uint64_t made = fast->batched ? 1 : feed->data && updates > left ? left : updates;
    size_t count = fast->batched ? feed_batch(feed) : (size_t)made;
    if (fast->narrow_layers) {
        narrow_run(fast, &ahead, count);
    } else if (!fast->batched) {
        wide_run(fast, &ahead, count);
    } else if (!batch_run(fast, &ahead, count)) {
        return 0;
    }
    model_skip(model, feed->data ? count : 1);
    model->optimizer.t += made;
    model->updates += made;
    return made;
}

static enum status run_all(struct fast *fast, uint64_t updates, struct ask *ask, uint64_t *made) {
    size_t products = model_work(fast->model);
    uint64_t more = 1, at_once = ask->stop ? ASK_PRODUCTS / products + 1 : updates;
    bool stop = false;
    fast->sizes = fast->input_sizes;
    while (*made < updates && more > 0 && !stop) {
        uint64_t left = updates - *made;
        more = run_on(fast, left < at_once ? left : at_once);
        *made += more;
        stop = ask_stop(ask, (size_t)more * products, ASK_PRODUCTS);
    }
    if (more == 0) {
        return STATUS_MEMORY;
    }
    return fast->sizes <= SIZES_MOST ? STATUS_OK : STATUS_INPUT;
}

enum status fast_run(struct fast *fast, uint64_t updates, struct ask *ask, uint64_t *made) {
    struct model *model = fast->model;
    *made = 0;
    if (pass_own(&model->pass, &model->network, 0) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    if (!are_bounded(&model->network)) {
        return STATUS_INPUT;
    }
    enum status status = run_all(fast, updates, ask, made);
    wide_finish(fast);
    return status;
}

/* ---- all or none of them ---- */

static bool holds(const struct block *block, const double *row) {
    return memcmp(block->values, row, block->count * sizeof *row) == 0;
}

bool fast_may_rush(const struct model *model) {
    const struct feed *feed = &model->feed;
    return narrow_suits(&model->network) &&
           (!feed->data || (holds(model->x, dataset_x(feed->data, feed->sample)) &&
                            holds(model->y, dataset_y(feed->data, feed->sample))));
}

/* The blocks that the parameters will go to. */
static bool own_parameters(struct network *network) {
    for (size_t k = 0; k < network->K; k++) {
        if (!block_own(&network->layers[k].W) || !block_own(&network->layers[k].b)) {
            return false;
        }
    }
    return true;
}

/* The passes of the next batch without its update: do they stay finite too? */
static enum status look_ahead(struct fast *fast) {
    struct model *model = fast->model;
    if (model_prepare_epoch(model) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    struct feed_run ahead = feed_ahead(model);
    fast->narrow->looking = true;
    narrow_run(fast, &ahead, feed_batch(&model->feed));
    fast->narrow->looking = false;
    return fast->sizes <= SIZES_MOST ? STATUS_OK : STATUS_INPUT;
}

enum status fast_rush(struct fast *fast, uint64_t updates) {
    struct model *model = fast->model;
    uint64_t made = 0, before = model->updates, t = model->optimizer.t;
    if (pass_own(&model->pass, &model->network, 0) != STATUS_OK ||
        !own_parameters(&model->network)) {
        return STATUS_MEMORY;
    }
    struct feed feed = feed_copy(&model->feed);
    struct ask nobody = {0};
    enum status status = STATUS_INPUT;
    if (are_bounded(&model->network)) {
        narrow_take(fast->narrow);
        status = run_all(fast, updates, &nobody, &made);
        status = status == STATUS_OK ? look_ahead(fast) : status;
    }
    if (status == STATUS_OK) {
        narrow_give(fast->narrow);
        feed_close(&feed);
        return STATUS_OK;
    }
    narrow_clear(fast->narrow);
    feed_close(&model->feed);
    model->feed = feed;
    model->updates = before;
    model->optimizer.t = t;
    model_skip(model, 0); /* its sample */
    return status;
}
