/*
 * test_mathfn.c - the elementary functions against MPFR at 200 bits.
 *
 * Errors are measured in ulp: units in the last place of a double near the
 * true value, which is 2^-1074 among the subnormals. The points are random
 * with a fixed seed, over ranges chosen for each function and over all bit
 * patterns, and the neighbours of special points. The limits are the bounds
 * that the sources promise, all below 1 ulp.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <mpfr.h>

#include "base/mathfn.h"
#include "bits.h"

#ifndef POINTS
#define POINTS 6000 /* a range */
#endif

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WRONG 1e9 /* the error of a NaN, an infinity or a zero out of place */

struct range {
    double low, high;
};

struct function {
    const char *name;
    double (*ours)(double x);
    int (*exact)(mpfr_t result, mpfr_srcptr x, mpfr_rnd_t rounding);
    double limit;
    struct range ranges[8]; /* up to the first 0 .. 0 */
};

static const struct function functions[] = {
    {"exp",
     math_exp,
     mpfr_exp,
     0.54,
     {{-1, 1}, {-0.02, 0.02}, {-746, 710}, {-745.2, -708}, {709, 710}, {-30, 30}}},
    {"expm1",
     math_expm1,
     mpfr_expm1,
     0.54,
     {{-1, 1}, {-0.02, 0.02}, {-1e-4, 1e-4}, {-41, 60}, {60, 710}, {-4, 4}}},
    {"log",
     math_log,
     mpfr_log,
     0.51,
     {{0, 2}, {0.98, 1.02}, {0.9999, 1.0001}, {0, 1e-307}, {0, 1e6}, {0.7, 1.42}}},
    {"log1p",
     math_log1p,
     mpfr_log1p,
     0.51,
     {{-1, 1}, {-0.02, 0.02}, {-1e-5, 1e-5}, {-1, -0.999}, {0, 1e6}, {-0.3, 0.42}}},
    {"tanh",
     math_tanh,
     mpfr_tanh,
     0.54,
     {{-1, 1}, {-0.07, 0.07}, {-1e-3, 1e-3}, {-22, 22}, {-4, 4}, {18, 20}}},
    {"erfc",
     math_erfc,
     mpfr_erfc,
     0.85,
     {{-0.5, 0.5}, {-1, 1}, {-7, 28}, {26, 27.3}, {0.4, 4}, {-1e-3, 1e-3}, {4, 26}}},
    {"sin",
     math_sin,
     mpfr_sin,
     0.85,
     {{-1, 1}, {-3.2, 3.2}, {-1e-3, 1e-3}, {-100, 100}, {1e5, 1e6}, {1e15, 1e18}, {1e299, 1e300}}},
    {"cos",
     math_cos,
     mpfr_cos,
     0.85,
     {{-1, 1}, {-3.2, 3.2}, {1.57, 1.571}, {-100, 100}, {1e5, 1e6}, {1e15, 1e18}, {1e299, 1e300}}},
};

static double random_between(uint64_t *state, struct range range) {
    const double part = (double)(bits_random(state) >> 11) * 0x1p-53;
    return range.low + (range.high - range.low) * part;
}

/* The distance of `got` from the true value, in ulp. */
static double error_in_ulp(double got, mpfr_t exact) {
    const double infinity = bits_double(UINT64_C(0x7ff0000000000000));
    if (mpfr_nan_p(exact) || got != got)
        return mpfr_nan_p(exact) && got != got ? 0 : WRONG;
    if (mpfr_inf_p(exact))
        return mpfr_cmp_d(exact, got) == 0 ? 0 : WRONG;
    if (mpfr_zero_p(exact))
        return got >= 0 && got <= 0 ? 0 : WRONG;
    if (mpfr_get_exp(exact) > 1024 && mpfr_cmpabs_ui(exact, 1) > 0)
        return got == (mpfr_sgn(exact) > 0 ? infinity : -infinity) ? 0 : WRONG;
    const long spacing = mpfr_get_exp(exact) - 53 < -1074 ? -1074 : mpfr_get_exp(exact) - 53;
    mpfr_t difference;
    mpfr_init2(difference, 200);
    if (got > 0x1.fffffffffffffp1023 || got < -0x1.fffffffffffffp1023)
        mpfr_set_si_2exp(difference, got > 0 ? 1 : -1, 1024, MPFR_RNDN);
    else
        mpfr_set_d(difference, got, MPFR_RNDN);
    mpfr_sub(difference, difference, exact, MPFR_RNDN);
    mpfr_mul_2si(difference, difference, -spacing, MPFR_RNDN);
    const double error = mpfr_get_d(difference, MPFR_RNDA);
    mpfr_clear(difference);
    return error < 0 ? -error : error;
}

/* The greater of `worst` and the error at x. */
static double worse(const struct function *f, double x, double worst) {
    mpfr_t argument, exact;
    mpfr_init2(argument, 53);
    mpfr_init2(exact, 200);
    mpfr_set_d(argument, x, MPFR_RNDN);
    f->exact(exact, argument, MPFR_RNDN);
    const double error = error_in_ulp(f->ours(x), exact);
    mpfr_clear(argument);
    mpfr_clear(exact);
    if (error > f->limit)
        print_error("%s(%a) is wrong by %g ulp\n", f->name, x, error);
    return error > worst ? error : worst;
}

static double worst_of_ranges(const struct function *f) {
    uint64_t state = 1;
    double worst = 0;
    for (size_t i = 0; i < COUNT(f->ranges) && f->ranges[i].low < f->ranges[i].high; i++) {
        for (int n = 0; n < POINTS; n++)
            worst = worse(f, random_between(&state, f->ranges[i]), worst);
    }
    return worst;
}

static void test_random_points(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(functions); i++)
        assert_true(worst_of_ranges(&functions[i]) <= functions[i].limit);
}

/* Every exponent from the subnormals to infinity and the NaNs. */
static void test_random_bits(void **state) {
    (void)state;
    uint64_t seed = 2;
    for (size_t i = 0; i < COUNT(functions); i++) {
        double worst = 0;
        for (int n = 0; n < POINTS; n++)
            worst = worse(&functions[i], bits_double(bits_random(&seed)), worst);
        assert_true(worst <= functions[i].limit);
    }
}

/* Where a method changes, where results overflow or vanish, and famous bad cases. */
static void test_special_points(void **state) {
    (void)state;
    static const double points[] = {0x1p-1074,
                                    0x1p-1022,
                                    0x1p-54,
                                    0x1p-53,
                                    0x1p-28,
                                    0x1p-27,
                                    0x1.6p-8,
                                    0.0625,
                                    0.25,
                                    0.5,
                                    1,
                                    2,
                                    4,
                                    0x1.92p-1,
                                    0x1.921fb54442d18p-1,
                                    0x1.921fb54442d18p0,
                                    0x1.921fb54442d18p1,
                                    45.0 / 64,
                                    45.0 / 32,
                                    5,
                                    6,
                                    7,
                                    8,
                                    16,
                                    19,
                                    20,
                                    27.5,
                                    37.4,
                                    40,
                                    0x1.62e42fefa39efp-1,
                                    26.543258454250105,
                                    27.2263,
                                    708.3964185322641,
                                    709.782712893384,
                                    710,
                                    745.1332191019411,
                                    746,
                                    0x1p53,
                                    0x1p64,
                                    6381956970095103.0 * 0x1p797,
                                    0x1.6ac5b262ca1ffp849,
                                    0x1.fffffffffffffp1023};
    for (size_t i = 0; i < COUNT(functions); i++) {
        double worst = 0;
        for (size_t j = 0; j < COUNT(points); j++) {
            for (uint64_t near = 0; near < 7; near++) {
                const double x = bits_double(bits_of(points[j]) + near - (j > 0 ? 3 : 1));
                worst = worse(&functions[i], x, worst);
                worst = worse(&functions[i], -x, worst);
            }
        }
        assert_true(worst <= functions[i].limit);
    }
}

static double pow_error(double x, double y) {
    mpfr_t base, exponent, exact;
    mpfr_inits2(53, base, exponent, (mpfr_ptr)0);
    mpfr_init2(exact, 200);
    mpfr_set_d(base, x, MPFR_RNDN);
    mpfr_set_d(exponent, y, MPFR_RNDN);
    mpfr_pow(exact, base, exponent, MPFR_RNDN);
    const double error = error_in_ulp(math_pow(x, y), exact);
    mpfr_clears(base, exponent, exact, (mpfr_ptr)0);
    if (error > 0.57)
        print_error("pow(%a, %a) is wrong by %g ulp\n", x, y, error);
    return error;
}

static void test_pow_random(void **state) {
    (void)state;
    uint64_t seed = 3;
    const uint64_t positive = UINT64_MAX >> 1;
    const struct range powers = {-760, 715}, whole = {-40, 40}, near_one = {0.99, 1.01};
    const struct range small = {0, 30}, exponents = {-12, 12};
    for (int n = 0; n < POINTS; n++) {
        /* y log x within the range of the doubles and just outside */
        const double x = bits_double(bits_random(&seed) & positive);
        const double close = random_between(&seed, near_one);
        const double short_one = random_between(&seed, small);
        assert_true(pow_error(x, bits_double(bits_random(&seed))) <= 0.57);
        assert_true(pow_error(close, random_between(&seed, powers) / math_log(close)) <= 0.57);
        assert_true(pow_error(short_one, random_between(&seed, exponents)) <= 0.57);
        assert_true(pow_error(-short_one, (double)(int)random_between(&seed, whole)) <= 0.57);
        if (x < 0x1p1023 && (x < 0.9 || x > 1.1))
            assert_true(pow_error(x, random_between(&seed, powers) / math_log(x)) <= 0.57);
    }
}

/* A product of doubles that is a double itself comes out exactly. */
static void test_pow_exact(void **state) {
    (void)state;
    for (int base = 2; base < 40; base++) {
        double product = 1;
        int y = 0;
        while (product <= 0x1p53) {
            assert_true(math_pow(base, y) == product);
            assert_true(math_pow(-base, y) == (y % 2 ? -product : product));
            assert_true(math_pow(base * 0.25, y) == product * math_pow(2, -2 * y));
            product *= base;
            y++;
        }
    }
    for (int y = -1074; y < 1024; y++)
        assert_true(pow_error(2, y) <= 0);
    assert_true(math_pow(6.25, 0.5) == 2.5);
    assert_true(math_pow(6.25, -0.5) == 0.4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_points), cmocka_unit_test(test_random_bits),
        cmocka_unit_test(test_special_points), cmocka_unit_test(test_pow_random),
        cmocka_unit_test(test_pow_exact)};
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
