/*
 * term/paint.c - the difference of two canvases, style by style.
 *
 * What differs goes out style by style and not row by row, since to choose a style takes
 * more bytes than to go to where it is seen next, the nearest first; a blank goes out in
 * whatever style the pen has. See gather.c for what differs.
 */
#define _XOPEN_SOURCE 700 /* wcwidth() */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/memory.h"
#include "base/table.h"
#include "gather.h"

enum {
    BRIDGE = 8,     /* cells that may be cheaper written than moved over */
    LOOK_AHEAD = 3, /* runs among which the nearest is looked for, */
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

/* The glyph as it can go out. Where the C library and our tables disagree about a
 * width, the terminal would misplace the rest of the row: '?' instead. */
static uint32_t sure_glyph(uint32_t glyph, int width) {
    bool ascii = glyph >= 0x20 && glyph < 0x7F;
    return ascii || wcwidth((wchar_t)glyph) == width ? glyph : '?';
}

/* The cells of ASCII that come first; returns how many. */
static int put_ascii(struct pen *pen, const struct cell *cells, int most) {
    char bytes[64];
    int count = 0;
    while (count < most && count < (int)sizeof bytes && cells[count].glyph - 0x20 < 0x5F &&
           cells[count].mark == 0) {
        bytes[count] = (char)cells[count].glyph;
        count++;
    }
    pen_put_ascii(pen, bytes, count);
    return count;
}

static void put_cell(struct pen *pen, const struct cell *cell, int width) {
    uint32_t glyph = sure_glyph(cell->glyph, width);
    bool marked = glyph == cell->glyph && cell->mark && wcwidth((wchar_t)cell->mark) == 0;
    pen_put(pen, glyph, marked ? cell->mark : 0, width);
    for (int n = 1; n < width && glyph == '?'; n++) {
        pen_put(pen, ' ', 0, 1);
    }
}

/* ---- runs ---- */

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
        bool same = (cell_is_empty(paint, cell) && look_is_open(paint, pen->style)) ||
                    (plain && pen_style_equal(look_of(paint, cell), pen->style));
        if (!narrow || !(same || cell_differs(paint, row, at))) {
            return MOTION_MAX;
        }
        count++;
    }
    return count;
}

/* Does a run begin a few cells behind the pen? */
static bool is_near(const struct pen *pen, const struct row *row, int col) {
    return pen->row == row->number && pen->known && col > pen->col && col - pen->col <= BRIDGE;
}

/* How many bytes it takes to come to where a run begins; `bridge`: to write what lies
 * between is no more than to go. */
static size_t way_cost(const struct paint *paint, const struct pen *pen, const struct row *row,
                       int col, bool *bridge) {
    size_t move = pen_move_cost(pen, row->number, col);
    size_t between = is_near(pen, row, col) ? bridge_cost(paint, pen, row, col) : MOTION_MAX;
    *bridge = between < MOTION_MAX && between <= move;
    return *bridge ? between : move;
}

static void go_to(const struct paint *paint, struct pen *pen, const struct row *row, int col) {
    bool bridge = false;
    if (is_near(pen, row, col)) {
        (void)way_cost(paint, pen, row, col, &bridge);
    }
    while (bridge && pen->col < col) {
        bool due = cell_differs(paint, row, pen->col);
        pen_put(pen, due ? ' ' : row->cells[pen->col].glyph, 0, 1);
    }
    pen_move(pen, row->number, col);
}

/* Where to begin a run that only clears: what is blank in front of it may be cleared too,
 * where a way there is shorter. */
static int clear_from(const struct paint *paint, const struct pen *pen, const struct row *row,
                      int col) {
    int first = col;
    while (first > 0 && cell_is_empty(paint, &row->cells[first - 1]) &&
           !cell_differs(paint, row, first - 1)) {
        first--;
    }
    const int places[] = {first, pen->col > first && pen->col < col ? pen->col : first};
    for (size_t n = 0; n < TABLE_COUNT(places); n++) {
        bool near =
            pen_move_cost(pen, row->number, places[n]) < pen_move_cost(pen, row->number, col);
        col = near ? places[n] : col;
    }
    return col;
}

/* A cell that holds no ASCII; of half a wide glyph, a blank. */
static void put_other(struct pen *pen, const struct row *row, int col) {
    const struct cell *cell = &row->cells[col];
    bool wide = col + 1 < row->cols && cell[1].glyph == 0;
    bool cut = !wide && wcwidth((wchar_t)cell->glyph) == 2;
    if (cut) {
        pen_put(pen, ' ', 0, 1);
    } else if (cell->glyph != 0) {
        put_cell(pen, cell, wide ? 2 : 1);
    }
}

static void paint_run(const struct paint *paint, struct pen *pen, const struct row *row,
                      const struct run *run) {
    bool clears = run->clear && run->end == run->col;
    go_to(paint, pen, row, clears ? clear_from(paint, pen, row, run->col) : run->col);
    for (int col = run->col; col < run->end;) {
        int ascii = put_ascii(pen, &row->cells[col], run->end - col);
        if (ascii == 0) {
            put_other(pen, row, col++);
        }
        col += ascii;
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
        short *blanks = n > 0 && look_is_open(paint, style) ? &runs->first[0] : &none;
        if (n > 0 || !pen->known || !look_is_open(paint, pen->style)) {
            pen_style(pen, style);
        }
        while (*list >= 0 || *blanks >= 0) {
            const struct run *run = take_run(paint, pen, canvas, list, blanks);
            struct row row = row_of(paint, canvas, run->row);
            paint_run(paint, pen, &row, run);
        }
    }
    gather_begin(paint);
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
    blank.glyph = gather_can_clear(paint, pen) ? ' ' : UNKNOWN;
    for (size_t n = 0; paint->shown && n < count; n++) {
        paint->shown[n] = blank;
    }
    return paint->shown;
}

void paint_canvas(struct paint *paint, struct pen *pen, const struct canvas *canvas, bool redraw) {
    if ((redraw || !paint->shown) && !shown_anew(paint, pen)) {
        return;
    }
    gather_begin(paint);
    int rows = canvas->rows < paint->rows ? canvas->rows : paint->rows;
    for (int n = 0; n < rows; n++) {
        struct row row = row_of(paint, canvas, n);
        for (int col = 0; (col = gather_row(paint, pen, &row, col)) < row.cols;) {
            paint_runs(paint, pen, canvas);
        }
    }
    paint_runs(paint, pen, canvas);
}
