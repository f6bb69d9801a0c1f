/*
 * view/picture.h - the picture: the view, what all panels work out from it once a frame,
 * and what they ask of it. Private to view/.
 */
#ifndef BACKSTEP_SRC_VIEW_PICTURE_H
#define BACKSTEP_SRC_VIEW_PICTURE_H

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

/* ---- picture.c ---- */

/* How its quantities and numbers are written. */
struct print_options picture_printing(const struct picture *p);

/* Is the value there to be seen: has the walk been there, and is it neither asked for
 * nor a clue to what is? Else what stands in its place: a dot, or a question mark. */
bool picture_known(const struct picture *p, const struct quantity *q);
bool picture_hides(const struct picture *p, const struct quantity *q);
const char *picture_blank(const struct picture *p, const struct quantity *q);

/* Values that differ from those before, where both are known. */
bool picture_changed(const struct picture *p, const struct quantity *q, double *old);

/* Values that differ in the network beside this one, where there is one. */
bool picture_differs(const struct picture *p, const struct quantity *q, double *there);

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

/* ---- fault.c ---- */

/* "C is infinite: ln 0, r2[2] is 0": what is not finite first, if the walk has been there. */
void picture_put_fault(struct text *out, const struct picture *p);

/* "dr5[1] underflowed first: too small, it is 0"; nothing where a number is not finite. */
void picture_put_underflow(struct text *out, const struct picture *p);

/* ---- hit.c: what lies where, and the pick ---- */

/* Here lie elements side by side, `each` columns wide: what is derived from a weight or
 * a bias stands for it. Numbers that cannot be picked can be explained, once `known`. */
void picture_hit_elements(const struct picture *p, struct rect rect, int each,
                          const struct quantity *q, bool known);
void picture_hit_row(const struct picture *p, struct rect rect, size_t index);
/* "Space", or several signs that are a key each: "←→". */
void picture_hit_key(const struct picture *p, struct rect rect, const char *name);
bool picture_picked(const struct picture *p, const struct quantity *q);

/* ---- panel_pick.c ---- */

/* The number that is picked, or that the line at the prompt sets; false for none. */
bool picture_pick(const struct picture *p, struct quantity *q);

#endif
