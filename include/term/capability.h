/*
 * term/capability.h - what terminfo says of the terminal that ncurses has opened.
 */
#ifndef BACKSTEP_TERM_CAPABILITY_H
#define BACKSTEP_TERM_CAPABILITY_H

#include <stdbool.h>
#include <stddef.h>

enum { CAPABILITY_MAX = 64 };

/* The bytes of a capability with its numbers put in, worked out once. */
struct filled {
    bool made;
    unsigned char length; /* 0: there is no such capability */
    int first, second;
    char bytes[CAPABILITY_MAX];
};

/* A string capability by its terminfo name, or NULL; ncurses owns it. */
const char *capability(const char *name);

/* Does the terminal have a property? */
bool capability_flag(const char *name);

/* The same without its padding ("$<5>", which terminals have not needed for long), cut
 * to nothing where it is absent or does not fit. Returns its length. */
size_t capability_plain(const char *value, char *bytes, size_t size);

/* A capability (NULL: there is none) with two numbers put in, without its padding; `filled`
 * keeps it for the next time. */
const struct filled *capability_fill(struct filled *filled, const char *how, int first, int second);

#endif
