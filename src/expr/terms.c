/*
 * expr/terms.c - the terms of a long sum, the largest first.
 */
#include "terms.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

size_t terms_count(const struct expr *sum) {
    return sum->op == EXPR_LIST ? sum->arg_count : sum->count;
}

const struct expr *term_of(const struct expr *sum, size_t index, struct scope *scope) {
    if (sum->op == EXPR_LIST) {
        return sum->args[index - 1];
    }
    *scope_letter(scope, sum->letter) = expr_sum_index(sum, scope->model, index);
    return sum->args[0];
}

static double size_of(const struct term *term) {
    return isnan(term->value) ? INFINITY : fabs(term->value);
}

static int by_size(const void *a, const void *b) {
    const struct term *first = a, *second = b;
    double x = size_of(first), y = size_of(second);
    if (x != y) {
        return x < y ? 1 : -1;
    }
    return first->index > second->index ? 1 : -1;
}

void terms_sort(struct term *terms, size_t count) {
    qsort(terms, count, sizeof *terms, by_size);
}

struct term *terms_open(const struct expr *sum, const struct scope *scope) {
    size_t count = terms_count(sum);
    struct term *terms = memory_array(count, sizeof *terms);
    for (size_t n = 0; terms && n < count; n++) {
        struct scope inside = *scope;
        const struct expr *term = term_of(sum, n + 1, &inside);
        terms[n] = (struct term){n + 1, expr_scalar(term, &inside)};
    }
    if (terms) {
        terms_sort(terms, count);
    }
    return terms;
}

static int by_index(const void *a, const void *b) {
    const struct term *first = a, *second = b;
    return first->index > second->index ? 1 : -1;
}

void terms_order(struct term *terms, size_t count) {
    qsort(terms, count, sizeof *terms, by_index);
}

double terms_rest(struct term *terms, size_t from, size_t count) {
    double sum = 0;
    terms_order(terms + from, count - from);
    for (size_t n = from; n < count; n++) {
        sum += terms[n].value;
    }
    return sum;
}
