/*
 * tests/term/test_terminal_ends.c - every way out of the terminal, and back into it: signals,
 * crashes, being stopped.
 *
 * The program under test is this file's own binary, run again as the fixture of
 * tests/support/fixture.c, which says what it shows.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "fixture.h"
#include "pty.h"
#include "term/keys.h"
#include "view/theme.h"

static void assert_taken(struct pty *pty) {
    struct pty_state state = pty_state(pty);
    assert_true(state.alternate_screen);
    assert_int_equal(state.mouse, 2);
    assert_true(state.bracketed_paste);
    assert_false(pty_modes_as_before(pty));
}

/* -- Endings ------------------------------------------------------------------------ */

struct ending {
    const char *keys; /* typed, or NULL for the signal */
    int signal;       /* sent, where no keys are */
    int exit_code;    /* expected, or -1: dies of the signal `dies_of` */
    int dies_of;
};

static void assert_ends(const struct ending *ending) {
    struct pty *pty = fixture_start();
    assert_taken(pty);
    if (ending->keys) {
        pty_type(pty, ending->keys);
    } else {
        pty_signal(pty, ending->signal);
    }
    int status = pty_wait_exit(pty);
    pty_assert_given_back(pty);
    if (ending->exit_code >= 0) {
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), ending->exit_code);
    } else if (!SANITIZED) { /* sanitizers make an exit of a crash */
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), ending->dies_of);
    }
    pty_close(pty);
}

static void test_every_ending_restores_the_terminal(void **state) {
    (void)state;
    static const struct ending ENDINGS[] = {
        {"q", 0, 0, 0},
        {"\034", 0, 128 + SIGQUIT, 0},
        {NULL, SIGTERM, 128 + SIGTERM, 0},
        {NULL, SIGHUP, 128 + SIGHUP, 0},
        {NULL, SIGQUIT, 128 + SIGQUIT, 0},
        {"X", 0, 3, 0},
        {"S", 0, -1, SIGSEGV},
        {"A", 0, -1, SIGABRT},
        {NULL, SIGSEGV, -1, SIGSEGV},
        {NULL, SIGABRT, -1, SIGABRT},
        {NULL, SIGBUS, -1, SIGBUS},
        {NULL, SIGFPE, -1, SIGFPE},
        {NULL, SIGILL, -1, SIGILL},
    };
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        assert_ends(&ENDINGS[i]);
    }
}

static void test_a_crash_at_the_prompt_restores_too(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, ":W0 = 1");
    pty_wait_row(pty, 23, ": W0 = 1");
    pty_signal(pty, SIGSEGV);
    (void)pty_wait_exit(pty);
    pty_assert_given_back(pty);
    pty_close(pty);
}

static void test_a_lost_terminal_quits(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_hang_up(pty);
    int status = pty_wait_exit(pty);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 128 + SIGHUP);
    pty_close(pty);
}

static bool is_given_back(struct pty *pty, void *context) {
    (void)context;
    return !pty_state(pty).alternate_screen;
}

static bool has_unread(struct pty *pty, void *context) {
    (void)context;
    return pty_has_unread(pty);
}

/* A terminal that takes nothing any more is no reason not to end. */
static void test_told_to_end_while_nobody_reads(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_read(pty, false);
    pty_type(pty, "F");
    pty_wait(pty, has_unread, NULL, "the flood");
    pty_signal(pty, SIGTERM);
    int status = pty_wait_exit(pty);
    pty_read(pty, true);
    pty_wait(pty, is_given_back, NULL, "the terminal given back");
    pty_assert_given_back(pty);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
    pty_close(pty);
}

static void test_interrupt_is_an_event(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "\003");
    pty_wait_row(pty, 1, "interrupt");
    pty_type(pty, "z");
    pty_wait_row(pty, 1, "key 7a");
    pty_signal(pty, SIGINT);
    pty_wait_row(pty, 1, "interrupt");
    pty_close(pty);
}

static void test_work_can_be_interrupted(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "T");
    pty_wait_row(pty, 1, "working");
    pty_type(pty, "qqq\003");
    pty_wait_row(pty, 1, "work interrupted"); /* and the q before ^C are gone */
    pty_type(pty, "T");
    pty_wait_row(pty, 1, "working");
    pty_signal(pty, SIGINT);
    pty_wait_row(pty, 1, "work interrupted");
    pty_type(pty, "T");
    pty_wait_row(pty, 1, "working");
    pty_signal(pty, SIGTERM);
    assert_int_equal(WEXITSTATUS(pty_wait_exit(pty)), 128 + SIGTERM);
    pty_assert_given_back(pty);
    pty_close(pty);
}

/* -- Stopping ----------------------------------------------------------------------- */

static void stop_and_go_on(struct pty *pty) {
    assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
    pty_assert_given_back(pty);
    pty_continue(pty, true);
    pty_wait_row(pty, 1, "resume");
    pty_wait_row(pty, 2, "abcdefghijklmnopqrstuvwxyz");
    assert_taken(pty);
}

static void test_stop_and_foreground(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "\032");
    stop_and_go_on(pty);
    pty_type(pty, "z");
    pty_wait_row(pty, 1, "key 7a");
    pty_signal(pty, SIGTSTP);
    stop_and_go_on(pty);
    pty_type(pty, ":abc\032"); /* with the prompt open */
    stop_and_go_on(pty);
    pty_type(pty, "d");
    pty_wait_row(pty, 23, ": abcd");
    pty_leave(pty, "\003q");
}

static void test_a_size_that_changed_while_stopped(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "\032");
    assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
    pty_resize(pty, 30, 100);
    pty_continue(pty, true);
    pty_wait_row(pty, 0, "ready 100x30");
    pty_close(pty);
}

static void test_stopped_without_asking(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_signal(pty, SIGSTOP);
    assert_int_equal(pty_wait_stopped(pty), SIGSTOP);
    pty_continue(pty, true);
    pty_wait_row(pty, 1, "resume");
    pty_leave(pty, "q");
}

static void test_background_waits_for_foreground(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "\032");
    assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
    pty_continue(pty, false);
    int number = pty_wait_stopped(pty); /* it may not have the terminal yet */
    assert_true(number == SIGTTOU || number == SIGTTIN);
    assert_true(pty_modes_as_before(pty));
    pty_continue(pty, true);
    pty_wait_row(pty, 1, "resume");
    assert_taken(pty);
    pty_close(pty);
}

/* In the background the terminal has the modes of a shell that edits its line: they are
 * not those to give back. Stopped by ^Z, and unasked. */
static void test_background_takes_no_modes(void **state) {
    (void)state;
    for (int unasked = 0; unasked < 2; unasked++) {
        struct pty *pty = fixture_start();
        if (unasked) {
            pty_signal(pty, SIGSTOP);
        } else {
            pty_type(pty, "\032");
        }
        assert_int_equal(pty_wait_stopped(pty), unasked ? SIGSTOP : SIGTSTP);
        pty_edit_modes(pty, true);
        for (int times = 0; times < 2; times++) {
            pty_continue(pty, false);
            assert_int_equal(pty_wait_stopped(pty), SIGTTOU);
        }
        pty_edit_modes(pty, false);
        pty_continue(pty, true);
        pty_wait_row(pty, 1, "resume");
        pty_leave(pty, "q");
    }
}

/* Nor are they where it was started there. */
static void test_started_in_the_background(void **state) {
    (void)state;
    const char *const argv[] = {"/bin/sh", "-c", "kill -STOP $$; exec \"$0\" fixture",
                                fixture_program(), NULL};
    struct pty *pty = pty_start(&(struct pty_options){.argv = argv});
    assert_int_equal(pty_wait_stopped(pty), SIGSTOP);
    pty_edit_modes(pty, true);
    pty_continue(pty, false);
    assert_int_equal(pty_wait_stopped(pty), SIGTTOU);
    pty_edit_modes(pty, false);
    pty_continue(pty, true);
    pty_wait_text(pty, "ready");
    pty_leave(pty, "q");
}

static void test_told_to_end_while_stopped(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "\032");
    assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
    pty_signal(pty, SIGTERM);
    pty_continue(pty, false);
    assert_int_equal(WEXITSTATUS(pty_wait_exit(pty)), 128 + SIGTERM);
    pty_assert_given_back(pty);
    pty_close(pty);
}

static void test_open_twice(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    for (int i = 0; i < 3; i++) {
        pty_type(pty, "O");
        pty_wait_row(pty, 1, "key 4f");
        pty_type(pty, ":ab");
        pty_wait_row(pty, 23, ": ab");
        pty_type(pty, "\003");
        pty_wait_row(pty, 3, "cancelled");
        pty_type(pty, ":\r\003y"); /* so that the next round waits for something new */
        pty_wait_row(pty, 1, "key 79");
    }
    pty_leave(pty, "q");
}

int main(int argc, char **argv) {
    int code;
    if (fixture_asked(argc, argv, &code)) {
        return code;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_ending_restores_the_terminal),
        cmocka_unit_test(test_a_crash_at_the_prompt_restores_too),
        cmocka_unit_test(test_a_lost_terminal_quits),
        cmocka_unit_test(test_told_to_end_while_nobody_reads),
        cmocka_unit_test(test_interrupt_is_an_event),
        cmocka_unit_test(test_work_can_be_interrupted),
        cmocka_unit_test(test_stop_and_foreground),
        cmocka_unit_test(test_a_size_that_changed_while_stopped),
        cmocka_unit_test(test_stopped_without_asking),
        cmocka_unit_test(test_background_waits_for_foreground),
        cmocka_unit_test(test_background_takes_no_modes),
        cmocka_unit_test(test_started_in_the_background),
        cmocka_unit_test(test_told_to_end_while_stopped),
        cmocka_unit_test(test_open_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
