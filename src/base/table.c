/*
 * base/table.c - rows by their names.
 */
#include "base/table.h"

#include <string.h>

#include "base/text.h"

const void *table_word(const void *rows, size_t count, size_t size, const char *bytes,
                       size_t length) {
    const char *row = rows;
    for (size_t n = 0; n < count; n++, row += size) {
        const char *own;
        memcpy(&own, row, sizeof own);
        if (string_is(own, bytes, length)) {
            return row;
        }
    }
    return NULL;
}

const void *table_named(const void *rows, size_t count, size_t size, const char *name) {
    return table_word(rows, count, size, name, strlen(name));
}
