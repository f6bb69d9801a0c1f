/*
 * net/model_data.c - the model and its data set: which sample is present, and what
 * is a mean over many.
 */
#include <math.h>
#include <string.h>

#include "batch.h"
#include "layers.h"
#include "net/ask.h"
#include "net/cache.h"
#include "net/kernels.h"
#include "net/model.h"

/* ---- settings ---- */

/* Put the present row of the feed into x and y, which are this model's own. */
static void load_sample(struct model *model) {
    const struct dataset *data = model->feed.data;
    if (data) {
        memcpy(model->x->values, dataset_x(data, model->feed.sample),
               data->inputs * sizeof(double));
        memcpy(model->y->values, dataset_y(data, model->feed.sample),
               data->targets * sizeof(double));
    }
}

/* Make what load_sample() writes this model's own. */
static bool own_sample(struct model *model) {
    return !model->feed.data || (block_own(&model->x) && block_own(&model->y));
}

/* After the feed was set: x and y follow, and nothing that was computed holds. */
static enum status follow(struct model *model, struct feed wanted) {
    struct feed before = model->feed;
    model->feed = wanted;
    if (!own_sample(model)) {
        model->feed = before;
        feed_close(&wanted);
        return STATUS_MEMORY;
    }
    feed_close(&before);
    load_sample(model);
    model_touch(model, 0);
    return STATUS_OK;
}

static enum status finish(struct model *model, struct feed wanted, enum status status,
                          struct error *error) {
    if (status == STATUS_OK) {
        status = follow(model, wanted);
    } else {
        feed_close(&wanted);
    }
    return status == STATUS_OK ? STATUS_OK : error_memory(error);
}

enum status model_set_data(struct model *model, struct dataset *data, struct error *error) {
    size_t n_0 = model->network.layers[0].n, n_K = model->network.layers[model->network.K].n;
    if (data && (data->inputs != n_0 || data->targets != n_K)) {
        return error_set(error, STATUS_INPUT,
                         "'%s' has %zu input%s and %zu target%s, but the network has %zu and %zu",
                         data->source, data->inputs, data->inputs == 1 ? "" : "s", data->targets,
                         data->targets == 1 ? "" : "s", n_0, n_K);
    }
    struct feed wanted = feed_copy(&model->feed);
    enum status status = feed_begin(&wanted, data);
    return finish(model, wanted, status, error);
}

enum status model_set_sample(struct model *model, size_t row, struct error *error) {
    size_t count = feed_rows(&model->feed);
    if (!model->feed.data || row < 1 || row > count) {
        return model->feed.data
                   ? error_set(error, STATUS_INPUT, "there is no sample '%zu': 1 to %zu exist", row,
                               count)
                   : error_set(error, STATUS_INPUT,
                               "there is no sample '%zu' without data: 'data xor'", row);
    }
    struct feed wanted = feed_copy(&model->feed);
    if (!feed_select(&wanted, row)) {
        feed_close(&wanted);
        return error_set(error, STATUS_INPUT, "sample '%zu' is held out for validation", row);
    }
    return finish(model, wanted, STATUS_OK, error);
}

enum status model_set_batch(struct model *model, size_t batch, struct error *error) {
    if (model->feed.data && batch > model->feed.training) {
        return error_set(error, STATUS_INPUT,
                         "a batch of '%zu' is more than the %zu samples: 'batch all' takes them",
                         batch, model->feed.training);
    }
    model->feed.batch = batch; /* x and y stay, edited or not */
    model_touch(model, model->network.K + 1);
    return STATUS_OK;
}

enum status model_set_shuffle(struct model *model, bool shuffled, uint64_t seed,
                              struct error *error) {
    struct feed wanted = feed_copy(&model->feed);
    enum status status = feed_shuffle(&wanted, shuffled, seed);
    return finish(model, wanted, status, error);
}

enum status model_set_epoch(struct model *model, uint64_t epochs, struct error *error) {
    if (!model->feed.data && epochs > 0) {
        return error_set(error, STATUS_INPUT, "there are no epochs without data: 'data xor'");
    }
    struct feed wanted = feed_copy(&model->feed);
    enum status status = feed_set_epoch(&wanted, epochs);
    return finish(model, wanted, status, error);
}

enum status model_set_validation(struct model *model, double share, uint64_t seed,
                                 struct error *error) {
    if (!(share >= 0 && share < 1)) {
        return error_set(error, STATUS_INPUT,
                         "a share of '%g' cannot be held out: 0 to below 1 is right", share);
    }
    struct feed wanted = feed_copy(&model->feed);
    enum status status = feed_hold_out(&wanted, share, seed);
    return finish(model, wanted, status, error);
}

/* ---- from batch to batch ---- */

enum status model_prepare_batch(struct model *model) {
    return own_sample(model) && feed_prepare(&model->feed) == STATUS_OK ? STATUS_OK : STATUS_MEMORY;
}

void model_next_batch(struct model *model) {
    feed_advance(&model->feed);
    load_sample(model);
    model_touch(model, model->feed.data ? 0 : 1);
}

enum status model_prepare_epoch(struct model *model) {
    bool good = own_sample(model) && feed_prepare_epoch(&model->feed) == STATUS_OK;
    return good ? STATUS_OK : STATUS_MEMORY;
}

void model_skip(struct model *model, size_t rows) {
    feed_skip(&model->feed, rows);
    load_sample(model);
    model_touch(model, 0);
}

/* ---- other samples than the present one ---- */

bool model_batched(const struct model *model) {
    return feed_batch(&model->feed) > 1;
}

/* A row's forward pass and its cost, in the cache's vectors. */
static struct pass *row_cost(const struct model *model, size_t row) {
    const struct network *network = &model->network;
    struct pass *pass = cache_scratch(model->cache, network);
    if (pass) {
        const double *x = dataset_x(model->feed.data, row);
        memcpy(pass->r + network->layers[0].at, x, network->layers[0].n * sizeof *x);
        pass_forward(pass, network, 1);
        pass_cost(pass, network, dataset_y(model->feed.data, row));
    }
    return pass;
}

const struct pass *model_row_pass(const struct model *model, size_t row) {
    struct cache *cache = model->cache;
    if (cache->row == row) {
        return &cache->pass;
    }
    struct pass *pass = row_cost(model, row);
    if (pass) {
        pass_backward(pass, &model->network, dataset_y(model->feed.data, row));
        cache->row = row;
    }
    return pass;
}

/* So many rows have this mean. */
static size_t mean_rows(const struct feed *feed, enum mean mean) {
    return !feed->data ? 0 : mean == MEAN_TRAINING ? feed->training : feed_held(feed);
}

/* Which they are. */
static struct feed_run mean_run(const struct feed *feed, enum mean mean) {
    const size_t *list = feed->split ? feed->split->list : NULL;
    return (struct feed_run){.x = feed->data->x,
                             .y = feed->data->y,
                             .inputs = feed->data->inputs,
                             .targets = feed->data->targets,
                             .rows = list && mean == MEAN_HELD_OUT ? list + feed->training : list,
                             .first = 1};
}

/* sum_n C_n, many samples at once */
static enum status add_batches(const struct model *model, const struct feed_run *run, size_t count,
                               struct ask *ask, double *sum) {
    const struct network *network = &model->network;
    struct batch *batch = cache_batch(model->cache, network, count);
    if (!batch) {
        return STATUS_MEMORY;
    }
    for (size_t n = 0; n < count; n += batch->count) {
        batch_fill(batch, network, run, n, count - n);
        *sum = batch_costs(batch, network, *sum);
        if (network_ask(network, ask, batch->count)) {
            return STATUS_INTERRUPTED;
        }
    }
    return STATUS_OK;
}

/* The same, one after the other. */
static enum status add_rows(const struct model *model, const struct feed_run *run, size_t count,
                            struct ask *ask, double *sum) {
    for (size_t n = 0; n < count; n++) {
        const struct pass *pass = row_cost(model, feed_run_row(run, n));
        if (!pass) {
            return STATUS_MEMORY;
        }
        *sum += pass->C;
        if (network_ask(&model->network, ask, 1)) {
            return STATUS_INTERRUPTED;
        }
    }
    return STATUS_OK;
}

/* Weights that do not stay in the second cache from one sample to the next are better used for
 * many at once; for fewer, to make room for these costs more than it gains. */
static bool adds_batches(const struct network *network) {
    enum { FAR = 64 * 1024 };
    return network->parameters > FAR && network->kernels->batch_forward;
}

/* sum_n C_n / count */
static enum status add_costs(const struct model *model, enum mean mean, struct ask *ask,
                             double *value) {
    size_t count = mean_rows(&model->feed, mean);
    struct feed_run run = mean_run(&model->feed, mean);
    double sum = 0;
    enum status status = adds_batches(&model->network) ? add_batches(model, &run, count, ask, &sum)
                                                       : add_rows(model, &run, count, ask, &sum);
    *value = sum / (double)count;
    return status;
}

enum status model_know_mean(const struct model *model, enum mean mean, bool (*stop)(void *context),
                            void *context) {
    struct known_mean *known = &model->cache->means[mean];
    struct ask ask = {.stop = stop, .context = context};
    if (known->known || mean_rows(&model->feed, mean) == 0) {
        return STATUS_OK;
    }
    enum status status = add_costs(model, mean, &ask, &known->value);
    known->known = status == STATUS_OK;
    return status;
}

double model_mean_cost(const struct model *model, enum mean mean) {
    if (mean_rows(&model->feed, mean) == 0) {
        return mean == MEAN_TRAINING ? model->pass.C : NAN;
    }
    bool known = model_know_mean(model, mean, NULL, NULL) == STATUS_OK;
    return known ? model->cache->means[mean].value : NAN;
}

double model_mean_effort(const struct model *model, enum mean mean) {
    bool known = model->cache->means[mean].known;
    size_t rows = known ? 0 : mean_rows(&model->feed, mean);
    return (double)rows * (double)network_work(&model->network);
}
