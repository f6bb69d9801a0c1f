/*
 * test_model.c - a model is a value: copies share what neither writes, and an edit
 * makes only what depends on it be computed again.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"
#include "net/model.h"
#include "nets.h"

enum { K = 4 };

static struct model *open_model(void) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){3, 5, 4, 6, 2}, K + 1, NULL), STATUS_OK);
    struct random random;
    random_seed(&random, 1);
    model->network.bias = true;
    for (size_t k = 1; k <= K; k++) {
        model->network.layers[k].activation = activation_named("tanh");
    }
    nets_fill(model, &random, 1);
    assert_int_equal(model_compute(model), STATUS_OK);
    return model;
}

/* Put a mark where no computing should come by: z, r and slope of the layers before
 * `first`. */
static void mark(struct model *model, size_t first) {
    for (size_t n = 0; n < model->network.layers[first].at; n++) {
        model->pass.z[n] = 1000 + (double)n;
        model->pass.slope[n] = 2000 + (double)n;
    }
}

static void check_marks(const struct model *model, size_t first) {
    for (size_t n = 0; n < model->network.layers[first].at; n++) {
        assert_true(model->pass.z[n] == 1000 + (double)n);
        assert_true(model->pass.slope[n] == 2000 + (double)n);
    }
    for (size_t n = model->network.layers[first].at; n < model->network.neurons; n++) {
        assert_true(fabs(model->pass.z[n]) < 1000);
    }
}

/* An edit of W(k) or b(k) computes z from layer k+1 on, also in a copy. */
static void test_edit_recomputes_from_its_layer(void **state) {
    (void)state;
    for (size_t k = 0; k < K; k++) {
        for (int how = 0; how < 4; how++) {
            struct model *model = open_model();
            mark(model, k + 1);
            struct model *copy = how & 1 ? model_copy(model) : NULL;
            struct model *edited = copy ? copy : model;
            if (how & 2) {
                model_edit_b(edited, k)[0] += 0.5;
            } else {
                model_edit_W(edited, k)[0] += 0.5;
            }
            assert_int_equal(edited->stale, k + 1);
            assert_int_equal(model_compute(edited), STATUS_OK);
            check_marks(edited, k + 1);
            model_close(copy);
            model_close(model);
        }
    }
}

/* A target moves no z at all. */
static void test_edit_of_y(void **state) {
    (void)state;
    struct model *model = open_model();
    double C = model->pass.C;
    double dx = model->pass.dr[0];
    for (size_t n = 0; n < model->network.neurons; n++) {
        model->pass.z[n] = 1000;
    }
    model_edit_y(model)[0] += 1;
    assert_int_equal(model_compute(model), STATUS_OK);
    for (size_t n = 0; n < model->network.neurons; n++) {
        assert_true(model->pass.z[n] == 1000);
    }
    assert_true(model->pass.C != C);
    assert_true(model->pass.dr[0] != dx);
    model_close(model);
}

/* Of several edits the first layer counts, whatever their order. */
static void test_edits_add_up(void **state) {
    (void)state;
    struct model *model = open_model();
    model_edit_W(model, 3)[0] += 1;
    model_edit_W(model, 1)[0] += 1;
    model_edit_y(model)[0] += 1;
    assert_int_equal(model->stale, 2);
    assert_int_equal(model_compute(model), STATUS_OK);
    struct model *whole = model_copy(model);
    model_touch(whole, 0);
    assert_int_equal(model_compute(whole), STATUS_OK);
    size_t neurons = model->network.neurons;
    assert_memory_equal(model->pass.r, whole->pass.r, neurons * sizeof(double));
    assert_memory_equal(model->pass.dr, whole->pass.dr, neurons * sizeof(double));
    assert_memory_equal(model->pass.dz, whole->pass.dz, neurons * sizeof(double));
    model_close(whole);
    model_close(model);
}

/* Random edits one after the other, against everything computed anew: equal bits. */
static void test_random_edits(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 9);
    struct model *model = open_model();
    for (int n = 0; n < 300; n++) {
        size_t k = random_below(&random, K);
        double value = nets_uniform(&random, -1, 1);
        switch (random_below(&random, 5)) {
        case 0: model_edit_x(model)[random_below(&random, 3)] = value; break;
        case 1: model_edit_y(model)[random_below(&random, 2)] = value; break;
        case 2: model_edit_b(model, k)[0] = value; break;
        default: model_edit_W(model, k)[1] = value;
        }
        struct model *whole = model_copy(model);
        model_touch(whole, 0);
        assert_int_equal(model_compute(whole), STATUS_OK);
        assert_int_equal(model_compute(model), STATUS_OK);
        assert_true(nets_same(model->pass.C, whole->pass.C));
        for (size_t at = 0; at < model->network.neurons; at++) {
            assert_true(nets_same(model->pass.z[at], whole->pass.z[at]));
            assert_true(nets_same(model->pass.dr[at], whole->pass.dr[at]));
        }
        model_close(whole);
    }
    model_close(model);
}

/* A copy costs no numbers; an edit costs the block that it writes. */
static void test_copies_share(void **state) {
    (void)state;
    struct model *model = open_model();
    assert_int_equal(optimizer_choose(&model->optimizer, rule_named("adam"), &model->network),
                     STATUS_OK);
    struct model *copy = model_copy(model);
    assert_ptr_equal(copy->x, model->x);
    assert_ptr_equal(copy->y, model->y);
    assert_ptr_equal(copy->pass.memory, model->pass.memory);
    double W = network_W(&model->network, 2)[0];
    model_edit_W(copy, 2)[0] = W + 1;
    for (size_t k = 0; k < K; k++) {
        const struct layer *mine = &copy->network.layers[k], *its = &model->network.layers[k];
        assert_int_equal(mine->W == its->W, k != 2);
        assert_ptr_equal(mine->b, its->b);
        assert_ptr_equal(copy->optimizer.moment_W[1][k], model->optimizer.moment_W[1][k]);
    }
    double C = model->pass.C;
    assert_int_equal(model_compute(copy), STATUS_OK);
    assert_ptr_not_equal(copy->pass.memory, model->pass.memory);
    assert_true(model->pass.C == C && copy->pass.C != C);
    assert_true(network_W(&model->network, 2)[0] == W);
    assert_true(model->stale == MODEL_FRESH);
    model_close(model); /* the copy lives on */
    assert_int_equal(model_update(copy), STATUS_OK);
    assert_int_equal(model_compute(copy), STATUS_OK);
    model_close(copy);
}

/* A stale model's copy is as stale. */
static void test_copy_of_a_stale_model(void **state) {
    (void)state;
    struct model *model = open_model();
    model_edit_W(model, 1)[0] += 1;
    struct model *copy = model_copy(model);
    assert_int_equal(copy->stale, 2);
    assert_int_equal(model_compute(copy), STATUS_OK);
    assert_int_equal(model_compute(model), STATUS_OK);
    assert_true(copy->pass.C == model->pass.C);
    model_close(copy);
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edit_recomputes_from_its_layer),
        cmocka_unit_test(test_edit_of_y),
        cmocka_unit_test(test_edits_add_up),
        cmocka_unit_test(test_random_edits),
        cmocka_unit_test(test_copies_share),
        cmocka_unit_test(test_copy_of_a_stale_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
