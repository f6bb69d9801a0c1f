/*
 * view/panel_network.c - the network as a diagram: layers as columns, neurons as
 * nodes with their newest number, wires with the weights between them.
 *
 *     ─ network ← ────────── + − 0: the sign of each ─
 *        x       W⁽⁰⁾     ∂C/∂z⁽¹⁾    W⁽¹⁾    ∂C/∂z⁽²⁾
 *            ┌────────▶┤−0.5400├+────−
 *      1.000├+  −  +           │     │ ├─┤ 0.0000
 *            │  ├──┼──▶┤ 0.0000├+────+
 *     −2.000├+──+  −           │     ├───┤ 0.5400
 *                  └──▶┤ 0.3780├−────+
 *
 * On the way back a layer shows gradients as soon as they are known. A large
 * network is a window around the present layer and neuron; the heading says what
 * part of it is seen.
 */
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "panel.h"
#include "wires.h"

enum {
    COLUMNS_MAX = 16,
    GAP_LEAST = 3,
    GAP_MOST = 48,
    NODE_DECIMALS = 2, /* at least, before layers are left out */
    STRIP = 20,        /* cells of the strip that stands for all layers, at most */
    STRIP_LEAST = 6,
    LENGTHS = 3,    /* of labels, and of the words about what is seen */
    STEP_USUAL = 6, /* rows from a node to the next, at most; */
    STEP_MOST = 10, /* with room to spare. Half of it is odd: layers of 2 and 3 lie midway */
};

struct diagram {
    struct rect body;   /* of the nodes */
    struct field field; /* of a node's number; the right port stands in its last cell */
    int count;
    struct nodes columns[COLUMNS_MAX];
};

/* ---- which number a layer shows ---- */

static bool whole_reached(const struct picture *p, enum quantity_kind kind, size_t layer) {
    struct quantity q = {.kind = kind, .layer = layer};
    return walk_reached(p->model, p->state->place, &q);
}

/* What the present equation computes there, else the newest that is known. */
static enum quantity_kind node_kind(const struct picture *p, size_t layer) {
    enum quantity_kind kind = p->step.target.kind;
    bool vector =
        kind == QUANTITY_Z || kind == QUANTITY_R || kind == QUANTITY_DR || kind == QUANTITY_DZ;
    if (p->focus.step > 0 && vector && p->step.target.layer == layer) {
        return kind;
    }
    if (layer == 0) {
        return QUANTITY_R;
    }
    static const enum quantity_kind newest[] = {QUANTITY_DZ, QUANTITY_DR, QUANTITY_R, QUANTITY_Z};
    for (size_t n = 0; n < TABLE_COUNT(newest); n++) {
        if (whole_reached(p, newest[n], layer)) {
            return newest[n];
        }
    }
    return QUANTITY_R;
}

/* ---- the layout of the diagram ---- */

/* Cells of `count` nodes with their ports: all but the first have a left port. */
static int nodes_cols(int count, int decimals) {
    return count * (decimals + 4) + count - 1;
}

static int visible(size_t n, int rows) {
    return n <= (size_t)rows ? (int)n : rows > 1 ? rows - 1 : 1;
}

/* Layers that fit with gaps of this width. */
static int columns_within(int cols, int gap) {
    int fit = (cols + 1 + gap) / (nodes_cols(1, NODE_DECIMALS) + 1 + gap);
    return fit < 1 ? 1 : fit > COLUMNS_MAX ? COLUMNS_MAX : fit;
}

/* How many layers fit, and with how many decimals their numbers. */
static void plan_columns(struct diagram *d, const struct picture *p, size_t *first) {
    const struct network *network = &p->model->network;
    size_t layers = network->K + 1;
    int cols = d->body.cols;
    d->count = columns_within(cols, GAP_LEAST);
    if (layers <= (size_t)columns_within(cols, GAP_LEAST - 1)) { /* rather close than not all */
        d->count = (int)layers;
    }
    size_t layer = picture_seen_layer(p), half = (size_t)d->count / 2;
    *first = layer > half ? layer - half : 0;
    *first = *first + (size_t)d->count > layers ? layers - (size_t)d->count : *first;
    int lanes = 2; /* cells that the joint with the most neurons wants */
    for (int n = 1; n < d->count; n++) {
        int shown = visible(network->layers[*first + (size_t)n].n, d->body.rows);
        lanes = 2 * shown > lanes ? 2 * shown : lanes;
    }
    lanes = lanes > 10 ? 10 : lanes;
    int decimals = p->state->digits;
    while (decimals > NODE_DECIMALS && d->count > 1 &&
           (cols - nodes_cols(d->count, decimals)) / (d->count - 1) < lanes - 1) {
        decimals--;
    }
    d->field = (struct field){decimals + 4, decimals};
}

/* Columns of the layers, their gaps as even as they can be. */
static void place_columns(struct diagram *d, size_t first) {
    int gaps = d->count > 1 ? d->count - 1 : 1;
    int free_cols = d->body.cols - nodes_cols(d->count, d->field.decimals);
    int used = free_cols < gaps * GAP_MOST ? free_cols : gaps * GAP_MOST;
    int margin = d->count == 1 ? 0 : (free_cols - used) / 2;
    for (int n = 0; n < d->count; n++) {
        int col = d->body.col + margin + n * (d->field.width + 1) + n * used / gaps;
        d->columns[n] = (struct nodes){.layer = first + (size_t)n, .col = col - 1};
    }
}

/* Rows of the nodes. Layers beside each other take odd and even rows in turn, so
 * that a wire to a neuron never runs in the row of another; a chain of single
 * neurons is one straight line. */
static void place_rows(struct diagram *d, const struct picture *p) {
    int rows = d->body.rows, tallest = 1;
    for (int n = 0; n < d->count; n++) {
        struct nodes *column = &d->columns[n];
        size_t neurons = p->model->network.layers[column->layer].n;
        column->shown = (size_t)visible(neurons, rows);
        column->first = window_first(neurons, column->shown, picture_seen_neuron(p, column->layer));
        tallest = (int)column->shown > tallest ? (int)column->shown : tallest;
    }
    bool bias = p->model->network.bias && rows - 1 > 2 * (tallest - 1);
    rows -= bias ? 1 : 0; /* for those of the lowest neurons */
    int step = tallest > 1 ? (rows - 1) / (tallest - 1) : 1;
    step = step >= STEP_MOST ? STEP_MOST : step > STEP_USUAL ? STEP_USUAL : step < 1 ? 1 : step;
    step = step > 1 && step % 2 == 1 && tallest > 1 ? step - 1 : step;
    int parity = -1;
    for (int n = 0; n < d->count; n++) { /* the tallest layer stands in the middle */
        struct nodes *column = &d->columns[n];
        int span = ((int)column->shown - 1) * step + 1;
        column->step = step;
        column->top = (rows - span) / 2;
        if (parity < 0 && (int)column->shown == tallest) {
            parity = (column->top + n) & 1;
        }
    }
    for (int n = 0; n < d->count; n++) {
        struct nodes *column = &d->columns[n];
        int span = ((int)column->shown - 1) * step + 1;
        if (tallest > 1 && step > 1 && ((column->top + n) & 1) != parity) {
            column->top += column->top + span < rows ? 1 : column->top > 0 ? -1 : 0;
        }
        column->top += d->body.row;
    }
}

/* Cells of the row beneath the wires from one node to the next, with a blank between two
 * weights: where the layers are single neurons, and nothing else stands there. */
static int cells_beneath(const struct picture *p, const struct diagram *d) {
    int least = d->count > 1 && !p->model->network.bias ? d->body.cols : 0;
    for (int n = 0; n < d->count; n++) {
        const struct nodes *column = &d->columns[n];
        bool free_row = p->model->network.layers[column->layer].n == 1 &&
                        column->top + 1 < d->body.row + d->body.rows;
        int cells = !free_row ? 0 : n > 0 ? column->col - d->columns[n - 1].col - 1 : least;
        least = cells < least ? cells : least;
    }
    return least;
}

/* ---- drawing ---- */

/* The biases under their nodes, where there are rows for them; like the wires, their
 * gradient or the new ones while these are computed. */
static void draw_biases(const struct picture *p, const struct diagram *d,
                        const struct nodes *column) {
    int bottom = column->top + ((int)column->shown - 1) * column->step + 1;
    if (!p->model->network.bias || column->layer == 0 || (column->step < 2 && column->shown > 1) ||
        bottom >= d->body.row + d->body.rows) {
        return;
    }
    struct quantity b = wires_quantity(p, column->layer - 1);
    b.kind = b.kind == QUANTITY_W ? QUANTITY_B : QUANTITY_DB;
    for (size_t i = 0; i < column->shown; i++) {
        int row = column->top + (int)i * column->step + 1;
        b.i = (int64_t)(column->first + i) + 1;
        canvas_put(p->canvas, row, column->col, ROLE_QUIET, "b");
        cell_draw(p, row, column->col + 1, d->field, &b);
    }
}

static void draw_nodes(const struct picture *p, const struct diagram *d, int n) {
    const struct nodes *column = &d->columns[n];
    enum quantity_kind kind = node_kind(p, column->layer);
    size_t neurons = p->model->network.layers[column->layer].n;
    for (size_t i = 0; i < column->shown; i++) {
        int row = column->top + (int)i * column->step;
        struct quantity q = {
            .kind = kind, .layer = column->layer, .i = (int64_t)(column->first + i) + 1};
        int left = column->col, right = left + d->field.width;
        canvas_fill(p->canvas, (struct rect){row, left + 1, 1, d->field.width - 1}, ROLE_TEXT, ' ');
        bool ascii = p->notation == NOTATION_ASCII;
        canvas_put(p->canvas, row, left, ROLE_FRAME, n == 0 ? "" : ascii ? "|" : "┤");
        canvas_put(p->canvas, row, right, ROLE_FRAME, n + 1 == d->count ? "" : ascii ? "|" : "├");
        cell_draw(p, row, left + 1, d->field, &q);
    }
    draw_biases(p, d, column);
    if (column->shown < neurons) {
        int row = column->top + ((int)column->shown - 1) * column->step + 1;
        char text[32];
        int cells = snprintf(text, sizeof text, "+%zu", neurons - column->shown);
        if (row < d->body.row + d->body.rows) {
            int col = canvas_put(p->canvas, row, column->col + 2, ROLE_QUIET, "⋮");
            canvas_put(p->canvas, row, col, ROLE_QUIET, cells < d->field.width - 1 ? text : "");
        }
    }
}

/* A symbol, the shorter the higher the level: "new W⁽⁰⁾"; without its layer, which the
 * column tells; by its name, "dW"; and of what is new only that. */
static void put_label(struct line *line, const struct picture *p, const struct quantity *q,
                      enum role role, int level) {
    const struct quantity_row *kind = quantity_row(q->kind);
    level = q->kind == QUANTITY_R && q->layer == 0 ? 0 : level; /* "x" */
    bool plain = p->notation == NOTATION_ASCII || level > 1;
    bool alone = q->next && level > 1;
    line_put(line, role, q->next ? (alone ? "new" : "new ") : "");
    if (level == 0) {
        line_symbol(line, p, q, role);
    } else if (!alone) {
        line_put(line, role, plain ? kind->name : kind->symbol);
    }
}

/* Columns from ... to, and how many of them may be used. */
struct span {
    int from, to, most;
};

/* A label in the middle of a span, as long as there is room for, but of this level at
 * least. The span becomes that of the label; false where no form of it fits. */
static bool draw_label(const struct picture *p, int row, struct span *span,
                       const struct quantity *q, enum role role, int level) {
    bool fits = false;
    for (; level < LENGTHS && !fits; level++) {
        struct line line = LINE_EMPTY;
        put_label(&line, p, q, role, level);
        fits = line.cells <= span->most;
        if (fits) {
            span->from += (span->to - span->from - line.cells) / 2;
            span->to = span->from + line.cells;
            line_draw(&line, p, (struct rect){row, span->from, 1, line.cells}, 0);
        }
        line_free(&line);
    }
    return fits;
}

/* Over each layer, what its numbers are; over each joint the same, in the room that the
 * labels beside it leave. Says whether all of them had room. */
static bool draw_labels_at(const struct picture *p, const struct diagram *d, int row, int level) {
    struct span spans[COLUMNS_MAX];
    bool fit = true;
    for (int n = 0; n < d->count; n++) {
        const struct nodes *column = &d->columns[n];
        enum quantity_kind kind = node_kind(p, column->layer);
        struct quantity q = {.kind = kind, .layer = column->layer};
        enum role role =
            quantity_row(kind)->family == FAMILY_FORWARD ? ROLE_FORWARD : ROLE_BACKWARD;
        int from = column->col + 1, width = d->field.width;
        spans[n] = (struct span){from, from + width + 1, width};
        fit &= draw_label(p, row, &spans[n], &q, picture_title_role(p, &q, role), level);
    }
    for (int n = 0; n + 1 < d->count; n++) {
        struct quantity w = wires_quantity(p, d->columns[n].layer);
        enum role weight = w.kind == QUANTITY_DW ? ROLE_BACKWARD
                           : w.next              ? ROLE_UPDATE
                                                 : ROLE_WEIGHT;
        struct span gap = {d->columns[n].col + d->field.width + 1, d->columns[n + 1].col, 0};
        int left = gap.from - spans[n].to - 1, right = spans[n + 1].from - 1 - gap.to;
        int beyond = left < right ? left : right; /* over the nodes: as much on either side */
        gap.from -= beyond;
        gap.to += beyond;
        gap.most = gap.to - gap.from;
        fit &= draw_label(p, row, &gap, &w, picture_title_role(p, &w, weight), 0);
    }
    return fit;
}

/* Labels of layers give way to those of joints. */
static void draw_labels(const struct picture *p, const struct diagram *d, int row) {
    for (int level = 0; level < LENGTHS && !draw_labels_at(p, d, row, level); level++) {
        if (level + 1 < LENGTHS) {
            canvas_fill(p->canvas, (struct rect){row, d->body.col, 1, d->body.cols}, ROLE_TEXT,
                        ' ');
        }
    }
}

/* Where among all layers the window is, in `cells` cells. */
static void draw_strip(const struct picture *p, int row, int col, int cells,
                       const struct diagram *d) {
    size_t layers = p->model->network.K + 1;
    size_t first = d->columns[0].layer, last = d->columns[d->count - 1].layer;
    size_t strip = (size_t)cells;
    for (size_t n = 0; n < strip; n++) {
        size_t from = n * layers / strip, to = ((n + 1) * layers - 1) / strip;
        bool seen = from <= last && first <= to;
        canvas_put(p->canvas, row, col + (int)n, seen ? ROLE_HEADING : ROLE_QUIET,
                   seen ? "■" : panel_dot(p));
    }
}

/* What of the network is seen, the shorter the higher the level: "layers 4–7 of 0–1000",
 * "4–7 of 0–1000", "4–7/1000", or of the edges; where all is seen, what the signs on the
 * wires are, if there are any, or else thick wires. */
static void put_seen(char *text, size_t size, const struct picture *p, const struct diagram *d,
                     const struct wires *wires, int level) {
    size_t edges = wires->edges, first = d->columns[0].layer, last = d->columns[d->count - 1].layer,
           all = 0;
    for (size_t k = first; k < last; k++) {
        all += p->model->network.layers[k].n * p->model->network.layers[k + 1].n;
    }
    if (last - first < p->model->network.K) {
        snprintf(text, size, level < 2 ? "%s%zu–%zu of 0–%zu" : "%s%zu–%zu/%zu",
                 level == 0 ? "layers " : "", first, last, p->model->network.K);
    } else if (edges < all && level > 0) {
        snprintf(text, size, edges > 0 ? "+%zu edges" : "%zu edges", all - edges);
    } else if (edges < all && edges > 0) {
        snprintf(text, size, "%zu edge%s, %zu more hidden", edges, edges == 1 ? "" : "s",
                 all - edges);
    } else if (edges < all) {
        snprintf(text, size, "all joined to all: %zu edges", all);
    } else if (wires->signs) {
        snprintf(text, size, level == 0 ? "+ − 0: the sign of each" : "+ − 0: signs");
    } else if (all > last - first && p->notation == NOTATION_UNICODE && level == 0) {
        snprintf(text, size, "━ large, ─ small");
    }
}

static void draw_heading(const struct picture *p, struct rect rect, const struct diagram *d,
                         const struct wires *wires) {
    bool forward = p->focus.step == 0 || pass_role(p->step.law) == ROLE_FORWARD;
    int col = panel_heading(p, rect, ROLE_HEADING, "network");
    col = canvas_put(p->canvas, rect.row, col, forward ? ROLE_FORWARD : ROLE_BACKWARD,
                     forward ? "→ " : "← ");
    char seen[96] = "";
    int at = rect.col, strip = 0, least = d->count <= (int)p->model->network.K ? STRIP_LEAST : 0;
    for (int level = 0; level < LENGTHS && (level == 0 || strip < least); level++) {
        put_seen(seen, sizeof seen, p, d, wires, level);
        at = rect.col + rect.cols - (int)utf8_cells(seen) - 3;
        strip = at - col;
    }
    if (!*seen || at < col) {
        return;
    }
    if (least > 0 && strip >= least) {
        strip = strip < STRIP ? strip : STRIP;
        canvas_put(p->canvas, rect.row, at - strip - 1, ROLE_TEXT, " ");
        draw_strip(p, rect.row, at - strip, strip, d);
    }
    canvas_printf(p->canvas, rect.row, at, ROLE_QUIET, " %s ", seen);
}

void panel_network(const struct picture *p, struct rect rect) {
    if (rect.rows < 3 || rect.cols < 12) {
        return;
    }
    int margin = rect.cols >= 48 ? 1 : 0;
    struct diagram d = {
        .body = {rect.row + 2, rect.col + margin, rect.rows - 2, rect.cols - 2 * margin}};
    struct wires wires = {0};
    size_t first;
    plan_columns(&d, p, &first);
    place_columns(&d, first);
    place_rows(&d, p);
    wires.beneath = cells_beneath(p, &d);
    draw_labels(p, &d, rect.row + 1);
    for (int n = 0; n + 1 < d.count; n++) {
        const struct nodes *from = &d.columns[n], *to = &d.columns[n + 1];
        int col = from->col + d.field.width + 1;
        wires_draw(p, from, to, col, to->col - col, &wires);
    }
    for (int n = 0; n < d.count; n++) {
        draw_nodes(p, &d, n);
    }
    draw_heading(p, rect, &d, &wires);
}
