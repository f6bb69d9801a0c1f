/*
 * expr/why_zero.c - why a number is exactly zero, in words: the factor that is, and why
 * that one is.
 *
 *     ∂C/∂z⁽¹⁾₂ = 0: Step(z⁽¹⁾₂) = 0: z = −1.1 is negative
 */
#include <math.h>

#include "expr/why.h"
#include "net/activation.h"
#include "terms.h"

enum { LINKS = 3 }; /* of the chain */

struct zero {
    struct text *out;
    struct model *model;
    const struct print_options *options;
    int links; /* that may still be told */
};

static void tell_quantity(struct zero *zero, const struct quantity *q);

/* f(z) or its slope is 0: what z is. */
static void tell_z(struct zero *zero, const struct quantity *q, bool bends) {
    struct quantity z = *q;
    z.kind = QUANTITY_Z;
    z.j = 0;
    double value = quantity_value(zero->model, &z);
    if (value == 0) {
        text_put(zero->out, q->kind == QUANTITY_SLOPE ? "z is 0, and step0 too" : "z is 0");
        return;
    }
    text_put(zero->out, "z = ");
    number_print(zero->out, value, zero->options);
    text_put(zero->out, bends && value < 0 ? " is negative" : " is too far out");
}

static double value_of(const struct zero *zero, const struct expr *expr) {
    struct scope scope = {.model = zero->model};
    return expr_scalar(expr, &scope);
}

/* Are all terms of a sum 0? */
static bool all_zero(const struct zero *zero, const struct expr *sum) {
    struct scope scope = {.model = zero->model};
    for (size_t n = 1; n <= sum->count; n++) {
        const struct expr *term = term_of(sum, n, &scope);
        if (expr_scalar(term, &scope) != 0) {
            return false;
        }
    }
    return true;
}

static void tell(struct zero *zero, const struct expr *expr) {
    struct expr *const *args = expr->args;
    switch (expr->op) {
    case EXPR_QUANTITY: tell_quantity(zero, &expr->quantity); return;
    case EXPR_NEGATE:
    case EXPR_DIVIDE: tell(zero, args[0]); return;
    case EXPR_MULTIPLY:
        if (value_of(zero, args[1]) == 0) {
            tell(zero, args[1]);
        } else if (value_of(zero, args[0]) == 0) {
            tell(zero, args[0]);
        } else {
            text_put(zero->out, "the product is too small for a double");
        }
        return;
    case EXPR_SUM_OVER:
        text_put(zero->out, all_zero(zero, expr) ? "every term is 0" : "the terms cancel");
        return;
    case EXPR_ADD:
        if (value_of(zero, args[0]) != 0) {
            text_put(zero->out, "the terms cancel");
        } else if (args[0]->op == EXPR_SUM_OVER) { /* and the bias is 0 */
            tell(zero, args[0]);
        } else {
            text_put(zero->out, "every term is 0");
        }
        return;
    case EXPR_SUBTRACT:
        text_put(zero->out, value_of(zero, args[0]) == 0 ? "both are 0" : "the two are equal");
        return;
    default: return;
    }
}

static void tell_cause(struct zero *zero, const struct quantity *q) {
    const struct activation *f = zero->model->network.layers[q->layer].activation;
    struct equation equation;
    if (q->kind == QUANTITY_SLOPE && !f->layer) {
        tell_z(zero, q, f->step);
    } else if (q->kind == QUANTITY_R && q->layer > 0) {
        tell_z(zero, q, f->bend == BEND_RELU);
    } else if (equation_open(&equation, zero->model, *q, NULL) == STATUS_OK) {
        if (!why_takes_long(zero->model, equation.right)) {
            tell(zero, equation.right);
        }
        equation_close(&equation);
    }
}

/* "Step(z⁽¹⁾₂) = 0", and on to its own cause. */
static void tell_quantity(struct zero *zero, const struct quantity *q) {
    quantity_symbol(zero->out, q, zero->options);
    text_put(zero->out, " = 0");
    if (zero->links-- > 1) {
        size_t length = zero->out->length;
        text_put(zero->out, ": ");
        size_t with_colon = zero->out->length;
        tell_cause(zero, q);
        text_cut(zero->out, zero->out->length > with_colon ? zero->out->length : length);
    }
}

void why_zero(struct text *out, struct model *model, const struct quantity *q,
              const struct print_options *options) {
    struct zero zero = {out, model, options, LINKS};
    bool element = q->i > 0 || quantity_rank(model, q) == 0;
    if (element && quantity_value(model, q) == 0) {
        tell_cause(&zero, q);
    }
}
