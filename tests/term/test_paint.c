/*
 * tests/term/test_paint.c - painting only what differs gives the screen that painting
 * everything gives: random canvases, one after another, on several terminals.
 *
 * Two emulators (libvterm) get the bytes, one those of the differences, one those of a
 * whole frame. What nobody can tell apart (the colour of a blank) is not compared.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <vterm.h>

#include "base/random.h"
#include "term/capability.h"
#include "term/paint.h"

#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <term.h>

enum { HIGH = 7, WIDE = 23, FRAMES = 150 };

struct side {
    struct pen pen;
    struct paint paint;
    VTerm *vterm;
    VTermScreen *screen;
};

/* `page`: the background of plain text; STYLE_OWN, or a colour as in theme "projector". */
static void side_open(struct side *side, bool colors, int page) {
    *side = (struct side){.vterm = vterm_new(HIGH, WIDE)};
    assert_non_null(side->vterm);
    vterm_set_utf8(side->vterm, 1);
    side->screen = vterm_obtain_screen(side->vterm);
    vterm_screen_reset(side->screen, 1);
    pen_open(&side->pen, false);
    pen_forget(&side->pen, HIGH, WIDE);
    paint_forget(&side->paint, HIGH, WIDE);
    side->paint.colors = colors;
    for (int role = 0; role < ROLE_COUNT; role++) {
        side->paint.styles[role] =
            colors ? (struct style){role % 9 - 1, role % 3 ? STYLE_OWN : role % 8, role % 4}
                   : (struct style){STYLE_OWN, STYLE_OWN, (role * 5) % 16};
    }
    for (int role = 0; role < ROLE_COUNT && page != STYLE_OWN; role++) {
        struct style *style = &side->paint.styles[role];
        style->background = style->background == STYLE_OWN ? page : style->background;
    }
    side->paint.styles[ROLE_TEXT] = (struct style){STYLE_OWN, page, 0};
    for (int heat = 0; heat < HEATS; heat++) {
        side->paint.styles[ROLE_HEAT_0 + heat].background = colors ? heat % 8 : STYLE_OWN;
    }
}

static void side_close(struct side *side) {
    pen_close(&side->pen);
    paint_close(&side->paint);
    vterm_free(side->vterm);
}

static size_t side_show(struct side *side, const struct canvas *canvas, bool redraw) {
    size_t count;
    paint_canvas(&side->paint, &side->pen, canvas, redraw);
    const char *bytes = pen_bytes(&side->pen, &count);
    vterm_input_write(side->vterm, bytes, count);
    assert_true(pen_done(&side->pen));
    return count;
}

static bool is_seen(const VTermScreenCell *cell) {
    bool glyph = cell->chars[0] != 0 && cell->chars[0] != ' ';
    return glyph || cell->attrs.underline || cell->attrs.reverse ||
           !VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
}

static void compare(const struct side *changes, const struct side *whole, bool last_cell) {
    for (int n = 0; n < HIGH * WIDE - (last_cell ? 0 : 1); n++) {
        VTermScreenCell a, b;
        VTermPos at = {n / WIDE, n % WIDE};
        vterm_screen_get_cell(changes->screen, at, &a);
        vterm_screen_get_cell(whole->screen, at, &b);
        assert_int_equal(is_seen(&a), is_seen(&b));
        if (!is_seen(&a) || a.chars[0] == UINT32_MAX) { /* the right half of a wide glyph */
            continue;
        }
        bool blank = a.chars[0] == 0 || a.chars[0] == ' ';
        assert_true(blank == (b.chars[0] == 0 || b.chars[0] == ' '));
        assert_true(blank || memcmp(a.chars, b.chars, sizeof a.chars[0] * 2) == 0);
        assert_true(vterm_color_is_equal(&a.bg, &b.bg));
        assert_int_equal(a.attrs.underline, b.attrs.underline);
        assert_int_equal(a.attrs.reverse, b.attrs.reverse);
        if (!blank) {
            assert_true(vterm_color_is_equal(&a.fg, &b.fg));
            assert_int_equal(a.attrs.bold, b.attrs.bold);
        }
    }
}

/* A few changes: words, a fill, two heats in a cell; now and then everything. */
static void scribble(struct canvas *canvas, struct random *random) {
    static const char *const WORDS[] = {"z",   "∂C/∂W",    "0.5000", "漢字",
                                        "─┼─", "e\u0301x", "   ",    " "};
    if (random_below(random, 12) == 0) {
        canvas_clear(canvas);
    }
    for (size_t n = random_below(random, 9); n > 0; n--) {
        int row = (int)random_below(random, HIGH), col = (int)random_below(random, WIDE);
        enum role role = (enum role)random_below(random, ROLE_COUNT);
        switch (random_below(random, 4)) {
        case 0:
            canvas_fill(canvas, (struct rect){row, col, 2, 6}, role,
                        random_below(random, 3) ? ' ' : '#');
            break;
        case 1:
            canvas_halves(canvas, row, col, ROLE_HEAT_0 + (enum role)random_below(random, HEATS),
                          ROLE_HEAT_0 + (enum role)random_below(random, HEATS));
            break;
        default:
            canvas_put_styled(canvas, row, col, role, (int)random_below(random, 8),
                              WORDS[random_below(random, sizeof WORDS / sizeof *WORDS)]);
            break;
        }
    }
}

static void compare_frames(const char *type, uint64_t seed, bool paged) {
    int cause;
    if (setupterm(type, 1, &cause) != OK) {
        print_message("no terminal type '%s' here\n", type);
        return;
    }
    struct random random;
    random_seed(&random, seed);
    struct canvas canvas;
    assert_int_equal(canvas_open(&canvas, HIGH, WIDE, false), STATUS_OK);
    bool colors = capability("setaf") != NULL;
    struct side changes, whole;
    int page = colors && paged ? 4 : STYLE_OWN;
    side_open(&changes, colors, page);
    side_open(&whole, colors, page);
    size_t small = 0, large = 0;
    for (size_t n = 0; n < FRAMES; n++) {
        scribble(&canvas, &random);
        small += side_show(&changes, &canvas, false);
        large += side_show(&whole, &canvas, true);
        compare(&changes, &whole, changes.pen.last_cell);
    }
    assert_int_equal(side_show(&changes, &canvas, false), 0); /* nothing differs now */
    assert_true(small < large);
    side_close(&changes);
    side_close(&whole);
    canvas_close(&canvas);
    (void)del_curterm(cur_term);
}

static void test_differences(void **state) {
    (void)state;
    static const char *const TYPES[] = {"xterm-256color", "xterm",        "linux",
                                        "vt100",          "screen",       "ansi",
                                        "tmux-256color",  "rxvt-unicode", "screen-256color"};
    for (size_t n = 0; n < sizeof TYPES / sizeof *TYPES; n++) {
        compare_frames(TYPES[n], 11 + n, false);
        compare_frames(TYPES[n], 31 + n, true);
    }
}

/* What stands in the emulator is what stands in the canvas. */
static void test_glyphs(void **state) {
    (void)state;
    int cause;
    assert_int_equal(setupterm("xterm-256color", 1, &cause), OK);
    struct canvas canvas;
    assert_int_equal(canvas_open(&canvas, HIGH, WIDE, false), STATUS_OK);
    canvas_put(&canvas, 1, 3, ROLE_TARGET, "∂C/∂W = 漢");
    canvas_put(&canvas, HIGH - 1, WIDE - 1, ROLE_TEXT, "!");
    struct side side;
    side_open(&side, true, STYLE_OWN);
    side_show(&side, &canvas, false);
    for (int n = 0; n < HIGH * WIDE; n++) {
        const struct cell *cell = canvas_cell(&canvas, n / WIDE, n % WIDE);
        VTermScreenCell shown;
        vterm_screen_get_cell(side.screen, (VTermPos){n / WIDE, n % WIDE}, &shown);
        if (cell->glyph != 0) {
            assert_int_equal(shown.chars[0] ? shown.chars[0] : ' ', cell->glyph);
        }
    }
    side_close(&side);
    canvas_close(&canvas);
    (void)del_curterm(cur_term);
}

int main(void) {
    setlocale(LC_CTYPE, ""); /* wcwidth() */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_differences),
        cmocka_unit_test(test_glyphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
