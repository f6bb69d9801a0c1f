/*
 * app/formats.c - the tables of formats by the actions that write them.
 */
#include "formats.h"

#include <string.h>

#include "base/table.h"
#include "out/film.h"
#include "out/sheet.h"
#include "out/trace.h"

TABLE_WORDS(film, film_format, film_format_at)
TABLE_WORDS(trace, trace_format, trace_format_at)
TABLE_WORDS(dialect, dialect, dialect_at)

static const struct formats tables[] = {
    {"render", film_name, film_help},
    {"trace", trace_name, trace_help},
    {"worksheet", dialect_name, dialect_help},
};

const struct formats *formats_at(size_t index) {
    return index < sizeof tables / sizeof *tables ? &tables[index] : NULL;
}

const struct formats *formats_of(const char *action_name) {
    for (size_t n = 0; formats_at(n); n++) {
        if (strcmp(tables[n].action, action_name) == 0) {
            return &tables[n];
        }
    }
    return NULL;
}

/* A file's ending that is the name of a format, or a shorter one of it. */
static bool ends_like(const char *path, const char *name) {
    static const char *const shorter[][2] = {{"text", "txt"}, {"markdown", "md"}};
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    bool same = dot && strcmp(dot + 1, name) == 0;
    for (size_t n = 0; dot && !same && n < sizeof shorter / sizeof *shorter; n++) {
        same = strcmp(shorter[n][0], name) == 0 && strcmp(shorter[n][1], dot + 1) == 0;
    }
    return same;
}

/* The format that the file is named after; 0, the first, where it is after none. */
static size_t format_of_file(const struct formats *formats, const char *path) {
    for (size_t i = 0; path && formats->name(i); i++) {
        if (ends_like(path, formats->name(i))) {
            return i;
        }
    }
    return 0;
}

enum status formats_pick(const struct options *options, const char *action_name, size_t *index,
                         struct error *error) {
    const struct formats *formats = formats_of(action_name);
    struct text names = TEXT_EMPTY;
    *index = 0;
    if (!formats) {
        return STATUS_OK;
    }
    if (!options->format) {
        *index = format_of_file(formats, options->output);
        return STATUS_OK;
    }
    for (; formats->name(*index); ++*index) {
        const char *name = formats->name(*index);
        if (strcmp(name, options->format) == 0) {
            text_free(&names);
            return STATUS_OK;
        }
        text_printf(&names, "%s'%s'",
                    *index == 0                 ? ""
                    : formats->name(*index + 1) ? ", "
                                                : " or ",
                    name);
    }
    error_set(error, STATUS_USAGE, "'%s' is no format of %s: %s is right", options->format,
              action_name, text_string(&names));
    text_free(&names);
    return STATUS_USAGE;
}
