/*
 * lang/complete.h - what can come next on a line: candidates from the command
 * table, and the words its rows name.
 */
#ifndef BACKSTEP_LANG_COMPLETE_H
#define BACKSTEP_LANG_COMPLETE_H

#include <stddef.h>

#include "base/text.h"
#include "walk/state.h"

/* The candidates for the word that ends at byte `cursor` of `line`; `*start` is
 * where it begins. A NULL-terminated array of malloc'd strings, sorted, which the
 * caller frees with complete_free(); NULL where nothing fits or memory is short. */
char **complete_line(const struct state *state, const char *line, size_t cursor, size_t *start);
void complete_free(char **candidates);

/* One line about what is being typed: the usage of its command. "" for none. */
void complete_usage(const char *line, struct text *usage);

#endif
