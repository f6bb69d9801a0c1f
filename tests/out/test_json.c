/*
 * tests/out/test_json.c - the state as JSON: the very bytes that other programs read.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "jsonlint.h"
#include "net/activation.h"
#include "net/cost.h"
#include "out/json.h"
#include "script.h"

static struct script s;
static struct text out;

static int open_script(void **state) {
    (void)state;
    out = TEXT_EMPTY;
    script_open(&s);
    return 0;
}
static int close_script(void **state) {
    (void)state;
    text_free(&out);
    script_close(&s);
    return 0;
}

/* The present state: strict JSON in one line that ends in a newline. */
static const char *state_json(void) {
    text_free(&out);
    json_state(&out, state_model(&s.session.now));
    const char *text = text_string(&out);
    assert_true(json_is_strict(text));
    assert_int_equal(strcspn(text, "\n"), out.length - 1);
    return text;
}

static void expect_part(const char *part) {
    const char *text = state_json();
    if (!strstr(text, part)) {
        print_error("%s\nis not in\n%s", part, text);
    }
    assert_non_null(strstr(text, part));
}

static void test_checker(void **state) {
    (void)state;
    static const char *const good[] = {
        "1",        "-0", "1.5e-7",         "[]",
        "[1, [2]]", "{}", "\"\\u00e9\\n\"", "{\"a\": true, \"b\": null}",
        " [1 , 2] "};
    static const char *const bad[] = {
        "",        "01",  "NaN", "Infinity", "[1,]",    "[1 2]",
        "{\"a\"}", "+1",  "1.",  ".5",       "\"\n\"",  "{\"a\":1,}",
        "1 2",     "'a'", "[1",  "\"a",      "\"\\x\"", "{\"a\":1,\"a\":2}",
        "1e"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(json_is_strict(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(json_is_strict(bad[i]));
    }
}

static void test_numbers(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {1, "1"},
        {-0.0, "-0"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1e22, "1e22"},
        {-1.5e-9, "-1.5e-9"},
        {5e-324, "5e-324"},
        {(double)NAN, "\"NaN\""},
        {(double)INFINITY, "\"Infinity\""},
        {-(double)INFINITY, "\"-Infinity\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text_cut(&out, 0);
        json_put_number(&out, rows[i].value);
        assert_string_equal(text_string(&out), rows[i].text);
        assert_true(json_is_strict(text_string(&out)));
    }
}

static void test_strings(void **state) {
    (void)state;
    json_put_string(&out, "a\"b\\c\n\t\x01/\xC3\xA9");
    assert_string_equal(text_string(&out), "\"a\\\"b\\\\c\\u000a\\u0009\\u0001/\xC3\xA9\"");
    assert_true(json_is_strict(text_string(&out)));
}

/* All of it, for the smallest network. */
static void test_one_neuron(void **state) {
    (void)state;
    script_run(&s, "net 1 1; x = 2; y = 3; W0 = 0.5");
    assert_string_equal(
        state_json(),
        "{\"backstep\": 1, \"layers\": [1, 1], \"activation\": [\"relu\"], "
        "\"cost\": \"half-squared\", \"bias\": false, \"step0\": 1, \"optimizer\": \"sgd\", "
        "\"lr\": 0.1, \"updates\": 0, \"sample\": 1, \"samples\": 1, "
        "\"values\": {\"x\": [2], \"y\": [3], \"C\": 2, \"meanC\": 2, \"W0\": [[0.5]], "
        "\"dW0\": [[-4]], \"db0\": [-2], \"gW0\": [[-4]], \"gb0\": [-2], \"z1\": [1], "
        "\"r1\": [1], \"step1\": [1], \"dr1\": [-2], \"dz1\": [-2], \"dx\": [-1]}}\n");
}

static void test_general(void **state) {
    (void)state;
    script_run(&s, "net 2 3 2; x = 1 -2; y = 1 0; W0 = [0.5 -0.3 0.8; 0.1 0.4 -0.2]");
    script_run(&s, "W1 = [1 -1; 0.5 2; -0.6 0.7]");
    expect_part("{\"backstep\": 1, \"layers\": [2, 3, 2], \"activation\": [\"relu\", \"relu\"], ");
    expect_part("\"values\": {\"x\": [1, -2], \"y\": [1, 0], \"C\": 0.6458");
    expect_part("\"W0\": [[0.5, -0.3, 0.8], [0.1, 0.4, -0.2]]");
    expect_part("\"W1\": [[1, -1], [0.5, 2], [-0.6, 0.7]]");
    expect_part("\"r1\": [0.3, 0, 1.2000000000000002]");
    expect_part("\"step1\": [1, 0, 1]");
    expect_part("\"dW1\": [[-0, 0.162], [-0, 0], [-0, 0.6480000000000001]]");
    expect_part("\"dz2\": [-0, 0.54]"); /* -1 times 0 */
}

static void test_bias(void **state) {
    (void)state;
    script_run(&s, "net 1 1");
    assert_null(strstr(state_json(), "\"b0\""));
    script_run(&s, "bias on; b0 = 0.25");
    expect_part("\"bias\": true");
    expect_part("\"W0\": [[");
    expect_part("\"b0\": [0.25]");
}

/* Softmax has no slope per neuron: a row for each of its outputs. */
static void test_softmax(void **state) {
    (void)state;
    script_run(&s, "net 1 2; activation softmax; cost cross-entropy; W0 = 0; x = 1; y = 1 0");
    expect_part("\"activation\": [\"softmax\"], \"cost\": \"cross-entropy\"");
    expect_part("\"step1\": [[0.25, -0.25], [-0.25, 0.25]]");
    expect_part("\"dz1\": [-0.5, 0.5]");
}

static void test_not_finite(void **state) {
    (void)state;
    script_run(&s, "net 1 1; activation linear; cost cross-entropy; x = 1; y = 1; W0 = 0");
    expect_part("\"C\": \"Infinity\"");
    expect_part("\"dr1\": [\"-Infinity\"]");
    script_run(&s, "W0 = -1");
    expect_part("\"C\": \"NaN\"");
}

static void test_settings(void **state) {
    (void)state;
    script_run(&s, "net 2 2 1; activation 1 tanh; step0 0.5; optimizer adam; lr 0.05; data xor");
    script_run(&s, "batch 2; train 3; sample 3");
    expect_part("\"activation\": [\"tanh\", \"relu\"]");
    expect_part("\"step0\": 0.5, \"optimizer\": \"adam\", \"lr\": 0.05, \"updates\": 3, "
                "\"sample\": 3, \"samples\": 4");
}

/* Any network: every value of it, and none twice. */
static void test_all_words(void **state) {
    (void)state;
    for (size_t a = 0; activation_at(a); a++) {
        for (size_t c = 0; cost_at(c); c++) {
            struct text line = TEXT_EMPTY;
            text_printf(&line, "net 3 2 2; activation %s; cost %s; x = 1 -2 3; y = 1 0; bias on",
                        activation_at(a)->name, cost_at(c)->name);
            script_run(&s, text_string(&line));
            text_free(&line);
            static const char *const keys[] = {"x",   "y",   "C",   "meanC", "W0",    "W1",   "b0",
                                               "b1",  "dW0", "dW1", "db0",   "db1",   "gW0",  "gW1",
                                               "gb0", "gb1", "z1",  "z2",    "r1",    "r2",   "dr1",
                                               "dr2", "dz1", "dz2", "dx",    "step1", "step2"};
            const char *text = state_json();
            for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
                struct text key = TEXT_EMPTY;
                text_printf(&key, "\"%s\": ", keys[k]);
                assert_non_null(strstr(text, text_string(&key)));
                text_free(&key);
            }
        }
    }
}

static void test_command(void **state) {
    (void)state;
    script_run(&s, "net 1 1; x = 2; export json -");
    assert_true(json_is_strict(text_string(&s.result.output)));
    assert_string_equal(text_string(&s.result.output), state_json());
}

int main(void) {
#define EACH(TEST) cmocka_unit_test_setup_teardown(TEST, open_script, close_script)
    const struct CMUnitTest tests[] = {
        EACH(test_checker),  EACH(test_numbers),   EACH(test_strings), EACH(test_one_neuron),
        EACH(test_general),  EACH(test_bias),      EACH(test_softmax), EACH(test_not_finite),
        EACH(test_settings), EACH(test_all_words), EACH(test_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
