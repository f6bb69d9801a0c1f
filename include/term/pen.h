/*
 * term/pen.h - text for the terminal: where it goes and how it looks, as the fewest
 * bytes that terminfo knows for it. The terminal's state is kept here (its cursor, its
 * style), so that nothing is said twice.
 *
 * Rows and columns count from 0. What is written is gathered in `out` until
 * pen_done(); a frame goes out at once.
 */
#ifndef BACKSTEP_TERM_PEN_H
#define BACKSTEP_TERM_PEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "term/motion.h"
#include "view/theme.h"

enum { STYLE_OWN = -1, INKS = 64, PEN_ATTRIBUTES = 5 };

struct style {
    int foreground, background; /* the terminal's numbers; STYLE_OWN: its own colour */
    int attributes;             /* LOOK_ bits */
};

/* The bytes that choose a colour, worked out once. */
struct ink {
    bool made;
    int number;
    size_t length;
    char bytes[CAPABILITY_MAX];
};

static inline bool pen_style_equal(struct style a, struct style b) {
    return a.foreground == b.foreground && a.background == b.background &&
           a.attributes == b.attributes;
}

struct pen {
    struct text out;
    int rows, cols;
    bool known;         /* `style` is what the terminal has */
    struct style style; /* of what is written next */
    int row, col;       /* of the cursor; row -1: somewhere */
    size_t joint;       /* where `out` ends with a style's bytes; 0: it does not */
    struct motion motion;
    struct format setaf, setab;
    char plain[CAPABILITY_MAX], own[CAPABILITY_MAX]; /* no attributes; no colours */
    char el[CAPABILITY_MAX];                         /* clear the rest of the row */
    char attribute[PEN_ATTRIBUTES][CAPABILITY_MAX];  /* bold, dim ...; "" where there is none */
    bool clears_in_color;     /* what is cleared has the style's background */
    bool last_cell;           /* the last cell of the last row can be written without scrolling */
    struct ink inks[2][INKS]; /* foregrounds, backgrounds */
};

/* The capabilities of the terminal that ncurses has opened; see motion_open(). */
void pen_open(struct pen *pen, bool returns);
void pen_close(struct pen *pen);

/* The terminal's size changed, or someone else wrote to it: nothing is known. */
void pen_forget(struct pen *pen, int rows, int cols);

/* The next style; and how many bytes that would take, about. */
void pen_style(struct pen *pen, struct style style);
size_t pen_style_cost(struct pen *pen, struct style style);

/* To a cell; and how many bytes that takes. */
size_t pen_move_cost(const struct pen *pen, int row, int col);
void pen_move(struct pen *pen, int row, int col);

/* Write a glyph (and a mark on it) of `width` cells; the cell must lie on the screen. */
void pen_put(struct pen *pen, uint32_t glyph, uint32_t mark, int width);
void pen_put_ascii(struct pen *pen, const char *bytes, int count);

/* Everything, or the rest of the row (where the terminal can: el is not ""), becomes
 * blank in the style's background. */
void pen_clear(struct pen *pen);
void pen_clear_rest(struct pen *pen);

void pen_cursor(struct pen *pen, bool shown);

/* What was written since pen_done(), for the terminal. pen_done() says whether that
 * was all: where memory was short it is not, and the terminal is in no known state. */
const char *pen_bytes(const struct pen *pen, size_t *count);
bool pen_done(struct pen *pen);

#endif
