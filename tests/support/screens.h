/*
 * support/screens.h - states for the tests of what is shown, computed and at START. The
 * caller closes them; they fail the running cmocka test when memory is short.
 */
#ifndef BACKSTEP_SUPPORT_SCREENS_H
#define BACKSTEP_SUPPORT_SCREENS_H

#include "view/view.h"

/* The network 2-3-2 of equations.md, section 9, with a title and a narration. */
struct state screen_worked(void);

/* A network with the weights it begins with, and inputs of many digits. */
struct state screen_any(const size_t *widths, size_t count, const char *last, bool bias);

/* What a user would see of it, with a scene and keys. */
struct view screen_view(const struct state *state);

/* The same without a scene; and drawn, on a canvas that the caller closes. */
struct view screen_bare(const struct state *state);
struct canvas screen_compose(const struct state *state, const int size[2], bool ascii, bool halves);

/* The frame of a view as text; the caller frees it. */
struct text screen_frame(const struct view *view, int rows, int cols, bool ascii);

/* A canvas as text, a line a row, blanks at the ends left out. */
void screen_text(struct text *out, const struct canvas *canvas);

/* This part of a frame must be there. */
void screen_shows(const struct view *view, int rows, int cols, bool ascii, const char *part);

/* It looks as it did, at 80x24, 120x40, 200x60 and 40x12: as the files
 * tests/view/golden/NAME-80x24.txt and so on (paths from the top folder), which are written
 * anew where BACKSTEP_UPDATE_GOLDEN is set. */
void screen_golden(const struct view *view, const char *name);

#endif
