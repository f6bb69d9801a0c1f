/*
 * bench.h - one network and the way it is trained, as both programs are given it.
 */
#ifndef BACKSTEP_TESTS_BENCH_H
#define BACKSTEP_TESTS_BENCH_H

#include <stdbool.h>
#include <stddef.h>

enum { BENCH_LAYERS_MOST = 1000 };

struct task {
    const char *name; /* of the network: "784-128-10" */
    size_t widths[BENCH_LAYERS_MOST];
    size_t count;  /* of layers */
    size_t batch;  /* samples an update; 1: one sample at a time */
    size_t rows;   /* of the data set */
    double target; /* the ratio to FANN that is asked for */
    double *x, *y; /* [rows][n_0], [rows][n_K] */
    double *W;     /* all weights, layer by layer, [from][to] */
    double *b;     /* all biases */
};

#define BENCH_LR 0x1p-20 /* FANN keeps it as a float */

/* Something that can be run for a number of updates: the two programs. `close`
 * frees it. */
struct runner {
    void *state;
    void (*run)(void *state, size_t updates);
    double (*output)(void *state); /* the first output for the first row */
    void (*close)(void *state);
};

struct runner bench_backstep(const struct task *task);
bool bench_fann(const struct task *task, struct runner *runner); /* false: not installed */

/* Processor seconds of this thread. */
double bench_seconds(void);

/* What this machine's core can do at its best, in one short try. */
double bench_peak(void);  /* products, each rounded and then added, a second */
double bench_chain(void); /* products and additions a second where each needs the one before */
double bench_read(const double *values, size_t count); /* bytes a second, reading them all */
double bench_sweep(double *values, size_t count);      /* the same, writing them back too */

/* Seconds from an edit of a weight, in the first layer or in the middle, to all
 * values of 10,000 layers of 8: the best of many. */
struct edits {
    double first, middle;
};
struct edits bench_edits(void);

#endif
