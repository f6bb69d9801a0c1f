/*
 * lang/call_value.c - expressions on a command's line: read, refused where a question
 * hides what they name, worked out, and their values written.
 */
#include <stdlib.h>

#include "base/number.h"
#include "call.h"

enum status call_expression(struct call *call, bool list, bool to_end, struct expr **expr) {
    call_skip_blanks(call);
    if (call->at >= call->length) {
        *expr = NULL;
        return call_missing(call, "an expression");
    }
    struct names names = names_of_model(state_model(call->state));
    size_t taken = 0;
    enum status status =
        expr_parse(&names, call->line + call->at, call->length - call->at,
                   call_column(call, call->at), list, to_end ? NULL : &taken, expr, call->error);
    call->at = to_end ? call->length : call->at + taken;
    return status;
}

enum status call_evaluate(struct call *call, const struct expr *expr, struct value *value) {
    const struct runner *runner = call->runner;
    struct scope scope = {
        .model = state_model(call->state), .stop = runner->stop, .context = runner->context};
    if (runner->preview && expr_effort(expr, scope.model) > EFFORT_QUICK) {
        *value = (struct value){0};
        return error_at(call->error, expr->column, expr->length,
                        "too large to be worked out while it is typed");
    }
    return expr_evaluate(expr, &scope, value, call->error);
}

enum status call_number(struct call *call, const char *what, double *value) {
    struct expr *expr = NULL;
    enum status status = call_expression(call, false, false, &expr);
    if (!expr) {
        return status;
    }
    struct value result;
    status = call_evaluate(call, expr, &result);
    if (status == STATUS_OK && result.rank != 0) {
        status = error_at(call->error, expr->column, expr->length, "%s is a single number", what);
    }
    *value = result.number;
    value_free(&result);
    expr_free(expr);
    return status;
}

enum status call_check_hidden(struct call *call, const struct expr *expr) {
    const struct question *question = &call->state->question;
    if (expr->op == EXPR_QUANTITY &&
        question_hides(question, state_model(call->state), &expr->quantity)) {
        bool itself = quantity_equal(&expr->quantity, &question->q);
        return error_at(call->error, expr->column, expr->length,
                        itself ? "that is what is asked for: work it out from the others"
                               : "that is computed from what is asked for: work it out from "
                                 "what comes before");
    }
    for (size_t i = 0; i < expr->arg_count; i++) {
        enum status status = call_check_hidden(call, expr->args[i]);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

void call_put_value(struct call *call, const struct value *value) {
    struct text *out = &call->result->output;
    for (size_t i = 0; i < value->rows; i++) {
        for (size_t j = 0; j < value->cols; j++) {
            text_put(out, j > 0 ? " " : "");
            number_put(out, value_at(value, i * value->cols + j));
        }
        text_put(out, "\n");
    }
}
