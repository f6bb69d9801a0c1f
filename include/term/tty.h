/*
 * term/tty.h - the terminal as a device: its modes, its bytes, and the signals
 * that go with it. Draws nothing and knows no keys.
 */
#ifndef BACKSTEP_TERM_TTY_H
#define BACKSTEP_TERM_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>

#include "base/status.h"

/* The signals, by what they are for; bits. */
enum {
    TTY_RESIZED = 1,
    TTY_QUIT = 2, /* SIGTERM, SIGHUP, SIGQUIT */
    TTY_INTERRUPT = 4,
    TTY_SUSPEND = 8,
    TTY_CONTINUED = 16,
};

struct tty {
    int in, out;
    struct termios modes; /* as they were before we came */
    bool gone;            /* reading has failed: there is no terminal any more */
};

/* Fails where standard input or output is no terminal. Catches the signals. */
enum status tty_open(struct tty *tty, struct error *error);

/* From tty_close() on, TTY_INTERRUPT is ignored. */
void tty_refuse_interrupts(void);

/* Gives back the signals; the modes are given back by tty_restore_modes(). */
void tty_close(void);

/* Does the terminal's driver make a carriage return of a line feed, too? */
bool tty_newline(const struct tty *tty);

/* The modes at this moment become those to give back. */
void tty_keep_modes(struct tty *tty);
void tty_restore_modes(const struct tty *tty);

/* Wait until there are bytes or a signal, at most `milliseconds` (-1: for
 * ever). True when bytes (or the end) can be read. */
bool tty_wait(struct tty *tty, int milliseconds);

/* Read what is there, at most `count` bytes; 0 sets `gone`. */
size_t tty_read(struct tty *tty, char *bytes, size_t count);
void tty_write(const struct tty *tty, const char *bytes, size_t count);

/* True if a signal of `bits` has come since it was last taken; takes it. */
bool tty_take_signal(int bits);

/* The signal behind TTY_QUIT that has come, 0 for none; takes nothing. */
int tty_quit_signal(void);

/* Stop here, as on ^Z, until SIGCONT; `group`: the whole process group, as the
 * terminal itself would do. Does nothing where stopping is ignored. */
void tty_stop(bool group);

/* Where the process was continued in the background the terminal is another's, and so are its
 * modes: stop again until it is in front, or told to quit. */
void tty_wait_for_front(const struct tty *tty);

/* The size in cells; false when the device does not know. */
bool tty_size(const struct tty *tty, int *rows, int *cols);

/* Milliseconds of a clock that only goes forward. */
int64_t tty_now(void);

#endif
