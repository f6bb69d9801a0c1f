/*
 * base/status.c - errors as a status and one sentence.
 */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

/* Copy the cleaned sentence; one that is too long is cut at a whole character. */
static void error_store(struct error *error, const char *raw) {
    struct text clean = TEXT_EMPTY;
    utf8_clean(&clean, raw, strlen(raw), false);
    const char *source = clean.failed ? "out of memory" : text_string(&clean);
    size_t length = strlen(source);
    if (length >= ERROR_TEXT_MAX) {
        length = ERROR_TEXT_MAX - 4;
        while (length > 0 && ((unsigned char)source[length] & 0xC0) == 0x80) {
            length--;
        }
        memcpy(error->text, source, length);
        memcpy(error->text + length, "...", 4);
    } else {
        memcpy(error->text, source, length + 1);
    }
    text_free(&clean);
}

PRINTF_LIKE(3, 0)
static void error_fill(struct error *error, enum status status, const char *format,
                       va_list arguments) {
    struct text raw = TEXT_EMPTY;
    text_vprintf(&raw, format, arguments);
    error->status = raw.failed ? STATUS_MEMORY : status;
    error_store(error, raw.failed ? "out of memory" : text_string(&raw));
    text_free(&raw);
}

enum status error_set(struct error *error, enum status status, const char *format, ...) {
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        error_fill(error, status, format, arguments);
        va_end(arguments);
        error->column = 0;
        error->length = 0;
    }
    return status;
}

enum status error_at(struct error *error, size_t column, size_t length, const char *format, ...) {
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        error_fill(error, STATUS_INPUT, format, arguments);
        va_end(arguments);
        error->column = column;
        error->length = length > 0 ? length : 1;
    }
    return STATUS_INPUT;
}

void error_fill_memory(struct error *error) {
    if (error) {
        error->status = STATUS_MEMORY;
        error->column = 0;
        error->length = 0;
        memcpy(error->text, "out of memory", sizeof "out of memory");
    }
}
