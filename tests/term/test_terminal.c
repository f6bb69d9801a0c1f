/*
 * tests/term/test_terminal.c - the terminal in a pseudo-terminal: sizes, cells, keys, mouse,
 * paste.
 *
 * The program under test is this file's own binary, run again as the fixture of
 * tests/support/fixture.c, which says what it shows.
 */
#include <setjmp.h>
#include <fcntl.h>
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
#include "term/tty.h"
#include "view/theme.h"

/* -- Sizes and what is sent ----------------------------------------------------------- */

static void test_resize(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_resize(pty, 40, 120);
    pty_wait_row(pty, 0, "ready 120x40");
    pty_resize(pty, 10, 30);
    pty_wait_row(pty, 0, "ready 30x10");
    pty_type(pty, ":x");
    pty_wait_row(pty, 9, ": x");
    pty_resize(pty, 3, 8);
    pty_wait_row(pty, 0, "ready 8x");
    pty_wait_row(pty, 2, ": x");
    pty_resize(pty, 1, 1);
    pty_wait_row(pty, 0, ":");
    pty_resize(pty, 24, 80);
    pty_wait_row(pty, 0, "ready 80x24");
    pty_wait_row(pty, 23, ": x");
    pty_leave(pty, "\003q");
}

static void test_lines_and_columns_do_not_decide(void **state) {
    (void)state;
    static const char *const ENVIRONMENT[] = {"LINES=10", "COLUMNS=20", NULL};
    struct pty *pty = fixture_start_on(NULL, NULL, ENVIRONMENT);
    pty_wait_text(pty, "ready 80x24");
    pty_resize(pty, 30, 90);
    pty_wait_text(pty, "ready 90x30");
    pty_close(pty);
}

static void test_only_changed_cells_are_sent(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "a");
    pty_wait_row(pty, 1, "key 61");
    size_t count;
    pty_forget(pty);
    pty_type(pty, "b");
    pty_wait_row(pty, 1, "key 62");
    pty_wait_row(pty, 0, "events 2");
    (void)pty_output(pty, &count);
    assert_in_range(count, 2, 120);
    pty_forget(pty);
    pty_type(pty, "\014"); /* everything again */
    pty_wait_row(pty, 0, "events 3");
    pty_wait_row(pty, 1, "key c");
    pty_wait_text(pty, "abcdefghijklmnop");
    (void)pty_output(pty, &count);
    assert_in_range(count, 300, 100000);
    pty_close(pty);
}

static void test_cursor(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    assert_false(pty_state(pty).cursor_visible);
    pty_type(pty, ":trä世e");
    pty_wait_row(pty, 23, ": trä世e");
    pty_wait_cursor(pty, 23, 8);
    assert_true(pty_state(pty).cursor_visible);
    pty_type(pty, "\002\002");
    pty_wait_cursor(pty, 23, 5);
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    pty_type(pty, "z");
    pty_wait_row(pty, 1, "key 7a");
    assert_false(pty_state(pty).cursor_visible);
    pty_close(pty);
}

static void test_wide_and_combining(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "W");
    pty_wait_row(pty, 5, "a世界ée\xCC\x82 Σ ∂C/∂W → ½ ─┼─ ▄█");
    assert_int_equal(pty_cell(pty, 5, 1).width, 2);
    assert_int_equal(pty_cell(pty, 5, 6).mark, 0x302);
    pty_lose(pty, "W", "世");
    pty_close(pty);
}

static void test_ascii(void **state) {
    (void)state;
    static const char *const C_LOCALE[] = {"LC_ALL=C", NULL};
    static const char EXPECTED[] = "a????ee S dC/dW > h -+- =#";
    struct pty *pty = fixture_start_on(NULL, "ascii", NULL);
    pty_type(pty, "W");
    pty_wait_row(pty, 5, EXPECTED);
    pty_wait_row(pty, 6, "----------");
    pty_close(pty);
    pty = fixture_start_on(NULL, NULL, C_LOCALE); /* chosen by itself */
    pty_type(pty, "W");
    pty_wait_row(pty, 5, EXPECTED);
    pty_type(pty, "\303\244"); /* and no letter beyond ASCII can be typed */
    pty_wait_row(pty, 1, "key 11001");
    pty_close(pty);
}

/* -- Keys ------------------------------------------------------------------------------ */

static void test_keys(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *shown;
    } KEYS[] = {
        {"\033[A", "key 110000 modifiers 0 bytes 3"},
        {"\033OB", "key 110001 modifiers 0 bytes 3"},
        {"\033[1;5C", "key 110003 modifiers 4 bytes 6"},
        {"\303\244", "key e4 modifiers 0 bytes 2"},
        {"\033", "key 1b modifiers 0 bytes 1"},
        {"\033f", "key 66 modifiers 2 bytes 2"},
        {"\033[3~", "key 110009 modifiers 0 bytes 4"},
        {"\033[15~", "key 11000f modifiers 0 bytes 5"},
        {"\033\033", "key 1b modifiers 0 bytes 1"},
        {"\033[", "key 5b modifiers 2 bytes 2"},
        {"\177", "key 7f modifiers 0 bytes 1"},
        {"\r", "key d modifiers 0 bytes 1"},
        {"\t", "key 9 modifiers 0 bytes 1"},
        {"\033[Z", "key 11000a modifiers 0 bytes 3"},
        {"\033[?1;2c", "key 11001"},
        {"\360\237\230\200", "key 1f600 modifiers 0 bytes 4"},
    };
    struct pty *pty = fixture_start();
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        pty_type(pty, KEYS[i].bytes);
        pty_wait_row(pty, 1, KEYS[i].shown);
        pty_type(pty, "z");
        pty_wait_row(pty, 1, "key 7a");
    }
    pty_close(pty);
}

static void test_mouse(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "\033[<0;5;3M");
    pty_wait_row(pty, 1, "mouse 0 button 1 at 2,4 modifiers 0");
    pty_type(pty, "\033[<32;6;3M");
    pty_wait_row(pty, 1, "mouse 2 button 1 at 2,5 modifiers 0");
    pty_type(pty, "\033[<0;6;3m");
    pty_wait_row(pty, 1, "mouse 1 button 1 at 2,5 modifiers 0");
    pty_type(pty, "\033[<18;80;24M");
    pty_wait_row(pty, 1, "mouse 0 button 3 at 23,79 modifiers 4");
    pty_type(pty, "\033[<65;1;1M");
    pty_wait_row(pty, 1, "mouse 4 button 0 at 0,0");
    pty_close(pty);
    pty = fixture_start_on(NULL, "no-mouse", NULL);
    pty_wait_text(pty, "ready");
    assert_int_equal(pty_state(pty).mouse, 0);
    assert_true(pty_state(pty).bracketed_paste);
    pty_close(pty);
}

static void send_paste(struct pty *pty, size_t size, const char *end) {
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 'q', size);
    pty_type(pty, "\033[200~");
    pty_send(pty, bytes, size);
    pty_type(pty, end);
    free(bytes);
}

static void test_paste(void **state) {
    (void)state;
    struct pty *pty = fixture_start();
    pty_type(pty, "\033[200~one\r\nq\rtwo\033[2001\003\033[201~");
    pty_wait_row(pty, 1, "paste 20 bytes, ends");
    send_paste(pty, 1000000, "end\033[201~");
    pty_wait_row(pty, 1, "paste 1000003 bytes, ends qqqqqqqqqqqqqqqqqend");
    send_paste(pty, 1200000, "end\033[201~z"); /* cut, and its end is still seen */
    pty_wait_row(pty, 1, "key 7a");
    pty_wait_row(pty, 0, "events 4");
    send_paste(pty, 100, ""); /* no end: it is a paste all the same */
    pty_wait_row(pty, 1, "paste 100 bytes, ends qqqqqqqqqqqqqqqqqqqq");
    pty_leave(pty, "q");
}

/* A terminal that was told not to wait, by whoever shares it, gets all bytes nevertheless. */
static void test_all_is_written(void **state) {
    (void)state;
    enum { COUNT = 1000000 };
    static char bytes[COUNT];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_not_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), -1);
    pid_t writer = fork();
    assert_int_not_equal(writer, -1);
    if (writer == 0) {
        struct tty tty = {.out = ends[1]};
        close(ends[0]);
        tty_write(&tty, bytes, COUNT);
        _exit(0);
    }
    close(ends[1]);
    size_t read_in_all = 0;
    for (ssize_t got; (got = read(ends[0], bytes, sizeof bytes)) > 0;) {
        read_in_all += (size_t)got;
    }
    close(ends[0]);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
    assert_int_equal(read_in_all, COUNT);
}

int main(int argc, char **argv) {
    int code;
    if (fixture_asked(argc, argv, &code)) {
        return code;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resize),
        cmocka_unit_test(test_lines_and_columns_do_not_decide),
        cmocka_unit_test(test_only_changed_cells_are_sent),
        cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_wide_and_combining),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_all_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
