/*
 * test_fault.c - what overflows or underflows is named: the first quantity in the order of
 * the walk, and the sample that it belongs to.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mathfn.h"
#include "named.h"
#include "net/train.h"
#include "nets.h"

static void compute(struct model *model) {
    assert_int_equal(model_compute(model), STATUS_OK);
}

/* net 1 1, sigmoid, with a bias. */
static struct model *open_sigmoid(void) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 1}, 2, NULL), STATUS_OK);
    model->network.layers[1].activation = activation_named("sigmoid");
    model->network.bias = true;
    model_touch(model, 0);
    compute(model);
    return model;
}

static void test_names_what_broke(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 1, 1}, 3, NULL), STATUS_OK);
    for (size_t k = 1; k <= 2; k++) {
        model->network.layers[k].activation = activation_named("linear");
    }
    struct fault fault;
    model_edit_x(model)[0] = 1;
    model_edit_W(model, 0)[0] = 1e200;
    model_edit_W(model, 1)[0] = 1e200;
    compute(model);
    assert_false(model_is_sound(model));
    assert_true(model_find_fault(model, &fault));
    assert_string_equal(fault.name, "z2[1]");
    assert_true(isinf(fault.value));
    uint64_t done = 1;
    struct error error = {0};
    assert_int_equal(model_train(model, 5, NULL, NULL, &done, &error), STATUS_INPUT);
    assert_int_equal(done, 0);
    assert_string_equal(error.text, "'z2[1]' overflowed: there is nothing to train with");

    model_edit_W(model, 1)[0] = 1e-200;
    model_edit_y(model)[0] = 1e160;
    compute(model);
    assert_true(model_find_fault(model, &fault));
    assert_string_equal(fault.name, "C");

    model_edit_y(model)[0] = 1e150;
    model_edit_x(model)[0] = 1;
    compute(model); /* dz2 is 1e150, dW1 = dz2 r1 = 1e350 */
    assert_true(isfinite(model->pass.C));
    assert_true(model_find_fault(model, &fault));
    assert_string_equal(fault.name, "dW1[1,1]");

    model_edit_W(model, 0)[0] = 1;
    model_edit_W(model, 1)[0] = 1;
    compute(model);
    assert_true(model_is_sound(model));
    assert_false(model_find_fault(model, &fault));
    model_close(model);
}

static void assert_underflows(struct model *model, const char *name, double value) {
    struct fault fault;
    compute(model);
    assert_true(model_is_sound(model));
    bool found = model_find_underflow(model, &fault);
    assert_int_equal(found, name != NULL);
    if (name) {
        assert_string_equal(fault.name, name);
        assert_true(fault.value == value);
    }
}

/* 1-1-1, all linear, W 1 and y 0 but for what is said: where a product of two numbers is
 * below 2^-1022. A 0 from a factor 0, or from terms that cancel, is a true one. */
static void test_names_what_underflowed(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 1, 1}, 3, NULL), STATUS_OK);
    for (size_t k = 1; k <= 2; k++) {
        model->network.layers[k].activation = activation_named("linear");
        model_edit_W(model, k - 1)[0] = 1;
    }
    assert_underflows(model, NULL, 0); /* all of it is 0 */
    model_edit_x(model)[0] = 1e-200;
    model_edit_y(model)[0] = -1;
    assert_underflows(model, NULL, 0);
    model_edit_W(model, 0)[0] = 1e-120;
    assert_underflows(model, "z1[1]", 1e-200 * 1e-120);
    model_edit_W(model, 0)[0] = 1e-150;
    assert_underflows(model, "z1[1]", 0);
    model_edit_W(model, 0)[0] = 1;
    model_edit_W(model, 1)[0] = 1e-150; /* z2 = 1e-350, then dz2 = 1 */
    assert_underflows(model, "z2[1]", 0);
    model_edit_x(model)[0] = 1;
    model_edit_W(model, 0)[0] = 1e-170; /* r1 = z2 = 1e-170, dz2 = 1e-170 */
    model_edit_W(model, 1)[0] = 1;
    model_edit_y(model)[0] = 0;
    assert_underflows(model, "dW1[1,1]", 0);
    model_edit_W(model, 0)[0] = 1e-10;
    model_edit_W(model, 1)[0] = 1e-160; /* r2 = dz2 = 1e-170, dr1 = 1e-330 */
    assert_underflows(model, "dr1[1]", 0);
    model_close(model);
}

/* Backward through an activation: dz = dr f'(z). */
static void test_names_a_slope_that_is_lost(void **state) {
    (void)state;
    struct model *model = open_sigmoid();
    model_edit_x(model)[0] = 1;
    model_edit_W(model, 0)[0] = -700; /* r and f'(z) are 1e-304 */
    model_edit_y(model)[0] = 1e-10;
    assert_underflows(model, "dz1[1]", -1e-10 * math_exp(-700));
    model_edit_W(model, 0)[0] = -709; /* below 2^-1022 */
    assert_underflows(model, "r1[1]", activation_sigmoid(-709));
    model_edit_W(model, 0)[0] = -800;
    assert_underflows(model, "r1[1]", 0);
    model->network.layers[1].activation = activation_named("relu");
    model_edit_W(model, 0)[0] = -800;
    assert_underflows(model, NULL, 0); /* a true 0 */
    model->network.layers[1].activation = activation_named("sigmoid");
    model_edit_W(model, 0)[0] = -1;
    assert_underflows(model, NULL, 0);
    model_close(model);
}

/* What another sample of the batch breaks is named with its row. */
static void test_names_the_sample(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 1}, 2, NULL), STATUS_OK);
    model->network.layers[1].activation = activation_named("linear");
    model_edit_W(model, 0)[0] = 1;
    struct dataset *data = dataset_new(3, 1, 1, "three");
    data->x[0] = 1;
    data->x[1] = 2;
    data->x[2] = 1e200;
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    assert_int_equal(model_set_batch(model, 0, NULL), STATUS_OK);
    dataset_drop(data);
    compute(model);
    struct fault fault;
    assert_true(isfinite(model->pass.C));
    assert_true(model_find_fault(model, &fault));
    assert_string_equal(fault.name, "C");
    assert_int_equal(fault.sample, 3);
    uint64_t done = 0;
    struct error error = {0};
    assert_int_equal(model_train(model, 5, NULL, NULL, &done, &error), STATUS_INPUT);
    assert_string_equal(error.text, "'C' of sample 3 overflowed: there is nothing to train with");
    model_close(model);
}

/* A cost that the pairing rescues is sound, though its dr is not finite. */
static void test_rescued_is_sound(void **state) {
    (void)state;
    struct model *model = open_sigmoid();
    model->network.cost = cost_named("bce");
    model_edit_x(model)[0] = 1;
    model_edit_W(model, 0)[0] = 800;
    compute(model);
    assert_true(model->pass.rescued);
    assert_true(model_is_sound(model));
    uint64_t done = 0;
    assert_int_equal(model_train(model, 3, NULL, NULL, &done, NULL), STATUS_OK);
    assert_int_equal(done, 3);
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_what_broke),
        cmocka_unit_test(test_names_what_underflowed),
        cmocka_unit_test(test_names_a_slope_that_is_lost),
        cmocka_unit_test(test_names_the_sample),
        cmocka_unit_test(test_rescued_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
