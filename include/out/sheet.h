/*
 * out/sheet.h - pages of mathematics: LaTeX and Markdown as two rows of one table.
 *
 * What a page says is the same in both; a dialect tells how a heading, a formula and a
 * line are written, and how words from outside stay words. Formulas are LaTeX in both,
 * from expr/print.h.
 */
#ifndef BACKSTEP_OUT_SHEET_H
#define BACKSTEP_OUT_SHEET_H

#include "base/text.h"
#include "expr/print.h"
#include "net/model.h"

/* What stands before and behind something. */
struct around {
    const char *before, *behind;
};

struct dialect {
    const char *name; /* "tex" */
    const char *help;
    struct around page, title, heading, paragraph;
    struct around display; /* a formula of its own */
    struct around item;    /* one of several formulas, which may be long */
    const char *blank;     /* a place to write in, in a formula */
    void (*put)(struct text *out, const char *words);
};

const struct dialect *dialect_at(size_t index); /* NULL past the end */
const struct dialect *dialect_named(const char *name);

/* Words, whatever is in them, inside what is around them. */
void sheet_put(struct text *out, const struct dialect *dialect, const struct around *around,
               const char *words);

/* "A 2-3-2 network, ReLU, half-squared ..." and, where they are small enough to stand on a
 * page, x, y, the weights and biases. */
void sheet_network(struct text *out, const struct dialect *dialect, struct model *model,
                   int digits);

/* Step `step` of the walk: its heading, and its equation in symbols. */
enum status sheet_step(struct text *out, const struct dialect *dialect, struct model *model,
                       size_t step, struct error *error);

/* "z^{(1)}_{1} = 0.5 \cdot 1 = 0.5", or with a blank behind the symbol. */
enum status sheet_element(struct text *out, const struct dialect *dialect, struct model *model,
                          struct quantity element, bool answered, int digits, struct error *error);

#endif
