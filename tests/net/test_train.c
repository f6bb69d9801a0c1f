/*
 * test_train.c - many updates are as many single ones, and what there is to learn is
 * learnt. Where training stops: test_train_stop.c.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "named.h"
#include "net/train.h"
#include "nets.h"

static void choose(struct model *model, const char *rule) {
    assert_int_equal(optimizer_choose(&model->optimizer, rule_named(rule), &model->network),
                     STATUS_OK);
}

static uint64_t train(struct model *model, uint64_t updates) {
    uint64_t done = 0;
    struct error error = {0};
    if (model_train(model, updates, NULL, NULL, &done, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
    assert_true(model->stale == MODEL_FRESH);
    return done;
}

/* Trained in one go it is as after as many single updates. Closes the model. */
static void check_train(struct model *model, uint64_t updates) {
    nets_compute(model);
    struct model *other = model_copy(model);
    assert_int_equal(train(model, updates), updates);
    nets_updates(other, updates);
    nets_check_trained(model, other);
    model_close(model);
    model_close(other);
}

static void test_many_are_many_single_ones(void **state) {
    (void)state;
    static const size_t batches[] = {1, 4, 0};
    for (size_t rule = 0; rule_at(rule); rule++) {
        for (size_t n = 0; n < 3; n++) {
            struct model *model = nets_open((const size_t[]){2, 5, 3, 1}, 4, "tanh", "moons", 30);
            choose(model, rule_at(rule)->name);
            model->optimizer.h.lr = 0.01;
            model->optimizer.h.decay = 0.001;
            model->optimizer.h.clip = 0.5;
            assert_int_equal(model_set_batch(model, batches[n], NULL), STATUS_OK);
            assert_int_equal(model_set_shuffle(model, true, 3, NULL), STATUS_OK);
            assert_int_equal(model_set_validation(model, 0.1, 3, NULL), STATUS_OK);
            check_train(model, 77);
        }
    }
}

/* With data too the first update is made with x and y as they were edited, and the others
 * with the rows; one sample at a time and in batches. */
static void test_edited_sample(void **state) {
    (void)state;
    for (size_t batch = 1; batch < 8; batch += 6) {
        struct model *model = nets_open((const size_t[]){2, 5, 3, 1}, 4, "tanh", "moons", 30);
        model->optimizer.h.lr = 0.01;
        assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
        model_edit_x(model)[1] = 7;
        model_edit_y(model)[0] = -2;
        check_train(model, 77);
    }
}

/* Without data the present x and y are trained on, as they are. */
static void test_without_data(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 1}, 2, NULL), STATUS_OK);
    model_edit_x(model)[0] = 2;
    model_edit_y(model)[0] = 3;
    model_edit_W(model, 0)[0] = 0.5;
    assert_int_equal(train(model, 1), 1);
    assert_true(network_W(&model->network, 0)[0] == 0.9);
    assert_true(fabs(model->pass.C - 0.72) < 1e-15);
    assert_int_equal(train(model, 0), 0);
    assert_int_equal(model->updates, 1);
    assert_int_equal(train(model, 100), 100);
    assert_true(fabs(network_W(&model->network, 0)[0] - 1.5) < 1e-12);
    assert_int_equal(model->updates, 101);
    assert_int_equal(model->feed.epochs, 0);
    model_close(model);
}

static void test_xor_is_learnt(void **state) {
    (void)state;
    struct model *model = nets_open((const size_t[]){2, 4, 1}, 3, "sigmoid", "xor", 4);
    model->network.cost = cost_named("bce");
    model->network.layers[1].activation = activation_named("tanh");
    model_touch(model, 0);
    assert_int_equal(model_set_batch(model, 0, NULL), STATUS_OK);
    choose(model, "adam");
    assert_true(model_mean_cost(model, MEAN_TRAINING) > 0.5);
    train(model, 500);
    assert_true(model_mean_cost(model, MEAN_TRAINING) < 0.01);
    assert_int_equal(model->feed.epochs, 500);
    for (size_t row = 1; row <= 4; row++) {
        assert_int_equal(model_set_sample(model, row, NULL), STATUS_OK);
        nets_compute(model);
        double r = model->pass.r[model->network.layers[2].at];
        assert_true(fabs(r - model->y->values[0]) < 0.05);
    }
    model_close(model);
}

static void test_spiral_is_learnt(void **state) {
    (void)state;
    struct model *model = nets_open((const size_t[]){2, 16, 16, 3}, 4, "relu", "spiral", 150);
    model->network.layers[3].activation = activation_named("softmax");
    model->network.cost = cost_named("cross-entropy");
    model_touch(model, 0);
    assert_int_equal(model_set_batch(model, 10, NULL), STATUS_OK);
    assert_int_equal(model_set_shuffle(model, true, 1, NULL), STATUS_OK);
    assert_int_equal(model_set_validation(model, 0.2, 1, NULL), STATUS_OK);
    choose(model, "adam");
    model->optimizer.h.lr = 0.01;
    train(model, 3000);
    assert_int_equal(model->feed.epochs, 250);
    assert_true(model_mean_cost(model, MEAN_TRAINING) < 0.1);
    assert_true(model_mean_cost(model, MEAN_HELD_OUT) < 0.5);
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_are_many_single_ones),
        cmocka_unit_test(test_without_data),
        cmocka_unit_test(test_edited_sample),
        cmocka_unit_test(test_xor_is_learnt),
        cmocka_unit_test(test_spiral_is_learnt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
