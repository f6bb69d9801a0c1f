/*
 * tests/term/test_terminal_kinds.c - terminals of every kind: with many colours, few or none, and
 * those that are refused.
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

/* -- Kinds of terminals ------------------------------------------------------------------ */

static const struct look *look_of(enum role role) {
    return &theme_at(0)->looks[role];
}

static void assert_colors(struct pty *pty, int positive, int operand, int operand_paper) {
    pty_wait_row(pty, 2, "abcdefghijklmnopqrstuvwxyzabcdefgh");
    assert_int_equal(pty_cell(pty, 2, ROLE_POSITIVE).foreground, positive);
    assert_int_equal(pty_cell(pty, 2, ROLE_OPERAND_1).foreground, operand);
    assert_int_equal(pty_cell(pty, 2, ROLE_OPERAND_1).background, operand_paper);
    assert_int_equal(pty_cell(pty, 2, ROLE_TEXT).foreground, PTY_DEFAULT);
    assert_true(pty_cell(pty, 2, ROLE_HEADING).bold);
    pty_leave(pty, "q");
}

static void test_terminals_with_colors(void **state) {
    (void)state;
    static const char *const MANY[] = {"xterm-256color", "screen-256color", "tmux-256color"};
    static const char *const FEW[] = {"linux", "rxvt", "xterm", "screen"};
    const struct look *positive = look_of(ROLE_POSITIVE);
    const struct look *operand = look_of(ROLE_OPERAND_1);
    for (size_t i = 0; i < sizeof MANY / sizeof *MANY; i++) {
        assert_colors(fixture_start_on(MANY[i], NULL, NULL), positive->foreground.palette256,
                      operand->foreground.palette256, operand->background.palette256);
    }
    for (size_t i = 0; i < sizeof FEW / sizeof *FEW; i++) {
        assert_colors(fixture_start_on(FEW[i], NULL, NULL), positive->foreground.palette8,
                      operand->foreground.palette8, operand->background.palette8);
    }
}

/* A terminal type for direct colours, which is not installed everywhere. */
static bool make_type(char *folder) {
    static const char SOURCE[] = "xterm-direct|test,\n\tRGB, colors#0x1000000, pairs#0x10000,\n"
                                 "\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;"
                                 "%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,\n"
                                 "\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;"
                                 "%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,\n"
                                 "\tsetb@, setf@, initc@, ccc@, use=xterm-256color,\n";
    char command[256];
    if (!mkdtemp(folder)) {
        return false;
    }
    snprintf(command, sizeof command, "tic -x -o %s - 2>/dev/null", folder);
    FILE *tic = popen(command, "w");
    return tic && fputs(SOURCE, tic) >= 0 && pclose(tic) == 0;
}

static void test_direct_colors(void **state) {
    (void)state;
    char folder[] = "/tmp/backstep-terminfo-XXXXXX";
    if (!make_type(folder)) {
        skip(); /* no tic */
    }
    char terminfo[64];
    snprintf(terminfo, sizeof terminfo, "TERMINFO=%s", folder);
    const char *plain[] = {terminfo,
                           "TERMINFO_DIRS=/etc/terminfo:/lib/terminfo:/usr/share/terminfo", NULL};
    const char *promised[] = {terminfo, plain[1], "COLORTERM=truecolor", NULL};
    const struct look *positive = look_of(ROLE_POSITIVE);
    const struct look *operand = look_of(ROLE_OPERAND_1);
    for (int i = 0; i < 2; i++) {
        assert_colors(
            fixture_start_on(i ? "xterm-256color" : "xterm-direct", NULL, i ? promised : plain),
            PTY_RGB + positive->foreground.rgb, PTY_RGB + operand->foreground.rgb,
            PTY_RGB + operand->background.rgb);
    }
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static void test_promise_without_a_type(void **state) {
    (void)state;
    static const char *const PROMISE[] = {"COLORTERM=truecolor", "TERMINFO=/nonexistent", NULL};
    const struct look *operand = look_of(ROLE_OPERAND_1);
    assert_colors(fixture_start_on("screen-256color", NULL, PROMISE),
                  look_of(ROLE_POSITIVE)->foreground.palette256, operand->foreground.palette256,
                  operand->background.palette256);
}

static void assert_no_colors(struct pty *pty) {
    pty_wait_row(pty, 2, "abcdefghijklmnopqrstuvwxyzabcdefgh");
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct pty_cell cell = pty_cell(pty, 2, role);
        int mono = theme_at(0)->looks[role].mono_attributes;
        assert_int_equal(cell.foreground, PTY_DEFAULT);
        assert_int_equal(cell.background, PTY_DEFAULT);
        assert_int_equal(cell.bold, (mono & LOOK_BOLD) != 0);
        assert_int_equal(cell.underline, (mono & LOOK_UNDERLINE) != 0);
        assert_int_equal(cell.reverse, (mono & LOOK_REVERSE) != 0);
    }
    pty_type(pty, "\033[A");
    pty_wait_row(pty, 1, "key 110000");
    pty_leave(pty, "q");
}

static void test_terminals_without_colors(void **state) {
    (void)state;
    assert_no_colors(fixture_start_on("vt100", NULL, NULL));
    assert_no_colors(fixture_start_on("xterm-256color", "no-color", NULL));
    assert_no_colors(fixture_start_on("linux", "no-color", NULL));
}

static void test_every_theme(void **state) {
    (void)state;
    for (size_t i = 0; theme_at(i); i++) {
        char word[64];
        const struct look *look = &theme_at(i)->looks[ROLE_NEGATIVE];
        snprintf(word, sizeof word, "theme=%s", theme_at(i)->name);
        struct pty *pty = fixture_start_on(NULL, word, NULL);
        pty_wait_row(pty, 2, "abcdefghijklmnopqrstuvwxyzabcdefgh");
        assert_int_equal(pty_cell(pty, 2, ROLE_NEGATIVE).foreground, look->foreground.palette256);
        assert_int_equal(pty_cell(pty, 2, ROLE_NEGATIVE).background, look->background.palette256);
        pty_close(pty);
    }
}

static void assert_refused(struct pty *pty, const char *message) {
    size_t count;
    int status = pty_wait_exit(pty);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    if (!pty_has_text(pty, message)) {
        fail_msg("'%s' is not in: %s", message, pty_row_text(pty, 0));
    }
    const char *output = pty_output(pty, &count);
    assert_null(memchr(output, '\033', count)); /* nothing but the message */
    pty_assert_given_back(pty);
    pty_close(pty);
}

static void test_refused(void **state) {
    (void)state;
    assert_refused(fixture_start_on("dumb", NULL, NULL),
                   "terminal type 'dumb' cannot move the cursor");
    assert_refused(fixture_start_on("no-such-thing", NULL, NULL),
                   "unknown terminal type 'no-such-thing'");
    assert_refused(fixture_start_on("", NULL, NULL), "TERM is not set");
    assert_refused(fixture_start_on("../../etc/passwd", NULL, NULL), "unknown terminal type");
    char *long_name = malloc(5000);
    assert_non_null(long_name);
    memset(long_name, 'x', 4999);
    long_name[4999] = '\0';
    assert_refused(fixture_start_on(long_name, NULL, NULL), "unknown terminal type");
    free(long_name);
}

static void test_no_terminal(void **state) {
    (void)state;
    static const char *const COMMANDS[] = {"exec \"$0\" fixture </dev/null",
                                           "\"$0\" fixture | cat; exit 1"};
    static const char *const MESSAGES[] = {"standard input is not a terminal",
                                           "standard output is not a terminal"};
    for (int i = 0; i < 2; i++) {
        const char *argv[] = {"sh", "-c", COMMANDS[i], fixture_program(), NULL};
        struct pty_options options = {.argv = argv};
        assert_refused(pty_start(&options), MESSAGES[i]);
    }
}

int main(int argc, char **argv) {
    int code;
    if (fixture_asked(argc, argv, &code)) {
        return code;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_terminals_with_colors),
        cmocka_unit_test(test_direct_colors),
        cmocka_unit_test(test_promise_without_a_type),
        cmocka_unit_test(test_terminals_without_colors),
        cmocka_unit_test(test_every_theme),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_no_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
