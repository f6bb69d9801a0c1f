/*
 * lang/preferences.c - the user's choice, and that of a scene over it.
 */
#include "lang/preferences.h"

#include <stdlib.h>

struct preferences preferences_default(void) {
    struct surface look = {.theme = theme_at(0)};
    return (struct preferences){.look = look, .own = look};
}

void preferences_close(struct preferences *preferences) {
    key_bindings_close(&preferences->bindings);
    for (size_t i = 0; i < PREFERENCES_MOST; i++) {
        free(preferences->lines[i]);
        preferences->lines[i] = NULL;
    }
}

void preferences_set_theme(struct preferences *preferences, const struct theme *theme,
                           bool of_scene) {
    if (of_scene && preferences->fixed_theme) {
        return;
    }
    preferences->look.theme = theme;
    preferences->own.theme = of_scene ? preferences->own.theme : theme;
    preferences->fixed_theme = false;
}

void preferences_set_mouse(struct preferences *preferences, bool on, bool of_scene) {
    preferences->look.no_mouse = !on;
    preferences->own.no_mouse = of_scene ? preferences->own.no_mouse : !on;
}

void preferences_fix_theme(struct preferences *preferences, const struct theme *theme) {
    preferences_set_theme(preferences, theme, false);
    preferences->fixed_theme = true;
}

void preferences_scene_open(struct preferences *preferences) {
    key_scene_open(&preferences->bindings);
    preferences->before = preferences->look;
    preferences->look = preferences->own;
}

void preferences_scene_settle(struct preferences *preferences, bool taken) {
    key_scene_settle(&preferences->bindings, taken);
    preferences->look = taken ? preferences->look : preferences->before;
}
