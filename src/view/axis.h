/*
 * view/axis.h - a line from a lowest to a highest value, for bars and curves, with
 * marks at round numbers. Private to view/.
 */
#ifndef BACKSTEP_SRC_VIEW_AXIS_H
#define BACKSTEP_SRC_VIEW_AXIS_H

#include <stdbool.h>

struct axis {
    bool log;
    double low, high; /* low < high; of a logarithmic one log10 of its ends */
};

/* Whole powers of ten around both (above 0, finite), `decades` of them at least. */
struct axis axis_decades(double smallest, double largest, int decades);

/* Just what is given, widened where the two are (nearly) one. */
struct axis axis_log(double smallest, double largest);
struct axis axis_linear(double smallest, double largest);

/* Where a value lies: 0 at the low end, 1 at the high end, and beyond. */
double axis_share(const struct axis *axis, double value);

enum { TICKS_MAX = 24, TICK_TEXT_MAX = 16 };
struct ticks {
    int count;
    double share[TICKS_MAX];
    char text[TICKS_MAX][TICK_TEXT_MAX];
};

/* Marks at round numbers, `most` or fewer. */
struct ticks axis_ticks(const struct axis *axis, int most);

/* Marks at both ends of an axis of whole powers of ten. */
struct ticks axis_ends(const struct axis *axis);

#endif
