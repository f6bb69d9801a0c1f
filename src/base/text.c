/*
 * base/text.c - a byte string that grows by doubling.
 */
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Make room for `more` bytes and the NUL; false (and `failed`) when there is none. */
static bool text_grow(struct text *text, size_t more) {
    if (text->failed) {
        return false;
    }
    if (more >= SIZE_MAX - text->length) {
        text->failed = true;
        return false;
    }
    size_t needed = text->length + more + 1;
    size_t capacity = text->capacity ? text->capacity : 64;
    while (capacity < needed) {
        capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
    }
    char *bytes = realloc(text->bytes, capacity);
    if (!bytes) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

static inline bool text_reserve(struct text *text, size_t more) {
    bool there = more < text->capacity - text->length && !text->failed;
    return there || text_grow(text, more);
}

void text_put_bytes(struct text *text, const char *bytes, size_t count) {
    if (text_reserve(text, count)) {
        if (count > 0) {
            memcpy(text->bytes + text->length, bytes, count);
        }
        text->length += count;
        text->bytes[text->length] = '\0';
    }
}

void text_put(struct text *text, const char *string) {
    text_put_bytes(text, string, strlen(string));
}

void text_put_char(struct text *text, char c) {
    text_put_bytes(text, &c, 1);
}

void text_put_repeat(struct text *text, const char *string, size_t times) {
    for (size_t i = 0; i < times && !text->failed; i++) {
        text_put(text, string);
    }
}

void text_put_wrapped(struct text *text, const char *words, size_t column, size_t margin,
                      size_t width) {
    for (const char *from = words; *from;) {
        size_t cells = strcspn(from, " ");
        bool first = from == words || column == 0;
        if (!first && column + 1 + cells > width) {
            text_put(text, "\n");
            column = 0;
            first = true;
        }
        size_t blanks = !first ? 1 : column < margin ? margin - column : 0;
        text_put_repeat(text, " ", blanks);
        text_put_bytes(text, from, cells);
        column += blanks + cells;
        from += cells;
        from += strspn(from, " ");
    }
    text_put(text, "\n");
}

/* Into the room that there is; where it is too small, once more into more. */
void text_vprintf(struct text *text, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    size_t room = text->failed ? 0 : text->capacity - text->length;
    int length = vsnprintf(room > 0 ? text->bytes + text->length : NULL, room, format, again);
    va_end(again);
    text->failed |= length < 0;
    if (length >= 0 && (size_t)length < room) {
        text->length += (size_t)length;
    } else if (length >= 0 && text_reserve(text, (size_t)length)) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
        text->length += (size_t)length;
    } else if (room > 0) {
        text->bytes[text->length] = '\0';
    }
}

void text_printf(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(text, format, arguments);
    va_end(arguments);
}

void text_cut(struct text *text, size_t length) {
    if (length < text->length) {
        text->length = length;
        text->bytes[length] = '\0';
    }
}

const char *text_string(const struct text *text) {
    return text->bytes ? text->bytes : "";
}

void text_free(struct text *text) {
    free(text->bytes);
    *text = TEXT_EMPTY;
}

bool string_is(const char *string, const char *bytes, size_t count) {
    return strlen(string) == count && memcmp(string, bytes, count) == 0;
}

const char *string_ending(const char *string, const char *ending) {
    size_t length = strlen(string), tail = strlen(ending);
    const char *at = length >= tail ? string + length - tail : NULL;
    return at && strcmp(at, ending) == 0 ? at : NULL;
}

char *string_copy_bytes(const char *bytes, size_t count) {
    char *copy = malloc(count + 1);
    if (copy) {
        if (count > 0) {
            memcpy(copy, bytes, count);
        }
        copy[count] = '\0';
    }
    return copy;
}

char *string_copy(const char *string) {
    return string_copy_bytes(string, strlen(string));
}
