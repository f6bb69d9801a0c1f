/*
 * net/network.h - a fully connected network: its shape, its parameters and the
 * settings that belong to its mathematics.
 *
 * Layers are numbered 0 ... K; layer 0 is the input. Layer k has n neurons. Its
 * W joins it to layer k+1: W[i][j] from neuron i of layer k to neuron j of layer
 * k+1 (both from 0 here, from 1 for people), stored by rows of `stride` doubles.
 * Copies of a network share the blocks of W and b until one of them writes.
 */
#ifndef BACKSTEP_NET_NETWORK_H
#define BACKSTEP_NET_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/status.h"

enum {
    NETWORK_MAX_WIDTH = 1000000,
    NETWORK_MAX_LAYERS = 100001, /* layers 0 ... K */
    NETWORK_MAX_PARAMETERS = 200 * 1000 * 1000,
};

struct activation;
struct cost;
struct kernels;
struct pairing;

struct layer {
    size_t n;                            /* neurons */
    size_t at;                           /* where its neurons begin in the vectors of a pass */
    size_t stride;                       /* doubles from a row of W to the next; 0 in layer K */
    const struct activation *activation; /* NULL in layer 0 */
    struct block *W;                     /* [n][stride]; NULL in layer K */
    struct block *b;                     /* [n of the next layer]; NULL in layer K */
    bool frozen;                         /* W keeps its gradient but is not updated */
};

struct network {
    size_t K;             /* the last layer */
    struct layer *layers; /* [K + 1] */
    size_t neurons;       /* length of a pass's vectors: all layers, padded */
    size_t parameters;    /* weights, and biases too where bias is on */
    const struct cost *cost;
    const struct kernels *kernels; /* the loops that compute it */
    bool bias;
    bool freeze_bias;
    bool combine; /* show and compute the collapsed backward equations */
    double step0; /* Step(0), 0 to 1 */
};

/* Open a network with `count` layers of the given widths (2 or more, each 1 or
 * more), all ReLU, half-squared, no bias, W and b zero. */
enum status network_open(struct network *network, const size_t *widths, size_t count,
                         struct error *error);

/* A copy that shares the parameters. */
enum status network_copy(struct network *copy, const struct network *network);
void network_close(struct network *network);

/* Biases counted or not, as the setting says. */
size_t network_count_parameters(const struct network *network);

/* Read-only rows: W of layer k, [n_k][stride]. */
static inline const double *network_W(const struct network *network, size_t k) {
    return network->layers[k].W->values;
}
static inline const double *network_b(const struct network *network, size_t k) {
    return network->layers[k].b->values;
}

/* From one row of n numbers to the next, where rows lie below each other: a multiple of
 * the longest vector, and a vector more where it would be a whole number of pages, since
 * a column then falls into one set of the cache. */
static inline size_t network_pitch(size_t n) {
    enum { VECTOR = 8, PAGE = 512 };
    size_t pitch = (n + VECTOR - 1) / VECTOR * VECTOR;
    return pitch % PAGE == 0 ? pitch + VECTOR : pitch;
}

/* Set one layer's activation, k = 1 ... K. Softmax is refused before layer K. */
enum status network_set_activation(struct network *network, size_t k,
                                   const struct activation *activation, struct error *error);

/* The activation that all layers have, which names the network; NULL where they differ. */
const struct activation *network_common_activation(const struct network *network);

/* How the cost pairs with the last layer's activation, see net/cost.h; NULL: they do not. */
const struct pairing *network_pairing(const struct network *network);

/* How many products a forward pass takes, or about: an activation counts as so many. */
static inline size_t network_work(const struct network *network) {
    enum { NEURON_WORK = 16 };
    return network->parameters + NEURON_WORK * network->neurons;
}

#endif
