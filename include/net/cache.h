/*
 * net/cache.h - what a model computes on the way and may be asked for again: the
 * pass of another sample than the present one, the mean costs, the squares of the
 * gradient, the sizes of what flows through the layers, the output over a grid. Nothing
 * here is part of the model's value: it can be forgotten at any time, and a copy of a
 * model begins with nothing but the mean costs. So it may be filled through a pointer to a constant
 * model.
 */
#ifndef BACKSTEP_NET_CACHE_H
#define BACKSTEP_NET_CACHE_H

#include "net/fault.h"
#include "net/grid.h"
#include "net/model.h"

struct batch;
struct flow;
struct narrow;

struct cache {
    struct pass pass;      /* of data row `row`; its memory is got when it is first needed */
    size_t row;            /* 0: of none */
    struct batch *batch;   /* to compute many samples at once in; NULL until it is needed */
    struct narrow *narrow; /* to train narrow layers in; NULL until it is needed */
    struct known_mean {
        bool known;
        double value;
    } means[MEANS]; /* of the cost */
    bool squares_known, sound_known;
    bool sound; /* the pass is, and a batch's gradients: all of it is finite */
    bool underflow_known, underflows;
    struct fault underflow; /* where `underflows`: the first number that became too small */
    double *squares;        /* [2 K] sum of gW(k)^2, then of gb(k)^2 */
    struct block **before;  /* [K] W(k) while it is updated */
    bool flow_known, grid_known;
    struct flow *flow;   /* NULL until it is first needed */
    struct grid grid;    /* what `grid_values` are of */
    double *grid_values; /* [GRID_MOST]; NULL until they are first needed */
};

struct cache *cache_new(const struct network *network); /* NULL when memory is short */
void cache_free(struct cache *cache);                   /* NULL is allowed */

/* Know the mean costs that another one knows, of the same model: many passes are in them. */
void cache_take_means(struct cache *cache, const struct cache *other);

/* Whatever it knows may be wrong now. */
void cache_forget(struct cache *cache);

/* Vectors to compute a pass in, which then is of no row; NULL when memory is short. */
struct pass *cache_scratch(struct cache *cache, const struct network *network);

/* Room for this many samples, or as many as may be taken at once; NULL when memory is
 * short. */
struct batch *cache_batch(struct cache *cache, const struct network *network, size_t count);

/* The layout of narrow layers, opened for batches of this many samples; NULL when memory
 * is short. */
struct narrow *cache_narrow(struct cache *cache, const struct network *network, struct pass *pass,
                            size_t batch);

#endif
