/*
 * net/layers.h - what the passes, one sample at a time or many, share.
 */
#ifndef BACKSTEP_NET_LAYERS_H
#define BACKSTEP_NET_LAYERS_H

#include "net/ask.h"
#include "net/kernels.h"
#include "net/network.h"

/* The shape of W(k). */
static inline struct matrix layer_matrix(const struct network *network, size_t k) {
    const struct layer *layer = &network->layers[k];
    return (struct matrix){layer->n, layer[1].n, layer->stride};
}

/* So many more samples went through the network: are we to stop? */
static inline bool network_ask(const struct network *network, struct ask *ask, size_t samples) {
    return ask_stop(ask, samples * network_work(network), ASK_PRODUCTS);
}

/* F2: r = f(z), and the slope with it, unless the activation is of the whole layer */
void layer_activate(const struct layer *layer, const struct network *network, const double *z,
                    double *r, double *slope);

/* B1: dz from dr */
void layer_dz(const struct layer *layer, const double *r, const double *slope, const double *dr,
              double *dz);

#endif
