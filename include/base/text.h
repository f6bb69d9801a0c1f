/*
 * base/text.h - a byte string that grows.
 *
 * Owns its bytes; always ends in a NUL that `length` does not count. A failed
 * allocation is remembered in `failed` and later writes do nothing, so a writer
 * may put a whole page together and ask once at the end.
 */
#ifndef BACKSTEP_BASE_TEXT_H
#define BACKSTEP_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct text {
    char *bytes; /* NULL until the first write; see text_string() */
    size_t length;
    size_t capacity;
    bool failed;
};

#define TEXT_EMPTY ((struct text){NULL, 0, 0, false})

void text_put(struct text *text, const char *string);
void text_put_bytes(struct text *text, const char *bytes, size_t count);
void text_put_char(struct text *text, char c);
void text_put_repeat(struct text *text, const char *string, size_t times);
void text_printf(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);
void text_vprintf(struct text *text, const char *format, va_list arguments) PRINTF_LIKE(2, 0);

/* Words with blanks between (ASCII), in lines of at most `width`, on a line that has come to
 * `column`; further lines begin at `margin`, and so does this one where it is not that far.
 * Ends the last line. */
void text_put_wrapped(struct text *text, const char *words, size_t column, size_t margin,
                      size_t width);

/* Cut back to `length` bytes (no more than it has). */
void text_cut(struct text *text, size_t length);

/* The bytes as a C string, "" when nothing was written. Valid until the next write. */
const char *text_string(const struct text *text);

/* Free the bytes; the text is empty again and may be used again. */
void text_free(struct text *text);

/* Are the bytes these of the string, no fewer and no more? */
bool string_is(const char *string, const char *bytes, size_t count);

/* Where the string's ending begins; NULL where it ends otherwise. */
const char *string_ending(const char *string, const char *ending);

/* A copy of `string` that the caller frees; NULL when memory is short. */
char *string_copy(const char *string);
char *string_copy_bytes(const char *bytes, size_t count);

#endif
