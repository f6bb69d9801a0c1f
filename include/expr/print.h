/*
 * expr/print.h - expressions as people read them: symbols or numbers, in
 * Unicode, ASCII or LaTeX, cut into spans that know which quantity they show.
 */
#ifndef BACKSTEP_EXPR_PRINT_H
#define BACKSTEP_EXPR_PRINT_H

#include "expr/equation.h"

enum notation { NOTATION_UNICODE, NOTATION_ASCII, NOTATION_TEX, NOTATIONS };

struct print_options {
    struct model *model; /* whose quantities they are; fresh */
    enum notation notation;
    bool numbers;      /* put the values in place of the quantities */
    int digits;        /* decimals of numbers; 0: the fewest that read back */
    bool expand;       /* symbols: write sums term by term (numbers always are) */
    size_t most_terms; /* of a sum: keep the largest; 0: all */
    /* The letters of quantity_generic() stand for the indices of this element; NULL: for
     * themselves. */
    const struct quantity *element;
    /* Values that may not be seen are written "?"; NULL: all may be. */
    bool (*hides)(const void *context, const struct quantity *q);
    const void *hides_context;
};

/* One piece of output: `quantity` is what it shows, NULL for an operator or a
 * plain number. Spans come left to right. `string` is NULL where memory was too short
 * for it: what was printed is not whole then. */
typedef void (*print_span)(void *context, const char *string, const struct quantity *quantity);

/* Emits into the text that is its context. */
void print_to_text(void *text, const char *string, const struct quantity *quantity);

void expr_print(const struct expr *expr, const struct print_options *options, print_span emit,
                void *context);

/* The same into a text. */
void expr_print_text(struct text *out, const struct expr *expr,
                     const struct print_options *options);

/* "∂C/∂W⁽⁰⁾ᵢⱼ", "dW0[i,j]" or "\partial C/\partial W^{(0)}_{ij}". */
void quantity_symbol(struct text *out, const struct quantity *q,
                     const struct print_options *options);

/* What stands between a target and its right side: " = ", or " ← " of an update. */
const char *law_becomes(enum law law, enum notation notation);

/* The whole line "target = right side", or "target ← right side" for an update. */
void equation_print_text(struct text *out, const struct equation *equation,
                         const struct print_options *options);

/* An index letter as a subscript: "ᵢ" for 'i'. Static. */
const char *letter_subscript(char letter);

/* A number that is there in ASCII, with a real minus sign in Unicode. */
void number_put_signed(struct text *out, const char *number, enum notation notation);

/* A number as the options ask for it, with such a sign. */
void number_print(struct text *out, double value, const struct print_options *options);

#endif
