/*
 * lang/command.c - how a command of the table runs.
 */
#include "lang/command.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "call.h"
#include "lang/keys.h"
#include "lang/quiz.h"

void result_free(struct result *result) {
    text_free(&result->output);
    text_free(&result->message);
    *result = (struct result){0};
}

static enum status dispatch(struct call *call) {
    struct word word;
    if (is_assignment(call->line, call->length)) {
        call->command = command_assignment();
        return run_assignment(call);
    }
    if (!call_word(call, &word)) {
        return STATUS_OK; /* an empty line does nothing */
    }
    call->command = command_named(word.bytes, word.length);
    if (!call->command) {
        return unknown_command(call, &word);
    }
    if (call->runner->preview && !(call->command->flags & COMMAND_QUICK)) {
        return STATUS_OK;
    }
    return call->command->run(call);
}

/* "type COMMAND": the command, which the player lets be typed before. */
enum status run_type(struct call *call) {
    struct call typed = *call;
    struct word word;
    if (!call_peek(call, &word)) {
        return call_missing(call, "the command to type");
    }
    if (word_is(&word, call->command->name)) {
        return word_error(call, &word, "what is typed is a command, and no other 'type'");
    }
    size_t before = word.column - 1;
    typed.line = word.bytes;
    typed.length = (size_t)(call->line + call->length - word.bytes);
    typed.at = typed.counted = typed.column = 0;
    enum status status = dispatch(&typed);
    call->error->column += status != STATUS_OK && call->error->column > 0 ? before : 0;
    call->result->column += call->result->column > 0 ? before : 0;
    return status;
}

bool command_assigns(const char *line) {
    return is_assignment(line, strlen(line));
}

enum status call_apply(const struct runner *runner, struct state *state, const char *line,
                       size_t length, struct result *result, struct error *error) {
    struct call call = {
        .runner = runner,
        .state = state,
        .line = line,
        .length = length,
        .result = result,
        .error = error,
    };
    while (call.length > 0 && ascii_is_blank(line[call.length - 1])) {
        call.length--;
    }
    while (call.length > 0 && ascii_is_blank(*call.line)) {
        call.line++;
        call.length--;
    }
    enum status status = dispatch(&call);
    if (status == STATUS_OK) {
        status = state_settle(state, runner->stop, runner->context, error);
    }
    if (status == STATUS_OK) {
        status = compare_follow(runner, state, &result->message, error);
    }
    if (status == STATUS_OK && (result->output.failed || result->message.failed)) {
        status = error_memory(error);
    }
    if (status != STATUS_OK && error->column > 0) {
        tell_decimal_sign(&call);
        error->column += utf8_length(line, (size_t)(call.line - line));
    }
    return status;
}

bool command_compare(struct state *state, bool (*stop)(void *context), void *context) {
    struct runner runner = {.read_only = true, .stop = stop, .context = context};
    struct text message = TEXT_EMPTY;
    struct error error = {0};
    enum status status = compare_follow(&runner, state, &message, &error);
    text_free(&message);
    return status == STATUS_OK;
}

enum status command_try(const struct runner *runner, const char *line, size_t length,
                        struct state *draft, struct result *result, struct error *error) {
    struct error unused = {0};
    error = error ? error : &unused;
    if (state_copy(draft, &runner->session->now) != STATUS_OK) {
        return error_memory(error);
    }
    draft->nudging = false;
    enum status status = call_apply(runner, draft, line, length, result, error);
    if (status == STATUS_OK) {
        state_leave_account(draft, &runner->session->now);
    } else {
        state_close(draft);
    }
    return status;
}

/* Why there is nothing to undo: a scene's own commands, or what the bound took. */
static enum status refuse_undo(const struct session *session, struct error *error) {
    if (session->undo && session->undo == session->floor) {
        return error_set(
            error, STATUS_INPUT,
            "nothing of yours is left to undo here: 'previous' goes back in the scene");
    }
    if (!session->undo) {
        return error_set(error, STATUS_INPUT, "there is nothing to undo");
    }
    return error_set(error, STATUS_INPUT,
                     "there is nothing further to undo: the history keeps %zu MiB, and older "
                     "states are gone ('set history' changes that)",
                     session->history->bound >> 20);
}

/* Undo, redo and the history's bound change the session itself. */
static enum status carry_out(const struct runner *runner, struct result *result,
                             struct error *error) {
    struct session *session = runner->session;
    enum status status = STATUS_OK;
    switch (result->request) {
    case REQUEST_UNDO: status = session_undo(session); break;
    case REQUEST_REDO: status = session_redo(session); break;
    case REQUEST_HISTORY: /* MiB */
        session_set_bound(session, result->count < SIZE_MAX >> 20 ? result->count << 20 : SIZE_MAX);
        break;
    default: return STATUS_OK;
    }
    if (status == STATUS_MEMORY) {
        return error_memory(error);
    }
    if (status == STATUS_INPUT) {
        return result->request == REQUEST_UNDO
                   ? refuse_undo(session, error)
                   : error_set(error, STATUS_INPUT, "there is nothing to redo");
    }
    return compare_follow(runner, &session->now, &result->message, error);
}

enum status command_run(const struct runner *runner, const char *line, size_t length,
                        struct result *result, struct error *error) {
    struct state draft;
    enum status status = command_try(runner, line, length, &draft, result, error);
    if (status != STATUS_OK) {
        return status;
    }
    struct session *session = runner->session;
    bool changed = draft.version != session->now.version && !result->travelled;
    result->merged = changed && state_goes_on_nudging(&session->now, &draft);
    enum change change = !changed                              ? CHANGE_NONE
                         : result->merged                      ? CHANGE_MERGED
                         : result->iterated || result->trained ? CHANGE_ITERATION
                                                               : CHANGE_EDIT;
    struct question before = session->now.question;
    status = session_commit(session, &draft, change);
    if (status == STATUS_OK) {
        quiz_count(&session->score, &before, &session->now.question);
    }
    return status == STATUS_OK ? carry_out(runner, result, error) : error_memory(error);
}
