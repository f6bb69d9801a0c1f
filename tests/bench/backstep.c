/*
 * backstep.c - the task in our own engine, through the same functions that the
 * commands `data`, `batch` and `train` call.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/named.h"
#include "bench.h"
#include "net/activation.h"
#include "net/initializer.h"
#include "net/train.h"

static void check(enum status status, const struct error *error) {
    if (status != STATUS_OK) {
        fprintf(stderr, "bench: %s\n", error->text);
        exit(1);
    }
}

static void run(void *state, size_t updates) {
    struct error error = {.text = "training stopped"};
    uint64_t done;
    check(model_train(state, updates, NULL, NULL, &done, &error), &error);
}

struct pauses {
    const struct model *model;
    void (*pause)(void *context, size_t made);
    void *context;
};

static bool make_pause(void *context) {
    const struct pauses *pauses = context;
    pauses->pause(pauses->context, (size_t)pauses->model->updates);
    return false;
}

void bench_with_pauses(const struct runner *ours, size_t updates,
                       void (*pause)(void *context, size_t made), void *context) {
    struct pauses pauses = {ours->state, pause, context};
    struct error error = {.text = "training stopped"};
    uint64_t done;
    check(model_train(ours->state, updates, make_pause, &pauses, &done, &error), &error);
}

static double output(void *state) {
    struct model *model = state;
    struct error error = {.text = "no output"};
    check(model_set_sample(model, 1, &error), &error);
    check(model_compute(model), &error);
    return model->pass.r[model->network.layers[model->network.K].at];
}

static void close(void *state) {
    model_close(state);
}

static void set_layer(struct model *model, size_t k, const double *W, const double *b) {
    const struct layer *layer = &model->network.layers[k];
    double *to = model_edit_W(model, k);
    for (size_t i = 0; i < layer->n; i++) {
        memcpy(to + i * layer->stride, W + i * layer[1].n, layer[1].n * sizeof *W);
    }
    memcpy(model_edit_b(model, k), b, layer[1].n * sizeof *b);
}

static struct model *open_model(const size_t *widths, size_t count, const char *activation) {
    struct model *model;
    struct error error = {.text = "no network"};
    check(model_open(&model, widths, count, &error), &error);
    model->network.bias = true;
    model->optimizer.h.lr = BENCH_LR;
    for (size_t k = 1; k < count; k++) {
        network_set_activation(&model->network, k, activation_named(activation), NULL);
    }
    return model;
}

struct runner bench_backstep(const struct task *task) {
    struct model *model = open_model(task->widths, task->count, "linear");
    const double *W = task->W, *b = task->b;
    for (size_t k = 0; k + 1 < task->count; k++) {
        set_layer(model, k, W, b);
        W += task->widths[k] * task->widths[k + 1];
        b += task->widths[k + 1];
    }
    struct error error = {.text = "no data"};
    size_t n_0 = task->widths[0], n_K = task->widths[task->count - 1];
    struct dataset *data = dataset_new(task->rows, n_0, n_K, "bench");
    check(data ? STATUS_OK : STATUS_MEMORY, &error);
    memcpy(data->x, task->x, task->rows * n_0 * sizeof(double));
    memcpy(data->y, task->y, task->rows * n_K * sizeof(double));
    check(model_set_data(model, data, &error), &error);
    dataset_drop(data);
    check(model_set_batch(model, task->batch, &error), &error);
    return (struct runner){model, run, output, close};
}

/* One edit, as the prompt makes it: on a copy, which then is let go. */
static double edit(const struct model *model, size_t k) {
    struct error error = {.text = "no pass"};
    double begin = bench_seconds();
    struct model *copy = model_copy(model);
    double *W = copy ? model_edit_W(copy, k) : NULL;
    check(W ? STATUS_OK : STATUS_MEMORY, &error);
    W[0] += 0.125;
    check(model_compute(copy), &error);
    model_close(copy);
    return bench_seconds() - begin;
}

struct edits bench_edits(void) {
    enum { LAYERS = 10000, TIMES = 200 };
    static size_t widths[LAYERS];
    for (size_t k = 0; k < LAYERS; k++) {
        widths[k] = 8;
    }
    struct model *model = open_model(widths, LAYERS, "relu");
    struct error error = {.text = "no pass"};
    network_initialize(&model->network, initializer_named("orthogonal"), 0, 1, NULL, NULL);
    for (size_t i = 0; i < 8; i++) {
        model_edit_x(model)[i] = 1;
    }
    check(model_compute(model), &error);
    struct edits best = {1, 1};
    for (int n = 0; n < TIMES; n++) {
        double first = edit(model, 0), middle = edit(model, LAYERS / 2);
        best.first = first < best.first ? first : best.first;
        best.middle = middle < best.middle ? middle : best.middle;
    }
    model_close(model);
    return best;
}
