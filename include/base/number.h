/*
 * base/number.h - doubles as text. Never depends on the locale: the point is
 * always a point (the program leaves LC_NUMERIC at "C").
 */
#ifndef BACKSTEP_BASE_NUMBER_H
#define BACKSTEP_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum { NUMBER_TEXT_MAX = 32 };

/* The fewest digits that read back as the same double: 0.1, -0, 1e-5, 1e22,
 * 4.2e-18, NaN, Infinity, -Infinity. Plain notation for exponents -4 to 15.
 * Returns `text`. */
char *number_shortest(double value, char text[NUMBER_TEXT_MAX]);

/* Append that. */
void number_put(struct text *out, double value);

/* For people: `digits` decimals (1 to 17) behind the point; rounds, turns -0 into 0,
 * and changes to 1.0e-7 where that would show nothing, or 1.235e6 from a million on, also
 * where it only rounds to that.
 * What is not finite is "NaN", "inf", "-inf". ASCII `-`. Returns `text`.
 *   number_fixed(0.1234567, 4) -> "0.1235"   number_fixed(-1.5, 4) -> "-1.5000"
 *   number_fixed(1234567, 4) -> "1.235e6"    number_fixed(1e-9, 4) -> "1.0e-9" */
char *number_fixed(double value, int digits, char text[NUMBER_TEXT_MAX]);

/* Does it show nothing but zeros, as "-0.000"? */
bool number_is_zero(const char *text);

/* "NaN", "inf" or "-inf"; NULL for a finite number. */
const char *number_not_finite(double value);

/* d.ddde-7 with so many decimals, 17 at most, and the exponent as short as it goes. Returns
 * `text`. */
char *number_scientific(double value, int decimals, char text[NUMBER_TEXT_MAX]);

/* What printf's "%.*f" writes for a finite number, correctly rounded (a half to the
 * even digit), many times as fast for the numbers that screens are full of. `text`
 * must hold any double: use NUMBER_DECIMALS_MAX. Returns the length. */
enum { NUMBER_DECIMALS_MAX = 352 };
int number_decimals(double value, int decimals, char text[NUMBER_DECIMALS_MAX]);

/* Read a decimal number from the `count` bytes at `bytes`: digits with an
 * optional point and exponent, no sign, no blanks, no hexadecimal, no nan or
 * inf. Returns the bytes it took, 0 when there is no number there (or no memory
 * for one of very many digits). `*overflow`: it is too large for a double, and
 * +infinity. */
size_t number_parse(const char *bytes, size_t count, double *value, bool *overflow);

#endif
