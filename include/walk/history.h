/*
 * walk/history.h - past states, and the memory that they may take.
 *
 * A past state is a link of a chain: it knows the one before it. Chains share their
 * older links, so that a list of changes is a pointer, and a copy of it costs nothing:
 * undo, redo and the stops of a scene are such chains.
 *
 * All that is kept beside the present state is counted in bytes, what several hold
 * (weights, data sets, whole models) once: a table counts who holds what. Past the bound
 * these go, in this order: snapshots between the beginnings of the segments (walk/track.h;
 * going back then takes longer), the oldest past states with what lies before them on
 * the line of updates, and last the beginning of the line. The newest past state always
 * stays: with the present one, two snapshots.
 */
#ifndef BACKSTEP_WALK_HISTORY_H
#define BACKSTEP_WALK_HISTORY_H

#include "walk/state.h"

enum { HISTORY_BYTES_DEFAULT = 64 * 1024 * 1024 };

/* Why a state was left. */
enum change {
    CHANGE_NONE,      /* nothing that undo would bring back: a step, a word of narration */
    CHANGE_EDIT,      /* the model was edited */
    CHANGE_MERGED,    /* ... further, as one change with the edit before */
    CHANGE_ITERATION, /* updates were made */
    CHANGE_RECALL,    /* a state was put in its place that was left before */
};

struct past {
    size_t references;
    struct history *history;
    struct past *before;        /* in the chain; NULL: none */
    struct past *older, *newer; /* of all that are kept, by age */
    enum change change;         /* what came after */
    size_t pins;                /* it stays while it has any */
    bool gone;                  /* the bound took the state */
    struct state state;
};

struct holding;
struct history {
    size_t references;
    size_t bound, bytes; /* how much may be kept, and is */
    size_t forgotten;    /* states that the bound took */
    struct past *oldest, *newest;
    struct holding *table; /* who is held how often: open addressing */
    size_t room, used;
};

struct history *history_new(void); /* NULL when memory is short */
struct history *history_share(struct history *history);
void history_drop(struct history *history);

/* Take what is too much away; `keep` stays, and the line of updates is `track`. */
void history_fit(struct history *history, const struct past *keep, const struct track *track);

/* A new link before `before`, whose reference it takes; NULL (and nothing taken) when
 * memory is short. It has no state yet; past_fill() takes one. `state` is what it will
 * be filled with: the memory for counting it is got here. */
struct past *past_new(struct history *history, struct past *before, enum change change,
                      const struct state *state);
void past_fill(struct past *past, struct state *state);
struct past *past_share(struct past *past); /* NULL stays NULL */
void past_drop(struct past *past);

/* For walk/track.c: a model that it keeps. False when memory is short. */
struct version;
bool history_hold(struct history *history, const struct version *version);
void history_release(struct history *history, const struct version *version);

/* What a model takes, shared or not. */
size_t history_model_bytes(const struct model *model);

#endif
