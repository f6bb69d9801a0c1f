/*
 * expr/terms.h - the terms of a long sum, the largest first. Private to expr/.
 */
#ifndef BACKSTEP_SRC_EXPR_TERMS_H
#define BACKSTEP_SRC_EXPR_TERMS_H

#include "expr/expr.h"

struct term {
    size_t index; /* from 1 */
    double value;
};

/* How many terms a sum over a letter, or a list, has. */
size_t terms_count(const struct expr *sum);

/* Term `index` of it: its tree, and the letter put into `scope`. */
const struct expr *term_of(const struct expr *sum, size_t index, struct scope *scope);

/* All of them with their values, the largest first; the caller frees them. NULL when memory
 * is short. */
struct term *terms_open(const struct expr *sum, const struct scope *scope);

/* The largest first, what is no number before all others; of equal ones the first. */
void terms_sort(struct term *terms, size_t count);

/* In the order of their index again. */
void terms_order(struct term *terms, size_t count);

/* The terms from `from` on as a sum of their own: from left to right, as every sum is; so
 * they are put in order. */
double terms_rest(struct term *terms, size_t from, size_t count);

#endif
