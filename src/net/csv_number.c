/*
 * net/csv_number.c - numbers from the fields of CSV text, with a decimal point or, as the
 * spreadsheets of half the world write them, a decimal comma.
 *
 * One file has one decimal sign. "0,5" and "1234,5" tell that it is the comma; "1,234" may
 * also be a thousand and more with a sign between its digits: where no other number of the
 * file tells, that is refused, and so is a file that has both signs. Nothing is guessed.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "net/csv.h"

enum { SHOWN_MAX = 40, THOUSAND_DIGITS = 3 };

/* A number with a point, with blanks around it. */
static bool parse(const char *bytes, size_t length, double *value, bool *overflow) {
    size_t from = 0;
    while (length > 0 && ascii_is_blank(bytes[length - 1])) {
        length--;
    }
    while (from < length && ascii_is_blank(bytes[from])) {
        from++;
    }
    bool negative = from < length && bytes[from] == '-';
    if (negative || (from < length && bytes[from] == '+')) {
        from++;
    }
    *overflow = false;
    size_t taken = from < length ? number_parse(bytes + from, length - from, value, overflow) : 0;
    if (taken == 0 || from + taken != length) {
        return false;
    }
    *value = negative ? -*value : *value;
    return true;
}

/* The one comma of a field that has no point; NULL for none. */
static char *lone_comma(const struct csv *csv) {
    char *bytes = csv->field.bytes, *comma = bytes ? strchr(bytes, ',') : NULL;
    return comma && !strchr(comma + 1, ',') && !strchr(bytes, '.') ? comma : NULL;
}

bool csv_is_number(const struct csv *csv, double *value, bool *overflow) {
    char *comma = lone_comma(csv);
    if (comma) {
        *comma = '.';
    }
    bool number = parse(text_string(&csv->field), csv->field.length, value, overflow);
    if (comma) {
        *comma = ',';
    }
    return number;
}

/* ---- the decimal sign ---- */

/* May the comma stand between thousands: "1,234", not "0,234", ",234" or "1234,567"? */
static bool parts_thousands(const struct csv *csv, const char *comma) {
    const char *first = comma;
    while (first > csv->field.bytes && ascii_is_digit(first[-1])) {
        first--;
    }
    size_t before = (size_t)(comma - first), after = strspn(comma + 1, "0123456789");
    return before >= 1 && before <= THOUSAND_DIGITS && *first != '0' && after == THOUSAND_DIGITS &&
           (comma[1 + after] == '\0' || ascii_is_blank(comma[1 + after]));
}

static enum status refuse_both(const struct csv *csv, const char *own, const char *other,
                               size_t line) {
    return csv_fault(csv, csv->began,
                     "'%.*s' has a %s, but a number in line %zu has a %s: one decimal sign for "
                     "all is right",
                     SHOWN_MAX, text_string(&csv->field), own, line, other);
}

/* Of a number: what it tells of the decimal sign of the file. */
static enum status note_sign(struct csv *csv) {
    const char *comma = lone_comma(csv);
    if (!comma && !strchr(text_string(&csv->field), '.')) {
        return STATUS_OK;
    }
    if (!comma) {
        csv->point_line = csv->began.line;
        return csv->comma_line == 0 ? STATUS_OK
                                    : refuse_both(csv, "point", "comma", csv->comma_line);
    }
    csv->comma_line = csv->began.line;
    if (csv->point_line != 0) {
        return refuse_both(csv, "comma", "point", csv->point_line);
    }
    if (!parts_thousands(csv, comma)) {
        csv->comma_sure = true;
    } else if (!csv->comma_doubt.line) {
        csv->comma_doubt = csv->began;
    }
    return STATUS_OK;
}

enum status csv_number(struct csv *csv, double *value) {
    bool overflow;
    const char *shown = text_string(&csv->field);
    if (csv->field.length == 0) {
        return csv_fault(csv, csv->began, "a number is missing");
    }
    if (!csv_is_number(csv, value, &overflow)) {
        bool signs = strchr(shown, ',') && shown[strspn(shown, "0123456789.,+- ")] == '\0';
        return csv_fault(csv, csv->began, "'%.*s' is not a number%s", SHOWN_MAX, shown,
                         signs ? ": a decimal sign is right, and none between thousands" : "");
    }
    if (overflow) {
        return csv_fault(csv, csv->began, "'%.*s' is too large for a number", SHOWN_MAX, shown);
    }
    return note_sign(csv);
}

enum status csv_settle(const struct csv *csv) {
    if (csv->comma_sure || !csv->comma_doubt.line) {
        return STATUS_OK;
    }
    const char *from = csv->bytes + csv->comma_doubt.at;
    from += *from == '"' ? strspn(from, "\" \t") : 0;
    const char *end = csv->bytes + csv->length;
    size_t length = 0;
    while (from + length < end && strchr("0123456789,+-", from[length])) {
        length++;
    }
    return csv_fault(csv, csv->comma_doubt,
                     "'%.*s' may have a decimal comma, or one between thousands: a point for the "
                     "first is right, no sign for the second",
                     (int)length, from);
}
