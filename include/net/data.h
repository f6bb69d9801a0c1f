/*
 * net/data.h - data sets: generated ones and those read from CSV.
 *
 * A dataset never changes once it is made; copies of a model share it by
 * counting references. A row (a sample) is n_0 inputs and n_K targets. Generated
 * data come from base/random.h, so that a name, its numbers and a seed fix every
 * digit for ever.
 */
#ifndef BACKSTEP_NET_DATA_H
#define BACKSTEP_NET_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "base/status.h"
#include "net/ask.h"

enum {
    DATA_MAX_SAMPLES = 10 * 1000 * 1000,
    DATA_MAX_COLUMNS = 100 * 1000,        /* in one line of a CSV file */
    DATA_MAX_NUMBERS = 100 * 1000 * 1000, /* in the whole set */
};

struct dataset {
    size_t references;
    size_t count;   /* samples, at least 1 */
    size_t inputs;  /* n_0 */
    size_t targets; /* n_K */
    double *x;      /* [count][inputs] */
    double *y;      /* [count][targets] */
    char **names;   /* [inputs + targets] what the columns are called; NULL for none */
    char *source;   /* where it came from: "xor", "iris.csv" */
    bool file;      /* `source` is the path of a CSV file */
    char *recipe;   /* the words behind `data` that make it again: "xor samples 4 noise 0
                     * seed 1"; for a file those behind its name, the columns; or NULL */
};

/* The inputs and the targets of row 1 ... count. */
static inline const double *dataset_x(const struct dataset *data, size_t row) {
    return data->x + (row - 1) * data->inputs;
}
static inline const double *dataset_y(const struct dataset *data, size_t row) {
    return data->y + (row - 1) * data->targets;
}

/* One more reference (NULL stays NULL), and one less; the last one frees. */
struct dataset *dataset_share(struct dataset *data);
void dataset_drop(struct dataset *data);

/* ---- generated ---- */

struct data_options {
    size_t samples;
    double noise; /* the deviation of the normal noise */
    uint64_t seed;
};

/* One row a generator. With one output the target is the class, 0 or 1; with
 * more, the class as one-hot. A regression gives its value. */
struct generator {
    const char *name; /* at the prompt: "spiral" */
    const char *help;
    size_t inputs;
    size_t classes;  /* the most outputs it can serve; 0 for as many as there are */
    bool regression; /* one output, which is a value and not a class */
    size_t samples;  /* the default */
    double noise;    /* the default */
    /* Sample `index` (from 0) of `samples`, with `classes` classes (2 or more): its
     * inputs, and its class or value. Draws the same amount of random numbers for
     * every sample, whatever the noise. */
    double (*draw)(size_t index, size_t classes, const struct data_options *options,
                   struct random *random, double *x);
};

const struct generator *generator_at(size_t index);

/* The generator's defaults, with seed 1. */
struct data_options generator_defaults(const struct generator *generator);

/* Make a data set for a network with n_0 inputs and n_K outputs. One reference,
 * the caller's. STATUS_INTERRUPTED where whoever is asked now and then said so. */
enum status data_generate(const struct generator *generator, const struct data_options *options,
                          size_t n_0, size_t n_K, struct ask *ask, struct dataset **data,
                          struct error *error);

/* ---- CSV ---- */

/* Read the `length` bytes at `bytes`, the contents of the file `name`: a line a
 * row, first the n_0 inputs, then the n_K targets. Separators are tabs, semicolons
 * or commas, whichever of them, in this order, is in the first line; quotes are
 * those of RFC 4180; blank lines are skipped. A first line without any number, or
 * with a chosen name in it, is the header.
 *
 * `columns` chooses which columns to take, in this order, each by its name in the
 * header or by its number from 1; with `column_count` 0 the file has just the
 * columns that the network takes. Errors begin "name:line:column: ", but STATUS_INTERRUPTED,
 * where whoever is asked now and then said so. */
enum status data_from_csv(const char *bytes, size_t length, const char *name, size_t n_0,
                          size_t n_K, const char *const *columns, size_t column_count,
                          struct ask *ask, struct dataset **data, struct error *error);

/* An empty set to fill, with room for `count` rows; NULL where memory is short.
 * For those who make data sets. */
struct dataset *dataset_new(size_t count, size_t inputs, size_t targets, const char *source);

#endif
