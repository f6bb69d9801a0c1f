/*
 * term/readline_setup.h - the GNU readline library set up, and what is to be known of its
 * commands. Private to term/; only term/readline.c includes it.
 */
#ifndef BACKSTEP_SRC_TERM_READLINE_SETUP_H
#define BACKSTEP_SRC_TERM_READLINE_SETUP_H

#include <stdbool.h>
#include <stdio.h>

#include <readline/readline.h>

#include "term/editor.h"

/* Once a process. rl_outstream must be a file that takes everything, and swallows it. */
void readline_setup(const struct editor_options *options);

/* Could it bring the process down, or to a standstill? */
bool readline_refuses(rl_command_func_t *command);

/* Does it read one character more, whatever that is? */
bool readline_reads_on(rl_command_func_t *command);

/* May it go to another line of history? */
bool readline_moves(rl_command_func_t *command);

#endif
