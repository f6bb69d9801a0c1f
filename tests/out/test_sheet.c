/*
 * tests/out/test_sheet.c - pages of mathematics: derivations, exercises and their keys,
 * in LaTeX and Markdown; and all quantities as CSV.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/number.h"
#include "out/trace.h"
#include "out/worksheet.h"
#include "screens.h"
#include "script.h"

static char *traced(struct state *state, enum trace_kind format, const char *title) {
    struct trace_options options = {
        .format = format, .grain = GRAIN_EQUATION, .title = title, .digits = 4};
    struct text out = TEXT_EMPTY;
    struct error error = {0};
    struct model *model = state_model(state);
    trace_begin(&out, model, &options);
    for (size_t step = 1; step <= walk_length(model); step++) {
        assert_int_equal(trace_step(&out, model, step, &options, &error), STATUS_OK);
    }
    trace_end(&out, &options);
    assert_false(out.failed);
    return out.bytes;
}

/* Symbols, numbers and result of every step. */
static void pages_hold_every_equation(void **unused) {
    (void)unused;
    static const enum trace_kind formats[] = {TRACE_TEX, TRACE_MARKDOWN};
    struct state state = screen_worked();
    for (size_t n = 0; n < 2; n++) {
        char *page = traced(&state, formats[n], "A title");
        assert_non_null(strstr(page, "A title"));
        assert_non_null(strstr(page, "W^{(0)} = \\begin{pmatrix} 0.5 & -0.3 & 0.8 \\\\ 0.1"));
        assert_non_null(strstr(page, "z^{(1)}_{j} = \\sum_i W^{(0)}_{ij} \\cdot x_{i}"));
        assert_non_null(strstr(page, "$z^{(1)}_{1} = 0.5 \\cdot 1 + 0.1 \\cdot (-2) = 0.3$"));
        assert_non_null(strstr(page, "$\\partial C/\\partial W^{(0)}_{21} = -0.54 \\cdot (-2) = "
                                     "1.08$"));
        assert_int_equal(count_of(page, "Step "), 13);
        free(page);
    }
    state_close(&state);
}

static void words_stay_words(void **unused) {
    (void)unused;
    static const char hostile[] = "\\input{x} $_^%&#~ \"<b>|` [a](b) *\u202E\x1b \u65E5";
    struct state state = screen_worked();
    char *tex = traced(&state, TRACE_TEX, hostile);
    assert_non_null(strstr(tex, "\\section*{\\textbackslash{}input\\{x\\} \\$\\_\\textasciicircum{}"
                                "\\%\\&\\#\\textasciitilde{} ''$<$b$>$$|$"));
    for (const char *c = tex; *c; c++) {
        assert_true((unsigned char)*c < 0x7F && (*c >= ' ' || *c == '\n'));
    }
    free(tex);
    char *markdown = traced(&state, TRACE_MARKDOWN, hostile);
    assert_non_null(
        strstr(markdown, "# \\\\input{x} \\$\\_^%\\&\\#\\~ \"\\<b\\>\\|\\` \\[a\\](b) \\*"));
    assert_null(strstr(markdown, "\u202E"));
    assert_null(strchr(markdown, '\x1b'));
    free(markdown);
    char *number = traced(&state, TRACE_MARKDOWN, "1. no list");
    assert_non_null(strstr(number, "# 1\\. no list\n"));
    free(number);
    state_close(&state);
}

static void csv_has_every_quantity(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    char *csv = traced(&state, TRACE_CSV, NULL);
    assert_int_equal(strncmp(csv, "name,i,j,value\nx,1,,1\nx,2,,-2\n", 30), 0);
    assert_non_null(strstr(csv, "\nW0,1,2,-0.3\n"));
    assert_non_null(strstr(csv, "\nz1,3,,1.2000000000000002\n"));
    assert_non_null(strstr(csv, "\ndW0,2,1,1.08\n"));
    assert_non_null(strstr(csv, "\ngW1,3,2,0.648"));
    assert_non_null(strstr(csv, "\ndx,1,,"));
    assert_non_null(strstr(csv, "\nlr,,,0.1\n"));
    free(csv);
    state_close(&state);
}

static char *sheet(struct state *state, const char *dialect, bool answers, uint64_t seed) {
    struct worksheet options = {
        .title = "T", .seeded = seed > 0, .seed = seed, .answers = answers, .digits = 4};
    struct text out = TEXT_EMPTY;
    struct error error = {0};
    struct model *model = state_edit(state);
    if (seed > 0) {
        assert_int_equal(worksheet_draw(model, seed, &error), STATUS_OK);
    }
    assert_int_equal(worksheet_write(&out, dialect_named(dialect), model, &options, &error),
                     STATUS_OK);
    return out.bytes;
}

/* As many blanks as the walk has elements; the key has a number for each. */
static void a_worksheet_has_its_key(void **unused) {
    (void)unused;
    for (size_t n = 0; dialect_at(n); n++) {
        const struct dialect *dialect = dialect_at(n);
        struct state state = screen_worked();
        size_t elements = 0;
        for (size_t step = 1; step <= walk_length(state_model(&state)); step++) {
            elements += walk_elements(state_model(&state), step);
        }
        char *blank = sheet(&state, dialect->name, false, 0);
        char *key = sheet(&state, dialect->name, true, 0);
        assert_int_equal(count_of(blank, dialect->blank), elements);
        assert_int_equal(count_of(key, dialect->blank), 0);
        assert_int_equal(count_of(key, dialect->item.before),
                         count_of(blank, dialect->item.before));
        assert_non_null(strstr(key, "$C = 0.5 \\cdot ("));
        assert_non_null(strstr(blank, "$\\eta = 0.1$"));
        free(blank);
        free(key);
        state_close(&state);
    }
}

/* The slope of B1 has its formula there; Step(z) needs none. */
static void a_slope_is_told(void **unused) {
    (void)unused;
    struct state state = screen_any((const size_t[]){2, 2, 1}, 3, "relu", false);
    char *blank = sheet(&state, "markdown", false, 0);
    assert_null(strstr(blank, "f'"));
    free(blank);
    state_close(&state);
    state = screen_any((const size_t[]){2, 2, 1}, 3, "sigmoid", false);
    blank = sheet(&state, "markdown", false, 0);
    assert_int_equal(count_of(blank, "$$f'(z^{(2)}_{j}) = r^{(2)}_{j} \\cdot (1 - "), 1);
    assert_int_equal(count_of(blank, "$$f'("), 1); /* layer 1 is of ReLU */
    free(blank);
    state_close(&state);
}

/* The same seed is the same sheet; numbers are easy, and some gradient is not 0. */
static void a_seed_draws_the_numbers(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    char *first = sheet(&state, "tex", false, 7);
    char *other = sheet(&state, "tex", false, 8);
    char *again = sheet(&state, "tex", false, 7);
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
    for (uint64_t seed = 1; seed <= 50; seed++) {
        free(sheet(&state, "tex", true, seed));
        struct model *model = state_model(&state);
        double arrives = 0;
        for (int64_t j = 1; j <= 3; j++) {
            struct quantity q = {.kind = QUANTITY_W, .i = 1, .j = j};
            char number[NUMBER_TEXT_MAX];
            assert_true(strlen(number_shortest(quantity_value(model, &q), number)) <= 4);
            q = (struct quantity){.kind = QUANTITY_DZ, .layer = 1, .i = j};
            arrives += quantity_value(model, &q) != 0;
        }
        assert_true(arrives > 0);
    }
    free(first);
    free(other);
    free(again);
    state_close(&state);
}

static void what_is_no_exercise_is_refused(void **unused) {
    (void)unused;
    struct state state = screen_any((const size_t[]){20, 20, 2}, 3, "relu", false);
    struct worksheet options = {.digits = 4};
    struct text out = TEXT_EMPTY;
    struct error error = {0};
    assert_int_equal(worksheet_write(&out, dialect_at(0), state_model(&state), &options, &error),
                     STATUS_INPUT);
    assert_string_equal(error.text, "the network has 440 weights: a worksheet has room for 100");
    assert_int_equal(out.length, 0);
    text_free(&out);
    state_close(&state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_hold_every_equation),
        cmocka_unit_test(words_stay_words),
        cmocka_unit_test(csv_has_every_quantity),
        cmocka_unit_test(a_worksheet_has_its_key),
        cmocka_unit_test(a_slope_is_told),
        cmocka_unit_test(a_seed_draws_the_numbers),
        cmocka_unit_test(what_is_no_exercise_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
