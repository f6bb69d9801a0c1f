/*
 * net/kernels_batch.h - the inner loops for many samples at once. Included once by
 * each code path, after kernels_body.h.
 *
 * All three are products of matrices, C_pv = sum_t a_pt b_tv, made in tiles of up to
 * 6 times TILE vectors that stay in registers while t goes by. Where t is cut into
 * stretches, to keep what is read in the cache nearest, the tiles are stored and
 * loaded again, so that each sum goes on in its order. Forward p is the sample, v
 * the neuron after and t that before; backward p is the neuron before, v the sample
 * and t the neuron after; for the gradient p and v are the neurons and t the sample.
 */

enum { STRETCH = 128, TILE_ROWS = 6 };

/* What becomes of a tile's sums. */
enum finish { KEEP, ADD_BIAS, STEP };

struct product {
    size_t rows, vectors, terms; /* how far p, v and t go; v in vectors */
    const double *a;             /* a_pt at p a_row + t a_term */
    const double *b;             /* b_tv at t b_term + v LANES */
    size_t b_term;
    double *C; /* C_pv at p C_row + v LANES */
    size_t C_row;
    bool fresh; /* the sums begin with 0, and not with what C holds */
    /* ADD_BIAS: these are added in the end */
    const double *bias;
    /* STEP: C is W, and the sum a gradient: W - lr (sum / count), or lr (sum inverse) */
    double lr, count, inverse;
};

/* One tile of `rows` by `vectors`, its corner at (p, v). */
INLINE void make_tile(const size_t rows, const size_t vectors, const enum finish finish,
                      const struct product *m, size_t a_row, size_t a_term, size_t p, size_t v) {
    vec sum[TILE_ROWS][TILE];
    double *C = m->C + p * m->C_row + v * LANES;
    UNROLLED for (size_t x = 0; x < rows; x++) {
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            bool begin = finish == STEP || m->fresh;
            sum[x][y] = begin ? (vec){0} : load(C + x * m->C_row + y * LANES);
        }
    }
    const double *a = m->a + p * a_row, *b = m->b + v * LANES;
    for (size_t t = 0; t < m->terms; t++) {
        vec bt[TILE];
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            bt[y] = load(b + y * LANES);
        }
        UNROLLED for (size_t x = 0; x < rows; x++) {
            vec ax = spread(a[x * a_row]);
            UNROLLED for (size_t y = 0; y < vectors; y++) {
                sum[x][y] += ax * bt[y];
            }
        }
        a += a_term;
        b += m->b_term;
    }
    UNROLLED for (size_t x = 0; x < rows; x++) {
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            double *to = C + x * m->C_row + y * LANES;
            vec value = sum[x][y];
            if (finish == ADD_BIAS && m->bias) {
                value += load(m->bias + (v + y) * LANES);
            } else if (finish == STEP) {
                vec g = m->inverse != 0 ? value * m->inverse : value / m->count;
                value = load(to) - m->lr * g;
            }
            store(to, value);
        }
    }
}

/* All tiles of a column of `vectors` vectors. */
INLINE void make_column(const size_t vectors, const enum finish finish, const struct product *m,
                        size_t a_row, size_t a_term, size_t v) {
    for (size_t p = 0, done; p < m->rows; p += done) {
        size_t left = m->rows - p;
        done = left >= 6 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
        if (done == 6) {
            make_tile(6, vectors, finish, m, a_row, a_term, p, v);
        } else if (done == 4) {
            make_tile(4, vectors, finish, m, a_row, a_term, p, v);
        } else if (done == 2) {
            make_tile(2, vectors, finish, m, a_row, a_term, p, v);
        } else {
            make_tile(1, vectors, finish, m, a_row, a_term, p, v);
        }
    }
}

INLINE void make_product(const enum finish finish, const struct product *m, size_t a_row,
                         size_t a_term) {
    for (size_t v = 0, done; v < m->vectors; v += done) {
        size_t left = m->vectors - v;
        done = left >= TILE ? TILE : left >= 2 ? 2 : 1;
        if (done == TILE) {
            make_column(TILE, finish, m, a_row, a_term, v);
        } else if (done == 2) {
            make_column(2, finish, m, a_row, a_term, v);
        } else {
            make_column(1, finish, m, a_row, a_term, v);
        }
    }
}

/* ---- the three products ---- */

static void batch_forward(struct matrix m, size_t count, const double *W, const double *b,
                          const double *R, size_t R_stride, double *Z, size_t Z_stride) {
    if (m.to < 8) {
        for (size_t s = 0; s < count; s++) {
            kernels_plain.forward(m, W, b, R + s * R_stride, Z + s * Z_stride);
        }
        return;
    }
    for (size_t t = 0; t < m.from; t += STRETCH) {
        struct product product = {.rows = count,
                                  .vectors = row_vectors(m),
                                  .terms = smaller(STRETCH, m.from - t),
                                  .a = R + t,
                                  .b = W + t * m.stride,
                                  .b_term = m.stride,
                                  .C = Z,
                                  .C_row = Z_stride,
                                  .fresh = t == 0,
                                  .bias = t + STRETCH >= m.from ? b : NULL};
        make_product(ADD_BIAS, &product, R_stride, 1);
    }
}

static void batch_backward(struct matrix m, size_t count, const double *W, const double *DZ,
                           double *DR, size_t stride) {
    for (size_t t = 0; t < m.to; t += STRETCH) {
        struct product product = {.rows = m.from,
                                  .vectors = (count + LANES - 1) / LANES,
                                  .terms = smaller(STRETCH, m.to - t),
                                  .a = W + t,
                                  .b = DZ + t * stride,
                                  .b_term = stride,
                                  .C = DR,
                                  .C_row = stride,
                                  .fresh = t == 0};
        make_product(KEEP, &product, m.stride, 1);
    }
}

/* sum_s dz_sj r_si */
static double batch_sum(size_t count, const double *dz, size_t DZ_stride, const double *r,
                        size_t R_stride, double sum) {
    for (size_t s = 0; s < count; s++) {
        sum += dz[s * DZ_stride] * r[s * R_stride];
    }
    return sum;
}

static void batch_update(struct matrix m, size_t count, double lr, double *W, const double *DZ,
                         size_t DZ_stride, const double *R, size_t R_stride) {
    for (size_t i = 0; m.to < 8 && i < m.from; i++) {
        for (size_t j = 0; j < m.to; j++) {
            double *w = W + i * m.stride + j;
            double sum = batch_sum(count, DZ + j, DZ_stride, R + i, R_stride, 0);
            *w = *w - lr * (sum / (double)count);
        }
    }
    if (m.to < 8) {
        return;
    }
    struct product product = {.rows = m.from,
                              .vectors = row_vectors(m),
                              .terms = count,
                              .a = R,
                              .b = DZ,
                              .b_term = DZ_stride,
                              .C = W,
                              .C_row = m.stride,
                              .lr = lr,
                              .count = (double)count,
                              /* exact, and so the same, for a power of 2 */
                              .inverse = (count & (count - 1)) == 0 ? 1 / (double)count : 0};
    make_product(STEP, &product, 1, R_stride);
}

static void batch_add(struct matrix m, size_t count, double *g, const double *DZ, size_t DZ_stride,
                      const double *R, size_t R_stride) {
    for (size_t i = 0; m.to < 8 && i < m.from; i++) {
        for (size_t j = 0; j < m.to; j++) {
            double *sum = g + i * m.stride + j;
            *sum = batch_sum(count, DZ + j, DZ_stride, R + i, R_stride, *sum);
        }
    }
    if (m.to >= 8) {
        struct product product = {.rows = m.from,
                                  .vectors = row_vectors(m),
                                  .terms = count,
                                  .a = R,
                                  .b = DZ,
                                  .b_term = DZ_stride,
                                  .C = g,
                                  .C_row = m.stride};
        make_product(KEEP, &product, 1, R_stride);
    }
}

static void transpose(size_t rows, size_t columns, const double *from, size_t from_stride,
                      double *to, size_t to_stride) {
    size_t whole_rows = rows / LANES * LANES, whole = columns / LANES * LANES;
    for (size_t i = 0; i < whole_rows; i += LANES) {
        for (size_t j = 0; j < whole; j += LANES) {
            vec t[LANES];
            UNROLLED for (size_t l = 0; l < LANES; l++) {
                t[l] = load(from + (i + l) * from_stride + j);
            }
            turn(t);
            UNROLLED for (size_t l = 0; l < LANES; l++) {
                store(to + (j + l) * to_stride + i, t[l]);
            }
        }
    }
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = i < whole_rows ? whole : 0; j < columns; j++) {
            to[j * to_stride + i] = from[i * from_stride + j];
        }
    }
}
