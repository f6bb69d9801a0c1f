/*
 * test_data.c - generated data sets: truth tables to the digit, the shapes of the
 * others, the same digits for the same seed for ever.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"
#include "net/data.h"

static struct dataset *make(const char *name, struct data_options options, size_t n_0, size_t n_K) {
    const struct generator *generator = generator_named(name);
    assert_non_null(generator);
    struct dataset *data = NULL;
    struct error error = {0};
    if (data_generate(generator, &options, n_0, n_K, &(struct ask){0}, &data, &error) !=
        STATUS_OK) {
        fail_msg("%s", error.text);
    }
    assert_string_equal(data->source, name);
    assert_int_equal(data->count, options.samples);
    return data;
}

static struct dataset *make_plain(const char *name, size_t n_0, size_t n_K) {
    return make(name, generator_defaults(generator_named(name)), n_0, n_K);
}

static void test_truth_tables(void **state) {
    (void)state;
    static const struct {
        const char *name;
        double y[4];
    } tables[] = {{"xor", {0, 1, 1, 0}}, {"and", {0, 0, 0, 1}}, {"or", {0, 1, 1, 1}}};
    for (size_t n = 0; n < 3; n++) {
        struct dataset *one = make_plain(tables[n].name, 2, 1);
        struct dataset *two = make_plain(tables[n].name, 2, 2);
        assert_int_equal(one->count, 4);
        for (size_t row = 1; row <= 4; row++) {
            double y = tables[n].y[row - 1];
            assert_true(dataset_x(one, row)[0] == (row > 2 ? 1 : 0));
            assert_true(dataset_x(one, row)[1] == (row % 2 ? 0 : 1));
            assert_true(dataset_y(one, row)[0] == y);
            assert_true(dataset_y(two, row)[0] == 1 - y);
            assert_true(dataset_y(two, row)[1] == y);
        }
        dataset_drop(one);
        dataset_drop(two);
    }
}

static void test_table_rows_repeat_with_noise(void **state) {
    (void)state;
    struct dataset *data = make("xor", (struct data_options){9, 0.1, 5}, 2, 1);
    for (size_t row = 1; row <= 9; row++) {
        const double *x = dataset_x(data, row);
        bool a = (row - 1) / 2 % 2 == 1, b = (row - 1) % 2 == 1;
        assert_true(fabs(x[0] - a) < 0.5 && fabs(x[1] - b) < 0.5);
        assert_true(x[0] != a);
        assert_true(dataset_y(data, row)[0] == (a != b));
    }
    dataset_drop(data);
}

/* Worked out by another program. */
static void test_digits_are_fixed(void **state) {
    (void)state;
    struct dataset *circle = make_plain("circle", 2, 1);
    assert_true(dataset_x(circle, 1)[0] == -0.3072394884956238);
    assert_true(dataset_x(circle, 1)[1] == -0.7939702748762802);
    assert_true(dataset_x(circle, 2)[0] == 0.0767096162153291);
    assert_true(dataset_x(circle, 2)[1] == 0.19422954388125296);
    assert_true(dataset_y(circle, 1)[0] == 0 && dataset_y(circle, 2)[0] == 1);
    dataset_drop(circle);
    struct dataset *gauss = make_plain("gauss", 2, 1);
    assert_true(fabs(dataset_x(gauss, 1)[0] - (1 + 0.3 * -1.5452228371402943)) < 1e-15);
    assert_true(fabs(dataset_x(gauss, 1)[1] - 0.3 * -1.0136476397283942) < 1e-15);
    dataset_drop(gauss);
}

static void test_seeds(void **state) {
    (void)state;
    for (size_t n = 3; generator_at(n); n++) {
        const struct generator *generator = generator_at(n);
        struct data_options options = generator_defaults(generator);
        struct dataset *one = make(generator->name, options, generator->inputs, 1);
        struct dataset *again = make(generator->name, options, generator->inputs, 1);
        options.seed = 2;
        struct dataset *other = make(generator->name, options, generator->inputs, 1);
        size_t bytes = one->count * one->inputs * sizeof(double);
        assert_memory_equal(one->x, again->x, bytes);
        assert_memory_equal(one->y, again->y, one->count * sizeof(double));
        assert_true(memcmp(one->x, other->x, bytes) != 0 ||
                    memcmp(one->y, other->y, one->count * sizeof(double)) != 0);
        dataset_drop(one);
        dataset_drop(again);
        dataset_drop(other);
    }
}

static double radius(const struct dataset *data, size_t row) {
    return hypot(dataset_x(data, row)[0], dataset_x(data, row)[1]);
}

static void test_circle_without_noise(void **state) {
    (void)state;
    struct dataset *data = make("circle", (struct data_options){1000, 0, 3}, 2, 1);
    for (size_t row = 1; row <= data->count; row++) {
        double r = radius(data, row);
        if (dataset_y(data, row)[0] == 1) {
            assert_true(r <= 0.5 + 1e-15);
        } else {
            assert_true(r >= 0.75 - 1e-15 && r <= 1 + 1e-15);
        }
    }
    dataset_drop(data);
}

static void test_spiral_of_three(void **state) {
    (void)state;
    struct dataset *data = make("spiral", (struct data_options){90, 0, 3}, 2, 3);
    for (size_t row = 1; row <= 90; row++) {
        size_t class = (row - 1) % 3;
        for (size_t j = 0; j < 3; j++) {
            assert_true(dataset_y(data, row)[j] == (j == class ? 1 : 0));
        }
        assert_true(fabs(radius(data, row) - (double)((row - 1) / 3) / 29) < 1e-14);
    }
    /* the ends of the arms are a third of a turn apart */
    assert_true(fabs(hypot(dataset_x(data, 88)[0] - dataset_x(data, 89)[0],
                           dataset_x(data, 88)[1] - dataset_x(data, 89)[1]) -
                     sqrt(3)) < 1e-14);
    dataset_drop(data);
}

static void test_moons_without_noise(void **state) {
    (void)state;
    struct dataset *data = make("moons", (struct data_options){100, 0, 3}, 2, 1);
    for (size_t row = 1; row <= 100; row++) {
        double x1 = dataset_x(data, row)[0], x2 = dataset_x(data, row)[1];
        bool lower = dataset_y(data, row)[0] == 1;
        double r = lower ? hypot(x1 - 1, x2 - 0.5) : hypot(x1, x2);
        assert_true(fabs(r - 1) < 1e-14);
        assert_true(lower ? x2 <= 0.5 : x2 >= 0);
    }
    dataset_drop(data);
}

static void test_line(void **state) {
    (void)state;
    struct dataset *data = make("line", (struct data_options){5, 0, 1}, 1, 1);
    for (size_t row = 1; row <= 5; row++) {
        double x = -1 + 0.5 * (double)(row - 1);
        assert_true(dataset_x(data, row)[0] == x);
        assert_true(dataset_y(data, row)[0] == 2 * x + 1);
    }
    dataset_drop(data);
}

static void test_gauss_clouds(void **state) {
    (void)state;
    struct dataset *data = make("gauss", (struct data_options){4000, 0.25, 1}, 2, 4);
    static const double middles[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    double sum[4][2] = {{0}}, squares = 0;
    for (size_t row = 1; row <= data->count; row++) {
        for (size_t i = 0; i < 2; i++) {
            double d = dataset_x(data, row)[i] - middles[(row - 1) % 4][i];
            sum[(row - 1) % 4][i] += d;
            squares += d * d;
        }
    }
    for (size_t n = 0; n < 8; n++) {
        assert_true(fabs(sum[n / 2][n % 2] / 1000) < 4 * 0.25 / sqrt(1000));
    }
    assert_true(fabs(squares / 8000 - 0.0625) < 4 * sqrt(2.0 / 8000) * 0.0625);
    dataset_drop(data);
}

static void test_one_sample(void **state) {
    (void)state;
    for (size_t n = 0; generator_at(n); n++) {
        const struct generator *generator = generator_at(n);
        struct dataset *data =
            make(generator->name, (struct data_options){1, 0, 1}, generator->inputs, 1);
        for (size_t i = 0; i < data->inputs; i++) {
            assert_true(isfinite(data->x[i]));
        }
        dataset_drop(data);
    }
}

static void refuse(const char *name, struct data_options options, size_t n_0, size_t n_K,
                   const char *sentence) {
    struct dataset *data = NULL;
    struct error error = {0};
    assert_int_equal(
        data_generate(generator_named(name), &options, n_0, n_K, &(struct ask){0}, &data, &error),
        STATUS_INPUT);
    assert_null(data);
    assert_string_equal(error.text, sentence);
}

static void test_refusals(void **state) {
    (void)state;
    const struct data_options plain = {4, 0, 1};
    refuse("xor", plain, 3, 1, "'xor' has 2 inputs, but the network has 3");
    refuse("xor", plain, 2, 3, "'xor' is for 1 or 2 outputs, but the network has 3");
    refuse("line", plain, 2, 1, "'line' has 1 input, but the network has 2");
    refuse("line", plain, 1, 2, "'line' is for 1 output, but the network has 2");
    refuse("moons", (struct data_options){0, 0, 1}, 2, 1,
           "'0' samples: from 1 to 10000000 is right");
    refuse("moons", (struct data_options){20000000, 0, 1}, 2, 1,
           "'20000000' samples: from 1 to 10000000 is right");
    refuse("gauss", (struct data_options){1000000, 0, 1}, 2, 1000,
           "'1000000' samples: from 1 to 100000 is right");
    refuse("moons", (struct data_options){10, -1, 1}, 2, 1,
           "noise '-1': from 0 to 1000000 is right");
    refuse("moons", (struct data_options){10, NAN, 1}, 2, 1,
           "noise 'nan': from 0 to 1000000 is right");
    assert_null(generator_named("xr"));
}

static bool stop_at_once(void *context) {
    ++*(int *)context;
    return true;
}

/* Very many samples take seconds: whoever may stop that is asked in time. */
static void test_it_can_be_stopped(void **state) {
    (void)state;
    int asked = 0;
    struct ask ask = {.stop = stop_at_once, .context = &asked};
    struct dataset *data = NULL;
    struct error error = {0};
    assert_int_equal(data_generate(generator_named("spiral"),
                                   &(struct data_options){10000000, 0.1, 1}, 2, 1, &ask, &data,
                                   &error),
                     STATUS_INTERRUPTED);
    assert_null(data);
    assert_int_equal(asked, 1);
    assert_string_equal(error.text, "stopped: all is as it was");
}

static void test_sharing(void **state) {
    (void)state;
    struct dataset *data = make_plain("xor", 2, 1);
    assert_ptr_equal(dataset_share(data), data);
    dataset_drop(data);
    assert_int_equal(data->references, 1);
    dataset_drop(data);
    dataset_drop(NULL);
    assert_null(dataset_share(NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truth_tables),
        cmocka_unit_test(test_table_rows_repeat_with_noise),
        cmocka_unit_test(test_digits_are_fixed),
        cmocka_unit_test(test_seeds),
        cmocka_unit_test(test_circle_without_noise),
        cmocka_unit_test(test_spiral_of_three),
        cmocka_unit_test(test_moons_without_noise),
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_gauss_clouds),
        cmocka_unit_test(test_one_sample),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_it_can_be_stopped),
        cmocka_unit_test(test_sharing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
