/*
 * app/formats.h - the words that --format takes, for each action that takes one: what
 * help, completion and errors know of them. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_FORMATS_H
#define BACKSTEP_SRC_APP_FORMATS_H

#include "options.h"

struct formats {
    const char *action;
    const char *(*name)(size_t index); /* NULL past the end; the first is the default */
    const char *(*help)(size_t index);
};
const struct formats *formats_at(size_t index);            /* NULL past the end */
const struct formats *formats_of(const char *action_name); /* NULL where it has no table */

/* The row that --format names, or that -o ends in, or the first. An error names them all. */
enum status formats_pick(const struct options *options, const char *action_name, size_t *index,
                         struct error *error);

#endif
