/*
 * app/main.c - the program: reads the command line and does what it asks.
 *
 * Exit codes: 0 good; 1 the scene or the data fell short; 2 wrong options.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "report.h"
#include "options.h"
#include "pages.h"
#include "usage.h"

/* A standard stream that is closed would be the next file that is opened, and get what is
 * meant for the stream: so it leads nowhere, and what uses it still fails. */
static void fill_streams(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

int main(int argc, char **argv) {
    fill_streams();
    setlocale(LC_CTYPE, "");  /* LC_NUMERIC stays "C": a point is a point */
    signal(SIGPIPE, SIG_DFL); /* a closed pipe ends the program quietly */
    struct options options;
    const struct action *action;
    struct error error = {0};
    int code;
    if (options_read(&options, &action, argc, argv, &error) != STATUS_OK) {
        code = complain(error.text, error.status == STATUS_USAGE ? 2 : 1);
    } else if (options.help) {
        code = usage_write(action);
    } else if (options.version) {
        puts("backstep " BACKSTEP_VERSION);
        code = finish_out(0);
    } else {
        code = action->run(&options);
    }
    options_free(&options);
    return code;
}
