/*
 * tests/lang/test_command_pick.c - picking a number, nudging it, taking that back; and
 * scrolling over weights.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "script.h"

static struct script s;

static int open_script(void **state) {
    (void)state;
    script_open(&s);
    script_run(&s, "net 2 3 2; bias on; W0 = [0.5 -0.3 0.8; 0.1 0.4 -0.2]; x = 1 -2");
    return 0;
}
static int close_script(void **state) {
    (void)state;
    script_close(&s);
    return 0;
}

static void assert_picked(const char *name) {
    struct text text = TEXT_EMPTY;
    assert_true(s.session.now.pick.active);
    quantity_name(&text, &s.session.now.pick.q);
    assert_string_equal(text_string(&text), name);
    text_free(&text);
}

static void test_pick(void **state) {
    (void)state;
    script_run(&s, "pick W0[1,2]");
    assert_picked("W0[1,2]");
    assert_string_equal(text_string(&s.result.message), "W0[1,2] = -0.3, a nudge is 0.1");
    script_run(&s, "pick right");
    assert_picked("W0[1,3]");
    script_run(&s, "pick left 2");
    assert_picked("W0[1,1]");
    script_run(&s, "pick down");
    assert_picked("W0[2,1]");
    script_run(&s, "pick down");
    assert_picked("b0[1]");
    script_run(&s, "pick next");
    assert_picked("W1[1,1]");
    script_run(&s, "pick previous 3");
    assert_picked("x[1]");
    script_run(&s, "pick b1");
    assert_picked("b1[1]");
    script_run(&s, "pick off");
    assert_false(s.session.now.pick.active);
    script_run(&s, "goto START; step; pick"); /* what the equation is about */
    assert_picked("W0[1,1]");
    script_run(&s, "bias off; pick y[2]; net 1 1");
    assert_false(s.session.now.pick.active); /* there is no y[2] any more */
}

static void test_pick_refuses(void **state) {
    (void)state;
    script_fails_with(&s, "pick dW0[1,1]", 6, "'dW0[1,1]' is not set by hand");
    script_fails_with(&s, "pick W0[9,1]", 9, "9");
    script_fails_with(&s, "pick W0[1,1] off", 14, "unexpected 'off'");
    script_fails_with(&s, "nudge", 1, "no number is picked: 'pick W0[1,1]' picks one");
    script_fails_with(&s, "edit", 1, "no number is picked");
    script_run(&s, "pick x");
    script_fails_with(&s, "nudge 0", 7, "whole number");
    script_fails_with(&s, "nudge step nil", 12, "'*10' or '/10'");
    script_fails_with(&s, "nudge step 0", 12, "a step is from 1e-12 to 1e6");
    script_fails_with(&s, "nudge step -1", 12, "is no step");
    script_fails_with(&s, "nudge up", 7, "is no number of steps");
}

static void test_nudge(void **state) {
    (void)state;
    script_run(&s, "pick W0[1,2]; nudge");
    script_prints(&s, "print W0[1,2]", "-0.2\n");
    script_run(&s, "nudge +; nudge + 3; nudge +1"); /* no noise of binary fractions */
    script_prints(&s, "print W0[1,2]", "0.3\n");
    script_run(&s, "nudge -; nudge -2; nudge - 1");
    script_prints(&s, "print W0[1,2]", "-0.1\n");
    script_run(&s, "nudge step /10; nudge 3");
    script_prints(&s, "print W0[1,2]", "-0.07\n");
    script_run(&s, "nudge step *10; nudge step *10; nudge");
    script_prints(&s, "print W0[1,2]", "0.93\n");
    script_run(&s, "nudge step 0.25; nudge"); /* everything is live */
    script_run(&s, "expect z1[2] ~ 0.38");
    script_run(&s, "pick y[1]; nudge");
    script_prints(&s, "print y[1]", "0.25\n");
}

/* A row of nudges of one number is one change; what comes between parts them. */
static void test_undo(void **state) {
    (void)state;
    script_run(&s, "pick W0[1,1]; nudge; nudge; nudge 2");
    script_prints(&s, "print W0[1,1]", "0.9\n");
    script_run(&s, "undo");
    script_prints(&s, "print W0[1,1]", "0.5\n");
    assert_picked("W0[1,1]"); /* and may be nudged on */
    script_run(&s, "redo");
    script_prints(&s, "print W0[1,1]", "0.9\n");
    script_run(&s, "nudge; undo"); /* not one with what was done again */
    script_prints(&s, "print W0[1,1]", "0.9\n");
    script_run(&s, "nudge; pick right; nudge; undo");
    script_prints(&s, "print W0[1,1] - W0[1,2]", "1.3\n");
    script_run(&s, "undo; nudge; step; nudge; undo"); /* a step of the walk parts them too */
    script_prints(&s, "print W0[1,1]", "0.9\n");
    script_prints(&s, "print W0[1,2]", "-0.2\n");
}

/* Undo brings numbers back, not the look. */
static void test_undo_keeps_the_look(void **state) {
    (void)state;
    script_run(&s, "x = 5 5; view weights; digits 6; pick W1[1,1]; undo");
    assert_int_equal(s.session.now.screen, SCREEN_WEIGHTS);
    assert_int_equal(s.session.now.digits, 6);
    assert_picked("W1[1,1]");
    script_prints(&s, "print x", "1 -2\n");
    script_run(&s, "pick W0[2,3]; net 1 1; undo; redo");
    assert_false(s.session.now.pick.active);
}

static void assert_scroll(size_t joint, size_t row, size_t col) {
    const struct scroll *scroll = &s.session.now.scroll;
    assert_true(scroll->held);
    assert_int_equal(scroll->joint, joint);
    assert_int_equal(scroll->row, row);
    assert_int_equal(scroll->col, col);
}

/* Runs the line where the screen shows this. */
static void scroll_from(struct seen seen, const char *line) {
    s.runner.window = &seen;
    script_run(&s, line);
    s.runner.window = NULL;
}

static void test_scroll(void **state) {
    (void)state;
    script_run(&s, "net 100 50 20");
    scroll_from((struct seen){0, 10, 0, 20, 30}, "scroll down");
    assert_scroll(0, 11, 0);
    scroll_from((struct seen){0, 10, 0, 20, 30}, "scroll page-down 2");
    assert_scroll(0, 50, 0);
    scroll_from((struct seen){0, 50, 0, 20, 30}, "scroll page-down 9");
    assert_scroll(0, 80, 0); /* the last rows */
    scroll_from((struct seen){0, 80, 0, 20, 30}, "scroll right 999999");
    assert_scroll(0, 80, 20);
    scroll_from((struct seen){0, 80, 20, 20, 30}, "scroll up 3");
    assert_scroll(0, 77, 20);
    scroll_from((struct seen){0, 80, 20, 20, 30}, "scroll home");
    assert_scroll(0, 0, 0);
    scroll_from((struct seen){0, 80, 20, 20, 30}, "scroll next");
    assert_scroll(1, 0, 0);
    scroll_from((struct seen){1, 0, 0, 20, 20}, "scroll end");
    assert_scroll(1, 30, 0);
    script_run(&s, "pick W0[3,3]"); /* shows the pick again */
    assert_false(s.session.now.scroll.away);
    script_run(&s, "scroll off");
    assert_false(s.session.now.scroll.held);
    scroll_from((struct seen){0}, "scroll down");
    assert_string_equal(text_string(&s.result.message), "everything is shown");
    assert_false(s.session.now.scroll.held);
    script_fails_with(&s, "scroll don", 8, "did you mean 'down'?");
}

/* Where a page covers the weights it is the page that moves. */
static void test_scroll_under_a_page(void **state) {
    (void)state;
    s.runner.covered = true;
    script_run(&s, "scroll page-up 3");
    assert_int_equal(s.result.request, REQUEST_SCROLL);
    assert_int_equal(s.result.move, MOVE_PAGE_UP);
    assert_int_equal(s.result.count, 3);
    assert_false(s.session.now.scroll.held);
}

int main(void) {
#define EACH(TEST) cmocka_unit_test_setup_teardown(TEST, open_script, close_script)
    const struct CMUnitTest tests[] = {
        EACH(test_pick),
        EACH(test_pick_refuses),
        EACH(test_nudge),
        EACH(test_undo),
        EACH(test_scroll),
        EACH(test_undo_keeps_the_look),
        EACH(test_scroll_under_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
