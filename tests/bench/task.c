/*
 * task.c - a task's numbers, and what a machine needs for it at least.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/random.h"
#include "bench.h"

enum { ALL_ROWS = 16 };

static double *numbers(size_t count) {
    double *values = memory_array(count, sizeof *values);
    if (!values) {
        fputs("bench: memory is short\n", stderr);
        exit(1);
    }
    return values;
}

/* Weights that neither blow up nor die out on the way through many layers. */
static void fill_W(double *W, size_t from, size_t to, struct random *random) {
    for (size_t i = 0; i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            double noise = 2 * random_unit(random) - 1;
            W[i * to + j] =
                from == to ? (i == j) + 1e-3 * noise / (double)from : noise / sqrt((double)from);
        }
    }
}

struct task bench_task_open(const struct task *plan) {
    struct task task = *plan;
    size_t weights = 0, biases = 0;
    for (size_t k = 0; k < task.count; k++) {
        task.widths[k] = task.widths[k] ? task.widths[k] : task.widths[0];
        weights += k ? task.widths[k - 1] * task.widths[k] : 0;
        biases += k ? task.widths[k] : 0;
    }
    task.rows = task.batch > 1 ? task.batch : ALL_ROWS;
    size_t n_0 = task.widths[0], n_K = task.widths[task.count - 1];
    struct random random;
    random_seed(&random, 1);
    task.W = numbers(weights);
    task.b = numbers(biases);
    task.x = numbers(task.rows * n_0);
    task.y = numbers(task.rows * n_K);
    double *W = task.W;
    for (size_t k = 0; k + 1 < task.count; k++) {
        fill_W(W, task.widths[k], task.widths[k + 1], &random);
        W += task.widths[k] * task.widths[k + 1];
    }
    for (size_t n = 0; n < task.rows * n_0; n++) {
        task.x[n] = random_unit(&random);
    }
    for (size_t n = 0; n < task.rows * n_K; n++) {
        task.y[n] = random_unit(&random);
    }
    return task;
}

void bench_task_close(struct task *task) {
    free(task->W);
    free(task->b);
    free(task->x);
    free(task->y);
}

/* Products (each with its addition) that an update needs for a sample, and bytes of
 * weights: all but dC/dx. */
static double products(const struct task *task) {
    double sum = 0;
    for (size_t k = 0; k + 1 < task->count; k++) {
        sum += (k ? 3.0 : 2.0) * (double)(task->widths[k] * task->widths[k + 1]);
    }
    return sum;
}

/* Products and additions that must wait for each other from one update to the next: a
 * sum of n terms is a product and n - 1 additions, forward in every layer, where the bias is
 * one more, and backward in all but the first. The slopes are all 1. */
static double links(const struct task *task) {
    double sum = 0;
    for (size_t k = 0; k + 1 < task->count; k++) {
        sum += 1 + (double)task->widths[k] + (k ? (double)task->widths[k + 1] : 0);
    }
    return sum;
}

/* Bytes of weights that must come from memory to be read, and to be read and written back: all
 * are once, and all but those of the first layer, whose update can wait for the next sample,
 * another time. */
static double bytes_read(const struct task *task) {
    double sum = 0;
    for (size_t k = 1; k + 1 < task->count; k++) {
        sum += 8.0 * (double)(task->widths[k] * task->widths[k + 1]);
    }
    return sum;
}

static double bytes_swept(const struct task *task) {
    return bytes_read(task) + 8.0 * (double)(task->widths[0] * task->widths[1]);
}

/* ---- the bound ---- */

bool bench_is_bound_by_memory(const struct task *task) {
    return task->batch == 1 && task->widths[1] > 128;
}

double bench_bound(const struct task *task, const struct rates *rates) {
    if (bench_is_bound_by_memory(task)) {
        return bytes_read(task) / rates->read + bytes_swept(task) / rates->sweep;
    }
    return task->batch > 1        ? products(task) / rates->peak
           : task->widths[1] <= 8 ? links(task) / rates->chain
                                  : 0;
}
