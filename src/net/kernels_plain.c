/*
 * net/kernels_plain.c - the inner loops as a textbook has them. This is what the
 * sums of the engine mean; the other rows of the table must give the same bits.
 */
#include "kernels_rows.h"

static bool always(void) {
    return true;
}

/* The outer loop runs over i, so that each z_j grows by one product at a time, left
 * to right, while the inner loop runs along a row of W. */
static void forward(struct matrix m, const double *W, const double *b, const double *r, double *z) {
    for (size_t j = 0; j < m.to; j++) {
        z[j] = 0;
    }
    for (size_t i = 0; i < m.from; i++) {
        const double *row = W + i * m.stride;
        for (size_t j = 0; j < m.to; j++) {
            z[j] += row[j] * r[i];
        }
    }
    for (size_t j = 0; b && j < m.to; j++) {
        z[j] += b[j];
    }
}

static void backward(struct matrix m, const double *W, const double *dz, double *dr) {
    for (size_t i = 0; i < m.from; i++) {
        const double *row = W + i * m.stride;
        double sum = 0;
        for (size_t j = 0; j < m.to; j++) {
            sum += dz[j] * row[j];
        }
        dr[i] = sum;
    }
}

static void update(struct matrix m, double lr, double *W, const double *dz, const double *r) {
    for (size_t i = 0; i < m.from; i++) {
        double *row = W + i * m.stride;
        for (size_t j = 0; j < m.to; j++) {
            row[j] = row[j] - lr * (dz[j] * r[i]);
        }
    }
}

static void add_outer(struct matrix m, double *g, const double *dz, const double *r) {
    for (size_t i = 0; i < m.from; i++) {
        double *row = g + i * m.stride;
        for (size_t j = 0; j < m.to; j++) {
            row[j] += dz[j] * r[i];
        }
    }
}

const struct kernels kernels_plain = {
    .name = "plain",
    .supported = always,
    .forward = forward,
    .backward = backward,
    .update = update,
    .add_outer = add_outer,
};
