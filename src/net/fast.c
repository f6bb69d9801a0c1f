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
enum { COPIES_MOST = 2048 }; /* layers whose W is copied to be [8][8] */

/* ---- getting ready ---- */

static bool is_narrow(const struct network *network) {
    size_t copies = 0;
    for (size_t k = 0; k <= network->K; k++) {
        if (network->layers[k].n > NARROW_WIDTH) {
            return false;
        }
        copies += k < network->K && network->layers[k].n * network->layers[k].stride != 64;
    }
    return copies <= COPIES_MOST;
}

static bool narrow_open(struct fast *fast) {
    const struct network *network = &fast->model->network;
    struct narrow *narrow = &fast->narrow;
    size_t copies = 0;
    narrow->layers = memory_array(network->K, sizeof *narrow->layers);
    if (!narrow->layers) {
        return false;
    }
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *layer = &network->layers[k];
        narrow->layers[k] = (struct narrow_layer){
            .from = layer->n,
            .to = layer[1].n,
            .bend = layer[1].activation->bend,
            .W_moves = !layer->frozen,
            .b_moves = network->bias && !network->freeze_bias,
        };
        copies += layer->n * layer->stride != 64;
    }
    narrow->network = network;
    narrow->pass = &fast->model->pass;
    narrow->half_squared =
        network->cost == cost_at(0) && !network->layers[network->K].activation->layer;
    fast->copies = block_new(64 * copies);
    return fast->copies != NULL;
}

bool fast_suits(const struct model *model) {
    return model->network.kernels->narrow && optimizer_is_plain(&model->optimizer) &&
           fabs(model->optimizer.h.lr) <= LR_MOST;
}

enum status fast_open(struct fast *fast, struct model *model) {
    const struct network *network = &model->network;
    *fast = (struct fast){.model = model};
    fast->batched = model->feed.batch != 1 && model->feed.data && model->feed.training > 1;
    fast->narrow_layers = !fast->batched && is_narrow(network);
    if (fast->narrow_layers && !narrow_open(fast)) {
        fast_close(fast);
        return STATUS_MEMORY;
    }
    return STATUS_OK;
}

void fast_close(struct fast *fast) {
    free(fast->narrow.layers);
    block_drop(fast->copies);
    *fast = (struct fast){0};
}

/* ---- is it sure to stay finite? ---- */

static bool is_bounded(const struct block *block) {
    double sum = 0;
    for (size_t n = 0; n < block->count; n++) {
        sum += fabs(block->values[n]);
    }
    return sum <= PARAMETER_MOST;
}

static bool are_bounded(const struct network *network) {
    for (size_t k = 0; k < network->K; k++) {
        if (!is_bounded(network->layers[k].W) || !is_bounded(network->layers[k].b)) {
            return false;
        }
    }
    return true;
}

static double sizes(const double *v, size_t count) {
    double sum = 0;
    for (size_t n = 0; n < count; n++) {
        sum += fabs(v[n]);
    }
    return sum;
}

/* ---- one sample at a time ---- */

/* b_j - lr g_j */
static void step_along(double lr, size_t n, double *b, const double *g) {
    for (size_t j = 0; j < n; j++) {
        b[j] = b[j] - lr * g[j];
    }
}

static void wide_forward(struct fast *fast, const double *x) {
    const struct network *network = &fast->model->network;
    struct pass *pass = &fast->model->pass;
    fast->sizes += sizes(x, network->layers[0].n);
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *after = &network->layers[k + 1];
        double *z = pass->z + after->at, *r = pass->r + after->at;
        network->kernels->forward(layer_matrix(network, k), network_W(network, k),
                                  network->bias ? network_b(network, k) : NULL,
                                  k > 0 ? pass->r + network->layers[k].at : x, z);
        layer_activate(after, network, z, r, pass->slope + after->at);
        fast->sizes += sizes(r, after->n);
    }
}

/* B2 and U of W(k), B1 of the layer before; dC/dx is not needed. */
static void wide_backward(struct fast *fast, size_t k, const double *x) {
    const struct network *network = &fast->model->network;
    const struct layer *layer = &network->layers[k];
    const struct kernels *kernels = network->kernels;
    struct pass *pass = &fast->model->pass;
    struct matrix m = layer_matrix(network, k);
    double lr = fast->model->optimizer.h.lr, *W = layer->W->values;
    const double *dz = pass->dz + layer[1].at, *r = k > 0 ? pass->r + layer->at : x;
    double *dr = pass->dr + layer->at;
    if (k > 0 && layer->frozen) {
        kernels->backward(m, W, dz, dr);
    } else if (k > 0) {
        kernels->backward_update(m, lr, W, dz, r, dr);
    } else if (!layer->frozen) {
        kernels->update(m, lr, W, dz, r);
    }
    if (network->bias && !network->freeze_bias) {
        step_along(lr, m.to, layer->b->values, dz);
    }
    if (k > 0) {
        layer_dz(layer, r, pass->slope + layer->at, dr, pass->dz + layer->at);
        fast->sizes += sizes(pass->dz + layer->at, layer->n);
    }
}

static void wide_run(struct fast *fast, const struct feed_run *feed, size_t count) {
    const struct network *network = &fast->model->network;
    const struct layer *last = &network->layers[network->K];
    struct pass *pass = &fast->model->pass;
    for (size_t n = 0; n < count; n++) {
        size_t row = feed_run_row(feed, n) - 1;
        const double *x = feed->x + row * feed->inputs;
        wide_forward(fast, x);
        pass_cost(pass, network, feed->y + row * feed->targets);
        fast->sizes += fabs(pass->C) + sizes(pass->dz + last->at, last->n);
        fast->sizes += pass->rescued ? 0 : sizes(pass->dr + last->at, last->n);
        for (size_t k = network->K; k-- > 0;) {
            wide_backward(fast, k, x);
        }
    }
}

/* ---- narrow layers ---- */

/* Take every W to where the loop wants it, or bring it back from there. */
static void narrow_copy(struct fast *fast, bool back) {
    const struct network *network = &fast->model->network;
    double *copy = fast->copies->values;
    for (size_t k = 0; k < network->K; k++) {
        struct narrow_layer *layer = &fast->narrow.layers[k];
        size_t stride = network->layers[k].stride;
        double *W = network->layers[k].W->values;
        layer->b = network->layers[k].b->values;
        if (layer->from * stride == 64) {
            layer->W = W;
            continue;
        }
        layer->W = copy;
        copy += 64;
        for (size_t i = 0; i < layer->from; i++) {
            double *here = W + i * stride, *there = layer->W + i * NARROW_WIDTH;
            memcpy(back ? here : there, back ? there : here, layer->to * sizeof *W);
        }
    }
}

static void narrow_run(struct fast *fast, const struct feed_run *feed, size_t count) {
    fast->narrow.feed = *feed;
    fast->narrow.lr = fast->model->optimizer.h.lr;
    fast->narrow.sizes = 0;
    narrow_copy(fast, false);
    fast->model->network.kernels->narrow(&fast->narrow, count);
    narrow_copy(fast, true);
    fast->sizes += fast->narrow.sizes;
}

/* ---- batches ---- */

/* The samples of a batch from the n-th on, as many as there is room for. */
static void fill_batch(struct batch *batch, const struct network *network,
                       const struct feed_run *feed, size_t n, size_t left) {
    batch->count = left < batch->most ? left : batch->most;
    if (!feed->rows) {
        size_t row = feed_run_row(feed, n) - 1;
        batch->X = feed->x + row * feed->inputs, batch->X_stride = feed->inputs;
        batch->Y = feed->y + row * feed->targets, batch->Y_stride = feed->targets;
        return;
    }
    for (size_t s = 0; s < batch->count; s++) {
        size_t row = feed_run_row(feed, n + s) - 1;
        batch_put(batch, network, s, feed->x + row * feed->inputs, feed->y + row * feed->targets);
    }
}

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
        fill_batch(batch, network, feed, 0, count);
        batch_pass(batch, network, NULL, lr);
        fast->sizes += batch->sizes;
        return true;
    }
    if (gradient_begin(&model->gradient, network) != STATUS_OK) {
        return false;
    }
    for (size_t n = 0; n < count; n += batch->count) {
        fill_batch(batch, network, feed, n, count - n);
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
    struct feed_run ahead = feed_ahead(model);
    if (fast->batched) {
        size_t count = feed_batch(feed);
        if (!batch_run(fast, &ahead, count)) {
            return 0;
        }
        model_skip(model, count);
        return 1;
    }
    size_t left = feed->training - feed->position;
    uint64_t made = feed->data && updates > left ? left : updates;
    if (fast->narrow_layers) {
        narrow_run(fast, &ahead, (size_t)made);
    } else {
        wide_run(fast, &ahead, (size_t)made);
    }
    model_skip(model, feed->data ? (size_t)made : 1);
    return made;
}

enum status fast_run(struct fast *fast, uint64_t updates, uint64_t *made) {
    struct model *model = fast->model;
    *made = 0;
    fast->sizes = 0;
    if (pass_own(&model->pass, &model->network, 0) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    if (!are_bounded(&model->network)) {
        return STATUS_INPUT;
    }
    while (*made < updates) {
        if (model_prepare_epoch(model) != STATUS_OK) {
            return STATUS_MEMORY;
        }
        uint64_t more = run_on(fast, updates - *made);
        if (more == 0) {
            return STATUS_MEMORY;
        }
        *made += more;
        model->optimizer.t += more;
        model->updates += more;
    }
    return fast->sizes <= SIZES_MOST ? STATUS_OK : STATUS_INPUT;
}
