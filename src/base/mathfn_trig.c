/*
 * mathfn_trig.c - sin and cos.
 *
 * Method. Beyond pi/4, x = q pi/2 + r with |r| <= pi/4, and q modulo 4 says
 * which of sin r, cos r, -sin r, -cos r is meant. The reduction is exact
 * integer arithmetic (after Payne and Hanek): |x| = m 2^e with an integer m,
 * and of the bits of 2/pi those are skipped whose product with m 2^e is a
 * multiple of 4; the next 192 to 224 times m give |x| 2/pi modulo 4.
 *
 * Error of the reduction. The bits of 2/pi left out weigh below m 2^e
 * 2^-(e-2+192) < 2^-137, and no double comes nearer to a multiple of pi/2
 * than 2^-62 of a quarter turn, so r is right to 2^-75 of itself; the 97 or
 * more bits taken of it and pi/2 as a double-double do no worse.
 *
 * Error of the series. sin r is r plus a sum that is 0.12 of it at most and
 * goes through four roundings on the way: below 0.85 ulp at the far end, near
 * 0.5 for small r. cos r is 1 - r^2/2 in double-double plus terms below 0.016:
 * below 0.6 ulp. Both are Taylor series up to a term below 2^-62 of the result.
 */
#include "base/mathfn.h"

#include "mathfn_private.h"

#define LIMBS 7

/* 64 zero bits, then the bits of 2/pi after the binary point. */
static const uint32_t two_over_pi[] = {
    0x00000000, 0x00000000, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041,
    0xfe5163ab, 0xdebbc561, 0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c, 0xfe1deb1c, 0xb129a73e,
    0xe88235f5, 0x2ebb4484, 0xe99c7026, 0xb45f7e41, 0x3991d639, 0x835339f4, 0x9c845f8b, 0xbdf9283b,
    0x1ff897ff, 0xde05980f, 0xef2f118b, 0x5a0a6d1f, 0x6d367ecf, 0x27cb09b7, 0x4f463f66, 0x9e5fea2d,
    0x7527bac7, 0xebe5f17b, 0x3d0739f7, 0x8a5292ea, 0x6bfb5fb1, 0x1f8d5d08, 0x56033046};

/* to = m * from modulo 2^224; the first limb is the highest. */
static void multiply(uint32_t to[LIMBS], const uint32_t from[LIMBS], uint64_t m) {
    const uint64_t low = m & UINT32_MAX, high = m >> 32;
    uint64_t carry = 0;
    for (int i = LIMBS - 1; i >= 0; i--) {
        carry += from[i] * low;
        to[i] = (uint32_t)carry;
        carry >>= 32;
    }
    carry = 0;
    for (int i = LIMBS - 1; i >= 1; i--) {
        carry += from[i] * high + to[i - 1];
        to[i - 1] = (uint32_t)carry;
        carry >>= 32;
    }
}

/* Shifts left by 0 <= count < 32 bits. */
static void shift(uint32_t limb[LIMBS], unsigned count) {
    for (int i = 0; i < LIMBS; i++) {
        const uint64_t next = i + 1 < LIMBS ? limb[i + 1] : 0;
        limb[i] = (uint32_t)(((((uint64_t)limb[i] << 32) | next) << count) >> 32);
    }
}

/* The fraction 0.limbs, below 1/2, times pi/2. */
static struct dd fraction_of_quarter(const uint32_t limb[LIMBS]) {
    const struct dd half_pi = {0x1.921fb54442d18p0, 0x1.1a62633145c07p-54};
    int first = 0;
    while (first < LIMBS - 4 && limb[first] == 0) {
        first++;
    }
    const double low = limb[first + 2] * 0x1p-64 + limb[first + 3] * 0x1p-96;
    const struct dd f = dd_sum_ordered(limb[first], limb[first + 1] * 0x1p-32);
    const struct dd sum = dd_sum_ordered(f.h, f.l + low);
    const struct dd product = dd_product(sum.h, half_pi.h);
    const double scale = mathfn_power_of_two(-32 * (first + 1));
    const double rest = product.l + (sum.h * half_pi.l + sum.l * half_pi.h);
    const struct dd r = dd_sum_ordered(product.h, rest);
    const struct dd scaled = {r.h * scale, r.l * scale};
    return scaled;
}

/* x = (q + 4 i) pi/2 + r for some integer i, x > 0.78 finite. */
static struct dd reduce(double x, unsigned *q) {
    const uint64_t bits = bits_of(x);
    const uint64_t m = (bits & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52;
    const unsigned skip = (unsigned)(bits >> 52) - 1075 - 2 + 64; /* bits of the table */
    uint32_t limb[LIMBS];
    multiply(limb, two_over_pi + skip / 32, m);
    shift(limb, skip % 32); /* now the point is after the two highest bits */
    *q = limb[0] >> 30;
    shift(limb, 2);
    if (limb[0] >> 31 == 0) {
        return fraction_of_quarter(limb);
    }
    *q += 1;
    for (int i = 0; i < LIMBS; i++) {
        limb[i] = ~limb[i];
    }
    const struct dd r = fraction_of_quarter(limb);
    const struct dd negative = {-r.h, -r.l};
    return negative;
}

static double sin_series(struct dd r) {
    static const double c[] = {
        -1.0 / 6,        1.0 / 120,        -1.0 / 5040,          1.0 / 362880,
        -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000, 1.0 / 355687428096000};
    const double z = r.h * r.h;
    return r.h + (r.h * z * mathfn_polynomial(c, 8, z) + (r.l - 0.5 * z * r.l));
}

static double cos_series(struct dd r) {
    static const double c[] = {
        1.0 / 24,        -1.0 / 720,         1.0 / 40320,          -1.0 / 3628800,
        1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000, -1.0 / 6402373705728000};
    const struct dd square = dd_product(r.h, r.h);
    const double z = square.h;
    const struct dd sum = dd_sum_ordered(1, -0.5 * z);
    const double slope = r.h - r.h * z * (1.0 / 6); /* sin r, for r.l */
    const double low = (sum.l - 0.5 * square.l) - slope * r.l;
    return sum.h + (low + z * z * mathfn_polynomial(c, 8, z));
}

/* sin(r + q pi/2). */
static double sin_of_quarters(struct dd r, unsigned q) {
    const double value = q & 1 ? cos_series(r) : sin_series(r);
    return q & 2 ? -value : value;
}

double math_sin(double x) {
    const double size = mathfn_abs(x);
    unsigned q = 0;
    struct dd r = {size, 0};
    if (x != x || size > DBL_MAX) {
        return mathfn_nan();
    }
    if (size < 0x1p-27) {
        return x;
    }
    if (size > 0x1.92p-1) {
        r = reduce(size, &q);
    }
    const double value = sin_of_quarters(r, q);
    return bits_of(x) >> 63 ? -value : value;
}

double math_cos(double x) {
    const double size = mathfn_abs(x);
    unsigned q = 0;
    struct dd r = {size, 0};
    if (x != x || size > DBL_MAX) {
        return mathfn_nan();
    }
    if (size > 0x1.92p-1) {
        r = reduce(size, &q);
    }
    return sin_of_quarters(r, q + 1);
}
