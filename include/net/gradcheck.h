/*
 * net/gradcheck.h - every gradient of the present sample against central
 * differences of the cost.
 *
 *   dC/dw ~ (C(w + h) - C(w - h)) / 2h,     h = cbrt(2^-52) max(1, |w|)
 *
 * with 2h as it came out of the rounding of w + h and w - h. Where a neuron's z
 * crosses 0 between the two, and its activation has a kink there, the difference
 * says nothing: such a gradient is counted apart, with the place of the kink.
 */
#ifndef BACKSTEP_NET_GRADCHECK_H
#define BACKSTEP_NET_GRADCHECK_H

#include "net/model.h"

/* A larger relative error is a failure. */
#define GRADCHECK_TOLERANCE 1e-5

enum gradcheck_kind { GRADCHECK_W, GRADCHECK_B, GRADCHECK_X };

/* One gradient: dW(layer)_ij, db(layer)_j or dx_i. Indices from 1; 0 where there is
 * none. */
struct gradcheck_entry {
    enum gradcheck_kind kind;
    size_t layer, i, j;
    double analytic; /* what the backward pass says */
    double numeric;  /* what the difference says */
    double error;    /* |analytic - numeric| / max(|analytic|, |numeric|, 1e-5 max(1, |C|)):
                      * the last keeps the rounding of C out of it. Infinite where either
                      * is not finite */
};

/* A kink within h of a parameter. */
struct gradcheck_kink {
    struct gradcheck_entry entry;
    size_t layer, j;      /* the neuron whose z crosses 0, from 1: the first in the forward pass */
    double z_low, z_high; /* its z at w - h and at w + h */
    double left, right;   /* the slopes of C on both sides: (C - C(w-h))/h, (C(w+h) - C)/h */
    bool several;         /* other neurons cross 0 too: then the gradient need not lie between */
    bool explained;       /* it lies between them (within the tolerance), or there are several */
};

struct gradcheck {
    size_t gradients;             /* that there are: dW, db where bias is on, dx */
    size_t checked;               /* compared, without those at a kink */
    size_t failed;                /* of them: with an error above the tolerance */
    struct gradcheck_entry worst; /* of them: the largest error; only where checked > 0 */
    size_t kinks;                 /* left out: a kink within h */
    size_t unexplained;           /* of those: whose gradient is not between the slopes */
    struct gradcheck_kink kink;   /* the first of them, unexplained before explained */
};

/* Check all gradients, or, where `count` is neither 0 nor more than there are, as
 * many, chosen by the seed. The model must be fresh; its pass gives the analytic
 * values. `stop`, which may be NULL, is asked now and then: what is left then is not
 * looked at. STATUS_INPUT where C itself is not finite. */
enum status model_gradcheck(const struct model *model, size_t count, uint64_t seed,
                            bool (*stop)(void *context), void *context, struct gradcheck *result,
                            struct error *error);

#endif
