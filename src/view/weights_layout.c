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

enum { NUMBER_WAYS = 3 };

/* Ways to show it, the best first: those with numbers, then the others. */
static const struct way {
    int each; /* 0: numbers */
    int count;
    bool beside;
} ways[] = {
    {0, 3, true},  {0, 2, true}, {0, 2, false}, {3, 2, true},
    {3, 2, false}, {2, 2, true}, {2, 2, false}, {1, 2, true},
};

static void take_way(struct weights *w, const struct way *way, int digits) {
    w->heat = way->each > 0;
    w->count = way->count;
    w->beside = way->beside;
    w->each = w->heat ? way->each : digits + 5;
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

/* Columns and rows of elements that there is room for. */
static size_t room_cols(const struct weights *w, struct rect rect) {
    int room = room_of(w, rect.cols);
    return room > 0 && w->each > 0 ? (size_t)(room / w->each) : 0;
}

static size_t room_rows(const struct weights *w, struct rect rect) {
    int rows = rect.rows - frame_rows(w);
    return rows > 0 ? (size_t)(w->beside ? rows : rows / w->count) : 0;
}

static bool fits(const struct weights *w, struct rect rect) {
    return w->m <= room_cols(w, rect) && all_rows(w) <= room_rows(w, rect);
}

/* Numbers whose columns do not all fit, since more decimals are asked for than usual: with
 * the usual ones they would. Else false. */
static bool take_numbers(const struct picture *p, struct weights *w, struct rect rect, int most) {
    bool usual = false;
    for (size_t n = 0; n < NUMBER_WAYS && !usual; n++) {
        take_way(w, &ways[n], DIGITS_DEFAULT);
        usual = w->count <= most && fits(w, rect);
    }
    for (size_t n = NUMBER_WAYS; usual && n-- > 0;) { /* below each other more of them fit */
        take_way(w, &ways[n], p->state->digits);
        if (w->count <= most && room_cols(w, rect) > 0 && all_rows(w) <= room_rows(w, rect)) {
            return true;
        }
    }
    return false;
}

/* Not all of it fits: three columns an element where that shows whole rows, else two;
 * as many sheets as make sense. */
static void take_window(const struct picture *p, struct weights *w, struct rect rect) {
    struct way way = {3, rect.cols >= BESIDE_COLS || rect.rows >= BELOW_ROWS ? 2 : 1,
                      rect.cols >= BESIDE_COLS};
    take_way(w, &way, 0);
    if (w->m > room_cols(w, rect)) {
        way.each = 2;
        take_way(w, &way, 0);
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

static void choose_way(const struct picture *p, struct weights *w, struct rect rect, int most) {
    for (size_t n = 0; n < TABLE_COUNT(ways); n++) {
        if (n == NUMBER_WAYS && take_numbers(p, w, rect, most)) {
            return;
        }
        take_way(w, &ways[n], p->state->digits);
        if (w->count <= most && fits(w, rect)) {
            return;
        }
    }
    take_window(p, w, rect);
}

bool weights_lay_out(const struct picture *p, struct weights *w, struct rect rect, int most) {
    choose_way(p, w, rect, most);
    size_t rows = room_rows(w, rect), cols = room_cols(w, rect);
    if (rows < 1 || cols < 1) {
        return false;
    }
    if (!w->heat) {
        w->field = field_of(p, w->each);
    }
    w->bias = w->bias && rows > 1;
    w->rows = least(w->n, rows - (w->bias ? 1 : 0));
    w->cols = least(w->m, cols);
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
        take_way(&w, way, p->state->digits);
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
