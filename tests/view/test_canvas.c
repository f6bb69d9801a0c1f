/*
 * tests/view/test_canvas.c - the grid of cells: text, widths, clipping, lines
 * that join, plain stand-ins; and that nothing drawn anywhere breaks the grid.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/text.h"
#include "base/utf8.h"
#include "view/canvas.h"

enum { SCRIBBLES = 20000 };

static struct canvas make(int rows, int cols, bool ascii) {
    struct canvas canvas;
    assert_int_equal(canvas_open(&canvas, rows, cols, ascii), STATUS_OK);
    return canvas;
}

/* A row as UTF-8, without blanks at its end. */
static void assert_row(const struct canvas *canvas, int row, const char *expected) {
    struct text text = TEXT_EMPTY;
    size_t used = 0;
    for (int col = 0; col < canvas->cols; col++) {
        const struct cell *cell = canvas_cell(canvas, row, col);
        if (cell->glyph) {
            utf8_put(&text, cell->glyph);
        }
        if (cell->mark) {
            utf8_put(&text, cell->mark);
        }
        used = cell->glyph == ' ' ? used : text.length;
    }
    text_cut(&text, used);
    assert_string_equal(text_string(&text), expected);
    text_free(&text);
}

static void test_sizes_are_clamped(void **state) {
    (void)state;
    struct canvas canvas = make(0, -5, false);
    assert_int_equal(canvas.rows, 1);
    assert_int_equal(canvas.cols, 1);
    assert_int_equal(canvas_resize(&canvas, 1 << 20, 1 << 20), STATUS_OK);
    assert_int_equal(canvas.rows, CANVAS_MAX_ROWS);
    assert_int_equal(canvas.cols, CANVAS_MAX_COLS);
    canvas_close(&canvas);
    canvas_close(&canvas); /* once more does no harm */
}

static void test_text(void **state) {
    (void)state;
    struct canvas canvas = make(3, 20, false);
    assert_int_equal(canvas_put(&canvas, 1, 2, ROLE_SAY, "∂C/∂W"), 7);
    assert_row(&canvas, 1, "  ∂C/∂W");
    assert_int_equal(canvas_cell(&canvas, 1, 2)->role, ROLE_SAY);
    assert_int_equal(canvas_printf(&canvas, 2, 0, ROLE_TEXT, "%d of %s", 7, "13"), 7);
    assert_row(&canvas, 2, "7 of 13");
    canvas_put_styled(&canvas, 2, 0, ROLE_TEXT, EMPHASIS_BOLD, "8");
    assert_int_equal(canvas_cell(&canvas, 2, 0)->emphasis, EMPHASIS_BOLD);
    assert_int_equal(canvas_cell(&canvas, 2, 1)->emphasis, 0);
    canvas_fill(&canvas, (struct rect){1, 3, 2, 2}, ROLE_FRAME, 0x2591);
    assert_row(&canvas, 1, "  ∂░░∂W");
    canvas.cursor_row = canvas.cursor_col = 1;
    canvas_clear(&canvas);
    assert_row(&canvas, 1, "");
    assert_int_equal(canvas.cursor_row, -1);
    assert_int_equal(canvas_cell(&canvas, 99, -1)->glyph, ' '); /* outside is blank */
    canvas_close(&canvas);
}

static void test_harmful_text(void **state) {
    (void)state;
    struct canvas canvas = make(1, 20, false);
    /* An escape sequence, a bidi override, half a character. */
    int end = canvas_put(&canvas, 0, 0, ROLE_TEXT, "a\033[1m\xE2\x80\xAE\xC3");
    assert_int_equal(end, 7);
    assert_row(&canvas, 0, "a\uFFFD[1m\uFFFD\uFFFD");
    canvas_glyph(&canvas, 0, 0, ROLE_TEXT, 0, 0);
    canvas_glyph(&canvas, 0, 1, ROLE_TEXT, 0, 0x110000);
    assert_int_equal(canvas_cell(&canvas, 0, 0)->glyph, 0xFFFD);
    assert_int_equal(canvas_cell(&canvas, 0, 1)->glyph, 0xFFFD);
    canvas_close(&canvas);
}

static void test_clipping(void **state) {
    (void)state;
    struct canvas canvas = make(3, 10, false);
    assert_int_equal(canvas_put(&canvas, 0, -3, ROLE_TEXT, "abcdef"), 3);
    assert_row(&canvas, 0, "def");
    assert_int_equal(canvas_put(&canvas, 0, 8, ROLE_TEXT, "ghijk"), 13);
    assert_row(&canvas, 0, "def     gh");
    assert_int_equal(canvas_put(&canvas, -1, 0, ROLE_TEXT, "no"), 2);
    assert_int_equal(canvas_put(&canvas, 3, 0, ROLE_TEXT, "no"), 2);
    struct rect before = canvas_clip(&canvas, (struct rect){1, 2, 1, 3});
    canvas_put(&canvas, 1, 0, ROLE_TEXT, "0123456789");
    canvas_put(&canvas, 0, 0, ROLE_TEXT, "0123456789");
    canvas_fill(&canvas, (struct rect){-9, -9, 99, 3}, ROLE_TEXT, '#');
    canvas_hline(&canvas, 2, 0, 10, ROLE_FRAME);
    assert_row(&canvas, 0, "def     gh");
    assert_row(&canvas, 1, "  234");
    assert_row(&canvas, 2, "");
    canvas_clip(&canvas, (struct rect){5, 5, INT_MAX, INT_MAX}); /* nothing of it is inside */
    canvas_put(&canvas, 1, 0, ROLE_TEXT, "x");
    canvas_clip(&canvas, before);
    canvas_put(&canvas, 1, 0, ROLE_TEXT, "y");
    assert_row(&canvas, 1, "y 234");
    canvas_close(&canvas);
}

static void test_wide_glyphs(void **state) {
    (void)state;
    struct canvas canvas = make(2, 8, false);
    assert_int_equal(canvas_put(&canvas, 0, 0, ROLE_TEXT, "a世界b"), 6);
    assert_row(&canvas, 0, "a世界b");
    assert_int_equal(canvas_cell(&canvas, 0, 2)->glyph, 0);
    canvas_put(&canvas, 0, 2, ROLE_TEXT, "x"); /* over a right half, over a left half */
    assert_row(&canvas, 0, "a x界b");
    canvas_put(&canvas, 0, 3, ROLE_TEXT, "y");
    assert_row(&canvas, 0, "a xy b");
    canvas_put(&canvas, 1, 0, ROLE_TEXT, "世界");
    canvas_put(&canvas, 1, 1, ROLE_TEXT, "中"); /* across two */
    assert_row(&canvas, 1, " 中");
    canvas_put(&canvas, 1, 7, ROLE_TEXT, "中"); /* half outside */
    canvas_put(&canvas, 1, -1, ROLE_TEXT, "中");
    assert_int_equal(canvas_cell(&canvas, 1, 7)->glyph, ' ');
    assert_int_equal(canvas_cell(&canvas, 1, 0)->glyph, ' ');
    canvas_fill(&canvas, (struct rect){1, 0, 1, 5}, ROLE_TEXT, 0x4E2D);
    assert_row(&canvas, 1, "中中");
    canvas_close(&canvas);
}

static void test_marks(void **state) {
    (void)state;
    struct canvas canvas = make(1, 8, false);
    assert_int_equal(canvas_put(&canvas, 0, 0, ROLE_TEXT, "y\u0302z\u0302\u0303世\u0302"), 4);
    assert_row(&canvas, 0, "y\u0302z\u0302世\u0302"); /* one mark a letter */
    canvas_put(&canvas, 0, 0, ROLE_TEXT, "\u0302q");  /* a mark on nothing is nothing */
    assert_row(&canvas, 0, "qz\u0302世\u0302");
    canvas_close(&canvas);
}

static void test_lines_join(void **state) {
    (void)state;
    static const char *const BOXES[] = {"┌──┬──┐", "│  │  │", "├──┼──┤", "│  │  │", "└──┴──┘"};
    static const char *const PLAIN[] = {"+--+--+", "|  |  |", "+--+--+", "|  |  |", "+--+--+"};
    for (int ascii = 0; ascii < 2; ascii++) {
        struct canvas canvas = make(6, 7, ascii);
        for (int i = 0; i < 3; i++) {
            canvas_hline(&canvas, 2 * i, 0, 7, ROLE_FRAME);
            canvas_vline(&canvas, 0, 3 * i, 5, ROLE_FRAME);
        }
        for (int row = 0; row < 5; row++) {
            assert_row(&canvas, row, ascii ? PLAIN[row] : BOXES[row]);
        }
        canvas_hline(&canvas, 5, 1, 1, ROLE_FRAME);
        canvas_vline(&canvas, 5, 3, 1, ROLE_FRAME);
        canvas_hline(&canvas, 5, 5, 0, ROLE_FRAME);
        assert_row(&canvas, 5, ascii ? " - |" : " ─ │");
        canvas_put(&canvas, 0, 3, ROLE_TEXT, "T"); /* text cuts a line, and is cut by one */
        canvas_vline(&canvas, 0, 3, 2, ROLE_FRAME);
        assert_row(&canvas, 0, ascii ? "+--|--+" : "┌──│──┐");
        canvas_close(&canvas);
    }
}

static void test_plain_stand_ins(void **state) {
    (void)state;
    static const char GLYPHS[] = "Σσδηλ∂√π−·×÷≤≥≠≈½²₂ⁿᵢⱼ─│┼→←↑↓░▒▓█▄é ŷ…“”–ßŁ●○✓⟨⣿";
    static const char EXPECTED[] = "Ssdnldvp-**/<>!~h22nij-|+><^v.:%#=e y.\"\"-sL*ov<#";
    struct canvas canvas = make(1, 100, true);
    int end = canvas_put(&canvas, 0, 0, ROLE_TEXT, GLYPHS);
    assert_int_equal(end, (int)utf8_cells(GLYPHS));
    for (size_t i = 0; EXPECTED[i]; i++) {
        if (canvas_cell(&canvas, 0, (int)i)->glyph != (uint32_t)EXPECTED[i]) {
            fail_msg("cell %zu is '%c', not '%c'", i, (char)canvas_cell(&canvas, 0, (int)i)->glyph,
                     EXPECTED[i]);
        }
    }
    assert_int_equal(end, (int)strlen(EXPECTED));
    canvas_clear(&canvas);
    assert_int_equal(canvas_put(&canvas, 0, 0, ROLE_TEXT, "a世y\u0302"), 4); /* as wide as ever */
    assert_row(&canvas, 0, "a??y");
    canvas_close(&canvas);
    for (uint32_t c = 0; c < 0x30000; c++) {
        assert_in_range(glyph_ascii(c), 0x20, 0x7E);
    }
}

/* The one invariant: wide glyphs have their right halves, and nothing else has. */
static void assert_sound(const struct canvas *canvas) {
    for (int row = 0; row < canvas->rows; row++) {
        int expected_half = 0;
        for (int col = 0; col < canvas->cols; col++) {
            const struct cell *cell = canvas_cell(canvas, row, col);
            assert_int_equal(cell->glyph == 0, expected_half);
            expected_half = cell->glyph && utf8_width(cell->glyph) == 2;
            assert_true(cell->role < ROLE_COUNT);
        }
        assert_int_equal(expected_half, 0);
    }
}

static int somewhere(struct random *random) {
    static const int FAR[] = {INT_MIN, INT_MAX, INT_MIN / 2, INT_MAX / 2, -1000, 1000};
    return random_below(random, 20) ? (int)random_below(random, 30) - 8
                                    : FAR[random_below(random, sizeof FAR / sizeof *FAR)];
}

static void scribble(struct canvas *canvas, struct random *random) {
    static const char *const TEXTS[] = {"x", "世", "a世界b", "e\u0302", "\u0302", "─┼", "\xFF\x80"};
    struct rect rect = {somewhere(random), somewhere(random), somewhere(random), somewhere(random)};
    enum role role = (enum role)random_below(random, ROLE_COUNT);
    switch (random_below(random, 7)) {
    case 0: canvas_clip(canvas, rect); break;
    case 1: canvas_clip(canvas, (struct rect){0, 0, canvas->rows, canvas->cols}); break;
    case 2: canvas_fill(canvas, rect, role, random_below(random, 2) ? 0x4E16 : '.'); break;
    case 3: canvas_hline(canvas, rect.row, rect.col, rect.cols, role); break;
    case 4: canvas_vline(canvas, rect.row, rect.col, rect.rows, role); break;
    default:
        if (rect.col > -1000000 && rect.col < 1000000) {
            canvas_put(canvas, rect.row, rect.col, role,
                       TEXTS[random_below(random, sizeof TEXTS / sizeof *TEXTS)]);
        }
        break;
    }
}

static void test_nothing_breaks_the_grid(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 20);
    for (int ascii = 0; ascii < 2; ascii++) {
        struct canvas canvas = make(9, 17, ascii);
        for (int i = 0; i < SCRIBBLES; i++) {
            scribble(&canvas, &random);
            if (i % 16 == 0) {
                assert_sound(&canvas);
            }
        }
        canvas_close(&canvas);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes_are_clamped),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_harmful_text),
        cmocka_unit_test(test_clipping),
        cmocka_unit_test(test_wide_glyphs),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_lines_join),
        cmocka_unit_test(test_plain_stand_ins),
        cmocka_unit_test(test_nothing_breaks_the_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
