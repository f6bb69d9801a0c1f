/*
 * lang/command_look.c - the commands that show and check numbers.
 */
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "call.h"
#include "expr/print.h"

enum status run_print(struct call *call) {
    struct expr *expr;
    struct value value;
    enum status status = call_expression(call, false, true, &expr);
    if (status != STATUS_OK) {
        return status;
    }
    status = call_check_hidden(call, expr);
    if (status != STATUS_OK) {
        expr_free(expr);
        return status;
    }
    status = call_evaluate(call, expr, &value);
    if (status == STATUS_OK) {
        if (call->state->labels) {
            struct print_options options = {.model = state_model(call->state),
                                            .notation = NOTATION_ASCII};
            expr_print_text(&call->result->output, expr, &options);
            text_put(&call->result->output, value.rank == 2 ? " =\n" : " = ");
        }
        call_put_value(call, &value);
    }
    value_free(&value);
    expr_free(expr);
    return status;
}

/* ---- settings of the view ---- */

/* "view NAME", or "view next" for the one behind the present one */
enum status run_view(struct call *call) {
    struct word word;
    size_t screen = ((size_t)call->state->screen + 1) % SCREENS;
    enum status status = STATUS_OK;
    if (call_peek(call, &word) && word_is(&word, "next")) {
        call_word(call, &word);
    } else {
        status = call_choose(call, "screen", "the name of a screen", &word, &screen);
    }
    if (status != STATUS_OK) {
        return status;
    }
    call->state->screen = (enum screen)screen;
    call->state->account = (struct account){0};
    return call_end(call);
}

enum status run_digits(struct call *call) {
    uint64_t digits;
    enum status status = call_count(call, "number of digits", 1, DIGITS_MAX, &digits);
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    if (status == STATUS_OK) {
        call->state->digits = (int)digits;
    }
    return status;
}

/* ---- expect ---- */

struct expectation {
    struct expr *left, *right; /* right is NULL without "~" */
    double tolerance;
};

static void expectation_free(struct expectation *e) {
    expr_free(e->left);
    expr_free(e->right);
}

/* "A" or "A ~ B [tol T]" */
static enum status read_expectation(struct call *call, struct expectation *e) {
    struct word word;
    *e = (struct expectation){.tolerance = 1e-9};
    enum status status = call_expression(call, false, false, &e->left);
    if (status != STATUS_OK || !call_peek(call, &word) || word.bytes[0] != '~') {
        return status == STATUS_OK ? call_end(call) : status;
    }
    call->at = (size_t)(word.bytes - call->line) + 1;
    status = call_expression(call, false, false, &e->right);
    if (status == STATUS_OK && call_peek(call, &word) && word_is(&word, "tol")) {
        call_word(call, &word);
        status = call_number(call, "the tolerance", &e->tolerance);
        if (status == STATUS_OK && !(e->tolerance >= 0)) {
            status = word_error(call, &word, "a tolerance is 0 or more");
        }
    }
    return status == STATUS_OK ? call_end(call) : status;
}

static void put_short(struct text *out, const struct value *value) {
    enum { SHOWN = 8 };
    size_t count = value->rows * value->cols;
    for (size_t at = 0; at < count && at < SHOWN; at++) {
        text_put(out, at == 0 ? "" : at % value->cols == 0 ? "; " : " ");
        number_put(out, value_at(value, at));
    }
    text_put(out, count > SHOWN ? " ..." : "");
}

static bool close_enough(double a, double b, double tolerance) {
    return a == b || (isnan(a) && isnan(b)) || fabs(a - b) <= tolerance;
}

static enum status compare(struct call *call, const struct expectation *e, const struct value *left,
                           const struct value *right) {
    bool fits = left->rank == 0 || right->rank == 0 ||
                (left->rows == right->rows && left->cols == right->cols);
    size_t count = left->rank == 0 ? right->rows * right->cols : left->rows * left->cols;
    double worst = 0;
    bool met = fits, comparable = true;
    for (size_t at = 0; fits && at < count; at++) {
        double a = value_at(left, left->rank == 0 ? 0 : at);
        double b = value_at(right, right->rank == 0 ? 0 : at);
        if (!close_enough(a, b, e->tolerance)) {
            met = false;
            comparable = comparable && !isnan(a - b);
            worst = fabs(a - b) > worst ? fabs(a - b) : worst;
        }
    }
    if (met) {
        return STATUS_OK;
    }
    struct text text = TEXT_EMPTY;
    put_short(&text, left);
    text_put(&text, fits ? ", not " : ", which has another shape than ");
    put_short(&text, right);
    if (fits && comparable) {
        text_put(&text, ": off by ");
        number_put(&text, worst);
        text_put(&text, ", more than ");
        number_put(&text, e->tolerance);
    }
    enum status status = error_at(call->error, e->left->column, e->left->length,
                                  "expectation not met: this is %s", text_string(&text));
    text_free(&text);
    return status;
}

static enum status judge(struct call *call, const struct expectation *e) {
    struct value left, right = {0};
    enum status status = call_evaluate(call, e->left, &left);
    if (status != STATUS_OK) {
        return status;
    }
    if (e->right) {
        status = call_evaluate(call, e->right, &right);
        if (status == STATUS_OK) {
            status = compare(call, e, &left, &right);
        }
    }
    for (size_t at = 0; !e->right && status == STATUS_OK && at < left.rows * left.cols; at++) {
        if (value_at(&left, at) == 0 || isnan(value_at(&left, at))) {
            status = error_at(call->error, e->left->column, e->left->length,
                              "expectation not met: this does not hold");
        }
    }
    value_free(&left);
    value_free(&right);
    return status;
}

enum status run_expect(struct call *call) {
    struct expectation e;
    enum status status = read_expectation(call, &e);
    if (status == STATUS_OK) {
        status = judge(call, &e);
    }
    expectation_free(&e);
    return status;
}
