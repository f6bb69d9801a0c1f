/*
 * lang/command_network.c - the commands that shape a network.
 */
#include <math.h>

#include "base/ascii.h"
#include "base/number.h"
#include "call.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/initializer.h"

/* Several activations, or a layer behind its own or by another name: "activation relu 1",
 * "activation relu sigmoid", "activation output softmax". */
static enum status refuse_layers(struct call *call, const struct word *first) {
    struct call after = *call;
    struct word second;
    uint64_t layer;
    size_t K = state_model(call->state)->network.K;
    bool named = word_row(first, "activation") != SIZE_MAX;
    call_word(&after, &second);
    if (!call_word(&after, &second)) {
        return STATUS_OK;
    }
    if (named && word_digits(&second, &layer)) {
        return word_error(call, &second, "the layer stands before the name: 'activation %llu %.*s'",
                          (unsigned long long)layer, (int)first->length, first->bytes);
    }
    return word_row(&second, "activation") == SIZE_MAX
               ? STATUS_OK
               : word_error(call, named ? &second : first,
                            "one layer's is set by its number: 'activation %zu %.*s'", K,
                            (int)second.length, second.bytes);
}

/* "activation NAME" for every layer, "activation K NAME" for one */
enum status run_activation(struct call *call) {
    struct word word;
    uint64_t layer = 0;
    if (call_peek(call, &word) && ascii_is_digit(word.bytes[0])) {
        size_t K = state_model(call->state)->network.K;
        enum status status = call_count(call, "layer", 1, K, &layer);
        if (status != STATUS_OK) {
            return status;
        }
    } else if (refuse_layers(call, &word) != STATUS_OK) {
        return call->error->status;
    }
    size_t row;
    enum status status = call_choose(call, "activation", "the name of an activation", &word, &row);
    if (status != STATUS_OK) {
        return status;
    }
    const struct activation *activation = activation_at(row);
    status = call_end(call);
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    size_t K = model->network.K;
    size_t first = layer > 0 ? (size_t)layer : activation->layer ? K : 1;
    size_t last = layer > 0 ? (size_t)layer : K;
    for (size_t k = first; k <= last && status == STATUS_OK; k++) {
        status = network_set_activation(&model->network, k, activation, call->error);
    }
    if (status != STATUS_OK && call->error->column == 0) {
        call_blame(call, &word);
    }
    model_touch(model, 1);
    return status;
}

enum status run_cost(struct call *call) {
    struct word word;
    size_t row;
    enum status status = call_choose(call, "cost", "the name of a cost", &word, &row);
    if (status != STATUS_OK) {
        return status;
    }
    const struct cost *cost = cost_at(row);
    status = call_end(call);
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    model->network.cost = cost;
    model_touch(model, model->network.K + 1);
    return STATUS_OK;
}

enum status run_bias(struct call *call) {
    bool on;
    enum status status = call_switch(call, &on);
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    model->network.bias = on;
    model->network.parameters = network_count_parameters(&model->network);
    model_touch(model, 1);
    return STATUS_OK;
}

enum status run_combine(struct call *call) {
    bool on;
    enum status status = call_switch(call, &on);
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    /* the walk gets shorter or longer: stay at the same quantity */
    struct focus focus = walk_focus(model, call->state->place, call->state->grain);
    struct quantity target = {0};
    if (focus.step > 0) {
        target = walk_element(model, focus.step, focus.last);
    }
    bool at_end = walk_at_end(model, call->state->place);
    model->network.combine = on;
    model_touch(model, model->network.K + 1);
    struct place place;
    if (at_end) {
        call->state->place = walk_end(model);
    } else if (focus.step > 0 && walk_find(model, &target, &place)) {
        call->state->place = place;
    }
    return STATUS_OK;
}

/* Some initializers take many more steps than there are weights: 5000 x 5000 and no end. */
static enum status check_effort(struct call *call, const struct initializer *initializer,
                                const struct word *word) {
    const double most = 4e10; /* some ten seconds */
    const struct network *network = &state_model(call->state)->network;
    double effort = 0;
    for (size_t k = 0; k < network->K && initializer->effort; k++) {
        effort += initializer->effort(network->layers[k].n, network->layers[k + 1].n);
    }
    return effort <= most ? STATUS_OK
                          : word_error(call, word,
                                       "'%s' would take %.0e products in this network, and does "
                                       "%.0e at most: 'init he' is quick",
                                       initializer->name, effort, most);
}

/* "[VALUE] [seed N]" */
static enum status read_init(struct call *call, bool takes_value, double *value, uint64_t *seed) {
    const double most = 1e300; /* normal numbers are several deviations from 0 */
    struct word word;
    enum status status = STATUS_OK;
    if (takes_value && call_peek(call, &word) && !word_is(&word, "seed")) {
        status = call_number(call, "the value", value);
        if (status == STATUS_OK && !isfinite(*value)) {
            char number[NUMBER_TEXT_MAX];
            status =
                word_error(call, &word, "a weight cannot be %s", number_shortest(*value, number));
        } else if (status == STATUS_OK && fabs(*value) > most) {
            status = word_error(call, &word, "the value is %g at most", most);
        }
    }
    if (status == STATUS_OK && !takes_value && call_peek(call, &word) && word_digits(&word, seed)) {
        return word_error(call, &word, "this takes no value: 'seed %.*s' is the seed",
                          (int)word.length, word.bytes);
    }
    return status == STATUS_OK ? call_last_seed(call, seed) : status;
}

/* "init NAME [VALUE] [seed N]" */
enum status run_init(struct call *call) {
    struct word word;
    size_t row;
    enum status status =
        call_choose(call, "initializer", "the name of an initializer", &word, &row);
    if (status != STATUS_OK) {
        return status;
    }
    const struct initializer *initializer = initializer_at(row);
    double value = initializer->value;
    uint64_t seed = 1;
    if (call->runner->preview &&
        state_model(call->state)->network.parameters > PREVIEW_WEIGHTS_MOST) {
        return STATUS_OK;
    }
    status = read_init(call, initializer->takes_value, &value, &seed);
    if (status == STATUS_OK) {
        status = check_effort(call, initializer, &word);
    }
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    const struct runner *runner = call->runner;
    status = network_initialize(&model->network, initializer, value, seed, runner->stop,
                                runner->context);
    if (status == STATUS_OK) {
        status = model_begin_training(model);
    }
    if (status == STATUS_OK) {
        state_mark_origin(call->state);
    }
    return error_about(call->error, status);
}

/* "freeze bias", "freeze W1": kept as they are by updates */
static enum status set_frozen(struct call *call, bool frozen) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, "'bias' or a weight matrix like 'W0'");
    }
    bool bias = word_is(&word, "bias");
    struct quantity q = {0};
    if (!bias) {
        size_t taken;
        enum status status = quantity_parse(state_model(call->state), word.bytes, word.length,
                                            word.column, &q, &taken, call->error);
        if (status != STATUS_OK && (status != STATUS_INPUT || word_names_quantity(&word))) {
            return status;
        }
        q.kind = status == STATUS_OK ? q.kind : QUANTITY_KINDS;
        if (q.kind != QUANTITY_W || taken != word.length || q.i != 0) {
            return word_error(call, &word,
                              "'%.*s' cannot be %s: 'bias' or a whole weight "
                              "matrix like 'W0' can",
                              (int)word.length, word.bytes, frozen ? "frozen" : "thawed");
        }
    }
    enum status status = call_end(call);
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    if (bias) {
        model->network.freeze_bias = frozen;
    } else {
        model->network.layers[q.layer].frozen = frozen;
    }
    return STATUS_OK;
}

enum status run_freeze(struct call *call) {
    return set_frozen(call, true);
}

enum status run_thaw(struct call *call) {
    return set_frozen(call, false);
}
