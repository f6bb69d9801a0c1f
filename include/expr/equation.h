/*
 * expr/equation.h - what defines a quantity, as an expression over others.
 *
 * What the program explains is printed from these, and a test evaluates them for
 * every quantity of random networks and compares with the engine: what is
 * explained is what was computed. Source: equations.md, sections 2, 3, 6, 7, 8.
 */
#ifndef BACKSTEP_EXPR_EQUATION_H
#define BACKSTEP_EXPR_EQUATION_H

#include "expr/expr.h"

enum law { LAW_F1, LAW_F2, LAW_F3, LAW_B0, LAW_B1, LAW_B2, LAW_B3, LAW_U, LAW_NONE };

struct law_row {
    const char *name;  /* "F1" */
    const char *title; /* what it does, in a few words */
    const char *pass;  /* "forward", "backward" or "update" */
};
const struct law_row *law_row(enum law law);

struct equation {
    enum law law; /* LAW_NONE for slopes, means and what else is off the walk */
    struct quantity target;
    struct expr *right; /* owned */
};

/* The equation of one element, indices given as numbers or as letters. Inputs,
 * targets, weights (unless `next`) and settings have none: an error says so. */
enum status equation_open(struct equation *equation, const struct model *model,
                          struct quantity target, struct error *error);
void equation_close(struct equation *equation);

/* The factor f'(z) of B1, which has an equation of its own. False where there is none, or it
 * is Step(z), whose name says all. */
bool equation_slope(const struct equation *equation, const struct model *model,
                    struct quantity *slope);

/* The quantity with its book's letters for indices: z1 -> z1[j], dr1 -> dr1[i]. */
struct quantity quantity_generic(const struct model *model, struct quantity q);

/* Evaluate the right side of an equation whose indices are numbers. */
enum status equation_value(const struct equation *equation, struct model *model, double *value,
                           struct error *error);

#endif
