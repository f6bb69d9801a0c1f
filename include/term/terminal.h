/*
 * term/terminal.h - the terminal as the rest of the program sees it: it shows
 * a canvas and gives events. The only room that knows ncurses or readline.
 *
 * One terminal a process. While it is open the process's signal handling and
 * the terminal's modes are its own; terminal_close() gives both back, and so
 * does every way of dying that can be caught.
 */
#ifndef BACKSTEP_TERM_TERMINAL_H
#define BACKSTEP_TERM_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "lang/key_code.h"
#include "view/canvas.h"
#include "view/theme.h"

struct terminal;

enum event_type {
    EVENT_NONE,  /* the time ran out */
    EVENT_KEY,   /* a key, or a character */
    EVENT_PASTE, /* a bracketed paste, cleaned, newlines kept as '\n' */
    EVENT_MOUSE,
    EVENT_RESIZE,    /* the size is new; draw again */
    EVENT_RESUME,    /* back from ^Z; draw again */
    EVENT_INTERRUPT, /* ^C */
    /* SIGTERM, SIGHUP, SIGQUIT (in `key`), or the terminal is gone (key 0): leave now,
     * nothing to ask. Comes again at every call. */
    EVENT_QUIT,
};

enum mouse_action { MOUSE_PRESS, MOUSE_RELEASE, MOUSE_DRAG, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct event {
    enum event_type type;
    int key;       /* EVENT_KEY: a code point or enum key; EVENT_QUIT: the signal or 0 */
    int modifiers; /* EVENT_KEY, EVENT_MOUSE */
    enum mouse_action mouse;
    int button;       /* EVENT_MOUSE: 1 left, 2 middle, 3 right; 0 wheel, or not told */
    int row, col;     /* EVENT_MOUSE: the cell, from 0 */
    const char *text; /* EVENT_PASTE: valid until the next terminal_wait() */
    char bytes[32];   /* EVENT_KEY: the bytes as they came, for the prompt */
    size_t byte_count;
};

struct terminal_options {
    bool ascii;    /* plain glyphs asked for (also chosen where the locale is not UTF-8) */
    bool no_color; /* NO_COLOR or --no-color */
    bool no_mouse; /* leave the mouse to the terminal */
    const struct theme *theme; /* NULL for the default */
};

/* Open the terminal on standard input and output and switch to its second
 * screen. Fails, with the terminal as it was, where standard input or output is
 * no terminal, TERM is unset, unknown or too dumb to move the cursor: the error
 * says which and what to do instead. */
enum status terminal_open(struct terminal **terminal, const struct terminal_options *options,
                          struct error *error);
void terminal_close(struct terminal *terminal); /* NULL is allowed */

/* Close it because the program ends: an interrupt that still comes has nothing to end any
 * more, and does not end it badly. */
void terminal_leave(struct terminal *terminal);

void terminal_size(const struct terminal *terminal, int *rows, int *cols);
bool terminal_is_ascii(const struct terminal *terminal);
bool terminal_halves(const struct terminal *terminal); /* for canvas.halves */
void terminal_set_theme(struct terminal *terminal, const struct theme *theme);
void terminal_set_mouse(struct terminal *terminal, bool on);

/* Show a canvas of the terminal's size: only the cells that differ are sent, in
 * one refresh. `redraw` sends everything (after ^L or a stop). */
void terminal_show(struct terminal *terminal, const struct canvas *canvas, bool redraw);

/* The next event, waiting at most `milliseconds` (-1: for ever, 0: only what is
 * there). A lone Escape is one after 50 ms. Suspending on ^Z and fg happens inside. */
void terminal_wait(struct terminal *terminal, int milliseconds, struct event *event);

/* True when a long computation should stop: ^C has come since the last call
 * (taken, with all that was typed before it), or an EVENT_QUIT is waiting (not
 * taken). */
bool terminal_interrupted(struct terminal *terminal);

/* The terminal type in use: TERM, or its relative with direct colours. */
const char *terminal_type(const struct terminal *terminal);

#endif
