/*
 * tests/out/test_tensor_names.c - which tensors of a file are the weights of a network, told by
 * their names and shapes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "out/weights.h"

static struct error error;

/* Tensors from "NAME rows cols" (rows 0 for a vector), and what they are refused for. */
struct shape {
    const char *name;
    size_t rows, cols;
};

static enum status match(const struct shape *shapes, struct tensors *tensors,
                         struct weights *weights) {
    *tensors = (struct tensors){0};
    error = (struct error){0};
    for (; shapes->name; shapes++) {
        assert_non_null(tensors_add(tensors, shapes->name, shapes->rows > 0 ? 2 : 1,
                                    shapes->rows > 0 ? shapes->rows : 1, shapes->cols, &error));
    }
    return weights_match(weights, tensors, "f", &error);
}

static void test_names_refused(void **state) {
    (void)state;
    static const struct {
        struct shape shapes[5];
        const char *error;
    } rows[] = {
        {{{0}}, "f: there are no weights in it"},
        {{{"x", 0, 2}}, "f: there are no weights in it"},
        {{{"0.weight", 3, 2}, {"1.running_mean", 0, 3}},
         "f: '1.running_mean' is no weight or bias by its name: '0.weight', '0.bias', or 'W0', "
         "'b0' are right"},
        {{{"fc.weight", 3, 2}},
         "f: 'fc.weight' is no weight or bias by its name: '0.weight', '0.bias', or 'W0', 'b0' "
         "are right"},
        {{{"W00", 3, 2}},
         "f: 'W00' is no weight or bias by its name: '0.weight', '0.bias', or 'W0', 'b0' are "
         "right"},
        {{{"0.weight", 3, 2}, {"W1", 3, 2}},
         "f: '0.weight' and 'W1' are named in two ways: which layer comes first cannot be told"},
        {{{"a.0.weight", 3, 2}, {"b.1.weight", 3, 2}},
         "f: 'a.0.weight' and 'b.1.weight' are named in two ways: which layer comes first cannot "
         "be told"},
        {{{"0.weight", 3, 2}, {"2.weight", 2, 4}},
         "f: '2.weight' takes 4 numbers, but '0.weight' gives 3"},
        {{{"W0", 3, 2}, {"W1", 1, 4}}, "f: 'W1' takes 1 number, but 'W0' gives 2"},
        {{{"W0", 3, 2}, {"W2", 2, 4}}, "f: 'W1' is missing before 'W2'"},
        {{{"0.weight", 0, 2}}, "f: '0.weight' is a vector: a weight is a matrix"},
        {{{"0.bias", 0, 2}}, "f: '0.bias' is a bias without its weight"},
        {{{"0.weight", 3, 2}, {"1.bias", 0, 3}}, "f: '1.bias' is a bias without its weight"},
        {{{"0.weight", 3, 2}, {"0.bias", 0, 2}},
         "f: '0.bias' is not the vector of 3 numbers that fits '0.weight'"},
        {{{"W0", 3, 2}, {"x", 0, 2}},
         "f: 'x' is not the vector of 3 numbers that fits the weights"},
        {{{"W0", 3, 1}, {"y", 1, 1}}, "f: 'y' is not the vector of 1 number that fits the weights"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tensors tensors;
        struct weights weights;
        assert_int_equal(match(rows[i].shapes, &tensors, &weights), STATUS_INPUT);
        assert_string_equal(error.text, rows[i].error);
        tensors_free(&tensors);
    }
}

/* The order is that of the numbers, whatever the file's is. */
static void test_names(void **state) {
    (void)state;
    struct tensors tensors;
    struct weights weights;
    static const struct shape shapes[] = {{"net.10.weight", 1, 4},
                                          {"net.2.bias", 0, 4},
                                          {"net.2.weight", 4, 3},
                                          {"net.0.weight", 3, 2},
                                          {NULL, 0, 0}};
    assert_int_equal(match(shapes, &tensors, &weights), STATUS_OK);
    assert_int_equal(weights.K, 3);
    assert_memory_equal(weights.widths, ((const size_t[]){2, 3, 4, 1}), 4 * sizeof(size_t));
    assert_null(weights.b[0]);
    assert_ptr_equal(weights.b[1], &tensors.list[1]);
    assert_true(weights.transposed && weights.bias);
    weights_free(&weights);
    tensors_free(&tensors);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_refused),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
