/*
 * net/backward.c - the cost and the backward pass: F3, B0, B1 and B2. Nothing
 * learns here.
 */
#include <math.h>

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
static void backward_dz(const struct layer *layer, const double *r, const double *slope,
                        const double *dr, double *dz) {
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

/* B2: dC/dr_i = sum_j dC/dz_j W_ij */
static void backward_dr(size_t from, size_t to, size_t stride, const double *W, const double *dz,
                        double *dr) {
    for (size_t i = 0; i < from; i++) {
        const double *row = W + i * stride;
        double sum = 0;
        for (size_t j = 0; j < to; j++) {
            sum += dz[j] * row[j];
        }
        dr[i] = sum;
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
    backward_dz(last, r, pass->slope + last->at, dr, dz);

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

void pass_backward(struct pass *pass, const struct network *network, const double *y) {
    pass_cost(pass, network, y);
    for (size_t k = network->K; k-- > 0;) {
        const struct layer *layer = &network->layers[k];
        const struct layer *after = &network->layers[k + 1];
        backward_dr(layer->n, after->n, layer->stride, network_W(network, k), pass->dz + after->at,
                    pass->dr + layer->at);
        if (k > 0) {
            backward_dz(layer, pass->r + layer->at, pass->slope + layer->at, pass->dr + layer->at,
                        pass->dz + layer->at);
        }
    }
}
