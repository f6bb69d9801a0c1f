/*
 * base/table.h - what the tables of named rows have in common: an array of records, each of
 * which begins with its name, that is asked for a row by its number or by its name.
 */
#ifndef BACKSTEP_BASE_TABLE_H
#define BACKSTEP_BASE_TABLE_H

#include <stddef.h>

#define TABLE_COUNT(ROWS) (sizeof(ROWS) / sizeof *(ROWS))

/* Row `INDEX`, NULL past the end; and the row of that name, NULL for none: a string, or so
 * many bytes. */
#define TABLE_AT(ROWS, INDEX) ((INDEX) < TABLE_COUNT(ROWS) ? &(ROWS)[INDEX] : NULL)
#define TABLE_NAMED(ROWS, NAME) table_named(ROWS, TABLE_COUNT(ROWS), sizeof *(ROWS), NAME)
#define TABLE_WORD(ROWS, BYTES, LENGTH)                                                            \
    table_word(ROWS, TABLE_COUNT(ROWS), sizeof *(ROWS), BYTES, LENGTH)

/* The first of `count` rows of `size` bytes whose first member, a string, is this name. */
const void *table_named(const void *rows, size_t count, size_t size, const char *name);
const void *table_word(const void *rows, size_t count, size_t size, const char *bytes,
                       size_t length);

/* The functions TABLE_name(index), NULL past the end, and TABLE_help(index), of rows that
 * AT(index) gives. */
#define TABLE_WORDS(TABLE, TYPE, AT)                                                               \
    static const char *TABLE##_name(size_t index) {                                                \
        const struct TYPE *row = AT(index);                                                        \
        return row ? row->name : NULL;                                                             \
    }                                                                                              \
    static const char *TABLE##_help(size_t index) {                                                \
        return AT(index)->help;                                                                    \
    }

#endif
