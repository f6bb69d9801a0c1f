/*
 * net/kernels_narrow_batch.h - batches of a network whose layers have at most 8 neurons
 * (net/narrow.h), and the choice between them and samples one by one. Included once by
 * each code path, after kernels_narrow.h.
 */

/* W(k) as its sums want it, a row for each neuron of layer k. It is turned once for all
 * samples. */
INLINE double *narrow_W(const size_t side, const struct narrow *narrow, size_t k, double *turned) {
    double *W = narrow_at(narrow, k).W;
    if (k == 0) {
        return W;
    }
    transpose(side, side, W, side, turned, side);
    return turned;
}

/* F1 and F2 of W(k) for sample s, whose r of layer k is kept */
INLINE struct line kept_forward(const size_t side, const struct narrow *narrow, size_t k, size_t s,
                                double *W, struct line *sizes) {
    size_t from = narrow->layers[k].from;
    const double *r = narrow_at(narrow, k).r + s * side;
    struct line z =
        k == 0 ? first_sum(side, from, W, r) : sum_of_rows(side, W, from, load_line(side, r), NULL);
    struct line out = narrow_forward(side, narrow, k, s, z);
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
    _Alignas(BLOCK_ALIGNMENT) double turned[NARROW_WIDTH * NARROW_WIDTH];
    for (size_t s = 0; s < count; s++) {
        const double *x = feed->x + (feed_run_row(feed, n + s) - 1) * feed->inputs;
        for (size_t i = 0; i < feed->inputs; i++) {
            narrow_at(narrow, 0).r[s * side + i] = x[i];
        }
    }
    for (size_t k = 0; k + 1 < K; k++) {
        double *W = narrow_W(side, narrow, k, turned);
        for (size_t s = 0; s < count; s++) {
            kept_forward(side, narrow, k, s, W, sizes);
        }
    }
    double *W = narrow_W(side, narrow, K - 1, turned);
    for (size_t s = 0; s < count; s++) {
        const double *y = feed->y + (feed_run_row(feed, n + s) - 1) * feed->targets;
        keep_y(narrow, y);
        struct line r = kept_forward(side, narrow, K - 1, s, W, sizes);
        struct line dz = narrow_cost(side, narrow, s, r, y, sizes);
        add_size(side, sizes, dz);
        store_line(side, narrow_at(narrow, K).dz + s * side, dz);
    }
    for (size_t k = K; --k > 0;) {
        for (size_t s = 0; s < count; s++) {
            struct line dz = load_line(side, narrow_at(narrow, k + 1).dz + s * side);
            dz = narrow_dz(side, narrow, k, s, narrow_back(side, narrow, k, dz, false));
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

/* `rows` rows of W or b: g + sum_s u_s v_s, v being the line that lies along a row, and u the
 * number of each row, of the first of them on; NULL for 1. With the last of the batch
 * w - lr (g / all). */
INLINE void narrow_rows(const size_t side, const size_t rows, const struct narrow *narrow,
                        const struct narrow_stage *stage, const double *u, const double *v,
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
            vec us = spread(u ? u[s * side + i] : 1);
            EACH_PART {
                sum[i].part[p] += load(v + s * side + p * LANES) * us;
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

/* W(k) and its bias: W(0) has a row for each neuron before, the others one for each after. */
INLINE void narrow_gather(const size_t side, const struct narrow *narrow, size_t k,
                          const struct narrow_stage *stage) {
    const struct narrow_layer *layer = &narrow->layers[k];
    struct narrow_place here = narrow_at(narrow, k);
    const double *dz = narrow_at(narrow, k + 1).dz;
    const double *u = k == 0 ? here.r : dz, *v = k == 0 ? dz : here.r;
    size_t rows = !layer->W_moves ? 0 : k == 0 ? layer->from : layer->to, i = 0;
    for (; i + 4 <= rows; i += 4) {
        narrow_rows(side, 4, narrow, stage, u + i, v, here.G + i * side, here.W + i * side);
    }
    for (; i < rows; i++) {
        narrow_rows(side, 1, narrow, stage, u + i, v, here.G + i * side, here.W + i * side);
    }
    if (layer->b_moves) {
        narrow_rows(side, 1, narrow, stage, NULL, dz, here.G + side * side, here.b);
    }
}

/* ---- samples one by one, or batches ---- */

/* Of `narrow` a copy is worked with, which no store can change: the compiler keeps it in
 * registers. */
INLINE double narrow_run(const size_t side, struct narrow copy, size_t count) {
    const struct narrow *narrow = &copy;
    copy.side = side;
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
    double sum = 0;
    EACH_PART {
        for (size_t l = 0; l < LANES; l++) {
            sum += sizes.part[p][l];
        }
    }
    return sum;
}

static void narrow(struct narrow *narrow, size_t count) {
    if (LANES <= 4 && narrow->side == 4) {
        narrow->sizes += narrow_run(LANES <= 4 ? 4 : 8, *narrow, count);
    } else {
        narrow->sizes += narrow_run(8, *narrow, count);
    }
}
