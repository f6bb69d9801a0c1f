/*
 * net/initializer.h - the table of initializers: how W begins. Biases begin at 0.
 *
 * `from` and `to` are the widths that a W joins. Numbers are drawn row by row,
 * layer by layer, from base/random.h, so that a seed fixes every weight on every
 * machine for ever.
 */
#ifndef BACKSTEP_NET_INITIALIZER_H
#define BACKSTEP_NET_INITIALIZER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/random.h"
#include "net/ask.h"
#include "net/network.h"

/* What numbers are drawn from, and who may stop that. */
struct filling {
    struct random random;
    struct ask ask;
};

struct initializer {
    const char *name;
    const char *help;
    bool takes_value; /* uniform, normal, constant: a number after the name */
    double value;     /* its default */
    /* Fill W[from][stride]; else STATUS_MEMORY or STATUS_INTERRUPTED. */
    enum status (*fill)(double *W, size_t from, size_t to, size_t stride, double value,
                        struct filling *filling);
    /* How many products that takes, where it is not one or two a weight; else NULL. */
    double (*effort)(size_t from, size_t to);
};

const struct initializer *initializer_at(size_t index);

/* Fill every W of the network and set every b to 0. On failure (memory, or interrupted
 * where `stop`, asked now and then unless it is NULL, says so) some layers are filled: use
 * it on a copy. */
enum status network_initialize(struct network *network, const struct initializer *initializer,
                               double value, uint64_t seed, bool (*stop)(void *context),
                               void *context);

#endif
