/*
 * lang/source.h - the text of a scene as statements that know where they stand.
 *
 * A statement is one command. Statements end at a line's end (unless the line
 * ends in a backslash) or at a ';' outside brackets and quotes; '#' begins a
 * comment. After `say` and `title` the rest of the line is text: there ';' is a
 * letter, and '#' begins a comment only after a blank. `include FILE` is replaced by the
 * statements of that file where a scene is opened by name.
 */
#ifndef BACKSTEP_LANG_SOURCE_H
#define BACKSTEP_LANG_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

/* A saved state is a scene too, and as long as its network is large. */
enum { SOURCE_BYTES_MAX = 256 * 1024 * 1024, STATEMENTS_MAX = 1000000 };

struct statement {
    size_t offset, length; /* bytes of its file; blanks trimmed at both ends */
    size_t line, column;   /* where it begins, from 1, in code points */
    size_t part;           /* its file: 0 is the source itself, n is parts[n - 1] */
    struct error *fault;   /* of an `include` that came to nothing: why; else NULL */
};

struct source {
    char *name;  /* for error messages: a path, "-" or "-e" */
    char *text;  /* as it came */
    char *plain; /* the same bytes with "\\\n" as two blanks */
    size_t length;
    struct statement *statements;
    size_t count;
    struct source *parts; /* the files that were included, without statements; of those that
                           * could not be read the name alone */
    size_t part_count;
    char *folder; /* of a part: relative paths in it start here; NULL: the working folder */
};

/* Cut a text into statements. What is not UTF-8, or holds control characters, is an
 * error whose text begins with its place, "name:line:column: "; then (and only then)
 * the error's column is set. The source owns copies of both strings. */
enum status source_open(struct source *source, const char *name, const char *text, size_t length,
                        struct error *error);
void source_close(struct source *source);

/* Put what its `include` lines name in their place; `builtin` tells that the source is a
 * built-in scene. On failure it is closed. */
enum status source_include(struct source *source, bool builtin, struct error *error);

/* Read a scene by built-in name, by path, or from standard input ("-"), with all that it
 * includes. */
enum status source_open_named(struct source *source, const char *name, struct error *error);

/* The text of a statement, and its length in bytes; and the file that it stands in. */
const char *source_statement(const struct source *source, size_t index, size_t *length);
const struct source *source_part(const struct source *source, size_t index);

/* Line and column (from 1, in code points) of a column within a statement. */
void source_position(const struct source *source, size_t index, size_t column, size_t *line,
                     size_t *line_column);

/* "name:line:column: message", and with `caret` the line and a caret under the
 * word. `index` is the statement. */
void source_describe(const struct source *source, size_t index, const struct error *error,
                     bool caret, struct text *out);

/* The scene's own file laid out anew, with the same meaning: a line a statement, comments kept.
 * Laid out again it stays as it is. */
void source_format(const struct source *source, struct text *out);

#endif
