/*
 * term/paint.h - a canvas on the terminal: what differs from the canvas before goes
 * out, and nothing else. Knows nothing of terminfo; see term/pen.h.
 */
#ifndef BACKSTEP_TERM_PAINT_H
#define BACKSTEP_TERM_PAINT_H

#include "term/pen.h"
#include "view/canvas.h"

enum { HEATS = ROLE_HEAT_10 - ROLE_HEAT_0 + 1, RUNS = 512, RUN_STYLES = 64 };

/* Cells side by side that go out in one style; then, where `clear`, the rest of the row
 * becomes blank. */
struct run {
    short row, col, end; /* end: the column behind the last */
    short next;          /* of the same style; -1: none */
    bool clear;
};

/* Runs in the order of rows and columns, a list for each style; list 0 is of blanks, which
 * any style without a background of its own will do for. */
struct runs {
    struct run list[RUNS];
    int count;
    struct style styles[RUN_STYLES];
    short first[RUN_STYLES], last[RUN_STYLES];
    int style_count;
};

struct paint {
    struct style styles[ROLE_COUNT];
    bool colors;        /* styles have colours, so that a cell can have two heats */
    struct cell *shown; /* [rows * cols], what the terminal shows; NULL: not known */
    int rows, cols;
    struct runs runs; /* that are to be painted */
};

void paint_close(struct paint *paint);

/* The terminal has this size, and nobody knows what it shows. */
void paint_forget(struct paint *paint, int rows, int cols);

/* Have the pen write what differs, or everything; and where the cursor is. */
void paint_canvas(struct paint *paint, struct pen *pen, const struct canvas *canvas, bool redraw);

#endif
