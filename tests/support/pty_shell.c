/*
 * tests/support/pty_shell.c - the shell between a test and its program.
 *
 * Leader of the session; the program has a process group of its own. It tells
 * the test over a pipe what became of the program and takes one-letter orders
 * over another ('f' foreground, 'b' background). It stays until the test is
 * done, so that the terminal outlives the program.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pty_private.h"

static void tell(int fd, char what, int value) {
    struct pty_report report;
    memset(&report, 0, sizeof report);
    report.what = what;
    report.value = value;
    if (write(fd, &report, sizeof report) != (ssize_t)sizeof report) {
        _exit(125);
    }
}

static void set_environment(const struct pty_options *options) {
    static const char *const UNSET[] = {"COLORTERM", "NO_COLOR", "LINES", "COLUMNS"};
    for (size_t i = 0; i < sizeof UNSET / sizeof *UNSET; i++) {
        unsetenv(UNSET[i]);
    }
    setenv("INPUTRC", "/dev/null", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    if (options->term && !*options->term) {
        unsetenv("TERM");
    } else {
        setenv("TERM", options->term ? options->term : "xterm-256color", 1);
    }
    for (const char *const *item = options->environment; item && *item; item++) {
        char *copy = strdup(*item);
        char *value = copy ? strchr(copy, '=') : NULL;
        if (value) {
            *value = '\0';
            setenv(copy, value + 1, 1);
        } else if (copy) {
            unsetenv(copy);
        }
        free(copy);
    }
}

static void run_program(const struct pty_options *options) {
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpid());
    for (int number = 1; number < 32; number++) {
        signal(number, SIG_DFL);
    }
    set_environment(options);
    const char *alone[] = {getenv("BACKSTEP"), NULL};
    const char *const *argv = options->argv ? options->argv : alone;
    char *arguments[64];
    size_t count = 0;
    while (argv[count] && count < 63) {
        arguments[count] = strdup(argv[count]);
        count++;
    }
    arguments[count] = NULL;
    if (count > 0) {
        execvp(arguments[0], arguments);
    }
    _exit(127);
}

void pty_run_shell(const struct pty_options *options, int reports, int orders) {
    signal(SIGTTOU, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    signal(SIGPIPE, SIG_DFL);
    char go;
    if (read(orders, &go, 1) != 1) {
        _exit(0);
    }
    pid_t program = fork();
    if (program == 0) {
        close(reports);
        close(orders);
        run_program(options);
    }
    setpgid(program, program);
    tell(reports, 'P', (int)program);
    for (;;) {
        int status;
        char order;
        if (waitpid(program, &status, WUNTRACED) < 0) {
            if (errno == EINTR) {
                continue;
            }
            _exit(124);
        }
        tcsetpgrp(STDIN_FILENO, getpgrp());
        if (!WIFSTOPPED(status)) {
            tell(reports, 'E', status);
            while (read(orders, &order, 1) > 0) { /* until the test is done */
            }
            _exit(0);
        }
        tell(reports, 'S', WSTOPSIG(status));
        if (read(orders, &order, 1) != 1) {
            kill(program, SIGKILL);
            _exit(0);
        }
        if (order == 'f') {
            tcsetpgrp(STDIN_FILENO, program);
        }
        kill(-program, SIGCONT);
    }
}
