/*
 * net/feed.h - which samples an update is made from: the data set, the order of
 * its rows, the batches, and the rows that are held out.
 *
 * Rows count from 1. An epoch goes once through the training rows, in order or
 * shuffled anew each time. It falls into batches of `batch` rows one behind the
 * other; the last one takes what is left, so that it may be smaller. Held-out rows
 * are never in a batch. Everything follows from the numbers here: the same seed
 * and the same number of epochs give the same order.
 */
#ifndef BACKSTEP_NET_FEED_H
#define BACKSTEP_NET_FEED_H

#include "net/data.h"

/* A list of rows, shared by counting references. */
struct rows {
    size_t references;
    size_t count;
    size_t *list;
};

struct feed {
    struct dataset *data; /* NULL: none, and the present x and y are the one sample */
    size_t training;      /* rows that are trained on; the rest is held out */
    struct rows *split;   /* [data->count] the training rows, then the others, each ascending;
                           * NULL where every row is trained on */
    struct rows *order;   /* [training] the order of this epoch; NULL where it is ascending */
    size_t sample;        /* the present row: the first of the batch */
    size_t batch;         /* rows a batch; 0 for all */
    size_t position;      /* where the present batch begins in the order, from 0 */
    uint64_t epochs;      /* gone through */
    bool shuffled;
    uint64_t seed;       /* of the shuffling */
    double share;        /* of the rows that is held out, 0 ... below 1 */
    uint64_t share_seed; /* chooses which */
};

/* No data, batches of one, in order, nothing held out. */
struct feed feed_default(void);
struct feed feed_copy(const struct feed *feed); /* shares */
void feed_close(struct feed *feed);

/* How many rows there are, are held out, and are in the present batch; without
 * data 1, 0 and 1. */
size_t feed_rows(const struct feed *feed);
size_t feed_held(const struct feed *feed);
size_t feed_batch(const struct feed *feed);

/* The n-th, from 1, of the present batch, of the training rows, of the held-out. */
size_t feed_batch_row(const struct feed *feed, size_t n);
size_t feed_training_row(const struct feed *feed, size_t n);
size_t feed_held_row(const struct feed *feed, size_t n);

/* Take this data set (shared; NULL for none), these held-out rows, this shuffling:
 * a new first epoch begins. On failure (memory) the feed is as it was. */
enum status feed_begin(struct feed *feed, struct dataset *data);
enum status feed_hold_out(struct feed *feed, double share, uint64_t seed);
enum status feed_shuffle(struct feed *feed, bool shuffled, uint64_t seed);

/* Stand at the start of another epoch: `epochs` were gone through before. */
enum status feed_set_epoch(struct feed *feed, uint64_t epochs);

/* Let the batch begin at this row; false where it is held out. */
bool feed_select(struct feed *feed, size_t row);

/* How many batches there are from the present one to the end of the `epochs`-th epoch, this
 * one being the first; UINT64_MAX where that is no number. */
uint64_t feed_batches(const struct feed *feed, uint64_t epochs);

/* Go on to the next batch. What that may need of memory is got by the first
 * function, which changes nothing else. */
enum status feed_prepare(struct feed *feed);
void feed_advance(struct feed *feed);

/* The same for any number of rows of this epoch, from the present one on. */
enum status feed_prepare_epoch(struct feed *feed);
void feed_skip(struct feed *feed, size_t rows);

#endif
