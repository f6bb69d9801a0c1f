/*
 * lang/command_data.c - the commands about data, batches and checked gradients.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "call.h"
#include "net/data.h"

enum { CSV_BYTES_MAX = 256 * 1024 * 1024, COLUMNS_MOST = 1000 };

/* "[samples N] [noise X] [seed S]", in any order */
static enum status read_data_options(struct call *call, struct data_options *options) {
    struct word word;
    while (call_word(call, &word)) {
        uint64_t count = 0;
        enum status status;
        if (word_is(&word, "samples")) {
            status = call_count(call, "number of samples", 1, DATA_MAX_SAMPLES, &count);
            options->samples = (size_t)count;
        } else if (word_is(&word, "noise")) {
            status = call_number(call, "the noise", &options->noise);
            if (status == STATUS_OK && !(options->noise >= 0 && isfinite(options->noise))) {
                status = word_error(call, &word, "the noise is a number, 0 or more");
            }
        } else if (word_is(&word, "seed")) {
            status = call_seed(call, &options->seed);
        } else {
            status = word_error(call, &word,
                                "unexpected '%.*s': 'samples', 'noise' or 'seed' may "
                                "stand here",
                                (int)word.length, word.bytes);
        }
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

static enum status generate(struct call *call, const struct generator *generator,
                            struct dataset **data) {
    struct data_options options = generator_defaults(generator);
    enum status status = read_data_options(call, &options);
    const struct network *network = &state_model(call->state)->network;
    struct ask ask = {.stop = call->runner->stop, .context = call->runner->context};
    return status == STATUS_OK
               ? data_generate(generator, &options, network->layers[0].n,
                               network->layers[network->K].n, &ask, data, call->error)
               : status;
}

/* The words after the file: the columns to take. */
static enum status read_columns(struct call *call, char **columns, size_t *count) {
    struct word word;
    while (call_word(call, &word)) {
        if (*count == COLUMNS_MOST) {
            return word_error(call, &word, "more than %d columns", COLUMNS_MOST);
        }
        if (!(columns[*count] = word_copy(&word))) {
            return error_memory(call->error);
        }
        (*count)++;
    }
    return STATUS_OK;
}

static enum status read_csv(struct call *call, const struct word *file, char **columns,
                            size_t count, struct dataset **data) {
    char *path;
    enum status status = call_path(call, file, false, &path);
    if (status != STATUS_OK) {
        return status;
    }
    const struct network *network = &state_model(call->state)->network;
    struct ask ask = {.stop = call->runner->stop, .context = call->runner->context};
    struct text bytes = TEXT_EMPTY;
    status = file_read(path, CSV_BYTES_MAX, &bytes, call->error);
    if (status == STATUS_OK) {
        status = data_from_csv(text_string(&bytes), bytes.length, path, network->layers[0].n,
                               network->layers[network->K].n, (const char *const *)columns, count,
                               &ask, data, call->error);
    }
    if (status != STATUS_OK && status != STATUS_INTERRUPTED && call->error->column == 0) {
        call_blame(call, file);
    }
    text_free(&bytes);
    free(path);
    return status;
}

/* What stands behind the file's name, to be typed again. */
static enum status keep_columns(struct call *call, char **columns, size_t count,
                                struct dataset *data) {
    struct text recipe = TEXT_EMPTY;
    for (size_t i = 0; i < count; i++) {
        text_put(&recipe, i > 0 ? " " : "");
        word_put(&recipe, columns[i]);
    }
    data->recipe = recipe.failed ? NULL : string_copy(text_string(&recipe));
    text_free(&recipe);
    return data->recipe ? STATUS_OK : error_memory(call->error);
}

/* "csv FILE [COLUMN...]" */
static enum status load_csv(struct call *call, struct dataset **data) {
    struct word file;
    if (!call_word(call, &file)) {
        return error_at(call->error, call_column(call, call->length), 1,
                        "a file is missing: 'data csv FILE [COLUMN...]'");
    }
    size_t count = 0;
    char **columns = memory_array(COLUMNS_MOST, sizeof *columns);
    enum status status = columns ? read_columns(call, columns, &count) : error_memory(call->error);
    if (status == STATUS_OK) {
        status = read_csv(call, &file, columns, count, data);
    }
    if (status == STATUS_OK) {
        status = keep_columns(call, columns, count, *data);
    }
    for (size_t i = 0; i < count; i++) {
        free(columns[i]);
    }
    free(columns);
    return status;
}

static enum status make_data(struct call *call, const struct word *word, struct dataset **data) {
    if (word_is(word, "csv")) {
        return load_csv(call, data);
    }
    if (word_is(word, "none")) {
        return call_end(call);
    }
    if (memchr(word->bytes, '.', word->length) || memchr(word->bytes, '/', word->length)) {
        return word_error(call, word, "a file is read with 'data csv %.*s'", (int)word->length,
                          word->bytes);
    }
    size_t row = word_row(word, "dataset");
    return row != SIZE_MAX ? generate(call, generator_at(row), data)
                           : call_unknown(call, word, "dataset");
}

/* "data NAME [samples N] [noise X] [seed S]", "data csv FILE [COLUMN...]", "data none" */
static void tell_data(struct call *call, const struct feed *feed) {
    struct text *message = &call->result->message;
    size_t rows = feed_rows(feed), held = feed_held(feed);
    text_printf(message, "%zu sample%s", rows, rows == 1 ? "" : "s");
    if (feed->data && feed->share > 0 && held > 0) {
        text_printf(message, ", %zu of them held out for validation", held);
    } else if (feed->data && feed->share > 0) {
        text_put(message, ", too few for any to be held out");
        call->result->warning = true;
    }
}

enum status run_data(struct call *call) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, "the name of a data set");
    }
    struct dataset *data = NULL;
    enum status status = make_data(call, &word, &data);
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (model) {
        status = model_set_data(model, data, call->error);
        tell_data(call, &model->feed);
    } else {
        status = call->error->status;
    }
    dataset_drop(data);
    if (status == STATUS_INPUT && call->error->column == 0) { /* it does not fit the network */
        call_blame(call, &word);
    }
    return status;
}

/* "sample N" */
enum status run_sample(struct call *call) {
    uint64_t row;
    struct word word;
    call_peek(call, &word);
    enum status status = call_count(call, "sample", 1, DATA_MAX_SAMPLES, &row);
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    status = model_set_sample(model, (size_t)row, call->error);
    if (status == STATUS_INPUT) {
        call_blame(call, &word);
    }
    return status;
}

/* "batch N|all" */
enum status run_batch(struct call *call) {
    struct word word;
    uint64_t batch = 0;
    enum status status = STATUS_OK;
    if (call_peek(call, &word) && word_is(&word, "all")) {
        call_word(call, &word);
    } else {
        status = call_count(call, "batch size (or 'all')", 1, DATA_MAX_SAMPLES, &batch);
    }
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    return model ? model_set_batch(model, (size_t)batch, call->error) : call->error->status;
}

/* "shuffle on|off [seed N]" */
enum status run_shuffle(struct call *call) {
    bool on;
    uint64_t seed = 1;
    enum status status = call_on_off(call, &on);
    if (status == STATUS_OK) {
        status = call_last_seed(call, &seed);
    }
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    return model ? model_set_shuffle(model, on, seed, call->error) : call->error->status;
}

/* The share is of so few rows that it comes to none of them. */
static enum status refuse_share(struct call *call, const struct word *word, size_t rows) {
    char least[NUMBER_TEXT_MAX];
    return rows == 1 ? word_error(call, word,
                                  "the data set has one row, which is trained on: 'validation' "
                                  "takes two or more")
                     : word_error(call, word,
                                  "this share of %zu rows comes to none: 'validation %s' holds one "
                                  "out",
                                  rows, number_shortest(1 / (double)rows, least));
}

/* "validation SHARE [seed N]" */
enum status run_validation(struct call *call) {
    double share = 0;
    uint64_t seed = 1;
    size_t from = call->at;
    struct word word;
    call_peek(call, &word);
    enum status status = call_refuse_off(call);
    if (status == STATUS_OK) {
        status = call_number(call, "the share", &share);
    }
    if (status == STATUS_OK && !(share >= 0 && share < 1)) {
        char number[NUMBER_TEXT_MAX];
        status = error_at(call->error, call_column(call, from) + 1, call->at - from - 1,
                          "%s is no share to hold out: a number from 0 to below 1 is right, as 0.2",
                          number_shortest(share, number));
    }
    if (status == STATUS_OK) {
        status = call_last_seed(call, &seed);
    }
    struct model *model = status == STATUS_OK ? call_edit(call) : NULL;
    if (!model) {
        return call->error->status;
    }
    status = model_set_validation(model, share, seed, call->error);
    return status == STATUS_OK && share > 0 && model->feed.data && feed_held(&model->feed) == 0
               ? refuse_share(call, &word, model->feed.data->count)
               : status;
}
