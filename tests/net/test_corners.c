/*
 * test_corners.c - where a plain formula would overflow, cancel or divide by
 * zero: far tails of the activations, Step at zero, costs at the ends of their
 * range, and when the collapsed equation takes over. Expected values are the
 * true ones, by series or limits.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"
#include "nets.h"

static double value(const char *name, double z) {
    return activation_named(name)->value(z);
}

static double slope(const char *name, double z, double step0) {
    const struct activation *f = activation_named(name);
    return f->slope(z, f->value(z), step0);
}

static void near(double a, double b) {
    if (!(fabs(a - b) <= 1e-14 * fabs(b))) {
        fail_msg("%.17g, but %.17g is right", a, b);
    }
}

static void same(double a, double b) {
    if (!nets_same(a, b)) {
        fail_msg("%.17g, but %.17g is right", a, b);
    }
}

static void test_tails(void **state) {
    (void)state;
    same(value("sigmoid", -1000), 0);
    same(value("sigmoid", 1000), 1);
    near(value("sigmoid", -700), 9.8596765437597708e-305); /* e^-700 */
    same(value("softplus", 1000), 1000);
    same(value("softplus", -1000), 0);
    near(value("softplus", -40), 4.2483542552915889e-18); /* e^-40 - e^-80/2 */
    near(value("elu", -1e-10), -9.9999999995e-11);        /* z + z^2/2 */
    same(value("elu", -1000), -1);
    near(slope("elu", -700, 1), 9.8596765437597708e-305);
    same(value("tanh", 1000), 1);
    near(value("tanh", 1e-10), 1e-10);
    same(value("silu", 1000), 1000);
    near(value("silu", -40), -1.6993417021166355e-16);      /* z e^z */
    near(value("silu", -710), -3.1781632202293423e-306);    /* where e^-z overflows */
    near(slope("silu", -710, 1), -3.1736869340036671e-306); /* further out: test_tails.c */
    same(value("gelu", 40), 40);
    /* z Phi(z), Phi(-9) = 1.1285884059538e-19 */
    near(value("gelu", -9), -1.0157295653584576e-18);
    assert_true(value("gelu", -37) < 0);
    same(slope("gelu", 40, 1), 1);
    same(slope("softplus", 1000, 1), 1);
    near(slope("softplus", -700, 1), 9.8596765437597708e-305);
}

static void test_middle(void **state) {
    (void)state;
    same(value("sigmoid", 0), 0.5);
    same(slope("sigmoid", 0, 1), 0.25);
    same(slope("tanh", 0, 1), 1);
    near(value("softplus", 0), 0.69314718055994531);
    same(slope("silu", 0, 1), 0.5);
    same(slope("gelu", 0, 1), 0.5);
    near(value("gelu", 1), 0.84134474606854295);
    near(value("silu", 1), 0.73105857863000488);
    near(value("elu", -1), -0.63212055882855768);
    same(value("leaky", -3), -0.03);
    same(value("linear", -3), -3);
    same(value("relu", -3), 0);
    same(value("relu", 3), 3);
    /* nowhere is the sigmoid steeper than in the middle */
    for (double z = -10; z <= 10; z += 0.25) {
        assert_true(slope("sigmoid", z, 1) <= 0.25);
    }
}

static void test_step_at_zero(void **state) {
    (void)state;
    static const double step0s[] = {0, 0.5, 1, 0.25};
    for (size_t s = 0; s < 4; s++) {
        double step0 = step0s[s];
        same(slope("relu", 0.0, step0), step0);
        same(slope("relu", -0.0, step0), step0);
        same(slope("relu", 5e-324, step0), 1);
        same(slope("relu", -5e-324, step0), 0);
        same(slope("leaky", 0.0, step0), 0.01 + 0.99 * step0);
        same(slope("leaky", -0.0, step0), 0.01 + 0.99 * step0);
        same(slope("leaky", 5e-324, step0), 1);
        same(slope("leaky", -5e-324, step0), 0.01);
        same(slope("elu", 0, step0), 1);
    }
}

/* A layer of n neurons with z = the given numbers: x = 1, W0 = z. */
static struct model *last_layer(const char *activation, const char *cost, size_t n, const double *z,
                                const double *y) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, n}, 2, NULL), STATUS_OK);
    assert_int_equal(network_set_activation(&model->network, 1, activation_named(activation), NULL),
                     STATUS_OK);
    model->network.cost = cost_named(cost);
    model_edit_x(model)[0] = 1;
    memcpy(model_edit_W(model, 0), z, n * sizeof *z);
    memcpy(model_edit_y(model), y, n * sizeof *y);
    assert_int_equal(model_compute(model), STATUS_OK);
    return model;
}

static double r_of(const struct model *model, size_t j) {
    return model->pass.r[model->network.layers[1].at + j];
}
static double dr_of(const struct model *model, size_t j) {
    return model->pass.dr[model->network.layers[1].at + j];
}
static double dz_of(const struct model *model, size_t j) {
    return model->pass.dz[model->network.layers[1].at + j];
}

static void test_softmax(void **state) {
    (void)state;
    const double y[] = {1, 0, 0};
    struct model *model = last_layer("softmax", "half-squared", 2, (const double[]){1000, 1000}, y);
    same(r_of(model, 0), 0.5);
    same(r_of(model, 1), 0.5);
    /* r_j (delta_jm - r_m) */
    same(pass_slope(&model->pass, &model->network, 1, 0, 0), 0.25);
    same(pass_slope(&model->pass, &model->network, 1, 0, 1), -0.25);
    model_close(model);
    model = last_layer("softmax", "half-squared", 3, (const double[]){-2000, -1000, -1000.5}, y);
    same(r_of(model, 0), 0);
    near(r_of(model, 1), 0.62245933120185459); /* sigmoid(0.5) */
    model_close(model);
    model = last_layer("softmax", "half-squared", 1, (const double[]){-3}, y);
    same(r_of(model, 0), 1);
    same(dz_of(model, 0), 0);
    model_close(model);
}

static void test_bce_at_the_ends(void **state) {
    (void)state;
    /* 0 ln 0 = 0: a right answer that is quite sure costs nothing */
    struct model *model =
        last_layer("linear", "bce", 2, (const double[]){0, 1}, (const double[]){0, 1});
    assert_true(model->pass.C == 0);
    assert_true(isnan(dr_of(model, 0))); /* 0/0, and nothing pairs with linear */
    assert_false(model->pass.rescued);
    model_close(model);
    model = last_layer("linear", "bce", 1, (const double[]){0}, (const double[]){1});
    same(model->pass.C, INFINITY);
    same(dr_of(model, 0), -INFINITY);
    model_close(model);
    model = last_layer("linear", "bce", 1, (const double[]){1}, (const double[]){0});
    same(model->pass.C, INFINITY);
    same(dr_of(model, 0), INFINITY);
    model_close(model);
}

/* A cost that breaks says why, and one that says so does. */
static void test_where_costs_break(void **state) {
    (void)state;
    static const double outputs[] = {-1, -1e-9, 0, 1e-9, 0.5, 1 - 1e-9, 1, 1 + 1e-9, 2};
    const struct cost *cost;
    for (size_t c = 0; (cost = cost_at(c)) != NULL; c++) {
        for (size_t n = 0; n < sizeof outputs / sizeof *outputs; n++) {
            const char *why = cost->breaks ? cost->breaks(outputs[n]) : NULL;
            double C = cost->value(1, (const double[]){0.5}, &outputs[n]);
            if (isfinite(C) != (why == NULL) || (why && isinf(C) != (strcmp(why, "ln 0") == 0))) {
                fail_msg("%s of %.10g: %g, '%s'", cost->name, outputs[n], C, why ? why : "");
            }
        }
    }
}

static void test_sigmoid_bce_saturated(void **state) {
    (void)state;
    struct model *model =
        last_layer("sigmoid", "bce", 1, (const double[]){40}, (const double[]){0});
    assert_true(model->pass.rescued && model->pass.collapsed);
    same(model->pass.C, 40);
    same(dz_of(model, 0), 1);
    assert_true(!isfinite(dr_of(model, 0)));
    model_close(model);
    /* one neuron needs it, so both take it: dz_1 is r_1 - y_1 to the bit */
    model = last_layer("sigmoid", "bce", 2, (const double[]){0.3, 40}, (const double[]){0.6, 0});
    assert_true(model->pass.rescued);
    same(dz_of(model, 0), r_of(model, 0) - 0.6);
    same(dz_of(model, 1), 1);
    near(model->pass.C, 0.8543552444685271 - 0.6 * 0.3 + 40);
    model_close(model);
    /* y = 1 there: a cost of nearly nothing, 0/0 the long way */
    model = last_layer("sigmoid", "bce", 1, (const double[]){800}, (const double[]){1});
    same(dz_of(model, 0), 0);
    assert_true(model->pass.C == 0);
    model_close(model);
    /* and where the long way is finite it is taken, unless asked otherwise */
    model = last_layer("sigmoid", "bce", 1, (const double[]){0.3}, (const double[]){0.6});
    assert_false(model->pass.collapsed || model->pass.rescued);
    model->network.combine = true;
    model_touch(model, 2);
    assert_int_equal(model_compute(model), STATUS_OK);
    assert_true(model->pass.collapsed && !model->pass.rescued);
    model_close(model);
}

static void test_softmax_cross_entropy_saturated(void **state) {
    (void)state;
    struct model *model = last_layer("softmax", "cross-entropy", 2, (const double[]){1000, 0},
                                     (const double[]){0, 1});
    assert_true(model->pass.rescued && model->pass.collapsed);
    same(model->pass.C, 1000);
    same(dz_of(model, 0), 1);
    same(dz_of(model, 1), -1);
    model_close(model);
    /* r_j sum y - y_j where the targets do not sum to 1 */
    model = last_layer("softmax", "cross-entropy", 2, (const double[]){1000, 0},
                       (const double[]){0.5, 2});
    same(model->pass.C, 2000);
    same(dz_of(model, 0), 2);
    same(dz_of(model, 1), -2);
    model_close(model);
    /* y_j = 0 where r_j = 0 costs nothing */
    model = last_layer("softmax", "cross-entropy", 2, (const double[]){1000, 0},
                       (const double[]){1, 0});
    assert_true(model->pass.C == 0);
    assert_true(fabs(dz_of(model, 0)) == 0 && fabs(dz_of(model, 1)) == 0);
    model_close(model);
}

/* Numbers that are not finite go on to what depends on them, and leave again. */
static void test_not_finite(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 2, 1}, 3, NULL), STATUS_OK);
    model_edit_x(model)[0] = 1e200;
    double *W0 = model_edit_W(model, 0);
    W0[0] = W0[1] = 1e200;
    double *W1 = model_edit_W(model, 1);
    W1[0] = 1;
    W1[1] = -1;
    assert_int_equal(model_compute(model), STATUS_OK);
    assert_true(isnan(model->pass.C)); /* infinity - infinity */
    model_edit_x(model)[0] = 1;
    W0 = model_edit_W(model, 0);
    W0[0] = W0[1] = 2;
    assert_int_equal(model_compute(model), STATUS_OK);
    same(model->pass.C, 0);
    model_close(model);
}

static void test_refusals(void **state) {
    (void)state;
    struct model *model = NULL;
    struct error error = {0};
    const size_t too_wide[] = {1, NETWORK_MAX_WIDTH + 1};
    const size_t too_many[] = {20000, 20000};
    assert_int_equal(model_open(&model, (const size_t[]){3}, 1, &error), STATUS_INPUT);
    assert_string_equal(error.text, "a network needs two or more layers: 'net 2 3 1'");
    assert_null(model);
    assert_int_equal(model_open(&model, (const size_t[]){3, 0}, 2, &error), STATUS_INPUT);
    assert_string_equal(error.text, "layer 1 has width '0', but 1 to 1000000 is right");
    assert_int_equal(model_open(&model, too_wide, 2, &error), STATUS_INPUT);
    assert_int_equal(model_open(&model, too_many, 2, &error), STATUS_INPUT);
    assert_string_equal(error.text, "these layers need more than the limit of 200000000 weights");
    assert_int_equal(model_open(&model, too_many, NETWORK_MAX_LAYERS + 1, &error), STATUS_INPUT);
    assert_string_equal(error.text, "100002 layers are more than the limit of 100001");
    assert_int_equal(model_open(&model, (const size_t[]){2, 3, 1}, 3, &error), STATUS_OK);
    const struct activation *softmax = activation_named("softmax");
    assert_int_equal(network_set_activation(&model->network, 1, softmax, &error), STATUS_INPUT);
    assert_string_equal(error.text, "'softmax' is for the last layer only, which is layer 2");
    assert_int_equal(network_set_activation(&model->network, 3, softmax, &error), STATUS_INPUT);
    assert_int_equal(network_set_activation(&model->network, 0, softmax, &error), STATUS_INPUT);
    assert_int_equal(network_set_activation(&model->network, 2, softmax, &error), STATUS_OK);
    assert_null(network_common_activation(&model->network));
    assert_int_equal(network_count_parameters(&model->network), 9);
    model->network.bias = true;
    assert_int_equal(network_count_parameters(&model->network), 13);
    model_close(model);
    assert_null(activation_named("no such"));
    assert_null(cost_named("no such"));
    assert_null(rule_named("no such"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tails),
        cmocka_unit_test(test_middle),
        cmocka_unit_test(test_step_at_zero),
        cmocka_unit_test(test_softmax),
        cmocka_unit_test(test_bce_at_the_ends),
        cmocka_unit_test(test_where_costs_break),
        cmocka_unit_test(test_sigmoid_bce_saturated),
        cmocka_unit_test(test_softmax_cross_entropy_saturated),
        cmocka_unit_test(test_not_finite),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
