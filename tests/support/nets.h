/*
 * support/nets.h - networks for tests. Of random ones the same seed gives the same
 * network for ever. All fail the running cmocka test when memory is short.
 */
#ifndef BACKSTEP_SUPPORT_NETS_H
#define BACKSTEP_SUPPORT_NETS_H

#include <stdbool.h>

#include "base/random.h"
#include "expr/expr.h"
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

/* Give the model a data set of `count` random rows, the targets between 0 and 1. */
void nets_take_rows(struct model *model, struct random *random, size_t count);

/* A network 3-4-2 with biases and `count` random rows of data, the same for each count. */
struct model *nets_with_rows(size_t count, const char *activation);

void nets_compute(struct model *model);
void nets_update(struct model *model); /* and computed */
void nets_updates(struct model *model, uint64_t count);

/* A network with biases of these `count` widths, one activation, and `samples` generated
 * rows of data (NULL: none). Computed. */
struct model *nets_open(const size_t *widths, size_t count, const char *activation,
                        const char *data, size_t samples);

/* All that training changes is the same, bit for bit. */
void nets_check_trained(const struct model *a, const struct model *b);

/* Call `visit` with every element of every quantity that the model has. */
void nets_each(struct model *model,
               void (*visit)(void *context, struct model *model, struct quantity q), void *context);

/* Around a group of tests: *state is nets_worked(). */
int nets_worked_setup(void **state);
int nets_worked_teardown(void **state);

/* The value of an expression over a model: expr_parse(), then expr_evaluate(). */
enum status nets_evaluate(struct model *model, const char *source, size_t length, bool list,
                          struct value *value, struct error *error);

/* The same bits; any NaN is like any other. */
bool nets_same(double a, double b);

#endif
