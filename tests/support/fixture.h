/*
 * tests/support/fixture.h - a small program on term/ for the tests of term/.
 *
 * A test runs itself again with "fixture" as its first argument, in a
 * pseudo-terminal. What the fixture shows and which keys it knows is told in
 * fixture.c.
 */
#ifndef BACKSTEP_TESTS_FIXTURE_H
#define BACKSTEP_TESTS_FIXTURE_H

/* The program: words are "ascii", "no-color", "no-mouse", "theme=NAME",
 * "history=PATH", "monkey=SEED". Returns the exit status. */
int fixture_main(int argc, char **argv);

#endif
