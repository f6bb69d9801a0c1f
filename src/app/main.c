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

#include "formats.h"
#include "headless.h"
#include "options.h"
#include "pages.h"

/* The words that --format takes, from the tables. */
static void put_formats(void) {
    for (size_t n = 0; formats_at(n); n++) {
        const struct formats *formats = formats_at(n);
        printf("\nFORMAT of %s, the first unless given:\n", formats->action);
        for (size_t i = 0; formats->name(i); i++) {
            printf("  %-9s %s\n", formats->name(i), formats->help(i));
        }
    }
}

static void put_options(void) {
    puts("\nOPTIONS, of which each action takes its own:");
    for (size_t i = 0; option_at(i); i++) {
        const struct option *option = option_at(i);
        struct text name = TEXT_EMPTY;
        text_printf(&name, "%s%s%s%s", option->name[1] == '\0' ? "-" : "--", option->name,
                    option->value ? " " : "", option->value ? option->value : "");
        printf("  %-17s %s\n", text_string(&name), option->help);
        text_free(&name);
    }
}

static void put_usage(void) {
    puts("backstep steps through backpropagation, one equation at a time.\n");
    for (size_t i = 0; action_at(i); i++) {
        printf("  %s\n      %s\n", action_at(i)->usage, action_at(i)->help);
    }
    put_formats();
    put_options();
    puts("\nSCENE is the name of a built-in scene (backstep list), a path, or - for standard\n"
         "input. The commands of scenes and of the prompt: backstep help.");
}

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
        put_usage();
        code = finish_out(0);
    } else if (options.version) {
        puts("backstep " BACKSTEP_VERSION);
        code = finish_out(0);
    } else {
        code = action->run(&options);
    }
    options_free(&options);
    return code;
}
