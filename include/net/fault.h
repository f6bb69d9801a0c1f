/*
 * net/fault.h - a number that went wrong: its name, and what became of it.
 */
#ifndef BACKSTEP_NET_FAULT_H
#define BACKSTEP_NET_FAULT_H

#include <stddef.h>

enum { FAULT_NAME_MAX = 96 };

/* The first such quantity in the order of the walk. */
struct fault {
    char name[FAULT_NAME_MAX]; /* "z2[1]" */
    size_t sample;             /* the data row that it belongs to; 0 for the present sample */
    double value;              /* infinite, NaN, or what is left of one that underflowed */
};

/* "z2[1]" for name "z", layer 2, i 1. Indices from 1; 0 where there is none. */
void fault_set(struct fault *fault, double value, const char *name, size_t layer, size_t i,
               size_t j);

#endif
