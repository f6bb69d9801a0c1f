/*
 * lang/catalogue.h - the built-in scenes as a list for people.
 *
 * A built-in scene begins with a comment "# N. What it is about", one line; N orders
 * the list. Its title is what its first `title` line says.
 */
#ifndef BACKSTEP_LANG_CATALOGUE_H
#define BACKSTEP_LANG_CATALOGUE_H

#include <stddef.h>

#include "base/status.h"

struct catalogue_row {
    const char *name; /* not owned */
    char *title;
    char *about; /* that comment, without its number; "" where there is none */
    unsigned long order;
};

struct catalogue {
    struct catalogue_row *rows;
    size_t count;
};

enum status catalogue_open(struct catalogue *catalogue);
void catalogue_close(struct catalogue *catalogue);

/* The row of this name; `count` where there is none. */
size_t catalogue_find(const struct catalogue *catalogue, const char *name);

/* The scene behind the one of this name; NULL where that is the last, or no built-in one. */
const char *catalogue_next(const struct catalogue *catalogue, const char *name);

#endif
