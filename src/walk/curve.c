/*
 * walk/curve.c - the cost over the updates, thinned as it grows.
 */
#include "walk/curve.h"

#include <string.h>

struct curve curve_copy(const struct curve *curve) {
    block_share(curve->points);
    return *curve;
}

void curve_close(struct curve *curve) {
    block_drop(curve->points);
    *curve = (struct curve){0};
}

bool curve_wants(const struct curve *curve, uint64_t updates) {
    bool known = curve->count > 0 && curve_updates(curve, curve->count - 1) >= (double)updates;
    return !known && (curve->distance == 0 || updates % curve->distance == 0);
}

/* Keep the points whose updates are a multiple of twice the distance. */
static void thin(struct curve *curve, double *points) {
    size_t kept = 0;
    curve->distance *= 2;
    for (size_t i = 0; i < curve->count; i++) {
        const double *point = points + CURVE_NUMBERS * i;
        if ((uint64_t)point[0] % curve->distance == 0) {
            memmove(points + CURVE_NUMBERS * kept++, point, CURVE_NUMBERS * sizeof *point);
        }
    }
    curve->count = kept;
}

enum status curve_add(struct curve *curve, uint64_t updates, double cost, double validation) {
    if (!curve->points && !(curve->points = block_new(CURVE_NUMBERS * CURVE_POINTS_MAX))) {
        return STATUS_MEMORY;
    }
    double *points = block_own(&curve->points);
    if (!points) {
        return STATUS_MEMORY;
    }
    if (curve->distance == 0) {
        curve->distance = 1;
    }
    if (curve->count == CURVE_POINTS_MAX) {
        thin(curve, points);
    }
    if (curve_wants(curve, updates)) {
        double *point = points + CURVE_NUMBERS * curve->count++;
        point[0] = (double)updates;
        point[1] = cost;
        point[2] = validation;
    }
    return STATUS_OK;
}

void curve_cut(struct curve *curve, uint64_t updates) {
    while (curve->count > 0 && curve_updates(curve, curve->count - 1) > (double)updates) {
        curve->count--;
    }
}

double curve_updates(const struct curve *curve, size_t point) {
    return curve->points->values[CURVE_NUMBERS * point];
}

double curve_cost(const struct curve *curve, size_t point) {
    return curve->points->values[CURVE_NUMBERS * point + 1];
}

double curve_validation(const struct curve *curve, size_t point) {
    return curve->points->values[CURVE_NUMBERS * point + 2];
}
