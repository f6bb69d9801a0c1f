/*
 * lang/command_walk.c - the commands that move along the walk.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "call.h"

enum { STEPS_MOST = 1000000000 };

/* "[N] [GRAIN]" */
static enum status read_move(struct call *call, uint64_t *count, enum grain *grain) {
    struct word word;
    *count = 1;
    *grain = call->state->grain;
    if (call_peek(call, &word) && (word.bytes[0] == '-' || ascii_is_digit(word.bytes[0]))) {
        enum status status = call_count(call, "number of steps", 1, STEPS_MOST, count);
        if (status != STATUS_OK) {
            return status;
        }
    }
    if (call_peek(call, &word)) {
        size_t row;
        enum status status = call_choose(call, "grain", "", &word, &row);
        if (status != STATUS_OK) {
            return status;
        }
        *grain = (enum grain)row;
    }
    return call_end(call);
}

/* To another update of the line that leads here. */
static enum status travel(struct call *call, uint64_t updates, bool to_end) {
    enum status status =
        track_travel(call->state, updates, call->runner->stop, call->runner->context, call->error);
    if (status == STATUS_OK) {
        call->state->place = to_end ? walk_end(state_model(call->state)) : (struct place){0, 0};
        call->state->detour = (struct detour){.grain = GRAIN_EQUATION};
        call->result->travelled = true;
    }
    return status;
}

/* The update that the walk showed: the next iteration begins. One that was made before
 * is as it was then, with what was edited in it. */
static enum status next_iteration(struct call *call) {
    uint64_t next = state_model(call->state)->updates + 1;
    if (call->state->track.segment && next <= call->state->track.last) {
        call->result->iterated = true;
        return travel(call, next, false);
    }
    struct model *model = call_train(call);
    if (!model) {
        return STATUS_MEMORY;
    }
    const struct runner *runner = call->runner;
    enum status status = STATUS_OK;
    if (call->state->curve.count == 0) {
        status = state_note_cost(call->state, runner->stop, runner->context);
    }
    if (status == STATUS_OK) {
        status = model_update(model);
    }
    if (status == STATUS_OK) {
        status = model_compute_long(model, runner->stop, runner->context);
    }
    if (status == STATUS_OK) {
        status = state_note_cost(call->state, runner->stop, runner->context);
    }
    call->state->place = (struct place){0, 0};
    call->result->iterated = true;
    return error_about(call->error, status);
}

/* Steps on: so that as many steps back lead to the very same place. False where the walk
 * ended before the last of them. */
static bool step_on(struct state *state, enum grain grain, uint64_t count) {
    const struct model *model = state_model(state);
    struct place from = state->place, first = walk_on(model, from, grain);
    bool ended = count > 1 && walk_at_end(model, walk_on_by(model, first, grain, count - 2));
    state->place = walk_on_by(model, first, grain, count - 1);
    if (!place_equal(walk_back(model, first, grain), from)) {
        state->detour = (struct detour){from, first, grain};
    } else if (place_equal(state->place, state->detour.to)) { /* came another way */
        state->detour.to = (struct place){0, 0};
    }
    return !ended;
}

static bool at_start(const struct state *state) {
    return place_equal(state->place, (struct place){0, 0});
}

/* False where the walk began before the last of the steps. */
static bool step_back(struct state *state, enum grain grain, uint64_t count) {
    const struct model *model = state_model(state);
    const struct detour *detour = &state->detour;
    if (grain == GRAIN_ELEMENT) { /* every place is a boundary: there are no detours */
        state->place = walk_back_by(model, state->place, grain, count - 1);
        bool began = at_start(state);
        state->place = walk_back(model, state->place, grain);
        return !began;
    }
    for (; count > 0 && !at_start(state); count--) {
        bool known = detour->grain == grain && place_equal(state->place, detour->to);
        state->place = known ? detour->from : walk_back(model, state->place, grain);
    }
    return count == 0;
}

/* A step on from END begins the next iteration; steps that come to END on their
 * way stop there, so that nobody runs over an update by accident. */
enum status run_step(struct call *call) {
    uint64_t count;
    enum grain grain;
    enum status status = read_move(call, &count, &grain);
    if (status != STATUS_OK) {
        return status;
    }
    if (walk_at_end(state_model(call->state), call->state->place)) {
        status = next_iteration(call);
        count--;
    }
    if (status == STATUS_OK && count > 0 && !step_on(call->state, grain, count)) {
        call->result->ended = true;
        text_put(&call->result->message,
                 "END is where the walk ends: a step on begins the next iteration");
    }
    return status;
}

/* Is there an iteration before this one, kept or forgotten? */
static bool has_before(const struct state *state) {
    bool forgotten;
    uint64_t first = track_first(&state->track, &forgotten);
    return state->track.segment && (state_model(state)->updates > first || forgotten);
}

/* A step back from START goes to the end of the iteration before, where there is one;
 * steps that come to START on their way stop there. */
enum status run_back(struct call *call) {
    uint64_t count;
    enum grain grain;
    enum status status = read_move(call, &count, &grain);
    if (status != STATUS_OK) {
        return status;
    }
    if (at_start(call->state) && has_before(call->state)) {
        status = travel(call, state_model(call->state)->updates - 1, true);
        count--;
    }
    if (status == STATUS_OK && count > 0 && !step_back(call->state, grain, count)) {
        call->result->ended = true;
        text_printf(&call->result->message, "START is where the walk begins%s",
                    has_before(call->state) ? ": a step back goes to the iteration before" : "");
    }
    return status;
}

enum status run_grain(struct call *call) {
    struct word word;
    size_t row;
    enum status status =
        call_choose(call, "grain", "'element', 'equation', 'layer' or 'pass'", &word, &row);
    if (status == STATUS_OK) {
        call->state->grain = (enum grain)row;
        status = call_end(call);
    }
    return status;
}

/* "N", or "N element M": M elements of the step after it are known too */
static enum status goto_number(struct call *call) {
    uint64_t step, element = 0;
    struct word word;
    const struct model *model = state_model(call->state);
    size_t length = walk_length(model);
    enum status status = call_count(call, "step", 0, length, &step);
    if (status == STATUS_OK && step < length && call_peek(call, &word) &&
        word_is(&word, "element")) {
        call_word(call, &word);
        size_t count = walk_elements(model, (size_t)step + 1);
        status = call_count(call, "element", 0, count - 1, &element);
    }
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    if (status == STATUS_OK) {
        call->state->place = (struct place){(size_t)step, (size_t)element};
    }
    return status;
}

static enum status goto_quantity(struct call *call, const struct word *word,
                                 const struct quantity *q) {
    struct place place;
    enum status status = call_end(call);
    if (status == STATUS_OK && q->next) {
        status = call_updated(call, word, q);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (q->kind == QUANTITY_UPDATES) {
        return word_error(call, word, "'updates' is not on the walk: 'goto update N' goes to one");
    }
    if (!walk_find(state_model(call->state), q, &place)) {
        return word_error(call, word,
                          "'%.*s' is not on the walk: go to 'z1', 'C', 'dW0', 'new W0' ...",
                          (int)word->length, word->bytes);
    }
    if (q->i == 0 && place.element > 0 && call->state->grain != GRAIN_ELEMENT) {
        place = (struct place){place.step + 1, 0}; /* with the biases of the same equation */
    }
    call->state->place = place;
    return STATUS_OK;
}

/* "goto update N": its start */
static enum status goto_update(struct call *call) {
    uint64_t updates;
    struct word word;
    call_peek(call, &word);
    enum status status = call_count(call, "number of an update", 0, UPDATES_MOST, &updates);
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    status = status == STATUS_OK ? travel(call, updates, false) : status;
    if (status == STATUS_INPUT && call->error->column == 0) {
        call_blame(call, &word);
    }
    return status;
}

/* "goto START|END|[new] QUANTITY|MARK|N [element M]|update N" */
enum status run_goto(struct call *call) {
    struct word word, next;
    if (!call_peek(call, &word)) {
        return call_missing(call, "'START', 'END', a quantity, a mark, a number or 'update N'");
    }
    bool sign = word.length > 1 && strchr("+-.", word.bytes[0]);
    if (ascii_is_digit(word.bytes[sign])) {
        return goto_number(call);
    }
    call_word(call, &word);
    if (word_is(&word, "update") && call_peek(call, &next)) { /* alone it is a mark */
        return goto_update(call);
    }
    if (word_is(&word, "START") || word_is(&word, "END")) {
        enum status status = call_end(call);
        if (status == STATUS_OK) {
            call->state->place =
                word_is(&word, "END") ? walk_end(state_model(call->state)) : (struct place){0, 0};
        }
        return status;
    }
    bool new = word_is(&word, "new") && call_peek(call, &next); /* alone it is a mark too */
    if (new) {
        call_word(call, &word);
    }
    struct quantity q;
    size_t taken;
    struct error unknown = {0};
    if (quantity_parse(state_model(call->state), word.bytes, word.length, word.column, &q, &taken,
                       &unknown) == STATUS_OK &&
        taken == word.length) {
        q.next = new;
        return goto_quantity(call, &word, &q);
    }
    if (new || memchr(word.bytes, '[', word.length) || word_names_quantity(&word) ||
        word.length >= sizeof call->result->name) {
        *call->error = unknown;
        return unknown.status;
    }
    memcpy(call->result->name, word.bytes, word.length);
    call->result->name[word.length] = '\0';
    call->result->column = word.column;
    call->result->request = REQUEST_GOTO_MARK;
    return call_end(call);
}
