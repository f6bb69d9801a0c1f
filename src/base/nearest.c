/*
 * base/nearest.c - edit distance between short words, and words from elsewhere.
 */
#include "base/nearest.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/text.h"

static bool same(char a, char b) {
    return ascii_lower(a) == ascii_lower(b);
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Letters to insert, delete or replace, or neighbours to swap, to turn a into b, each
 * letter being touched once (Damerau), by rows; of the rows the last three are kept. */
static size_t edit_distance(const char *a, size_t n, const char *b, size_t m) {
    size_t rows[3][NEAREST_NAME_MAX];
    for (size_t j = 0; j <= m; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = above[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
            best = least(best, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
                best = least(best, rows[(i - 2) % 3][j - 2] + 1);
            }
            row[j] = best;
        }
    }
    return rows[n % 3][m];
}

static size_t shared_start(const char *a, const char *b) {
    size_t n = 0;
    while (a[n] && b[n] && same(a[n], b[n])) {
        n++;
    }
    return n;
}

/* What counts of a word from elsewhere; nothing of one that is longer than any known. */
static void put_plain(char plain[NEAREST_NAME_MAX], const char *word) {
    size_t length = 0;
    for (; *word && length < NEAREST_NAME_MAX; word++) {
        if (ascii_is_letter(*word) || ascii_is_digit(*word)) {
            plain[length++] = ascii_lower(*word);
        }
    }
    plain[length < NEAREST_NAME_MAX ? length : 0] = '\0';
}

struct nearest nearest_to(const char *word) {
    struct nearest nearest = {.word = word, .distance = 2 + strlen(word) / 5};
    put_plain(nearest.plain, word);
    return nearest;
}

/* ---- words from elsewhere ---- */

bool nearest_means(struct nearest *nearest, const struct synonym *row) {
    const char *at = row->words;
    while (*at && !nearest->synonym) {
        size_t length = strcspn(at, " ");
        if (string_is(nearest->plain, at, length)) {
            nearest->synonym = row;
        }
        at += length;
        at += strspn(at, " ");
    }
    return nearest->synonym == row;
}

/* ---- misspelt words ---- */

void nearest_consider(struct nearest *nearest, const char *name) {
    size_t n = strlen(nearest->word), m = strlen(name);
    if (n >= NEAREST_NAME_MAX || m >= NEAREST_NAME_MAX) {
        return;
    }
    size_t shared = shared_start(nearest->word, name);
    size_t distance = n >= 3 && shared == n ? 1 : edit_distance(nearest->word, n, name, m);
    distance = n == m && shared == n ? 0 : distance;
    bool nearer = distance < nearest->distance ||
                  (nearest->name[0] && distance == nearest->distance && shared > nearest->shared);
    if (nearer && distance < n) {
        nearest->distance = distance;
        nearest->shared = shared;
        memcpy(nearest->name, name, m + 1);
    }
}

const char *nearest_found(const struct nearest *nearest) {
    return nearest->synonym ? nearest->synonym->right : nearest->name[0] ? nearest->name : NULL;
}

const char *nearest_question(struct nearest *nearest) {
    const char *found = nearest_found(nearest);
    const char *other = nearest->synonym ? nearest->synonym->other : NULL;
    if (!found) {
        return NULL;
    }
    snprintf(nearest->question, sizeof nearest->question, "did you mean '%s'%s%s%s?", found,
             other ? " or '" : "", other ? other : "", other ? "'" : "");
    return nearest->question;
}
