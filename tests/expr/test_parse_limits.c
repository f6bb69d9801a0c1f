/*
 * test_parse_limits.c - expressions that nobody types: as deep, as long or as
 * strange as they may be, they end soon, in an error or a value.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "expr/expr.h"
#include "nets.h"

/* `piece` again and again, up to `length` bytes, between two ends. */
static struct text repeated(const char *before, const char *piece, size_t times,
                            const char *after) {
    struct text text = TEXT_EMPTY;
    text_put(&text, before);
    text_put_repeat(&text, piece, times);
    text_put(&text, after);
    assert_false(text.failed);
    return text;
}

static const struct deep {
    const char *before, *piece, *after;
} deeps[] = {
    {"", "(", "1"},   {"", "[", "1"},       {"", "-", "1"},        {"", "+", "1"},
    {"1", "^1", ""},  {"1", "^-1", ""},     {"x", "'", ""},        {"1", "+1", ""},
    {"1", "*1", ""},  {"1", "-1", ""},      {"1", "<1", ""},       {"", "sqrt(", "1"},
    {"", "1^(", "1"}, {"", "[1 -", "1"},    {"", "max(1,", "1"},   {"", "((1+", "1"},
    {"", "-(", "1"},  {"", "(1+1)*(", "1"}, {"", "1'+1*1^(", "1"}, {"[", "1+", "1]"},
};

static void test_deep(void **state) {
    for (size_t n = 0; n < sizeof deeps / sizeof *deeps; n++) {
        struct text text = repeated(deeps[n].before, deeps[n].piece, 100000, deeps[n].after);
        struct value value = {0};
        struct error error = {0};
        enum status status = nets_evaluate(*state, text.bytes, text.length, false, &value, &error);
        if (status != STATUS_INPUT || strcmp(error.text, "this is nested too deeply") != 0) {
            print_error("%s...: %s\n", deeps[n].piece, error.text);
            fail();
        }
        value_free(&value);
        text_free(&text);
    }
}

/* Chains as long as each other at every level of nesting. */
static void test_deep_everywhere(void **state) {
    struct text text = TEXT_EMPTY;
    for (int level = 0; level < 40; level++) {
        text_put(&text, "(");
    }
    text_put(&text, "1");
    for (int level = 0; level < 40; level++) {
        text_put_repeat(&text, "'", 400);
        text_put_repeat(&text, "^1", 400);
        text_put_repeat(&text, "*1", 400);
        text_put_repeat(&text, "+1", 400);
        text_put(&text, ")");
    }
    struct value value = {0};
    struct error error = {0};
    assert_int_equal(nets_evaluate(*state, text.bytes, text.length, false, &value, &error),
                     STATUS_INPUT);
    assert_string_equal(error.text, "this is nested too deeply");
    text_free(&text);
}

/* What a person may well write is not too deep. */
static void test_deep_enough(void **state) {
    static const struct deep fine[] = {
        {"1", "+1", ""}, {"1", "*1", ""}, {"1", "-1", ""}, {"1", "^1", ""}, {"1", "'", ""},
    };
    for (size_t n = 0; n < sizeof fine / sizeof *fine; n++) {
        struct text text = repeated(fine[n].before, fine[n].piece, 500, fine[n].after);
        struct value value = {0};
        struct error error = {0};
        assert_int_equal(nets_evaluate(*state, text.bytes, text.length, false, &value, &error),
                         STATUS_OK);
        text_free(&text);
    }
    struct value value = {0};
    const char *nested = "((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))";
    assert_int_equal(nets_evaluate(*state, nested, strlen(nested), false, &value, NULL), STATUS_OK);
    assert_true(value.number == 1);
}

/* Ten million bytes of anything end soon, with an error or a value. */
static void test_long(void **state) {
    static const struct deep longs[] = {
        {"", " ", "1"},  {"", "7", ""},  {"", "a", ""},   {"", "\xff", ""},
        {"1", "é", ""},  {"1", ";", ""}, {"0.", "3", ""}, {"1", " ", "$"},
        {"x[", "1", ""}, {"W", "1", ""}, {"1e", "9", ""},
    };
    for (size_t n = 0; n < sizeof longs / sizeof *longs; n++) {
        struct text text = repeated(longs[n].before, longs[n].piece, 10000000, longs[n].after);
        struct value value = {0};
        struct error error = {0};
        enum status status = nets_evaluate(*state, text.bytes, text.length, false, &value, &error);
        assert_int_equal(status, n == 0 || n == 6 ? STATUS_OK : STATUS_INPUT);
        assert_true(strlen(error.text) < ERROR_TEXT_MAX);
        value_free(&value);
        text_free(&text);
    }
}

/* A matrix of 250 000 numbers is read in one go, without counting every column
 * from the start of the line again. */
static void test_large_list(void **state) {
    struct text text = repeated("[", "1.5 ", 250000, "]");
    struct value value = {0};
    assert_int_equal(nets_evaluate(*state, text.bytes, text.length, false, &value, NULL),
                     STATUS_OK);
    assert_int_equal(value.cols, 250000);
    assert_true(value.data[249999] == 1.5);
    value_free(&value);
    text_free(&text);
}

/* Random bytes, and random pieces of expressions: an error or a value. */
static void test_hostile(void **state) {
    static const char *const pieces[] = {
        "1",    "2.5", "x",     "W0",  "z1", "[",    "]",  "(", ")", ",",  ";",
        " ",    "-",   "+",     "*",   "/",  "^",    "'",  "<", "=", "==", "sum(",
        "max(", "if(", "[1,2]", "[1]", "é",  "\xc3", "e5", ".", "!",
    };
    struct random random;
    random_seed(&random, 3);
    size_t good = 0;
    for (int n = 0; n < 60000; n++) {
        struct text text = TEXT_EMPTY;
        size_t count = random_below(&random, 12);
        for (size_t at = 0; at < count; at++) {
            text_put(&text, pieces[random_below(&random, sizeof pieces / sizeof *pieces)]);
            if (random_below(&random, 40) == 0) {
                text_put_char(&text, (char)(unsigned char)random_below(&random, 256));
            }
        }
        struct value value = {0};
        struct error error = {0};
        bool list = random_below(&random, 2) == 0;
        enum status status =
            nets_evaluate(*state, text_string(&text), text.length, list, &value, &error);
        good += status == STATUS_OK;
        if (status != STATUS_OK) {
            assert_int_equal(status, STATUS_INPUT);
            assert_true(error.column >= 1 && error.column <= text.length + 1);
            assert_true(error.length >= 1 && error.text[0]);
        }
        value_free(&value);
        text_free(&text);
    }
    assert_true(good > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deep),        cmocka_unit_test(test_deep_everywhere),
        cmocka_unit_test(test_deep_enough), cmocka_unit_test(test_long),
        cmocka_unit_test(test_large_list),  cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, nets_worked_setup, nets_worked_teardown) ? 1 : 0;
}
