/*
 * tests/lang/test_player_marks.c - a scene's marks: going to them, forwards and back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/builtin.h"
#include "lang/player.h"
#include "played.h"

static void test_marks(void **state) {
    (void)state;
    played_open(played_five_pauses);
    player_run(&played.player, false, &played.error);
    struct text first = script_snapshot(&played.script.session.now);
    assert_true(player_next_mark(&played.player, &played.error));
    struct text middle = script_snapshot(&played.script.session.now);
    assert_string_equal(text_string(&middle), text_string(&first)); /* `mark` changes nothing */
    assert_true(player_next_mark(&played.player, &played.error));
    played_says("three");
    assert_int_equal(played.player.pauses, 3);
    struct text late = script_snapshot(&played.script.session.now);
    assert_false(player_next_mark(&played.player, &played.error)); /* none is left: nothing moves */
    struct text now = script_snapshot(&played.script.session.now);
    assert_string_equal(text_string(&now), text_string(&late));
    text_free(&now);
    assert_true(player_goto_mark(&played.player, "middle", &played.error));
    now = script_snapshot(&played.script.session.now);
    assert_string_equal(text_string(&now), text_string(&middle));
    text_free(&now);
    assert_int_equal(played.player.pauses, 1);
    assert_int_equal(played_go_on(), STOP_PAUSE);
    played_says("two");
    assert_true(player_goto_mark(&played.player, "late", &played.error));
    now = script_snapshot(&played.script.session.now);
    assert_string_equal(text_string(&now), text_string(&late));
    text_free(&now);
    text_free(&first);
    text_free(&middle);
    text_free(&late);
    played_close();
}

static void test_goto_mark_ahead(void **state) {
    (void)state;
    played_open(played_five_pauses);
    player_run(&played.player, false, &played.error);
    assert_true(player_goto_mark(&played.player, "late", &played.error));
    played_says("three");
    assert_int_equal(played.player.pauses, 3);
    assert_true(player_previous(&played.player)); /* the pauses on the way were passed */
    played_says("three");
    assert_true(player_previous(&played.player));
    played_says("two");
    played_close();
}

/* A mark that the scene has not runs nothing. */
static void test_no_such_mark(void **state) {
    (void)state;
    played_open(played_five_pauses);
    player_run(&played.player, false, &played.error);
    size_t next = played.player.next;
    assert_false(player_goto_mark(&played.player, "lat", &played.error));
    assert_false(player_goto_mark(&played.player, "later", &played.error));
    assert_int_equal(played.player.next, next);
    assert_int_equal(played.error.status, STATUS_OK);
    played_says("one; pause");
    played_close();
    played_open("say a\npause\nsay b\npause\n");
    player_run(&played.player, false, &played.error);
    assert_false(player_next_mark(&played.player, &played.error));
    assert_false(player_previous_mark(&played.player));
    played_says("a");
    played_close();
}

static void test_previous_mark(void **state) {
    (void)state;
    played_open(played_five_pauses);
    while (player_continue(&played.player, false, &played.error) == STOP_PAUSE) {
    }
    played_says("five");
    assert_true(player_previous_mark(&played.player));
    assert_int_equal(played.player.pauses, 3);
    assert_true(player_previous_mark(&played.player));
    assert_int_equal(played.player.pauses, 1);
    assert_false(player_previous_mark(&played.player));
    played_close();
}

/* Within a scene `goto MARK` takes the state back and the story goes on. */
static void test_goto_in_the_scene(void **state) {
    (void)state;
    played_open("x = 1\nmark here\nx = 2; step\ngoto here\nsay x is back\npause\n");
    assert_int_equal(player_run(&played.player, false, &played.error), STOP_PAUSE);
    script_prints(&played.script, "print x", "1 1\n");
    assert_int_equal(played.script.session.now.place.step, 0);
    played_says("x is back");
    played_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_goto_mark_ahead),
        cmocka_unit_test(test_no_such_mark),
        cmocka_unit_test(test_previous_mark),
        cmocka_unit_test(test_goto_in_the_scene),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
