/*
 * view/screen_training.c - how the training goes: the cost over the updates, and for
 * networks of one or two inputs what they answer by now.
 *
 *     meanC 0.1492 → 0.0063 in 200 updates · 200 epochs · falling
 *     ─ meanC over the updates, log axis ── ─ r⁽²⁾₁ over x₁ →, x₂ ↑ ──────────
 *          │█▄▄▄▄▄▄▄                             │88888877776655544332211100000
 *      0.1 ┤       ▀▀▀▀▀▀▀▄▄▄               1.0 ┤88●88777766555443322211111○00
 *          │                ▀▀▀▄▄                │88777776665554433322222111111
 *          └┬────────────┬───────                └┬──────────────┬────────────
 *           0            100                     0.0            0.5
 *
 * A narrow and high screen has the two below each other; a very small one has the cost
 * alone, and says so.
 */
#include <math.h>

#include "base/number.h"
#include "base/utf8.h"
#include "chart.h"

enum { ROOMY_COLS = 64, BESIDE_COLS = 38, BELOW_ROWS = 18, FIRST_ROWS = 4 };

/* ---- in words ---- */

/* Falling, rising or level, from the costs some way back to the last one. */
static const char *tendency(const struct curve *curve,
                            double (*cost)(const struct curve *curve, size_t point)) {
    size_t last = curve->count - 1, before = last - (last < 10 ? 1 : last / 10);
    double now = cost(curve, last), then = cost(curve, before);
    return !isfinite(now)       ? "not finite"
           : now < 0.999 * then ? "falling"
           : now > 1.001 * then ? "rising"
                                : "level";
}

static const char *cost_name(const struct picture *p) {
    return p->model->feed.data ? "meanC" : "C";
}

enum { LENGTHS = 4 }; /* of the words */

void training_put_words(struct line *line, const struct picture *p, const void *context,
                        int level) {
    (void)context;
    const struct curve *curve = &p->state->curve;
    const struct model *model = p->model;
    const char *between = panel_separator(p);
    size_t last = curve->count > 0 ? curve->count - 1 : 0;
    line_printf(line, ROLE_FORWARD, "%s ", cost_name(p));
    if (curve->count < 2) {
        struct quantity mean = {.kind = QUANTITY_MEAN_C};
        if (quantity_effort(model, &mean) <= EFFORT_QUICK) { /* else it is not for a frame */
            line_number(line, p, ROLE_FORWARD, quantity_value(p->model, &mean));
        } else {
            line_put(line, ROLE_QUIET, panel_dot(p));
        }
        line_put(line, ROLE_QUIET, ", not trained yet");
        return;
    }
    line_number(line, p, ROLE_QUIET, curve_cost(curve, 0));
    line_put(line, ROLE_QUIET, " → ");
    line_number(line, p, ROLE_FORWARD, curve_cost(curve, last));
    double updates = curve_updates(curve, last);
    line_printf(line, ROLE_TEXT, "%s%.0f update%s", level < 3 ? " in " : ", ", updates,
                updates > 1 ? "s" : "");
    if (model->feed.data && level < 1) {
        line_printf(line, ROLE_QUIET, "%s%llu epoch%s", between,
                    (unsigned long long)model->feed.epochs, model->feed.epochs == 1 ? "" : "s");
    }
    if (level < 3) {
        line_printf(line, ROLE_TEXT, "%s%s", between, tendency(curve, curve_cost));
    }
    double held = curve_validation(curve, last);
    if (!isnan(held) && level < 2) {
        line_printf(line, ROLE_UPDATE, "%s× held out ", between);
        line_number(line, p, ROLE_UPDATE, held);
        line_printf(line, ROLE_UPDATE, ", %s", tendency(curve, curve_validation));
    }
}

/* ---- the two charts ---- */

enum { TITLES = 3 }; /* lengths of a title, 0 the longest */

/* The longest that fits. */
static void draw_title(const struct picture *p, struct rect rect,
                       void (*put)(struct text *out, const struct picture *p, int length)) {
    struct text title = TEXT_EMPTY;
    for (int length = 0; length < TITLES; length++) {
        text_cut(&title, 0);
        put(&title, p, length);
        if ((int)utf8_cells(text_string(&title)) + 4 <= rect.cols) {
            break;
        }
    }
    panel_heading(p, rect, ROLE_HEADING, text_string(&title));
    text_free(&title);
}

static void put_cost_title(struct text *out, const struct picture *p, int length) {
    text_put(out, cost_name(p));
    text_put(out, length < 2 ? " over the updates" : "");
    text_put(out, length < 1 && !p->state->chart.linear ? ", log axis" : "");
}

/* Where it has no room for the map. */
static void put_lone_title(struct text *out, const struct picture *p, int length) {
    put_cost_title(out, p, length);
    text_printf(out, "; map: %d columns", BESIDE_COLS);
}

static void draw_cost(const struct picture *p, struct rect rect, bool alone) {
    draw_title(p, rect, alone ? put_lone_title : put_cost_title);
    chart_cost(p, (struct rect){rect.row + 1, rect.col, rect.rows - 1, rect.cols});
}

/* "map of r⁽²⁾₁ over x₁ →, x₂ ↑"; of one input a curve. */
static void put_map_title(struct text *out, const struct picture *p, int length) {
    const struct network *network = &p->model->network;
    bool ascii = p->notation == NOTATION_ASCII, plane = network->layers[0].n > 1;
    struct print_options options = picture_printing(p);
    struct quantity q = {
        .kind = QUANTITY_R, .layer = network->K, .i = (int64_t)p->state->chart.output + 1};
    struct quantity x = {.kind = QUANTITY_R, .layer = 0, .i = 1};
    text_put(out, plane && length != 1 ? "map of " : "");
    quantity_symbol(out, &q, &options);
    if (length > 1) {
        return;
    }
    text_put(out, " over ");
    quantity_symbol(out, &x, &options);
    if (plane) {
        text_put(out, ascii ? ", up " : " →, ");
        x.i = 2;
        quantity_symbol(out, &x, &options);
        text_put(out, ascii ? "" : " ↑");
    } else {
        text_put(out, ", ● target y");
    }
}

static void draw_map(const struct picture *p, struct rect rect) {
    draw_title(p, rect, put_map_title);
    chart_map(p, (struct rect){rect.row + 1, rect.col, rect.rows - 1, rect.cols});
}

/* Cells are about twice as high as they are wide: this makes the plane a square. */
static int map_cols(const struct picture *p, struct rect body) {
    int square = 2 * body.rows + 4, most = body.cols / 2;
    if (p->model->network.layers[0].n == 1) {
        return most;
    }
    return square < most ? square : most;
}

void screen_training(struct picture *p, struct rect body) {
    if (body.rows < 2 || body.cols < 10) {
        return;
    }
    if (body.rows > FIRST_ROWS) {
        line_draw_fitting(p, (struct rect){body.row, body.col + 1, 1, body.cols - 2}, LENGTHS,
                          training_put_words, NULL);
        body.row++;
        body.rows -= body.rows > 12 ? 2 : 1;
    }
    struct rect cost = body, map = body;
    bool has_map = chart_has_map(p), high = body.cols < ROOMY_COLS && body.rows >= BELOW_ROWS;
    if (has_map && high) {
        cost.rows = body.rows / 2;
        map.row += cost.rows;
        map.rows -= cost.rows;
    } else if (has_map && body.cols >= BESIDE_COLS) {
        map.cols = map_cols(p, body);
        cost.cols -= map.cols + 1;
        map.col += cost.cols + 1;
    } else {
        map.rows = 0;
    }
    draw_cost(p, cost, has_map && map.rows == 0);
    if (has_map && map.rows > 0) {
        draw_map(p, map);
    }
}
