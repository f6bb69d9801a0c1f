/*
 * view/line.h - lines of writing on the screen, equations mostly: made of pieces that are
 * never cut in two, broken into rows, stood in columns. Private to view/.
 */
#ifndef BACKSTEP_SRC_VIEW_LINE_H
#define BACKSTEP_SRC_VIEW_LINE_H

#include "picture.h"

/* ---- line.c: a line made of pieces, each in a role and never cut in two ---- */

struct piece {
    size_t at, length; /* in `text` */
    int cells;
    enum role role;
};
struct line {
    struct text text;
    struct piece *pieces;
    size_t count, capacity;
    int cells;
};
#define LINE_EMPTY ((struct line){TEXT_EMPTY, NULL, 0, 0, 0})

/* NULL: memory was short for it. */
void line_put(struct line *line, enum role role, const char *string);
void line_printf(struct line *line, enum role role, const char *format, ...) PRINTF_LIKE(3, 4);
void line_symbol(struct line *line, const struct picture *p, const struct quantity *q,
                 enum role role);
/* `element`: what the letters of its equation stand for; NULL: for themselves. */
void line_expr(struct line *line, const struct picture *p, const struct expr *expr,
               const struct quantity *element, bool numbers, bool expand, size_t most_terms);
void line_number(struct line *line, const struct picture *p, enum role role, double value);

/* Rows that it takes when broken between pieces, the later rows indented. */
int line_rows(const struct line *line, int width, int indent);
/* Draw it; returns the rows used, `rect.rows` at most. What does not fit is "…". */
int line_draw(const struct line *line, const struct picture *p, struct rect rect, int indent);
void line_free(struct line *line);

/* Draw a line that can be written at `lengths` lengths, 0 being the longest: the first
 * that fits into the row, or the last. */
typedef void (*line_writer)(struct line *line, const struct picture *p, const void *context,
                            int length);
void line_draw_fitting(const struct picture *p, struct rect rect, int lengths, line_writer put,
                       const void *context);

/* ---- element.c: one element of an equation as a line ---- */

enum {
    LINE_INDENT = 4,       /* of the later rows of a broken line */
    ELEMENT_TERMS = 24,    /* of a sum that is written out in full */
    ELEMENT_BUDGET = 3200, /* terms of longer sums that are looked at in a frame */
};

/* The terms of the longest sum in a tree; 0 without sums. */
size_t element_terms(const struct expr *expr);
/* An equation in symbols; `expand`: with its sum written out. */
void element_symbols(struct line *line, const struct picture *p, const struct equation *equation,
                     bool expand);
/* Of an element, by its own equation or, with it as the target, by that of all elements:
 * "target = [its symbols term by term =] the numbers = result"; most_terms 0: all. */
void element_put(struct line *line, const struct picture *p, const struct equation *equation,
                 size_t most_terms, bool symbols);
/* The same in at most `rows` rows of `width` cells; with its symbols, where they are wanted
 * and fit. True where all its numbers are there. */
bool element_fit(struct line *line, struct picture *p, const struct equation *equation, int rows,
                 int width, bool symbols);

/* ---- columns.c: lines side by side ---- */

enum { COLUMN_GAP = 2 };

/* What is left of a rectangle below so many rows; and its last row. */
struct rect rect_below(struct rect rect, int rows);
struct rect rect_last(struct rect rect);

/* The widest of lines first ... end - 1, in cells. */
int columns_widest(const struct line *lines, size_t first, size_t end);
/* Draw lines in columns: all but the columns that do not fit, and have no `least` cells to
 * be cut in. Where not all of `count` fit, the last row is left for the rest. Returns how
 * many were drawn; `count` where there is no row for the rest. */
size_t columns_draw(const struct picture *p, const struct line *lines, size_t made, size_t count,
                    struct rect rect, int least);

#endif
