/*
 * net/underflow.c - what became too small for a number, and where that began.
 *
 * Below the smallest normal number, 2^-1022, digits are lost, and below 2^-1074 all of
 * them. A sum underflows where it is that small and one of its products, of factors that
 * are not 0, is: a 0 from a dead ReLU, or from terms that cancel, is a true 0.
 */
#include <float.h>
#include <math.h>

#include "net/activation.h"
#include "net/cache.h"
#include "net/train.h"

static bool is_tiny(double value) {
    return fabs(value) < DBL_MIN;
}

/* Is a b too small, though neither is 0? */
static bool is_lost(double a, double b) {
    return a != 0 && b != 0 && is_tiny(a * b);
}

/* The smallest magnitude that is not 0; infinite where all are 0. */
static double least(const double *v, size_t count) {
    double least = INFINITY;
    for (size_t n = 0; n < count; n++) {
        double size = fabs(v[n]);
        least = size > 0 && size < least ? size : least;
    }
    return least;
}

struct pursuit {
    const struct network *network;
    const struct pass *pass;
    struct fault *fault;
};

static bool caught(struct pursuit *p, double value, const char *name, size_t layer, size_t i,
                   size_t j) {
    fault_set(p->fault, value, name, layer, i, j);
    return true;
}

/* Is r_j = f(z_j) too small? Straight pieces and kinks have true zeros, other curves only
 * at 0, and the shares of a whole layer none. */
static bool is_lost_output(const struct activation *f, double z, double r) {
    bool has_zeros = f->bend != BEND_OTHER || f->kink;
    return is_tiny(r) && (f->layer || !is_tiny(z)) && !(r == 0 && has_zeros);
}

/* z_j = sum_i W_ij r_i + b_j, and r_j = f(z_j), from layer 1 on */
static bool caught_forward(struct pursuit *p) {
    for (size_t k = 1; k <= p->network->K; k++) {
        const struct layer *before = &p->network->layers[k - 1], *layer = before + 1;
        const double *W = network_W(p->network, k - 1), *from = p->pass->r + before->at;
        const double *z = p->pass->z + layer->at, *r = p->pass->r + layer->at;
        for (size_t j = 0; j < layer->n; j++) {
            for (size_t i = 0; is_tiny(z[j]) && i < before->n; i++) {
                if (is_lost(W[i * before->stride + j], from[i])) {
                    return caught(p, z[j], "z", k, j + 1, 0);
                }
            }
            if (is_lost_output(layer->activation, z[j], r[j])) {
                return caught(p, r[j], "r", k, j + 1, 0);
            }
        }
    }
    return false;
}

/* dr_i = sum_j dz_j W_ij, j of the layer after */
static bool caught_sum(struct pursuit *p, size_t k) {
    const struct layer *layer = &p->network->layers[k], *after = layer + 1;
    const double *W = network_W(p->network, k), *dz = p->pass->dz + after->at;
    for (size_t i = 0; i < layer->n; i++) {
        double dr = p->pass->dr[layer->at + i];
        for (size_t j = 0; is_tiny(dr) && j < after->n; j++) {
            if (is_lost(dz[j], W[i * layer->stride + j])) {
                return caught(p, dr, "dr", k, i + 1, 0);
            }
        }
    }
    return false;
}

/* dz_j = dr_j f'(z_j) */
static bool caught_product(struct pursuit *p, size_t k) {
    const struct layer *layer = &p->network->layers[k];
    const struct pass *pass = p->pass;
    bool elementwise = !layer->activation->layer && !(k == p->network->K && pass->collapsed);
    for (size_t j = layer->at; elementwise && j < layer->at + layer->n; j++) {
        if (is_lost(pass->dr[j], pass->slope[j])) {
            return caught(p, pass->dz[j], "dz", k, j - layer->at + 1, 0);
        }
    }
    return false;
}

/* dW_ij = dz_j r_i, of layers k and k + 1; looked at where the smallest product is tiny */
static bool caught_outer(struct pursuit *p, size_t k) {
    const struct layer *layer = &p->network->layers[k], *after = layer + 1;
    const double *r = p->pass->r + layer->at, *dz = p->pass->dz + after->at;
    if (!is_lost(least(r, layer->n), least(dz, after->n))) {
        return false;
    }
    for (size_t i = 0; i < layer->n; i++) {
        for (size_t j = 0; j < after->n; j++) {
            if (is_lost(dz[j], r[i])) {
                return caught(p, dz[j] * r[i], "dW", k, i + 1, j + 1);
            }
        }
    }
    return false;
}

/* From the last layer to the first: B1, B3, B2 */
static bool caught_backward(struct pursuit *p) {
    for (size_t k = p->network->K; k > 0; k--) {
        if (caught_product(p, k) || caught_outer(p, k - 1) || caught_sum(p, k - 1)) {
            return true;
        }
    }
    return false;
}

bool model_find_underflow(const struct model *model, struct fault *fault) {
    struct cache *cache = model->cache;
    if (!cache->underflow_known) {
        cache->underflow = (struct fault){.sample = 0};
        struct pursuit p = {&model->network, &model->pass, &cache->underflow};
        cache->underflows = caught_forward(&p) || caught_backward(&p);
        cache->underflow_known = model->stale == MODEL_FRESH;
    }
    *fault = cache->underflow;
    return cache->underflows;
}
