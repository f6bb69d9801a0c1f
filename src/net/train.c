/*
 * net/train.c - many updates in a row.
 *
 * An update that breaks the model shows only once the next pass is computed, when
 * the old weights are gone. So a copy is kept from every SAFE_INTERVAL updates, and
 * the way from there to the last sound state is gone again: the same numbers come
 * out, since nothing here depends on anything but the model.
 */
#include "net/train.h"

#include <math.h>
#include <stdio.h>

enum { SAFE_INTERVAL = 1024 };

/* A state to go back to. */
struct safe {
    struct model *model;
    uint64_t done;
};

static bool safe_take(struct safe *safe, const struct model *model, uint64_t done) {
    struct model *copy = model_copy(model);
    if (!copy) {
        return false;
    }
    model_close(safe->model);
    *safe = (struct safe){.model = copy, .done = done};
    return true;
}

static enum status step(struct model *model) {
    enum status status = model_update(model);
    return status == STATUS_OK ? model_compute(model) : status;
}

/* Make `model` what it was after `done` updates. Uses up the safe copy. */
static enum status go_back(struct model *model, struct safe *safe, uint64_t done) {
    struct model broken = *model;
    *model = *safe->model;
    *safe->model = broken;
    enum status status = STATUS_OK;
    for (uint64_t n = safe->done; n < done && status == STATUS_OK; n++) {
        status = step(model);
    }
    return status;
}

static enum status describe(const struct fault *fault, uint64_t done, struct error *error) {
    char of_sample[48] = "";
    if (fault->sample > 0) {
        snprintf(of_sample, sizeof of_sample, " of sample %zu", fault->sample);
    }
    const char *what = isnan(fault->value) ? "is not a number" : "overflowed";
    if (done == 0) {
        return error_set(error, STATUS_INPUT, "'%s'%s %s: there is nothing to train with",
                         fault->name, of_sample, what);
    }
    return error_set(error, STATUS_INPUT,
                     "stopped after %llu update%s: in the next one '%s'%s %s; is 'lr' too large?",
                     (unsigned long long)(done - 1), done == 2 ? "" : "s", fault->name, of_sample,
                     what);
}

/* The model is not sound: say why, and return to where it was. */
static enum status stop_unsound(struct model *model, struct safe *safe, uint64_t *done,
                                struct error *error) {
    struct fault fault;
    if (!model_find_fault(model, &fault)) {
        return error_memory(error); /* the row at fault could not be looked at */
    }
    describe(&fault, *done, error);
    if (*done == 0) {
        return STATUS_INPUT;
    }
    (*done)--;
    return go_back(model, safe, *done) == STATUS_OK ? STATUS_INPUT : error_memory(error);
}

static enum status train(struct model *model, uint64_t updates, bool (*stop)(void *context),
                         void *context, struct safe *safe, uint64_t *done, struct error *error) {
    for (;;) {
        if (!model_is_sound(model)) {
            return stop_unsound(model, safe, done, error);
        }
        if (*done == updates || (stop && stop(context))) {
            return STATUS_OK;
        }
        if (*done % SAFE_INTERVAL == 0 && !safe_take(safe, model, *done)) {
            return error_memory(error);
        }
        if (model_update(model) != STATUS_OK) {
            return error_memory(error);
        }
        ++*done;
        if (model_compute(model) != STATUS_OK) {
            return error_memory(error);
        }
    }
}

enum status model_train(struct model *model, uint64_t updates, bool (*stop)(void *context),
                        void *context, uint64_t *done, struct error *error) {
    struct safe safe = {NULL, 0};
    *done = 0;
    if (model_compute(model) != STATUS_OK) {
        return error_memory(error);
    }
    if (updates == 0) {
        return STATUS_OK;
    }
    enum status status = train(model, updates, stop, context, &safe, done, error);
    model_close(safe.model);
    return status;
}
