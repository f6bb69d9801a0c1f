/*
 * test_mathfn_values.c - exact results of the elementary functions: the
 * special values of C99's Annex F, values computed with MPFR, symmetries, and
 * a fingerprint of many results, the same on every machine and compiler.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mathfn.h"
#include "bits.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
struct value {
    double (*function)(double x);
    double x, result;
};

/* Annex F; NaN results are compared as bits too: always the same quiet NaN. */
static void test_special_values(void **state) {
    (void)state;
    static const struct value values[] = {{math_exp, 0.0, 1},
                                          {math_exp, -0.0, 1},
                                          {math_exp, INFINITY, INFINITY},
                                          {math_exp, -INFINITY, 0},
                                          {math_exp, 1e300, INFINITY},
                                          {math_exp, -1e300, 0},
                                          {math_expm1, 0.0, 0},
                                          {math_expm1, -0.0, -0.0},
                                          {math_expm1, INFINITY, INFINITY},
                                          {math_expm1, -INFINITY, -1},
                                          {math_log, 0.0, -INFINITY},
                                          {math_log, -0.0, -INFINITY},
                                          {math_log, 1, 0},
                                          {math_log, -1, NAN},
                                          {math_log, INFINITY, INFINITY},
                                          {math_log, -INFINITY, NAN},
                                          {math_log, -0x1p-1074, NAN},
                                          {math_log1p, -0.0, -0.0},
                                          {math_log1p, 0.0, 0},
                                          {math_log1p, -1, -INFINITY},
                                          {math_log1p, -2, NAN},
                                          {math_log1p, INFINITY, INFINITY},
                                          {math_log1p, -INFINITY, NAN},
                                          {math_tanh, 0.0, 0},
                                          {math_tanh, -0.0, -0.0},
                                          {math_tanh, INFINITY, 1},
                                          {math_tanh, -INFINITY, -1},
                                          {math_tanh, -1e300, -1},
                                          {math_erfc, 0.0, 1},
                                          {math_erfc, -0.0, 1},
                                          {math_erfc, INFINITY, 0},
                                          {math_erfc, -INFINITY, 2},
                                          {math_erfc, 28, 0},
                                          {math_sin, 0.0, 0},
                                          {math_sin, -0.0, -0.0},
                                          {math_sin, INFINITY, NAN},
                                          {math_sin, -INFINITY, NAN},
                                          {math_cos, 0.0, 1},
                                          {math_cos, -0.0, 1},
                                          {math_cos, INFINITY, NAN},
                                          {math_cos, -INFINITY, NAN},
                                          {math_exp, NAN, NAN},
                                          {math_expm1, NAN, NAN},
                                          {math_log, NAN, NAN},
                                          {math_log1p, NAN, NAN},
                                          {math_tanh, NAN, NAN},
                                          {math_erfc, NAN, NAN},
                                          {math_sin, NAN, NAN},
                                          {math_cos, NAN, NAN},
                                          {math_exp, -NAN, NAN},
                                          {math_log, -NAN, NAN},
                                          {math_tanh, -NAN, NAN}};
    for (size_t i = 0; i < COUNT(values); i++) {
        const double got = values[i].function(values[i].x);
        assert_true(bits_of(got) == bits_of(values[i].result));
    }
}

struct power {
    double x, y, result;
};

static void test_pow_special_values(void **state) {
    (void)state;
    static const struct power powers[] = {{0.0, -3, INFINITY},
                                          {-0.0, -3, -INFINITY},
                                          {0.0, -2, INFINITY},
                                          {-0.0, -2, INFINITY},
                                          {-0.0, -2.5, INFINITY},
                                          {0.0, -INFINITY, INFINITY},
                                          {-0.0, -INFINITY, INFINITY},
                                          {0.0, 3, 0},
                                          {-0.0, 3, -0.0},
                                          {-0.0, 2, 0},
                                          {-0.0, 2.5, 0},
                                          {-0.0, INFINITY, 0},
                                          {-1, INFINITY, 1},
                                          {-1, -INFINITY, 1},
                                          {1, NAN, 1},
                                          {1, INFINITY, 1},
                                          {NAN, 0.0, 1},
                                          {NAN, -0.0, 1},
                                          {INFINITY, 0.0, 1},
                                          {-2, 0.5, NAN},
                                          {-2, -0.5, NAN},
                                          {0.5, -INFINITY, INFINITY},
                                          {-2, -INFINITY, 0},
                                          {0.5, INFINITY, 0},
                                          {-2, INFINITY, INFINITY},
                                          {-INFINITY, -3, -0.0},
                                          {-INFINITY, -2, 0},
                                          {-INFINITY, -2.5, 0},
                                          {-INFINITY, 3, -INFINITY},
                                          {-INFINITY, 2, INFINITY},
                                          {-INFINITY, 2.5, INFINITY},
                                          {INFINITY, -1, 0},
                                          {INFINITY, 0.5, INFINITY},
                                          {NAN, 1, NAN},
                                          {2, NAN, NAN},
                                          {-NAN, 2, NAN},
                                          {0, NAN, NAN},
                                          {NAN, INFINITY, NAN},
                                          {-1, 0x1p53, 1},
                                          {-1, 0x1.fffffffffffffp52, -1},
                                          {-2, 1e300, INFINITY},
                                          {-0.5, 0x1.8p52, 0},
                                          {-2, 0x1.8p52 + 1, -INFINITY},
                                          {-2, -1075, -0.0},
                                          {-2, -1074, 0x1p-1074},
                                          {0x1p-1074, -1, INFINITY},
                                          {0x1p-1074, 1, 0x1p-1074},
                                          {2, 0x1p-1074, 1},
                                          {2, 1024, INFINITY},
                                          {-3, 3, -27},
                                          {10, 22, 1e22}};
    for (size_t i = 0; i < COUNT(powers); i++)
        assert_true(bits_of(math_pow(powers[i].x, powers[i].y)) == bits_of(powers[i].result));
}

/* Correctly rounded values, computed with MPFR. */
static void test_fixed_values(void **state) {
    (void)state;
    static const struct value values[] = {
        {math_exp, 1, 0x1.5bf0a8b145769p+1},
        {math_exp, -0.1, 0x1.cf46d99d52b3ap-1},
        {math_exp, -740.5, 0x0.0000000000033p-1022},
        {math_exp, 709.5, 0x1.81e9b4b52d0c9p+1023},
        {math_expm1, 1, 0x1.b7e151628aed3p+0},
        {math_expm1, -0.1, -0x1.85c933156a62cp-4},
        {math_expm1, 1e-5, 0x1.4f8bc681cdfb6p-17},
        {math_expm1, -3, -0x1.e6824f33314f5p-1},
        {math_log, 2, 0x1.62e42fefa39efp-1},
        {math_log, 0.1, -0x1.26bb1bbb55515p+1},
        {math_log, 1.0001, 0x1.a368d0657fcd4p-14},
        {math_log, 0x1p-1060, -0x1.6f5e359f105f9p+9},
        {math_log1p, 1, 0x1.62e42fefa39efp-1},
        {math_log1p, -0.1, -0x1.af8e8210a415ep-4},
        {math_log1p, 1e-5, 0x1.4f8aea9ae7317p-17},
        {math_log1p, 1e10, 0x1.7069e2aa3184ep+4},
        {math_tanh, 1, 0x1.85efab514f394p-1},
        {math_tanh, -0.1, -0x1.983d7795f413ap-4},
        {math_tanh, 0.01, 0x1.47ab48ae4595ep-7},
        {math_tanh, 5, 0x1.fff419668df11p-1},
        {math_erfc, 1, 0x1.4226162fbddd5p-3},
        {math_erfc, -0.1, 0x1.1cca5ea24fb33p+0},
        {math_erfc, 26, 0x1.284bfe1cdea24p-981},
        {math_erfc, 27, 0x0.0000000019e0fp-1022},
        {math_sin, 1, 0x1.aed548f090ceep-1},
        {math_sin, 3.141592653589793, 0x1.1a62633145c07p-53},
        {math_sin, 1e22, -0x1.b453ab76bf397p-1},
        {math_sin, 6381956970095103e230, 0x1.fff6e27ff56fbp-1},
        {math_cos, 1, 0x1.14a280fb5068cp-1},
        {math_cos, 1.5707963267948966, 0x1.1a62633145c07p-54},
        {math_cos, 1e22, 0x1.0be2cef01c8f4p-1},
        {math_cos, 1e300, -0x1.2699022adc4c1p-1},
    };
    for (size_t i = 0; i < COUNT(values); i++)
        assert_true(bits_of(values[i].function(values[i].x)) == bits_of(values[i].result));
    assert_true(math_pow(2, 0.5) == 0x1.6a09e667f3bcdp+0);
    assert_true(math_pow(10, -300.5) == 0x1.b1b75833790cap-999);
    assert_true(math_pow(1.0000001, 1e9) == 0x1.349445c228792p+144);
    assert_true(math_pow(3, -650.5) == 0x0.007e674fae62bp-1022);
}

/* The even and odd functions are so in every bit. */
static void test_symmetries(void **state) {
    (void)state;
    uint64_t seed = 4;
    for (int n = 0; n < 20000; n++) {
        const double x = bits_double(bits_random(&seed) & (UINT64_MAX >> 1));
        if (x != x || x > 0x1.fffffffffffffp1023)
            continue;
        assert_true(bits_of(math_sin(-x)) == bits_of(-math_sin(x)));
        assert_true(bits_of(math_cos(-x)) == bits_of(math_cos(x)));
        assert_true(bits_of(math_tanh(-x)) == bits_of(-math_tanh(x)));
        assert_true(math_sin(x) >= -1 && math_sin(x) <= 1);
        assert_true(math_tanh(x) >= 0 && math_tanh(x) <= 1);
    }
}

/* A fingerprint (FNV-1a) of the bits of many results: it must not depend on the machine. */
static void test_same_bits_everywhere(void **state) {
    (void)state;
    static double (*const functions[])(double x) = {math_exp,  math_expm1, math_log, math_log1p,
                                                    math_tanh, math_erfc,  math_sin, math_cos};
    uint64_t seed = 5, hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < COUNT(functions); i++) {
        for (int n = 0; n < 20000; n++) {
            const double part = (double)(bits_random(&seed) >> 11) * 0x1p-53 - 0.25;
            const double any = bits_double(bits_random(&seed));
            const double x = n % 4 == 0 ? any : n % 4 == 1 ? part : 40 * part;
            hash = (hash ^ bits_of(functions[i](x))) * UINT64_C(0x100000001b3);
            hash = (hash ^ bits_of(math_pow(x, 30 * part))) * UINT64_C(0x100000001b3);
        }
    }
    assert_true(hash == UINT64_C(0x89ec03e077471bc8));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_special_values), cmocka_unit_test(test_pow_special_values),
        cmocka_unit_test(test_fixed_values), cmocka_unit_test(test_symmetries),
        cmocka_unit_test(test_same_bits_everywhere)};
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
