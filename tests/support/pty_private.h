/*
 * tests/support/pty_private.h - what the files of the pseudo-terminal share.
 */
#ifndef BACKSTEP_TESTS_PTY_PRIVATE_H
#define BACKSTEP_TESTS_PTY_PRIVATE_H

#include <termios.h>
#include <vterm.h>

#include "pty.h"

enum { PTY_ROW_BYTES = 8192 };

/* What the shell tells the test. */
struct pty_report {
    char what; /* 'P' its pid, 'S' stopped by, 'E' ended with status */
    int value;
};

struct pty {
    bool unread; /* nobody takes what is written: pty_read() */
    int master;
    int reports, orders;
    pid_t shell, program;
    bool exited, stopped;
    int exit_status, stop_signal;
    struct termios modes; /* before the program started */
    int rows, cols;
    VTerm *vterm;
    VTermScreen *screen;
    struct pty_state state;
    char *output;
    size_t output_count, output_room;
    char row_text[PTY_ROW_BYTES];
};

/* The shell above the program: reports go out, one-letter orders come in. */
void pty_run_shell(const struct pty_options *options, int reports, int orders);

#endif
