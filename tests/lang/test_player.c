/*
 * tests/lang/test_player.c - a scene while it plays: pauses, marks, and the way back,
 * which leads to just what playing forwards showed.
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
#include "script.h"

enum { PAUSES_MOST = 64 };

static struct script s;
static struct source source;
static struct player player;
static struct error error;

static void open_scene(const char *text) {
    script_open(&s);
    error = (struct error){0};
    assert_int_equal(source_open(&source, "s", text, strlen(text), &error), STATUS_OK);
    player_open(&player, &s.runner, &source);
}

static void open_builtin(const char *name) {
    script_open(&s);
    error = (struct error){0};
    assert_int_equal(source_open_named(&source, name, &error), STATUS_OK);
    player_open(&player, &s.runner, &source);
}

static void close_scene(void) {
    player_close(&player);
    source_close(&source);
    script_close(&s);
}

static void expect_say(const char *say) {
    assert_string_equal(s.session.now.say ? s.session.now.say : "", say);
}

static enum stop_reason go_on(void) {
    return player_continue(&player, false, &error);
}

static const char five_pauses[] = "net 1 1; x = 2; y = 3; W0 = 0.5\n"
                                  "say one; pause\n" /* say takes the rest of the line */
                                  "pause\n"
                                  "mark middle\n"
                                  "W0 = 0.9; step; say two\n"
                                  "pause\n"
                                  "train 3; say three\n"
                                  "pause\n"
                                  "mark late\n"
                                  "net 2 2; say four\n"
                                  "pause\n"
                                  "goto END; say five\n"
                                  "pause\n";

static void test_pauses(void **state) {
    (void)state;
    open_scene(five_pauses);
    assert_int_equal(player_pause_count(&player), 5);
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    expect_say("one; pause");
    assert_int_equal(player.pauses, 1);
    assert_int_equal(go_on(), STOP_PAUSE);
    expect_say("two");
    script_prints(&s, "print W0", "0.9\n");
    assert_int_equal(go_on(), STOP_PAUSE);
    expect_say("three");
    assert_int_equal(go_on(), STOP_PAUSE);
    assert_int_equal(go_on(), STOP_PAUSE);
    expect_say("five");
    assert_int_equal(player.pauses, 5);
    assert_int_equal(go_on(), STOP_END);
    assert_int_equal(go_on(), STOP_END);
    close_scene();
}

/* Back and forth over every pause: the same states, to the bit, and the same frames. */
static void check_back_and_forth(void) {
    struct text kept[PAUSES_MOST];
    enum stop_reason reasons[PAUSES_MOST];
    size_t count = 0;
    enum stop_reason reason = player_run(&player, true, &error);
    while (reason == STOP_PAUSE || reason == STOP_ASK) {
        assert_true(count < PAUSES_MOST);
        reasons[count] = reason;
        kept[count++] = script_shown(&player);
        reason = player_continue(&player, true, &error);
    }
    assert_string_equal(error.text, "");
    assert_int_equal(reason, STOP_END);
    assert_int_equal(count, player_pause_count(&player));
    bool at_last = count > 0 && player.stops[player.stop_count - 1].next == player.next;
    for (size_t n = count - (at_last ? 1 : 0); n-- > 0;) {
        assert_true(player_previous(&player));
        assert_int_equal(player.pauses, n + 1);
        struct text now = script_shown(&player);
        assert_string_equal(text_string(&now), text_string(&kept[n]));
        text_free(&now);
    }
    assert_false(player_previous(&player));
    for (size_t n = 1; n < count; n++) { /* and it plays on from there */
        assert_int_equal(player_continue(&player, true, &error), reasons[n]);
        struct text now = script_shown(&player);
        assert_string_equal(text_string(&now), text_string(&kept[n]));
        text_free(&now);
    }
    for (size_t n = 0; n < count; n++) {
        text_free(&kept[n]);
    }
}

static void test_back_and_forth(void **state) {
    (void)state;
    open_scene(five_pauses);
    check_back_and_forth();
    close_scene();
    for (size_t i = 0; i < builtin_scene_count; i++) {
        open_builtin(builtin_scenes[i].name);
        assert_true(player_pause_count(&player) >= 3);
        check_back_and_forth();
        close_scene();
    }
}

/* What the user does at a pause is dropped when the scene goes on, and can be
 * brought back. */
static void test_off_script(void **state) {
    (void)state;
    open_scene(five_pauses);
    player_run(&player, false, &error);
    assert_false(player_off_script(&player));
    struct text at_pause = script_snapshot(&s.session.now);
    script_run(&s, "step 3");
    assert_true(player_off_script(&player));
    script_run(&s, "back 3");
    assert_false(player_off_script(&player));
    script_run(&s, "W0 = 7");
    assert_true(player_off_script(&player));
    assert_true(player_previous(&player)); /* to this pause as it was */
    assert_false(player_off_script(&player));
    struct text now = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&now), text_string(&at_pause));
    text_free(&now);
    text_free(&at_pause);
    script_run(&s, "W0 = 7");
    assert_int_equal(go_on(), STOP_PAUSE);
    script_prints(&s, "print W0", "0.9\n");
    close_scene();
}

/* Undo takes back what the user did at a pause, and nothing of the scene's. */
static void test_undo_stops_at_the_scene(void **state) {
    (void)state;
    open_scene(five_pauses);
    player_run(&player, false, &error);
    assert_int_equal(go_on(), STOP_PAUSE);
    assert_int_equal(go_on(), STOP_PAUSE);
    struct text at_pause = script_snapshot(&s.session.now);
    script_fails_with(&s, "undo", 0, "nothing of yours");
    script_run(&s, "W0 = 7; train 2; undo; undo");
    script_fails_with(&s, "undo", 0, "nothing of yours");
    struct text now = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&now), text_string(&at_pause));
    text_free(&now);
    text_free(&at_pause);
    script_run(&s, "redo; redo");
    assert_true(player_off_script(&player));
    close_scene();
}

/* A scene's own undo takes back the scene's own change, whatever happened between, and
 * wherever one came from. */
static void test_undo_of_the_scene(void **state) {
    (void)state;
    open_scene("net 1 1; x = 1; W0 = 1; pause; W0 = 2; pause; undo; pause; redo; pause");
    player_run(&player, false, &error);
    const char *seen[] = {"1\n", "2\n", "1\n", "2\n"};
    for (int round = 0; round < 3; round++) {
        for (size_t n = 0; n < 4; n++) {
            script_prints(&s, "print W0", seen[n]);
            script_run(&s, round == 0 ? "say here" : "W0 = 5; train 3; undo; W0 = 6");
            if (n < 3) {
                assert_int_equal(go_on(), STOP_PAUSE);
                assert_string_equal(error.text, "");
            }
        }
        for (size_t n = 3; n-- > 0;) {
            assert_true(player_previous(&player));
            if (player.pauses == n + 2) { /* it was left: this pause first */
                assert_true(player_previous(&player));
            }
            script_prints(&s, "print W0", seen[n]);
        }
    }
    close_scene();
}

static void test_keep(void **state) {
    (void)state;
    open_scene("net 1 1; x = 1; W0 = 1; mark m; pause; x = 2; pause; pause");
    player_run(&player, false, &error);
    script_run(&s, "W0 = 7");
    assert_false(player_is_kept(&player));
    assert_true(player_keep(&player));
    assert_true(player_is_kept(&player));
    assert_false(player_off_script(&player));
    assert_int_equal(go_on(), STOP_PAUSE);
    script_prints(&s, "print W0*x", "14\n");
    script_run(&s, "W0 = 8");
    assert_int_equal(go_on(), STOP_PAUSE); /* not kept */
    script_prints(&s, "print W0*x", "14\n");
    assert_true(player_previous(&player));
    assert_true(player_previous(&player));
    script_prints(&s, "print W0", "7\n"); /* as it was kept */
    assert_true(player_goto_mark(&player, "m", &error));
    script_prints(&s, "print W0", "1\n");
    assert_false(player_is_kept(&player));
    assert_true(player_restart(&player));
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    script_prints(&s, "print W0", "1\n");
    close_scene();
}

/* What the bound on memory takes of a scene is made again, to the bit. */
static void test_stops_are_made_again(void **state) {
    (void)state;
    struct text kept[20];
    open_scene("net 2 30 1; x = 1 2; y = 1; mark a\n"
               "train 3; pause; W0[1,1] = 0.5; pause; train 2; pause; undo; pause; train 1; pause\n"
               "train 3; pause; train 3; pause; lr = 0.2; train 3; pause; train 3; pause; pause");
    session_set_bound(&s.session, 8000); /* two or three of them */
    size_t count = 0;
    enum stop_reason reason = player_run(&player, true, &error);
    for (; reason == STOP_PAUSE; reason = player_continue(&player, true, &error)) {
        kept[count++] = script_snapshot(&s.session.now);
    }
    assert_string_equal(error.text, "");
    assert_int_equal(count, 10);
    assert_true(s.session.history->forgotten > 5);
    for (size_t n = count - 1; n-- > 0;) {
        assert_true(player_previous(&player));
        struct text now = script_snapshot(&s.session.now);
        assert_string_equal(text_string(&now), text_string(&kept[n]));
        text_free(&now);
    }
    for (size_t n = 0; n < count; n++) {
        text_free(&kept[n]);
    }
    close_scene();
}

static void test_marks(void **state) {
    (void)state;
    open_scene(five_pauses);
    player_run(&player, false, &error);
    struct text first = script_snapshot(&s.session.now);
    assert_true(player_next_mark(&player, &error));
    struct text middle = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&middle), text_string(&first)); /* `mark` changes nothing */
    assert_true(player_next_mark(&player, &error));
    expect_say("three");
    assert_int_equal(player.pauses, 3);
    struct text late = script_snapshot(&s.session.now);
    assert_false(player_next_mark(&player, &error)); /* none is left: nothing moves */
    struct text now = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&now), text_string(&late));
    text_free(&now);
    assert_true(player_goto_mark(&player, "middle", &error));
    now = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&now), text_string(&middle));
    text_free(&now);
    assert_int_equal(player.pauses, 1);
    assert_int_equal(go_on(), STOP_PAUSE);
    expect_say("two");
    assert_true(player_goto_mark(&player, "late", &error));
    now = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&now), text_string(&late));
    text_free(&now);
    text_free(&first);
    text_free(&middle);
    text_free(&late);
    close_scene();
}

static void test_goto_mark_ahead(void **state) {
    (void)state;
    open_scene(five_pauses);
    player_run(&player, false, &error);
    assert_true(player_goto_mark(&player, "late", &error));
    expect_say("three");
    assert_int_equal(player.pauses, 3);
    assert_true(player_previous(&player)); /* the pauses on the way were passed */
    expect_say("three");
    assert_true(player_previous(&player));
    expect_say("two");
    close_scene();
}

/* A mark that the scene has not runs nothing. */
static void test_no_such_mark(void **state) {
    (void)state;
    open_scene(five_pauses);
    player_run(&player, false, &error);
    size_t next = player.next;
    assert_false(player_goto_mark(&player, "lat", &error));
    assert_false(player_goto_mark(&player, "later", &error));
    assert_int_equal(player.next, next);
    assert_int_equal(error.status, STATUS_OK);
    expect_say("one; pause");
    close_scene();
    open_scene("say a\npause\nsay b\npause\n");
    player_run(&player, false, &error);
    assert_false(player_next_mark(&player, &error));
    assert_false(player_previous_mark(&player));
    expect_say("a");
    close_scene();
}

static void test_previous_mark(void **state) {
    (void)state;
    open_scene(five_pauses);
    while (player_continue(&player, false, &error) == STOP_PAUSE) {
    }
    expect_say("five");
    assert_true(player_previous_mark(&player));
    assert_int_equal(player.pauses, 3);
    assert_true(player_previous_mark(&player));
    assert_int_equal(player.pauses, 1);
    assert_false(player_previous_mark(&player));
    close_scene();
}

/* Within a scene `goto MARK` takes the state back and the story goes on. */
static void test_goto_in_the_scene(void **state) {
    (void)state;
    open_scene("x = 1\nmark here\nx = 2; step\ngoto here\nsay x is back\npause\n");
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    script_prints(&s, "print x", "1 1\n");
    assert_int_equal(s.session.now.place.step, 0);
    expect_say("x is back");
    close_scene();
}

static void expect_error(const char *text, size_t column, const char *wanted) {
    open_scene(text);
    enum stop_reason reason;
    do {
        reason = player_run(&player, true, &error);
    } while (reason == STOP_PAUSE);
    assert_int_equal(reason, STOP_ERROR);
    assert_string_equal(error.text, wanted);
    assert_int_equal(error.column, column);
    close_scene();
}

static void test_errors(void **state) {
    (void)state;
    expect_error("goto  nowhere", 7, "there is no quantity and no mark 'nowhere' before this line");
    expect_error("mark beginning\ngoto begining", 6,
                 "there is no quantity and no mark 'begining': did you mean 'beginning'?");
    expect_error("goto end", 6, "there is no quantity and no mark 'end': did you mean 'END'?");
    expect_error("goto ahead\nmark ahead", 6, "the mark 'ahead' comes only after this line");
    expect_error("\nmark a\nstep\nmark a", 6, "there is a mark 'a' already, in line 2");
    expect_error("pause\nfoo", 1, "there is no command 'foo': 'help' lists them");
}

/* An error leaves the state as it was before the statement, and the scene can go on
 * behind it. */
static void test_after_an_error(void **state) {
    (void)state;
    open_scene("x = 1\nx = 1 2 3\nsay on\npause\n");
    assert_int_equal(player_run(&player, false, &error), STOP_ERROR);
    assert_int_equal(player.next, 2);
    script_prints(&s, "print x", "1 1\n");
    error = (struct error){0};
    assert_int_equal(go_on(), STOP_PAUSE);
    expect_say("on");
    close_scene();
    open_scene("pause\nfoo\nmark a\n"); /* on the way to a mark */
    player_run(&player, false, &error);
    assert_false(player_goto_mark(&player, "a", &error));
    assert_int_equal(error.status, STATUS_INPUT);
    close_scene();
}

static void test_waits(void **state) {
    (void)state;
    open_scene("say a\nwait 1.5\nspeed 2\nsay b\nwait 3\nquit\nsay c\n");
    assert_int_equal(player_run(&player, false, &error), STOP_WAIT);
    assert_true(player.seconds == 1.5);
    expect_say("a");
    assert_int_equal(player_run(&player, false, &error), STOP_WAIT);
    assert_true(player.seconds == 3 && player.speed == 2);
    assert_int_equal(player_run(&player, false, &error), STOP_QUIT);
    expect_say("b");
    close_scene();
    open_scene("say a\nwait 1.5\nsay b\npause");
    assert_int_equal(player_run(&player, true, &error), STOP_PAUSE);
    expect_say("b");
    close_scene();
}

static void add_output(void *context, const struct result *result) {
    text_put(context, text_string(&result->output));
}

static void test_output(void **state) {
    (void)state;
    struct text all = TEXT_EMPTY;
    open_scene("print 1\nx = 2\nprint x\npause\nprint 3\n");
    player.output = add_output;
    player.context = &all;
    player_run(&player, false, &error);
    assert_string_equal(text_string(&all), "1\n2 2\n");
    go_on();
    assert_string_equal(text_string(&all), "1\n2 2\n3\n");
    close_scene();
    text_free(&all);
}

static void test_empty(void **state) {
    (void)state;
    open_scene("# nothing\n");
    assert_int_equal(player_pause_count(&player), 0);
    assert_int_equal(player_run(&player, false, &error), STOP_END);
    assert_false(player_previous(&player));
    assert_false(player_previous_mark(&player));
    assert_false(player_next_mark(&player, &error));
    assert_false(player_goto_mark(&player, "a", &error));
    close_scene();
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
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_goto_mark_ahead),
        cmocka_unit_test(test_no_such_mark),
        cmocka_unit_test(test_previous_mark),
        cmocka_unit_test(test_goto_in_the_scene),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_after_an_error),
        cmocka_unit_test(test_waits),
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
