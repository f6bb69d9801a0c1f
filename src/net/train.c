/*
 * net/train.c - many updates in a row.
 *
 * An update that breaks the model shows only once the next pass is computed, when
 * the old weights are gone. So a copy is kept from every SAFE_INTERVAL updates, and
 * the way from there to the last sound state is gone again: the same numbers come
 * out, since nothing here depends on anything but the model.
 *
 * Plain SGD goes at full speed (fast.h) between states that somebody looks at. Numbers
 * stay finite then; should they not, there is still the copy of the start.
 */
#include "net/train.h"

#include "fast.h"
#include "net/ask.h"

#include <math.h>
#include <stdio.h>

enum {
    SAFE_INTERVAL = 1024,
    RETAKEN_MOST = 128 * 1024, /* parameters of which a copy is taken again */
    RUSH_LEAST = 4,            /* updates: for fewer it costs more than it saves */
    LOOK_PRODUCTS = 8 * ASK_PRODUCTS,
    LONG_PRODUCTS = 64 * ASK_PRODUCTS, /* of an update that a user may want to stop halfway */
};

static uint64_t smaller(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

/* How many updates take so many products, at least one. */
static uint64_t updates_of(const struct model *model, uint64_t products) {
    return products / model_work(model) + 1;
}

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
    if (model_batched(copy)) { /* its mean gradient is as large as the weights: work it out again */
        gradient_close(&copy->gradient);
        model_touch(copy, copy->network.K + 1);
    }
    model_close(safe->model);
    *safe = (struct safe){.model = copy, .done = done};
    return true;
}

static void swap(struct model *a, struct model *b) {
    struct model copy = *a;
    *a = *b;
    *b = copy;
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

/* ---- the loop ---- */

struct training {
    struct model *model;
    uint64_t updates, done;
    uint64_t (*look)(void *context); /* NULL: nobody looks */
    void *context;
    struct ask ask; /* between two looks */
    struct safe safe;
    struct safe last; /* before an update that takes long; else none */
    bool stopped;
    bool behind; /* updates were rushed past the copy */
    struct fast fast;
    bool hurry;          /* plain SGD: where nobody looks it may go fast */
    bool is_open;        /* `fast` */
    uint64_t hurry_from; /* what comes before is not sure to stay finite */
    struct error *error;
};

/* From time to time after the copy of the start, unless a copy is large: then the start
 * may well be the user's own copy too, and stays the only one until it is left behind. */
static bool keep_safe(struct training *training) {
    bool again = training->model->network.parameters <= RETAKEN_MOST;
    bool turn = training->done > 0 && training->done % SAFE_INTERVAL == 0;
    if (!training->behind && !(again && turn)) {
        return true;
    }
    training->behind = false;
    return safe_take(&training->safe, training->model, training->done);
}

/* Where an update takes so long that it may be stopped halfway, keep what is before it, the
 * mean gradient and all: beside the many samples of the update that takes no time. */
static bool keep_last(struct training *training) {
    struct model *model = training->model;
    model_close(training->last.model);
    training->last = (struct safe){.done = training->done};
    if (!training->ask.stop || !model_batched(model) || model_work(model) < LONG_PRODUCTS) {
        return true;
    }
    training->last.model = model_copy(model);
    return training->last.model;
}

static bool is_stopped(struct training *training) {
    return ask_stop(&training->ask, model_work(training->model), ASK_PRODUCTS);
}

/* Make the model what it was after so many updates, from the safe copy, which is used up; or
 * after fewer, where somebody says to stop. */
static enum status go_back(struct training *training, uint64_t done) {
    struct model *model = training->model;
    swap(model, training->safe.model);
    training->done = training->safe.done;
    enum status status = model_compute(model);
    while (training->done < done && status == STATUS_OK && !training->stopped) {
        status = model_update(model);
        training->done += status == STATUS_OK;
        status = status == STATUS_OK ? model_compute(model) : status;
        training->stopped = is_stopped(training);
    }
    return status;
}

/* The model is not sound: say why, and return to where it was. */
static enum status stop_unsound(struct training *training) {
    struct fault fault;
    uint64_t done = training->done;
    if (!model_find_fault(training->model, &fault)) {
        return error_memory(training->error); /* the row at fault could not be looked at */
    }
    describe(&fault, done, training->error);
    if (done == 0) {
        return STATUS_INPUT;
    }
    if (training->last.model && training->last.done == done - 1) {
        swap(training->model, training->last.model);
        training->done--;
        return STATUS_INPUT;
    }
    if (go_back(training, done - 1) != STATUS_OK) {
        return error_memory(training->error);
    }
    return training->done == done - 1 ? STATUS_INPUT : STATUS_OK;
}

/* Bring the model up to date, or stop halfway: then it is as before the update. */
static enum status settle(struct training *training) {
    struct model *before = training->last.model;
    enum status status =
        model_compute_long(training->model, before ? training->ask.stop : NULL, training->context);
    if (status == STATUS_INTERRUPTED && before) {
        swap(training->model, before);
        training->done = training->last.done;
        training->stopped = true;
        return STATUS_OK;
    }
    return status;
}

/* Back to where the hurry began, to go slowly from there to the next copy. */
static enum status undo_hurry(struct training *training, uint64_t before) {
    training->hurry_from = (before / SAFE_INTERVAL + 1) * SAFE_INTERVAL;
    training->behind = false;
    if (go_back(training, before) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    return safe_take(&training->safe, training->model, training->done) ? STATUS_OK : STATUS_MEMORY;
}

static bool may_hurry(const struct training *training) {
    return training->hurry && training->done >= training->hurry_from;
}

static bool get_ready(struct training *training) {
    if (!training->is_open) {
        training->is_open = fast_open(&training->fast, training->model) == STATUS_OK;
    }
    return training->is_open;
}

/* So many updates at full speed, but not past the next copy, nor on where somebody says to
 * stop. Where one may not have stayed finite, none of them was made. */
static enum status hurry_on(struct training *training, uint64_t most) {
    uint64_t until = (SAFE_INTERVAL - training->done % SAFE_INTERVAL) % SAFE_INTERVAL;
    uint64_t before = training->done, made;
    most = smaller(most, until);
    if (most == 0) {
        return STATUS_OK;
    }
    if (!get_ready(training)) {
        return STATUS_MEMORY;
    }
    enum status status = fast_run(&training->fast, most, &training->ask, &made);
    if (status == STATUS_INPUT) {
        return undo_hurry(training, before);
    }
    training->stopped = made < most;
    training->done += made;
    return status;
}

/* One update by the ordinary way, and as many more of `most` as may follow by the fast
 * one. */
static enum status walk_on(struct training *training, uint64_t most) {
    struct model *model = training->model;
    if (!keep_safe(training) || !keep_last(training) || model_update(model) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    training->done++;
    bool hurry = may_hurry(training) && !narrow_suits(&model->network) && !training->last.model;
    return hurry ? hurry_on(training, most - 1) : STATUS_OK;
}

/* In narrow layers all updates at full speed, or none, so that no further copy is needed;
 * where there was none, the next ones go the ordinary way. What fast_rush() promises is
 * looked at, since a model that broke long before the last update has no way back. */
static enum status rush_on(struct training *training, uint64_t most) {
    struct model *model = training->model;
    uint64_t before = training->done;
    most = smaller(most, SAFE_INTERVAL);
    most = training->ask.stop ? smaller(most, updates_of(model, ASK_PRODUCTS)) : most;
    if (!get_ready(training)) {
        return STATUS_MEMORY;
    }
    enum status status = fast_rush(&training->fast, most);
    if (status == STATUS_MEMORY || model_compute(model) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    training->done += status == STATUS_OK ? most : 0;
    training->behind = status == STATUS_OK;
    if (status == STATUS_OK) {
        return model_is_sound(model) ? STATUS_OK : undo_hurry(training, before);
    }
    training->hurry_from = before + most;
    return safe_take(&training->safe, model, before) ? STATUS_OK : STATUS_MEMORY;
}

static enum status go_on(struct training *training, uint64_t most) {
    bool rush = may_hurry(training) && most >= RUSH_LEAST && fast_may_rush(training->model);
    if (!training->safe.model && !safe_take(&training->safe, training->model, 0)) {
        return STATUS_MEMORY;
    }
    enum status status = rush ? rush_on(training, most) : walk_on(training, most);
    return status == STATUS_OK ? settle(training) : STATUS_MEMORY;
}

static enum status train(struct training *training) {
    for (;;) {
        if (!model_is_sound(training->model)) {
            return stop_unsound(training);
        }
        if (training->stopped) {
            return STATUS_OK;
        }
        uint64_t left = training->updates - training->done;
        uint64_t most = left > 0 && training->look ? training->look(training->context) : left;
        if (most == 0) {
            return STATUS_OK;
        }
        if (go_on(training, smaller(most, left)) != STATUS_OK) {
            return error_memory(training->error);
        }
        training->stopped = training->stopped || (!training->look && is_stopped(training));
    }
}

enum status model_train_watched(struct model *model, uint64_t updates,
                                uint64_t (*look)(void *context), bool (*stop)(void *context),
                                void *context, uint64_t *done, struct error *error) {
    *done = 0;
    if (model_compute(model) != STATUS_OK) {
        return error_memory(error);
    }
    if (updates == 0) {
        return STATUS_OK;
    }
    struct training training = {.model = model,
                                .updates = updates,
                                .look = look,
                                .context = context,
                                .ask = {.stop = stop, .context = context},
                                .hurry = fast_suits(model),
                                .error = error};
    enum status status = train(&training);
    *done = training.done;
    model_close(training.safe.model);
    model_close(training.last.model);
    return status;
}

uint64_t model_train_portion(const struct model *model) {
    return updates_of(model, LOOK_PRODUCTS);
}

enum status model_train(struct model *model, uint64_t updates, bool (*stop)(void *context),
                        void *context, uint64_t *done, struct error *error) {
    return model_train_watched(model, updates, NULL, stop, context, done, error);
}
