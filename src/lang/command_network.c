/*
 * lang/command_network.c - the commands that make and shape a network.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "call.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/initializer.h"
#include "net/optimizer.h"

static size_t count_in(const struct word *word, char c) {
    size_t count = 0;
    for (size_t n = 0; n < word->length; n++) {
        count += word->bytes[n] == c;
    }
    return count;
}

/* Widths in one word, as others write them: "2,3,1", "[2", "2-3-1", "2x3x1". */
static bool word_is_widths(const struct word *word) {
    size_t digits = 0, signs = 0;
    bool crossed = count_in(word, 'x') > 1;
    for (size_t n = 0; n < word->length; n++) {
        char c = word->bytes[n], before = n > 0 ? word->bytes[n - 1] : 'x';
        digits += c >= '0' && c <= '9';
        signs += n > 0 && c == '-';
        signs += crossed && c == 'x' && before != 'x' && n + 1 < word->length;
        signs += strchr(",[](){}:;/", c) != NULL;
    }
    return digits > 0 && signs > 0 && digits + signs == word->length;
}

/* ... and the same from there to the line's end with blanks instead. "8x1000" stays. */
static enum status refuse_widths(struct call *call, const struct word *word) {
    struct text right = TEXT_EMPTY;
    struct call again = *call;
    struct word part;
    text_put(&right, "net");
    for (again.at = strlen("net"); call_word(&again, &part);) {
        bool layers = count_in(&part, 'x') == 1, blank = true;
        for (size_t n = 0; n < part.length; n++) {
            bool kept =
                (part.bytes[n] >= '0' && part.bytes[n] <= '9') || (layers && part.bytes[n] == 'x');
            if (kept) {
                text_printf(&right, "%s%c", blank ? " " : "", part.bytes[n]);
            }
            blank = !kept;
        }
    }
    enum status status =
        word_error(call, word, "widths stand with blanks between them: '%s'", text_string(&right));
    text_free(&right);
    return status;
}

/* A width, and how many layers have it: "3", or "8x1000" for a thousand layers of 8. */
static enum status read_width(struct call *call, uint64_t *width, uint64_t *layers) {
    struct word word = {0};
    const char *cross = call_peek(call, &word) ? memchr(word.bytes, 'x', word.length) : NULL;
    if ((!cross || count_in(&word, 'x') > 1) && word.length > 0 && word_is_widths(&word)) {
        return refuse_widths(call, &word);
    }
    if (!cross) {
        *layers = 1;
        return call_count(call, "width", 1, NETWORK_MAX_WIDTH, width);
    }
    struct word first = word, second = word;
    first.length = (size_t)(cross - word.bytes);
    second.bytes = cross + 1;
    second.length = word.length - first.length - 1;
    if (!word_digits(&first, width) || *width < 1 || *width > NETWORK_MAX_WIDTH ||
        !word_digits(&second, layers) || *layers < 1) {
        return word_error(call, &word, "'%.*s' is no width: '8x1000' makes a thousand layers of 8",
                          (int)word.length, word.bytes);
    }
    call_word(call, &word);
    return STATUS_OK;
}

/* The widths after `net`, in a list that the caller frees. */
static enum status read_widths(struct call *call, size_t **widths, size_t *count) {
    size_t capacity = 0;
    *count = 0;
    *widths = NULL;
    struct word word;
    while (call_peek(call, &word)) {
        uint64_t width = 0, layers = 0;
        enum status status = read_width(call, &width, &layers);
        if (status != STATUS_OK) {
            return status;
        }
        if (layers > NETWORK_MAX_LAYERS - *count) {
            return word_error(call, &word, "a network has at most %d layers", NETWORK_MAX_LAYERS);
        }
        for (; layers > 0; layers--) {
            size_t *more = memory_grow(*widths, *count, &capacity, sizeof *more);
            if (!more) {
                return error_memory(call->error);
            }
            *widths = more;
            more[(*count)++] = (size_t)width;
        }
    }
    return *count < 2 ? call_missing(call, "a width (a network has two or more)") : STATUS_OK;
}

/* How batches are made stays too; the data set does not. */
static enum status keep_feed(struct model *model, const struct feed *feed, struct error *error) {
    enum status status = model_set_batch(model, feed->batch, error);
    if (status == STATUS_OK) {
        status = model_set_shuffle(model, feed->shuffled, feed->seed, error);
    }
    return status == STATUS_OK ? model_set_validation(model, feed->share, feed->share_seed, error)
                               : status;
}

/* What stays when a new network is made: the settings. Softmax stays where it was,
 * in the last layer; else every layer gets the activation that all shared. */
static void keep_settings(struct model *model, const struct model *before) {
    const struct network *old = &before->network;
    struct network *new = &model->network;
    const struct activation *last = old->layers[old->K].activation;
    const struct activation *hidden = old->layers[1].activation;
    for (size_t k = 1; k <= new->K; k++) {
        new->layers[k].activation = k == new->K ? last : hidden->layer ? activation_at(0) : hidden;
    }
    new->cost = old->cost;
    new->step0 = old->step0;
    new->bias = old->bias;
    new->freeze_bias = old->freeze_bias;
    new->combine = old->combine;
    new->parameters = network_count_parameters(new);
    model->optimizer.h = before->optimizer.h;
    model_touch(model, 0);
}

/* So many weights can be made at every key. */
enum { PREVIEW_WEIGHTS_MOST = 200 * 1000 };

static bool too_large_for_preview(const size_t *widths, size_t count) {
    uint64_t weights = 0;
    for (size_t k = 0; k + 1 < count && weights <= PREVIEW_WEIGHTS_MOST; k++) {
        weights += (uint64_t)widths[k] * widths[k + 1];
    }
    return weights > PREVIEW_WEIGHTS_MOST;
}

enum status call_new_model(struct call *call, const size_t *widths, size_t count,
                           struct model **model) {
    const struct runner *runner = call->runner;
    enum status status =
        model_open_long(model, widths, count, runner->stop, runner->context, call->error);
    if (status != STATUS_OK) {
        return status;
    }
    const struct model *before = state_model(call->state);
    keep_settings(*model, before);
    status = optimizer_choose(&(*model)->optimizer, before->optimizer.rule, &(*model)->network);
    if (status == STATUS_OK) {
        status = keep_feed(*model, &before->feed, call->error);
    }
    if (status != STATUS_OK) {
        model_close(*model);
        return status == STATUS_MEMORY ? error_memory(call->error) : status;
    }
    return STATUS_OK;
}

enum status run_net(struct call *call) {
    size_t *widths = NULL, count = 0;
    enum status status = read_widths(call, &widths, &count);
    struct model *model = NULL;
    if (status == STATUS_OK && call->runner->preview && too_large_for_preview(widths, count)) {
        free(widths);
        return STATUS_OK;
    }
    if (status == STATUS_OK) {
        status = call_new_model(call, widths, count, &model);
    }
    free(widths);
    const struct dataset *data = state_model(call->state)->feed.data;
    if (status == STATUS_OK && data) {
        text_printf(&call->result->message, "the data are gone: 'data %s' takes them again",
                    data->recipe);
    }
    return status == STATUS_OK ? state_replace(call->state, model, call->error) : status;
}

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
    if (call_peek(call, &word) && word.bytes[0] >= '0' && word.bytes[0] <= '9') {
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
    if (status != STATUS_OK) {
        return status == STATUS_MEMORY ? error_memory(call->error) : error_interrupted(call->error);
    }
    state_mark_origin(call->state);
    return STATUS_OK;
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
                              "'%.*s' cannot be frozen: 'bias' or a whole weight "
                              "matrix like 'W0' can",
                              (int)word.length, word.bytes);
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
