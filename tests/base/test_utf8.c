/*
 * test_utf8.c - UTF-8, widths in cells, and that hostile bytes come out harmless.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/random.h"
#include "base/utf8.h"

static void test_decode(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t count, taken;
        uint32_t code_point;
    } rows[] = {
        {"", 0, 0, 0},
        {"a", 1, 1, 'a'},
        {"\0", 1, 1, 0},
        {"é", 2, 2, 0xE9},
        {"∂", 3, 3, 0x2202},
        {"🙂", 4, 4, 0x1F642},
        {"\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF},
        {"\xC3", 1, 1, 0xFFFD},             /* cut off */
        {"∂", 2, 1, 0xFFFD},                /* cut off by the count */
        {"\xC3(", 2, 1, 0xFFFD},            /* not continued */
        {"\x80", 1, 1, 0xFFFD},             /* a continuation alone */
        {"\xFF", 1, 1, 0xFFFD},             /* never in UTF-8 */
        {"\xC0\x80", 2, 1, 0xFFFD},         /* over-long NUL */
        {"\xC1\xBF", 2, 1, 0xFFFD},         /* over-long */
        {"\xE0\x80\xAF", 3, 1, 0xFFFD},     /* over-long slash */
        {"\xF0\x80\x80\xAF", 4, 1, 0xFFFD}, /* longer yet */
        {"\xED\xA0\x80", 3, 1, 0xFFFD},     /* surrogate */
        {"\xED\xBF\xBF", 3, 1, 0xFFFD},     /* surrogate */
        {"\xF4\x90\x80\x80", 4, 1, 0xFFFD}, /* above the last */
        {"\xF8\x88\x80\x80\x80", 5, 1, 0xFFFD},
    };
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        uint32_t code_point = 0;
        assert_int_equal(utf8_decode(rows[n].bytes, rows[n].count, &code_point), rows[n].taken);
        assert_int_equal(code_point, rows[n].code_point);
    }
}

/* Every code point is written and read again; what is none is written U+FFFD. */
static void test_encode(void **state) {
    (void)state;
    for (uint32_t code_point = 0; code_point <= 0x110100; code_point++) {
        char bytes[4];
        uint32_t again = 0;
        size_t length = utf8_encode(code_point, bytes);
        assert_true(length >= 1 && length <= 4);
        assert_true(utf8_decode(bytes, length, &again) == length);
        bool none = code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF);
        assert_true(again == (none ? 0xFFFD : code_point));
    }
}

static void test_widths(void **state) {
    (void)state;
    assert_int_equal(utf8_width('a'), 1);
    assert_int_equal(utf8_width(0x2202), 1);  /* ∂ */
    assert_int_equal(utf8_width(0x301), 0);   /* combining acute */
    assert_int_equal(utf8_width(0x4E2D), 2);  /* 中 */
    assert_int_equal(utf8_width(0x1F642), 2); /* 🙂 */
    assert_int_equal(utf8_width('\n'), 0);
    assert_int_equal(utf8_width(0x200B), 0); /* zero width space */
    assert_int_equal(utf8_cells("∂C/∂W⁽¹⁾ᵢⱼ"), 10);
    assert_int_equal(utf8_cells("a中b"), 4);
    assert_int_equal(utf8_cells(""), 0);
    assert_int_equal(utf8_cells("e\xCC\x81"), 1);
    assert_int_equal(utf8_length("a中b", strlen("a中b")), 3);
    assert_int_equal(utf8_length("\xFF\xFF", 2), 2);
    assert_int_equal(utf8_length("∂C", 3), 1);
    assert_int_equal(utf8_length("", 0), 0);
}

/* What is not looked up in the tables is what they say. */
static void test_common(void **state) {
    (void)state;
    for (int code_point = 0x20; code_point < 0x3000; code_point++) {
        utf8proc_category_t category = utf8proc_category(code_point);
        bool bad = category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
                   category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_ZL ||
                   category == UTF8PROC_CATEGORY_ZP;
        if (utf8_width((uint32_t)code_point) != utf8proc_charwidth(code_point) ||
            utf8_harmless((uint32_t)code_point) == bad) {
            fail_msg("U+%04X", (unsigned)code_point);
        }
    }
}

static void test_harmless(void **state) {
    (void)state;
    static const uint32_t good[] = {'a', ' ', 0xE9, 0x2202, 0x4E2D, 0x1F642, 0x301, 0xFFFD};
    static const uint32_t bad[] = {
        0x00,   0x07,   0x0A,     0x1B,   0x7F,   0x85,   0x9B,    /* controls, C1 too */
        0xAD,   0x200B, 0x200D,   0x200E, 0x202A, 0x202E, 0x2066,  /* invisible, bidi */
        0x2069, 0xFEFF, 0x2028,   0x2029, 0xE000, 0xD800, 0xE0001, /* separators, private */
        0x378,  0xFFFF, 0x10FFFF,                                  /* unassigned */
    };
    for (size_t n = 0; n < sizeof good / sizeof *good; n++) {
        assert_true(utf8_harmless(good[n]));
    }
    for (size_t n = 0; n < sizeof bad / sizeof *bad; n++) {
        if (utf8_harmless(bad[n])) {
            fail_msg("U+%04X passes", (unsigned)bad[n]);
        }
    }
}

static void check_clean(const char *bytes, size_t count, bool keep_newlines, const char *clean) {
    struct text out = TEXT_EMPTY;
    utf8_clean(&out, bytes, count, keep_newlines);
    assert_string_equal(text_string(&out), clean);
    text_free(&out);
}

static void test_clean(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *clean;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"∂C/∂W ∑ é 中 🙂", "∂C/∂W ∑ é 中 🙂"},
        {"a\tb", "a b"},
        {"a\nb", "a b"},
        {"a\rb", "a\xEF\xBF\xBD"
                 "b"},
        {"\x1B[31mred", "\xEF\xBF\xBD[31mred"},
        {"\x7F", "\xEF\xBF\xBD"},
        {"\xC2\x9B"
         "31m",
         "\xEF\xBF\xBD"
         "31m"}, /* CSI as one C1 control */
        {"\xE2\x80\xAE"
         "abc",
         "\xEF\xBF\xBD"
         "abc"}, /* right-to-left override */
        {"a\xE2\x80\x8B"
         "b",
         "a\xEF\xBF\xBD"
         "b"}, /* zero width space */
        {"\xFF\xFE", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"e\xCC\x81", "é"},                 /* composed */
        {"e\xCC\x81\xCC\x81", "é\xCC\x81"}, /* at most one mark stays a mark */
        {"q\xCC\x81\xCC\x82\xCC\x83", "q\xCC\x81"},
        {"\xCC\x81"
         "a",
         "a"}, /* a mark on nothing */
        {" \xCC\x81", " \xCC\x81"},
    };
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        check_clean(rows[n].bytes, strlen(rows[n].bytes), false, rows[n].clean);
    }
    check_clean("a\0b", 3, false,
                "a\xEF\xBF\xBD"
                "b");
    check_clean("a\nb\r\n", 5, true, "a\nb\xEF\xBF\xBD\n");
    check_clean("a\n\xCC\x81"
                "b",
                5, true, "a\nb"); /* a newline carries no mark */
}

/* Whatever goes in: valid UTF-8 comes out, every letter harmless, no mark upon a
 * mark, no growth without end, and cleaning again changes nothing. */
static void check_hostile(const char *bytes, size_t count, bool keep_newlines) {
    struct text out = TEXT_EMPTY, again = TEXT_EMPTY;
    utf8_clean(&out, bytes, count, keep_newlines);
    assert_true(out.length <= 3 * count);
    assert_true(strlen(text_string(&out)) == out.length);
    bool mark_before = true;
    for (size_t at = 0; at < out.length;) {
        uint32_t code_point;
        size_t taken = utf8_decode(out.bytes + at, out.length - at, &code_point);
        assert_true(code_point != 0xFFFD || taken == 3);
        assert_true(utf8_harmless(code_point) || (keep_newlines && code_point == '\n'));
        bool mark = code_point >= 0x80 && utf8_width(code_point) == 0;
        assert_false(mark && mark_before);
        mark_before = mark || code_point == '\n';
        at += taken;
    }
    utf8_clean(&again, text_string(&out), out.length, keep_newlines);
    assert_string_equal(text_string(&again), text_string(&out));
    text_free(&out);
    text_free(&again);
}

static void test_clean_hostile(void **state) {
    (void)state;
    static const uint32_t ranges[][2] = {
        {0, 0x7F},        {0x80, 0x36F},    {0x300, 0x310}, {0x1100, 0x11FF}, {0x2000, 0x20FF},
        {0xAC00, 0xAC20}, {0xFE00, 0xFE2F}, {0, 0x10FFFF},  {'a', 'z'},       {0x900, 0x9FF},
    };
    struct random random;
    random_seed(&random, 8);
    for (int n = 0; n < 40000; n++) {
        struct text in = TEXT_EMPTY;
        size_t pieces = random_below(&random, 12);
        for (size_t piece = 0; piece < pieces; piece++) {
            const uint32_t *range = ranges[random_below(&random, sizeof ranges / sizeof *ranges)];
            if (random_below(&random, 5) == 0) {
                text_put_char(&in, (char)(unsigned char)random_below(&random, 256));
            } else {
                utf8_put(&in, range[0] + (uint32_t)random_below(&random, range[1] - range[0] + 1));
            }
        }
        check_hostile(text_string(&in), in.length, random_below(&random, 2) == 0);
        text_free(&in);
    }
}

static void test_codeset(void **state) {
    (void)state;
    static const char *const names[] = {"UTF-8", "utf-8", "UTF8", "utf8", "Utf-8"};
    static const char *const others[] = {"",           "UTF",    "UTF-16",
                                         "ISO-8859-1", "UTF-8x", "ANSI_X3.4-1968"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        assert_true(utf8_is_named(names[n]));
    }
    for (size_t n = 0; n < sizeof others / sizeof *others; n++) {
        assert_false(utf8_is_named(others[n]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),        cmocka_unit_test(test_encode),
        cmocka_unit_test(test_widths),        cmocka_unit_test(test_common),
        cmocka_unit_test(test_harmless),      cmocka_unit_test(test_clean),
        cmocka_unit_test(test_clean_hostile), cmocka_unit_test(test_codeset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
