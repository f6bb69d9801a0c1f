/*
 * tests/view/test_watch.c - the watched expressions stand on every screen, tell old ->
 * new, and give way where there is no room.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens.h"
#include "walk/watch.h"

static void add(struct state *state, const char *expression) {
    assert_true(watch_add(&state->watch, expression, strlen(expression)));
}

static void on_every_screen(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    struct view view = screen_view(&state);
    add(&state, "C*2");
    add(&state, "r1");
    for (size_t screen = 0; screen < SCREENS; screen++) {
        state.screen = (enum screen)screen;
        state.place = (struct place){0, 0};
        screen_shows(&view, 24, 80, false, "\n watch C · 2 = ·");
        state.place = walk_end(state_model(&state));
        screen_shows(&view, 24, 80, false, "\n watch C · 2 = 1.2916");
        screen_shows(&view, 24, 80, false, " r⁽¹⁾ = [0.3000 0.0000 1.2000]\n");
        screen_shows(&view, 24, 80, true, "\n watch C * 2 = 1.2916");
    }
    state_close(&state);
}

static void old_and_new(void **unused) {
    (void)unused;
    struct state before = screen_worked(), state;
    add(&before, "r1[2]");
    add(&before, "W0[1,2]");
    before.place = walk_end(state_model(&before));
    assert_int_equal(state_copy(&state, &before), STATUS_OK);
    model_edit_W(state_edit(&state), 0)[1] = 1;
    assert_int_equal(model_compute(state_model(&state)), STATUS_OK);
    struct view view = screen_view(&state);
    view.before = &before;
    view.preview = true;
    screen_shows(&view, 24, 80, false, "\n watch r⁽¹⁾₂ = 0.0000 → 0.2000 ");
    screen_shows(&view, 24, 80, false, " W⁽⁰⁾₁₂ = −0.3000 → 1.0000\n");
    screen_shows(&view, 24, 80, true, "\n watch r1[2] = 0.0000 -> 0.2000 ");
    state_close(&state);
    state_close(&before);
}

/* Another network, or a state before that had another one: a word, and no comparing. */
static void what_does_not_fit(void **unused) {
    (void)unused;
    struct state before = screen_worked();
    struct state state = screen_any((const size_t[]){2, 1}, 2, "relu", false);
    struct view view = screen_view(&state);
    add(&state, "dW1[1,1]");
    add(&state, "x[1]+1");
    view.before = &before;
    screen_shows(&view, 24, 80, false, "\n watch dW1[1,1] does not fit ");
    screen_shows(&view, 24, 80, false, " x₁ + 1 = 2.0000 → ");
    state_close(&state);
    state_close(&before);
}

static void many_and_little_room(void **unused) {
    (void)unused;
    struct state state = screen_worked();
    struct view view = screen_view(&state);
    const char *const names[] = {"C",     "x[1]", "x[2]",    "y[1]",    "W0[1,1]",
                                 "W0'*2", "lr",   "W0[1,2]", "W0[1,3]", "sum(x)"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        add(&state, names[n]);
    }
    screen_shows(&view, 24, 80, false, "… 8 more");
    screen_shows(&view, 60, 200, false, "sum(x) = −1.0000");
    for (int rows = 1; rows <= 24; rows++) { /* at every size, and the prompt's line stays */
        for (int cols = 1; cols <= 90; cols += 7) {
            struct text text = screen_frame(&view, rows, cols, rows % 2);
            text_free(&text);
        }
    }
    struct text small = screen_frame(&view, 10, 40, false);
    assert_null(strstr(text_string(&small), "watch"));
    text_free(&small);
    state_close(&state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_every_screen),
        cmocka_unit_test(old_and_new),
        cmocka_unit_test(what_does_not_fit),
        cmocka_unit_test(many_and_little_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
