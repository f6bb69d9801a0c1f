/*
 * net/kernels_body.h - the inner loops for one sample in vectors of LANES doubles.
 * Included once by each code path, after kernels_vector.h.
 *
 * A lane is a sum of its own: forward the lanes are neurons of the layer after,
 * backward neurons of the layer before, for which blocks of W are turned in
 * registers. So each sum is still that of net/kernels_plain.c. Layers of fewer than
 * 8 outputs, whose rows are not padded, are left to plain loops.
 */

/* Vectors along a padded row. */
INLINE size_t row_vectors(struct matrix m) {
    return (m.to + 7) / 8 * PARTS;
}

INLINE size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* sum_n |v_n| */
static double sizes(size_t count, const double *v) {
    enum { SUMS = 4 };
    vec sum[SUMS] = {{0}};
    size_t n = 0;
    for (; n + SUMS * LANES <= count; n += SUMS * LANES) {
        UNROLLED for (size_t s = 0; s < SUMS; s++) {
            sum[s] += absolute(load(v + n + s * LANES));
        }
    }
    sum[0] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    double all = 0;
    for (size_t l = 0; l < LANES; l++) {
        all += sum[0][l];
    }
    for (; n < count; n++) {
        all += v[n] < 0 ? -v[n] : v[n];
    }
    return all;
}

/* ---- F1 ---- */

/* `count` vectors of outputs stay in registers while all rows of W go by. */
INLINE void forward_columns(const size_t count, struct matrix m, const double *W, const double *r,
                            double *z) {
    vec sum[COLUMNS];
    UNROLLED for (size_t v = 0; v < count; v++) {
        sum[v] = (vec){0};
    }
    for (size_t i = 0; i < m.from; i++) {
        vec ri = spread(r[i]);
        UNROLLED for (size_t v = 0; v < count; v++) {
            sum[v] += load(W + v * LANES) * ri;
        }
        W += m.stride;
    }
    UNROLLED for (size_t v = 0; v < count; v++) {
        store(z + v * LANES, sum[v]);
    }
}

static void forward_few(struct matrix m, const double *W, const double *r, double *z) {
    for (size_t left = row_vectors(m), done; left > 0; left -= done) {
        done = left >= COLUMNS ? COLUMNS : left >= 4 ? 4 : left >= 2 ? 2 : 1;
        if (done == COLUMNS) {
            forward_columns(COLUMNS, m, W, r, z);
        } else if (done == 4) {
            forward_columns(4, m, W, r, z);
        } else if (done == 2) {
            forward_columns(2, m, W, r, z);
        } else {
            forward_columns(1, m, W, r, z);
        }
        W += done * LANES;
        z += done * LANES;
    }
}

/* Vector v of forward_rows(). */
INLINE void forward_vector(const size_t rows, size_t v, size_t stride, double lr, const double *W,
                           double *after, const double *dz, const vec past[8], const vec r[8],
                           double *z) {
    vec sum = load(z + v * LANES), dzv = after ? load(dz + v * LANES) : sum;
    UNROLLED for (size_t i = 0; i < rows; i++) {
        size_t at = i * stride + v * LANES;
        vec w = load(W + at);
        if (after) {
            w = w - lr * (dzv * past[i]);
            store(after + at, w);
        }
        sum += w * r[i];
    }
    store(z + v * LANES, sum);
}

/* `rows` rows of W at a time, each from end to end, on top of what z holds. Where `dz`
 * is given they are updated first, with the sample before: W_ij - lr (dz_j past_i), and
 * the rows after the next ones are called for. */
INLINE void forward_rows(const size_t rows, size_t vectors, size_t stride, double lr,
                         const double *W, double *after, const double *dz, const double *past,
                         const double *r, double *z) {
    vec ri[8], past_i[8];
    UNROLLED for (size_t i = 0; i < rows; i++) {
        ri[i] = spread(r[i]);
        past_i[i] = after ? spread(past[i]) : ri[i];
    }
    for (size_t v = 0; v < vectors; v += PARTS) {
        if (after) {
            UNROLLED for (size_t i = 0; i < rows; i++) {
                __builtin_prefetch(W + (2 * rows + i) * stride + v * LANES);
            }
        }
        UNROLLED for (size_t part = 0; part < PARTS; part++) {
            forward_vector(rows, v + part, stride, lr, W, after, dz, past_i, ri, z);
        }
    }
}

/* All rows; after, dz and past are NULL where there is no update. */
INLINE void forward_sweep(const size_t rows, struct matrix m, double lr, const double *W,
                          double *after, const double *dz, const double *past, const double *r,
                          double *z) {
    size_t vectors = row_vectors(m), i = 0, at = 0;
    memset(z, 0, vectors * sizeof(vec));
    for (; i + rows <= m.from; i += rows, at += rows * m.stride) {
        forward_rows(rows, vectors, m.stride, lr, W + at, after ? after + at : NULL, dz,
                     after ? past + i : NULL, r + i, z);
    }
    for (; i < m.from; i++, at += m.stride) {
        forward_rows(1, vectors, m.stride, lr, W + at, after ? after + at : NULL, dz,
                     after ? past + i : NULL, r + i, z);
    }
}

static void add_bias(struct matrix m, const double *b, double *z) {
    for (size_t v = 0; b && v < row_vectors(m); v++) {
        store(z + v * LANES, load(z + v * LANES) + load(b + v * LANES));
    }
}

static void forward(struct matrix m, const double *W, const double *b, const double *r, double *z) {
    if (m.to < 8) {
        kernels_plain.forward(m, W, b, r, z);
        return;
    }
    if (row_vectors(m) <= COLUMNS) {
        forward_few(m, W, r, z);
    } else {
        forward_sweep(ROWS, m, 0, W, NULL, NULL, NULL, r, z);
    }
    add_bias(m, b, z);
}

static void update_forward(struct matrix m, double lr, double *W, const double *b, const double *dz,
                           const double *past, const double *r, double *z) {
    if (m.to < 8) {
        kernels_plain.update(m, lr, W, dz, past);
        kernels_plain.forward(m, W, b, r, z);
        return;
    }
    forward_sweep(ROWS / 2, m, lr, W, W, dz, past, r, z);
    add_bias(m, b, z);
}

/* ---- F2 ---- */

static void bend(enum bend bend, double step0, size_t n, const double *z, double *r,
                 double *slope) {
    for (size_t j = 0; j < n; j += LANES) {
        vec rj, slope_j;
        bend_vec(bend, step0, load(z + j), &rj, &slope_j);
        store(r + j, rj);
        store(slope + j, slope_j);
    }
}

/* ---- B2 and U ---- */

/* One row of W, or of a gradient, along its `to` numbers and no further. */
INLINE void update_row(size_t to, double lr, double *row, const double *dz, double r) {
    size_t j = 0;
    for (; j + LANES <= to; j += LANES) {
        store(row + j, load(row + j) - lr * (load(dz + j) * r));
    }
    for (; j < to; j++) {
        row[j] = row[j] - lr * (dz[j] * r);
    }
}

static void update(struct matrix m, double lr, double *W, const double *dz, const double *r) {
    for (size_t i = 0; i < m.from; i++) {
        update_row(m.to, lr, W + i * m.stride, dz, r[i]);
    }
}

static void add_outer(struct matrix m, double *g, const double *dz, const double *r) {
    for (size_t i = 0; i < m.from; i++) {
        double *row = g + i * m.stride;
        size_t j = 0;
        for (; j + LANES <= m.to; j += LANES) {
            store(row + j, load(row + j) + load(dz + j) * r[i]);
        }
        for (; j < m.to; j++) {
            row[j] += dz[j] * r[i];
        }
    }
}

/* `groups` groups of LANES rows at once, so that one sum need not wait for another; the
 * rows after them are called for meanwhile. They are updated on the way into `after`,
 * which is W again, or NULL for not. */
INLINE void backward_groups(const size_t groups, struct matrix m, double lr, const double *W,
                            double *after, const double *dz, const double *r, double *dr) {
    vec sum[GROUPS];
    UNROLLED for (size_t g = 0; g < groups; g++) {
        sum[g] = (vec){0};
    }
    size_t end = row_vectors(m) * LANES;
    for (size_t j = 0; j < end; j += LANES) {
        vec dzj = load(dz + j);
        UNROLLED for (size_t g = 0; g < groups; g++) {
            size_t at = g * LANES * m.stride + j;
            vec t[LANES];
            UNROLLED for (size_t i = 0; i < LANES; i++) {
                t[i] = load(W + at + i * m.stride);
                __builtin_prefetch(W + at + (groups * LANES + i) * m.stride);
            }
            if (after) {
                UNROLLED for (size_t i = 0; i < LANES; i++) {
                    store(after + at + i * m.stride, t[i] - lr * (dzj * r[g * LANES + i]));
                }
            }
            turn(t);
            UNROLLED for (size_t l = 0; l < LANES; l++) {
                sum[g] += dz[j + l] * t[l];
            }
        }
    }
    UNROLLED for (size_t g = 0; g < groups; g++) {
        store(dr + g * LANES, sum[g]);
    }
}

/* A row that is left over. */
static double backward_row(size_t to, const double *row, const double *dz) {
    double sum = 0;
    for (size_t j = 0; j < to; j++) {
        sum += dz[j] * row[j];
    }
    return sum;
}

static void backward(struct matrix m, const double *W, const double *dz, double *dr) {
    if (m.to < 8) {
        kernels_plain.backward(m, W, dz, dr);
        return;
    }
    size_t i = 0;
    for (; i + GROUPS * LANES <= m.from; i += GROUPS * LANES) {
        backward_groups(GROUPS, m, 0, W + i * m.stride, NULL, dz, NULL, dr + i);
    }
    for (; i + LANES <= m.from; i += LANES) {
        backward_groups(1, m, 0, W + i * m.stride, NULL, dz, NULL, dr + i);
    }
    for (; i < m.from; i++) {
        dr[i] = backward_row(m.to, W + i * m.stride, dz);
    }
}

static void backward_update(struct matrix m, double lr, double *W, const double *dz,
                            const double *r, double *dr) {
    if (m.to < 8) {
        kernels_plain.backward(m, W, dz, dr);
        kernels_plain.update(m, lr, W, dz, r);
        return;
    }
    size_t i = 0;
    for (; i + GROUPS * LANES <= m.from; i += GROUPS * LANES) {
        double *rows = W + i * m.stride;
        backward_groups(GROUPS, m, lr, rows, rows, dz, r + i, dr + i);
    }
    for (; i + LANES <= m.from; i += LANES) {
        double *rows = W + i * m.stride;
        backward_groups(1, m, lr, rows, rows, dz, r + i, dr + i);
    }
    for (; i < m.from; i++) {
        dr[i] = backward_row(m.to, W + i * m.stride, dz);
        update_row(m.to, lr, W + i * m.stride, dz, r[i]);
    }
}

/* ---- rows for columns ---- */

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
