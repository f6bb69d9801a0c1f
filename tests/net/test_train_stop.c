/*
 * test_train_stop.c - training stops where it is told to, or before anything overflows, in
 * the state that as many single updates give.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"
#include "net/kernels.h"
#include "net/narrow.h"
#include "net/train.h"
#include "nets.h"

/* ---- where it is told to ---- */

/* Looked at now and then, and never later than was said: the same in the end. */
struct seldom {
    struct model *model;
    uint64_t due, most, asked;
    bool stale;
};

static uint64_t look(void *context) {
    struct seldom *seldom = context;
    seldom->asked++;
    seldom->stale = seldom->stale || seldom->model->stale != MODEL_FRESH;
    assert_true(seldom->model->updates <= seldom->due);
    seldom->due = seldom->model->updates + 7;
    return seldom->model->updates < seldom->most ? 7 : 0;
}

static void test_watched(void **state) {
    (void)state;
    for (size_t batch = 1; batch <= 3; batch += 2) {
        struct model *model = nets_open((const size_t[]){2, 3, 1}, 3, "tanh", "xor", 4);
        assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
        nets_compute(model);
        struct model *other = model_copy(model);
        struct seldom seldom = {.model = model, .most = 70};
        uint64_t done = 0;
        assert_int_equal(model_train_watched(model, 1000, look, NULL, &seldom, &done, NULL),
                         STATUS_OK);
        assert_int_equal(done, 70);
        assert_int_equal(seldom.asked, 11);
        assert_false(seldom.stale);
        nets_updates(other, 70);
        nets_check_trained(model, other);
        model_close(model);
        model_close(other);
    }
}

/* In the middle of an update from so many samples that it takes long: what is reached is
 * just what it was before. */
struct halfway {
    const struct model *model;
    uint64_t update; /* to be stopped in the middle of */
    bool stale;
};

static uint64_t one_at_a_time(void *context) {
    (void)context;
    return 1;
}

static bool is_halfway(void *context) {
    struct halfway *halfway = context;
    halfway->stale = halfway->model->stale != MODEL_FRESH;
    return halfway->model->updates == halfway->update;
}

static void test_stop_halfway(void **state) {
    (void)state;
    struct model *model = nets_open((const size_t[]){2, 256, 256, 1}, 4, "relu", "circle", 17000);
    assert_int_equal(model_set_batch(model, 0, NULL), STATUS_OK);
    nets_compute(model);
    struct model *other = model_copy(model);
    nets_updates(other, 1);
    for (uint64_t update = 2; update >= 1; update--) { /* none is made the second time */
        struct halfway halfway = {.model = model, .update = 2};
        uint64_t done = 9;
        assert_int_equal(
            model_train_watched(model, 3, one_at_a_time, is_halfway, &halfway, &done, NULL),
            STATUS_OK);
        assert_int_equal(done, update - 1);
        assert_true(halfway.stale);
        assert_true(model->stale == MODEL_FRESH);
        nets_check_trained(model, other);
    }
    model->optimizer.h.lr = other->optimizer.h.lr = 1e300; /* the second would overflow */
    struct halfway halfway = {.model = model, .update = UINT64_MAX};
    uint64_t done = 9;
    assert_int_equal(model_train(model, 3, is_halfway, &halfway, &done, NULL), STATUS_INPUT);
    assert_int_equal(done, 0);
    assert_true(model->stale == MODEL_FRESH);
    nets_check_trained(model, other);
    model_close(model);
    model_close(other);
}

/* Between two updates that nobody looks at: those that were made stay. */
struct between {
    const struct model *model;
    size_t asked, most;
    bool stale;
};

static bool had_enough(void *context) {
    struct between *between = context;
    between->stale = between->stale || between->model->stale != MODEL_FRESH;
    return ++between->asked == between->most;
}

static void test_stop_between(void **state) {
    (void)state;
    for (size_t batch = 1; batch <= 512; batch += 511) {
        struct model *model =
            nets_open((const size_t[]){2, 128, 128, 1}, 4, "tanh", "circle", 1024);
        assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
        nets_compute(model);
        struct model *other = model_copy(model);
        struct between between = {.model = model, .most = 2};
        uint64_t done = 0;
        assert_int_equal(model_train(model, 5000, had_enough, &between, &done, NULL), STATUS_OK);
        assert_int_equal(between.asked, 2);
        assert_true(between.stale);
        assert_true(done > 2 && done < 5000);
        assert_int_equal(model->updates, done);
        assert_true(model->stale == MODEL_FRESH);
        nets_updates(other, done);
        nets_check_trained(model, other);
        model_close(model);
        model_close(other);
    }
}

/* On the way back to the last sound state, which may be as long as that there was. */
static void test_stop_on_the_way_back(void **state) {
    (void)state;
    struct model *model = nets_open((const size_t[]){400, 400}, 2, "linear", NULL, 0);
    for (size_t i = 0; i < 400; i++) {
        model_edit_x(model)[i] = 1;
    }
    model->optimizer.h.lr = 0.02; /* W grows sevenfold with each update */
    nets_compute(model);
    struct model *start = model_copy(model), *other = model_copy(model);
    uint64_t sound = 0, done = 0;
    struct between there = {.model = other, .most = SIZE_MAX};
    struct between back = {.model = model, .most = SIZE_MAX};
    assert_int_equal(model_train(model, 1000, had_enough, &back, &sound, NULL), STATUS_INPUT);
    assert_int_equal(model_train(other, sound, had_enough, &there, &done, NULL), STATUS_OK);
    assert_true(done == sound && there.asked < back.asked);
    model_close(other);
    other = model_copy(start);
    struct between last = {.model = start, .most = back.asked};
    assert_int_equal(model_train(start, 1000, had_enough, &last, &done, NULL), STATUS_OK);
    assert_true(done > 0 && done < sound);
    assert_true(start->stale == MODEL_FRESH);
    nets_updates(other, done);
    nets_check_trained(start, other);
    model_close(model);
    model_close(start);
    model_close(other);
}

/* ---- before an overflow ---- */

/* A learning rate that is too large: training ends where the next update would
 * overflow, in a state that is sound and is just the one that single updates give. */
static void check_overflow(struct model *model, uint64_t at_least) {
    struct model *other = model_copy(model);
    uint64_t done = 0, again = 0;
    struct error error = {0};
    assert_int_equal(model_train(model, 1000000, NULL, NULL, &done, &error), STATUS_INPUT);
    assert_true(done >= at_least);
    assert_non_null(strstr(error.text, "in the next one '"));
    assert_non_null(strstr(error.text, "is 'lr' too large?"));
    assert_true(model_is_sound(model));
    assert_true(model->stale == MODEL_FRESH);
    nets_updates(other, done);
    nets_check_trained(model, other);
    nets_updates(other, 1);
    struct fault fault;
    assert_true(model_find_fault(other, &fault));
    assert_non_null(strstr(error.text, fault.name));
    /* once more: nothing moves, and the same is said */
    assert_int_equal(model_train(model, 10, NULL, NULL, &again, &error), STATUS_INPUT);
    assert_int_equal(again, 0);
    assert_non_null(strstr(error.text, fault.name));
    model_close(other);
    model_close(model);
}

static void test_overflow_keeps_the_last_sound_state(void **state) {
    (void)state;
    struct model *model = nets_open((const size_t[]){2, 3, 1}, 3, "linear", "xor", 4);
    model->optimizer.h.lr = 3;
    check_overflow(model, 1);
    model = nets_open((const size_t[]){2, 3, 1}, 3, "linear", "xor", 4);
    assert_int_equal(model_set_batch(model, 0, NULL), STATUS_OK);
    model->optimizer.h.lr = 5;
    nets_compute(model);
    check_overflow(model, 1);
}

/* The fast way over narrow layers, saying that all stayed finite whatever became of it. */
static const struct kernels *honest;

static void say_finite(struct narrow *narrow, size_t count) {
    honest->narrow(narrow, count);
    narrow->sizes = 0;
}

static void test_overflow_that_was_not_foretold(void **state) {
    (void)state;
    struct kernels careless;
    for (size_t n = 0; kernels_at(n); n++) {
        if (kernels_at(n)->narrow && kernels_at(n)->supported()) {
            honest = kernels_at(n);
        }
    }
    if (!honest) {
        skip();
    }
    careless = *honest;
    careless.narrow = say_finite;
    for (size_t batch = 0; batch < 2; batch++) {
        struct model *model = nets_open((const size_t[]){2, 3, 1}, 3, "linear", "xor", 4);
        model->network.kernels = &careless;
        assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
        model->optimizer.h.lr = 5;
        nets_compute(model);
        check_overflow(model, 1);
    }
}

/* W doubles away from 0 for 1000 updates and more, so that the way back begins in
 * a copy that was made on the way. */
static void test_overflow_after_many(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){1, 1}, 2, NULL), STATUS_OK);
    model->network.layers[1].activation = activation_named("linear");
    model_edit_x(model)[0] = 1;
    model_edit_y(model)[0] = 0;
    model_edit_W(model, 0)[0] = 1e-300;
    model->optimizer.h.lr = 2.5; /* W <- W - 2.5 W: 1.5 times as large, its sign turned */
    nets_compute(model);
    check_overflow(model, 2049);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_watched),
        cmocka_unit_test(test_stop_halfway),
        cmocka_unit_test(test_stop_between),
        cmocka_unit_test(test_stop_on_the_way_back),
        cmocka_unit_test(test_overflow_keeps_the_last_sound_state),
        cmocka_unit_test(test_overflow_that_was_not_foretold),
        cmocka_unit_test(test_overflow_after_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
