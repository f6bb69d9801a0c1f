/*
 * net/kernels_narrow.h - whole samples of a network whose layers have at most 8
 * neurons (net/narrow.h), forward, backward and update. Included once by each code
 * path, after kernels_vector.h.
 *
 * All that a sample needs of a layer is in a few registers, and what takes time is
 * that each sum waits for the one before; so nothing stands between the layers.
 */

/* A vector of 8 numbers. */
struct eight {
    vec part[PARTS];
};

INLINE struct eight load8(const double *from) {
    struct eight v;
    UNROLLED for (size_t p = 0; p < PARTS; p++) {
        v.part[p] = load(from + p * LANES);
    }
    return v;
}

INLINE void store8(double *to, struct eight v) {
    UNROLLED for (size_t p = 0; p < PARTS; p++) {
        store(to + p * LANES, v.part[p]);
    }
}

INLINE void add_size8(struct eight *sizes, struct eight v) {
    UNROLLED for (size_t p = 0; p < PARTS; p++) {
        sizes->part[p] += absolute(v.part[p]);
    }
}

/* sum_n s_n v_n over `count` rows of 8, from left to right */
INLINE struct eight sum_rows(size_t count, const double *s, const double *rows) {
    struct eight sum = {{{0}}};
#define ADD_ROW(n)                                                                                 \
    UNROLLED for (size_t p = 0; p < PARTS; p++) {                                                  \
        sum.part[p] += load(rows + (n)*8 + p * LANES) * s[n];                                      \
    }
    if (count == 8) {
        UNROLLED for (size_t n = 0; n < 8; n++) {
            ADD_ROW(n)
        }
    } else {
        for (size_t n = 0; n < count; n++) {
            ADD_ROW(n)
        }
    }
#undef ADD_ROW
    return sum;
}

/* F1 and F2 of one layer. */
INLINE struct eight narrow_forward(const struct narrow *narrow, size_t k, const double *r) {
    const struct narrow_layer *layer = &narrow->layers[k];
    const struct pass *pass = narrow->pass;
    double *z = pass->z + 8 * (k + 1), *next = pass->r + 8 * (k + 1);
    double *slope = pass->slope + 8 * (k + 1);
    struct eight sum = sum_rows(layer->from, r, layer->W), out, s;
    if (narrow->network->bias) {
        UNROLLED for (size_t p = 0; p < PARTS; p++) {
            sum.part[p] += load(layer->b + p * LANES);
        }
    }
    if (layer->bend == BEND_OTHER) {
        store8(z, sum);
        layer_activate(&narrow->network->layers[k + 1], narrow->network, z, next, slope);
        return load8(next);
    }
    UNROLLED for (size_t p = 0; p < PARTS; p++) {
        bend_vec(layer->bend, narrow->network->step0, sum.part[p], &out.part[p], &s.part[p]);
    }
    store8(next, out);
    store8(slope, s);
    store8(z, sum);
    return out;
}

/* B2: the columns of W, turned, times dz one by one. */
INLINE struct eight narrow_backward(const double *W, const double *dz) {
    struct eight sum = {{{0}}};
    UNROLLED for (size_t j = 0; j < 8; j += LANES) {
        UNROLLED for (size_t p = 0; p < PARTS; p++) {
            vec t[LANES];
            UNROLLED for (size_t i = 0; i < LANES; i++) {
                t[i] = load(W + (p * LANES + i) * 8 + j);
            }
            turn(t);
            UNROLLED for (size_t l = 0; l < LANES; l++) {
                sum.part[p] += dz[j + l] * t[l];
            }
        }
    }
    return sum;
}

/* U: W_ij - lr (dz_j r_i) and b_j - lr dz_j */
INLINE void narrow_update(const struct narrow *narrow, const struct narrow_layer *layer,
                          struct eight dz, const double *r) {
    double lr = narrow->lr;
    for (size_t i = 0; i < layer->from && layer->W_moves; i++) {
        UNROLLED for (size_t p = 0; p < PARTS; p++) {
            double *row = layer->W + 8 * i + p * LANES;
            store(row, load(row) - lr * (dz.part[p] * r[i]));
        }
    }
    if (layer->b_moves) {
        UNROLLED for (size_t p = 0; p < PARTS; p++) {
            double *b = layer->b + p * LANES;
            store(b, load(b) - lr * dz.part[p]);
        }
    }
}

/* F3, B0 and B1 of the last layer. */
INLINE struct eight narrow_cost(const struct narrow *narrow, const double *y, double *size) {
    const struct network *network = narrow->network;
    struct pass *pass = narrow->pass;
    size_t K = network->K, n = network->layers[K].n;
    double *dr = pass->dr + 8 * K, *dz = pass->dz + 8 * K;
    if (narrow->half_squared) {
        for (size_t j = 0; j < n; j++) {
            dr[j] = pass->r[8 * K + j] - y[j];
            dz[j] = dr[j] * pass->slope[8 * K + j];
            *size += dr[j] < 0 ? -dr[j] : dr[j];
        }
        return load8(dz);
    }
    pass_cost(pass, network, y);
    *size += pass->C < 0 ? -pass->C : pass->C;
    for (size_t j = 0; j < n && !pass->rescued; j++) {
        *size += dr[j] < 0 ? -dr[j] : dr[j];
    }
    return load8(dz);
}

static void narrow(struct narrow *narrow, size_t count) {
    const struct feed_run *feed = &narrow->feed;
    const struct pass *pass = narrow->pass;
    size_t K = narrow->network->K;
    struct eight sizes = {{{0}}};
    double size = 0;
    for (size_t n = 0; n < count; n++) {
        size_t row = feed_run_row(feed, n) - 1;
        const double *x = feed->x + row * feed->inputs;
        for (size_t i = 0; i < feed->inputs; i++) {
            pass->r[i] = x[i];
        }
        add_size8(&sizes, load8(pass->r));
        for (size_t k = 0; k < K; k++) {
            add_size8(&sizes, narrow_forward(narrow, k, pass->r + 8 * k));
        }
        struct eight dz = narrow_cost(narrow, feed->y + row * feed->targets, &size);
        add_size8(&sizes, dz);
        for (size_t k = K; k-- > 0;) {
            const struct narrow_layer *layer = &narrow->layers[k];
            struct eight dr = {{{0}}};
            if (k > 0) {
                dr = narrow_backward(layer->W, pass->dz + 8 * (k + 1));
            }
            narrow_update(narrow, layer, dz, pass->r + 8 * k);
            if (k > 0) {
                struct eight slope = load8(pass->slope + 8 * k);
                UNROLLED for (size_t p = 0; p < PARTS; p++) {
                    dz.part[p] = dr.part[p] * slope.part[p];
                }
                store8(pass->dz + 8 * k, dz);
                add_size8(&sizes, dz);
            }
        }
    }
    UNROLLED for (size_t p = 0; p < PARTS; p++) {
        for (size_t l = 0; l < LANES; l++) {
            size += sizes.part[p][l];
        }
    }
    narrow->sizes += size;
}
