/*
 * term/paint.c - the difference of two canvases, row by row.
 *
 * Three things make a frame small: cells that nobody can tell apart are the same (a
 * blank has no colour of its own on an open background); a blank goes out in
 * whatever style the pen has; and a row that ends in blanks is cleared to its end.
 */
#define _XOPEN_SOURCE 700 /* wcwidth() */
#include "term/paint.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/memory.h"

enum { BRIDGE = 4 }; /* bytes of unchanged cells that are cheaper written than moved over */

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
    style.attributes |= cell->emphasis & EMPHASIS_BOLD ? LOOK_BOLD : 0;
    style.attributes |= cell->emphasis & EMPHASIS_REVERSE ? LOOK_REVERSE : 0;
    style.attributes |= cell->emphasis & EMPHASIS_UNDERLINE ? LOOK_UNDERLINE : 0;
    return style;
}

/* Is a blank in this style nothing but the page? */
static bool is_open(struct style style) {
    return style.background == STYLE_OWN && !(style.attributes & (LOOK_UNDERLINE | LOOK_REVERSE));
}

static bool is_empty(const struct paint *paint, const struct cell *cell) {
    return cell->glyph == ' ' && cell->mark == 0 && is_open(style_of(paint, cell));
}

static bool is_same(const struct paint *paint, const struct cell *a, const struct cell *b) {
    return (a->glyph == b->glyph && a->mark == b->mark && a->role == b->role &&
            a->emphasis == b->emphasis && a->lower == b->lower) ||
           (is_empty(paint, a) && is_empty(paint, b));
}

/* The glyph as it can go out. Where the C library and our tables disagree about a
 * width, the terminal would misplace the rest of the row: '?' instead. */
static uint32_t sure_glyph(uint32_t glyph, int width) {
    bool ascii = glyph >= 0x20 && glyph < 0x7F;
    return ascii || wcwidth((wchar_t)glyph) == width ? glyph : '?';
}

static void put_cell(const struct paint *paint, struct pen *pen, const struct cell *cell,
                     int width) {
    if (!(is_empty(paint, cell) && pen->known && is_open(pen->style))) {
        pen_style(pen, style_of(paint, cell));
    }
    uint32_t glyph = sure_glyph(cell->glyph, width);
    bool marked = glyph == cell->glyph && cell->mark && wcwidth((wchar_t)cell->mark) == 0;
    pen_put(pen, glyph, marked ? cell->mark : 0, width);
    for (int n = 1; n < width && glyph == '?'; n++) {
        pen_put(pen, ' ', 0, 1);
    }
}

/* ---- rows ---- */

struct row {
    const struct cell *cells; /* of the canvas */
    const struct cell *shown;
    int number, cols;
};

/* Cells that are shown already, from where the pen is to `col`: written again where
 * that takes no change of style and fewer bytes than a move. */
static void go_to(const struct paint *paint, struct pen *pen, const struct row *row, int col) {
    bool near = pen->row == row->number && pen->known && col > pen->col && col - pen->col <= BRIDGE;
    for (int at = pen->col; near && at < col; at++) {
        const struct cell *cell = &row->cells[at];
        struct style style = style_of(paint, cell);
        bool plain = cell->glyph >= 0x20 && cell->glyph < 0x7F && cell->mark == 0;
        near = plain && ((is_empty(paint, cell) && is_open(pen->style)) ||
                         memcmp(&style, &pen->style, sizeof style) == 0);
    }
    while (near && pen->col < col) {
        pen_put(pen, row->cells[pen->col].glyph, 0, 1);
    }
    pen_move(pen, row->number, col);
}

/* Where nothing but blanks follows. */
static int filled_cols(const struct paint *paint, const struct row *row) {
    int cols = row->cols;
    while (cols > 0 && is_empty(paint, &row->cells[cols - 1])) {
        cols--;
    }
    return cols;
}

static bool differs(const struct paint *paint, const struct row *row, int col, bool whole) {
    return !is_same(paint, &row->cells[col], &row->shown[col]) ||
           (whole && !is_same(paint, &row->cells[col + 1], &row->shown[col + 1]));
}

static void clear_rest(const struct paint *paint, struct pen *pen, const struct row *row,
                       int from) {
    int col = from;
    while (col < row->cols && !differs(paint, row, col, false)) {
        col++;
    }
    if (col < row->cols) {
        pen_move(pen, row->number, col);
        if (!pen->known || !is_open(pen->style)) {
            pen_style(pen, style_of(paint, &row->cells[col]));
        }
        pen_clear_rest(pen);
    }
}

static void paint_row(const struct paint *paint, struct pen *pen, const struct row *row) {
    int cols = pen->el[0] ? filled_cols(paint, row) : row->cols;
    bool last = row->number == paint->rows - 1 && !pen->last_cell;
    for (int col = 0; col < cols && !(last && col == paint->cols - 1); col++) {
        const struct cell *cell = &row->cells[col];
        bool wide = col + 1 < row->cols && cell[1].glyph == 0;
        bool cut = cell->glyph != ' ' && !wide && wcwidth((wchar_t)cell->glyph) == 2;
        if (cell->glyph == 0 || !differs(paint, row, col, wide)) {
            continue; /* a right half is drawn with its left one */
        }
        struct cell blank = *cell;
        blank.glyph = ' ';
        blank.mark = 0;
        go_to(paint, pen, row, col);
        put_cell(paint, pen, cut ? &blank : cell, wide ? 2 : 1);
    }
    if (cols < row->cols) {
        clear_rest(paint, pen, row, cols);
    }
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
    for (size_t n = 0; paint->shown && n < count; n++) {
        paint->shown[n] = BLANK;
    }
    return paint->shown;
}

void paint_canvas(struct paint *paint, struct pen *pen, const struct canvas *canvas, bool redraw) {
    if ((redraw || !paint->shown) && !shown_anew(paint, pen)) {
        return;
    }
    int rows = canvas->rows < paint->rows ? canvas->rows : paint->rows;
    int cols = canvas->cols < paint->cols ? canvas->cols : paint->cols;
    for (int n = 0; n < rows; n++) {
        struct cell *shown = paint->shown + (size_t)n * (size_t)paint->cols;
        struct row row = {canvas_cell(canvas, n, 0), shown, n, cols};
        size_t bytes = (size_t)cols * sizeof *shown;
        if (memcmp(row.cells, shown, bytes) != 0) {
            paint_row(paint, pen, &row);
            memcpy(shown, row.cells, bytes);
        }
    }
}
