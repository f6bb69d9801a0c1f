/*
 * net/fault.c - is everything finite, and if not, what broke first.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "net/cache.h"
#include "net/kernels.h"
#include "net/train.h"

/* ---- a quick look ---- */

/* The largest magnitude; NaN where one is NaN. */
static double largest(const double *v, size_t count) {
    double most = 0;
    for (size_t n = 0; n < count; n++) {
        double size = fabs(v[n]);
        most = size > most || isnan(size) ? size : most;
        if (isnan(most)) {
            return most;
        }
    }
    return most;
}

/* Are all numbers so far from overflow that their products are too? */
static bool pass_is_small(const struct pass *pass, const struct network *network) {
    double (*sizes)(size_t count, const double *v) = network->kernels->sizes;
    double sum = fabs(pass->C);
    for (size_t k = 0; k <= network->K && sizes; k++) {
        const struct layer *layer = &network->layers[k];
        sum += sizes(layer->n, pass->r + layer->at) + sizes(layer->n, pass->dr + layer->at);
        sum += k > 0 ? sizes(layer->n, pass->dz + layer->at) : 0;
    }
    return sizes && sum < 1e150;
}

/* C and the gradients of one sample. A product dz_j r_i is finite where that of the
 * largest is; where the last layer's dz was rescued, its dr may be infinite. */
static bool pass_is_sound(const struct pass *pass, const struct network *network) {
    if (pass_is_small(pass, network)) {
        return true;
    }
    if (!isfinite(pass->C)) {
        return false;
    }
    for (size_t k = 0; k <= network->K; k++) {
        const struct layer *layer = &network->layers[k];
        bool skipped = k == network->K && pass->rescued;
        if (!skipped && !isfinite(largest(pass->dr + layer->at, layer->n))) {
            return false;
        }
        if (k == network->K) {
            break;
        }
        const struct layer *after = layer + 1;
        double r = largest(pass->r + layer->at, layer->n);
        double dz = largest(pass->dz + after->at, after->n);
        if (!isfinite(r) || !isfinite(dz) || !isfinite(r * dz)) {
            return false;
        }
    }
    return true;
}

/* Where the sum of all sizes is finite, each number is. */
static bool all_finite(const struct network *network, const struct block *block) {
    double (*sizes)(size_t count, const double *v) = network->kernels->sizes;
    return (sizes && isfinite(sizes(block->count, block->values))) ||
           isfinite(largest(block->values, block->count));
}

/* The gradients of a batch. */
static bool gradient_is_sound(const struct gradient *gradient, const struct network *network) {
    for (size_t k = 0; k < network->K; k++) {
        if (!all_finite(network, gradient->W[k]) || !all_finite(network, gradient->b[k])) {
            return false;
        }
    }
    return gradient->costs_finite;
}

/* Looked at once: every frame asks. */
bool model_is_sound(const struct model *model) {
    struct cache *cache = model->cache;
    if (!cache->sound_known) {
        cache->sound =
            pass_is_sound(&model->pass, &model->network) &&
            (!model_batched(model) || gradient_is_sound(&model->gradient, &model->network));
        cache->sound_known = model->stale == MODEL_FRESH;
    }
    return cache->sound;
}

/* ---- a thorough one ---- */

/* What is looked at, one vector or matrix after the other. */
struct search {
    const struct network *network;
    struct fault *fault;
};

void fault_set(struct fault *fault, double value, const char *name, size_t layer, size_t i,
               size_t j) {
    fault->value = value;
    if (i == 0) {
        snprintf(fault->name, sizeof fault->name, "%s", name);
    } else if (j == 0 && layer == 0 && name[strlen(name) - 1] == 'r') {
        /* r0 and dr0 are called x and dx */
        snprintf(fault->name, sizeof fault->name, "%sx[%zu]", name[0] == 'd' ? "d" : "", i);
    } else if (j == 0) {
        snprintf(fault->name, sizeof fault->name, "%s%zu[%zu]", name, layer, i);
    } else {
        snprintf(fault->name, sizeof fault->name, "%s%zu[%zu,%zu]", name, layer, i, j);
    }
}

static bool found(struct search *search, double value, const char *name, size_t layer, size_t i,
                  size_t j) {
    if (isfinite(value)) {
        return false;
    }
    fault_set(search->fault, value, name, layer, i, j);
    return true;
}

static bool found_in(struct search *search, const double *v, size_t count, const char *name,
                     size_t layer) {
    for (size_t n = 0; n < count; n++) {
        if (found(search, v[n], name, layer, n + 1, 0)) {
            return true;
        }
    }
    return false;
}

/* A matrix [from][stride] of layer k, by rows. */
static bool found_in_matrix(struct search *search, const double *M, const char *name, size_t k) {
    const struct layer *layer = &search->network->layers[k];
    for (size_t i = 0; i < layer->n; i++) {
        for (size_t j = 0; j < layer[1].n; j++) {
            if (found(search, M[i * layer->stride + j], name, k, i + 1, j + 1)) {
                return true;
            }
        }
    }
    return false;
}

/* x, then W, b, z and r of each layer, then C */
static bool found_forward(struct search *search, const struct pass *pass) {
    const struct network *network = search->network;
    if (found_in(search, pass->r + network->layers[0].at, network->layers[0].n, "r", 0)) {
        return true;
    }
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *after = &network->layers[k + 1];
        if (found_in_matrix(search, network_W(network, k), "W", k) ||
            (network->bias && found_in(search, network_b(network, k), after->n, "b", k)) ||
            found_in(search, pass->z + after->at, after->n, "z", k + 1) ||
            found_in(search, pass->r + after->at, after->n, "r", k + 1)) {
            return true;
        }
    }
    return found(search, pass->C, "C", 0, 0, 0);
}

/* dr, dz and dW of each layer, from the last to the first */
static bool found_backward(struct search *search, const struct pass *pass) {
    const struct network *network = search->network;
    for (size_t k = network->K + 1; k-- > 0;) {
        const struct layer *layer = &network->layers[k];
        bool skipped = k == network->K && pass->rescued;
        if (!skipped && found_in(search, pass->dr + layer->at, layer->n, "dr", k)) {
            return true;
        }
        if (k > 0 && found_in(search, pass->dz + layer->at, layer->n, "dz", k)) {
            return true;
        }
        for (size_t i = 0; k > 0 && i < layer[-1].n; i++) {
            for (size_t j = 0; j < layer->n; j++) {
                if (found(search, pass_dW(pass, network, k - 1, i, j), "dW", k - 1, i + 1, j + 1)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* The samples of the batch after the first, then the sums over all of them. */
static bool found_in_batch(struct search *search, const struct model *model) {
    for (size_t n = 2; n <= feed_batch(&model->feed); n++) {
        size_t row = feed_batch_row(&model->feed, n);
        const struct pass *pass = model_row_pass(model, row);
        if (pass && !pass_is_sound(pass, search->network)) {
            search->fault->sample = row;
            return found_forward(search, pass) || found_backward(search, pass);
        }
    }
    for (size_t k = 0; k < search->network->K; k++) {
        if (found_in_matrix(search, model->gradient.W[k]->values, "gW", k) ||
            found_in(search, model->gradient.b[k]->values, search->network->layers[k + 1].n, "gb",
                     k)) {
            return true;
        }
    }
    return false;
}

bool model_find_fault(const struct model *model, struct fault *fault) {
    *fault = (struct fault){.sample = 0};
    struct search search = {.network = &model->network, .fault = fault};
    if (model_is_sound(model)) {
        return false;
    }
    if (!pass_is_sound(&model->pass, &model->network)) {
        return found_forward(&search, &model->pass) || found_backward(&search, &model->pass);
    }
    return found_in_batch(&search, model);
}
