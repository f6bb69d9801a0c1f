/*
 * fann.c - the same network, data and updates in FANN, with its own fastest settings:
 * doubles, linear neurons, no tanh on the error, fann_train() for one sample at a
 * time and fann_train_epoch() with FANN_TRAIN_BATCH for batches.
 */
#include "bench.h"

#ifdef HAVE_FANN

#include <doublefann.h>
#include <stdlib.h>

struct fanned {
    struct fann *ann;
    struct fann_train_data *data;
    size_t batch, next;
};

static void run(void *state, size_t updates) {
    struct fanned *fanned = state;
    for (size_t n = 0; n < updates; n++) {
        if (fanned->batch > 1) {
            fann_train_epoch(fanned->ann, fanned->data);
        } else {
            fann_train(fanned->ann, fanned->data->input[fanned->next],
                       fanned->data->output[fanned->next]);
            fanned->next = (fanned->next + 1) % fanned->data->num_data;
        }
    }
}

static double output(void *state) {
    struct fanned *fanned = state;
    return fann_run(fanned->ann, fanned->data->input[0])[0];
}

static void close(void *state) {
    struct fanned *fanned = state;
    fann_destroy(fanned->ann);
    fann_destroy_train(fanned->data);
    free(fanned);
}

/* A neuron's weights lie together in FANN, those of its inputs first, then the bias. */
static void set_weights(struct fann *ann, const struct task *task) {
    const double *W = task->W, *b = task->b;
    fann_type *to = ann->weights;
    for (size_t k = 0; k + 1 < task->count; k++) {
        size_t from = task->widths[k], width = task->widths[k + 1];
        for (size_t j = 0; j < width; j++) {
            for (size_t i = 0; i < from; i++) {
                *to++ = W[i * width + j];
            }
            *to++ = b[j];
        }
        W += from * width;
        b += width;
    }
}

bool bench_fann(const struct task *task, struct runner *runner) {
    unsigned widths[BENCH_LAYERS_MOST];
    for (size_t k = 0; k < task->count; k++) {
        widths[k] = (unsigned)task->widths[k];
    }
    size_t n_0 = task->widths[0], n_K = task->widths[task->count - 1];
    struct fanned *fanned = calloc(1, sizeof *fanned);
    struct fann *ann = fann_create_standard_array((unsigned)task->count, widths);
    fann_set_activation_function_hidden(ann, FANN_LINEAR);
    fann_set_activation_function_output(ann, FANN_LINEAR);
    fann_set_activation_steepness_hidden(ann, 1);
    fann_set_activation_steepness_output(ann, 1);
    fann_set_train_error_function(ann, FANN_ERRORFUNC_LINEAR);
    fann_set_training_algorithm(ann, task->batch > 1 ? FANN_TRAIN_BATCH : FANN_TRAIN_INCREMENTAL);
    fann_set_learning_rate(ann, (float)BENCH_LR);
    set_weights(ann, task);
    fanned->ann = ann;
    fanned->batch = task->batch;
    fanned->data = fann_create_train((unsigned)task->rows, (unsigned)n_0, (unsigned)n_K);
    for (size_t s = 0; s < task->rows; s++) {
        for (size_t i = 0; i < n_0; i++) {
            fanned->data->input[s][i] = task->x[s * n_0 + i];
        }
        for (size_t j = 0; j < n_K; j++) {
            fanned->data->output[s][j] = task->y[s * n_K + j];
        }
    }
    *runner = (struct runner){fanned, run, output, close};
    return true;
}

#else

bool bench_fann(const struct task *task, struct runner *runner) {
    (void)task;
    (void)runner;
    return false;
}

#endif
