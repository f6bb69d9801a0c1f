/*
 * lang/keys.c - the table of keys.
 */
#include "lang/keys.h"

#include <string.h>

static const struct key_row keys[] = {
    {"Right", "step", "a step on", "Walk", true},
    {"n", "step", "", NULL, true},
    {"Left", "back", "a step back", "Walk", true},
    {"p", "back", "", NULL, true},
    {"Down", "step layer", "a layer on", "Walk", false},
    {"Up", "back layer", "a layer back", "Walk", false},
    {"g", "goto START", "to the start of the walk", "Walk", false},
    {"Home", "goto START", "", NULL, false},
    {"G", "goto END", "to the end of the walk", "Walk", false},
    {"End", "goto END", "", NULL, false},
    {"e", "grain element", "walk by the element", "Walk", false},
    {"E", "grain equation", "walk by the equation", "Walk", false},
    {"Space", "continue", "on to the next pause", "Scene", false},
    {"Backspace", "previous", "back to the pause before", "Scene", false},
    {"]", "next-mark", "to the next mark", "Scene", false},
    {"[", "previous-mark", "to the mark before", "Scene", false},
    {"P", "play", "let the scene play by itself, or no more", "Scene", false},
    {">", "speed faster", "play twice as fast", "Scene", false},
    {"<", "speed slower", "play half as fast", "Scene", false},
    {",", "rewind", "back to where it stood before, a wait too", "Scene", false},
    {"R", "restart", "the scene from its start", "Scene", false},
    {"m", "menu", "the list of scenes", "Scene", false},
    {"t", "train", "an update, to the next iteration", "Change", true},
    {"u", "undo", "take the last change back", "Change", false},
    {"U", "redo", "do it again", "Change", false},
    {":", "prompt", "open the prompt: type to change anything", "Change", false},
    {"Enter", "prompt", "", NULL, false},
    {"Tab", "view next", "the next screen", "Screens", false},
    {"F1", "view walk", "the equations", "Screens", false},
    {"F2", "view flow", "the gradients of all layers", "Screens", false},
    {"F3", "view training", "the cost over the updates", "Screens", false},
    {"F4", "view weights", "weights as heat maps", "Screens", false},
    {"?", "help keys", "this list", "Program", false},
    {"h", "help", "the commands", "Program", false},
    {"^L", "redraw", "draw the screen again", "Program", false},
    {"q", "quit", "leave", "Program", false},
};

const struct key_row *key_at(size_t index) {
    return index < sizeof keys / sizeof *keys ? &keys[index] : NULL;
}

const struct key_row *key_named(const char *key) {
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].key, key) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}
