/*
 * test_paths.c - a gradient is the sum over its paths: on random networks of every
 * activation all paths are gone by brute force, and what is listed is compared.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "expr/paths.h"
#include "nets.h"

/* All paths, gone one by one. */
struct all {
    struct model *model;
    const struct paths *paths;
    size_t nodes[2 * NETS_MOST_LAYERS];
    double sum, magnitude;
    double count;
    double largest[PATHS_KEPT]; /* |product| */
};

struct product {
    struct model *model;
    double value;
};

static void multiply(void *context, const struct quantity *factor) {
    struct product *product = context;
    product->value *= quantity_value(product->model, factor);
}

static void take(struct all *all) {
    struct path path = {.nodes = all->nodes};
    struct product product = {all->model, 1};
    path_factors(all->paths, &path, all->model, multiply, &product);
    all->sum += product.value;
    all->magnitude += fabs(product.value);
    all->count++;
    double size = fabs(product.value);
    for (size_t n = 0; n < PATHS_KEPT; n++) {
        if (size > all->largest[n]) {
            double smaller = all->largest[n];
            all->largest[n] = size;
            size = smaller;
        }
    }
}

static void go(struct all *all, size_t node) {
    const struct network *network = &all->model->network;
    if (node == all->paths->node_count) {
        take(all);
        return;
    }
    size_t layer = all->paths->first + node;
    layer = layer < network->K ? layer : network->K;
    for (size_t j = 1; j <= network->layers[layer].n; j++) {
        all->nodes[node] = j;
        go(all, node + 1);
    }
}

static void check(struct model *model, struct quantity q) {
    struct paths paths;
    struct error error = {0};
    if (paths_open(&paths, model, q, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
    struct all all = {.model = model, .paths = &paths};
    all.nodes[0] = (size_t)(q.kind == QUANTITY_DW ? q.j : q.i);
    go(&all, 1);
    double tolerance = 1e-13 * (all.magnitude + 1e-300);
    double gradient = quantity_value(model, &q);
    assert_true(nets_same(paths.total, gradient));
    assert_true(fabs(all.sum - gradient) <= tolerance);
    assert_true(paths_count(&paths, model) == all.count);
    size_t kept = all.count < PATHS_KEPT ? (size_t)all.count : PATHS_KEPT;
    assert_true(paths.count <= kept);
    for (size_t n = 0; n < kept; n++) { /* what is not listed of them is 0 */
        double listed = n < paths.count ? fabs(paths.list[n].product) : 0;
        assert_true(fabs(listed - all.largest[n]) <= 1e-12 * all.largest[n]);
        assert_true(n == 0 || n >= paths.count ||
                    fabs(paths.list[n].product) <= fabs(paths.list[n - 1].product));
    }
    paths_close(&paths);
}

static void check_model(struct model *model, struct random *random) {
    const struct layer *layers = model->network.layers;
    size_t K = model->network.K, k = random_below(random, K);
    int64_t i = (int64_t)random_below(random, layers[k].n) + 1;
    int64_t j = (int64_t)random_below(random, layers[k + 1].n) + 1;
    int64_t o = (int64_t)random_below(random, layers[K].n) + 1;
    check(model, (struct quantity){.kind = QUANTITY_DW, .layer = k, .i = i, .j = j});
    check(model, (struct quantity){.kind = QUANTITY_DB, .layer = k, .i = j});
    check(model, (struct quantity){.kind = QUANTITY_DZ, .layer = k + 1, .i = j});
    check(model, (struct quantity){.kind = QUANTITY_DR, .layer = k, .i = i});
    check(model, (struct quantity){.kind = QUANTITY_DR, .layer = K, .i = o});
    check(model, (struct quantity){.kind = QUANTITY_DW, .layer = 0, .i = 1, .j = 1});
}

static void test_sums(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 77);
    for (size_t c = 0; cost_at(c); c++) {
        for (size_t a = 0; activation_at(a); a++) {
            for (int n = 0; nets_suit(cost_at(c), activation_at(a)) && n < 8; n++) {
                struct model *model = nets_random(&random, cost_at(c), activation_at(a));
                model->network.combine = nets_coin(&random);
                model_touch(model, 0);
                assert_int_equal(model_compute(model), STATUS_OK);
                check_model(model, &random);
                model_close(model);
            }
        }
    }
}

static const char *refusal(struct model *model, struct quantity q, struct error *error) {
    struct paths paths;
    *error = (struct error){0};
    assert_int_equal(paths_open(&paths, model, q, error), STATUS_INPUT);
    return error->text;
}

static void test_refused(void **state) {
    (void)state;
    struct model *model = nets_worked();
    struct error error;
    struct quantity q = {.kind = QUANTITY_C};
    assert_string_equal(refusal(model, q, &error),
                        "'C' is no gradient: paths lead from dW, db, dz or dr to the cost");
    q = (struct quantity){.kind = QUANTITY_DW, .layer = 0};
    assert_string_equal(refusal(model, q, &error),
                        "'dW0' has many elements: name one, as in 'dW0[1,1]'");
    struct dataset *data = dataset_new(4, 2, 2, "four");
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    dataset_drop(data);
    q = (struct quantity){.kind = QUANTITY_GW, .layer = 0, .i = 1, .j = 2};
    assert_int_equal(model_compute(model), STATUS_OK);
    check(model, (struct quantity){.kind = QUANTITY_DW, .layer = 0, .i = 1, .j = 2});
    assert_int_equal(model_set_batch(model, 4, NULL), STATUS_OK);
    assert_int_equal(model_compute(model), STATUS_OK);
    assert_string_equal(
        refusal(model, q, &error),
        "'gW0[1,2]' is a mean over samples: a path belongs to one, as in 'dW0[1,1]'");
    model_edit_W(model, 1)[0] = INFINITY;
    assert_int_equal(model_compute(model), STATUS_OK);
    q.kind = QUANTITY_DW;
    assert_string_equal(
        refusal(model, (struct quantity){.kind = QUANTITY_DR, .layer = 1, .i = 1}, &error),
        "'dr1[1]' has no paths to show: a factor on the way is not finite");
    model_close(model);
}

/* A network of a thousand layers has more paths than a double can count; the product
 * along the largest is far too small for one, and its place is known all the same. */
static void test_deep(void **state) {
    (void)state;
    enum { LAYERS = 1001, N = 8, BEST = 5 };
    size_t widths[LAYERS];
    for (size_t k = 0; k < LAYERS; k++) {
        widths[k] = N;
    }
    struct model *model = NULL;
    assert_int_equal(model_open(&model, widths, LAYERS, NULL), STATUS_OK);
    for (size_t k = 0; k + 1 < LAYERS; k++) {
        double *W = model_edit_W(model, k);
        for (size_t at = 0; at < N * model->network.layers[k].stride; at++) {
            W[at] = 0.01;
        }
        W[(BEST - 1) * model->network.layers[k].stride + BEST - 1] = 0.02;
    }
    for (size_t i = 0; i < N; i++) {
        model_edit_x(model)[i] = 1;
        model_edit_y(model)[i] = 1;
    }
    assert_int_equal(model_compute(model), STATUS_OK);
    struct paths paths;
    struct text text = TEXT_EMPTY;
    struct quantity q = {.kind = QUANTITY_DW, .layer = 0, .i = 1, .j = BEST};
    assert_int_equal(paths_open(&paths, model, q, NULL), STATUS_OK);
    paths_put_count(&text, &paths, model, NOTATION_UNICODE);
    assert_string_equal(text_string(&text), "8^999");
    assert_true(isinf(paths_count(&paths, model)) || paths_count(&paths, model) > 1e300);
    assert_int_equal(paths.count, PATHS_KEPT);
    for (size_t node = 0; node < paths.node_count; node++) {
        assert_int_equal(paths.list[0].nodes[node], BEST);
    }
    assert_true(paths.list[0].product == 0);
    text_free(&text);
    paths_close(&paths);
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
