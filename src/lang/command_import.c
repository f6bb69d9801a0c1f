/*
 * lang/command_import.c - weights out of the files of other programs. A file of named
 * tensors makes the network's shape; a single matrix is assigned to a quantity.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "call.h"
#include "out/weights.h"

static const size_t import_bytes_max = (size_t)2 * 1024 * 1024 * 1024 - 1;

/* Every ending that can be read, for the error. */
static enum status refuse_ending(struct call *call, const struct word *file) {
    struct text endings = TEXT_EMPTY;
    for (size_t i = 0; format_at(i); i++) {
        if (format_at(i)->read) {
            text_printf(&endings, "%s'%s'", endings.length > 0 ? ", " : "", format_at(i)->ending);
        }
    }
    enum status status =
        word_error(call, file, "'%.*s' cannot be read: files that end in %s can be",
                   (int)file->length, file->bytes, text_string(&endings));
    text_free(&endings);
    return status;
}

static enum status read_tensors(struct call *call, const struct word *file, const char *path,
                                struct tensors *tensors) {
    const struct format *format = format_read_by(path);
    if (!format) {
        return refuse_ending(call, file);
    }
    struct text bytes = TEXT_EMPTY;
    enum status status = file_read(path, import_bytes_max, &bytes, call->error);
    if (status == STATUS_OK) {
        tensors->file = path;
        status = format->read(text_string(&bytes), bytes.length, path, tensors, call->error);
        tensors->file = NULL;
    }
    text_free(&bytes);
    return status;
}

/* ---- one matrix ---- */

/* The tensor of that name, or the only one. */
static const struct tensor *choose(const struct tensors *tensors, const struct word *name) {
    for (size_t i = 0; i < tensors->count; i++) {
        if (word_is(name, tensors->list[i].name)) {
            return &tensors->list[i];
        }
    }
    return tensors->count == 1 && *tensors->list[0].name == '\0' ? &tensors->list[0] : NULL;
}

/* A matrix of one row, as CSV has it, serves as a vector. */
static enum status assign_tensor(struct call *call, const struct word *name,
                                 const struct tensors *tensors) {
    struct quantity q;
    const struct tensor *tensor = choose(tensors, name);
    enum status status = call_quantity(call, name, &q);
    if (status == STATUS_OK) {
        status = call_check_target(call, &q, name);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (!tensor) {
        return word_error(call, name, "there is no '%.*s' in this file", (int)name->length,
                          name->bytes);
    }
    struct value value = {.rank = tensor->rank, .rows = tensor->rows, .cols = tensor->cols};
    value.data = tensor->values;
    return call_assign(call, &q, &value, name->column, name->length);
}

/* ---- a whole network ---- */

static bool same_shape(const struct network *network, const struct weights *weights) {
    bool same = network->K == weights->K;
    for (size_t k = 0; same && k <= weights->K; k++) {
        same = network->layers[k].n == weights->widths[k];
    }
    return same;
}

/* A network of that shape stays what it is, but for the weights; else a new one is
 * made, as `net` makes it. */
static enum status take_weights(struct call *call, const struct weights *weights) {
    struct model *model = NULL;
    enum status status = STATUS_OK;
    if (same_shape(&state_model(call->state)->network, weights)) {
        model = call_edit(call);
    } else {
        status = call_new_model(call, weights->widths, weights->K + 1, &model);
        if (status == STATUS_OK) {
            status = state_replace(call->state, model, call->error);
        }
    }
    if (!model || status != STATUS_OK) {
        return call->error->status;
    }
    if (weights_fill(model, weights) != STATUS_OK) {
        return error_memory(call->error);
    }
    state_mark_origin(call->state);
    text_printf(&call->result->message, "%zu layer%s of weights", weights->K,
                weights->K == 1 ? "" : "s");
    return STATUS_OK;
}

static enum status import_network(struct call *call, const char *path,
                                  const struct tensors *tensors) {
    if (tensors->count == 1 && *tensors->list[0].name == '\0') {
        return error_set(call->error, STATUS_INPUT,
                         "%s: it holds one array without a name: 'import W0 FILE' says what it is",
                         path);
    }
    struct weights weights;
    enum status status = weights_match(&weights, tensors, path, call->error);
    if (status == STATUS_OK) {
        status = take_weights(call, &weights);
        weights_free(&weights);
    }
    return status;
}

/* "import [NAME] FILE" */
enum status run_import(struct call *call) {
    struct word name, file;
    if (!call_word(call, &name)) {
        return call_missing(call, "a file");
    }
    bool named = call_word(call, &file);
    file = named ? file : name;
    enum status status = call_end(call);
    char *path = NULL;
    if (status == STATUS_OK) {
        status = call_path(call, &file, false, &path);
    }
    if (status != STATUS_OK) {
        return status;
    }
    struct tensors tensors = {0};
    status = read_tensors(call, &file, path, &tensors);
    if (status == STATUS_OK) {
        status =
            named ? assign_tensor(call, &name, &tensors) : import_network(call, path, &tensors);
    }
    if (status != STATUS_OK && call->error->column == 0) {
        call_blame(call, &file);
    }
    tensors_free(&tensors);
    free(path);
    return status;
}
