/*
 * tests/lang/test_save.c - save and load: a state that comes back is the same to the
 * last bit, and goes on in the same way; what is no state is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/number.h"
#include "nets.h"
#include "net/data.h"
#include "net/initializer.h"
#include "script.h"

static struct script s;

/* ---- random states ---- */

static const char *random_activation(struct random *random) {
    size_t count = 0;
    while (activation_at(count)) {
        count++;
    }
    return activation_at(random_below(random, count))->name;
}

/* Numbers with all their digits, and the ones that are easily lost. */
static void put_number(struct text *line, struct random *random) {
    static const char *const odd[] = {"-0", "0", "5e-324", "-2.2250738585072014e-308", "1e22"};
    char number[NUMBER_TEXT_MAX];
    bool rare = random_below(random, 8) == 0;
    text_put(line, rare ? odd[random_below(random, sizeof odd / sizeof *odd)]
                        : number_shortest(nets_uniform(random, -2, 2), number));
}

static void put_data(struct text *line, struct random *random, size_t n_0) {
    const struct generator *generator;
    do {
        size_t count = 0;
        while (generator_at(count)) {
            count++;
        }
        generator = generator_at(random_below(random, count));
    } while (generator->inputs != n_0);
    text_printf(line, "; data %s samples %zu seed %zu", generator->name,
                5 + random_below(random, 9), random_below(random, 99));
}

/* A line of commands that leads to some state; everything may happen in it. */
static void put_setup(struct text *line, struct random *random) {
    size_t n_0 = 1 + random_below(random, 2), layers = 1 + random_below(random, 3);
    text_printf(line, "net %zu", n_0);
    for (size_t k = 1; k < layers; k++) {
        text_printf(line, " %zu", 1 + random_below(random, 9));
    }
    text_put(line, " 1");
    for (size_t k = 1; k < layers; k++) {
        const char *name = random_activation(random);
        if (strcmp(name, "softmax") != 0) {
            text_printf(line, "; activation %zu %s", k, name);
        }
    }
    text_printf(line, "; cost %s; step0 %g", nets_coin(random) ? "mse" : "half-squared",
                (double)random_below(random, 3) / 2);
    text_put(line, nets_coin(random) ? "; combine on" : "; combine off");
    text_put(line, nets_coin(random) ? "; bias on; b0[1] = 0.3" : "");
    text_put(line, nets_coin(random) ? "; freeze bias" : "");
    text_put(line, nets_coin(random) ? "; freeze W0" : "");
    size_t rules = 0;
    while (rule_at(rules)) {
        rules++;
    }
    text_printf(line, "; optimizer %s; lr 0.0%zu; decay %g; clip %g; beta1 = 0.8; rho = -0",
                rule_at(random_below(random, rules))->name, 1 + random_below(random, 98),
                nets_coin(random) ? 0.01 : 0, nets_coin(random) ? 1.5 : 0);
    text_printf(line, "; batch %zu; shuffle %s seed %zu; validation %g seed 4",
                1 + random_below(random, 4), nets_coin(random) ? "on" : "off",
                random_below(random, 99), nets_coin(random) ? 0.25 : 0);
    if (nets_coin(random)) {
        put_data(line, random, n_0);
    }
    text_printf(line, "; train %zu", 1 + random_below(random, 9));
    text_put(line, nets_coin(random) ? "; batch all" : "");
    text_put(line, nets_coin(random) ? "; bias off" : "");
    text_put(line, "; x[1] = ");
    put_number(line, random);
    text_put(line, "; y[1] = ");
    put_number(line, random);
    text_put(line, "; W0[1,1] = ");
    put_number(line, random);
}

static void put_walk(struct text *line, struct random *random) {
    static const char *const grains[] = {"element", "equation", "layer", "pass"};
    text_printf(line, "digits %zu; set labels %s; view %s; step %zu element; step %s; grain %s",
                1 + random_below(random, 12), nets_coin(random) ? "on" : "off",
                nets_coin(random) ? "walk" : "weights", 1 + random_below(random, 30),
                grains[random_below(random, 4)], grains[random_below(random, 4)]);
    text_put(line, nets_coin(random) ? "; step" : "");
    text_printf(line, "; axis %s %s; output 1; compare %s", nets_coin(random) ? "log" : "linear",
                nets_coin(random) ? "blocks" : "braille",
                nets_coin(random) ? "activation 1 tanh" : "off");
}

static void run_text(struct script *script, struct text *line) {
    assert_false(line->failed);
    script_run(script, text_string(line));
    text_free(line);
}

static void assert_same_state(struct script *a, struct script *b) {
    struct text first = script_snapshot(&a->session.now);
    struct text second = script_snapshot(&b->session.now);
    assert_string_equal(text_string(&first), text_string(&second));
    text_free(&first);
    text_free(&second);
    const struct dataset *one = state_model(&a->session.now)->feed.data;
    const struct dataset *two = state_model(&b->session.now)->feed.data;
    assert_int_equal(one != NULL, two != NULL);
    if (one) {
        assert_int_equal(one->count, two->count);
        assert_memory_equal(one->x, two->x, one->count * one->inputs * sizeof *one->x);
        assert_memory_equal(one->y, two->y, one->count * one->targets * sizeof *one->y);
    }
}

/* Loaded in another session, it is the same state; saved again, the same bytes; and it
 * goes the same way from there. */
static void check_round_trip(void) {
    script_run(&s, "save state");
    struct script other;
    script_open(&other);
    other.runner.folder = s.runner.folder;
    script_run(&other, "net 3 3 2; activation softmax; optimizer adam; title other; digits 7");
    script_run(&other, "load state");
    assert_same_state(&s, &other);
    script_run(&s, "save -");
    script_prints(&other, "save -", text_string(&s.result.output));
    static const char *const lines[] = {"step 2 layer", "back", "train 7", "shuffle on; train 3"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        script_run(&s, lines[i]);
        script_run(&other, lines[i]);
        assert_same_state(&s, &other);
    }
    script_run(&other, "reset");
    script_run(&s, "load state; undo; redo; goto START");
    struct script third = s;
    s = other;
    assert_same_state(&s, &third);
    s = third;
    script_close(&other);
}

static void test_random_states(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 11);
    for (size_t n = 0; n < 60; n++) {
        struct text setup = TEXT_EMPTY, walk = TEXT_EMPTY;
        put_setup(&setup, &random);
        put_walk(&walk, &random);
        run_text(&s, &setup);
        run_text(&s, &walk);
        check_round_trip();
    }
    script_remove_file(&s, "state");
}

/* ---- what is easily lost ---- */

static void test_hidden_biases(void **state) {
    (void)state;
    script_run(&s, "bias on; b0 = 1 2 -0; optimizer momentum; vb1 = 3; bias off; save state");
    script_run(&s, "net 2 2; load state");
    assert_false(state_model(&s.session.now)->network.bias);
    script_prints(&s, "print vb1", "3\n");
    script_run(&s, "bias on");
    script_prints(&s, "print b0", "1 2 -0\n");
    script_remove_file(&s, "state");
}

static void test_texts(void **state) {
    (void)state;
    script_run(&s, "title One; two #3 'x' \"\nsay It ends in \\\\");
    script_run(&s, "save state; title gone");
    script_run(&s, "load state");
    assert_string_equal(s.session.now.title, "One; two");
    assert_string_equal(s.session.now.say, "It ends in \\\\");
    script_remove_file(&s, "state");
}

/* A CSV file is named from the state's folder where it lies there, else from the root. */
static void test_csv(void **state) {
    (void)state;
    script_write_file(&s, "a b;c.csv", "k,u,v\n1,2,3\n4,5,6\n-0,8,9\n");
    script_run(&s, "net 2 1; data csv \"a b;c.csv\" v k u; sample 2; x = -0; save state");
    script_run(&s, "save -");
    assert_non_null(strstr(text_string(&s.result.output), "data csv \"/tmp/backstep-script-"));
    struct script other;
    script_open(&other);
    struct text line = TEXT_EMPTY;
    text_printf(&line, "load %s/state", s.runner.folder); /* seen from another folder */
    run_text(&other, &line);
    script_prints(&other, "print x", "-0 -0\n");
    script_prints(&other, "print y", "5\n");
    script_prints(&other, "print sample", "2\n");
    script_close(&other);
    struct text bytes = TEXT_EMPTY, path = TEXT_EMPTY;
    text_printf(&path, "%s/state", s.runner.folder);
    assert_int_equal(file_read(text_string(&path), 10000, &bytes, NULL), STATUS_OK);
    assert_non_null(
        strstr(text_string(&bytes), "\ndata csv \"a b;c.csv\" v k u\nexpect samples == 3\n"));
    text_free(&bytes);
    text_free(&path);
    script_write_file(&s, "a b;c.csv", "k,u,v\n1,2,3\n");
    script_fails_with(&s, "load state", 6, "/state:14:8: expectation not met");
    script_remove_file(&s, "a b;c.csv");
    script_fails_with(&s, "load state", 6, "cannot open '");
    script_write_file(&s, "a\\", "1,2,3\n"); /* a backslash at the end of a line joins the next */
    script_run(&s, "data csv \"a\\\"; save state; load state");
    script_prints(&s, "print samples", "1\n");
    script_remove_file(&s, "a\\");
    script_remove_file(&s, "state");
}

static void test_not_finite(void **state) {
    (void)state;
    script_run(&s,
               "net 1 1; activation linear; optimizer rmsprop; x = 1e80; y = 0; W0 = 1; goto END");
    script_run(&s, "step");
    script_fails(&s, "save -", 0, "cannot save: 'sW0[1,1]' is Infinity, which no command can set");
}

/* ---- commands for what only training reached before ---- */

static void test_assignable(void **state) {
    (void)state;
    script_run(&s, "optimizer adam; t = 5; updates = 12; mW0[2,3] = 0.5; vW0 = 2; mW1 = [1; 2; 3]");
    script_prints(&s, "print t", "5\n");
    script_prints(&s, "print updates", "12\n");
    script_prints(&s, "print mW0", "0 0 0\n0 0 0.5\n");
    script_prints(&s, "print vW0[1,1] + mW1[3,1]", "5\n");
    script_run(&s, "data xor; shuffle on; epoch = 3");
    script_prints(&s, "print epoch", "3\n");
    script_fails(&s, "t = 0", 5, "'t' is a whole number, 1 or more, not 0");
    script_fails(&s, "t = 1.5", 5, "'t' is a whole number, 1 or more, not 1.5");
    script_fails(&s, "updates = -1", 11, "'updates' is a whole number, 0 or more, not -1");
    script_fails_with(&s, "epoch = 1e300", 9, "'epoch' is a whole number");
    script_fails_with(&s, "sW0 = 1", 1, "'sW0' is not kept by the optimizer 'adam'");
    script_run(&s, "data none; epoch = 0");
    script_fails_with(&s, "epoch = 1", 0, "there are no epochs without data");
}

/* The order of an epoch is the same whichever way one comes there. */
static void test_epoch(void **state) {
    (void)state;
    script_run(&s, "data gauss samples 7; shuffle on seed 5; train 14");
    double row = script_value(&s, "sample");
    struct text here = script_snapshot(&s.session.now);
    assert_non_null(strstr(text_string(&here), "epochs 2"));
    script_run(&s, "epoch = 0; epoch = 2");
    assert_true(script_value(&s, "sample") == row);
    struct text there = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&here), text_string(&there));
    text_free(&here);
    text_free(&there);
}

static void test_goto_element(void **state) {
    (void)state;
    script_run(&s, "goto 5 element 0; goto 10 element 5");
    assert_int_equal(s.session.now.place.step, 10);
    assert_int_equal(s.session.now.place.element, 5);
    script_fails(&s, "goto 4 element 1", 16, "'1' is no element here: 0 is the only one");
    script_fails(
        &s, "goto 13 element 0", 9,
        "unexpected 'element': 'goto START|END|[new] QUANTITY|MARK|N [element M]|update N' is all");
}

/* ---- what is no state ---- */

static void test_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *error;
    } rows[] = {
        {"net 1 1\npause\n", "/state:2:1: this command cannot stand in a saved state"},
        {"quit", "/state:1:1: this command cannot stand in a saved state"},
        {"train 1000000000000", "/state:1:1: this command cannot stand in a saved state"},
        {"export json made.json", "/state:1:1: this command cannot stand in a saved state"},
        {"save made", "/state:1:1: this command cannot stand in a saved state"},
        {"load state", "/state:1:1: this command cannot stand in a saved state"},
        {"goto somewhere", "/state:1:1: this command cannot do here what it asks for"},
        {"x = 1 2\n  W0 = [1 2]\n", "/state:2:8: 'W0' takes 2 rows of 3"},
        {"net 2 3 1\nfoo 3", "/state:2:1: there is no command 'foo'"},
        {"x = \033[2J", "/state:1:5: byte 0x1B is a control character"},
        {"\xff\xfe", "/state:1:1: byte 0xFF is not UTF-8"},
        {"net 1000000 1000000", "/state:1:1: these layers need more than the limit"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script_write_file(&s, "state", rows[i].text);
        script_fails_with(&s, "load state", 6, rows[i].error);
    }
    script_remove_file(&s, "state");
    script_fails_with(&s, "load state", 6, "cannot open '");
    script_fails_with(&s, "save no/such/folder/state", 6, "cannot write '");
    script_write_file(&s, "data.csv", "a,b\n1,2\n");
    script_fails(&s, "save data.csv", 6,
                 "'data.csv' is there, and is no state that 'save' wrote: a new name is right");
    script_write_file(&s, "data.csv", ""); /* nothing is lost */
    script_run(&s, "save data.csv");
    assert_true(s.result.saved);
    script_run(&s, "save data.csv; save -");
    assert_false(s.result.saved);
    script_remove_file(&s, "data.csv");
}

/* Half a file changes nothing, and a good one can be taken back. */
static void test_undo(void **state) {
    (void)state;
    script_run(&s, "x = 1 2; save state; x = 3 4; load state");
    script_prints(&s, "print x", "1 2\n");
    script_run(&s, "undo");
    script_prints(&s, "print x", "3 4\n");
    script_remove_file(&s, "state");
}

int main(void) {
#define EACH(TEST) script_test(TEST, &s)
    const struct CMUnitTest tests[] = {
        EACH(test_random_states), EACH(test_hidden_biases), EACH(test_texts),
        EACH(test_csv),           EACH(test_not_finite),    EACH(test_assignable),
        EACH(test_epoch),         EACH(test_goto_element),  EACH(test_refused),
        EACH(test_undo),
    };
    return cmocka_run_group_tests(tests, script_folder_setup, script_folder_teardown) ? 1 : 0;
}
