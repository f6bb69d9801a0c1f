/*
 * expr/why.h - why a number is what it is: the tree of equations from it back to
 * inputs and weights, opened level by level.
 *
 * The tree is a list of rows from top to bottom, as it is drawn. A row that is opened
 * has its children behind it, one level deeper: the quantities that its equation
 * names, of a long sum those of the largest terms first. A tree knows names only;
 * values are asked of the model, which must be the same (or another of the same shape
 * and settings) in every call. What gives a value away is this: a quiz asks here too.
 */
#ifndef BACKSTEP_EXPR_WHY_H
#define BACKSTEP_EXPR_WHY_H

#include "expr/print.h"

enum why_kind {
    WHY_ELEMENT, /* one number: computed, or given */
    WHY_WHOLE,   /* a whole vector or matrix, as a norm takes it */
    WHY_LINE,    /* line `n` of how the equation of `q` comes about: see derivation.h */
    WHY_MORE,    /* what is left of a sum (or a whole) after its `n` largest terms */
};

struct why_row {
    enum why_kind kind;
    struct quantity q; /* of a line, or of more: the row's above */
    size_t depth;      /* 0 for the first row */
    bool last;         /* no row of its own level follows beneath the same row */
    bool open;
    bool given; /* an input, a weight, a setting: nothing lies beneath */
    size_t n, count;
    double sum; /* of the `count` terms left; NaN where that would take too long */
};

struct why {
    struct why_row *rows;
    size_t count, capacity;
};

enum {
    WHY_TERMS = 8,        /* of a long sum, at first and with each WHY_MORE that is opened */
    WHY_ROWS_MOST = 4000, /* what opens by itself stops there */
    WHY_DEPTH = 2,        /* levels that are open at first */
    WHY_DEPTH_MOST = 64,  /* levels that open at once: `all` */
};

/* A tree of one row. `q` is one element, or a number, that is computed. */
enum status why_start(struct why *why, const struct quantity *q);
void why_close(struct why *why);

/* Open or close a row. Opening WHY_MORE shows the next terms in its place. A row with
 * nothing beneath stays as it is. */
enum status why_expand(struct why *why, struct model *model, size_t row);
void why_collapse(struct why *why, size_t row);
bool why_expandable(const struct why *why, size_t row);

/* Open `levels` levels beneath a row, but nothing twice: what is open elsewhere stays
 * closed here. */
enum status why_expand_levels(struct why *why, struct model *model, size_t row, size_t levels);

/* Open the first level beneath a row that is not open yet. */
enum status why_expand_next(struct why *why, struct model *model, size_t row);

/* Another row that is open for the same number; the row itself where none is. */
size_t why_seen(const struct why *why, size_t row);

/* The row that this one stands beneath; itself for the first. */
size_t why_parent(const struct why *why, size_t row);

/* The row at this depth that `row` stands beneath, or that it is. */
size_t why_ancestor(const struct why *why, size_t row, size_t depth);

/* Would the value of an equation take a pass over each of very many samples? */
bool why_takes_long(const struct model *model, const struct expr *expr);

/* ---- rows as text ---- */

enum why_form {
    WHY_VALUE,   /* "z⁽¹⁾₁ = 0.3" */
    WHY_NUMBERS, /* "z⁽¹⁾₁ = 0.5 · 1 + 0.1 · (−2) = 0.3" */
    WHY_FULL,    /* and the symbols before the numbers */
};

/* One row. In `options` numbers, expand and most_terms are chosen here. */
void why_print(const struct why *why, struct model *model, size_t row, enum why_form form,
               const struct print_options *options, print_span emit, void *context);

/* A few words beside it: what it is, where it is open already, why it is zero:
 * "Step(z⁽¹⁾₂) = 0: z = −1.1 is negative". Empty where there is nothing to say. */
void why_remark(struct text *out, const struct why *why, struct model *model, size_t row,
                const struct print_options *options);

/* Why this number is exactly 0; empty where it is not, or is given. */
void why_zero(struct text *out, struct model *model, const struct quantity *q,
              const struct print_options *options);

/* The whole tree as lines, with branches before them. */
void why_print_text(struct text *out, const struct why *why, struct model *model,
                    const struct print_options *options);

#endif
