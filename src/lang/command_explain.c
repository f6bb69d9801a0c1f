/*
 * lang/command_explain.c - the commands that tell where a number comes from: the tree
 * of equations, the paths of a gradient, and formulas put into each other.
 */
#include "call.h"
#include "expr/account.h"
#include "expr/resolve.h"
#include "expr/why.h"

/* The name of a quantity, and the word it stood in. */
static enum status read_quantity(struct call *call, struct quantity *q, struct word *word) {
    if (!call_word(call, word)) {
        return call_missing(call, "the name of a quantity");
    }
    enum status status = call_quantity(call, word, q);
    if (status == STATUS_OK) {
        struct expr named = {
            .op = EXPR_QUANTITY, .column = word->column, .length = word->length, .quantity = *q};
        status = call_check_hidden(call, &named);
    }
    return status;
}

/* How many levels: a number, or "all"; nothing may follow. */
static enum status read_depth(struct call *call, const char *what, uint64_t most, size_t *depth) {
    struct word word;
    if (!call_peek(call, &word)) {
        return STATUS_OK;
    }
    uint64_t value = most;
    enum status status = STATUS_OK;
    if (word_is(&word, "all")) {
        call_word(call, &word);
    } else {
        status = call_count(call, what, 0, most, &value);
    }
    *depth = (size_t)value;
    return status == STATUS_OK ? call_end(call) : status;
}

/* The words are the command's output; whoever has a screen shows the account there. An
 * error about the quantity is the word's. */
static enum status tell(struct call *call, const struct word *word, struct account account) {
    struct state *state = call->state;
    struct print_options options = {
        .model = state_model(state), .notation = NOTATION_UNICODE, .digits = state->digits};
    enum status status = account_print(&call->result->output, &account, &options, call->error);
    if (status == STATUS_INPUT && call->error->column == 0) {
        call_blame(call, word);
    }
    state->account = account;
    call->result->request = REQUEST_EXPLAIN;
    return status;
}

enum status run_explain(struct call *call) {
    struct word word;
    struct account account = {.depth = WHY_DEPTH};
    bool path = call_peek(call, &word) && word_is(&word, "path");
    if (path) {
        call_word(call, &word);
    }
    enum status status = read_quantity(call, &account.q, &word);
    if (status == STATUS_OK && path) {
        call_single(call, &account.q);
        status = call_end(call);
    } else if (status == STATUS_OK) {
        status = read_depth(call, "number of levels", WHY_DEPTH_MOST, &account.depth);
    }
    if (status != STATUS_OK) {
        return status;
    }
    bool whole = quantity_is_whole(state_model(call->state), &account.q);
    account.kind = path ? ACCOUNT_PATHS : whole ? ACCOUNT_WHOLE : ACCOUNT_TREE;
    return tell(call, &word, account);
}

enum status run_resolve(struct call *call) {
    struct model *model = state_model(call->state);
    struct word word;
    struct account account = {.kind = ACCOUNT_RESOLVED, .depth = 1};
    enum status status = read_quantity(call, &account.q, &word);
    if (status == STATUS_OK) {
        call_single(call, &account.q);
        status = read_depth(call, "depth", RESOLVE_ALL, &account.depth);
    }
    if (status == STATUS_OK && quantity_is_whole(model, &account.q)) {
        status = word_error(call, &word, "'%.*s' has many elements: name one, as in '%.*s%s'",
                            (int)word.length, word.bytes, (int)word.length, word.bytes,
                            quantity_rank(model, &account.q) == 2 ? "[1,1]" : "[1]");
    }
    return status == STATUS_OK ? tell(call, &word, account) : status;
}
