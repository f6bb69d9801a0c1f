/*
 * lang/keys.h - the table of keys: each stands for a command line.
 */
#ifndef BACKSTEP_LANG_KEYS_H
#define BACKSTEP_LANG_KEYS_H

#include <stdbool.h>
#include <stddef.h>

struct key_row {
    const char *key;     /* as people write it: "Right", "n", "Space", "^L" */
    const char *command; /* the line it runs */
    const char *help;    /* what it does, in a few words */
    const char *group;   /* heading of the list of keys; NULL: an other name of a key above */
    bool counted;        /* digits typed before it are put behind the command */
};

const struct key_row *key_at(size_t index); /* NULL past the end */
const struct key_row *key_named(const char *key);

#endif
