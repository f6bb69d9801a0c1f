/*
 * term/display.h - a canvas on the screen. The one that knows ncurses is behind
 * it, and no word of ncurses is said here.
 */
#ifndef BACKSTEP_TERM_DISPLAY_H
#define BACKSTEP_TERM_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "term/crash.h"
#include "term/tty.h"
#include "view/canvas.h"
#include "view/theme.h"

struct display;

struct display_options {
    const struct tty *tty; /* outlives the display */
    bool no_color;
    bool no_mouse;
    const struct theme *theme; /* NULL for the default */
};

/* Switch to the second screen, raw modes, mouse and bracketed paste. Fails,
 * with nothing sent, where TERM is unset, unknown or cannot move the cursor. */
enum status display_open(struct display **display, const struct display_options *options,
                         struct error *error);

/* Back to the first screen, and free. */
void display_close(struct display *display);

/* Back to the first screen for a while, and here again. */
void display_suspend(struct display *display);
void display_resume(struct display *display);

void display_size(const struct display *display, int *rows, int *cols);
void display_resize(struct display *display, int rows, int cols);
/* Can a cell have two heats (canvas.halves)? */
bool display_halves(const struct display *display);

void display_set_theme(struct display *display, const struct theme *theme);
void display_set_mouse(struct display *display, bool on);

/* Send what differs from the last canvas; everything if `redraw`. */
void display_show(struct display *display, const struct canvas *canvas, bool redraw);

/* The bytes that bring the terminal back without ncurses; returns how many. */
size_t display_restore_bytes(const struct display *display, char bytes[CRASH_BYTES_MAX]);

/* The terminal type in use; may be a relative of $TERM with direct colours. */
const char *display_terminal_type(const struct display *display);

#endif
