/*
 * net/gradient.c - sums of gradients over a batch.
 */
#include "net/gradient.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers.h"

/* A zero block of `count` numbers with one holder: the old one where it is
 * nobody else's. */
static bool renew(struct block **block, size_t count) {
    if (*block && (*block)->references == 1) {
        memset((*block)->values, 0, count * sizeof(double));
        return true;
    }
    struct block *fresh = block_new(count);
    if (!fresh) {
        return false;
    }
    block_drop(*block);
    *block = fresh;
    return true;
}

enum status gradient_begin(struct gradient *gradient, const struct network *network) {
    gradient->K = network->K;
    gradient->costs_finite = true;
    if (!gradient->W) {
        gradient->W = memory_array(network->K, sizeof(struct block *));
        gradient->b = memory_array(network->K, sizeof(struct block *));
    }
    bool good = gradient->W && gradient->b;
    for (size_t k = 0; k < network->K && good; k++) {
        const struct layer *layer = &network->layers[k];
        good = renew(&gradient->W[k], layer->W->count) && renew(&gradient->b[k], layer->b->count);
    }
    if (!good) {
        gradient_close(gradient);
        return STATUS_MEMORY;
    }
    return STATUS_OK;
}

void gradient_add(struct gradient *gradient, const struct network *network,
                  const struct pass *pass) {
    gradient->costs_finite = gradient->costs_finite && isfinite(pass->C);
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *layer = &network->layers[k];
        const struct layer *after = &network->layers[k + 1];
        const double *dz = pass->dz + after->at;
        double *gb = gradient->b[k]->values;
        network->kernels->add_outer(layer_matrix(network, k), gradient->W[k]->values, dz,
                                    pass->r + layer->at);
        for (size_t j = 0; j < after->n; j++) {
            gb[j] += dz[j];
        }
    }
}

/* v_n / count; by a power of 2 as a product, which is as exact and takes less time. */
static void divide(struct block *block, size_t count) {
    double m = (double)count, inverse = 1 / m, *v = block->values;
    bool power = (count & (count - 1)) == 0;
    for (size_t n = 0; power && n < block->count; n++) {
        v[n] *= inverse;
    }
    for (size_t n = 0; !power && n < block->count; n++) {
        v[n] /= m;
    }
}

void gradient_divide(struct gradient *gradient, const struct network *network, size_t count) {
    for (size_t k = 0; k < network->K; k++) {
        divide(gradient->W[k], count);
        divide(gradient->b[k], count);
    }
}

bool gradient_copy(struct gradient *copy, const struct gradient *gradient) {
    *copy = *gradient;
    if (!gradient->W) {
        return true;
    }
    copy->W = memory_array(gradient->K, sizeof(struct block *));
    copy->b = memory_array(gradient->K, sizeof(struct block *));
    if (!copy->W || !copy->b) {
        gradient_close(copy);
        return false;
    }
    for (size_t k = 0; k < gradient->K; k++) {
        copy->W[k] = block_share(gradient->W[k]);
        copy->b[k] = block_share(gradient->b[k]);
    }
    return true;
}

void gradient_close(struct gradient *gradient) {
    for (size_t k = 0; k < gradient->K; k++) {
        block_drop(gradient->W ? gradient->W[k] : NULL);
        block_drop(gradient->b ? gradient->b[k] : NULL);
    }
    free(gradient->W);
    free(gradient->b);
    *gradient = (struct gradient){0};
}
