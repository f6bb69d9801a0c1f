/*
 * lang/preferences.h - what the person at the terminal chose, whatever network or scene
 * is open: the look, the mouse, the keys. Not a part of a state: undo leaves them.
 */
#ifndef BACKSTEP_LANG_PREFERENCES_H
#define BACKSTEP_LANG_PREFERENCES_H

#include "lang/keys.h"
#include "view/theme.h"

struct preferences {
    const struct theme *theme;
    bool no_mouse; /* the mouse is left to the terminal, for selecting text */
    struct key_bindings bindings;
};

#endif
