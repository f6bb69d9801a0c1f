/*
 * test_nearest.c - "did you mean": near names are found, far ones are not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/nearest.h"

static const char *found(const char *word, struct nearest *nearest) {
    static const char *const names[] = {"activation", "relu", "sigmoid", "softmax", "dW0",
                                        "dW1",        "z1",   "C",       "momentum"};
    *nearest = nearest_to(word);
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        nearest_consider(nearest, names[n]);
    }
    return nearest_found(nearest);
}

static void test_near(void **state) {
    (void)state;
    static const struct {
        const char *word, *name;
    } pairs[] = {
        {"rleu", NULL},
        {"rel", "relu"},
        {"relus", "relu"},
        {"RELU", "relu"},
        {"sigmiod", "sigmoid"},
        {"sigmod", "sigmoid"},
        {"activtion", "activation"},
        {"softmx", "softmax"},
        {"dw1", "dW1"},
        {"momentun", "momentum"},
        {"z", NULL},
        {"relu", "relu"},
        {"banana", NULL},
        {"", NULL},
        {"q", NULL},
        {"xyz", NULL},
        {"c", "C"},
        {"SIGMOID", "sigmoid"},
        {"smogmid", NULL},
    };
    struct nearest nearest;
    for (size_t n = 0; n < sizeof pairs / sizeof *pairs; n++) {
        const char *name = found(pairs[n].word, &nearest);
        bool same =
            name && pairs[n].name ? strcmp(name, pairs[n].name) == 0 : name == pairs[n].name;
        if (!same) {
            fail_msg("'%s' is near '%s'", pairs[n].word, name ? name : "nothing");
        }
    }
}

/* The first of equally near names stays; a nearer one takes its place. */
static void test_order(void **state) {
    (void)state;
    struct nearest nearest = nearest_to("dW5");
    nearest_consider(&nearest, "dW1");
    nearest_consider(&nearest, "dW2");
    assert_string_equal(nearest_found(&nearest), "dW1");
    nearest_consider(&nearest, "dW5");
    assert_string_equal(nearest_found(&nearest), "dW5");
}

static void test_long_words(void **state) {
    (void)state;
    char word[1000];
    memset(word, 'a', sizeof word);
    word[sizeof word - 1] = '\0';
    struct nearest nearest = nearest_to(word);
    nearest_consider(&nearest, "activation");
    assert_null(nearest_found(&nearest));
    nearest = nearest_to("activation");
    nearest_consider(&nearest, word);
    assert_null(nearest_found(&nearest));
    word[NEAREST_NAME_MAX - 1] = '\0'; /* as long as a name may be */
    nearest = nearest_to(word);
    nearest_consider(&nearest, word);
    assert_string_equal(nearest_found(&nearest), word);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_near),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_long_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
