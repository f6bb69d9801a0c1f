/*
 * view/panel.h - the panels of the screen, and what they draw with. Private to view/.
 *
 * A panel is a function that draws into one rectangle of the canvas, given a
 * `struct picture`. Nothing here runs over a whole network: a panel looks at the layers
 * and neurons that it shows.
 */
#ifndef BACKSTEP_SRC_VIEW_PANEL_H
#define BACKSTEP_SRC_VIEW_PANEL_H

#include "line.h"
#include "picture.h"

/* ---- cells.c: numbers in columns ---- */

/* A column of numbers: `width` cells, of which the last is kept for a mark of change;
 * `decimals` at most. With room for two, a change is shown as old -> new. */
struct field {
    int width, decimals;
};
struct field field_of(const struct picture *p, int width);

enum { CELL_TEXT_MAX = 64 };

/* A number in at most `width` cells, in ASCII (see panel_number()), or "…": never a part of one.
 * Returns its cells. */
int cell_text(const struct picture *p, double value, int width, int decimals,
              char out[CELL_TEXT_MAX]);

/* One element in its column, right-aligned: a dot where the walk has not been. */
void cell_draw(const struct picture *p, int row, int col, struct field field,
               const struct quantity *q);

/* The role that a quantity has by itself. */
enum role cell_role(const struct picture *p, const struct quantity *q);

/* ---- panel.c: text, and windows over more than fits ---- */

/* A rule with a title in it; returns the column after the title. */
int panel_heading(const struct picture *p, struct rect rect, enum role role, const char *title);
/* A note at the right end of a rule, `margin` cells before it; false, and nothing is drawn, where
 * it is empty or would begin before column `from`. */
bool panel_note(const struct picture *p, struct rect rect, int from, int margin, const char *note);
/* Text cut at a blank, or where none is near at a whole cell, with "…"; returns the column
 * after it. */
int panel_text(const struct picture *p, int row, int col, int width, enum role role,
               const char *string);
/* A number in ASCII, its minus signs as the notation has them; returns the column after. */
int panel_number(const struct picture *p, int row, int col, enum role role, const char *number);
/* How many digits a number has. */
int panel_digits(size_t n);
/* How many bytes of a line go into one row: up to the last blank that fits, rather not one
 * within "W1 = 0" or "net 2 2 1", or as many as fit where there is none. */
size_t panel_row_bytes(const char *bytes, size_t length, int width);
/* Text broken at blanks into at most `rect.rows` rows; returns the rows used. */
int panel_wrap(const struct picture *p, struct rect rect, enum role role, const char *string);
/* The rows that it would take, `most` at most; and the bytes of it that `rows` rows show. */
int panel_wrapped(const char *string, int width, int most);
struct fit panel_fit(const char *string, int width, int rows);
enum role pass_role(enum law law);
/* What stands for a number that is not known yet (see picture_blank()), and between words
 * of a heading. */
const char *panel_dot(const struct picture *p);
const char *panel_separator(const struct picture *p);

/* A window of `shown` out of `count` that holds `at` (from 0): its first. It pages
 * rather than scrolls, so that a step moves it seldom. */
size_t window_first(size_t count, size_t shown, size_t at);

/* ---- layout.c, the panels, and how many rows and columns they want ---- */

struct layout layout_of(const struct view *view, const struct canvas *canvas);

void panel_place(const struct picture *p);
void panel_equation(struct picture *p, struct rect rect);
void panel_outline(const struct picture *p, struct rect rect);
void panel_network(const struct picture *p, struct rect rect);
void panel_cost(const struct picture *p, struct rect rect);
void panel_neurons(const struct picture *p, struct rect rect);
void panel_weights(const struct picture *p, struct rect rect);
/* The rows that the watched expressions want. */
int watch_rows(const struct state *state, int cols);
void panel_watch(const struct picture *p, struct rect rect);
void panel_say(const struct picture *p, struct rect rect);
/* The rows that the letters of the equations want; 0: more than they are worth. */
int letters_rows(const struct state *state, bool ascii, int cols);
void panel_letters(const struct picture *p, struct rect rect);
void panel_pick(const struct picture *p, struct rect rect);
void panel_prompt(const struct picture *p);
void panel_page(const struct picture *p, struct rect rect);
void panel_why(const struct picture *p, struct rect rect);
/* What a scene shows of a number: false where there is none, or it cannot be told. The
 * rows that a short one wants of such a screen; 0: it is long, and has the whole body. */
int account_rows(const struct state *state, int rows, int cols);
bool panel_account(const struct picture *p, struct rect rect);
void panel_menu(const struct picture *p);

/* ---- the screens besides the walk's ---- */

void screen_flow(struct picture *p, struct rect body);
void screen_training(struct picture *p, struct rect body);
void screen_weights(struct picture *p, struct rect body);

#endif
