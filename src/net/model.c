/*
 * net/model.c - the model as a value, and what an edit makes stale.
 */
#include "net/model.h"

#include <stdlib.h>
#include <string.h>

#include "net/initializer.h"

static enum status open_parts(struct model *model, const size_t *widths, size_t count,
                              struct error *error) {
    enum status status = network_open(&model->network, widths, count, error);
    if (status != STATUS_OK) {
        return status;
    }
    model->optimizer = optimizer_default();
    model->x = block_new(widths[0]);
    model->y = block_new(widths[count - 1]);
    if (!model->x || !model->y || pass_open(&model->pass, &model->network) != STATUS_OK ||
        network_initialize(&model->network, initializer_at(0), 0, 1) != STATUS_OK) {
        return error_memory(error);
    }
    return model_compute(model) == STATUS_OK ? STATUS_OK : error_memory(error);
}

enum status model_open(struct model **model, const size_t *widths, size_t count,
                       struct error *error) {
    *model = memory_array(1, sizeof **model);
    if (!*model) {
        return error_memory(error);
    }
    enum status status = open_parts(*model, widths, count, error);
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
    *copy = *model;
    if (network_copy(&copy->network, &model->network) != STATUS_OK) {
        free(copy);
        return NULL;
    }
    if (optimizer_copy(&copy->optimizer, &model->optimizer) != STATUS_OK) {
        network_close(&copy->network);
        free(copy);
        return NULL;
    }
    block_share(copy->x);
    block_share(copy->y);
    copy->pass = pass_copy(&model->pass);
    return copy;
}

void model_close(struct model *model) {
    if (model) {
        network_close(&model->network);
        optimizer_close(&model->optimizer);
        block_drop(model->x);
        block_drop(model->y);
        pass_close(&model->pass);
        free(model);
    }
}

void model_touch(struct model *model, size_t layer) {
    if (layer < model->stale) {
        model->stale = layer;
    }
}

double *model_edit_x(struct model *model) {
    model_touch(model, 0);
    return block_own(&model->x);
}

double *model_edit_y(struct model *model) {
    model_touch(model, model->network.K + 1);
    return block_own(&model->y);
}

double *model_edit_W(struct model *model, size_t k) {
    model_touch(model, k + 1);
    return block_own(&model->network.layers[k].W);
}

double *model_edit_b(struct model *model, size_t k) {
    model_touch(model, k + 1);
    return block_own(&model->network.layers[k].b);
}

enum status model_compute(struct model *model) {
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
    model->stale = MODEL_FRESH;
    return STATUS_OK;
}

double model_mean_cost(struct model *model) {
    return model->pass.C;
}
