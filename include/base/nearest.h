/*
 * base/nearest.h - "did you mean": the known name nearest to a misspelt word.
 */
#ifndef BACKSTEP_BASE_NEAREST_H
#define BACKSTEP_BASE_NEAREST_H

#include <stddef.h>

enum { NEAREST_NAME_MAX = 32 };

/* Give it the word, then every known name; longer names are never near. */
struct nearest {
    const char *word;
    size_t distance; /* of the best name so far, in letters changed; or one more than may be */
    char name[NEAREST_NAME_MAX];
};

struct nearest nearest_to(const char *word);
void nearest_consider(struct nearest *nearest, const char *name);

/* The best name, NULL where none is near enough to be meant: one letter may be off, and
 * one more for every five that the word has, but not all; capitals are not counted. */
const char *nearest_found(const struct nearest *nearest);

#endif
