/*
 * test_initializer.c - how W begins: the digits that a seed gives are fixed for
 * ever, the spread is that of the papers, and orthogonal means orthogonal.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"
#include "net/initializer.h"
#include "net/model.h"

static struct network open_network(const size_t *widths, size_t count, const char *name,
                                   double value, uint64_t seed) {
    struct network network;
    assert_int_equal(network_open(&network, widths, count, NULL), STATUS_OK);
    const struct initializer *initializer = initializer_named(name);
    assert_non_null(initializer);
    assert_int_equal(network_initialize(&network, initializer, value, seed, NULL, NULL), STATUS_OK);
    return network;
}

static double W_at(const struct network *network, size_t k, size_t i, size_t j) {
    return network_W(network, k)[i * network->layers[k].stride + j];
}

static void test_table(void **state) {
    (void)state;
    static const char *const names[] = {"he",     "xavier",   "lecun",    "uniform",
                                        "normal", "constant", "identity", "orthogonal"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        assert_non_null(initializer_named(names[n]));
    }
    const struct initializer *row;
    for (size_t n = 0; (row = initializer_at(n)) != NULL; n++) {
        assert_ptr_equal(initializer_named(row->name), row);
        assert_true(strlen(row->help) > 0);
    }
    assert_string_equal(initializer_at(0)->name, "he");
    assert_null(initializer_named("no such"));
}

/* The numbers were worked out by another program: xoshiro256** of seed 1, Box and
 * Muller's cosine, times sqrt(2/2) and sqrt(2/3); row by row, layer by layer. */
static void test_he_seed_1(void **state) {
    (void)state;
    static const double W0[2][3] = {
        {-1.5452228371402943, -1.0136476397283942, 0.95829714609573535},
        {-0.28180977695353088, -1.9041346336254343, 2.2389706388575599}};
    static const double W1[3] = {-0.92342894863079594, 0.85397778917128853, -0.33392688196420917};
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){2, 3, 1}, 3, NULL), STATUS_OK);
    const struct network *network = &model->network;
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < 3; j++) {
            assert_true(W_at(network, 0, i, j) == W0[i][j]);
        }
    }
    for (size_t i = 0; i < 3; i++) {
        assert_true(W_at(network, 1, i, 0) == W1[i]);
    }
    model_close(model);
}

static void test_seeds_differ(void **state) {
    (void)state;
    const size_t widths[] = {4, 4};
    struct network one = open_network(widths, 2, "he", 0, 1);
    struct network again = open_network(widths, 2, "he", 0, 1);
    struct network other = open_network(widths, 2, "he", 0, 2);
    assert_true(W_at(&one, 0, 3, 3) == W_at(&again, 0, 3, 3));
    assert_true(W_at(&one, 0, 3, 3) != W_at(&other, 0, 3, 3));
    network_close(&one);
    network_close(&again);
    network_close(&other);
}

static const struct spread {
    const char *name;
    double value;
    double variance; /* of a 200 x 300 matrix */
} spreads[] = {
    {"he", 0, 2.0 / 200},     {"xavier", 0, 2.0 / 500},     {"lecun", 0, 1.0 / 200},
    {"normal", 0.25, 0.0625}, {"uniform", 0.3, 0.09 / 3.0}, {"orthogonal", 0, 1.0 / 300},
};

/* Mean and variance of 60,000 numbers: 4 standard errors either way. */
static void test_spread(void **state) {
    (void)state;
    const size_t widths[] = {200, 300};
    const double count = 60000;
    for (size_t n = 0; n < sizeof spreads / sizeof *spreads; n++) {
        struct network network = open_network(widths, 2, spreads[n].name, spreads[n].value, 7);
        double sum = 0, squares = 0;
        for (size_t i = 0; i < 200; i++) {
            for (size_t j = 0; j < 300; j++) {
                sum += W_at(&network, 0, i, j);
                squares += W_at(&network, 0, i, j) * W_at(&network, 0, i, j);
            }
        }
        double deviation = sqrt(spreads[n].variance);
        assert_true(fabs(sum / count) < 4 * deviation / sqrt(count));
        assert_true(fabs(squares / count - spreads[n].variance) <
                    4 * sqrt(2 / count) * spreads[n].variance);
        network_close(&network);
    }
}

static void test_uniform_range(void **state) {
    (void)state;
    struct network network = open_network((const size_t[]){50, 50}, 2, "uniform", 0.2, 3);
    double least = 1, most = -1;
    for (size_t i = 0; i < 50; i++) {
        for (size_t j = 0; j < 50; j++) {
            least = fmin(least, W_at(&network, 0, i, j));
            most = fmax(most, W_at(&network, 0, i, j));
        }
    }
    assert_true(least >= -0.2 && least < -0.19);
    assert_true(most < 0.2 && most > 0.19);
    network_close(&network);
}

/* Rows (or columns, whichever are fewer) are of length 1 and at right angles. */
static void check_orthogonal(size_t from, size_t to) {
    struct network network =
        open_network((const size_t[]){from, to}, 2, "orthogonal", 0, from + to);
    size_t vectors = from < to ? from : to, length = from < to ? to : from;
    for (size_t a = 0; a < vectors; a++) {
        for (size_t b = a; b < vectors; b++) {
            double dot = 0;
            for (size_t n = 0; n < length; n++) {
                dot += from < to ? W_at(&network, 0, a, n) * W_at(&network, 0, b, n)
                                 : W_at(&network, 0, n, a) * W_at(&network, 0, n, b);
            }
            assert_true(fabs(dot - (a == b ? 1 : 0)) < 1e-14);
        }
    }
    network_close(&network);
}

static void test_orthogonal(void **state) {
    (void)state;
    check_orthogonal(1, 1);
    check_orthogonal(7, 7);
    check_orthogonal(3, 12);
    check_orthogonal(40, 17);
    check_orthogonal(64, 64);
}

static void test_constant_and_identity(void **state) {
    (void)state;
    struct network constant = open_network((const size_t[]){3, 2}, 2, "constant", -0.75, 1);
    struct network identity = open_network((const size_t[]){3, 2, 4}, 3, "identity", 0, 1);
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 2; j++) {
            assert_true(W_at(&constant, 0, i, j) == -0.75);
            assert_true(W_at(&identity, 0, i, j) == (i == j ? 1 : 0));
            assert_true(W_at(&identity, 1, j, i) == (i == j ? 1 : 0));
        }
    }
    network_close(&constant);
    network_close(&identity);
}

static void test_biases_are_zero(void **state) {
    (void)state;
    struct network network;
    assert_int_equal(network_open(&network, (const size_t[]){2, 2}, 2, NULL), STATUS_OK);
    network.layers[0].b->values[1] = 5;
    assert_int_equal(network_initialize(&network, initializer_named("he"), 0, 1, NULL, NULL),
                     STATUS_OK);
    assert_true(network.layers[0].b->values[1] == 0);
    network_close(&network);
}

/* ---- stopping ---- */

static bool stop_third_time(void *context) {
    int *asked = context;
    return ++*asked == 3;
}

/* What draws many numbers hears that it is to stop, and a model that was not finished is none. */
static void test_stops(void **state) {
    (void)state;
    enum { WIDTH = 700 };
    const size_t widths[] = {WIDTH, WIDTH};
    static const char *const names[] = {"he", "uniform", "constant", "identity", "orthogonal"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        int asked = 0;
        struct network network;
        assert_int_equal(network_open(&network, widths, 2, NULL), STATUS_OK);
        assert_int_equal(network_initialize(&network, initializer_named(names[n]), 1, 1,
                                            stop_third_time, &asked),
                         STATUS_INTERRUPTED);
        assert_int_equal(asked, 3);
        network_close(&network);
    }
    int asked = 0;
    struct model *model;
    struct error error;
    assert_int_equal(model_open_long(&model, widths, 2, stop_third_time, &asked, &error),
                     STATUS_INTERRUPTED);
    assert_null(model);
    assert_string_equal(error.text, "stopped: all is as it was");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_he_seed_1),
        cmocka_unit_test(test_seeds_differ),
        cmocka_unit_test(test_spread),
        cmocka_unit_test(test_uniform_range),
        cmocka_unit_test(test_orthogonal),
        cmocka_unit_test(test_constant_and_identity),
        cmocka_unit_test(test_biases_are_zero),
        cmocka_unit_test(test_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
