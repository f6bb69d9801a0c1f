/*
 * net/kernels_narrow.h - whole samples of a network whose layers have at most 8
 * neurons (net/narrow.h), forward, backward and update. Included once by each code
 * path, after kernels_vector.h.
 *
 * A layer is a few registers, and what takes time is that each sum waits for the one
 * before; so nothing stands between the layers, and an update is made beside the
 * sums of the next layer. `side` is a constant wherever it is used.
 *
 * Forward, a sum begins with its first product instead of 0, and 0 is added to the bias
 * at its end: the same bits, since with either no sum comes out as -0.
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

/* W(k) r, from registers; beyond the neurons that there are both are 0 */
INLINE struct line narrow_sum(const size_t side, const double *W, struct line r) {
    struct line sum = {{{0}}};
    UNROLLED for (size_t i = 0; i < side; i++) {
        vec ri = spread_number(r, i);
        EACH_PART {
            vec product = load(W + i * side + p * LANES) * ri;
            sum.part[p] = i == 0 ? product : sum.part[p] + product;
        }
    }
    return sum;
}

/* F1 and F2 of W(k): r of the layer after. For W(0) r is not looked at, but x. */
INLINE struct line narrow_forward(const size_t side, const struct narrow *narrow, size_t k,
                                  size_t s, const double *x, struct line r) {
    const struct narrow_layer *layer = &narrow->layers[k];
    const struct layer *next = &narrow->network->layers[k + 1];
    struct narrow_place here = narrow_at(narrow, k), after = narrow_at(narrow, k + 1);
    struct line z = k == 0 ? first_sum(side, layer->from, here.W, x) : narrow_sum(side, here.W, r);
    EACH_PART {
        z.part[p] += load(here.b + p * LANES) + (vec){0};
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
    store_line(side, after.slope + s * side, slope);
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

/* LANES terms of B2, from j on: columns of W, turned, times dz one by one. */
INLINE void narrow_terms(const size_t side, const double *W, struct line dz, const size_t j,
                         struct line *dr) {
    EACH_PART {
        vec t[LANES];
        UNROLLED for (size_t i = 0; i < LANES; i++) {
            t[i] = load(W + (p * LANES + i) * side + j);
        }
        turn(t);
        UNROLLED for (size_t l = 0; l < LANES; l++) {
            dr->part[p] += spread_number(dz, j + l) * t[l];
        }
    }
}

/* B2 through W(k), B1 of layer k */
INLINE struct line narrow_backward(const size_t side, const struct narrow *narrow, size_t k,
                                   size_t s, struct line dz) {
    struct narrow_place here = narrow_at(narrow, k);
    struct line dr = {{{0}}}, slope = load_line(side, here.slope + s * side);
    UNROLLED for (size_t j = 0; j < side; j += LANES) {
        if (j == 0 || j < narrow->layers[k].to) {
            narrow_terms(side, here.W, dz, j, &dr);
        }
    }
    EACH_PART {
        dr.part[p] = dr.part[p] * slope.part[p];
    }
    return dr;
}

/* U of one row: w - lr (dz r) */
INLINE void narrow_step(const size_t side, double lr, double *row, struct line dz, vec r) {
    EACH_PART {
        store(row + p * LANES, load(row + p * LANES) - lr * (dz.part[p] * r));
    }
}

/* U for one sample: W_ij - lr (dz_j r_i) and b_j - lr dz_j */
INLINE void narrow_update(const size_t side, const struct narrow *narrow, size_t k, struct line dz,
                          const double *r) {
    const struct narrow_layer *layer = &narrow->layers[k];
    struct narrow_place here = narrow_at(narrow, k);
    double lr = narrow->lr;
    if (layer->W_moves && layer->from == side) {
        UNROLLED for (size_t i = 0; i < side; i++) {
            narrow_step(side, lr, here.W + i * side, dz, spread(r[i]));
        }
    } else if (layer->W_moves) {
        for (size_t i = 0; i < layer->from; i++) {
            narrow_step(side, lr, here.W + i * side, dz, spread(r[i]));
        }
    }
    if (layer->b_moves) {
        narrow_step(side, lr, here.b, dz, spread(1));
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
        r = narrow_forward(side, narrow, k, 0, x, r);
        add_size(side, sizes, r);
    }
    struct line dz = narrow_cost(side, narrow, 0, r, y, sizes);
    for (size_t k = K; k-- > 0;) {
        struct line before = {{{0}}};
        add_size(side, sizes, dz);
        if (k > 0) {
            before = narrow_backward(side, narrow, k, 0, dz);
        }
        if (!narrow->looking) {
            narrow_update(side, narrow, k, dz, k > 0 ? narrow_at(narrow, k).r : x);
        }
        dz = before;
    }
}

/* ---- batches ---- */

/* F1 and F2 of W(k) for sample s, whose r of layer k is kept */
INLINE struct line kept_forward(const size_t side, const struct narrow *narrow, size_t k, size_t s,
                                struct line *sizes) {
    const double *r = narrow_at(narrow, k).r + s * side;
    struct line out = narrow_forward(side, narrow, k, s, r, load_line(side, r));
    add_size(side, sizes, out);
    return out;
}

/* Forward and backward for `count` samples from the n-th on. Layer by layer, so that the
 * sums of one sample need not wait for those of another; but what the costs need of the
 * last layer is kept of one sample only. */
INLINE void narrow_samples(const size_t side, const struct narrow *narrow, size_t n, size_t count,
                           struct line *sizes) {
    const struct feed_run *feed = &narrow->feed;
    size_t K = narrow->network->K;
    for (size_t s = 0; s < count; s++) {
        const double *x = feed->x + (feed_run_row(feed, n + s) - 1) * feed->inputs;
        for (size_t i = 0; i < feed->inputs; i++) {
            narrow_at(narrow, 0).r[s * side + i] = x[i];
        }
    }
    for (size_t k = 0; k + 1 < K; k++) {
        for (size_t s = 0; s < count; s++) {
            kept_forward(side, narrow, k, s, sizes);
        }
    }
    for (size_t s = 0; s < count; s++) {
        const double *y = feed->y + (feed_run_row(feed, n + s) - 1) * feed->targets;
        keep_y(narrow, y);
        struct line r = kept_forward(side, narrow, K - 1, s, sizes);
        struct line dz = narrow_cost(side, narrow, s, r, y, sizes);
        add_size(side, sizes, dz);
        store_line(side, narrow_at(narrow, K).dz + s * side, dz);
    }
    for (size_t k = K; --k > 0;) {
        for (size_t s = 0; s < count; s++) {
            struct line dz = load_line(side, narrow_at(narrow, k + 1).dz + s * side);
            dz = narrow_backward(side, narrow, k, s, dz);
            add_size(side, sizes, dz);
            store_line(side, narrow_at(narrow, k).dz + s * side, dz);
        }
    }
}

/* Where a batch stands: `count` samples are at hand, of `all`, and they may be its
 * first, its last, or both. */
struct narrow_stage {
    size_t count, all;
    bool first, last;
};

/* W or b of `rows` rows, r being r of the first of them, NULL for b:
 * g + sum_s dz_sj r_si, and with the last of the batch w - lr (g / all) */
INLINE void narrow_rows(const size_t side, const size_t rows, const struct narrow *narrow,
                        const struct narrow_stage *stage, const double *dz, const double *r,
                        double *g, double *w) {
    struct line sum[4];
    UNROLLED for (size_t i = 0; i < rows; i++) {
        sum[i] = (struct line){{{0}}};
        if (!stage->first) {
            sum[i] = load_line(side, g + i * side);
        }
    }
    for (size_t s = 0; s < stage->count; s++) {
        UNROLLED for (size_t i = 0; i < rows; i++) {
            vec ri = spread(r ? r[s * side + i] : 1);
            EACH_PART {
                sum[i].part[p] += load(dz + s * side + p * LANES) * ri;
            }
        }
    }
    double all = (double)stage->all;
    UNROLLED for (size_t i = 0; i < rows; i++) {
        if (stage->last) {
            EACH_PART {
                double *at = w + i * side + p * LANES;
                store(at, load(at) - narrow->lr * (sum[i].part[p] / all));
            }
        } else {
            store_line(side, g + i * side, sum[i]);
        }
    }
}

/* The rows of W(k) and its bias. Rows that are no neuron's may be changed too: their
 * r is 0. */
INLINE void narrow_gather(const size_t side, const struct narrow *narrow, size_t k,
                          const struct narrow_stage *stage) {
    const struct narrow_layer *layer = &narrow->layers[k];
    struct narrow_place here = narrow_at(narrow, k);
    const double *dz = narrow_at(narrow, k + 1).dz;
    for (size_t i = 0; i < layer->from && layer->W_moves; i += 4) {
        narrow_rows(side, 4, narrow, stage, dz, here.r + i, here.G + i * side, here.W + i * side);
    }
    if (layer->b_moves) {
        narrow_rows(side, 1, narrow, stage, dz, NULL, here.G + side * side, here.b);
    }
}

INLINE void narrow_run(const size_t side, struct narrow *narrow, size_t count) {
    struct line sizes = {{{0}}};
    for (size_t n = 0; n < count && !narrow->batched; n++) {
        narrow_sample(side, narrow, feed_run_row(&narrow->feed, n) - 1, &sizes);
    }
    for (size_t n = 0; n < count && narrow->batched; n += narrow->most) {
        size_t left = count - n, here = left < narrow->most ? left : narrow->most;
        narrow_samples(side, narrow, n, here, &sizes);
        struct narrow_stage stage = {here, count, n == 0, here == left};
        for (size_t k = 0; k < narrow->network->K; k++) {
            narrow_gather(side, narrow, k, &stage);
        }
    }
    EACH_PART {
        for (size_t l = 0; l < LANES; l++) {
            narrow->sizes += sizes.part[p][l];
        }
    }
}

static void narrow(struct narrow *narrow, size_t count) {
    if (LANES <= 4 && narrow->side == 4) {
        narrow_run(LANES <= 4 ? 4 : 8, narrow, count);
    } else {
        narrow_run(8, narrow, count);
    }
}
