/*
 * tests/view/test_theme.c - the themes as tables: whole, in range, readable,
 * and with signs and operands that can be told apart, also without colours.
 */
#include <math.h>
#include <stdbool.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "view/theme.h"

enum { BLACK = 0, WHITE = 15 };

/* The palette of 256 colours as xterm has it; the first 16 differ everywhere: of them
 * the palest black and the darkest white in use. */
static int32_t palette_rgb(int index) {
    static const int LEVELS[] = {0, 95, 135, 175, 215, 255};
    if (index < 16) {
        return index == BLACK ? 0x2E3436 : 0xEBDBB2;
    }
    if (index >= 232) {
        return (8 + 10 * (index - 232)) * 0x10101;
    }
    index -= 16;
    return LEVELS[index / 36] << 16 | LEVELS[index / 6 % 6] << 8 | LEVELS[index % 6];
}

/* Relative luminance and contrast as WCAG 2 defines them. */
static double luminance(int32_t rgb) {
    static const double WEIGHTS[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double channel = (double)(rgb >> (16 - 8 * i) & 0xFF) / 255;
        sum += WEIGHTS[i] *
               (channel <= 0.03928 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(int32_t a, int32_t b) {
    double la = luminance(a) + 0.05;
    double lb = luminance(b) + 0.05;
    return la > lb ? la / lb : lb / la;
}

static int32_t rgb_or(const struct color *color, int32_t own) {
    return color->rgb == COLOR_DEFAULT ? own : color->rgb;
}

static int32_t palette_or(const struct color *color, int32_t own) {
    return color->palette256 == COLOR_DEFAULT ? own : palette_rgb(color->palette256);
}

static void assert_readable(const struct theme *theme, int role, double wanted) {
    const struct look *look = &theme->looks[role];
    double deep =
        contrast(rgb_or(&look->foreground, theme->ink), rgb_or(&look->background, theme->paper));
    /* With a palette the paper is the terminal's, at worst a plain one. */
    int32_t paper = luminance(theme->paper) > 0.5 ? 0xFFFFFF : 0x000000;
    double flat =
        contrast(palette_or(&look->foreground, theme->ink), palette_or(&look->background, paper));
    if (deep < wanted || flat < wanted) {
        fail_msg("%s, role %d: contrast %.2f and %.2f, wanted %.2f", theme->name, role, deep, flat,
                 wanted);
    }
}

static void test_text_is_readable(void **state) {
    (void)state;
    for (size_t i = 0; theme_at(i); i++) {
        double wanted = strcmp(theme_at(i)->name, "projector") == 0 ? 7.0 : 4.5;
        for (int role = 0; role < ROLE_COUNT; role++) {
            assert_readable(theme_at(i), role, role == ROLE_FRAME ? 3.0 : wanted);
        }
    }
}

static void assert_in_palette(const struct color *color, bool ink) {
    bool plain = ink && (color->palette256 == BLACK || color->palette256 == WHITE);
    assert_true(color->rgb >= COLOR_DEFAULT && color->rgb <= 0xFFFFFF);
    assert_true(color->palette256 == COLOR_DEFAULT || plain ||
                (color->palette256 >= 16 && color->palette256 <= 255));
    assert_true(color->palette16 >= COLOR_DEFAULT && color->palette16 <= 15);
    assert_true(color->palette8 >= COLOR_DEFAULT && color->palette8 <= 7);
    /* A colour that exists at one of the deep levels exists at the other. */
    assert_int_equal(color->rgb == COLOR_DEFAULT, color->palette256 == COLOR_DEFAULT);
}

static void test_tables_are_whole(void **state) {
    (void)state;
    for (size_t i = 0; theme_at(i); i++) {
        const struct theme *theme = theme_at(i);
        assert_ptr_equal(theme_named(theme->name), theme);
        assert_true(theme->help && *theme->help);
        for (int role = 0; role < ROLE_COUNT; role++) {
            const struct look *look = &theme->looks[role];
            assert_in_palette(&look->foreground, true);
            assert_in_palette(&look->background, false);
            /* A role that was forgotten would be black on black. */
            assert_false(look->foreground.rgb == 0 && look->background.rgb == 0);
            int many = LOOK_BOLD | LOOK_DIM | LOOK_ITALIC | LOOK_UNDERLINE | LOOK_REVERSE;
            assert_int_equal((look->attributes | look->mono_attributes) & ~many, 0);
        }
    }
    assert_string_equal(theme_at(0)->name, "dark");
    assert_null(theme_named("no such theme"));
    assert_null(theme_at(100));
}

static void assert_distinct(const struct theme *theme, int a, int b) {
    const struct look *x = &theme->looks[a];
    const struct look *y = &theme->looks[b];
    if (strcmp(theme->name, "mono") == 0) {
        assert_true(x->mono_attributes != y->mono_attributes || a == ROLE_POSITIVE);
        return; /* of two numbers one has a minus */
    }
    assert_true(x->foreground.rgb != y->foreground.rgb || x->background.rgb != y->background.rgb);
    assert_true(x->foreground.palette256 != y->foreground.palette256 ||
                x->background.palette256 != y->background.palette256);
    assert_true(x->foreground.palette16 != y->foreground.palette16 ||
                x->background.palette16 != y->background.palette16);
    assert_true(x->foreground.palette8 != y->foreground.palette8 ||
                x->background.palette8 != y->background.palette8);
}

static void test_what_has_to_be_told_apart(void **state) {
    (void)state;
    static const enum role GROUP[] = {ROLE_OPERAND_1, ROLE_OPERAND_2, ROLE_OPERAND_3, ROLE_TARGET};
    for (size_t i = 0; theme_at(i); i++) {
        assert_distinct(theme_at(i), ROLE_POSITIVE, ROLE_NEGATIVE);
        for (size_t a = 0; a < 4; a++) {
            for (size_t b = 0; b < a; b++) {
                assert_distinct(theme_at(i), (int)GROUP[a], (int)GROUP[b]);
            }
        }
    }
}

static void test_no_line_beneath_blanks(void **state) {
    (void)state;
    struct cell blank = {.glyph = ' ', .emphasis = EMPHASIS_UNDERLINE | EMPHASIS_BOLD};
    struct cell digit = {.glyph = '1', .emphasis = EMPHASIS_REVERSE};
    struct cell marked = {.glyph = ' ', .mark = 0x302};
    assert_int_equal(theme_attributes(LOOK_UNDERLINE | LOOK_DIM, &blank), LOOK_BOLD | LOOK_DIM);
    assert_int_equal(theme_attributes(LOOK_UNDERLINE, &digit), LOOK_UNDERLINE | LOOK_REVERSE);
    assert_int_equal(theme_attributes(LOOK_UNDERLINE, &marked), LOOK_UNDERLINE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_readable),
        cmocka_unit_test(test_tables_are_whole),
        cmocka_unit_test(test_what_has_to_be_told_apart),
        cmocka_unit_test(test_no_line_beneath_blanks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
