/*
 * net/train.c - many updates in a row.
 *
 * An update that breaks the model shows only once the next pass is computed, when
 * the old weights are gone. So a copy is kept from every SAFE_INTERVAL updates, and
 * the way from there to the last sound state is gone again: the same numbers come
 * out, since nothing here depends on anything but the model.
 *
 * Plain SGD goes at full speed (fast.h) between states that somebody looks at.
 */
#include "net/train.h"

#include "fast.h"

#include <math.h>
#include <stdio.h>

enum {
    SAFE_INTERVAL = 1024,
    RETAKEN_MOST = 1024 * 1024, /* parameters of which a copy is taken again */
    PORTION = 64 * 1024 * 1024, /* products between two looks at `stop`, about a third */
};

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

/* ---- the loop ---- */

struct training {
    struct model *model;
    uint64_t updates, done;
    bool (*stop)(void *context);
    void *context;
    bool always; /* `stop` is asked before each update */
    struct safe safe;
    struct fast fast;
    bool hurry;    /* `fast` is open */
    bool cautious; /* but what comes next is not sure to stay finite */
    struct error *error;
};

static bool is_asked_to_stop(const struct training *training) {
    return training->stop && training->stop(training->context);
}

/* At the start, and from time to time after that, unless a copy is large: then the
 * start may well be the user's own copy too, and stays the only one. */
static bool keep_safe(struct training *training) {
    bool again = training->model->network.parameters <= RETAKEN_MOST;
    if (training->done % SAFE_INTERVAL != 0 || (training->done > 0 && !again)) {
        return true;
    }
    training->cautious = false;
    return safe_take(&training->safe, training->model, training->done);
}

/* Back to where the hurry began, to go slowly from there to the next copy. */
static enum status undo_hurry(struct training *training, uint64_t before) {
    training->cautious = true;
    training->done = before;
    if (go_back(training->model, &training->safe, before) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    return safe_take(&training->safe, training->model, before) ? STATUS_OK : STATUS_MEMORY;
}

/* Updates at full speed, up to the next copy, with a look at `stop` now and then.
 * Where one may not have stayed finite, none of them was made. */
static enum status hurry_on(struct training *training) {
    struct model *model = training->model;
    uint64_t left = training->updates - training->done;
    uint64_t until = (SAFE_INTERVAL - training->done % SAFE_INTERVAL) % SAFE_INTERVAL;
    left = left < until ? left : until;
    uint64_t before = training->done;
    uint64_t portion = PORTION / (model->network.parameters * feed_batch(&model->feed)) + 1;
    while (left > 0 && (training->done == before || !is_asked_to_stop(training))) {
        uint64_t next = left < portion ? left : portion;
        uint64_t made;
        enum status status = fast_run(&training->fast, next, &made);
        if (status == STATUS_INPUT) {
            return undo_hurry(training, before);
        }
        training->done += made;
        if (status != STATUS_OK) {
            return status;
        }
        left -= next;
    }
    return STATUS_OK;
}

/* One update by the ordinary way, and as many more as may follow by the fast one. */
static enum status go_on(struct training *training) {
    struct model *model = training->model;
    if (!keep_safe(training) || model_update(model) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    training->done++;
    if (training->hurry && !training->cautious && hurry_on(training) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    return model_compute(model);
}

static enum status train(struct training *training) {
    for (;;) {
        if (!model_is_sound(training->model)) {
            return stop_unsound(training->model, &training->safe, &training->done, training->error);
        }
        if (training->done == training->updates || is_asked_to_stop(training)) {
            return STATUS_OK;
        }
        if (go_on(training) != STATUS_OK) {
            return error_memory(training->error);
        }
    }
}

static enum status begin(struct training *training, uint64_t *done) {
    *done = 0;
    if (model_compute(training->model) != STATUS_OK) {
        return error_memory(training->error);
    }
    if (training->updates == 0) {
        return STATUS_OK;
    }
    training->hurry = (!training->stop || !training->always) && training->updates > 1 &&
                      fast_suits(training->model);
    if (training->hurry && fast_open(&training->fast, training->model) != STATUS_OK) {
        return error_memory(training->error);
    }
    enum status status = train(training);
    *done = training->done;
    model_close(training->safe.model);
    if (training->hurry) {
        fast_close(&training->fast);
    }
    return status;
}

enum status model_train(struct model *model, uint64_t updates, bool (*stop)(void *context),
                        void *context, uint64_t *done, struct error *error) {
    struct training training = {.model = model,
                                .updates = updates,
                                .stop = stop,
                                .context = context,
                                .always = true,
                                .error = error};
    return begin(&training, done);
}

enum status model_train_long(struct model *model, uint64_t updates, bool (*stop)(void *context),
                             void *context, uint64_t *done, struct error *error) {
    struct training training = {
        .model = model, .updates = updates, .stop = stop, .context = context, .error = error};
    return begin(&training, done);
}
