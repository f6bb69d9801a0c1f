/*
 * tests/app/test_pick.c - picking, nudging and editing numbers by keys, in the real program.
 * By the mouse: test_mouse.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pty.h"

static void test_nudge(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, "w", "W0[1,1] = 0.5, a nudge is 0.1");
    pty_wait_text(pty, "Esc done");
    pty_see(pty, "\x1b[C+", "W0[1,2]: −0.3 → −0.2, up");
    pty_see(pty, "++", "W0[1,2]: −0.3 → 0, up"); /* since the first of them */
    pty_see(pty, "/-", "W0[1,2]: −0.3 → −0.01, up");
    pty_see(pty, "u", "W0[1,2]: −0.01 → −0.3, down"); /* all at once */
    pty_see(pty, "3+", "W0[1,2]: −0.3 → −0.27, up");
    pty_see(pty, "ww", "W0[1,1] = 0.5, a nudge is 0.01"); /* left and entered again */
    pty_leave(pty, "qy");
}

/* Everything that hangs on a nudged number is new at once; the marks fade at a step. */
static void test_nudge_is_live(void **state) {
    (void)state;
    struct pty *pty = pty_program(40, 120, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, "Gw", "a nudge is");
    pty_see(pty, ":pick W0[1,2]\r\x03", "W0[1,2] = -0.3");
    pty_see(pty, "*++", "W0[1,2]: −0.3 → 1.7, up");
    pty_wait_text(pty, "0.9000↑"); /* z of neuron 2, which wakes up */
    pty_wait_text(pty, "was −1.0162");
    pty_lose(pty, "wp", "0.9000↑");
    assert_false(pty_has_text(pty, "was"));
    pty_leave(pty, "qy");
}

static void test_edit_in_place(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, "w\r", ": W0[1,1] = 0.5");
    /* 0.75; the prompt closes by itself */
    pty_see(pty,
            "\x7f"
            "75\r",
            "W0[1,1]: 0.5 → 0.75, up");
    pty_wait_text(pty, "Esc done");
    /* what is wrong stays, to be mended */
    pty_see(pty,
            "\r\x7f\x7f\x7f\x7f"
            "oops\r",
            ": W0[1,1] = oops");
    pty_lose(pty, "\x1b", ": W0[1,1] = oops");
    pty_see(pty, "\x1b", "? keys"); /* and now the pick ends */
    pty_leave(pty, "qy");
}

/* What is typed first takes the place of the old value; a key that edits takes it up. */
static void test_edit_offers_the_value(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, "w\r", ": W0[1,1] = 0.5");
    pty_wait_text(pty, "digits replace it, Backspace edits it");
    pty_lose(pty, "-", "W0[1,1] = 0.5");
    pty_wait_gone(pty, "digits replace");
    pty_see(pty, "2", ": W0[1,1] = -2");
    /* undone: first what was typed, then that the old one went */
    pty_see(pty, "\x1f\x1f", ": W0[1,1] = 0.5");
    pty_see(pty, "1\r", "W0[1,1]: 0.5 → 0.51, up");
    pty_see(pty, "\r\x1b[D7\r", "W0[1,1]: 0.51 → 0.571, up"); /* Left: edited in its place */
    pty_see(pty, "\r", "digits replace it");
    pty_see(pty, "\x1b[200~3\x1b[201~", ": W0[1,1] = 3");
    pty_wait_gone(pty, "0.5713");
    pty_see(pty, "\r", "W0[1,1]: 0.571 → 3, up");
    pty_leave(pty, "qy");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nudge),
        cmocka_unit_test(test_nudge_is_live),
        cmocka_unit_test(test_edit_in_place),
        cmocka_unit_test(test_edit_offers_the_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
