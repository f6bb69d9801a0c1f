/*
 * net/kernels.c - which code path there is, and which one is taken.
 */
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "kernels_rows.h"

static const struct kernels *const rows[] = {&kernels_plain, &kernels_base, &kernels_avx2,
                                             &kernels_avx512};

const struct kernels *kernels_at(size_t index) {
    size_t found = 0;
    for (size_t n = 0; n < TABLE_COUNT(rows); n++) {
        if (rows[n]->name && found++ == index) {
            return rows[n];
        }
    }
    return NULL;
}

const struct kernels *kernels_choose(void) {
    const char *wanted = getenv("BACKSTEP_KERNELS");
    const struct kernels *best = kernels_at(0);
    const struct kernels *row;
    for (size_t n = 0; (row = kernels_at(n)) != NULL; n++) {
        if (row->supported()) {
            best = row;
            if (wanted && strcmp(wanted, row->name) == 0) {
                return row;
            }
        }
    }
    return best;
}
