/*
 * term/motion.h - the fewest bytes that bring the cursor from one cell to another.
 *
 * Rows and columns count from 0. Terminfo says which ways there are; all of them are
 * tried, alone and one after the other: down and then sideways, from the row's start.
 */
#ifndef BACKSTEP_TERM_MOTION_H
#define BACKSTEP_TERM_MOTION_H

#include <stdbool.h>
#include <stddef.h>

#include "term/capability.h"

enum { RETURN_MAX = 8, MOTION_MAX = 2 * CAPABILITY_MAX + RETURN_MAX };

/* Ways of one number: so many cells on, or to a row or column. */
enum way { WAY_RIGHT, WAY_LEFT, WAY_DOWN, WAY_UP, WAY_COLUMN, WAY_ROW, WAYS };

enum { FILLED = 64, PLACES = 256 };

struct motion {
    const char *place;                     /* "cup"; NULL: there is none */
    const char *ways[WAYS];                /* "cuf" ...; NULL where there is none */
    char once[WAY_COLUMN][CAPABILITY_MAX]; /* "cuf1" ...; "" where there is none */
    char first_col[RETURN_MAX];            /* "cr" likewise */
    struct filled filled[WAYS][FILLED], places[PLACES];
};

/* The capabilities of the terminal that ncurses has opened. `returns` tells that the
 * terminal's driver makes a carriage return of a line feed, so that it does not go
 * straight down. */
void motion_open(struct motion *motion, bool returns);

/* Write how to get to a cell, and return how many bytes that is. From row -1, somewhere,
 * only an address leads there. */
size_t motion_bytes(struct motion *motion, int row, int col, int to_row, int to_col,
                    char bytes[MOTION_MAX]);

#endif
