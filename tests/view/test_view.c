/*
 * tests/view/test_view.c - the whole screen: it can be drawn at any size and place, it
 * stays where it is from step to step, and for the network of
 * equations.md, section 9, it looks as it did (golden/, written anew where
 * BACKSTEP_UPDATE_GOLDEN is set). Paths are relative to the top folder.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "screens.h"
#include "view/panel.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- any size, any place ---- */

static const int rows_tried[] = {1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 21, 24, 27, 30};
static const int cols_tried[] = {1, 2, 3, 5, 8, 12, 17, 23, 30, 36, 40, 45, 52, 60};

/* What an SVG or a terminal relies on: glyphs that may be shown, halves in pairs. */
static void check_cells(const struct canvas *canvas) {
    for (int row = 0; row < canvas->rows; row++) {
        for (int col = 0; col < canvas->cols; col++) {
            const struct cell *cell = canvas_cell(canvas, row, col);
            assert_true(cell->role < ROLE_COUNT);
            if (cell->glyph == 0) {
                assert_true(col > 0 && utf8_width(canvas_cell(canvas, row, col - 1)->glyph) == 2);
            } else {
                assert_true(utf8_harmless(cell->glyph));
                assert_true(!canvas->ascii || cell->glyph < 0x7F);
            }
        }
    }
    assert_true(canvas->cursor_row < canvas->rows && canvas->cursor_col < canvas->cols);
}

static void compose_all_sizes(const struct view *view, bool ascii) {
    for (size_t r = 0; r < COUNT(rows_tried); r++) {
        for (size_t c = 0; c < COUNT(cols_tried); c++) {
            struct canvas canvas;
            assert_int_equal(canvas_open(&canvas, rows_tried[r], cols_tried[c], ascii), STATUS_OK);
            view_compose(view, &canvas);
            check_cells(&canvas);
            canvas_close(&canvas);
        }
    }
}

/* Every place of a short walk, some of a long one. */
static void walk_all_sizes(struct state *state) {
    const struct model *model = state_model(state);
    size_t stride = 1 + walk_length(model) / 40, n = 0;
    struct place end = walk_end(model), place = {0, 0};
    state->grain = GRAIN_EQUATION;
    for (; n == 0 || place.step < end.step; n++) {
        struct view view = screen_view(state);
        state->place = place;
        compose_all_sizes(&view, n % 3 == 2);
        for (size_t k = 0; k < stride; k++) {
            place = walk_on(model, place, n % 2 ? GRAIN_ELEMENT : GRAIN_EQUATION);
        }
        state->grain = n % 2 ? GRAIN_ELEMENT : GRAIN_EQUATION;
    }
    state->place = end;
    struct view view = screen_view(state);
    compose_all_sizes(&view, false);
    state_close(state);
}

static void draws_at_every_size_and_place(void **unused) {
    (void)unused;
    struct state states[] = {
        screen_worked(),
        screen_any((const size_t[]){1, 1}, 2, "relu", false),
        screen_any((const size_t[]){1, 1, 1, 1}, 4, "sigmoid", true),
        screen_any((const size_t[]){2, 8, 8, 1}, 4, "tanh", false),
        screen_any((const size_t[]){3, 4, 5}, 3, "softmax", true),
    };
    for (size_t n = 0; n < COUNT(states); n++) {
        walk_all_sizes(&states[n]);
    }
}

static void draws_large_networks(void **unused) {
    (void)unused;
    static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}, {12, 40}, {3, 9}};
    size_t widths[300];
    for (size_t k = 0; k < COUNT(widths); k++) {
        widths[k] = 8;
    }
    struct state states[] = {screen_any((const size_t[]){784, 128, 10}, 3, "relu", false),
                             screen_any(widths, COUNT(widths), "relu", true),
                             screen_any((const size_t[]){1, 20000}, 2, "relu", false)};
    for (size_t n = 0; n < COUNT(states); n++) {
        const struct model *model = state_model(&states[n]);
        size_t length = walk_length(model);
        for (size_t step = 0; step < length; step += 1 + length / 9) {
            for (size_t s = 0; s < COUNT(sizes); s++) {
                struct canvas canvas;
                canvas_open(&canvas, sizes[s][0], sizes[s][1], false);
                states[n].place = (struct place){step, walk_elements(model, step + 1) - 1};
                states[n].grain = s % 2 ? GRAIN_ELEMENT : GRAIN_EQUATION;
                struct view view = screen_view(&states[n]);
                view_compose(&view, &canvas);
                check_cells(&canvas);
                canvas_close(&canvas);
            }
        }
        state_close(&states[n]);
    }
}

/* The prompt, completions, a change, a page and the menu, at every size. */
static void draws_what_covers_it(void **unused) {
    (void)unused;
    static char first[] = "activation", second[] = "batch", third[] = "compare";
    char *const candidates[] = {first, second, third, NULL};
    const char *const menu[] = {"one-neuron  One neuron", "several  Several neurons", NULL};
    struct state state = screen_worked(), before = screen_worked();
    model_edit_W(state_edit(&state), 0)[1] = 1234567.875;
    assert_int_equal(model_compute(state_model(&state)), STATUS_OK);
    state.place = before.place = walk_end(state_model(&state));
    struct view view = screen_view(&state);
    view.before = &before;
    compose_all_sizes(&view, false);
    view.prompt = true;
    view.line = "goto nowhere";
    view.message = "there is no quantity and no mark 'nowhere'";
    view.message_is_error = true;
    screen_shows(&view, 12, 40, false, "\n there is no quantity and no mark\n 'nowhere'\n");
    view.message = NULL;
    view.hint = "goto QUANTITY";
    screen_shows(&view, 12, 40, false, "\n goto QUANTITY\n");
    view.line = "W0[1,2] = 1234567.875 # 日本語 é and more than fits into one line of the screen";
    view.cursor = strlen(view.line);
    view.hint = "'W9' is no quantity";
    view.hint_is_error = true;
    view.candidates = candidates;
    compose_all_sizes(&view, false);
    view.page = "Keys:\n  Right   a step on\n\n  Left    a step back\n";
    view.page_top = 1;
    compose_all_sizes(&view, false);
    view.page = NULL;
    view.menu = menu;
    view.menu_at = 1;
    view.message = "there is no scene 'x'";
    view.message_is_error = true;
    compose_all_sizes(&view, true);
    state_close(&state);
    state_close(&before);
}

/* The rows of a page in a window of this width, each between bars. */
static void page_rows(const struct state *state, const char *page, int cols, const char *wanted) {
    struct canvas canvas;
    struct text frame = TEXT_EMPTY, rows = TEXT_EMPTY;
    struct view view = {.state = state, .page = page};
    size_t count = view_page_count(page, cols);
    assert_int_equal(canvas_open(&canvas, (int)count + 3, cols, false), STATUS_OK);
    view_compose(&view, &canvas);
    screen_text(&frame, &canvas);
    const char *line = strchr(text_string(&frame), '\n') + 1;
    for (size_t n = 0; n < count; n++) {
        size_t length = strcspn(line, "\n");
        text_put_bytes(&rows, line, length);
        text_put(&rows, "|");
        line += length + 1;
    }
    assert_string_equal(text_string(&rows), wanted);
    text_free(&frame);
    text_free(&rows);
    canvas_close(&canvas);
}

/* What is wider than the window goes on in the next row, under its own words. */
static void breaks_the_lines_of_a_page(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    page_rows(&state, "one two\n\n  three\n", 20, "one two||  three|");
    page_rows(&state, "  step   a step on, or back\nend\n", 20,
              "  step   a step on,|         or back|end|");
    page_rows(&state, "  a command   a step on\n", 15, "  a command   a|    step on|");
    page_rows(&state, "    indented words here  \n", 16, "    indented|    words here|");
    page_rows(&state, "0123456789012345678901234", 10, "0123456789|0123456789|01234|");
    page_rows(&state, "日本語日本語 é\n", 5, "日本|語日|本語|é|");
    assert_int_equal(view_page_count("abc", 1), 3);
    assert_int_equal(view_page_count("", 40), 0);
    assert_int_equal(view_page_count("\n\n", 40), 2);
    state_close(&state);
}

/* A line is broken only where each row holds its pieces, with the indent before them. */
static void counts_the_rows_of_a_line(void **state) {
    (void)state;
    struct line line = LINE_EMPTY;
    line_put(&line, ROLE_TEXT, "z = ");
    line_put(&line, ROLE_TEXT, "-0.1317");
    assert_int_equal(line_rows(&line, 11, 4), 1);
    assert_true(line_rows(&line, 10, 4) > 100); /* 4 and 7 cells are one too many */
    assert_int_equal(line_rows(&line, 10, 3), 2);
    assert_true(line_rows(&line, 6, 0) > 100);
    line_free(&line);
}

/* ---- golden frames ---- */

static void looks_as_it_did(void **unused) {
    (void)unused;
    static const struct {
        const char *name;
        size_t step;
    } steps[] = {{"start", 0}, {"forward", 1}, {"backward", 9}, {"update", 12}};
    struct state state = screen_worked();
    for (size_t n = 0; n < COUNT(steps); n++) {
        state.place = (struct place){steps[n].step, 0};
        struct view view = screen_view(&state);
        screen_golden(&view, steps[n].name);
    }
    state_close(&state);
}

/* ---- nothing moves ---- */

/* Where a word stands first in a frame, as row * 1000 + column; -1 if nowhere. */
static int find_word(const struct canvas *canvas, const char *word) {
    struct text row_text = TEXT_EMPTY;
    int found = -1;
    for (int row = 0; row < canvas->rows && found < 0; row++) {
        text_cut(&row_text, 0);
        for (int col = 0; col < canvas->cols; col++) {
            uint32_t glyph = canvas_cell(canvas, row, col)->glyph;
            text_put_char(&row_text, glyph < 0x7F && glyph > 0 ? (char)glyph : '~');
        }
        const char *at = strstr(text_string(&row_text), word);
        found = at ? row * 1000 + (int)(at - text_string(&row_text)) : -1;
    }
    text_free(&row_text);
    return found;
}

static void panels_stay(void **unused) {
    (void)unused;
    static const char *const words[] = {"network ",  " z ",         "Step(z)",
                                        "weights W", "gradients",   "y  ",
                                        "Back over", "Space go on", "3/9"};
    static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}, {30, 100}, {26, 90}};
    struct state state = screen_worked();
    const struct model *model = state_model(&state);
    for (size_t s = 0; s < COUNT(sizes); s++) {
        int places[COUNT(words)];
        for (struct place place = {0, 0};; place = walk_on(model, place, GRAIN_ELEMENT)) {
            struct canvas canvas;
            canvas_open(&canvas, sizes[s][0], sizes[s][1], false);
            state.place = place;
            state.grain = place.element % 2 ? GRAIN_ELEMENT : GRAIN_EQUATION;
            struct view view = screen_view(&state);
            view_compose(&view, &canvas);
            for (size_t w = 0; w < COUNT(words); w++) {
                int at = find_word(&canvas, words[w]);
                bool first = place.step == 0 && place.element == 0;
                if (at < 0 || (!first && at != places[w])) {
                    fail_msg("'%s' moved at %dx%d, step %zu", words[w], sizes[s][1], sizes[s][0],
                             place.step);
                }
                places[w] = at;
            }
            canvas_close(&canvas);
            if (walk_at_end(model, place)) {
                break;
            }
        }
    }
    state_close(&state);
}

/* How many cells of a role there are in rows first ... end - 1. */
static int count_role(const struct canvas *canvas, enum role role, int first, int end) {
    int count = 0;
    for (int row = first; row < end; row++) {
        for (int col = 0; col < canvas->cols; col++) {
            count += canvas_cell(canvas, row, col)->role == role;
        }
    }
    return count;
}

/* The same number has the same role in the equation and the table; of weights all of which
 * are operands the titles say so, and one that is so by itself has the role too. */
static void operands_look_alike(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    struct canvas canvas;
    canvas_open(&canvas, 24, 80, true);
    state.place = (struct place){3, 0}; /* z2[j] = sum_i W1[i,j] * r1[i] */
    struct view view = screen_view(&state);
    view_compose(&view, &canvas);
    int weights = find_word(&canvas, "weights W1") / 1000;
    assert_true(count_role(&canvas, ROLE_TARGET, 0, 24) > 2 * 7);    /* z2 in the table */
    assert_true(count_role(&canvas, ROLE_OPERAND_2, 0, 24) > 3 * 7); /* r1 in the table */
    assert_int_equal(count_role(&canvas, ROLE_OPERAND_3, 0, 24), 0);
    assert_int_equal(count_role(&canvas, ROLE_OPERAND_1, weights, weights + 4), 2); /* "W1" */
    assert_true(count_role(&canvas, ROLE_OPERAND_1, 0, weights) >= 6);
    state.place = (struct place){2, 1}; /* z2[1] */
    state.grain = GRAIN_ELEMENT;
    view_compose(&view, &canvas);
    assert_int_equal(count_role(&canvas, ROLE_OPERAND_1, weights + 1, weights + 4), 3 * 7);
    canvas_close(&canvas);
    state_close(&state);
}

/* What is not reached is a dot, and a change is told with its direction. */
static void tells_what_is_known(void **unused) {
    (void)unused;
    struct state state = screen_worked(), before = screen_worked();
    struct canvas canvas;
    canvas_open(&canvas, 24, 80, true);
    struct view view = screen_view(&state);
    view_compose(&view, &canvas);
    assert_int_equal(find_word(&canvas, "-1.1000"), -1);
    state.place = before.place = (struct place){1, 0};
    view_compose(&view, &canvas);
    assert_true(find_word(&canvas, "-1.1000") > 0);
    model_edit_W(state_edit(&state), 0)[1] = 0.6;
    assert_int_equal(model_compute(state_model(&state)), STATUS_OK);
    view.before = &before;
    view_compose(&view, &canvas);
    assert_true(find_word(&canvas, "-0.2 was -1.1") > 0);
    assert_true(find_word(&canvas, "-0.2000^") > 0);
    canvas_close(&canvas);
    state_close(&state);
    state_close(&before);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_at_every_size_and_place),
        cmocka_unit_test(draws_large_networks),
        cmocka_unit_test(draws_what_covers_it),
        cmocka_unit_test(breaks_the_lines_of_a_page),
        cmocka_unit_test(counts_the_rows_of_a_line),
        cmocka_unit_test(looks_as_it_did),
        cmocka_unit_test(panels_stay),
        cmocka_unit_test(operands_look_alike),
        cmocka_unit_test(tells_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
