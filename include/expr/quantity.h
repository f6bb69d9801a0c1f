/*
 * expr/quantity.h - the names that everything in the program uses for numbers:
 * the table of quantities, one row each.
 *
 * A quantity is a name with a layer and indices: dW0[1,2]. Indices count from 1;
 * 0 means "all of them", and a negative number is a letter (-'i'): then the
 * quantity stands in a formula and has no value. A quantity of one sample belongs to
 * the present one; in means over several it may belong to another row of the data
 * set: dW0[1,2]@3. Source: equations.md, section 1.
 */
#ifndef BACKSTEP_EXPR_QUANTITY_H
#define BACKSTEP_EXPR_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/nearest.h"
#include "base/status.h"
#include "base/text.h"
#include "net/model.h"

enum quantity_kind {
    QUANTITY_R, /* r; x is r of layer 0 */
    QUANTITY_Y,
    QUANTITY_W,
    QUANTITY_B,
    QUANTITY_Z,
    QUANTITY_SLOPE,
    QUANTITY_C,
    QUANTITY_MEAN_C,
    QUANTITY_DR,
    QUANTITY_DZ,
    QUANTITY_DW,
    QUANTITY_DB,
    QUANTITY_GW,
    QUANTITY_GB,
    QUANTITY_GNORM,
    QUANTITY_VW,
    QUANTITY_VB,
    QUANTITY_MW,
    QUANTITY_MB,
    QUANTITY_SW,
    QUANTITY_SB,
    QUANTITY_LR,
    QUANTITY_MOMENTUM,
    QUANTITY_RHO,
    QUANTITY_EPSILON,
    QUANTITY_BETA1,
    QUANTITY_BETA2,
    QUANTITY_DECAY,
    QUANTITY_CLIP,
    QUANTITY_STEP0,
    QUANTITY_T,
    QUANTITY_VALID_C,
    QUANTITY_SAMPLE,
    QUANTITY_SAMPLES,
    QUANTITY_BATCH,
    QUANTITY_UPDATES,
    QUANTITY_EPOCH,
    QUANTITY_KINDS
};

/* What a quantity is to a reader; a theme gives each a colour. */
enum quantity_family {
    FAMILY_FORWARD,
    FAMILY_BACKWARD,
    FAMILY_WEIGHT,
    FAMILY_UPDATE,
    FAMILY_SETTING,
};

struct quantity {
    enum quantity_kind kind;
    bool next;      /* the value after the update that the walk shows: W, b, moments */
    size_t layer;   /* the number in the name: 1 for z1, 0 for W0; 0 where there is none */
    int64_t i;      /* the first index; for a vector the only one */
    int64_t j;      /* the second index of a matrix */
    int64_t sample; /* 0 for the present sample: x and y as they are; or a row of the data */
};

struct quantity_row {
    const char *name;   /* without the layer: "dW" */
    const char *symbol; /* as written in a book: "∂C/∂W" */
    const char *tex;    /* and in LaTeX */
    const char *meaning;
    enum quantity_family family;
    bool layered; /* a layer number belongs to the name */
    int rank;     /* 0 a number, 1 a vector, 2 a matrix (softmax makes step a matrix) */
    bool assignable;
    /* The value at i, j, counted from 1; j is 0 for vectors. */
    double (*value)(struct model *model, const struct quantity *q);
};

const struct quantity_row *quantity_row(enum quantity_kind kind);

/* May it be assigned? The row says so, or it is the input. */
bool quantity_is_settable(const struct quantity *q);

/* Does it have a value for each sample? r, y, z, its slope, C and the gradients. */
bool quantity_of_sample(enum quantity_kind kind);

/* The pass in which such a value lies; NULL where memory is short. */
const struct pass *quantity_pass(const struct model *model, const struct quantity *q);

/* How many products its value takes, where that may be many: those of the mean costs; 0 once
 * they are known. And work it out, so that they are: `stop` is asked now and then;
 * STATUS_INTERRUPTED if it said so. */
double quantity_effort(const struct model *model, const struct quantity *q);
enum status quantity_work_out(const struct model *model, const struct quantity *q,
                              bool (*stop)(void *context), void *context);

/* Read a name with an optional index list from the `count` bytes at `bytes`.
 * On success `*taken` is the number of bytes used. Unknown names, layers that do not exist and indices
 * out of range are errors, with columns counted from `column` for bytes[0]. */
enum status quantity_parse(const struct model *model, const char *bytes, size_t count,
                           size_t column, struct quantity *q, size_t *taken, struct error *error);

/* First and last layer that the kind has; false where the model has none of it
 * (moments that the present rule does not keep). */
bool quantity_layers(const struct model *model, enum quantity_kind kind, size_t *first,
                     size_t *last);

/* Which of the rule's moments a kind names ("vW" and "vb" are its "v"); the number of
 * moments where it is none that the rule keeps. And the kind of moment `m`, of the
 * weights or of the biases. */
size_t quantity_moment(const struct model *model, enum quantity_kind kind);
enum quantity_kind quantity_of_moment(const struct rule *rule, size_t m, bool bias);

/* Is it shaped like b(k), a number for each neuron of layer k+1: b, its gradients, its
 * moments? */
bool quantity_is_bias(enum quantity_kind kind);

/* Where a setting lives that is any number (lr, momentum, step0 ...); NULL for others. */
double *quantity_setting(struct model *model, enum quantity_kind kind);

/* Names beside those of the table; NULL past the end. */
struct quantity_alias {
    const char *name; /* "x", "yhat", "dx" */
    enum quantity_kind kind;
    bool last; /* of layer K, else of layer 0 */
    const char *meaning;
};
const struct quantity_alias *quantity_alias_at(size_t index);

/* 0, 1 or 2, for this layer. */
int quantity_rank(const struct model *model, const struct quantity *q);

/* Is it all of a vector or a matrix, and not one element or a number? */
static inline bool quantity_is_whole(const struct model *model, const struct quantity *q) {
    return q->i == 0 && quantity_rank(model, q) > 0;
}

/* Rows and columns of the whole quantity, indices ignored: a vector has rows 1
 * and its length as cols; a number 1 and 1. */
void quantity_shape(const struct model *model, const struct quantity *q, size_t *rows,
                    size_t *cols);

/* Element number `at` of a whole quantity, row by row from 0; a number is itself. */
struct quantity quantity_element(const struct model *model, struct quantity q, size_t at);

/* The value of one element (or of a number). The model must be fresh. */
double quantity_value(struct model *model, const struct quantity *q);

/* The name as it is typed: "dW0[1,2]", "x[1]", "C"; letters as "[i,j]". */
void quantity_name(struct text *out, const struct quantity *q);

/* Offer every name of the model to `nearest`, and what others call them; true when one is
 * near. */
bool quantity_suggest(const struct model *model, struct nearest *nearest);

/* Is the word what others call a quantity ("weights")? */
bool quantity_meant(struct nearest *nearest);

/* The words for that; NULL past the end. Their names are in every network. */
const struct synonym *quantity_synonym_at(size_t index);

/* A sign as books and the screen write it, at the start of the bytes, and how it is typed;
 * the bytes that it takes, 0 where there is none. */
size_t quantity_sign(const char *bytes, size_t count, const char **typed);

/* Is it the name of a kind that has a layer, without one: "W", "dz"? */
bool quantity_is_layered(const char *name, size_t length);

/* Does the model have it: the layer, and the element where one is named? */
bool quantity_exists(const struct model *model, const struct quantity *q);

bool quantity_equal(const struct quantity *a, const struct quantity *b);

#endif
