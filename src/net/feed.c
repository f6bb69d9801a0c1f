/*
 * net/feed.c - the order of the samples.
 */
#include "net/feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static struct rows *rows_new(size_t count) {
    struct rows *rows = memory_array(1, sizeof *rows);
    size_t *list = rows ? memory_array(count, sizeof *list) : NULL;
    if (!list) {
        free(rows);
        return NULL;
    }
    *rows = (struct rows){.references = 1, .count = count, .list = list};
    return rows;
}

static struct rows *rows_share(struct rows *rows) {
    if (rows) {
        rows->references++;
    }
    return rows;
}

static void rows_drop(struct rows *rows) {
    if (rows && --rows->references == 0) {
        free(rows->list);
        free(rows);
    }
}

struct feed feed_default(void) {
    return (struct feed){.training = 1, .sample = 1, .batch = 1, .seed = 1, .share_seed = 1};
}

struct feed feed_copy(const struct feed *feed) {
    dataset_share(feed->data);
    rows_share(feed->split);
    rows_share(feed->order);
    return *feed;
}

void feed_close(struct feed *feed) {
    dataset_drop(feed->data);
    rows_drop(feed->split);
    rows_drop(feed->order);
    *feed = feed_default();
}

/* ---- looking ---- */

size_t feed_rows(const struct feed *feed) {
    return feed->data ? feed->data->count : 1;
}

size_t feed_held(const struct feed *feed) {
    return feed_rows(feed) - feed->training;
}

size_t feed_batch(const struct feed *feed) {
    size_t left = feed->training - feed->position;
    return feed->batch == 0 || feed->batch > left ? left : feed->batch;
}

uint64_t feed_batches(const struct feed *feed, uint64_t epochs) {
    size_t batch = feed->batch == 0 ? feed->training : feed->batch;
    size_t left = feed->training - feed->position;
    uint64_t here = left / batch + (left % batch > 0);
    uint64_t whole = feed->training / batch + (feed->training % batch > 0);
    return epochs == 0 ? 0 : epochs > UINT64_MAX / whole ? UINT64_MAX : here + (epochs - 1) * whole;
}

size_t feed_training_row(const struct feed *feed, size_t n) {
    return feed->split ? feed->split->list[n - 1] : n;
}

size_t feed_held_row(const struct feed *feed, size_t n) {
    return feed->split->list[feed->training + n - 1];
}

/* The row at a place of this epoch's order, from 0. */
static size_t row_at(const struct feed *feed, size_t position) {
    return feed->order ? feed->order->list[position] : feed_training_row(feed, position + 1);
}

size_t feed_batch_row(const struct feed *feed, size_t n) {
    return row_at(feed, feed->position + n - 1);
}

/* ---- shuffling ---- */

/* Fisher and Yates: every permutation is equally likely. */
static void shuffle(size_t *list, size_t count, struct random *random) {
    for (size_t n = count; n > 1; n--) {
        size_t other = random_below(random, n);
        size_t row = list[n - 1];
        list[n - 1] = list[other];
        list[other] = row;
    }
}

/* The order of epoch `feed->epochs`: it depends on that number and the seed only. */
static void fill_order(const struct feed *feed, struct rows *order) {
    struct random random;
    random_seed(&random, feed->seed);
    random_seed(&random, random_bits(&random) + feed->epochs);
    for (size_t n = 0; n < feed->training; n++) {
        order->list[n] = feed_training_row(feed, n + 1);
    }
    shuffle(order->list, feed->training, &random);
}

static int ascending(const void *a, const void *b) {
    const size_t *first = a, *second = b;
    return *first < *second ? -1 : *first > *second;
}

/* Choose the held-out rows: the first of a permutation. At least one row stays. */
static enum status split_rows(struct feed *feed) {
    size_t count = feed_rows(feed);
    size_t held = (size_t)(feed->share * (double)count + 0.5);
    held = held < count ? held : count - 1;
    feed->training = count - held;
    feed->split = NULL;
    if (held == 0) {
        return STATUS_OK;
    }
    feed->split = rows_new(count);
    if (!feed->split) {
        return STATUS_MEMORY;
    }
    size_t *list = feed->split->list;
    for (size_t n = 0; n < count; n++) {
        list[n] = n + 1;
    }
    struct random random;
    random_seed(&random, feed->share_seed);
    shuffle(list, count, &random);
    qsort(list, feed->training, sizeof *list, ascending);
    qsort(list + feed->training, held, sizeof *list, ascending);
    return STATUS_OK;
}

/* ---- a new beginning ---- */

/* Put the feed that `wanted` describes in the place of `feed`: same data or new,
 * with split and order made afresh; at the start of the epoch that it names. */
static enum status begin(struct feed *feed, struct feed wanted) {
    wanted.split = NULL;
    wanted.order = NULL;
    wanted.position = 0;
    dataset_share(wanted.data);
    enum status status = split_rows(&wanted);
    if (status == STATUS_OK && wanted.shuffled && wanted.data) {
        wanted.order = rows_new(wanted.training);
        if (wanted.order) {
            fill_order(&wanted, wanted.order);
        } else {
            status = STATUS_MEMORY;
        }
    }
    if (status != STATUS_OK) {
        feed_close(&wanted);
        return status;
    }
    wanted.sample = row_at(&wanted, 0);
    feed_close(feed);
    *feed = wanted;
    return STATUS_OK;
}

enum status feed_begin(struct feed *feed, struct dataset *data) {
    struct feed wanted = *feed;
    wanted.data = data;
    wanted.epochs = 0;
    return begin(feed, wanted);
}

enum status feed_hold_out(struct feed *feed, double share, uint64_t seed) {
    struct feed wanted = *feed;
    wanted.share = share;
    wanted.share_seed = seed;
    wanted.epochs = 0;
    return begin(feed, wanted);
}

enum status feed_shuffle(struct feed *feed, bool shuffled, uint64_t seed) {
    struct feed wanted = *feed;
    wanted.shuffled = shuffled;
    wanted.seed = seed;
    wanted.epochs = 0;
    return begin(feed, wanted);
}

enum status feed_set_epoch(struct feed *feed, uint64_t epochs) {
    struct feed wanted = *feed;
    wanted.epochs = epochs;
    return begin(feed, wanted);
}

bool feed_select(struct feed *feed, size_t row) {
    for (size_t position = 0; position < feed->training; position++) {
        if (row_at(feed, position) == row) {
            feed->position = position;
            feed->sample = row;
            return true;
        }
    }
    return false;
}

/* ---- going on ---- */

enum status feed_prepare(struct feed *feed) {
    bool ends = feed->position + feed_batch(feed) == feed->training;
    return ends ? feed_prepare_epoch(feed) : STATUS_OK;
}

/* The next epoch's order is written over this one's. */
enum status feed_prepare_epoch(struct feed *feed) {
    if (!feed->order || feed->order->references == 1) {
        return STATUS_OK;
    }
    struct rows *own = rows_new(feed->training);
    if (!own) {
        return STATUS_MEMORY;
    }
    memcpy(own->list, feed->order->list, feed->training * sizeof *own->list);
    rows_drop(feed->order);
    feed->order = own;
    return STATUS_OK;
}

void feed_advance(struct feed *feed) {
    feed_skip(feed, feed_batch(feed));
}

void feed_skip(struct feed *feed, size_t rows) {
    feed->position += rows;
    if (feed->position == feed->training) {
        feed->position = 0;
        feed->epochs += feed->data != NULL;
        if (feed->order) {
            fill_order(feed, feed->order);
        }
    }
    feed->sample = row_at(feed, feed->position);
}
