/*
 * test_derivation.c - how the slope of a cost comes about, line by line: each line has the
 * slope that is measured, whatever the cost and the activation.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "expr/derivation.h"
#include "nets.h"

static double value_of(struct model *model, const struct expr *expr) {
    struct scope scope = {.model = model};
    struct value value;
    assert_int_equal(expr_evaluate(expr, &scope, &value, NULL), STATUS_OK);
    double number = value_at(&value, 0);
    value_free(&value);
    return number;
}

static bool near(double a, double b, double tolerance) {
    return fabs(a - b) <= tolerance * (1 + fabs(a) + fabs(b));
}

/* The slope of an expression by r of the last layer, by central differences. */
static double slope_by(struct model *model, const struct expr *expr, size_t j) {
    double *r = &model->pass.r[model->network.layers[model->network.K].at + j];
    double before = *r;
    bool logarithm = strstr(model->network.cost->formula, "log");
    double h = logarithm ? 1e-5 * fmin(before, 1 - before <= 0 ? before : 1 - before) : 1e-6;
    *r = before + h;
    double above = value_of(model, expr);
    *r = before - h;
    double below = value_of(model, expr);
    *r = before;
    return (above - below) / (2 * h);
}

static void check_slope(struct model *model, struct quantity dr) {
    size_t lines = derivation_lines(model, &dr);
    struct derivation opened, line;
    double terms = 0, slopes = 0;
    assert_true(lines >= 2);
    assert_int_equal(derivation_open(&opened, model, &dr, 0), STATUS_OK);
    for (size_t n = 1; n < lines; n++) {
        assert_int_equal(derivation_open(&line, model, &dr, n), STATUS_OK);
        double slope = value_of(model, line.to);
        double measured = slope_by(model, line.from, (size_t)dr.i - 1);
        if (!near(measured, slope, 1e-6)) {
            fail_msg("%s, line %zu: %.17g measured, %.17g told", model->network.cost->name, n,
                     measured, slope);
        }
        terms += value_of(model, line.from);
        slopes += slope;
        derivation_close(&line);
    }
    assert_true(near(terms, value_of(model, opened.from), 1e-12));
    assert_true(near(slopes, quantity_value(model, &dr), 1e-12));
    derivation_close(&opened);
}

/* Every rewriting has the value of dz. */
static void check_collapse(struct model *model, struct quantity dz) {
    size_t lines = derivation_lines(model, &dz);
    assert_true(lines >= 2);
    for (size_t n = 0; n < lines; n++) {
        struct derivation line;
        assert_int_equal(derivation_open(&line, model, &dz, n), STATUS_OK);
        assert_true(near(value_of(model, line.to), quantity_value(model, &dz), 1e-12));
        derivation_close(&line);
    }
}

static void check_derivations(struct model *model, size_t *shorter) {
    size_t K = model->network.K;
    bool pair = network_pairing(&model->network) != NULL;
    struct quantity inner = {.kind = QUANTITY_DZ, .layer = K - 1, .i = 1};
    assert_int_equal(derivation_lines(model, &inner), 0);
    for (size_t j = 1; j <= model->network.layers[K].n; j++) {
        struct quantity dr = {.kind = QUANTITY_DR, .layer = K, .i = (int64_t)j};
        struct quantity dz = {.kind = QUANTITY_DZ, .layer = K, .i = (int64_t)j};
        check_slope(model, dr);
        if (pair) {
            check_collapse(model, dz);
            *shorter += derivation_lines(model, &dz) == 3; /* targets that do not sum to 1 */
        } else {
            assert_int_equal(derivation_lines(model, &dz), 0);
        }
    }
}

static void test_derivations(void **state) {
    (void)state;
    struct random random;
    size_t shorter = 0;
    random_seed(&random, 8);
    for (size_t c = 0; cost_at(c); c++) {
        for (size_t a = 0; activation_at(a); a++) {
            for (int n = 0; nets_suit(cost_at(c), activation_at(a)) && n < 8; n++) {
                struct model *model = nets_random(&random, cost_at(c), activation_at(a));
                check_derivations(model, &shorter);
                model_close(model);
            }
        }
    }
    assert_true(shorter > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_derivations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
