/*
 * net/train.h - many updates in a row, and what stops them.
 *
 * A model is sound where its cost and all its gradients are finite. Training ends
 * in the last sound state, so that what went wrong can be looked at: the next
 * update is the one that breaks it.
 */
#ifndef BACKSTEP_NET_TRAIN_H
#define BACKSTEP_NET_TRAIN_H

#include "net/fault.h"
#include "net/model.h"

/* Is it sound? The model must be fresh. Costs no more than a look at every neuron
 * and, where a mean gradient is kept, at that. */
bool model_is_sound(const struct model *model);

/* What makes it unsound; false where nothing does. */
bool model_find_fault(const struct model *model, struct fault *fault);

/* Of a sound model, the first quantity of the present sample, in the order of the walk, that
 * became smaller than the smallest normal number, 2^-1022, and so lost digits or all of
 * itself; false where none did. Nothing stops for it. */
bool model_find_underflow(const struct model *model, struct fault *fault);

/* Make `updates` updates; the model is fresh afterwards. `*done` is how many were made. A
 * step needs no memory. `stop`, which may be NULL, is asked between two of them, the model
 * being anything: once in some hundredths of a second where updates are so short, and in the
 * middle of one from so many samples that it takes long. Where it says true, the training
 * ends with the updates before.
 *
 * STATUS_INPUT: the model would not have stayed sound; it is in the last sound
 * state, which `*done` updates led to, and `error` names what went wrong. Where it
 * was not sound to begin with nothing was done. STATUS_MEMORY: memory is short; the
 * model is as after `*done` updates, perhaps not fresh. */
enum status model_train(struct model *model, uint64_t updates, bool (*stop)(void *context),
                        void *context, uint64_t *done, struct error *error);

/* The same, but `look`, which may be NULL, is asked, with a fresh model, and says how many
 * updates may follow before it is asked again; 0 ends the training. Plain SGD that is not
 * looked at is several times faster. */
enum status model_train_watched(struct model *model, uint64_t updates,
                                uint64_t (*look)(void *context), bool (*stop)(void *context),
                                void *context, uint64_t *done, struct error *error);

/* So many updates take about a tenth of a second, or one takes longer: what a `look` may say
 * that wants to show how it goes. */
uint64_t model_train_portion(const struct model *model);

#endif
