/*
 * lang/key_code.c - the names of keys.
 */
#include "lang/key_code.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"

static const struct {
    int key;
    const char *name;
} named[] = {
    {KEY_CODE_UP, "Up"},
    {KEY_CODE_DOWN, "Down"},
    {KEY_CODE_LEFT, "Left"},
    {KEY_CODE_RIGHT, "Right"},
    {KEY_CODE_HOME, "Home"},
    {KEY_CODE_END, "End"},
    {KEY_CODE_PAGE_UP, "PageUp"},
    {KEY_CODE_PAGE_DOWN, "PageDown"},
    {KEY_CODE_INSERT, "Insert"},
    {KEY_CODE_DELETE, "Delete"},
    {KEY_CODE_ENTER, "Enter"},
    {KEY_CODE_BACKSPACE, "Backspace"},
    {KEY_CODE_ESCAPE, "Escape"},
    {KEY_CODE_TAB, "Tab"},
    {' ', "Space"},
    {KEY_CODE_BACK_TAB, "BackTab"},
    {KEY_CODE_F1, "F1"},
    {KEY_CODE_F1 + 1, "F2"},
    {KEY_CODE_F1 + 2, "F3"},
    {KEY_CODE_F1 + 3, "F4"},
    {KEY_CODE_F1 + 4, "F5"},
    {KEY_CODE_F1 + 5, "F6"},
    {KEY_CODE_F1 + 6, "F7"},
    {KEY_CODE_F1 + 7, "F8"},
    {KEY_CODE_F1 + 8, "F9"},
    {KEY_CODE_F1 + 9, "F10"},
    {KEY_CODE_F1 + 10, "F11"},
    {KEY_CODE_F12, "F12"},
};

/* In the order in which a name has them. */
static const struct {
    int bit;
    const char *name;
} modifier_names[] = {
    {MODIFIER_CONTROL, "Ctrl-"}, {MODIFIER_ALT, "Alt-"}, {MODIFIER_SHIFT, "Shift-"}};
enum { MODIFIERS = TABLE_COUNT(modifier_names) };

const char *key_name_at(size_t index) {
    return index < TABLE_COUNT(named) ? named[index].name : NULL;
}

static void name_plain(int key, char *name, size_t size) {
    for (size_t i = 0; key_name_at(i); i++) {
        if (named[i].key == key) {
            snprintf(name, size, "%s", named[i].name);
            return;
        }
    }
    if (key > 0 && key < ' ') {
        snprintf(name, size, "^%c", key + '@');
    } else if (key > ' ' && key < KEY_CODE_FIRST) {
        char bytes[4];
        size_t count = utf8_encode((uint32_t)key, bytes);
        snprintf(name, size, "%.*s", (int)count, bytes);
    }
}

void key_code_name(int key, int modifiers, char name[KEY_NAME_MAX]) {
    char plain[KEY_NAME_MAX / 2] = "";
    size_t length = 0;
    name[0] = '\0';
    name_plain(key, plain, sizeof plain);
    for (size_t i = 0; i < MODIFIERS && plain[0]; i++) {
        if (modifiers & modifier_names[i].bit) {
            memcpy(name + length, modifier_names[i].name, strlen(modifier_names[i].name));
            length += strlen(modifier_names[i].name);
        }
    }
    memcpy(name + length, plain, strlen(plain) + 1);
}

bool key_name_known(const char *name, size_t length) {
    for (size_t i = 0; i < MODIFIERS; i++) {
        size_t prefix = strlen(modifier_names[i].name);
        if (length > prefix && memcmp(name, modifier_names[i].name, prefix) == 0) {
            name += prefix;
            length -= prefix;
        }
    }
    for (size_t i = 0; key_name_at(i); i++) {
        if (string_is(key_name_at(i), name, length)) {
            return true;
        }
    }
    if (length == 2 && name[0] == '^') {
        int key = name[1] - '@'; /* those that are the same as a key with a name have that name */
        return key > 0 && key < ' ' && key != KEY_CODE_TAB && key != KEY_CODE_ENTER &&
               key != KEY_CODE_ESCAPE && name[1] != 'H' && name[1] != 'J';
    }
    uint32_t code_point;
    return length > 0 && utf8_decode(name, length, &code_point) == length && code_point > ' ' &&
           code_point != 0xFFFD && utf8_harmless(code_point);
}
