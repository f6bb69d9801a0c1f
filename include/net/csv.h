/*
 * net/csv.h - CSV text, field by field.
 *
 * A reader goes over the bytes once. It knows where each field began, so that an
 * error can say "name:line:column: ", lines and columns (code points) from 1. A
 * file is not to be trusted: whatever the bytes are, it ends with fields or with
 * an error. Quotes are those of RFC 4180; a line ends with LF, CRLF or CR.
 */
#ifndef BACKSTEP_NET_CSV_H
#define BACKSTEP_NET_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

/* A place in the bytes: `line` counts from 1 and begins at `line_start`. */
struct csv_place {
    size_t line, line_start, at;
};

struct csv {
    const char *bytes; /* not owned */
    size_t length;
    const char *name; /* of the file, for errors */
    struct error *error;
    char separator;
    struct csv_place here;
    struct text field;      /* the field read last: owned, for csv_close() */
    struct csv_place began; /* where it began */
    bool last;              /* it is the last of its record */

    /* Of the numbers so far: the line of the last with a point, with a comma (0: none); is
     * the comma the decimal sign for sure, and the first that leaves it in doubt. */
    size_t point_line, comma_line;
    bool comma_sure;
    struct csv_place comma_doubt;
};

/* Stand at the first record; the separator is the first of tab, semicolon and
 * comma that its line has outside quotes. No record at all is an error. */
enum status csv_open(struct csv *csv, const char *bytes, size_t length, const char *name,
                     struct error *error);
void csv_close(struct csv *csv);

/* Is there another record? Goes over blank lines to where it begins. */
bool csv_more(struct csv *csv);

enum status csv_field(struct csv *csv);

/* The field as a number, with a decimal point or comma; false where it is none. A number
 * that is too large for a double sets `*overflow`. */
bool csv_is_number(const struct csv *csv, double *value, bool *overflow);

/* The same, what is wrong with it being an error, and so is another decimal sign than that
 * of the numbers before. */
enum status csv_number(struct csv *csv, double *value);

/* After the last number: an error where "1,234" may have been more than a thousand. */
enum status csv_settle(const struct csv *csv);

/* An error at a place: "name:line:column: ..." */
enum status csv_fault(const struct csv *csv, struct csv_place place, const char *format, ...)
    PRINTF_LIKE(3, 4);

#endif
