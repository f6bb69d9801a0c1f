/*
 * net/kernels_batch.h - the inner loops for many samples at once. Included once by
 * each code path, after kernels_body.h.
 *
 * All three are products of matrices, C_pv = sum_t a_pt b_tv, made in tiles of up to
 * 6 times TILE vectors that stay in registers while t goes by. t is cut into stretches,
 * the rows p into blocks, and what a tile reads of a and of b is packed: brought together in
 * the order in which it is read, a for all columns of a block, b for all tiles of a column.
 * So all that is read again and again is in the cache nearest or next; between
 * stretches the tiles are stored and loaded, so that each sum goes on in its order.
 * Forward p is the sample, v the neuron after and t that before; backward p is the
 * neuron before, v the sample and t the neuron after; for the gradient p and v are the
 * neurons and t the sample.
 */

enum { STRETCH = LANES == 8 ? 64 : 128, TILE_ROWS = 6, BLOCK_ROWS = 16 * TILE_ROWS };

/* What becomes of a tile's sums. */
enum finish { KEEP, ADD_BIAS, STEP };

struct product {
    size_t rows, vectors, terms; /* how far p, v and t go; v in vectors */
    const double *a;             /* a_pt at p a_row + t a_term */
    const double *b;             /* b_tv at t b_term + v LANES */
    size_t a_row, a_term, b_term;
    const double *next_a; /* the a that the next block needs, as large as this one */
    double *C;            /* C_pv at p C_row + v LANES */
    size_t C_row;
    bool fresh; /* the sums begin with 0, and not with what C holds */
    /* ADD_BIAS: these are added in the end */
    const double *bias;
    /* STEP: C is W, and the sum a gradient: W - lr (sum / count), or lr (sum inverse) */
    double lr, count, inverse;
};

/* Rows in the next tile, where `left` are left. */
INLINE size_t tile_rows(size_t left) {
    return left >= 6 && left != 8 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

/* What a tile packs on the way. */
enum pack { PACK_NONE, PACK_B, PACK_BOTH };

/* Where a tile reads and packs. */
struct tile {
    size_t p, v;     /* its corner */
    const double *b; /* rows of b_term: m->b, or packed */
    size_t b_term;
    double *packed_a, *packed_b; /* [terms][rows], [terms][vectors] */
};

/* sum_xy + a_xt b_ty for one t; what is to be packed goes to the same t of `tile`. */
INLINE void add_term(const size_t rows, const size_t vectors, const enum pack pack,
                     vec sum[TILE_ROWS][TILE], const struct tile *tile, size_t t, const double *a,
                     size_t a_row) {
    const double *b = tile->b + t * tile->b_term;
    vec bt[TILE];
    UNROLLED for (size_t y = 0; y < vectors; y++) {
        bt[y] = load(b + y * LANES);
        HOLD(bt[y]);
        if (pack != PACK_NONE) {
            store(tile->packed_b + (t * vectors + y) * LANES, bt[y]);
        }
    }
    UNROLLED for (size_t x = 0; x < rows; x++) {
        vec ax = spread(a[x * a_row]);
        if (pack == PACK_BOTH) {
            tile->packed_a[t * rows + x] = a[x * a_row];
        }
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            sum[x][y] += ax * bt[y];
        }
    }
}

/* The same for all t. */
INLINE void add_terms(const size_t rows, const size_t vectors, const enum pack pack,
                      vec sum[TILE_ROWS][TILE], const struct product *m, const struct tile *tile) {
    if (pack == PACK_BOTH) {
        const double *a = m->a + tile->p * m->a_row;
        for (size_t t = 0; t < m->terms; t++, a += m->a_term) {
            add_term(rows, vectors, pack, sum, tile, t, a, m->a_row);
        }
        return;
    }
    UNROLLED_BY_4 for (size_t t = 0; t < m->terms; t++) {
        add_term(rows, vectors, pack, sum, tile, t, tile->packed_a + t * rows, 1);
    }
}

/* One tile of `rows` by `vectors`. */
INLINE void make_tile(const size_t rows, const size_t vectors, const enum finish finish,
                      const enum pack pack, const struct product *m, const struct tile *tile) {
    vec sum[TILE_ROWS][TILE];
    double *C = m->C + tile->p * m->C_row + tile->v * LANES;
    UNROLLED for (size_t x = 0; x < rows; x++) {
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            bool begin = finish == STEP || m->fresh;
            sum[x][y] = begin ? (vec){0} : load(C + x * m->C_row + y * LANES);
        }
    }
    add_terms(rows, vectors, pack, sum, m, tile);
    UNROLLED for (size_t x = 0; x < rows; x++) {
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            double *to = C + x * m->C_row + y * LANES;
            vec value = sum[x][y];
            if (finish == ADD_BIAS && m->bias) {
                value += load(m->bias + (tile->v + y) * LANES);
            } else if (finish == STEP) {
                vec g = m->inverse != 0 ? value * m->inverse : value / m->count;
                value = load(to) - m->lr * g;
            }
            store(to, value);
        }
    }
}

/* Call for what will be needed soon, so that it is near by then, a part of it at each
 * tile: C of the tile after the next, b of the next column, a of the next block. */
INLINE void call_ahead(const size_t vectors, const struct product *m, size_t p, size_t rows,
                       size_t v) {
    size_t below = p + 2 * TILE_ROWS, aside = v + vectors;
    const double *C = below < m->rows ? m->C + below * m->C_row + v * LANES
                                      : m->C + (below - m->rows) * m->C_row + aside * LANES;
    for (size_t x = 0; x < rows; x++) {
        __builtin_prefetch(C + x * m->C_row, 1);
    }
    size_t share = (m->terms + m->rows - 1) / m->rows;
    const double *b = m->b + aside * LANES;
    for (size_t t = p * share; t < smaller((p + rows) * share, m->terms); t++) {
        for (size_t y = 0; y < vectors * LANES; y += 8) {
            __builtin_prefetch(b + t * m->b_term + y, 0, 2);
        }
    }
    size_t lines = (m->terms + 7) / 8;
    for (size_t n = v * lines / m->vectors; m->next_a && n < aside * lines / m->vectors; n++) {
        for (size_t x = p; x < p + rows; x++) {
            __builtin_prefetch(m->next_a + x * m->a_row + n * 8, 0, 2);
        }
    }
}

INLINE void make_any_tile(size_t rows, const size_t vectors, const enum finish finish,
                          const enum pack pack, const struct product *m, const struct tile *tile) {
    if (rows == 6) {
        make_tile(6, vectors, finish, pack, m, tile);
    } else if (rows == 4) {
        make_tile(4, vectors, finish, pack, m, tile);
    } else if (rows == 2) {
        make_tile(2, vectors, finish, pack, m, tile);
    } else {
        make_tile(1, vectors, finish, pack, m, tile);
    }
}

/* The tiles of a column of `vectors` vectors. The first column packs a, the first tile b,
 * if there are more to read it. */
INLINE void make_column(const size_t vectors, const enum finish finish, const struct product *m,
                        double *a, size_t v) {
    double b[KERNELS_SAMPLES * TILE * LANES];
    struct tile tile = {0, v, m->b + v * LANES, m->b_term, a, b};
    for (size_t rows; tile.p < m->rows; tile.p += rows, tile.packed_a += rows * m->terms) {
        rows = tile_rows(m->rows - tile.p);
        call_ahead(vectors, m, tile.p, rows, v);
        if (v == 0) {
            make_any_tile(rows, vectors, finish, PACK_BOTH, m, &tile);
            tile.b = b, tile.b_term = vectors * LANES;
        } else if (tile.p == 0 && m->rows > 2 * TILE_ROWS) {
            make_tile(TILE_ROWS, vectors, finish, PACK_B, m, &tile);
            tile.b = b, tile.b_term = vectors * LANES;
        } else {
            make_any_tile(rows, vectors, finish, PACK_NONE, m, &tile);
        }
    }
}

/* All columns of a block of rows. */
INLINE void make_block(const enum finish finish, const struct product *m) {
    double a[BLOCK_ROWS * STRETCH];
    for (size_t v = 0, done; v < m->vectors; v += done) {
        size_t left = m->vectors - v;
        done = left >= TILE ? TILE : left >= 2 ? 2 : 1;
        if (done == TILE) {
            make_column(TILE, finish, m, a, v);
        } else if (done == 2) {
            make_column(2, finish, m, a, v);
        } else {
            make_column(1, finish, m, a, v);
        }
    }
}

/* A block of rows at a time, from the first stretch to the last. */
INLINE void make_product(const enum finish finish, const struct product *m) {
    size_t stretches = finish == STEP ? 1 : (m->terms + STRETCH - 1) / STRETCH;
    size_t stretch = (m->terms + stretches - 1) / stretches;
    size_t room = BLOCK_ROWS * STRETCH / stretch; /* for rows of packed a */
    size_t rows = smaller(BLOCK_ROWS, room / TILE_ROWS * TILE_ROWS);
    for (size_t p = 0; p < m->rows; p += rows) {
        for (size_t t = 0; t < m->terms; t += stretch) {
            bool last = t + stretch >= m->terms;
            struct product block = *m;
            block.rows = smaller(rows, m->rows - p);
            block.terms = smaller(stretch, m->terms - t);
            block.a += p * m->a_row + t * m->a_term;
            block.b += t * m->b_term;
            block.C += p * m->C_row;
            block.fresh = m->fresh && t == 0;
            block.bias = last ? m->bias : NULL;
            if (m->a_term != 1) {
                block.next_a = NULL;
            } else if (!last) {
                block.next_a = block.a + stretch;
            } else {
                block.next_a = p + rows < m->rows ? m->a + (p + rows) * m->a_row : NULL;
            }
            make_block(finish, &block);
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
    struct product product = {.rows = count,
                              .vectors = row_vectors(m),
                              .terms = m.from,
                              .a = R,
                              .a_row = R_stride,
                              .a_term = 1,
                              .b = W,
                              .b_term = m.stride,
                              .C = Z,
                              .C_row = Z_stride,
                              .fresh = true,
                              .bias = b};
    make_product(ADD_BIAS, &product);
}

static void batch_backward(struct matrix m, size_t count, const double *W, const double *DZ,
                           double *DR, size_t stride) {
    struct product product = {.rows = m.from,
                              .vectors = (count + LANES - 1) / LANES,
                              .terms = m.to,
                              .a = W,
                              .a_row = m.stride,
                              .a_term = 1,
                              .b = DZ,
                              .b_term = stride,
                              .C = DR,
                              .C_row = stride,
                              .fresh = true};
    make_product(KEEP, &product);
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
                              .a_row = 1,
                              .a_term = R_stride,
                              .b = DZ,
                              .b_term = DZ_stride,
                              .C = W,
                              .C_row = m.stride,
                              .lr = lr,
                              .count = (double)count,
                              /* exact, and so the same, for a power of 2 */
                              .inverse = (count & (count - 1)) == 0 ? 1 / (double)count : 0};
    make_product(STEP, &product);
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
                                  .a_row = 1,
                                  .a_term = R_stride,
                                  .b = DZ,
                                  .b_term = DZ_stride,
                                  .C = g,
                                  .C_row = m.stride};
        make_product(KEEP, &product);
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
