/*
 * net/forward.c - the forward pass: F1 and F2.
 */
#include "layers.h"
#include "net/activation.h"
#include "net/pass.h"

/* F2: r_j = f(z_j), and with it the slope f'(z_j) that B1 will need */
void layer_activate(const struct layer *layer, const struct network *network, const double *z,
                    double *r, double *slope) {
    const struct activation *f = layer->activation;
    double step0 = network->step0;
    if (f->layer) {
        f->layer(layer->n, z, r);
        return;
    }
    if (f->bend != BEND_OTHER && network->kernels->bend) {
        network->kernels->bend(f->bend, step0, layer->n, z, r, slope);
        return;
    }
    for (size_t j = 0; j < layer->n; j++) {
        r[j] = f->value(z[j]);
        slope[j] = f->slope(z[j], r[j], step0);
    }
}

static void layer_forward(struct pass *pass, const struct network *network, size_t k) {
    const struct layer *before = &network->layers[k - 1];
    const struct layer *layer = &network->layers[k];
    double *z = pass->z + layer->at;
    network->kernels->forward(layer_matrix(network, k - 1), network_W(network, k - 1),
                              network->bias ? network_b(network, k - 1) : NULL,
                              pass->r + before->at, z);
    layer_activate(layer, network, z, pass->r + layer->at, pass->slope + layer->at);
}

/* F1, the sums from left to right: src/net/kernels_plain.c */
void pass_forward(struct pass *pass, const struct network *network, size_t first) {
    const struct kernels *kernels = network->kernels;
    for (size_t k = first; k <= network->K; k++) {
        k = kernels->eights_forward ? kernels->eights_forward(pass, network, k) : k;
        if (k <= network->K) {
            layer_forward(pass, network, k);
        }
    }
}
