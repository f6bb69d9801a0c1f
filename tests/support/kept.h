/*
 * support/kept.h - the program with a home for its journals, the same for a group of tests.
 */
#ifndef BACKSTEP_SUPPORT_KEPT_H
#define BACKSTEP_SUPPORT_KEPT_H

#include <stddef.h>

#include "pty.h"

/* Around the group: the home is made, and removed with all that is in it. */
int kept_setup(void **state);
int kept_teardown(void **state);

/* The path of a name in the home; its journals lie in "backstep" there. */
void kept_path(char path[256], const char *name);

/* The program with these words on its command line, or these arguments, $BACKSTEP first. */
struct pty *kept_start(const char *first, const char *second);
struct pty *kept_start_with(const char *const *argv);

/* End it with a signal. */
void kept_end(struct pty *pty, int number);

/* How many journals there are, but for those that were killed before they had their name;
 * the path of one of them. */
size_t kept_journals(char path[512]);
void kept_assert_none(void);

#endif
