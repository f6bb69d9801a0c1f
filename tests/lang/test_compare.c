/*
 * test_compare.c - a second network beside the present one: it is what the command would
 * make of it, follows every change, shares the rest, and goes where it no longer fits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lang/complete.h"
#include "net/activation.h"
#include "script.h"

static struct script s;

static int open_script(void **state) {
    (void)state;
    script_open(&s);
    script_run(&s, "x = 1 -2; y = 1");
    return 0;
}

static int close_script(void **state) {
    (void)state;
    script_close(&s);
    return 0;
}

static const struct model *other(void) {
    const struct model *model = state_other(&s.session.now);
    assert_non_null(model);
    return model;
}

/* The other network has the numbers that the command would give; print has not. */
static void is_what_it_would_be(const char *command) {
    double C = other()->pass.C;
    double own = script_value(&s, "C");
    struct text line = TEXT_EMPTY;
    text_printf(&line, "compare off; %s", command);
    script_run(&s, text_string(&line));
    assert_true(script_value(&s, "C") == C);
    script_run(&s, "undo");
    assert_true(script_value(&s, "C") == own);
    text_cut(&line, 0);
    text_printf(&line, "compare %s", command);
    script_run(&s, text_string(&line));
    text_free(&line);
}

static void test_what_it_is(void **state) {
    (void)state;
    static const char *const commands[] = {"activation sigmoid",
                                           "activation 2 tanh",
                                           "cost mse",
                                           "init xavier seed 4",
                                           "bias on",
                                           "step0 0.5",
                                           "lr 10",
                                           "momentum 0.5",
                                           "decay 0.01",
                                           "clip 0.01"};
    for (size_t n = 0; n < sizeof commands / sizeof *commands; n++) {
        struct text line = TEXT_EMPTY;
        text_printf(&line, "compare %s", commands[n]);
        script_run(&s, text_string(&line));
        text_free(&line);
        is_what_it_would_be(commands[n]);
    }
    script_run(&s, "compare activation sigmoid; export json -");
    assert_non_null(strstr(text_string(&s.result.output), "relu"));
    assert_null(strstr(text_string(&s.result.output), "sigmoid"));
}

static void test_it_follows(void **state) {
    (void)state;
    script_run(&s, "compare activation sigmoid");
    assert_ptr_equal(other()->network.layers[0].W,
                     state_model(&s.session.now)->network.layers[0].W);
    static const char *const changes[] = {"W0[1,2] = 0.7",    "x[1] = 3", "data xor",   "train 5",
                                          "step 40 equation", "reset",    "net 2 5 3 1"};
    for (size_t n = 0; n < sizeof changes / sizeof *changes; n++) {
        script_run(&s, changes[n]);
        is_what_it_would_be("activation sigmoid");
    }
    const struct model *same = other();
    script_run(&s, "step; back; view flow; digits 3");
    assert_ptr_equal(other(), same);
    script_run(&s, "undo");
    assert_non_null(other());
    script_run(&s, "compare off");
    script_run(&s, "net 2 3 1; compare activation sigmoid; undo"); /* a look, which stays */
    is_what_it_would_be("activation sigmoid");
    script_run(&s, "compare off; redo");
    assert_null(state_other(&s.session.now));
}

static void test_where_it_no_longer_fits(void **state) {
    (void)state;
    script_run(&s, "compare activation 2 sigmoid");
    script_run(&s, "net 2 1");
    assert_null(state_other(&s.session.now));
    assert_null(s.session.now.compare.line);
    assert_non_null(strstr(text_string(&s.result.message), "nothing is compared any more"));
}

static void test_errors(void **state) {
    (void)state;
    script_fails_with(&s, "compare", 8, "what to compare with is missing");
    script_fails_with(&s, "compare net 2 1", 9, "there is no comparison 'net'");
    script_fails_with(&s, "compare compare off", 9, "there is no comparison");
    script_fails_with(&s, "compare activation sigmod", 20, "did you mean 'sigmoid'");
    script_fails_with(&s, "  compare activation 1 softmax", 24, "softmax");
    script_fails_with(&s, "compare off now", 9, "there is no comparison 'off'");
    assert_null(state_other(&s.session.now));
    script_run(&s, "net 2 700 700 1"); /* nothing that is not so is shown beside it */
    script_fails_with(&s, "compare init xavier", 0, "too much for a network this large");
    script_run(&s, "compare activation sigmoid");
    assert_non_null(other());
}

/* A mean over many samples takes long enough to be stopped: it asks once here. */
static bool stop_when_over(void *context) {
    int *left = context;
    return (*left)-- == 0;
}

static void test_it_can_be_stopped(void **state) {
    (void)state;
    int left = 0;
    script_run(&s, "net 2 100 100 1; data gauss samples 2000; batch all");
    s.runner.stop = stop_when_over;
    s.runner.context = &left;
    script_fails(&s, "compare activation sigmoid", 0, "stopped: all is as it was");
    assert_int_equal(left, -1);
    assert_null(s.session.now.compare.line);
    script_run(&s, "compare activation sigmoid");
    assert_non_null(other());
    left = 0;
    script_fails(&s, "bias on", 0, "stopped: all is as it was");
    assert_non_null(other());
    left = 1; /* the network itself is done, and kept */
    script_run(&s, "bias on");
    assert_true(state_model(&s.session.now)->network.bias);
    assert_null(state_other(&s.session.now));
    assert_string_equal(text_string(&s.result.message),
                        "nothing is compared any more: it took long, and was stopped");
}

/* Behind `compare` the words of the other command are known. */
static void test_completion(void **state) {
    (void)state;
    static const struct {
        const char *line, *first;
    } rows[] = {{"compare ac", "activation"},
                {"compare activation sig", "sigmoid"},
                {"compare o", "off"},
                {"compare init xav", "xavier"}};
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        size_t start;
        char **list = complete_line(&s.session.now, rows[n].line, strlen(rows[n].line), &start);
        assert_non_null(list);
        assert_string_equal(list[0], rows[n].first);
        complete_free(list);
    }
}

int main(void) {
#define EACH(test) cmocka_unit_test_setup_teardown(test, open_script, close_script)
    const struct CMUnitTest tests[] = {
        EACH(test_what_it_is), EACH(test_it_follows),        EACH(test_where_it_no_longer_fits),
        EACH(test_errors),     EACH(test_it_can_be_stopped), EACH(test_completion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
