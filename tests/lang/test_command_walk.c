/*
 * tests/lang/test_command_walk.c - the commands that walk, look and tell: what
 * they do, and how they say no.
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

static const struct model *now(void) {
    return state_model(&s.session.now);
}

/* ---- walk ---- */

static size_t step_now(void) {
    return s.session.now.place.step;
}

static void test_stepping(void **state) {
    (void)state;
    script_run(&s, "step");
    assert_int_equal(step_now(), 1);
    script_run(&s, "step 3");
    assert_int_equal(step_now(), 4);
    script_run(&s, "back 2; back");
    assert_int_equal(step_now(), 1);
    script_run(&s, "step layer");
    assert_int_equal(step_now(), 2);
    script_run(&s, "step 2 layer");
    assert_int_equal(step_now(), 5);
    script_run(&s, "step pass");
    assert_int_equal(step_now(), 11);
    script_run(&s, "step 1000000000"); /* stops at the end, and updates nothing */
    assert_int_equal(step_now(), 13);
    assert_int_equal(now()->updates, 0);
    script_run(&s, "back 1000000000");
    assert_int_equal(step_now(), 0);
    script_run(&s, "back"); /* there is nothing before the first iteration */
    assert_string_equal(text_string(&s.result.message), "START is where the walk begins");
    assert_int_equal(step_now(), 0);
    script_run(&s, "grain element; step 2");
    assert_int_equal(s.session.now.place.element, 2);
    script_run(&s, "step 1000000000; back 1000000000; grain equation");
    assert_int_equal(step_now(), 0);
    script_fails_with(&s, "step 0", 6, "'0' is no number of steps");
    script_fails_with(&s, "back 1.5", 6, "'1.5' is no number of steps");
    script_fails_with(&s, "step -1", 6, "'-1' is no number of steps");
}

static void expect_message(const char *line, const char *message) {
    script_run(&s, line);
    assert_string_equal(text_string(&s.result.message), message);
}

/* Where the walk ends, or begins, before all steps were made, that is said. */
static void test_steps_that_are_not_there(void **state) {
    (void)state;
    const char *end = "END is where the walk ends: a step on begins the next iteration";
    const char *start = "START is where the walk begins";
    expect_message("goto END; back 2; step 2", "");
    expect_message("back; step 2", end);
    expect_message("back 2 element; step 3 element", end);
    expect_message("back; step 5 pass", end);
    expect_message("goto 2; back 2", "");
    expect_message("back", start);
    expect_message("goto 2; back 3", start);
    expect_message("goto 1 element 1; back 20 element", start);
    expect_message("goto END; step 14", "");
    expect_message("goto 1; back 2",
                   "START is where the walk begins: a step back goes to the iteration before");
    expect_message("back 20", start);
}

/* From any place, at any grain: a step on and a step back change nothing. */
static void test_there_and_back(void **state) {
    (void)state;
    static const char *const moves[][2] = {{"step element", "back element"},
                                           {"step equation", "back equation"},
                                           {"step layer", "back layer"},
                                           {"step pass", "back pass"},
                                           {"step 2 layer", "back 2 layer"}};
    script_run(&s, "x = 1; bias on; optimizer adam; train");
    while (!walk_at_end(now(), s.session.now.place)) {
        struct place place = s.session.now.place;
        size_t count = sizeof moves / sizeof *moves - (place.step > 10); /* two there are not */
        for (size_t m = 0; m < count; m++) {
            script_run(&s, moves[m][0]);
            script_run(&s, moves[m][1]);
            assert_int_equal(s.session.now.place.step, place.step);
            assert_int_equal(s.session.now.place.element, place.element);
        }
        script_run(&s, "step element");
    }
}

/* Only right after a step from within: any other way there leads back as usual. */
static void test_detour_ends(void **state) {
    (void)state;
    script_run(&s, "goto 3; step layer"); /* from within layer 2 to its end */
    assert_int_equal(step_now(), 4);
    script_run(&s, "back 2 layer");
    assert_int_equal(step_now(), 2);
    script_run(&s, "step layer; back layer");
    assert_int_equal(step_now(), 2);
    script_run(&s, "goto 3; step layer; back layer");
    assert_int_equal(step_now(), 3);
}

static void test_iteration(void **state) {
    (void)state;
    script_run(&s, "x = 1 2; y = 3; init constant 0.2; goto END");
    struct text end = script_snapshot(&s.session.now);
    double C = script_value(&s, "C");
    script_run(&s, "step");
    assert_int_equal(step_now(), 0);
    assert_int_equal(now()->updates, 1);
    assert_true(script_value(&s, "C") != C);
    struct text start = script_snapshot(&s.session.now);
    script_run(&s, "back");
    struct text again = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&again), text_string(&end));
    text_free(&again);
    script_run(&s, "step");
    again = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&again), text_string(&start));
    text_free(&again);
    script_run(&s, "goto END; step 4"); /* the update counts as one of them */
    assert_int_equal(step_now(), 3);
    assert_int_equal(now()->updates, 2);
    script_run(&s, "undo");
    assert_int_equal(now()->updates, 1);
    assert_true(walk_at_end(now(), s.session.now.place));
    text_free(&end);
    text_free(&start);
}

static void test_goto(void **state) {
    (void)state;
    script_run(&s, "goto END");
    assert_int_equal(step_now(), 13);
    script_run(&s, "goto 5");
    assert_int_equal(step_now(), 5);
    script_run(&s, "goto START");
    assert_int_equal(step_now(), 0);
    script_run(&s, "goto z1[2]");
    assert_int_equal(step_now(), 0);
    assert_int_equal(s.session.now.place.element, 2);
    script_run(&s, "goto yhat");
    assert_int_equal(step_now(), 4);
    script_run(&s, "goto dW0");
    assert_int_equal(step_now(), 11);
    script_run(&s, "bias on; goto dW1"); /* whole: with the biases of its equation */
    assert_int_equal(step_now(), 8);
    assert_int_equal(s.session.now.place.element, 0);
    script_run(&s, "grain element; goto dW1; grain equation; bias off");
    assert_int_equal(step_now(), 7);
    script_fails_with(&s, "goto 14", 6, "'14' is no step: a whole number from 0 to 13");
    script_run(&s, "goto new W0");
    assert_int_equal(step_now(), 12);
    script_run(&s, "goto new W1[2,1]");
    assert_int_equal(step_now(), 12);
    assert_true(s.session.now.place.element > 0);
    script_fails(&s, "goto W0", 6, "'W0' is not on the walk: go to 'z1', 'C', 'dW0', 'new W0' ...");
    script_fails_with(&s, "goto new z1", 10, "'z1' is not changed by the update: a weight is");
    script_fails_with(&s, "goto new hope", 10, "there is no quantity 'hope'");
    script_fails_with(&s, "goto dx", 6, "is not on the walk");
    script_fails_with(&s, "goto z9", 6, "there is no 'z9' here: 'z1' to 'z2' exist");
    script_fails_with(&s, "goto z1[9]", 9, "index '9' is out of range");
    script_fails_with(&s, "goto z1 2", 9, "unexpected '2'");
}

/* ---- looking ---- */

static void test_print(void **state) {
    (void)state;
    script_prints(&s, "print 1/3", "0.3333333333333333\n");
    script_prints(&s, "print 0.1+0.2", "0.30000000000000004\n");
    script_prints(&s, "print [1 2; 3 4]", "1 2\n3 4\n");
    script_prints(&s, "print [1 2 3]", "1 2 3\n");
    script_prints(&s, "print 0/0", "NaN\n");
    script_prints(&s, "print -1/0", "-Infinity\n");
    script_prints(&s, "print -0", "-0\n");
    script_prints(&s, "print 1e22", "1e22\n");
    script_prints(&s, "print y", "0\n");
    script_run(&s, "set labels on");
    script_prints(&s, "print y", "y = 0\n");
    script_prints(&s, "print 1 + 2", "1 + 2 = 3\n");
    script_run(&s, "init constant 1");
    script_prints(&s, "print W0", "W0 =\n1 1 1\n1 1 1\n");
    script_run(&s, "set labels off");
    script_prints(&s, "print y", "0\n");
    script_fails_with(&s, "set colour on", 5, "there is no setting 'colour'");
    script_fails(&s, "print 1 2", 9, "unexpected '2': an operator is missing here");
    script_fails_with(&s, "print (1", 9, "')' is missing");
    script_fails_with(&s, "print x[3]", 9, "index '3' is out of range");
}

static void test_expect(void **state) {
    (void)state;
    script_run(&s, "expect 1; expect 1 < 2; expect [1 1]; expect 1 ~ 1 + 1e-10");
    script_run(&s, "expect 1 ~ 2 tol 1; expect [1 2] ~ [1 2]; expect [1 1] ~ 1; expect 0/0 ~ 0/0");
    script_run(&s, "expect 1/0 ~ 1/0; expect x ~ 0; expect 5 ~ 5 tol 0");
    script_fails(&s, "expect 1 ~ 3", 8,
                 "expectation not met: this is 1, not 3: off by 2, more than 1e-9");
    script_fails(&s, "expect 1 ~ 3 tol 1/2", 8,
                 "expectation not met: this is 1, not 3: off by 2, more than 0.5");
    script_fails(&s, "expect [1 2] ~ [1 4]", 8,
                 "expectation not met: this is 1 2, not 1 4: off by 2, more than 1e-9");
    script_fails(&s, "expect 0/0 ~ 1", 8, "expectation not met: this is NaN, not 1");
    script_fails_with(&s, "expect 1/0 ~ 1", 8, "this is Infinity, not 1: off by Infinity");
    script_fails_with(&s, "expect [1 2] ~ [1 2 3]", 8, "has another shape");
    script_fails(&s, "expect 2 < 1", 8, "expectation not met: this does not hold");
    script_fails(&s, "expect [1 0]", 8, "expectation not met: this does not hold");
    script_fails(&s, "expect 0/0", 8, "expectation not met: this does not hold");
    script_fails_with(&s, "expect 1 ~", 11, "an expression is missing");
    script_fails_with(&s, "expect 1 ~ 2 tol", 17, "an expression is missing");
    script_fails_with(&s, "expect 1 ~ 2 tol -1", 14, "a tolerance is 0 or more");
    script_fails_with(&s, "expect 1 ~ 2 tl 1", 14, "unexpected 'tl'");
}

static void test_digits_and_view(void **state) {
    (void)state;
    script_run(&s, "digits 12");
    assert_int_equal(s.session.now.digits, 12);
    script_fails_with(&s, "digits 0", 8, "'0' is no number of digits");
    script_fails_with(&s, "digits 13", 8, "'13' is no number of digits");
    script_run(&s, "view weights");
    assert_int_equal(s.session.now.screen, SCREEN_WEIGHTS);
    script_run(&s, "view next");
    assert_int_equal(s.session.now.screen, SCREEN_WALK);
    script_run(&s, "view next");
    assert_int_equal(s.session.now.screen, SCREEN_FLOW);
    script_fails_with(&s, "view flo", 6, "'flow'");
}

static void test_axis_and_output(void **state) {
    (void)state;
    assert_false(s.session.now.chart.linear);
    script_run(&s, "axis linear braille");
    assert_true(s.session.now.chart.linear && s.session.now.chart.braille);
    script_run(&s, "axis log");
    assert_true(!s.session.now.chart.linear && s.session.now.chart.braille);
    script_fails_with(&s, "axis log cubic", 10, "'cubic' is no axis");
    assert_true(s.session.now.chart.braille);
    script_fails_with(&s, "axis", 5, "missing");
    script_run(&s, "net 2 3");
    script_run(&s, "output 3");
    assert_int_equal(s.session.now.chart.output, 2);
    script_fails_with(&s, "output 4", 8, "'4' is no number of an output");
    script_run(&s, "net 2 2"); /* which has no third */
    assert_int_equal(s.session.now.chart.output, 0);
}

/* ---- scenes ---- */

static void test_texts(void **state) {
    (void)state;
    script_run(&s, "say  one; two  ");
    assert_string_equal(s.session.now.say, "one; two");
    script_run(&s, "title A title");
    assert_string_equal(s.session.now.title, "A title");
    script_run(&s, "say");
    assert_null(s.session.now.say);
    assert_string_equal(s.session.now.title, "A title");
}

static void test_scene_words(void **state) {
    (void)state;
    static const char *const taken[] = {"x",  "y",   "yhat", "dx",  "z1", "z9",    "W0", "W12",
                                        "lr", "dW3", "C",    "mW0", "t",  "step3", "r0", "sample"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        struct text line = TEXT_EMPTY;
        text_printf(&line, "mark %s", taken[i]);
        script_fails_with(&s, text_string(&line), 6, "cannot name a mark");
        text_free(&line);
    }
    script_fails_with(&s, "mark START", 6, "cannot name a mark");
    script_fails_with(&s, "mark END", 6, "cannot name a mark");
    script_fails_with(&s, "mark 3", 6, "cannot name a mark");
    script_fails_with(&s, "mark a/b", 6, "a mark's name has letters");
    script_fails_with(&s, "mark \"\"", 6, "a mark's name has letters");
    script_fails_with(&s, "goto update \"\"", 13, "'' is no number of an update");
    script_run(&s, "mark forward; mark Wide; mark z; mark step");
    script_fails_with(&s, "wait 0", 6, "above 0");
    script_fails_with(&s, "wait -1", 6, "above 0");
    script_fails_with(&s, "wait 3601", 6, "at most 3600");
    script_fails_with(&s, "wait 1/0", 6, "at most 3600");
    script_fails_with(&s, "wait 0/0", 6, "above 0");
    script_fails_with(&s, "speed 101", 7, "at most 100");
}

int main(void) {
#define EACH(TEST) script_test(TEST, &s)
    const struct CMUnitTest tests[] = {
        EACH(test_stepping),        EACH(test_steps_that_are_not_there),
        EACH(test_there_and_back),  EACH(test_detour_ends),
        EACH(test_iteration),       EACH(test_goto),
        EACH(test_print),           EACH(test_expect),
        EACH(test_digits_and_view), EACH(test_axis_and_output),
        EACH(test_texts),           EACH(test_scene_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
