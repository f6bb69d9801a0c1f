/*
 * expr/resolve.h - an equation resolved further: the equations of its quantities put
 * in for them, and of theirs, down to inputs and weights.
 *
 * dC/dW(0)_12 = dC/dz(1)_2 x_1 becomes (dC/dr(1)_2 Step(z(1)_2)) x_1 and so on. Sums are
 * written out, in their own order, so that what is resolved evaluates to the same bits
 * as the engine. Source: equations.md, section 10.5.
 */
#ifndef BACKSTEP_EXPR_RESOLVE_H
#define BACKSTEP_EXPR_RESOLVE_H

#include "expr/equation.h"

enum {
    RESOLVE_ALL = 1000,        /* a depth that is never reached */
    RESOLVE_NODES_MOST = 20000 /* of a resolved formula */
};

/* Put the equations of its quantities into the right side of an equation whose indices
 * are numbers, `depth` times: 0 only writes its sums out. Step(z) stays Step(z). A
 * formula that gets too long is refused; then the equation is as it was. */
enum status equation_resolve(struct equation *equation, struct model *model, size_t depth,
                             struct error *error);

#endif
