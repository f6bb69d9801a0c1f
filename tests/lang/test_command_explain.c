/*
 * tests/lang/test_command_explain.c - the commands that tell where a number comes from:
 * explain, explain path, resolve; and what combine makes of them.
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

/* The worked example of the network 2-3-2. */
static void worked(void) {
    script_run(&s, "net 2 3 2; x = 1 -2; y = 1 0; W0 = [0.5 -0.3 0.8; 0.1 0.4 -0.2]");
    script_run(&s, "W1 = [1 -1; 0.5 2; -0.6 0.7]");
}

static void test_one_neuron(void **state) {
    (void)state;
    script_run(&s, "net 1 1; x = 2; y = 3; W0 = 0.5");
    script_prints(&s, "explain dW0[1,1]",
                  "∂C/∂W⁽⁰⁾₁₁ = ∂C/∂z⁽¹⁾₁ · x₁ = −2 · 2 = −4\n"
                  "├─ ∂C/∂z⁽¹⁾₁ = ∂C/∂r⁽¹⁾₁ · Step(z⁽¹⁾₁) = −2 · 1 = −2\n"
                  "│  ├─ ∂C/∂r⁽¹⁾₁ = r⁽¹⁾₁ − y₁ = 1 − 3 = −2\n"
                  "│  └─ Step(z⁽¹⁾₁) = 1  (z = 1 is positive)\n"
                  "└─ x₁ = 2  (input)\n");
    assert_int_equal(s.result.request, REQUEST_EXPLAIN);
    assert_int_equal(s.session.now.account.depth, 2);
    script_prints(&s, "explain dW0[1,1] 0", "∂C/∂W⁽⁰⁾₁₁ = ∂C/∂z⁽¹⁾₁ · x₁ = −2 · 2 = −4\n");
    script_prints(&s, "explain dW0",
                  "B3, gradient of the weights\n  ∂C/∂W⁽⁰⁾ᵢⱼ = ∂C/∂z⁽¹⁾ⱼ · xᵢ\n");
    script_prints(&s, "resolve dW0[1,1] all",
                  "∂C/∂W⁽⁰⁾₁₁ = (max(0, W⁽⁰⁾₁₁ · x₁) − y₁) · Step(z⁽¹⁾₁) · x₁\n"
                  "  = (max(0, 0.5 · 2) − 3) · 1 · 2\n  = −4\n");
    script_prints(&s, "explain path dW0[1,1]",
                  "∂C/∂W⁽⁰⁾₁₁ = −4: one path to the cost\n"
                  "  −4 = x₁ · Step(z⁽¹⁾₁) · ∂C/∂r⁽¹⁾₁\n    = 2 · 1 · (−2)\n");
    script_prints(&s, "resolve dW0", /* its one element */
                  "∂C/∂W⁽⁰⁾₁₁ = ∂C/∂r⁽¹⁾₁ · Step(z⁽¹⁾₁) · x₁\n  = −2 · 1 · 2\n  = −4\n");
    script_prints(&s, "explain path dW0",
                  "∂C/∂W⁽⁰⁾₁₁ = −4: one path to the cost\n"
                  "  −4 = x₁ · Step(z⁽¹⁾₁) · ∂C/∂r⁽¹⁾₁\n    = 2 · 1 · (−2)\n");
    script_run(&s, "ask dW0");
    assert_int_equal(s.session.now.question.q.j, 1);
}

/* Why a weight of a neuron that is off gets no gradient; what is open is not opened
 * again. */
static void test_zero(void **state) {
    (void)state;
    worked();
    script_prints(
        &s, "explain dW0[1,2] 1",
        "∂C/∂W⁽⁰⁾₁₂ = ∂C/∂z⁽¹⁾₂ · x₁ = 0 · 1 = 0  (∂C/∂z⁽¹⁾₂ = 0: Step(z⁽¹⁾₂) = 0: z = −1.1 is "
        "negative)\n"
        "├─ ∂C/∂z⁽¹⁾₂ = ∂C/∂r⁽¹⁾₂ · Step(z⁽¹⁾₂) = 1.08 · 0 = 0  (Step(z⁽¹⁾₂) = 0: z = −1.1 is "
        "negative)\n"
        "└─ x₁ = 1  (input)\n");
    script_run(&s, "explain dr1[1] all");
    const char *output = text_string(&s.result.output);
    const char *first = strstr(output, "r⁽¹⁾₁ = max(0, z⁽¹⁾₁) = max(0, 0.3) = 0.3\n");
    assert_non_null(first);
    assert_non_null(
        strstr(first + 1, "r⁽¹⁾₁ = max(0, z⁽¹⁾₁) = max(0, 0.3) = 0.3  (opened above)\n"));
}

static void test_paths(void **state) {
    (void)state;
    worked();
    script_prints(&s, "explain path dW0[1,1]",
                  "∂C/∂W⁽⁰⁾₁₁ = −0.54: the sum over 2 paths to the cost, the largest first\n"
                  "  −0.54 = x₁ · Step(z⁽¹⁾₁) · W⁽¹⁾₁₂ · Step(z⁽²⁾₂) · ∂C/∂r⁽²⁾₂\n"
                  "    = 1 · 1 · (−1) · 1 · 0.54\n"
                  "  0 = x₁ · Step(z⁽¹⁾₁) · W⁽¹⁾₁₁ · Step(z⁽²⁾₁) · ∂C/∂r⁽²⁾₁\n"
                  "    = 1 · 1 · 1 · 0 · (−1)\n");
    script_run(&s, "net 2 20 3; activation tanh; x = 1; y = 1");
    script_run(&s, "explain path dx[1]");
    const char *output = text_string(&s.result.output);
    assert_non_null(strstr(output, ": the sum over 60 paths to the cost, the largest first\n"));
    assert_non_null(strstr(output, "\n  … 50 more, their sum "));
    script_run(&s, "activation 2 softmax; cost cross-entropy");
    script_run(&s, "explain path dW0[1,2]");
    assert_non_null(strstr(text_string(&s.result.output), "the sum over 9 paths"));
    assert_non_null(strstr(text_string(&s.result.output), "∂r⁽²⁾"));
    script_run(&s, "cost half-squared; activation relu"); /* nothing gets through: */
    script_run(&s, "net 1 4 4; W0 = 1; W1 = -1; x = 1; y = 1");
    script_run(&s, "explain path dx[1]");
    assert_non_null(strstr(text_string(&s.result.output), "\n  … 16 more, each of them 0\n"));
    script_run(&s, "net 1 12 1; activation linear; x = 1; y = 3; W1 = 1");
    script_run(&s, "W0 = [1 1 1 1 1 1 1 1 1 1 1e-30 1e-30]; explain path dr0");
    assert_non_null(
        strstr(text_string(&s.result.output), "\n  … 2 more, too small to be told beside these\n"));
}

/* What the slope of a cost is made of; what cost and activation collapse to. */
static void test_derivation(void **state) {
    (void)state;
    worked();
    script_prints(&s, "explain dr2",
                  "B0, gradient of the cost\n  ∂C/∂r⁽²⁾ⱼ = r⁽²⁾ⱼ − yⱼ\n"
                  "    0.5 · (yⱼ² − 2 · yⱼ · r⁽²⁾ⱼ + r⁽²⁾ⱼ²)  (of C only this term depends on it)\n"
                  "    0.5 · yⱼ² → 0  (there is no r in it)\n"
                  "    −yⱼ · r⁽²⁾ⱼ → −yⱼ  (the half takes the 2 away)\n"
                  "    0.5 · r⁽²⁾ⱼ² → r⁽²⁾ⱼ  (the 2 comes down, and the half takes it away)\n");
    script_run(&s, "activation 2 softmax; cost cross-entropy; explain dz2[1] 1");
    const char *output = text_string(&s.result.output);
    assert_non_null(strstr(output, "(B0 put into B1)\n"));
    assert_non_null(strstr(output, "├─ = r⁽²⁾₁ − y₁ = "));
    assert_non_null(strstr(output, "(because the targets sum to 1)\n"));
    script_run(&s, "y = 1; explain dz2[1] 1");
    assert_null(strstr(text_string(&s.result.output), "because the targets sum to 1"));
}

/* combine on: B0 and B1 are one where they pair, and hidden layers go from dz to dz. */
static void test_combine(void **state) {
    (void)state;
    worked();
    script_run(&s, "combine on");
    script_prints(&s, "explain dz1[1] 0",
                  "∂C/∂z⁽¹⁾₁ = Step(z⁽¹⁾₁) · (∂C/∂z⁽²⁾₁ · W⁽¹⁾₁₁ + ∂C/∂z⁽²⁾₂ · W⁽¹⁾₁₂) = "
                  "1 · (0 · 1 + 0.54 · (−1)) = −0.54\n");
    script_prints(&s, "explain dz2[2] 0",
                  "∂C/∂z⁽²⁾₂ = ∂C/∂r⁽²⁾₂ · Step(z⁽²⁾₂) = 0.54 · 1 = 0.54\n");
    script_run(&s, "activation 2 sigmoid; cost bce; y = 1 0");
    script_run(&s, "explain dz2[1] 1");
    assert_non_null(strstr(text_string(&s.result.output), "∂C/∂z⁽²⁾₁ = r⁽²⁾₁ − y₁ = "));
    script_run(&s, "explain path dW0[1,1]"); /* ends with dz, which is one equation now */
    assert_non_null(strstr(text_string(&s.result.output), "W⁽¹⁾₁₁ · ∂C/∂z⁽²⁾₁\n"));
    script_prints(&s, "resolve dz1[1] 1",
                  "∂C/∂z⁽¹⁾₁ = Step(z⁽¹⁾₁) · ((r⁽²⁾₁ − y₁) · W⁽¹⁾₁₁ + (r⁽²⁾₂ − y₂) · W⁽¹⁾₁₂)\n"
                  "  = 1 · ((0.3965 − 1) · 1 + (0.6318 − 0) · (−1))\n  = −1.2353\n");
}

static void test_refusals(void **state) {
    (void)state;
    script_run(&s, "net 2 3 1");
    script_fails(&s, "explain W0", 9, "'W0' is given, not computed: it has no equation");
    script_fails_with(&s, "explain W0[1,1]", 9, "is given, not computed");
    script_fails_with(&s, "explain lr", 9, "is given, not computed");
    script_fails_with(&s, "explain foo", 9, "there is no quantity 'foo'");
    script_fails_with(&s, "explain dW0+1", 9, "'dW0+1' is no quantity");
    script_fails_with(&s, "explain dW0[1,1] lots", 18, "'lots' is no number of levels");
    script_fails_with(&s, "explain dW0[1,1] 65", 18, "'65' is no number of levels");
    script_fails_with(&s, "explain dW0[1,1] 2 3", 20, "unexpected '3'");
    script_fails_with(&s, "explain path", 13, "the name of a quantity is missing");
    script_fails_with(&s, "explain path C", 14, "'C' is no gradient");
    script_fails_with(&s, "explain path dW0[1,1] 2", 23, "unexpected '2'");
    script_fails_with(&s, "resolve dW0", 9, "name one, as in 'dW0[1,1]'");
    script_fails_with(&s, "resolve x[1]", 9, "is given, not computed");
    script_run(&s, "net 40 40 40 40");
    script_fails_with(&s, "resolve dW0[1,1] all", 9, "a smaller DEPTH is right");
    script_run(&s, "net 1x600");
    script_fails(
        &s, "resolve dW0[1,1] all", 9,
        "resolved so far the formula has more than 1000 parts within each other: a smaller "
        "DEPTH is right");
}

/* It stays until the walk goes on, and is no clue to a question. */
static void test_account(void **state) {
    (void)state;
    static const char *const ends[] = {"step",    "goto dz1", "train 2", "view walk",
                                       "net 1 1", "close",    "undo",    "ask dz2[1]"};
    const struct account *account = &s.session.now.account;
    worked();
    s.runner.covered = true; /* then that is closed */
    script_run(&s, "explain path dW0[1,2]; close");
    assert_int_equal(account->kind, ACCOUNT_PATHS);
    s.runner.covered = false;
    for (size_t n = 0; n < sizeof ends / sizeof *ends; n++) {
        worked();
        script_run(&s, "x[1] = 1; explain dW0[1,2] 3");
        assert_int_equal(account->kind, ACCOUNT_TREE);
        assert_int_equal(account->depth, 3);
        script_run(&s, "W0[1,2] = 1; say A word.");
        assert_int_equal(account->kind, ACCOUNT_TREE);
        script_run(&s, "resolve dz1[2]");
        assert_int_equal(account->kind, ACCOUNT_RESOLVED);
        script_run(&s, ends[n]);
        assert_int_equal(account->kind, ACCOUNT_NONE);
    }
    script_fails(&s, "explain x[1]", 9, "'x[1]' is given, not computed: it has no equation");
    assert_int_equal(account->kind, ACCOUNT_NONE);
}

#define EACH(test) script_test(test, &s)

int main(void) {
    const struct CMUnitTest tests[] = {
        EACH(test_one_neuron), EACH(test_zero),     EACH(test_paths),   EACH(test_derivation),
        EACH(test_combine),    EACH(test_refusals), EACH(test_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
