/*
 * test_screens.c - the screens of the flow, the training and the weights, and the page of
 * gradcheck: they look as they did (golden/), and keep to the same facts with plain glyphs,
 * with colours and without.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens.h"
#include "script.h"
#include "view/theme.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct script s;

/* What the screens are looked at with. */
static const struct scene {
    const char *name, *lines;
} scenes[] = {
    {"flow", "title A deep stack of sigmoids; net 4 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 1;"
             "activation sigmoid; x = 0.5 -1 0.25 2; y = 1; goto dz4; view flow"},
    {"flow-compare", "title The same with ReLU; net 4 8 8 8 8 8 8 8 8 8 8 1; activation relu;"
                     "x = 0.5 -1 0.25 2; y = 1; goto END; view flow; compare activation sigmoid"},
    {"walk-compare", "title Beside it; net 2 3 1; activation relu; x = 1 -2; y = 1; W0 = [0.5 -0.3 "
                     "0.8; 0.1 0.4 -0.2];"
                     "W1 = [1; 0.5; 0.6]; goto dz1; compare activation sigmoid"},
    {"training-plane", "title Learning XOR; net 2 4 1; activation tanh; init xavier seed 3;"
                       "bias on; data xor; batch all; lr 0.5; train 200; view training"},
    {"training-line", "title Learning a line; net 1 6 1; activation tanh; activation 2 linear;"
                      "init xavier seed 3; bias on; data line samples 40; validation 0.25;"
                      "batch all; lr 0.05; train 100; view training; axis linear"},
    {"weights", "title Weights; net 12 30 4; x = 0.5; y = 1; goto END; view weights"},
};

static void play(const struct scene *scene) {
    struct text line = TEXT_EMPTY; /* a title takes the rest of its line */
    const char *rest = scene->lines + strcspn(scene->lines, ";");
    text_put_bytes(&line, scene->lines, (size_t)(rest - scene->lines));
    script_run(&s, text_string(&line));
    script_run(&s, rest + 1);
    text_free(&line);
}

static void look_as_they_did(void **state) {
    (void)state;
    for (size_t n = 0; n < COUNT(scenes); n++) {
        script_run(&s, "compare off; view walk; axis log");
        play(&scenes[n]);
        struct view view = screen_bare(&s.session.now);
        screen_golden(&view, scenes[n].name);
    }
    script_run(&s, "compare off; net 2 2 1; activation relu; bias off; x = 0 0; y = 1; gradcheck");
    struct view view = screen_bare(&s.session.now);
    view.page = text_string(&s.result.output);
    view.page_title = "gradcheck";
    screen_golden(&view, "gradcheck");
}

/* ---- the same facts ---- */

static const int sizes[][2] = {{24, 80}, {40, 120}, {12, 40}, {30, 64}};

static bool is_number_sign(uint32_t glyph) {
    return (glyph >= '0' && glyph <= '9') || glyph == '.' || glyph == '%';
}

/* Every digit, point and per cent sign of the numbers, in order; but in the top rows there
 * is more room for words with plain glyphs. */
static struct text numbers_of(const struct canvas *canvas) {
    struct text out = TEXT_EMPTY;
    for (int row = 0; row < canvas->rows; row++) {
        for (int col = 0; col < canvas->cols; col++) {
            uint32_t glyph = canvas_cell(canvas, row, col)->glyph;
            uint32_t next = canvas_cell(canvas, row, col + 1)->glyph;
            bool digit = glyph >= '0' && glyph <= '9';
            bool point = is_number_sign(glyph) && (glyph == '%' || (next >= '0' && next <= '9'));
            if (row > 2 && (digit || point) &&
                canvas_cell(canvas, row, col)->role != ROLE_HEADING) {
                text_put_char(&out, (char)glyph); /* headings have indices: x[1] */
            }
        }
    }
    return out;
}

static void same_numbers(const struct canvas *full, const struct canvas *plain, const char *name) {
    struct text a = numbers_of(full), b = numbers_of(plain);
    if (strcmp(text_string(&a), text_string(&b)) != 0) {
        fail_msg("%s at %dx%d: other numbers with plain glyphs:\n%s\n%s", name, full->cols,
                 full->rows, text_string(&a), text_string(&b));
    }
    assert_true(a.length > 2);
    text_free(&a);
    text_free(&b);
}

/* Bars and curves: where one frame has something in a role, the other has. */
static void same_shapes(const struct canvas *full, const struct canvas *plain, const char *name) {
    for (int n = 3 * full->cols; n < full->rows * full->cols; n++) { /* below the words */
        const struct cell *a = &full->cells[n], *b = &plain->cells[n];
        bool shape = a->glyph == 0x2588 || a->glyph == 0x258C || a->glyph == 0x2580 ||
                     a->glyph == 0x2584 || a->glyph == 0x2593 || a->glyph == 0x25CF ||
                     a->glyph == 0x25CB || a->glyph == 0xD7;
        if (shape && (b->glyph == ' ' || a->role != b->role)) {
            fail_msg("%s at %dx%d: nothing at row %d, column %d with plain glyphs", name,
                     full->cols, full->rows, n / full->cols, n % full->cols);
        }
    }
}

static int tenth_of(int role) {
    int level = role - ROLE_HEAT_0;
    return level > 5 ? level - 1 : level;
}

/* Two squares a cell say the same as its digit, as nearly as they can. */
static void same_heat(const struct canvas *full, const struct canvas *colored, const char *name) {
    for (int n = 0; n < full->rows * full->cols; n++) {
        const struct cell *a = &full->cells[n], *b = &colored->cells[n];
        if (b->lower == 0) {
            if (a->glyph != b->glyph || a->role != b->role) {
                fail_msg("%s: row %d, column %d is another with colours", name, n / full->cols,
                         n % full->cols);
            }
            continue;
        }
        int digit = (int)a->glyph - '0', upper = tenth_of(b->role), lower = tenth_of(b->lower);
        int low = upper < lower ? upper : lower, high = upper > lower ? upper : lower;
        assert_int_equal(tenth_of(a->role), digit);
        assert_in_range(digit, low > 0 ? low - 1 : 0, high + 1);
    }
}

static void tell_the_same(void **state) {
    (void)state;
    for (size_t n = 0; n < COUNT(scenes); n++) {
        script_run(&s, "compare off; view walk; axis log");
        play(&scenes[n]);
        for (size_t size = 0; size < COUNT(sizes); size++) {
            struct canvas full = screen_compose(&s.session.now, sizes[size], false, false);
            struct canvas plain = screen_compose(&s.session.now, sizes[size], true, false);
            struct canvas colored = screen_compose(&s.session.now, sizes[size], false, true);
            if (s.session.now.screen != SCREEN_WALK) { /* whose symbols are longer in ASCII */
                same_numbers(&full, &plain, scenes[n].name);
                same_shapes(&full, &plain, scenes[n].name);
            }
            same_heat(&full, &colored, scenes[n].name);
            canvas_close(&full);
            canvas_close(&plain);
            canvas_close(&colored);
        }
    }
}

/* Whatever the numbers and the size: something is drawn, in time. */
static void any_size_and_number(void **state) {
    (void)state;
    static const char *const lines[] = {
        "net 2 3 1; x = 1e308 -1e308; goto END",
        "net 1 2 1; x = 1e308; y = -1e308; goto END",
        "net 2 2 1; x = 1e-320 0; y = 1e-320; W0 = 1e-300; lr = 1e-9; train 2; goto END",
        "compare off; net 1 3 1; data line; train 3; axis braille; compare activation sigmoid",
        "net 1 1 1; x = 0; compare init constant 0",
    };
    for (size_t n = 0; n < COUNT(lines); n++) {
        script_run(&s, lines[n]);
        for (int size = 0; size < 33 * 3 * 2; size++) {
            static const char *const views[] = {"view flow", "view training", "view weights"};
            script_run(&s, views[size / 2 % 3]);
            struct canvas canvas =
                screen_compose(&s.session.now, (const int[]){1 + size % 33, 1 + size * 7 % 90},
                               size % 2, size % 4 == 1);
            canvas_close(&canvas);
        }
    }
}

/* At full depth and at 256 colours the tenths are ten papers. */
static void tenths_have_papers(void **state) {
    (void)state;
    size_t colored = 0;
    for (size_t t = 0; theme_at(t); t++) {
        const struct look *looks = theme_at(t)->looks;
        if (looks[ROLE_HEAT_0].background.rgb == COLOR_DEFAULT) {
            continue; /* no colours: then there are digits */
        }
        colored++;
        for (int a = ROLE_HEAT_0; a <= ROLE_HEAT_10; a++) {
            for (int b = a + 1; b <= ROLE_HEAT_10; b++) {
                assert_int_not_equal(looks[a].background.rgb, looks[b].background.rgb);
                assert_int_not_equal(looks[a].background.palette256,
                                     looks[b].background.palette256);
            }
        }
    }
    assert_true(colored >= 3);
}

int main(void) {
#define EACH(test) script_test(test, &s)
    const struct CMUnitTest tests[] = {
        EACH(look_as_they_did),
        EACH(tell_the_same),
        EACH(any_size_and_number),
        EACH(tenths_have_papers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
