/*
 * lang/command_file.c - the commands that read and write files: one row of the table
 * of formats is all that `export` knows of a kind of file; `save` and `load` keep the
 * program's own state, see lang/save.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/utf8.h"
#include "call.h"
#include "lang/builtin.h"
#include "lang/source.h"

/* The name of a file as it is asked about: one that is too long is cut at a whole character. */
static void put_asked(struct result *result, const struct word *word) {
    const char *dots = "...";
    size_t most = sizeof result->name - 1, cut = most - strlen(dots);
    struct text name = TEXT_EMPTY;
    utf8_clean(&name, word->bytes, word->length, false);
    if (name.length > most) {
        while (cut > 0 && ((unsigned char)name.bytes[cut] & 0xC0) == 0x80) {
            cut--;
        }
        text_cut(&name, cut);
        text_put(&name, dots);
    }
    snprintf(result->name, sizeof result->name, "%s", text_string(&name));
    text_free(&name);
}

/* May the file be written now? If not, what is to be done first, or why not, is in the
 * result. */
static bool may_write(struct call *call, const struct word *word) {
    struct result *result = call->result;
    if (call->runner->writing == WRITE_ASK) {
        put_asked(result, word);
        result->request = REQUEST_CONSENT;
    } else if (call->runner->writing == WRITE_NEVER) {
        text_printf(&result->message, "not written: %.*s", (int)word->length, word->bytes);
        result->warning = true;
    }
    return call->runner->writing == WRITE_FREELY;
}

/* To standard output ("-") or to a file. */
static enum status write_out(struct call *call, const struct word *word, const struct text *bytes) {
    if (word_is(word, "-")) {
        text_put_bytes(&call->result->output, text_string(bytes), bytes->length);
        return STATUS_OK;
    }
    char *path;
    enum status status = call_path(call, word, true, &path);
    if (status != STATUS_OK) {
        return status;
    }
    if (call->runner->read_only || !may_write(call, word)) {
        free(path);
        return STATUS_OK;
    }
    status = file_write(path, text_string(bytes), bytes->length, call->error);
    if (status == STATUS_OK) {
        text_printf(&call->result->message, "wrote %s", path);
    } else {
        call_blame(call, word);
    }
    free(path);
    return status;
}

/* NULL with the error filled where there is none. */
static const struct format *read_format(struct call *call) {
    struct word word;
    size_t row;
    return call_choose(call, "format", "a format", &word, &row) == STATUS_OK ? format_at(row)
                                                                             : NULL;
}

/* The name of what is written, where the format writes one quantity. */
static enum status read_array(struct call *call, const struct format *format, struct quantity *q) {
    struct word word, file;
    if (!call_word(call, &word)) {
        return call_missing(call, "the name of a quantity");
    }
    enum status status = call_quantity(call, &word, q);
    if (status == STATUS_INPUT && !call_peek(call, &file) && memchr(word.bytes, '.', word.length)) {
        return word_error(call, &word, "a name stands before the file: 'export %s W0 %.*s'",
                          format->name, (int)word.length, word.bytes);
    }
    if (status == STATUS_OK && !quantity_is_whole(state_model(call->state), q)) {
        status =
            word_error(call, &word, "'%.*s' is a single number: a whole one like 'W0' is right",
                       (int)word.length, word.bytes);
    }
    return status;
}

static enum status write_array(struct call *call, const struct format *format, struct quantity q,
                               struct text *out) {
    struct model *model = state_model(call->state);
    struct tensors tensors = {0};
    size_t rows, cols;
    int rank = quantity_rank(model, &q);
    quantity_shape(model, &q, &rows, &cols);
    struct tensor *tensor = tensors_add(&tensors, "", rank, rows, cols, call->error);
    for (size_t at = 0; tensor && at < rows * cols; at++) {
        struct quantity element = quantity_element(model, q, at);
        tensor->values[at] = quantity_value(model, &element);
    }
    if (tensor) {
        format->write_array(out, tensor);
    }
    enum status status = tensor ? STATUS_OK : call->error->status;
    tensors_free(&tensors);
    return status;
}

/* "export FORMAT [NAME] FILE" */
enum status run_export(struct call *call) {
    struct word file;
    struct quantity q = {0};
    const struct format *format = read_format(call);
    if (!format) {
        return call->error->status;
    }
    enum status status = format->write_array ? read_array(call, format, &q) : STATUS_OK;
    if (status != STATUS_OK) {
        return status;
    }
    if (!call_word(call, &file)) {
        return call_missing(call, "a file ('-' is standard output)");
    }
    status = call_end(call);
    if (status != STATUS_OK) {
        return status;
    }
    struct text bytes = TEXT_EMPTY;
    status = format->write_array ? write_array(call, format, q, &bytes)
                                 : format->write(call, &file, &bytes);
    if (status == STATUS_OK) {
        status = bytes.failed ? error_memory(call->error) : write_out(call, &file, &bytes);
    }
    text_free(&bytes);
    return status;
}

/* ---- the program's own state ---- */

bool state_file_is_others(const char *path) {
    const size_t length = sizeof STATE_FIRST_LINE - 1;
    char start[sizeof STATE_FIRST_LINE];
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) {
        return false;
    }
    FILE *file = fopen(path, "rb");
    bool own = file && fread(start, 1, length, file) == length &&
               memcmp(start, STATE_FIRST_LINE, length) == 0;
    if (file) {
        fclose(file);
    }
    return !own;
}

/* "save FILE" */
enum status run_save(struct call *call) {
    struct word file;
    if (!call_word(call, &file)) {
        return call_missing(call, "a file ('-' is standard output)");
    }
    enum status status = call_end(call);
    if (status != STATUS_OK) {
        return status;
    }
    bool shown = word_is(&file, "-");
    char *path;
    if ((status = call_path(call, &file, true, &path)) != STATUS_OK) {
        return status;
    }
    if (!shown && state_file_is_others(path)) {
        free(path);
        return word_error(call, &file,
                          "'%.*s' is there, and is no state that 'save' wrote: a new name is right",
                          (int)file.length, file.bytes);
    }
    char *whole = file_absolute(path);
    char *folder = whole && !shown ? file_folder(whole) : NULL;
    struct text bytes = TEXT_EMPTY;
    status =
        whole ? state_save(&bytes, call->state, folder, call->error) : error_memory(call->error);
    if (status == STATUS_OK) {
        status = write_out(call, &file, &bytes);
        call->result->saved = status == STATUS_OK && !shown && !call->runner->read_only;
    }
    text_free(&bytes);
    free(folder);
    free(whole);
    free(path);
    return status;
}

/* A file that is loaded may come from anywhere: it says what the state is, and does
 * nothing else. */
static bool may_be_loaded(const char *line, size_t length) {
    const struct command *command = statement_command(line, length);
    return is_assignment(line, length) || !command ||
           (command->flags & (COMMAND_QUICK | COMMAND_STATE));
}

static enum status load_statement(const struct runner *runner, struct state *state,
                                  const char *line, size_t length, struct error *error) {
    if (!may_be_loaded(line, length)) {
        return error_at(error, 1, 1, "this command cannot stand in a saved state");
    }
    struct result result = {0};
    enum status status = call_apply(runner, state, line, length, &result, error);
    if (status == STATUS_OK && result.request != REQUEST_NONE) {
        status = error_at(error, 1, 1, "this command cannot do here what it asks for");
    }
    result_free(&result);
    return status;
}

/* Run the statements on `state`; an error begins with its place in the file. */
static enum status load_statements(const struct runner *runner, struct state *state,
                                   const struct source *source, struct error *error) {
    for (size_t i = 0; i < source->count; i++) {
        size_t length;
        const char *line = source_statement(source, i, &length);
        struct error own = {0};
        enum status status = load_statement(runner, state, line, length, &own);
        if (status != STATUS_OK) {
            struct text text = TEXT_EMPTY;
            source_describe(source, i, &own, false, &text);
            error_set(error, status, "%.*s", (int)strcspn(text_string(&text), "\n"),
                      text_string(&text));
            text_free(&text);
            return status;
        }
    }
    return STATUS_OK;
}

static enum status load_source(struct call *call, const char *path, const struct source *source) {
    struct state loaded;
    enum status status = state_open(&loaded, (const size_t[]){2, 3, 1}, 3, call->error);
    if (status != STATUS_OK) {
        return status;
    }
    char *folder = file_folder(path);
    struct runner runner = *call->runner;
    runner.folder = folder;
    status = load_statements(&runner, &loaded, source, call->error);
    free(folder);
    if (status != STATUS_OK) {
        state_close(&loaded);
        return status;
    }
    state_mark_origin(&loaded);
    state_close(call->state);
    *call->state = loaded;
    return STATUS_OK;
}

static enum status load_path(struct call *call, const char *path) {
    struct text bytes = TEXT_EMPTY;
    struct source source;
    enum status status = file_read(path, SOURCE_BYTES_MAX, &bytes, call->error);
    if (status == STATUS_OK) {
        status = source_open(&source, path, text_string(&bytes), bytes.length, call->error);
    }
    text_free(&bytes);
    if (status == STATUS_OK) {
        status = load_source(call, path, &source);
        source_close(&source);
    }
    return status;
}

/* No such file, but a built-in scene is called so: that is opened otherwise. */
static enum status tell_scene(struct call *call, const struct word *file, const char *path) {
    size_t row = word_row(file, "scene");
    if (row != SIZE_MAX && file_is_missing(path)) {
        return error_set(
            call->error, STATUS_INPUT,
            "there is no file '%s', but a scene: 'menu' opens it, and 'load' what 'save' wrote",
            builtin_scenes[row].name);
    }
    return call->error->status;
}

/* "load FILE" */
enum status run_load(struct call *call) {
    struct word file;
    if (!call_word(call, &file)) {
        return call_missing(call, "a file");
    }
    enum status status = call_end(call);
    char *path = NULL;
    if (status == STATUS_OK) {
        status = call_path(call, &file, false, &path);
    }
    if (status == STATUS_OK) {
        status = load_path(call, path);
        if (status == STATUS_OK) {
            call->result->loaded = true;
            text_printf(&call->result->message, "loaded %s", path);
        } else {
            status = tell_scene(call, &file, path);
            call_blame(call, &file);
        }
    }
    free(path);
    return status;
}
