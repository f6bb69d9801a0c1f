/*
 * lang/command_watch.c - the commands that keep expressions on the screen.
 */
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "walk/watch.h"

/* The rest of the line as one row of text: a blank for everything like one. */
static char *read_row(struct call *call) {
    char *row = call_rest(call);
    for (char *c = row; c && *c; c++) {
        *c = *c == '\n' || *c == '\r' || *c == '\t' ? ' ' : *c;
    }
    return row;
}

/* Does it have a value as things are? */
static enum status try_expression(struct call *call) {
    struct expr *expr = NULL;
    struct value value;
    enum status status = call_expression(call, false, true, &expr);
    if (status == STATUS_OK && expr_effort(expr, state_model(call->state)) > EFFORT_QUICK) {
        status = error_at(call->error, expr->column, expr->length,
                          "too large to be watched: 'print' works it out once");
    } else if (status == STATUS_OK) {
        status = call_evaluate(call, expr, &value);
        value_free(&value);
    }
    expr_free(expr);
    return status;
}

/* "watch EXPRESSION" */
enum status run_watch(struct call *call) {
    size_t at = call->at;
    enum status status = try_expression(call);
    if (status != STATUS_OK) {
        return status;
    }
    char **watch = &call->state->watch;
    call->at = at;
    char *row = read_row(call);
    if (!row) {
        return error_memory(call->error);
    }
    size_t count = watch_count(*watch);
    if (watch_find(*watch, row, strlen(row)) < count) {
        text_printf(&call->result->message, "'%s' is watched already", row);
    } else if (count == WATCH_MOST) {
        status =
            error_set(call->error, STATUS_INPUT,
                      "%d expressions are watched already: 'unwatch' takes one away", WATCH_MOST);
    } else if (!watch_add(watch, row, strlen(row))) {
        status = error_memory(call->error);
    }
    free(row);
    return status;
}

/* The number of a watched expression, from 0, given by itself or by its number. */
static size_t find_watched(const struct call *call, const char *row) {
    const char *watch = call->state->watch;
    size_t n = watch_find(watch, row, strlen(row)), count = watch_count(watch);
    if (n == count && strlen(row) < 3 && strspn(row, "0123456789") == strlen(row)) {
        size_t number = (size_t)strtoul(row, NULL, 10);
        n = number >= 1 && number <= count ? number - 1 : count;
    }
    return n;
}

/* "unwatch EXPRESSION", "unwatch 2", "unwatch all" */
enum status run_unwatch(struct call *call) {
    struct word word;
    if (!call_peek(call, &word)) {
        return call_missing(call, "what is watched");
    }
    if (word_is(&word, "all")) {
        call_word(call, &word);
        state_set_text(&call->state->watch, NULL);
        return call_end(call);
    }
    char *row = read_row(call);
    if (!row) {
        return error_memory(call->error);
    }
    enum status status = STATUS_OK;
    size_t n = find_watched(call, row);
    if (n == watch_count(call->state->watch)) {
        status = error_at(call->error, word.column, 1, "'%s' is not watched", row);
    } else if (!watch_remove(&call->state->watch, n)) {
        status = error_memory(call->error);
    }
    free(row);
    return status;
}
