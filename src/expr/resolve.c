/*
 * expr/resolve.c - putting equations into each other.
 */
#include "expr/resolve.h"

#include <stdlib.h>

#include "base/memory.h"
#include "net/activation.h"

struct resolver {
    struct scope scope; /* what the letters of the sums around stand for */
    size_t left;        /* nodes that may still be made */
};

static struct expr *resolved(struct resolver *r, const struct expr *expr, size_t depth);

/* One node fewer may be made; false where none may. */
static bool spend(struct resolver *r) {
    bool enough = r->left > 0;
    r->left -= enough;
    return enough;
}

/* Does its equation say more than its name? Step(z)'s only spells the cases out. */
static bool opens(const struct model *model, const struct quantity *q) {
    bool element = q->i > 0 || quantity_rank(model, q) == 0;
    return element &&
           !(q->kind == QUANTITY_SLOPE && model->network.layers[q->layer].activation->step);
}

static struct expr *resolve_quantity(struct resolver *r, const struct expr *expr, size_t depth) {
    struct quantity q = scope_bind(&r->scope, expr->quantity);
    struct equation equation;
    if (depth == 0 || !opens(r->scope.model, &q) ||
        equation_open(&equation, r->scope.model, q, NULL) != STATUS_OK) {
        return expr_quantity(q);
    }
    struct scope outside = r->scope; /* the letters of that equation are its own */
    r->scope = (struct scope){.model = outside.model};
    struct expr *result = resolved(r, equation.right, depth - 1);
    r->scope = outside;
    equation_close(&equation);
    return result;
}

/* The sum written out, term by term. */
static struct expr *resolve_sum(struct resolver *r, const struct expr *sum, size_t depth) {
    int64_t *letter = scope_letter(&r->scope, sum->letter), before = *letter;
    if (sum->count > r->left) {
        r->left = 0;
        return NULL;
    }
    struct expr **terms = memory_array(sum->count, sizeof *terms);
    if (!terms) {
        return NULL;
    }
    for (size_t n = 0; n < sum->count; n++) {
        *letter = expr_sum_index(sum, r->scope.model, n + 1);
        terms[n] = r->left > 0 ? resolved(r, sum->args[0], depth) : NULL;
    }
    *letter = before;
    struct expr *result = expr_terms(terms, sum->count);
    free(terms);
    return result;
}

/* A node of the same kind over resolved arguments. */
static struct expr *resolve_node(struct resolver *r, const struct expr *expr, size_t depth) {
    struct expr *args[3] = {NULL};
    for (size_t n = 0; n < expr->arg_count; n++) {
        args[n] = resolved(r, expr->args[n], depth);
    }
    switch (expr->op) {
    case EXPR_NUMBER: return expr_number(expr->number);
    case EXPR_DELTA: {
        struct quantity q = scope_bind(&r->scope, expr->quantity);
        return expr_number(q.i == q.j);
    }
    case EXPR_CALL: return expr_call(expr->function, args, expr->arg_count);
    case EXPR_NEGATE:
    case EXPR_TRANSPOSE: return expr_unary(expr->op, args[0]);
    default: return expr_binary(expr->op, args[0], args[1]);
    }
}

/* Many arguments: a list, as the norm of the whole gradient has, or a sum written out. */
static struct expr *resolve_many(struct resolver *r, const struct expr *many, size_t depth) {
    struct expr **args = memory_array(many->arg_count, sizeof *args);
    if (!args) {
        return NULL;
    }
    for (size_t n = 0; n < many->arg_count; n++) {
        args[n] = resolved(r, many->args[n], depth);
    }
    struct expr *result = many->op == EXPR_LIST ? expr_list(args, many->rows, many->cols)
                                                : expr_terms(args, many->arg_count);
    free(args);
    return result;
}

/* NULL where memory is short, or no node is left. */
static struct expr *resolved(struct resolver *r, const struct expr *expr, size_t depth) {
    if (!spend(r)) {
        return NULL;
    }
    switch (expr->op) {
    case EXPR_QUANTITY: return resolve_quantity(r, expr, depth);
    case EXPR_SUM_OVER: return resolve_sum(r, expr, depth);
    case EXPR_LIST:
    case EXPR_TERMS: return resolve_many(r, expr, depth);
    default: return resolve_node(r, expr, depth);
    }
}

enum status equation_resolve(struct equation *equation, struct model *model, size_t depth,
                             struct error *error) {
    struct resolver r = {.scope = {.model = model}, .left = RESOLVE_NODES_MOST};
    struct expr *right = resolved(&r, equation->right, depth);
    bool high = right && right->height > EXPR_HEIGHT_MAX;
    if (high || (!right && r.left == 0)) {
        expr_free(right);
        return error_set(
            error, STATUS_INPUT,
            "resolved so far the formula has more than %d %s: a smaller DEPTH is right",
            high ? EXPR_HEIGHT_MAX : RESOLVE_NODES_MOST,
            high ? "parts within each other" : "parts");
    }
    if (!right) {
        return error_memory(error);
    }
    expr_free(equation->right);
    equation->right = right;
    return STATUS_OK;
}
