/*
 * lang/source_named.c - a scene by its name: a built-in one, a file, or standard input.
 */
#include "base/file.h"
#include "lang/builtin.h"
#include "lang/source.h"
#include "source_private.h"

enum status source_open_named(struct source *source, const char *name, struct error *error) {
    const struct builtin *builtin = builtin_scene_named(name);
    if (builtin) {
        enum status opened =
            source_open(source, builtin->name, builtin->text, builtin->length, error);
        return opened == STATUS_OK ? source_include(source, true, error) : opened;
    }
    struct text bytes = TEXT_EMPTY;
    enum status status = file_read(name, SOURCE_BYTES_MAX, &bytes, error);
    if (status == STATUS_IO && file_is_missing(name)) {
        source_suggest(name, error);
    }
    if (status == STATUS_OK) {
        status = source_open(source, name, text_string(&bytes), bytes.length, error);
    }
    text_free(&bytes);
    return status == STATUS_OK ? source_include(source, false, error) : status;
}
