/*
 * test_print_spans.c - the pieces that a printed equation is made of; and that what
 * is printed in ASCII is read back as the same expression.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "expr/equation.h"
#include "expr/print.h"
#include "nets.h"

/* Every span is a quantity's or an operator's, and together they are the line. */
struct spans {
    struct text text;
    size_t quantities;
    struct quantity last;
};

static void collect(void *context, const char *string, const struct quantity *quantity) {
    struct spans *spans = context;
    text_put(&spans->text, string);
    if (quantity) {
        spans->quantities++;
        spans->last = *quantity;
    }
}

static void test_spans(void **state) {
    (void)state;
    struct model *model = nets_worked();
    for (int numbers = 0; numbers < 2; numbers++) {
        struct equation equation;
        struct quantity q = {.kind = QUANTITY_Z, .layer = 2, .i = 1};
        assert_int_equal(equation_open(&equation, model, q, NULL), STATUS_OK);
        struct print_options options = {.model = model, .numbers = numbers == 1, .expand = true};
        struct spans spans = {0};
        expr_print(equation.right, &options, collect, &spans);
        assert_int_equal(spans.quantities, 6);
        assert_int_equal(spans.last.kind, QUANTITY_R);
        assert_int_equal(spans.last.layer, 1);
        assert_int_equal(spans.last.i, 3);
        struct text whole = TEXT_EMPTY;
        expr_print_text(&whole, equation.right, &options);
        assert_string_equal(text_string(&whole), text_string(&spans.text));
        text_free(&whole);
        text_free(&spans.text);
        equation_close(&equation);
    }
    model_close(model);
}

/* ---- there and back ---- */

static struct expr *random_tree(struct random *random, int depth) {
    static const enum expr_op ops[] = {
        EXPR_ADD,     EXPR_SUBTRACT, EXPR_MULTIPLY,  EXPR_DIVIDE,     EXPR_POWER,        EXPR_LESS,
        EXPR_GREATER, EXPR_EQUAL,    EXPR_NOT_EQUAL, EXPR_LESS_EQUAL, EXPR_GREATER_EQUAL};
    size_t which = random_below(random, depth > 0 ? 10 : 2);
    if (which == 0) {
        return expr_number((double)random_below(random, 5) * (nets_coin(random) ? 0.5 : -0.5));
    }
    if (which == 1) {
        return expr_quantity((struct quantity){
            .kind = QUANTITY_Z, .layer = 1, .i = (int64_t)random_below(random, 3) + 1});
    }
    if (which == 2) {
        return expr_unary(EXPR_NEGATE, random_tree(random, depth - 1));
    }
    if (which == 3) {
        struct expr *args[] = {random_tree(random, depth - 1), random_tree(random, depth - 1)};
        return expr_call(function_named("max", 3), args, 2);
    }
    struct expr *a = random_tree(random, depth - 1);
    return expr_binary(ops[random_below(random, sizeof ops / sizeof *ops)], a,
                       random_tree(random, depth - 1));
}

/* a + (b + c) is printed without brackets: then the last bits may differ. */
static bool alike(double a, double b) {
    return nets_same(a, b) || a == b || fabs(a - b) <= 1e-12 * fmax(1, fabs(a));
}

static void test_there_and_back(void **state) {
    (void)state;
    struct model *model = nets_worked();
    struct names names = names_of_model(model);
    struct scope scope = {.model = model};
    struct print_options options = {.model = model, .notation = NOTATION_ASCII};
    struct random random;
    random_seed(&random, 11);
    size_t unlike = 0;
    for (int n = 0; n < 20000; n++) {
        struct expr *tree = random_tree(&random, 4), *again = NULL;
        struct text text = TEXT_EMPTY;
        struct error error = {0};
        expr_print_text(&text, tree, &options);
        if (expr_parse(&names, text.bytes, text.length, 1, false, NULL, &again, &error) !=
            STATUS_OK) {
            fail_msg("%s: %s", text.bytes, error.text);
        }
        struct value first = {0}, second = {0};
        assert_int_equal(expr_evaluate(tree, &scope, &first, NULL), STATUS_OK);
        assert_int_equal(expr_evaluate(again, &scope, &second, NULL), STATUS_OK);
        if (!alike(first.number, second.number) && unlike++ < 10) {
            print_error("%s is %.17g, but was %.17g\n", text.bytes, second.number, first.number);
        }
        expr_free(tree);
        expr_free(again);
        text_free(&text);
    }
    model_close(model);
    assert_true(unlike == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
