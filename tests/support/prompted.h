/*
 * tests/support/prompted.h - the prompt of the fixture in a pseudo-terminal.
 */
#ifndef BACKSTEP_TESTS_PROMPTED_H
#define BACKSTEP_TESTS_PROMPTED_H

#include "pty.h"

enum { PROMPTED_ROW = 23 }; /* of the prompt */

/* The fixture, ready, as fixture_start_on() has it on the usual terminal. */
struct pty *prompted_start(const char *const *environment, const char *word);

/* The prompt's row is exactly this, and the cursor is there. */
void prompted_line(struct pty *pty, const char *row, int cursor);

/* Leave the prompt, and then the program, well. */
void prompted_leave(struct pty *pty);

/* A file with these contents, `path` as mkstemp() has it; the caller unlinks it. */
void prompted_file(char *path, const char *contents);

#endif
