/*
 * lang/source.h - the text of a scene as statements that know where they stand.
 *
 * A statement is one command. Statements end at a line's end (unless the line
 * ends in a backslash) or at a ';' outside brackets and quotes; '#' begins a
 * comment. After `say` and `title` the rest of the line is text: there ';' is a
 * letter, and '#' begins a comment only after a blank.
 */
#ifndef BACKSTEP_LANG_SOURCE_H
#define BACKSTEP_LANG_SOURCE_H

#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

enum { SOURCE_BYTES_MAX = 16 * 1024 * 1024, STATEMENTS_MAX = 1000000 };

struct statement {
    size_t offset, length; /* bytes of the source; blanks trimmed at both ends */
    size_t line, column;   /* where it begins, from 1, in code points */
};

struct source {
    char *name;  /* for error messages: a path, "-" or "-e" */
    char *text;  /* as it came */
    char *plain; /* the same bytes with "\\\n" as two blanks */
    size_t length;
    struct statement *statements;
    size_t count;
};

/* Cut a text into statements. What is not UTF-8, or holds control characters, is an
 * error whose text begins with its place, "name:line:column: "; then (and only then)
 * the error's column is set. The source owns copies of both strings. */
enum status source_open(struct source *source, const char *name, const char *text, size_t length,
                        struct error *error);
void source_close(struct source *source);

/* Read a scene by built-in name, by path, or from standard input ("-"). */
enum status source_open_named(struct source *source, const char *name, struct error *error);

/* The text of a statement, and its length in bytes. */
const char *source_statement(const struct source *source, size_t index, size_t *length);

/* Line and column (from 1, in code points) of a column within a statement. */
void source_position(const struct source *source, size_t index, size_t column, size_t *line,
                     size_t *line_column);

/* "name:line:column: message", and with `caret` the line and a caret under the
 * word. `index` is the statement. */
void source_describe(const struct source *source, size_t index, const struct error *error,
                     int caret, struct text *out);

/* The scene laid out anew, with the same meaning: a line a statement, comments kept.
 * Laid out again it stays as it is. */
void source_format(const struct source *source, struct text *out);

#endif
