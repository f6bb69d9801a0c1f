/*
 * view/chart_cost.c - the cost over the updates as a curve, on a logarithmic axis unless
 * a linear one is chosen; a cross a column for that of the rows held out.
 */
#include <math.h>

#include "chart.h"

struct range {
    double smallest, positive, largest; /* of what is finite; the smallest above 0 */
};

static void widen(struct range *range, double cost) {
    if (isfinite(cost)) {
        range->smallest = cost < range->smallest ? cost : range->smallest;
        range->largest = cost > range->largest ? cost : range->largest;
        range->positive = cost > 0 && cost < range->positive ? cost : range->positive;
    }
}

static struct axis cost_axis(const struct picture *p, const struct curve *curve) {
    struct range range = {INFINITY, INFINITY, -INFINITY};
    for (size_t n = 0; n < curve->count; n++) {
        widen(&range, curve_cost(curve, n));
        widen(&range, curve_validation(curve, n));
    }
    if (!p->state->chart.linear && isfinite(range.positive)) {
        return axis_log(range.positive, range.largest);
    }
    if (!(range.largest >= range.smallest)) {
        return axis_linear(0, 1);
    }
    return axis_linear(range.smallest < 0.5 * range.largest && range.smallest > 0 ? 0
                                                                                  : range.smallest,
                       range.largest);
}

/* Costs of 0 lie at the low end of a logarithmic axis. */
static double share_of(const struct axis *axis, double cost) {
    double share = axis->log && cost <= 0 ? 0 : axis_share(axis, cost);
    return share < 0 ? 0 : share;
}

static void draw_curve(const struct picture *p, struct rect plot, const struct axis *x,
                       const struct axis *y) {
    const struct curve *curve = &p->state->curve;
    struct dots dots = dots_open(p, plot);
    for (size_t n = 0; n < curve->count; n++) {
        size_t before = n > 0 ? n - 1 : 0;
        dots_line(&dots, axis_share(x, curve_updates(curve, before)),
                  share_of(y, curve_cost(curve, before)), axis_share(x, curve_updates(curve, n)),
                  share_of(y, curve_cost(curve, n)));
    }
    dots_draw(p, &dots, ROLE_FORWARD);
    dots_close(&dots);
}

static void draw_validation(const struct picture *p, struct rect plot, const struct axis *x,
                            const struct axis *y) {
    const struct curve *curve = &p->state->curve;
    for (size_t n = 0; n < curve->count; n++) {
        double cost = curve_validation(curve, n);
        if (!isnan(cost)) {
            chart_point(p, plot, axis_share(x, curve_updates(curve, n)), share_of(y, cost),
                        ROLE_UPDATE, 0xD7);
        }
    }
}

void chart_cost(const struct picture *p, struct rect rect) {
    const struct curve *curve = &p->state->curve;
    if (rect.rows < 1 || rect.cols < 8) {
        return;
    }
    if (curve->count < 2) {
        panel_wrap(
            p,
            (struct rect){rect.row + (rect.rows - 1) / 3, rect.col + 2, rect.rows, rect.cols - 3},
            ROLE_QUIET, "no updates yet: t makes one, 'train 100' a hundred");
        return;
    }
    struct axis x = axis_linear(curve_updates(curve, 0), curve_updates(curve, curve->count - 1));
    struct axis y = cost_axis(p, curve);
    struct rect plot = chart_frame(p, rect, &x, &y);
    if (plot.rows > 0) {
        draw_validation(p, plot, &x, &y);
        draw_curve(p, plot, &x, &y);
    }
}
