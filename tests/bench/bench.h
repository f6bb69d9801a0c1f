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

/* The plan with its numbers; where memory is short the program ends. */
struct task bench_task_open(const struct task *plan);
void bench_task_close(struct task *task);

/* What the core can do in a second. */
struct rates {
    double peak, chain; /* products and additions: at once, and one after the other */
    double read, sweep; /* bytes: read, and read and written back */
};

/* Is it one sample at a time in so large a network that its weights come from memory? */
bool bench_is_bound_by_memory(const struct task *task);

/* Seconds that a sample needs at least; 0 where nothing is said of that. */
double bench_bound(const struct task *task, const struct rates *rates);

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

/* So many updates of ours in one call, in which `pause` is called between two of them, once
 * in some milliseconds: `made` counts all that there were. */
void bench_with_pauses(const struct runner *ours, size_t updates,
                       void (*pause)(void *context, size_t made), void *context);

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
