/*
 * term/gather.h - a frame as one write. ncurses sends what it has after every move of
 * the cursor, dozens of times a frame; here that is kept back and goes out at once.
 *
 * While a frame is gathered, standard output is an unnamed file. Whoever must reach
 * the terminal meanwhile (a crash) has it in `tty->out`, another descriptor of it.
 */
#ifndef BACKSTEP_TERM_GATHER_H
#define BACKSTEP_TERM_GATHER_H

#include "term/tty.h"

struct gather {
    int fd; /* the unnamed file; -1: there is none, and nothing is kept back */
};

struct gather gather_open(void);
void gather_close(struct gather *gather);

/* From now on standard output is kept back ... */
void gather_begin(struct gather *gather);
/* ... and now it goes to the terminal; the descriptor is the terminal again. */
void gather_end(struct gather *gather, const struct tty *tty);

#endif
