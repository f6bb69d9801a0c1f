/*
 * test_gradcheck.c - the check finds nothing where all is right, finds what is
 * wrong, and tells a kink from a mistake.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"
#include "net/gradcheck.h"
#include "nets.h"

static struct gradcheck check(const struct model *model, size_t count, uint64_t seed) {
    struct gradcheck result;
    struct error error = {0};
    if (model_gradcheck(model, count, seed, NULL, NULL, &result, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
    return result;
}

static void compute(struct model *model) {
    assert_int_equal(model_compute(model), STATUS_OK);
}

/* 2-3-2 with biases, the values of the general example. */
static struct model *open_general(const char *activation) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){2, 3, 2}, 3, NULL), STATUS_OK);
    static const double x[] = {1, -2}, y[] = {1, 0};
    static const double W0[] = {0.5, -0.3, 0.8, 0.1, 0.4, -0.2};
    static const double W1[] = {1, -1, 0.5, 2, -0.6, 0.7};
    memcpy(model_edit_x(model), x, sizeof x);
    memcpy(model_edit_y(model), y, sizeof y);
    memcpy(model_edit_W(model, 0), W0, sizeof W0);
    memcpy(model_edit_W(model, 1), W1, sizeof W1);
    model->network.bias = true;
    for (size_t k = 1; k <= 2; k++) {
        model->network.layers[k].activation = activation_named(activation);
    }
    model_touch(model, 0);
    compute(model);
    return model;
}

/* Every activation with every cost that suits it. */
static void test_all_is_right(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 1);
    size_t compared = 0, kinks = 0;
    for (size_t c = 0; cost_at(c); c++) {
        for (size_t f = 0; activation_at(f); f++) {
            for (int n = 0; n < 6 && nets_suit(cost_at(c), activation_at(f)); n++) {
                struct model *model = nets_random(&random, cost_at(c), activation_at(f));
                struct gradcheck result = check(model, 0, 1);
                size_t biases = network_count_parameters(&model->network);
                assert_int_equal(result.gradients, biases + model->network.layers[0].n);
                assert_int_equal(result.checked + result.kinks, result.gradients);
                if (result.failed > 0) {
                    print_error("%s %s: kind %d layer %zu [%zu,%zu] %g %g error %g\n",
                                cost_at(c)->name, activation_at(f)->name, (int)result.worst.kind,
                                result.worst.layer, result.worst.i, result.worst.j,
                                result.worst.analytic, result.worst.numeric, result.worst.error);
                }
                assert_int_equal(result.failed, 0);
                compared += result.checked;
                kinks += result.kinks;
                model_close(model);
            }
        }
    }
    assert_true(compared > 1000);
    assert_true(kinks < compared / 10);
}

/* The model is only looked at. */
static void test_model_is_untouched(void **state) {
    (void)state;
    struct model *model = open_general("tanh");
    struct model *copy = model_copy(model);
    check(model, 0, 1);
    assert_ptr_equal(copy->network.layers[0].W, model->network.layers[0].W);
    assert_int_equal(model->pass.memory->references, 2);
    assert_memory_equal(network_W(&model->network, 0),
                        ((const double[]){0.5, -0.3, 0.8, 0.1, 0.4, -0.2}), 6 * sizeof(double));
    assert_true(model->stale == MODEL_FRESH);
    model_close(copy);
    model_close(model);
}

/* One number of the pass is made wrong: the worst offender is among those that it
 * spoils, with its two values. */
static void test_wrong_gradients(void **state) {
    (void)state;
    struct model *model = open_general("sigmoid");
    const struct layer *layers = model->network.layers;

    double dz = model->pass.dz[layers[2].at + 1];
    model->pass.dz[layers[2].at + 1] = -dz;
    struct gradcheck result = check(model, 0, 1);
    assert_int_equal(result.failed, 4); /* dW1[1..3,2] and db1[2] */
    assert_int_equal(result.worst.layer, 1);
    assert_int_equal(result.worst.j, 2);
    assert_true(fabs(result.worst.analytic + result.worst.numeric) < 1e-9);
    assert_true(fabs(result.worst.error - 2) < 1e-6);
    model->pass.dz[layers[2].at + 1] = dz;

    model->pass.dr[layers[0].at + 1] *= 1.001;
    result = check(model, 0, 1);
    assert_int_equal(result.failed, 1);
    assert_int_equal(result.worst.kind, GRADCHECK_X);
    assert_int_equal(result.worst.i, 2);
    assert_true(fabs(result.worst.error - 0.001) < 1e-5);
    model->pass.dr[layers[0].at + 1] = NAN;
    assert_true(isinf(check(model, 0, 1).worst.error));
    model->pass.dr[layers[0].at + 1] = 0;

    model->pass.dz[layers[1].at + 2] += 0.01;
    result = check(model, 0, 1);
    assert_int_equal(result.failed, 2 + 1 + 1); /* dW0[1..2,3], db0[3], dx[2] */
    model_close(model);
}

/* The mistake of the derivation that forgets the slopes shows with ReLU too. */
static void test_missing_step(void **state) {
    (void)state;
    struct model *model = open_general("relu");
    const struct layer *layers = model->network.layers;
    assert_int_equal(check(model, 0, 1).failed, 0);
    assert_true(model->pass.slope[layers[1].at + 1] == 0);
    model->pass.dz[layers[1].at + 1] = model->pass.dr[layers[1].at + 1];
    struct gradcheck result = check(model, 0, 1);
    assert_int_equal(result.failed, 3); /* dW0[1..2,2] and db0[2] */
    assert_int_equal(result.kinks, 0);
    assert_true(result.worst.numeric == 0);
    model_close(model);
}

/* z1 = 0 just at the kink: dW0 and db0 say nothing; whatever step0 is lies between. */
static void test_kink(void **state) {
    (void)state;
    for (int n = 0; n <= 4; n++) {
        struct model *model = NULL;
        assert_int_equal(model_open(&model, (const size_t[]){2, 1, 1}, 3, NULL), STATUS_OK);
        static const double x[] = {1, 2}, W0[] = {1, -0.5};
        memcpy(model_edit_x(model), x, sizeof x);
        memcpy(model_edit_W(model, 0), W0, sizeof W0);
        model_edit_W(model, 1)[0] = 3;
        model_edit_y(model)[0] = 1;
        model->network.layers[2].activation = activation_named("linear");
        model->network.step0 = n / 4.0;
        compute(model);
        assert_true(model->pass.z[model->network.layers[1].at] == 0);
        struct gradcheck result = check(model, 0, 1);
        assert_int_equal(result.gradients, 5);
        assert_int_equal(result.checked, 1); /* dW1 */
        assert_int_equal(result.failed, 0);
        assert_int_equal(result.kinks, 4); /* dW0 and dx */
        assert_int_equal(result.unexplained, 0);
        const struct gradcheck_kink *kink = &result.kink;
        assert_true(kink->explained);
        assert_int_equal(kink->entry.kind, GRADCHECK_W);
        assert_int_equal(kink->layer, 1);
        assert_int_equal(kink->j, 1);
        assert_true(kink->z_low < 0 && kink->z_high > 0);
        assert_true(fabs(kink->left) < 1e-9);
        assert_true(fabs(kink->right + 3) < 1e-3);
        assert_true(kink->entry.analytic == -3 * model->network.step0);

        /* but a gradient that no slope at the kink can explain is not excused */
        model->pass.dz[model->network.layers[1].at] = 3;
        result = check(model, 0, 1);
        assert_int_equal(result.kinks, 4);
        assert_int_equal(result.unexplained, 2); /* dW0; dx was computed before */
        assert_false(result.kink.explained);
        model_close(model);
    }
}

/* Two neurons that cross 0 in opposite directions: the gradient is the sum of what the
 * difference has on one side each, and no fault of the backward pass. */
static void test_two_kinks(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 2, 1}, 3, NULL), STATUS_OK);
    model_edit_W(model, 0)[0] = 1;
    model_edit_W(model, 0)[1] = -1;
    model_edit_W(model, 1)[0] = 3;
    model_edit_W(model, 1)[model->network.layers[1].stride] = -3;
    model_edit_y(model)[0] = 1;
    model->network.layers[2].activation = activation_named("linear");
    compute(model);
    struct gradcheck result = check(model, 0, 1);
    assert_int_equal(result.kinks, 1); /* dx; x = 0 keeps W0 from mattering */
    assert_true(result.kink.several && result.kink.explained);
    assert_true(result.kink.entry.analytic < result.kink.left &&
                result.kink.entry.analytic < result.kink.right);
    assert_int_equal(result.unexplained, 0);
    model_close(model);
}

/* A dead neuron that stays at 0, whatever is changed, is no kink. */
static void test_constant_zero_is_no_kink(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 1, 1}, 3, NULL), STATUS_OK);
    model_edit_W(model, 0)[0] = 0;
    compute(model);
    struct gradcheck result = check(model, 0, 1);
    /* x is 0, so W0 moves nothing; W1 multiplies 0; x moves nothing since W0 is 0 */
    assert_int_equal(result.kinks, 0);
    assert_int_equal(result.checked, 3);
    assert_int_equal(result.failed, 0);
    model_close(model);
}

static void test_some_of_many(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){40, 30, 20}, 3, NULL), STATUS_OK);
    for (size_t k = 1; k <= 2; k++) {
        model->network.layers[k].activation = activation_named("tanh");
    }
    for (size_t i = 0; i < 40; i++) {
        model_edit_x(model)[i] = (double)i / 40;
    }
    compute(model);
    struct gradcheck result = check(model, 100, 1);
    assert_int_equal(result.gradients, 40 * 30 + 30 * 20 + 40);
    assert_int_equal(result.checked, 100);
    assert_int_equal(result.failed, 0);
    struct gradcheck again = check(model, 100, 1), other = check(model, 100, 2);
    assert_memory_equal(&again.worst, &result.worst, sizeof result.worst);
    assert_true(other.worst.i != result.worst.i || other.worst.j != result.worst.j ||
                other.worst.layer != result.worst.layer);
    assert_int_equal(check(model, 5000, 1).checked, result.gradients);
    model_close(model);
}

static void test_cost_not_finite(void **state) {
    (void)state;
    struct model *model = open_general("linear");
    model_edit_y(model)[0] = 1e300;
    compute(model);
    struct gradcheck result;
    struct error error = {0};
    assert_int_equal(model_gradcheck(model, 0, 1, NULL, NULL, &result, &error), STATUS_INPUT);
    assert_string_equal(error.text, "'C' is not finite: there is nothing to compare");
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_is_right),
        cmocka_unit_test(test_model_is_untouched),
        cmocka_unit_test(test_wrong_gradients),
        cmocka_unit_test(test_missing_step),
        cmocka_unit_test(test_kink),
        cmocka_unit_test(test_two_kinks),
        cmocka_unit_test(test_constant_zero_is_no_kink),
        cmocka_unit_test(test_some_of_many),
        cmocka_unit_test(test_cost_not_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
