/*
 * lang/source_private.h - how a line falls into statements.
 */
#ifndef BACKSTEP_SRC_LANG_SOURCE_PRIVATE_H
#define BACKSTEP_SRC_LANG_SOURCE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ascii.h"
#include "base/status.h"

/* Between the words of a line. */
static inline bool source_is_blank(char c) {
    return ascii_is_blank(c) || c == '\r';
}

/* Where the statement that begins at `from` ends: at its ';', its '#', or `to`.
 * `*comment` says that the rest of the line is one. */
size_t source_statement_end(const char *text, size_t from, size_t to, bool *comment);

/* Does the command at `from` take the rest of the line as it is? */
bool source_takes_rest(const char *text, size_t from, size_t to);

/* Where a name that no file has was perhaps meant as a built-in scene, say so. */
void source_suggest(const char *name, struct error *error);

#endif
