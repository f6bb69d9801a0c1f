/*
 * walk/plan.h - what the arithmetic of a walk rests on. Private to walk/.
 */
#ifndef BACKSTEP_SRC_WALK_PLAN_H
#define BACKSTEP_SRC_WALK_PLAN_H

#include "walk/walk.h"

/* The parts of a walk, in steps. */
struct plan {
    size_t K;
    size_t starts;   /* steps of B0: 1, or 0 where it is merged into B1 */
    size_t period;   /* steps a layer going back: 3, or 2 where B2 is merged into B1 */
    size_t forward;  /* the last forward step, F3 */
    size_t backward; /* the last backward step */
};
struct plan walk_plan(const struct model *model);

enum { PARTS_MAX = 2 * (2 + MOMENTS_MAX) };

/* A step's elements are a few whole quantities, one behind the other: dW then db;
 * gW, gb, the moments, W and b for an update. */
struct parts {
    struct quantity list[PARTS_MAX];
    size_t count;
};
struct parts walk_parts(const struct model *model, const struct walk_step *step);

#endif
