/*
 * term/gather.c - what differs between two canvases.
 *
 * Three things make it little: cells that nobody can tell apart are the same (a blank on
 * the page has no colour of its own); a blank belongs to any run beside it whose style has
 * no background of its own; and a row that ends in blanks is cleared to its end.
 */
#include "gather.h"

#include <string.h>

/* ---- cells ---- */

struct style look_of(const struct paint *paint, const struct cell *cell) {
    struct style style = paint->styles[cell->role < ROLE_COUNT ? cell->role : ROLE_TEXT];
    if (cell->lower >= ROLE_HEAT_0 && cell->role >= ROLE_HEAT_0 && paint->colors) {
        style.foreground = style.background;
        style.background = paint->styles[cell->lower].background;
        style.attributes = 0;
    }
    style.attributes = theme_attributes((uint8_t)style.attributes, cell);
    return style;
}

bool look_is_open(const struct paint *paint, struct style style) {
    return style.background == paint->styles[ROLE_TEXT].background &&
           !(style.attributes & (LOOK_UNDERLINE | LOOK_REVERSE));
}

bool cell_is_empty(const struct paint *paint, const struct cell *cell) {
    if (cell->glyph != ' ' || cell->mark != 0) {
        return false;
    }
    bool plain = cell->role == ROLE_TEXT && cell->emphasis == 0; /* that is the page itself */
    return plain || look_is_open(paint, look_of(paint, cell));
}

static bool is_same(const struct paint *paint, const struct cell *a, const struct cell *b) {
    return (a->glyph == b->glyph && a->mark == b->mark && a->role == b->role &&
            a->emphasis == b->emphasis && a->lower == b->lower) ||
           (cell_is_empty(paint, a) && cell_is_empty(paint, b));
}

/* ---- runs ---- */

void gather_begin(struct paint *paint) {
    struct runs *runs = &paint->runs;
    runs->count = 0;
    runs->style_count = 1;
    runs->first[0] = runs->last[0] = -1;
}

/* No room for another style, or for a few more runs. */
static bool is_full(const struct runs *runs) {
    return runs->count > RUNS - 4 || runs->style_count == RUN_STYLES;
}

/* The list of a style, most often the `last` one; there is room for it. */
static int list_of(struct runs *runs, struct style style, int last) {
    if (last > 0 && last < RUN_STYLES && pen_style_equal(runs->styles[last], style)) {
        return last;
    }
    for (int n = runs->style_count - 1; n > 0; n--) {
        if (pen_style_equal(runs->styles[n], style)) {
            return n;
        }
    }
    runs->styles[runs->style_count] = style;
    runs->first[runs->style_count] = runs->last[runs->style_count] = -1;
    return runs->style_count++;
}

static void add_run(struct runs *runs, int list, struct run run) {
    short at = (short)runs->count++;
    run.next = -1;
    runs->list[at] = run;
    if (runs->first[list] < 0) {
        runs->first[list] = at;
    } else {
        runs->list[runs->last[list]].next = at;
    }
    runs->last[list] = at;
}

/* ---- rows ---- */

bool cell_differs(const struct paint *paint, const struct row *row, int col) {
    return !is_same(paint, &row->cells[col], &row->shown[col]);
}

/* Where nothing but blanks follows. */
static int filled_cols(const struct paint *paint, const struct row *row) {
    int cols = row->cols;
    while (cols > 0 && cell_is_empty(paint, &row->cells[cols - 1])) {
        cols--;
    }
    return cols;
}

/* What a row is gathered with: the run that may still grow, in the style of `list`. */
struct gathering {
    struct paint *paint;
    const struct row *row;
    struct run run;
    int list;  /* 0: blanks so far */
    bool open; /* the style of the run has no background of its own */
    int other; /* the last list with such a style in this row; 0: none */
};

static void end_run(struct gathering *g) {
    if (g->run.end > g->run.col || g->run.clear) {
        int list = g->list > 0 ? g->list : g->other;
        add_run(&g->paint->runs, list, g->run);
        g->other = g->open ? list : g->other;
    }
    g->run = (struct run){.row = (short)g->row->number};
    g->list = 0;
    g->open = true;
}

/* The run that takes in column `col` too: the one before, if it can. */
static void begin_run(struct gathering *g, int col, int list, bool open) {
    bool on = g->run.end == col && g->run.end > g->run.col;
    bool same = list == g->list || (list == 0 && g->open) || (g->list == 0 && open);
    if (!on || !same) {
        end_run(g);
        g->run.col = g->run.end = (short)col;
        g->list = list;
        g->open = open;
    } else if (g->list == 0) {
        g->list = list;
    }
}

/* A cell that looks as what is shown there counts as shown. */
static bool take_over(const struct paint *paint, const struct row *row, int col) {
    bool same = !cell_differs(paint, row, col);
    if (same) {
        row->shown[col] = row->cells[col];
    }
    return same;
}

/* The rest of the row is blank, from `first` on: what differs lies before `end`. Cleared,
 * where that is shorter. */
static void gather_rest(struct gathering *g, const struct pen *pen, int first, int end) {
    while (first < end && take_over(g->paint, g->row, first)) {
        first++;
    }
    while (end > first && take_over(g->paint, g->row, end - 1)) {
        end--;
    }
    if (first < end) {
        begin_run(g, first, 0, true);
        g->run.clear = end - first > (int)strlen(pen->el);
        g->run.end = g->run.clear ? g->run.end : (short)end;
    }
}

/* Is it the cell that was painted there? */
static bool is_same_cell(const struct row *row, int col) {
    return memcmp(&row->cells[col], &row->shown[col], sizeof *row->cells) == 0;
}

/* The first column from `col` on with another cell; `end`: there is none before it. */
static int next_change(const struct row *row, int col, int end) {
    const struct cell *cell = row->cells + col, *shown = row->shown + col;
    while (col < end && memcmp(cell, shown, sizeof *cell) == 0) {
        cell++;
        shown++;
        col++;
    }
    return col;
}

/* Behind the last cell that may differ; the last one of all counts as shown, where it
 * cannot be written. */
static int changed_cols(const struct paint *paint, const struct pen *pen, const struct row *row) {
    int cols = row->cols;
    if (row->number == paint->rows - 1 && cols == paint->cols && !pen->last_cell) {
        row->shown[cols - 1] = row->cells[cols - 1];
    }
    if (memcmp(row->cells, row->shown, (size_t)cols * sizeof *row->cells) == 0) {
        return 0;
    }
    while (is_same_cell(row, cols - 1)) {
        cols--;
    }
    return cols;
}

bool gather_can_clear(const struct paint *paint, const struct pen *pen) {
    return paint->styles[ROLE_TEXT].background == STYLE_OWN || pen->clears_in_color;
}

/* A cell of which something differs, and its right half where it is `wide`. */
static void gather_cell(struct gathering *g, int col, bool wide) {
    struct paint *paint = g->paint;
    const struct cell *cell = &g->row->cells[col];
    if (cell_is_empty(paint, cell)) {
        begin_run(g, col, 0, true);
    } else {
        struct style style = look_of(paint, cell);
        begin_run(g, col, list_of(&paint->runs, style, g->list), look_is_open(paint, style));
    }
    g->run.end = (short)(col + (wide ? 2 : 1));
}

int gather_row(struct paint *paint, const struct pen *pen, const struct row *row, int from) {
    struct gathering g = {.paint = paint, .row = row};
    int end = changed_cols(paint, pen, row);
    if (end <= from) {
        return row->cols;
    }
    bool clear = pen->el[0] && gather_can_clear(paint, pen);
    int cols = clear ? filled_cols(paint, row) : row->cols;
    end_run(&g);
    int last = cols < end ? cols : end;
    for (int col = from; (col = next_change(row, col, last)) < last; col++) {
        col -= row->cells[col].glyph == 0 && col > from; /* half: with its left one */
        if (is_full(&paint->runs)) {
            end_run(&g);
            return col;
        }
        bool wide = col + 1 < row->cols && row->cells[col + 1].glyph == 0;
        bool shown = take_over(paint, row, col);
        if (!shown || (wide && !take_over(paint, row, col + 1))) {
            gather_cell(&g, col, wide);
        }
        col += wide;
    }
    gather_rest(&g, pen, cols, end);
    end_run(&g);
    return row->cols;
}
