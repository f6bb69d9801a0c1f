/*
 * tests/lang/test_assign.c - assignments: every corner that the language has decided,
 * one by one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "script.h"

static struct script s; /* 2-3-1 */

/* Assign, then print. */
static void assign_gives(const char *line, const char *expression, const char *output) {
    script_run(&s, line);
    struct text print = TEXT_EMPTY;
    text_printf(&print, "print %s", expression);
    script_prints(&s, text_string(&print), output);
    text_free(&print);
}

static void test_vectors(void **state) {
    (void)state;
    assign_gives("x = 1 2", "x", "1 2\n");
    assign_gives("x = [3 4]", "x", "3 4\n");
    assign_gives("x = [5, 6]", "x", "5 6\n");
    assign_gives("x = 7, 8", "x", "7 8\n");
    assign_gives("x=1,2", "x", "1 2\n");
    assign_gives("  x   =   3    4  ", "x", "3 4\n");
    assign_gives("x[2] = 9", "x", "3 9\n");
    assign_gives("x[ 2 ] = 8", "x", "3 8\n");
    assign_gives("r0 = 1 1", "x", "1 1\n");
    assign_gives("y = 1", "y", "1\n");
    assign_gives("y = [2]", "y", "2\n");
    assign_gives("x = [x[2] y]", "x", "1 2\n"); /* a vector of one is a number */
}

/* A sign with a blank before it and none after begins a new element. */
static void test_signs(void **state) {
    (void)state;
    assign_gives("x = 1 -1", "x", "1 -1\n");
    assign_gives("x = [2 -2]", "x", "2 -2\n");
    assign_gives("x = 1 - 1", "x", "0 0\n");
    assign_gives("x = 1-1", "x", "0 0\n");
    assign_gives("x = [1-2 3]", "x", "-1 3\n");
    assign_gives("x = 1 - 2 4", "x", "-1 4\n");
    assign_gives("x = -1 -2", "x", "-1 -2\n");
    assign_gives("x = - 1 2", "x", "-1 2\n");
    assign_gives("x = 1 +2", "x", "1 2\n");
    assign_gives("x = (1 -1) 2", "x", "0 2\n"); /* not inside round brackets */
    assign_gives("x = max(1 -1, 5) 2", "x", "5 2\n");
    script_prints(&s, "print 3 -1", "2\n"); /* nor where there is no list */
    script_fails(&s, "x = [1 - 1]", 5, "'x' takes 2 numbers, but here is 1");
}

static void test_adjacent(void **state) {
    (void)state;
    script_fails(&s, "x = 1..2", 7, "unexpected '.2': an operator is missing here");
    script_fails(&s, "x = 1(2)", 6, "unexpected '(': an operator is missing here");
    script_fails(&s, "x = [1[2]]", 7, "unexpected '[': an operator is missing here");
    script_fails(&s, "x = x[1]x[2]", 9, "unexpected 'x': an operator is missing here");
    script_fails(&s, "x = 0x10", 6, "unexpected 'x10': an operator is missing here");
    script_fails(&s, "x = 1 2)", 8, "unexpected ')': an operator is missing here");
    script_fails_with(&s, "x = 1e", 6, "unexpected 'e'");
    assign_gives("x = .5 5.", "x", "0.5 5\n");
}

static void test_matrices(void **state) {
    (void)state;
    assign_gives("W0 = [1 2 3; 4 5 6]", "W0", "1 2 3\n4 5 6\n");
    assign_gives("W0 = [1,2,3;4,5,6]*2", "W0", "2 4 6\n8 10 12\n");
    assign_gives("W0[1,2] = 9", "W0", "2 9 6\n8 10 12\n");
    assign_gives("W0[ 2 , 3 ] = 1", "W0[2,3]", "1\n");
    assign_gives("W0[1,1] = [7]", "W0[1,1]", "7\n");
    assign_gives("W0 = [1 4; 2 5; 3 6]'", "W0", "1 2 3\n4 5 6\n");
    assign_gives("W0 = W0 - W0[1,1]", "W0", "0 1 2\n3 4 5\n");
    assign_gives("W0 = W0*W0", "W0", "0 1 4\n9 16 25\n"); /* element by element */
    assign_gives("W1 = [1; 2; 3]", "W1", "1\n2\n3\n");
    assign_gives("net 1 3 1; W0 = [1 2 3]", "W0", "1 2 3\n"); /* a row */
    assign_gives("W0 = 4 5 6", "W0", "4 5 6\n");
    script_fails(&s, "W1 = 1 2 3", 6, "'W1' takes 3 rows of 1 ('[a b; c d]'), but here is 1 of 3");
    script_fails(&s, "W0 = [1 2; 3 4]", 6,
                 "'W0' takes 1 row of 3 ('[a b; c d]'), but here are 2 of 2");
}

static void test_fill(void **state) {
    (void)state;
    assign_gives("x = 3", "x", "3 3\n");
    assign_gives("W0 = 0.5", "W0", "0.5 0.5 0.5\n0.5 0.5 0.5\n");
    assign_gives("W1 = -1", "W1", "-1\n-1\n-1\n");
    assign_gives("bias on; b0 = 2", "b0", "2 2 2\n");
    assign_gives("x = C", "x[1] - C >= 0", "1\n");
    script_fails(&s, "W0 = [1]", 6, "'W0' takes 2 rows of 3 ('[a b; c d]'), but here is 1 of 1");
}

static void test_shapes(void **state) {
    (void)state;
    script_fails(&s, "x = 1 2 3", 5, "'x' takes 2 numbers, but here are 3");
    script_fails(&s, "y = 1 2", 5, "'y' takes 1 number, but here are 2");
    script_fails(&s, "x = W0", 5, "'x' takes 2 numbers, but here are 6");
    script_fails(&s, "x[1] = 1 2", 8, "'x[1]' takes 1 number, but here are 2");
    script_fails(&s, "x[1] = x", 8, "'x[1]' takes 1 number, but here are 2");
    script_fails_with(&s, "W0 = W0'", 6, "here are 3 of 2");
    script_fails(&s, "W0 = [1 2 3; 4 5]", 17, "row 2 has 2 elements, but row 1 has 3");
    script_fails(&s, "lr = 1 2", 6, "'lr' takes 1 number, but here are 2");
    script_fails_with(&s, "x = W0*x", 5, "write a product as sum(...) of elements");
    script_fails_with(&s, "x = []", 7, "a number is missing");
}

static void test_indices(void **state) {
    (void)state;
    script_fails(&s, "x[3] = 1", 3, "index '3' is out of range: 'x' has 1 to 2");
    script_fails(&s, "x[0] = 1", 3, "index '0' is out of range: 'x' has 1 to 2");
    script_fails(&s, "W0[3,1] = 1", 4, "index '3' is out of range: 'W0' has 1 to 2");
    script_fails(&s, "W0[1,4] = 1", 6, "index '4' is out of range: 'W0' has 1 to 3");
    script_fails(&s, "W0[1] = 1", 3, "'W0' is a matrix and takes two indices: 'W0[1,2]'");
    script_fails_with(&s, "W0[1,2,3] = 1", 7, "'W0' takes two indices");
    script_fails_with(&s, "x[1,2] = 1", 4, "'x' takes one index");
    script_fails_with(&s, "x[-1] = 1", 3, "an index of 'x' is a whole number from 1 to 2");
    script_fails_with(&s, "x[i] = 1", 3, "an index of 'x' is a whole number");
    script_fails_with(&s, "x[99999999999999999999] = 1", 3, "is out of range");
    script_fails_with(&s, "lr[1] = 1", 3, "'lr' is a single number and takes no index");
    script_fails(&s, "W2 = 1", 1, "there is no 'W2' here: 'W0' to 'W1' exist");
    script_fails_with(&s, "W99999999999999999999 = 1", 1, "there is no 'W99999999999999999999'");
}

static void test_compound(void **state) {
    (void)state;
    assign_gives("x = 1 2; x += 1", "x", "2 3\n");
    assign_gives("x -= 3 1", "x", "-1 2\n");
    assign_gives("x *= 2", "x", "-2 4\n");
    assign_gives("x /= [2 4]", "x", "-1 1\n");
    assign_gives("x[2] += 0.5", "x", "-1 1.5\n");
    assign_gives("x[1]-=1", "x", "-2 1.5\n");
    assign_gives("W0 = 1; W0[1,2] *= 1 + 2", "W0", "1 3 1\n1 1 1\n");
    assign_gives("lr = 0.1; lr *= 2", "lr", "0.2\n");
    assign_gives("bias on; b0[2] += 0.1", "b0", "0 0.1 0\n");
    script_fails(&s, "x /= 0", 3, "this comes to -Infinity, which cannot be assigned");
    script_fails_with(&s, "x += 1 2 3", 3, "shapes do not fit");
    script_fails_with(&s, "C += 1", 1, "is computed");
    script_fails_with(&s, "x ^= 2", 1, "'x' alone is no command");
    script_fails_with(&s, "x + = 2", 1, "'x' alone is no command");
    script_fails_with(&s, "x == 2", 3, "'==' compares");
}

/* What is computed cannot be set, and each error says what would be right. */
static void test_computed(void **state) {
    (void)state;
    static const char *const names[] = {"z1",  "z1[2]", "r1",  "yhat", "C",   "meanC", "step1",
                                        "dr1", "dz2",   "dW0", "dx",   "gW0", "gnorm", "dW0[1,2]"};
    script_run(&s, "bias on");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct text line = TEXT_EMPTY;
        text_printf(&line, "%s = 1", names[i]);
        script_fails_with(&s, text_string(&line), 1, "is computed (");
        assert_non_null(strstr(s.error.text, "cannot be assigned: "));
        assert_int_equal(s.error.length, strlen(names[i]));
        text_free(&line);
    }
    script_run(&s, "bias off");
    script_fails(&s, "b0 = 1", 1, "'b0' cannot be assigned while the bias is off: 'bias on' first");
    script_fails(&s, "b0[1] += 1", 1,
                 "'b0[1]' cannot be assigned while the bias is off: 'bias on' first");
    script_run(&s, "optimizer adam; mW0 = 1");
    script_fails(&s, "mb0 = 1", 1,
                 "'mb0' cannot be assigned while the bias is off: 'bias on' first");
}

static void test_no_numbers(void **state) {
    (void)state;
    script_fails(&s, "x = nan", 5, "'nan' is no number here: write one in digits");
    script_fails(&s, "x = 1 inf", 7, "'inf' is no number here: write one in digits");
    script_fails(&s, "x = NaN", 5, "'NaN' is no number here: write one in digits");
    script_fails(&s, "x = -Infinity", 6, "'Infinity' is no number here: write one in digits");
    script_fails(&s, "x = 1/0", 5, "this comes to Infinity, which cannot be assigned");
    script_fails(&s, "x = [1 0/0]", 5, "this comes to NaN, which cannot be assigned");
    script_fails(&s, "x = log(0)", 5, "this comes to -Infinity, which cannot be assigned");
    script_fails(&s, "x = exp(1000)", 5, "this comes to Infinity, which cannot be assigned");
    script_fails(&s, "x = 1e400", 5, "'1e400' is too large for a number");
    assign_gives("x = -0", "x", "-0 -0\n");
    assign_gives("x = 1e-400", "x", "0 0\n");
}

static void test_expressions(void **state) {
    (void)state;
    script_prints(&s, "print -2^2", "-4\n");
    script_prints(&s, "print 2^3^2", "64\n"); /* groups from the left */
    script_prints(&s, "print 2^-1", "0.5\n");
    script_prints(&s, "print 1 < 2", "1\n");
    script_prints(&s, "print [1 5] >= [2 5]", "0 1\n");
    script_prints(&s, "print 1 + 2 * 3", "7\n");
    script_prints(&s, "print max(1, 2) + relu(-3)", "2\n");
    script_prints(&s, "print sum([1 2; 3 4])", "10\n");
    script_prints(&s, "print norm([3 4])", "5\n");
    assign_gives("W0[1,2] = -0.5*2", "W0[1,2]", "-1\n");
    assign_gives("x = 1 2; x = x*x + x[1]", "x", "2 5\n");
    script_fails_with(&s, "print relu", 7, "'relu' is a function"); /* only before '(' */
    script_fails_with(&s, "print max(1", 12, "')' is missing");
    script_fails_with(&s, "print relu(1, 2)", 13, "')' is missing");
}

static void test_settings(void **state) {
    (void)state;
    assign_gives("lr = 0.05", "lr", "0.05\n");
    assign_gives("lr = 0", "lr", "0\n");
    assign_gives("step0 = 0.5", "step0", "0.5\n");
    assign_gives("momentum = 1", "momentum", "1\n");
    assign_gives("clip = 2; decay = 0.1; rho = 0.5; epsilon = 1e-3", "clip + decay + rho", "2.6\n");
    assign_gives("beta1 = 0; beta2 = 0.5", "beta2", "0.5\n");
    script_fails(&s, "lr = -1", 6, "'lr' is 0 or more, not -1");
    script_fails(&s, "step0 = 2", 9, "'step0' is from 0 to 1, not 2");
    script_fails(&s, "momentum = 1.5", 12, "'momentum' is from 0 to 1, not 1.5");
    script_fails(&s, "beta1 = 1", 9, "'beta1' is from 0 to below 1, not 1");
    script_fails(&s, "clip = -1", 8, "'clip' is 0 or more, 0 being off, not -1");
}

/* An edit leaves the cursor where it is and shows at once in all that follows. */
static void test_edit_is_live(void **state) {
    (void)state;
    script_run(&s, "net 1 1; x = 2; y = 3; W0 = 0.5; goto END");
    script_prints(&s, "print dW0", "-4\n");
    struct place place = s.session.now.place;
    assign_gives("W0 = 1", "dW0", "-2\n");
    assign_gives("x = 1", "C", "2\n");
    assert_int_equal(s.session.now.place.step, place.step);
    assign_gives("goto z1; W0 = 0.5", "C", "3.125\n"); /* print does not care where the walk is */
}

static void test_broken(void **state) {
    (void)state;
    script_fails_with(&s, "x =", 4, "an expression is missing");
    script_fails_with(&s, "x = (1", 7, "')' is missing at the end");
    script_fails_with(&s, "x = [1 2", 9, "']' is missing at the end");
    script_fails_with(&s, "x = 1 2]", 8, "unexpected ']'");
    script_fails_with(&s, "x = = 1", 5, "unexpected '='");
    script_fails_with(&s, "x = \"1\"", 5, "unexpected '\"'");
    script_fails_with(&s, "x = 1 foo", 7, "there is no quantity 'foo'");
    script_fails_with(&s, "foo = 1", 1, "there is no quantity 'foo'");
    script_fails_with(&s, "x[1 = 1", 5, "']' is missing");
    script_fails_with(&s, "= 1", 1, "there is no command '='");
    script_fails_with(&s, "3 = x", 1, "there is no quantity");
}

int main(void) {
#define EACH(TEST) script_test(TEST, &s)
    const struct CMUnitTest tests[] = {
        EACH(test_vectors),      EACH(test_signs),      EACH(test_adjacent),    EACH(test_matrices),
        EACH(test_fill),         EACH(test_shapes),     EACH(test_indices),     EACH(test_compound),
        EACH(test_computed),     EACH(test_no_numbers), EACH(test_expressions), EACH(test_settings),
        EACH(test_edit_is_live), EACH(test_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
