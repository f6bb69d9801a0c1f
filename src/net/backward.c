/*
 * net/backward.c - the cost and the backward pass: F3, B0, B1 and B2. Nothing
 * learns here.
 */
#include <math.h>

#include "layers.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/pass.h"

static bool all_finite(size_t n, const double *v) {
    for (size_t j = 0; j < n; j++) {
        if (!isfinite(v[j])) {
            return false;
        }
    }
    return true;
}

/* B1: dC/dz_j = dC/dr_j f'(z_j); for a whole-layer activation
 * dC/dz_j = r_j (dC/dr_j - sum_m dC/dr_m r_m) */
void layer_dz(const struct layer *layer, const double *r, const double *slope, const double *dr,
              double *dz) {
    if (!layer->activation->layer) {
        for (size_t j = 0; j < layer->n; j++) {
            dz[j] = dr[j] * slope[j];
        }
        return;
    }
    double sum = 0;
    for (size_t m = 0; m < layer->n; m++) {
        sum += dr[m] * r[m];
    }
    for (size_t j = 0; j < layer->n; j++) {
        dz[j] = r[j] * (dr[j] - sum);
    }
}

/* F3, B0 and B1 of the last layer, by the long way and, where that is not finite
 * or the user asked for it, by the pairing's own equations. */
void pass_cost(struct pass *pass, const struct network *network, const double *y) {
    const struct layer *last = &network->layers[network->K];
    const double *r = pass->r + last->at;
    const double *z = pass->z + last->at;
    double *dr = pass->dr + last->at;
    double *dz = pass->dz + last->at;
    pass->C = network->cost->value(last->n, y, r);
    for (size_t j = 0; j < last->n; j++) {
        dr[j] = network->cost->slope(last->n, y[j], r[j]);
    }
    layer_dz(last, r, pass->slope + last->at, dr, dz);

    const struct pairing *pairing = pairing_of(network->cost, last->activation);
    bool finite = isfinite(pass->C) && all_finite(last->n, dz);
    pass->rescued = pairing && !finite;
    pass->collapsed = pairing && (pass->rescued || network->combine);
    if (pass->collapsed) {
        pairing->slope(last->n, y, r, dz);
    }
    if (pass->rescued) {
        pass->C = pairing->value(last->n, y, z);
    }
}

static void layer_backward(struct pass *pass, const struct network *network, size_t k) {
    const struct layer *layer = &network->layers[k];
    double *dr = pass->dr + layer->at;
    network->kernels->backward(layer_matrix(network, k), network_W(network, k),
                               pass->dz + layer[1].at, dr);
    if (k > 0) {
        layer_dz(layer, pass->r + layer->at, pass->slope + layer->at, dr, pass->dz + layer->at);
    }
}

/* B2, the sums from left to right: src/net/kernels_plain.c */
void pass_backward(struct pass *pass, const struct network *network, const double *y) {
    const struct kernels *kernels = network->kernels;
    pass_cost(pass, network, y);
    for (size_t left = network->K; left > 0; left--) {
        left = kernels->eights_backward ? kernels->eights_backward(pass, network, left) : left;
        if (left == 0) {
            break;
        }
        layer_backward(pass, network, left - 1);
    }
}
