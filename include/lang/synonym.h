/*
 * lang/synonym.h - words that others use, and what they are called in the language.
 */
#ifndef BACKSTEP_LANG_SYNONYM_H
#define BACKSTEP_LANG_SYNONYM_H

#include "base/nearest.h"

/* A word that is looked for among the names of that kind ("command", "activation" ...: a
 * table of choices). What is right may be a line with places to fill: "net WIDTH WIDTH ...". */
struct synonym_row {
    const char *kind;
    struct synonym synonym;
};

/* Row `index`, NULL past the end. */
const struct synonym_row *synonym_at(size_t index);

/* Is the word one of the synonyms of that kind? */
bool synonym_consider(struct nearest *nearest, const char *kind);

#endif
