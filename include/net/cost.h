/*
 * net/cost.h - the table of costs, and the pairs of cost and activation whose
 * first two backward equations collapse into one.
 *
 * A formula may use y and r (this output's), z, n (how many outputs), Z (the z
 * of the whole last layer) and sum(...) over the outputs. How a slope comes about is
 * told in formulas too, so that a test can work them out. Source: equations.md,
 * section 7.
 */
#ifndef BACKSTEP_NET_COST_H
#define BACKSTEP_NET_COST_H

#include <stdbool.h>
#include <stddef.h>

struct activation;

/* One term of what a cost makes of one output, and its derivative by r. */
struct cost_term {
    const char *formula, *slope;
    const char *reason; /* a few words */
};

/* One rewriting on the way to a shorter equation: each has the value of the one before. */
struct cost_step {
    const char *formula;
    const char *reason;
    bool unit_targets; /* holds only where the targets sum to 1 */
};

enum { COST_TERMS_MOST = 4, COST_STEPS_MOST = 6 };

struct cost {
    const char *name; /* at the prompt: "half-squared" */
    const char *help;
    const char *formula;                     /* C, as computed */
    const char *slope_formula;               /* dC/dr_j, as computed */
    const char *opened;                      /* the one term of C that knows r_j, multiplied out */
    struct cost_term terms[COST_TERMS_MOST]; /* its terms; up to the first without a formula */
    const char *torch;                       /* C in Python, of PyTorch's tensors y and r */
    double (*value)(size_t n, const double *y, const double *r);
    double (*slope)(size_t n, double y, double r);
    /* Why C is not finite at such an output, "ln 0"; NULL where it is. NULL for a cost that is
     * finite everywhere, unless it is too large. */
    const char *(*breaks)(double r);
};

/* Row `index`, NULL past the end. The first row is the default. */
const struct cost *cost_at(size_t index);

/* Where a cost and the last layer's activation pair: dC/dz without the detour
 * over dC/dr, and the cost from z. Both are finite where the long way is not. */
struct pairing {
    const char *cost;
    const char *activation;
    const char *formula;                     /* C from z and y */
    const char *slope_formula;               /* dC/dz_j */
    struct cost_step steps[COST_STEPS_MOST]; /* how it comes out of B0 and B1 */
    const char *torch;                       /* C in Python, of PyTorch's tensors y and z */
    double (*value)(size_t n, const double *y, const double *z);
    void (*slope)(size_t n, const double *y, const double *r, double *dz);
};

/* The row for this pair, NULL if these two do not pair. */
const struct pairing *pairing_of(const struct cost *cost, const struct activation *activation);

/* x ln y, and 0 where x is 0, whatever y is. */
double cost_xlogy(double x, double y);

/* ln sum_m e^(z_m), shifted by the largest z so that nothing overflows. */
double cost_logsumexp(size_t n, const double *z);

#endif
