/*
 * term/prompt.h - the line at the bottom, edited by the user's own readline
 * (inputrc, emacs or vi keys, history, search, undo, paste). Draws nothing: it
 * tells the line and the cursor, a panel shows them.
 *
 * One prompt a process, on an open terminal. Lines are UTF-8.
 */
#ifndef BACKSTEP_TERM_PROMPT_H
#define BACKSTEP_TERM_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "term/terminal.h"

struct prompt;

enum prompt_result {
    PROMPT_EDITING,   /* the line or the cursor may have changed */
    PROMPT_ACCEPTED,  /* Enter: prompt_accepted() is the line; the prompt is open again, empty */
    PROMPT_CANCELLED, /* Escape, ^C, or ^D on an empty line: the prompt is closed */
};

/* Completion: fill `list` with the candidates for the word that ends at byte
 * `cursor` of `line`, and `*start` with the byte where that word begins. The
 * candidates are NULL-terminated, malloc'd strings in a malloc'd array that the
 * prompt frees; NULL for none. */
typedef char **(*prompt_complete)(void *context, const char *line, size_t cursor, size_t *start);

enum status prompt_open(struct prompt **prompt, struct terminal *terminal, prompt_complete complete,
                        void *context, struct error *error);
void prompt_close(struct prompt *prompt); /* NULL is allowed */

/* Begin a line, with `initial` in it and the cursor at its end. */
void prompt_begin(struct prompt *prompt, const char *initial);

/* What stands in the line from byte `from` on is no more than an offer: a character or a
 * paste takes its place, any other key takes it up, to be edited. And where it begins,
 * 0 where nothing is. */
void prompt_offer(struct prompt *prompt, size_t from);
size_t prompt_offered(const struct prompt *prompt);

/* Give it a key or a paste. A paste of several lines becomes one line, joined by "; ". */
enum prompt_result prompt_feed(struct prompt *prompt, const struct event *event);

/* Does the editor do something for this key? Else it may be given another meaning. */
bool prompt_knows(const struct prompt *prompt, const struct event *event);

const char *prompt_line(const struct prompt *prompt);  /* what is typed so far */
size_t prompt_cursor(const struct prompt *prompt);     /* byte offset in it */
const char *prompt_label(const struct prompt *prompt); /* ": ", or readline's during a search */
const char *prompt_accepted(const struct prompt *prompt);

/* The candidates that the last Tab left to choose from; NULL-terminated, owned by
 * the prompt, NULL when there are none; gone with the next edit. */
char *const *prompt_candidates(const struct prompt *prompt);

/* History: newest last. Load skips a missing file. Save puts what was added here behind
 * what the file holds by then (another program may have written it), and keeps `limit`
 * lines: mode 0600, in one step. A symbolic link is refused. */
enum status prompt_history_load(struct prompt *prompt, const char *path, struct error *error);
enum status prompt_history_save(struct prompt *prompt, const char *path, size_t limit,
                                struct error *error);
void prompt_history_add(struct prompt *prompt, const char *line);

#endif
