/*
 * view/panel.h - what the panels of the screen share. Private to view/.
 *
 * A panel is a function that draws into one rectangle of the canvas, given a
 * `struct picture`: the view, and what all panels work out from it once a frame.
 * Nothing here runs over a whole network: a panel looks at the layers and neurons
 * that it shows.
 */
#ifndef BACKSTEP_SRC_VIEW_PANEL_H
#define BACKSTEP_SRC_VIEW_PANEL_H

#include "base/text.h"
#include "expr/print.h"
#include "view/view.h"

/* Which role the quantities of the present equation have. An index of 0 or a letter
 * stands for every element. */
enum { MARKS_MAX = 24 };
struct mark {
    struct quantity q;
    enum role role;
};

/* Where the panels lie; a panel of 0 rows was dropped. The order in which they are
 * dropped is told in layout.c. The first row of network, neurons and weights is
 * their heading. */
struct layout {
    struct rect title, place, equation, network, cost, neurons, weights, watch, say, letters,
        prompt, keys;
    bool brief; /* the equation gives its place to a short account */
    bool wide;  /* network and neurons stand side by side */
};

struct picture {
    const struct view *view;
    struct canvas *canvas;
    const struct state *state;
    struct model *model;
    struct model *before; /* NULL: no change is shown */
    struct model *other;  /* the network beside this one; NULL: none */
    enum notation notation;
    struct layout layout;

    struct focus focus;     /* the equation that the walk stands at */
    struct walk_step step;  /* of the focus; LAW_NONE at START */
    struct quantity target; /* its first element that was just revealed */
    bool single;            /* the focus is one element, not a whole layer */
    bool ended;             /* the walk is at its end */
    struct mark marks[MARKS_MAX];
    size_t mark_count;
    size_t budget; /* terms of sums that may still be written out in this frame */
    int *decimals; /* of the column of numbers that has the fewest, where these are not all
                    * that are asked for; NULL: nobody asks */
};

/* ---- view.c ---- */

/* All that panels share, for a screen of this size. */
struct picture picture_of(const struct view *view, struct canvas *canvas);

/* How its quantities and numbers are written. */
struct print_options picture_printing(const struct picture *p);

/* ---- marks.c ---- */

void picture_find_marks(struct picture *p);

/* The role of a quantity: its mark's, or `plain` where it has none. */
enum role picture_role(const struct picture *p, const struct quantity *q, enum role plain);
/* The same for a number in a panel, and whether it has a mark: where a step computes a
 * whole layer, weights and their gradients are marked by their titles, and only then has
 * a title a mark. */
enum role picture_cell_role(const struct picture *p, const struct quantity *q, enum role plain,
                            bool *marked);
enum role picture_title_role(const struct picture *p, const struct quantity *q, enum role plain);
bool picture_marked(const struct picture *p, const struct quantity *q);

/* The n-th different group of elements that a step computes (dW, then db ...), as a
 * whole quantity, with the number of its first element and their count; false past
 * the last. */
struct part {
    struct quantity whole;
    size_t first, count;
};
bool picture_part(const struct picture *p, size_t n, struct part *part);

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

/* Is the value there to be seen: has the walk been there, and is it neither asked for
 * nor a clue to what is? Else what stands in its place: a dot, or a question mark. */
bool picture_known(const struct picture *p, const struct quantity *q);
bool picture_hides(const struct picture *p, const struct quantity *q);
const char *picture_blank(const struct picture *p, const struct quantity *q);

/* One element in its column, right-aligned: a dot where the walk has not been. */
void cell_draw(const struct picture *p, int row, int col, struct field field,
               const struct quantity *q);

/* Values that differ from those before, where both are known. */
bool picture_changed(const struct picture *p, const struct quantity *q, double *old);

/* Values that differ in the network beside this one, where there is one. */
bool picture_differs(const struct picture *p, const struct quantity *q, double *there);

/* The role that a quantity has by itself. */
enum role cell_role(const struct picture *p, const struct quantity *q);

/* ---- line.c: a line made of pieces, each in a role and never cut in two ---- */

struct piece {
    size_t at, length; /* in `text` */
    int cells;
    enum role role;
};
struct line {
    struct text text;
    struct piece *pieces;
    size_t count, capacity;
    int cells;
};
#define LINE_EMPTY ((struct line){TEXT_EMPTY, NULL, 0, 0, 0})

/* NULL: memory was short for it. */
void line_put(struct line *line, enum role role, const char *string);
void line_printf(struct line *line, enum role role, const char *format, ...) PRINTF_LIKE(3, 4);
void line_symbol(struct line *line, const struct picture *p, const struct quantity *q,
                 enum role role);
void line_expr(struct line *line, const struct picture *p, const struct expr *expr, bool numbers,
               bool expand, size_t most_terms);
void line_number(struct line *line, const struct picture *p, enum role role, double value);

/* Rows that it takes when broken between pieces, the later rows indented. */
int line_rows(const struct line *line, int width, int indent);
/* Draw it; returns the rows used, `rect.rows` at most. What does not fit is "…". */
int line_draw(const struct line *line, const struct picture *p, struct rect rect, int indent);
void line_free(struct line *line);

/* Draw a line that can be written at `lengths` lengths, 0 being the longest: the first
 * that fits into the row, or the last. */
typedef void (*line_writer)(struct line *line, const struct picture *p, const void *context,
                            int length);
void line_draw_fitting(const struct picture *p, struct rect rect, int lengths, line_writer put,
                       const void *context);

/* ---- element.c: one element of an equation as a line ---- */

enum {
    LINE_INDENT = 4,       /* of the later rows of a broken line */
    ELEMENT_TERMS = 24,    /* of a sum that is written out in full */
    ELEMENT_BUDGET = 3200, /* terms of longer sums that are looked at in a frame */
};

/* The terms of the longest sum in a tree; 0 without sums. */
size_t element_terms(const struct expr *expr);
/* An equation in symbols: of any element, or of this one with its sum written out. */
void element_symbols(struct line *line, const struct picture *p, struct quantity whole,
                     bool expand);
/* "target = [its symbols term by term =] the numbers = result"; most_terms 0: all. */
void element_put(struct line *line, const struct picture *p, const struct equation *equation,
                 size_t most_terms, bool symbols);
/* Write an element so that it takes at most `rows` rows of `width` cells; with its
 * symbols too, where they are wanted and fit. True where all its numbers are there. */
bool element_fit(struct line *line, struct picture *p, const struct quantity *q, int rows,
                 int width, bool symbols);

/* ---- columns.c: lines side by side ---- */

enum { COLUMN_GAP = 2 };

/* What is left of a rectangle below so many rows; and its last row. */
struct rect rect_below(struct rect rect, int rows);
struct rect rect_last(struct rect rect);

/* The widest of lines first ... end - 1, in cells. */
int columns_widest(const struct line *lines, size_t first, size_t end);
/* Draw lines in columns: all but the columns that do not fit, and have no `least` cells to
 * be cut in. Where not all of `count` fit, the last row is left for the rest. Returns how
 * many were drawn; `count` where there is no row for the rest. */
size_t columns_draw(const struct picture *p, const struct line *lines, size_t made, size_t count,
                    struct rect rect, int least);

/* ---- fault.c ---- */

/* "C is infinite: ln 0, r2[2] is 0": what is not finite first, if the walk has been there. */
void picture_put_fault(struct text *out, const struct picture *p);

/* "dr5[1] underflowed first: too small, it is 0"; nothing where a number is not finite. */
void picture_put_underflow(struct text *out, const struct picture *p);

/* ---- helpers ---- */

/* A rule with a title in it; returns the column after the title. */
int panel_heading(const struct picture *p, struct rect rect, enum role role, const char *title);
/* Text cut at a whole cell, with "…"; returns the column after it. */
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

/* The neuron of a layer that the present element is about, from 0; 0 for all. */
size_t picture_neuron(const struct picture *p, size_t layer);

/* The layer whose numbers the present equation is about. */
size_t picture_layer(const struct picture *p);
/* The joint (k of W(k)) that it is about. */
size_t picture_joint(const struct picture *p);

/* The same for what windows have to hold: the pick or what a question asks for, where there
 * is one. */
size_t picture_seen_neuron(const struct picture *p, size_t layer);
size_t picture_seen_layer(const struct picture *p);
size_t picture_seen_joint(const struct picture *p);

/* ---- hit.c: what lies where, and the pick ---- */

/* Here lie elements side by side, `each` columns wide: what is derived from a weight or
 * a bias stands for it. Numbers that cannot be picked can be explained, once `known`. */
void picture_hit_elements(const struct picture *p, struct rect rect, int each,
                          const struct quantity *q, bool known);
void picture_hit_row(const struct picture *p, struct rect rect, size_t index);
/* "Space", or several signs that are a key each: "←→". */
void picture_hit_key(const struct picture *p, struct rect rect, const char *name);
bool picture_picked(const struct picture *p, const struct quantity *q);

/* ---- wires.c: the edges between two layers of the diagram ---- */

/* One layer as a column of the diagram: neurons first ... first + shown - 1 (from 0),
 * the n-th of them in row top + n * step. */
struct nodes {
    size_t layer, first, shown;
    int col; /* of the left port */
    int top, step;
};

/* What was drawn of the wires so far. */
struct wires {
    size_t edges; /* shown one by one */
    bool signs;   /* some of them only as their sign */
    int beneath;  /* cells of the free row beneath a wire from one neuron to one, or 0 */
};

/* Draw the joint between two columns of nodes, in columns col ... col + cols - 1, and add
 * to what was drawn. */
void wires_draw(const struct picture *p, const struct nodes *from, const struct nodes *to, int col,
                int cols, struct wires *drawn);

/* What the wires of joint k show: W, its gradient while that is computed, or the new W. */
struct quantity wires_quantity(const struct picture *p, size_t k);

/* ---- the panels, and how many rows and columns they want ---- */

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
/* The number that is picked, or that the line at the prompt sets; false for none. */
bool picture_pick(const struct picture *p, struct quantity *q);
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
