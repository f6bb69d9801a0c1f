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

/* Asked for at every number of a screen. */
static inline struct plan walk_plan(const struct model *model) {
    const struct network *network = &model->network;
    struct plan plan = {.K = network->K, .starts = 1, .period = 3};
    if (network->combine) {
        plan.period = 2;
        plan.starts = network_pairing(network) ? 0 : 1;
    }
    plan.forward = 2 * plan.K + 1;
    /* the last layer going back has no B2 */
    plan.backward = plan.forward + plan.starts + plan.period * plan.K - (plan.period - 2);
    return plan;
}

enum { PARTS_MAX = 2 * (2 + MOMENTS_MAX) };

/* A step's elements are a few whole quantities, one behind the other: dW then db;
 * gW, gb, the moments, W and b for an update. */
struct parts {
    struct quantity list[PARTS_MAX];
    size_t count;
};
struct parts walk_parts(const struct model *model, const struct walk_step *step);

#endif
