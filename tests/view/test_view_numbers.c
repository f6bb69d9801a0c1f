/*
 * tests/view/test_view_numbers.c - no number on the screen is cut: at every width, each
 * number with a point is a whole formatting of a number of the model.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "screens.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Does the token show `value`: rounded to some decimals, with or without the zeros at
 * its end, or in scientific form? */
static bool shows(double value, const char *token) {
    char text[64];
    for (int decimals = 0; decimals <= 4; decimals++) {
        snprintf(text, sizeof text, "%.*f", decimals, value == 0 ? 0.0 : value);
        if (strcmp(text, token) == 0) {
            return true;
        }
        if (decimals == 4) {
            for (size_t end = strlen(text); end > 0 && text[end - 1] == '0'; end--) {
                text[end - 1] = '\0';
                if (strcmp(text, token) == 0) {
                    return true;
                }
            }
        }
        snprintf(text, sizeof text, "%.*e", decimals, value);
        char *e = strchr(text, 'e');
        long exponent = strtol(e + 1, NULL, 10);
        snprintf(e, 8, "e%ld", exponent % 1000);
        if (strcmp(text, token) == 0) {
            return true;
        }
    }
    return false;
}

/* Every number of the model that a screen may show. */
struct numbers {
    double values[4096];
    size_t count;
};

static void collect(struct numbers *numbers, struct model *model) {
    static const enum quantity_kind kinds[] = {
        QUANTITY_R, QUANTITY_Y,  QUANTITY_W,  QUANTITY_Z,  QUANTITY_SLOPE,
        QUANTITY_C, QUANTITY_DR, QUANTITY_DZ, QUANTITY_DW, QUANTITY_LR,
    };
    numbers->values[0] = 0.5; /* of the cost's formula */
    numbers->count = 1;
    for (size_t n = 0; n < 2 * COUNT(kinds); n++) {
        struct quantity q = {.kind = kinds[n / 2], .next = n % 2 && kinds[n / 2] == QUANTITY_W};
        size_t first, last, rows, cols;
        quantity_layers(model, q.kind, &first, &last);
        for (q.layer = first; q.layer <= last; q.layer++) {
            int rank = quantity_rank(model, &q);
            quantity_shape(model, &q, &rows, &cols);
            for (size_t at = 0; at < rows * cols; at++) {
                q.i = rank == 0 ? 0 : rank == 1 ? (int64_t)at + 1 : (int64_t)(at / cols) + 1;
                q.j = rank == 2 ? (int64_t)(at % cols) + 1 : 0;
                assert_true(numbers->count < COUNT(numbers->values));
                numbers->values[numbers->count++] = quantity_value(model, &q);
            }
            q.i = q.j = 0;
        }
    }
}

/* A minus may belong to the formula: exp(-z). */
static bool is_number(const struct numbers *numbers, const char *token) {
    for (size_t n = 0; n < numbers->count; n++) {
        if (shows(numbers->values[n], token) ||
            (token[0] == '-' && shows(numbers->values[n], token + 1))) {
            return true;
        }
    }
    return false;
}

static bool is_digit(uint32_t glyph) {
    return glyph >= '0' && glyph <= '9';
}

/* The numeric token that begins at a cell: digits, a point, an exponent; the sign before
 * it, where it is not an operator between blanks. Returns the column after it. */
static int take_token(const struct canvas *canvas, int row, int col, char token[64]) {
    size_t length = 0;
    uint32_t before = canvas_cell(canvas, row, col - 1)->glyph;
    if (before == 0x2212 || before == '-') {
        token[length++] = '-';
    }
    for (; length < 60; col++) {
        uint32_t glyph = canvas_cell(canvas, row, col)->glyph;
        uint32_t next = canvas_cell(canvas, row, col + 1)->glyph;
        bool exponent = glyph == 'e' && (is_digit(next) || next == 0x2212 || next == '-');
        bool minus = (glyph == 0x2212 || glyph == '-') && length > 0 && token[length - 1] == 'e';
        if (!is_digit(glyph) && glyph != '.' && !exponent && !minus) {
            break;
        }
        token[length++] = minus ? '-' : (char)glyph;
    }
    token[length] = '\0';
    return col;
}

/* Numbers with a point must be numbers of the model; whole ones may be counts, but may
 * not be what is left of a longer one. */
static void check_numbers(const struct canvas *canvas, const struct numbers *numbers,
                          const char *where) {
    for (int row = 0; row < canvas->rows; row++) {
        for (int col = 0; col < canvas->cols; col++) {
            if (!is_digit(canvas_cell(canvas, row, col)->glyph)) {
                continue;
            }
            char token[64];
            bool edge = col == 0;
            int end = take_token(canvas, row, col, token);
            uint32_t after = canvas_cell(canvas, row, end)->glyph;
            bool sum = canvas_cell(canvas, row, col - 5)->glyph == 's' ||
                       canvas_cell(canvas, row, col - 4)->glyph == 's';
            bool fraction = strchr(token, '.') != NULL;
            if (after == 0x2026 || (fraction && !sum && !is_number(numbers, token)) ||
                token[strlen(token) - 1] == '.') {
                fail_msg("%s: row %d, column %d: '%s' is no whole number%s", where, row, col, token,
                         edge ? " (at the edge)" : "");
            }
            col = end;
        }
    }
}

static void cuts_no_number(void **unused) {
    (void)unused;
    static struct numbers numbers;
    struct state states[] = {
        screen_worked(),
        screen_any((const size_t[]){2, 5, 4, 1}, 4, "sigmoid", false),
        screen_any((const size_t[]){3, 2}, 2, "relu", false),
    };
    for (size_t n = 0; n < COUNT(states); n++) {
        struct model *model = state_model(&states[n]);
        collect(&numbers, model);
        for (struct place place = {0, 0};; place = walk_on(model, place, GRAIN_EQUATION)) {
            for (int cols = 8; cols <= 130; cols += 7) {
                char where[64];
                struct canvas canvas;
                canvas_open(&canvas, cols < 60 ? 14 : 30, cols, false);
                states[n].place = place;
                struct view view = screen_view(&states[n]);
                view_compose(&view, &canvas);
                snprintf(where, sizeof where, "network %zu, step %zu, %d columns", n, place.step,
                         cols);
                check_numbers(&canvas, &numbers, where);
                canvas_close(&canvas);
            }
            if (walk_at_end(model, place)) {
                break;
            }
        }
        state_close(&states[n]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
