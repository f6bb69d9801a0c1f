/*
 * net/kernels_batch.h - the inner loops for many samples at once. Included once by
 * each code path, after kernels_body.h.
 *
 * All three are products of matrices, C_pv = sum_t a_pt b_tv, made in tiles
 * (kernels_tile.h). t is cut into stretches, the rows p into blocks, and what a tile reads of a
 * and of b is packed: brought together in the order in which it is read, a for all columns of
 * a block, b for all tiles of a column; or, where all b are few, these for all strips of rows.
 * So all that is read again and again is in the cache nearest or next; between
 * stretches the tiles are stored and loaded, so that each sum goes on in its order.
 * Forward p is the sample, v the neuron after and t that before; backward p is the
 * sample too, v the neuron before and t that after, for which W is turned while it is packed;
 * for the gradient p and v are the neurons and t the sample.
 */

#include "kernels_tile.h"

enum { STRETCH = LANES == 8 ? 64 : 192, BLOCK_ROWS = 16 * TILE_ROWS, STRIP_ROOM = 16 * 1024 };

/* ---- packing ----
 *
 * Both copies begin with a line of the cache, so that no vector of b lies across two.
 * What is packed lies in the second cache by now, called for by the tiles of the column before
 * (look_ahead); a few steps ahead it is called for into the first. */

/* LANES rows of as many numbers, turned. */
INLINE void turn_square(const double *from, size_t from_row, double *to, size_t to_row) {
    vec x[LANES];
    UNROLLED for (size_t l = 0; l < LANES; l++) {
        x[l] = load(from + l * from_row);
    }
    turn(x);
    UNROLLED for (size_t l = 0; l < LANES; l++) {
        store(to + l * to_row, x[l]);
    }
}

/* The rows of one tile: [terms][rows]. Where they fill a vector, they go by vectors, of which
 * the last may bring again what the one before brought. */
INLINE void pack_rows(const size_t rows, const struct product *m, const double *a, double *to) {
    const size_t terms = m->terms, a_row = m->a_row, a_term = m->a_term;
    size_t t = 0;
    if (rows >= LANES && a_row == 1) {
        for (; t < terms; t++) {
            UNROLLED for (size_t x = 0; x < rows; x += LANES) {
                size_t at = smaller(x, rows - LANES);
                store(to + t * rows + at, load(a + t * a_term + at));
            }
        }
    } else if (rows >= LANES && a_term == 1) {
        for (; t + LANES <= terms; t += LANES) {
            UNROLLED for (size_t x = 0; x < rows; x += LANES) {
                size_t at = smaller(x, rows - LANES);
                turn_square(a + at * a_row + t, a_row, to + t * rows + at, rows);
            }
        }
    }
    for (; t < terms; t++) {
        UNROLLED for (size_t x = 0; x < rows; x++) {
            to[t * rows + x] = a[x * a_row + t * a_term];
        }
    }
}

static APART void pack_strip(size_t rows, const struct product *m, const double *a, double *to) {
    if (rows == 6) {
        pack_rows(6, m, a, to);
    } else if (rows == 4) {
        pack_rows(4, m, a, to);
    } else if (rows == 2) {
        pack_rows(2, m, a, to);
    } else {
        pack_rows(1, m, a, to);
    }
}

static void pack_a(const struct product *m, double *to) {
    const double *a = m->a;
    for (size_t p = 0, rows; p < m->rows; p += rows, a += rows * m->a_row, to += rows * m->terms) {
        rows = tile_rows(m->rows - p);
        pack_strip(rows, m, a, to);
    }
}

/* Vector v, whose lanes are rows of W, into rows of `row`. */
INLINE void pack_turned(const struct product *m, size_t v, size_t row, double *to) {
    const size_t terms = m->terms, apart = m->b_lane;
    const double *b = m->b + v * LANES * apart;
    size_t lanes = m->lanes > v * LANES ? smaller(m->lanes - v * LANES, LANES) : 0, t = 0;
    for (; lanes == LANES && t + LANES <= terms; t += LANES) {
        UNROLLED for (size_t l = 0; l < LANES; l++) {
            __builtin_prefetch(b + l * apart + t + 32);
        }
        turn_square(b + t, apart, to + t * row, row);
    }
    for (; t < terms; t++) {
        for (size_t l = 0; l < LANES; l++) {
            to[t * row + l] = l < lanes ? b[l * apart + t] : 0;
        }
    }
}

/* The column of `vectors` vectors from v on: [terms][vectors] */
INLINE void pack_b(const size_t vectors, const struct product *m, size_t v, double *to) {
    if (m->turned) {
        for (size_t y = 0; y < vectors; y++) {
            pack_turned(m, v + y, vectors * LANES, to + y * LANES);
        }
        return;
    }
    const size_t terms = m->terms, b_term = m->b_term;
    const double *b = m->b + v * LANES;
    for (size_t t = 0; t < terms; t++, b += b_term, to += vectors * LANES) {
        vec x[TILE];
        __builtin_prefetch(b + 12 * b_term);
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            x[y] = load(b + y * LANES);
        }
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            store(to + y * LANES, x[y]);
        }
    }
}

static APART void pack_column(size_t vectors, const struct product *m, size_t v, double *to) {
    if (vectors == TILE) {
        pack_b(TILE, m, v, to);
    } else {
        pack_b(vectors, m, v, to);
    }
}

/* ---- all tiles ---- */

/* Vectors in the next column, where `left` are left. */
INLINE size_t column_vectors(size_t left) {
    return left >= TILE ? TILE : left >= 2 ? 2 : 1;
}

/* What tile n of a column, from row p on, calls for: of b it is a row a term, or, where b is
 * turned, the n-th of 8 rows, a row a lane. */
INLINE void look_ahead(const size_t vectors, const struct product *m, size_t n, size_t p, size_t v,
                       struct tile *tile) {
    size_t below = p + 2 * TILE_ROWS;
    const double *C = m->C + v * LANES;
    tile->next_C =
        below < m->rows ? C + below * m->C_row : C + (below - m->rows) * m->C_row + vectors * LANES;
    const double *next = m->b + (v + vectors) * LANES * m->b_lane;
    bool turned = m->turned;
    tile->next_b = next + n * (turned ? m->b_lane : m->terms / 4 * m->b_term);
    tile->step = turned ? 4 : m->b_term;
    tile->apart = turned ? 8 * m->b_lane : 8;
    if (n >= (turned ? 8 : 4)) { /* it has all been called for */
        tile->next_b = tile->C, tile->step = 0, tile->apart = 0;
    }
}

/* Is b packed for the tiles of a column? Few of them read it where it is, and those of more
 * rows too where its own do not lie far apart. */
static bool packs_b(const struct product *m) {
    enum { NEAR = 256 };
    size_t few = m->b_term <= NEAR ? 6 * TILE_ROWS : 2 * TILE_ROWS;
    return m->turned || m->rows > few;
}

/* The tiles of a column of `vectors` vectors. */
static APART void make_column(const size_t vectors, const struct product *m, const double *a,
                              size_t v) {
    _Alignas(BLOCK_ALIGNMENT) double b[KERNELS_SAMPLES * TILE * LANES];
    struct tile tile = {.a = a,
                        .b = m->b + v * LANES,
                        .b_term = m->b_term,
                        .bias = m->bias ? m->bias + v * LANES : NULL};
    if (packs_b(m)) {
        pack_column(vectors, m, v, b);
        tile.b = b, tile.b_term = vectors * LANES;
    }
    double *C = m->C + v * LANES;
    for (size_t n = 0, p = 0, rows; p < m->rows; n++, p += rows, tile.a += rows * m->terms) {
        rows = tile_rows(m->rows - p);
        tile.C = C + p * m->C_row;
        look_ahead(vectors, m, n, p, v, &tile);
        make_any_tile(rows, vectors, m, &tile);
    }
}

/* A block of rows a column at a time. */
static APART void make_columns(const struct product *m) {
    _Alignas(BLOCK_ALIGNMENT) double a[BLOCK_ROWS * STRETCH];
    pack_a(m, a);
    for (size_t v = 0, done; v < m->vectors; v += done) {
        done = column_vectors(m->vectors - v);
        make_column(done, m, a, v);
    }
}

/* The tiles of a strip, whose a and all b are packed; C of the next strip is called for. */
static APART void make_strip(size_t rows, const struct product *m, const double *a, const double *b,
                             double *C) {
    struct tile tile = {.a = a, .next_b = a};
    for (size_t v = 0, vectors; v < m->vectors; v += vectors) {
        vectors = column_vectors(m->vectors - v);
        tile.b = b + v * LANES * m->terms;
        tile.b_term = vectors * LANES;
        tile.C = C + v * LANES;
        tile.next_C = tile.C + rows * m->C_row;
        tile.bias = m->bias ? m->bias + v * LANES : NULL;
        make_any_tile(rows, vectors, m, &tile);
    }
}

/* A block of rows a strip of them at a time, each as long as C, where all b have room in the
 * second cache: what is packed of a strip does not leave the first, and C is gone through in
 * its order. */
static APART void make_strips(const struct product *m) {
    _Alignas(BLOCK_ALIGNMENT) double a[TILE_ROWS * KERNELS_SAMPLES];
    _Alignas(BLOCK_ALIGNMENT) double b[STRIP_ROOM];
    for (size_t v = 0, vectors; v < m->vectors; v += vectors) {
        vectors = column_vectors(m->vectors - v);
        pack_column(vectors, m, v, b + v * LANES * m->terms);
    }
    for (size_t p = 0, rows; p < m->rows; p += rows) {
        rows = tile_rows(m->rows - p);
        pack_strip(rows, m, m->a + p * m->a_row, a);
        make_strip(rows, m, a, b, m->C + p * m->C_row);
    }
}

static void make_block(const struct product *m) {
    if (packs_b(m) && m->terms * m->vectors * LANES <= STRIP_ROOM) {
        make_strips(m);
    } else {
        make_columns(m);
    }
}

/* A block of rows at a time, from the first stretch to the last. */
static void make_product(const struct product *m) {
    size_t stretches = m->step ? 1 : (m->terms + STRETCH - 1) / STRETCH;
    size_t stretch = (m->terms + stretches - 1) / stretches;
    stretch = stretches > 1 ? (stretch + 7) / 8 * 8 : stretch;
    size_t room = BLOCK_ROWS * STRETCH / stretch; /* for rows of packed a */
    size_t rows = room / TILE_ROWS * TILE_ROWS;
    for (size_t p = 0; p < m->rows; p += rows) {
        for (size_t t = 0; t < m->terms; t += stretch) {
            struct product block = *m;
            block.rows = smaller(rows, m->rows - p);
            block.terms = smaller(stretch, m->terms - t);
            block.a += p * m->a_row + t * m->a_term;
            block.b += t * m->b_term;
            block.C += p * m->C_row;
            block.fresh = m->fresh && t == 0;
            block.bias = t + stretch >= m->terms ? m->bias : NULL;
            make_block(&block);
        }
    }
}

/* ---- what goes with them ---- */

static void batch_bend_back(size_t count, const double *dr, const double *slope, double *dz) {
    for (size_t n = 0; n < count; n += LANES) {
        store(dz + n, load(dr + n) * load(slope + n));
    }
}

static void batch_add_bias(size_t to, size_t count, double *g, const double *DZ, size_t DZ_stride) {
    for (size_t j = 0; j < to; j += LANES) {
        vec sum = load(g + j);
        for (size_t s = 0; s < count; s++) {
            sum += load(DZ + s * DZ_stride + j);
        }
        store(g + j, sum);
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
    struct product product = {.rows = count,
                              .vectors = row_vectors(m),
                              .terms = m.from,
                              .a = R,
                              .a_row = R_stride,
                              .a_term = 1,
                              .b = W,
                              .b_term = m.stride,
                              .b_lane = 1,
                              .C = Z,
                              .C_row = Z_stride,
                              .fresh = true,
                              .bias = b};
    make_product(&product);
}

static void batch_backward(struct matrix m, size_t count, const double *W, const double *DZ,
                           size_t DZ_stride, double *DR, size_t DR_stride) {
    struct product product = {.rows = count,
                              .vectors = (m.from + 7) / 8 * PARTS,
                              .terms = m.to,
                              .a = DZ,
                              .a_row = DZ_stride,
                              .a_term = 1,
                              .b = W,
                              .b_term = 1,
                              .b_lane = m.stride,
                              .turned = true,
                              .lanes = m.from,
                              .C = DR,
                              .C_row = DR_stride,
                              .fresh = true};
    make_product(&product);
}

/* sum_s dz_sj r_si */
static double batch_sum(size_t count, const double *dz, size_t DZ_stride, const double *r,
                        size_t R_stride, double sum) {
    for (size_t s = 0; s < count; s++) {
        sum += dz[s * DZ_stride] * r[s * R_stride];
    }
    return sum;
}

/* C_ij + sum_s dz_sj r_si */
static struct product sum_of_outer(struct matrix m, size_t count, double *C, const double *DZ,
                                   size_t DZ_stride, const double *R, size_t R_stride) {
    return (struct product){.rows = m.from,
                            .vectors = row_vectors(m),
                            .terms = count,
                            .a = R,
                            .a_row = 1,
                            .a_term = R_stride,
                            .b = DZ,
                            .b_term = DZ_stride,
                            .b_lane = 1,
                            .C = C,
                            .C_row = m.stride};
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
    struct product product = sum_of_outer(m, count, W, DZ, DZ_stride, R, R_stride);
    product.fresh = product.step = true;
    product.lr = lr;
    product.count = (double)count;
    /* exact, and so the same, for a power of 2 */
    product.inverse = (count & (count - 1)) == 0 ? 1 / (double)count : 0;
    make_product(&product);
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
        struct product product = sum_of_outer(m, count, g, DZ, DZ_stride, R, R_stride);
        make_product(&product);
    }
}
