/*
 * lang/preferences.h - what the person at the terminal chose, whatever network or scene
 * is open: the look, the mouse, the keys, and what else is `set`. Not a part of a state:
 * undo leaves them.
 *
 * A scene may choose too. That lies over what the user chose, and goes with the scene; what
 * the user chooses takes its place, and stays.
 */
#ifndef BACKSTEP_LANG_PREFERENCES_H
#define BACKSTEP_LANG_PREFERENCES_H

#include "lang/keys.h"
#include "view/theme.h"

/* What the terminal shows, and takes. */
struct surface {
    const struct theme *theme;
    bool no_mouse; /* the mouse is left to the terminal, for selecting text */
};

enum { PREFERENCES_MOST = 8 };

struct preferences {
    struct surface look;   /* that counts: the scene's, or */
    struct surface own;    /* ... the user's */
    struct surface before; /* that of the scene before, while another is opened */
    bool fixed_theme;      /* the user named one that no scene changes */
    struct key_bindings bindings;
    char *lines[PREFERENCES_MOST]; /* the user's last line for each setting; NULL: none */
};

struct preferences preferences_default(void);
void preferences_close(struct preferences *preferences);

/* Choose a look; `of_scene`: the scene does. */
void preferences_set_theme(struct preferences *preferences, const struct theme *theme,
                           bool of_scene);
void preferences_set_mouse(struct preferences *preferences, bool on, bool of_scene);

/* Let the theme be this whatever scenes choose, until the user chooses another. */
void preferences_fix_theme(struct preferences *preferences, const struct theme *theme);

/* Another scene is opened: what scenes choose from now on is its own. Then it has `taken` the
 * place of the scene before it, whose choice goes; or it has failed, and its own does. */
void preferences_scene_open(struct preferences *preferences);
void preferences_scene_settle(struct preferences *preferences, bool taken);

#endif
