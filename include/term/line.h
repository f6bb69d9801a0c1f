/*
 * term/line.h - readline as term/editor.c sees it. The one file that knows
 * readline is behind it, and no word of readline is said here.
 */
#ifndef BACKSTEP_TERM_LINE_H
#define BACKSTEP_TERM_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "term/editor.h"

/* What the next byte would be read by. */
enum line_state {
    LINE_IDLE,      /* the key bindings */
    LINE_COUNTING,  /* the same, after a numeric argument */
    LINE_SEARCHING, /* an incremental search */
    LINE_ASKING,    /* a search that asks for its text first */
    LINE_MOTION,    /* a vi command that wants a motion, or a character */
};

/* What bytes mean in the present key bindings. */
enum line_meaning {
    LINE_NOTHING,
    LINE_PREFIX, /* the beginning of a sequence */
    LINE_COMMAND,
    LINE_MOVES,    /* a command that may go to another line of history; or a macro */
    LINE_READS_ON, /* a command that takes one character more */
    LINE_REFUSED,  /* a command that is not for here */
};

enum status line_open(const struct editor_options *options, struct error *error);
void line_close(void);

void line_begin(const char *initial);
void line_end(bool ended); /* `ended`: end of input has ended it already */
void line_insert(const char *text);
void line_cut(size_t from);  /* all behind that byte, as one step of undo */
void line_forget_undo(void); /* to be called before LINE_MOVES is run */

/* Let readline have these bytes; they are whole key sequences. */
enum editor_result line_run(const char *bytes, size_t count);

enum line_state line_state(void);
enum line_meaning line_lookup(const char *bytes, size_t count);
bool line_is_vi(void);
bool line_inserts(void);          /* characters go into the line */
bool line_searches_on(char byte); /* the key of a search in history */

const char *line_text(void);
size_t line_cursor(void);
const char *line_label(void);
const char *line_accepted(void);
void line_history_add(const char *text);

#endif
