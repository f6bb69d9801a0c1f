/*
 * net/pass.h - one pass forward and backward: every number that is computed for
 * one sample.
 *
 * The vectors hold all layers one behind the other; layer k begins at
 * network.layers[k].at. r of layer 0 is the input x. dC/dW is not stored: it is
 * the outer product dz(k+1)_j r(k)_i, computed where it is asked for.
 * Formulas: equations.md, sections 2 and 3. Every sum is the plain loop of its
 * formula, left to right from +0, each product rounded and then added, the bias
 * last.
 */
#ifndef BACKSTEP_NET_PASS_H
#define BACKSTEP_NET_PASS_H

#include <stdbool.h>
#include <stddef.h>

#include "net/network.h"

struct pass {
    struct block *memory; /* owns the five vectors; shared by copies until one computes */
    double *z;            /* [neurons] unused in layer 0 */
    double *r;            /* [neurons] */
    double *slope;        /* [neurons] f'(z); unused in layer 0 and for softmax */
    double *dr;           /* [neurons] dC/dr */
    double *dz;           /* [neurons] dC/dz; unused in layer 0 */
    double C;             /* the cost of the sample */
    bool collapsed;       /* dz of layer K came from the pairing's own equation */
    bool rescued;         /* ... because the long way was not finite */
};

enum status pass_open(struct pass *pass, const struct network *network);
struct pass pass_copy(const struct pass *pass); /* shares */
void pass_close(struct pass *pass);

/* Make the vectors writable by this pass alone, keeping z, r and the slopes of the
 * layers before `keep`. */
enum status pass_own(struct pass *pass, const struct network *network, size_t keep);

/* F1 and F2 for the layers first ... K (first >= 1), from r of the layer before.
 *   z(k+1)_j = sum_i W(k)_ij r(k)_i (+ b(k)_j)      r(k+1)_j = f(z(k+1)_j) */
void pass_forward(struct pass *pass, const struct network *network, size_t first);

/* F3, then B0, B1 and B2 for every layer down to dC/dx; y[n_K].
 *   dC/dr(K)_j = cost's slope              dC/dz(k)_j = dC/dr(k)_j f'(z(k)_j)
 *   dC/dr(k)_i = sum_j dC/dz(k+1)_j W(k)_ij
 * Where the cost and the last activation pair, and the long way is not finite or
 * `combine` is on, dC/dz(K) is computed by the pairing's equation; where it is
 * not finite, the cost is too. */
void pass_backward(struct pass *pass, const struct network *network, const double *y);

/* Only the start of it: F3, B0 and B1 of layer K. For those who want just C. */
void pass_cost(struct pass *pass, const struct network *network, const double *y);

/* dC/dW(k)_ij, indices from 0. */
static inline double pass_dW(const struct pass *pass, const struct network *network, size_t k,
                             size_t i, size_t j) {
    return pass->dz[network->layers[k + 1].at + j] * pass->r[network->layers[k].at + i];
}

/* Entry (j, m) of the slope of layer k: f'(z_j) on the diagonal and 0 elsewhere,
 * or r_j (delta_jm - r_m) for softmax. Indices from 0. */
double pass_slope(const struct pass *pass, const struct network *network, size_t k, size_t j,
                  size_t m);

#endif
