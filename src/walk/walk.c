/*
 * walk/walk.c - the arithmetic of a walk.
 *
 * Steps, K layers, without `combine`:
 *   1 ... 2K           F1 and F2 for layers 1 ... K
 *   2K+1               F3
 *   2K+2               B0
 *   2K+3 ... 5K+1      for k = K-1 ... 0: B1 (layer k+1), B3 (W(k)), B2 (layer k, k > 0)
 *   5K+2 ... 6K+1      U for W(0) ... W(K-1)
 * With `combine`, B2 and the B1 after it are one step named B1, and so are B0 and
 * the first B1 where the cost and the last activation pair.
 */
#include "walk/walk.h"

#include "net/cost.h"

static const char *const grain_names[] = {"element", "equation", "layer", "pass"};

const char *grain_name(size_t grain) {
    return grain < GRAINS ? grain_names[grain] : NULL;
}

/* The parts of a walk, in steps. */
struct plan {
    size_t K;
    size_t starts;  /* steps of B0: 1, or 0 where it is merged into B1 */
    size_t period;  /* steps a layer going back: 3, or 2 where B2 is merged into B1 */
    size_t forward; /* the last forward step, F3 */
    size_t backward; /* the last backward step */
};

static struct plan plan_of(const struct model *model) {
    const struct network *network = &model->network;
    struct plan plan = {.K = network->K, .starts = 1, .period = 3};
    if (network->combine) {
        plan.period = 2;
        plan.starts = pairing_of(network->cost, network->layers[network->K].activation) ? 0 : 1;
    }
    plan.forward = 2 * plan.K + 1;
    /* the last layer going back has no B2 */
    plan.backward = plan.forward + plan.starts + plan.period * plan.K - (plan.period - 2);
    return plan;
}

size_t walk_length(const struct model *model) {
    struct plan plan = plan_of(model);
    return plan.backward + plan.K;
}

static struct walk_step step_of(enum law law, enum quantity_kind kind, size_t number,
                                size_t layer) {
    return (struct walk_step){law, layer, {.kind = kind, .layer = number, .next = law == LAW_U}};
}

static struct walk_step backward_step(const struct plan *plan, size_t step) {
    size_t at = step - plan->forward - 1; /* from 0 */
    if (at < plan->starts) {
        return step_of(LAW_B0, QUANTITY_DR, plan->K, plan->K);
    }
    at -= plan->starts;
    size_t k = plan->K - 1 - at / plan->period;
    switch (at % plan->period) {
    case 0:
        return step_of(LAW_B1, QUANTITY_DZ, k + 1, k + 1);
    case 1:
        return step_of(LAW_B3, QUANTITY_DW, k, k + 1);
    default:
        return step_of(LAW_B2, QUANTITY_DR, k, k);
    }
}

struct walk_step walk_step_at(const struct model *model, size_t step) {
    struct plan plan = plan_of(model);
    if (step < plan.forward) {
        size_t layer = (step + 1) / 2;
        return step % 2 == 1 ? step_of(LAW_F1, QUANTITY_Z, layer, layer)
                             : step_of(LAW_F2, QUANTITY_R, layer, layer);
    }
    if (step == plan.forward) {
        return step_of(LAW_F3, QUANTITY_C, 0, plan.K);
    }
    if (step <= plan.backward) {
        return backward_step(&plan, step);
    }
    size_t k = step - plan.backward - 1;
    return step_of(LAW_U, QUANTITY_W, k, k + 1);
}

/* ---- the elements of a step ---- */

enum { PARTS_MAX = 2 * (2 + MOMENTS_MAX) };

/* A step's elements are a few whole quantities, one behind the other: dW then db;
 * gW, gb, the moments, W and b for an update. */
struct parts {
    struct quantity list[PARTS_MAX];
    size_t count;
};

static void add_part(struct parts *parts, enum quantity_kind kind, size_t layer, bool next) {
    parts->list[parts->count++] = (struct quantity){.kind = kind, .layer = layer, .next = next};
}

/* A weight's quantity, and the bias's beside it where there is one. */
static void add_pair(struct parts *parts, const struct model *model, enum quantity_kind weight,
                     enum quantity_kind bias, size_t layer, bool next) {
    add_part(parts, weight, layer, next);
    if (model->network.bias) {
        add_part(parts, bias, layer, next);
    }
}

static const struct moment_kinds {
    char name;
    enum quantity_kind weight, bias;
} moment_kinds[] = {
    {'v', QUANTITY_VW, QUANTITY_VB},
    {'m', QUANTITY_MW, QUANTITY_MB},
    {'s', QUANTITY_SW, QUANTITY_SB},
};

static struct parts parts_of(const struct model *model, const struct walk_step *step) {
    struct parts parts = {.count = 0};
    size_t k = step->target.layer;
    if (step->law == LAW_B3) {
        add_pair(&parts, model, QUANTITY_DW, QUANTITY_DB, k, false);
    } else if (step->law == LAW_U) {
        const struct rule *rule = model->optimizer.rule;
        for (size_t m = 0; m < rule->moments; m++) {
            for (size_t n = 0; n < sizeof moment_kinds / sizeof *moment_kinds; n++) {
                if (moment_kinds[n].name == rule->moment_name[m][0]) {
                    add_pair(&parts, model, moment_kinds[n].weight, moment_kinds[n].bias, k, true);
                }
            }
        }
        add_pair(&parts, model, QUANTITY_W, QUANTITY_B, k, true);
    } else {
        parts.list[parts.count++] = step->target;
    }
    return parts;
}

static size_t part_size(const struct model *model, const struct quantity *part) {
    size_t rows, cols;
    quantity_shape(model, part, &rows, &cols);
    return rows * cols;
}

size_t walk_elements(const struct model *model, size_t step) {
    struct walk_step here = walk_step_at(model, step);
    struct parts parts = parts_of(model, &here);
    size_t count = 0;
    for (size_t n = 0; n < parts.count; n++) {
        count += part_size(model, &parts.list[n]);
    }
    return count;
}

struct quantity walk_element(const struct model *model, size_t step, size_t element) {
    struct walk_step here = walk_step_at(model, step);
    struct parts parts = parts_of(model, &here);
    size_t at = element - 1, n = 0;
    while (n + 1 < parts.count && at >= part_size(model, &parts.list[n])) {
        at -= part_size(model, &parts.list[n]);
        n++;
    }
    struct quantity q = parts.list[n];
    size_t rows, cols;
    quantity_shape(model, &q, &rows, &cols);
    switch (quantity_rank(model, &q)) {
    case 2:
        q.i = (int64_t)(at / cols) + 1;
        q.j = (int64_t)(at % cols) + 1;
        break;
    case 1:
        q.i = (int64_t)at + 1;
        break;
    default:
        break;
    }
    return q;
}

/* The place just after element `element` of a step. */
static struct place after(const struct model *model, size_t step, size_t element) {
    return element >= walk_elements(model, step) ? (struct place){step, 0}
                                                 : (struct place){step - 1, element};
}

/* ---- moving ---- */

/* Which group of a grain a step belongs to; groups are runs of steps. */
static size_t group_of(const struct model *model, size_t step, enum grain grain) {
    struct plan plan = plan_of(model);
    if (grain == GRAIN_EQUATION || grain == GRAIN_ELEMENT) {
        return step;
    }
    if (grain == GRAIN_PASS) {
        return step <= plan.forward ? 0 : step <= plan.backward ? 1 : 2;
    }
    if (step <= plan.forward) {
        return (step + 1) / 2; /* layers 1 ... K, then the cost */
    }
    if (step > plan.backward) {
        return 2 * plan.K + 1 + (step - plan.backward);
    }
    size_t at = step - plan.forward - 1;
    return plan.K + 2 + (at < plan.starts ? 0 : (at - plan.starts) / plan.period);
}

struct place walk_end(const struct model *model) {
    return (struct place){walk_length(model), 0};
}

bool walk_at_end(const struct model *model, struct place place) {
    return place.step >= walk_length(model);
}

struct place walk_on(const struct model *model, struct place place, enum grain grain) {
    size_t length = walk_length(model);
    if (place.step >= length) {
        return place;
    }
    if (grain == GRAIN_ELEMENT) {
        return after(model, place.step + 1, place.element + 1);
    }
    size_t step = place.step + 1;
    while (step < length && group_of(model, step + 1, grain) == group_of(model, step, grain)) {
        step++;
    }
    return (struct place){step, 0};
}

struct place walk_back(const struct model *model, struct place place, enum grain grain) {
    if (place.element > 0) {
        place.element = grain == GRAIN_ELEMENT ? place.element - 1 : 0;
        bool boundary = grain == GRAIN_ELEMENT || place.step == 0 ||
                        group_of(model, place.step, grain) != group_of(model, place.step + 1, grain);
        if (boundary) {
            return place;
        }
    }
    if (place.step == 0) {
        return place;
    }
    if (grain == GRAIN_ELEMENT) {
        return (struct place){place.step - 1, walk_elements(model, place.step) - 1};
    }
    size_t step = place.step - 1;
    while (step > 0 && group_of(model, step, grain) == group_of(model, step + 1, grain)) {
        step--;
    }
    return (struct place){step, 0};
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

/* The step that computes a quantity; 0 where none does. */
static size_t step_computing(const struct model *model, const struct quantity *q) {
    struct plan plan = plan_of(model);
    size_t from_top = plan.K - q->layer; /* 0 for layer K */
    size_t first_B1 = plan.forward + plan.starts + 1;
    if (q->next) {
        return plan.backward + 1 + q->layer;
    }
    switch (q->kind) {
    case QUANTITY_Z:
        return 2 * q->layer - 1;
    case QUANTITY_R:
        return 2 * q->layer; /* 0 for x */
    case QUANTITY_C:
    case QUANTITY_MEAN_C:
        return plan.forward;
    case QUANTITY_DZ:
    case QUANTITY_SLOPE:
        return first_B1 + plan.period * from_top;
    case QUANTITY_DW:
    case QUANTITY_DB:
        return first_B1 + plan.period * (from_top - 1) + 1;
    case QUANTITY_DR:
        if (q->layer == plan.K) {
            return plan.starts ? plan.forward + 1 : first_B1;
        }
        if (q->layer == 0) { /* not on the walk; known once dz1 is */
            return first_B1 + plan.period * (plan.K - 1);
        }
        return first_B1 + plan.period * from_top - (plan.period == 3 ? 1 : 0);
    case QUANTITY_GW:
    case QUANTITY_GB:
    case QUANTITY_GNORM:
        return plan.backward + 1 + q->layer;
    default:
        return 0;
    }
}

/* The number of an element within its step; the last for a whole quantity. */
static size_t element_number(const struct model *model, size_t step, const struct quantity *q) {
    struct walk_step here = walk_step_at(model, step);
    struct parts parts = parts_of(model, &here);
    size_t before = 0;
    for (size_t n = 0; n < parts.count; n++) {
        const struct quantity *part = &parts.list[n];
        size_t rows, cols;
        quantity_shape(model, part, &rows, &cols);
        if (part->kind == q->kind) {
            if (q->i == 0) {
                return before + rows * cols;
            }
            return before + (q->j != 0 ? (size_t)(q->i - 1) * cols + (size_t)q->j : (size_t)q->i);
        }
        before += rows * cols;
    }
    /* shown with the step's own target: Step(z) beside dz, dx at the end */
    return q->kind == QUANTITY_SLOPE && q->i != 0 ? (size_t)q->i : before;
}

bool walk_find(const struct model *model, const struct quantity *q, struct place *place) {
    size_t step = step_computing(model, q);
    bool off = q->kind == QUANTITY_DR && q->layer == 0;
    if (step == 0 || off) {
        return false;
    }
    *place = after(model, step, element_number(model, step, q));
    return true;
}

bool walk_reached(const struct model *model, struct place place, const struct quantity *q) {
    size_t step = step_computing(model, q);
    if (step <= place.step) {
        return true;
    }
    return step == place.step + 1 && element_number(model, step, q) <= place.element;
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
