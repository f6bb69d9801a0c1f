/*
 * lang/command_train.c - the commands that train, and undo's kin.
 */
#include <math.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/number.h"
#include "call.h"
#include "net/activation.h"
#include "net/flow.h"
#include "net/optimizer.h"
#include "net/train.h"

enum { UNTIL_DEFAULT = 10000 };

enum status run_optimizer(struct call *call) {
    struct word word;
    size_t row;
    enum status status = call_choose(call, "optimizer", "the name of an optimizer", &word, &row);
    if (status != STATUS_OK) {
        return status;
    }
    const struct rule *rule = rule_at(row);
    struct word more;
    if (call_peek(call, &more) && (more.bytes[0] == '.' || ascii_is_digit(more.bytes[0]))) {
        return word_error(call, &more, "the learning rate is a setting of its own: 'lr %.*s'",
                          (int)more.length, more.bytes);
    }
    status = call_end(call);
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    if (optimizer_choose(&model->optimizer, rule, &model->network) != STATUS_OK) {
        return error_memory(call->error);
    }
    return STATUS_OK;
}

/* Has whoever runs the call had enough? */
static bool stopped(void *context) {
    const struct call *call = context;
    return call->runner->stop && call->runner->stop(call->runner->context);
}

/* Updates that change nothing look like a fault of the program: say what keeps the gradient
 * back, and what to try. */
static void tell_silence(struct call *call, const struct model *model) {
    size_t k = model_silent_layer(model), K = model->network.K;
    if (k == 0) {
        return;
    }
    struct text *message = &call->result->message;
    bool off = model->network.layers[k].activation->step;
    text_printf(message, ": no gradient gets past layer %zu%s%s", k,
                off ? ", whose ReLUs are off" : "",
                !model->feed.data ? ""
                : off             ? " on every row"
                                  : " on any row");
    if (off && k == K) {
        text_printf(message, ": try 'activation %zu linear'", K);
    } else {
        text_put(message, ": try 'init he seed 2'");
    }
    call->result->warning = true;
}

/* Where training ended: how many updates, the cost if that is known in time, what stopped
 * it, and whether anything can be learned. */
static void tell_training(struct call *call, const struct model *model, uint64_t done,
                          const char *why) {
    struct text *message = &call->result->message;
    char cost[NUMBER_TEXT_MAX];
    bool known = model_know_mean(model, MEAN_TRAINING, stopped, call) == STATUS_OK;
    double C = known ? model_mean_cost(model, MEAN_TRAINING) : 0;
    text_printf(message, "%llu update%s", (unsigned long long)done, done == 1 ? "" : "s");
    if (known) {
        text_printf(message, ", %s = %s", model->feed.data ? "meanC" : "C",
                    number_fixed(C, call->state->digits, cost));
    }
    text_printf(message, "%s%s", *why ? ": " : "", why);
    if (done > 0 && C > 0) {
        tell_silence(call, model);
    }
}

/* Asked while it trains: the curve gets its point, whoever watches is told, and then the
 * caller is asked. */
struct watcher {
    struct call *call;
    bool (*stop)(void *context);
    void *context;
    uint64_t begin, most;
    uint64_t stride;   /* updates that may go by unseen, at most */
    enum status noted; /* of the last point */
};

static bool stop_halfway(void *context) {
    const struct watcher *watcher = context;
    return stopped(watcher->call);
}

static uint64_t watch(void *context) {
    struct watcher *watcher = context;
    struct call *call = watcher->call;
    const struct runner *runner = call->runner;
    uint64_t done = state_model(call->state)->updates - watcher->begin;
    watcher->noted = state_note_cost(call->state, stopped, call);
    if (runner->progress) {
        runner->progress(runner->context, call->state, done, watcher->most);
    }
    if (watcher->stop(watcher->context) || watcher->noted != STATUS_OK) {
        return 0;
    }
    uint64_t next = state_next_note(call->state);
    return next < watcher->stride ? next : watcher->stride;
}

/* Train in the state's own model, to the start of an iteration. A model that would
 * not stay finite is left in its last sound state, with a warning. */
static enum status train(struct call *call, struct model *model, uint64_t count, uint64_t stride,
                         bool (*stop)(void *context), void *context, uint64_t *done,
                         bool *unsound) {
    struct error error = {0};
    struct watcher watcher = {.call = call,
                              .stop = stop,
                              .context = context,
                              .begin = model->updates,
                              .most = count,
                              .stride = stride};
    enum status status =
        model_train_watched(model, count, watch, stop_halfway, &watcher, done, &error);
    if (watcher.noted == STATUS_OK && status != STATUS_MEMORY) {
        watcher.noted = state_note_cost(call->state, stopped, call);
    }
    if (watcher.noted == STATUS_MEMORY) {
        return error_memory(call->error);
    }
    call->state->place = (struct place){0, 0};
    call->result->trained = true;
    *unsound = status == STATUS_INPUT;
    if (*unsound && *done > 0) {
        text_put(&call->result->message, error.text);
        call->result->warning = true;
        return STATUS_OK;
    }
    if (status != STATUS_OK) {
        *call->error = error;
    }
    return status;
}

/* "[N [epochs]]": how many updates; to the end of the present epoch is one. */
static enum status count_updates(struct call *call, uint64_t *count) {
    struct word word, unit;
    *count = 1;
    if (!call_peek(call, &word)) {
        return STATUS_OK;
    }
    if (word_is(&word, "until")) {
        return word_error(call, &word, "to train until a condition holds: 'until C < 0.01'");
    }
    enum status status = call_count(call, "number of updates", 1, UPDATES_MOST, count);
    if (status != STATUS_OK || !call_peek(call, &unit) ||
        !(word_is(&unit, "epoch") || word_is(&unit, "epochs"))) {
        return status;
    }
    call_word(call, &unit);
    *count = feed_batches(&state_model(call->state)->feed, *count);
    return *count <= UPDATES_MOST
               ? STATUS_OK
               : word_error(call, &word, "these epochs are %llu updates: %llu at most are right",
                            (unsigned long long)*count, (unsigned long long)UPDATES_MOST);
}

/* The model to train, as call_train() has it. */
struct trained {
    struct model *model;
    bool copied; /* from that of the session */
};

static struct trained begin(struct call *call) {
    bool same = call->state->version == call->runner->session->now.version;
    struct model *model = call_train(call);
    return (struct trained){model, same};
}

/* Where no update was made nothing has changed: there is nothing to undo, and a scene is as
 * it was. */
static void end(struct call *call, const struct trained *trained, uint64_t done) {
    if (done == 0 && trained->copied) {
        state_take_model(call->state, &call->runner->session->now);
    }
}

/* "train [N [epochs]]": N updates, to the start of an iteration */
enum status run_train(struct call *call) {
    uint64_t count;
    enum status status = count_updates(call, &count);
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    struct trained trained = status == STATUS_OK ? begin(call) : (struct trained){NULL, false};
    struct model *model = trained.model;
    if (!model) {
        return call->error->status;
    }
    uint64_t done = 0;
    bool unsound = false;
    status = train(call, model, count, model_train_portion(model), stopped, call, &done, &unsound);
    if (status == STATUS_OK && !unsound) {
        tell_training(call, model, done, done < count ? "stopped" : "");
        end(call, &trained, done);
    }
    return status;
}

/* The condition of `until`: a single number, true where it is neither 0 nor NaN. */
static enum status condition(struct call *call, const struct expr *expr, bool *met,
                             struct error *error) {
    struct value value;
    struct scope scope = {.model = state_model(call->state), .stop = stopped, .context = call};
    enum status status = expr_evaluate(expr, &scope, &value, error);
    if (status == STATUS_OK && value.rank != 0) {
        status = error_at(error, expr->column, expr->length,
                          "the condition of 'until' is a single number, like 'C < 0.01'");
    }
    *met = status == STATUS_OK && value.number != 0 && !isnan(value.number);
    value_free(&value);
    return status;
}

/* What `until` asks before each update. */
struct waiting {
    struct call *call;
    const struct expr *expr;
    bool met;
    enum status status;
    struct error error;
};

static bool stop_when_met(void *context) {
    struct waiting *waiting = context;
    waiting->status = condition(waiting->call, waiting->expr, &waiting->met, &waiting->error);
    return waiting->met || waiting->status != STATUS_OK || stopped(waiting->call);
}

static enum status train_until(struct call *call, const struct expr *expr, uint64_t most) {
    struct trained trained = begin(call);
    struct model *model = trained.model;
    if (!model) {
        return STATUS_MEMORY;
    }
    struct waiting waiting = {.call = call, .expr = expr};
    uint64_t done = 0;
    bool unsound = false;
    enum status status = train(call, model, most, 1, stop_when_met, &waiting, &done, &unsound);
    if (status == STATUS_OK && !unsound && !waiting.met) {
        stop_when_met(&waiting); /* after the last update */
    }
    if (status == STATUS_OK && waiting.status != STATUS_INTERRUPTED) { /* else: keep it */
        status = waiting.status;
        *call->error = waiting.error;
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (!unsound) {
        const char *why = waiting.met   ? done > 0 ? "" : "the condition holds already"
                          : done < most ? "stopped, and the condition does not hold yet"
                                        : "the condition does not hold yet";
        tell_training(call, model, done, why);
        call->result->warning = call->result->warning || !waiting.met;
        end(call, &trained, done);
    }
    return STATUS_OK;
}

/* Does an update change any of it? It leaves numbers as they are, and settings. */
static bool is_moved(const struct expr *expr, struct model *model) {
    bool moved = expr->op == EXPR_QUANTITY && !quantity_setting(model, expr->quantity.kind);
    for (size_t n = 0; n < expr->arg_count && !moved; n++) {
        moved = is_moved(expr->args[n], model);
    }
    return moved;
}

/* "until EXPR [max N]" */
enum status run_until(struct call *call) {
    struct expr *expr;
    struct word word;
    uint64_t most = UNTIL_DEFAULT;
    enum status status = call_expression(call, false, false, &expr);
    if (status != STATUS_OK) {
        return status;
    }
    if (call_peek(call, &word) && word_is(&word, "max")) {
        call_word(call, &word);
        status = call_count(call, "number of updates", 1, UPDATES_MOST, &most);
    }
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    if (status == STATUS_OK && !is_moved(expr, state_model(call->state))) {
        status = error_at(call->error, expr->column, expr->length,
                          "training changes nothing in this condition: 'C < 0.01' is one that it "
                          "can meet");
    }
    if (status == STATUS_OK) {
        status = train_until(call, expr, most);
    }
    expr_free(expr);
    return status;
}

/* Back to the model after the last net, init, import or load. */
enum status run_reset(struct call *call) {
    enum status status = call_end(call);
    if (status != STATUS_OK) {
        return status;
    }
    struct model *model = model_copy(call->state->origin->model);
    return model ? state_replace(call->state, model, call->error) : error_memory(call->error);
}
