/*
 * mathfn_private.h - what the files of the elementary functions share.
 *
 * A double-double, `struct dd`, is the unevaluated sum h + l of two doubles
 * with |l| at most half a unit in the last place (ulp) of h: about 106 bits.
 * The building blocks below are exact because each operation is one IEEE
 * rounding to nearest; a compiler that keeps excess precision or fuses a
 * product with a sum would break them, hence the check and -ffp-contract=off.
 *
 * In the error bounds, u = 2^-53: half an ulp of 1, the relative error of one
 * rounding. NaN results are always the same quiet NaN, for processors differ
 * in the sign and payload that they choose.
 */
#ifndef BACKSTEP_BASE_MATHFN_PRIVATE_H
#define BACKSTEP_BASE_MATHFN_PRIVATE_H

#include <float.h>
#include <stdint.h>

#include "base/bits.h"

/* 2: more bits than a double has; below 0: who knows. With 1 only floats get more. */
#if FLT_EVAL_METHOD == 2 || FLT_EVAL_METHOD < 0
#error "doubles must be computed as doubles: on 32-bit x86 compile with -msse2 -mfpmath=sse"
#endif
#ifdef __FAST_MATH__
#error "sums must be computed as they are written: compile without -ffast-math and -Ofast"
#endif

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

struct dd {
    double h, l;
};

static inline double mathfn_nan(void) {
    return bits_double(UINT64_C(0x7ff8000000000000));
}

static inline double mathfn_infinity(void) {
    return bits_double(UINT64_C(0x7ff0000000000000));
}

static inline double mathfn_abs(double x) {
    return bits_double(bits_of(x) & ~(UINT64_C(1) << 63));
}

/* |x| with the sign bit of `sign`. */
static inline double mathfn_with_sign(double x, double sign) {
    const uint64_t mask = UINT64_C(1) << 63;
    return bits_double((bits_of(x) & ~mask) | (bits_of(sign) & mask));
}

/* 2^k for -1022 <= k <= 1023. */
static inline double mathfn_power_of_two(int k) {
    return bits_double((uint64_t)(k + 1023) << 52);
}

/* The integer nearest to x, for |x| < 2^31: 1.5*2^52 leaves no room for a fraction. */
static inline double mathfn_round(double x) {
    const double shift = 0x1.8p52;
    return (x + shift) - shift;
}

/* a + b exactly, for |a| >= |b| or a = 0. */
static inline struct dd dd_sum_ordered(double a, double b) {
    const double h = a + b;
    const struct dd sum = {h, b - (h - a)};
    return sum;
}

/* a + b exactly, in any order (Knuth). */
static inline struct dd dd_sum(double a, double b) {
    const double h = a + b;
    const double of_b = h - a;
    const double of_a = h - of_b;
    const struct dd sum = {h, (a - of_a) + (b - of_b)};
    return sum;
}

/* x as two numbers of 26 bits (Dekker): h + l = x exactly, for |x| < 2^996. */
static inline struct dd dd_split(double x) {
    const double c = 0x8000001p0 * x;
    const double h = c - (c - x);
    const struct dd halves = {h, x - h};
    return halves;
}

/* a * b exactly, while nothing overflows or falls below 2^-1022. */
static inline struct dd dd_product(double a, double b) {
    const double h = a * b;
    const struct dd p = dd_split(a), q = dd_split(b);
    const struct dd product = {h, ((p.h * q.h - h) + p.h * q.l + p.l * q.h) + p.l * q.l};
    return product;
}

/* c[0] + c[1] x + ... + c[count-1] x^(count-1), by Horner's rule. */
static inline double mathfn_polynomial(const double *c, int count, double x) {
    double sum = c[count - 1];
    for (int i = count - 2; i >= 0; i--) {
        sum = c[i] + x * sum;
    }
    return sum;
}

/*
 * exp(x.h + x.l) = (h + l) * 2^k, 0.99 < h < 2.02, relative error below
 * 2^-66; |x.h| < 2000.
 */
struct dd mathfn_exp_dd(struct dd x, int *k);

/* log(x.h + x.l), relative error below 2^-67; x.h positive and finite. */
struct dd mathfn_log_dd(struct dd x);

/*
 * (x.h + x.l) * 2^k with one rounding, into the subnormals and to infinity;
 * 2^-7 < x.h < 4, |k| <= 1200.
 */
double mathfn_scale(struct dd x, int k);

#endif
