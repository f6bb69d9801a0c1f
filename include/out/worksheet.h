/*
 * out/worksheet.h - a walk as an exercise: the equations in symbols, the numbers that are
 * given, and a blank for every number to be found; or the same with its answers.
 */
#ifndef BACKSTEP_OUT_WORKSHEET_H
#define BACKSTEP_OUT_WORKSHEET_H

#include "out/sheet.h"

struct worksheet {
    const char *title; /* NULL for none */
    bool seeded;       /* its numbers were drawn with `seed` */
    uint64_t seed;
    bool answers;
    int digits; /* of numbers */
};

/* Draw numbers that are easy to reckon with for x, y, the weights and biases: the same
 * seed gives the same sheet. They are drawn again until some gradient reaches the first
 * layer. The model is fresh afterwards. */
enum status worksheet_draw(struct model *model, uint64_t seed, struct error *error);

/* The whole page. Refused for what does not fit on one: batches, large networks. */
enum status worksheet_write(struct text *out, const struct dialect *dialect, struct model *model,
                            const struct worksheet *sheet, struct error *error);

#endif
