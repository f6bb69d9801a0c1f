/*
 * net/narrow.c - the memory of a network of narrow layers, and its parameters on
 * their way there and back.
 */
#include "narrow.h"

#include <stdlib.h>
#include <string.h>

#include "net/cost.h"

enum { LAYERS_MOST = 2048, SAMPLES_MOST = 64, NUMBERS_MOST = 128 * 1024 };

static size_t widest(const struct network *network) {
    size_t widest = 0;
    for (size_t k = 0; k <= network->K; k++) {
        widest = network->layers[k].n > widest ? network->layers[k].n : widest;
    }
    return widest;
}

bool narrow_suits(const struct network *network) {
    return network->K <= LAYERS_MOST && widest(network) <= NARROW_WIDTH;
}

/* As many samples of the batch at once as lie near, but one at least. */
static size_t samples_at_once(const struct network *network, size_t side, size_t batch) {
    size_t most = NUMBERS_MOST / (3 * side * (network->K + 1));
    most = most < SAMPLES_MOST ? most : SAMPLES_MOST;
    return batch < most ? batch : most > 0 ? most : 1;
}

/* Memory for this layout: what there is, if it was for the same. */
static bool lay_out(struct narrow *narrow, size_t side, size_t most, size_t stride) {
    if (narrow->memory && narrow->side == side && narrow->most == most &&
        narrow->stride == stride) {
        return true;
    }
    block_drop(narrow->memory);
    narrow->side = side, narrow->most = most, narrow->stride = stride;
    narrow->memory = block_new((narrow->network->K + 1) * stride);
    return narrow->memory != NULL;
}

bool narrow_open(struct narrow *narrow, const struct network *network, struct pass *pass,
                 size_t batch) {
    size_t least = network->kernels->narrow_least;
    size_t side = widest(network) <= least ? least : NARROW_WIDTH;
    size_t most = samples_at_once(network, side, batch);
    narrow->network = network;
    narrow->pass = pass;
    narrow->half_squared =
        network->cost == cost_at(0) && !network->layers[network->K].activation->layer;
    narrow->sums_kept = batch > most;
    size_t stride = side * side + side + (batch > 1 ? 3 : 2) * most * side +
                    (narrow->sums_kept ? (side + 1) * side : 0);
    if (!narrow->layers) {
        narrow->layers = memory_array(network->K, sizeof *narrow->layers);
    }
    if (!narrow->layers || !lay_out(narrow, side, most, stride)) {
        narrow_close(narrow);
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
    }
    return true;
}

void narrow_close(struct narrow *narrow) {
    free(narrow->layers);
    block_drop(narrow->memory);
    *narrow = (struct narrow){0};
}

void narrow_clear(struct narrow *narrow) {
    memset(narrow->memory->values, 0, narrow->memory->count * sizeof(double));
}

/* Rows of `to` numbers. With a constant for the usual one the copy is two vectors. */
static void copy_rows(double *to, size_t to_stride, const double *from, size_t from_stride,
                      size_t rows, size_t numbers) {
    for (size_t i = 0; i < rows; i++) {
        double *row = to + i * to_stride;
        const double *of = from + i * from_stride;
        if (numbers == NARROW_WIDTH) {
            memcpy(row, of, NARROW_WIDTH * sizeof *of);
        } else {
            memcpy(row, of, numbers * sizeof *of);
        }
    }
}

void narrow_take(struct narrow *narrow) {
    const struct network *network = narrow->network;
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *layer = &network->layers[k];
        struct narrow_place here = narrow_at(narrow, k);
        size_t n = layer[1].n;
        if (k == 0) {
            copy_rows(here.W, narrow->side, layer->W->values, layer->stride, layer->n, n);
        } else {
            network->kernels->transpose(layer->n, n, layer->W->values, layer->stride, here.W,
                                        narrow->side);
        }
        if (network->bias) {
            copy_rows(here.b, n, layer->b->values, n, 1, n);
        } else {
            memset(here.b, 0, n * sizeof *here.b);
        }
    }
}

void narrow_give(const struct narrow *narrow) {
    const struct network *network = narrow->network;
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *layer = &network->layers[k];
        struct narrow_place here = narrow_at(narrow, k);
        size_t n = layer[1].n;
        if (k == 0) {
            copy_rows(layer->W->values, layer->stride, here.W, narrow->side, layer->n, n);
        } else {
            network->kernels->transpose(n, layer->n, here.W, narrow->side, layer->W->values,
                                        layer->stride);
        }
        if (network->bias) {
            copy_rows(layer->b->values, n, here.b, n, 1, n);
        }
    }
}
