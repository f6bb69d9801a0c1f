/*
 * base/table.c - rows by their names.
 */
#include "base/table.h"

#include <string.h>

const void *table_named(const void *rows, size_t count, size_t size, const char *name) {
    const char *row = rows;
    for (size_t n = 0; n < count; n++, row += size) {
        const char *own;
        memcpy(&own, row, sizeof own);
        if (strcmp(own, name) == 0) {
            return row;
        }
    }
    return NULL;
}
