/*
 * lang/choice.c - the tables whose row names are words of the language. A row
 * added to one of those tables is known to errors, completion and help at once.
 */

#include "base/table.h"
#include "call.h"
#include "lang/builtin.h"
#include "lang/keys.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/data.h"
#include "net/initializer.h"
#include "net/optimizer.h"
#include "view/theme.h"

TABLE_WORDS(activation, activation, activation_at)
TABLE_WORDS(cost, cost, cost_at)
TABLE_WORDS(optimizer, rule, rule_at)
TABLE_WORDS(initializer, initializer, initializer_at)
TABLE_WORDS(theme, theme, theme_at)
TABLE_WORDS(command, command, command_at)
TABLE_WORDS(format, format, format_at)

/* Commands that may stand behind `compare`. */
static const struct command *comparable_at(size_t index) {
    size_t i = 0;
    for (; command_at(i); i++) {
        if ((command_at(i)->flags & COMMAND_COMPARE) && index-- == 0) {
            break;
        }
    }
    return command_at(i);
}
TABLE_WORDS(comparable, command, comparable_at)

/* The data sets: those that are generated, and what else stands behind `data`. */
static const struct {
    const char *name, *help;
} other_data[] = {
    {"csv", "the rows of a file, first the inputs, then the targets; names may stand above them, "
            "by which 'data csv FILE COLUMN...' chooses"},
    {"none", "x and y as they are"},
};

static size_t generators(void) {
    size_t count = 0;
    while (generator_at(count)) {
        count++;
    }
    return count;
}

static const char *dataset_name(size_t index) {
    size_t count = generators();
    return index < count                             ? generator_at(index)->name
           : index - count < TABLE_COUNT(other_data) ? other_data[index - count].name
                                                     : NULL;
}

static const char *dataset_help(size_t index) {
    size_t count = generators();
    return index < count ? generator_at(index)->help : other_data[index - count].help;
}

static const char *no_help(size_t index) {
    (void)index;
    return "";
}

static const char *scene_name(size_t index) {
    return index < builtin_scene_count ? builtin_scenes[index].name : NULL;
}

static const char *topic_name(size_t index) {
    return index < builtin_topic_count ? builtin_topics[index].name : NULL;
}

static const char *mode_help(size_t index) {
    static const char *const helps[KEY_MODES] = {
        [KEYS_ALWAYS] = "on every screen, unless a row below hides it",
        [KEYS_WEIGHTS] = "on the screen of weights",
        [KEYS_ASKED] = "while a question is open",
        [KEYS_PICK] = "while a number is picked",
        [KEYS_PAGE] = "on a page like this one",
        [KEYS_TREE] = "on the tree of explain",
        [KEYS_MENU] = "in the list of scenes",
        [KEYS_LEAVE] = "when asked whether to leave",
        [KEYS_CONSENT] = "while a scene wants to write a file",
        [KEYS_OFFER] = "while an unfinished session is offered",
    };
    return helps[index];
}

static const struct choice choices[] = {
    {"activation", activation_name, activation_help},
    {"cost", cost_name, cost_help},
    {"optimizer", optimizer_name, optimizer_help},
    {"initializer", initializer_name, initializer_help},
    {"dataset", dataset_name, dataset_help},
    {"theme", theme_name, theme_help},
    {"command", command_name, command_help},
    {"comparison", comparable_name, comparable_help},
    {"format", format_name, format_help},
    {"setting", setting_name, setting_help},
    {"mode", key_mode_name, mode_help},
    {"key", key_name_at, no_help},
    {"move", pick_move_name, no_help},
    {"direction", move_name, no_help},
    {"grain", grain_name, no_help},
    {"screen", screen_name, no_help},
    {"scene", scene_name, no_help},
    {"topic", topic_name, no_help},
};

const struct choice *choice_named(const char *kind, size_t length) {
    return TABLE_WORD(choices, kind, length);
}
