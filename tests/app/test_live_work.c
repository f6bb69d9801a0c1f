/*
 * tests/app/test_live_work.c - work in the real program: nothing of it is dropped unasked,
 * and what takes long is stopped, followed and given way to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty.h"

/* ^C leaves the prompt or a page at once. (Escape waits 50 ms for an Alt key: what
 * is typed within them would be one.) */
static const char leave_prompt[] = "\x03";

static void test_leaving_asks_where_work_would_be_lost(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "one-neuron", NULL);
    pty_wait_text(pty, "One input");
    pty_type(pty, ":W0 = 2\r");
    pty_type(pty, leave_prompt);
    pty_see(pty, "q", "y / n");
    pty_lose(pty, "n", "y / n");
    pty_leave(pty, "qy");
}

/* Going on drops what was changed only when it is asked for twice; what was undone is no
 * work, and neither is what was saved. */
static void test_going_on_asks_where_work_would_be_dropped(void **state) {
    (void)state;
    char file[] = "/tmp/backstep-save-XXXXXX", line[64];
    int fd = mkstemp(file);
    assert_true(fd >= 0);
    close(fd);
    struct pty *pty = pty_program(24, 80, "one-neuron", NULL);
    pty_wait_text(pty, "One input");
    pty_see(pty, "nn ", "Forward. The neuron"); /* steps are no work */
    pty_see(pty, ":W0 = 3.25\r\x03 ", "Space again drops your changes; 'keep' goes on with them");
    pty_wait_text(pty, "3.2500");
    pty_see(pty, "n]", "] again drops"); /* something else: it is asked anew */
    /* there is nothing to lose it for */
    pty_see(pty, ":goto nowhere\r", "there is no quantity and no mark 'nowhere'");
    pty_see(pty, PTY_KILL "goto dW\r", "there is no 'dW' here: 'dW0' is the only one");
    pty_type(pty, "\x03");
    pty_see(pty, "m\r", "lose your changes?  y / n");
    pty_see(pty, "n\x03 ", "Space again drops");
    pty_see(pty, " ", "The activation ReLU");
    pty_wait_gone(pty, "3.2500");
    pty_see(pty, ":W0 = 3.25\r\x03u ", "step 3 of 7"); /* undone: nothing is lost */
    pty_see(pty, ":W0 = 3.25\r\x03:keep\r\x03 ", "with what you kept");
    pty_wait_gone(pty, "step 3 of 7");
    pty_see(pty, "q", "y / n");
    snprintf(line, sizeof line, "n:save %s\r", file);
    pty_see(pty, line, "wrote");
    pty_type(pty, leave_prompt);
    pty_leave(pty, "q");
    unlink(file);
}

/* A new size and another screen are taken in while updates are made. */
static void test_a_training_follows_the_terminal(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, ":net 2 30 1; data spiral; batch all; until meanC < 1e-12 max 100000000\r",
            "training ");
    pty_resize(pty, 30, 100);
    pty_wait_row(pty, 29, "^C stop here");
    pty_see(pty, "\x1bOR", "meanC over the updates"); /* F3 */
    pty_type(pty, "n");
    pty_see(pty, leave_prompt, "stopped");
    pty_wait_text(pty, "meanC over the updates");
    pty_type(pty, leave_prompt);
    pty_leave(pty, "qy");
}

/* What takes long gives way to what is typed next while it is no more than a preview, and
 * to ^C when it runs. */
static void test_long_lines_give_way(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, ":net 2 1500 1500 1; data circle samples 60000\r", "2-1500-1500-1");
    pty_see(pty, "batch all", "this takes a moment to be shown");
    pty_see(pty, "\r", "working ... ^C stops it");
    pty_see(pty, "\x03", "stopped: all is as it was");
    pty_see(pty, PTY_KILL "print meanC", "too large to be worked out while it is typed");
    pty_see(pty, "\r", "working ... ^C stops it");
    pty_see(pty, "\x03", "stopped: all is as it was");
    pty_type(pty, leave_prompt);
    pty_leave(pty, "qy");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaving_asks_where_work_would_be_lost),
        cmocka_unit_test(test_going_on_asks_where_work_would_be_dropped),
        cmocka_unit_test(test_a_training_follows_the_terminal),
        cmocka_unit_test(test_long_lines_give_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
