/*
 * net/flow.c - the sizes of what flows through each layer.
 */
#include "net/flow.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/mathfn.h"
#include "net/activation.h"
#include "net/cache.h"

enum { WORK_MOST = 4 * 1000 * 1000 }; /* products for the rows that `dead` is judged by */

/* ---- norms ---- */

/* Added up row by row; NaN where one is NaN. */
struct squares {
    double sum, largest; /* amount */
};

/* sum v^2 */
static struct squares squares_of(const double *values, size_t rows, size_t cols, size_t stride) {
    struct squares squares = {0, 0};
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < cols; j++) {
            double value = values[i * stride + j], amount = fabs(value);
            squares.largest = amount > squares.largest ? amount : squares.largest;
            squares.sum += value * value;
        }
    }
    return squares;
}

/* sum (v / scale)^2 */
static double scaled_squares(const double *values, size_t rows, size_t cols, size_t stride,
                             double scale) {
    double sum = 0;
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < cols; j++) {
            double part = values[i * stride + j] / scale;
            sum += part * part;
        }
    }
    return sum;
}

/* sqrt(sum v^2); where the squares are no normal numbers, of v over the largest, times it */
static double norm_of(const double *values, size_t rows, size_t cols, size_t stride) {
    struct squares plain = squares_of(values, rows, cols, stride);
    bool odd = plain.sum < DBL_MIN * (1 / DBL_EPSILON) || isinf(plain.sum);
    if (!odd || plain.largest == 0 || isinf(plain.largest)) {
        return sqrt(plain.sum);
    }
    return plain.largest * sqrt(scaled_squares(values, rows, cols, stride, plain.largest));
}

static double log10_of(double size) {
    return math_log(size) / math_log(10);
}

/* ---- layers ---- */

static double mean_slope(const struct layer *layer, const struct pass *pass) {
    double sum = 0;
    if (layer->activation->layer) {
        return NAN;
    }
    for (size_t j = 0; j < layer->n; j++) {
        sum += pass->slope[layer->at + j];
    }
    return sum / (double)layer->n;
}

static void extend(struct flow *flow, double size) {
    if (size > 0 && isfinite(size)) {
        flow->smallest = size < flow->smallest ? size : flow->smallest;
        flow->largest = size > flow->largest ? size : flow->largest;
    }
}

static void measure(struct flow *flow, const struct model *model) {
    const struct network *network = &model->network;
    const struct pass *pass = &model->pass;
    flow->smallest = INFINITY;
    flow->largest = 0;
    for (size_t k = 1; k <= network->K; k++) {
        const struct layer *from = &network->layers[k - 1], *layer = &network->layers[k];
        struct flow_layer *to = &flow->layers[k - 1];
        to->dz = norm_of(pass->dz + layer->at, 1, layer->n, 0);
        to->dW = to->dz * norm_of(pass->r + from->at, 1, from->n, 0);
        to->W = norm_of(network_W(network, k - 1), from->n, layer->n, from->stride);
        to->slope = mean_slope(layer, pass);
        to->dz10 = log10_of(to->dz);
        to->dW10 = log10_of(to->dW);
        extend(flow, to->dz);
        extend(flow, to->dW);
    }
}

/* ---- dead ReLUs ---- */

static bool is_relu(const struct layer *layer) {
    return layer->activation->bend == BEND_RELU;
}

/* alive[neurons]: had a slope so far */
static void note_alive(const struct network *network, const struct pass *pass, bool *alive) {
    for (size_t k = 1; k <= network->K; k++) {
        const struct layer *layer = &network->layers[k];
        for (size_t at = layer->at; is_relu(layer) && at < layer->at + layer->n; at++) {
            alive[at] = alive[at] || pass->slope[at] != 0;
        }
    }
}

/* How many training rows to look at. */
static size_t rows_affordable(const struct model *model) {
    size_t work = network_work(&model->network);
    size_t rows = model->feed.data ? model->feed.training : 1;
    size_t most = WORK_MOST / work > 0 ? WORK_MOST / work : 1;
    return rows < most ? rows : most;
}

static bool has_relus(const struct network *network) {
    size_t k = 1;
    while (k <= network->K && !is_relu(&network->layers[k])) {
        k++;
    }
    return k <= network->K;
}

/* The present sample, and as many rows of the data as are affordable. */
static bool look_for_life(struct flow *flow, const struct model *model, bool *alive) {
    const struct network *network = &model->network;
    note_alive(network, &model->pass, alive);
    if (flow->rows < 2) {
        return true;
    }
    struct pass *pass = cache_scratch(model->cache, network);
    if (!pass) {
        return false;
    }
    for (size_t n = 1; n <= flow->rows; n++) {
        const double *x = dataset_x(model->feed.data, feed_training_row(&model->feed, n));
        for (size_t i = 0; i < network->layers[0].n; i++) {
            pass->r[network->layers[0].at + i] = x[i];
        }
        pass_forward(pass, network, 1);
        note_alive(network, pass, alive);
    }
    return true;
}

static bool count_dead(struct flow *flow, const struct model *model) {
    const struct network *network = &model->network;
    bool relus = flow->relus = has_relus(network);
    bool *alive = relus ? memory_array(network->neurons, sizeof *alive) : NULL;
    flow->rows = rows_affordable(model);
    if (relus && (!alive || !look_for_life(flow, model, alive))) {
        free(alive);
        return false;
    }
    for (size_t k = 1; k <= network->K; k++) {
        const struct layer *layer = &network->layers[k];
        size_t dead = 0;
        for (size_t j = 0; is_relu(layer) && j < layer->n; j++) {
            dead += !alive[layer->at + j];
        }
        flow->layers[k - 1].dead = is_relu(layer) ? (double)dead / (double)layer->n : NAN;
    }
    free(alive);
    return true;
}

/* ---- layers that no gradient reaches ---- */

static bool is_silent(const struct layer *layer, const struct pass *pass) {
    size_t j = 0;
    while (j < layer->n && pass->dz[layer->at + j] == 0) {
        j++;
    }
    return j == layer->n;
}

/* The last layer whose dC/dz is 0 throughout: it is so in those before it, too. */
static size_t silent_in(const struct network *network, const struct pass *pass) {
    size_t k = 1;
    while (k <= network->K && is_silent(&network->layers[k], pass)) {
        k++;
    }
    return k - 1;
}

size_t model_silent_layer(const struct model *model) {
    const struct network *network = &model->network;
    size_t rows = model->feed.data ? model->feed.training : 0;
    size_t silent = silent_in(network, &model->pass);
    if (silent > 0 && rows > rows_affordable(model)) {
        return 0;
    }
    for (size_t n = 1; n <= rows && silent > 0; n++) {
        const struct pass *pass = model_row_pass(model, feed_training_row(&model->feed, n));
        size_t here = pass ? silent_in(network, pass) : 0;
        silent = here < silent ? here : silent;
    }
    return silent;
}

/* ---- the answer, kept ---- */

static struct flow *flow_new(size_t K) {
    struct flow *flow = memory_array(1, sizeof *flow + K * sizeof *flow->layers);
    if (flow) {
        flow->K = K;
    }
    return flow;
}

const struct flow *model_flow(const struct model *model) {
    struct cache *cache = model->cache;
    if (cache->flow_known) {
        return cache->flow;
    }
    if (!cache->flow && !(cache->flow = flow_new(model->network.K))) {
        return NULL;
    }
    measure(cache->flow, model);
    if (!count_dead(cache->flow, model)) {
        return NULL;
    }
    cache->flow_known = true;
    return cache->flow;
}
