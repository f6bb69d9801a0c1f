/*
 * term/capability.h - what terminfo says of the terminal that ncurses has opened.
 */
#ifndef BACKSTEP_TERM_CAPABILITY_H
#define BACKSTEP_TERM_CAPABILITY_H

#include <stdbool.h>
#include <stddef.h>

enum { CAPABILITY_MAX = 64, FORMAT_PART_MAX = 10 };

/* A string capability by its terminfo name, or NULL; ncurses owns it. */
const char *capability(const char *name);

/* Does the terminal have a property? */
bool capability_flag(const char *name);

/* The same without its padding ("$<5>", which terminals have not needed for long), cut
 * to nothing where it is absent or does not fit. Returns its length. */
size_t capability_plain(const char *value, char *bytes, size_t size);

/* A capability that takes numbers. Nearly all are like ESC [ %i%p1%d ; %p2%d H and are
 * written here: text, number, text, number, text. Terminfo's own way is for the others. */
struct format {
    const char *terminfo; /* NULL: there is none */
    bool simple;
    int numbers, base;                /* how many it takes; 1 where it counts from 1 */
    unsigned char lengths[3], length; /* of the parts, and of all of them */
    char parts[3][FORMAT_PART_MAX];
};
struct format format_of(const char *name);

/* How many bytes it takes with these numbers, 0 where there is none; and write them. */
size_t format_cost(const struct format *format, int first, int second);
size_t format_put(const struct format *format, int first, int second, char bytes[CAPABILITY_MAX]);

#endif
