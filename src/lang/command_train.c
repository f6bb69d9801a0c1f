/*
 * lang/command_train.c - the commands that train, and undo's kin.
 */
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "call.h"
#include "net/optimizer.h"

enum { UNTIL_DEFAULT = 10000 };

enum status run_optimizer(struct call *call) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, "the name of an optimizer");
    }
    char *name = word_copy(&word);
    const struct rule *rule = name ? rule_named(name) : NULL;
    free(name);
    if (!rule) {
        return call_unknown(call, &word, "optimizer");
    }
    enum status status = call_end(call);
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    if (optimizer_choose(&model->optimizer, rule, &model->network) != STATUS_OK) {
        return error_memory(call->error);
    }
    return STATUS_OK;
}

static bool stopped(const struct call *call) {
    return call->runner->stop && call->runner->stop(call->runner->context);
}

/* One iteration; the model stays fresh. */
static enum status iterate(struct call *call, struct model *model) {
    if (model_update(model) != STATUS_OK || model_compute(model) != STATUS_OK) {
        return error_memory(call->error);
    }
    return STATUS_OK;
}

/* "train [N]": N updates, to the start of an iteration */
enum status run_train(struct call *call) {
    struct word word;
    uint64_t count = 1;
    enum status status = STATUS_OK;
    if (call_peek(call, &word)) {
        status = call_count(call, "number of updates", 1, UINT64_C(1000000000000), &count);
    }
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    uint64_t done = 0;
    while (done < count && status == STATUS_OK && !stopped(call)) {
        status = iterate(call, model);
        done++;
    }
    call->state->place = (struct place){0, 0};
    char cost[NUMBER_TEXT_MAX];
    text_printf(&call->result->message, "%llu update%s, C = %s%s", (unsigned long long)done,
                done == 1 ? "" : "s", number_shortest(model->pass.C, cost),
                done < count ? " (stopped)" : "");
    return status;
}

/* The condition of `until`: a single number, true where it is not 0. */
static enum status condition(struct call *call, const struct expr *expr, bool *met) {
    struct value value;
    enum status status = call_evaluate(call, expr, &value);
    if (status == STATUS_OK && value.rank != 0) {
        status = error_at(call->error, expr->column, expr->length,
                          "the condition of 'until' is a single number, like 'C < 0.01'");
    }
    *met = status == STATUS_OK && value.number != 0;
    value_free(&value);
    return status;
}

static enum status train_until(struct call *call, const struct expr *expr, uint64_t most) {
    struct model *model = call_edit(call);
    if (!model) {
        return STATUS_MEMORY;
    }
    bool met = false;
    uint64_t done = 0;
    enum status status = condition(call, expr, &met);
    while (status == STATUS_OK && !met && done < most && !stopped(call)) {
        status = iterate(call, model);
        done++;
        if (status == STATUS_OK) {
            status = condition(call, expr, &met);
        }
    }
    call->state->place = (struct place){0, 0};
    text_printf(&call->result->message, "%llu update%s: %s", (unsigned long long)done,
                done == 1 ? "" : "s", met ? "the condition holds" : "the condition does not hold");
    return status;
}

/* "until EXPR [max N]" */
enum status run_until(struct call *call) {
    struct expr *expr;
    struct word word;
    uint64_t most = UNTIL_DEFAULT;
    enum status status = call_expression(call, false, false, &expr);
    if (status != STATUS_OK) {
        return status;
    }
    if (call_peek(call, &word) && word_is(&word, "max")) {
        call_word(call, &word);
        status = call_count(call, "number of updates", 1, UINT64_C(1000000000000), &most);
    }
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    if (status == STATUS_OK) {
        status = train_until(call, expr, most);
    }
    expr_free(expr);
    return status;
}

/* Back to the model after the last net, load or init. */
enum status run_reset(struct call *call) {
    enum status status = call_end(call);
    if (status != STATUS_OK) {
        return status;
    }
    struct model *model = model_copy(call->state->origin->model);
    return model ? state_replace(call->state, model, call->error) : error_memory(call->error);
}
