/*
 * net/model_edit.c - the parts of a model to write, and what an edit makes stale.
 */
#include "net/cache.h"
#include "net/model.h"

void model_touch(struct model *model, size_t layer) {
    if (layer < model->stale) {
        model->stale = layer;
    }
    cache_forget(model->cache);
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

double *model_edit_moment_W(struct model *model, size_t m, size_t k) {
    return block_own(&model->optimizer.moment_W[m][k]);
}

double *model_edit_moment_b(struct model *model, size_t m, size_t k) {
    return block_own(&model->optimizer.moment_b[m][k]);
}

enum status model_begin_training(struct model *model) {
    struct feed wanted = feed_copy(&model->feed);
    enum status status = feed_set_epoch(&wanted, 0);
    if (status == STATUS_OK) {
        status = optimizer_choose(&model->optimizer, model->optimizer.rule, &model->network);
    }
    if (status != STATUS_OK) {
        feed_close(&wanted);
        return status;
    }
    feed_select(&wanted, model->feed.sample);
    feed_close(&model->feed);
    model->feed = wanted;
    model->updates = 0;
    model_touch(model, 0);
    return STATUS_OK;
}
