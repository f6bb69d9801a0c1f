/*
 * net/kernels.h - the inner loops of the engine, written once for every kind of
 * processor: a table with one row a code path.
 *
 * The row `plain` is the textbook: every sum a loop from left to right. The others
 * are fast, and give the same bits, since they too add the products of each single
 * sum one by one, in that order, never fused, and only take many sums at a time.
 * Formulas: equations.md, sections 2, 3 and 8.
 *
 * W is [from][stride], its rows padded to 8 doubles where `to` is 8 or more; the
 * padding is zero and stays so. The vectors of a layer have room up to a multiple of
 * 8, as in a pass; dz is zero from `to` on, and what the others hold there is
 * nobody's business.
 */
#ifndef BACKSTEP_NET_KERNELS_H
#define BACKSTEP_NET_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "net/activation.h"

struct matrix {
    size_t from, to, stride;
};

struct narrow;
struct network;
struct pass;

/* At once, in a batch. */
enum { KERNELS_SAMPLES = 256 };

struct kernels {
    const char *name; /* in BACKSTEP_KERNELS: "avx2" */
    bool (*supported)(void);

    /* F1: z_j = sum_i W_ij r_i (+ b_j, unless b is NULL) */
    void (*forward)(struct matrix m, const double *W, const double *b, const double *r, double *z);
    /* F2 and the slope, for all but BEND_OTHER: r_j = f(z_j), slope_j = f'(z_j). NULL
     * in the plain row, which asks the table of activations. */
    void (*bend)(enum bend bend, double step0, size_t n, const double *z, double *r, double *slope);
    /* B2: dr_i = sum_j dz_j W_ij */
    void (*backward)(struct matrix m, const double *W, const double *dz, double *dr);
    /* U of plain SGD for one sample: W_ij - lr (dz_j r_i) */
    void (*update)(struct matrix m, double lr, double *W, const double *dz, const double *r);
    /* For a sum over samples: g_ij + dz_j r_i */
    void (*add_outer)(struct matrix m, double *g, const double *dz, const double *r);

    /* ---- for training many times over; NULL in the plain row ---- */

    /* sum_n |v_n|, in some order: only good for bounds */
    double (*sizes)(size_t count, const double *v);

    /* U with the sample before, whose r is `past`, and F1 in one sweep. */
    void (*update_forward)(struct matrix m, double lr, double *W, const double *b, const double *dz,
                           const double *past, const double *r, double *z);
    /* B2 and U in one sweep: dr is that of the old W. Where a number is not finite
     * the padding of W may suffer. */
    void (*backward_update)(struct matrix m, double lr, double *W, const double *dz,
                            const double *r, double *dr);
    /* Whole samples of a network whose layers have at most 8 neurons: src/net/narrow.h,
     * with sides of narrow_least or 8. */
    void (*narrow)(struct narrow *narrow, size_t count);
    size_t narrow_least;

    /* F1 and F2 of the layers from k on, k > 0, for as long as there are 8 neurons there and
     * before and no activation is BEND_OTHER. Returns the first layer that is left. */
    size_t (*eights_forward)(struct pass *pass, const struct network *network, size_t k);
    /* B2 and B1 of the layers before layer `left`, for as long as there are 8 neurons there
     * and after. Returns how many are left. */
    size_t (*eights_backward)(struct pass *pass, const struct network *network, size_t left);

    /* Many samples at once, KERNELS_SAMPLES at most, a row a sample: R [count][..] and so on, the
     * distance of the rows given, each with room up to a multiple of 8. */
    void (*batch_forward)(struct matrix m, size_t count, const double *W, const double *b,
                          const double *R, size_t R_stride, double *Z, size_t Z_stride);
    void (*batch_backward)(struct matrix m, size_t count, const double *W, const double *DZ,
                           size_t DZ_stride, double *DR, size_t DR_stride);
    /* U with the mean gradient: W_ij - lr (sum_s dz_sj r_si / count) */
    void (*batch_update)(struct matrix m, size_t count, double lr, double *W, const double *DZ,
                         size_t DZ_stride, const double *R, size_t R_stride);
    /* g_ij + the sum over s, added one by one */
    void (*batch_add)(struct matrix m, size_t count, double *g, const double *DZ, size_t DZ_stride,
                      const double *R, size_t R_stride);
    /* B1: dz_n = dr_n slope_n, for whole rows of samples, their padding included */
    void (*batch_bend_back)(size_t count, const double *dr, const double *slope, double *dz);
    /* A bias's gradient: g_j + the sum over s of dz_sj, added one by one */
    void (*batch_add_bias)(size_t to, size_t count, double *g, const double *DZ, size_t DZ_stride);
    /* Columns for rows: to [columns][to_stride] from [rows][from_stride]. */
    void (*transpose)(size_t rows, size_t columns, const double *from, size_t from_stride,
                      double *to, size_t to_stride);
};

/* Row `index`, from the plainest to the fastest; NULL past the end. A machine need
 * not have them all: ask supported(). */
const struct kernels *kernels_at(size_t index);

/* The fastest row that this machine has, or the one that the environment variable
 * BACKSTEP_KERNELS names, where the machine has it. */
const struct kernels *kernels_choose(void);

#endif
