/*
 * test_why.c - where a number comes from: the tree behind it, formulas put into each
 * other, and why it is zero. Over random networks of every cost and activation.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "expr/resolve.h"
#include "expr/why.h"
#include "nets.h"

/* Is it computed, and not given? */
static bool has_equation(const struct model *model, struct quantity q) {
    struct equation equation;
    bool computed = equation_open(&equation, model, q, NULL) == STATUS_OK;
    if (computed) {
        equation_close(&equation);
    }
    return computed;
}

/* `check` for every computed element of a network for each pair of a cost and a last
 * activation, with and without combine, with and without a batch. */
static void each_network(void (*check)(void *, struct model *, struct quantity)) {
    struct random random;
    random_seed(&random, 21);
    for (size_t c = 0; cost_at(c); c++) {
        for (size_t a = 0; activation_at(a); a++) {
            if (!nets_suit(cost_at(c), activation_at(a))) {
                continue;
            }
            struct model *model = nets_random(&random, cost_at(c), activation_at(a));
            model->network.combine = nets_coin(&random);
            if (nets_coin(&random)) {
                nets_take_rows(model, &random, 3);
                assert_int_equal(model_set_batch(model, 2, NULL), STATUS_OK);
            }
            model_touch(model, 0);
            assert_int_equal(model_compute(model), STATUS_OK);
            nets_each(model, check, NULL);
            model_close(model);
        }
    }
}

/* ---- resolve ---- */

static size_t resolved_count, refused_count, asked_count;

/* No sum is left to be written out, and to the end nothing that has an equation. */
static void check_leaves(struct model *model, const struct expr *expr, bool to_the_end) {
    assert_int_not_equal(expr->op, EXPR_SUM_OVER);
    const struct quantity *q = &expr->quantity;
    if (expr->op == EXPR_QUANTITY && to_the_end && q->kind != QUANTITY_SLOPE && q->i > 0) {
        struct equation equation;
        assert_int_equal(equation_open(&equation, model, *q, NULL), STATUS_INPUT);
    }
    for (size_t n = 0; n < expr->arg_count; n++) {
        check_leaves(model, expr->args[n], to_the_end);
    }
}

static void check_resolved(void *context, struct model *model, struct quantity q) {
    static const size_t depths[] = {0, 1, 2, 3, RESOLVE_ALL};
    (void)context;
    if (!has_equation(model, q)) {
        return;
    }
    size_t all = asked_count++ % 64 == 0; /* all the way is long: now and then */
    for (size_t n = 0; n < sizeof depths / sizeof *depths - !all; n++) {
        struct equation equation;
        struct error error = {0};
        double value = 0;
        assert_int_equal(equation_open(&equation, model, q, NULL), STATUS_OK);
        enum status status = equation_resolve(&equation, model, depths[n], &error);
        if (status == STATUS_INPUT) {
            assert_non_null(strstr(error.text, "a smaller DEPTH is right"));
            refused_count++;
            equation_close(&equation);
            continue;
        }
        assert_int_equal(status, STATUS_OK);
        assert_int_equal(equation_value(&equation, model, &value, NULL), STATUS_OK);
        check_leaves(model, equation.right, depths[n] == RESOLVE_ALL);
        if (!nets_same(value, quantity_value(model, &q))) {
            struct text name = TEXT_EMPTY;
            quantity_name(&name, &q);
            fail_msg("%s resolved %zu deep is %a, not %a", text_string(&name), depths[n], value,
                     quantity_value(model, &q));
        }
        equation_close(&equation);
        resolved_count++;
    }
}

static void test_resolve(void **state) {
    (void)state;
    each_network(check_resolved);
    assert_true(resolved_count > 5000);
    assert_true(refused_count > 0); /* too long a formula is met, and refused */
}

/* ---- the tree ---- */

static size_t tree_count;

/* Levels, ends and what is open fit together. */
static void check_shape(const struct why *why) {
    for (size_t row = 0; row < why->count; row++) {
        const struct why_row *r = &why->rows[row];
        const struct why_row *next = row + 1 < why->count ? r + 1 : NULL;
        assert_int_equal(r->open, next && next->depth == r->depth + 1);
        assert_true(!next || next->depth <= r->depth + 1);
        size_t after = row + 1;
        while (after < why->count && why->rows[after].depth > r->depth) {
            after++;
        }
        bool followed = after < why->count && why->rows[after].depth == r->depth;
        assert_int_equal(r->last, !followed);
        assert_true(row == 0 || why->rows[why_parent(why, row)].open);
        assert_true(!r->open || why_seen(why, row) == row); /* nothing is open twice */
    }
}

/* Does the equation of a row's quantity name this one? */
static bool names(const struct scope *scope, const struct expr *expr, const struct quantity *q) {
    struct scope inner = *scope;
    if (expr->op == EXPR_QUANTITY) {
        struct quantity bound = scope_bind(scope, expr->quantity);
        return quantity_equal(&bound, q);
    }
    bool found = false;
    size_t times = expr->op == EXPR_SUM_OVER ? expr->count : 1;
    for (size_t t = 1; t <= times && !found; t++) {
        if (expr->op == EXPR_SUM_OVER) {
            *scope_letter(&inner, expr->letter) = expr_sum_index(expr, scope->model, t);
        }
        for (size_t n = 0; n < expr->arg_count && !found; n++) {
            found = names(&inner, expr->args[n], q);
        }
    }
    return found;
}

static void check_children(struct model *model, const struct why *why) {
    for (size_t row = 1; row < why->count; row++) {
        const struct why_row *r = &why->rows[row], *above = &why->rows[why_parent(why, row)];
        struct equation equation;
        if (r->kind > WHY_WHOLE || above->kind == WHY_WHOLE) {
            continue;
        }
        assert_int_equal(equation_open(&equation, model, above->q, NULL), STATUS_OK);
        struct scope scope = {.model = model};
        assert_true(names(&scope, equation.right, &r->q));
        equation_close(&equation);
    }
}

static void check_tree(void *context, struct model *model, struct quantity q) {
    struct why why;
    struct text text = TEXT_EMPTY;
    struct print_options options = {.model = model, .digits = 4};
    (void)context;
    if (!has_equation(model, q)) {
        return;
    }
    assert_int_equal(why_start(&why, &q), STATUS_OK);
    assert_int_equal(why_expand_levels(&why, model, 0, 3), STATUS_OK);
    check_shape(&why);
    check_children(model, &why);
    why_print_text(&text, &why, model, &options);
    assert_false(text.failed);
    size_t lines = 0;
    for (const char *c = text.bytes; *c; c++) {
        lines += *c == '\n';
    }
    assert_int_equal(lines, why.count);
    text_free(&text);
    tree_count += why.count > 1;
    size_t count = why.count; /* a level more, and closed again it opens as it was */
    assert_int_equal(why_expand_next(&why, model, 0), STATUS_OK);
    assert_true(why.count >= count);
    check_shape(&why);
    why_collapse(&why, 0);
    assert_int_equal(why_expand_levels(&why, model, 0, 3), STATUS_OK);
    assert_int_equal(why.count, count);
    for (size_t row = why.count; row-- > 0;) { /* closing it all leaves what was there at first */
        why_collapse(&why, row);
    }
    assert_int_equal(why.count, 1);
    why_close(&why);
}

static void test_tree(void **state) {
    (void)state;
    each_network(check_tree);
    assert_true(tree_count > 1500);
}

/* Of a long sum the largest terms come first, and what is left adds up. */
static void test_long_sum(void **state) {
    (void)state;
    enum { N = 30 };
    struct model *model = NULL;
    struct random random;
    struct why why;
    random_seed(&random, 5);
    assert_int_equal(model_open(&model, (const size_t[]){N, 1, 1}, 3, NULL), STATUS_OK);
    nets_fill(model, &random, 1);
    struct quantity z = {.kind = QUANTITY_Z, .layer = 1, .i = 1};
    assert_int_equal(why_start(&why, &z), STATUS_OK);
    assert_int_equal(why_expand(&why, model, 0), STATUS_OK);
    assert_int_equal(why.count, 1 + 2 * WHY_TERMS + 1);
    double sum = 0, before = INFINITY, terms[N];
    bool shown[N] = {false};
    for (size_t i = 0; i < N; i++) {
        terms[i] = model->network.layers[0].W->values[i * model->network.layers[0].stride] *
                   model->x->values[i];
    }
    size_t more = 0, seen = 0;
    for (size_t row = 1; row < why.count; row++) {
        const struct why_row *r = &why.rows[row];
        if (r->kind == WHY_MORE) {
            assert_int_equal(r->count, N - seen);
            assert_true(fabs(sum + r->sum - quantity_value(model, &z)) < 1e-12);
            double rest = 0; /* from left to right, to the bit */
            for (size_t i = 0; i < N; i++) {
                rest += shown[i] ? 0 : terms[i];
            }
            assert_true(r->sum == rest);
            more++;
            assert_int_equal(why_expand(&why, model, row), STATUS_OK); /* takes its own place */
            check_shape(&why);
            row--;
        } else if (r->q.kind == QUANTITY_W) {
            struct quantity x = {.kind = QUANTITY_R, .layer = 0, .i = r->q.i};
            double term = quantity_value(model, &r->q) * quantity_value(model, &x);
            assert_true(fabs(term) <= before);
            before = fabs(term);
            sum += term;
            shown[r->q.i - 1] = true;
            seen++;
        }
    }
    assert_int_equal(seen, N);
    assert_int_equal(more, 3); /* 8, 16, 24, all */
    why_close(&why);
    model_close(model);
}

/* ---- why it is zero ---- */

static void expect_zero(struct model *model, struct quantity q, const char *reason) {
    struct text text = TEXT_EMPTY;
    struct print_options options = {.model = model, .digits = 4};
    why_zero(&text, model, &q, &options);
    assert_string_equal(text_string(&text), reason);
    text_free(&text);
}

static void test_zero(void **state) {
    (void)state;
    struct model *model = nets_worked();
    struct quantity dW = {.kind = QUANTITY_DW, .layer = 0, .i = 1, .j = 2};
    struct quantity r = {.kind = QUANTITY_R, .layer = 1, .i = 2};
    struct quantity dr = {.kind = QUANTITY_DR, .layer = 1, .i = 1};
    expect_zero(model, dW, "∂C/∂z⁽¹⁾₂ = 0: Step(z⁽¹⁾₂) = 0: z = −1.1 is negative");
    expect_zero(model, r, "z = −1.1 is negative");
    expect_zero(model, dr, ""); /* it is not */
    dW.layer = 1;
    dW.i = 2;
    expect_zero(model, dW, "r⁽¹⁾₂ = 0: z = −1.1 is negative");
    model_edit_x(model)[1] = 0;
    assert_int_equal(model_compute(model), STATUS_OK);
    memcpy(model_edit_y(model), model->pass.r + model->network.layers[2].at, 2 * sizeof(double));
    assert_int_equal(model_compute(model), STATUS_OK);
    expect_zero(model, (struct quantity){.kind = QUANTITY_DR, .layer = 2, .i = 2},
                "the two are equal");
    expect_zero(model, dr, "every term is 0");
    expect_zero(model, (struct quantity){.kind = QUANTITY_DW, .layer = 0, .i = 2, .j = 1},
                "x₂ = 0"); /* the other factor is 0 too: the last one is told */
    model->network.step0 = 0;
    model_edit_x(model)[0] = 0;
    assert_int_equal(model_compute(model), STATUS_OK);
    expect_zero(model, (struct quantity){.kind = QUANTITY_SLOPE, .layer = 1, .i = 1},
                "z is 0, and step0 too");
    struct quantity z = {.kind = QUANTITY_Z, .layer = 1, .i = 1}; /* 0.5 + 0.1 (-5), and b is 0 */
    model->network.bias = true;
    expect_zero(model, z, "every term is 0");
    model_edit_x(model)[0] = 1;
    model_edit_x(model)[1] = -5;
    assert_int_equal(model_compute(model), STATUS_OK);
    expect_zero(model, z, "the terms cancel");
    model_edit_b(model, 0)[0] = -0.5;
    model_edit_x(model)[1] = 0;
    assert_int_equal(model_compute(model), STATUS_OK);
    expect_zero(model, z, "the terms cancel");
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resolve),
        cmocka_unit_test(test_tree),
        cmocka_unit_test(test_long_sum),
        cmocka_unit_test(test_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
