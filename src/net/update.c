/*
 * net/update.c - U: from the mean gradient to the new parameters.
 */
#include <math.h>

#include "net/model.h"

double model_gW(const struct model *model, size_t k, size_t i, size_t j) {
    return pass_dW(&model->pass, &model->network, k, i, j);
}

/* dC/db(k)_j = dC/dz(k+1)_j */
double model_gb(const struct model *model, size_t k, size_t j) {
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

double model_gradient_norm(const struct model *model) {
    double sum = 0;
    for (size_t k = 0; k < model->network.K; k++) {
        if (!model->network.layers[k].frozen) {
            sum += square_gW(model, k);
        }
        if (bias_moves(model)) {
            sum += square_gb(model, k);
        }
    }
    return sqrt(sum);
}

double model_clip_factor(const struct model *model) {
    double clip = model->optimizer.h.clip;
    if (clip <= 0) {
        return 1;
    }
    double factor = clip / model_gradient_norm(model);
    return factor < 1 ? factor : 1;
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
    g = effective_gradient(&model->optimizer.h, model_clip_factor(model), g, W);
    return model->optimizer.rule->apply(&update, W, g, moment);
}

/* One row of parameters that share a layer: W's row i, or b. */
struct row {
    double *W;
    double *moment[MOMENTS_MAX];
    size_t count;
};

/* The optimizer's rule along a row whose gradients are gradient(j). */
static void update_row(const struct optimizer *optimizer, const struct update *update,
                       double factor, const struct row *row, const double *dz, double r) {
    const struct rule *rule = optimizer->rule;
    for (size_t j = 0; j < row->count; j++) {
        double moment[MOMENTS_MAX] = {0, 0};
        for (size_t m = 0; m < rule->moments; m++) {
            moment[m] = row->moment[m][j];
        }
        double g = effective_gradient(&optimizer->h, factor, dz[j] * r, row->W[j]);
        row->W[j] = rule->apply(update, row->W[j], g, moment);
        for (size_t m = 0; m < rule->moments; m++) {
            row->moment[m][j] = moment[m];
        }
    }
}

/* Make layer k's parameters and moments writable. */
static bool own_layer(struct model *model, size_t k) {
    struct layer *layer = &model->network.layers[k];
    bool good = block_own(&layer->W) && block_own(&layer->b);
    for (size_t m = 0; good && m < model->optimizer.rule->moments; m++) {
        good = block_own(&model->optimizer.moment_W[m][k]) &&
               block_own(&model->optimizer.moment_b[m][k]);
    }
    return good;
}

static void update_layer(struct model *model, size_t k, const struct update *update,
                         double factor) {
    const struct optimizer *optimizer = &model->optimizer;
    const struct layer *layer = &model->network.layers[k];
    const struct layer *after = &model->network.layers[k + 1];
    const double *dz = model->pass.dz + after->at;
    const double *r = model->pass.r + layer->at;
    for (size_t i = 0; i < layer->n && !layer->frozen; i++) {
        struct row row = {.W = layer->W->values + i * layer->stride, .count = after->n};
        for (size_t m = 0; m < optimizer->rule->moments; m++) {
            row.moment[m] = optimizer->moment_W[m][k]->values + i * layer->stride;
        }
        update_row(optimizer, update, factor, &row, dz, r[i]);
    }
    if (bias_moves(model)) {
        struct row row = {.W = layer->b->values, .count = after->n};
        for (size_t m = 0; m < optimizer->rule->moments; m++) {
            row.moment[m] = optimizer->moment_b[m][k]->values;
        }
        update_row(optimizer, update, factor, &row, dz, 1);
    }
}

enum status model_update(struct model *model) {
    for (size_t k = 0; k < model->network.K; k++) {
        if (!own_layer(model, k)) {
            return STATUS_MEMORY;
        }
    }
    struct update update = optimizer_next(&model->optimizer);
    double factor = model_clip_factor(model);
    for (size_t k = 0; k < model->network.K; k++) {
        update_layer(model, k, &update, factor);
    }
    model->optimizer.t++;
    model->updates++;
    model_touch(model, 1);
    return STATUS_OK;
}
