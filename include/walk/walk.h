/*
 * walk/walk.h - the order in which the equations are walked, and places in it.
 *
 * A walk has steps 1 ... walk_length(), one equation for one layer each; a step
 * has elements 1 ... walk_elements(), one scalar equation each. Both are plain
 * arithmetic on the network's shape: nothing is stored. Source: equations.md,
 * section 4.
 */
#ifndef BACKSTEP_WALK_WALK_H
#define BACKSTEP_WALK_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/equation.h"
#include "net/model.h"

enum grain { GRAIN_ELEMENT, GRAIN_EQUATION, GRAIN_LAYER, GRAIN_PASS, GRAINS };

/* "element", "equation", "layer", "pass"; NULL past the end. */
const char *grain_name(size_t grain);

/* Where a walk stands: `step` equations are revealed, and the first `element`
 * elements of the next one (0 <= element < its count). {0, 0} is START,
 * {walk_length(), 0} is END. */
struct place {
    size_t step;
    size_t element;
};

static inline bool place_equal(struct place a, struct place b) {
    return a.step == b.step && a.element == b.element;
}

struct walk_step {
    enum law law;
    size_t layer;           /* the layer whose neurons the equation is about; K for F3 and B0,
                             * k+1 for W(k) and dW(k) */
    struct quantity target; /* whole: z1, dW0, W0 (next) ... */
};

/* 6K + 1, less what `combine on` merges. */
size_t walk_length(const struct model *model);
struct walk_step walk_step_at(const struct model *model, size_t step);

/* How many scalar equations a step has. A bias, and the optimizer's moments and the
 * mean gradient of a batch of several samples, are elements of the step of their W. */
size_t walk_elements(const struct model *model, size_t step);
struct quantity walk_element(const struct model *model, size_t step, size_t element);

/* The next boundary of the grain after `place`, or before it; at an end it is
 * the place itself. */
struct place walk_on(const struct model *model, struct place place, enum grain grain);
struct place walk_back(const struct model *model, struct place place, enum grain grain);

/* The same `count` times, in one go by the element. */
struct place walk_on_by(const struct model *model, struct place place, enum grain grain,
                        uint64_t count);
struct place walk_back_by(const struct model *model, struct place place, enum grain grain,
                          uint64_t count);
struct place walk_end(const struct model *model);
bool walk_at_end(const struct model *model, struct place place);

/* A place that fits the model: used after the shape or the order has changed. */
struct place walk_clamp(const struct model *model, struct place place);

/* Where a quantity is revealed: the place just after it. False where it is not on
 * the walk (inputs, weights, settings, dx). */
bool walk_find(const struct model *model, const struct quantity *q, struct place *place);

/* Is the quantity known at this place? What is given always is. A whole vector is
 * known when its last element is. */
bool walk_reached(const struct model *model, struct place place, const struct quantity *q);

/* What a place is about: the step last touched, and its elements last revealed.
 * step 0: nothing yet. */
struct focus {
    size_t step;
    size_t first, last; /* elements */
};
struct focus walk_focus(const struct model *model, struct place place, enum grain grain);

#endif
