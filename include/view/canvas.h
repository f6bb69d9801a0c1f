/*
 * view/canvas.h - a grid of styled cells: what every picture of the program is
 * drawn into before ncurses, a text file or an SVG shows it.
 *
 * Coordinates count cells from (row 0, column 0) at the top left. Drawing
 * outside the canvas or the clip rectangle does nothing, so a panel need not
 * know how large the window is. A cell names a role, never a colour. A cell
 * holds one code point of width 1, or the left half of one of width 2 (its
 * right half is a cell with glyph 0); U+0000 as left half never occurs.
 */
#ifndef BACKSTEP_VIEW_CANVAS_H
#define BACKSTEP_VIEW_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "view/role.h"

enum { CANVAS_MAX_ROWS = 1000, CANVAS_MAX_COLS = 2000 };

struct rect {
    int row, col, rows, cols;
};

struct cell {
    uint32_t glyph;   /* a code point; 0 for the right half of a wide one */
    uint32_t mark;    /* a combining mark on it, or 0 */
    uint8_t role;     /* enum role */
    uint8_t emphasis; /* EMPHASIS_ bits on top of the role's own look */
    uint8_t sides;    /* SIDE_ bits of the lines that canvas_hline and canvas_vline drew here */
    uint8_t lower;    /* of canvas_halves(): the role of the lower half; else 0 */
};

/* The sides of a cell that a line reaches. */
enum { SIDE_UP = 1, SIDE_DOWN = 2, SIDE_LEFT = 4, SIDE_RIGHT = 8 };

/* Emphasis that panels may add to any role. */
enum { EMPHASIS_BOLD = 1, EMPHASIS_REVERSE = 2, EMPHASIS_UNDERLINE = 4 };

struct canvas {
    int rows, cols;
    struct cell *cells; /* [rows * cols], row by row */
    struct rect clip;
    bool ascii; /* every glyph above U+007E is replaced by a plain one */
    /* Where it is shown all ROLE_HEAT_ have backgrounds of their own, so that
     * canvas_halves() may be used; set by who opened it. */
    bool halves;
    int cursor_row, cursor_col; /* where the terminal's cursor is; -1: hidden */
};

/* Make a canvas of blanks. Sizes are clamped to 1 ... CANVAS_MAX_*. */
enum status canvas_open(struct canvas *canvas, int rows, int cols, bool ascii);
enum status canvas_resize(struct canvas *canvas, int rows, int cols);
void canvas_close(struct canvas *canvas);

/* Fill everything with blanks, the clip with the whole canvas, no cursor. */
void canvas_clear(struct canvas *canvas);

/* Draw only inside `rect` from now on; returns the clip before, to put back. */
struct rect canvas_clip(struct canvas *canvas, struct rect rect);

const struct cell *canvas_cell(const struct canvas *canvas, int row, int col);

/* Write a UTF-8 string; returns the column after it, also where it was clipped.
 * Harmful code points show as U+FFFD. A wide glyph that does not fit is a blank. */
int canvas_put(struct canvas *canvas, int row, int col, enum role role, const char *string);
int canvas_put_styled(struct canvas *canvas, int row, int col, enum role role, int emphasis,
                      const char *string);
int canvas_put_bytes(struct canvas *canvas, int row, int col, enum role role, const char *bytes,
                     size_t count);
int canvas_printf(struct canvas *canvas, int row, int col, enum role role, const char *format, ...)
    PRINTF_LIKE(5, 6);
void canvas_glyph(struct canvas *canvas, int row, int col, enum role role, int emphasis,
                  uint32_t code_point);

/* Two squares in one cell, one on the other, in the backgrounds of two heat roles. */
void canvas_halves(struct canvas *canvas, int row, int col, enum role upper, enum role lower);

void canvas_fill(struct canvas *canvas, struct rect rect, enum role role, uint32_t code_point);

/* Lines that join: a cell remembers which of its four sides are drawn, so that
 * crossing lines become the right box character. `ascii` uses - | +. */
void canvas_hline(struct canvas *canvas, int row, int col, int cols, enum role role);
void canvas_vline(struct canvas *canvas, int row, int col, int rows, enum role role);

/* The sides of its cell that a box character reaches, SIDE_ bits; 0 where it is none. */
int glyph_sides(uint32_t code_point);

/* The plain stand-in of a code point, one cell wide: 'Σ' -> 'S', '─' -> '-', '→' -> '>',
 * 'é' -> 'e', '₂' -> '2', '·' -> '*', '?' where there is none. Wide glyphs become two. */
uint32_t glyph_ascii(uint32_t code_point);

#endif
