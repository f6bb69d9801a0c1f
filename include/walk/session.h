/*
 * walk/session.h - the present state and the states before it: the only mutable
 * root of the program.
 */
#ifndef BACKSTEP_WALK_SESSION_H
#define BACKSTEP_WALK_SESSION_H

#include "walk/state.h"

enum { HISTORY_BYTES_DEFAULT = 64 * 1024 * 1024 };

/* Why a state came about: `back` from a START goes through an iteration. */
enum change {
    CHANGE_NONE,      /* nothing that undo would bring back: a step, a word of narration */
    CHANGE_EDIT,      /* the model was edited */
    CHANGE_ITERATION, /* the walk went on over its end: an update was made */
};

struct entry {
    struct state state; /* before the change */
    enum change change;
    size_t bytes; /* the most that it keeps in memory */
};

/* The oldest is list[first], the newest list[first + count - 1]. */
struct entries {
    struct entry *list;
    size_t first, count, capacity;
    size_t bytes; /* of all of them */
};

struct session {
    struct state now;
    struct entries undo, redo;
    size_t forgotten;     /* states that the bound has dropped */
    size_t history_bytes; /* the bound on what undo keeps; at least two states are kept */
};

/* A session with the network 2-3-1, at START. */
enum status session_open(struct session *session, struct error *error);
void session_close(struct session *session);

/* Make `draft` the present state; takes it. With a change the state before goes
 * to the undo list and the redo list is emptied. */
enum status session_commit(struct session *session, struct state *draft, enum change change);

/* Go back to the state before the last change, or on to the one after it; false
 * where there is none. */
bool session_undo(struct session *session);
bool session_redo(struct session *session);

/* Is the last change the update that began this iteration? Then session_undo()
 * goes back to the end of the iteration before. */
bool session_began_by_update(const struct session *session);

#endif
