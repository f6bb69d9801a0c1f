/*
 * tests/support/fixture.h - a small program on term/ for the tests of term/.
 *
 * A test runs itself again with "fixture" as its first argument, in a
 * pseudo-terminal. What the fixture shows and which keys it knows is told in
 * fixture.c.
 */
#ifndef BACKSTEP_TESTS_FIXTURE_H
#define BACKSTEP_TESTS_FIXTURE_H

#include "pty.h"

/* The program: words are "ascii", "no-color", "no-mouse", "theme=NAME",
 * "history=PATH", "monkey=SEED". Returns the exit status. */
int fixture_main(int argc, char **argv);

/* First in the main() of such a test: true where it is to be the fixture, and was. */
bool fixture_asked(int argc, char **argv, int *code);
const char *fixture_program(void); /* that test's own binary */

/* The fixture on a terminal of a type (NULL: the usual one), with one of the words or NULL,
 * and an environment as pty_options has it; and the usual one, ready. */
struct pty *fixture_start_on(const char *term, const char *word, const char *const *environment);
struct pty *fixture_start(void);

#endif
