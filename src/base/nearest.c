/*
 * base/nearest.c - edit distance between short words.
 */
#include "base/nearest.h"

#include <stdbool.h>
#include <string.h>

/* ASCII only: whatever the locale, "RELU" is near "relu". */
static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Letters to insert, delete or replace to turn a into b (Levenshtein), by rows. */
static size_t edit_distance(const char *a, size_t n, const char *b, size_t m) {
    size_t row[NEAREST_NAME_MAX];
    for (size_t j = 0; j <= m; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            bool same = lower(a[i - 1]) == lower(b[j - 1]);
            size_t best = diagonal + (same ? 0 : 1);
            best = row[j] + 1 < best ? row[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

struct nearest nearest_to(const char *word) {
    return (struct nearest){.word = word, .distance = 2 + strlen(word) / 5};
}

void nearest_consider(struct nearest *nearest, const char *name) {
    size_t n = strlen(nearest->word), m = strlen(name);
    if (n >= NEAREST_NAME_MAX || m >= NEAREST_NAME_MAX) {
        return;
    }
    size_t distance = edit_distance(nearest->word, n, name, m);
    if (distance < nearest->distance && distance < n) {
        nearest->distance = distance;
        memcpy(nearest->name, name, m + 1);
    }
}

const char *nearest_found(const struct nearest *nearest) {
    return nearest->name[0] ? nearest->name : NULL;
}
