/*
 * test_number.c - doubles as text: that the shortest form reads back and that no
 * shorter one would, by trying; layouts; and what is not a number.
 */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/number.h"
#include "base/random.h"

/* Does any decimal of `digits` digits read back as the value? The nearest, as
 * printf rounds it, and its two neighbours are tried. */
static bool reads_back(double value, int digits) {
    char text[64], decimal[64];
    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    char *e = strchr(text, 'e');
    long exponent = strtol(e + 1, NULL, 10) - (digits - 1);
    char whole[32];
    size_t length = 0;
    for (const char *c = text; c < e; c++) {
        if (*c != '.') {
            whole[length++] = *c;
        }
    }
    whole[length] = '\0';
    long long nearest = strtoll(whole, NULL, 10);
    for (long long number = nearest - 1; number <= nearest + 1; number++) {
        snprintf(decimal, sizeof decimal, "%llde%ld", number, exponent);
        if (strtod(decimal, NULL) == value) {
            return true;
        }
    }
    return false;
}

static int fewest_digits(double value) {
    int digits = 1;
    while (!reads_back(value, digits)) {
        digits++;
    }
    return digits;
}

/* Digits of a number's text without zeros at either end. */
static int digits_of(const char *text) {
    char digits[NUMBER_TEXT_MAX];
    int count = 0;
    for (const char *c = text; *c && *c != 'e'; c++) {
        if (*c >= '0' && *c <= '9' && (count > 0 || *c != '0')) {
            digits[count++] = *c;
        }
    }
    while (count > 0 && digits[count - 1] == '0') {
        count--;
    }
    return count;
}

static void check_shortest(double value) {
    char text[NUMBER_TEXT_MAX];
    assert_ptr_equal(number_shortest(value, text), text);
    assert_true(strlen(text) < NUMBER_TEXT_MAX);
    if (strtod(text, NULL) != value) {
        fail_msg("%a is written '%s', which is another number", value, text);
    }
    int fewest = fewest_digits(fabs(value));
    if (digits_of(text) != fewest) {
        fail_msg("%a is written '%s', but %d digits are enough", value, text, fewest);
    }
    double parsed;
    bool overflow;
    const char *magnitude = text + (text[0] == '-' ? 1 : 0);
    assert_int_equal(number_parse(magnitude, strlen(magnitude), &parsed, &overflow),
                     strlen(magnitude));
    assert_true(parsed == fabs(value) && !overflow);
}

static void test_shortest_of_any_bits(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 1);
    for (int n = 0; n < 60000; n++) {
        uint64_t bits = random_bits(&random);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value) && value != 0) {
            check_shortest(value);
        }
    }
}

static void test_shortest_of_usual_numbers(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 2);
    for (int n = 1; n < 20000; n++) {
        check_shortest((double)n / 100);
        check_shortest(random_normal(&random));
        check_shortest((double)n * 0.1);
    }
}

static void test_shortest_at_the_edges(void **state) {
    (void)state;
    for (int exponent = -1074; exponent < 1024; exponent++) {
        double power = ldexp(1, exponent); /* the gap below is half the gap above */
        check_shortest(power);
        check_shortest(nextafter(power, 0) > 0 ? nextafter(power, 0) : power);
        check_shortest(nextafter(power, INFINITY));
    }
    for (int exponent = -323; exponent <= 308; exponent++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", exponent);
        double power = strtod(text, NULL);
        check_shortest(power);
        check_shortest(nextafter(power, INFINITY));
        check_shortest(nextafter(power, 0) > 0 ? nextafter(power, 0) : power);
    }
    check_shortest(DBL_MAX);
    check_shortest(-DBL_MAX);
    check_shortest(DBL_MIN);
    check_shortest(nextafter(DBL_MIN, 0));
}

static void test_layouts(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } layouts[] = {
        {0.0, "0"},
        {-0.0, "-0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.2000000000000002, "1.2000000000000002"},
        {1e-4, "0.0001"},
        {1e-5, "1e-5"},
        {1.5e-5, "1.5e-5"},
        {0.00012, "0.00012"},
        {4.2e-18, "4.2e-18"},
        {100, "100"},
        {123456789012345680.0, "1.2345678901234568e17"},
        {1234567890123456.0, "1234567890123456"},
        {9007199254740993.0, "9007199254740992"},
        {1e15, "1000000000000000"},
        {1e16, "1e16"},
        {1e22, "1e22"},
        {-1e300, "-1e300"},
        {5e-324, "5e-324"},
        {DBL_MAX, "1.7976931348623157e308"},
        {-2.2250738585072014e-308, "-2.2250738585072014e-308"},
        {NAN, "NaN"},
        {-NAN, "NaN"},
        {INFINITY, "Infinity"},
        {-INFINITY, "-Infinity"},
    };
    for (size_t n = 0; n < sizeof layouts / sizeof *layouts; n++) {
        char text[NUMBER_TEXT_MAX];
        assert_string_equal(number_shortest(layouts[n].value, text), layouts[n].text);
    }
}

static void test_fixed(void **state) {
    (void)state;
    static const struct {
        double value;
        int digits;
        const char *text;
    } layouts[] = {
        {0.1234567, 4, "0.1235"},
        {-1.5, 4, "-1.5000"},
        {1234567, 4, "1.235e6"},
        {1e-9, 4, "1.0e-9"},
        {-1e-9, 4, "-1.0e-9"},
        {0.0, 4, "0.0000"},
        {-0.0, 4, "0.0000"},
        {999999, 2, "999999.00"},
        {-1234567, 4, "-1.235e6"},
        {1e300, 4, "1.000e300"},
        {0.00004, 4, "4.0e-5"},
        {0.00006, 4, "0.0001"},
        {NAN, 4, "NaN"},
        {INFINITY, 4, "inf"},
        {-INFINITY, 4, "-inf"},
        {0.5, 1, "0.5"},
        {0.5, 0, "0.5"},
        {2.5, -3, "2.5"},
        {999999.9999, 4, "999999.9999"},
        {999999.99996, 4, "1.000e6"},
        {-999999.99996, 4, "-1.000e6"},
        {999999.96, 1, "1.0e6"},
        {5e-7, 6, "5.0e-7"},
        {-5e-7, 6, "-5.0e-7"},
        {5.1e-7, 6, "0.000001"},
    };
    char text[NUMBER_TEXT_MAX];
    for (size_t n = 0; n < sizeof layouts / sizeof *layouts; n++) {
        assert_string_equal(number_fixed(layouts[n].value, layouts[n].digits, text),
                            layouts[n].text);
    }
    struct random random;
    random_seed(&random, 3);
    for (int n = 0; n < 100000; n++) { /* none is too long for its place */
        uint64_t bits = random_bits(&random);
        double value;
        memcpy(&value, &bits, sizeof value);
        number_fixed(value, (int)random_below(&random, 40), text);
        assert_true(strlen(text) < NUMBER_TEXT_MAX);
        assert_null(strstr(text, "-0.0000e"));
    }
}

static void test_parse(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t taken;
        double value;
    } texts[] = {
        {"1", 1, 1},
        {"1.5", 3, 1.5},
        {".5", 2, 0.5},
        {"5.", 2, 5},
        {"1e3", 3, 1000},
        {"1E+3", 4, 1000},
        {"1e-3x", 4, 1e-3},
        {"1e", 1, 1},
        {"1e+", 1, 1},
        {"1.5.5", 3, 1.5},
        {"007", 3, 7},
        {"1e400", 5, INFINITY},
        {"1e-400", 6, 0},
        {"0x10", 1, 0},
        {"1,5", 1, 1},
        {"12 3", 2, 12},
        {"", 0, 0},
        {".", 0, 0},
        {"e5", 0, 0},
        {"-1", 0, 0},
        {"+1", 0, 0},
        {" 1", 0, 0},
        {"nan", 0, 0},
        {"inf", 0, 0},
        {"Infinity", 0, 0},
        {".e5", 0, 0},
        {"0.1000000000000000055511151231257827021181583404541015625", 57, 0.1},
        {"179769313486231580793728971405303415079934132710037826936173778980444968292764750946649"
         "e222",
         91, DBL_MAX},
    };
    for (size_t n = 0; n < sizeof texts / sizeof *texts; n++) {
        double value = 0;
        bool overflow = false;
        size_t taken = number_parse(texts[n].text, strlen(texts[n].text), &value, &overflow);
        if (taken != texts[n].taken || value != texts[n].value) {
            fail_msg("'%s': %zu bytes, %.17g", texts[n].text, taken, value);
        }
        if (taken > 0) {
            assert_true(overflow == (isinf(texts[n].value) != 0));
        }
    }
    /* no byte beyond the count is looked at */
    double value;
    bool overflow;
    const char unended[3] = {'1', '2', '3'};
    assert_int_equal(number_parse(unended, 2, &value, &overflow), 2);
    assert_true(value == 12);
}

/* The quick way writes what printf does: random numbers of all sizes, and the ties that
 * must go to the even digit. */
static void test_decimals(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 5);
    for (size_t n = 0; n < 200000; n++) {
        int decimals = (int)random_below(&random, 14);
        double value = ldexp(2 * random_unit(&random) - 1, (int)random_below(&random, 90) - 40);
        if (n % 3 == 0) { /* k / 2^m: ties among them */
            value = ldexp((double)random_below(&random, 4096), -(int)random_below(&random, 14));
        }
        char quick[NUMBER_DECIMALS_MAX], slow[NUMBER_DECIMALS_MAX];
        int length = number_decimals(value, decimals, quick);
        snprintf(slow, sizeof slow, "%.*f", decimals, value);
        assert_string_equal(quick, slow);
        assert_int_equal(length, strlen(slow));
    }
    char text[NUMBER_DECIMALS_MAX];
    number_decimals(-DBL_MAX, 3, text);
    assert_int_equal(strlen(text), 1 + 309 + 1 + 3);
    number_decimals(-0.00001, 2, text);
    assert_string_equal(text, "-0.00");
    number_decimals(DBL_TRUE_MIN, 4, text);
    assert_string_equal(text, "0.0000");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shortest_of_any_bits),
        cmocka_unit_test(test_shortest_of_usual_numbers),
        cmocka_unit_test(test_shortest_at_the_edges),
        cmocka_unit_test(test_layouts),
        cmocka_unit_test(test_fixed),
        cmocka_unit_test(test_decimals),
        cmocka_unit_test(test_parse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
