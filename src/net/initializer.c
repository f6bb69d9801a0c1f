/*
 * net/initializer.c - the table of initializers.
 */
#include "net/initializer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"

static void fill_normal(double *W, size_t from, size_t to, size_t stride, double deviation,
                        struct random *random) {
    for (size_t i = 0; i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = deviation * random_normal(random);
        }
    }
}

/* He et al. 2015: normal, variance 2/from */
static bool he_fill(double *W, size_t from, size_t to, size_t stride, double value,
                    struct random *random) {
    (void)value;
    fill_normal(W, from, to, stride, sqrt(2 / (double)from), random);
    return true;
}

/* Glorot and Bengio 2010: normal, variance 2/(from + to) */
static bool xavier_fill(double *W, size_t from, size_t to, size_t stride, double value,
                        struct random *random) {
    (void)value;
    fill_normal(W, from, to, stride, sqrt(2 / (double)(from + to)), random);
    return true;
}

/* LeCun et al. 1998: normal, variance 1/from */
static bool lecun_fill(double *W, size_t from, size_t to, size_t stride, double value,
                       struct random *random) {
    (void)value;
    fill_normal(W, from, to, stride, sqrt(1 / (double)from), random);
    return true;
}

/* normal with the given standard deviation */
static bool normal_fill(double *W, size_t from, size_t to, size_t stride, double value,
                        struct random *random) {
    fill_normal(W, from, to, stride, value, random);
    return true;
}

/* uniform on [-value, value) */
static bool uniform_fill(double *W, size_t from, size_t to, size_t stride, double value,
                         struct random *random) {
    for (size_t i = 0; i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = value * (2 * random_unit(random) - 1);
        }
    }
    return true;
}

static bool constant_fill(double *W, size_t from, size_t to, size_t stride, double value,
                          struct random *random) {
    (void)random;
    for (size_t i = 0; i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = value;
        }
    }
    return true;
}

/* 1 on the diagonal, 0 elsewhere */
static bool identity_fill(double *W, size_t from, size_t to, size_t stride, double value,
                          struct random *random) {
    (void)value;
    (void)random;
    for (size_t i = 0; i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = i == j ? 1 : 0;
        }
    }
    return true;
}

/* sum_i u_i v_i, in LANES interleaved sums, which are added in the end: a sum waits
 * for the one before it, and here there are many. */
static double dot(const double *u, const double *v, size_t length) {
    enum { LANES = 8 };
    double lane[LANES] = {0};
    size_t whole = length / LANES * LANES;
    for (size_t i = 0; i < whole; i += LANES) {
        for (size_t n = 0; n < LANES; n++) {
            lane[n] += u[i + n] * v[i + n];
        }
    }
    double sum = 0;
    for (size_t n = 0; n < LANES; n++) {
        sum += lane[n];
    }
    for (size_t i = whole; i < length; i++) {
        sum += u[i] * v[i];
    }
    return sum;
}

/* Subtract from v its shares along the `done` unit vectors before it, twice (once
 * leaves rounding errors behind), and make it a unit vector. False where nothing
 * was left of it. */
static bool orthonormalize(double *v, const double *before, size_t done, size_t length) {
    for (int pass = 0; pass < 2; pass++) {
        for (size_t d = 0; d < done; d++) {
            const double *u = before + d * length;
            double share = dot(u, v, length);
            for (size_t i = 0; i < length; i++) {
                v[i] -= share * u[i];
            }
        }
    }
    double norm = sqrt(dot(v, v, length));
    if (norm <= 1e-12) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        v[i] /= norm;
    }
    return true;
}

/* Saxe et al. 2014: orthonormal rows (or columns, whichever are fewer), by
 * Gram-Schmidt on normal vectors */
static bool orthogonal_fill(double *W, size_t from, size_t to, size_t stride, double value,
                            struct random *random) {
    (void)value;
    size_t vectors = from < to ? from : to;
    size_t length = from < to ? to : from;
    double *basis = memory_array(vectors * length, sizeof *basis);
    if (!basis) {
        return false;
    }
    for (size_t v = 0; v < vectors; v++) {
        double *vector = basis + v * length;
        do {
            for (size_t i = 0; i < length; i++) {
                vector[i] = random_normal(random);
            }
        } while (!orthonormalize(vector, basis, v, length));
    }
    for (size_t i = 0; i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = from < to ? basis[i * length + j] : basis[j * length + i];
        }
    }
    free(basis);
    return true;
}

/* Each vector with each before it, twice two products a number. */
static double orthogonal_effort(size_t from, size_t to) {
    double vectors = (double)(from < to ? from : to), length = (double)(from < to ? to : from);
    return 2 * vectors * vectors * length;
}

static const struct initializer initializers[] = {
    {"he", "normal, variance 2/inputs; for ReLU", false, 0, he_fill, NULL},
    {"xavier", "normal, variance 2/(inputs + outputs); for sigmoid and tanh", false, 0, xavier_fill,
     NULL},
    {"lecun", "normal, variance 1/inputs", false, 0, lecun_fill, NULL},
    {"uniform", "uniform between -A and A (0.5 unless given)", true, 0.5, uniform_fill, NULL},
    {"normal", "normal with deviation D (0.1 unless given)", true, 0.1, normal_fill, NULL},
    {"constant", "every weight the same (0.5 unless given)", true, 0.5, constant_fill, NULL},
    {"identity", "1 on the diagonal, 0 elsewhere", false, 0, identity_fill, NULL},
    {"orthogonal", "orthonormal rows or columns", false, 0, orthogonal_fill, orthogonal_effort},
};

const struct initializer *initializer_at(size_t index) {
    return TABLE_AT(initializers, index);
}

const struct initializer *initializer_named(const char *name) {
    return TABLE_NAMED(initializers, name);
}

enum status network_initialize(struct network *network, const struct initializer *initializer,
                               double value, uint64_t seed) {
    struct random random;
    random_seed(&random, seed);
    for (size_t k = 0; k < network->K; k++) {
        struct layer *layer = &network->layers[k];
        size_t to = network->layers[k + 1].n;
        double *W = block_own(&layer->W);
        double *b = block_own(&layer->b);
        if (!W || !b || !initializer->fill(W, layer->n, to, layer->stride, value, &random)) {
            return STATUS_MEMORY;
        }
        memset(b, 0, to * sizeof *b);
    }
    return STATUS_OK;
}
