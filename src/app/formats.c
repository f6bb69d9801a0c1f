/*
 * app/formats.c - the tables of formats by the actions that write them.
 */
#include "formats.h"

#include <string.h>
#include <strings.h>

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
    return TABLE_AT(tables, index);
}

const struct formats *formats_of(const char *action_name) {
    for (size_t n = 0; formats_at(n); n++) {
        if (strcmp(tables[n].action, action_name) == 0) {
            return &tables[n];
        }
    }
    return NULL;
}

/* What files of a format usually end in, where that is not its name. */
static const char *shorter(const char *format) {
    static const char *const endings[][2] = {{"text", "txt"}, {"markdown", "md"}};
    for (size_t n = 0; n < TABLE_COUNT(endings); n++) {
        if (strcmp(endings[n][0], format) == 0) {
            return endings[n][1];
        }
    }
    return format;
}

/* What the file's name ends in, which promises what is in it: "svg"; NULL where it ends in
 * nothing of the kind, or only in a number, like "run-0.5". */
static const char *ending_of(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot > name && dot[1 + strspn(dot + 1, "0123456789")] ? dot + 1 : NULL;
}

/* The format that the file is named after; the first, where it is named after none. */
static enum status format_of_file(const struct formats *formats, const char *path, size_t *index,
                                  struct error *error) {
    const char *ending = path ? ending_of(path) : NULL;
    struct text all = TEXT_EMPTY;
    for (*index = 0; ending && formats->name(*index); ++*index) {
        const char *name = formats->name(*index);
        if (strcasecmp(ending, name) == 0 || strcasecmp(ending, shorter(name)) == 0) {
            text_free(&all);
            return STATUS_OK;
        }
        text_printf(&all, "'.%s', ", shorter(name));
    }
    if (!ending) {
        return STATUS_OK;
    }
    error_set(error, STATUS_USAGE,
              "'%s' ends in no format of %s: %sor any ending with '--format' is right", path,
              formats->action, text_string(&all));
    text_free(&all);
    return STATUS_USAGE;
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
        return format_of_file(formats, options->output, index, error);
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
