/*
 * expr/derivation.h - how an equation comes about, line by line, where it does not
 * stand in the book of rules: the slope of a cost, and what B0 and B1 collapse to
 * where the cost and the last activation pair. From the tables in net/cost.c.
 */
#ifndef BACKSTEP_EXPR_DERIVATION_H
#define BACKSTEP_EXPR_DERIVATION_H

#include "expr/print.h"

/* `from` has the slope `to`; or, with only one of them, that is what is meant. Both
 * are owned. */
struct derivation {
    struct expr *from, *to;
    const char *reason;
};

/* How many lines tell how dr of the last layer, or its dz, comes about; 0 for every
 * other quantity. Indices may be letters. */
size_t derivation_lines(const struct model *model, const struct quantity *q);

/* Line `n`, from 0. */
enum status derivation_open(struct derivation *line, const struct model *model,
                            const struct quantity *q, size_t n);
void derivation_close(struct derivation *line);

/* "0.5 · y₁² → 0", "= r⁽²⁾₁ − y₁": without its reason. */
void derivation_print(const struct derivation *line, const struct print_options *options,
                      print_span emit, void *context);

#endif
