/*
 * tests/app/test_color.c - who asks for no colours gets none, on any terminal and
 * wherever the program goes: what it sends is searched for every sequence that sets
 * one. Attributes (bold, underline, reverse) stay: they tell what colours told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sys/wait.h>

#include <cmocka.h>

#include "pty.h"

enum { PARAMETERS_MOST = 16 };

/* Parameters of SGR that set a colour, or the terminal's own (39, 49). */
static bool sets_color(long parameter) {
    return (parameter >= 30 && parameter <= 49) || (parameter >= 90 && parameter <= 107);
}

struct sent {
    size_t colors, attributes;
};

/* One sequence "ESC [ 1 ; 31 m" at its parameters. */
static void count_parameters(struct sent *sent, const char *at, const char *end) {
    while (at < end) {
        char *next;
        long parameter = strtol(at, &next, 10);
        if (sets_color(parameter)) {
            sent->colors++;
            return; /* what follows 38 and 48 are no attributes */
        }
        sent->attributes += parameter >= 1 && parameter <= 9;
        at = next + 1;
    }
}

static struct sent count_sgr(const struct pty *pty) {
    struct sent sent = {0, 0};
    size_t count;
    const char *bytes = pty_output(pty, &count), *end = bytes + count;
    for (const char *at = bytes; at + 2 < end; at++) {
        if (at[0] != '\x1b' || at[1] != '[') {
            continue;
        }
        const char *parameters = at + 2, *last = parameters;
        while (last < end && strchr("0123456789;:", *last)) {
            last++;
        }
        if (last < end && *last == 'm') {
            count_parameters(&sent, parameters, last);
        }
    }
    return sent;
}

/* A walk over all screens; returns what colours and attributes it took. */
static struct sent visit(const char *term, const char *option, const char *const *environment) {
    const char *argv[] = {getenv("BACKSTEP"), "general", option, NULL};
    struct pty_options options = {.argv = argv, .term = term, .environment = environment};
    struct pty *pty = pty_start(&options);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, "8n", "8 of 13");
    pty_see(pty, ":W0[1,2] = 1", ": W0[1,2] = 1");
    pty_see(pty, "\r\x03?", "a step back");
    pty_see(pty, "\x03:foo\r", "there is no command 'foo'");
    pty_see(pty, "\x03\t\t\t\tm", "One neuron, all the way");
    pty_type(pty, "\x1b[Bqy");
    int status = pty_wait_exit(pty);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    struct sent sent = count_sgr(pty);
    pty_close(pty);
    return sent;
}

static const char *const terms[] = {"xterm-256color", "xterm", "linux", "screen-256color"};
enum { TERMS = sizeof terms / sizeof *terms };

static void test_colours_by_default(void **state) {
    (void)state;
    for (size_t i = 0; i < TERMS; i++) {
        assert_true(visit(terms[i], NULL, NULL).colors > 10);
    }
    const char *const deep[] = {"COLORTERM=truecolor", NULL};
    assert_true(visit("xterm-256color", NULL, deep).colors > 10);
    const char *const empty[] = {"NO_COLOR=", NULL}; /* empty is not set, says no-color.org */
    assert_true(visit("xterm-256color", NULL, empty).colors > 10);
}

static void test_no_color_in_the_environment(void **state) {
    (void)state;
    const char *const none[] = {"NO_COLOR=1", "COLORTERM=truecolor", NULL};
    for (size_t i = 0; i < TERMS; i++) {
        struct sent sent = visit(terms[i], NULL, none);
        assert_int_equal(sent.colors, 0);
        assert_true(sent.attributes > 10);
    }
}

static void test_no_color_option(void **state) {
    (void)state;
    const char *const deep[] = {"COLORTERM=truecolor", NULL};
    for (size_t i = 0; i < TERMS; i++) {
        struct sent sent = visit(terms[i], "--no-color", deep);
        assert_int_equal(sent.colors, 0);
        assert_true(sent.attributes > 10);
    }
}

/* The theme without colours sends none of its own; ncurses may say "the terminal's own". */
static void test_terminals_without_colours(void **state) {
    (void)state;
    struct sent sent = visit("vt100", NULL, NULL);
    assert_int_equal(sent.colors, 0);
    assert_true(sent.attributes > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_colours_by_default),
        cmocka_unit_test(test_no_color_in_the_environment),
        cmocka_unit_test(test_no_color_option),
        cmocka_unit_test(test_terminals_without_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
