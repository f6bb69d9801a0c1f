/*
 * support/book.h - training by plain SGD as a textbook would do it, in plain loops: what the
 * engine's numbers are compared with, bit for bit.
 */
#ifndef BACKSTEP_SUPPORT_BOOK_H
#define BACKSTEP_SUPPORT_BOOK_H

#include "net/model.h"

enum { BOOK_LAYERS_MOST = 8 };

/* [layer][neuron], and [layer][from * widths of the next + to]. */
struct book {
    const struct model *model;
    double *z[BOOK_LAYERS_MOST], *r[BOOK_LAYERS_MOST], *dr[BOOK_LAYERS_MOST], *dz[BOOK_LAYERS_MOST];
    double *gW[BOOK_LAYERS_MOST], *gb[BOOK_LAYERS_MOST];
    double *W[BOOK_LAYERS_MOST], *b[BOOK_LAYERS_MOST];
};

/* With the parameters and the settings that the model has now, which must stay. */
void book_open(struct book *book, const struct model *model);
void book_close(struct book *book);

/* One sample through it, and back: F1 to B2. */
void book_forward(struct book *book, const double *x);
void book_backward(struct book *book, const double *y);

/* So many updates, each with the model's next batch. */
void book_train(struct book *book, uint64_t updates);

#endif
