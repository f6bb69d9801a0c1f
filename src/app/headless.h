/*
 * app/headless.h - what the actions without a screen share: a session, sources
 * that run on it, and standard output.
 */
#ifndef BACKSTEP_SRC_APP_HEADLESS_H
#define BACKSTEP_SRC_APP_HEADLESS_H

#include "base/text.h"
#include "lang/player.h"
#include "limit.h"
#include "options.h"

/* "backstep: MESSAGE" on standard error; returns `code`. */
int complain(const char *message, int code);

/* A source that could not be opened, where the text says its place without "backstep: ";
 * returns 1. */
int complain_source(const struct error *error);

/* An error of a statement on standard error: "file:line:column: ...", and with `caret` the
 * line. */
void report(const struct source *source, size_t index, const struct error *error, bool caret);

/* Write bytes to standard output; false when it cannot take them. */
bool put_out(const char *bytes, size_t count);

/* Write a file, or to standard output (NULL or "-"). */
enum status put_file(const char *path, const struct text *bytes, struct error *error);

/* Flush standard output; `code`, or 1 with a word why where it failed. */
int finish_out(int code);

/* A scene and a session that it has not run on yet; for a quiz, the questions about its
 * last state, and that. On failure nothing is open. */
struct opening {
    struct source source;
    struct session session;
    char *folder;
};
enum status opening_open(struct opening *opening, const struct options *options, const char *name,
                         struct error *error);
void opening_close(struct opening *opening);

/* The statement that a player ran last; and what was wrong with it, as one line:
 * "file:line:column: ..." */
size_t last_statement(const struct player *player);
void put_fault(struct text *out, const struct source *source, size_t index,
               const struct error *error);

/* Keep a scene to its own folder, unless the options let it out. */
void fence_in(struct runner *runner, const char *folder, const struct options *options);

/* Write the summary of a quiz; returns `code` as finish_out() does. */
int put_summary(const struct score *score, int code);

/* Run the SCENE and the -e lines of the options to their end, on a new session.
 * Errors are reported as file:line:column. Returns the exit code; the session is
 * open either way and the caller's to close. `limit` begins, for what comes after too. */
int run_sources(const struct options *options, struct session *session, bool read_only,
                void (*output)(void *context, const struct result *result), struct limit *limit);

#endif
