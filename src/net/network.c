/*
 * net/network.c - shape and parameters of a fully connected network.
 */
#include "net/network.h"

#include <stdlib.h>
#include <string.h>

#include "net/activation.h"
#include "net/cost.h"
#include "net/kernels.h"

/* Rows shorter than a vector are not padded. */
static size_t row_stride(size_t n) {
    return n < 8 ? n : network_pitch(n);
}

static enum status check_widths(const size_t *widths, size_t count, struct error *error) {
    if (count < 2) {
        return error_set(error, STATUS_INPUT, "a network needs two or more layers: 'net 2 3 1'");
    }
    if (count > NETWORK_MAX_LAYERS) {
        return error_set(error, STATUS_INPUT, "%zu layers are more than the limit of %d", count,
                         NETWORK_MAX_LAYERS);
    }
    uint64_t parameters = 0; /* where a size_t has 32 bits, two widths may be too much */
    for (size_t k = 0; k < count; k++) {
        if (widths[k] < 1 || widths[k] > NETWORK_MAX_WIDTH) {
            return error_set(error, STATUS_INPUT, "layer %zu has width '%zu', but 1 to %d is right",
                             k, widths[k], NETWORK_MAX_WIDTH);
        }
        if (k > 0) {
            parameters += (uint64_t)widths[k - 1] * widths[k];
        }
        if (parameters > NETWORK_MAX_PARAMETERS) {
            return error_set(error, STATUS_INPUT,
                             "these layers need more than the limit of %d weights",
                             NETWORK_MAX_PARAMETERS);
        }
    }
    return STATUS_OK;
}

static bool open_layers(struct network *network, const size_t *widths) {
    size_t at = 0;
    for (size_t k = 0; k <= network->K; k++) {
        struct layer *layer = &network->layers[k];
        layer->n = widths[k];
        layer->at = at;
        at += network_pitch(widths[k]);
        layer->activation = k > 0 ? activation_at(0) : NULL;
        if (k < network->K) {
            layer->stride = row_stride(widths[k + 1]);
            layer->W = block_new(widths[k] * layer->stride);
            layer->b = block_new(widths[k + 1]);
            if (!layer->W || !layer->b) {
                return false;
            }
        }
    }
    network->neurons = at;
    return true;
}

enum status network_open(struct network *network, const size_t *widths, size_t count,
                         struct error *error) {
    enum status status = check_widths(widths, count, error);
    if (status != STATUS_OK) {
        return status;
    }
    *network = (struct network){
        .K = count - 1,
        .layers = memory_array(count, sizeof *network->layers),
        .cost = cost_at(0),
        .kernels = kernels_choose(),
        .step0 = 1,
    };
    if (!network->layers) {
        return error_memory(error);
    }
    if (!open_layers(network, widths)) {
        network_close(network);
        return error_memory(error);
    }
    network->parameters = network_count_parameters(network);
    return STATUS_OK;
}

enum status network_copy(struct network *copy, const struct network *network) {
    *copy = *network;
    copy->layers = memory_array(network->K + 1, sizeof *copy->layers);
    if (!copy->layers) {
        return STATUS_MEMORY;
    }
    for (size_t k = 0; k <= network->K; k++) {
        copy->layers[k] = network->layers[k];
        block_share(copy->layers[k].W);
        block_share(copy->layers[k].b);
    }
    return STATUS_OK;
}

void network_close(struct network *network) {
    if (network->layers) {
        for (size_t k = 0; k <= network->K; k++) {
            block_drop(network->layers[k].W);
            block_drop(network->layers[k].b);
        }
    }
    free(network->layers);
    network->layers = NULL;
}

size_t network_count_parameters(const struct network *network) {
    size_t count = 0;
    for (size_t k = 0; k < network->K; k++) {
        size_t from = network->layers[k].n, to = network->layers[k + 1].n;
        count += from * to + (network->bias ? to : 0);
    }
    return count;
}

enum status network_set_activation(struct network *network, size_t k,
                                   const struct activation *activation, struct error *error) {
    if (k < 1 || k > network->K) {
        return error_set(error, STATUS_INPUT,
                         "there is no layer '%zu': activations belong to "
                         "layers 1 to %zu",
                         k, network->K);
    }
    if (activation->layer && k != network->K) {
        return error_set(error, STATUS_INPUT, "'%s' is for the last layer only, which is layer %zu",
                         activation->name, network->K);
    }
    network->layers[k].activation = activation;
    return STATUS_OK;
}

const struct activation *network_common_activation(const struct network *network) {
    const struct activation *common = network->layers[network->K].activation;
    for (size_t k = 1; k < network->K; k++) {
        if (network->layers[k].activation != common) {
            return NULL;
        }
    }
    return common;
}

const struct pairing *network_pairing(const struct network *network) {
    return pairing_of(network->cost, network->layers[network->K].activation);
}
