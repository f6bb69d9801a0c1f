/*
 * walk/state.h - everything that a command can change, as one value.
 *
 * Copying a state is cheap: the model is shared until someone edits it, and then
 * only the blocks that are written are copied. A command works on a copy, which
 * becomes the session's state when the command succeeds and is dropped when it
 * fails; the live preview, undo and a scene's pauses are copies kept a while.
 */
#ifndef BACKSTEP_WALK_STATE_H
#define BACKSTEP_WALK_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "expr/account.h"
#include "walk/curve.h"
#include "walk/pick.h"
#include "walk/question.h"
#include "walk/track.h"
#include "walk/walk.h"

enum { DIGITS_DEFAULT = 4, DIGITS_MAX = 12 };

/* A model that several states hold. */
struct version {
    size_t references;
    struct model *model;
};

/* A step on from within a group of the grain (from the middle of a layer, say) does
 * not come back by itself: back from its end goes to the group's start. So the place
 * that it began at is kept. to.step 0: nothing is. */
struct detour {
    struct place from, to;
    enum grain grain;
};

/* What fills the screen between the title and the prompt. */
enum screen {
    SCREEN_WALK,     /* the equation, the network, the table, the weights */
    SCREEN_FLOW,     /* the size of the gradients, layer by layer */
    SCREEN_TRAINING, /* the cost over the updates, the output over the inputs */
    SCREEN_WEIGHTS,  /* a weight matrix and its gradient as heat maps */
    SCREENS
};

/* "walk", "flow", "training", "weights"; NULL past the end. */
const char *screen_name(size_t screen);

/* Which part of the weights their screen shows, where someone chose it; else it goes
 * with the pick, or with the walk. Counted from 0. */
struct scroll {
    bool held;
    bool away; /* scrolled since the pick was moved: it may lie outside */
    size_t joint, row, col;
};

/* How the screen of the training looks. */
struct chart {
    bool linear;   /* the axis of the cost; else logarithmic */
    bool braille;  /* the curve is made of dots; else of half blocks */
    size_t output; /* which one is shown over the inputs, from 0 */
};

/* A second network beside the present one: what a command makes of it. */
struct compare {
    char *line;              /* the command; NULL: nothing is compared */
    struct version *version; /* what it made, computed; NULL: not made yet */
    struct version *of;      /* the version that this was made of */
};

struct state {
    struct version *version; /* the present model */
    struct version *origin;  /* as it was after the last net, init, import or load: for reset */
    struct place place;
    enum grain grain;
    struct detour detour;
    struct track track; /* the updates that can be gone back to */
    struct curve curve; /* of the cost since the last net, init or reset */
    enum screen screen; /* what the panels show */
    struct pick pick;
    bool nudging;             /* the last change was a nudge of the pick */
    struct account account;   /* what a scene shows of a number, until the walk goes on */
    struct question question; /* what the learner is asked for */
    struct scroll scroll;
    struct chart chart;
    struct compare compare;
    char *title; /* the scene's title; NULL for none */
    char *say;   /* the narration; NULL for none */
    char *watch; /* the watched expressions: see watch.h */
    int digits;  /* decimals on screens, 1 ... DIGITS_MAX */
    bool labels; /* print writes "name = " first */
};

/* A state with a new network of these widths, at START. */
enum status state_open(struct state *state, const size_t *widths, size_t count,
                       struct error *error);
enum status state_copy(struct state *copy, const struct state *state);
void state_close(struct state *state);

/* The model to read. Always fresh in a state that a session holds. */
static inline struct model *state_model(const struct state *state) {
    return state->version->model;
}

/* The network beside the present one; NULL where there is none, or where the present one
 * has changed since it was made. */
static inline struct model *state_other(const struct state *state) {
    const struct compare *compare = &state->compare;
    return compare->version && compare->of == state->version ? compare->version->model : NULL;
}

/* Put the network of `other` beside the present one; NULL: none. What it was made by is
 * kept. */
void state_set_other(struct state *state, const struct state *other);

/* The model to write: this state's alone from now on. NULL when memory is short. */
struct model *state_edit(struct state *state);

/* Share the model of `other` again: what was made of a copy of it is dropped. */
void state_take_model(struct state *state, const struct state *other);

/* Put a new model in place of the present one, at START; it becomes the origin of
 * `reset`. Takes the model. */
enum status state_replace(struct state *state, struct model *model, struct error *error);

/* Where a network was made anew, the narration of the one before is forgotten; and where it
 * has other widths, the title. */
void state_leave_story(struct state *state, const struct state *before);

/* Make the present model the origin of `reset`. */
void state_mark_origin(struct state *state);

/* Replace a text; NULL for none. False when memory is short. */
bool state_set_text(char **text, const char *value);

/* Note the present model while it trains: a snapshot for going back, and its cost on the
 * curve, where it wants a point and a pass over all data is not much work beside the
 * updates. The model must be fresh. `stop` (NULL: none) is asked now and then;
 * STATUS_INTERRUPTED if it said so: then the curve has no point here. */
enum status state_note_cost(struct state *state, bool (*stop)(void *context), void *context);

/* How many updates on it will want the next point. */
uint64_t state_next_note(const struct state *state);

/* Is `draft` no more than a further nudge of the number that was nudged last? */
bool state_goes_on_nudging(const struct state *state, const struct state *draft);

/* What was shown of a number is over where the walk, the network or the screen is another
 * than before, and while a question is open. */
void state_leave_account(struct state *state, const struct state *before);

/* Show things as the other state does, and what it watches and compares with: undo brings
 * back numbers, not the look. The network beside is yet to be made. False where memory is
 * short. */
bool state_take_looks(struct state *state, const struct state *other);

/* Bring the model up to date and the place into the walk. `stop` (NULL: none) is asked now
 * and then; STATUS_INTERRUPTED if it said so. */
enum status state_settle(struct state *state, bool (*stop)(void *context), void *context,
                         struct error *error);

#endif
