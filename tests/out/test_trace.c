/*
 * tests/out/test_trace.c - the walk told step by step, against the worked numbers of
 * the 2-3-2 network.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/number.h"
#include "jsonlint.h"
#include "net/activation.h"
#include "net/cost.h"
#include "out/trace.h"
#include "script.h"

static struct script s;
static struct text out;

static int open_script(void **state) {
    (void)state;
    out = TEXT_EMPTY;
    script_open(&s);
    script_run(&s, "net 2 3 2; x = 1 -2; y = 1 0; W0 = [0.5 -0.3 0.8; 0.1 0.4 -0.2]");
    script_run(&s, "W1 = [1 -1; 0.5 2; -0.6 0.7]");
    return 0;
}
static int close_script(void **state) {
    (void)state;
    text_free(&out);
    script_close(&s);
    return 0;
}

static struct model *now(void) {
    return state_model(&s.session.now);
}

static const char *tell(size_t step, struct trace_options options) {
    struct error error = {0};
    text_free(&out);
    assert_int_equal(trace_step(&out, now(), step, &options, &error), STATUS_OK);
    return text_string(&out);
}

static const struct trace_options by_equation = {.format = TRACE_JSONL, .grain = GRAIN_EQUATION};
static const struct trace_options by_element = {.format = TRACE_JSONL, .grain = GRAIN_ELEMENT};

static void test_exact_lines(void **state) {
    (void)state;
    static const char F1[] =
        "{\"step\": 1, \"of\": 13, \"pass\": \"forward\", \"equation\": \"F1\", "
        "\"layer\": 1, \"name\": \"z1\", \"symbols\": \"z⁽¹⁾ⱼ = Σᵢ W⁽⁰⁾ᵢⱼ · xᵢ\", "
        "\"elements\": [{\"name\": \"z1[1]\", \"numbers\": \"0.5 · 1 + 0.1 · (−2)\", "
        "\"value\": 0.3}, "
        "{\"name\": \"z1[2]\", \"numbers\": \"−0.3 · 1 + 0.4 · (−2)\", \"value\": -1.1}, "
        "{\"name\": \"z1[3]\", \"numbers\": \"0.8 · 1 + (−0.2) · (−2)\", "
        "\"value\": 1.2000000000000002}]}\n";
    static const char B3[] =
        "{\"step\": 8, \"of\": 13, \"pass\": \"backward\", \"equation\": \"B3\", "
        "\"layer\": 2, \"name\": \"dW1\", "
        "\"symbols\": \"∂C/∂W⁽¹⁾ᵢⱼ = ∂C/∂z⁽²⁾ⱼ · r⁽¹⁾ᵢ\", "
        "\"elements\": [{\"name\": \"dW1[1,1]\", \"numbers\": \"−0 · 0.3\", \"value\": -0}, "
        "{\"name\": \"dW1[1,2]\", \"numbers\": \"0.54 · 0.3\", \"value\": 0.162}, "
        "{\"name\": \"dW1[2,1]\", \"numbers\": \"−0 · 0\", \"value\": -0}, "
        "{\"name\": \"dW1[2,2]\", \"numbers\": \"0.54 · 0\", \"value\": 0}, "
        "{\"name\": \"dW1[3,1]\", \"numbers\": \"−0 · 1.2000000000000002\", "
        "\"value\": -0}, "
        "{\"name\": \"dW1[3,2]\", \"numbers\": \"0.54 · 1.2000000000000002\", "
        "\"value\": 0.6480000000000001}]}\n";
    assert_string_equal(tell(1, by_equation), F1);
    assert_string_equal(tell(8, by_equation), B3);
}

/* Every step in short: its law, its layer, its name and its values. */
static void test_worked_numbers(void **state) {
    (void)state;
    static const struct {
        const char *law, *name, *pass;
        size_t layer, count;
        double values[6];
    } rows[] = {
        {"F1", "z1", "forward", 1, 3, {0.3, -1.1, 1.2}},
        {"F2", "r1", "forward", 1, 3, {0.3, 0, 1.2}},
        {"F1", "z2", "forward", 2, 2, {-0.42, 0.54}},
        {"F2", "r2", "forward", 2, 2, {0, 0.54}},
        {"F3", "C", "forward", 2, 1, {0.6458}},
        {"B0", "dr2", "backward", 2, 2, {-1, 0.54}},
        {"B1", "dz2", "backward", 2, 2, {0, 0.54}},
        {"B3", "dW1", "backward", 2, 6, {0, 0.162, 0, 0, 0, 0.648}},
        {"B2", "dr1", "backward", 1, 3, {-0.54, 1.08, 0.378}},
        {"B1", "dz1", "backward", 1, 3, {-0.54, 0, 0.378}},
        {"B3", "dW0", "backward", 1, 6, {-0.54, 0, 0.378, 1.08, 0, -0.756}},
        {"U", "W0", "update", 1, 6, {0.554, -0.3, 0.7622, -0.008, 0.4, -0.1244}},
        {"U", "W1", "update", 2, 6, {1, -1.0162, 0.5, 2, -0.6, 0.6352}},
    };
    assert_int_equal(walk_length(now()), sizeof rows / sizeof *rows);
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        const char *line = tell(n + 1, by_equation);
        struct text head = TEXT_EMPTY;
        text_printf(&head,
                    "{\"step\": %zu, \"of\": 13, \"pass\": \"%s\", \"equation\": \"%s\", "
                    "\"layer\": %zu, \"name\": \"%s\", \"symbols\": \"",
                    n + 1, rows[n].pass, rows[n].law, rows[n].layer, rows[n].name);
        assert_memory_equal(line, text_string(&head), head.length);
        assert_true(json_is_strict(line));
        const char *at = line;
        for (size_t e = 0; e < rows[n].count; e++) {
            at = strstr(at, "\"value\": ");
            assert_non_null(at);
            at += strlen("\"value\": ");
            bool overflow;
            double value;
            size_t sign = *at == '-';
            assert_true(number_parse(at + sign, 30, &value, &overflow) > 0);
            value = sign ? -value : value;
            assert_true(value - rows[n].values[e] < 1e-12 && rows[n].values[e] - value < 1e-12);
        }
        assert_null(strstr(at, "\"value\": "));
        text_free(&head);
    }
}

/* At grain element a line an element, with the step that it belongs to. */
static void test_by_element(void **state) {
    (void)state;
    assert_string_equal(
        tell(7, by_element),
        "{\"step\": 7, \"of\": 13, \"pass\": \"backward\", \"equation\": \"B1\", "
        "\"layer\": 2, \"name\": \"dz2\", \"symbols\": \"∂C/∂z⁽²⁾ⱼ = ∂C/∂r⁽²⁾ⱼ · Step(z⁽²⁾ⱼ)\", "
        "\"elements\": [{\"name\": \"dz2[1]\", \"numbers\": \"−1 · 0\", \"value\": -0}]}\n"
        "{\"step\": 7, \"of\": 13, \"pass\": \"backward\", \"equation\": \"B1\", "
        "\"layer\": 2, \"name\": \"dz2\", \"symbols\": \"∂C/∂z⁽²⁾ⱼ = ∂C/∂r⁽²⁾ⱼ · Step(z⁽²⁾ⱼ)\", "
        "\"elements\": [{\"name\": \"dz2[2]\", \"numbers\": \"0.54 · 1\", "
        "\"value\": 0.54}]}\n");
}

static void test_ascii(void **state) {
    (void)state;
    struct trace_options options = by_equation;
    options.ascii = true;
    for (size_t step = 1; step <= walk_length(now()); step++) {
        const char *line = tell(step, options);
        for (const char *c = line; *c; c++) {
            assert_true((unsigned char)*c < 0x80);
        }
    }
    assert_non_null(strstr(tell(8, options), "\"symbols\": \"dW1[i,j] = dz2[j] * r1[i]\""));
    assert_non_null(
        strstr(tell(12, options), "\"symbols\": \"W0[i,j] <- W0[i,j] - lr * dW0[i,j]\""));
}

static void test_text(void **state) {
    (void)state;
    struct trace_options options = {.grain = GRAIN_EQUATION};
    assert_string_equal(tell(7, options),
                        "step 7 of 13  backward  B1 through the activation  layer 2\n"
                        "  ∂C/∂z⁽²⁾ⱼ = ∂C/∂r⁽²⁾ⱼ · Step(z⁽²⁾ⱼ)\n"
                        "    ∂C/∂z⁽²⁾₁ = −1 · 0 = −0\n"
                        "    ∂C/∂z⁽²⁾₂ = 0.54 · 1 = 0.54\n");
    options.ascii = true;
    options.grain = GRAIN_ELEMENT;
    assert_string_equal(tell(7, options),
                        "step 7 of 13, 1 of 2  backward  B1 through the activation  layer 2\n"
                        "  dz2[j] = dr2[j] * step2[j]\n"
                        "    dz2[1] = -1 * 0 = -0\n"
                        "step 7 of 13, 2 of 2  backward  B1 through the activation  layer 2\n"
                        "  dz2[j] = dr2[j] * step2[j]\n"
                        "    dz2[2] = 0.54 * 1 = 0.54\n");
}

/* The optimizer's quantities belong to the update of their weights. */
static void test_update(void **state) {
    (void)state;
    script_run(&s, "net 1 1; x = 2; y = 3; W0 = 0.5; optimizer momentum; bias on");
    const char *line = tell(7, by_equation);
    assert_non_null(strstr(line, "\"equation\": \"U\", \"layer\": 1, \"name\": \"W0\""));
    assert_non_null(strstr(line, "\"elements\": [{\"name\": \"vW0[1,1]\""));
    assert_non_null(strstr(line, "{\"name\": \"vb0[1]\""));
    assert_non_null(strstr(line, "{\"name\": \"W0[1,1]\", \"numbers\": \"0.5 − 0.1 · (−4)\", "
                                 "\"value\": 0.9}"));
    assert_non_null(strstr(line, "{\"name\": \"b0[1]\""));
}

/* Every step of every kind of network can be told, as strict JSON. */
static void test_any_network(void **state) {
    (void)state;
    for (size_t a = 0; activation_at(a); a++) {
        for (size_t c = 0; cost_at(c); c++) {
            struct text line = TEXT_EMPTY;
            text_printf(&line,
                        "net 2 2 2; activation %s; cost %s; bias %s; optimizer %s; combine %s; "
                        "x = 1 -2; y = 1 0; init he seed %zu",
                        activation_at(a)->name, cost_at(c)->name, a % 2 ? "on" : "off",
                        rule_at((a + c) % 5)->name, c % 2 ? "on" : "off", a);
            script_run(&s, text_string(&line));
            text_free(&line);
            for (size_t step = 1; step <= walk_length(now()); step++) {
                assert_true(json_is_strict(tell(step, by_equation)));
            }
        }
    }
}

static void test_not_finite(void **state) {
    (void)state;
    script_run(&s, "net 1 1; activation linear; cost cross-entropy; x = 1; y = 1; W0 = 0");
    assert_non_null(strstr(tell(3, by_equation), "\"value\": \"Infinity\"}]}"));
    assert_non_null(strstr(tell(4, by_equation), "\"value\": \"-Infinity\"}]}"));
}

int main(void) {
#define EACH(TEST) cmocka_unit_test_setup_teardown(TEST, open_script, close_script)
    const struct CMUnitTest tests[] = {
        EACH(test_exact_lines), EACH(test_worked_numbers), EACH(test_by_element),
        EACH(test_ascii),       EACH(test_text),           EACH(test_update),
        EACH(test_any_network), EACH(test_not_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
