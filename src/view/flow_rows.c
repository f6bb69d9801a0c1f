/*
 * view/flow_rows.c - what the rows of the flow say: layers taken together, how their
 * sizes are written, and what becomes of the gradient on its way, in words.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mathfn.h"
#include "base/number.h"
#include "flow.h"

/* ---- the networks ---- */

int flow_sides(const struct picture *p, struct side sides[SIDES_MAX]) {
    int count = 1;
    sides[0] = (struct side){.flow = model_flow(p->model)};
    if (p->before && p->before->network.K == p->model->network.K) {
        sides[0].before = model_flow(p->before);
    }
    if (p->other) {
        sides[0].name = "as it is";
        sides[count++] =
            (struct side){.flow = model_flow(p->other), .name = p->state->compare.line};
    }
    return sides[0].flow && sides[count - 1].flow ? count : 0;
}

/* ---- layers taken together ---- */

size_t flow_layers_per_row(size_t K, int rows) {
    size_t per = 1, power = 1;
    size_t most = rows > 0 ? (size_t)rows : 1;
    while (per * most < K) {
        per += power;
        power = per == power * 10 ? per : power;
    }
    return per;
}

static double mean_of(double sum, size_t count) {
    return count > 0 ? sum / (double)count : NAN;
}

/* exp(mean of the logarithms); -infinity among them gives 0 */
static double geometric_mean(double sum10, size_t count) {
    return math_exp(sum10 / (double)count * math_log(10));
}

static bool reached(const struct picture *p, enum quantity_kind kind, size_t layer) {
    struct quantity q = {.kind = kind, .layer = layer};
    return picture_known(p, &q);
}

struct flow_row flow_row_of(const struct picture *p, const struct flow *flow, size_t first,
                            size_t last) {
    struct flow_row row = {.first = first, .last = last};
    double dz10 = 0, dW10 = 0, slope = 0, dead = 0, W = 0;
    size_t slopes = 0, relus = 0, count = last - first + 1;
    row.dz_known = reached(p, QUANTITY_DZ, first) && reached(p, QUANTITY_DZ, last);
    row.dW_known = reached(p, QUANTITY_DW, first - 1) && reached(p, QUANTITY_DW, last - 1);
    row.slope_known = reached(p, QUANTITY_SLOPE, first) && reached(p, QUANTITY_SLOPE, last);
    for (size_t k = first; k <= last; k++) {
        const struct flow_layer *layer = &flow->layers[k - 1];
        dz10 += layer->dz10;
        dW10 += layer->dW10;
        W += layer->W;
        slopes += isnan(layer->slope) ? 0 : 1;
        slope += isnan(layer->slope) ? 0 : layer->slope;
        relus += isnan(layer->dead) ? 0 : 1;
        dead += isnan(layer->dead) ? 0 : layer->dead;
    }
    const struct flow_layer *only = &flow->layers[first - 1];
    row.dz = count == 1 ? only->dz : geometric_mean(dz10, count);
    row.dW = count == 1 ? only->dW : geometric_mean(dW10, count);
    row.W = mean_of(W, count);
    row.slope = mean_of(slope, slopes);
    row.dead = mean_of(dead, relus);
    return row;
}

/* ---- how sizes are written ---- */

/* Cells of "e-7", as the size is written with so many decimals. */
static int exponent_cells(double size, int decimals) {
    char text[NUMBER_TEXT_MAX];
    number_scientific(size, decimals, text);
    const char *exponent = text + strcspn(text, "e");
    return strcmp(exponent, "e0") == 0 ? 0 : (int)strlen(exponent);
}

bool flow_measure(const struct picture *p, const struct side *sides, int count, struct sizes *sizes,
                  struct axis *axis) {
    double smallest = INFINITY, largest = 0;
    for (int n = 0; n < count; n++) {
        const struct flow *flow = sides[n].flow;
        smallest = flow->smallest < smallest ? flow->smallest : smallest;
        largest = flow->largest > largest ? flow->largest : largest;
    }
    int digits = p->state->digits;
    *sizes = (struct sizes){.ahead = 1, .decimals = digits < 4 ? digits : 4};
    if (largest == 0) {
        sizes->width = 3; /* inf, NaN */
        return false;
    }
    *axis = axis_decades(smallest, largest, 3);
    if (smallest < 0.00995 || largest > 9999) {
        sizes->scientific = true;
        sizes->decimals = digits < 2 ? digits : 2;
        int small = exponent_cells(smallest, sizes->decimals);
        int large = exponent_cells(largest, sizes->decimals);
        sizes->width = 2 + sizes->decimals + (small > large ? small : large);
    } else {
        char text[32];
        snprintf(text, sizeof text, "%.*f", sizes->decimals, largest);
        sizes->ahead = (int)strcspn(text, ".");
        sizes->width = sizes->ahead + 1 + sizes->decimals;
    }
    return true;
}

/* ---- in words ---- */

enum { LENGTHS = 3 }; /* that a line can have, the longest first */

/* The lowest layer whose dC/dz is known; K + 1: none. They come from K downwards. */
static size_t lowest_known(const struct picture *p, size_t K) {
    size_t low = 1, high = K + 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reached(p, QUANTITY_DZ, middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* How far down from layer K the gradient stays a number above 0: the lowest such layer;
 * K + 1 where it is none in layer K. */
static size_t lowest_sound(const struct flow *flow, size_t lowest) {
    size_t k = flow->K + 1;
    while (k > lowest && isfinite(flow->layers[k - 2].dz) && flow->layers[k - 2].dz > 0) {
        k--;
    }
    return k;
}

static void put_factor(struct line *line, double factor, double change10, int level) {
    static const char *const falls[LENGTHS] = {"falls by a factor ", "falls by a factor ", "× "};
    static const char *const grows[LENGTHS] = {"grows by a factor ", "grows by a factor ", "× "};
    static const char *const keeps[LENGTHS] = {"keeps its size, factor ", "keeps its size, factor ",
                                               "× "};
    char text[32];
    const char *fate = change10 < -2 ? "vanishing" : change10 > 2 ? "exploding" : NULL;
    snprintf(text, sizeof text, factor >= 1000 || factor < 0.001 ? "%.1e" : "%.3g", factor);
    line_put(line, fate ? ROLE_WARNING : ROLE_TEXT,
             (factor < 0.995   ? falls
              : factor > 1.005 ? grows
                               : keeps)[level]);
    line_put(line, fate ? ROLE_WARNING : ROLE_TEXT, text);
    line_put(line, ROLE_TEXT, level < 1 ? " a layer on the way back" : level < 2 ? " a layer" : "");
    if (fate) {
        line_printf(line, ROLE_WARNING, ": %s", fate);
    }
}

/* What happens where it does not stay a number above 0. */
static void put_end(struct line *line, const struct flow *flow, size_t sound, size_t lowest,
                    bool first) {
    if (sound <= lowest) {
        return;
    }
    double dz = flow->layers[sound - 2].dz;
    line_put(line, ROLE_TEXT, first ? "is " : "; ");
    line_put(line, ROLE_WARNING, dz == 0 ? "0" : isnan(dz) ? "not a number" : "infinite");
    line_printf(line, ROLE_WARNING, sound - 1 > 1 ? " from layer %zu down" : " in layer %zu",
                sound - 1);
}

void flow_put_words(struct line *line, const struct picture *p, const void *side_of, int level) {
    const struct side *side = side_of;
    if (side->name) {
        bool placed = side->place && level < 2;
        line_printf(line, ROLE_HEADING, "%s%s%s", placed ? side->place : "", placed ? ", " : "",
                    side->name);
        line_put(line, ROLE_QUIET, ": ");
    }
    const struct flow *flow = side->flow;
    size_t K = flow->K, lowest = lowest_known(p, K);
    if (lowest > K) {
        line_put(line, ROLE_QUIET,
                 level < 1   ? "no gradient yet: they come on the way back; 'goto END' shows all"
                 : level < 2 ? "no gradient yet: they come on the way back"
                             : "no gradient yet");
        return;
    }
    size_t sound = lowest_sound(flow, lowest);
    if (level < 2 || !side->name) {
        line_put(line, ROLE_BACKWARD, p->notation == NOTATION_ASCII ? "dC/dz " : "∂C/∂z ");
    }
    if (sound < K) {
        double change10 = flow->layers[sound - 1].dz10 - flow->layers[K - 1].dz10;
        double factor = math_exp(change10 / (double)(K - sound) * math_log(10));
        put_factor(line, factor, change10, level);
    } else if (sound == K && lowest == K) {
        line_put(line, ROLE_TEXT, "is known in the last layer");
    }
    put_end(line, flow, sound, lowest, sound >= K);
    if (lowest > 1 && level < 1) {
        line_printf(line, ROLE_QUIET, ", down to layer %zu so far", lowest);
    }
}

void flow_words(const struct picture *p, struct rect rect, const struct side *side) {
    line_draw_fitting(p, rect, LENGTHS, flow_put_words, side);
}
