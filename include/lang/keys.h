/*
 * lang/keys.h - the table of keys, each of which stands for a command line, and what
 * the user made of it with `bind` and `unbind`.
 *
 * What a key does depends on what is on the screen: a key of a mode hides the same
 * key of the modes below it.
 */
#ifndef BACKSTEP_LANG_KEYS_H
#define BACKSTEP_LANG_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "lang/key_code.h"

enum key_mode {
    KEYS_ALWAYS,  /* every screen of the network */
    KEYS_ASKED,   /* a question waits for its answer; else those of KEYS_ALWAYS */
    KEYS_WEIGHTS, /* the screen of weights; else those of KEYS_ALWAYS */
    KEYS_PICK,    /* a number is picked; else those of the screen */
    KEYS_PAGE,    /* a page of text covers the screen */
    KEYS_TREE,    /* the tree behind a number covers it */
    KEYS_MENU,    /* the list of scenes covers it */
    KEYS_LEAVE,   /* "leave, and lose what you changed?" */
    KEYS_CONSENT, /* "the scene wants to write a file" */
    KEYS_OFFER,   /* an unfinished session is offered; else those of the screen */
    KEY_MODES
};

struct key_row {
    const char *key;     /* as people write it: "Right", "n", "Space", "^L" */
    const char *command; /* the line it runs */
    const char *help;    /* what it does, in a few words */
    const char *group;   /* heading of the list of keys; NULL: an other name of a key above */
    bool counted;        /* digits typed before it are put behind the command */
    enum key_mode mode;
    const char *brief; /* one word for the line of keys; NULL: it is not in it */
};

const struct key_row *key_at(size_t index);       /* NULL past the end */
const struct key_row *key_named(const char *key); /* in KEYS_ALWAYS */
const char *key_mode_name(size_t mode);           /* NULL past the end */

/* Does the key do what it does on every screen, or what an earlier row of its group tells
 * of it? A list of keys need not tell it again. */
bool key_repeats(size_t index);

/* A key with another command than the table's. */
struct key_binding {
    enum key_mode mode;
    char key[KEY_NAME_MAX];
    char *command; /* NULL: it does nothing */
    size_t scene;  /* that bound it, from 1; 0: the user did */
};
struct key_bindings {
    struct key_binding *list;
    size_t count, capacity;
    size_t scenes;  /* opened before the present one */
    size_t changes; /* counts what was done to it, for whoever keeps what follows from it */
};

/* Bind a key, or with NULL unbind it; false when memory is short. What a scene binds may do
 * no more than the scene may, and lies over what the user had bound, which comes back when
 * it goes; what the user binds takes its place. */
bool key_bind(struct key_bindings *bindings, enum key_mode mode, const char *key,
              const char *command, bool of_scene);
void key_bindings_close(struct key_bindings *bindings);

/* Another scene is opened: what scenes bind from now on is its own. Then it has `taken` the
 * place of the scene before it, whose keys go; or it has failed, and its own do. */
void key_scene_open(struct key_bindings *bindings);
void key_scene_settle(struct key_bindings *bindings, bool taken);

/* What a key does in this mode alone: a command line, or NULL. `bindings` may be NULL,
 * here and below; `*counted` is set with the command. */
const char *key_command(const struct key_bindings *bindings, enum key_mode mode, const char *key,
                        bool *counted);

/* Did a scene bind the key in this mode? */
bool key_is_of_scene(const struct key_bindings *bindings, enum key_mode mode, const char *key);

/* The keys that run this command in this mode, "Right, n"; at most `most` of them.
 * Returns how many. */
size_t key_names_of(const struct key_bindings *bindings, enum key_mode mode, const char *command,
                    const char *between, size_t most, struct text *out);

/* The keys to know in this mode, as one line: "←→ step   Space go on   : prompt  w pick",
 * with three blanks before those that are needed most. */
void key_line(const struct key_bindings *bindings, enum key_mode mode, struct text *out);

#endif
