/*
 * net/pass.c - the vectors of a pass: who owns them, and when they are copied.
 */
#include "net/pass.h"

#include <string.h>

#include "net/activation.h"

enum { VECTORS = 5 };

/* Lay the five vectors out in the block. */
static void pass_point(struct pass *pass, size_t neurons) {
    double *values = pass->memory->values;
    pass->z = values;
    pass->r = values + neurons;
    pass->slope = values + 2 * neurons;
    pass->dr = values + 3 * neurons;
    pass->dz = values + 4 * neurons;
}

enum status pass_open(struct pass *pass, const struct network *network) {
    *pass = (struct pass){.memory = block_new(VECTORS * network->neurons)};
    if (!pass->memory) {
        return STATUS_MEMORY;
    }
    pass_point(pass, network->neurons);
    return STATUS_OK;
}

struct pass pass_copy(const struct pass *pass) {
    block_share(pass->memory);
    return *pass;
}

void pass_close(struct pass *pass) {
    block_drop(pass->memory);
    *pass = (struct pass){0};
}

/* What no equation writes is 0: beyond the neurons of a layer, and where a vector has no
 * meaning, in layer 0 and for the slope of a whole-layer activation. */
static void clear_unused(struct pass *pass, const struct network *network) {
    for (size_t k = 0; k <= network->K; k++) {
        const struct layer *layer = &network->layers[k];
        size_t end = network_pitch(layer->n);
        for (int v = 0; v < VECTORS && (layer->n < end || k == 0 || k == network->K); v++) {
            size_t from = k == 0 || k == network->K ? 0 : layer->n;
            memset(pass->z + (size_t)v * network->neurons + layer->at + from, 0,
                   (end - from) * sizeof *pass->z);
        }
    }
}

enum status pass_own(struct pass *pass, const struct network *network, size_t keep) {
    if (pass->memory->references == 1) {
        return STATUS_OK;
    }
    struct pass own = *pass;
    own.memory = block_blank(VECTORS * network->neurons);
    if (!own.memory) {
        return STATUS_MEMORY;
    }
    pass_point(&own, network->neurons);
    clear_unused(&own, network);
    size_t kept = keep > network->K ? network->neurons : network->layers[keep].at;
    memcpy(own.z, pass->z, kept * sizeof *own.z);
    memcpy(own.r, pass->r, kept * sizeof *own.r);
    memcpy(own.slope, pass->slope, kept * sizeof *own.slope);
    block_drop(pass->memory);
    *pass = own;
    return STATUS_OK;
}

double pass_slope(const struct pass *pass, const struct network *network, size_t k, size_t j,
                  size_t m) {
    const struct layer *layer = &network->layers[k];
    if (layer->activation->layer) {
        const double *r = pass->r + layer->at;
        return r[j] * ((j == m ? 1.0 : 0.0) - r[m]);
    }
    return j == m ? pass->slope[layer->at + j] : 0;
}
