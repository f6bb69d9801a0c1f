/*
 * net/forward.c - the forward pass: F1 and F2.
 */
#include "net/activation.h"
#include "net/pass.h"

/* F1: z_j = sum_i W_ij r_i (+ b_j). The outer loop runs over i, so that each z_j
 * grows by one product at a time, left to right, while the inner loop runs along
 * a row of W. */
static void forward_z(size_t from, size_t to, size_t stride, const double *W, const double *b,
                      const double *r, double *z) {
    for (size_t j = 0; j < to; j++) {
        z[j] = 0;
    }
    for (size_t i = 0; i < from; i++) {
        const double *row = W + i * stride;
        for (size_t j = 0; j < to; j++) {
            z[j] += row[j] * r[i];
        }
    }
    if (b) {
        for (size_t j = 0; j < to; j++) {
            z[j] += b[j];
        }
    }
}

/* F2: r_j = f(z_j), and with it the slope f'(z_j) that B1 will need */
static void forward_r(const struct layer *layer, double step0, const double *z, double *r,
                      double *slope) {
    const struct activation *f = layer->activation;
    if (f->layer) {
        f->layer(layer->n, z, r);
        return;
    }
    for (size_t j = 0; j < layer->n; j++) {
        r[j] = f->value(z[j]);
        slope[j] = f->slope(z[j], r[j], step0);
    }
}

void pass_forward(struct pass *pass, const struct network *network, size_t first) {
    for (size_t k = first; k <= network->K; k++) {
        const struct layer *before = &network->layers[k - 1];
        const struct layer *layer = &network->layers[k];
        forward_z(before->n, layer->n, before->stride, network_W(network, k - 1),
                  network->bias ? network_b(network, k - 1) : NULL, pass->r + before->at,
                  pass->z + layer->at);
        forward_r(layer, network->step0, pass->z + layer->at, pass->r + layer->at,
                  pass->slope + layer->at);
    }
}
