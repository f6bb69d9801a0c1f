/*
 * test_gradcheck.c - the page of `gradcheck`: all agree, a kink is explained, some are
 * looked at; every line fits into 79 columns. (That the check itself finds what is wrong
 * is tested in tests/net.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "script.h"

static struct script s;

static void tells(const char *line, const char *const *parts) {
    script_run(&s, line);
    const char *output = text_string(&s.result.output);
    for (; *parts; parts++) {
        if (!strstr(output, *parts)) {
            fail_msg("'%s' is not in:\n%s", *parts, output);
        }
    }
    for (const char *at = output; *at; at += strcspn(at, "\n") + 1) {
        assert_true(strcspn(at, "\n") <= 79);
    }
}

static void test_all_agree(void **state) {
    (void)state;
    script_run(&s, "net 1 1; x = 2; y = 3; W0 = 0.5");
    tells("gradcheck",
          (const char *const[]){"All 2 gradients agree", "Largest difference:\n",
                                "  dW0[1,1]\n    backward pass      -4\n", "(1e-5 passes)", NULL});
    assert_null(strstr(text_string(&s.result.output), "kink"));
}

static void test_a_kink(void **state) {
    (void)state;
    script_run(&s, "net 1 1; x = 0; y = 1; W0 = 0.5");
    tells("gradcheck",
          (const char *const[]){
              "1 of 2 gradients agree with central differences of C; 1 is at a kink.\n",
              "Left out at a kink, 1:\n", "  dx[1]\n    backward pass", "slope on the left   0\n",
              "z1[1] is what crosses 0", "the gradient lies between them\n", NULL});
}

static void test_some(void **state) {
    (void)state;
    script_run(&s, "x = 1 1; y = 1");
    tells("gradcheck 3",
          (const char *const[]){"3 of 11 gradients agree", "; 8 were not looked at.\n", NULL});
}

int main(void) {
#define EACH(test) script_test(test, &s)
    const struct CMUnitTest tests[] = {EACH(test_all_agree), EACH(test_a_kink), EACH(test_some)};
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
