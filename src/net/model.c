/*
 * net/model.c - the model as a value, and how it is brought up to date.
 */
#include "net/model.h"

#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "layers.h"
#include "net/ask.h"
#include "net/cache.h"
#include "net/initializer.h"
#include "net/kernels.h"

static enum status open_parts(struct model *model, const size_t *widths, size_t count,
                              bool (*stop)(void *context), void *context, struct error *error) {
    enum status status = network_open(&model->network, widths, count, error);
    if (status != STATUS_OK) {
        return status;
    }
    model->optimizer = optimizer_default();
    model->feed = feed_default();
    model->x = block_new(widths[0]);
    model->y = block_new(widths[count - 1]);
    model->cache = cache_new(&model->network);
    if (!model->x || !model->y || !model->cache ||
        pass_open(&model->pass, &model->network) != STATUS_OK) {
        return error_memory(error);
    }
    status = network_initialize(&model->network, initializer_at(0), 0, 1, stop, context);
    if (status != STATUS_OK) {
        return error_about(error, status);
    }
    return model_compute(model) == STATUS_OK ? STATUS_OK : error_memory(error);
}

enum status model_open(struct model **model, const size_t *widths, size_t count,
                       struct error *error) {
    return model_open_long(model, widths, count, NULL, NULL, error);
}

enum status model_open_long(struct model **model, const size_t *widths, size_t count,
                            bool (*stop)(void *context), void *context, struct error *error) {
    *model = memory_array(1, sizeof **model);
    if (!*model) {
        return error_memory(error);
    }
    enum status status = open_parts(*model, widths, count, stop, context, error);
    if (status != STATUS_OK) {
        model_close(*model);
        *model = NULL;
    }
    return status;
}

struct model *model_copy(const struct model *model) {
    struct model *copy = memory_array(1, sizeof *copy);
    if (!copy) {
        return NULL;
    }
    copy->updates = model->updates;
    copy->stale = model->stale;
    if (network_copy(&copy->network, &model->network) != STATUS_OK ||
        optimizer_copy(&copy->optimizer, &model->optimizer) != STATUS_OK ||
        !gradient_copy(&copy->gradient, &model->gradient)) {
        model_close(copy);
        return NULL;
    }
    copy->feed = feed_copy(&model->feed);
    copy->x = block_share(model->x);
    copy->y = block_share(model->y);
    copy->pass = pass_copy(&model->pass);
    copy->cache = cache_new(&model->network);
    if (!copy->cache) {
        model_close(copy);
        return NULL;
    }
    cache_take_means(copy->cache, model->cache);
    return copy;
}

void model_close(struct model *model) {
    if (model) {
        network_close(&model->network);
        optimizer_close(&model->optimizer);
        feed_close(&model->feed);
        gradient_close(&model->gradient);
        block_drop(model->x);
        block_drop(model->y);
        pass_close(&model->pass);
        cache_free(model->cache);
        free(model);
    }
}

/* ---- bringing up to date ---- */

size_t model_work(const struct model *model) {
    size_t work = network_work(&model->network), batch = feed_batch(&model->feed);
    return work > SIZE_MAX / batch ? SIZE_MAX : work * batch;
}

/* The sums over the batch, many samples at once: the present one first, then the rows
 * after it. */
static enum status add_batches(struct model *model, size_t count, struct ask *ask) {
    struct network *network = &model->network;
    struct batch *batch = cache_batch(model->cache, network, count);
    if (!batch) {
        return STATUS_MEMORY;
    }
    batch->costs_finite = true;
    for (size_t n = 0; n < count; n += batch->count) {
        batch->count = count - n < batch->most ? count - n : batch->most;
        for (size_t s = 0; s < batch->count; s++) {
            size_t row = n + s > 0 ? feed_batch_row(&model->feed, n + s + 1) : 0;
            batch_put(batch, network, s, row ? dataset_x(model->feed.data, row) : model->x->values,
                      row ? dataset_y(model->feed.data, row) : model->y->values);
        }
        batch_pass(batch, network, &model->gradient, 0);
        if (network_ask(network, ask, batch->count)) {
            return STATUS_INTERRUPTED;
        }
    }
    model->gradient.costs_finite = batch->costs_finite;
    return STATUS_OK;
}

/* The same, one after the other. */
static enum status add_samples(struct model *model, size_t count, struct ask *ask) {
    gradient_add(&model->gradient, &model->network, &model->pass);
    for (size_t n = 2; n <= count; n++) {
        const struct pass *pass = model_row_pass(model, feed_batch_row(&model->feed, n));
        if (!pass) {
            return STATUS_MEMORY;
        }
        gradient_add(&model->gradient, &model->network, pass);
        if (network_ask(&model->network, ask, 1)) {
            return STATUS_INTERRUPTED;
        }
    }
    return STATUS_OK;
}

static enum status compute_gradient(struct model *model, struct ask *ask) {
    const struct network *network = &model->network;
    size_t count = feed_batch(&model->feed);
    if (gradient_begin(&model->gradient, network) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    enum status status = network->kernels->batch_add ? add_batches(model, count, ask)
                                                     : add_samples(model, count, ask);
    gradient_divide(&model->gradient, network, count);
    return status;
}

enum status model_compute(struct model *model) {
    return model_compute_long(model, NULL, NULL);
}

enum status model_compute_long(struct model *model, bool (*stop)(void *context), void *context) {
    if (model->stale == MODEL_FRESH) {
        return STATUS_OK;
    }
    const struct network *network = &model->network;
    if (pass_own(&model->pass, network, model->stale) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    if (model->stale == 0) {
        memcpy(model->pass.r, model->x->values, network->layers[0].n * sizeof(double));
    }
    if (model->stale <= network->K) {
        pass_forward(&model->pass, network, model->stale > 0 ? model->stale : 1);
    }
    pass_backward(&model->pass, network, model->y->values);
    if (model_batched(model)) {
        struct ask ask = {.stop = stop, .context = context};
        enum status status = compute_gradient(model, &ask);
        if (status != STATUS_OK) {
            return status;
        }
    } else if (model->feed.batch == 1 || !model->feed.data) {
        gradient_close(&model->gradient); /* not for a last batch that happens to be of one */
    }
    model->stale = MODEL_FRESH;
    return STATUS_OK;
}
