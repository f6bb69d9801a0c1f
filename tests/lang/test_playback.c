/*
 * tests/lang/test_playback.c - a scene in time, on a virtual clock: what plays forwards
 * is what seeking, rewinding and starting again lead to.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/builtin.h"
#include "lang/playback.h"
#include "script.h"

enum { FRAMES_MOST = 2000 };

static struct script s;
static struct source source;
static struct player player;
static struct playback playback;
static struct error error;
static double time_now;

/* Sums of times have their rounding. */
static void assert_close(double a, double b) {
    assert_true(fabs(a - b) < 1e-9);
}

/* What a person sees at a moment: the state, what is typed, where the scene stands. */
struct moment {
    struct text state;
    size_t next, typed, pauses;
    enum stop_reason reason;
    double begins, lasts, speed;
};
static struct moment moments[FRAMES_MOST];
static size_t count;

/* A built-in scene, or where `text` is given that. */
static void open_scene(const char *name, const char *text) {
    script_open(&s);
    error = (struct error){0};
    time_now = 0;
    enum status status = text ? source_open(&source, name, text, strlen(text), &error)
                              : source_open_named(&source, name, &error);
    assert_int_equal(status, STATUS_OK);
    player_open(&player, &s.runner, &source);
    playback_open(&playback, &player, clock_virtual(&time_now), 1);
    playback.playing = true;
}

static void close_scene(void) {
    for (size_t n = 0; n < count; n++) {
        text_free(&moments[n].state);
    }
    count = 0;
    player_close(&player);
    source_close(&source);
    script_close(&s);
}

static struct moment present(void) {
    return (struct moment){.state = script_shown(&player),
                           .next = player.next,
                           .typed = player.typed,
                           .pauses = player.pauses,
                           .reason = player.reason,
                           .begins = time_now,
                           .speed = player.speed};
}

/* Play it all; `moments` gets what was seen. */
static void play(void) {
    double left;
    enum stop_reason reason;
    playback_stopped(&playback, player_run(&player, false, &error));
    while (playback_due(&playback, &left)) {
        assert_true(count < FRAMES_MOST);
        moments[count] = present();
        moments[count++].lasts = left;
        time_now += left;
        assert_true(playback_tick(&playback, &reason, &error));
    }
    assert_string_equal(error.text, "");
    assert_true(playback.over);
}

static const struct moment *moment_of(const struct moment *seen) {
    for (size_t n = 0; n < count; n++) {
        const struct moment *m = &moments[n];
        if (m->next == seen->next && m->reason == seen->reason && m->typed == seen->typed) {
            return m;
        }
    }
    fail_msg("no moment with statement %zu", seen->next);
    return NULL;
}

/* Is what is seen now a moment that playing forwards showed? */
static const struct moment *assert_seen(void) {
    struct moment seen = present();
    const struct moment *m = moment_of(&seen);
    assert_string_equal(text_string(&seen.state), text_string(&m->state));
    assert_int_equal(seen.pauses, m->pauses);
    assert_close(seen.speed, m->speed);
    text_free(&seen.state);
    return m;
}

static const char film[] = "net 1 1; x = 2; y = 3; W0 = 0.5\n"
                           "say one\n"
                           "wait 1.5\n"
                           "mark middle\n"
                           "type W0 = 0.75\n"
                           "step 3; say two words\n"
                           "pause\n"
                           "speed 2\n"
                           "train 7; wait 3\n"
                           "say three\n"
                           "type train 2\n"
                           "type W0[1,1] = 1\n"
                           "pause\n"
                           "undo\n"
                           "wait 1\n"
                           "say last\n";

static void test_times(void **state) {
    (void)state;
    open_scene("s", film);
    play();
    assert_int_equal(moments[0].reason, STOP_WAIT);
    assert_close(moments[0].lasts, 1.5);
    /* the empty prompt, nine letters, then it is entered */
    assert_int_equal(moments[1].reason, STOP_TYPE);
    assert_int_equal(moments[1].typed, 0);
    assert_int_equal(moments[10].typed, 9);
    assert_int_equal(moments[11].reason, STOP_PAUSE);
    const double reading = 2 + 0.055 * 9; /* "two words" */
    assert_close(moments[11].lasts, reading);
    assert_close(moments[12].lasts, 1.5); /* at speed 2 */
    double end = moments[count - 1].begins + moments[count - 1].lasts;
    assert_close(time_now, end);
    close_scene();
}

static void check_ways_back(void) {
    for (size_t n = count; n-- > 0 && player_rewind(&player);) {
        assert_seen();
    }
    assert_seen();
    assert_int_equal(player.next + player.typed, moments[0].next + moments[0].typed);
    for (int share = 100; share >= 0; share -= 3) { /* there and back, near and far */
        assert_true(player_seek(&player, share / 100.0, &error));
        if (!player_is_over(&player) || share < 100) {
            const struct moment *m = assert_seen();
            double total = moments[count - 1].begins + moments[count - 1].lasts;
            assert_true(m->begins <= share / 100.0 * total + 1e-9);
        }
        assert_true(player_seek(&player, (103 - share) / 103.0, &error));
        assert_seen();
    }
}

static void test_back_is_what_forwards_showed(void **state) {
    (void)state;
    open_scene("s", film);
    play();
    check_ways_back();
    assert_true(player_restart(&player));
    assert_int_equal(player_run(&player, false, &error), moments[0].reason);
    assert_seen();
    close_scene();
}

static void test_seeking_without_having_played(void **state) {
    (void)state;
    open_scene("s", film);
    play();
    struct player fresh;
    struct script other;
    for (int share = 0; share < 100; share += 7) {
        script_open(&other);
        player_open(&fresh, &other.runner, &source);
        assert_true(player_seek(&player, share / 100.0, &error));
        assert_true(player_seek(&fresh, share / 100.0, &error));
        struct text a = script_shown(&player), b = script_shown(&fresh);
        assert_string_equal(text_string(&a), text_string(&b));
        assert_int_equal(fresh.next, player.next);
        text_free(&a);
        text_free(&b);
        player_close(&fresh);
        script_close(&other);
    }
    close_scene();
}

static void test_every_scene(void **state) {
    (void)state;
    for (size_t i = 0; i < builtin_scene_count; i++) {
        open_scene(builtin_scenes[i].name, NULL);
        play();
        check_ways_back();
        close_scene();
    }
}

static void test_speed_and_hold(void **state) {
    (void)state;
    double left;
    enum stop_reason reason;
    open_scene("s", "wait 4; wait 4; pause");
    playback_stopped(&playback, player_run(&player, false, &error));
    time_now += 1;
    playback_set_rate(&playback, 2);
    assert_true(playback_due(&playback, &left));
    assert_close(left, 1.5);
    playback_hold(&playback, true);
    time_now += 100;
    assert_false(playback_due(&playback, &left));
    assert_false(playback_tick(&playback, &reason, &error));
    playback_hold(&playback, false);
    assert_true(playback_due(&playback, &left));
    assert_close(left, 1.5);
    time_now += 1;
    assert_false(playback_tick(&playback, &reason, &error));
    time_now += 1;
    assert_true(playback_tick(&playback, &reason, &error));
    assert_int_equal(reason, STOP_WAIT);
    playback_play(&playback, false); /* pauses are for the user again, waits are not */
    assert_true(playback_due(&playback, &left));
    time_now += left;
    assert_true(playback_tick(&playback, &reason, &error));
    assert_int_equal(reason, STOP_PAUSE);
    assert_false(playback_due(&playback, &left));
    playback_set_rate(&playback, 1e9);
    assert_true(playback.rate <= PLAYBACK_FASTEST);
    close_scene();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_back_is_what_forwards_showed),
        cmocka_unit_test(test_seeking_without_having_played),
        cmocka_unit_test(test_every_scene),
        cmocka_unit_test(test_speed_and_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
