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

enum {
    ONCE_MAX = 8,
    MOTION_MAX = 2 * CAPABILITY_MAX + ONCE_MAX,
    NEAR_MAX = 256, /* numbers below it have their cost in a table */
};

/* Ways of one number: so many cells on, or to a row or column. */
enum way { WAY_RIGHT, WAY_LEFT, WAY_DOWN, WAY_UP, WAY_COLUMN, WAY_ROW, WAYS };

/* A short capability without numbers. */
struct once {
    unsigned char length; /* 0: there is none */
    char bytes[ONCE_MAX];
};

struct motion {
    struct format place, ways[WAYS];     /* "cup"; "cuf" ... */
    size_t least;                        /* bytes of an address */
    struct once once[WAY_COLUMN], home;  /* "cuf1" ...; "cr" */
    unsigned char costs[WAYS][NEAR_MAX]; /* of a way with this number, the cheaper form of it;
                                          * 255: there is none */
};

/* The capabilities of the terminal that ncurses has opened. `returns` tells that the
 * terminal's driver makes a carriage return of a line feed, so that it does not go
 * straight down. */
void motion_open(struct motion *motion, bool returns);

/* How to get to a cell: by its address, or up or down and then aside, first to column 0
 * where `home`. From row -1, somewhere, only an address leads there. motion_cost() is the
 * path's cost, sooner told. */
struct leg {
    enum way way;
    int number; /* of cells, row or column; times, where `once` */
    bool once;
};
struct path {
    size_t cost; /* bytes */
    bool address, home;
    struct leg legs[2];
    int leg_count;
    int row, col;
};
size_t motion_cost(const struct motion *motion, int row, int col, int to_row, int to_col);
struct path motion_path(const struct motion *motion, int row, int col, int to_row, int to_col);

/* Write it; returns how many bytes that is. */
size_t motion_put(const struct motion *motion, const struct path *path, char bytes[MOTION_MAX]);

#endif
