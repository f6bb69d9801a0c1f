/*
 * net/feed_run.h - samples one behind the other, as a training loop wants them.
 */
#ifndef BACKSTEP_NET_FEED_RUN_H
#define BACKSTEP_NET_FEED_RUN_H

#include <stdbool.h>
#include <stddef.h>

struct feed_run {
    const double *x, *y;    /* of row 1 */
    size_t inputs, targets; /* a row */
    const size_t *rows;     /* which come; NULL: those from `first` on */
    size_t first;
    bool constant; /* without data: always the first */
};

/* The row of the n-th sample of the run, from 0. */
static inline size_t feed_run_row(const struct feed_run *run, size_t n) {
    return run->constant ? 1 : run->rows ? run->rows[n] : run->first + n;
}

#endif
