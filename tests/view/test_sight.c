/*
 * tests/view/test_sight.c - what every theme owes its readers: text stands out at each
 * depth of colour, and what colours tell apart stays apart for people who do not see
 * all of them, and on terminals that have none. (test_theme.c has the tables' form.)
 *
 * Contrast is WCAG 2's ratio of relative luminances, 1 to 21. The three kinds of
 * colour blindness are simulated by the matrices of Machado, Oliveira and Fernandes
 * (2009) for a complete loss, in linear RGB; distances are those of CIELAB (1976, white
 * D65), where 2 is just noticeable and 20 is two different colours at a glance.
 *
 * A terminal's own colours are not known: they are taken for the theme's paper and
 * ink (below full depth also for plain black or white, as the paper is dark or light),
 * and for the lower depths for the colours of xterm.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "view/theme.h"

enum depth { DEPTH_RGB, DEPTH_256, DEPTH_16, DEPTH_8, DEPTHS };
static const int depth_colors[DEPTHS] = {0x1000000, 256, 16, 8};

enum vision { NORMAL, PROTANOPIA, DEUTERANOPIA, TRITANOPIA, VISIONS };
static const char *const vision_names[VISIONS] = {"normal", "protanopia", "deuteranopia",
                                                  "tritanopia"};

static const double vision_matrices[VISIONS][3][3] = {
    [NORMAL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    [PROTANOPIA] = {{0.152286, 1.052583, -0.204868},
                    {0.114503, 0.786281, 0.099216},
                    {-0.003882, -0.048116, 1.051998}},
    [DEUTERANOPIA] = {{0.367322, 0.860646, -0.227968},
                      {0.280085, 0.672501, 0.047413},
                      {-0.011820, 0.042940, 0.968881}},
    [TRITANOPIA] = {{1.255528, -0.076749, -0.178779},
                    {-0.078411, 0.930809, 0.147602},
                    {0.004733, 0.691367, 0.303900}},
};

/* ---- colours ---- */

/* The light of a byte of sRGB, 0 ... 1. */
static double light_of(int32_t byte) {
    double v = (double)byte / 255;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

/* Red, green and blue light as an eye sees it. */
static void see(enum vision vision, int32_t rgb, double light[3]) {
    double c[3] = {light_of(rgb >> 16 & 0xFF), light_of(rgb >> 8 & 0xFF), light_of(rgb & 0xFF)};
    for (int row = 0; row < 3; row++) {
        const double *m = vision_matrices[vision][row];
        double v = m[0] * c[0] + m[1] * c[1] + m[2] * c[2];
        light[row] = v < 0 ? 0 : v > 1 ? 1 : v;
    }
}

static double luminance(int32_t rgb) {
    double c[3];
    see(NORMAL, rgb, c);
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

static double contrast(int32_t a, int32_t b) {
    double la = luminance(a) + 0.05, lb = luminance(b) + 0.05;
    return la > lb ? la / lb : lb / la;
}

struct lab {
    double L, a, b;
};

static double lab_curve(double t) {
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

static struct lab lab_of(enum vision vision, int32_t rgb) {
    double c[3];
    see(vision, rgb, c);
    double x = lab_curve((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.95047);
    double y = lab_curve(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]);
    double z = lab_curve((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.08883);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double distance(enum vision vision, int32_t first, int32_t second) {
    struct lab p = lab_of(vision, first), q = lab_of(vision, second);
    double L = p.L - q.L, a = p.a - q.a, b = p.b - q.b;
    return sqrt(L * L + a * a + b * b);
}

/* What xterm shows for colour `index` of its palette. */
static int32_t palette_rgb(int index) {
    static const int32_t first[16] = {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD,
                                      0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00,
                                      0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF};
    static const int32_t levels[6] = {0, 95, 135, 175, 215, 255};
    if (index < 16) {
        return first[index];
    }
    if (index >= 232) {
        return (8 + 10 * (index - 232)) * 0x10101;
    }
    index -= 16;
    return levels[index / 36] << 16 | levels[index / 6 % 6] << 8 | levels[index % 6];
}

/* The number of a colour at a depth; -1 for the terminal's own. */
static int32_t color_at(const struct color *color, enum depth depth) {
    const int32_t numbers[DEPTHS] = {color->rgb, color->palette256, color->palette16,
                                     color->palette8};
    return numbers[depth];
}

static int32_t shown(const struct color *color, enum depth depth, int32_t own) {
    int32_t number = color_at(color, depth);
    return number < 0 ? own : depth == DEPTH_RGB ? number : palette_rgb(number);
}

/* A role as it is seen: letters and what they stand on. */
struct seen {
    int32_t ink, paper;
};

static struct seen seen(const struct theme *theme, int role, enum depth depth) {
    const struct look *look = &theme->looks[role];
    struct seen s = {shown(&look->foreground, depth, theme->ink),
                     shown(&look->background, depth, theme->paper)};
    return look->attributes & LOOK_REVERSE ? (struct seen){s.paper, s.ink} : s;
}

/* ---- the tests ---- */

/* Count a fault and tell it, so that one run shows them all. */
#define check(holds, ...)                                                                          \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            print_error(__VA_ARGS__);                                                              \
            faults++;                                                                              \
        }                                                                                          \
    } while (0)

/* Themes with colours; NULL past the last. */
static const struct theme *colored_at(size_t index) {
    static const char *const names[] = {"dark", "light", "projector"};
    return index < sizeof names / sizeof *names ? theme_named(names[index]) : NULL;
}

/* A colour is a number of its depth or the terminal's own, letters never have the
 * colour that they stand on, and what has a paper of its own at full depth is told
 * from plain text at the lower ones too. */
static void test_every_role_has_a_look_at_each_depth(void **state) {
    (void)state;
    int faults = 0;
    for (size_t t = 0; theme_at(t); t++) {
        const struct theme *theme = theme_at(t);
        const struct look *plain = &theme->looks[ROLE_TEXT];
        for (int n = 0; n < ROLE_COUNT * DEPTHS; n++) {
            int role = n / DEPTHS;
            enum depth d = (enum depth)(n % DEPTHS);
            const struct look *look = &theme->looks[role];
            int32_t ink = color_at(&look->foreground, d), paper = color_at(&look->background, d);
            check(ink >= -1 && ink < depth_colors[d] && paper >= -1 && paper < depth_colors[d],
                  "%s role %d: colours %d on %d at depth %d\n", theme->name, role, (int)ink,
                  (int)paper, (int)d);
            check(ink < 0 || ink != paper, "%s role %d: invisible at depth %d\n", theme->name, role,
                  (int)d);
            bool chip = look->background.rgb != plain->background.rgb && role != ROLE_HEAT_0 + 5;
            bool told = ink != color_at(&plain->foreground, d) || look->attributes != 0 ||
                        paper != color_at(&plain->background, d);
            check(!chip || told, "%s role %d: plain at depth %d\n", theme->name, role, (int)d);
        }
    }
    assert_int_equal(faults, 0);
}

/* 4.5:1 for all text, 7:1 in the theme for projectors; 3:1 for lines, and for text in
 * the few colours of which the terminal decides what they are. */
static void test_text_stands_out(void **state) {
    (void)state;
    int faults = 0;
    for (size_t t = 0; theme_at(t); t++) {
        const struct theme *theme = theme_at(t);
        double full = strcmp(theme->name, "projector") == 0 ? 7 : 4.5;
        for (int n = 0; n < ROLE_COUNT * DEPTHS; n++) {
            int role = n / DEPTHS;
            enum depth d = (enum depth)(n % DEPTHS);
            struct seen s = seen(theme, role, d);
            double least = d >= DEPTH_16 || role == ROLE_FRAME ? 3 : full;
            double ratio = contrast(s.ink, s.paper);
            if (d > DEPTH_RGB && s.paper == theme->paper) {
                double worst = contrast(s.ink, luminance(theme->paper) > 0.5 ? 0xFFFFFF : 0);
                ratio = worst < ratio ? worst : ratio;
            }
            check(ratio >= least, "%s role %d at depth %d: %06x on %06x is %.2f:1, below %.1f\n",
                  theme->name, role, (int)d, (unsigned)s.ink, (unsigned)s.paper, ratio, least);
        }
    }
    assert_int_equal(faults, 0);
}

/* Above and below zero are two colours for everybody. */
static void test_signs_stay_apart(void **state) {
    (void)state;
    int faults = 0;
    for (size_t t = 0; colored_at(t); t++) {
        const struct theme *theme = colored_at(t);
        for (int n = 0; n < DEPTHS * VISIONS; n++) {
            enum vision v = (enum vision)(n % VISIONS);
            enum depth d = (enum depth)(n / VISIONS);
            double apart =
                distance(v, seen(theme, ROLE_POSITIVE, d).ink, seen(theme, ROLE_NEGATIVE, d).ink);
            check(apart >= 20, "%s at depth %d, %s: signs are %.1f apart\n", theme->name, (int)d,
                  vision_names[v], apart);
        }
    }
    assert_int_equal(faults, 0);
}

/* The same amount above and below zero: the smallest may be pale. */
static void test_heat_has_two_sides(void **state) {
    (void)state;
    int faults = 0;
    for (size_t t = 0; colored_at(t); t++) {
        const struct theme *theme = colored_at(t);
        for (int n = 0; n < 2 * VISIONS * 5; n++) {
            enum vision v = (enum vision)(n / 5 % VISIONS);
            enum depth d = n < VISIONS * 5 ? DEPTH_RGB : DEPTH_256;
            int amount = n % 5 + 1;
            double apart = distance(v, seen(theme, ROLE_HEAT_0 + 5 - amount, d).paper,
                                    seen(theme, ROLE_HEAT_0 + 5 + amount, d).paper);
            check(apart >= (amount == 1 ? 10 : 20), "%s at depth %d, %s: -%d and +%d: %.1f apart\n",
                  theme->name, (int)d, vision_names[v], amount, amount, apart);
        }
    }
    assert_int_equal(faults, 0);
}

/* A stronger cell is further from the paper, in lightness, than a weaker one. */
static void test_heat_rises_from_zero(void **state) {
    (void)state;
    int faults = 0;
    for (size_t t = 0; colored_at(t); t++) {
        const struct theme *theme = colored_at(t);
        double page = lab_of(NORMAL, theme->paper).L;
        for (int n = 0; n < 2 * VISIONS * 2; n++) {
            enum vision v = (enum vision)(n / 2 % VISIONS);
            enum depth d = n < VISIONS * 2 ? DEPTH_RGB : DEPTH_256;
            int side = n % 2 ? 1 : -1;
            double before = fabs(lab_of(v, seen(theme, ROLE_HEAT_0 + 5, d).paper).L - page);
            for (int amount = 1; amount <= 5; amount++) {
                int32_t paper = seen(theme, ROLE_HEAT_0 + 5 + side * amount, d).paper;
                double now = fabs(lab_of(v, paper).L - page);
                check(now >= before + 2,
                      "%s at depth %d, %s: heat %+d is %.1f from the page, %.1f before\n",
                      theme->name, (int)d, vision_names[v], side * amount, now, before);
                before = now;
            }
        }
    }
    assert_int_equal(faults, 0);
}

static const int chips[] = {ROLE_OPERAND_1, ROLE_OPERAND_2, ROLE_OPERAND_3, ROLE_TARGET};
enum { CHIPS = sizeof chips / sizeof *chips };

/* The operands and the target: their papers, which the eye follows from the formula to
 * the network. */
static void test_operands_stay_apart(void **state) {
    (void)state;
    int faults = 0;
    for (size_t t = 0; colored_at(t); t++) {
        const struct theme *theme = colored_at(t);
        for (int n = 0; n < 2 * VISIONS * CHIPS * CHIPS; n++) {
            int a = n % CHIPS, b = n / CHIPS % CHIPS;
            enum vision v = (enum vision)(n / (CHIPS * CHIPS) % VISIONS);
            enum depth d = n < VISIONS * CHIPS * CHIPS ? DEPTH_RGB : DEPTH_256;
            double apart =
                distance(v, seen(theme, chips[a], d).paper, seen(theme, chips[b], d).paper);
            check(a >= b || apart >= 20, "%s at depth %d, %s: chips %d and %d are %.1f apart\n",
                  theme->name, (int)d, vision_names[v], a + 1, b + 1, apart);
        }
    }
    assert_int_equal(faults, 0);
}

static const int marks[] = {ROLE_TEXT,   ROLE_OPERAND_1, ROLE_OPERAND_2, ROLE_OPERAND_3,
                            ROLE_TARGET, ROLE_SELECTED,  ROLE_CHANGED};
enum { MARKS = sizeof marks / sizeof *marks };

static bool same_look(const struct look *a, const struct look *b, enum depth depth) {
    return color_at(&a->foreground, depth) == color_at(&b->foreground, depth) &&
           color_at(&a->background, depth) == color_at(&b->background, depth) &&
           a->attributes == b->attributes;
}

/* What marks a cell differs from every other mark, and from plain text, at each depth;
 * without colours by attributes that every terminal has. */
static void test_marks_differ_at_each_depth(void **state) {
    (void)state;
    int faults = 0;
    for (size_t t = 0; theme_at(t); t++) {
        const struct theme *theme = theme_at(t);
        for (int pair = 0; pair < MARKS * MARKS; pair++) {
            int first = marks[pair / MARKS], second = marks[pair % MARKS];
            const struct look *a = &theme->looks[first], *b = &theme->looks[second];
            if (first >= second) {
                continue;
            }
            check(a->mono_attributes != b->mono_attributes, "%s roles %d and %d: same attributes\n",
                  theme->name, first, second);
            for (int d = DEPTH_RGB; d < DEPTHS; d++) {
                check(!same_look(a, b, (enum depth)d), "%s roles %d and %d: same at depth %d\n",
                      theme->name, first, second, d);
            }
        }
        for (int role = 0; role < ROLE_COUNT; role++) {
            check((theme->looks[role].mono_attributes & LOOK_ITALIC) == 0,
                  "%s role %d: few terminals have italics\n", theme->name, role);
        }
    }
    assert_int_equal(faults, 0);
}

/* Without colours a sign does not look like an operand: the minus tells it. */
static void test_signs_are_no_marks_without_colours(void **state) {
    (void)state;
    for (size_t t = 0; theme_at(t); t++) {
        const struct look *looks = theme_at(t)->looks;
        for (int n = 0; n < CHIPS; n++) {
            assert_int_not_equal(looks[ROLE_POSITIVE].mono_attributes,
                                 looks[chips[n]].mono_attributes);
            assert_int_not_equal(looks[ROLE_NEGATIVE].mono_attributes,
                                 looks[chips[n]].mono_attributes);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_role_has_a_look_at_each_depth),
        cmocka_unit_test(test_text_stands_out),
        cmocka_unit_test(test_signs_stay_apart),
        cmocka_unit_test(test_heat_has_two_sides),
        cmocka_unit_test(test_heat_rises_from_zero),
        cmocka_unit_test(test_operands_stay_apart),
        cmocka_unit_test(test_marks_differ_at_each_depth),
        cmocka_unit_test(test_signs_are_no_marks_without_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
