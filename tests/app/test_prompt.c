/*
 * tests/app/test_prompt.c - the prompt of the real program: what was typed is there in the
 * next run, and candidates stand inside a small screen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty.h"

static char folder[] = "/tmp/backstep-state-XXXXXX"; /* XDG_STATE_HOME */

static struct pty *start(int rows, int cols) {
    static char state_home[64];
    snprintf(state_home, sizeof state_home, "XDG_STATE_HOME=%s/new", folder);
    const char *argv[] = {getenv("BACKSTEP"), "one-neuron", NULL};
    const char *environment[] = {state_home, NULL};
    struct pty_options options = {
        .argv = argv, .rows = rows, .cols = cols, .environment = environment};
    assert_non_null(argv[0]);
    struct pty *pty = pty_start(&options);
    pty_wait_text(pty, "0 of 7");
    return pty;
}

static void leave(struct pty *pty) {
    pty_see(pty, "\x03", "Space go on");
    pty_leave(pty, "q");
}

static unsigned mode_of(const char *name) {
    char path[128];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 0777;
}

static void test_history_is_kept(void **state) {
    (void)state;
    assert_non_null(mkdtemp(folder));
    struct pty *pty = start(24, 80), *second = start(24, 80);
    pty_type(pty, ":digits 3\r");
    pty_wait_row_is(pty, 22, ":");
    pty_type(second, ":digits 5\r");
    pty_wait_row_is(second, 22, ":");
    leave(pty);
    leave(second);
    assert_int_equal(mode_of("new/backstep"), 0700);
    assert_int_equal(mode_of("new/backstep/history"), 0600);
    pty = start(24, 80);
    pty_type(pty, ":\x1b[A");
    pty_wait_row(pty, 22, ": digits 5");
    pty_type(pty, "\x1b[A"); /* the lines of both */
    pty_wait_row(pty, 22, ": digits 3");
    leave(pty);
    static const char *const made[] = {"new/backstep/history", "new/backstep/history.lock"};
    char path[128];
    for (size_t n = 0; n < sizeof made / sizeof *made; n++) {
        snprintf(path, sizeof path, "%s/%s", folder, made[n]);
        unlink(path);
    }
    static const char *const folders[] = {"/new/backstep", "/new", ""};
    for (size_t n = 0; n < sizeof folders / sizeof *folders; n++) {
        snprintf(path, sizeof path, "%s%s", folder, folders[n]);
        assert_int_equal(rmdir(path), 0); /* nothing else was left */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_history_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
