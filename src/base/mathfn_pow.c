/*
 * mathfn_pow.c - pow.
 *
 * Method. |x|^y = exp(y log |x|), with the logarithm, the product and the
 * exponential in double-double. The special values of C99 are sorted out
 * before: what is left is an |x| other than 0, 1 and infinity and a finite y.
 *
 * Error. The logarithm is right to 2^-67 of itself and |y log x| < 746 where
 * the result is a finite double, so the exponent is right to 746 * 2^-67 <
 * 2^-57; together with the 2^-66 of exp that is 0.07 ulp beside the last
 * rounding: below 0.57 ulp, and x^y that is a double comes out exactly.
 */
#include "base/mathfn.h"

#include "mathfn_private.h"

enum parity { NOT_INTEGER, ODD, EVEN };

/* From 2^53 on all doubles are even, and so is infinity in C99's eyes. */
static enum parity parity_of(double y) {
    const double size = mathfn_abs(y);
    if (size >= 0x1p53) {
        return EVEN;
    }
    const uint64_t whole = (uint64_t)size;
    if ((double)whole < size) {
        return NOT_INTEGER;
    }
    return whole & 1 ? ODD : EVEN;
}

/* x^y for 0 <= x <= infinity, no NaN, y not 0. */
static double power_of_size(double x, double y) {
    const double y_size = mathfn_abs(y);
    if (x >= 1 && x <= 1) {
        return 1;
    }
    if (x <= 0 || x > DBL_MAX || y_size > 0x1p65) { /* |log x| > 2^-54, so |y log x| > 2048 */
        return (x > 1) == (y > 0) ? mathfn_infinity() : 0;
    }
    if (y_size < 0x1p-65) { /* |y log x| < 2^-55 */
        return 1;
    }
    const struct dd argument = {x, 0};
    const struct dd log = mathfn_log_dd(argument);
    const struct dd product = dd_product(y, log.h);
    const struct dd exponent = dd_sum_ordered(product.h, product.l + y * log.l);
    if (exponent.h > 710) {
        return mathfn_infinity();
    }
    if (exponent.h < -746) {
        return 0;
    }
    int k;
    const struct dd e = mathfn_exp_dd(exponent, &k);
    return mathfn_scale(e, k);
}

double math_pow(double x, double y) {
    if ((x >= 1 && x <= 1) || (y >= 0 && y <= 0)) {
        return 1; /* even beside a NaN */
    }
    if (x != x || y != y) {
        return mathfn_nan();
    }
    const enum parity parity = parity_of(y);
    if (parity == NOT_INTEGER && x < 0 && x >= -DBL_MAX) {
        return mathfn_nan();
    }
    const double result = power_of_size(mathfn_abs(x), y);
    return parity == ODD ? mathfn_with_sign(result, x) : result;
}
