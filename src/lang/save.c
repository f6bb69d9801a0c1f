/*
 * lang/save.c - the state of the program as the commands that make it again, to the
 * last bit.
 *
 * Every number has the fewest digits that read back as the same double. What can be
 * assigned is found in the table of quantities, so that a row added there is saved
 * too. Data that were generated are saved by their command, a CSV file by its name.
 * The cost's curve, the picked number, what was scrolled to and the history are not part of
 * a state.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/number.h"
#include "call.h"
#include "lang/source.h"
#include "net/activation.h"
#include "net/cost.h"
#include "walk/watch.h"

struct saver {
    struct text *out;
    const struct state *state;
    struct model *model;
    const char *folder;
    struct error *error;
};

static const char *on_off(bool on) {
    return on ? "on" : "off";
}

/* ---- what is said about the network ---- */

/* A backslash at the end of a line would join the next one to it. */
static void put_text(struct text *out, const char *command, const char *words) {
    if (words) {
        size_t length = strlen(words);
        bool joins = length > 0 && words[length - 1] == '\\';
        text_printf(out, "%s %s%s\n", command, words, joins ? " " : "");
    }
}

/* The first layer's activation for all, then those that differ. */
static void put_activations(struct text *out, const struct network *network) {
    const struct activation *first = network->layers[1].activation;
    text_printf(out, "activation %s\n", first->name);
    for (size_t k = 2; k <= network->K; k++) {
        if (network->layers[k].activation != first) {
            text_printf(out, "activation %zu %s\n", k, network->layers[k].activation->name);
        }
    }
}

static void put_network(struct text *out, const struct network *network) {
    text_put(out, "net");
    for (size_t k = 0; k <= network->K; k++) {
        text_printf(out, " %zu", network->layers[k].n);
    }
    text_put(out, "\n");
    put_activations(out, network);
    text_printf(out, "cost %s\ncombine %s\n", network->cost->name, on_off(network->combine));
    text_printf(out, "bias on\n%s bias\n", network->freeze_bias ? "freeze" : "thaw");
    for (size_t k = 0; k < network->K; k++) {
        if (network->layers[k].frozen) {
            text_printf(out, "freeze W%zu\n", k);
        }
    }
}

/* ---- data ---- */

static enum status put_file(struct saver *s, const struct dataset *data) {
    char *path = file_absolute(data->source);
    if (!path) {
        return error_memory(s->error);
    }
    size_t length = s->folder ? strlen(s->folder) : 0;
    bool within = length > 0 && strncmp(path, s->folder, length) == 0 && path[length] == '/' &&
                  !strstr(path + length, "/..");
    text_put(s->out, "data csv ");
    bool good = word_put(s->out, within ? path + length + 1 : path);
    text_printf(s->out, "%s%s\nexpect samples == %zu\n", *data->recipe ? " " : "", data->recipe,
                data->count);
    free(path);
    return good ? STATUS_OK
                : error_set(s->error, STATUS_INPUT,
                            "cannot save: a command cannot say the name of the file '%s'",
                            data->source);
}

static enum status put_data(struct saver *s) {
    const struct feed *feed = &s->model->feed;
    char share[NUMBER_TEXT_MAX];
    text_put(s->out, "data none\nbatch ");
    if (feed->batch == 0) {
        text_put(s->out, "all\n");
    } else {
        text_printf(s->out, "%zu\n", feed->batch);
    }
    text_printf(s->out, "shuffle %s seed %llu\nvalidation %s seed %llu\n", on_off(feed->shuffled),
                (unsigned long long)feed->seed, number_shortest(feed->share, share),
                (unsigned long long)feed->share_seed);
    if (!feed->data) {
        return STATUS_OK;
    }
    if (!feed->data->recipe) {
        return error_set(s->error, STATUS_INPUT, "cannot save: nobody knows where '%s' is from",
                         feed->data->source);
    }
    if (feed->data->file) {
        return put_file(s, feed->data);
    }
    text_printf(s->out, "data %s\n", feed->data->recipe);
    return STATUS_OK;
}

/* ---- numbers ---- */

static bool is_zero(double value) {
    return value == 0 && !signbit(value);
}

static enum status refuse_number(struct saver *s, const struct quantity *q, double value) {
    char number[NUMBER_TEXT_MAX];
    struct text name = TEXT_EMPTY;
    quantity_name(&name, q);
    error_set(s->error, STATUS_INPUT, "cannot save: '%s' is %s, which no command can set",
              text_string(&name), number_shortest(value, number));
    text_free(&name);
    return STATUS_INPUT;
}

/* What `load` would not read is not written. */
static enum status refuse_size(struct saver *s) {
    return error_set(s->error, STATUS_INPUT,
                     "cannot save: the network is too large for commands; 'export safetensors' "
                     "keeps its weights");
}

/* "NAME = VALUE", "NAME = [a b]", or a matrix with a row on each line. */
static enum status put_quantity(struct saver *s, struct quantity q) {
    int rank = quantity_rank(s->model, &q);
    size_t rows, cols;
    quantity_shape(s->model, &q, &rows, &cols);
    if (rows > EXPR_LIST_MAX / cols) {
        return refuse_size(s);
    }
    quantity_name(s->out, &q);
    text_put(s->out, rank > 0 ? " = [" : " = ");
    for (size_t at = 0; at < rows * cols; at++) {
        struct quantity element = quantity_element(s->model, q, at);
        double value = quantity_value(s->model, &element);
        if (!isfinite(value)) {
            return refuse_number(s, &element, value);
        }
        text_put(s->out, at == 0 ? "" : at % cols == 0 ? "; \\\n  " : " ");
        number_put(s->out, value);
    }
    text_put(s->out, rank > 0 ? "]\n" : "\n");
    return s->out->length > SOURCE_BYTES_MAX ? refuse_size(s) : STATUS_OK;
}

static bool all_zero(struct saver *s, struct quantity q) {
    size_t rows, cols;
    quantity_shape(s->model, &q, &rows, &cols);
    for (size_t at = 0; at < rows * cols; at++) {
        struct quantity element = quantity_element(s->model, q, at);
        if (!is_zero(quantity_value(s->model, &element))) {
            return false;
        }
    }
    return true;
}

/* All that can be assigned: single numbers, or the others. Biases and moments that are
 * zero are so after `net` and `optimizer`, and need no line. */
static enum status put_assignable(struct saver *s, bool single) {
    for (size_t n = 0; n < QUANTITY_KINDS; n++) {
        enum quantity_kind kind = (enum quantity_kind)n;
        const struct quantity_row *row = quantity_row(kind);
        size_t first, last;
        bool input = kind == QUANTITY_R;
        if ((!row->assignable && !input) || (row->rank == 0) != single ||
            !quantity_layers(s->model, kind, &first, &last)) {
            continue;
        }
        last = input ? 0 : last;
        bool spared = kind == QUANTITY_B || row->family == FAMILY_UPDATE;
        for (size_t k = first; k <= last; k++) {
            struct quantity q = {.kind = kind, .layer = k};
            if (!single && spared && all_zero(s, q)) {
                continue;
            }
            enum status status = put_quantity(s, q);
            if (status != STATUS_OK) {
                return status;
            }
        }
    }
    return STATUS_OK;
}

/* ---- the walk ---- */

static void put_goto(struct text *out, struct place place) {
    text_printf(out, "goto %zu", place.step);
    if (place.element > 0) {
        text_printf(out, " element %zu", place.element);
    }
    text_put(out, "\n");
}

/* The way that a step came is kept by taking it again. */
static void put_detour(struct text *out, const struct model *model, const struct detour *detour) {
    bool known = detour->to.step != 0 && !walk_at_end(model, detour->from) &&
                 place_equal(walk_clamp(model, detour->from), detour->from) &&
                 place_equal(walk_on(model, detour->from, detour->grain), detour->to) &&
                 !place_equal(walk_back(model, detour->to, detour->grain), detour->from);
    if (known) {
        put_goto(out, detour->from);
        text_printf(out, "step %s\n", grain_name(detour->grain));
    }
}

/* What is watched and still has a value: what does not fit cannot be watched anew. */
static void put_watched(struct text *out, const struct state *state) {
    size_t length;
    const char *row;
    for (size_t n = 0; (row = watch_at(state->watch, n, &length)); n++) {
        struct watched watched = watched_open(state_model(state), state->place, row, length);
        if (watched.expr) {
            text_printf(out, "watch %.*s\n", (int)length, row);
        }
        watched_close(&watched);
    }
}

/* The output that the map shows, where there still is one of its number. */
static void put_chart(struct text *out, const struct state *state) {
    const struct chart *chart = &state->chart;
    const struct network *network = &state_model(state)->network;
    text_printf(out, "axis %s %s\n", chart->linear ? "linear" : "log",
                chart->braille ? "braille" : "blocks");
    if (chart->output < network->layers[network->K].n) {
        text_printf(out, "output %zu\n", chart->output + 1);
    }
}

static void put_view(struct text *out, const struct state *state) {
    text_printf(out, "digits %d\nset labels %s\nview %s\n", state->digits, on_off(state->labels),
                screen_name(state->screen));
    put_chart(out, state);
    text_printf(out, "compare %s\n", state_other(state) ? state->compare.line : "off");
    put_watched(out, state);
    put_detour(out, state_model(state), &state->detour);
    text_printf(out, "grain %s\n", grain_name(state->grain));
    put_goto(out, state->place);
}

enum status state_save(struct text *out, const struct state *state, const char *folder,
                       struct error *error) {
    struct saver s = {out, state, state_model(state), folder, error};
    const struct network *network = &s.model->network;
    text_put(out, STATE_FIRST_LINE);
    put_text(out, "title", state->title);
    put_text(out, "say", state->say);
    put_network(out, network);
    text_printf(out, "optimizer %s\n", s.model->optimizer.rule->name);
    enum status status = put_data(&s);
    if (status == STATUS_OK) {
        status = put_assignable(&s, true);
    }
    if (status == STATUS_OK && s.model->feed.data) {
        text_printf(out, "sample %zu\n", s.model->feed.sample);
    }
    if (status == STATUS_OK) {
        status = put_assignable(&s, false);
    }
    if (status == STATUS_OK) {
        text_printf(out, "bias %s\n", on_off(network->bias));
        put_view(out, state);
    }
    return status == STATUS_OK && out->failed ? error_memory(error) : status;
}
