/*
 * support/nets.h - random networks for tests: the same seed gives the same
 * network for ever. All fail the running cmocka test when memory is short.
 */
#ifndef BACKSTEP_SUPPORT_NETS_H
#define BACKSTEP_SUPPORT_NETS_H

#include <stdbool.h>

#include "base/random.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/model.h"

enum { NETS_MOST_LAYERS = 6, NETS_MOST_NEURONS = 6 };

double nets_uniform(struct random *random, double low, double high);
bool nets_coin(struct random *random);

/* Any row of the table; before the last layer none that mixes a whole layer. */
const struct cost *nets_cost(struct random *random);
const struct activation *nets_activation(struct random *random, bool last);

/* May this cost follow this last activation, everything finite? */
bool nets_suit(const struct cost *cost, const struct activation *last);

/* 1 to 6 layers of 1 to 6 neurons with any activations, the last one given (a softmax has
 * 2 or more: a single share is always 1, where costs and slopes are infinite);
 * W, b and x random; y fit for the cost; bias and step0 any. Computed. */
struct model *nets_random(struct random *random, const struct cost *cost,
                          const struct activation *last);

/* Fill W, b and x anew, uniform between -size and size; y as fits the cost. */
void nets_fill(struct model *model, struct random *random, double size);

/* net 2 3 2, ReLU, with the weights, input and targets of the general worked example. */
struct model *nets_worked(void);

/* The same bits; any NaN is like any other. */
bool nets_same(double a, double b);

#endif
