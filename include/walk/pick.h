/*
 * walk/pick.h - the number that the keys point at, to be changed by hand: an
 * element of x, y, W(k) or b(k), and how far a nudge goes.
 *
 * Moves follow the way the numbers lie on screens: a row of W(k) is the neuron that
 * a weight comes from, a column the neuron that it leads to, b(k) is a row beneath
 * W(k), x a column to the left of W0.
 */
#ifndef BACKSTEP_WALK_PICK_H
#define BACKSTEP_WALK_PICK_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/quantity.h"
#include "walk/walk.h"

struct pick {
    bool active;
    struct quantity q; /* one element; kept when the pick ends */
    double step;       /* what a nudge adds */
};

#define PICK_STEP_DEFAULT 0.1
#define PICK_STEP_LEAST 1e-12
#define PICK_STEP_MOST 1e6

enum pick_move { PICK_UP, PICK_DOWN, PICK_LEFT, PICK_RIGHT, PICK_NEXT, PICK_PREVIOUS, PICK_MOVES };

/* "up", "down", "left", "right", "next", "previous"; NULL past the end. */
const char *pick_move_name(size_t move);

/* Is it one element of the model that can be set by hand? */
bool pick_allowed(const struct model *model, const struct quantity *q);

/* The element `count` moves away; at an edge it stays. `next` and `previous` go
 * through x, W0, b0, W1, b1 ... y, to the first element of each. */
struct quantity pick_moved(const struct model *model, struct quantity q, enum pick_move move,
                           size_t count);

/* What the equation at this place is about: the weight (or bias) that its target is
 * computed with; W0[1,1] at START. */
struct quantity pick_at(const struct model *model, struct place place, enum grain grain);

/* Value plus `steps` steps, without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
double pick_nudged(double value, double step, double steps);

#endif
