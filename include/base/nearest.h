/*
 * base/nearest.h - "did you mean": the known name nearest to a misspelt word, or what a
 * word from elsewhere is called here.
 */
#ifndef BACKSTEP_BASE_NEAREST_H
#define BACKSTEP_BASE_NEAREST_H

#include <stdbool.h>
#include <stddef.h>

enum { NEAREST_NAME_MAX = 32, NEAREST_QUESTION_MAX = 160 };

/* Words that others use for what is called otherwise here. */
struct synonym {
    const char *words; /* small letters and digits only, divided by blanks */
    const char *right; /* what to type here */
    const char *other; /* ... or this, where the words have two senses; NULL where not */
};

/* Give it the word, then the synonyms, then every known name; longer names are never near. */
struct nearest {
    const char *word;
    char plain[NEAREST_NAME_MAX]; /* its letters, small, and digits; "" where they are too many */
    size_t distance; /* of the best name so far, in letters changed; or one more than may be */
    size_t shared;   /* letters that it begins with as the word does */
    char name[NEAREST_NAME_MAX];
    const struct synonym *synonym; /* the word is one of these: then no name is nearer */
    char question[NEAREST_QUESTION_MAX];
};

struct nearest nearest_to(const char *word);

/* Is the word one of the row's? Capitals and signs are not counted: "Learning_Rate" is
 * "learningrate". */
bool nearest_means(struct nearest *nearest, const struct synonym *row);

void nearest_consider(struct nearest *nearest, const char *name);

/* The best name, NULL where none is near enough to be meant: one letter may be off, and
 * one more for every five that the word has, but not all; two letters that changed places
 * are one, and so are all that are missing at the end of a word of three or more. Of names
 * equally near, the one that begins most as the word does. Capitals are not counted. */
const char *nearest_found(const struct nearest *nearest);

/* "did you mean 'relu'?", or "did you mean 'a' or 'b'?"; NULL where there is nothing to be
 * meant. It lives as long as the record. */
const char *nearest_question(struct nearest *nearest);

#endif
