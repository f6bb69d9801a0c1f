/*
 * expr/tree.c - building and freeing expression trees.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "expr/expr.h"

void expr_free(struct expr *expr) {
    if (expr) {
        for (size_t i = 0; i < expr->arg_count; i++) {
            expr_free(expr->args[i]);
        }
        free(expr->args);
        free(expr);
    }
}

/* A node with these arguments; all of them freed, and NULL, where one is NULL or
 * memory is short. */
static struct expr *node(enum expr_op op, struct expr *args[], size_t count) {
    struct expr *expr = memory_array(1, sizeof *expr);
    bool good = expr != NULL;
    if (good && count > 0) {
        expr->args = memory_array(count, sizeof *expr->args);
        good = expr->args != NULL;
    }
    for (size_t i = 0; i < count; i++) {
        good = good && args[i];
    }
    if (!good) {
        for (size_t i = 0; i < count; i++) {
            expr_free(args[i]);
        }
        if (expr) {
            free(expr->args);
        }
        free(expr);
        return NULL;
    }
    expr->op = op;
    expr->arg_count = count;
    for (size_t i = 0; i < count; i++) {
        expr->args[i] = args[i];
        expr->height = args[i]->height > expr->height ? args[i]->height : expr->height;
    }
    expr->height++;
    return expr;
}

void expr_set_sample(struct expr *expr, int64_t sample) {
    if (expr->op == EXPR_QUANTITY && quantity_of_sample(expr->quantity.kind)) {
        expr->quantity.sample = sample;
    }
    for (size_t i = 0; i < expr->arg_count; i++) {
        expr_set_sample(expr->args[i], sample);
    }
}

struct expr *expr_number(double value) {
    struct expr *expr = node(EXPR_NUMBER, NULL, 0);
    if (expr) {
        expr->number = value;
    }
    return expr;
}

struct expr *expr_quantity(struct quantity q) {
    struct expr *expr = node(EXPR_QUANTITY, NULL, 0);
    if (expr) {
        expr->quantity = q;
    }
    return expr;
}

struct expr *expr_delta(int64_t i, int64_t j) {
    struct expr *expr = node(EXPR_DELTA, NULL, 0);
    if (expr) {
        expr->quantity.i = i;
        expr->quantity.j = j;
    }
    return expr;
}

struct expr *expr_unary(enum expr_op op, struct expr *a) {
    return node(op, (struct expr *[]){a}, 1);
}

struct expr *expr_binary(enum expr_op op, struct expr *a, struct expr *b) {
    return node(op, (struct expr *[]){a, b}, 2);
}

struct expr *expr_sum_over(char letter, size_t count, struct expr *body) {
    struct expr *expr = node(EXPR_SUM_OVER, (struct expr *[]){body}, 1);
    if (expr) {
        expr->letter = letter;
        expr->count = count;
    }
    return expr;
}

struct expr *expr_terms(struct expr *terms[], size_t count) {
    return node(EXPR_TERMS, terms, count);
}

struct expr *expr_call(const struct function *function, struct expr *args[], size_t count) {
    struct expr *expr = node(EXPR_CALL, args, count);
    if (expr) {
        expr->function = function;
    }
    return expr;
}

struct expr *expr_list(struct expr *args[], size_t rows, size_t cols) {
    struct expr *expr = node(EXPR_LIST, args, rows * cols);
    if (expr) {
        expr->rows = rows;
        expr->cols = cols;
    }
    return expr;
}
