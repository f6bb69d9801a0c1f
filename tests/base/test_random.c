/*
 * test_random.c - the random numbers are fixed for ever: the published values of
 * xoshiro256** and splitmix64, and first numbers of some seeds, computed by an
 * independent program from the papers' definitions.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"

static void test_published_values(void **state) {
    (void)state;
    /* xoshiro256** from the state 1, 2, 3, 4 */
    struct random random = {{1, 2, 3, 4}};
    static const uint64_t values[] = {11520,
                                      0,
                                      1509978240,
                                      UINT64_C(1215971899390074240),
                                      UINT64_C(1216172134540287360),
                                      UINT64_C(607988272756665600)};
    for (size_t n = 0; n < sizeof values / sizeof *values; n++) {
        assert_true(random_bits(&random) == values[n]);
    }
    /* splitmix64 from 0 */
    random_seed(&random, 0);
    assert_true(random.state[0] == UINT64_C(0xE220A8397B1DCDAF));
    assert_true(random.state[1] == UINT64_C(0x6E789E6AA1B965F4));
    assert_true(random.state[2] == UINT64_C(0x06C45D188009454F));
    assert_true(random.state[3] == UINT64_C(0xF88BB8A8724C81EC));
}

static void test_first_of_a_seed(void **state) {
    (void)state;
    static const struct {
        uint64_t seed, first[2];
    } seeds[] = {
        {0, {UINT64_C(0x99ec5f36cb75f2b4), UINT64_C(0xbf6e1f784956452a)}},
        {1, {UINT64_C(0xb3f2af6d0fc710c5), UINT64_C(0x853b559647364cea)}},
        {UINT64_MAX, {UINT64_C(0x8f5520d52a7ead08), UINT64_C(0xc476a018caa1802d)}},
    };
    struct random random;
    for (size_t n = 0; n < sizeof seeds / sizeof *seeds; n++) {
        random_seed(&random, seeds[n].seed);
        assert_true(random_bits(&random) == seeds[n].first[0]);
        assert_true(random_bits(&random) == seeds[n].first[1]);
    }
    random_seed(&random, 1);
    assert_true(random_unit(&random) == 0.7029218331588505);
    assert_true(random_unit(&random) == 0.5204366199388569);
    random_seed(&random, 1);
    static const double normals[] = {-1.5452228371402943, -1.0136476397283942, 0.9582971460957354};
    for (size_t n = 0; n < 3; n++) {
        assert_true(fabs(random_normal(&random) - normals[n]) <= 4e-16);
    }
    random_seed(&random, 1);
    static const size_t below_ten[] = {7, 2, 0, 3, 1, 2, 6, 9};
    for (size_t n = 0; n < 8; n++) {
        assert_int_equal(random_below(&random, 10), below_ten[n]);
    }
}

static void test_below(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 5);
    assert_int_equal(random_below(&random, 0), 0);
    assert_int_equal(random_below(&random, 1), 0);
    size_t counts[3] = {0};
    for (int n = 0; n < 30000; n++) {
        size_t value = random_below(&random, 3);
        assert_true(value < 3);
        counts[value]++;
    }
    for (size_t n = 0; n < 3; n++) { /* 5 standard deviations are 408 */
        assert_true(counts[n] > 9592 && counts[n] < 10408);
    }
    for (int n = 0; n < 100; n++) {
        assert_true(random_below(&random, SIZE_MAX) < SIZE_MAX);
    }
}

static void test_distributions(void **state) {
    (void)state;
    enum { COUNT = 100000 };
    struct random random;
    random_seed(&random, 6);
    double sum = 0, squares = 0, unit_sum = 0;
    for (int n = 0; n < COUNT; n++) {
        double value = random_normal(&random);
        assert_true(isfinite(value));
        sum += value;
        squares += value * value;
        double unit = random_unit(&random);
        assert_true(unit >= 0 && unit < 1);
        unit_sum += unit;
    }
    /* 5 standard deviations of each mean */
    assert_true(fabs(sum / COUNT) < 0.016);
    assert_true(fabs(squares / COUNT - 1) < 0.023);
    assert_true(fabs(unit_sum / COUNT - 0.5) < 0.0046);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_values),
        cmocka_unit_test(test_first_of_a_seed),
        cmocka_unit_test(test_below),
        cmocka_unit_test(test_distributions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
