/*
 * test_epochs.c - an epoch goes once through the training rows, whatever the batch;
 * shuffling is fair and repeatable; what is held out is never trained on.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/model.h"
#include "nets.h"

/* Every training row once an epoch, whatever the batch; the orders differ. */
static void check_epochs(size_t batch, bool shuffled, double share) {
    struct model *model = nets_with_rows(11, "relu");
    assert_int_equal(model_set_validation(model, share, 5, NULL), STATUS_OK);
    assert_int_equal(model_set_shuffle(model, shuffled, 3, NULL), STATUS_OK);
    assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
    nets_compute(model);
    size_t training = model->feed.training;
    size_t orders[3][11] = {{0}};
    for (size_t epoch = 0; epoch < 3; epoch++) {
        bool seen[12] = {false};
        size_t count = 0;
        while (model->feed.epochs == epoch) {
            size_t size = feed_batch(&model->feed);
            assert_true(size >= 1 && (batch == 0 || size <= batch));
            for (size_t n = 1; n <= size; n++) {
                size_t row = feed_batch_row(&model->feed, n);
                assert_true(row >= 1 && row <= 11 && !seen[row]);
                seen[row] = true;
                orders[epoch][count++] = row;
            }
            assert_int_equal(model->feed.sample, feed_batch_row(&model->feed, 1));
            nets_update(model);
        }
        assert_int_equal(count, training);
        for (size_t n = 1; n <= feed_held(&model->feed); n++) {
            assert_false(seen[feed_held_row(&model->feed, n)]);
        }
    }
    bool same = memcmp(orders[0], orders[1], sizeof orders[0]) == 0;
    assert_int_equal(same, !shuffled);
    model_close(model);
}

static void test_epochs(void **state) {
    (void)state;
    for (size_t batch = 0; batch <= 7; batch++) {
        check_epochs(batch, false, 0);
        check_epochs(batch, true, 0);
        check_epochs(batch, true, 0.25);
        check_epochs(batch, false, 0.25);
    }
}

/* The same seed, the same order; a copy goes its own way without changing this one. */
static void test_shuffling_is_repeatable(void **state) {
    (void)state;
    struct model *model = nets_with_rows(9, "relu");
    assert_int_equal(model_set_shuffle(model, true, 42, NULL), STATUS_OK);
    nets_compute(model);
    struct model *copy = model_copy(model);
    size_t rows[30];
    for (size_t n = 0; n < 30; n++) {
        rows[n] = copy->feed.sample;
        nets_update(copy);
    }
    assert_int_equal(model->feed.sample, rows[0]);
    assert_int_equal(model->feed.epochs, 0);
    for (size_t n = 0; n < 30; n++) {
        assert_int_equal(model->feed.sample, rows[n]);
        nets_update(model);
    }
    assert_int_equal(model_set_shuffle(model, true, 43, NULL), STATUS_OK);
    bool differs = false;
    for (size_t n = 0; n < 9; n++) {
        differs = differs || feed_batch_row(&model->feed, 1) != rows[n];
        nets_compute(model);
        nets_update(model);
    }
    assert_true(differs);
    model_close(copy);
    model_close(model);
}

/* Every permutation of 3 comes up about as often: 6 cells, 6000 draws, chi squared
 * with 5 degrees below 20.5 (1 in 1000). */
static void test_shuffling_is_fair(void **state) {
    (void)state;
    struct model *model = nets_with_rows(3, "relu");
    size_t cells[27] = {0};
    for (uint64_t seed = 0; seed < 6000; seed++) {
        assert_int_equal(model_set_shuffle(model, true, seed, NULL), STATUS_OK);
        const size_t *list = model->feed.order->list;
        cells[(list[0] - 1) * 9 + (list[1] - 1) * 3 + list[2] - 1]++;
    }
    double chi = 0;
    size_t filled = 0;
    for (size_t n = 0; n < 27; n++) {
        double d = (double)cells[n] - 1000;
        chi += cells[n] ? d * d / 1000 : 0;
        filled += cells[n] > 0;
    }
    assert_int_equal(filled, 6);
    assert_true(chi < 20.5);
    model_close(model);
}

static void test_validation_split(void **state) {
    (void)state;
    struct model *model = nets_with_rows(10, "relu");
    assert_int_equal(model_set_validation(model, 0.3, 1, NULL), STATUS_OK);
    assert_int_equal(model->feed.training, 7);
    size_t held = feed_held_row(&model->feed, 2);
    struct error error = {0};
    assert_int_equal(model_set_sample(model, held, &error), STATUS_INPUT);
    assert_non_null(strstr(error.text, "is held out for validation"));
    bool moved = false;
    for (uint64_t seed = 2; seed < 6; seed++) {
        assert_int_equal(model_set_validation(model, 0.3, seed, NULL), STATUS_OK);
        moved = moved || feed_held_row(&model->feed, 2) != held;
    }
    assert_true(moved);
    assert_int_equal(model_set_validation(model, 0.999, 1, NULL), STATUS_OK);
    assert_int_equal(model->feed.training, 1); /* one row stays, however large the share */
    assert_int_equal(model_set_validation(model, 0, 1, NULL), STATUS_OK);
    assert_int_equal(model->feed.training, 10);
    assert_int_equal(model_set_validation(model, 1, 1, &error), STATUS_INPUT);
    assert_int_equal(model_set_validation(model, NAN, 1, &error), STATUS_INPUT);
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_epochs),
        cmocka_unit_test(test_shuffling_is_repeatable),
        cmocka_unit_test(test_shuffling_is_fair),
        cmocka_unit_test(test_validation_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
