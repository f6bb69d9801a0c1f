/*
 * tests/app/test_plain_terminal.c - plain mode where somebody types: the prompt, the ends of
 * it, and ^C.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty.h"

static struct pty *start(const char *term, const char *first, const char *second) {
    const char *argv[] = {getenv("BACKSTEP"), first, second, NULL};
    struct pty_options options = {.argv = argv, .term = term};
    return pty_start(&options);
}

static void leave(struct pty *pty, const char *keys) {
    pty_type(pty, keys);
    int status = pty_wait_exit(pty);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_true(pty_modes_as_before(pty));
    size_t count;
    const char *output = pty_output(pty, &count);
    assert_null(memchr(output, '\x1b', count));
    assert_null(memchr(output, '\b', count));
    pty_close(pty);
}

static void test_on_a_terminal(void **state) {
    (void)state;
    struct pty *pty = start(NULL, "--plain", "one-neuron");
    pty_wait_text(pty, "Enter is a step on");
    pty_see(pty, "\n", "z1[1] = 0.5 · 2 = 1");
    pty_see(pty, "foo\n", "backstep: there is no command 'foo'");
    pty_see(pty, "W0 = 2\n", "z1[1] = 2 · 2 = 4, was 1");
    leave(pty, "quit\n");
    pty = start("dumb", "--plain", NULL);
    pty_wait_text(pty, "1. one-neuron");
    pty_see(pty, "1\n", "Pause 1 of 12.");
    leave(pty, "\x04"); /* ^D */
}

/* Lines that are too long go on in the next row at a blank: no word is cut. */
static void test_in_a_narrow_terminal(void **state) {
    (void)state;
    const char *argv[] = {getenv("BACKSTEP"), "--plain", "one-neuron", NULL};
    struct pty_options options = {.argv = argv, .rows = 24, .cols = 40};
    struct pty *pty = pty_start(&options);
    pty_wait_text(pty, "leaves.");
    pty_wait_row_is(pty, 1, "Network 1-1, activation ReLU, cost");
    pty_wait_row_is(pty, 2, "half-squared, no biases, optimizer sgd.");
    pty_wait_row_is(pty, 3, "One input, one weight, one neuron. We");
    pty_wait_row_is(pty, 4, "want the output 3 for the input 2. Right");
    leave(pty, "quit\n");
}

/* ^C ends a long command and keeps what it has reached. */
static void test_interrupt(void **state) {
    (void)state;
    struct pty *pty = start(NULL, "--plain", "general");
    pty_wait_text(pty, "Enter is a step on");
    /* the line runs */
    pty_see(pty, "train 3; print 11111 * 11111; train 1000000000\n", "123454321");
    pty_see(pty, "\x03", "updates, C =");
    pty_wait_text(pty, "W0[1,1]: ");
    pty_type(pty, "print W0\n");
    leave(pty, "q\n");
}

/* ... and where a scene does it, the scene stands there, and goes on when it is told to. */
static void test_interrupt_in_a_scene(void **state) {
    (void)state;
    char file[] = "/tmp/backstep-plain-XXXXXX";
    const char *scene = "net 1 1\nlr = 0\npause\ntrain 1000000000000\nsay behind it\npause\n";
    int fd = mkstemp(file);
    assert_true(fd >= 0 && write(fd, scene, strlen(scene)) == (ssize_t)strlen(scene));
    close(fd);
    struct pty *pty = start(NULL, "--plain", file);
    pty_wait_text(pty, "Enter is a step on");
    pty_see(pty, "print 22222 * 22222; continue\n", "493817284"); /* the line runs */
    pty_see(pty, "\x03", "stopped here: 'continue' goes on");
    assert_false(pty_has_text(pty, "behind it"));
    pty_see(pty, "continue\n", "behind it");
    leave(pty, "q\n");
    pty = start(NULL, file, NULL); /* and so on the screen */
    pty_wait_text(pty, "1/2");
    pty_see(pty, " ", "training ");
    pty_see(pty, "\x03", ":4:1: stopped here: Space goes on");
    pty_see(pty, " ", "behind it");
    pty_type(pty, "q");
    pty_wait_exit(pty);
    pty_close(pty);
    unlink(file);
}

/* `fmt` writes a scene as it is, but for what a terminal would obey. */
static void test_fmt_on_a_terminal(void **state) {
    (void)state;
    char file[] = "/tmp/backstep-plain-XXXXXX";
    const char *scene = "say a\xe2\x80\xae"
                        "b turned\n";
    int fd = mkstemp(file);
    assert_true(fd >= 0 && write(fd, scene, strlen(scene)) == (ssize_t)strlen(scene));
    close(fd);
    struct pty *pty = start(NULL, "fmt", file);
    pty_wait_text(pty, "b turned");
    assert_int_equal(pty_wait_exit(pty), 0);
    size_t count;
    const char *bytes = pty_output(pty, &count);
    for (size_t n = 0; n + 1 < count; n++) {
        assert_false(bytes[n] == '\xe2' && bytes[n + 1] == '\x80');
    }
    pty_close(pty);
    unlink(file);
}

/* "-" is standard input, and that is what is typed: no file is waited for there. */
static void test_no_file_is_typed(void **state) {
    (void)state;
    const char *why = "standard input is for commands here";
    struct pty *pty = start(NULL, "--plain", "general");
    pty_wait_text(pty, "Enter is a step on");
    pty_see(pty, "load -\n", why);
    leave(pty, "q\n");
    pty = start(NULL, "general", NULL);
    pty_wait_text(pty, "0 of 13");
    pty_see(pty, ":data csv -\r", why);
    pty_see(pty, "\x03", "q quit");
    pty_type(pty, "q");
    pty_wait_exit(pty);
    pty_close(pty);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_on_a_terminal),     cmocka_unit_test(test_in_a_narrow_terminal),
        cmocka_unit_test(test_interrupt),         cmocka_unit_test(test_interrupt_in_a_scene),
        cmocka_unit_test(test_fmt_on_a_terminal), cmocka_unit_test(test_no_file_is_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
