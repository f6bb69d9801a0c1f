/*
 * term/capability.h - what terminfo says of the terminal that ncurses has opened.
 */
#ifndef BACKSTEP_TERM_CAPABILITY_H
#define BACKSTEP_TERM_CAPABILITY_H

#include <stddef.h>

/* A string capability by its terminfo name, or NULL; ncurses owns it. */
const char *capability(const char *name);

/* The same without its padding ("$<5>", which terminals have not needed for long), cut
 * to nothing where it is absent or does not fit. Returns its length. */
size_t capability_plain(const char *value, char *bytes, size_t size);

#endif
