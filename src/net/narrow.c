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
static size_t samples_at_once(const struct narrow *narrow, size_t batch) {
    size_t most = NUMBERS_MOST / (2 * narrow->side * (narrow->network->K + 1));
    most = most < SAMPLES_MOST ? most : SAMPLES_MOST;
    return batch < most ? batch : most > 0 ? most : 1;
}

bool narrow_open(struct narrow *narrow, const struct network *network, struct pass *pass,
                 size_t batch) {
    size_t least = network->kernels->narrow_least;
    *narrow = (struct narrow){
        .network = network,
        .side = widest(network) <= least ? least : NARROW_WIDTH,
        .half_squared =
            network->cost == cost_at(0) && !network->layers[network->K].activation->layer,
        .pass = pass,
    };
    narrow->most = samples_at_once(narrow, batch);
    narrow->sums_kept = batch > narrow->most;
    size_t side = narrow->side;
    narrow->stride = side * side + 2 * side + (batch > 1 ? 2 : 1) * narrow->most * side +
                     (narrow->sums_kept ? (side + 1) * side : 0);
    narrow->layers = memory_array(network->K, sizeof *narrow->layers);
    narrow->memory = block_new((network->K + 1) * narrow->stride);
    if (!narrow->layers || !narrow->memory) {
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

void narrow_take(struct narrow *narrow) {
    const struct network *network = narrow->network;
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *layer = &network->layers[k];
        struct narrow_place here = narrow_at(narrow, k);
        size_t bytes = layer[1].n * sizeof(double);
        for (size_t i = 0; i < layer->n; i++) {
            memcpy(here.W + i * narrow->side, layer->W->values + i * layer->stride, bytes);
        }
        if (network->bias) {
            memcpy(here.b, layer->b->values, bytes);
        }
    }
}

void narrow_give(const struct narrow *narrow) {
    const struct network *network = narrow->network;
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *layer = &network->layers[k];
        struct narrow_place here = narrow_at(narrow, k);
        size_t bytes = layer[1].n * sizeof(double);
        for (size_t i = 0; i < layer->n; i++) {
            memcpy(layer->W->values + i * layer->stride, here.W + i * narrow->side, bytes);
        }
        if (network->bias) {
            memcpy(layer->b->values, here.b, bytes);
        }
    }
}
