/*
 * net/kernels_narrow.h - a whole sample of a network whose layers have at most 8
 * neurons (net/narrow.h), forward, backward and update. Included once by each code
 * path, after kernels_vector.h.
 *
 * A layer is a few registers. Forward, each sum waits for the one before, and what else there
 * is to do costs nothing beside that; backward the update is made as well. So W(k) lies turned,
 * [to][from], for k > 0: its rows serve B2 and the update as they are, and it is F1, which has
 * the time, that must turn them. W(0), through which no gradient goes back, lies as it is.
 *
 * A sum begins with its first product instead of 0, and 0 is added to its fourth, which need
 * not be waited for: the same bits, since with either no sum comes out as -0. `side` is a
 * constant wherever it is used.
 */

/* The vector of a layer. */
struct line {
    vec part[PARTS];
};

#define EACH_PART UNROLLED for (size_t p = 0; p < side / LANES; p++)

INLINE struct line load_line(const size_t side, const double *from) {
    struct line v = {{{0}}};
    EACH_PART {
        v.part[p] = load(from + p * LANES);
    }
    return v;
}

INLINE void store_line(const size_t side, double *to, struct line v) {
    EACH_PART {
        store(to + p * LANES, v.part[p]);
    }
}

INLINE void add_size(const size_t side, struct line *sizes, struct line v) {
    EACH_PART {
        sizes->part[p] += absolute(v.part[p]);
    }
}

/* Number n of it in every lane. */
INLINE vec spread_number(struct line v, const size_t n) {
    return spread_lane(v.part[n / LANES], n % LANES);
}

/* W(0) x, over the inputs that there are */
INLINE struct line first_sum(const size_t side, size_t from, const double *W, const double *x) {
    struct line sum = {{{0}}};
    for (size_t i = 0; i < from; i++) {
        vec xi = spread(x[i]);
        EACH_PART {
            sum.part[p] += load(W + i * side + p * LANES) * xi;
        }
    }
    return sum;
}

/* A sum with its n-th product, from 0 on. */
INLINE vec add_product(const size_t n, vec sum, vec product) {
    if (n == 3) {
        product += (vec){0};
    }
    return n == 0 ? product : sum + product;
}

/* What a sum over rows of W may do on its way: U, row n - lr (v_n r). */
struct step {
    double lr;
    struct line r;
};

/* Rows n ... n + 3 of sum_of_rows(). */
INLINE void add_rows(const size_t side, const size_t n, double *M, struct line v,
                     const struct step *step, struct line *sum) {
    UNROLLED for (size_t m = n; m < n + 4; m++) {
        vec vm = spread_number(v, m);
        EACH_PART {
            double *at = M + m * side + p * LANES;
            vec row = load(at);
            sum->part[p] = add_product(m, sum->part[p], vm * row);
            if (step) {
                store(at, row - step->lr * (vm * step->r.part[p]));
            }
        }
    }
}

/* sum_n v_n row n of M, for `count` rows; of 8 the last four are left out where there are
 * none of them */
INLINE struct line sum_of_rows(const size_t side, double *M, size_t count, struct line v,
                               const struct step *step) {
    struct line sum = {{{0}}};
    add_rows(side, 0, M, v, step, &sum);
    if (side > 4 && count > 4) {
        add_rows(side, 4, M, v, step, &sum);
    }
    return sum;
}

/* sum_n v_n column n of M, for its `count` rows */
INLINE struct line sum_of_columns(const size_t side, const double *M, size_t count, struct line v) {
    struct line sum = {{{0}}};
    UNROLLED for (size_t n = 0; n < side; n += LANES) {
        EACH_PART {
            if (p == 0 || p * LANES < count) {
                vec t[LANES];
                UNROLLED for (size_t j = 0; j < LANES; j++) {
                    t[j] = load(M + (p * LANES + j) * side + n);
                }
                turn(t);
                UNROLLED for (size_t l = 0; l < LANES; l++) {
                    sum.part[p] = add_product(n + l, sum.part[p], spread_number(v, n + l) * t[l]);
                }
            }
        }
    }
    return sum;
}

/* F1 of W(k) but for its bias, x being that of W(0). */
INLINE struct line narrow_sum(const size_t side, const struct narrow *narrow, size_t k,
                              const double *x, struct line r) {
    const struct narrow_layer *layer = &narrow->layers[k];
    const double *W = narrow_at(narrow, k).W;
    return k == 0 ? first_sum(side, layer->from, W, x) : sum_of_columns(side, W, layer->to, r);
}

/* The rest of F1, and F2: r of the layer after */
INLINE struct line narrow_forward(const size_t side, const struct narrow *narrow, size_t k,
                                  size_t s, struct line z) {
    const struct narrow_layer *layer = &narrow->layers[k];
    const struct layer *next = &narrow->network->layers[k + 1];
    struct narrow_place here = narrow_at(narrow, k), after = narrow_at(narrow, k + 1);
    EACH_PART {
        z.part[p] += load(here.b + p * LANES);
    }
    if (layer->bend == BEND_OTHER || k + 1 == narrow->network->K) {
        store_line(side, narrow->pass->z + next->at, z);
    }
    if (layer->bend == BEND_OTHER) {
        layer_activate(next, narrow->network, narrow->pass->z + next->at, after.r + s * side,
                       after.slope + s * side);
        return load_line(side, after.r + s * side);
    }
    struct line out = {{{0}}}, slope = {{{0}}};
    EACH_PART {
        bend_vec(layer->bend, narrow->network->step0, z.part[p], &out.part[p], &slope.part[p]);
    }
    store_line(side, after.r + s * side, out);
    if (layer->bend != BEND_LINEAR || k + 1 == narrow->network->K) {
        store_line(side, after.slope + s * side, slope);
    }
    return out;
}

/* F3, B0 and B1 of the last layer. */
INLINE struct line narrow_cost(const size_t side, const struct narrow *narrow, size_t s,
                               struct line r, const double *y, struct line *sizes) {
    const struct network *network = narrow->network;
    struct narrow_place here = narrow_at(narrow, network->K);
    if (narrow->half_squared) {
        struct line dz = {{{0}}};
        EACH_PART {
            vec dr = r.part[p] - load(here.W + p * LANES);
            sizes->part[p] += absolute(dr);
            dz.part[p] = dr * load(here.slope + s * side + p * LANES);
        }
        return dz;
    }
    struct pass *pass = narrow->pass;
    const struct layer *last = &network->layers[network->K];
    size_t bytes = last->n * sizeof(double);
    memcpy(pass->r + last->at, here.r + s * side, bytes);
    memcpy(pass->slope + last->at, here.slope + s * side, bytes);
    pass_cost(pass, network, y);
    sizes->part[0] += absolute(spread(pass->C));
    if (!pass->rescued) {
        add_size(side, sizes, load_line(side, pass->dr + last->at));
    }
    return load_line(side, pass->dz + last->at);
}

/* U of a row of numbers: w - lr (dz r) */
INLINE void narrow_step(const size_t side, double lr, double *row, struct line dz, vec r) {
    EACH_PART {
        store(row + p * LANES, load(row + p * LANES) - lr * (dz.part[p] * r));
    }
}

/* B2 through W(k), and where it moves, U of it: W_ij - lr (dz_j r_i) */
INLINE struct line narrow_back(const size_t side, const struct narrow *narrow, size_t k,
                               struct line dz, bool moves) {
    struct narrow_place here = narrow_at(narrow, k);
    size_t to = narrow->layers[k].to;
    if (!moves) {
        return sum_of_rows(side, here.W, to, dz, NULL);
    }
    struct step step = {narrow->lr, load_line(side, here.r)};
    return sum_of_rows(side, here.W, to, dz, &step);
}

/* B1: dz of layer k */
INLINE struct line narrow_dz(const size_t side, const struct narrow *narrow, size_t k, size_t s,
                             struct line dr) {
    if (narrow->layers[k - 1].bend != BEND_LINEAR) {
        struct line slope = load_line(side, narrow_at(narrow, k).slope + s * side);
        EACH_PART {
            dr.part[p] = dr.part[p] * slope.part[p];
        }
    }
    return dr;
}

/* U of W(0) for one sample: W_ij - lr (dz_j x_i) */
INLINE void narrow_update_first(const size_t side, const struct narrow *narrow, struct line dz,
                                const double *x) {
    double *W = narrow_at(narrow, 0).W;
    for (size_t i = 0; i < narrow->layers[0].from; i++) {
        narrow_step(side, narrow->lr, W + i * side, dz, spread(x[i]));
    }
}

/* W, b and r of a layer are asked for some layers before they are needed, since a deep
 * network does not lie near the processor. */
enum { LAYERS_AHEAD = 8 };

INLINE void ask_for_layer(const size_t side, const struct narrow *narrow, size_t k) {
    const double *at = narrow_at(narrow, k).W;
    UNROLLED for (size_t n = 0; n < side * side + 2 * side; n += 8) {
        __builtin_prefetch(at + n);
    }
}

INLINE void keep_y(const struct narrow *narrow, const double *y) {
    double *y_kept = narrow_at(narrow, narrow->network->K).W;
    for (size_t j = 0; j < narrow->feed.targets; j++) {
        y_kept[j] = y[j];
    }
}

/* Forward, then backward with the update, unless this is only to look. */
INLINE void narrow_sample(const size_t side, const struct narrow *narrow, size_t row,
                          struct line *sizes) {
    const struct feed_run *feed = &narrow->feed;
    const double *x = feed->x + row * feed->inputs, *y = feed->y + row * feed->targets;
    size_t K = narrow->network->K;
    keep_y(narrow, y);
    struct line r = {{{0}}};
    for (size_t k = 0; k < K; k++) {
        if (k + LAYERS_AHEAD < K) {
            ask_for_layer(side, narrow, k + LAYERS_AHEAD);
        }
        r = narrow_forward(side, narrow, k, 0, narrow_sum(side, narrow, k, x, r));
        add_size(side, sizes, r);
    }
    struct line dz = narrow_cost(side, narrow, 0, r, y, sizes);
    for (size_t k = K; k-- > 0;) {
        bool moves = narrow->layers[k].W_moves && !narrow->looking;
        if (k > LAYERS_AHEAD) {
            ask_for_layer(side, narrow, k - LAYERS_AHEAD);
        }
        add_size(side, sizes, dz);
        if (narrow->layers[k].b_moves && !narrow->looking) {
            narrow_step(side, narrow->lr, narrow_at(narrow, k).b, dz, spread(1));
        }
        if (k > 0) {
            dz = narrow_dz(side, narrow, k, 0, narrow_back(side, narrow, k, dz, moves));
        } else if (moves) {
            narrow_update_first(side, narrow, dz, x);
        }
    }
}
