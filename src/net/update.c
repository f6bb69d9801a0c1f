/*
 * net/update.c - U: from the mean gradient to the new parameters.
 */
#include <math.h>
#include <string.h>

#include "layers.h"
#include "net/cache.h"
#include "net/model.h"

double model_gW(const struct model *model, size_t k, size_t i, size_t j) {
    if (model_batched(model)) {
        return model->gradient.W[k]->values[i * model->network.layers[k].stride + j];
    }
    return pass_dW(&model->pass, &model->network, k, i, j);
}

/* dC/db(k)_j = dC/dz(k+1)_j */
double model_gb(const struct model *model, size_t k, size_t j) {
    if (model_batched(model)) {
        return model->gradient.b[k]->values[j];
    }
    return model->pass.dz[model->network.layers[k + 1].at + j];
}

static bool bias_moves(const struct model *model) {
    return model->network.bias && !model->network.freeze_bias;
}

/* sum_ij gW(k)_ij^2, row by row */
static double square_gW(const struct model *model, size_t k) {
    double sum = 0;
    for (size_t i = 0; i < model->network.layers[k].n; i++) {
        for (size_t j = 0; j < model->network.layers[k + 1].n; j++) {
            double g = model_gW(model, k, i, j);
            sum += g * g;
        }
    }
    return sum;
}

static double square_gb(const struct model *model, size_t k) {
    double sum = 0;
    for (size_t j = 0; j < model->network.layers[k + 1].n; j++) {
        double g = model_gb(model, k, j);
        sum += g * g;
    }
    return sum;
}

/* The sums of squares of every layer, W's then b's; kept until something changes. */
static const double *squares(const struct model *model) {
    struct cache *cache = model->cache;
    for (size_t k = 0; k < model->network.K && !cache->squares_known; k++) {
        cache->squares[2 * k] = square_gW(model, k);
        cache->squares[2 * k + 1] = square_gb(model, k);
    }
    cache->squares_known = true;
    return cache->squares;
}

double model_gradient_norm(const struct model *model) {
    const double *square = squares(model);
    double sum = 0;
    for (size_t k = 0; k < model->network.K; k++) {
        if (!model->network.layers[k].frozen) {
            sum += square[2 * k];
        }
        if (bias_moves(model)) {
            sum += square[2 * k + 1];
        }
    }
    return sqrt(sum);
}

/* min(1, clip/norm): NaN where the norm is */
static double clip_factor(const struct model *model) {
    double clip = model->optimizer.h.clip;
    if (clip <= 0) {
        return 1;
    }
    double factor = clip / model_gradient_norm(model);
    return 1 < factor ? 1 : factor;
}

/* min(1, clip/norm) g + decay W, each part only where it is set */
static double effective_gradient(const struct hyperparameters *h, double factor, double g,
                                 double W) {
    if (h->clip > 0) {
        g = factor * g;
    }
    return h->decay != 0 ? g + h->decay * W : g;
}

/* The moments of one parameter: `at` is its place in the blocks of layer k. */
static void read_moments(const struct optimizer *optimizer, size_t k, bool bias, size_t at,
                         double moment[MOMENTS_MAX]) {
    for (size_t m = 0; m < optimizer->rule->moments; m++) {
        struct block **blocks = bias ? optimizer->moment_b[m] : optimizer->moment_W[m];
        moment[m] = blocks[k]->values[at];
    }
}

double model_next(const struct model *model, size_t k, size_t i, size_t j,
                  double moment[MOMENTS_MAX]) {
    const struct layer *layer = &model->network.layers[k];
    bool bias = i == MODEL_BIAS;
    size_t at = bias ? j : i * layer->stride + j;
    double W = bias ? layer->b->values[at] : layer->W->values[at];
    double g = bias ? model_gb(model, k, j) : model_gW(model, k, i, j);
    read_moments(&model->optimizer, k, bias, at, moment);
    if (bias ? !bias_moves(model) : layer->frozen) {
        return W;
    }
    struct update update = optimizer_next(&model->optimizer);
    g = effective_gradient(&model->optimizer.h, clip_factor(model), g, W);
    return model->optimizer.rule->apply(&update, W, g, moment);
}

/* One row of parameters: W's row i, or b. Their gradients are g[j], or dz[j] r
 * where g is NULL (r is 1 for b). */
struct row {
    double *W;
    double *moment[MOMENTS_MAX];
    size_t count;
    const double *g;
    const double *dz;
    double r;
};

/* The optimizer's rule along a row. */
static void update_row(const struct optimizer *optimizer, const struct update *update,
                       double factor, const struct row *row) {
    const struct rule *rule = optimizer->rule;
    if (row->g && optimizer_is_plain(optimizer)) {
        double lr = optimizer->h.lr;
        for (size_t j = 0; j < row->count; j++) {
            row->W[j] = row->W[j] - lr * row->g[j];
        }
        return;
    }
    for (size_t j = 0; j < row->count; j++) {
        double moment[MOMENTS_MAX] = {0, 0};
        for (size_t m = 0; m < rule->moments; m++) {
            moment[m] = row->moment[m][j];
        }
        double g = row->g ? row->g[j] : row->dz[j] * row->r;
        g = effective_gradient(&optimizer->h, factor, g, row->W[j]);
        row->W[j] = rule->apply(update, row->W[j], g, moment);
        for (size_t m = 0; m < rule->moments; m++) {
            row->moment[m][j] = moment[m];
        }
    }
}

/* ---- new blocks for new weights ---- */

/* Where W(k) is shared it goes to a fresh block, row by row as it is updated, and the old one
 * is held in the cache meanwhile. A frozen W stays where it is. */
static bool renew_W(struct model *model, size_t k) {
    struct layer *layer = &model->network.layers[k];
    bool copied = layer->W->references > 1 && !layer->frozen;
    struct block *W = copied ? block_blank(layer->W->count) : block_share(layer->W);
    if (W) {
        model->cache->before[k] = layer->W;
        layer->W = W;
    }
    return W != NULL;
}

/* The first `count` layers have what they had. */
static void restore_W(struct model *model, size_t count) {
    for (size_t k = 0; k < count; k++) {
        block_drop(model->network.layers[k].W);
        model->network.layers[k].W = model->cache->before[k];
    }
}

/* Make what else layer k has, its bias and moments, writable. */
static bool own_layer(struct model *model, size_t k) {
    bool good = block_own(&model->network.layers[k].b);
    for (size_t m = 0; good && m < model->optimizer.rule->moments; m++) {
        good = block_own(&model->optimizer.moment_W[m][k]) &&
               block_own(&model->optimizer.moment_b[m][k]);
    }
    return good;
}

/* All layers, or none. */
static bool get_ready(struct model *model) {
    for (size_t k = 0; k < model->network.K; k++) {
        if (!own_layer(model, k) || !renew_W(model, k)) {
            restore_W(model, k);
            return false;
        }
    }
    return true;
}

/* ---- U ---- */

/* `count` rows of W(k) from row i on, which are copied first where the block is fresh. */
static void update_rows(struct model *model, size_t k, size_t i, size_t count,
                        const struct update *update, double factor) {
    const struct optimizer *optimizer = &model->optimizer;
    const struct layer *layer = &model->network.layers[k];
    const double *before = model->cache->before[k]->values;
    const double *dz = model->pass.dz + layer[1].at, *r = model->pass.r + layer->at + i;
    size_t at = i * layer->stride;
    if (before != layer->W->values) {
        memcpy(layer->W->values + at, before + at, count * layer->stride * sizeof *before);
    }
    if (!model_batched(model) && optimizer_is_plain(optimizer)) {
        struct matrix rows = {count, layer[1].n, layer->stride};
        model->network.kernels->update(rows, optimizer->h.lr, layer->W->values + at, dz, r);
        return;
    }
    for (size_t n = 0; n < count; n++, at += layer->stride) {
        const double *g = model_batched(model) ? model->gradient.W[k]->values + at : NULL;
        struct row row = {layer->W->values + at, {NULL}, layer[1].n, g, dz, r[n]};
        for (size_t m = 0; m < optimizer->rule->moments; m++) {
            row.moment[m] = optimizer->moment_W[m][k]->values + at;
        }
        update_row(optimizer, update, factor, &row);
    }
}

static void update_layer(struct model *model, size_t k, const struct update *update,
                         double factor) {
    enum { NEAR = 2048 }; /* doubles: what was copied is still near when it is updated */
    const struct optimizer *optimizer = &model->optimizer;
    const struct layer *layer = &model->network.layers[k];
    size_t most = NEAR / layer->stride + 1;
    for (size_t i = 0; i < layer->n && !layer->frozen; i += most) {
        size_t left = layer->n - i;
        update_rows(model, k, i, left < most ? left : most, update, factor);
    }
    block_drop(model->cache->before[k]);
    if (bias_moves(model)) {
        const double *g = model_batched(model) ? model->gradient.b[k]->values : NULL;
        struct row row = {layer->b->values, {NULL}, layer[1].n, g, model->pass.dz + layer[1].at, 1};
        for (size_t m = 0; m < optimizer->rule->moments; m++) {
            row.moment[m] = optimizer->moment_b[m][k]->values;
        }
        update_row(optimizer, update, factor, &row);
    }
}

enum status model_update(struct model *model) {
    if (model_prepare_batch(model) != STATUS_OK || !get_ready(model)) {
        return STATUS_MEMORY;
    }
    struct update update = optimizer_next(&model->optimizer);
    double factor = clip_factor(model);
    for (size_t k = 0; k < model->network.K; k++) {
        update_layer(model, k, &update, factor);
    }
    model->optimizer.t++;
    model->updates++;
    model_next_batch(model);
    return STATUS_OK;
}
