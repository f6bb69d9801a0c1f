/*
 * base/number.c - doubles to text and back.
 *
 * Text goes through the C library's correctly rounded printf and strtod, which
 * follow LC_NUMERIC; the program never sets that, so the point is a point.
 */
#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/table.h"

enum { WHOLE_MOST = 6 }; /* digits before the point, for people */

/* A decimal: digits d1 d2 d3 ... and the exponent of d1 (d1.d2d3 x 10^exponent). */
struct decimal {
    char digits[20];
    int count;
    int exponent;
};

static void decimal_round(double magnitude, int digits, struct decimal *out) {
    char text[NUMBER_TEXT_MAX];
    snprintf(text, sizeof text, "%.*e", digits - 1, magnitude);
    const char *e = strchr(text, 'e');
    out->count = 0;
    for (const char *c = text; c < e; c++) {
        if (*c != '.') {
            out->digits[out->count++] = *c;
        }
    }
    out->exponent = (int)strtol(e + 1, NULL, 10);
}

static double decimal_value(const struct decimal *decimal) {
    char text[NUMBER_TEXT_MAX + 8];
    snprintf(text, sizeof text, "%.*se%d", decimal->count, decimal->digits,
             decimal->exponent - decimal->count + 1);
    return strtod(text, NULL);
}

/* The next decimal of the same length away from zero. */
static void decimal_increment(struct decimal *decimal) {
    int i = decimal->count - 1;
    while (i >= 0 && decimal->digits[i] == '9') {
        decimal->digits[i--] = '0';
    }
    if (i >= 0) {
        decimal->digits[i]++;
    } else {
        decimal->digits[0] = '1';
        decimal->exponent++;
    }
}

/* Does a decimal of `digits` digits read back as `magnitude`? The nearest one is
 * tried first; at a power of two the gap below is half the gap above, so that
 * the one above can read back where the nearest does not. */
static bool decimal_fits(double magnitude, int digits, struct decimal *out) {
    decimal_round(magnitude, digits, out);
    if (decimal_value(out) == magnitude) {
        return true;
    }
    decimal_increment(out);
    return decimal_value(out) == magnitude;
}

static void decimal_shortest(double magnitude, struct decimal *out) {
    /* A normal double with a decimal of at most 15 digits is found at 15, its
     * zeros cut; below DBL_MIN there are fewer bits, so begin at one digit. */
    int first = magnitude < DBL_MIN ? 1 : 15;
    for (int digits = first; digits <= 17; digits++) {
        if (decimal_fits(magnitude, digits, out)) {
            break;
        }
    }
    while (out->count > 1 && out->digits[out->count - 1] == '0') {
        out->count--;
    }
}

/* Lay a decimal out in plain notation, or with an exponent where that is long. */
static char *decimal_write(const struct decimal *decimal, bool negative, char *text) {
    char *to = text;
    int exponent = decimal->exponent;
    bool plain = exponent >= -4 && exponent < 16;
    if (negative) {
        *to++ = '-';
    }
    if (plain && exponent < 0) {
        memcpy(to, "0.", 2);
        to += 2;
        for (int i = -1; i > exponent; i--) {
            *to++ = '0';
        }
    }
    int point = plain ? exponent : 0; /* digits before the point, less one */
    for (int i = 0; i < decimal->count || (plain && i <= point); i++) {
        if (i == point + 1 && !(plain && exponent < 0)) {
            *to++ = '.';
        }
        *to++ = i < decimal->count ? decimal->digits[i] : '0';
    }
    *to = '\0';
    if (!plain) {
        snprintf(to, NUMBER_TEXT_MAX - (size_t)(to - text), "e%d", exponent);
    }
    return text;
}

/* NaN, the infinities and the zeros; NULL for every other number. */
static const char *special_name(double value) {
    if (isnan(value)) {
        return "NaN";
    }
    if (isinf(value)) {
        return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
        return signbit(value) ? "-0" : "0";
    }
    return NULL;
}

char *number_shortest(double value, char text[NUMBER_TEXT_MAX]) {
    const char *special = special_name(value);
    if (special) {
        return strcpy(text, special);
    }
    struct decimal decimal = {0};
    decimal_shortest(fabs(value), &decimal);
    return decimal_write(&decimal, value < 0, text);
}

void number_put(struct text *out, double value) {
    char number[NUMBER_TEXT_MAX];
    text_put(out, number_shortest(value, number));
}

/* The whole number nearest to |value|·10^decimals, a half to the even one. False where
 * that does not go exactly.
 *
 * With p = |value|·s rounded and e = |value|·s − p (exact, by fma), the fraction of the
 * true product is (p − ⌊p⌋) + e: compared with ½ without any rounding. */
static bool scaled(double value, int decimals, uint64_t *nearest) {
    static const double POWERS[] = {1e0, 1e1, 1e2, 1e3,  1e4,  1e5, 1e6,
                                    1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    if (decimals < 0 || decimals >= (int)TABLE_COUNT(POWERS)) {
        return false;
    }
    double scale = POWERS[decimals], p = value * scale;
    if (!(p < 0x1p52)) {
        return false;
    }
    uint64_t whole = (uint64_t)p;
    double beyond = (p - (double)whole - 0.5) + fma(value, scale, -p);
    *nearest = whole + (beyond > 0 || (beyond == 0 && whole % 2 == 1));
    return true;
}

int number_decimals(double value, int decimals, char text[NUMBER_DECIMALS_MAX]) {
    uint64_t rest;
    if (!scaled(fabs(value), decimals, &rest)) {
        return snprintf(text, NUMBER_DECIMALS_MAX, "%.*f", decimals, value);
    }
    char digits[NUMBER_TEXT_MAX], *end = digits + sizeof digits, *first = end;
    for (int count = 0; count < decimals; count++, rest /= 10) {
        *--first = (char)('0' + rest % 10);
    }
    if (decimals > 0) {
        *--first = '.';
    }
    do {
        *--first = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (signbit(value)) {
        *--first = '-';
    }
    int length = (int)(end - first);
    memcpy(text, first, (size_t)length);
    text[length] = '\0';
    return length;
}

const char *number_not_finite(double value) {
    return isnan(value) ? "NaN" : isfinite(value) ? NULL : value > 0 ? "inf" : "-inf";
}

char *number_scientific(double value, int decimals, char text[NUMBER_TEXT_MAX]) {
    snprintf(text, NUMBER_TEXT_MAX, "%.*e", decimals, value);
    char *e = strchr(text, 'e');
    long exponent = strtol(e + 1, NULL, 10);
    snprintf(e, NUMBER_TEXT_MAX - (size_t)(e - text), "e%ld", exponent);
    return text;
}

bool number_is_zero(const char *text) {
    return text[strspn(text, "-0.")] == '\0';
}

char *number_fixed(double value, int digits, char text[NUMBER_TEXT_MAX]) {
    const char *name = number_not_finite(value);
    if (name) {
        return strcpy(text, name);
    }
    digits = digits < 1 ? 1 : digits > 17 ? 17 : digits;
    if (value == 0) {
        value = 0; /* not -0 */
    }
    char decimals[NUMBER_DECIMALS_MAX] = "";
    int length = fabs(value) < 1e6 ? number_decimals(value, digits, decimals) : 0;
    if (length == 0 || strcspn(decimals + (value < 0), ".") > WHOLE_MOST) {
        return number_scientific(value, digits > 1 ? digits - 1 : 1, text);
    }
    if (value != 0 && number_is_zero(decimals)) {
        return number_scientific(value, 1, text);
    }
    memcpy(text, decimals, (size_t)length + 1);
    return text;
}

/* How many bytes at `at` are digits. */
static size_t digit_run(const char *bytes, size_t at, size_t count) {
    size_t run = 0;
    while (at + run < count && ascii_is_digit(bytes[at + run])) {
        run++;
    }
    return run;
}

/* The length of `digits [. digits] [e [sign] digits]` at the start of `bytes`. */
static size_t number_extent(const char *bytes, size_t count) {
    size_t whole = digit_run(bytes, 0, count);
    size_t length = whole;
    size_t fraction = 0;
    if (length < count && bytes[length] == '.') {
        fraction = digit_run(bytes, length + 1, count);
        if (whole + fraction > 0) {
            length += 1 + fraction;
        }
    }
    if (whole + fraction == 0) {
        return 0;
    }
    if (length < count && (bytes[length] == 'e' || bytes[length] == 'E')) {
        size_t at = length + 1;
        if (at < count && (bytes[at] == '+' || bytes[at] == '-')) {
            at++;
        }
        size_t exponent = digit_run(bytes, at, count);
        if (exponent > 0) {
            length = at + exponent;
        }
    }
    return length;
}

size_t number_parse(const char *bytes, size_t count, double *value, bool *overflow) {
    size_t length = number_extent(bytes, count);
    if (length == 0) {
        return 0;
    }
    char small[64];
    char *copy = length < sizeof small ? small : malloc(length + 1);
    if (!copy) {
        return 0;
    }
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    *value = strtod(copy, NULL);
    *overflow = isinf(*value);
    if (copy != small) {
        free(copy);
    }
    return length;
}
