/*
 * tests/lang/test_command_network.c - the commands that make a network and its data: what
 * they do, and how they say no.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/activation.h"
#include "net/cost.h"
#include "script.h"

static struct script s;

static const struct model *now(void) {
    return state_model(&s.session.now);
}

static void test_net(void **state) {
    (void)state;
    script_run(&s,
               "activation sigmoid; cost mse; bias on; step0 0.5; optimizer adam; lr 0.3; clip 2");
    script_run(&s, "x = 1 2; train 3; net 3 4 5 2");
    const struct model *model = now();
    assert_int_equal(model->network.K, 3);
    assert_int_equal(model->network.layers[2].n, 5);
    assert_string_equal(model->network.layers[1].activation->name, "sigmoid");
    assert_string_equal(model->network.cost->name, "mse");
    assert_true(model->network.bias && model->network.step0 == 0.5);
    assert_string_equal(model->optimizer.rule->name, "adam");
    assert_true(model->optimizer.h.lr == 0.3 && model->optimizer.h.clip == 2);
    assert_int_equal(model->optimizer.t, 0);
    assert_int_equal(model->updates, 0);
    script_prints(&s, "print x", "0 0 0\n");
    script_prints(&s, "print y", "0 0\n");
    script_prints(&s, "print b0", "0 0 0 0\n");
    script_prints(&s, "print mW0[1,1]", "0\n");
    double first = script_value(&s, "W0[1,1]");
    script_run(&s, "init he seed 1");
    assert_true(script_value(&s, "W0[1,1]") == first); /* which is what net does */
    script_run(&s, "activation softmax; net 2 3 3 2");
    assert_string_equal(now()->network.layers[2].activation->name, "sigmoid");
    assert_string_equal(now()->network.layers[3].activation->name, "softmax");
    script_run(&s, "data xor; net 2 1");
    assert_null(now()->feed.data);
    assert_string_equal(text_string(&s.result.message),
                        "the data are gone: 'data xor samples 4 noise 0 seed 1' takes them again");
    script_fails(&s, "net 3", 6,
                 "a width (a network has two or more) is missing: 'net WIDTH WIDTH ...'");
    script_fails_with(&s, "net 0 1", 5, "'0' is no width: a whole number from 1 to");
    script_fails_with(&s, "net 2 -3", 7, "'-3' is no width");
    script_fails_with(&s, "net 2 1.5", 7, "'1.5' is no width");
    script_fails_with(&s, "net 2 99999999999999999999", 7, "is no width");
    script_run(&s, "net 2 3x2 1x1");
    script_prints(&s, "print sum(W1 == W1) + sum(W2 == W2)", "12\n");
    script_fails_with(&s, "net 2 3x0", 7, "'3x0' is no width: '8x1000' makes a thousand layers");
    script_fails_with(&s, "net 2 x2", 7, "'x2' is no width");
    script_fails_with(&s, "net 2 3xx2", 7, "'3xx2' is no width");
    script_fails(&s, "net 2x3x1", 5, "widths stand with blanks between them: 'net 2 3 1'");
    script_fails(&s, "net 2 8x3 4x5x6", 11,
                 "widths stand with blanks between them: 'net 2 8x3 4 5 6'");
    script_fails_with(&s, "net 2 1000001x2", 7, "is no width");
    script_fails_with(&s, "net 2 1x100001", 7, "a network has at most 100001 layers");
    script_fails_with(&s, "net 1000000 1000000", 0, "more than the limit");
}

static void test_settings_of_the_network(void **state) {
    (void)state;
    script_run(&s, "activation 1 tanh");
    assert_string_equal(now()->network.layers[1].activation->name, "tanh");
    assert_string_equal(now()->network.layers[2].activation->name, "relu");
    script_run(&s, "activation softmax"); /* only the last */
    assert_string_equal(now()->network.layers[1].activation->name, "tanh");
    script_prints(&s, "print yhat", "1\n");
    script_fails(&s, "activation 1 softmax", 14,
                 "'softmax' is for the last layer only, which is layer 2");
    script_fails_with(&s, "activation 3 relu", 12, "'3' is no layer: a whole number from 1 to 2");
    script_fails_with(&s, "activation 0 relu", 12, "'0' is no layer");
    script_run(&s, "bias on; bias off; bias on");
    script_fails(&s, "bias maybe", 6, "'maybe' is neither 'on' nor 'off'");
    script_fails(&s, "combine yes", 9, "'yes' is neither 'on' nor 'off'");
    script_run(&s, "init constant 0.25");
    script_prints(&s, "print W1", "0.25\n0.25\n0.25\n");
    script_run(&s, "init uniform 2 seed 5; init constant -1/4 seed 0");
    script_prints(&s, "print W1[1,1]", "-0.25\n");
    script_fails(&s, "init he 3", 9, "this takes no value: 'seed 3' is the seed");
    script_fails(&s, "init he a", 9, "unexpected 'a': 'init NAME [VALUE] [seed N]' is all");
    script_fails(&s, "activation relu 1", 17,
                 "the layer stands before the name: 'activation 1 relu'");
    script_fails(&s, "activation relu sigmoid", 17,
                 "one layer's is set by its number: 'activation 2 sigmoid'");
    script_fails(&s, "activation output softmax", 12,
                 "one layer's is set by its number: 'activation 2 softmax'");
    script_fails_with(&s, "activation relu now", 17, "unexpected 'now'");
    script_fails(&s, "clip off", 6, "'clip 0' turns it off");
    script_fails(&s, "validation none", 12, "'validation 0' turns it off");
    script_fails(&s, "optimizer adam 0.01", 16,
                 "the learning rate is a setting of its own: 'lr 0.01'");
    script_fails(&s, "expect C = 0", 10, "unexpected '=': '~' compares, '==' to the last bit");
    script_fails(&s, "until C = 0", 9, "unexpected '=': '==' compares");
    script_fails(&s, "axis log blocks linear", 17, "'log' or 'linear': one of them is right");
    script_fails(&s, "seek 50", 6, "a share of the scene ends in '%': 'seek 50%'");
    script_fails(&s, "speed fast", 7, "'fast' is no speed: 'speed faster' or 'speed 2' is right");
    script_fails_with(&s, "init he seed", 13, "seed is missing");
    script_fails_with(&s, "init he seed -1", 14, "'-1' is no seed");
    script_fails_with(&s, "init constant 1/0", 15, "a weight cannot be Infinity");
    script_fails_with(&s, "init normal 1.7e308", 13, "the value is 1e+300 at most");
    script_run(&s, "init normal -1e300; init uniform 1e300");
    script_run(&s, "b0 = 3; init he");
    script_prints(&s, "print b0", "0 0 0\n");
    script_run(&s, "step0 1/4");
    assert_true(now()->network.step0 == 0.25);
    script_fails(&s, "step0 1.5", 7, "'step0' is from 0 to 1, not 1.5");
    script_fails(&s, "step0 -0.1", 7, "'step0' is from 0 to 1, not -0.1");
    script_fails_with(&s, "step0 x", 7, "is a single number");
}

/* Weights that are new have learned nothing yet; what the user sees and set stays. */
static void test_init_begins_the_training_anew(void **state) {
    (void)state;
    script_run(&s, "data xor; shuffle on seed 3; batch 3; bias on; optimizer adam; lr 0.02; "
                   "sample 4; init he seed 5; goto END");
    struct text fresh = script_snapshot(&s.session.now);
    script_run(&s, "train 3; y = 9; init he seed 5");
    script_prints(&s, "print updates", "0\n");
    script_prints(&s, "print epoch", "0\n");
    script_prints(&s, "print t", "1\n");
    script_prints(&s, "print norm(mW0) + norm(vW0) + norm(mb0) + norm(vb1)", "0\n");
    script_prints(&s, "print lr", "0.02\n");
    script_prints(&s, "print y", "9\n"); /* edited, and not taken from the data again */
    script_fails_with(&s, "goto update 1", 13, "update 1 is not made yet");
    script_run(&s, "sample 4; goto END");
    struct text anew = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&anew), text_string(&fresh));
    text_free(&fresh);
    text_free(&anew);
    script_run(&s, "undo; undo"); /* the training is back whole */
    script_prints(&s, "print updates", "3\n");
}

static void test_freeze(void **state) {
    (void)state;
    script_run(&s, "bias on; x = 1; y = 5; freeze W0; freeze bias; init constant 0.1; train");
    script_prints(&s, "print W0[1,1]", "0.1\n");
    script_prints(&s, "print b0", "0 0 0\n");
    assert_true(script_value(&s, "W1[1,1]") != 0.1);
    script_run(&s, "thaw W0; thaw bias; train");
    assert_true(script_value(&s, "W0[1,1]") != 0.1);
    assert_true(script_value(&s, "b0[1]") != 0);
    script_fails_with(&s, "freeze z1", 8, "cannot be frozen");
    script_fails_with(&s, "freeze W0[1,2]", 8, "cannot be frozen");
    script_fails_with(&s, "thaw W7", 6, "there is no 'W7' here");
}

/* combine changes the order of the walk: the place stays at what it showed */
static void test_combine_keeps_the_place(void **state) {
    (void)state;
    script_run(&s, "goto dW1; combine on; print 0");
    struct focus focus = walk_focus(now(), s.session.now.place, GRAIN_EQUATION);
    assert_int_equal(walk_step_at(now(), focus.step).target.kind, QUANTITY_DW);
    assert_int_equal(walk_step_at(now(), focus.step).target.layer, 1);
    script_run(&s, "combine off");
    focus = walk_focus(now(), s.session.now.place, GRAIN_EQUATION);
    assert_int_equal(walk_step_at(now(), focus.step).target.kind, QUANTITY_DW);
    script_run(&s, "goto END; combine on");
    assert_true(walk_at_end(now(), s.session.now.place));
    script_run(&s, "goto START; combine off");
    assert_int_equal(s.session.now.place.step, 0);
}

static void test_data_words(void **state) {
    (void)state;
    script_fails(&s, "sample 1", 8, "there is no sample '1' without data: 'data xor'");
    script_fails(&s, "sample 3", 8, "there is no sample '3' without data: 'data xor'");
    script_run(&s, "net 3 1");
    script_fails(&s, "data xor", 6, "'xor' has 2 inputs, but the network has 3");
    script_run(&s, "net 2 3 1");
    script_run(&s, "data xor; sample 3");
    script_prints(&s, "print sample", "3\n");
    script_run(&s, "batch 2; batch all");
    script_fails(&s, "sample 5", 8, "there is no sample '5': 1 to 4 exist");
    script_fails_with(&s, "sample x", 8, "'x' is no sample");
    script_fails(&s, "validation 0.1", 12,
                 "this share of 4 rows comes to none: 'validation 0.25' holds one out");
    script_run(&s, "validation 0.25; data xor");
    assert_string_equal(text_string(&s.result.message),
                        "4 samples, 1 of them held out for validation");
    script_run(&s, "data gauss samples 1");
    assert_string_equal(text_string(&s.result.message), "1 sample, too few for any to be held out");
    script_fails(&s, "validation 0.5", 12,
                 "the data set has one row, which is trained on: 'validation' takes two or more");
    script_run(&s, "validation 0; data xor");
    script_fails_with(&s, "data xor noise -1", 10, "the noise is a number, 0 or more");
    script_fails_with(&s, "data xor samples 0", 18, "'0' is no number of samples");
    script_fails_with(&s, "data xor foo", 10, "unexpected 'foo'");
    script_fails_with(&s, "data off", 6, "there is no dataset 'off': did you mean 'none'?");
    script_fails(&s, "data csv", 9, "a file is missing: 'data csv FILE [COLUMN...]'");
    script_fails_with(&s, "data csv /no/such/file", 10, "cannot open '/no/such/file'");
    script_fails_with(&s, "batch 0", 7, "'0' is no batch size");
    script_fails_with(&s, "shuffle maybe", 9, "is neither 'on' nor 'off'");
    script_fails_with(&s, "validation 1", 12, "from 0 to below 1");
    script_fails(&s, "sample = 3", 1, "'sample' is no setting: the command 'sample N' sets it");
    script_run(&s, "gradcheck");
    assert_non_null(strstr(text_string(&s.result.output), "gradients agree"));
    script_fails_with(&s, "gradcheck 0", 11, "'0' is no number of gradients");
}

int main(void) {
#define EACH(TEST) script_test(TEST, &s)
    const struct CMUnitTest tests[] = {
        EACH(test_net),
        EACH(test_settings_of_the_network),
        EACH(test_init_begins_the_training_anew),
        EACH(test_freeze),
        EACH(test_combine_keeps_the_place),
        EACH(test_data_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
