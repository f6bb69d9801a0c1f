/*
 * tests/view/test_tree.c - the tree behind a number on the screen: its rows, the marked
 * one in full, every size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens.h"

static void open_tree(struct why *why, struct state *state, size_t levels) {
    struct quantity q = {.kind = QUANTITY_DW, .layer = 0, .i = 1, .j = 2};
    assert_int_equal(why_start(why, &q), STATUS_OK);
    assert_int_equal(why_expand_levels(why, state_model(state), 0, levels), STATUS_OK);
}

static void rows_and_detail(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    struct why why;
    open_tree(&why, &state, 2);
    struct view view = screen_view(&state);
    view.why = &why;
    view.why_at = 2;
    screen_shows(
        &view, 24, 80, false,
        "\n ▾ ∂C/∂W⁽⁰⁾₁₂ = 0 · 1 = 0   ∂C/∂z⁽¹⁾₂ = 0: Step(z⁽¹⁾₂) = 0: z = −1.1 is negative"
        "\n   ▾ ∂C/∂z⁽¹⁾₂ = 1.08 · 0 = 0   Step(z⁽¹⁾₂) = 0: z = −1.1 is negative"
        "\n     ▸ ∂C/∂r⁽¹⁾₂ = 0 · 0.5 + 0.54 · 2 = 1.08"
        "\n     ▸ Step(z⁽¹⁾₂) = 0   z = −1.1 is negative"
        "\n   · x₁ = 1   input\n");
    screen_shows(&view, 24, 80, false, "─ B2 back to the layer before ─");
    screen_shows(&view, 24, 80, false,
                 "\n ∂C/∂r⁽¹⁾₂ = ∂C/∂z⁽²⁾₁ · W⁽¹⁾₂₁ + ∂C/∂z⁽²⁾₂ · W⁽¹⁾₂₂ = 0 ");
    screen_shows(&view, 24, 80, true,
                 "\n - dW0[1,2] = 0 * 1 = 0   dz1[2] = 0: step1[2] = 0: z = -1.1 is negative"
                 "\n   - dz1[2] = 1.08 * 0 = 0   step1[2] = 0: z = -1.1 is negative"
                 "\n     + dr1[2] = 0 * 0.5 + 0.54 * 2 = 1.08\n");
    screen_shows(&view, 12, 40, false, "\n     ▸ ∂C/∂r⁽¹⁾₂ = 1.08\n"); /* no room for numbers */
    why_close(&why);
    state_close(&state);
}

static void every_size_and_mark(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    struct why why;
    open_tree(&why, &state, 9);
    struct view view = screen_view(&state);
    view.why = &why;
    for (int rows = 1; rows <= 30; rows++) {
        for (int cols = 1; cols <= 100; cols += 9) {
            view.why_at = (size_t)(rows * 37 + cols) % why.count;
            struct text text = screen_frame(&view, rows, cols, cols % 2);
            text_free(&text);
        }
    }
    for (view.why_at = 0; view.why_at < why.count; view.why_at++) { /* the mark is seen */
        struct canvas canvas;
        size_t marked = 0;
        assert_int_equal(canvas_open(&canvas, 12, 40, false), STATUS_OK);
        view_compose(&view, &canvas);
        for (int row = 0; row < canvas.rows; row++) {
            marked += canvas_cell(&canvas, row, 39)->role == ROLE_SELECTED;
        }
        assert_int_equal(marked, 1);
        canvas_close(&canvas);
    }
    why_close(&why);
    state_close(&state);
}

/* A sum of many terms has letters for its indices: its weights are no element's, and have
 * the role of weights. */
static void long_sum(void **unused) {
    (void)unused;
    struct state state;
    struct why why;
    const struct quantity q = {.kind = QUANTITY_Z, .layer = 1, .i = 1};
    assert_int_equal(state_open(&state, (const size_t[]){40, 30, 2}, 3, NULL), STATUS_OK);
    double *W = model_edit_W(state_edit(&state), 0);
    for (size_t j = 0; j < 30; j++) {
        W[j] = -1;
    }
    assert_int_equal(state_settle(&state, NULL, NULL, NULL), STATUS_OK);
    assert_int_equal(why_start(&why, &q), STATUS_OK);
    struct view view = screen_view(&state);
    struct canvas canvas;
    view.why = &why;
    screen_shows(&view, 24, 80, true, "\n z1[1] = sum_i W0[i,1] * x[i] = ");
    assert_int_equal(canvas_open(&canvas, 24, 80, true), STATUS_OK);
    view_compose(&view, &canvas);
    size_t seen = 0;
    for (int row = 2; row < canvas.rows; row++) {
        if (canvas_cell(&canvas, row, 9)->glyph == 's') {
            assert_int_equal(canvas_cell(&canvas, row, 15)->glyph, 'W');
            assert_int_equal(canvas_cell(&canvas, row, 15)->role, ROLE_WEIGHT);
            seen++;
        }
    }
    assert_int_equal(seen, 1);
    canvas_close(&canvas);
    why_close(&why);
    state_close(&state);
}

/* What a scene shows: a short account in the equation's place, a long one in the body's,
 * with the narration beneath; of numbers that change, always the present ones. */
static void account_of_a_scene(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    struct view view = screen_view(&state);
    state.account = (struct account){
        .kind = ACCOUNT_RESOLVED,
        .q = {.kind = QUANTITY_DR, .layer = 1, .i = 2},
        .depth = 1,
    };
    const char *const formula = "resolve ──";
    screen_shows(&view, 24, 80, false, formula);
    screen_shows(&view, 24, 80, false, "   = 1.08\n");
    screen_shows(&view, 24, 80, false, "─ network "); /* still there */
    model_edit_y(state_edit(&state))[1] = 1;
    assert_int_equal(state_settle(&state, NULL, NULL, NULL), STATUS_OK);
    screen_shows(&view, 24, 80, false, "   = −0.92\n");
    state.account.kind = ACCOUNT_TREE;
    state.account.depth = 9;
    screen_shows(&view, 24, 80, false, "\n ▾ ∂C/∂r⁽¹⁾₂ = 0 · 0.5 + (−0.46) · 2 = −0.92");
    screen_shows(&view, 24, 80, false, "▌ Back over the weights");
    struct text text = screen_frame(&view, 24, 80, false);
    assert_null(strstr(text_string(&text), "─ network "));
    text_free(&text);
    for (int rows = 1; rows <= 30; rows++) {
        for (int cols = 1; cols <= 100; cols += 9) {
            state.account.depth = (size_t)(rows * 37 + cols) % 4;
            state.account.kind = rows % 2 ? ACCOUNT_TREE : ACCOUNT_RESOLVED;
            text = screen_frame(&view, rows, cols, cols % 2);
            text_free(&text);
        }
    }
    state.account.q.layer = 7; /* of a network that is no more: as if there were none */
    screen_shows(&view, 24, 80, false, "─ network ");
    state_close(&state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_detail),
        cmocka_unit_test(account_of_a_scene),
        cmocka_unit_test(every_size_and_mark),
        cmocka_unit_test(long_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
