/*
 * lang/keys.c - the table of keys.
 */
#include "lang/keys.h"

/* key, command, help, group, counted, mode, brief */
static const struct key_row keys[] = {
    {"Left", "back", "a step back", "Walk", true, KEYS_ALWAYS, "step"},
    {"p", "back", "", NULL, true, KEYS_ALWAYS, NULL},
    {"Right", "step", "a step on", "Walk", true, KEYS_ALWAYS, "step"},
    {"n", "step", "", NULL, true, KEYS_ALWAYS, NULL},
    {"Up", "back layer", "a layer back, on", "Walk", false, KEYS_ALWAYS, NULL},
    {"Down", "step layer", "a layer back, on", "Walk", false, KEYS_ALWAYS, NULL},
    {"g", "goto START", "to the start", "Walk", false, KEYS_ALWAYS, NULL},
    {"Home", "goto START", "", NULL, false, KEYS_ALWAYS, NULL},
    {"G", "goto END", "to the end", "Walk", false, KEYS_ALWAYS, NULL},
    {"End", "goto END", "", NULL, false, KEYS_ALWAYS, NULL},
    {"e", "grain element", "by elements, equations", "Walk", false, KEYS_ALWAYS, NULL},
    {"E", "grain equation", "by elements, equations", "Walk", false, KEYS_ALWAYS, NULL},

    {"Space", "continue", "on to the next pause", "Scene", false, KEYS_ALWAYS, "go on"},
    {"Backspace", "previous", "to the pause before", "Scene", false, KEYS_ALWAYS, NULL},
    {"]", "next-mark", "the next, previous mark", "Scene", false, KEYS_ALWAYS, NULL},
    {"[", "previous-mark", "the next, previous mark", "Scene", false, KEYS_ALWAYS, NULL},
    {"P", "play", "play by itself, or not", "Scene", false, KEYS_ALWAYS, NULL},
    {">", "speed faster", "faster, slower", "Scene", false, KEYS_ALWAYS, NULL},
    {"<", "speed slower", "faster, slower", "Scene", false, KEYS_ALWAYS, NULL},
    {",", "rewind", "where it stood before", "Scene", false, KEYS_ALWAYS, NULL},
    {"R", "restart", "from its start", "Scene", false, KEYS_ALWAYS, NULL},
    {"m", "menu", "the list of scenes", "Scene", false, KEYS_ALWAYS, NULL},
    {":", "prompt", "", NULL, false, KEYS_ASKED, "answer"},
    {"H", "hint", "a hint for the question", "Scene", false, KEYS_ASKED, "hint"},
    {"Space", "continue", "", NULL, false, KEYS_ASKED, "go on"},

    {":", "prompt", "type any command", "Change", false, KEYS_ALWAYS, "prompt"},
    {"Enter", "prompt", "", NULL, false, KEYS_ALWAYS, NULL},
    {"w", "pick", "pick a number", "Change", false, KEYS_ALWAYS, "pick"},
    {"t", "train", "an update", "Change", true, KEYS_ALWAYS, NULL},
    {"u", "undo", "take a change back", "Change", false, KEYS_ALWAYS, NULL},
    {"U", "redo", "do it again", "Change", false, KEYS_ALWAYS, NULL},

    {"Tab", "view next", "the next screen", "Screens", false, KEYS_ALWAYS, NULL},
    {"F1", "view walk", "the equations", "Screens", false, KEYS_ALWAYS, NULL},
    {"F2", "view flow", "gradients of all layers", "Screens", false, KEYS_ALWAYS, NULL},
    {"F3", "view training", "the cost over updates", "Screens", false, KEYS_ALWAYS, NULL},
    {"F4", "view weights", "the weights", "Screens", false, KEYS_ALWAYS, NULL},

    {"?", "help keys", "this list", "Program", false, KEYS_ALWAYS, "keys"},
    {"h", "help", "the commands", "Program", false, KEYS_ALWAYS, NULL},
    {"^L", "redraw", "draw the screen again", "Program", false, KEYS_ALWAYS, NULL},
    {"q", "quit", "leave", "Program", false, KEYS_ALWAYS, "quit"},

    {"Left", "pick left", "the number beside it", "A number", true, KEYS_PICK, "move"},
    {"Right", "pick right", "the number beside it", "A number", true, KEYS_PICK, "move"},
    {"Up", "pick up", "the number beside it", "A number", true, KEYS_PICK, "move"},
    {"Down", "pick down", "the number beside it", "A number", true, KEYS_PICK, "move"},
    {".", "pick next", "next of x, W0, b0 ...", "A number", true, KEYS_PICK, NULL},
    {",", "pick previous", "next of x, W0, b0 ...", "A number", true, KEYS_PICK, NULL},
    {"+", "nudge +", "a step more, less", "A number", true, KEYS_PICK, "nudge"},
    {"=", "nudge +", "", NULL, true, KEYS_PICK, NULL},
    {"-", "nudge -", "a step more, less", "A number", true, KEYS_PICK, "nudge"},
    {"*", "nudge step *10", "larger, smaller steps", "A number", false, KEYS_PICK, "step"},
    {"/", "nudge step /10", "larger, smaller steps", "A number", false, KEYS_PICK, "step"},
    {"Enter", "edit", "type its value", "A number", false, KEYS_PICK, "type"},
    {"Escape", "pick off", "leave it", "A number", false, KEYS_PICK, "done"},
    {"w", "pick off", "", NULL, false, KEYS_PICK, NULL},

    {"PageDown", "scroll page-down", "a page of rows", "Weights", true, KEYS_WEIGHTS, NULL},
    {"PageUp", "scroll page-up", "a page of rows", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Shift-Down", "scroll down", "a row", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Shift-Up", "scroll up", "a row", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Shift-Left", "scroll left", "a column", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Shift-Right", "scroll right", "a column", "Weights", true, KEYS_WEIGHTS, NULL},
    {".", "scroll next", "next, previous matrix", "Weights", true, KEYS_WEIGHTS, NULL},
    {",", "scroll previous", "next, previous matrix", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Escape", "scroll off", "back to the walk's", "Weights", false, KEYS_WEIGHTS, NULL},

    {"Up", "scroll up", "a line", "Pages", true, KEYS_PAGE, "scroll"},
    {"Down", "scroll down", "a line", "Pages", true, KEYS_PAGE, "scroll"},
    {"PageDown", "scroll page-down", "a page", "Pages", true, KEYS_PAGE, NULL},
    {"Space", "scroll page-down", "", NULL, true, KEYS_PAGE, NULL},
    {"PageUp", "scroll page-up", "a page", "Pages", true, KEYS_PAGE, NULL},
    {"Backspace", "scroll page-up", "", NULL, true, KEYS_PAGE, NULL},
    {"Home", "scroll home", "the top, the bottom", "Pages", false, KEYS_PAGE, NULL},
    {"g", "scroll home", "", NULL, false, KEYS_PAGE, NULL},
    {"End", "scroll end", "the top, the bottom", "Pages", false, KEYS_PAGE, NULL},
    {"G", "scroll end", "", NULL, false, KEYS_PAGE, NULL},
    {"Escape", "close", "back", "Pages", false, KEYS_PAGE, "back"},
    {"q", "close", "", NULL, false, KEYS_PAGE, NULL},

    {"Up", "scroll up", "another scene", "Menu", true, KEYS_MENU, "choose"},
    {"k", "scroll up", "", NULL, true, KEYS_MENU, NULL},
    {"Down", "scroll down", "another scene", "Menu", true, KEYS_MENU, "choose"},
    {"j", "scroll down", "", NULL, true, KEYS_MENU, NULL},
    {"Tab", "scroll down", "", NULL, true, KEYS_MENU, NULL},
    {"PageDown", "scroll page-down", "a page of them", "Menu", true, KEYS_MENU, NULL},
    {"PageUp", "scroll page-up", "a page of them", "Menu", true, KEYS_MENU, NULL},
    {"Home", "scroll home", "the first, the last", "Menu", false, KEYS_MENU, NULL},
    {"End", "scroll end", "the first, the last", "Menu", false, KEYS_MENU, NULL},
    {"Enter", "choose", "open it", "Menu", true, KEYS_MENU, "open"},
    {"Space", "choose", "", NULL, true, KEYS_MENU, NULL},
    {"Right", "choose", "", NULL, true, KEYS_MENU, NULL},
    {"Escape", "close", "back", "Menu", false, KEYS_MENU, "back"},
    {":", "prompt", "type any command", "Menu", false, KEYS_MENU, NULL},
    {"?", "help keys", "the keys", "Menu", false, KEYS_MENU, NULL},
    {"q", "quit", "leave", "Menu", false, KEYS_MENU, "quit"},

    {"y", "quit now", "leave, and lose it", "Leaving", false, KEYS_LEAVE, "leave"},
    {"Y", "quit now", "", NULL, false, KEYS_LEAVE, NULL},
    {"n", "close", "stay", "Leaving", false, KEYS_LEAVE, "stay"},
    {"N", "close", "", NULL, false, KEYS_LEAVE, NULL},
    {"Escape", "close", "", NULL, false, KEYS_LEAVE, NULL},
    {"q", "close", "", NULL, false, KEYS_LEAVE, NULL},

    {"Up", "scroll up", "another row", "Tree", true, KEYS_TREE, "choose"},
    {"k", "scroll up", "", NULL, true, KEYS_TREE, NULL},
    {"Down", "scroll down", "another row", "Tree", true, KEYS_TREE, "choose"},
    {"j", "scroll down", "", NULL, true, KEYS_TREE, NULL},
    {"PageDown", "scroll page-down", "a page of them", "Tree", true, KEYS_TREE, NULL},
    {"PageUp", "scroll page-up", "a page of them", "Tree", true, KEYS_TREE, NULL},
    {"Home", "scroll home", "the first, the last", "Tree", false, KEYS_TREE, NULL},
    {"g", "scroll home", "", NULL, false, KEYS_TREE, NULL},
    {"End", "scroll end", "the first, the last", "Tree", false, KEYS_TREE, NULL},
    {"G", "scroll end", "", NULL, false, KEYS_TREE, NULL},
    {"Left", "fold", "close it, or go up", "Tree", false, KEYS_TREE, "close"},
    {"-", "fold", "", NULL, false, KEYS_TREE, NULL},
    {"Right", "unfold", "open it", "Tree", false, KEYS_TREE, "open"},
    {"+", "unfold", "", NULL, false, KEYS_TREE, NULL},
    {"Enter", "choose", "open or close it", "Tree", true, KEYS_TREE, NULL},
    {"Space", "choose", "", NULL, true, KEYS_TREE, NULL},
    {"*", "unfold-level", "open one more level", "Tree", false, KEYS_TREE, "level"},
    {"Escape", "close", "back", "Tree", false, KEYS_TREE, "back"},
    {"q", "close", "", NULL, false, KEYS_TREE, NULL},
    {":", "prompt", "type any command", "Tree", false, KEYS_TREE, NULL},
    {"?", "help keys", "the keys", "Tree", false, KEYS_TREE, NULL},

    {"r", "recover", "bring the session back", "A session cut off", false, KEYS_OFFER, NULL},
    {"d", "forget", "drop it", "A session cut off", false, KEYS_OFFER, NULL},
};

static const char *const mode_names[KEY_MODES] = {
    [KEYS_ALWAYS] = "always", [KEYS_ASKED] = "asked",   [KEYS_WEIGHTS] = "weights",
    [KEYS_PICK] = "picking",  [KEYS_PAGE] = "page",     [KEYS_TREE] = "tree",
    [KEYS_MENU] = "menu",     [KEYS_LEAVE] = "leaving", [KEYS_OFFER] = "offered",
};

const struct key_row *key_at(size_t index) {
    return index < sizeof keys / sizeof *keys ? &keys[index] : NULL;
}

const char *key_mode_name(size_t mode) {
    return mode < KEY_MODES ? mode_names[mode] : NULL;
}
