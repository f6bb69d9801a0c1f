/*
 * tests/lang/test_player.c - a scene while it plays: pauses, and the way back, which leads
 * to just what playing forwards showed. Marks: test_player_marks.c.
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

enum { PAUSES_MOST = 64 };

static void test_pauses(void **state) {
    (void)state;
    played_open(played_five_pauses);
    assert_int_equal(player_pause_count(&played.player), 5);
    assert_int_equal(player_run(&played.player, false, &played.error), STOP_PAUSE);
    played_says("one; pause");
    assert_int_equal(played.player.pauses, 1);
    assert_int_equal(played_go_on(), STOP_PAUSE);
    played_says("two");
    script_prints(&played.script, "print W0", "0.9\n");
    assert_int_equal(played_go_on(), STOP_PAUSE);
    played_says("three");
    assert_int_equal(played_go_on(), STOP_PAUSE);
    assert_int_equal(played_go_on(), STOP_PAUSE);
    played_says("five");
    assert_int_equal(played.player.pauses, 5);
    assert_int_equal(played_go_on(), STOP_END);
    assert_int_equal(played_go_on(), STOP_END);
    played_close();
}

/* Back and forth over every pause: the same states, to the bit, and the same frames. */
static void check_back_and_forth(void) {
    struct text kept[PAUSES_MOST];
    enum stop_reason reasons[PAUSES_MOST];
    size_t count = 0;
    enum stop_reason reason = player_run(&played.player, true, &played.error);
    while (reason == STOP_PAUSE || reason == STOP_ASK) {
        assert_true(count < PAUSES_MOST);
        reasons[count] = reason;
        kept[count++] = script_shown(&played.player);
        reason = player_continue(&played.player, true, &played.error);
    }
    assert_string_equal(played.error.text, "");
    assert_int_equal(reason, STOP_END);
    assert_int_equal(count, player_pause_count(&played.player));
    bool at_last =
        count > 0 && played.player.stops[played.player.stop_count - 1].next == played.player.next;
    for (size_t n = count - (at_last ? 1 : 0); n-- > 0;) {
        assert_true(player_previous(&played.player));
        assert_int_equal(played.player.pauses, n + 1);
        struct text now = script_shown(&played.player);
        assert_string_equal(text_string(&now), text_string(&kept[n]));
        text_free(&now);
    }
    assert_false(player_previous(&played.player));
    for (size_t n = 1; n < count; n++) { /* and it plays on from there */
        assert_int_equal(player_continue(&played.player, true, &played.error), reasons[n]);
        struct text now = script_shown(&played.player);
        assert_string_equal(text_string(&now), text_string(&kept[n]));
        text_free(&now);
    }
    for (size_t n = 0; n < count; n++) {
        text_free(&kept[n]);
    }
}

static void test_back_and_forth(void **state) {
    (void)state;
    played_open(played_five_pauses);
    check_back_and_forth();
    played_close();
    for (size_t i = 0; i < builtin_scene_count; i++) {
        played_open_builtin(builtin_scenes[i].name);
        assert_true(player_pause_count(&played.player) >= 3);
        check_back_and_forth();
        played_close();
    }
}

/* What the user does at a pause is dropped when the scene goes on, and can be
 * brought back. */
static void test_off_script(void **state) {
    (void)state;
    played_open(played_five_pauses);
    player_run(&played.player, false, &played.error);
    assert_false(player_off_script(&played.player));
    struct text at_pause = script_snapshot(&played.script.session.now);
    script_run(&played.script, "step 3");
    assert_true(player_off_script(&played.player));
    script_run(&played.script, "back 3");
    assert_false(player_off_script(&played.player));
    script_run(&played.script, "W0 = 7");
    assert_true(player_off_script(&played.player));
    assert_true(player_previous(&played.player)); /* to this pause as it was */
    assert_false(player_off_script(&played.player));
    struct text now = script_snapshot(&played.script.session.now);
    assert_string_equal(text_string(&now), text_string(&at_pause));
    text_free(&now);
    text_free(&at_pause);
    script_run(&played.script, "W0 = 7");
    assert_int_equal(played_go_on(), STOP_PAUSE);
    script_prints(&played.script, "print W0", "0.9\n");
    played_close();
}

/* Undo takes back what the user did at a pause, and nothing of the scene's. */
static void test_undo_stops_at_the_scene(void **state) {
    (void)state;
    played_open(played_five_pauses);
    player_run(&played.player, false, &played.error);
    assert_int_equal(played_go_on(), STOP_PAUSE);
    assert_int_equal(played_go_on(), STOP_PAUSE);
    struct text at_pause = script_snapshot(&played.script.session.now);
    script_fails_with(&played.script, "undo", 0, "nothing of yours");
    script_run(&played.script, "W0 = 7; train 2; undo; undo");
    script_fails_with(&played.script, "undo", 0, "nothing of yours");
    struct text now = script_snapshot(&played.script.session.now);
    assert_string_equal(text_string(&now), text_string(&at_pause));
    text_free(&now);
    text_free(&at_pause);
    script_run(&played.script, "redo; redo");
    assert_true(player_off_script(&played.player));
    played_close();
}

/* A scene's own undo takes back the scene's own change, whatever happened between, and
 * wherever one came from. */
static void test_undo_of_the_scene(void **state) {
    (void)state;
    played_open("net 1 1; x = 1; W0 = 1; pause; W0 = 2; pause; undo; pause; redo; pause");
    player_run(&played.player, false, &played.error);
    const char *seen[] = {"1\n", "2\n", "1\n", "2\n"};
    for (int round = 0; round < 3; round++) {
        for (size_t n = 0; n < 4; n++) {
            script_prints(&played.script, "print W0", seen[n]);
            script_run(&played.script, round == 0 ? "say here" : "W0 = 5; train 3; undo; W0 = 6");
            if (n < 3) {
                assert_int_equal(played_go_on(), STOP_PAUSE);
                assert_string_equal(played.error.text, "");
            }
        }
        for (size_t n = 3; n-- > 0;) {
            assert_true(player_previous(&played.player));
            if (played.player.pauses == n + 2) { /* it was left: this pause first */
                assert_true(player_previous(&played.player));
            }
            script_prints(&played.script, "print W0", seen[n]);
        }
    }
    played_close();
}

static void test_keep(void **state) {
    (void)state;
    played_open("net 1 1; x = 1; W0 = 1; mark m; pause; x = 2; pause; pause");
    player_run(&played.player, false, &played.error);
    script_run(&played.script, "W0 = 7");
    assert_false(player_is_kept(&played.player));
    assert_true(player_keep(&played.player));
    assert_true(player_is_kept(&played.player));
    assert_false(player_off_script(&played.player));
    assert_int_equal(played_go_on(), STOP_PAUSE);
    script_prints(&played.script, "print W0*x", "14\n");
    script_run(&played.script, "W0 = 8");
    assert_int_equal(played_go_on(), STOP_PAUSE); /* not kept */
    script_prints(&played.script, "print W0*x", "14\n");
    assert_true(player_previous(&played.player));
    assert_true(player_previous(&played.player));
    script_prints(&played.script, "print W0", "7\n"); /* as it was kept */
    assert_true(player_goto_mark(&played.player, "m", &played.error));
    script_prints(&played.script, "print W0", "1\n");
    assert_false(player_is_kept(&played.player));
    assert_true(player_restart(&played.player));
    assert_int_equal(player_run(&played.player, false, &played.error), STOP_PAUSE);
    script_prints(&played.script, "print W0", "1\n");
    played_close();
}

/* What the bound on memory takes of a scene is made again, to the bit. */
static void test_stops_are_made_again(void **state) {
    (void)state;
    struct text kept[20];
    played_open(
        "net 2 30 1; x = 1 2; y = 1; mark a\n"
        "train 3; pause; W0[1,1] = 0.5; pause; train 2; pause; undo; pause; train 1; pause\n"
        "train 3; pause; train 3; pause; lr = 0.2; train 3; pause; train 3; pause; pause");
    session_set_bound(&played.script.session, 8000); /* two or three of them */
    size_t count = 0;
    enum stop_reason reason = player_run(&played.player, true, &played.error);
    for (; reason == STOP_PAUSE; reason = player_continue(&played.player, true, &played.error)) {
        kept[count++] = script_snapshot(&played.script.session.now);
    }
    assert_string_equal(played.error.text, "");
    assert_int_equal(count, 10);
    assert_true(played.script.session.history->forgotten > 5);
    for (size_t n = count - 1; n-- > 0;) {
        assert_true(player_previous(&played.player));
        struct text now = script_snapshot(&played.script.session.now);
        assert_string_equal(text_string(&now), text_string(&kept[n]));
        text_free(&now);
    }
    for (size_t n = 0; n < count; n++) {
        text_free(&kept[n]);
    }
    played_close();
}

static void expect_error(const char *text, size_t column, const char *wanted) {
    played_open(text);
    enum stop_reason reason;
    do {
        reason = player_run(&played.player, true, &played.error);
    } while (reason == STOP_PAUSE);
    assert_int_equal(reason, STOP_ERROR);
    assert_string_equal(played.error.text, wanted);
    assert_int_equal(played.error.column, column);
    played_close();
}

static void test_errors(void **state) {
    (void)state;
    expect_error("goto  nowhere", 7, "there is no quantity and no mark 'nowhere' before this line");
    expect_error("mark beginning\ngoto begining", 6,
                 "there is no quantity and no mark 'begining': did you mean 'beginning'?");
    expect_error("goto end", 6, "there is no quantity and no mark 'end': did you mean 'END'?");
    expect_error("goto z", 6, "there is no 'z' here: 'z1' to 'z2' exist");
    expect_error("mark z\ngoto dz", 6, "there is no 'dz' here: 'dz1' to 'dz2' exist");
    expect_error("goto update", 6,
                 "there is no quantity and no mark 'update': did you mean 'goto update N'?");
    expect_error("goto updates", 6, "'updates' is not on the walk: 'goto update N' goes to one");
    expect_error("goto ahead\nmark ahead", 6, "the mark 'ahead' comes only after this line");
    expect_error("\nmark a\nstep\nmark a", 6, "there is a mark 'a' already, in line 2");
    expect_error("pause\nfoo", 1, "there is no command 'foo': 'help' lists them");
}

/* An error leaves the state as it was before the statement, and the scene can go on
 * behind it. */
static void test_after_an_error(void **state) {
    (void)state;
    played_open("x = 1\nx = 1 2 3\nsay on\npause\n");
    assert_int_equal(player_run(&played.player, false, &played.error), STOP_ERROR);
    assert_int_equal(played.player.next, 2);
    script_prints(&played.script, "print x", "1 1\n");
    played.error = (struct error){0};
    assert_int_equal(played_go_on(), STOP_PAUSE);
    played_says("on");
    played_close();
    played_open("pause\nfoo\nmark a\n"); /* on the way to a mark */
    player_run(&played.player, false, &played.error);
    assert_false(player_goto_mark(&played.player, "a", &played.error));
    assert_int_equal(played.error.status, STATUS_INPUT);
    played_close();
}

static void test_waits(void **state) {
    (void)state;
    played_open("say a\nwait 1.5\nspeed 2\nsay b\nwait 3\nquit\nsay c\n");
    assert_int_equal(player_run(&played.player, false, &played.error), STOP_WAIT);
    assert_true(played.player.seconds == 1.5);
    played_says("a");
    assert_int_equal(player_run(&played.player, false, &played.error), STOP_WAIT);
    assert_true(played.player.seconds == 3 && played.player.speed == 2);
    assert_int_equal(player_run(&played.player, false, &played.error), STOP_QUIT);
    played_says("b");
    played_close();
    played_open("say a\nwait 1.5\nsay b\npause");
    assert_int_equal(player_run(&played.player, true, &played.error), STOP_PAUSE);
    played_says("b");
    played_close();
}

static void add_output(void *context, const struct result *result) {
    text_put(context, text_string(&result->output));
}

static void test_output(void **state) {
    (void)state;
    struct text all = TEXT_EMPTY;
    played_open("print 1\nx = 2\nprint x\npause\nprint 3\n");
    played.player.output = add_output;
    played.player.context = &all;
    player_run(&played.player, false, &played.error);
    assert_string_equal(text_string(&all), "1\n2 2\n");
    played_go_on();
    assert_string_equal(text_string(&all), "1\n2 2\n3\n");
    played_close();
    text_free(&all);
}

static void test_empty(void **state) {
    (void)state;
    played_open("# nothing\n");
    assert_int_equal(player_pause_count(&played.player), 0);
    assert_int_equal(player_run(&played.player, false, &played.error), STOP_END);
    assert_false(player_previous(&played.player));
    assert_false(player_previous_mark(&played.player));
    assert_false(player_next_mark(&played.player, &played.error));
    assert_false(player_goto_mark(&played.player, "a", &played.error));
    played_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_undo_stops_at_the_scene),
        cmocka_unit_test(test_undo_of_the_scene),
        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_stops_are_made_again),
        cmocka_unit_test(test_pauses),
        cmocka_unit_test(test_back_and_forth),
        cmocka_unit_test(test_off_script),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_after_an_error),
        cmocka_unit_test(test_waits),
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
