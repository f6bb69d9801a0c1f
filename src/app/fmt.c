/*
 * app/fmt.c - the action that lays a scene out anew.
 */
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "lang/builtin.h"
#include "lang/source.h"
#include "options.h"
#include "report.h"

/* To standard output, to a file, or with -w in place: then a built-in scene has none. */
static enum status write_formatted(const struct options *options, const struct text *text,
                                   struct error *error) {
    const char *path = options->write ? options->scenes[0] : options->output;
    if (!path || strcmp(path, "-") == 0) {
        struct text shown = TEXT_EMPTY; /* on a terminal, harmless */
        bool seen = isatty(STDOUT_FILENO);
        utf8_clean(&shown, text_string(text), seen ? text->length : 0, true);
        put_out(text_string(seen ? &shown : text), seen ? shown.length : text->length);
        text_free(&shown);
        return STATUS_OK;
    }
    if (options->write && builtin_scene_named(path)) {
        return error_set(error, STATUS_INPUT, "'%s' is built in: './%s' would be a file", path,
                         path);
    }
    return file_write(path, text_string(text), text->length, error);
}

int action_fmt(const struct options *options) {
    struct source source;
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    if (options->write && options->output) {
        return complain("'-w' writes the scene itself, '-o' another file: one of them", 2);
    }
    if (source_open_named(&source, options->scenes[0], &error) != STATUS_OK) {
        return complain_source(&error);
    }
    source_format(&source, &text);
    enum status status =
        text.failed ? error_memory(&error) : write_formatted(options, &text, &error);
    text_free(&text);
    source_close(&source);
    return status == STATUS_OK ? finish_out(0) : complain(error.text, 1);
}
