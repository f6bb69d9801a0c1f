/*
 * walk/place.c - places in a walk: moving from one to another, and what is known
 * there. Nothing here takes longer in a deeper network.
 */
#include "plan.h"

/* The place just after element `element` of a step. */
static struct place after(const struct model *model, size_t step, size_t element) {
    return element >= walk_elements(model, step) ? (struct place){step, 0}
                                                 : (struct place){step - 1, element};
}

/* ---- moving ---- */

/* The first and the last of the steps that a grain takes together. */
struct group {
    size_t first, last;
};

static struct group pass_group(const struct plan *plan, size_t step) {
    if (step <= plan->forward) {
        return (struct group){1, plan->forward};
    }
    if (step <= plan->backward) {
        return (struct group){plan->forward + 1, plan->backward};
    }
    return (struct group){plan->backward + 1, plan->backward + plan->K};
}

/* Forward F1 and F2; the cost alone; back all from one B1 to the next, with B0
 * before the first; the update of one W. */
static struct group layer_group(const struct plan *plan, size_t step) {
    if (step == plan->forward || step > plan->backward) {
        return (struct group){step, step};
    }
    if (step < plan->forward) {
        size_t first = step - (step + 1) % 2;
        return (struct group){first, first + 1};
    }
    size_t at = step - plan->forward - 1; /* from 0 */
    size_t n = at < plan->starts ? 0 : (at - plan->starts) / plan->period;
    size_t last = plan->forward + plan->starts + (n + 1) * plan->period;
    return (struct group){n == 0 ? plan->forward + 1
                                 : plan->forward + 1 + plan->starts + n * plan->period,
                          last < plan->backward ? last : plan->backward};
}

static struct group group_of(const struct model *model, size_t step, enum grain grain) {
    struct plan plan = walk_plan(model);
    switch (grain) {
    case GRAIN_LAYER: return layer_group(&plan, step);
    case GRAIN_PASS: return pass_group(&plan, step);
    default: return (struct group){step, step};
    }
}

struct place walk_end(const struct model *model) {
    return (struct place){walk_length(model), 0};
}

bool walk_at_end(const struct model *model, struct place place) {
    return place.step >= walk_length(model);
}

struct place walk_on(const struct model *model, struct place place, enum grain grain) {
    if (walk_at_end(model, place)) {
        return place;
    }
    if (grain == GRAIN_ELEMENT) {
        return after(model, place.step + 1, place.element + 1);
    }
    return (struct place){group_of(model, place.step + 1, grain).last, 0};
}

struct place walk_back(const struct model *model, struct place place, enum grain grain) {
    if (place.element > 0) {
        return grain == GRAIN_ELEMENT
                   ? (struct place){place.step, place.element - 1}
                   : (struct place){group_of(model, place.step + 1, grain).first - 1, 0};
    }
    if (place.step == 0) {
        return place;
    }
    if (grain == GRAIN_ELEMENT) {
        return (struct place){place.step - 1, walk_elements(model, place.step) - 1};
    }
    return (struct place){group_of(model, place.step, grain).first - 1, 0};
}

/* By the element whole steps are taken at once. */
struct place walk_on_by(const struct model *model, struct place place, enum grain grain,
                        uint64_t count) {
    while (count > 0 && !walk_at_end(model, place)) {
        uint64_t left =
            grain == GRAIN_ELEMENT ? walk_elements(model, place.step + 1) - place.element : 1;
        if (count < left) {
            place.element += (size_t)count;
            return place;
        }
        place = grain == GRAIN_ELEMENT ? (struct place){place.step + 1, 0}
                                       : walk_on(model, place, grain);
        count -= left;
    }
    return place;
}

struct place walk_back_by(const struct model *model, struct place place, enum grain grain,
                          uint64_t count) {
    while (count > 0 && (place.step > 0 || place.element > 0)) {
        if (grain != GRAIN_ELEMENT) {
            place = walk_back(model, place, grain);
            count--;
            continue;
        }
        if (place.element == 0) {
            place.step--;
            place.element = walk_elements(model, place.step + 1);
        }
        uint64_t taken = count < place.element ? count : place.element;
        place.element -= (size_t)taken;
        count -= taken;
    }
    return place;
}

struct place walk_clamp(const struct model *model, struct place place) {
    size_t length = walk_length(model);
    if (place.step >= length) {
        return (struct place){length, 0};
    }
    if (place.element >= walk_elements(model, place.step + 1)) {
        place.element = 0;
    }
    return place;
}

/* ---- from quantities to places ---- */

/* The mean gradient of a batch of one sample is that sample's gradient. */
static enum quantity_kind plain_kind(const struct model *model, const struct quantity *q) {
    bool mean = q->kind == QUANTITY_GW || q->kind == QUANTITY_GB;
    return !mean || model_batched(model) ? q->kind
           : q->kind == QUANTITY_GW      ? QUANTITY_DW
                                         : QUANTITY_DB;
}

/* The step that computes a quantity of this kind; 0 where none does. */
static size_t step_computing(const struct model *model, const struct quantity *q,
                             enum quantity_kind kind) {
    struct plan plan = walk_plan(model);
    size_t from_top = plan.K - q->layer; /* 0 for layer K */
    size_t first_B1 = plan.forward + plan.starts + 1;
    if (q->next) {
        return plan.backward + 1 + q->layer;
    }
    switch (kind) {
    case QUANTITY_Z: return 2 * q->layer - 1;
    case QUANTITY_R: return 2 * q->layer; /* 0 for x */
    case QUANTITY_C:
    case QUANTITY_MEAN_C:
    case QUANTITY_VALID_C: return plan.forward;
    case QUANTITY_DZ:
    case QUANTITY_SLOPE: return first_B1 + plan.period * from_top;
    case QUANTITY_DW:
    case QUANTITY_DB: return first_B1 + plan.period * (from_top - 1) + 1;
    case QUANTITY_DR:
        if (q->layer == plan.K) {
            return plan.starts ? plan.forward + 1 : first_B1;
        }
        if (q->layer == 0) { /* not on the walk; known once dz1 is */
            return first_B1 + plan.period * (plan.K - 1);
        }
        return first_B1 + plan.period * from_top - (plan.period == 3 ? 1 : 0);
    case QUANTITY_GW:
    case QUANTITY_GB: return plan.backward + 1 + q->layer;
    case QUANTITY_GNORM: /* once all gradients are known */ return plan.backward;
    default: return 0;
    }
}

/* The number of an element within its step; the last for a whole quantity. */
static size_t element_number(const struct model *model, size_t step, const struct quantity *q,
                             enum quantity_kind kind) {
    struct walk_step here = walk_step_at(model, step);
    struct parts parts = walk_parts(model, &here);
    size_t before = 0;
    for (size_t n = 0; n < parts.count; n++) {
        const struct quantity *part = &parts.list[n];
        size_t rows, cols;
        quantity_shape(model, part, &rows, &cols);
        if (part->kind == kind) {
            if (q->i == 0) {
                return before + rows * cols;
            }
            return before + (q->j != 0 ? (size_t)(q->i - 1) * cols + (size_t)q->j : (size_t)q->i);
        }
        before += rows * cols;
    }
    /* shown beside dz: Step(z), and dr where the two are merged; the rest at the end */
    bool beside = kind == QUANTITY_SLOPE || kind == QUANTITY_DR;
    return beside && q->layer == here.layer && q->i != 0 ? (size_t)q->i : before;
}

bool walk_find(const struct model *model, const struct quantity *q, struct place *place) {
    enum quantity_kind kind = plain_kind(model, q);
    size_t step = step_computing(model, q, kind);
    bool off = q->kind == QUANTITY_DR && q->layer == 0;
    if (step == 0 || off) {
        return false;
    }
    *place = after(model, step, element_number(model, step, q, kind));
    return true;
}

bool walk_reached(const struct model *model, struct place place, const struct quantity *q) {
    enum quantity_kind kind = plain_kind(model, q);
    size_t step = step_computing(model, q, kind);
    if (step <= place.step) {
        return true;
    }
    return step == place.step + 1 && element_number(model, step, q, kind) <= place.element;
}

struct focus walk_focus(const struct model *model, struct place place, enum grain grain) {
    if (place.element > 0) {
        return (struct focus){place.step + 1, place.element, place.element};
    }
    if (place.step == 0) {
        return (struct focus){0, 0, 0};
    }
    size_t count = walk_elements(model, place.step);
    return (struct focus){place.step, grain == GRAIN_ELEMENT ? count : 1, count};
}
