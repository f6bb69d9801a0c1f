/*
 * net/kernels_tile.h - a part of a product of matrices, C_pv = sum_t a_pt b_tv, of up to
 * 6 times TILE vectors, that stays in registers while t goes by. Included once by each
 * code path, by kernels_batch.h, which says what p, v and t are.
 */

enum { TILE_ROWS = 6 };

struct product {
    size_t rows, vectors, terms; /* how far p, v and t go; v in vectors */
    const double *a;             /* a_pt at p a_row + t a_term */
    size_t a_row, a_term;
    const double *b; /* b_tv at t b_term + v LANES b_lane, its lanes b_lane apart */
    size_t b_term, b_lane;
    bool turned;  /* b_term is 1, and not b_lane */
    size_t lanes; /* that b has, where it is turned: past them it is 0 */
    double *C;    /* C_pv at p C_row + v LANES */
    size_t C_row;
    bool fresh;         /* the sums begin with 0, and not with what C holds */
    const double *bias; /* added in the end, or NULL */
    /* C is W, and the sum a gradient: W - lr (sum / count), or lr (sum inverse) */
    bool step;
    double lr, count, inverse;
};

/* Rows in the next tile, where `left` are left. */
INLINE size_t tile_rows(size_t left) {
    return left >= 6 && left != 8 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

struct tile {
    const double *a; /* packed: [terms][rows] */
    const double *b; /* [terms][b_term] */
    size_t b_term;
    double *C;
    const double *bias;
    /* Called for on the way, to be near by the time it is needed: C of the tile after the
     * next; and of the next b, every 4 terms, 8 numbers for each 8 lanes of the tile, which
     * are `apart`, and those of the next time `step` on. */
    const double *next_C, *next_b;
    size_t step, apart;
};

/* sum_xy + a_xt b_ty for one t, with which the compiler is held to the registers that there
 * are: it may not mix the terms. */
INLINE void add_term(const size_t rows, const size_t vectors, vec sum[TILE_ROWS][TILE],
                     const double *a, const double *b) {
    vec bt[TILE];
    IN_ORDER();
    UNROLLED for (size_t y = 0; y < vectors; y++) {
        bt[y] = load(b + y * LANES);
        HOLD(bt[y]);
    }
    UNROLLED for (size_t x = 0; x < rows; x++) {
        vec ax = spread(a[x]);
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            sum[x][y] += ax * bt[y];
            HOLD(sum[x][y]);
        }
    }
}

/* The same for all t. */
INLINE void add_terms(const size_t rows, const size_t vectors, vec sum[TILE_ROWS][TILE],
                      size_t terms, const struct tile *tile) {
    const double *a = tile->a, *b = tile->b, *next = tile->next_b;
    const size_t b_term = tile->b_term, step = tile->step, apart = tile->apart;
    for (; terms >= 4; terms -= 4) {
        __builtin_prefetch(next, 0, 2);
        UNROLLED for (size_t line = 1; line < (vectors * LANES + 7) / 8; line++) {
            __builtin_prefetch(next + line * apart, 0, 2);
        }
        next += step;
        UNROLLED for (size_t t = 0; t < 4; t++) {
            add_term(rows, vectors, sum, a + t * rows, b + t * b_term);
        }
        a += 4 * rows, b += 4 * b_term;
    }
    for (; terms > 0; terms--) {
        add_term(rows, vectors, sum, a, b);
        a += rows, b += b_term;
    }
}

/* 0, or what C holds. */
INLINE void begin_tile(const size_t rows, const size_t vectors, vec sum[TILE_ROWS][TILE],
                       const double *C, size_t row, bool fresh) {
    if (fresh) {
        UNROLLED for (size_t x = 0; x < rows; x++) {
            UNROLLED for (size_t y = 0; y < vectors; y++) {
                sum[x][y] = (vec){0};
            }
        }
        return;
    }
    UNROLLED for (size_t x = 0; x < rows; x++) {
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            sum[x][y] = load(C + x * row + y * LANES);
        }
    }
}

/* W_xy - lr (sum_xy / count) */
INLINE void step_tile(const size_t rows, const size_t vectors, vec sum[TILE_ROWS][TILE],
                      const struct product *m, double *W) {
    const double lr = m->lr, inverse = m->inverse, count = m->count;
    const size_t row = m->C_row;
    UNROLLED for (size_t x = 0; x < rows; x++) {
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            sum[x][y] = inverse != 0 ? sum[x][y] * inverse : sum[x][y] / count;
        }
    }
    UNROLLED for (size_t x = 0; x < rows; x++) {
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            double *to = W + x * row + y * LANES;
            store(to, load(to) - lr * sum[x][y]);
        }
    }
}

/* sum_xy, or sum_xy + b_y where there are biases to add */
INLINE void keep_tile(const size_t rows, const size_t vectors, vec sum[TILE_ROWS][TILE],
                      const double *bias, double *C, size_t row) {
    if (bias) {
        UNROLLED for (size_t x = 0; x < rows; x++) {
            UNROLLED for (size_t y = 0; y < vectors; y++) {
                sum[x][y] += load(bias + y * LANES);
            }
        }
    }
    UNROLLED for (size_t x = 0; x < rows; x++) {
        UNROLLED for (size_t y = 0; y < vectors; y++) {
            store(C + x * row + y * LANES, sum[x][y]);
        }
    }
}

/* One tile of `rows` by `vectors`. */
INLINE void make_tile(const size_t rows, const size_t vectors, const struct product *m,
                      const struct tile *tile) {
    vec sum[TILE_ROWS][TILE];
    UNROLLED for (size_t x = 0; x < rows; x++) {
        __builtin_prefetch(tile->next_C + x * m->C_row, 1);
    }
    begin_tile(rows, vectors, sum, tile->C, m->C_row, m->fresh);
    add_terms(rows, vectors, sum, m->terms, tile);
    if (m->step) {
        step_tile(rows, vectors, sum, m, tile->C);
    } else {
        keep_tile(rows, vectors, sum, tile->bias, tile->C, m->C_row);
    }
}

/* A function for each size, of its own, so that each has all registers. */
#define DEFINE_TILE(rows, name, vectors)                                                           \
    static APART void make_##name##_by_##rows(const struct product *m, const struct tile *tile) {  \
        make_tile(rows, vectors, m, tile);                                                         \
    }
#define DEFINE_TILES(name, vectors)                                                                \
    DEFINE_TILE(6, name, vectors)                                                                  \
    DEFINE_TILE(4, name, vectors)                                                                  \
    DEFINE_TILE(2, name, vectors)                                                                  \
    DEFINE_TILE(1, name, vectors)                                                                  \
    INLINE void make_##name(size_t rows, const struct product *m, const struct tile *tile) {       \
        if (rows == 6) {                                                                           \
            make_##name##_by_6(m, tile);                                                           \
        } else if (rows == 4) {                                                                    \
            make_##name##_by_4(m, tile);                                                           \
        } else if (rows == 2) {                                                                    \
            make_##name##_by_2(m, tile);                                                           \
        } else {                                                                                   \
            make_##name##_by_1(m, tile);                                                           \
        }                                                                                          \
    }

DEFINE_TILES(whole, TILE)
#if LANES == 8 /* a row of 8 doubles is one vector: less than TILE may be left */
DEFINE_TILES(double, 2)
DEFINE_TILES(single, 1)
#endif

INLINE void make_any_tile(size_t rows, size_t vectors, const struct product *m,
                          const struct tile *tile) {
#if LANES == 8
    if (vectors < TILE) {
        vectors == 2 ? make_double(rows, m, tile) : make_single(rows, m, tile);
        return;
    }
#endif
    (void)vectors;
    make_whole(rows, m, tile);
}
