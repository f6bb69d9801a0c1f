/*
 * test_train.c - many updates are as many single ones, xor is learnt, and training
 * stops where it is told to or before anything overflows.
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
#include "net/narrow.h"
#include "net/train.h"
#include "nets.h"

static void compute(struct model *model) {
    assert_int_equal(model_compute(model), STATUS_OK);
}

static void take_data(struct model *model, const char *name, size_t samples) {
    const struct generator *generator = generator_named(name);
    struct data_options options = generator_defaults(generator);
    options.samples = samples;
    struct dataset *data = NULL;
    size_t n_K = model->network.layers[model->network.K].n;
    assert_int_equal(data_generate(generator, &options, model->network.layers[0].n, n_K,
                                   &(struct ask){0}, &data, NULL),
                     STATUS_OK);
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    dataset_drop(data);
}

static struct model *open_model(const size_t *widths, size_t count, const char *activation,
                                const char *data, size_t samples) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, widths, count, NULL), STATUS_OK);
    for (size_t k = 1; k <= model->network.K; k++) {
        model->network.layers[k].activation = activation_named(activation);
    }
    model->network.bias = true;
    model_touch(model, 0);
    if (data) {
        take_data(model, data, samples);
    }
    compute(model);
    return model;
}

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

/* All that training changes, bit for bit. */
static void check_same(const struct model *a, const struct model *b) {
    assert_int_equal(a->updates, b->updates);
    assert_int_equal(a->optimizer.t, b->optimizer.t);
    assert_int_equal(a->feed.sample, b->feed.sample);
    assert_int_equal(a->feed.epochs, b->feed.epochs);
    assert_int_equal(a->feed.position, b->feed.position);
    assert_memory_equal(&a->pass.C, &b->pass.C, sizeof(double));
    assert_memory_equal(a->x->values, b->x->values, a->x->count * sizeof(double));
    for (size_t k = 0; k < a->network.K; k++) {
        const struct layer *one = &a->network.layers[k], *other = &b->network.layers[k];
        assert_memory_equal(one->W->values, other->W->values, one->W->count * sizeof(double));
        assert_memory_equal(one->b->values, other->b->values, one->b->count * sizeof(double));
        for (size_t m = 0; m < a->optimizer.rule->moments; m++) {
            const struct block *mine = a->optimizer.moment_W[m][k];
            assert_memory_equal(mine->values, b->optimizer.moment_W[m][k]->values,
                                mine->count * sizeof(double));
        }
    }
}

static void single_updates(struct model *model, uint64_t updates) {
    for (uint64_t n = 0; n < updates; n++) {
        assert_int_equal(model_update(model), STATUS_OK);
        compute(model);
    }
}

/* Trained in one go it is as after as many single updates. Closes the model. */
static void check_train(struct model *model, uint64_t updates) {
    compute(model);
    struct model *other = model_copy(model);
    assert_int_equal(train(model, updates), updates);
    single_updates(other, updates);
    check_same(model, other);
    model_close(model);
    model_close(other);
}

static void test_many_are_many_single_ones(void **state) {
    (void)state;
    static const size_t batches[] = {1, 4, 0};
    for (size_t rule = 0; rule_at(rule); rule++) {
        for (size_t n = 0; n < 3; n++) {
            struct model *model = open_model((const size_t[]){2, 5, 3, 1}, 4, "tanh", "moons", 30);
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
        struct model *model = open_model((const size_t[]){2, 5, 3, 1}, 4, "tanh", "moons", 30);
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
    struct model *model = open_model((const size_t[]){2, 4, 1}, 3, "sigmoid", "xor", 4);
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
        compute(model);
        double r = model->pass.r[model->network.layers[2].at];
        assert_true(fabs(r - model->y->values[0]) < 0.05);
    }
    model_close(model);
}

static void test_spiral_is_learnt(void **state) {
    (void)state;
    struct model *model = open_model((const size_t[]){2, 16, 16, 3}, 4, "relu", "spiral", 150);
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

/* ---- stopping ---- */

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
        struct model *model = open_model((const size_t[]){2, 3, 1}, 3, "tanh", "xor", 4);
        assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
        compute(model);
        struct model *other = model_copy(model);
        struct seldom seldom = {.model = model, .most = 70};
        uint64_t done = 0;
        assert_int_equal(model_train_watched(model, 1000, look, NULL, &seldom, &done, NULL),
                         STATUS_OK);
        assert_int_equal(done, 70);
        assert_int_equal(seldom.asked, 11);
        assert_false(seldom.stale);
        single_updates(other, 70);
        check_same(model, other);
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
    struct model *model = open_model((const size_t[]){2, 256, 256, 1}, 4, "relu", "circle", 17000);
    assert_int_equal(model_set_batch(model, 0, NULL), STATUS_OK);
    compute(model);
    struct model *other = model_copy(model);
    single_updates(other, 1);
    for (uint64_t update = 2; update >= 1; update--) { /* none is made the second time */
        struct halfway halfway = {.model = model, .update = 2};
        uint64_t done = 9;
        assert_int_equal(
            model_train_watched(model, 3, one_at_a_time, is_halfway, &halfway, &done, NULL),
            STATUS_OK);
        assert_int_equal(done, update - 1);
        assert_true(halfway.stale);
        assert_true(model->stale == MODEL_FRESH);
        check_same(model, other);
    }
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
            open_model((const size_t[]){2, 128, 128, 1}, 4, "tanh", "circle", 1024);
        assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
        compute(model);
        struct model *other = model_copy(model);
        struct between between = {.model = model, .most = 2};
        uint64_t done = 0;
        assert_int_equal(model_train(model, 5000, had_enough, &between, &done, NULL), STATUS_OK);
        assert_int_equal(between.asked, 2);
        assert_true(between.stale);
        assert_true(done > 2 && done < 5000);
        assert_int_equal(model->updates, done);
        assert_true(model->stale == MODEL_FRESH);
        single_updates(other, done);
        check_same(model, other);
        model_close(model);
        model_close(other);
    }
}

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
    single_updates(other, done);
    check_same(model, other);
    single_updates(other, 1);
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
    struct model *model = open_model((const size_t[]){2, 3, 1}, 3, "linear", "xor", 4);
    model->optimizer.h.lr = 3;
    check_overflow(model, 1);
    model = open_model((const size_t[]){2, 3, 1}, 3, "linear", "xor", 4);
    assert_int_equal(model_set_batch(model, 0, NULL), STATUS_OK);
    model->optimizer.h.lr = 5;
    compute(model);
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
        struct model *model = open_model((const size_t[]){2, 3, 1}, 3, "linear", "xor", 4);
        model->network.kernels = &careless;
        assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
        model->optimizer.h.lr = 5;
        compute(model);
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
    compute(model);
    check_overflow(model, 2049);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_are_many_single_ones),
        cmocka_unit_test(test_without_data),
        cmocka_unit_test(test_edited_sample),
        cmocka_unit_test(test_xor_is_learnt),
        cmocka_unit_test(test_spiral_is_learnt),
        cmocka_unit_test(test_watched),
        cmocka_unit_test(test_stop_halfway),
        cmocka_unit_test(test_stop_between),
        cmocka_unit_test(test_overflow_keeps_the_last_sound_state),
        cmocka_unit_test(test_overflow_that_was_not_foretold),
        cmocka_unit_test(test_overflow_after_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
