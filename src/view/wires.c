/*
 * view/wires.c - the edges between two layers, as wires that carry their weights.
 *
 * Where there is room, a crossbar: a row for each neuron of the layer before, a
 * lane for each neuron of the layer after, and at each crossing the weight, or its
 * sign. A lane collects its products: that is z; a row read backwards collects
 * gradients. Lanes end at their neuron:
 *
 *                      ┌───────────▶┤ 0.3000
 *       1.0000├─ 0.50  ┼ −0.30 ┐
 *                      │       ├───▶┤ 0.0000
 *      −2.0000├─ 0.10  ┴  0.40 ┘
 *
 * The wire before a weight has the hue of its sign, and is thick where the weight is at
 * least half of the largest; where there is room for its sign only, that is bold. A chain
 * of single neurons has its weights beneath the wires, where they are too short:
 *
 *      2.0000├────▶┤ 1.0000├────▶┤ 1.5000
 *             0.5000        1.5000
 *
 * Else a bus, which says only that all are joined to all; the edges of the present
 * neuron are marked on it. Rows and columns are those of the canvas.
 */
#include <math.h>

#include "panel.h"
#include "wires.h"

enum { SIGN_LANE = 2, SPARE_MOST = 6, DECIMALS_LEAST = 2 };

struct crossbar {
    const struct picture *p;
    const struct nodes *from, *to;
    int col, cols;      /* between the ports */
    int lane, spacing;  /* column of the first lane, and to the next */
    int decimals;       /* of weights on the wires; 0: only signs */
    int beneath;        /* cells that a weight has beneath its wire, or 0 */
    double largest;     /* the largest amount of those that are shown */
    struct quantity of; /* what is shown: W, dW or the new W */
};

struct quantity wires_quantity(const struct picture *p, size_t k) {
    struct quantity q = {.kind = QUANTITY_W, .layer = k};
    bool here = p->focus.step > 0 && p->step.target.layer == k;
    if (here && p->step.law == LAW_B3) {
        q.kind = QUANTITY_DW;
    }
    q.next = here && p->step.law == LAW_U;
    return q;
}

static int row_of(const struct nodes *nodes, size_t n) {
    return nodes->top + (int)n * nodes->step;
}

static int lane_of(const struct crossbar *x, size_t n) {
    return x->lane + (int)n * x->spacing;
}

static struct quantity edge(const struct crossbar *x, size_t i, size_t j) {
    struct quantity q = x->of;
    q.i = (int64_t)(x->from->first + i) + 1;
    q.j = (int64_t)(x->to->first + j) + 1;
    return q;
}

/* Is the edge one of the present equation? */
static bool present(const struct crossbar *x, size_t i, size_t j) {
    struct quantity q = edge(x, i, j);
    return picture_marked(x->p, &q);
}

/* ---- marks on the wires ---- */

/* Of the two kinds of edges that can be told apart without numbers. */
static bool is_strong(const struct crossbar *x, const struct quantity *q) {
    return x->largest > 0 && fabs(quantity_value(x->p->model, q)) >= x->largest / 2;
}

/* The largest amount, as far as the walk has been. */
static double largest_of(const struct crossbar *x) {
    const struct picture *p = x->p;
    double largest = 0;
    for (size_t i = 0; i < x->from->shown; i++) {
        for (size_t j = 0; j < x->to->shown; j++) {
            struct quantity q = edge(x, i, j);
            double amount = picture_known(p, &q) ? fabs(quantity_value(p->model, &q)) : 0;
            largest = amount > largest ? amount : largest;
        }
    }
    return largest;
}

/* Is there nothing in this cell but a wire along the row? */
static bool is_wire(const struct crossbar *x, int row, int col) {
    bool within = col >= x->col && col < x->col + x->cols;
    return within && canvas_cell(x->p->canvas, row, col)->sides == (SIDE_LEFT | SIDE_RIGHT);
}

/* A minus sign is no piece of the wire: a blank stands between the two. */
static void set_apart(const struct crossbar *x, int row, int col) {
    if (is_wire(x, row, col)) {
        canvas_glyph(x->p->canvas, row, col, ROLE_TEXT, 0, ' ');
    }
}

/* The sign of a weight, at the crossing. */
static void draw_sign(const struct crossbar *x, int row, int col, const struct quantity *q) {
    const struct picture *p = x->p;
    bool marked, known = picture_known(p, q);
    picture_hit_elements(p, (struct rect){row, col, 1, 1}, 1, q, known);
    if (!known) {
        canvas_put(p->canvas, row, col, ROLE_QUIET, picture_blank(p, q));
        return;
    }
    double value = quantity_value(p->model, q), old;
    const char *sign = value > 0 ? "+" : value < 0 ? "−" : "0";
    enum role plain = picture_changed(p, q, &old) ? ROLE_CHANGED : cell_role(p, q);
    enum role role = picture_cell_role(p, q, plain, &marked);
    role = picture_picked(p, q) ? ROLE_SELECTED : role;
    canvas_put_styled(p->canvas, row, col, role, is_strong(x, q) ? EMPHASIS_BOLD : 0,
                      isnan(value) ? "?" : sign);
    if (value < 0) {
        set_apart(x, row, col - 1);
        set_apart(x, row, col + 1);
    }
}

/* The wire that leads to a weight, from its end in column col on to the left. */
static void draw_hue(const struct crossbar *x, int row, int col, const struct quantity *q) {
    double value = quantity_value(x->p->model, q);
    enum role role = value > 0 ? ROLE_POSITIVE : value < 0 ? ROLE_NEGATIVE : ROLE_FRAME;
    for (; picture_known(x->p, q) && is_wire(x, row, col); col--) {
        canvas_glyph(x->p->canvas, row, col, role, 0, is_strong(x, q) ? 0x2501 : 0x2500);
    }
}

/* A weight on the wire: a field of `decimals`, with the mark of a change at its end. */
static void draw_weight(const struct crossbar *x, int row, int col, const struct quantity *q) {
    struct field field = {x->decimals + 4, x->decimals};
    canvas_fill(x->p->canvas, (struct rect){row, col, 1, field.width}, ROLE_TEXT, ' ');
    cell_draw(x->p, row, col, field, q);
    if (picture_known(x->p, q) && quantity_value(x->p->model, q) < 0) {
        set_apart(x, row, --col);
    }
    draw_hue(x, row, col - 1, q);
}

/* The weight of a straight wire beneath its middle. */
static void draw_beneath(const struct crossbar *x, int row, const struct quantity *q) {
    struct field field = {x->decimals + 4, x->decimals};
    cell_draw(x->p, row + 1, x->col + (x->cols - field.width) / 2, field, q);
    bool head = canvas_cell(x->p->canvas, row, x->col + x->cols - 1)->sides == 0;
    draw_hue(x, row, x->col + x->cols - 1 - head, q);
}

/* Has the gradient of neuron n of the layer before come back on its wires? */
static bool came_back(const struct crossbar *x, size_t n) {
    const struct model *model = x->p->model;
    struct quantity q = {.kind = model->network.combine ? QUANTITY_DZ : QUANTITY_DR,
                         .layer = x->from->layer,
                         .i = (int64_t)n + 1};
    return q.layer > 0 && walk_reached(model, x->p->state->place, &q);
}

/* Which way numbers went last on these wires, or will go: heads at the neurons that they
 * lead to, where the wires are free. They stay until something goes the other way. */
static void draw_heads(const struct crossbar *x) {
    bool back = came_back(x, 0);
    const struct nodes *nodes = back ? x->from : x->to;
    int col = back ? x->col : x->col + x->cols - 1;
    for (size_t n = 0; n < nodes->shown; n++) {
        int row = row_of(nodes, n);
        bool filled = !back || came_back(x, nodes->first + n);
        if (filled && canvas_cell(x->p->canvas, row, col)->sides == (SIDE_LEFT | SIDE_RIGHT)) {
            canvas_glyph(x->p->canvas, row, col, back ? ROLE_BACKWARD : ROLE_FORWARD, 0,
                         back ? 0x25C0 : 0x25B6);
        }
    }
}

/* ---- the crossbar ---- */

/* Where lanes go, and whether weights have room on the wires or beneath them; false where
 * not even signs have. Each segment of a wire: the number with its sign, a blank, the lane. */
static bool plan(struct crossbar *x) {
    int lanes = (int)x->to->shown;
    for (x->decimals = x->p->state->digits; x->decimals >= DECIMALS_LEAST; x->decimals--) {
        x->spacing = x->decimals + 5;
        if (lanes * x->spacing + 2 <= x->cols) {
            int spare = (x->cols - 2 - lanes * x->spacing) / lanes;
            x->spacing += spare < SPARE_MOST ? spare : SPARE_MOST;
            x->lane = x->col + (x->cols - lanes * x->spacing) / 2 + x->spacing - 1;
            x->beneath = 0;
            return true;
        }
    }
    x->decimals = x->beneath - 4 < x->p->state->digits ? x->beneath - 4 : x->p->state->digits;
    if (x->decimals >= DECIMALS_LEAST) {
        x->lane = x->col + x->cols - 1;
        return true;
    }
    x->decimals = x->beneath = 0;
    if ((lanes - 1) * SIGN_LANE + 1 > x->cols) {
        return false;
    }
    x->spacing = lanes > 1 ? (x->cols - 1) / (lanes - 1) : x->cols;
    x->spacing = x->spacing > 2 * SIGN_LANE ? 2 * SIGN_LANE : x->spacing;
    x->lane = x->col + (x->cols - (lanes - 1) * x->spacing - 1) / 2;
    return true;
}

/* No lane may turn off in a row that is another neuron's wire. */
static bool rows_differ(const struct nodes *from, const struct nodes *to) {
    for (size_t i = 0; i < from->shown; i++) {
        for (size_t j = 0; j < to->shown; j++) {
            if (row_of(from, i) == row_of(to, j) && (from->shown > 1 || to->shown > 1)) {
                return false;
            }
        }
    }
    return true;
}

/* The wire of one edge: along the row to the lane, along the lane to the neuron. */
static void draw_wire(const struct crossbar *x, size_t i, size_t j, enum role role) {
    struct canvas *canvas = x->p->canvas;
    int row = row_of(x->from, i), end = row_of(x->to, j), lane = lane_of(x, j);
    int top = row < end ? row : end, bottom = row < end ? end : row;
    canvas_hline(canvas, row, x->col - 1, lane - x->col + 2, role); /* from port ... */
    if (bottom > top) {
        canvas_vline(canvas, top, lane, bottom - top + 1, role);
    }
    canvas_hline(canvas, end, lane, x->col + x->cols - lane + 1, role); /* ... to port */
}

/* In ASCII a corner is no plus sign: . and ' where a lane turns, | where it goes on. */
static void plain_corners(const struct crossbar *x) {
    struct canvas *canvas = x->p->canvas;
    for (int row = canvas->clip.row; row < canvas->clip.row + canvas->clip.rows; row++) {
        for (int col = x->col; col < x->col + x->cols; col++) {
            const struct cell *cell = canvas_cell(canvas, row, col);
            bool up = cell->sides & SIDE_UP, down = cell->sides & SIDE_DOWN;
            if (cell->glyph == '+' && cell->sides != 0) {
                canvas_glyph(canvas, row, col, (enum role)cell->role, 0,
                             up && down ? '|'
                             : up       ? '\''
                                        : '.');
            }
        }
    }
}

static void draw_crossbar(struct crossbar *x) {
    bool many = x->from->shown > 1 || x->to->shown > 1;
    x->largest = largest_of(x);
    for (int pass = 0; pass < 2; pass++) { /* what is present lies over the rest */
        for (size_t j = 0; j < x->to->shown; j++) {
            for (size_t i = 0; i < x->from->shown; i++) {
                bool lit = many && x->p->single && present(x, i, j);
                if (lit == (pass > 0)) {
                    draw_wire(x, i, j, lit ? ROLE_HEADING : ROLE_FRAME);
                }
            }
        }
    }
    if (x->p->canvas->ascii) {
        plain_corners(x);
    }
    draw_heads(x);
    for (size_t j = 0; j < x->to->shown; j++) {
        for (size_t i = 0; i < x->from->shown; i++) {
            struct quantity q = edge(x, i, j);
            int row = row_of(x->from, i), lane = lane_of(x, j);
            if (x->beneath > 0) {
                draw_beneath(x, row, &q);
            } else if (x->decimals > 0) {
                draw_weight(x, row, lane - x->decimals - 4, &q);
            } else {
                draw_sign(x, row, lane, &q);
            }
        }
    }
}

/* ---- the bus ---- */

static void draw_bus(const struct crossbar *x, int lane, enum role role) {
    struct canvas *canvas = x->p->canvas;
    int last_from = row_of(x->from, x->from->shown - 1), last_to = row_of(x->to, x->to->shown - 1);
    int top = x->from->top < x->to->top ? x->from->top : x->to->top;
    int bottom = last_from > last_to ? last_from : last_to;
    for (size_t i = 0; i < x->from->shown; i++) {
        canvas_hline(canvas, row_of(x->from, i), x->col - 1, lane - x->col + 2, role);
    }
    for (size_t j = 0; j < x->to->shown; j++) {
        canvas_hline(canvas, row_of(x->to, j), lane, x->col + x->cols - lane + 1, role);
    }
    if (bottom > top) {
        canvas_vline(canvas, top, lane, bottom - top + 1, role);
    }
}

/* The present neuron's edges over the bus, each with its sign, or its weight where
 * there is room, on the side where they are many. Returns how many. */
static size_t draw_fan(struct crossbar *x, int lane, bool outward) {
    const struct nodes *many = outward ? x->to : x->from;
    const struct nodes *one = outward ? x->from : x->to;
    size_t neuron = picture_neuron(x->p, one->layer);
    if (neuron < one->first || neuron >= one->first + one->shown) {
        return 0;
    }
    size_t at = neuron - one->first, shown = 0;
    int side = outward ? x->col + x->cols - lane - 1 : lane - x->col;
    x->decimals = side - 7 < x->p->state->digits ? side - 7 : x->p->state->digits;
    x->lane = lane;
    x->spacing = 0;
    x->largest = 0;
    for (size_t n = 0; n < many->shown; n++) {
        size_t i = outward ? at : n, j = outward ? n : at;
        if (present(x, i, j)) {
            draw_wire(x, i, j, ROLE_HEADING);
        }
    }
    draw_heads(x);
    for (size_t n = 0; n < many->shown; n++) {
        size_t i = outward ? at : n, j = outward ? n : at;
        struct quantity q = edge(x, i, j);
        if (!present(x, i, j)) {
            continue;
        }
        shown++;
        if (x->decimals >= DECIMALS_LEAST) {
            draw_weight(x, row_of(many, n), outward ? lane + 2 : lane - x->decimals - 5, &q);
        } else {
            draw_sign(x, row_of(many, n), outward ? lane + 1 : lane - 1, &q);
        }
    }
    return shown;
}

void wires_draw(const struct picture *p, const struct nodes *from, const struct nodes *to, int col,
                int cols, struct wires *drawn) {
    if (cols < 1 || from->shown == 0 || to->shown == 0) {
        return;
    }
    struct crossbar x = {
        .p = p, .from = from, .to = to, .col = col, .cols = cols, .beneath = drawn->beneath};
    x.of = wires_quantity(p, from->layer);
    const struct layer *layers = p->model->network.layers;
    bool whole = from->shown == layers[from->layer].n && to->shown == layers[to->layer].n;
    if (whole && rows_differ(from, to) && plan(&x)) {
        draw_crossbar(&x);
        drawn->edges += from->shown * to->shown;
        drawn->signs = drawn->signs || x.decimals == 0;
        return;
    }
    bool here = p->focus.step > 0 && picture_joint(p) == from->layer;
    bool joins = here && (p->step.law == LAW_F1 || p->step.law == LAW_B2 || p->step.law == LAW_B3 ||
                          p->step.law == LAW_U);
    bool outward = p->step.law == LAW_B2;
    int lane = outward ? col + cols / 3 : col + cols - 1 - cols / 3;
    draw_bus(&x, lane, joins && !p->single ? ROLE_HEADING : ROLE_FRAME);
    draw_heads(&x);
    if (joins && p->single) {
        drawn->edges += draw_fan(&x, lane, outward);
    }
}
