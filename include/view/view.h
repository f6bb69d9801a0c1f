/*
 * view/view.h - the whole screen as one picture of what it shows.
 *
 * view_compose() draws a `struct view` into a canvas of any size and knows
 * nothing of terminals. The same view and size give the same cells.
 */
#ifndef BACKSTEP_VIEW_VIEW_H
#define BACKSTEP_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/why.h"
#include "view/canvas.h"
#include "view/hit.h"
#include "walk/state.h"

/* What the screen shows. Nothing here is owned by the view. */
struct view {
    const struct state *state;  /* the state shown; its model is fresh */
    const struct state *before; /* where not NULL: values that differ from it are shown
                                 * old -> new (a live preview, or the last edit) */
    bool preview;               /* `state` is not yet real: the line at the prompt would make it */

    const char *scene;    /* the name of the scene, NULL for none */
    const char *progress; /* where it stands: "pause 2 of 5", "off the script"; NULL for none */

    bool prompt;       /* the prompt is open */
    const char *label; /* ": " or what readline's search shows */
    const char *line;  /* what is typed */
    size_t cursor;     /* byte offset in it */
    size_t offered;    /* from this byte on it is offered, and gives way to what is typed; 0:
                        * nothing is */
    const char *hint;  /* one line under the prompt: usage, live result, what is missing */
    bool hint_is_error;
    char *const *candidates; /* completions to choose from, NULL-terminated; NULL for none */

    const char *message; /* the last command's one line; NULL for none */
    bool message_is_error;

    const char *page;       /* a text that covers the panels (help); NULL for none */
    size_t page_top;        /* its first row shown */
    const char *page_title; /* NULL: "help" */

    const struct why *why; /* a tree that covers the panels; NULL for none */
    size_t why_at;         /* its marked row */

    const char *const *menu; /* rows of a menu that covers the panels, NULL-terminated */
    size_t menu_at;          /* the picked row */
    const char *menu_about;  /* what it is about; NULL for nothing */

    const char *keys; /* the keys to know now, two blanks between them, three before those
                       * that are the last to give way; NULL for none */

    struct hits *hits; /* is told what lies where; NULL: nobody asks */
};

/* Draw the view; the canvas is cleared first. Sets the canvas's cursor where the
 * prompt is open. */
void view_compose(const struct view *view, struct canvas *canvas);

/* What the present screen shows besides the walk, in lines of text for whoever cannot see
 * it: all of it, or no more than the line in words above the picture. */
void view_tell(struct text *out, const struct state *state, bool ascii, bool whole);

/* How what a scene says falls into its panel on a screen of this size: the rows that it
 * takes, those that are there, and how many of its bytes are seen. */
struct fit {
    int needed, rows;
    size_t seen;
};
struct fit view_fit_say(const struct state *state, int rows, int cols); /* or asks */
struct fit view_fit_title(const struct state *state, int cols);

/* How many rows of a page fit, and how many it has, for scrolling; and the columns of a row
 * on a screen of so many. */
size_t view_page_rows(int rows);
size_t view_page_count(const char *page, int cols);
int view_page_width(int cols);
/* How many rows of a tree. */
size_t view_why_rows(int rows);

#endif
