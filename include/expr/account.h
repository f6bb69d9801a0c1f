/*
 * expr/account.h - an account of where a number comes from, as text: the tree of
 * equations behind it, its paths to the cost, or one formula with others put into it.
 *
 * It is told by what it is about, not by its words: they are made anew of whatever model
 * there is, so that what stands on a screen stays live.
 */
#ifndef BACKSTEP_EXPR_ACCOUNT_H
#define BACKSTEP_EXPR_ACCOUNT_H

#include "expr/print.h"

enum account_kind {
    ACCOUNT_NONE,
    ACCOUNT_TREE,     /* of one number: `depth` levels of its tree, see why.h */
    ACCOUNT_WHOLE,    /* of a vector or a matrix: its equation with letters */
    ACCOUNT_PATHS,    /* of a gradient: see paths.h */
    ACCOUNT_RESOLVED, /* of one number: its formula, `depth` times resolved: see resolve.h */
};

struct account {
    enum account_kind kind;
    struct quantity q;
    size_t depth;
};

/* The command that asks for such an account: "explain". */
const char *account_name(const struct account *account);

/* Is there what it is about? ACCOUNT_NONE is about nothing. */
bool account_fits(const struct account *account, const struct model *model);

/* Append it as lines. `options` says the model, the notation and the digits. What is
 * given and not computed, or gets too long, is an error. */
enum status account_print(struct text *out, const struct account *account,
                          const struct print_options *options, struct error *error);

#endif
