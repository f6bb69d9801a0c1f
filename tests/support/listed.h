/*
 * support/listed.h - the order of a walk written out as a list, straight from
 * equations.md, section 4, to hold the arithmetic of walk/ against.
 */
#ifndef BACKSTEP_SUPPORT_LISTED_H
#define BACKSTEP_SUPPORT_LISTED_H

#include "walk/walk.h"

enum { LISTED_STEPS_MOST = 64, LISTED_LAYERS_MOST = 6 };

struct listed {
    enum law law;
    enum quantity_kind kind;
    size_t number; /* in the target's name */
    size_t layer;
};

struct list {
    struct listed steps[LISTED_STEPS_MOST + 1]; /* from 1 */
    size_t count;
    size_t forward, backward; /* the last step of each pass */
};

struct list list_of(size_t K, bool combine, bool paired);

/* A model with K layers of 2, 3, 4, 2 ... neurons; with a cost and a last activation
 * that pair where `paired`. Computed. */
struct model *listed_model(size_t K, bool combine, bool paired);

#endif
