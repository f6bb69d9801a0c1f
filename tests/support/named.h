/*
 * support/named.h - the rows of the tables of net/ by their names; NULL where none has it.
 */
#ifndef BACKSTEP_SUPPORT_NAMED_H
#define BACKSTEP_SUPPORT_NAMED_H

#include <stddef.h>
#include <string.h>

#include "net/activation.h"
#include "net/cost.h"
#include "net/data.h"
#include "net/initializer.h"
#include "net/optimizer.h"

#define ROWS_NAMED(TABLE)                                                                          \
    static inline const struct TABLE *TABLE##_named(const char *name) {                            \
        size_t n = 0;                                                                              \
        while (TABLE##_at(n) && strcmp(TABLE##_at(n)->name, name) != 0) {                          \
            n++;                                                                                   \
        }                                                                                          \
        return TABLE##_at(n);                                                                      \
    }
ROWS_NAMED(activation)
ROWS_NAMED(cost)
ROWS_NAMED(generator)
ROWS_NAMED(initializer)
ROWS_NAMED(rule)
#undef ROWS_NAMED

#endif
