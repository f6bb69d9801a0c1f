/*
 * term/gather.h - what differs between a canvas and what the terminal shows, as runs of
 * cells in one style. Private to term/.
 */
#ifndef BACKSTEP_SRC_TERM_GATHER_H
#define BACKSTEP_SRC_TERM_GATHER_H

#include "term/paint.h"

/* How a cell looks; and is a blank that looks so nothing but the page? */
struct style look_of(const struct paint *paint, const struct cell *cell);
bool look_is_open(const struct paint *paint, struct style style);
bool cell_is_empty(const struct paint *paint, const struct cell *cell);

/* A row of the canvas, and what is shown of it. */
struct row {
    const struct cell *cells;
    struct cell *shown;
    int number, cols;
};
static inline struct row row_of(const struct paint *paint, const struct canvas *canvas,
                                int number) {
    int cols = canvas->cols < paint->cols ? canvas->cols : paint->cols;
    const struct cell *cells = canvas->cells + (size_t)number * (size_t)canvas->cols;
    return (struct row){cells, paint->shown + (size_t)number * (size_t)paint->cols, number, cols};
}

/* Can anybody tell a cell from what is shown there? */
bool cell_differs(const struct paint *paint, const struct row *row, int col);

/* Can a row be cleared to its end, and a screen, so that they look like the page? */
bool gather_can_clear(const struct paint *paint, const struct pen *pen);

/* No runs yet. */
void gather_begin(struct paint *paint);

/* Add the runs of a row, from column `from` on, to those of the rows above it. Returns where it
 * had to stop, since there was no room for more until they are painted; row->cols: nowhere.
 * What looks the same counts as shown. */
int gather_row(struct paint *paint, const struct pen *pen, const struct row *row, int from);

#endif
