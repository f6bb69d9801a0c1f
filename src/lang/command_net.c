/*
 * lang/command_net.c - the command that makes a network: its widths, and what stays of the
 * one before.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "call.h"
#include "net/activation.h"
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
        digits += ascii_is_digit(c);
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
            bool kept = ascii_is_digit(part.bytes[n]) || (layers && part.bytes[n] == 'x');
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
