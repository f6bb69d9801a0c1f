/*
 * view/weights_layout.c - which joint the screen of weights shows, which part of it,
 * and how: the first in a table of ways in which all of it fits, else a window.
 */
#include "base/table.h"
#include "weights.h"

enum { BESIDE_COLS = 44, BELOW_ROWS = 14, ALL_JOINTS_MOST = 12, LEGEND_COLS = 38 };

struct quantity weights_element(const struct weights *w, const struct sheet *sheet, size_t i,
                                size_t j) {
    struct quantity q = {.kind = sheet->weight, .next = sheet->next, .layer = w->k};
    q.i = (int64_t)i + 1;
    q.j = (int64_t)j + 1;
    if (i == w->n) {
        q.kind = sheet->bias;
        q.i = q.j;
        q.j = 0;
    }
    return q;
}

/* ---- which joint ---- */

size_t weights_joint(const struct picture *p) {
    const struct pick *pick = &p->state->pick;
    const struct scroll *scroll = &p->state->scroll;
    if (pick->active && !(scroll->held && scroll->away)) {
        switch (pick->q.kind) {
        case QUANTITY_R: return 0;
        case QUANTITY_Y: return p->model->network.K - 1;
        default: return pick->q.layer;
        }
    }
    return scroll->held ? scroll->joint : picture_joint(p);
}

bool weights_picked(const struct picture *p, const struct weights *w, size_t *i, size_t *j) {
    const struct pick *pick = &p->state->pick;
    bool weight = pick->q.kind == QUANTITY_W;
    if (!pick->active || pick->q.layer != w->k || (!weight && pick->q.kind != QUANTITY_B)) {
        return false;
    }
    *i = weight ? (size_t)pick->q.i - 1 : w->n;
    *j = (size_t)(weight ? pick->q.j : pick->q.i) - 1;
    return true;
}

/* ---- how it lies ---- */

struct weights weights_of(const struct picture *p, size_t k, bool roomy) {
    const struct network *network = &p->model->network;
    struct weights w = {.k = k,
                        .n = network->layers[k].n,
                        .m = network->layers[k + 1].n,
                        .bias = network->bias,
                        .roomy = roomy};
    bool mean = model_batched(p->model);
    w.label = 2 + panel_digits(w.n);
    w.gap = 3;
    w.sheets[0] = (struct sheet){.weight = QUANTITY_W, .bias = QUANTITY_B};
    w.sheets[1] = (struct sheet){.weight = mean ? QUANTITY_GW : QUANTITY_DW,
                                 .bias = mean ? QUANTITY_GB : QUANTITY_DB};
    w.sheets[2] = (struct sheet){.weight = QUANTITY_W, .bias = QUANTITY_B, .next = true};
    return w;
}

static size_t all_rows(const struct weights *w) {
    return w->n + (w->bias ? 1 : 0);
}

/* Ways to show it, the best first. */
static const struct way {
    int each; /* 0: numbers */
    int count;
    bool beside;
} ways[] = {
    {0, 3, true},  {0, 2, true}, {0, 2, false}, {3, 2, true},
    {3, 2, false}, {2, 2, true}, {2, 2, false}, {1, 2, true},
};

static void take_way(const struct picture *p, struct weights *w, const struct way *way) {
    w->heat = way->each > 0;
    w->count = way->count;
    w->beside = way->beside;
    w->field = field_of(p, p->state->digits + 5);
    w->each = w->heat ? way->each : w->field.width;
}

/* Rows of frames and legends that go with the sheets. */
int weights_legend(const struct weights *w) {
    return !w->roomy ? 0 : w->heat ? 2 : 1;
}

static int frame_rows(const struct weights *w) {
    return (w->beside ? 1 : w->count) * (2 + weights_legend(w));
}

/* Cells of a sheet in the room that there is. */
static int room_of(const struct weights *w, int cols) {
    cols -= w->label;
    return w->beside ? (cols - (w->count - 1) * w->gap) / w->count : cols;
}

static bool fits(const struct weights *w, struct rect rect) {
    int room = room_of(w, rect.cols);
    if (room <= 0 || w->each <= 0) {
        return false;
    }
    size_t cols = (size_t)(room / w->each);
    int rows = rect.rows - frame_rows(w);
    rows = w->beside ? rows : rows / w->count;
    return rows > 0 && w->m <= cols && all_rows(w) <= (size_t)rows;
}

/* Not all of it fits: three columns an element where that shows whole rows, else two;
 * as many sheets as make sense. */
static void take_window(const struct picture *p, struct weights *w, struct rect rect) {
    struct way way = {3, rect.cols >= BESIDE_COLS || rect.rows >= BELOW_ROWS ? 2 : 1,
                      rect.cols >= BESIDE_COLS};
    take_way(p, w, &way);
    if (w->m > (size_t)(room_of(w, rect.cols) / w->each)) {
        way.each = 2;
        take_way(p, w, &way);
    }
    if (way.count == 1 && p->step.law == LAW_B3) {
        w->sheets[0] = w->sheets[1]; /* the one that the equation is about */
    }
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Which rows and columns are seen. */
static void place_window(const struct picture *p, struct weights *w) {
    const struct scroll *scroll = &p->state->scroll;
    bool held = scroll->held && scroll->joint == w->k;
    if (held) {
        w->first_i = least(scroll->row, w->n - w->rows);
        w->first_j = least(scroll->col, w->m - w->cols);
    } else {
        w->first_i = window_first(w->n, w->rows, picture_neuron(p, w->k));
        w->first_j = window_first(w->m, w->cols, picture_neuron(p, w->k + 1));
    }
    size_t i, j;
    if (!weights_picked(p, w, &i, &j) || (held && scroll->away)) {
        return;
    }
    if (i < w->n && (i < w->first_i || i >= w->first_i + w->rows)) {
        w->first_i = window_first(w->n, w->rows, i);
    }
    if (j < w->first_j || j >= w->first_j + w->cols) {
        w->first_j = window_first(w->m, w->cols, j);
    }
}

bool weights_lay_out(const struct picture *p, struct weights *w, struct rect rect, int most) {
    bool whole = false;
    for (size_t n = 0; n < TABLE_COUNT(ways) && !whole; n++) {
        take_way(p, w, &ways[n]);
        whole = w->count <= most && fits(w, rect);
    }
    if (!whole) {
        take_window(p, w, rect);
    }
    int rows = rect.rows - frame_rows(w);
    rows = w->beside ? rows : rows / w->count;
    int cols = room_of(w, rect.cols) / w->each;
    if (rows < 1 || cols < 1) {
        return false;
    }
    w->bias = w->bias && rows > 1;
    w->rows = least(w->n, (size_t)rows - (w->bias ? 1 : 0));
    w->cols = least(w->m, (size_t)cols);
    w->width = (int)w->cols * w->each;
    int room = room_of(w, rect.cols);
    while (w->beside && w->width < room && w->width < LEGEND_COLS) {
        w->width++; /* room for the legend */
    }
    place_window(p, w);
    return true;
}

/* Below each other, as numbers side by side, with a blank row between. */
static bool all_fit(const struct picture *p, struct rect body, const struct way *way) {
    const struct network *network = &p->model->network;
    size_t rows = 0;
    for (size_t k = 0; k < network->K; k++) {
        struct weights w = weights_of(p, k, true);
        take_way(p, &w, way);
        rows += all_rows(&w) + (size_t)frame_rows(&w) + (k > 0 ? 1 : 0);
        if (k == ALL_JOINTS_MOST || rows > (size_t)body.rows || !fits(&w, body)) {
            return false;
        }
    }
    return true;
}

int weights_all_fit(const struct picture *p, struct rect body) {
    return all_fit(p, body, &ways[0]) ? 3 : all_fit(p, body, &ways[1]) ? 2 : 0;
}
