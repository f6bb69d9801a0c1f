/*
 * test_shortage.c - every allocation of data, batches, training and the gradient
 * check is made to fail in its turn: the answer is STATUS_MEMORY, nothing leaks, and
 * the model is as it was.
 */
/* link: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"
#include "net/gradcheck.h"
#include "net/train.h"
#include "starve.h"

/* Run `what` with its first, second, third ... allocation failing, until none does.
 * The model, where there is one, is opened anew for each. */
static void starve(enum status (*what)(struct model *model), struct model *(*open)(void)) {
    size_t turns = 0;
    bool failed;
    do {
        struct model *model = open ? open() : NULL;
        starve_begin(++turns);
        enum status status = what(model);
        failed = starve_end();
        assert_int_equal(status, failed ? STATUS_MEMORY : STATUS_OK);
        model_close(model);
    } while (failed);
    assert_true(turns > 1); /* else nothing was allocated, and nothing tested */
}

/* ---- what is tried ---- */

static enum status try_csv(struct model *model) {
    (void)model;
    static const char text[] = "\"a\",b\n1,2\n3,4\n5,6\n7,8\n9,0\n1,2\n3,4\n5,6\n7,8\n"
                               "1,2\n3,4\n5,6\n7,8\n1,2\n3,4\n5,6\n7,8\n1,2\n3,4\n5,6\n7,8\n";
    static const char *const columns[] = {"b", "1"};
    struct dataset *data = NULL;
    struct error error = {0};
    enum status status = data_from_csv(text, sizeof text - 1, "f.csv", 1, 1, columns, 2,
                                       &(struct ask){0}, &data, &error);
    assert_int_equal(error.status, status);
    assert_int_equal(data == NULL, status != STATUS_OK);
    dataset_drop(data);
    return status;
}

static enum status try_generate(struct model *model) {
    (void)model;
    const struct generator *generator = generator_named("spiral");
    struct data_options options = generator_defaults(generator);
    struct dataset *data = NULL;
    enum status status = data_generate(generator, &options, 2, 3, &(struct ask){0}, &data, NULL);
    dataset_drop(data);
    return status;
}

/* 2-3-1 with 12 samples, shuffled, in batches of 5, two held out. */
static struct model *open_model(void) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){2, 3, 1}, 3, NULL), STATUS_OK);
    const struct generator *generator = generator_named("moons");
    struct data_options options = {12, 0.1, 1};
    struct dataset *data = NULL;
    assert_int_equal(data_generate(generator, &options, 2, 1, &(struct ask){0}, &data, NULL),
                     STATUS_OK);
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    assert_int_equal(model_set_validation(model, 0.2, 1, NULL), STATUS_OK);
    assert_int_equal(model_set_shuffle(model, true, 1, NULL), STATUS_OK);
    assert_int_equal(model_set_batch(model, 5, NULL), STATUS_OK);
    assert_int_equal(model_compute(model), STATUS_OK);
    dataset_drop(data);
    return model;
}

/* With a copy that shares everything, so that every write has to copy. */
static enum status with_copy(struct model *model, enum status (*change)(struct model *model)) {
    size_t left = starve_pause();
    struct model *copy = model_copy(model);
    assert_non_null(copy);
    double C = model->pass.C, W = network_W(&model->network, 0)[0];
    starve_resume(left);
    enum status status = change(copy);
    left = starve_pause();
    if (status != STATUS_OK) { /* as it was, and it can still be used */
        assert_int_equal(model_compute(copy), STATUS_OK);
        assert_true(copy->pass.C == C);
        assert_true(network_W(&copy->network, 0)[0] == W);
        assert_int_equal(copy->feed.training, model->feed.training);
        assert_int_equal(copy->feed.sample, model->feed.sample);
        assert_int_equal(copy->updates, model->updates);
    }
    assert_int_equal(model_update(model), STATUS_OK);
    model_close(copy);
    starve_resume(left);
    return status;
}

static enum status shuffle(struct model *model) {
    return model_set_shuffle(model, true, 7, NULL);
}
static enum status hold_out(struct model *model) {
    return model_set_validation(model, 0.5, 7, NULL);
}
static enum status take_away(struct model *model) {
    return model_set_data(model, NULL, NULL);
}
static enum status select_sample(struct model *model) {
    return model_set_sample(model, feed_batch_row(&model->feed, 3), NULL);
}
static enum status update_once(struct model *model) {
    return model_update(model);
}
static enum status compute_again(struct model *model) {
    model_touch(model, 0);
    return model_compute(model);
}

static enum status try_shuffle(struct model *model) {
    return with_copy(model, shuffle);
}
static enum status try_hold_out(struct model *model) {
    return with_copy(model, hold_out);
}
static enum status try_select(struct model *model) {
    return with_copy(model, select_sample);
}
static enum status try_update(struct model *model) {
    return with_copy(model, update_once);
}
static enum status try_compute(struct model *model) {
    return with_copy(model, compute_again);
}

static enum status try_copy(struct model *model) {
    struct model *copy = model_copy(model);
    model_close(copy);
    return copy ? STATUS_OK : STATUS_MEMORY;
}

static enum status try_train(struct model *model) {
    uint64_t done = 0;
    struct error error = {0};
    enum status status = model_train(model, 5, NULL, NULL, &done, &error);
    assert_int_equal(error.status, status);
    assert_int_equal(model->updates, done);
    return status;
}

static enum status try_gradcheck(struct model *model) {
    struct gradcheck result;
    return model_gradcheck(model, 0, 1, NULL, NULL, &result, NULL);
}

/* ---- the tests ---- */

static void test_data(void **state) {
    (void)state;
    starve(try_csv, NULL);
    starve(try_generate, NULL);
}

static void test_settings(void **state) {
    (void)state;
    starve(try_shuffle, open_model);
    starve(try_hold_out, open_model);
    starve(try_select, open_model);
}

static void test_model(void **state) {
    (void)state;
    starve(try_copy, open_model);
    starve(try_compute, open_model);
    starve(try_update, open_model);
}

static void test_training(void **state) {
    (void)state;
    starve(try_train, open_model);
    starve(try_gradcheck, open_model);
}

/* Training needs memory for a copy now and then, and for nothing else. */
static void test_no_memory_a_step(void **state) {
    (void)state;
    struct model *model = open_model();
    assert_int_equal(model_update(model), STATUS_OK);
    assert_int_equal(model_compute(model), STATUS_OK);
    starve_begin(1);
    for (int n = 0; n < 100; n++) {
        assert_int_equal(model_update(model), STATUS_OK);
        assert_int_equal(model_compute(model), STATUS_OK);
    }
    assert_false(starve_end());
    model_close(model);
}

/* Taking data away needs none. */
static void test_without_data(void **state) {
    (void)state;
    struct model *model = open_model();
    starve_begin(1);
    assert_int_equal(take_away(model), STATUS_OK);
    assert_false(starve_end());
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_data),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_model),
        cmocka_unit_test(test_training),
        cmocka_unit_test(test_no_memory_a_step),
        cmocka_unit_test(test_without_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
