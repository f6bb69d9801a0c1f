/*
 * expr/equation.c - the equation of every quantity.
 *
 * The linear equations (F1, B1, B2, B3) are built here; what belongs to an
 * activation, a cost or an optimizer is read from the formula in its table row.
 */
#include "expr/equation.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "expr/formula.h"
#include "net/activation.h"
#include "net/cost.h"

static const struct law_row laws[] = {
    [LAW_F1] = {"F1", "weighted sum", "forward"},
    [LAW_F2] = {"F2", "activation", "forward"},
    [LAW_F3] = {"F3", "cost", "forward"},
    [LAW_B0] = {"B0", "gradient of the cost", "backward"},
    [LAW_B1] = {"B1", "through the activation", "backward"},
    [LAW_B2] = {"B2", "back to the layer before", "backward"},
    [LAW_B3] = {"B3", "gradient of the weights", "backward"},
    [LAW_U] = {"U", "update", "update"},
    [LAW_NONE] = {"", "", ""},
};

const struct law_row *law_row(enum law law) {
    return &laws[law];
}

/* ---- the quantities that equations are made of ---- */

static struct expr *at(enum quantity_kind kind, size_t layer, int64_t i) {
    return expr_quantity((struct quantity){.kind = kind, .layer = layer, .i = i});
}

static struct expr *at2(enum quantity_kind kind, size_t layer, int64_t i, int64_t j) {
    return expr_quantity((struct quantity){.kind = kind, .layer = layer, .i = i, .j = j});
}

static struct expr *times(struct expr *a, struct expr *b) {
    return expr_binary(EXPR_MULTIPLY, a, b);
}

static struct formula layer_formula(const struct model *model, size_t layer, int64_t index) {
    return (struct formula){
        .model = model, .layer = layer, .index = index, .n = model->network.layers[layer].n};
}

/* F1: z(k+1)_j = sum_i W(k)_ij r(k)_i (+ b(k)_j) */
static struct expr *build_z(const struct model *model, const struct quantity *q) {
    size_t k = q->layer - 1;
    struct expr *sum =
        expr_sum_over('i', model->network.layers[k].n,
                      times(at2(QUANTITY_W, k, -'i', q->i), at(QUANTITY_R, k, -'i')));
    return model->network.bias ? expr_binary(EXPR_ADD, sum, at(QUANTITY_B, k, q->i)) : sum;
}

/* F2: r = f(z) */
static struct expr *build_r(const struct model *model, const struct quantity *q) {
    struct formula f = layer_formula(model, q->layer, q->i);
    return formula_read(model->network.layers[q->layer].activation->formula, &f, 'm');
}

/* f'(z); for softmax entry (j, m): r_j (delta_jm - r_m) */
static struct expr *build_slope(const struct model *model, const struct quantity *q) {
    const struct activation *activation = model->network.layers[q->layer].activation;
    if (activation->layer) {
        return times(
            at(QUANTITY_R, q->layer, q->i),
            expr_binary(EXPR_SUBTRACT, expr_delta(q->i, q->j), at(QUANTITY_R, q->layer, q->j)));
    }
    struct formula f = layer_formula(model, q->layer, q->i);
    return formula_read(activation->slope_formula, &f, 'm');
}

/* How the engine came to the sample's numbers: NULL only where memory is short. For
 * a letter, as it came to the present sample's. */
static struct pass flags_of(const struct model *model, const struct quantity *q) {
    const struct pass *pass = quantity_pass(model, q);
    return pass ? *pass : model->pass;
}

/* F3 */
static struct expr *build_C(const struct model *model, const struct quantity *q) {
    struct formula f = layer_formula(model, model->network.K, -'j');
    const struct pairing *pairing =
        flags_of(model, q).rescued ? network_pairing(&model->network) : NULL;
    return formula_read(pairing ? pairing->formula : model->network.cost->formula, &f, 'j');
}

/* B2: dC/dr(k)_i = sum_j dC/dz(k+1)_j W(k)_ij */
static struct expr *build_sum_back(const struct model *model, size_t k, int64_t i) {
    return expr_sum_over('j', model->network.layers[k + 1].n,
                         times(at(QUANTITY_DZ, k + 1, -'j'), at2(QUANTITY_W, k, i, -'j')));
}

/* B0 in the last layer, B2 before it */
static struct expr *build_dr(const struct model *model, const struct quantity *q) {
    if (q->layer < model->network.K) {
        return build_sum_back(model, q->layer, q->i);
    }
    struct formula f = layer_formula(model, q->layer, q->i);
    return formula_read(model->network.cost->slope_formula, &f, 'j');
}

/* B1, in the form that the engine used: the pairing's, the softmax's, merged
 * with B2 (combine), or dC/dr f'(z). */
static struct expr *build_dz(const struct model *model, const struct quantity *q) {
    const struct network *network = &model->network;
    struct formula f = layer_formula(model, q->layer, q->i);
    if (q->layer == network->K && flags_of(model, q).collapsed) {
        return formula_read(network_pairing(&model->network)->slope_formula, &f, 'm');
    }
    if (network->layers[q->layer].activation->layer) {
        struct expr *sum = expr_sum_over(
            'm', f.n, times(at(QUANTITY_DR, q->layer, -'m'), at(QUANTITY_R, q->layer, -'m')));
        return times(at(QUANTITY_R, q->layer, q->i),
                     expr_binary(EXPR_SUBTRACT, at(QUANTITY_DR, q->layer, q->i), sum));
    }
    if (network->combine && q->layer < network->K) {
        return times(at(QUANTITY_SLOPE, q->layer, q->i), build_sum_back(model, q->layer, q->i));
    }
    return times(at(QUANTITY_DR, q->layer, q->i), at(QUANTITY_SLOPE, q->layer, q->i));
}

/* B3: dC/dW(k)_ij = dC/dz(k+1)_j r(k)_i */
static struct expr *build_dW(const struct model *model, const struct quantity *q) {
    (void)model;
    return times(at(QUANTITY_DZ, q->layer + 1, q->j), at(QUANTITY_R, q->layer, q->i));
}

/* dC/db(k)_j = dC/dz(k+1)_j */
static struct expr *build_db(const struct model *model, const struct quantity *q) {
    (void)model;
    return at(QUANTITY_DZ, q->layer + 1, q->i);
}

/* sum_s dC_s/dW(k)_ij / m over the batch; for one sample the gradient itself */
static struct expr *build_g(const struct model *model, const struct quantity *q) {
    struct quantity d = *q;
    d.kind = q->kind == QUANTITY_GW ? QUANTITY_DW : QUANTITY_DB;
    if (!model_batched(model)) {
        return expr_quantity(d);
    }
    d.sample = -'s';
    return expr_binary(EXPR_DIVIDE, expr_sum_over('s', feed_batch(&model->feed), expr_quantity(d)),
                       expr_quantity((struct quantity){.kind = QUANTITY_BATCH}));
}

/* sum_n C_n / N over the training rows, or the held-out ones; C without data */
static struct expr *build_mean_C(const struct model *model, const struct quantity *q) {
    struct quantity C = {.kind = QUANTITY_C};
    if (!model->feed.data) {
        return expr_quantity(C);
    }
    bool training = q->kind == QUANTITY_MEAN_C;
    size_t count = training ? model->feed.training : feed_held(&model->feed);
    char letter = training ? 'n' : 'v';
    C.sample = -letter;
    return expr_binary(EXPR_DIVIDE, expr_sum_over(letter, count, expr_quantity(C)),
                       expr_number((double)count));
}

static struct expr *square_sum(enum quantity_kind kind, size_t layer) {
    struct expr *args[] = {
        expr_binary(EXPR_POWER, expr_quantity((struct quantity){.kind = kind, .layer = layer}),
                    expr_number(2))};
    return expr_call(function_named("sum", 3), args, 1);
}

/* Many terms as one list, a few as a chain of additions: a tree as deep as the
 * network would be too deep to walk. Both are summed left to right. */
static struct expr *sum_of(struct expr *terms[], size_t count) {
    enum { CHAIN_MAX = 16 };
    if (count == 0) {
        return expr_number(0);
    }
    if (count > CHAIN_MAX) {
        struct expr *list[] = {expr_list(terms, 1, count)};
        return expr_call(function_named("sum", 3), list, 1);
    }
    struct expr *total = terms[0];
    for (size_t n = 1; n < count; n++) {
        total = expr_binary(EXPR_ADD, total, terms[n]);
    }
    return total;
}

/* sqrt(sum_k (sum_ij gW(k)_ij^2 + sum_j gb(k)_j^2)), over what is not frozen */
static struct expr *build_gnorm(const struct model *model, const struct quantity *q) {
    (void)q;
    const struct network *network = &model->network;
    struct expr **terms = memory_array(2 * network->K, sizeof *terms);
    if (!terms) {
        return NULL;
    }
    size_t count = 0;
    for (size_t k = 0; k < network->K; k++) {
        if (!network->layers[k].frozen) {
            terms[count++] = square_sum(QUANTITY_GW, k);
        }
        if (network->bias && !network->freeze_bias) {
            terms[count++] = square_sum(QUANTITY_GB, k);
        }
    }
    struct expr *args[] = {sum_of(terms, count)};
    free(terms);
    return expr_call(function_named("sqrt", 4), args, 1);
}

/* ---- the update ---- */

/* U: the new W or b, or a moment that leads to it */
static struct expr *build_next(const struct model *model, const struct quantity *q) {
    const struct rule *rule = model->optimizer.rule;
    struct quantity parameter = *q;
    parameter.next = false;
    size_t moment = quantity_moment(model, q->kind);
    bool is_moment = moment < rule->moments;
    parameter.kind = quantity_is_bias(q->kind) ? QUANTITY_B : QUANTITY_W;
    bool frozen = parameter.kind == QUANTITY_B ? model->network.freeze_bias || !model->network.bias
                                               : model->network.layers[q->layer].frozen;
    if (frozen) {
        struct quantity same = *q;
        same.next = false;
        return expr_quantity(same);
    }
    struct formula f = {.model = model, .parameter = &parameter, .old_moments = is_moment};
    return formula_read(is_moment ? rule->moment_formula[moment] : rule->formula, &f, '\0');
}

/* ---- from a quantity to its builder ---- */

struct definition {
    enum law law;
    struct expr *(*build)(const struct model *model, const struct quantity *q);
};

static const struct definition definitions[QUANTITY_KINDS] = {
    [QUANTITY_Z] = {LAW_F1, build_z},
    [QUANTITY_R] = {LAW_F2, build_r},
    [QUANTITY_C] = {LAW_F3, build_C},
    [QUANTITY_MEAN_C] = {LAW_NONE, build_mean_C},
    [QUANTITY_SLOPE] = {LAW_NONE, build_slope},
    [QUANTITY_DR] = {LAW_B2, build_dr},
    [QUANTITY_DZ] = {LAW_B1, build_dz},
    [QUANTITY_DW] = {LAW_B3, build_dW},
    [QUANTITY_DB] = {LAW_B3, build_db},
    [QUANTITY_GW] = {LAW_NONE, build_g},
    [QUANTITY_VALID_C] = {LAW_NONE, build_mean_C},
    [QUANTITY_GB] = {LAW_NONE, build_g},
    [QUANTITY_GNORM] = {LAW_NONE, build_gnorm},
};

static const struct definition *definition_of(const struct quantity *q) {
    static const struct definition update = {LAW_U, build_next};
    if (q->next) {
        return &update;
    }
    if (q->kind == QUANTITY_R && q->layer == 0) {
        return NULL;
    }
    return definitions[q->kind].build ? &definitions[q->kind] : NULL;
}

enum status equation_open(struct equation *equation, const struct model *model,
                          struct quantity target, struct error *error) {
    const struct definition *definition = definition_of(&target);
    if (!definition) {
        struct text name = TEXT_EMPTY;
        if (target.i < 0) { /* all of it, without the book's letters */
            target.i = target.j = 0;
        }
        quantity_name(&name, &target);
        enum status status =
            error_set(error, STATUS_INPUT, "'%s' is given, not computed: it has no equation",
                      text_string(&name));
        text_free(&name);
        return status;
    }
    equation->target = target;
    equation->law = definition->law;
    if (target.kind == QUANTITY_DR && target.layer == model->network.K) {
        equation->law = LAW_B0;
    }
    equation->right = definition->build(model, &target);
    if (equation->right && target.sample != 0) {
        expr_set_sample(equation->right, target.sample);
    }
    return equation->right ? STATUS_OK : error_memory(error);
}

void equation_close(struct equation *equation) {
    expr_free(equation->right);
    equation->right = NULL;
}

bool equation_slope(const struct equation *equation, const struct model *model,
                    struct quantity *slope) {
    const struct expr *right = equation->right;
    for (size_t n = 0; equation->target.kind == QUANTITY_DZ && n < right->arg_count; n++) {
        const struct expr *factor = right->args[n];
        if (factor->op == EXPR_QUANTITY && factor->quantity.kind == QUANTITY_SLOPE) {
            *slope = factor->quantity;
            return !model->network.layers[slope->layer].activation->step;
        }
    }
    return false;
}

struct quantity quantity_generic(const struct model *model, struct quantity q) {
    int rank = quantity_rank(model, &q);
    /* merged (combine), B1 contains B2's sum over j, so its own letter is i */
    bool hidden = q.layer < model->network.K;
    bool from_side =
        hidden && (q.kind == QUANTITY_DR || (q.kind == QUANTITY_DZ && model->network.combine));
    if (rank == 2) {
        bool square = q.kind == QUANTITY_SLOPE;
        q.i = square ? -'j' : -'i';
        q.j = square ? -'m' : -'j';
    } else if (rank == 1) {
        q.i = from_side ? -'i' : -'j';
        q.j = 0;
    }
    return q;
}

enum status equation_value(const struct equation *equation, struct model *model, double *value,
                           struct error *error) {
    struct scope scope = {.model = model};
    struct value result;
    enum status status = expr_evaluate(equation->right, &scope, &result, error);
    if (status == STATUS_OK) {
        *value = value_at(&result, 0);
        value_free(&result);
    }
    return status;
}
