/*
 * test_tails.c - the activations whose tails are products of a large number and one that
 * has few digits left, against MPFR at 200 bits: while the true value is a normal number,
 * no more than a few units in its last place are lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <math.h>

#include <cmocka.h>
#include <mpfr.h>

#include "base/random.h"
#include "named.h"
#include "net/activation.h"

enum { BITS = 200, POINTS = 3000 };

/* s = 1 / (1 + e^-z) */
static void sigmoid(mpfr_t s, mpfr_srcptr z) {
    mpfr_neg(s, z, MPFR_RNDN);
    mpfr_exp(s, s, MPFR_RNDN);
    mpfr_add_ui(s, s, 1, MPFR_RNDN);
    mpfr_ui_div(s, 1, s, MPFR_RNDN);
}

static void silu_value(mpfr_t out, mpfr_srcptr z, mpfr_t work) {
    sigmoid(work, z);
    mpfr_mul(out, work, z, MPFR_RNDN);
}

/* s (1 + z (1 - s)) */
static void silu_slope(mpfr_t out, mpfr_srcptr z, mpfr_t work) {
    sigmoid(work, z);
    mpfr_ui_sub(out, 1, work, MPFR_RNDN);
    mpfr_mul(out, out, z, MPFR_RNDN);
    mpfr_add_ui(out, out, 1, MPFR_RNDN);
    mpfr_mul(out, out, work, MPFR_RNDN);
}

/* erfc(-z / sqrt 2) / 2 */
static void distribution(mpfr_t out, mpfr_srcptr z) {
    mpfr_sqrt_ui(out, 2, MPFR_RNDN);
    mpfr_div(out, z, out, MPFR_RNDN);
    mpfr_neg(out, out, MPFR_RNDN);
    mpfr_erfc(out, out, MPFR_RNDN);
    mpfr_div_ui(out, out, 2, MPFR_RNDN);
}

/* e^(-z^2/2) / sqrt(2 pi) */
static void density(mpfr_t out, mpfr_srcptr z, mpfr_t work) {
    mpfr_const_pi(work, MPFR_RNDN);
    mpfr_mul_ui(work, work, 2, MPFR_RNDN);
    mpfr_sqrt(work, work, MPFR_RNDN);
    mpfr_sqr(out, z, MPFR_RNDN);
    mpfr_div_si(out, out, -2, MPFR_RNDN);
    mpfr_exp(out, out, MPFR_RNDN);
    mpfr_div(out, out, work, MPFR_RNDN);
}

static void gelu_value(mpfr_t out, mpfr_srcptr z, mpfr_t work) {
    distribution(work, z);
    mpfr_mul(out, work, z, MPFR_RNDN);
}

static void gelu_slope(mpfr_t out, mpfr_srcptr z, mpfr_t work) {
    density(out, z, work);
    mpfr_mul(out, out, z, MPFR_RNDN);
    distribution(work, z);
    mpfr_add(out, out, work, MPFR_RNDN);
}

static const struct row {
    const char *name;
    bool slope;
    void (*exact)(mpfr_t out, mpfr_srcptr z, mpfr_t work);
    double low, high; /* of z; the slopes cross 0 near -1 */
} rows[] = {
    {"silu", false, silu_value, -720, -690}, {"silu", false, silu_value, -720, 1},
    {"silu", true, silu_slope, -720, -690},  {"silu", true, silu_slope, -720, -4},
    {"gelu", false, gelu_value, -38, -36.9}, {"gelu", false, gelu_value, -38, 1},
    {"gelu", true, gelu_slope, -38, -36.9},  {"gelu", true, gelu_slope, -38, -3},
};

/* In units of the last place of the true value, which are those of the smallest normal
 * number among the numbers that are smaller. */
static double error_of(double ours, mpfr_t exact) {
    mpfr_exp_t place = mpfr_get_exp(exact) - 53;
    mpfr_sub_d(exact, exact, ours, MPFR_RNDN);
    return fabs(ldexp(mpfr_get_d(exact, MPFR_RNDN), 1000)) /
           ldexp(1, (int)(place > -1074 ? place : -1074) + 1000);
}

static void test_tails(void **state) {
    (void)state;
    mpfr_t z, exact, work;
    mpfr_inits2(BITS, z, exact, work, (mpfr_ptr)0);
    struct random random;
    random_seed(&random, 1);
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        const struct activation *f = activation_named(rows[n].name);
        double worst = 0, at = 0;
        for (size_t point = 0; point < POINTS; point++) {
            double x = rows[n].low + (rows[n].high - rows[n].low) * random_unit(&random);
            mpfr_set_d(z, x, MPFR_RNDN);
            rows[n].exact(exact, z, work);
            double error =
                error_of(rows[n].slope ? f->slope(x, f->value(x), 1) : f->value(x), exact);
            if (!(error <= worst)) {
                worst = error;
                at = x;
            }
        }
        if (!(worst <= 6)) {
            fail_msg("%s, %s: %.3g units are lost at %.17g", rows[n].name,
                     rows[n].slope ? "slope" : "value", worst, at);
        }
    }
    mpfr_clears(z, exact, work, (mpfr_ptr)0);
}

/* Beyond the tails all is 0, and what has no limit in a product is no number. */
static void test_beyond(void **state) {
    (void)state;
    static const char *const names[] = {"silu", "gelu"};
    for (size_t n = 0; n < 2; n++) {
        const struct activation *f = activation_named(names[n]);
        for (double z = -1000; z > -INFINITY; z *= 1e10) {
            assert_true(f->value(z) == 0 && f->slope(z, 0, 1) == 0);
        }
        assert_true(isnan(f->value(-INFINITY)) && isnan(f->value(NAN)) &&
                    isnan(f->slope(NAN, NAN, 1)));
    }
    assert_true(normal_density(0) == 0.3989422804014327);
    assert_true(normal_density(INFINITY) == 0 && isnan(normal_density(NAN)));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tails), cmocka_unit_test(test_beyond)};
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
