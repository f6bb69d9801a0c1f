/*
 * tests/lang/test_format_source.c - scenes laid out anew: the same statements, and the
 * same again when it is done twice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "lang/builtin.h"
#include "lang/source.h"
#include "script.h"

static void open_text(struct source *source, const char *text, size_t length) {
    struct error error = {0};
    if (source_open(source, "s", text, length, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
}

static struct text formatted(const char *text, size_t length) {
    struct source source;
    struct text out = TEXT_EMPTY;
    open_text(&source, text, length);
    source_format(&source, &out);
    source_close(&source);
    return out;
}

static void expect(const char *text, const char *wanted) {
    struct text out = formatted(text, strlen(text));
    assert_string_equal(text_string(&out), wanted);
    text_free(&out);
}

/* The statement with runs of blanks as one: what `say` says stays as it is. */
static struct text squeezed(const struct source *source, size_t index) {
    size_t length;
    const char *line = source_statement(source, index, &length);
    struct text out = TEXT_EMPTY;
    bool text = length > 4 && memcmp(line, "say ", 4) == 0;
    for (size_t at = 0; at < length; at++) {
        bool blank = line[at] == ' ' || line[at] == '\t' || line[at] == '\r';
        if (!blank || text) {
            text_put_bytes(&out, line + at, 1);
        } else if (out.bytes[out.length - 1] != ' ') {
            text_put_char(&out, ' ');
        }
    }
    return out;
}

static void check(const char *text, size_t length) {
    struct text once = formatted(text, length);
    struct text twice = formatted(text_string(&once), once.length);
    assert_string_equal(text_string(&once), text_string(&twice));
    struct source before, after;
    open_text(&before, text, length);
    open_text(&after, text_string(&once), once.length);
    assert_int_equal(before.count, after.count);
    for (size_t i = 0; i < before.count; i++) {
        struct text a = squeezed(&before, i), b = squeezed(&after, i);
        assert_string_equal(text_string(&a), text_string(&b));
        text_free(&a);
        text_free(&b);
    }
    source_close(&before);
    source_close(&after);
    text_free(&once);
    text_free(&twice);
}

static void test_layout(void **state) {
    (void)state;
    expect("", "");
    expect("\n\n  \n", "");
    expect("net 1   1;x =\t2 ;; step\n", "net 1 1\nx = 2\nstep\n");
    expect("x = 1# why\n\n\n  # alone  \ny = 2", "x = 1 # why\n\n# alone\ny = 2\n");
    expect("W0 = [1 2; \\\n   3  -4]\r\n", "W0 = [1 2; 3 -4]\n");
    expect("say  two  blanks; and a ';' # but this\n", "say two  blanks; and a ';' # but this\n");
    expect("save \"a  b.scene\"", "save \"a  b.scene\"\n");
    expect("\n\nstep\n\n\n\nback\n\n", "step\n\nback\n");
}

static void test_scenes(void **state) {
    (void)state;
    for (size_t i = 0; i < builtin_scene_count; i++) {
        check(builtin_scenes[i].text, builtin_scenes[i].length);
    }
}

static void test_any_text(void **state) {
    (void)state;
    static const char *const parts[] = {"say", " ",  "  ", "\n",   ";", "#",       "\\\n",
                                        "\\",  "\"", "[",  "]",    "x", "=",       "title",
                                        "\t",  "(",  ")",  "\r\n", "é", "say a  b"};
    struct random random;
    random_seed(&random, 11);
    for (int n = 0; n < 3000; n++) {
        struct text text = TEXT_EMPTY;
        for (size_t count = random_below(&random, 20); count > 0; count--) {
            text_put(&text, parts[random_below(&random, sizeof parts / sizeof *parts)]);
        }
        struct text once = formatted(text_string(&text), text.length);
        struct text twice = formatted(text_string(&once), once.length);
        assert_string_equal(text_string(&once), text_string(&twice));
        struct source before, after;
        open_text(&before, text_string(&text), text.length);
        open_text(&after, text_string(&once), once.length);
        assert_int_equal(before.count, after.count);
        source_close(&before);
        source_close(&after);
        text_free(&once);
        text_free(&twice);
        text_free(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_scenes),
        cmocka_unit_test(test_any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
