/*
 * tests/lang/test_command_watch.c - watch and unwatch: what they keep, and that it
 * survives what the walk and the network go through.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "script.h"
#include "walk/watch.h"

static struct script s;

static void expect_watched(const char *lines) {
    const char *watch = s.session.now.watch;
    assert_string_equal(watch ? watch : "", lines);
}

static void test_watch(void **state) {
    (void)state;
    expect_watched("");
    script_run(&s, "watch norm(dW0)");
    script_run(&s, "watch   W1'  ");
    script_run(&s, "watch [C\tmeanC]");
    expect_watched("norm(dW0)\nW1'\n[C meanC]");
    script_run(&s, "watch W1'");
    assert_string_equal(text_string(&s.result.message), "'W1'' is watched already");
    expect_watched("norm(dW0)\nW1'\n[C meanC]");
    assert_int_equal(watch_count(s.session.now.watch), 3);
    script_run(&s, "step 3; train 2; net 3 1"); /* it stays, whether it fits or not */
    expect_watched("norm(dW0)\nW1'\n[C meanC]");
    assert_null(s.session.undo->before->before); /* train and net are changes, watch is none */
    script_run(&s, "unwatch 2; undo");           /* it is a look: undo leaves it */
    expect_watched("norm(dW0)\n[C meanC]");
    script_run(&s, "unwatch all; watch norm(dW0); watch W1'; watch [C meanC]; redo");
    expect_watched("norm(dW0)\nW1'\n[C meanC]");
    script_run(&s, "undo");
    script_run(&s, "unwatch 2");
    expect_watched("norm(dW0)\n[C meanC]");
    script_run(&s, "unwatch [C meanC]");
    expect_watched("norm(dW0)");
    script_run(&s, "unwatch norm(dW0)");
    assert_null(s.session.now.watch);
    script_run(&s, "watch C; watch x; unwatch all; unwatch all");
    assert_null(s.session.now.watch);
}

static void test_refusals(void **state) {
    (void)state;
    script_fails_with(&s, "watch", 6, "an expression is missing");
    script_fails_with(&s, "watch W9", 7, "W9");
    script_fails_with(&s, "watch W0*x", 7, "write a product as sum(...) of elements");
    script_fails_with(&s, "watch 1 +", 10, "is missing at the end");
    script_fails_with(&s, "unwatch", 8, "what is watched is missing");
    script_fails_with(&s, "unwatch C", 9, "'C' is not watched");
    script_fails_with(&s, "unwatch 1", 9, "'1' is not watched");
    script_run(&s, "watch 1");
    for (int n = 2; n <= WATCH_MOST; n++) {
        char line[32];
        snprintf(line, sizeof line, "watch %d", n);
        script_run(&s, line);
    }
    script_fails_with(&s, "watch C", 0, "16 expressions are watched already");
}

/* What is watched is worked out for every picture: a long formula of single numbers is quick,
 * one over many numbers is not. */
static void test_how_large(void **state) {
    (void)state;
    char line[600] = "watch 0";
    for (int n = 0; n < 80; n++) {
        strcat(line, n % 2 == 0 ? " + x[1]" : " - C");
    }
    script_run(&s, line);
    script_run(&s, "watch abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(-----------x[1])"
                   ")))))))))))))");
    assert_int_equal(watch_count(s.session.now.watch), 2);
    script_run(&s, "unwatch all; net 1000 1000; watch sum(W0 * W0)");
    script_fails_with(&s, "watch W0 * W0 + W0", 7, "too large to be watched");
    assert_int_equal(watch_count(s.session.now.watch), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        script_test(test_watch, &s),
        script_test(test_refusals, &s),
        script_test(test_how_large, &s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
