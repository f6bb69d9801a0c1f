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
        {"rleu", "relu"},
        {"mo", NULL},
        {"mom", "momentum"},
        {"act", "activation"},
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

/* Of two that are one letter away, the one that begins as the word does; two letters that
 * changed places are one. */
static void test_beginning(void **state) {
    (void)state;
    static const struct {
        const char *word, *near, *nearer;
    } rows[] = {
        {"bacth", "back", "batch"}, {"vieq", "tie", "view"}, {"sekk", "keek", "seek"},
        {"daat", "that", "data"},   {"unod", "nod", "undo"}, {"lod", "nod", "load"},
    };
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        for (int turned = 0; turned < 2; turned++) {
            struct nearest nearest = nearest_to(rows[n].word);
            nearest_consider(&nearest, turned ? rows[n].near : rows[n].nearer);
            nearest_consider(&nearest, turned ? rows[n].nearer : rows[n].near);
            assert_string_equal(nearest_found(&nearest), rows[n].nearer);
        }
    }
}

static void test_synonyms(void **state) {
    (void)state;
    static const struct synonym one = {"learning learningrate", "lr", NULL},
                                two = {"loss", "cost", "C"};
    struct nearest nearest = nearest_to("Learning_Rate");
    assert_false(nearest_means(&nearest, &two));
    assert_null(nearest_question(&nearest));
    assert_true(nearest_means(&nearest, &one));
    nearest_consider(&nearest, "learning_rat");
    assert_string_equal(nearest_found(&nearest), "lr");
    assert_string_equal(nearest_question(&nearest), "did you mean 'lr'?");
    nearest = nearest_to("loss");
    assert_true(nearest_means(&nearest, &two));
    assert_string_equal(nearest_question(&nearest), "did you mean 'cost' or 'C'?");
    static const char *const others[] = {"learningrates", "learn", "", "-", "l"};
    for (size_t n = 0; n < sizeof others / sizeof *others; n++) {
        nearest = nearest_to(others[n]);
        assert_false(nearest_means(&nearest, &one));
    }
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
        cmocka_unit_test(test_near),       cmocka_unit_test(test_order),
        cmocka_unit_test(test_beginning),  cmocka_unit_test(test_synonyms),
        cmocka_unit_test(test_long_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
