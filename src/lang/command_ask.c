/*
 * lang/command_ask.c - questions to the learner: ask, answer, hint.
 */
#include <math.h>
#include <stdlib.h>

#include "call.h"
#include "expr/equation.h"
#include "lang/quiz.h"

/* Can there be an answer? It is one element, or a number, that is computed. */
static enum status check_asked(struct call *call, const struct quantity *q,
                               const struct word *word) {
    struct model *model = state_model(call->state);
    struct equation equation;
    int width = (int)word->length;
    if (quantity_is_whole(model, q)) {
        return word_error(call, word, "'%.*s' has several elements: ask for one, '%.*s[...]'",
                          width, word->bytes, width, word->bytes);
    }
    enum status status = equation_open(&equation, model, *q, call->error);
    if (status == STATUS_INPUT && quantity_row(q->kind)->family == FAMILY_WEIGHT) {
        return word_error(call, word,
                          "'%.*s' is given: 'ask new %.*s' asks what the update "
                          "makes of it",
                          width, word->bytes, width, word->bytes);
    }
    if (status != STATUS_OK) {
        call_blame(call, word);
        return status;
    }
    equation_close(&equation);
    return isfinite(quantity_value(model, q))
               ? STATUS_OK
               : word_error(call, word, "'%.*s' is not finite: no answer would be right", width,
                            word->bytes);
}

/* "[new] NAME" */
static enum status read_asked(struct call *call, struct quantity *q) {
    struct word word;
    size_t taken;
    if (!call_word(call, &word)) {
        return call_missing(call, "the name of a quantity");
    }
    bool next = word_is(&word, "new");
    if (next && !call_word(call, &word)) {
        return call_missing(call, "the name of a quantity");
    }
    size_t from = (size_t)(word.bytes - call->line);
    enum status status = quantity_parse(state_model(call->state), word.bytes, call->length - from,
                                        word.column, q, &taken, call->error);
    if (status != STATUS_OK) {
        return status;
    }
    call->at = from + taken;
    q->next = next;
    word.length = taken;
    status = next ? call_updated(call, &word, q) : STATUS_OK;
    if (status != STATUS_OK) {
        return status;
    }
    call_single(call, q);
    return check_asked(call, q, &word);
}

/* "ask NAME [TEXT]" */
enum status run_ask(struct call *call) {
    struct quantity q;
    const struct runner *runner = call->runner;
    enum status status = state_settle(call->state, runner->stop, runner->context,
                                      call->error); /* the value must be fresh */
    if (status == STATUS_OK) {
        status = read_asked(call, &q);
    }
    if (status != STATUS_OK) {
        return status;
    }
    char *text = call_rest(call);
    if (!text) {
        return error_memory(call->error);
    }
    if (*text == '\0') {
        free(text);
        text = NULL;
    }
    question_close(&call->state->question);
    call->state->question = (struct question){.stage = QUESTION_OPEN, .q = q, .text = text};
    call->result->request = REQUEST_ASK;
    return STATUS_OK;
}

static enum status need_question(struct call *call) {
    if (call->state->question.stage == QUESTION_OPEN) {
        return STATUS_OK;
    }
    return error_set(call->error, STATUS_INPUT, "there is no question to answer: 'ask' asks one");
}

/* "answer EXPRESSION"; a preview shows what the expression is, and judges nothing. */
enum status run_answer(struct call *call) {
    struct expr *expr = NULL;
    struct value value = {0};
    struct word word;
    bool given = call_peek(call, &word);
    enum status status = call_expression(call, false, true, &expr);
    if (status == STATUS_INPUT && given && refuse_answer_key(call, &word)) {
        return status;
    }
    if (status == STATUS_OK) {
        status = need_question(call);
    }
    if (status == STATUS_OK) {
        status = call_check_hidden(call, expr);
    }
    if (status == STATUS_OK) {
        status = call_evaluate(call, expr, &value);
    }
    if (status == STATUS_OK && value.rank != 0) {
        status = error_at(call->error, expr->column, expr->length, "an answer is a single number");
    }
    if (status == STATUS_OK && call->runner->preview) {
        call_put_value(call, &value);
    } else if (status == STATUS_OK && quiz_judge(call->state, value.number) != STATUS_OK) {
        status = error_memory(call->error);
    }
    value_free(&value);
    expr_free(expr);
    return status;
}

/* "hint": symbols, then numbers, then the result */
enum status run_hint(struct call *call) {
    enum status status = call_end(call);
    if (status == STATUS_OK) {
        status = need_question(call);
    }
    if (status == STATUS_OK && quiz_hint(call->state) != STATUS_OK) {
        status = error_memory(call->error);
    }
    return status;
}
