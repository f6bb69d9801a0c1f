/*
 * tests/app/test_mouse.c - the mouse in the real program: what looks pressable is, numbers
 * are picked and explained, the wheel moves what it is over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "pty.h"

enum { LEFT = 0, WHEEL_UP = 64, WHEEL_DOWN = 65 };

static void mouse(struct pty *pty, int button, int row, int col) {
    char bytes[48];
    snprintf(bytes, sizeof bytes, "\x1b[<%d;%d;%dM", button, col + 1, row + 1);
    pty_type(pty, bytes);
    if (button == LEFT) {
        snprintf(bytes, sizeof bytes, "\x1b[<%d;%d;%dm", button, col + 1, row + 1);
        pty_type(pty, bytes);
    }
}

static void click(struct pty *pty, const char *text) {
    int row, col;
    pty_wait_text(pty, text);
    pty_find(pty, text, &row, &col);
    mouse(pty, LEFT, row, col);
}

static void test_click_picks(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "−0.3000");
    assert_int_equal(pty_state(pty).mouse, 2);
    click(pty, "−0.3000");
    pty_wait_text(pty, "W0[1,2] = -0.3, a nudge is 0.1");
    pty_see(pty, "+", "W0[1,2]: −0.3 → −0.2, up");
    click(pty, "−0.2000"); /* the picked one: edited */
    pty_wait_text(pty, ": W0[1,2] = -0.2");
    click(pty, "0.8000"); /* while a line is typed the mouse leaves it alone */
    mouse(pty, WHEEL_UP, 5, 5);
    pty_see(pty, "-0.25", ": W0[1,2] = -0.25");
    click(pty, ": W0");
    pty_see(pty, "\r", "W0[1,2]: −0.2 → −0.25, down");
    pty_leave(pty, "qy");
}

static void test_click_explains(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "step 0 of 13");
    pty_see(pty, "G", "step 13 of 13");
    click(pty, "1.0800"); /* first found: the gradient, of which there is nothing to pick */
    pty_wait_text(pty, "why ∂C/∂r⁽¹⁾₂ = 1.08");
    pty_lose(pty, "\x1b", "why");
    click(pty, "0.6458");
    pty_wait_text(pty, "why C = 0.6458");
    pty_lose(pty, "\x1b", "why");
    pty_leave(pty, "q");
}

static void test_click_presses_keys(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "step 0 of 13");
    click(pty, "→ step");
    pty_wait_text(pty, "step 1 of 13");
    click(pty, "←→ step");
    pty_wait_text(pty, "step 0 of 13");
    click(pty, "w pick");
    pty_wait_text(pty, "a nudge is");
    click(pty, "+- nudge");
    pty_wait_text(pty, "W0[1,1]: 0.5 → 0.6, up");
    click(pty, "Esc done");
    pty_wait_text(pty, "? keys");
    click(pty, "? keys");
    pty_wait_text(pty, "Walk:");
    click(pty, "Esc back");
    pty_wait_gone(pty, "Walk:");
    click(pty, "q quit");
    pty_wait_text(pty, "y leave");
    click(pty, "n stay");
    pty_wait_text(pty, "? keys");
    pty_leave(pty, "qy");
}

static void test_menu_and_wheel(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, NULL, NULL);
    pty_wait_text(pty, "Several neurons: weights are matrices");
    click(pty, "Several neurons");
    pty_wait_text(pty, "Two inputs, three hidden");
    pty_see(pty, "h", "lines 1–21");
    mouse(pty, WHEEL_DOWN, 5, 5);
    pty_wait_text(pty, "lines 4–24");
    mouse(pty, WHEEL_UP, 5, 5);
    pty_wait_text(pty, "lines 1–21");
    pty_lose(pty, "\x1b", "lines 1–21");
    pty_see(pty, ":net 90 80 3; init he; view weights\r\x03", "1–11/90");
    mouse(pty, WHEEL_DOWN, 8, 8);
    pty_wait_text(pty, "4–14/90");
    mouse(pty, WHEEL_DOWN + 4, 8, 8); /* with Shift: sideways */
    pty_wait_text(pty, "4–21/80");
    pty_see(pty, "\x1b[6~", "25 +5"); /* PageDown */
    pty_see(pty, "\x1b", "1–11/90");
    pty_leave(pty, "qy");
}

static bool mouse_is_off(struct pty *pty, void *context) {
    (void)context;
    return pty_state(pty).mouse == 0;
}

static void test_mouse_off(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_type(pty, ":set mouse off\r\x03");
    pty_wait(pty, mouse_is_off, NULL, "the mouse is the terminal's");
    assert_true(pty_state(pty).bracketed_paste);
    pty_leave(pty, "q");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_click_picks),        cmocka_unit_test(test_click_explains),
        cmocka_unit_test(test_click_presses_keys), cmocka_unit_test(test_menu_and_wheel),
        cmocka_unit_test(test_mouse_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
