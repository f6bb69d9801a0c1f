/*
 * view/axis.c - where values lie on an axis, and the round numbers to write along it:
 * powers of ten; 1, 2 and 5 times these where there are too few; or equal steps.
 */
#include "axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mathfn.h"
#include "base/number.h"
#include "base/table.h"

/* A whole power of ten is one, though its logarithm is rounded. */
#define NEARLY 1e-9

/* What is shorter has no steps: a part of it is denormal, or 0. */
#define SHORTEST 1e-300

static double log10_of(double value) {
    return math_log(value) / math_log(10);
}

static double power_of_ten(double exponent) {
    char text[32];
    double value = 0;
    bool overflow = false;
    if (exponent != floor(exponent)) {
        return math_exp(exponent * math_log(10));
    }
    snprintf(text, sizeof text, "1e%d", (int)exponent);
    number_parse(text, strlen(text), &value, &overflow);
    return value;
}

struct axis axis_decades(double smallest, double largest, int decades) {
    struct axis axis = {true, floor(log10_of(smallest) + NEARLY), ceil(log10_of(largest) - NEARLY)};
    if (axis.high - axis.low < decades) {
        axis.low = axis.high - decades;
    }
    return axis;
}

struct axis axis_log(double smallest, double largest) {
    struct axis axis = {true, log10_of(smallest), log10_of(largest)};
    if (axis.high - axis.low < 0.05) {
        axis.low -= 0.05;
        axis.high += 0.05;
    }
    return axis;
}

struct axis axis_linear(double smallest, double largest) {
    struct axis axis = {false, smallest, largest};
    double least = 1e-6 * (fabs(smallest) > fabs(largest) ? fabs(smallest) : fabs(largest));
    if (!(largest - smallest > least)) {
        double more = least > 0 ? least * 1e5 : 1;
        axis.low -= more;
        axis.high += more;
    }
    return axis;
}

double axis_share(const struct axis *axis, double value) {
    double at = axis->log ? log10_of(value) : value;
    return (at - axis->low) / (axis->high - axis->low);
}

/* ---- ticks ---- */

static void add_tick(struct ticks *ticks, const struct axis *axis, double at, const char *text) {
    double share = (at - axis->low) / (axis->high - axis->low);
    if (ticks->count < TICKS_MAX && share > -NEARLY && share < 1 + NEARLY) {
        ticks->share[ticks->count] = share < 0 ? 0 : share > 1 ? 1 : share;
        snprintf(ticks->text[ticks->count++], TICK_TEXT_MAX, "%s", text);
    }
}

/* m times ten to the e, as people write it: 0.05, 200, 5e-7. */
static void write_round(char text[TICK_TEXT_MAX], int m, int e) {
    if (e < -4 || e > 4) {
        snprintf(text, TICK_TEXT_MAX, "%de%d", m, e);
    } else if (e < 0) {
        snprintf(text, TICK_TEXT_MAX, "%.*f", -e, m * power_of_ten(e));
    } else {
        snprintf(text, TICK_TEXT_MAX, "%.0f", m * power_of_ten(e));
    }
}

/* Powers of ten, every `step`-th. */
static struct ticks power_ticks(const struct axis *axis, int step) {
    struct ticks ticks = {.count = 0};
    int first = (int)ceil((axis->low - NEARLY) / step) * step;
    for (int e = first; e <= axis->high + NEARLY && ticks.count < TICKS_MAX; e += step) {
        char text[TICK_TEXT_MAX];
        write_round(text, 1, e);
        add_tick(&ticks, axis, e, text);
    }
    return ticks;
}

struct ticks axis_ends(const struct axis *axis) {
    struct ticks ticks = {.count = 0};
    const double ends[] = {axis->low, axis->high};
    for (int n = 0; n < 2; n++) {
        char text[TICK_TEXT_MAX];
        write_round(text, 1, (int)ends[n]);
        add_tick(&ticks, axis, ends[n], text);
    }
    return ticks;
}

/* 1, 2 and 5 times powers of ten. */
static struct ticks mantissa_ticks(const struct axis *axis) {
    static const int mantissas[] = {1, 2, 5};
    struct ticks ticks = {.count = 0};
    for (int e = (int)floor(axis->low); e <= (int)ceil(axis->high); e++) {
        for (int n = 0; n < 3; n++) {
            char text[TICK_TEXT_MAX];
            write_round(text, mantissas[n], e);
            add_tick(&ticks, axis, e + log10_of(mantissas[n]), text);
        }
    }
    return ticks;
}

/* The smallest 1, 2 or 5 times a power of ten that goes `most` times or less into it. */
static double round_step(double length, int most, int *exponent, int *mantissa) {
    static const int mantissas[] = {1, 2, 5};
    for (int e = (int)floor(log10_of(length / most)) - 1;; e++) {
        for (int n = 0; n < 3; n++) {
            double step = mantissas[n] * power_of_ten(e);
            if (length / step <= most) {
                *exponent = e;
                *mantissa = mantissas[n];
                return step;
            }
        }
    }
}

static void write_step(char text[TICK_TEXT_MAX], double value, int exponent) {
    value += 0.0; /* no -0 */
    if (exponent < -5 || fabs(value) >= 1e6) {
        snprintf(text, TICK_TEXT_MAX, "%.3g", value);
    } else {
        snprintf(text, TICK_TEXT_MAX, "%.*f", exponent < 0 ? -exponent : 0, value);
    }
}

/* Equal steps of the values from `low` to `high`, wherever they lie on the axis. */
static struct ticks step_ticks(const struct axis *axis, double low, double high, int most) {
    struct ticks ticks = {.count = 0};
    int exponent, mantissa;
    if (!(high - low >= SHORTEST)) {
        return ticks;
    }
    double step = round_step(high - low, most, &exponent, &mantissa);
    double first = ceil(low / step - NEARLY);
    for (int n = 0; n < TICKS_MAX && (first + n) * step <= high + step * NEARLY; n++) {
        char text[TICK_TEXT_MAX];
        double units = (first + n) * mantissa;
        double value =
            exponent < 0 ? units / power_of_ten(-exponent) : units * power_of_ten(exponent);
        write_step(text, value, exponent);
        add_tick(&ticks, axis, axis->log ? log10_of(value) : value, text);
    }
    return ticks;
}

struct ticks axis_ticks(const struct axis *axis, int most) {
    static const int steps[] = {1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500};
    most = most < 2 ? 2 : most < TICKS_MAX ? most : TICKS_MAX;
    if (!isfinite(axis->high - axis->low)) { /* from -1e308 to 1e308 */
        return (struct ticks){.count = 0};
    }
    if (!axis->log) {
        return step_ticks(axis, axis->low, axis->high, most - 1);
    }
    size_t n = 0;
    while (n + 1 < TABLE_COUNT(steps) &&
           floor((axis->high + NEARLY) / steps[n]) - ceil((axis->low - NEARLY) / steps[n]) + 1 >
               most) {
        n++;
    }
    const struct ticks powers = power_ticks(axis, steps[n]);
    struct ticks ticks = powers;
    if (ticks.count < 2 || (n == 0 && most >= 3 * ticks.count && ticks.count < 3)) {
        ticks = mantissa_ticks(axis);
    }
    if (ticks.count >= 2 && ticks.count <= most) {
        return ticks;
    }
    if (axis->high - axis->low >= 1) {
        return powers;
    }
    struct ticks equal =
        step_ticks(axis, power_of_ten(axis->low), power_of_ten(axis->high), most - 1);
    return equal.count == 0 && ticks.count == 1 ? ticks : equal;
}
