/*
 * test_paths.c - the same training with every code path that this machine has, with that
 * for 8 doubles on any machine, and with the plain loops of book.h: the same bits, in every
 * parameter, output and gradient.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "book.h"
#include "kernels_eight.h"
#include "named.h"
#include "net/kernels.h"
#include "net/train.h"
#include "nets.h"

/* What is trained, and how. */
struct plan {
    size_t widths[BOOK_LAYERS_MOST], count; /* of layers */
    const struct activation *hidden, *last;
    const struct cost *cost;
    bool bias, combine, freeze_bias;
    size_t frozen; /* this layer's W, where it is one */
    double step0;
    size_t rows, batch; /* rows 0: no data */
    bool shuffled;
    bool zeros;   /* every W is -0, every x 1 and every y -1, so that all products are zeros */
    double share; /* held out */
    double size;  /* of the first parameters */
    double lr;    /* 0 for 0.01 */
    uint64_t updates;
    uint64_t seed;
};

/* ---- the model of a plan ---- */

static struct dataset *make_data(const struct plan *plan, struct random *random) {
    size_t n_0 = plan->widths[0], n_K = plan->widths[plan->count - 1];
    struct dataset *data = dataset_new(plan->rows, n_0, n_K, "random");
    assert_non_null(data);
    for (size_t n = 0; n < plan->rows * n_0; n++) {
        data->x[n] = nets_coin(random) ? nets_uniform(random, -1, 1) : 0;
    }
    for (size_t n = 0; n < plan->rows * n_K; n++) {
        data->y[n] = nets_uniform(random, 0, 1);
    }
    return data;
}

static void fill(double *values, size_t count, double value) {
    for (size_t n = 0; n < count; n++) {
        values[n] = value;
    }
}

static struct model *open_plan(const struct plan *plan) {
    struct model *model = NULL;
    struct random random;
    random_seed(&random, plan->seed);
    assert_int_equal(model_open(&model, plan->widths, plan->count, NULL), STATUS_OK);
    struct network *network = &model->network;
    network->cost = plan->cost;
    network->bias = plan->bias;
    network->combine = plan->combine;
    network->freeze_bias = plan->freeze_bias;
    network->step0 = plan->step0;
    for (size_t k = 1; k <= network->K; k++) {
        network_set_activation(network, k, k < network->K ? plan->hidden : plan->last, NULL);
        network->layers[k - 1].frozen = k - 1 == plan->frozen;
    }
    nets_fill(model, &random, plan->size);
    for (size_t k = 0; plan->zeros && k < network->K; k++) {
        fill(model_edit_W(model, k), network->layers[k].W->count, -0.0);
    }
    model->optimizer.h.lr = plan->lr != 0 ? plan->lr : 0.01;
    if (plan->rows > 0) {
        struct dataset *data = make_data(plan, &random);
        if (plan->zeros) {
            fill(data->x, plan->rows * data->inputs, 1);
            fill(data->y, plan->rows * data->targets, -1);
        }
        assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
        dataset_drop(data);
        assert_int_equal(model_set_validation(model, plan->share, 3, NULL), STATUS_OK);
        assert_int_equal(model_set_shuffle(model, plan->shuffled, 5, NULL), STATUS_OK);
        assert_int_equal(model_set_batch(model, plan->batch, NULL), STATUS_OK);
    }
    assert_int_equal(model_compute(model), STATUS_OK);
    return model;
}

/* ---- the comparison ---- */

static void same(const double *a, const double *b, size_t count, const char *what, size_t layer,
                 const char *path) {
    for (size_t n = 0; n < count; n++) {
        if (memcmp(&a[n], &b[n], sizeof *a) != 0) {
            fail_msg("%s%zu, number %zu: %s has %a, not %a", what, layer, n, path, a[n], b[n]);
        }
    }
}

static void compare(const struct model *model, const struct book *book) {
    const struct network *network = &model->network;
    const char *path = network->kernels->name;
    for (size_t k = 0; k <= network->K; k++) {
        const struct layer *layer = &network->layers[k];
        same(model->pass.r + layer->at, book->r[k], layer->n, "r", k, path);
        if (k > 0) {
            same(model->pass.z + layer->at, book->z[k], layer->n, "z", k, path);
            same(model->pass.dz + layer->at, book->dz[k], layer->n, "dz", k, path);
        }
        for (size_t i = 0; k < network->K && i < layer->n; i++) {
            size_t to = layer[1].n;
            same(layer->W->values + i * layer->stride, book->W[k] + i * to, to, "W", k, path);
        }
        if (k < network->K) {
            same(layer->b->values, book->b[k], layer[1].n, "b", k, path);
        }
    }
}

static uint64_t one_at_a_time(void *context) {
    (void)context;
    return 1;
}

/* The plan's model trained by a path, at full speed or step by step. How many updates
 * were made before it would have broken. */
static struct model *train(const struct plan *plan, const struct kernels *kernels, bool stepwise,
                           uint64_t *done) {
    struct model *model = open_plan(plan);
    model->network.kernels = kernels;
    model_touch(model, 0);
    enum status status = model_train_watched(model, plan->updates, stepwise ? one_at_a_time : NULL,
                                             NULL, NULL, done, NULL);
    assert_int_equal(status, *done < plan->updates ? STATUS_INPUT : STATUS_OK);
    return model;
}

/* The paths of the engine, and after them that of 8 doubles. */
static const struct kernels *path_at(size_t index) {
    const struct kernels *kernels = kernels_at(index);
    bool next = !kernels && kernels_at(index - 1);
    return next && kernels_eight.name ? &kernels_eight : kernels;
}

/* Every path against the book. Returns how many updates were made. */
static uint64_t check(const struct plan *plan) {
    uint64_t expected, done;
    struct model *model = train(plan, kernels_at(0), true, &expected);
    struct model *start = open_plan(plan);
    struct book book;
    book_open(&book, start);
    book_train(&book, expected);
    book_forward(&book, model->x->values);
    book_backward(&book, model->y->values);
    compare(model, &book);
    model_close(model);
    const struct kernels *kernels;
    for (size_t n = 0; (kernels = path_at(n)) != NULL; n++) {
        for (int stepwise = 0; kernels->supported() && stepwise < 2; stepwise++) {
            model = train(plan, kernels, stepwise, &done);
            assert_int_equal(done, expected);
            compare(model, &book);
            model_close(model);
        }
    }
    book_close(&book);
    model_close(start);
    return expected;
}

/* ---- the plans ---- */

/* What is not said otherwise: ReLU before a linear layer, biases, a sample at a time. */
static struct plan usual_plan(const size_t *widths, size_t count, uint64_t seed) {
    struct plan plan = {.count = count,
                        .hidden = activation_at(0),
                        .last = activation_named("linear"),
                        .cost = cost_at(0),
                        .bias = true,
                        .frozen = SIZE_MAX,
                        .batch = 1,
                        .updates = 4,
                        .size = 0.5,
                        .seed = seed};
    memcpy(plan.widths, widths, count * sizeof *widths);
    return plan;
}

static struct plan any_plan(uint64_t seed) {
    struct random random;
    random_seed(&random, seed);
    struct plan plan = {.seed = seed, .updates = 5 + random_below(&random, 20), .size = 0.5};
    plan.count = 2 + random_below(&random, 4);
    const size_t widest_of[] = {4, 8, 70, 70};
    size_t widest = widest_of[random_below(&random, 4)];
    for (size_t k = 0; k < plan.count; k++) {
        plan.widths[k] = 1 + random_below(&random, widest);
    }
    plan.hidden = nets_activation(&random, false);
    do {
        plan.last = nets_activation(&random, true);
        plan.cost = nets_cost(&random);
    } while (!nets_suit(plan.cost, plan.last));
    plan.bias = nets_coin(&random);
    plan.combine = nets_coin(&random);
    plan.freeze_bias = random_below(&random, 8) == 0;
    plan.step0 = (double)random_below(&random, 3) / 2;
    plan.frozen = random_below(&random, 8) == 0 ? random_below(&random, plan.count) : SIZE_MAX;
    plan.rows = random_below(&random, 5) == 0 ? 0 : 2 + random_below(&random, 40);
    plan.share = plan.rows > 4 && nets_coin(&random) ? 0.25 : 0;
    size_t training = plan.rows - (size_t)(plan.share * (double)plan.rows + 0.5);
    plan.batch = nets_coin(&random) ? 1 : training > 0 ? random_below(&random, training + 1) : 1;
    plan.shuffled = nets_coin(&random);
    return plan;
}

static void test_random_plans(void **state) {
    (void)state;
    size_t whole = 0;
    for (uint64_t seed = 1; seed <= 250; seed++) {
        struct plan plan = any_plan(seed);
        whole += check(&plan) == plan.updates;
    }
    assert_true(whole > 200); /* the others would have broken, each at the same update */
}

/* Layers of every width from 1 to 70, both ways through the same W. */
static void test_every_width(void **state) {
    (void)state;
    for (size_t n = 1; n <= 70; n++) {
        struct plan plan = usual_plan((const size_t[]){n, n, 71 - n, n % 9 + 1}, 4, n);
        plan.bias = n % 2 == 0;
        plan.step0 = 1;
        plan.rows = 23;
        plan.batch = n % 3 == 0 ? 1 : 1 + n % 23;
        plan.size = 0.2;
        assert_int_equal(check(&plan), plan.updates);
    }
}

/* Layers of 8 in a row, from the input on, up to the end, and with others between them;
 * nothing but them too. */
static void test_eights(void **state) {
    (void)state;
    static const struct {
        size_t widths[BOOK_LAYERS_MOST], count;
    } plans[] = {
        {{8, 8, 8, 8, 3, 8, 8, 8}, 8},
        {{8, 8, 3, 8, 8, 8, 8, 9}, 8},
        {{8, 8, 8, 8}, 4},
    };
    const char *const hidden[] = {"relu", "leaky", "linear", "tanh"};
    for (size_t n = 0; n < 24; n++) {
        struct plan plan = usual_plan(plans[n % 3].widths, plans[n % 3].count, n + 1);
        plan.hidden = activation_named(hidden[n % 4]);
        plan.last = activation_named(n % 5 == 0 ? "softmax" : n % 5 == 1 ? "sigmoid" : "leaky");
        plan.bias = n % 2 == 0;
        plan.step0 = 0.5;
        plan.rows = n % 7 == 0 ? 0 : 5;
        plan.updates = 9;
        assert_int_equal(check(&plan), plan.updates);
    }
}

/* Wide enough for whole rows at a time, stretches of sums and tiles of all kinds. */
static void test_wide(void **state) {
    (void)state;
    for (size_t batch = 1; batch <= 64; batch += 21) {
        struct plan plan = usual_plan((const size_t[]){300, 270, 530, 3}, 4, batch);
        plan.hidden = activation_named("leaky");
        plan.cost = cost_at(1);
        plan.rows = 64;
        plan.batch = batch;
        plan.size = 0.05;
        assert_int_equal(check(&plan), plan.updates);
    }
}

/* Several blocks of samples, of sums that go through several stretches. */
static void test_wide_and_many(void **state) {
    (void)state;
    struct plan plan = usual_plan((const size_t[]){201, 210, 395}, 3, 5);
    plan.hidden = activation_named("leaky");
    plan.rows = 110;
    plan.batch = 0;
    plan.updates = 2;
    plan.size = 0.05;
    assert_int_equal(check(&plan), plan.updates);
}

/* Rows of whole pages: no column may lie in one set of the cache; batches that fill the
 * blocks of the products and such that do not. */
static void test_whole_pages(void **state) {
    (void)state;
    for (size_t batch = 1; batch <= 16; batch += 15) {
        struct plan plan = usual_plan((const size_t[]){512, 512, 9}, 3, batch);
        plan.rows = 16;
        plan.batch = batch;
        plan.updates = 3;
        plan.size = 0.02;
        assert_int_equal(check(&plan), plan.updates);
    }
}

/* More samples than are taken at once. */
static void test_large_batch(void **state) {
    (void)state;
    struct plan plan = usual_plan((const size_t[]){3, 9, 2}, 3, 9);
    plan.hidden = activation_named("tanh");
    plan.rows = 600;
    plan.batch = 0;
    plan.updates = 3;
    assert_int_equal(check(&plan), plan.updates);
    plan.batch = 599; /* and a last one of 1 */
    assert_int_equal(check(&plan), plan.updates);
    plan.widths[1] = 8; /* the same in narrow layers */
    assert_int_equal(check(&plan), plan.updates);
    plan.widths[1] = 4;
    assert_int_equal(check(&plan), plan.updates);
}

/* A sum of products that are all -0 begins with 0, so that it is 0, and its weight, -0 too,
 * stays or becomes 0 as its gradient is 0 or -0. */
static void test_zeros(void **state) {
    (void)state;
    for (size_t n = 0; n < 16; n++) {
        size_t width = n % 2 ? 8 : 4;
        struct plan plan = usual_plan((const size_t[]){width, width, width, width}, 4, n + 1);
        plan.hidden = activation_named(n & 2 ? "linear" : "leaky");
        plan.zeros = true;
        plan.bias = false;
        plan.rows = 4;
        plan.batch = n & 4 ? 1 : 2;
        plan.updates = n & 8 ? 1 : 3;
        assert_int_equal(check(&plan), plan.updates);
    }
}

/* Longer than between two copies that are kept, with an end that breaks: the last sound
 * state is found again. */
static void test_breaks(void **state) {
    (void)state;
    struct plan plan = usual_plan((const size_t[]){2, 3, 1}, 3, 4);
    plan.rows = 4;
    plan.updates = 2500;
    assert_int_equal(check(&plan), plan.updates);
    plan.widths[1] = 9;
    assert_int_equal(check(&plan), plan.updates);
    plan.hidden = activation_named("linear");
    for (int narrow = 0; narrow < 2; narrow++) {
        plan.widths[1] = narrow ? 8 : 9;
        plan.lr = 5;
        assert_true(check(&plan) < 100);
        plan.lr = -0.0005; /* uphill, slowly at first */
        uint64_t broken = check(&plan);
        assert_true(broken > 1024 && broken < plan.updates);
    }
}

/* A machine that says it has a path has all of it, and the choice is the last such. */
static void test_choice(void **state) {
    (void)state;
    const struct kernels *kernels, *last = NULL;
    for (size_t n = 0; (kernels = kernels_at(n)) != NULL; n++) {
        if (kernels->supported()) {
            assert_int_equal(setenv("BACKSTEP_KERNELS", kernels->name, 1), 0);
            assert_ptr_equal(kernels_choose(), kernels);
            last = kernels;
        }
    }
    assert_int_equal(setenv("BACKSTEP_KERNELS", "none such", 1), 0);
    assert_ptr_equal(kernels_choose(), last);
    assert_int_equal(unsetenv("BACKSTEP_KERNELS"), 0);
    assert_ptr_equal(kernels_choose(), last);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_plans), cmocka_unit_test(test_every_width),
        cmocka_unit_test(test_wide),         cmocka_unit_test(test_large_batch),
        cmocka_unit_test(test_whole_pages),  cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_choice),       cmocka_unit_test(test_eights),
        cmocka_unit_test(test_zeros),        cmocka_unit_test(test_wide_and_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
