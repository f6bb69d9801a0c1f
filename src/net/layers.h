/*
 * net/layers.h - what the passes, one sample at a time or many, share of a layer.
 */
#ifndef BACKSTEP_NET_LAYERS_H
#define BACKSTEP_NET_LAYERS_H

#include "net/kernels.h"
#include "net/network.h"

/* The shape of W(k). */
static inline struct matrix layer_matrix(const struct network *network, size_t k) {
    const struct layer *layer = &network->layers[k];
    return (struct matrix){layer->n, layer[1].n, layer->stride};
}

/* F2: r = f(z), and the slope with it, unless the activation is of the whole layer */
void layer_activate(const struct layer *layer, const struct network *network, const double *z,
                    double *r, double *slope);

/* B1: dz from dr */
void layer_dz(const struct layer *layer, const double *r, const double *slope, const double *dr,
              double *dz);

#endif
