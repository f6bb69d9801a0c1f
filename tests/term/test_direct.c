/*
 * tests/term/test_direct.c - direct colours: the type of a terminal that has them, and the
 * arithmetic of their numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "term/direct.h"

static void test_direct_types(void **state) {
    (void)state;
    char name[32];
    assert_true(direct_type("xterm-256color", "truecolor", name, sizeof name));
    assert_string_equal(name, "xterm-direct");
    assert_true(direct_type("foot", "24bit", name, sizeof name));
    assert_string_equal(name, "foot-direct");
    assert_false(direct_type("xterm-direct", "truecolor", name, sizeof name));
    assert_false(direct_type("xterm", NULL, name, sizeof name));
    assert_false(direct_type("xterm", "yes", name, sizeof name));
    assert_false(direct_type("a-terminal-with-a-name-much-too-long", "24bit", name, sizeof name));
}

static void test_direct_numbers(void **state) {
    (void)state;
    int bits[3];
    direct_bits(0x1000000, -1, NULL, bits);
    assert_int_equal(bits[0] + 10 * bits[1] + 100 * bits[2], 888);
    assert_int_equal(direct_number(bits, 0x5FAFFF), 0x5FAFFF);
    assert_int_equal(direct_number(bits, 0x000007), 0x010007); /* 7 would be white */
    assert_int_equal(direct_number(bits, 0x000000), 0x010000);
    direct_bits(32768, 5, NULL, bits);
    assert_int_equal(direct_number(bits, 0xFFFFFF), 0x7FFF);
    assert_int_equal(direct_number(bits, 0xFF0000), 0x7C00);
    direct_bits(65536, -1, "5/6/5", bits);
    assert_int_equal(direct_number(bits, 0x00FF00), 0x07E0);
    direct_bits(1L << 30, 10, NULL, bits);
    assert_int_equal(direct_number(bits, 0x0000FF), 0xFF << 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_direct_types),
        cmocka_unit_test(test_direct_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
