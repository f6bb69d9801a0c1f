/*
 * term/editor.h - one line, edited by readline. The one file that knows
 * readline is behind it, and no word of readline is said here.
 *
 * One editor a process (readline has one line). Bytes go in, a line comes out;
 * nothing is read and nothing is drawn.
 */
#ifndef BACKSTEP_TERM_EDITOR_H
#define BACKSTEP_TERM_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

enum editor_result {
    EDITOR_EDITING,
    EDITOR_ACCEPTED, /* editor_accepted() is the line; a new one has begun */
    EDITOR_ENDED,    /* end of input on an empty line, or Escape where it leaves */
};

struct editor_options {
    const char *terminal_type;
    bool utf8;
    /* For Tab: NULL, or what the line up to `cursor` may become: first what all
     * have in common, then, if there is more than one, each; NULL-terminated,
     * all malloc'd. */
    char **(*matches)(void *context, const char *line, size_t cursor);
    void *context;
};

enum status editor_open(const struct editor_options *options, struct error *error);
void editor_close(void);

/* Begin a line, and end it without a result. */
void editor_begin(const char *initial);
void editor_end(void);

/* Give it one key: all the bytes of it, and whether it is a character to write. */
enum editor_result editor_key(const char *bytes, size_t count, bool character);

/* Is anything bound to this key, so that it is not the program's? */
bool editor_knows(const char *bytes, size_t count);

/* Put in a text as one step of undo. */
void editor_insert(const char *text);

/* Take away what stands behind byte `from`, as one step of undo; the cursor goes there. */
void editor_cut(size_t from);

/* Valid until the next call. The cursor is a byte offset. */
const char *editor_line(void);
size_t editor_cursor(void);
const char *editor_label(void);
const char *editor_accepted(void);

/* Put a line behind the others of the history. */
void editor_history_add(const char *line);

#endif
