/*
 * test_gradients.c - every gradient of random networks against a difference of
 * the cost: dC/dp = (C(p + h) - C(p - h)) / 2h, improved once by halving h. Where
 * a z changes its sign within the step there may be a kink, so that parameter is
 * left out; few are.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "nets.h"

struct tally {
    size_t compared, left_out;
};

/* One bit a neuron: is z positive? Mixed, so that equal numbers mean equal bits. */
static uint64_t signs_of(const struct model *model) {
    uint64_t mixed = 0;
    for (size_t k = 1; k <= model->network.K; k++) {
        const struct layer *layer = &model->network.layers[k];
        for (size_t j = 0; j < layer->n; j++) {
            mixed = mixed * UINT64_C(6364136223846793005) + (model->pass.z[layer->at + j] > 0) + 1;
        }
    }
    return mixed;
}

/* The cost with *place at `value`; false where a z has another sign. */
static bool cost_at_value(struct model *model, double *place, double value, uint64_t signs,
                          double *C) {
    double before = *place;
    *place = value;
    model_touch(model, 0);
    assert_int_equal(model_compute(model), STATUS_OK);
    *C = model->pass.C;
    bool good = signs_of(model) == signs;
    *place = before;
    return good;
}

/* (C(p + h) - C(p - h)) / 2h */
static bool difference(struct model *model, double *place, double h, double *slope) {
    assert_int_equal(model_compute(model), STATUS_OK);
    uint64_t signs = signs_of(model);
    double above = *place + h, below = *place - h, C_above, C_below;
    bool good = cost_at_value(model, place, above, signs, &C_above) &&
                cost_at_value(model, place, below, signs, &C_below);
    model_touch(model, 0);
    assert_int_equal(model_compute(model), STATUS_OK);
    *slope = good ? (C_above - C_below) / (above - below) : 0;
    return good;
}

static void compare(struct model *model, double *place, double gradient, const char *what,
                    struct tally *tally) {
    const double h = 0x1p-10;
    double coarse, fine;
    if (!difference(model, place, h, &coarse) || !difference(model, place, h / 2, &fine)) {
        tally->left_out++;
        return;
    }
    double numeric = (4 * fine - coarse) / 3;
    /* what rounding of C leaves in the difference, and of what halving h cured */
    double rounding = 16 * 0x1p-53 * fabs(model->pass.C) / h;
    double tolerance = 1e-8 * fmax(1, fabs(numeric)) + rounding + 1e-2 * fabs(fine - coarse);
    if (!(fabs(gradient - numeric) <= tolerance)) {
        fail_msg("%s: %.17g by the pass, %.17g by differences", what, gradient, numeric);
    }
    tally->compared++;
}

static void compare_layer(struct model *model, size_t k, struct tally *tally) {
    size_t stride = model->network.layers[k].stride;
    size_t to = model->network.layers[k + 1].n;
    double *W = model_edit_W(model, k);
    double *b = model_edit_b(model, k);
    assert_true(W && b);
    assert_int_equal(model_compute(model), STATUS_OK);
    for (size_t j = 0; j < to; j++) {
        for (size_t i = 0; i < model->network.layers[k].n; i++) {
            compare(model, &W[i * stride + j], pass_dW(&model->pass, &model->network, k, i, j),
                    "dW", tally);
        }
        if (model->network.bias) {
            compare(model, &b[j], model->pass.dz[model->network.layers[k + 1].at + j], "db", tally);
        }
    }
}

static void compare_all(struct model *model, struct tally *tally) {
    for (size_t k = 0; k < model->network.K; k++) {
        compare_layer(model, k, tally);
    }
    double *x = model_edit_x(model);
    assert_non_null(x);
    assert_int_equal(model_compute(model), STATUS_OK);
    for (size_t i = 0; i < model->network.layers[0].n; i++) {
        compare(model, &x[i], model->pass.dr[i], "dx", tally);
    }
}

/* The collapsed equations give the same gradients as the long way. */
static void compare_combined(struct model *model) {
    struct model *combined = model_copy(model);
    assert_non_null(combined);
    combined->network.combine = true;
    model_touch(combined, 0);
    assert_int_equal(model_compute(combined), STATUS_OK);
    const struct network *network = &model->network;
    bool pair = pairing_of(network->cost, network->layers[network->K].activation) != NULL;
    assert_int_equal(combined->pass.collapsed, pair);
    assert_false(combined->pass.rescued);
    for (size_t at = 0; at < network->neurons; at++) {
        double a = model->pass.dz[at], b = combined->pass.dz[at];
        assert_true(fabs(a - b) <= 1e-12 * fmax(1, fabs(a)));
        a = model->pass.dr[at], b = combined->pass.dr[at];
        assert_true(fabs(a - b) <= 1e-12 * fmax(1, fabs(a)));
    }
    assert_true(nets_same(model->pass.C, combined->pass.C));
    model_close(combined);
}

static void test_random_networks(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 19332);
    struct tally tally = {0, 0};
    for (size_t c = 0; cost_at(c); c++) {
        for (size_t f = 0; activation_at(f); f++) {
            size_t networks = nets_suit(cost_at(c), activation_at(f)) ? 12 : 0;
            for (size_t n = 0; n < networks; n++) {
                struct model *model = nets_random(&random, cost_at(c), activation_at(f));
                assert_true(isfinite(model->pass.C));
                compare_combined(model);
                compare_all(model, &tally);
                model_close(model);
            }
        }
    }
    assert_true(tally.compared > 10000);
    assert_true(tally.left_out * 50 < tally.compared);
}

/* Each activation in every layer, with weights large enough for the bends. */
static void test_every_activation_hidden(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 7);
    struct tally tally = {0, 0};
    for (size_t f = 0; activation_at(f); f++) {
        if (activation_at(f)->layer) {
            continue;
        }
        for (size_t n = 0; n < 20; n++) {
            struct model *model = nets_random(&random, cost_at(0), activation_at(f));
            for (size_t k = 1; k <= model->network.K; k++) {
                assert_int_equal(network_set_activation(&model->network, k, activation_at(f), NULL),
                                 STATUS_OK);
            }
            model->network.bias = true;
            nets_fill(model, &random, 2);
            compare_all(model, &tally);
            model_close(model);
        }
    }
    assert_true(tally.compared > 5000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_networks),
        cmocka_unit_test(test_every_activation_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
