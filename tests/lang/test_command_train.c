/*
 * tests/lang/test_command_train.c - the commands that train, and undo's kin: what they do,
 * what they tell, and how they say no.
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

static void test_training(void **state) {
    (void)state;
    script_run(&s, "net 1 1; x = 2; y = 3; W0 = 0.5; goto C; train");
    script_prints(&s, "print W0", "0.9\n");
    assert_int_equal(s.session.now.place.step, 0);
    assert_true(script_value(&s, "C") > 0.71999 && script_value(&s, "C") < 0.72001);
    script_run(&s, "train 10");
    assert_int_equal(now()->updates, 11);
    assert_non_null(strstr(text_string(&s.result.message), "10 updates, C = "));
    script_run(&s, "W0 = 0.5; until C < 1e-3");
    assert_true(script_value(&s, "C") < 1e-3);
    script_run(&s, "W0 = 0.5; until C < 1e-3 max 2");
    assert_true(s.result.warning);
    uint64_t updates = now()->updates;
    const struct model *before = now();
    script_run(&s, "goto C; until C >= 0");
    assert_non_null(strstr(text_string(&s.result.message), "0 updates, C = "));
    assert_non_null(strstr(text_string(&s.result.message), ": the condition holds already"));
    assert_int_equal(now()->updates, updates);
    assert_ptr_equal(now(), before); /* so that 'undo' takes back what was done before */
    assert_int_equal(s.session.now.place.step, 0);
    script_run(&s, "until 0 * C / 0 max 3"); /* NaN never holds */
    assert_int_equal(now()->updates, updates + 3);
    script_fails_with(&s, "until x[1] x", 12, "unexpected 'x'");
    script_fails_with(&s, "until [C 2]", 7, "is a single number");
    script_fails(&s, "until 5", 7,
                 "training changes nothing in this condition: 'C < 0.01' is one that it can meet");
    script_fails_with(&s, "until lr < 1 + 2 max 3", 7, "training changes nothing");
    script_fails_with(&s, "until foo", 7, "there is no quantity 'foo'");
    script_fails_with(&s, "until C < 1 max", 16, "number of updates is missing");
    script_fails_with(&s, "train 0", 7, "'0' is no number of updates");
    script_fails_with(&s, "train 1.5", 7, "'1.5' is no number of updates");
    script_fails_with(&s, "train until C < 1", 7, "'until C < 0.01'");
    script_fails_with(&s, "train 2 rounds", 9, "unexpected 'rounds'");
}

/* Of 10 rows in batches of 4 an epoch is 3 updates, the last of 2 rows. What is left of the
 * present epoch is the first. */
static void test_epochs(void **state) {
    (void)state;
    script_run(&s, "net 1 1; data line samples 10; batch 4; lr = 0.01; train 2 epochs");
    assert_int_equal(now()->updates, 6);
    script_prints(&s, "print epoch", "2\n");
    script_run(&s, "train; train 1 epoch");
    assert_int_equal(now()->updates, 9);
    script_prints(&s, "print epoch", "3\n");
    script_run(&s, "validation 0.5; batch 1; train 3 epochs");
    assert_int_equal(now()->updates, 9 + 3 * 5);
    script_run(&s, "data none; x = 1; train 7 epochs"); /* the one sample is an epoch */
    assert_int_equal(now()->updates, 24 + 7);
    script_run(&s, "data line samples 10; batch 1");
    script_fails_with(&s, "train 1000000000000 epochs", 7, "1000000000000 at most");
}

static bool stop_at_once(void *context) {
    ++*(int *)context;
    return *(int *)context > 5;
}

static void test_training_stops(void **state) {
    (void)state;
    int asked = 0;
    s.runner.stop = stop_at_once;
    s.runner.context = &asked;
    script_run(&s, "x = 1; train 1000");
    assert_int_equal(now()->updates, 5);
    assert_non_null(strstr(text_string(&s.result.message), "5 updates"));
    assert_non_null(strstr(text_string(&s.result.message), "stopped"));
    script_run(&s, "net 64 64; x = 1; lr = 1e-9");
    asked = 1; /* in the midst of the condition too */
    script_run(&s, "until norm(W0) < 0");
    assert_int_equal(now()->updates, 2);
    assert_non_null(strstr(text_string(&s.result.message), "2 updates"));
    assert_non_null(strstr(text_string(&s.result.message), "stopped"));
}

static void expect_told(const char *line, const char *end) {
    script_run(&s, line);
    const char *message = text_string(&s.result.message);
    assert_true(s.result.warning);
    assert_true(strlen(message) > strlen(end));
    assert_string_equal(message + strlen(message) - strlen(end), end);
}

/* Where no update can change anything, training says so, and what to try; and it is right. */
static void test_silence(void **state) {
    (void)state;
    expect_told("net 2 8 1; data xor; train 50",
                ": no gradient gets past layer 2, whose ReLUs are off on every row: "
                "try 'activation 2 linear'");
    script_run(&s, "activation 2 linear; train 50");
    assert_false(s.result.warning);
    expect_told("activation relu; net 2 1; W0 = -1; x = 1; y = 1; train",
                ": no gradient gets past layer 1, whose ReLUs are off: "
                "try 'activation 1 linear'");
    expect_told("net 2 3 1; activation 2 linear; bias on; b0 = -9; data circle; train 3",
                ": no gradient gets past layer 1, whose ReLUs are off on every row: "
                "try 'init he seed 2'");
    script_run(&s, "init he seed 2; train 3");
    assert_false(s.result.warning);
    expect_told("net 1 1; activation sigmoid; W0 = 1e9; x = 1; train",
                ": no gradient gets past layer 1: try 'init he seed 2'");
    script_run(
        &s, "activation relu; net 1 1; W0 = 2; x = 1; y = 2; train"); /* nothing is left to learn */
    assert_false(s.result.warning);
}

/* A pass over very many samples is stopped halfway, whoever asks for it. */
static void test_passes_stop(void **state) {
    (void)state;
    int asked = 5;
    script_run(&s, "net 2 64 64 1; data circle samples 10000");
    s.runner.stop = stop_at_once;
    s.runner.context = &asked;
    script_fails(&s, "data spiral samples 100000", 0, "stopped: all is as it was");
    script_fails(&s, "print meanC", 0, "stopped: all is as it was");
    script_fails(&s, "batch all", 0, "stopped: all is as it was");
    script_fails(&s, "watch meanC", 7, "too large to be watched: 'print' works it out once");
    s.runner.stop = NULL;
    script_run(&s, "batch all; goto END");
    s.runner.stop = stop_at_once;
    script_fails(&s, "step", 0, "stopped: all is as it was");
    script_run(&s, "train");
    assert_string_equal(text_string(&s.result.message), "0 updates: stopped");
    s.runner.stop = NULL;
    script_run(&s, "print meanC; watch meanC"); /* it is known */
    assert_string_equal(s.session.now.watch, "meanC");
    script_run(&s, "lr 0.2; expect meanC > 0"); /* a copy still knows it: */
    s.runner.stop = stop_at_once;
    script_run(&s, "expect meanC > 0");
}

static void test_reset(void **state) {
    (void)state;
    script_run(&s, "init he seed 3");
    struct text origin = script_snapshot(&s.session.now);
    script_run(&s, "x = 1; W0 = 3; lr 9; train 1; goto 5");
    struct text later = script_snapshot(&s.session.now);
    script_run(&s, "reset");
    struct text again = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&again), text_string(&origin));
    text_free(&again);
    script_run(&s, "undo");
    again = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&again), text_string(&later));
    text_free(&again);
    text_free(&later);
    text_free(&origin);
}

static void test_undo(void **state) {
    (void)state;
    script_fails(&s, "undo", 0, "there is nothing to undo");
    script_fails(&s, "redo", 0, "there is nothing to redo");
    script_run(&s, "x = 1; x = 2; undo");
    script_prints(&s, "print x", "1 1\n");
    script_run(&s, "redo");
    script_prints(&s, "print x", "2 2\n");
    script_run(&s, "undo; undo; step"); /* a step takes no redo away */
    script_run(&s, "redo");
    script_prints(&s, "print x", "1 1\n");
    script_run(&s, "x = 3");
    script_fails(&s, "redo", 0, "there is nothing to redo");
}

int main(void) {
#define EACH(TEST) script_test(TEST, &s)
    const struct CMUnitTest tests[] = {
        EACH(test_training), EACH(test_epochs), EACH(test_training_stops), EACH(test_passes_stop),
        EACH(test_silence),  EACH(test_reset),  EACH(test_undo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
