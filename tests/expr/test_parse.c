/*
 * test_parse.c - reading expressions: how operators bind, what blanks mean in a
 * list, names of quantities, and that whatever else is typed is an error with its
 * column - never a crash, however long or deep it is.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "expr/expr.h"
#include "named.h"
#include "nets.h"

struct number {
    const char *source;
    double value;
};

static void check_numbers(struct model *model, const struct number *numbers, size_t count) {
    for (size_t n = 0; n < count; n++) {
        struct value value = {0};
        struct error error = {0};
        const char *source = numbers[n].source;
        if (nets_evaluate(model, source, strlen(source), false, &value, &error) != STATUS_OK) {
            fail_msg("%s: %s", source, error.text);
        }
        assert_int_equal(value.rank, 0);
        if (!(fabs(value.number - numbers[n].value) <= 1e-15 * fabs(numbers[n].value))) {
            fail_msg("%s: %.17g", source, value.number);
        }
        value_free(&value);
    }
}

static void test_precedence(void **state) {
    static const struct number numbers[] = {
        {"1 + 2*3", 7},    {"(1 + 2)*3", 9},   {"8/4/2", 1},        {"8/(4/2)", 4},
        {"1 - 2 - 3", -4}, {"1 - (2 - 3)", 2}, {"-2^2", -4},        {"(-2)^2", 4},
        {"2^3^2", 64},     {"2^(3^2)", 512},   {"2^-1", 0.5},       {"2^+2", 4},
        {"2 ^ - 1", 0.5},  {"2*-3", -6},       {"2--3", 5},         {"--2", 2},
        {"+-+2", -2},      {"-2*3", -6},       {"6/2*3", 9},        {"1 < 2", 1},
        {"2 < 1", 0},      {"1 + 1 == 2", 1},  {"1 != 1", 0},       {"2 <= 2", 1},
        {"3 >= 4", 0},     {"1 < 2 < 3", 1},   {"3 > 2 > 1", 0},    {"4'", 4},
        {"2^2'", 4},       {"1 -1", 0},        {"  1 +1  ", 2},     {"\t1\t", 1},
        {".5 + 5.", 5.5},  {"1e3", 1000},      {"1E-2", 0.01},      {"1e+2", 100},
        {"((((1))))", 1},  {"1 - -1", 2},      {"2 .* 3", 6},       {"2.*3", 6},
        {"2 .^3", 8},      {"6./2", 3},        {"W0[1,1] .^ 0", 1},
    };
    check_numbers(*state, numbers, sizeof numbers / sizeof *numbers);
}

static void test_functions(void **state) {
    static const struct number numbers[] = {
        {"sqrt(9)", 3},
        {"exp(0)", 1},
        {"log(exp(1))", 1},
        {"sin(0) + cos(0)", 1},
        {"tanh(0)", 0},
        {"abs(-2)", 2},
        {"min(3, 2)", 2},
        {"max(3,2)", 3},
        {"min([3 2 5])", 2},
        {"max([3 2 5])", 5},
        {"relu(-1) + relu(2)", 2},
        {"sigmoid(0)", 0.5},
        {"sum([1 2; 3 4])", 10},
        {"norm([3 4])", 5},
        {"mean([1 2; 3 4])", 2.5},
        {"expm1(0)", 0},
        {"log1p(0)", 0},
        {"softplus(1000)", 1000},
        {"normcdf(0)", 0.5},
        {"xlogy(0, 0)", 0},
        {"logsumexp([1000 1000])", 1000.6931471805599},
        {"if(1 < 2, 5, 6)", 5},
        {"if(0, 5, 6)", 6},
        {"sum(W0)", 1.3},
        {"sum(3)", 3},
        {"max(sum(x), -5)", -1},
        {"sum( x * x )", 5},
        {"normpdf(0)", 0.3989422804014327},
    };
    for (size_t n = 0; function_at(n); n++) {
        bool used = false;
        for (size_t m = 0; m < sizeof numbers / sizeof *numbers; m++) {
            used = used || strstr(numbers[m].source, function_at(n)->name);
        }
        if (!used) {
            fail_msg("'%s' is not tested", function_at(n)->name);
        }
    }
    check_numbers(*state, numbers, sizeof numbers / sizeof *numbers);
}

static void test_names(void **state) {
    static const struct number numbers[] = {
        {"x[2]", -2},         {"r0[1]", 1},       {"y[1]", 1},           {"W0[1,2]", -0.3},
        {"W0[ 2 , 1 ]", 0.1}, {"W1[3,1]", -0.6},  {"b0[3]", 0},          {"z1[2]", -1.1},
        {"r1[1]", 0.3},       {"yhat[2]", 0.54},  {"r2[2]", 0.54},       {"step1[2]", 0},
        {"step2[2]", 1},      {"C", 0.6458},      {"meanC", 0.6458},     {"dr2[1]", -1},
        {"dx[1]", 0.0324},    {"dr0[1]", 0.0324}, {"dz2[2]", 0.54},      {"dW0[2,1]", 1.08},
        {"dW1[3,2]", 0.648},  {"db1[2]", 0.54},   {"gW0[2,3]", -0.756},  {"gb1[2]", 0.54},
        {"lr", 0.1},          {"momentum", 0.9},  {"rho", 0.99},         {"epsilon", 1e-8},
        {"beta1", 0.9},       {"beta2", 0.999},   {"decay", 0},          {"clip", 0},
        {"step0", 1},         {"t", 1},           {"dW1[3,2]*2", 1.296}, {"gnorm^2", 2.618568},
    };
    struct model *model = *state;
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
        struct value value = {0};
        struct error error = {0};
        const char *source = numbers[n].source;
        if (nets_evaluate(model, source, strlen(source), false, &value, &error) != STATUS_OK) {
            fail_msg("%s: %s", source, error.text);
        }
        if (!(fabs(value.number - numbers[n].value) <= 1e-13)) {
            fail_msg("%s: %.17g", source, value.number);
        }
    }
    /* a function is one only before '(': the setting `t` and the name `step0` stay names */
    assert_int_equal(function_named("log", 2) == NULL, 1);
}

struct shape {
    const char *source;
    bool list;
    int rank;
    size_t rows, cols;
    double values[6];
};

static const struct shape shapes[] = {
    {"[1 -1]", false, 1, 1, 2, {1, -1}},
    {"[1 - 1]", false, 1, 1, 1, {0}},
    {"[1 -1; 2 3]", false, 2, 2, 2, {1, -1, 2, 3}},
    {"[1, -1]", false, 1, 1, 2, {1, -1}},
    {"[1-1]", false, 1, 1, 1, {0}},
    {"[1 +1]", false, 1, 1, 2, {1, 1}},
    {"[1 + 1]", false, 1, 1, 1, {2}},
    {"[(1 -1)]", false, 1, 1, 1, {0}},
    {"[max(1, -1) 2]", false, 1, 1, 2, {1, 2}},
    {"[max(1 -1, 0) 2]", false, 1, 1, 2, {0, 2}},
    {"[ 1  2\t3 ]", false, 1, 1, 3, {1, 2, 3}},
    {"[1,2;3,4]", false, 2, 2, 2, {1, 2, 3, 4}},
    {"[1;2]", false, 2, 2, 1, {1, 2}},
    {"[1 2 3]'", false, 2, 3, 1, {1, 2, 3}},
    {"[1 2; 3 4]'", false, 2, 2, 2, {1, 3, 2, 4}},
    {"[1 2] * 2", false, 1, 1, 2, {2, 4}},
    {"[2*3 -1]", false, 1, 1, 2, {6, -1}},
    {"[1 2]^2 - [1 1]", false, 1, 1, 2, {0, 3}},
    {"-[1 2]", false, 1, 1, 2, {-1, -2}},
    {"x' * 2", false, 2, 2, 1, {2, -4}},
    {"x > 0", false, 1, 1, 2, {1, 0}},
    {"W0'", false, 2, 3, 2, {0.5, 0.1, -0.3, 0.4, 0.8, -0.2}},
    {"[x[1] W0[1,2]]", false, 1, 1, 2, {1, -0.3}},
    {"1 -1", true, 1, 1, 2, {1, -1}},
    {"1 - 1", true, 0, 1, 1, {0}},
    {"1-1", true, 0, 1, 1, {0}},
    {"1 2 3", true, 1, 1, 3, {1, 2, 3}},
    {"1, 2, 3", true, 1, 1, 3, {1, 2, 3}},
    {"5", true, 0, 1, 1, {5}},
    {"[1 2; 3 4]", true, 2, 2, 2, {1, 2, 3, 4}},
    {"x", true, 1, 1, 2, {1, -2}},
    {"-x[1] -1", true, 1, 1, 2, {-1, -1}},
    {"step1", false, 1, 1, 3, {1, 0, 1}},
};

static void test_lists(void **state) {
    for (size_t n = 0; n < sizeof shapes / sizeof *shapes; n++) {
        const struct shape *shape = &shapes[n];
        struct value value = {0};
        struct error error = {0};
        if (nets_evaluate(*state, shape->source, strlen(shape->source), shape->list, &value,
                          &error) != STATUS_OK) {
            fail_msg("%s: %s", shape->source, error.text);
        }
        if (value.rank != shape->rank || value.rows != shape->rows || value.cols != shape->cols) {
            fail_msg("%s: rank %d, %zu x %zu", shape->source, value.rank, value.rows, value.cols);
        }
        for (size_t at = 0; at < value.rows * value.cols; at++) {
            if (value_at(&value, at) != shape->values[at]) {
                fail_msg("%s: element %zu is %g", shape->source, at + 1, value_at(&value, at));
            }
        }
        value_free(&value);
    }
}

struct wrong {
    const char *source;
    size_t column, length;
    const char *text;
};

static const struct wrong wrongs[] = {
    {"", 1, 1, "a number or a name is missing at the end"},
    {"1 +", 4, 1, "a number or a name is missing at the end"},
    {"1 + *2", 5, 1, "unexpected '*': a number or a name is missing here"},
    {"W0(1,2)", 3, 1, "unexpected '(': an operator, or '[' for an index, is missing here"},
    {"1 2", 3, 1, "unexpected '2': an operator is missing here"},
    {"2x", 2, 1, "unexpected 'x': an operator is missing here"},
    {"(1", 3, 1, "')' is missing at the end"},
    {"(1 2)", 4, 1, "unexpected '2': ')' is missing here"},
    {"1)", 2, 1, "unexpected ')': an operator is missing here"},
    {"[1 2", 5, 1, "']' is missing at the end"},
    {"[]", 3, 1, "a number is missing at the end"},
    {"[1; ] + 1", 6, 1, "unexpected ' ': a number is missing here"},
    {"[1 2; 3]", 8, 1, "row 2 has 1 element, but row 1 has 2"},
    {"1e999", 1, 5, "'1e999' is too large for a number"},
    {".", 1, 1, "unexpected '.': a number is missing here"},
    {"1 = 2", 3, 1, "unexpected '=': an operator is missing here"},
    {"sqrt(1, 2)", 7, 1, "unexpected ',': ')' is missing here"},
    {"sqrt(1", 7, 1, "')' is missing at the end"},
    {"sqrt()", 6, 1, "unexpected ')': a number or a name is missing here"},
    {"if(1)", 1, 2, "'if' takes 3 arguments, but has 1"},
    {"xlogy(1)", 1, 5, "'xlogy' takes 2 arguments, but has 1"},
    {"1 + dw0[1,2]", 5, 3, "there is no 'dw0': did you mean 'dW0'?"},
    {"Momentun", 1, 8, "there is no 'Momentun': did you mean 'momentum'?"},
    {"blahblah", 1, 8, "there is no quantity 'blahblah': 'help names' lists them"},
    {"nan", 1, 3, "'nan' is no number here: write one in digits"},
    {"z9", 1, 2, "there is no 'z9' here: 'z1' to 'z2' exist"},
    {"z0", 1, 2, "there is no 'z0' here: 'z1' to 'z2' exist"},
    {"W2", 1, 2, "there is no 'W2' here: 'W0' to 'W1' exist"},
    {"W99999999999999999999", 1, 21,
     "there is no 'W99999999999999999999' here: 'W0' to 'W1' exist"},
    {"mW0[1,1]", 1, 3, "'mW0' is not kept by the optimizer 'sgd'"},
    {"W0[3,1]", 4, 1, "index '3' is out of range: 'W0' has 1 to 2"},
    {"W0[1,4]", 6, 1, "index '4' is out of range: 'W0' has 1 to 3"},
    {"W0[0,1]", 4, 1, "index '0' is out of range: 'W0' has 1 to 2"},
    {"x[123456789012]", 3, 12, "index '123456789012' is out of range: 'x' has 1 to 2"},
    {"x[-1]", 3, 1, "an index of 'x' is a whole number from 1 to 2"},
    {"x[i]", 3, 1, "an index of 'x' is a whole number from 1 to 2"},
    {"x[]", 3, 1, "an index of 'x' is a whole number from 1 to 2"},
    {"W0[1]", 3, 3, "'W0' is a matrix and takes two indices: 'W0[1,2]'"},
    {"W0[1,2,3]", 7, 1, "'W0' takes two indices"},
    {"x[1,2]", 4, 1, "'x' takes one index"},
    {"x[1", 4, 1, "a ']' is missing after the index of 'x'"},
    {"x[1.5]", 4, 1, "a ']' is missing after the index of 'x'"},
    {"C[1]", 2, 1, "'C' is a single number and takes no index"},
    {"x + y*z1", 5, 4, "shapes do not fit: a vector of 2 and a vector of 3"},
    {"x + z1", 1, 6, "shapes do not fit: a vector of 2 and a vector of 3"},
    {"max(x, z1)", 1, 10, "shapes do not fit: a vector of 2 and a vector of 3"},
    {"W0*x", 1, 4,
     "shapes do not fit: 2x3 and a vector of 2; '*' works element by element: write "
     "a product as sum(...) of elements"},
    {"[1 x]", 4, 1, "an element of a list is a single number, but this has 2"},
    {"[[1 2] [3 4]]", 2, 5, "an element of a list is a single number, but this has 2"},
    {"sigmod(0)", 1, 6, "there is no function 'sigmod': did you mean 'sigmoid'?"},
    {"1 + foo(2, 3)", 5, 3, "there is no function 'foo': 'help functions' lists them"},
    {"yhats", 1, 5, "there is no 'yhats': did you mean 'yhat'?"},
    {"x(1)", 2, 1, "unexpected '(': an operator, or '[' for an index, is missing here"},
    {"1 + é", 5, 1, ""},
    {"x[1] é", 6, 1, "unexpected 'é': an operator is missing here"},
    {"\xff", 1, 1, ""},
    {"1 $ 2", 3, 1, "unexpected '$': an operator is missing here"},
};

static void test_errors(void **state) {
    for (size_t n = 0; n < sizeof wrongs / sizeof *wrongs; n++) {
        const struct wrong *wrong = &wrongs[n];
        struct value value = {0};
        struct error error = {0};
        enum status status =
            nets_evaluate(*state, wrong->source, strlen(wrong->source), false, &value, &error);
        if (status != STATUS_INPUT || error.status != STATUS_INPUT ||
            error.column != wrong->column || error.length != wrong->length ||
            (*wrong->text && strcmp(error.text, wrong->text) != 0)) {
            print_error("%s: status %d, column %zu, length %zu: %s\n", wrong->source, (int)status,
                        error.column, error.length, error.text);
            fail();
        }
        assert_true(error.text[0] != '\0');
        value_free(&value);
    }
}

/* Columns count code points from where the line began, not bytes from here. */
static void test_columns_go_on(void **state) {
    struct names names = names_of_model(*state);
    struct expr *expr = NULL;
    struct error error = {0};
    assert_int_equal(expr_parse(&names, "1 + $", 5, 11, false, NULL, &expr, &error), STATUS_INPUT);
    assert_int_equal(error.column, 15);
    assert_int_equal(expr_parse(&names, "x[9]", 4, 11, false, NULL, &expr, &error), STATUS_INPUT);
    assert_int_equal(error.column, 13);
    const char *line = "x é $";
    size_t length = strlen(line);
    assert_int_equal(expr_parse(&names, line, length, 1, true, NULL, &expr, &error), STATUS_INPUT);
    assert_int_equal(error.column, 3);
}

/* With `taken`, reading stops where the expression ends. */
static void test_taken(void **state) {
    struct names names = names_of_model(*state);
    struct expr *expr = NULL;
    struct error error = {0};
    size_t taken = 0;
    const char *line = "1 + 2 ~ 3";
    assert_int_equal(expr_parse(&names, line, 9, 1, false, &taken, &expr, &error), STATUS_OK);
    assert_int_equal(taken, 5);
    assert_int_equal(expr->op, EXPR_ADD);
    assert_int_equal(expr->column, 1);
    assert_int_equal(expr->length, 5);
    assert_int_equal(expr->args[1]->column, 5);
    expr_free(expr);
}

static void test_softmax_slope_is_a_matrix(void **state) {
    struct model *model = *state;
    const struct activation *softmax = activation_named("softmax");
    assert_int_equal(network_set_activation(&model->network, 2, softmax, NULL), STATUS_OK);
    model_touch(model, 2);
    assert_int_equal(model_compute(model), STATUS_OK);
    struct value value = {0};
    assert_int_equal(nets_evaluate(model, "step2", 5, false, &value, NULL), STATUS_OK);
    assert_int_equal(value.rank, 2);
    assert_int_equal(value.rows * value.cols, 4);
    assert_true(value.data[0] > 0 && value.data[1] < 0 && value.data[1] == value.data[2]);
    value_free(&value);
    const struct activation *relu = activation_named("relu");
    assert_int_equal(network_set_activation(&model->network, 2, relu, NULL), STATUS_OK);
    model_touch(model, 2);
    assert_int_equal(model_compute(model), STATUS_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_precedence), cmocka_unit_test(test_functions),
        cmocka_unit_test(test_names),      cmocka_unit_test(test_lists),
        cmocka_unit_test(test_errors),     cmocka_unit_test(test_columns_go_on),
        cmocka_unit_test(test_taken),      cmocka_unit_test(test_softmax_slope_is_a_matrix),
    };
    return cmocka_run_group_tests(tests, nets_worked_setup, nets_worked_teardown) ? 1 : 0;
}
