/*
 * expr/formula.h - reading the formulas that stand in the tables of net/: what
 * their letters mean is said there, by activation.h, cost.h and optimizer.h.
 */
#ifndef BACKSTEP_EXPR_FORMULA_H
#define BACKSTEP_EXPR_FORMULA_H

#include "expr/expr.h"

/* What the letters of a formula stand for. */
struct formula {
    const struct model *model;
    size_t layer;                     /* of z, r and Z */
    int64_t index;                    /* of z, r, y: the element, or a letter inside sum(...) */
    size_t n;                         /* neurons of the layer */
    const struct quantity *parameter; /* of W, g and the moments; NULL in formulas without */
    bool old_moments;                 /* the moment's own formula: its letter is the value before */
};

/* The tree of a formula; NULL where memory is short. sum(...) runs over
 * `sum_letter`. */
struct expr *formula_read(const char *source, struct formula *f, char sum_letter);

#endif
