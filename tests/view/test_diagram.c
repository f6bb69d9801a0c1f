/*
 * tests/view/test_diagram.c - what the diagram of the network tells beyond the numbers of
 * its neurons: which way numbers flow, how strong a weight is, the biases; and that the
 * picked number is in sight, wherever it is.
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

enum { TO_THE_RIGHT = 0x25B6, TO_THE_LEFT = 0x25C0, THICK = 0x2501 };

static struct canvas canvas;
static struct hits hits;

static void draw(struct state *state, size_t step, int rows, int cols) {
    state->place = (struct place){0, 0};
    for (size_t n = 0; n < step; n++) {
        state->place = walk_on(state_model(state), state->place, GRAIN_EQUATION);
    }
    canvas_close(&canvas);
    assert_int_equal(canvas_open(&canvas, rows, cols, false), STATUS_OK);
    struct view view = screen_view(state);
    view.hits = &hits;
    view_compose(&view, &canvas);
}

static int close_canvas(void **state) {
    (void)state;
    canvas_close(&canvas);
    hits_close(&hits);
    return 0;
}

static size_t count_glyphs(uint32_t glyph) {
    size_t count = 0;
    for (int at = 0; at < canvas.rows * canvas.cols; at++) {
        count += canvas.cells[at].glyph == glyph;
    }
    return count;
}

/* Forward to the neurons that weighted sums fill, until gradients have come back. */
static void shows_the_direction(void **unused) {
    (void)unused;
    static const struct {
        size_t step, right, left;
    } rows[] = {{0, 5, 0}, {1, 5, 0}, {3, 5, 0}, {8, 5, 0}, {9, 3, 3}, {10, 3, 3}};
    struct state state = screen_worked();
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        draw(&state, rows[n].step, 40, 120);
        assert_int_equal(count_glyphs(TO_THE_RIGHT), rows[n].right);
        assert_int_equal(count_glyphs(TO_THE_LEFT), rows[n].left);
    }
    state_close(&state);
}

/* The cell before the number of this text. */
static const struct cell *wire_before(const char *number) {
    for (int row = 0; row < canvas.rows; row++) {
        for (int col = 1; col + 6 < canvas.cols; col++) {
            bool same = true;
            for (int n = 0; number[n] && same; n++) {
                same = canvas_cell(&canvas, row, col + n)->glyph == (uint32_t)number[n];
            }
            const struct cell *before = canvas_cell(&canvas, row, col - 2);
            if (same && (before->glyph == THICK || before->glyph == 0x2500)) {
                return before;
            }
        }
    }
    fail_msg("no wire leads to %s", number);
    return NULL;
}

static void shows_strength(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    draw(&state, 1, 40, 120);
    assert_int_equal(wire_before("2.0000")->glyph, THICK);
    assert_int_equal(wire_before("2.0000")->role, ROLE_POSITIVE);
    assert_int_equal(wire_before("0.7000")->glyph, 0x2500);
    state_close(&state);
}

/* Where there is room for signs only, they can be picked as well, and show the pick. */
static void shows_the_pick_on_the_wires(void **unused) {
    (void)unused;
    struct quantity picked = {.kind = QUANTITY_W, .layer = 1, .i = 2, .j = 2};
    struct state state = screen_worked();
    state.pick = (struct pick){.active = true, .q = picked, .step = 0.1};
    draw(&state, 0, 24, 80);
    size_t signs = 0;
    for (size_t n = 0; n < hits.count; n++) {
        const struct hit *hit = &hits.list[n];
        if (hit->rect.cols == 1 && quantity_equal(&hit->q, &picked)) {
            const struct cell *cell = canvas_cell(&canvas, hit->rect.row, hit->rect.col);
            assert_int_equal(cell->glyph, '+');
            assert_int_equal(cell->role, ROLE_SELECTED);
            signs++;
        }
    }
    assert_int_equal(signs, 1);
    state_close(&state);
}

static size_t count_hits(enum quantity_kind kind, size_t layer) {
    size_t count = 0;
    for (size_t n = 0; n < hits.count; n++) {
        const struct hit *hit = &hits.list[n];
        count += hit->kind == HIT_ELEMENT && hit->q.kind == kind && hit->q.layer == layer;
    }
    return count;
}

/* Of many layers a strip tells where those that are seen are, also at 80 columns. At START
 * nothing else is drawn with its sign. */
static void shows_where_the_window_is(void **unused) {
    (void)unused;
    enum { LAYERS = 200, SQUARE = 0x25A0 };
    static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}};
    size_t widths[LAYERS];
    for (size_t k = 0; k < LAYERS; k++) {
        widths[k] = 3;
    }
    struct state state = screen_any(widths, LAYERS, "relu", false);
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
        draw(&state, 0, sizes[n][0], sizes[n][1]);
        assert_true(count_glyphs(SQUARE) > 0);
        state.pick = (struct pick){.active = true};
        state.pick.q = (struct quantity){.kind = QUANTITY_W, .layer = LAYERS - 2, .i = 1, .j = 1};
        draw(&state, 0, sizes[n][0], sizes[n][1]);
        assert_true(count_glyphs(SQUARE) > 0);
        assert_true(count_hits(QUANTITY_W, LAYERS - 2) > 0);
        state.pick.active = false;
    }
    state_close(&state);
}

/* A pick in the last layer while the walk is at B2 before it: B2 takes its operands from
 * the layer after, and after the last there is none. */
static void keeps_to_the_layers_that_there_are(void **unused) {
    (void)unused;
    enum { LAYERS = 40 };
    size_t neurons[LAYERS];
    for (size_t k = 0; k < LAYERS; k++) {
        neurons[k] = 2;
    }
    struct state state = screen_any(neurons, LAYERS, "relu", false);
    state.pick = (struct pick){.active = true};
    state.pick.q = (struct quantity){.kind = QUANTITY_W, .layer = LAYERS - 2, .i = 1, .j = 1};
    size_t count = walk_length(state_model(&state));
    struct view view = screen_view(&state);
    for (size_t step = 2 * LAYERS; step < count; step += 2) {
        state.place = (struct place){step, 0};
        struct text frame = screen_frame(&view, 24, 80, false);
        assert_non_null(strstr(text_string(&frame), " 39  1 "));
        assert_null(strstr(text_string(&frame), " 40  1 "));
        text_free(&frame);
    }
    state_close(&state);
}

/* Beside the weights' own panel, where every bias shows three times: itself, its gradient
 * and the new one. */
static void shows_biases(void **unused) {
    (void)unused;
    static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}};
    struct state state = screen_any((const size_t[]){2, 3, 2}, 3, "relu", true);
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
        draw(&state, 3, sizes[n][0], sizes[n][1]);
        size_t in_panel = n == 0 ? 0 : 3; /* 80 columns show the other joint there */
        assert_int_equal(count_hits(QUANTITY_B, 0), 3 * in_panel + 3);
    }
    state_close(&state);
}

static bool in_sight(const struct quantity *q) {
    for (size_t n = 0; n < hits.count; n++) {
        const struct hit *hit = &hits.list[n];
        for (int col = 0; hit->kind == HIT_ELEMENT && col < hit->rect.cols; col += hit->each) {
            struct quantity found = hit_element(hit, hit->rect.col + col);
            if (quantity_equal(&found, q)) {
                return true;
            }
        }
    }
    return false;
}

/* However large the network is and wherever the walk stands. */
static void keeps_the_pick_in_sight(void **unused) {
    (void)unused;
    static const struct quantity picks[] = {
        {.kind = QUANTITY_W, .layer = 0, .i = 55, .j = 33},
        {.kind = QUANTITY_W, .layer = 2, .i = 40, .j = 50},
        {.kind = QUANTITY_B, .layer = 1, .i = 39},
        {.kind = QUANTITY_R, .layer = 0, .i = 60},
    };
    struct state state = screen_any((const size_t[]){60, 40, 40, 50, 3}, 5, "relu", true);
    for (size_t n = 0; n < sizeof picks / sizeof *picks; n++) {
        for (size_t step = 0; step <= 12; step += 4) {
            state.pick = (struct pick){.active = true, .q = picks[n], .step = 0.1};
            draw(&state, step, 40, 120);
            assert_true(in_sight(&picks[n]));
            state.pick.active = false;
            draw(&state, step, 40, 120);
            assert_false(in_sight(&picks[n]));
        }
    }
    state_close(&state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(shows_the_direction, close_canvas),
        cmocka_unit_test_teardown(shows_strength, close_canvas),
        cmocka_unit_test_teardown(shows_the_pick_on_the_wires, close_canvas),
        cmocka_unit_test_teardown(keeps_to_the_layers_that_there_are, close_canvas),
        cmocka_unit_test_teardown(shows_where_the_window_is, close_canvas),
        cmocka_unit_test_teardown(shows_biases, close_canvas),
        cmocka_unit_test_teardown(keeps_the_pick_in_sight, close_canvas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
