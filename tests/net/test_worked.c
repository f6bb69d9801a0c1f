/*
 * test_worked.c - the numbers that were worked out by hand on paper: one neuron,
 * two layers of one neuron, and the general example.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/model.h"

static struct model *open_model(const size_t *widths, size_t count) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, widths, count, NULL), STATUS_OK);
    return model;
}

/* Put numbers in place of a vector's, or of the rows of W(k). */
static void put(double *to, const double *from, size_t count) {
    assert_non_null(to);
    memcpy(to, from, count * sizeof *to);
}

static void put_W(struct model *model, size_t k, const double *from) {
    const struct layer *layer = &model->network.layers[k];
    size_t to = model->network.layers[k + 1].n;
    double *W = model_edit_W(model, k);
    for (size_t i = 0; i < layer->n; i++) {
        put(W + i * layer->stride, from + i * to, to);
    }
}

#define near(value, expected) assert_true(fabs((value) - (expected)) <= 1e-15)

static void near_all(const double *values, const double *expected, size_t count) {
    for (size_t i = 0; i < count; i++) {
        near(values[i], expected[i]);
    }
}

static void near_dW(const struct model *model, size_t k, const double *expected) {
    for (size_t i = 0; i < model->network.layers[k].n; i++) {
        for (size_t j = 0; j < model->network.layers[k + 1].n; j++) {
            near(pass_dW(&model->pass, &model->network, k, i, j), *expected);
            expected++;
        }
    }
}

/* A layer's part of a vector of the pass. */
static const double *of(const struct model *model, const double *vector, size_t layer) {
    return vector + model->network.layers[layer].at;
}

static struct model *one_neuron(double W0) {
    struct model *model = open_model((const size_t[]){1, 1}, 2);
    put(model_edit_x(model), (const double[]){2}, 1);
    put(model_edit_y(model), (const double[]){3}, 1);
    put_W(model, 0, &W0);
    assert_int_equal(model_compute(model), STATUS_OK);
    return model;
}

static void test_one_neuron(void **state) {
    (void)state;
    struct model *model = one_neuron(0.5);
    const struct pass *pass = &model->pass;
    near(*of(model, pass->z, 1), 1);
    near(*of(model, pass->r, 1), 1);
    near(pass->C, 2);
    near(*of(model, pass->dr, 1), -2);
    near(*of(model, pass->slope, 1), 1);
    near(*of(model, pass->dz, 1), -2);
    near_dW(model, 0, (const double[]){-4});
    assert_int_equal(model_update(model), STATUS_OK);
    near(network_W(&model->network, 0)[0], 0.9);
    assert_int_equal(model_compute(model), STATUS_OK);
    near(model->pass.C, 0.72);
    model_close(model);
}

/* The question's own formula, (y - ReLU(w x)) x, has the sign turned and no Step. */
static void test_the_question_was_wrong(void **state) {
    (void)state;
    struct model *model = one_neuron(-0.5);
    near(*of(model, model->pass.z, 1), -1);
    double theirs = (model->y->values[0] - *of(model, model->pass.r, 1)) * model->x->values[0];
    near(theirs, 6);
    near_dW(model, 0, (const double[]){0});
    model_close(model);
}

static void test_two_layers(void **state) {
    (void)state;
    struct model *model = open_model((const size_t[]){1, 1, 1}, 3);
    put(model_edit_x(model), (const double[]){2}, 1);
    put(model_edit_y(model), (const double[]){3}, 1);
    put_W(model, 0, (const double[]){0.5});
    put_W(model, 1, (const double[]){1.5});
    assert_int_equal(model_compute(model), STATUS_OK);
    const struct pass *pass = &model->pass;
    near(*of(model, pass->z, 1), 1);
    near(*of(model, pass->r, 1), 1);
    near(*of(model, pass->z, 2), 1.5);
    near(*of(model, pass->r, 2), 1.5);
    near(pass->C, 1.125);
    near(*of(model, pass->dr, 2), -1.5);
    near(*of(model, pass->dz, 2), -1.5);
    near_dW(model, 1, (const double[]){-1.5});
    near(*of(model, pass->dr, 1), -2.25);
    near(*of(model, pass->dz, 1), -2.25);
    near_dW(model, 0, (const double[]){-4.5});
    model_close(model);
}

static struct model *general(void) {
    struct model *model = open_model((const size_t[]){2, 3, 2}, 3);
    put(model_edit_x(model), (const double[]){1, -2}, 2);
    put(model_edit_y(model), (const double[]){1, 0}, 2);
    put_W(model, 0, (const double[]){0.5, -0.3, 0.8, 0.1, 0.4, -0.2});
    put_W(model, 1, (const double[]){1, -1, 0.5, 2, -0.6, 0.7});
    assert_int_equal(model_compute(model), STATUS_OK);
    return model;
}

static void test_general_forward(void **state) {
    (void)state;
    struct model *model = general();
    const struct pass *pass = &model->pass;
    near_all(of(model, pass->z, 1), (const double[]){0.3, -1.1, 1.2}, 3);
    near_all(of(model, pass->r, 1), (const double[]){0.3, 0, 1.2}, 3);
    near_all(of(model, pass->z, 2), (const double[]){-0.42, 0.54}, 2);
    near_all(of(model, pass->r, 2), (const double[]){0, 0.54}, 2);
    near(pass->C, 0.6458);
    /* 0.8 + 0.4 as a sum of doubles */
    assert_true(of(model, pass->z, 1)[2] == 1.2000000000000002);
    model_close(model);
}

static void test_general_backward(void **state) {
    (void)state;
    struct model *model = general();
    const struct pass *pass = &model->pass;
    near_all(of(model, pass->dr, 2), (const double[]){-1, 0.54}, 2);
    near_all(of(model, pass->slope, 2), (const double[]){0, 1}, 2);
    near_all(of(model, pass->dz, 2), (const double[]){0, 0.54}, 2);
    near_dW(model, 1, (const double[]){0, 0.162, 0, 0, 0, 0.648});
    near_all(of(model, pass->dr, 1), (const double[]){-0.54, 1.08, 0.378}, 3);
    near_all(of(model, pass->slope, 1), (const double[]){1, 0, 1}, 3);
    near_all(of(model, pass->dz, 1), (const double[]){-0.54, 0, 0.378}, 3);
    near_dW(model, 0, (const double[]){-0.54, 0, 0.378, 1.08, 0, -0.756});
    model_close(model);
}

/* A new model: x, y and b are 0, W is he with seed 1; an edit downstream leaves
 * what is before it alone; a copy does not see it. */
static void test_model_as_value(void **state) {
    (void)state;
    struct model *model = general();
    struct model *copy = model_copy(model);
    assert_non_null(copy);
    double r1 = of(model, model->pass.r, 1)[0];
    model_edit_W(copy, 1)[0] = 5;
    assert_int_equal(model_compute(copy), STATUS_OK);
    near(of(copy, copy->pass.z, 2)[0], 5 * 0.3 - 0.6 * 1.2);
    near(of(copy, copy->pass.r, 1)[0], r1);
    near(of(model, model->pass.z, 2)[0], -0.42);
    near(network_W(&model->network, 1)[0], 1);
    model_edit_y(copy)[0] = 0;
    assert_int_equal(model_compute(copy), STATUS_OK);
    near(of(copy, copy->pass.dr, 2)[0], 5 * 0.3 - 0.6 * 1.2);
    model_close(copy);
    model_close(model);
    model = open_model((const size_t[]){3, 2}, 2);
    near(model->x->values[2], 0);
    near(model->y->values[1], 0);
    near(network_b(&model->network, 0)[1], 0);
    assert_true(network_W(&model->network, 0)[0] != 0);
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_neuron),       cmocka_unit_test(test_the_question_was_wrong),
        cmocka_unit_test(test_two_layers),       cmocka_unit_test(test_general_forward),
        cmocka_unit_test(test_general_backward), cmocka_unit_test(test_model_as_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
