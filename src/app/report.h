/*
 * app/report.h - what the program says on standard output and standard error. Private to
 * app/.
 */
#ifndef BACKSTEP_SRC_APP_REPORT_H
#define BACKSTEP_SRC_APP_REPORT_H

#include "base/text.h"
#include "lang/player.h"

/* "backstep: MESSAGE" on standard error; returns `code`. */
int complain(const char *message, int code);

/* A source that could not be opened, where the text says its place without "backstep: ";
 * returns 1. */
int complain_source(const struct error *error);

/* An error of a statement on standard error: "file:line:column: ...", and with `caret` the
 * line. */
void report(const struct source *source, size_t index, const struct error *error, bool caret);

/* The statement that a player ran last; and what was wrong with it, as one line:
 * "file:line:column: ..." */
size_t last_statement(const struct player *player);
void put_fault(struct text *out, const struct source *source, size_t index,
               const struct error *error);

/* Write bytes to standard output; false when it cannot take them. */
bool put_out(const char *bytes, size_t count);

/* Write a file, or to standard output (NULL or "-"). */
enum status put_file(const char *path, const struct text *bytes, struct error *error);

/* Flush standard output; `code`, or 1 with a word why where it failed. */
int finish_out(int code);

/* Write the summary of a quiz; returns `code` as finish_out() does. */
int put_summary(const struct score *score, int code);

#endif
