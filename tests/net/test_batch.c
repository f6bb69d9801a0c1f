/*
 * test_batch.c - samples and batches: the mean gradient is the mean of the single
 * ones, and so is the mean cost.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"
#include "net/kernels.h"
#include "net/model.h"
#include "nets.h"

/* ---- the mean ---- */

/* A model without data that holds one row of another's data: nothing of batches is
 * in the way from there to its gradient. */
static struct model *single(const struct model *model, size_t row) {
    struct model *one = model_copy(model);
    assert_non_null(one);
    assert_int_equal(model_set_data(one, NULL, NULL), STATUS_OK);
    memcpy(model_edit_x(one), dataset_x(model->feed.data, row), 3 * sizeof(double));
    memcpy(model_edit_y(one), dataset_y(model->feed.data, row), 2 * sizeof(double));
    nets_compute(one);
    return one;
}

/* gW and gb against the plain mean over the rows, bit for bit. */
static void check_mean(const struct model *model, const size_t *rows, size_t count) {
    double sum[2][4][4] = {{{0}}}, sum_b[2][4] = {{0}};
    assert_int_equal(feed_batch(&model->feed), count);
    for (size_t s = 0; s < count; s++) {
        struct model *one = single(model, rows[s]);
        const struct layer *layers = one->network.layers;
        for (size_t k = 0; k < 2; k++) {
            for (size_t j = 0; j < layers[k + 1].n; j++) {
                for (size_t i = 0; i < layers[k].n; i++) {
                    sum[k][i][j] += model_gW(one, k, i, j);
                }
                sum_b[k][j] += model_gb(one, k, j);
            }
        }
        model_close(one);
    }
    const struct layer *layers = model->network.layers;
    for (size_t k = 0; k < 2; k++) {
        for (size_t j = 0; j < layers[k + 1].n; j++) {
            for (size_t i = 0; i < layers[k].n; i++) {
                assert_true(model_gW(model, k, i, j) == sum[k][i][j] / (double)count);
            }
            assert_true(model_gb(model, k, j) == sum_b[k][j] / (double)count);
        }
    }
}

static void test_mean_gradient(void **state) {
    (void)state;
    struct model *model = nets_with_rows(7, "tanh");
    assert_int_equal(model_set_batch(model, 3, NULL), STATUS_OK);
    nets_compute(model);
    check_mean(model, (const size_t[]){1, 2, 3}, 3);
    nets_update(model);
    check_mean(model, (const size_t[]){4, 5, 6}, 3);
    nets_update(model);
    check_mean(model, (const size_t[]){7}, 1); /* what is left */
    nets_update(model);
    check_mean(model, (const size_t[]){1, 2, 3}, 3);
    assert_int_equal(model_set_batch(model, 0, NULL), STATUS_OK);
    nets_compute(model);
    check_mean(model, (const size_t[]){1, 2, 3, 4, 5, 6, 7}, 7);
    assert_int_equal(model_set_sample(model, 5, NULL), STATUS_OK);
    nets_compute(model);
    check_mean(model, (const size_t[]){5, 6, 7}, 3);
    model_close(model);
}

/* Nothing is kept for a batch of one, and what was is let go. */
static void test_one_sample_keeps_nothing(void **state) {
    (void)state;
    struct model *model = nets_with_rows(4, "relu");
    assert_null(model->gradient.W);
    assert_int_equal(model_set_batch(model, 2, NULL), STATUS_OK);
    nets_compute(model);
    assert_non_null(model->gradient.W);
    assert_int_equal(model_set_batch(model, 1, NULL), STATUS_OK);
    nets_compute(model);
    assert_null(model->gradient.W);
    assert_true(model_gW(model, 1, 2, 1) == pass_dW(&model->pass, &model->network, 1, 2, 1));
    model_close(model);
}

/* SGD by hand with the mean gradient; frozen parts stay and do not count in the norm. */
static void test_update_with_clip_and_decay(void **state) {
    (void)state;
    struct model *model = nets_with_rows(6, "sigmoid");
    struct hyperparameters *h = &model->optimizer.h;
    assert_int_equal(model_set_batch(model, 4, NULL), STATUS_OK);
    h->clip = 0.01;
    h->decay = 0.1;
    model->network.layers[0].frozen = true;
    model->network.freeze_bias = true;
    nets_compute(model);
    double square = 0;
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 2; j++) {
            square += model_gW(model, 1, i, j) * model_gW(model, 1, i, j);
        }
    }
    assert_true(model_gradient_norm(model) == sqrt(square));
    assert_true(model_gW(model, 0, 0, 0) != 0);
    double factor = h->clip / sqrt(square);
    assert_true(factor < 1);
    struct model *before = model_copy(model);
    nets_update(model);
    assert_memory_equal(network_W(&model->network, 0), network_W(&before->network, 0),
                        12 * sizeof(double));
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 2; j++) {
            double W = network_W(&before->network, 1)[i * before->network.layers[1].stride + j];
            double g = factor * model_gW(before, 1, i, j) + h->decay * W;
            assert_true(network_W(&model->network, 1)[i * 2 + j] == W - h->lr * g);
        }
    }
    assert_memory_equal(network_b(&model->network, 1), network_b(&before->network, 1),
                        2 * sizeof(double));
    model_close(before);
    model_close(model);
}

/* The norm follows what is frozen, without anything being computed again. */
static void test_norm_follows_freezing(void **state) {
    (void)state;
    struct model *model = nets_with_rows(3, "tanh");
    double whole = model_gradient_norm(model);
    model->network.layers[1].frozen = true;
    double less = model_gradient_norm(model);
    model->network.layers[1].frozen = false;
    assert_true(less < whole);
    assert_true(model_gradient_norm(model) == whole);
    model_close(model);
}

/* ---- the present sample ---- */

static void test_present_sample(void **state) {
    (void)state;
    struct model *model = nets_with_rows(5, "relu");
    const struct dataset *data = model->feed.data;
    for (size_t step = 0; step < 12; step++) {
        size_t row = step % 5 + 1;
        assert_int_equal(model->feed.sample, row);
        assert_int_equal(model->feed.epochs, step / 5);
        assert_memory_equal(model->x->values, dataset_x(data, row), 3 * sizeof(double));
        assert_memory_equal(model->y->values, dataset_y(data, row), 2 * sizeof(double));
        assert_memory_equal(model->pass.r, dataset_x(data, row), 3 * sizeof(double));
        nets_update(model);
    }
    assert_int_equal(model_set_sample(model, 4, NULL), STATUS_OK);
    nets_compute(model);
    assert_memory_equal(model->pass.r, dataset_x(data, 4), 3 * sizeof(double));
    nets_update(model);
    assert_int_equal(model->feed.sample, 5);
    model_close(model);
}

/* An edit of x changes the present pass, and the batch that it is part of, but not
 * the data, and not the mean cost. */
static void test_working_copy(void **state) {
    (void)state;
    struct model *model = nets_with_rows(4, "tanh");
    assert_int_equal(model_set_batch(model, 2, NULL), STATUS_OK);
    nets_compute(model);
    double mean = model_mean_cost(model, MEAN_TRAINING), C = model->pass.C,
           gW = model_gW(model, 1, 0, 0);
    double x = dataset_x(model->feed.data, 1)[0];
    model_edit_x(model)[0] = x + 1;
    nets_compute(model);
    assert_true(model->pass.C != C);
    assert_true(model_gW(model, 1, 0, 0) != gW);
    assert_true(model_mean_cost(model, MEAN_TRAINING) == mean);
    assert_true(dataset_x(model->feed.data, 1)[0] == x);
    assert_int_equal(model_set_sample(model, 1, NULL), STATUS_OK);
    nets_compute(model);
    assert_true(model->pass.C == C);
    assert_true(model_gW(model, 1, 0, 0) == gW);
    model_close(model);
}

/* ---- costs ---- */

static void test_mean_cost(void **state) {
    (void)state;
    struct model *model = nets_with_rows(6, "softplus");
    assert_int_equal(model_set_validation(model, 0.3, 1, NULL), STATUS_OK);
    nets_compute(model);
    assert_int_equal(model->feed.training, 4);
    struct pass before = model->pass;
    double sum = 0, held = 0;
    for (size_t n = 1; n <= 4; n++) {
        struct model *one = single(model, feed_training_row(&model->feed, n));
        sum += one->pass.C;
        assert_true(model_mean_cost(one, MEAN_TRAINING) == one->pass.C);
        assert_true(isnan(model_mean_cost(one, MEAN_HELD_OUT)));
        model_close(one);
    }
    for (size_t n = 1; n <= 2; n++) {
        struct model *one = single(model, feed_held_row(&model->feed, n));
        held += one->pass.C;
        model_close(one);
    }
    assert_true(model_mean_cost(model, MEAN_TRAINING) == sum / 4);
    assert_true(model_mean_cost(model, MEAN_HELD_OUT) == held / 2);
    assert_memory_equal(&before, &model->pass, sizeof before);
    nets_update(model);
    assert_true(model_mean_cost(model, MEAN_TRAINING) !=
                sum / 4); /* it is not remembered too long */
    model_close(model);
}

/* Of more rows than are taken at once, in so large a network that many are, on each code path:
 * still the plain sum of the costs of one row after the other. */
static void test_mean_cost_of_many(void **state) {
    (void)state;
    struct model *model = NULL;
    struct random random;
    random_seed(&random, 5);
    assert_int_equal(model_open(&model, (const size_t[]){5, 300, 6, 260, 300, 3}, 6, NULL),
                     STATUS_OK);
    const char *activations[] = {"relu", "linear", "tanh", "gelu", "softmax"};
    for (size_t k = 1; k <= 5; k++) {
        model->network.layers[k].activation = activation_named(activations[k - 1]);
    }
    model->network.bias = true;
    model->network.cost = cost_named("cross-entropy");
    nets_fill(model, &random, 1);
    nets_take_rows(model, &random, KERNELS_SAMPLES + 90);
    assert_int_equal(model_set_validation(model, 0.1, 1, NULL), STATUS_OK);
    double sum = 0, held = 0;
    for (size_t n = 1; n <= model->feed.training; n++) {
        sum += model_row_pass(model, feed_training_row(&model->feed, n))->C;
    }
    for (size_t n = 1; n <= feed_held(&model->feed); n++) {
        held += model_row_pass(model, feed_held_row(&model->feed, n))->C;
    }
    for (size_t n = 0; kernels_at(n); n++) {
        if (kernels_at(n)->supported()) {
            model->network.kernels = kernels_at(n);
            model_touch(model, 0);
            nets_compute(model);
            assert_true(model_mean_cost(model, MEAN_TRAINING) ==
                        sum / (double)model->feed.training);
            assert_true(model_mean_cost(model, MEAN_HELD_OUT) ==
                        held / (double)feed_held(&model->feed));
        }
    }
    model_close(model);
}

/* Where the long way overflows, the mean counts the cost that is shown. */
static void test_mean_cost_of_rescued_samples(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 1}, 2, NULL), STATUS_OK);
    model->network.layers[1].activation = activation_named("sigmoid");
    model->network.cost = cost_named("bce");
    model_edit_W(model, 0)[0] = 40;
    struct dataset *data = dataset_new(2, 1, 1, "two");
    data->x[0] = 1;
    data->x[1] = 2;
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    dataset_drop(data);
    nets_compute(model);
    assert_true(model_mean_cost(model, MEAN_TRAINING) == (40.0 + 80.0) / 2);
    model_close(model);
}

/* ---- refusals, copies ---- */

static void test_refusals(void **state) {
    (void)state;
    struct model *model = nets_with_rows(4, "relu");
    struct error error = {0};
    assert_int_equal(model_set_sample(model, 5, &error), STATUS_INPUT);
    assert_string_equal(error.text, "there is no sample '5': 1 to 4 exist");
    assert_int_equal(model_set_sample(model, 0, &error), STATUS_INPUT);
    assert_int_equal(model_set_batch(model, 5, &error), STATUS_INPUT);
    assert_string_equal(error.text,
                        "a batch of '5' is more than the 4 samples: 'batch all' takes them");
    struct dataset *data = dataset_new(2, 2, 2, "narrow");
    assert_int_equal(model_set_data(model, data, &error), STATUS_INPUT);
    assert_string_equal(error.text,
                        "'narrow' has 2 inputs and 2 targets, but the network has 3 and 2");
    dataset_drop(data);
    assert_int_equal(model->feed.data->count, 4);
    assert_int_equal(model_set_data(model, NULL, &error), STATUS_OK);
    assert_int_equal(model_set_sample(model, 2, &error), STATUS_INPUT);
    assert_int_equal(model_set_batch(model, 8, &error), STATUS_OK); /* for data to come */
    nets_compute(model);
    assert_false(model_batched(model));
    nets_update(model);
    assert_int_equal(model->feed.epochs, 0);
    model_close(model);
}

/* A copy shares data, order and mean gradient until one of the two goes on. */
static void test_copies_share(void **state) {
    (void)state;
    struct model *model = nets_with_rows(6, "relu");
    assert_int_equal(model_set_shuffle(model, true, 1, NULL), STATUS_OK);
    assert_int_equal(model_set_batch(model, 0, NULL), STATUS_OK);
    nets_compute(model);
    struct model *copy = model_copy(model);
    assert_ptr_equal(copy->feed.data, model->feed.data);
    assert_ptr_equal(copy->feed.order, model->feed.order);
    assert_ptr_equal(copy->gradient.W[1], model->gradient.W[1]);
    double gW = model_gW(model, 1, 0, 0);
    nets_update(copy);
    assert_ptr_not_equal(copy->feed.order, model->feed.order);
    assert_ptr_not_equal(copy->gradient.W[1], model->gradient.W[1]);
    assert_true(model_gW(model, 1, 0, 0) == gW);
    model_close(model);
    nets_update(copy);
    model_close(copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mean_gradient),
        cmocka_unit_test(test_one_sample_keeps_nothing),
        cmocka_unit_test(test_update_with_clip_and_decay),
        cmocka_unit_test(test_norm_follows_freezing),
        cmocka_unit_test(test_present_sample),
        cmocka_unit_test(test_working_copy),
        cmocka_unit_test(test_mean_cost),
        cmocka_unit_test(test_mean_cost_of_many),
        cmocka_unit_test(test_mean_cost_of_rescued_samples),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_copies_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
