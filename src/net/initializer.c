/*
 * net/initializer.c - the table of initializers.
 */
#include "net/initializer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"

enum { ASK_NUMBERS = 64 * 1024 };

/* Are we to stop? `more` numbers come next. */
static bool is_stopped(struct filling *filling, size_t more) {
    return ask_stop(&filling->ask, more, ASK_NUMBERS);
}

static enum status fill_normal(double *W, size_t from, size_t to, size_t stride, double deviation,
                               struct filling *filling) {
    for (size_t i = 0; i < from; i++) {
        if (is_stopped(filling, to)) {
            return STATUS_INTERRUPTED;
        }
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = deviation * random_normal(&filling->random);
        }
    }
    return STATUS_OK;
}

/* He et al. 2015: normal, variance 2/from */
static enum status he_fill(double *W, size_t from, size_t to, size_t stride, double value,
                           struct filling *filling) {
    (void)value;
    return fill_normal(W, from, to, stride, sqrt(2 / (double)from), filling);
}

/* Glorot and Bengio 2010: normal, variance 2/(from + to) */
static enum status xavier_fill(double *W, size_t from, size_t to, size_t stride, double value,
                               struct filling *filling) {
    (void)value;
    return fill_normal(W, from, to, stride, sqrt(2 / (double)(from + to)), filling);
}

/* LeCun et al. 1998: normal, variance 1/from */
static enum status lecun_fill(double *W, size_t from, size_t to, size_t stride, double value,
                              struct filling *filling) {
    (void)value;
    return fill_normal(W, from, to, stride, sqrt(1 / (double)from), filling);
}

/* normal with the given standard deviation */
static enum status normal_fill(double *W, size_t from, size_t to, size_t stride, double value,
                               struct filling *filling) {
    return fill_normal(W, from, to, stride, value, filling);
}

/* uniform on [-value, value) */
static enum status uniform_fill(double *W, size_t from, size_t to, size_t stride, double value,
                                struct filling *filling) {
    for (size_t i = 0; i < from; i++) {
        if (is_stopped(filling, to)) {
            return STATUS_INTERRUPTED;
        }
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = value * (2 * random_unit(&filling->random) - 1);
        }
    }
    return STATUS_OK;
}

static enum status constant_fill(double *W, size_t from, size_t to, size_t stride, double value,
                                 struct filling *filling) {
    for (size_t i = 0; i < from; i++) {
        if (is_stopped(filling, to)) {
            return STATUS_INTERRUPTED;
        }
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = value;
        }
    }
    return STATUS_OK;
}

/* 1 on the diagonal, 0 elsewhere */
static enum status identity_fill(double *W, size_t from, size_t to, size_t stride, double value,
                                 struct filling *filling) {
    (void)value;
    for (size_t i = 0; i < from; i++) {
        if (is_stopped(filling, to)) {
            return STATUS_INTERRUPTED;
        }
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = i == j ? 1 : 0;
        }
    }
    return STATUS_OK;
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
static enum status orthogonal_fill(double *W, size_t from, size_t to, size_t stride, double value,
                                   struct filling *filling) {
    (void)value;
    size_t vectors = from < to ? from : to;
    size_t length = from < to ? to : from;
    double *basis = memory_array(vectors * length, sizeof *basis);
    if (!basis) {
        return STATUS_MEMORY;
    }
    for (size_t v = 0; v < vectors; v++) {
        if (is_stopped(filling, v * length)) {
            free(basis);
            return STATUS_INTERRUPTED;
        }
        double *vector = basis + v * length;
        do {
            for (size_t i = 0; i < length; i++) {
                vector[i] = random_normal(&filling->random);
            }
        } while (!orthonormalize(vector, basis, v, length));
    }
    for (size_t i = 0; i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = from < to ? basis[i * length + j] : basis[j * length + i];
        }
    }
    free(basis);
    return STATUS_OK;
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

/* The block to be written from end to end: what others hold need not be copied. */
static double *write_anew(struct block **block) {
    if ((*block)->references > 1) {
        struct block *own = block_new((*block)->count);
        if (!own) {
            return NULL;
        }
        block_drop(*block);
        *block = own;
    }
    return (*block)->values;
}

enum status network_initialize(struct network *network, const struct initializer *initializer,
                               double value, uint64_t seed, bool (*stop)(void *context),
                               void *context) {
    struct filling filling = {.ask = {.stop = stop, .context = context}};
    random_seed(&filling.random, seed);
    for (size_t k = 0; k < network->K; k++) {
        struct layer *layer = &network->layers[k];
        size_t to = network->layers[k + 1].n;
        double *W = write_anew(&layer->W);
        double *b = write_anew(&layer->b);
        if (!W || !b) {
            return STATUS_MEMORY;
        }
        enum status status = initializer->fill(W, layer->n, to, layer->stride, value, &filling);
        if (status != STATUS_OK) {
            return status;
        }
        memset(b, 0, to * sizeof *b);
    }
    return STATUS_OK;
}
