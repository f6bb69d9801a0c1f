/*
 * net/fast.h - many updates in a row by plain SGD, without stopping to show one.
 *
 * What is shown of a step is not kept here: a sample's update is made while its
 * gradients go backward, and no gradient is stored. The parameters come out the same,
 * to the bit. What may break on the way, a number that is not finite, is looked for in
 * the sum of all sizes: as long as that is far from overflow nothing can have.
 */
#ifndef BACKSTEP_NET_FAST_H
#define BACKSTEP_NET_FAST_H

#include "narrow.h"
#include "net/ask.h"
#include "net/model.h"

struct fast {
    struct model *model;
    bool narrow_layers, batched;
    struct narrow *narrow; /* the cache's; NULL for wide layers */
    const double *past;    /* x of a sample whose U of W(0) is still to be made, or NULL */
    double input_sizes;    /* of all inputs that there are */
    double sizes;
};

/* Can this model be trained so? */
bool fast_suits(const struct model *model);

/* Make ready to train this model, whose settings and shape must not change meanwhile. */
enum status fast_open(struct fast *fast, struct model *model);

/* Make `updates` updates, the first with the present batch, or only `*made` of them where
 * `ask` says so, between two. The model must be stale from the first layer on, with
 * parameters of its own, as model_update() leaves it, and stays so. STATUS_INPUT: a number
 * may have been not finite at any time, and its parameters are worth nothing. STATUS_MEMORY:
 * only `*made` updates were made. For wide layers. */
enum status fast_run(struct fast *fast, uint64_t updates, struct ask *ask, uint64_t *made);

/* The same for narrow layers, whose parameters are elsewhere meanwhile: all updates are
 * made, and the numbers of the pass after them are finite too, or none was. Fresh or
 * stale before, the model is stale after it. */
enum status fast_rush(struct fast *fast, uint64_t updates);

/* Are all layers narrow, and is the present sample as the data set has it? */
bool fast_may_rush(const struct model *model);

#endif
