/*
 * lang/key_code.h - keys as numbers and as names: what the terminal reports, and
 * what people write in a `bind`, are the same list.
 *
 * A key is the code point of its character, or one of enum key for those that have
 * none. Names: "n", "é", "^L", "Right", "Alt-x", "Ctrl-Shift-Left".
 */
#ifndef BACKSTEP_LANG_KEY_CODE_H
#define BACKSTEP_LANG_KEY_CODE_H

#include <stdbool.h>
#include <stddef.h>

/* Keys beyond the characters. Characters are their code points; ^A is 1. ^H is
 * KEY_CODE_BACKSPACE and ^J is KEY_CODE_ENTER; the bytes tell them apart. */
enum key {
    KEY_CODE_ESCAPE = 27,
    KEY_CODE_ENTER = 13,
    KEY_CODE_TAB = 9,
    KEY_CODE_BACKSPACE = 127,
    KEY_CODE_FIRST = 0x110000,
    KEY_CODE_UP = KEY_CODE_FIRST,
    KEY_CODE_DOWN,
    KEY_CODE_LEFT,
    KEY_CODE_RIGHT,
    KEY_CODE_HOME,
    KEY_CODE_END,
    KEY_CODE_PAGE_UP,
    KEY_CODE_PAGE_DOWN,
    KEY_CODE_INSERT,
    KEY_CODE_DELETE,
    KEY_CODE_BACK_TAB,
    KEY_CODE_F1,
    KEY_CODE_F12 = KEY_CODE_F1 + 11,
    KEY_CODE_UNKNOWN, /* an escape sequence that means nothing here; ignore it */
};

enum { MODIFIER_SHIFT = 1, MODIFIER_ALT = 2, MODIFIER_CONTROL = 4 };

enum { KEY_NAME_MAX = 32 };

/* The name of a key; "" for one that has none. */
void key_code_name(int key, int modifiers, char name[KEY_NAME_MAX]);

/* Is it what key_code_name() calls some key? */
bool key_name_known(const char *name, size_t length);

/* The names of the keys that are no characters; NULL past the end. */
const char *key_name_at(size_t index);

#endif
