/*
 * walk/session.h - the present state and the ways from it to others: the only mutable
 * root of the program.
 *
 * Undo and redo go over changes of the model, a command each (`train 100` is one).
 * walk/track.h goes over updates, within what a command made. Neither is bounded but by
 * memory: see walk/history.h.
 */
#ifndef BACKSTEP_WALK_SESSION_H
#define BACKSTEP_WALK_SESSION_H

#include "walk/history.h"

struct session {
    struct state now;
    struct past *undo, *redo; /* the newest change, and the next to be made again */
    struct past *floor;       /* what undo does not go behind: where a scene stands; or NULL */
    struct history *history;  /* what all of that takes */
    struct score score;       /* of the questions asked; no undo takes it back */
};

/* A session with the network 2-3-1, at START. */
enum status session_open(struct session *session, struct error *error);
void session_close(struct session *session);

/* Make `draft` the present state; takes it. With a change the state before goes
 * to the undo list and the redo list is emptied. */
enum status session_commit(struct session *session, struct state *draft, enum change change);

/* Go back to the state before the last change, or on to the one after it. STATUS_INPUT
 * where there is none: then nothing has changed. */
enum status session_undo(struct session *session);
enum status session_redo(struct session *session);

/* Remember where the session stands, with the changes that can be undone there; and
 * stand there again: STATUS_INPUT where the bound took it. */
struct place_in_time {
    struct past *here, *undo, *redo;
};
enum status session_remember(struct session *session, struct place_in_time *place);
enum status session_return(struct session *session, const struct place_in_time *place);
void place_in_time_drop(struct place_in_time *place);

/* From here on undo goes no further back; false takes that away. */
void session_set_floor(struct session *session, bool set);

/* Bound what is kept, in bytes. */
void session_set_bound(struct session *session, size_t bytes);

#endif
