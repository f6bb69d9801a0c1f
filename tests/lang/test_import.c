/*
 * tests/lang/test_import.c - export and import: weights that go out and come back are
 * the same to the bit, and every format has a word for every row of the tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "lang/call.h"
#include "net/activation.h"
#include "net/cost.h"
#include "script.h"

static struct script s;

/* A network that comes back into another one, and into one of its own shape. */
static void check_network(const char *format, const char *file) {
    struct text line = TEXT_EMPTY;
    script_run(&s, "net 2 9 3; activation tanh; bias on; x = 1 -2; W0[2,9] = -0; b0 = 1/3; "
                   "y = 1 2 -0; updates = 7");
    text_printf(&line, "export %s %s; save -", format, file);
    script_run(&s, text_string(&line));
    struct text wanted = TEXT_EMPTY;
    text_put(&wanted, text_string(&s.result.output));
    text_free(&line);
    text_printf(&line, "W0 = 1; b1 = 2; import %s; save -", file);
    script_run(&s, text_string(&line));
    assert_string_equal(text_string(&s.result.output), text_string(&wanted));
    text_free(&line);
    text_printf(&line, "bias off; net 1 1; import %s; x = 1 -2; y = 1 2 -0; updates = 7; save -",
                file);
    script_run(&s, text_string(&line));
    assert_string_equal(text_string(&s.result.output), text_string(&wanted));
    script_run(&s, "W0 = 3; reset; save -"); /* x was assigned after the import */
    assert_non_null(strstr(text_string(&s.result.output), "0.3333333333333333"));
    text_free(&line);
    text_free(&wanted);
    script_remove_file(&s, file);
}

static void test_networks(void **state) {
    (void)state;
    check_network("safetensors", "w.safetensors");
    check_network("npz", "w.npz");
}

static void test_no_bias(void **state) {
    (void)state;
    script_run(&s, "export safetensors w.safetensors; bias on; b0 = 1; import w.safetensors");
    assert_false(state_model(&s.session.now)->network.bias);
    script_run(&s, "bias on");
    script_prints(&s, "print b0", "0 0 0\n");
    script_remove_file(&s, "w.safetensors");
}

static void test_one_array(void **state) {
    (void)state;
    script_run(&s, "W0 = [1 2 -0; 4 5 6]; x = 7 8; export npy W0 w.npy; export csv W0 w.csv; "
                   "export csv x x.csv; export npy x x.npy");
    script_run(&s, "W0 = 0; import W0 w.npy");
    script_prints(&s, "print W0", "1 2 -0\n4 5 6\n");
    script_run(&s, "W0 = 0; import W0 w.csv; x = 0; import x x.csv");
    script_prints(&s, "print W0", "1 2 -0\n4 5 6\n");
    script_prints(&s, "print x", "7 8\n");
    script_run(&s, "x = 0; import x x.npy; optimizer adam; import mW0 w.npy");
    script_prints(&s, "print x", "7 8\n");
    script_prints(&s, "print mW0", "1 2 -0\n4 5 6\n");
    script_fails(&s, "export csv x.csv", 12,
                 "a name stands before the file: 'export csv W0 x.csv'");
    script_fails_with(&s, "import w.npy", 8, "'import W0 FILE' says what it is");
    script_fails_with(&s, "import W1 w.npy", 8, "'W1' takes 3 rows of 1");
    script_fails_with(&s, "import dW0 w.npy", 8, "is computed");
    script_fails_with(&s, "import b0 w.npy", 8, "'bias on' first");
    script_fails_with(&s, "import lr x.npy", 8, "'lr' takes 1 number");
    script_run(&s, "export npz w.npz; W0 = 0; import W0 w.npz");
    script_prints(&s, "print W0", "1 2 -0\n4 5 6\n");
    script_fails(&s, "import mW0 w.npz", 8, "there is no 'mW0' in this file");
    static const char *const files[] = {"w.npy", "w.csv", "x.csv", "x.npy", "w.npz"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        script_remove_file(&s, files[i]);
    }
}

static void test_refused(void **state) {
    (void)state;
    script_fails(&s, "import weights", 8,
                 "'weights' cannot be read: files that end in '.safetensors', '.npz', '.npy', "
                 "'.csv' can be");
    script_fails_with(&s, "import no.npz", 8, "cannot open '");
    script_fails_with(&s, "import W0 no.npy x", 18, "unexpected 'x'");
    script_write_file(&s, "bad.npy", "no");
    script_fails_with(&s, "import W0 bad.npy", 11, "bad.npy: this is no .npy file");
    script_remove_file(&s, "bad.npy");
    script_fails_with(&s, "export npy C c.npy", 12, "'C' is a single number");
    script_fails_with(&s, "export npy W0[1,1] c.npy", 12, "'W0[1,1]' is a single number");
    script_fails_with(&s, "export npy W9 c.npy", 12, "there is no 'W9' here");
    script_fails_with(&s, "export npy W0", 14, "a file ('-' is standard output) is missing");
    script_fails_with(&s, "export npy", 11, "the name of a quantity is missing");
}

/* ---- what is only written ---- */

static const char *exported(const char *format) {
    struct text line = TEXT_EMPTY;
    text_printf(&line, "export %s -", format);
    script_run(&s, text_string(&line));
    text_free(&line);
    return text_string(&s.result.output);
}

/* Every row of the tables has its words in Python. */
static void test_torch_rows(void **state) {
    (void)state;
    for (size_t i = 0; activation_at(i); i++) {
        assert_memory_equal(activation_at(i)->torch, "nn.", 3);
    }
    for (size_t i = 0; cost_at(i); i++) {
        assert_non_null(strstr(cost_at(i)->torch, "y"));
        for (size_t f = 0; activation_at(f); f++) {
            const struct pairing *pairing = pairing_of(cost_at(i), activation_at(f));
            assert_true(!pairing || strstr(pairing->torch, "z"));
        }
    }
}

static void test_torch(void **state) {
    (void)state;
    script_run(&s, "net 2 3 1; activation 1 leaky; activation 2 sigmoid; cost bce; x = 1 -0");
    const char *text = exported("torch");
    assert_non_null(
        strstr(text, "AtZero(nn.LeakyReLU(0.01), 1),\n    nn.Linear(3, 1, bias=False)"));
    assert_non_null(strstr(text, "x = torch.tensor([1, -0.0], dtype=torch.float64"));
    assert_non_null(strstr(text, "C = (nn.functional.softplus(z, threshold=40) - y * z).sum()\n"));
    script_run(&s, "step0 0");
    assert_null(strstr(exported("torch"), "AtZero"));
}

static void test_dot(void **state) {
    (void)state;
    script_run(&s, "net 1 2 1; W0 = [1 -2]; W1 = 0");
    const char *text = exported("dot");
    assert_memory_equal(text, "digraph backstep {\n", 19);
    assert_non_null(strstr(text, "n0_1 -> n1_1 [label=\"1.0000\", penwidth=1.90, color="));
    assert_non_null(strstr(text, "n0_1 -> n1_2 [label=\"-2.0000\", penwidth=3.40, style=dashed,"));
    assert_non_null(strstr(text, "n1_1 -> n2_1 [label=\"0.0000\", penwidth=0.40,"));
    script_run(&s, "net 100 10 1");
    text = exported("dot");
    assert_null(strstr(text, "n0_1"));
    assert_non_null(strstr(text, "l0 -> l1 [label=\"W0\\n100 × 10\"];"));
}

/* Names, and endings of what can be read, are those of one row. */
static void test_formats(void **state) {
    (void)state;
    for (size_t i = 0; format_at(i); i++) {
        const struct format *row = format_at(i);
        assert_true((row->write == NULL) != (row->write_array == NULL));
        assert_int_equal(row->ending[0], '.');
        struct text path = TEXT_EMPTY;
        text_printf(&path, "a%s", row->ending);
        assert_true(!row->read || format_read_by(text_string(&path)) == row);
        text_free(&path);
    }
}

int main(void) {
#define EACH(TEST) script_test(TEST, &s)
    const struct CMUnitTest tests[] = {
        EACH(test_networks),   EACH(test_no_bias), EACH(test_one_array), EACH(test_refused),
        EACH(test_torch_rows), EACH(test_torch),   EACH(test_dot),       EACH(test_formats),
    };
    return cmocka_run_group_tests(tests, script_folder_setup, script_folder_teardown) ? 1 : 0;
}
