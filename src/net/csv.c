/*
 * net/csv.c - fields from CSV text.
 */
#include "net/csv.h"

#include <stdarg.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum status csv_fault(const struct csv *csv, struct csv_place place, const char *format, ...) {
    size_t column = utf8_length(csv->bytes + place.line_start, place.at - place.line_start) + 1;
    struct text text = TEXT_EMPTY;
    text_printf(&text, "%s:%zu:%zu: ", csv->name, place.line, column);
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&text, format, arguments);
    va_end(arguments);
    enum status status = text.failed
                             ? error_memory(csv->error)
                             : error_set(csv->error, STATUS_INPUT, "%s", text_string(&text));
    text_free(&text);
    return status;
}

/* ---- bytes and lines ---- */

static bool at_end(const struct csv *csv) {
    return csv->here.at >= csv->length;
}

/* The byte to read next; not at the end. */
static char next(const struct csv *csv) {
    return csv->bytes[csv->here.at];
}

static bool at_line_end(const struct csv *csv) {
    return at_end(csv) || next(csv) == '\n' || next(csv) == '\r';
}

static void skip_line_end(struct csv *csv) {
    if (at_end(csv)) {
        return;
    }
    char c = csv->bytes[csv->here.at++];
    if (c == '\r' && !at_end(csv) && next(csv) == '\n') {
        csv->here.at++;
    }
    csv->here.line++;
    csv->here.line_start = csv->here.at;
}

bool csv_more(struct csv *csv) {
    while (!at_end(csv)) {
        size_t start = csv->here.at;
        while (!at_end(csv) && ascii_is_blank(next(csv))) {
            csv->here.at++;
        }
        if (!at_line_end(csv)) {
            csv->here.at = start;
            return true;
        }
        skip_line_end(csv);
    }
    return false;
}

/* A tab, a semicolon or a comma: the first of these that the record's line has
 * outside quotes. */
static char find_separator(const struct csv *csv) {
    static const char candidates[] = {'\t', ';', ','};
    bool found[sizeof candidates] = {false, false, false};
    bool quoted = false;
    for (size_t at = csv->here.at; at < csv->length; at++) {
        char c = csv->bytes[at];
        if (!quoted && (c == '\n' || c == '\r')) {
            break;
        }
        quoted = c == '"' ? !quoted : quoted;
        for (size_t n = 0; n < sizeof candidates; n++) {
            found[n] = found[n] || (!quoted && c == candidates[n]);
        }
    }
    return found[0] ? '\t' : found[1] ? ';' : ',';
}

enum status csv_open(struct csv *csv, const char *bytes, size_t length, const char *name,
                     struct error *error) {
    *csv = (struct csv){
        .bytes = bytes, .length = length, .name = name, .error = error, .here = {.line = 1}};
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        csv->here.at = csv->here.line_start = 3; /* the mark of UTF-8 */
    }
    if (length > 0 && memchr(bytes, '\0', length)) {
        return csv_fault(csv, csv->here, "this is not a text file in UTF-8");
    }
    if (!csv_more(csv)) {
        return csv_fault(csv, (struct csv_place){.line = 1}, "there is nothing in this file");
    }
    csv->separator = find_separator(csv);
    return STATUS_OK;
}

void csv_close(struct csv *csv) {
    text_free(&csv->field);
}

/* ---- fields ---- */

static void skip_blanks(struct csv *csv) {
    while (!at_end(csv) && ascii_is_blank(next(csv)) && next(csv) != csv->separator) {
        csv->here.at++;
    }
}

/* What stands between quotes; two quotes are one. Lines may end within. */
static enum status read_quoted(struct csv *csv) {
    csv->here.at++;
    for (;;) {
        if (at_end(csv)) {
            return csv_fault(csv, csv->began, "this quote is not closed");
        }
        char c = next(csv);
        if (c == '\n' || c == '\r') {
            skip_line_end(csv);
            text_put_char(&csv->field, '\n');
            continue;
        }
        csv->here.at++;
        if (c == '"') {
            if (at_end(csv) || next(csv) != '"') {
                return STATUS_OK;
            }
            csv->here.at++;
        }
        text_put_char(&csv->field, c);
    }
}

static void read_plain(struct csv *csv) {
    size_t from = csv->here.at, to = from;
    while (!at_line_end(csv) && next(csv) != csv->separator) {
        to = ascii_is_blank(next(csv)) ? to : csv->here.at + 1;
        csv->here.at++;
    }
    text_put_bytes(&csv->field, csv->bytes + from, to - from);
}

enum status csv_field(struct csv *csv) {
    text_cut(&csv->field, 0);
    skip_blanks(csv);
    csv->began = csv->here;
    if (!at_end(csv) && next(csv) == '"') {
        enum status status = read_quoted(csv);
        if (status != STATUS_OK) {
            return status;
        }
        skip_blanks(csv);
        if (!at_line_end(csv) && next(csv) != csv->separator) {
            return csv_fault(csv, csv->here,
                             "after a closing quote comes a separator or the line's end");
        }
    } else {
        read_plain(csv);
    }
    if (csv->field.failed) {
        return error_memory(csv->error);
    }
    csv->last = at_line_end(csv);
    if (csv->last) {
        skip_line_end(csv);
    } else {
        csv->here.at++;
    }
    return STATUS_OK;
}
