/*
 * view/tell.c - the screens that are pictures, as lines of text.
 *
 *     The gradient in every layer.
 *     ∂C/∂z falls by a factor 0.21 a layer on the way back: vanishing.
 *     Layer 2: ∂C/∂z 0.0371, ∂C/∂W 0.052, mean slope 0.231, W 1.87.
 *     Layer 1: not reached yet.
 *
 *     The cost over the updates.
 *     meanC 0.2871 → 0.0042 in 400 updates · falling.
 *     After 100 updates: meanC 0.0923.
 *
 * Of many layers, or points of the curve, some: a listener cannot skip.
 */
#include <math.h>

#include "chart.h"
#include "flow.h"

enum { LAYERS_TOLD = 12, POINTS_TOLD = 8 };

static void put_line(struct text *out, const struct picture *p, line_writer put,
                     const void *context) {
    struct line line = LINE_EMPTY;
    put(&line, p, context, 0);
    text_printf(out, "%s.\n", text_string(&line.text));
    line_free(&line);
}

/* ---- the flow ---- */

/* ", mean slope 0.231": three digits do, and sizes may be very small. */
static void put_size(struct text *out, const char *name, double size) {
    if (!isnan(size)) {
        text_printf(out, "%s %.3g", name, size);
    }
}

static void put_layers(struct text *out, const struct picture *p, const struct flow *flow,
                       size_t first, size_t last) {
    bool ascii = p->notation == NOTATION_ASCII;
    struct flow_row row = flow_row_of(p, flow, first, last);
    text_printf(out, first == last ? "Layer %zu:" : "Layers %zu to %zu:", first, last);
    const char *from = row.dz_known || row.dW_known || row.slope_known ? "" : " not reached yet,";
    text_put(out, from);
    put_size(out, ascii ? " dC/dz" : " ∂C/∂z", row.dz_known ? row.dz : NAN);
    put_size(out, ascii ? ", dC/dW" : ", ∂C/∂W", row.dW_known ? row.dW : NAN);
    put_size(out, row.dz_known ? ", mean slope" : " mean slope", row.slope_known ? row.slope : NAN);
    if (row.slope_known && !isnan(row.dead)) {
        text_printf(out, ", dead %.0f%%", 100 * row.dead);
    }
    put_size(out, row.dz_known || row.slope_known ? ", W" : " W", row.W);
    text_put(out, ".\n");
}

static void tell_flow(struct text *out, const struct picture *p, bool whole) {
    struct side sides[SIDES_MAX];
    int count = flow_sides(p, sides);
    text_put(out, whole ? "The gradient in every layer.\n" : "");
    for (int n = 0; n < count; n++) {
        size_t K = sides[n].flow->K, per = flow_layers_per_row(K, LAYERS_TOLD);
        put_line(out, p, flow_put_words, &sides[n]);
        for (size_t last = K; whole && last > 0;) {
            size_t first = (last - 1) / per * per + 1; /* the last row may be of fewer */
            put_layers(out, p, sides[n].flow, first, last);
            last = first - 1;
        }
    }
    if (whole) {
        text_put(out, "Sizes are roots of sums of squares, from the last layer back.\n");
    }
}

/* ---- the training ---- */

static void put_cost(struct text *out, const struct picture *p, double cost) {
    struct print_options options = picture_printing(p);
    number_print(out, cost, &options);
}

static void put_point(struct text *out, const struct picture *p, size_t point) {
    const struct curve *curve = &p->state->curve;
    double held = curve_validation(curve, point);
    text_printf(out, "After %.0f updates: %s ", curve_updates(curve, point),
                p->model->feed.data ? "meanC" : "C");
    put_cost(out, p, curve_cost(curve, point));
    if (!isnan(held)) {
        text_put(out, ", held out ");
        put_cost(out, p, held);
    }
    text_put(out, ".\n");
}

static void tell_training(struct text *out, const struct picture *p, bool whole) {
    size_t count = p->state->curve.count;
    size_t shown = count < POINTS_TOLD ? count : POINTS_TOLD;
    text_put(out, whole ? "The cost over the updates.\n" : "");
    put_line(out, p, training_put_words, NULL);
    for (size_t n = 0; whole && count > 1 && n < shown; n++) {
        put_point(out, p, n * (count - 1) / (shown - 1));
    }
    if (whole && chart_has_map(p)) {
        text_printf(out, "What it makes of an input: set x, and 'print r%zu'.\n",
                    p->model->network.K);
    }
}

static void tell_weights(struct text *out, const struct picture *p, bool whole) {
    size_t k = picture_seen_joint(p);
    if (whole) {
        text_printf(out, "The weights are a picture: 'print W%zu' and 'print dW%zu' tell them.\n",
                    k, k);
    }
}

void view_tell(struct text *out, const struct state *state, bool ascii, bool whole) {
    static void (*const tellers[SCREENS])(struct text * out, const struct picture *p,
                                          bool whole) = {
        [SCREEN_FLOW] = tell_flow,
        [SCREEN_TRAINING] = tell_training,
        [SCREEN_WEIGHTS] = tell_weights,
    };
    struct canvas canvas = {.rows = 24, .cols = 80, .ascii = ascii};
    struct view view = {.state = state};
    struct picture p = picture_of(&view, &canvas);
    if (tellers[state->screen]) {
        tellers[state->screen](out, &p, whole);
    }
}
