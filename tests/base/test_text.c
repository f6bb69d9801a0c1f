/*
 * test_text.c - texts that grow, and errors as one harmless sentence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "base/status.h"
#include "base/text.h"

static void test_writing(void **state) {
    (void)state;
    struct text text = TEXT_EMPTY;
    assert_string_equal(text_string(&text), "");
    text_put(&text, "a");
    text_put_char(&text, 'b');
    text_put_bytes(&text, "cdef", 2);
    text_put_repeat(&text, "xy", 3);
    utf8_put(&text, 0x2202);
    text_printf(&text, "%d-%s", 42, "end");
    assert_string_equal(text_string(&text), "abcdxyxyxy∂42-end");
    assert_int_equal(text.length, strlen("abcdxyxyxy∂42-end"));
    text_cut(&text, 4);
    assert_string_equal(text_string(&text), "abcd");
    text_cut(&text, 100); /* no more than it has */
    assert_string_equal(text_string(&text), "abcd");
    text_put_bytes(&text, NULL, 0);
    text_put_repeat(&text, "z", 0);
    assert_string_equal(text_string(&text), "abcd");
    text_free(&text);
    assert_null(text.bytes);
    text_put(&text, "again");
    assert_string_equal(text_string(&text), "again");
    text_free(&text);
}

static void test_growing(void **state) {
    (void)state;
    struct text text = TEXT_EMPTY;
    for (int n = 0; n < 100000; n++) {
        text_printf(&text, "%d ", n % 10);
        assert_true(text.length < text.capacity);
    }
    assert_int_equal(text.length, 200000);
    assert_int_equal(text.bytes[200000], '\0');
    assert_int_equal(text.bytes[199998], '9');
    text_free(&text);
}

/* A failure is remembered, later writes do nothing, and what was there stays. */
static void test_failure_is_remembered(void **state) {
    (void)state;
    struct text text = TEXT_EMPTY;
    text_put(&text, "first");
    volatile size_t too_many = SIZE_MAX;
    text_put_bytes(&text, "x", too_many);
    assert_true(text.failed);
    text_put(&text, "second");
    text_printf(&text, "%d", 3);
    assert_string_equal(text_string(&text), "first");
    text_free(&text);
    assert_false(text.failed);
}

static void test_string_copies(void **state) {
    (void)state;
    char *copy = string_copy("name");
    assert_string_equal(copy, "name");
    free(copy);
    copy = string_copy_bytes("name", 2);
    assert_string_equal(copy, "na");
    free(copy);
    copy = string_copy_bytes(NULL, 0);
    assert_string_equal(copy, "");
    free(copy);
}

static void test_errors(void **state) {
    (void)state;
    struct error error = {0};
    assert_int_equal(error_set(&error, STATUS_IO, "cannot open '%s'", "x"), STATUS_IO);
    assert_int_equal(error.status, STATUS_IO);
    assert_int_equal(error.column, 0);
    assert_string_equal(error.text, "cannot open 'x'");
    assert_int_equal(error_at(&error, 7, 0, "there is no '%s'", "q"), STATUS_INPUT);
    assert_int_equal(error.status, STATUS_INPUT);
    assert_int_equal(error.column, 7);
    assert_int_equal(error.length, 1);
    assert_int_equal(error_memory(&error), STATUS_MEMORY);
    assert_int_equal(error.status, STATUS_MEMORY);
    assert_int_equal(error.column, 0);
    assert_string_equal(error.text, "out of memory");
    /* nobody has to ask why */
    assert_int_equal(error_set(NULL, STATUS_USAGE, "%d", 1), STATUS_USAGE);
    assert_int_equal(error_at(NULL, 1, 1, "%d", 1), STATUS_INPUT);
    assert_int_equal(error_memory(NULL), STATUS_MEMORY);
}

static void test_errors_are_harmless(void **state) {
    (void)state;
    struct error error = {0};
    error_set(&error, STATUS_INPUT, "there is no '%s'", "\x1B[2J\n\xFF\xE2\x80\xAE");
    assert_string_equal(error.text, "there is no '\xEF\xBF\xBD[2J \xEF\xBF\xBD\xEF\xBF\xBD'");
}

/* Cut at a whole character, and ending in "..." */
static void test_long_errors(void **state) {
    (void)state;
    struct text name = TEXT_EMPTY;
    for (size_t length = ERROR_TEXT_MAX - 8; length < ERROR_TEXT_MAX + 8; length++) {
        text_cut(&name, 0);
        text_put_repeat(&name, "a", length % 3);
        text_put_repeat(&name, "∂", (length - length % 3) / 3);
        struct error error = {0};
        error_set(&error, STATUS_INPUT, "%s", text_string(&name));
        size_t shown = strlen(error.text);
        assert_true(shown < ERROR_TEXT_MAX);
        if (name.length < ERROR_TEXT_MAX) {
            assert_string_equal(error.text, text_string(&name));
        } else {
            assert_string_equal(error.text + shown - 3, "...");
            assert_true(shown > ERROR_TEXT_MAX - 8);
            assert_int_equal((shown - 3 - length % 3) % 3, 0);
            assert_memory_equal(error.text, name.bytes, shown - 3);
        }
    }
    text_put_repeat(&name, "b", 1000000);
    struct error error = {0};
    error_at(&error, 1, 1, "%s", text_string(&name));
    assert_true(strlen(error.text) < ERROR_TEXT_MAX);
    text_free(&name);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writing),
        cmocka_unit_test(test_growing),
        cmocka_unit_test(test_failure_is_remembered),
        cmocka_unit_test(test_string_copies),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_errors_are_harmless),
        cmocka_unit_test(test_long_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
