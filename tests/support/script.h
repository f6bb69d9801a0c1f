/*
 * support/script.h - commands in tests: a session, and what a line does to it.
 * All fail the running cmocka test where it is not as wanted.
 */
#ifndef BACKSTEP_SUPPORT_SCRIPT_H
#define BACKSTEP_SUPPORT_SCRIPT_H

#include "lang/player.h"

struct script {
    struct session session;
    struct runner runner;
    struct result result; /* of the last statement */
    struct error error;
};

void script_open(struct script *script);
void script_close(struct script *script);

/* A test that begins with a new script, and closes it. */
int script_setup(void **state);
int script_teardown(void **state);
#define script_test(test, script)                                                                  \
    cmocka_unit_test_prestate_setup_teardown(test, script_setup, script_teardown, script)

/* Around a group of tests: a folder, in which scripts that script_setup() opens read and
 * write. It must be empty at the end. */
int script_folder_setup(void **state);
int script_folder_teardown(void **state);

/* A file in the runner's folder. */
void script_write_file(const struct script *script, const char *name, const char *bytes);
void script_remove_file(const struct script *script, const char *name);

/* How often a text holds another. */
size_t count_of(const char *string, const char *what);

/* Run a line, which may hold several statements; all must go well. */
void script_run(struct script *script, const char *line);

/* Run one statement that must print just this. */
void script_prints(struct script *script, const char *line, const char *output);

/* Run one statement that must fail at this column with this text, and change nothing. */
void script_fails(struct script *script, const char *line, size_t column, const char *text);

/* The same with no more than a part of the text. */
void script_fails_with(struct script *script, const char *line, size_t column, const char *part);

/* The value of an expression, which must be a single number. */
double script_value(struct script *script, const char *expression);

/* Everything that a command can change, as text: two states with the same text are
 * the same to a user. The caller frees it. */
struct text script_snapshot(const struct state *state);

/* That of a scene where it stands, and the frame that shows it. */
struct text script_shown(const struct player *player);

#endif
