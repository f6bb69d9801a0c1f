/*
 * test_flow.c - the sizes of what flows through the layers: by hand for the worked
 * example, against the plain sums for random networks, where squares leave the range of
 * numbers, and the dead ReLUs of a data set; and an output over a grid.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/flow.h"
#include "net/grid.h"
#include "nets.h"

static void near(double a, double b) {
    if (!(fabs(a - b) <= 1e-12 * fabs(b))) {
        fail_msg("%.17g, but %.17g is right", a, b);
    }
}

static const struct flow *flow_of(struct model *model) {
    assert_int_equal(model_compute(model), STATUS_OK);
    const struct flow *flow = model_flow(model);
    assert_non_null(flow);
    return flow;
}

/* dz1 = (-0.54, 0, 0.378), dz2 = (0, 0.54); the second neuron of layer 1 and the first of
 * layer 2 are off. */
static void test_worked(void **state) {
    (void)state;
    struct model *model = nets_worked();
    const struct flow *flow = flow_of(model);
    near(flow->layers[0].dz, sqrt(0.54 * 0.54 + 0.378 * 0.378));
    near(flow->layers[0].dW, sqrt(0.54 * 0.54 + 0.378 * 0.378) * sqrt(5));
    near(flow->layers[0].W, sqrt(0.25 + 0.09 + 0.64 + 0.01 + 0.16 + 0.04));
    near(flow->layers[0].slope, 2.0 / 3);
    near(flow->layers[0].dead, 1.0 / 3);
    near(flow->layers[1].dz, 0.54);
    near(flow->layers[1].dz10, log10(0.54));
    near(flow->layers[1].dead, 0.5);
    assert_ptr_equal(model_flow(model), flow);
    model_close(model);
}

static void test_random_networks(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 11);
    for (int n = 0; n < 60; n++) {
        struct model *model =
            nets_random(&random, cost_at(0), activation_at((size_t)n % 3 ? 0 : 3));
        const struct network *network = &model->network;
        const struct flow *flow = flow_of(model);
        for (size_t k = 1; k <= network->K; k++) {
            double sum = 0;
            for (size_t i = 0; i < network->layers[k - 1].n; i++) {
                for (size_t j = 0; j < network->layers[k].n; j++) {
                    double dW = pass_dW(&model->pass, network, k - 1, i, j);
                    sum += dW * dW;
                }
            }
            assert_true(fabs(flow->layers[k - 1].dW - sqrt(sum)) <= 1e-12 * sqrt(sum));
            bool relu = network->layers[k].activation->bend == BEND_RELU;
            assert_true(isnan(flow->layers[k - 1].dead) != relu);
        }
        model_close(model);
    }
}

static struct model *open_model(const size_t *widths, size_t count, double weight) {
    struct model *model;
    struct error error = {0};
    assert_int_equal(model_open(&model, widths, count, &error), STATUS_OK);
    for (size_t k = 0; k + 1 < count; k++) {
        model_edit_W(model, k)[0] = weight;
    }
    return model;
}

/* Squares of 1e-200 are 0 and those of 1e200 infinite: the norms are not. */
static void test_far_sizes(void **state) {
    (void)state;
    const size_t widths[] = {1, 1, 1};
    const double weights[] = {1e-100, 1e100};
    for (int n = 0; n < 2; n++) {
        struct model *model = open_model(widths, 3, weights[n]);
        model_edit_x(model)[0] = 1;
        model_edit_y(model)[0] = 1;
        const struct flow *flow = flow_of(model);
        double dr2 = weights[n] * weights[n] - 1;
        near(flow->layers[1].dz, fabs(dr2));
        near(flow->layers[0].dz, fabs(dr2) * weights[n]);
        near(flow->layers[0].dz10, log10(fabs(dr2)) + log10(weights[n]));
        model_close(model);
    }
    struct model *model = open_model(widths, 3, 0);
    assert_true(flow_of(model)->layers[0].dz == 0);
    assert_true(flow_of(model)->layers[0].dz10 == -INFINITY);
    model_edit_W(model, 1)[0] = 1e308;
    model_edit_W(model, 0)[0] = 1e308;
    model_edit_x(model)[0] = 10;
    bool finite = isfinite(flow_of(model)->layers[1].dz);
    assert_false(finite);
    model_close(model);
}

/* A ReLU that is off for the present row alone is not dead; one that is off for all is. */
static void test_dead_over_the_data(void **state) {
    (void)state;
    struct error error = {0};
    struct model *model = open_model((const size_t[]){1, 2, 1}, 3, 1);
    struct dataset *data = dataset_new(2, 1, 1, "two");
    assert_non_null(data);
    data->x[0] = -1;
    data->x[1] = 1;
    model->network.bias = true;
    model->network.parameters = network_count_parameters(&model->network);
    model_edit_W(model, 0)[0] = 1;
    model_edit_W(model, 0)[1] = 0;
    model_edit_b(model, 0)[1] = -1;
    assert_int_equal(model_set_data(model, data, &error), STATUS_OK);
    const struct flow *flow = flow_of(model);
    assert_int_equal(flow->rows, 2);
    near(flow->layers[0].dead, 0.5);
    assert_true(flow->layers[0].slope == 0);
    dataset_drop(data);
    model_close(model);
}

/* A layer is silent where no row has a gradient there: one row that does is enough. */
static void test_silent_layers(void **state) {
    (void)state;
    struct error error = {0};
    struct model *model = open_model((const size_t[]){1, 1, 1}, 3, 1);
    struct dataset *data = dataset_new(2, 1, 1, "two");
    assert_non_null(data);
    data->x[0] = -1;
    data->x[1] = 1;
    data->y[0] = data->y[1] = 5;
    assert_int_equal(model_set_data(model, data, &error), STATUS_OK);
    flow_of(model);
    assert_int_equal(model_silent_layer(model), 0); /* in the second row it is on */
    data->x[1] = -2;
    assert_int_equal(model_silent_layer(model), 1);
    model_edit_W(model, 1)[0] = -1;
    data->x[1] = 1;
    flow_of(model);
    assert_int_equal(model_silent_layer(model), 1);
    model_edit_W(model, 0)[0] = 0;
    model->network.step0 = 0;
    model_touch(model, 1);
    flow_of(model);
    assert_int_equal(model_silent_layer(model), 2);
    dataset_drop(data);
    model_close(model);
}

static void test_grid(void **state) {
    (void)state;
    struct model *model = nets_worked();
    struct grid grid = {.output = 1, .cols = 3, .rows = 2, .low = {0, -4}, .high = {6, 4}};
    assert_int_equal(model_compute(model), STATUS_OK);
    const double *values = model_grid(model, &grid);
    assert_non_null(values);
    double first = values[0], last = values[5];
    assert_ptr_equal(model_grid(model, &grid), values);
    assert_true(nets_same(model->pass.r[model->network.layers[2].at + 1], 0.54));
    model_edit_x(model)[0] = 1;
    model_edit_x(model)[1] = -2;
    assert_int_equal(model_compute(model), STATUS_OK);
    assert_true(nets_same(first, model->pass.r[model->network.layers[2].at + 1]));
    model_edit_x(model)[0] = 5;
    model_edit_x(model)[1] = 2;
    assert_int_equal(model_compute(model), STATUS_OK);
    assert_true(nets_same(last, model->pass.r[model->network.layers[2].at + 1]));
    grid.output = 2;
    assert_null(model_grid(model, &grid));
    grid = (struct grid){.cols = GRID_MOST, .rows = 2};
    assert_null(model_grid(model, &grid));
    assert_int_equal(grid_affordable(&model->network), GRID_MOST);
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked),        cmocka_unit_test(test_random_networks),
        cmocka_unit_test(test_far_sizes),     cmocka_unit_test(test_dead_over_the_data),
        cmocka_unit_test(test_silent_layers), cmocka_unit_test(test_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
