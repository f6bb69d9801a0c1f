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
#include "net/model.h"

struct fast {
    struct model *model;
    bool narrow_layers, batched;
    struct narrow narrow;
    const double *past; /* x of a sample whose U of W(0) is still to be made, or NULL */
    double input_sizes; /* of all inputs that there are */
    double sizes;
};

/* Can this model be trained so? */
bool fast_suits(const struct model *model);

/* Make ready to train this model, whose settings and shape must not change while it
 * is open. */
enum status fast_open(struct fast *fast, struct model *model);
void fast_close(struct fast *fast);

/* Make `updates` updates, the first with the present batch. The model must be stale
 * from the first layer on, with parameters of its own, as model_update() leaves it,
 * and stays so. STATUS_INPUT: a number may have been not finite at any time, and its
 * parameters are worth nothing. STATUS_MEMORY: only `*made` updates were made. */
enum status fast_run(struct fast *fast, uint64_t updates, uint64_t *made);

#endif
