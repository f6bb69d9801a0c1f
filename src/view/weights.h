/*
 * view/weights.h - the screen of weights: what its three files share. Private to them.
 */
#ifndef BACKSTEP_SRC_VIEW_WEIGHTS_H
#define BACKSTEP_SRC_VIEW_WEIGHTS_H

#include "panel.h"

enum { SHEETS = 3 };

/* One matrix on the screen: the weights, their gradient, or the new weights. */
struct sheet {
    enum quantity_kind weight, bias;
    bool next;
    bool known;          /* the walk has been at all of it */
    bool all;            /* `largest` is that of the whole matrix, not of what is seen */
    double largest;      /* the largest amount */
    struct quantity top; /* where it is */
    size_t changed;      /* elements seen that differ from those before */
};

/* The part of a joint that is seen, and how it lies. Rows are neurons of layer k,
 * columns neurons of layer k + 1, both from 0. */
struct weights {
    size_t k, n, m;
    size_t first_i, rows, first_j, cols;
    bool bias;
    bool roomy;  /* there are rows for notes and legends */
    bool heat;   /* signs and tenths in colour, not numbers */
    int each;    /* columns of an element */
    int count;   /* sheets */
    bool beside; /* next to each other; else one below the other */
    int label;   /* columns of row labels */
    int gap;     /* between blocks side by side */
    int width;   /* columns of a sheet, without labels */
    struct field field;
    struct sheet sheets[SHEETS];
};

/* Element (i, j) of a sheet, from 0; i == n is the bias. */
struct quantity weights_element(const struct weights *w, const struct sheet *sheet, size_t i,
                                size_t j);

/* The joint that the screen is about, and how it is shown in a rectangle, as `most` sheets
 * or fewer; false where there is no room. `roomy` is the caller's. */
size_t weights_joint(const struct picture *p);
struct weights weights_of(const struct picture *p, size_t k, bool roomy);
bool weights_lay_out(const struct picture *p, struct weights *w, struct rect rect, int most);

/* Do all joints fit as numbers, below each other? How many sheets of each, 0 for no. */
int weights_all_fit(const struct picture *p, struct rect body);

/* The row and the column of the pick, if it is in this joint. */
bool weights_picked(const struct picture *p, const struct weights *w, size_t *i, size_t *j);

/* Rows of the legend below a sheet. */
int weights_legend(const struct weights *w);

/* ---- heat.c ---- */

/* Find the largest amount, which is ten tenths. */
void heat_measure(const struct picture *p, const struct weights *w, struct sheet *sheet);

/* One element in `each` columns. */
void heat_cell(const struct picture *p, int row, int col, const struct weights *w,
               struct sheet *sheet, const struct quantity *q);

/* What the signs mean, and the largest amount: in one row or two. */
void heat_legend(const struct picture *p, struct rect rect, const struct weights *w,
                 const struct sheet *sheet);

#endif
