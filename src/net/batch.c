/*
 * net/batch.c - many samples through a network at once.
 */
#include "batch.h"

#include <math.h>
#include <string.h>

#include "layers.h"
#include "net/cost.h"

enum { NUMBERS_MOST = 4 * 1024 * 1024 };

/* ---- memory ---- */

static size_t widest(const struct network *network) {
    size_t widest = 0;
    for (size_t k = 0; k <= network->K; k++) {
        size_t n = network_pitch(network->layers[k].n);
        widest = n > widest ? n : widest;
    }
    return widest;
}

bool batch_open(struct batch *batch, const struct network *network, size_t count) {
    *batch = (struct batch){0};
    size_t width = widest(network);
    size_t n_0 = network_pitch(network->layers[0].n),
           n_K = network_pitch(network->layers[network->K].n);
    size_t each = 2 * network->neurons + 3 * width + n_0 + n_K;
    size_t most = NUMBERS_MOST / each;
    most = most < KERNELS_SAMPLES ? most : KERNELS_SAMPLES;
    most = count < most ? count : most > 8 ? most : 8;
    batch->memory = block_new(most * each);
    if (!batch->memory || pass_open(&batch->last, network) != STATUS_OK) {
        batch_close(batch);
        return false;
    }
    double *at = batch->memory->values;
    batch->most = most;
    batch->wanted = count;
    batch->R = at, at += most * network->neurons;
    batch->slope = at, at += most * network->neurons;
    batch->Z = at, at += most * width;
    batch->DR = at, at += most * width;
    batch->DZ = at, at += most * width;
    batch->X_own = at, at += most * n_0;
    batch->Y_own = at;
    return true;
}

void batch_close(struct batch *batch) {
    block_drop(batch->memory);
    pass_close(&batch->last);
    *batch = (struct batch){0};
}

void batch_put(struct batch *batch, const struct network *network, size_t place, const double *x,
               const double *y) {
    size_t n_0 = network->layers[0].n, n_K = network->layers[network->K].n;
    batch->X = batch->X_own, batch->X_stride = network_pitch(n_0);
    batch->Y = batch->Y_own, batch->Y_stride = network_pitch(n_K);
    memcpy(batch->X_own + place * batch->X_stride, x, n_0 * sizeof *x);
    memcpy(batch->Y_own + place * batch->Y_stride, y, n_K * sizeof *y);
}

/* Where they are, if they lie below each other and their columns are not in one set of the
 * cache. */
void batch_fill(struct batch *batch, const struct network *network, const struct feed_run *run,
                size_t n, size_t left) {
    batch->count = left < batch->most ? left : batch->most;
    if (!run->rows && network_pitch(run->inputs) < run->inputs + 8) {
        size_t row = feed_run_row(run, n) - 1;
        batch->X = run->x + row * run->inputs, batch->X_stride = run->inputs;
        batch->Y = run->y + row * run->targets, batch->Y_stride = run->targets;
        return;
    }
    for (size_t s = 0; s < batch->count; s++) {
        size_t row = feed_run_row(run, n + s) - 1;
        batch_put(batch, network, s, run->x + row * run->inputs, run->y + row * run->targets);
    }
}

/* ---- the passes ---- */

static double sizes(const struct network *network, const double *v, size_t count) {
    return network->kernels->sizes(count, v);
}

/* F2 for all samples; straight pieces in one go, the padding included. */
static void activate(struct batch *batch, const struct network *network, size_t k) {
    const struct layer *layer = &network->layers[k];
    size_t width = network_pitch(layer->n), at = batch->most * layer->at;
    double *r = batch->R + at, *slope = batch->slope + at;
    if (layer->activation->bend != BEND_OTHER) {
        network->kernels->bend(layer->activation->bend, network->step0, batch->count * width,
                               batch->Z, r, slope);
        return;
    }
    for (size_t s = 0; s < batch->count; s++) {
        layer_activate(layer, network, batch->Z + s * width, r + s * width, slope + s * width);
    }
}

static const double *outputs(const struct batch *batch, const struct network *network, size_t k,
                             size_t *stride) {
    if (k == 0) {
        *stride = batch->X_stride;
        return batch->X;
    }
    *stride = network_pitch(network->layers[k].n);
    return batch->R + batch->most * network->layers[k].at;
}

static void forward(struct batch *batch, const struct network *network) {
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *after = &network->layers[k + 1];
        size_t stride, width = network_pitch(after->n);
        const double *R = outputs(batch, network, k, &stride);
        network->kernels->batch_forward(
            layer_matrix(network, k), batch->count, network_W(network, k),
            network->bias ? network_b(network, k) : NULL, R, stride, batch->Z, width);
        activate(batch, network, k + 1);
        const double *r = batch->R + batch->most * after->at;
        for (size_t s = 0; s < batch->count; s++) {
            batch->sizes += sizes(network, r + s * width, after->n);
        }
    }
}

/* dz_sj, and 0 for what is beyond the layer. */
static void clear_padding(double *row, size_t n) {
    for (size_t j = n; j < network_pitch(n); j++) {
        row[j] = 0;
    }
}

/* F3, B0 and B1 of the last layer for sample s, by the function for one sample. */
static const struct pass *finish_sample(struct batch *batch, const struct network *network,
                                        size_t s) {
    const struct layer *last = &network->layers[network->K];
    struct pass *pass = &batch->last;
    size_t width = network_pitch(last->n), bytes = last->n * sizeof(double);
    size_t from = batch->most * last->at + s * width;
    memcpy(pass->z + last->at, batch->Z + s * width, bytes);
    memcpy(pass->r + last->at, batch->R + from, bytes);
    memcpy(pass->slope + last->at, batch->slope + from, bytes);
    pass_cost(pass, network, batch->Y + s * batch->Y_stride);
    return pass;
}

double batch_costs(struct batch *batch, const struct network *network, double sum) {
    forward(batch, network);
    for (size_t s = 0; s < batch->count; s++) {
        sum += finish_sample(batch, network, s)->C;
    }
    return sum;
}

static void start_backward(struct batch *batch, const struct network *network) {
    const struct layer *last = &network->layers[network->K];
    size_t width = network_pitch(last->n);
    for (size_t s = 0; s < batch->count; s++) {
        const struct pass *pass = finish_sample(batch, network, s);
        memcpy(batch->DZ + s * width, pass->dz + last->at, last->n * sizeof *pass->dz);
        clear_padding(batch->DZ + s * width, last->n);
        batch->costs_finite = batch->costs_finite && isfinite(pass->C);
        batch->sizes +=
            fabs(pass->C) + (pass->rescued ? 0 : sizes(network, pass->dr + last->at, last->n));
    }
}

/* B2 through W(k) */
static void go_back(struct batch *batch, const struct network *network, size_t k) {
    const struct layer *layer = &network->layers[k];
    network->kernels->batch_backward(layer_matrix(network, k), batch->count, network_W(network, k),
                                     batch->DZ, network_pitch(layer[1].n), batch->DR,
                                     network_pitch(layer->n));
}

static void differentiate(struct batch *batch, const struct network *network, size_t k) {
    const struct layer *layer = &network->layers[k];
    size_t width = network_pitch(layer->n), all = batch->count * width;
    network->kernels->batch_bend_back(all, batch->DR, batch->slope + batch->most * layer->at,
                                      batch->DZ);
    for (size_t s = 0; s < batch->count; s++) {
        clear_padding(batch->DZ + s * width, layer->n);
    }
    batch->sizes += sizes(network, batch->DZ, all);
}

/* ---- what becomes of the gradients ---- */

static void use_gradient(struct batch *batch, struct network *network, size_t k,
                         struct gradient *sums, double lr) {
    const struct layer *layer = &network->layers[k];
    struct matrix m = layer_matrix(network, k);
    size_t stride, n = m.to, count = batch->count;
    const double *R = outputs(batch, network, k, &stride);
    if (sums) {
        network->kernels->batch_add(m, count, sums->W[k]->values, batch->DZ, network_pitch(n), R,
                                    stride);
        network->kernels->batch_add_bias(n, count, sums->b[k]->values, batch->DZ, network_pitch(n));
        return;
    }
    if (!layer->frozen && count == 1) { /* no mean: a product alone may be -0 */
        network->kernels->update(m, lr, layer->W->values, batch->DZ, R);
    } else if (!layer->frozen) {
        network->kernels->batch_update(m, count, lr, layer->W->values, batch->DZ, network_pitch(n),
                                       R, stride);
    }
    if (network->bias && !network->freeze_bias) {
        double *gb = batch->Z; /* free at this time */
        if (count == 1) {
            memcpy(gb, batch->DZ, n * sizeof *gb);
        } else {
            memset(gb, 0, network_pitch(n) * sizeof *gb);
            network->kernels->batch_add_bias(n, count, gb, batch->DZ, network_pitch(n));
        }
        for (size_t j = 0; j < n; j++) {
            layer->b->values[j] = layer->b->values[j] - lr * (gb[j] / (double)count);
        }
    }
}

void batch_pass(struct batch *batch, struct network *network, struct gradient *sums, double lr) {
    forward(batch, network);
    start_backward(batch, network);
    batch->sizes +=
        sizes(network, batch->DZ, batch->count * network_pitch(network->layers[network->K].n));
    for (size_t k = network->K; k-- > 0;) {
        if (k > 0) {
            go_back(batch, network, k);
        }
        use_gradient(batch, network, k, sums, lr);
        if (k > 0) {
            differentiate(batch, network, k);
        }
    }
}
