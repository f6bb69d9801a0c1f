/*
 * tests/lang/test_time.c - undo and time travel as properties: after any commands undo
 * and redo lead to just the states that there were, and any update can be gone to and
 * come back from, to the last bit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "script.h"

enum { SEQUENCES = 40, COMMANDS = 40, UPDATES = 1000 };

static struct script s;

/* The bits of a model that updates depend on, and of what it computed from them. */
static uint64_t mix(uint64_t hash, const void *bytes, size_t count) {
    const unsigned char *at = bytes;
    for (size_t n = 0; n < count; n++) {
        hash = (hash ^ at[n]) * UINT64_C(0x100000001B3);
    }
    return hash;
}

static uint64_t mix_block(uint64_t hash, const struct block *block) {
    return block ? mix(hash, block->values, block->count * sizeof(double)) : hash;
}

static uint64_t bits_of(const struct model *model) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    size_t neurons = model->network.neurons;
    for (size_t k = 0; k < model->network.K; k++) {
        hash = mix_block(hash, model->network.layers[k].W);
        hash = mix_block(hash, model->network.layers[k].b);
        for (size_t m = 0; m < model->optimizer.rule->moments; m++) {
            hash = mix_block(hash, model->optimizer.moment_W[m][k]);
            hash = mix_block(hash, model->optimizer.moment_b[m][k]);
        }
        if (model->gradient.W) {
            hash = mix_block(hash, model->gradient.W[k]);
            hash = mix_block(hash, model->gradient.b[k]);
        }
    }
    hash = mix_block(mix_block(hash, model->x), model->y);
    hash = mix(hash, model->pass.dr, neurons * sizeof(double));
    hash = mix(hash, model->pass.r, neurons * sizeof(double));
    const struct feed *feed = &model->feed;
    if (feed->order) {
        hash = mix(hash, feed->order->list, feed->order->count * sizeof(size_t));
    }
    const uint64_t counts[] = {model->updates, model->optimizer.t, feed->sample,
                               feed->position, feed->epochs,       feed->batch};
    hash = mix(hash, &model->pass.C, sizeof(double));
    return mix(hash, counts, sizeof counts);
}

static uint64_t bits(void) {
    return bits_of(state_model(&s.session.now));
}

/* ---- undo ---- */

static const char *const changes[] = {
    "x = 0.3 -0.7",
    "W0[1,2] = 0.25",
    "train 7",
    "b0[1] += 0.5",
    "optimizer adam",
    "optimizer rmsprop",
    "lr = 0.02",
    "batch 3",
    "sample 2",
    "shuffle on seed 5",
    "validation 0.25",
    "activation 1 tanh",
    "cost mse",
    "init he seed 9",
    "net 2 4 1",
    "data xor",
    "data circle samples 20",
    "until C < 0.1 max 9",
    "bias on",
    "reset",
    "freeze W0",
    "optimizer nesterov",
    "goto END; step",
    "train",
    "data none",
    "y = 1",
    "momentum 0.5",
    "combine on",
};

static void run_some(struct random *random, const char *const *list, size_t count) {
    const char *line = list[random_below(random, count)];
    struct source source;
    assert_int_equal(source_open(&source, "t", line, strlen(line), NULL), STATUS_OK);
    for (size_t i = 0; i < source.count; i++) {
        size_t length;
        const char *text = source_statement(&source, i, &length);
        struct error error = {0};
        struct result result = {0};
        command_run(&s.runner, text, length, &result, &error); /* what fails changes nothing */
        result_free(&result);
    }
    source_close(&source);
}

/* The states before each change, newest last; found by counting the chain. */
static size_t depth(void) {
    size_t count = 0;
    for (const struct past *past = s.session.undo; past; past = past->before) {
        count++;
    }
    return count;
}

static void check_undo(struct random *random) {
    struct text seen[4 * COMMANDS];
    uint64_t hashes[4 * COMMANDS];
    size_t most = 0;
    seen[0] = script_snapshot(&s.session.now);
    hashes[0] = bits();
    for (int n = 0; n < COMMANDS; n++) {
        run_some(random, changes, sizeof changes / sizeof *changes);
        size_t now = depth();
        assert_true(now < 4 * COMMANDS);
        for (; most > now; most--) {
            text_free(&seen[most]);
        }
        if (now == most) { /* perhaps a step within the walk */
            text_free(&seen[most]);
        }
        most = now;
        seen[most] = script_snapshot(&s.session.now);
        hashes[most] = bits();
        if (random_below(random, 4) == 0 && depth() > 0) { /* there and back */
            assert_int_equal(session_undo(&s.session), STATUS_OK);
            assert_int_equal(session_redo(&s.session), STATUS_OK);
            assert_true(bits() == hashes[most]);
        }
    }
    for (size_t n = most; n-- > 0;) {
        assert_int_equal(session_undo(&s.session), STATUS_OK);
        assert_true(bits() == hashes[n]);
    }
    assert_int_equal(session_undo(&s.session), STATUS_INPUT);
    for (size_t n = 1; n <= most; n++) {
        assert_int_equal(session_redo(&s.session), STATUS_OK);
        assert_true(bits() == hashes[n]);
    }
    struct text now = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&now), text_string(&seen[most]));
    text_free(&now);
    for (size_t n = 0; n <= most; n++) {
        text_free(&seen[n]);
    }
}

static void test_undo_after_anything(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEQUENCES; seed++) {
        struct random random;
        random_seed(&random, seed);
        script_open(&s);
        check_undo(&random);
        script_close(&s);
    }
}

/* ---- time travel ---- */

static const char *const lines[] = {
    "optimizer sgd",
    "optimizer momentum; lr = 0.01",
    "optimizer nesterov; lr = 0.01; decay = 0.001",
    "optimizer rmsprop; lr = 0.001",
    "optimizer adam; lr = 0.01",
    "data xor; optimizer adam; lr = 0.01",
    "data circle samples 30; batch 7; shuffle on seed 3; validation 0.2 seed 4; optimizer adam",
    "data spiral samples 24; batch all; bias on; optimizer momentum; lr = 0.01; clip = 1",
    "data gauss samples 20; batch 4; freeze W1; shuffle on",
};

static void go_to(uint64_t update) {
    char line[64];
    snprintf(line, sizeof line, "goto update %llu", (unsigned long long)update);
    script_run(&s, line);
}

static uint64_t update_now(void) {
    return state_model(&s.session.now)->updates;
}

/* Every update's bits, by steps alone. */
static void record(uint64_t hashes[UPDATES + 1]) {
    for (size_t n = 0; n <= UPDATES; n++) {
        hashes[n] = bits();
        if (n < UPDATES) {
            script_run(&s, "train");
        }
    }
}

static void check_travel(const uint64_t hashes[UPDATES + 1], struct random *random) {
    go_to(0);
    assert_true(bits() == hashes[0]);
    go_to(UPDATES);
    assert_true(bits() == hashes[UPDATES]);
    for (int n = 0; n < 60; n++) {
        uint64_t to = random_below(random, UPDATES + 1);
        go_to(to);
        assert_true(bits() == hashes[to]);
        assert_int_equal(s.session.now.place.step, 0);
        if (to > 0) { /* over the update, and on again */
            script_run(&s, "back");
            assert_true(bits() == hashes[to - 1]);
            assert_true(walk_at_end(state_model(&s.session.now), s.session.now.place));
            script_run(&s, "step");
            assert_true(bits() == hashes[to]);
        }
    }
    go_to(UPDATES);
    for (uint64_t at = UPDATES; at > UPDATES - 100; at--) { /* each single one */
        script_run(&s, "goto START; back");
        assert_int_equal(update_now(), at - 1);
        assert_true(bits() == hashes[at - 1]);
    }
}

static void test_travel(void **state) {
    (void)state;
    static uint64_t hashes[UPDATES + 1];
    for (size_t n = 0; n < sizeof lines / sizeof *lines; n++) {
        struct random random;
        random_seed(&random, n);
        script_open(&s);
        static const char network[] = "net 2 4 1; activation tanh; x = 1 -1; y = 0.5";
        script_run(&s, network);
        script_run(&s, lines[n]);
        record(hashes);
        script_run(&s, network);
        script_run(&s, lines[n]);
        script_run(&s, "train 1000"); /* one command, one change */
        assert_true(bits() == hashes[UPDATES]);
        size_t before = depth();
        check_travel(hashes, &random);
        assert_int_equal(depth(), before);
        go_to(500);
        script_run(&s, "undo"); /* takes the whole training back, from wherever */
        assert_true(bits() == hashes[0]);
        script_close(&s);
    }
}

/* An edit on the way is on the way back too; several in one iteration are one. */
static void test_edits_are_on_the_line(void **state) {
    (void)state;
    script_open(&s);
    script_run(&s, "net 2 2 1; x = 1 2; y = 1; train 5");
    uint64_t at_5 = bits();
    script_run(&s, "W0[1,1] = 0.5; lr = 0.01; step 3");
    uint64_t edited = bits();
    script_run(&s, "train 5; goto update 5");
    assert_true(bits() == edited);
    script_run(&s, "back");
    assert_int_equal(update_now(), 4);
    script_run(&s, "step");
    assert_true(bits() == edited);
    script_run(&s, "goto update 0; goto update 10; undo; undo; undo");
    assert_true(bits() == at_5);
    script_run(&s, "redo; redo; goto update 0; goto update 5");
    assert_true(bits() == edited);
    script_close(&s);
}

/* An edit after going back ends the line there, until it is undone. */
static void test_an_edit_ends_the_future(void **state) {
    (void)state;
    script_open(&s);
    script_run(&s, "net 2 2 1; x = 1 2; y = 1; train 20");
    uint64_t at_20 = bits();
    script_run(&s, "goto update 7; W0 = 0.1");
    script_fails_with(&s, "goto update 8", 13, "update 8 is not made yet: 'train 1' goes there");
    script_run(&s, "train 2; goto update 3; goto update 9; undo; undo; goto update 20");
    assert_true(bits() == at_20);
    script_run(&s, "goto update 7; train 5"); /* the same updates again: the line stays */
    script_run(&s, "goto update 20");
    assert_true(bits() == at_20);
    script_run(&s, "goto update 12; undo");
    assert_int_equal(update_now(), 7);
    script_close(&s);
}

/* A model that overflows on the way is gone through all the same. */
static void test_travel_through_what_overflows(void **state) {
    (void)state;
    script_open(&s);
    script_run(&s, "net 1 1 1; activation linear; x = 1; y = 0; W0 = 9; W1 = 9; lr = 3");
    uint64_t hashes[12];
    for (int n = 0; n < 12; n++) {
        hashes[n] = bits();
        script_run(&s, "goto END; step");
    }
    for (int n = 11; n >= 0; n--) {
        go_to((uint64_t)n);
        assert_true(bits() == hashes[n]);
    }
    script_close(&s);
}

static bool stop_at_once(void *context) {
    (void)context;
    return true;
}

/* ... and can be stopped there, as training can. */
static void test_travel_through_what_overflows_stops(void **state) {
    (void)state;
    script_open(&s);
    script_run(&s, "net 1 128 128 1; data line samples 1100; batch all; lr = 1e200; goto END");
    for (int n = 0; n < 66; n++) { /* more than there are snapshots: they are two apart */
        script_run(&s, "step; goto END");
    }
    go_to(64);
    uint64_t before = bits();
    s.runner.stop = stop_at_once;
    script_fails(&s, "goto update 63", 13, "stopped at update 62 on the way to 63");
    assert_true(bits() == before);
    script_close(&s);
}

/* What the bound took is refused with a word why, and the bound holds. */
static void test_bound(void **state) {
    (void)state;
    script_open(&s);
    script_run(&s, "set history 1; net 20 200 20; y = 1; lr = 0.0001");
    for (int n = 0; n < 30; n++) { /* 64 kB a state */
        script_run(&s, n % 2 ? "lr = 0.0001; train 10" : "lr = 0.0002; train 10");
        assert_true(s.session.history->bytes <= (size_t)1 << 20);
    }
    script_fails_with(&s, "goto update 0", 13, "update 0 is gone: the history keeps 1 MiB");
    uint64_t now = bits();
    bool forgotten;
    uint64_t first = track_first(&s.session.now.track, &forgotten);
    assert_true(forgotten && first > 0 && first < 290);
    go_to(first);
    script_fails_with(&s, "back", 0, "is gone");
    go_to(300);
    assert_true(bits() == now);
    size_t undone = 0;
    while (session_undo(&s.session) == STATUS_OK) {
        undone++;
    }
    assert_true(undone >= 1 && undone < 30);
    script_fails_with(&s, "undo", 0, "older states are gone");
    script_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_undo_after_anything),
        cmocka_unit_test(test_travel),
        cmocka_unit_test(test_edits_are_on_the_line),
        cmocka_unit_test(test_an_edit_ends_the_future),
        cmocka_unit_test(test_travel_through_what_overflows),
        cmocka_unit_test(test_travel_through_what_overflows_stops),
        cmocka_unit_test(test_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
