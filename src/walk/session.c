/*
 * walk/session.c - committing states, undo and redo.
 *
 * The lists hold whole states; they share every block of weights that did not
 * change between them. What they may keep is bounded: the oldest state goes
 * first, but two are always kept.
 */
#include "walk/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { STATES_KEPT_ALWAYS = 2, STATES_KEPT_MOST = 10000 };

/* Take the newest out. */
static struct entry entries_take(struct entries *entries) {
    struct entry entry = entries->list[entries->first + --entries->count];
    entries->bytes -= entry.bytes;
    return entry;
}

static void entries_clear(struct entries *entries) {
    while (entries->count > 0) {
        struct entry entry = entries_take(entries);
        state_close(&entry.state);
    }
    entries->first = 0;
}

static void entries_free(struct entries *entries) {
    entries_clear(entries);
    free(entries->list);
    *entries = (struct entries){0};
}

/* Room for one more at the end: half the list may be empty at its start. */
static bool entries_reserve(struct entries *entries) {
    if (entries->first + entries->count < entries->capacity) {
        return true;
    }
    if (entries->first > entries->count) {
        memmove(entries->list, entries->list + entries->first,
                entries->count * sizeof *entries->list);
        entries->first = 0;
        return true;
    }
    size_t capacity = entries->capacity ? entries->capacity * 2 : 16;
    struct entry *list = memory_resize(entries->list, capacity, sizeof *list);
    if (list) {
        entries->list = list;
        entries->capacity = capacity;
    }
    return list != NULL;
}

/* An upper bound on the bytes that one state adds: all its blocks and texts, shared
 * or not. */
static size_t state_bytes(const struct state *state) {
    const struct model *model = state_model(state);
    size_t copies = 1 + model->optimizer.rule->moments;
    size_t own = sizeof *model + (model->network.K + 1) * sizeof *model->network.layers +
                 (model->network.parameters * copies + 5 * model->network.neurons) * sizeof(double);
    return (state->compare.line ? 2 * own + strlen(state->compare.line) : own) +
           (state->curve.points ? CURVE_NUMBERS * CURVE_POINTS_MAX * sizeof(double) : 0) +
           (state->title ? strlen(state->title) : 0) + (state->say ? strlen(state->say) : 0);
}

/* There is room: see entries_reserve(). */
static void entries_add(struct entries *entries, const struct state *state, enum change change) {
    struct entry entry = {*state, change, state_bytes(state)};
    entries->list[entries->first + entries->count++] = entry;
    entries->bytes += entry.bytes;
}

/* Returns how many states went. */
static size_t drop_oldest(struct entries *entries, size_t bound) {
    size_t dropped = 0;
    while (entries->count > STATES_KEPT_MOST ||
           (entries->bytes > bound && entries->count > STATES_KEPT_ALWAYS)) {
        struct entry *oldest = &entries->list[entries->first];
        entries->bytes -= oldest->bytes;
        state_close(&oldest->state);
        entries->first++;
        entries->count--;
        dropped++;
    }
    return dropped;
}

enum status session_open(struct session *session, struct error *error) {
    *session = (struct session){.history_bytes = HISTORY_BYTES_DEFAULT};
    const size_t widths[] = {2, 3, 1};
    return state_open(&session->now, widths, sizeof widths / sizeof *widths, error);
}

void session_close(struct session *session) {
    entries_free(&session->undo);
    entries_free(&session->redo);
    if (session->now.version) {
        state_close(&session->now);
    }
}

enum status session_commit(struct session *session, struct state *draft, enum change change) {
    if (change == CHANGE_NONE) {
        state_close(&session->now);
        session->now = *draft;
        return STATUS_OK;
    }
    if (!entries_reserve(&session->undo)) {
        state_close(draft);
        return STATUS_MEMORY;
    }
    entries_add(&session->undo, &session->now, change);
    session->now = *draft;
    entries_clear(&session->redo);
    session->forgotten += drop_oldest(&session->undo, session->history_bytes);
    return STATUS_OK;
}

/* Move the newest of `from` into the present, and the present to `to`. */
static bool exchange(struct session *session, struct entries *from, struct entries *to) {
    if (from->count == 0 || !entries_reserve(to)) {
        return false;
    }
    struct entry entry = entries_take(from);
    entries_add(to, &session->now, entry.change);
    state_take_looks(&entry.state, &session->now);
    session->now = entry.state;
    return true;
}

bool session_undo(struct session *session) {
    return exchange(session, &session->undo, &session->redo);
}

bool session_redo(struct session *session) {
    return exchange(session, &session->redo, &session->undo);
}

bool session_began_by_update(const struct session *session) {
    const struct entries *undo = &session->undo;
    return undo->count > 0 && undo->list[undo->first + undo->count - 1].change == CHANGE_ITERATION;
}
