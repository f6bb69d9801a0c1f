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
#include "plan.h"

static const char *const grain_names[] = {"element", "equation", "layer", "pass"};

const char *grain_name(size_t grain) {
    return grain < GRAINS ? grain_names[grain] : NULL;
}

size_t walk_length(const struct model *model) {
    struct plan plan = walk_plan(model);
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
    case 0: return step_of(LAW_B1, QUANTITY_DZ, k + 1, k + 1);
    case 1: return step_of(LAW_B3, QUANTITY_DW, k, k + 1);
    default: return step_of(LAW_B2, QUANTITY_DR, k, k);
    }
}

struct walk_step walk_step_at(const struct model *model, size_t step) {
    struct plan plan = walk_plan(model);
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

struct parts walk_parts(const struct model *model, const struct walk_step *step) {
    struct parts parts = {.count = 0};
    size_t k = step->target.layer;
    if (step->law == LAW_B3) {
        add_pair(&parts, model, QUANTITY_DW, QUANTITY_DB, k, false);
    } else if (step->law == LAW_U) {
        const struct rule *rule = model->optimizer.rule;
        if (model_batched(model)) { /* of one sample it is dW */
            add_pair(&parts, model, QUANTITY_GW, QUANTITY_GB, k, false);
        }
        for (size_t m = 0; m < rule->moments; m++) {
            add_pair(&parts, model, quantity_of_moment(rule, m, false),
                     quantity_of_moment(rule, m, true), k, true);
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
    struct parts parts = walk_parts(model, &here);
    size_t count = 0;
    for (size_t n = 0; n < parts.count; n++) {
        count += part_size(model, &parts.list[n]);
    }
    return count;
}

struct quantity walk_element(const struct model *model, size_t step, size_t element) {
    struct walk_step here = walk_step_at(model, step);
    struct parts parts = walk_parts(model, &here);
    size_t at = element - 1, n = 0;
    while (n + 1 < parts.count && at >= part_size(model, &parts.list[n])) {
        at -= part_size(model, &parts.list[n]);
        n++;
    }
    return quantity_element(model, parts.list[n], at);
}
