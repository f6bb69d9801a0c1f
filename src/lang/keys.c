/*
 * lang/keys.c - the table of keys.
 *
 * The groups stand in the order of the list that `?` shows. The help is of 14 letters at
 * most, so that three columns of it fit into 80 and all keys on one screen of 24 rows.
 */
#include "lang/keys.h"

#include <string.h>

#include "base/table.h"

/* key, command, help, group, counted, mode, brief */
static const struct key_row keys[] = {
    {"Left", "back", "a step back", "Walk", true, KEYS_ALWAYS, "step"},
    {"p", "back", "", NULL, true, KEYS_ALWAYS, NULL},
    {"Right", "step", "a step on", "Walk", true, KEYS_ALWAYS, "step"},
    {"n", "step", "", NULL, true, KEYS_ALWAYS, NULL},
    {"Up", "back layer", "layer by layer", "Walk", false, KEYS_ALWAYS, NULL},
    {"Down", "step layer", "layer by layer", "Walk", false, KEYS_ALWAYS, NULL},
    {"g", "goto START", "to the start", "Walk", false, KEYS_ALWAYS, NULL},
    {"Home", "goto START", "", NULL, false, KEYS_ALWAYS, NULL},
    {"G", "goto END", "to the end", "Walk", false, KEYS_ALWAYS, NULL},
    {"End", "goto END", "", NULL, false, KEYS_ALWAYS, NULL},
    {"e", "grain element", "finer, coarser", "Walk", false, KEYS_ALWAYS, NULL},
    {"E", "grain equation", "finer, coarser", "Walk", false, KEYS_ALWAYS, NULL},

    {"Space", "continue", "the next pause", "Scene", false, KEYS_ALWAYS, "go on"},
    {"Backspace", "previous", "the one before", "Scene", false, KEYS_ALWAYS, NULL},
    {"]", "next-mark", "mark by mark", "Scene", false, KEYS_ALWAYS, NULL},
    {"[", "previous-mark", "mark by mark", "Scene", false, KEYS_ALWAYS, NULL},
    {"P", "play", "play, or stop", "Scene", false, KEYS_ALWAYS, NULL},
    {">", "speed faster", "faster, slower", "Scene", false, KEYS_ALWAYS, NULL},
    {"<", "speed slower", "faster, slower", "Scene", false, KEYS_ALWAYS, NULL},
    {",", "rewind", "where it stood", "Scene", false, KEYS_ALWAYS, NULL},
    {"R", "restart", "from its start", "Scene", false, KEYS_ALWAYS, NULL},
    {"s", "story", "its whole text", "Scene", false, KEYS_ALWAYS, NULL},
    {"m", "menu", "all scenes", "Scene", false, KEYS_ALWAYS, NULL},
    {":", "prompt", "", NULL, false, KEYS_ASKED, "answer"},
    {"H", "hint", "a hint", "Scene", false, KEYS_ASKED, "hint"},
    {"Space", "continue", "", NULL, false, KEYS_ASKED, "go on"},
    {"q", "quit", "", NULL, false, KEYS_ASKED, "quit"},

    {":", "prompt", "any command", "Change", false, KEYS_ALWAYS, "prompt"},
    {"Enter", "prompt", "", NULL, false, KEYS_ALWAYS, NULL},
    {"w", "pick", "pick a number", "Change", false, KEYS_ALWAYS, "pick"},
    {"t", "train", "an update", "Change", true, KEYS_ALWAYS, NULL},
    {"u", "undo", "undo, redo", "Change", false, KEYS_ALWAYS, NULL},
    {"U", "redo", "undo, redo", "Change", false, KEYS_ALWAYS, NULL},

    {"Tab", "view next", "the next one", "Screens", false, KEYS_ALWAYS, NULL},
    {"F1", "view walk", "the equations", "Screens", false, KEYS_ALWAYS, NULL},
    {"F2", "view flow", "all gradients", "Screens", false, KEYS_ALWAYS, NULL},
    {"F3", "view training", "cost and map", "Screens", false, KEYS_ALWAYS, NULL},
    {"F4", "view weights", "the weights", "Screens", false, KEYS_ALWAYS, NULL},

    {"Escape", "close", "back", "Program", false, KEYS_ALWAYS, NULL},
    {"?", "help keys", "this list", "Program", false, KEYS_ALWAYS, "keys"},
    {"h", "help", "all commands", "Program", false, KEYS_ALWAYS, NULL},
    {"^L", "redraw", "draw it again", "Program", false, KEYS_ALWAYS, NULL},
    {"q", "quit", "leave", "Program", false, KEYS_ALWAYS, "quit"},

    {"y", "quit now", "yes", "Questions", false, KEYS_LEAVE, "leave"},
    {"Y", "quit now", "", NULL, false, KEYS_LEAVE, NULL},
    {"n", "close", "no", "Questions", false, KEYS_LEAVE, "stay"},
    {"N", "close", "", NULL, false, KEYS_LEAVE, NULL},
    {"Escape", "close", "", NULL, false, KEYS_LEAVE, NULL},
    {"q", "close", "", NULL, false, KEYS_LEAVE, NULL},
    {"y", "allow", "yes", "Questions", false, KEYS_CONSENT, "let it"},
    {"Y", "allow", "", NULL, false, KEYS_CONSENT, NULL},
    {"n", "allow no", "no", "Questions", false, KEYS_CONSENT, "not"},
    {"N", "allow no", "", NULL, false, KEYS_CONSENT, NULL},
    {"Escape", "allow no", "", NULL, false, KEYS_CONSENT, NULL},
    {"m", "menu", "another scene", "Questions", false, KEYS_CONSENT, NULL},
    {"q", "quit", "leave", "Questions", false, KEYS_CONSENT, NULL},
    {"r", "recover", "restore, drop", "Questions", false, KEYS_OFFER, NULL},
    {"d", "forget", "restore, drop", "Questions", false, KEYS_OFFER, NULL},

    {"Left", "pick left", "move", "A number", true, KEYS_PICK, "move"},
    {"Right", "pick right", "move", "A number", true, KEYS_PICK, "move"},
    {"Up", "pick up", "move", "A number", true, KEYS_PICK, "move"},
    {"Down", "pick down", "move", "A number", true, KEYS_PICK, "move"},
    {".", "pick next", "next x, W0, b0", "A number", true, KEYS_PICK, NULL},
    {",", "pick previous", "next x, W0, b0", "A number", true, KEYS_PICK, NULL},
    {"+", "nudge +", "up, down", "A number", true, KEYS_PICK, "nudge"},
    {"=", "nudge +", "", NULL, true, KEYS_PICK, NULL},
    {"-", "nudge -", "up, down", "A number", true, KEYS_PICK, "nudge"},
    {"*", "nudge step *10", "by more, less", "A number", false, KEYS_PICK, "step"},
    {"/", "nudge step /10", "by more, less", "A number", false, KEYS_PICK, "step"},
    {"Enter", "edit", "type its value", "A number", false, KEYS_PICK, "type"},
    {"Escape", "pick off", "leave it", "A number", false, KEYS_PICK, "done"},
    {"w", "pick off", "", NULL, false, KEYS_PICK, NULL},

    {"PageDown", "scroll page-down", "page", "Weights", true, KEYS_WEIGHTS, NULL},
    {"PageUp", "scroll page-up", "page", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Shift-Down", "scroll down", "row", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Shift-Up", "scroll up", "row", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Shift-Left", "scroll left", "column", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Shift-Right", "scroll right", "column", "Weights", true, KEYS_WEIGHTS, NULL},
    {".", "scroll next", "another matrix", "Weights", true, KEYS_WEIGHTS, NULL},
    {",", "scroll previous", "another matrix", "Weights", true, KEYS_WEIGHTS, NULL},
    {"Escape", "scroll off", "with the walk", "Weights", false, KEYS_WEIGHTS, NULL},

    {"Up", "scroll up", "a line", "Pages, lists", true, KEYS_PAGE, "scroll"},
    {"Down", "scroll down", "a line", "Pages, lists", true, KEYS_PAGE, "scroll"},
    {"PageDown", "scroll page-down", "a page", "Pages, lists", true, KEYS_PAGE, NULL},
    {"Space", "scroll page-down", "", NULL, true, KEYS_PAGE, NULL},
    {"PageUp", "scroll page-up", "a page", "Pages, lists", true, KEYS_PAGE, NULL},
    {"Backspace", "scroll page-up", "", NULL, true, KEYS_PAGE, NULL},
    {"Home", "scroll home", "top, bottom", "Pages, lists", false, KEYS_PAGE, NULL},
    {"g", "scroll home", "", NULL, false, KEYS_PAGE, NULL},
    {"End", "scroll end", "top, bottom", "Pages, lists", false, KEYS_PAGE, NULL},
    {"G", "scroll end", "", NULL, false, KEYS_PAGE, NULL},
    {"Escape", "close", "back", "Pages, lists", false, KEYS_PAGE, "back"},
    {"q", "close", "", NULL, false, KEYS_PAGE, NULL},

    {"Up", "scroll up", "a line", "Pages, lists", true, KEYS_MENU, "choose"},
    {"k", "scroll up", "", NULL, true, KEYS_MENU, NULL},
    {"Down", "scroll down", "a line", "Pages, lists", true, KEYS_MENU, "choose"},
    {"j", "scroll down", "", NULL, true, KEYS_MENU, NULL},
    {"Tab", "scroll down", "", NULL, true, KEYS_MENU, NULL},
    {"PageDown", "scroll page-down", "a page", "Pages, lists", true, KEYS_MENU, NULL},
    {"PageUp", "scroll page-up", "a page", "Pages, lists", true, KEYS_MENU, NULL},
    {"Home", "scroll home", "top, bottom", "Pages, lists", false, KEYS_MENU, NULL},
    {"End", "scroll end", "top, bottom", "Pages, lists", false, KEYS_MENU, NULL},
    {"Enter", "choose", "open it", "Pages, lists", true, KEYS_MENU, "open"},
    {"Space", "choose", "", NULL, true, KEYS_MENU, NULL},
    {"Right", "choose", "", NULL, true, KEYS_MENU, NULL},
    {"Escape", "close", "back", "Pages, lists", false, KEYS_MENU, "back"},
    {":", "prompt", "type any command", "Pages, lists", false, KEYS_MENU, NULL},
    {"?", "help keys", "the keys", "Pages, lists", false, KEYS_MENU, NULL},
    {"q", "quit", "leave", "Pages, lists", false, KEYS_MENU, "quit"},

    {"Up", "scroll up", "a line", "Pages, lists", true, KEYS_TREE, "choose"},
    {"k", "scroll up", "", NULL, true, KEYS_TREE, NULL},
    {"Down", "scroll down", "a line", "Pages, lists", true, KEYS_TREE, "choose"},
    {"j", "scroll down", "", NULL, true, KEYS_TREE, NULL},
    {"PageDown", "scroll page-down", "a page", "Pages, lists", true, KEYS_TREE, NULL},
    {"PageUp", "scroll page-up", "a page", "Pages, lists", true, KEYS_TREE, NULL},
    {"Home", "scroll home", "top, bottom", "Pages, lists", false, KEYS_TREE, NULL},
    {"g", "scroll home", "", NULL, false, KEYS_TREE, NULL},
    {"End", "scroll end", "top, bottom", "Pages, lists", false, KEYS_TREE, NULL},
    {"G", "scroll end", "", NULL, false, KEYS_TREE, NULL},
    {"Left", "fold", "fold, unfold", "Pages, lists", false, KEYS_TREE, "close"},
    {"-", "fold", "", NULL, false, KEYS_TREE, NULL},
    {"Right", "unfold", "fold, unfold", "Pages, lists", false, KEYS_TREE, "open"},
    {"+", "unfold", "", NULL, false, KEYS_TREE, NULL},
    {"Enter", "choose", "open it", "Pages, lists", true, KEYS_TREE, NULL},
    {"Space", "choose", "", NULL, true, KEYS_TREE, NULL},
    {"*", "unfold-level", "unfold a level", "Pages, lists", false, KEYS_TREE, "level"},
    {"Escape", "close", "back", "Pages, lists", false, KEYS_TREE, "back"},
    {"q", "close", "", NULL, false, KEYS_TREE, NULL},
    {":", "prompt", "type any command", "Pages, lists", false, KEYS_TREE, NULL},
    {"?", "help keys", "the keys", "Pages, lists", false, KEYS_TREE, NULL},
};

static const char *const mode_names[KEY_MODES] = {
    [KEYS_ALWAYS] = "always",   [KEYS_ASKED] = "asked",   [KEYS_WEIGHTS] = "weights",
    [KEYS_PICK] = "picking",    [KEYS_PAGE] = "page",     [KEYS_TREE] = "tree",
    [KEYS_MENU] = "menu",       [KEYS_LEAVE] = "leaving", [KEYS_OFFER] = "offered",
    [KEYS_CONSENT] = "writing",
};

const struct key_row *key_at(size_t index) {
    return TABLE_AT(keys, index);
}

bool key_repeats(size_t index) {
    const struct key_row *row = &keys[index], *plain = key_named(row->key);
    bool repeats = row->mode != KEYS_ALWAYS && plain && strcmp(plain->command, row->command) == 0;
    for (size_t i = 0; i < index && !repeats; i++) {
        repeats = row->group && keys[i].group && strcmp(keys[i].group, row->group) == 0 &&
                  strcmp(keys[i].key, row->key) == 0 && strcmp(keys[i].help, row->help) == 0;
    }
    return repeats;
}

const char *key_mode_name(size_t mode) {
    return mode < KEY_MODES ? mode_names[mode] : NULL;
}
