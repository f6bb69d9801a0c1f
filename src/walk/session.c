/*
 * walk/session.c - committing states, undo and redo.
 *
 * What goes to the lists is what the session gives up, so that a change costs no copy:
 * a list that hands a state back keeps its own, since others may share it.
 */
#include "walk/session.h"

#include "base/table.h"

enum status session_open(struct session *session, struct error *error) {
    *session = (struct session){.history = history_new()};
    const size_t widths[] = {2, 3, 1};
    if (!session->history) {
        return error_memory(error);
    }
    enum status status = state_open(&session->now, widths, TABLE_COUNT(widths), error);
    if (status == STATUS_OK && track_begin(&session->now, session->history) != STATUS_OK) {
        status = error_memory(error);
    }
    return status;
}

void session_close(struct session *session) {
    past_drop(session->undo);
    past_drop(session->redo);
    past_drop(session->floor);
    if (session->now.version) {
        state_close(&session->now);
    }
    history_drop(session->history);
    *session = (struct session){0};
}

static void fit(struct session *session) {
    history_fit(session->history, session->undo, &session->now.track);
}

/* The line of updates that the draft is on. */
static enum status follow(struct session *session, struct state *draft, enum change change) {
    if (change == CHANGE_EDIT || change == CHANGE_MERGED || !draft->track.segment) {
        return track_edited(draft, &session->now, session->history);
    }
    if (change == CHANGE_ITERATION) {
        track_trained(draft, &session->now);
    }
    return STATUS_OK;
}

enum status session_commit(struct session *session, struct state *draft, enum change change) {
    if (change == CHANGE_MERGED && follow(session, draft, change) != STATUS_OK) {
        state_close(draft);
        return STATUS_MEMORY;
    }
    if (change == CHANGE_NONE || change == CHANGE_MERGED) {
        state_close(&session->now);
        session->now = *draft;
        return STATUS_OK;
    }
    struct past *past = follow(session, draft, change) == STATUS_OK
                            ? past_new(session->history, session->undo, change, &session->now)
                            : NULL;
    if (!past) {
        state_close(draft);
        return STATUS_MEMORY;
    }
    past_fill(past, &session->now);
    session->undo = past;
    session->now = *draft;
    past_drop(session->redo);
    session->redo = NULL;
    fit(session);
    return STATUS_OK;
}

/* A past state, shown as the present one is. */
static enum status copy_with_looks(struct state *copy, const struct state *past,
                                   const struct state *now) {
    enum status status = state_copy(copy, past);
    if (status == STATUS_OK && !state_take_looks(copy, now)) {
        state_close(copy);
        status = STATUS_MEMORY;
    }
    return status;
}

/* Move the newest of `from` into the present, and the present to `to`. */
static enum status exchange(struct session *session, struct past **from, struct past **to) {
    struct past *past = *from;
    struct state state;
    if (!past || past->gone || past == session->floor) {
        return STATUS_INPUT;
    }
    struct past *left = past_new(session->history, *to, past->change, &session->now);
    if (!left || copy_with_looks(&state, &past->state, &session->now) != STATUS_OK) {
        if (left) {
            left->before = NULL; /* it is still the list's */
            past_drop(left);
        }
        return STATUS_MEMORY;
    }
    *to = left;
    *from = past_share(past->before);
    past_drop(past);
    past_fill(left, &session->now);
    session->now = state;
    return STATUS_OK;
}

enum status session_undo(struct session *session) {
    return exchange(session, &session->undo, &session->redo);
}

enum status session_redo(struct session *session) {
    return exchange(session, &session->redo, &session->undo);
}

enum status session_remember(struct session *session, struct place_in_time *place) {
    struct state copy;
    struct past *here = past_new(session->history, NULL, CHANGE_NONE, &session->now);
    if (!here || state_copy(&copy, &session->now) != STATUS_OK) {
        past_drop(here);
        return STATUS_MEMORY;
    }
    past_fill(here, &copy);
    *place = (struct place_in_time){here, past_share(session->undo), past_share(session->redo)};
    return STATUS_OK;
}

enum status session_return(struct session *session, const struct place_in_time *place) {
    struct state copy;
    if (place->here->gone) {
        return STATUS_INPUT;
    }
    if (state_copy(&copy, &place->here->state) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    state_close(&session->now);
    session->now = copy;
    past_share(place->undo);
    past_share(place->redo);
    past_drop(session->undo);
    past_drop(session->redo);
    session->undo = place->undo;
    session->redo = place->redo;
    return STATUS_OK;
}

void place_in_time_drop(struct place_in_time *place) {
    past_drop(place->here);
    past_drop(place->undo);
    past_drop(place->redo);
    *place = (struct place_in_time){0};
}

void session_set_floor(struct session *session, bool set) {
    struct past *floor = set ? past_share(session->undo) : NULL;
    past_drop(session->floor);
    session->floor = floor;
}

void session_set_bound(struct session *session, size_t bytes) {
    session->history->bound = bytes;
    fit(session);
}
