/*
 * walk/curve.h - the cost over the updates, and that of the rows held out, for looking
 * at: a bounded number of points, evenly apart.
 *
 * When the curve is full every second point goes and the distance doubles, so that
 * a million updates take no more room than a hundred. Copies share the points until
 * one of them adds to its own.
 */
#ifndef BACKSTEP_WALK_CURVE_H
#define BACKSTEP_WALK_CURVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/status.h"

enum { CURVE_POINTS_MAX = 512, CURVE_NUMBERS = 3 };

struct curve {
    struct block *points; /* [CURVE_NUMBERS * CURVE_POINTS_MAX] updates, cost, that of the rows held
                          * out (NaN: none are), updates ...; or NULL */
    size_t count;
    uint64_t distance; /* updates from one point to the next; 0: the curve is empty */
};

struct curve curve_copy(const struct curve *curve); /* shares */
void curve_close(struct curve *curve);              /* empty again */

/* Would a point at this number of updates be kept? Asked before the cost is worked
 * out, which may take a pass over all the data. */
bool curve_wants(const struct curve *curve, uint64_t updates);

/* Add a point behind the last. On failure (memory) the curve is as it was. */
enum status curve_add(struct curve *curve, uint64_t updates, double cost, double validation);

/* Drop the points behind this number of updates. */
void curve_cut(struct curve *curve, uint64_t updates);

double curve_updates(const struct curve *curve, size_t point);
double curve_cost(const struct curve *curve, size_t point);
double curve_validation(const struct curve *curve, size_t point);

#endif
