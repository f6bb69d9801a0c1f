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

enum status formats_pick(const struct options *options, const char *action_name, size_t *index,
                         struct error *error) {
    const struct formats *formats = formats_of(action_name);
    struct text names = TEXT_EMPTY;
    *index = 0;
    if (!options->format || !formats) {
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
