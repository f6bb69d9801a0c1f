/*
 * tests/walk/test_walk.c - the order of a walk, and the elements of its steps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "listed.h"
#include "named.h"

static void test_order(void **state) {
    (void)state;
    for (size_t n = 0; n < 5 * 4; n++) {
        size_t K = n / 4 + 1;
        bool combine = n % 2 == 1, paired = n % 4 > 1;
        struct list list = list_of(K, combine, paired);
        struct model *model = listed_model(K, combine, paired);
        assert_int_equal(walk_length(model), list.count);
        for (size_t s = 1; s <= list.count; s++) {
            struct walk_step step = walk_step_at(model, s);
            assert_int_equal(step.law, list.steps[s].law);
            assert_int_equal(step.layer, list.steps[s].layer);
            assert_int_equal(step.target.kind, list.steps[s].kind);
            assert_int_equal(step.target.layer, list.steps[s].number);
            assert_int_equal(step.target.next, step.law == LAW_U);
            assert_int_equal(step.target.i, 0);
        }
        model_close(model);
    }
}

static void test_lengths(void **state) {
    (void)state;
    for (size_t K = 1; K <= 5; K++) {
        struct model *model = listed_model(K, false, false);
        assert_int_equal(walk_length(model), 6 * K + 1); /* 7, 13, 19 ... */
        model->network.combine = true;
        assert_int_equal(walk_length(model), 6 * K + 1 - (K - 1));
        model_close(model);
        model = listed_model(K, true, true);
        assert_int_equal(walk_length(model), 6 * K + 1 - K);
        model_close(model);
    }
}

/* ---- elements ---- */

static void expect_elements(const struct model *model, size_t step, const char *names) {
    struct text text = TEXT_EMPTY;
    for (size_t e = 1; e <= walk_elements(model, step); e++) {
        struct quantity q = walk_element(model, step, e);
        text_put(&text, e > 1 ? " " : "");
        text_put(&text, q.next ? "*" : "");
        quantity_name(&text, &q);
    }
    assert_string_equal(text_string(&text), names);
    text_free(&text);
}

static void test_elements(void **state) {
    (void)state;
    struct model *model = listed_model(2, false, false); /* 2-3-4 */
    expect_elements(model, 1, "z1[1] z1[2] z1[3]");
    expect_elements(model, 5, "C");
    expect_elements(model, 6, "dr2[1] dr2[2] dr2[3] dr2[4]");
    expect_elements(model, 11, "dW0[1,1] dW0[1,2] dW0[1,3] dW0[2,1] dW0[2,2] dW0[2,3]");
    expect_elements(model, 12, "*W0[1,1] *W0[1,2] *W0[1,3] *W0[2,1] *W0[2,2] *W0[2,3]");
    model->network.bias = true;
    expect_elements(model, 11,
                    "dW0[1,1] dW0[1,2] dW0[1,3] dW0[2,1] dW0[2,2] dW0[2,3] db0[1] db0[2] db0[3]");
    assert_int_equal(walk_elements(model, 12), 6 + 3);
    model_close(model);
}

static void test_moments(void **state) {
    (void)state;
    static const struct {
        const char *rule, *names;
    } rows[] = {
        {"sgd", "*W0[1,1] *b0[1]"},
        {"momentum", "*vW0[1,1] *vb0[1] *W0[1,1] *b0[1]"},
        {"rmsprop", "*sW0[1,1] *sb0[1] *W0[1,1] *b0[1]"},
        {"adam", "*mW0[1,1] *mb0[1] *vW0[1,1] *vb0[1] *W0[1,1] *b0[1]"},
    };
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        struct model *model;
        assert_int_equal(model_open(&model, (const size_t[]){1, 1}, 2, NULL), STATUS_OK);
        model->network.bias = true;
        assert_int_equal(
            optimizer_choose(&model->optimizer, rule_named(rows[n].rule), &model->network),
            STATUS_OK);
        expect_elements(model, 7, rows[n].names);
        model_close(model);
    }
}

/* The mean gradient of a batch is told before the update that uses it; that of one
 * sample is dW, which was told already. */
static void test_batch(void **state) {
    (void)state;
    struct model *model;
    assert_int_equal(model_open(&model, (const size_t[]){1, 1}, 2, NULL), STATUS_OK);
    struct dataset *data = dataset_new(2, 1, 1, "two");
    assert_non_null(data);
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    dataset_drop(data);
    struct quantity gW = {.kind = QUANTITY_GW};
    struct place place;
    expect_elements(model, 7, "*W0[1,1]");
    assert_true(walk_find(model, &gW, &place));
    assert_int_equal(place.step, 6);
    assert_int_equal(model_set_batch(model, 0, NULL), STATUS_OK);
    expect_elements(model, 7, "gW0[1,1] *W0[1,1]");
    assert_true(walk_find(model, &gW, &place));
    assert_int_equal(place.step, 6);
    assert_int_equal(place.element, 1);
    assert_false(walk_reached(model, (struct place){6, 0}, &gW));
    assert_true(walk_reached(model, place, &gW));
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),    cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_elements), cmocka_unit_test(test_moments),
        cmocka_unit_test(test_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
