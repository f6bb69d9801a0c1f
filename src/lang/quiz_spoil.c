/*
 * lang/quiz_spoil.c - the edits that put something wrong into an equation: each changes
 * the nodes of its tree that it is meant for, and leaves the others.
 */
#include "quiz_spoil.h"

#include <stdlib.h>

#include "expr/equation.h"

enum { TERMS_MOST = 256 };

static bool spoil_all(struct doubt *doubt, struct expr *expr, spoil edit, size_t n) {
    bool spoilt = false; /* from below: an edit may take the node's arguments away */
    for (size_t i = 0; i < expr->arg_count; i++) {
        spoilt = spoil_all(doubt, expr->args[i], edit, n) || spoilt;
    }
    return edit(doubt, expr, n) || spoilt;
}

bool spoil_value(struct doubt *doubt, spoil edit, size_t n, double *value) {
    struct equation equation;
    if (equation_open(&equation, doubt->model, doubt->q, NULL) != STATUS_OK) {
        return false;
    }
    bool spoilt = spoil_all(doubt, equation.right, edit, n) &&
                  equation_value(&equation, doubt->model, value, NULL) == STATUS_OK;
    equation_close(&equation);
    return spoilt;
}

static void become_number(struct expr *node, double value) {
    for (size_t i = 0; i < node->arg_count; i++) {
        expr_free(node->args[i]);
    }
    node->arg_count = 0;
    node->op = EXPR_NUMBER;
    node->number = value;
}

/* The node becomes its own argument `which`. */
static void become_argument(struct expr *node, size_t which) {
    struct expr *kept = node->args[which], **args = node->args;
    for (size_t i = 0; i < node->arg_count; i++) {
        if (i != which) {
            expr_free(args[i]);
        }
    }
    *node = *kept;
    free(kept);
    free(args);
}

static bool is_quantity(const struct expr *node, enum quantity_kind kind) {
    return node->op == EXPR_QUANTITY && node->quantity.kind == kind;
}

/* ---- the slope ---- */

bool spoil_drop_slope(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    if (n == 0 && is_quantity(node, QUANTITY_SLOPE)) {
        become_number(node, 1);
        return true;
    }
    if (n == 1 && is_quantity(node, QUANTITY_DZ)) { /* a layer up */
        node->quantity.kind = QUANTITY_DR;
        return true;
    }
    return false;
}

/* ---- operands taken for others ---- */

/* The largest that an index becomes. */
static int64_t bound_of(int64_t index, size_t count) {
    return index > 0 ? index : (int64_t)count;
}

bool spoil_transpose(struct doubt *doubt, struct expr *node, size_t n) {
    (void)n;
    if (!is_quantity(node, QUANTITY_W)) {
        return false;
    }
    struct quantity *q = &node->quantity;
    size_t rows, cols;
    quantity_shape(doubt->model, q, &rows, &cols);
    if (bound_of(q->j, cols) > (int64_t)rows || bound_of(q->i, rows) > (int64_t)cols) {
        return false;
    }
    int64_t i = q->i;
    q->i = q->j;
    q->j = i;
    return true;
}

bool spoil_take_z(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    (void)n;
    if (!is_quantity(node, QUANTITY_R) || node->quantity.layer == 0) {
        return false;
    }
    node->quantity.kind = QUANTITY_Z;
    return true;
}

bool spoil_take_r(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    (void)n;
    if (!is_quantity(node, QUANTITY_Z)) {
        return false;
    }
    node->quantity.kind = QUANTITY_R;
    return true;
}

/* ---- sums ---- */

static bool evaluate(const struct expr *expr, struct scope *scope, double *value) {
    struct value result;
    if (expr_evaluate(expr, scope, &result, NULL) != STATUS_OK) {
        return false;
    }
    *value = value_at(&result, 0);
    value_free(&result);
    return true;
}

/* Term n of a sum, whose letters are otherwise free. */
static bool term_of(const struct doubt *doubt, const struct expr *sum, size_t n, double *value) {
    struct scope scope = {.model = doubt->model};
    *scope_letter(&scope, sum->letter) = expr_sum_index(sum, doubt->model, n + 1);
    return evaluate(sum->args[0], &scope, value);
}

static bool is_sum(const struct expr *node, size_t n) {
    return node->op == EXPR_SUM_OVER && node->count > 1 && node->count <= TERMS_MOST &&
           n < node->count;
}

bool spoil_keep_term(struct doubt *doubt, struct expr *node, size_t n) {
    double value;
    if (!is_sum(node, n) || !term_of(doubt, node, n, &value)) {
        return false;
    }
    become_number(node, value);
    return true;
}

bool spoil_drop_term(struct doubt *doubt, struct expr *node, size_t n) {
    struct scope scope = {.model = doubt->model};
    double value, whole;
    if (!is_sum(node, n) || !term_of(doubt, node, n, &value) || !evaluate(node, &scope, &whole)) {
        return false;
    }
    become_number(node, whole - value);
    return true;
}

bool spoil_drop_bias(struct doubt *doubt, struct expr *node, size_t n) {
    (void)n;
    if (doubt->q.next || !is_quantity(node, QUANTITY_B)) {
        return false;
    }
    become_number(node, 0);
    return true;
}

/* ---- signs and factors ---- */

bool spoil_add_instead(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    (void)n;
    if (node->op != EXPR_SUBTRACT) {
        return false;
    }
    node->op = EXPR_ADD;
    return true;
}

/* Of a difference also with its sides exchanged, which the square had made equal. */
bool spoil_drop_square(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    if (node->op != EXPR_POWER || (n == 1 && node->args[0]->op != EXPR_SUBTRACT)) {
        return false;
    }
    become_argument(node, 0);
    if (n == 1) {
        struct expr *left = node->args[0];
        node->args[0] = node->args[1];
        node->args[1] = left;
    }
    return true;
}

bool spoil_drop_rate(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    (void)n;
    if (!is_quantity(node, QUANTITY_LR)) {
        return false;
    }
    become_number(node, 1);
    return true;
}

/* The second factor, or the first, of every product of two quantities. */
bool spoil_drop_factor(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    if (node->op != EXPR_MULTIPLY || node->args[0]->op == EXPR_NUMBER ||
        node->args[1]->op == EXPR_NUMBER) {
        return false;
    }
    become_argument(node, n);
    return true;
}
