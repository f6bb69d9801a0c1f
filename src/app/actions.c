/*
 * app/actions.c - the table of actions: what the program can be called to do.
 */
#include <string.h>

#include "base/table.h"
#include "options.h"

static const struct action actions[] = {
    {"", "backstep [--plain] [--record FILE] [SCENE]", "open a scene, or the menu of scenes",
     "allow-files limit plain record ascii no-color theme", 0, 1, action_open},
    {"play", "backstep play SCENE... [--speed X] [--loop] [--record FILE]", "play scenes hands-off",
     "allow-files speed loop record ascii no-color theme", 1, 1000, action_play},
    {"quiz", "backstep quiz SCENE [--seed N] [--plain]",
     "ask for an element of every step of a scene's walk, and keep the score",
     "allow-files limit seed plain ascii no-color theme", 1, 1, action_quiz},
    {"run", "backstep run [SCENE|-] [-e COMMAND]...", "run a scene without a screen",
     "allow-files limit e", 0, 1, action_run},
    {"check", "backstep check SCENE...", "find every error in scenes", "allow-files limit", 1, 1000,
     action_check},
    {"trace", "backstep trace SCENE [--format FORMAT] [--grain element|equation] [-o FILE]",
     "tell every step of the walk", "allow-files limit format grain ascii o e", 1, 1, action_trace},
    {"render",
     "backstep render SCENE [--size WxH] [--at STEP|MARK|end|all] [--format FORMAT] [-o FILE]",
     "write the screens that a person would see",
     "allow-files limit size at format ascii theme no-color speed o e", 1, 1, action_render},
    {"record", "backstep record FILE [SCENE]", "open a scene, and write what you do as a scene",
     "allow-files ascii no-color theme", 1, 2, action_record},
    {"fmt", "backstep fmt SCENE [-w|-o FILE]", "lay a scene out anew, with the same meaning", "w o",
     1, 1, action_fmt},
    {"worksheet", "backstep worksheet SCENE [--seed N] [--answers] [--format FORMAT] [-o FILE]",
     "write an exercise from the walk of a scene's end, or its answers; a seed draws numbers",
     "allow-files limit seed answers format o e", 1, 1, action_worksheet},
    {"list", "backstep list", "list the built-in scenes", "", 0, 0, action_list},
    {"help", "backstep help [COMMAND|TOPIC] [--format text|man|bash|zsh|fish]",
     "list the commands, or tell about one; or write the man page, or a shell's completion",
     "format", 0, 1, action_help},
};

const struct action *action_at(size_t index) {
    return TABLE_AT(actions, index);
}

static bool listed(const char *names, const char *name) {
    size_t length = strlen(name);
    for (const char *at = names; (at = strstr(at, name)) != NULL; at += length) {
        bool starts = at == names || at[-1] == ' ';
        if (starts && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

bool action_takes(const struct action *action, const struct option *option) {
    return option->everywhere || listed(action->takes, option->name);
}

const struct action *action_named(const char *word) {
    return *word ? TABLE_NAMED(actions, word) : NULL; /* the first has no name */
}
