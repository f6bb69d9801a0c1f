/*
 * term/paint.c - the difference of two canvases, style by style.
 *
 * Four things make a frame small: cells that nobody can tell apart are the same (a
 * blank on the page has no colour of its own); what differs goes out style by style and
 * not row by row, since to choose a style takes more bytes than to go to where it is
 * seen next, the nearest first; a blank goes out in whatever style the pen has; and a row
 * that ends in blanks is cleared to its end.
 */
#define _XOPEN_SOURCE 700 /* wcwidth() */
#include "term/paint.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/memory.h"

enum {
    BRIDGE = 8,     /* cells that may be cheaper written than moved over */
    LOOK_AHEAD = 6, /* runs among which the nearest is looked for, */
    NEAR = 4,       /* unless one is no more bytes away than this */
};

enum { UNKNOWN = 0x110000 }; /* no glyph at all: differs from all that can be shown */
static const struct cell BLANK = {.glyph = ' ', .role = ROLE_TEXT};

void paint_close(struct paint *paint) {
    free(paint->shown);
    paint->shown = NULL;
}

void paint_forget(struct paint *paint, int rows, int cols) {
    paint_close(paint);
    paint->rows = rows;
    paint->cols = cols;
}

/* ---- cells ---- */

static struct style style_of(const struct paint *paint, const struct cell *cell) {
    struct style style = paint->styles[cell->role < ROLE_COUNT ? cell->role : ROLE_TEXT];
    if (cell->lower >= ROLE_HEAT_0 && cell->role >= ROLE_HEAT_0 && paint->colors) {
        style.foreground = style.background;
        style.background = paint->styles[cell->lower].background;
        style.attributes = 0;
    }
    style.attributes = theme_attributes((uint8_t)style.attributes, cell);
    return style;
}

/* Is a blank in this style nothing but the page? */
static bool is_open(const struct paint *paint, struct style style) {
    return style.background == paint->styles[ROLE_TEXT].background &&
           !(style.attributes & (LOOK_UNDERLINE | LOOK_REVERSE));
}

static bool is_empty(const struct paint *paint, const struct cell *cell) {
    return cell->glyph == ' ' && cell->mark == 0 && is_open(paint, style_of(paint, cell));
}

static bool is_same(const struct paint *paint, const struct cell *a, const struct cell *b) {
    return memcmp(a, b, sizeof *a) == 0 ||
           (a->glyph == b->glyph && a->mark == b->mark && a->role == b->role &&
            a->emphasis == b->emphasis && a->lower == b->lower) ||
           (is_empty(paint, a) && is_empty(paint, b));
}

/* The glyph as it can go out. Where the C library and our tables disagree about a
 * width, the terminal would misplace the rest of the row: '?' instead. */
static uint32_t sure_glyph(uint32_t glyph, int width) {
    bool ascii = glyph >= 0x20 && glyph < 0x7F;
    return ascii || wcwidth((wchar_t)glyph) == width ? glyph : '?';
}

static void put_cell(struct pen *pen, const struct cell *cell, int width) {
    uint32_t glyph = sure_glyph(cell->glyph, width);
    bool marked = glyph == cell->glyph && cell->mark && wcwidth((wchar_t)cell->mark) == 0;
    pen_put(pen, glyph, marked ? cell->mark : 0, width);
    for (int n = 1; n < width && glyph == '?'; n++) {
        pen_put(pen, ' ', 0, 1);
    }
}

/* ---- runs: what differs ---- */

static void runs_clear(struct runs *runs) {
    runs->count = 0;
    runs->style_count = 1;
    runs->first[0] = runs->last[0] = -1;
}

/* No room for another style, or for a few more runs. */
static bool is_full(const struct runs *runs) {
    return runs->count > RUNS - 4 || runs->style_count == RUN_STYLES;
}

/* The list of a style; there is room for it. */
static int list_of(struct runs *runs, struct style style) {
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

struct row {
    const struct cell *cells; /* of the canvas */
    struct cell *shown;
    int number, cols;
};

static struct row row_of(const struct paint *paint, const struct canvas *canvas, int number) {
    int cols = canvas->cols < paint->cols ? canvas->cols : paint->cols;
    struct cell *shown = paint->shown + (size_t)number * (size_t)paint->cols;
    return (struct row){canvas_cell(canvas, number, 0), shown, number, cols};
}

static bool differs(const struct paint *paint, const struct row *row, int col) {
    return !is_same(paint, &row->cells[col], &row->shown[col]);
}

/* Where nothing but blanks follows. */
static int filled_cols(const struct paint *paint, const struct row *row) {
    int cols = row->cols;
    while (cols > 0 && is_empty(paint, &row->cells[cols - 1])) {
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

/* The rest of the row is blank, from `from` on: cleared, where that is shorter. */
static void gather_rest(struct gathering *g, const struct pen *pen, int from) {
    const struct row *row = g->row;
    int first = from, end = row->cols;
    while (first < end && !differs(g->paint, row, first)) {
        first++;
    }
    while (end > first && !differs(g->paint, row, end - 1)) {
        end--;
    }
    if (first < end) {
        begin_run(g, first, 0, true);
        g->run.clear = end - first > (int)strlen(pen->el);
        g->run.end = g->run.clear ? g->run.end : (short)end;
    }
}

/* Do a cell and the right half of it, if it is wide, show what they should? */
static bool is_shown(const struct paint *paint, const struct row *row, int col, bool wide) {
    return !differs(paint, row, col) && !(wide && differs(paint, row, col + 1));
}

/* ---- runs: painting them ---- */

/* What the cells from where the pen is to `col` would take if they were written; more
 * than a move where that cannot be. Those that are shown already are written again, in
 * the pen's style; those that are still to come may hold anything until then. */
static size_t bridge_cost(const struct paint *paint, const struct pen *pen, const struct row *row,
                          int col) {
    size_t count = 0;
    for (int at = pen->col; at < col; at++) {
        const struct cell *cell = &row->cells[at], *shown = &row->shown[at];
        bool narrow =
            cell->glyph != 0 && shown->glyph != 0 && cell[1].glyph != 0 && shown[1].glyph != 0;
        bool plain = cell->glyph >= 0x20 && cell->glyph < 0x7F && cell->mark == 0;
        bool same = (is_empty(paint, cell) && is_open(paint, pen->style)) ||
                    (plain && pen_style_equal(style_of(paint, cell), pen->style));
        if (!narrow || !(same || differs(paint, row, at))) {
            return MOTION_MAX;
        }
        count++;
    }
    return count;
}

/* How many bytes it takes to come to where a run begins; `bridge`: to write what lies
 * between is no more than to go. */
static size_t way_cost(const struct paint *paint, const struct pen *pen, const struct row *row,
                       int col, bool *bridge) {
    size_t move = pen_move_cost(pen, row->number, col);
    bool near = pen->row == row->number && pen->known && col > pen->col && col - pen->col <= BRIDGE;
    size_t between = near ? bridge_cost(paint, pen, row, col) : MOTION_MAX;
    *bridge = near && between <= move;
    return *bridge ? between : move;
}

static void go_to(const struct paint *paint, struct pen *pen, const struct row *row, int col) {
    bool bridge;
    (void)way_cost(paint, pen, row, col, &bridge);
    while (bridge && pen->col < col) {
        bool due = differs(paint, row, pen->col);
        pen_put(pen, due ? ' ' : row->cells[pen->col].glyph, 0, 1);
    }
    pen_move(pen, row->number, col);
}

/* Where to begin a run that only clears: what is blank in front of it may be cleared too,
 * where a way there is shorter. */
static int clear_from(const struct paint *paint, const struct pen *pen, const struct row *row,
                      int col) {
    int first = col;
    while (first > 0 && is_empty(paint, &row->cells[first - 1]) &&
           !differs(paint, row, first - 1)) {
        first--;
    }
    const int places[] = {first, pen->col > first && pen->col < col ? pen->col : first};
    for (size_t n = 0; n < sizeof places / sizeof *places; n++) {
        bool near =
            pen_move_cost(pen, row->number, places[n]) < pen_move_cost(pen, row->number, col);
        col = near ? places[n] : col;
    }
    return col;
}

static void paint_run(const struct paint *paint, struct pen *pen, const struct row *row,
                      const struct run *run) {
    bool clears = run->clear && run->end == run->col;
    go_to(paint, pen, row, clears ? clear_from(paint, pen, row, run->col) : run->col);
    for (int col = run->col; col < run->end; col++) {
        const struct cell *cell = &row->cells[col];
        bool wide = col + 1 < row->cols && cell[1].glyph == 0;
        bool cut = cell->glyph != ' ' && !wide && wcwidth((wchar_t)cell->glyph) == 2;
        struct cell blank = *cell;
        blank.glyph = ' ';
        blank.mark = 0;
        if (cell->glyph != 0) {
            put_cell(pen, cut ? &blank : cell, wide ? 2 : 1);
        }
    }
    int end = run->end;
    if (run->clear) {
        pen_clear_rest(pen);
        end = row->cols;
    }
    memcpy(row->shown + run->col, row->cells + run->col,
           (size_t)(end - run->col) * sizeof *row->shown);
}

/* The list that is next: the one whose style takes the fewest bytes from the pen's. */
static int next_list(const struct runs *runs, struct pen *pen) {
    size_t least = 0;
    int best = 0;
    for (int n = 1; n < runs->style_count; n++) {
        size_t cost = runs->first[n] < 0 ? 0 : pen_style_cost(pen, runs->styles[n]);
        if (runs->first[n] >= 0 && (best == 0 || cost < least)) {
            best = n;
            least = cost;
        }
    }
    return best;
}

/* Take the nearest of the runs that come next in two lists, of which one has a run at least;
 * one that is near enough is not looked behind. */
static const struct run *take_run(struct paint *paint, const struct pen *pen,
                                  const struct canvas *canvas, short *a, short *b) {
    struct run *list = paint->runs.list;
    short *best = *a >= 0 ? a : b;
    size_t least = 0;
    for (int n = 0; n < LOOK_AHEAD && (*a >= 0 || *b >= 0); n++) {
        short **from = *a < 0 || (*b >= 0 && *b < *a) ? &b : &a;
        struct run *run = &list[**from];
        struct row row = row_of(paint, canvas, run->row);
        bool bridge;
        size_t cost = way_cost(paint, pen, &row, run->col, &bridge);
        if (n == 0 || cost < least) {
            best = *from;
            least = cost;
        }
        if (least <= NEAR) {
            break;
        }
        *from = &run->next;
    }
    const struct run *run = &list[*best];
    *best = run->next;
    return run;
}

/* Style by style, so that each is chosen once; the blanks that any will do for go with
 * the first that does. */
static void paint_runs(struct paint *paint, struct pen *pen, const struct canvas *canvas) {
    struct runs *runs = &paint->runs;
    for (int n = next_list(runs, pen); n > 0 || runs->first[0] >= 0; n = next_list(runs, pen)) {
        struct style style = n > 0 ? runs->styles[n] : paint->styles[ROLE_TEXT];
        short none = -1, *list = &runs->first[n];
        short *blanks = n > 0 && is_open(paint, style) ? &runs->first[0] : &none;
        if (n > 0 || !pen->known || !is_open(paint, pen->style)) {
            pen_style(pen, style);
        }
        while (*list >= 0 || *blanks >= 0) {
            const struct run *run = take_run(paint, pen, canvas, list, blanks);
            struct row row = row_of(paint, canvas, run->row);
            paint_run(paint, pen, &row, run);
        }
    }
    runs_clear(runs);
}

/* ---- rows ---- */

/* Cells that need no bytes: those that look the same, and the last one of all, where it
 * cannot be written. */
static void take_over(const struct paint *paint, const struct pen *pen, const struct row *row) {
    bool last = row->number == paint->rows - 1 && row->cols == paint->cols && !pen->last_cell;
    for (int col = 0; col < row->cols; col++) {
        if (!differs(paint, row, col) || (last && col == row->cols - 1)) {
            row->shown[col] = row->cells[col];
        }
    }
}

/* Can a row be cleared to its end, and a screen, so that they look like the page? */
static bool can_clear(const struct paint *paint, const struct pen *pen) {
    return paint->styles[ROLE_TEXT].background == STYLE_OWN || pen->clears_in_color;
}

static void gather_row(struct paint *paint, struct pen *pen, const struct canvas *canvas,
                       const struct row *row) {
    struct gathering g = {.paint = paint, .row = row};
    bool clear = pen->el[0] && can_clear(paint, pen);
    int cols = clear ? filled_cols(paint, row) : row->cols;
    end_run(&g);
    for (int col = 0; col < cols; col++) {
        const struct cell *cell = &row->cells[col];
        bool wide = col + 1 < row->cols && cell[1].glyph == 0;
        if (is_full(&paint->runs)) {
            end_run(&g);
            paint_runs(paint, pen, canvas);
            g.other = 0;
        }
        if (cell->glyph == 0 || is_shown(paint, row, col, wide)) {
            continue; /* a right half is drawn with its left one */
        }
        bool empty = is_empty(paint, cell);
        struct style style = style_of(paint, cell);
        begin_run(&g, col, empty ? 0 : list_of(&paint->runs, style),
                  empty || is_open(paint, style));
        g.run.end = (short)(col + (wide ? 2 : 1));
    }
    gather_rest(&g, pen, cols);
    end_run(&g);
}

/* ---- frames ---- */

/* Begin with an empty screen. Without memory for what is shown, the next frame will
 * begin so too. */
static struct cell *shown_anew(struct paint *paint, struct pen *pen) {
    pen_style(pen, paint->styles[ROLE_TEXT]);
    pen_clear(pen);
    size_t count = (size_t)paint->rows * (size_t)paint->cols;
    free(paint->shown);
    paint->shown = memory_array(count, sizeof *paint->shown);
    struct cell blank = BLANK;
    blank.glyph = can_clear(paint, pen) ? ' ' : UNKNOWN;
    for (size_t n = 0; paint->shown && n < count; n++) {
        paint->shown[n] = blank;
    }
    return paint->shown;
}

void paint_canvas(struct paint *paint, struct pen *pen, const struct canvas *canvas, bool redraw) {
    if ((redraw || !paint->shown) && !shown_anew(paint, pen)) {
        return;
    }
    runs_clear(&paint->runs);
    int rows = canvas->rows < paint->rows ? canvas->rows : paint->rows;
    for (int n = 0; n < rows; n++) {
        struct row row = row_of(paint, canvas, n);
        size_t bytes = (size_t)row.cols * sizeof *row.cells;
        if (memcmp(row.cells, row.shown, bytes) != 0) {
            take_over(paint, pen, &row);
            gather_row(paint, pen, canvas, &row);
        }
    }
    paint_runs(paint, pen, canvas);
}
