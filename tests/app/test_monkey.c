/*
 * tests/app/test_monkey.c - a monkey at the real program: random keys, commands, pastes,
 * clicks, sizes and stops. It must go on answering, and end well.
 *
 * BACKSTEP_EVENTS says how much it does (600), BACKSTEP_SEED what: `make monkey` runs many
 * under the sanitizers. The seed is printed; the same seed does the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "lang/catalogue.h"
#include "lang/command.h"
#include "pty_private.h"

static uint64_t seed;

static unsigned any_below(unsigned count) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed % count);
}

/* ---- what it does ---- */

static void press_key(struct pty *pty) {
    static const char *const keys[] = {
        "\x1b[A", "\x1b[B",    "\x1b[C",       "\x1b[D", "\x1b[5~",     "\x1b[6~",
        "\x1b[H", "\x1b[F",    "\x1b[Z",       "\x1bOP", "\x1bOQ",      "\x1bOR",
        "\x1bOS", "\x1b[1;2A", "\x1b[3~",      "\x1b",   "\t",          "\r",
        "\x7f",   " ",         "\x03",         "\x0c",   "\x12",        "\x18\x1f",
        "\033f",  "\xc3\xa9",  "\xe2\x88\x82", "\xff",   "\x1b[99;99~", "\x1b[<0;1",
        "\x17",   "\x19",      "\x0b",         "\x15",   "\x14",
    };
    if (any_below(2) == 0) {
        pty_type(pty, keys[any_below(sizeof keys / sizeof *keys)]);
    } else {
        char key[2] = {(char)(' ' + any_below(95)), '\0'};
        pty_type(pty, key);
    }
}

/* A command of the table, whole, or cut off somewhere. */
static void type_command(struct pty *pty) {
    size_t count = 0;
    while (command_at(count)) {
        count++;
    }
    const struct command *command = command_at(any_below((unsigned)count));
    bool leaves = strcmp(command->name, "quit") == 0 || command->group == GROUP_FILE;
    const char *line = command->example && !leaves ? command->example : "W0[1,1] = 1e308; train 3";
    size_t length = strlen(line);
    length = any_below(4) == 0 ? any_below((unsigned)length + 1) : length;
    pty_type(pty, ":");
    pty_send(pty, line, length);
    pty_type(pty, any_below(8) == 0 ? "\x1b" : "\r");
}

static void paste(struct pty *pty) {
    static const char *const pastes[] = {
        "x = 1\nW0 = 2\n",       "\x1b[31mred\x07\x9b", "say \xe2\x80\xae\xcc\x81\xcc\x81\xcc\x81",
        "net 3 4 5 2\ntrain 10", "((((((((((((((((",    "q\ny\nq\n",
        "W0 = [1 2; 3",
    };
    pty_type(pty, "\x1b[200~");
    for (unsigned times = 1 + any_below(30); times > 0; times--) {
        pty_type(pty, pastes[any_below(sizeof pastes / sizeof *pastes)]);
    }
    pty_type(pty, any_below(20) == 0 ? "" : "\x1b[201~");
}

static void click(struct pty *pty) {
    static const unsigned buttons[] = {0, 0, 0, 2, 32, 64, 65, 68};
    char report[48];
    snprintf(report, sizeof report, "\x1b[<%u;%u;%u%c",
             buttons[any_below(sizeof buttons / sizeof *buttons)], 1 + any_below(90),
             1 + any_below(30), "Mm"[any_below(4) == 0]);
    pty_type(pty, report);
}

static void change_size(struct pty *pty) {
    if (any_below(3) == 0) {
        pty_resize(pty, 1 + (int)any_below(4), 1 + (int)any_below(12));
    } else {
        pty_resize(pty, 1 + (int)any_below(70), 1 + (int)any_below(220));
    }
}

/* Not where a key before has let it leave. */
static void interrupt(struct pty *pty) {
    if (!pty->exited && kill(pty_pid(pty), SIGINT) != 0) {
        assert_int_equal(errno, ESRCH);
    }
}

static const struct {
    unsigned often;
    void (*act)(struct pty *pty);
} acts[] = {{60, press_key}, {18, type_command}, {4, paste},
            {10, click},     {6, change_size},   {2, interrupt}};

static void act(struct pty *pty) {
    unsigned at = any_below(100);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        if (at < acts[i].often) {
            acts[i].act(pty);
            return;
        }
        at -= acts[i].often;
    }
}

/* ---- is it well? ---- */

/* It is the title, and not a preview while the line still waits at the prompt. */
static bool answered(struct pty *pty, void *context) {
    const char *line = context, *shown = strstr(line, "alive");
    return pty->exited || (strstr(pty_row_text(pty, 0), shown) && !pty_has_text(pty, line));
}

/* It shows what it is told to, or has left because it was asked to. */
static bool answers(struct pty *pty, unsigned long number) {
    char line[64];
    pty_type(pty, "\x1b[201~\x03");
    pty_resize(pty, 24, 80);
    pty_type(pty, "\x03");
    pty_type(pty, ":\x05\x15view walk; ");
    snprintf(line, sizeof line, "title alive-%lu.", number);
    pty_type(pty, line);
    pty_type(pty, "\r");
    pty_wait(pty, answered, line, "an answer");
    return !pty->exited;
}

static bool screen_is_back(struct pty *pty, void *context) {
    (void)context;
    return !pty_state(pty).alternate_screen;
}

static bool has_screen(struct pty *pty, void *context) {
    (void)context;
    return pty_state(pty).alternate_screen;
}

/* Until it has the terminal again: what is typed before belongs to the shell's modes. */
static void stop_and_go_on(struct pty *pty) {
    pty_signal(pty, SIGTSTP);
    assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
    assert_true(pty_modes_as_before(pty));
    pty_wait(pty, screen_is_back, NULL, "the shell's screen");
    pty_continue(pty, true);
    pty_wait(pty, has_screen, NULL, "the program's screen");
}

/* A ^C that the terminal takes up after the program gave it back throws away what was not
 * read yet of the program's farewell; so that is looked at only where none was typed. */
static void assert_ended_well(struct pty *pty, bool quietly) {
    int status = pty_wait_exit(pty);
    bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!good) {
        printf("status 0x%x\n", (unsigned)status);
        size_t count;
        const char *output = pty_output(pty, &count);
        printf("%.*s\n", (int)(count < 4000 ? count : 4000),
               output + (count < 4000 ? 0 : count - 4000));
    }
    assert_true(good);
    assert_true(pty_modes_as_before(pty));
    assert_false(quietly && pty_state(pty).alternate_screen);
    pty_close(pty);
}

static void test_monkey(void **state) {
    (void)state;
    const char *events = getenv("BACKSTEP_EVENTS"), *given = getenv("BACKSTEP_SEED");
    unsigned long most = events ? strtoul(events, NULL, 10) : 600, done = 0;
    seed = given ? strtoull(given, NULL, 10) : 7;
    seed = seed > 0 ? seed : 1;
    printf("seed %llu, %lu events\n", (unsigned long long)seed, most);
    struct catalogue catalogue;
    assert_int_equal(catalogue_open(&catalogue), 0);
    while (done < most) {
        const char *scene = catalogue.rows[any_below((unsigned)catalogue.count)].name;
        const char *argv[] = {getenv("BACKSTEP"), scene, NULL};
        struct pty_options options = {.argv = argv, .rows = 24, .cols = 80};
        struct pty *pty = pty_start(&options);
        pty_wait_text(pty, " of ");
        bool lives = true;
        for (int batch = 0; batch < 20 && lives && done < most; batch++) {
            for (int n = 0; n < 50; n++, done++) {
                act(pty);
            }
            pty_forget(pty);
            lives = answers(pty, done);
            if (lives && any_below(4) == 0) {
                stop_and_go_on(pty);
            }
            if (batch % 2 == 0) {
                pty_type(pty, "\x03"); /* else it goes on at the prompt */
            }
        }
        if (lives) {
            pty_type(pty, ":\x05\x15quit now\r");
        }
        assert_ended_well(pty, lives);
    }
    catalogue_close(&catalogue);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_monkey)};
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
