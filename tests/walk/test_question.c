/*
 * tests/walk/test_question.c - what an open question hides: its value and all that is
 * computed from it, as the equations themselves say, and nothing that is given.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "expr/equation.h"
#include "expr/print.h"
#include "script.h"
#include "walk/walk.h"

/* ---- the operands of an equation, as its numbers show them ---- */

struct use {
    const struct model *model;
    struct quantity from;
    bool follows; /* an operand is `from`, or follows from it */
};

static void look(void *context, const char *string, const struct quantity *q) {
    struct use *use = context;
    (void)string;
    use->follows = use->follows || (q && quantity_follows(use->model, &use->from, q));
}

/* Does what `of` is computed from follow from `from`? */
static bool uses(struct model *model, struct quantity from, struct quantity of) {
    struct use use = {.model = model, .from = from};
    struct equation equation;
    struct print_options options = {.model = model, .numbers = true};
    assert_int_equal(equation_open(&equation, model, of, NULL), STATUS_OK);
    expr_print(equation.right, &options, look, &use);
    equation_close(&equation);
    return use.follows;
}

/* Every element of the walk against every other. */
static void compare_all(struct model *model) {
    size_t hidden = 0, seen = 0;
    for (size_t a = 1; a <= walk_length(model); a++) {
        for (size_t e = 1; e <= walk_elements(model, a); e++) {
            struct quantity from = walk_element(model, a, e);
            for (size_t b = 1; b <= walk_length(model); b++) {
                for (size_t f = 1; f <= walk_elements(model, b); f++) {
                    struct quantity of = walk_element(model, b, f);
                    bool follows = quantity_follows(model, &from, &of);
                    if (quantity_equal(&from, &of)) {
                        assert_true(follows);
                    } else if (uses(model, from, of)) {
                        assert_true(follows);
                        hidden++;
                    } else {
                        seen += follows ? 0 : 1;
                    }
                }
            }
        }
    }
    assert_true(hidden > 20);
    assert_true(seen > 20); /* not simply all */
}

static void test_follows(void **state) {
    (void)state;
    static const char *const networks[] = {
        "net 2 3 2; init he seed 3; x = 1 -2; y = 1 0; step0 0.5",
        "net 2 3 2; bias on; activation sigmoid; init he seed 4; x = 1 2; optimizer momentum",
        "net 2 3 3; activation softmax; cost mse; init he seed 5; x = 1 2; y = 0 1 0",
        "net 2 2 2; activation tanh; combine on; cost bce; activation 2 sigmoid; init he seed 5",
        "net 2 2 2; bias on; init he seed 6; x = 1 2; optimizer adam; clip 0.5",
        "net 2 2 1; init he seed 7; data xor; batch all",
    };
    for (size_t n = 0; n < sizeof networks / sizeof *networks; n++) {
        struct script s;
        script_open(&s);
        script_run(&s, networks[n]);
        compare_all(state_model(&s.session.now));
        script_close(&s);
    }
}

static struct quantity named(struct model *model, const char *name) {
    struct quantity q;
    size_t taken;
    struct error error = {0};
    assert_int_equal(quantity_parse(model, name, strlen(name), 1, &q, &taken, &error), STATUS_OK);
    return q;
}

static void test_hides(void **state) {
    (void)state;
    static const struct {
        const char *asked, *of;
        bool hides;
    } rows[] = {
        {"z1[2]", "z1[2]", true},       {"z1[2]", "z1", true},
        {"z1[2]", "z1[1]", false},      {"z1[2]", "r1[2]", true},
        {"z1[2]", "r1[1]", false},      {"z1[2]", "step1[2]", true},
        {"z1[2]", "meanC", true},       {"z1[2]", "x", false},
        {"z1[2]", "W0[1,2]", false},    {"r1[2]", "z1[2]", false},
        {"C", "z2[1]", false},          {"C", "dr2[1]", false},
        {"C", "meanC", true},           {"dr2[1]", "dz2[1]", true},
        {"dr2[1]", "dz2[2]", false},    {"dz2[1]", "dr2[1]", false},
        {"dz2[1]", "dW1[3,1]", true},   {"dz2[1]", "dW1[3,2]", false},
        {"dz2[1]", "dr1[3]", true},     {"dz2[1]", "dW0", true},
        {"dz2[1]", "gnorm", true},      {"step1[1]", "dz1[1]", true},
        {"step1[1]", "dz1[2]", false},  {"step1[1]", "r2[1]", false},
        {"dW0[1,2]", "gW0[1,2]", true}, {"dW0[1,2]", "gW0[2,1]", false},
        {"dW0[1,2]", "lr", false},      {"dW0[1,2]", "dz1[2]", false},
        {"gnorm", "gW0", false},        {"meanC", "C", true},
    };
    struct script s;
    script_open(&s);
    script_run(&s, "net 2 3 2; init he seed 3; x = 1 -2");
    struct model *model = state_model(&s.session.now);
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        struct question question = {.stage = QUESTION_OPEN, .q = named(model, rows[n].asked)};
        struct quantity of = named(model, rows[n].of);
        if (question_hides(&question, model, &of) != rows[n].hides) {
            fail_msg("%s, %s", rows[n].asked, rows[n].of);
        }
        question.stage = QUESTION_DONE;
        assert_false(question_hides(&question, model, &of));
    }
    script_close(&s);
}

/* A question ends where its value is gone. */
static void test_fits(void **state) {
    (void)state;
    struct script s;
    script_open(&s);
    script_run(&s, "net 2 3 2");
    script_run(&s, "ask dW1[3,2]");
    script_run(&s, "W0 = 1; step 3");
    assert_int_equal(s.session.now.question.stage, QUESTION_OPEN);
    script_run(&s, "net 2 3 1");
    assert_int_equal(s.session.now.question.stage, QUESTION_NONE);
    script_run(&s, "undo");
    assert_int_equal(s.session.now.question.stage, QUESTION_OPEN);
    script_run(&s, "net 2 3 2 2");
    assert_int_equal(s.session.now.question.stage, QUESTION_OPEN); /* it is there still */
    script_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_follows),
        cmocka_unit_test(test_hides),
        cmocka_unit_test(test_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
