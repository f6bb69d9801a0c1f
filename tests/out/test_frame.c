/*
 * tests/out/test_frame.c - a canvas written down as plain text and ANSI.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "out/frame.h"

static struct canvas drawn(void) {
    struct canvas canvas;
    assert_int_equal(canvas_open(&canvas, 3, 12, false), STATUS_OK);
    canvas_put(&canvas, 0, 1, ROLE_TEXT, "a < b & c");
    canvas_put(&canvas, 1, 0, ROLE_TARGET, "−1.5");
    canvas_put(&canvas, 2, 0, ROLE_TEXT, "日本");
    return canvas;
}

static void text_has_no_blanks_at_the_end(void **unused) {
    (void)unused;
    struct canvas canvas = drawn();
    struct text out = TEXT_EMPTY;
    frame_text(&out, &canvas, theme_at(0));
    assert_string_equal(text_string(&out), " a < b & c\n−1.5\n日本\n");
    text_free(&out);
    canvas_close(&canvas);
}

/* Without its sequences the ANSI frame is the plain one; every line ends in plain ink. */
static void ansi_says_the_same(void **unused) {
    (void)unused;
    struct canvas canvas = drawn();
    struct text out = TEXT_EMPTY, plain = TEXT_EMPTY;
    frame_ansi(&out, &canvas, theme_named("dark"));
    assert_non_null(strstr(text_string(&out), "48;2;"));
    for (const char *c = text_string(&out); *c; c++) {
        if (*c == '\033') {
            c = strchr(c, 'm');
            continue;
        }
        assert_true(*c != '\n' || c == out.bytes || c[-1] != ';');
        text_put_char(&plain, *c);
    }
    assert_string_equal(text_string(&plain), " a < b & c\n−1.5\n日本\n");
    assert_non_null(strstr(text_string(&out), "−1.5\033[0m\n"));
    text_free(&out);
    text_free(&plain);
    canvas_close(&canvas);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_has_no_blanks_at_the_end),
        cmocka_unit_test(ansi_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
