/*
 * expr/print_private.h - what prints expressions while it does. Private to expr/.
 */
#ifndef BACKSTEP_SRC_EXPR_PRINT_PRIVATE_H
#define BACKSTEP_SRC_EXPR_PRINT_PRIVATE_H

#include "expr/print.h"

struct printer {
    const struct print_options *options;
    struct scope scope; /* what the letters of expanded sums stand for; 0: themselves */
    print_span emit;
    void *context;
    bool opening;      /* nothing stands before, in these brackets */
    struct text piece; /* what is printed next, put together here */
};

/* Emit a text as one piece, and free it. */
void print_emit(print_span emit, void *context, struct text *text, const struct quantity *q);

/* A tree as part of another, which binds as `outer` does; `last`: nothing follows it in
 * these brackets. */
void print_expr(struct printer *p, const struct expr *expr, enum binding outer, bool last);

/* A piece that shows no quantity. */
void print_put(struct printer *p, const char *string);

/* A sum over a letter, written out where the options ask for it; and one that is. */
void print_sum(struct printer *p, const struct expr *sum, enum binding outer, bool last);
void print_written_out(struct printer *p, const struct expr *sum, enum binding outer);

#endif
