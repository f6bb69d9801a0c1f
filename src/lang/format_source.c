/*
 * lang/format_source.c - a scene laid out anew: one statement a line, single blanks
 * between words, lines that went on joined, no more than one empty line in a row. What
 * follows `say` and its like stays letter for letter, and so do comments.
 */
#include <string.h>

#include "lang/source.h"
#include "source_private.h"

/* A statement with single blanks, but not in quotes; where the rest of the line is text,
 * the same is done up to there. */
static void put_statement(struct text *out, const char *bytes, size_t length, bool rest) {
    bool quoted = false;
    size_t words = 0;
    for (size_t at = 0; at < length; at++) {
        quoted = quoted != (bytes[at] == '"');
        bool keep = quoted || (rest && words > 0);
        if (!source_is_blank(bytes[at]) || keep) {
            text_put_bytes(out, bytes + at, 1);
        } else if (!source_is_blank(bytes[at + 1])) {
            text_put_char(out, ' ');
            words++;
        }
    }
}

/* The end of a line: a backslash there would join it with the next. */
static void end_line(struct text *out) {
    text_put(out, out->length > 0 && out->bytes[out->length - 1] == '\\' ? " \n" : "\n");
}

static void format_line(struct text *out, const char *plain, size_t from, size_t to) {
    bool begun = false; /* a statement stands on the line that is written */
    while (from < to) {
        bool comment;
        size_t end = source_statement_end(plain, from, to, &comment), last = end;
        while (from < last && source_is_blank(plain[from])) {
            from++;
        }
        while (last > from && source_is_blank(plain[last - 1])) {
            last--;
        }
        if (last > from) {
            if (begun) {
                end_line(out);
            }
            put_statement(out, plain + from, last - from, source_takes_rest(plain, from, last));
            begun = true;
        }
        if (comment) {
            while (to > end && source_is_blank(plain[to - 1])) {
                to--;
            }
            text_put(out, begun ? " " : "");
            text_put_bytes(out, plain + end, to - end);
            break;
        }
        from = end + 1;
    }
    end_line(out);
}

void source_format(const struct source *source, struct text *out) {
    size_t from = 0, written = out->length;
    bool gap = false; /* an empty line is due, where something follows */
    while (from < source->length) {
        const char *end = memchr(source->plain + from, '\n', source->length - from);
        size_t to = end ? (size_t)(end - source->plain) : source->length, at = from;
        while (at < to && (source_is_blank(source->plain[at]) || source->plain[at] == ';')) {
            at++;
        }
        if (at == to) {
            gap = out->length > written;
        } else {
            text_put(out, gap ? "\n" : "");
            gap = false;
            format_line(out, source->plain, from, to);
        }
        from = to + 1;
    }
}
