/*
 * lang/command_compare.c - a second network beside the present one: what one of the
 * network's own commands would make of it. It is made anew whenever the present one has
 * changed, and shares with it whatever that command leaves alone.
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "call.h"

/* Make the other network, where it is asked for and not there. */
static enum status make_other(const struct runner *runner, struct state *state,
                              struct error *error) {
    struct runner quiet = {.session = runner->session,
                           .read_only = true,
                           .preview = true,
                           .stop = runner->stop,
                           .context = runner->context};
    struct result result = {0};
    struct state other;
    char *line = state->compare.line;
    state_set_other(state, NULL);
    state->compare.line = NULL; /* the copy compares itself with nothing */
    enum status status = state_copy(&other, state);
    state->compare.line = line;
    if (status != STATUS_OK) {
        return error_memory(error);
    }
    status = call_apply(&quiet, &other, line, strlen(line), &result, error);
    if (status == STATUS_OK && other.version == state->version) { /* nothing was done */
        status = error_set(error, STATUS_INPUT,
                           "'%s' is too much for a network this large to have it beside", line);
    } else if (status == STATUS_OK) {
        state_set_other(state, &other);
    }
    state_close(&other);
    result_free(&result);
    return status;
}

enum status compare_follow(const struct runner *runner, struct state *state, struct text *message,
                           struct error *error) {
    struct error own = {0};
    if (!state->compare.line || state_other(state)) {
        return STATUS_OK;
    }
    enum status status = make_other(runner, state, &own);
    bool unfit = status == STATUS_INPUT; /* there is no such layer any more, perhaps */
    if (unfit || status == STATUS_INTERRUPTED) {
        text_printf(message, "%snothing is compared any more: %s", message->length > 0 ? "; " : "",
                    unfit ? own.text : "it took long, and was stopped");
        state_set_text(&state->compare.line, NULL);
        return STATUS_OK;
    }
    if (status != STATUS_OK) {
        *error = own;
    }
    return status;
}

/* "'activation sigmoid' stands beside it: C = 0.6458 here, 0.3421 there" */
static void tell_costs(struct call *call) {
    char here[NUMBER_TEXT_MAX], there[NUMBER_TEXT_MAX];
    const struct state *state = call->state;
    text_printf(&call->result->message, "'%s' stands beside it: C = %s here, %s there",
                state->compare.line, number_fixed(state_model(state)->pass.C, state->digits, here),
                number_fixed(state_other(state)->pass.C, state->digits, there));
}

static bool is_off(const struct call *call, const struct word *word) {
    return word_is(word, "off") && word->bytes + word->length == call->line + call->length;
}

/* "compare COMMAND", "compare off" */
enum status run_compare(struct call *call) {
    struct word word;
    if (!call_peek(call, &word)) {
        return call_missing(call, "what to compare with");
    }
    if (is_off(call, &word)) {
        state_set_other(call->state, NULL);
        state_set_text(&call->state->compare.line, NULL);
        return STATUS_OK;
    }
    const struct command *command = command_named(word.bytes, word.length);
    if (!command || !(command->flags & COMMAND_COMPARE)) {
        return call_unknown(call, &word, "comparison");
    }
    char *line = call_rest(call);
    if (!line) {
        return error_memory(call->error);
    }
    free(call->state->compare.line);
    call->state->compare.line = line;
    enum status status = make_other(call->runner, call->state, call->error);
    if (status == STATUS_OK) {
        tell_costs(call);
    } else if (call->error->column > 0) {
        call->error->column += word.column - 1;
    }
    return status;
}
