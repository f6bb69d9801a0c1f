/*
 * lang/command_pick.c - the commands that point at things: picking a number and
 * nudging it, scrolling, choosing.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "call.h"

enum { COUNT_MOST = 1000000 };

/* An optional count behind the command; 1 unless given. */
static enum status optional_count(struct call *call, uint64_t least, uint64_t *count) {
    struct word word;
    if (!call_peek(call, &word)) {
        return STATUS_OK;
    }
    enum status status = call_count(call, "count", least, COUNT_MOST, count);
    return status == STATUS_OK ? call_end(call) : status;
}

/* ---- pick ---- */

static enum status need_pick(struct call *call) {
    struct word word = {call->line, strcspn(call->line, " "), 1};
    word.length = word.length < call->length ? word.length : call->length;
    if (call->state->pick.active) {
        return STATUS_OK;
    }
    return word_error(call, &word, "no number is picked: 'pick W0[1,1]' picks one");
}

static void put_pick(struct call *call) {
    struct state *state = call->state;
    struct text *out = &call->result->message;
    char number[NUMBER_TEXT_MAX];
    quantity_name(out, &state->pick.q);
    text_printf(out, " = %s",
                number_shortest(quantity_value(state_model(state), &state->pick.q), number));
    text_printf(out, ", a nudge is %s", number_shortest(state->pick.step, number));
}

static enum status pick_named(struct call *call, const struct word *word) {
    struct model *model = state_model(call->state);
    struct quantity q;
    enum status status = call_quantity(call, word, &q);
    if (status != STATUS_OK) {
        return status;
    }
    if (q.i == 0) { /* a whole one: its first */
        q.i = 1;
        q.j = quantity_rank(model, &q) == 2 ? 1 : 0;
    }
    if (!pick_allowed(model, &q)) {
        return word_error(call, word, "'%.*s' is not set by hand: 'x', 'y', 'W0', 'b0' ... are",
                          (int)word->length, word->bytes);
    }
    call->state->pick.q = q;
    return STATUS_OK;
}

/* "up [N]" and the other moves; from nothing picked, to where the walk is. */
static enum status pick_move_by(struct call *call, size_t move) {
    struct state *state = call->state;
    uint64_t count = 1;
    enum status status = optional_count(call, 1, &count);
    if (status == STATUS_OK && state->pick.active) {
        state->pick.q =
            pick_moved(state_model(state), state->pick.q, (enum pick_move)move, (size_t)count);
    } else if (status == STATUS_OK) {
        state->pick.q = pick_at(state_model(state), state->place, state->grain);
    }
    return status;
}

/* "pick", "pick W0[1,2]", "pick up 3", "pick off" */
enum status run_pick(struct call *call) {
    struct state *state = call->state;
    struct word word;
    enum status status = STATUS_OK;
    if (!call_word(call, &word)) {
        state->pick.q = pick_at(state_model(state), state->place, state->grain);
    } else if (word_is(&word, "off")) {
        state->pick.active = false;
        return call_end(call);
    } else {
        size_t move = word_row(&word, "move");
        status = move != SIZE_MAX ? pick_move_by(call, move) : pick_named(call, &word);
        status = status == STATUS_OK ? call_end(call) : status;
    }
    if (status == STATUS_OK) {
        state->pick.active = true;
        state->scroll.away = false;
        put_pick(call);
    }
    return status;
}

/* ---- nudge ---- */

/* "step X", "step *10", "step /10" */
static enum status set_step(struct call *call) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, "the new step");
    }
    double step = 0, now = call->state->pick.step;
    bool times = word.bytes[0] == '*', over = word.bytes[0] == '/', overflow;
    size_t sign = times || over ? 1 : 0;
    size_t taken = number_parse(word.bytes + sign, word.length - sign, &step, &overflow);
    if (taken == 0 || taken + sign != word.length || overflow) {
        return word_error(call, &word, "'%.*s' is no step: a number, '*10' or '/10' is right",
                          (int)word.length, word.bytes);
    }
    step = pick_nudged(0, times ? now * step : over ? now / step : step, 1);
    if (!(step >= PICK_STEP_LEAST && step <= PICK_STEP_MOST)) {
        return word_error(call, &word, "a step is from 1e-12 to 1e6");
    }
    call->state->pick.step = step;
    call->state->nudging = call->runner->session->now.nudging; /* one change all the same */
    char number[NUMBER_TEXT_MAX];
    text_printf(&call->result->message, "a nudge is %s now", number_shortest(step, number));
    return call_end(call);
}

/* "+", "-", "3", "-3", "+ 3" as steps with their sign. */
static enum status read_steps(struct call *call, double *steps) {
    struct word word;
    uint64_t count = 1;
    if (!call_peek(call, &word)) {
        *steps = 1;
        return STATUS_OK;
    }
    bool minus = word.bytes[0] == '-', sign = minus || word.bytes[0] == '+';
    if (sign) {
        call->at = (size_t)(word.bytes - call->line) + 1; /* the count may stand right behind */
    }
    enum status status = sign ? optional_count(call, 1, &count)
                              : call_count(call, "number of steps", 1, COUNT_MOST, &count);
    *steps = minus ? -(double)count : (double)count;
    return status;
}

/* "nudge +", "nudge -3", "nudge step *10" */
enum status run_nudge(struct call *call) {
    struct state *state = call->state;
    struct word word;
    double steps;
    if (call_peek(call, &word) && word_is(&word, "step")) {
        call_word(call, &word);
        return set_step(call);
    }
    enum status status = read_steps(call, &steps);
    status = status == STATUS_OK ? call_end(call) : status;
    status = status == STATUS_OK ? need_pick(call) : status;
    if (status != STATUS_OK) {
        return status;
    }
    double value = quantity_value(state_model(state), &state->pick.q);
    value = pick_nudged(value, state->pick.step, steps);
    if (!isfinite(value)) {
        return error_set(call->error, STATUS_INPUT, "the number would be too large");
    }
    status = set_element(call, &state->pick.q, value);
    state->nudging = status == STATUS_OK;
    return status;
}

enum status run_edit(struct call *call) {
    call->result->request = REQUEST_EDIT;
    enum status status = call_end(call);
    return status == STATUS_OK ? need_pick(call) : status;
}

/* ---- scroll ---- */

static const char *const move_names[MOVES] = {
    [MOVE_UP] = "up",           [MOVE_DOWN] = "down",
    [MOVE_LEFT] = "left",       [MOVE_RIGHT] = "right",
    [MOVE_PAGE_UP] = "page-up", [MOVE_PAGE_DOWN] = "page-down",
    [MOVE_HOME] = "home",       [MOVE_END] = "end",
    [MOVE_NEXT] = "next",       [MOVE_PREVIOUS] = "previous",
    [MOVE_OFF] = "off",
};

const char *move_name(size_t move) {
    return move < MOVES ? move_names[move] : NULL;
}

/* `at` moved by `by` * `count`, so that `shown` of `n` are seen. */
static size_t slid(size_t at, size_t n, size_t shown, long by, size_t count) {
    size_t last = n > shown ? n - shown : 0, way = count * (size_t)(by < 0 ? -by : by);
    if (by < 0) {
        return at > way ? at - way : 0;
    }
    return way > last || at > last - way ? last : at + way;
}

/* How far each move goes, in rows, columns (pages of rows) and matrices. */
static const struct slide {
    int rows, cols, joints;
    bool page;
} slides[MOVES] = {
    [MOVE_UP] = {-1, 0, 0, false},       [MOVE_DOWN] = {1, 0, 0, false},
    [MOVE_LEFT] = {0, -1, 0, false},     [MOVE_RIGHT] = {0, 1, 0, false},
    [MOVE_PAGE_UP] = {-1, 0, 0, true},   [MOVE_PAGE_DOWN] = {1, 0, 0, true},
    [MOVE_HOME] = {-1, -1, 0, false},    [MOVE_END] = {1, 1, 0, false},
    [MOVE_PREVIOUS] = {0, 0, -1, false}, [MOVE_NEXT] = {0, 0, 1, false},
};

static void scroll_weights(struct call *call, enum move move, size_t count) {
    struct state *state = call->state;
    const struct network *network = &state_model(state)->network;
    const struct seen *window = call->runner->window;
    struct scroll *scroll = &state->scroll;
    struct seen at = {scroll->held ? scroll->joint : 0, scroll->row, scroll->col, 1, 1};
    if (window && window->rows > 0 && window->joint < network->K) {
        at = *window;
    }
    const struct slide *slide = &slides[move];
    if (move == MOVE_HOME || move == MOVE_END) {
        count = NETWORK_MAX_WIDTH;
    }
    *scroll = (struct scroll){.held = true, .away = true};
    scroll->joint = slid(at.joint, network->K, 1, slide->joints, count);
    if (slide->joints != 0 && scroll->joint != at.joint) {
        return; /* from the top of an other matrix */
    }
    const struct layer *layers = &network->layers[at.joint];
    size_t rows = count * (slide->page ? at.rows : 1);
    scroll->row = slid(at.row, layers[0].n, at.rows, slide->rows, rows);
    scroll->col = slid(at.col, layers[1].n, at.cols, slide->cols, count);
}

/* "scroll page-down 2" */
enum status run_scroll(struct call *call) {
    struct word word;
    uint64_t count = 1;
    size_t move;
    enum status status = call_choose(call, "direction", "the direction", &word, &move);
    status = status == STATUS_OK ? optional_count(call, 1, &count) : status;
    if (status != STATUS_OK) {
        return status;
    }
    const struct seen *window = call->runner->window;
    if (call->runner->covered) {
        call->result->request = REQUEST_SCROLL;
        call->result->move = (enum move)move;
        call->result->count = (size_t)count;
    } else if (move == MOVE_OFF) {
        call->state->scroll = (struct scroll){0};
    } else if (window && window->rows == 0) {
        text_put(&call->result->message, "everything is shown");
    } else {
        scroll_weights(call, (enum move)move, (size_t)count);
    }
    return STATUS_OK;
}

/* "choose", "choose 3" */
enum status run_choose(struct call *call) {
    uint64_t count = 0;
    enum status status = optional_count(call, 1, &count);
    call->result->request = REQUEST_CHOOSE;
    call->result->count = (size_t)count;
    return status;
}
