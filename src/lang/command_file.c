/*
 * lang/command_file.c - the commands that write files: one row of the table of
 * formats is all that `export` knows of a kind of file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "call.h"

/* To standard output ("-") or to a file. */
static enum status write_out(struct call *call, const struct word *word, const struct text *bytes) {
    if (word_is(word, "-")) {
        text_put_bytes(&call->result->output, text_string(bytes), bytes->length);
        return STATUS_OK;
    }
    if (call->runner->read_only) {
        return STATUS_OK;
    }
    char *path = call_path(call, word);
    if (!path) {
        return error_memory(call->error);
    }
    enum status status = file_write(path, text_string(bytes), bytes->length, call->error);
    if (status == STATUS_OK) {
        text_printf(&call->result->message, "wrote %s", path);
    } else {
        call->error->column = word->column;
        call->error->length = word->length;
    }
    free(path);
    return status;
}

static enum status read_format(struct call *call, const struct format **format) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, "a format");
    }
    char *name = word_copy(&word);
    *format = name ? format_named(name) : NULL;
    free(name);
    return *format ? STATUS_OK : call_unknown(call, &word, "format");
}

/* "export FORMAT FILE" */
enum status run_export(struct call *call) {
    const struct format *format;
    struct word file;
    enum status status = read_format(call, &format);
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
    status = format->write(call, &file, &bytes);
    if (status == STATUS_OK) {
        status = bytes.failed ? error_memory(call->error) : write_out(call, &file, &bytes);
    }
    text_free(&bytes);
    return status;
}
