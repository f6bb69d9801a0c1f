/*
 * app/options.c - reading the command line, from the table of actions here and that of
 * the options in options_table.c. Options may stand before the action too.
 */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "limit.h"

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
     "tell every step of the walk", "allow-files limit format grain ascii o e", 0, 1, action_trace},
    {"render",
     "backstep render SCENE [--size WxH] [--at STEP|MARK|end|all] [--format FORMAT] [-o FILE]",
     "write the screens that a person would see",
     "allow-files limit size at format ascii theme no-color speed o e", 0, 1, action_render},
    {"record", "backstep record FILE [SCENE]", "open a scene, and write what you do as a scene",
     "allow-files ascii no-color theme", 1, 2, action_record},
    {"fmt", "backstep fmt SCENE [-w|-o FILE]", "lay a scene out anew, with the same meaning", "w o",
     1, 1, action_fmt},
    {"worksheet", "backstep worksheet SCENE [--seed N] [--answers] [--format FORMAT] [-o FILE]",
     "write an exercise from the walk of a scene's end, or its answers; a seed draws numbers",
     "allow-files limit seed answers format o e", 0, 1, action_worksheet},
    {"list", "backstep list", "list the built-in scenes", "", 0, 0, action_list},
    {"help", "backstep help [COMMAND|TOPIC] [--format text|man|bash|zsh|fish]",
     "list the commands, or tell about one; or write the man page, or a shell's completion",
     "format", 0, 1, action_help},
};

const struct action *action_at(size_t index) {
    return index < sizeof actions / sizeof *actions ? &actions[index] : NULL;
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

/* An option as it was written: "--size=80x24", "-o". */
struct written {
    const char *word;
    char name[32];
    size_t length;     /* of the word up to '=' */
    const char *value; /* behind '=', or NULL */
};

static bool is_option(const char *word) {
    return word[0] == '-' && word[1] != '\0';
}

static struct written written_of(const char *word) {
    const char *name = word + (word[1] == '-' ? 2 : 1);
    size_t length = strcspn(name, "=");
    struct written written = {.word = word, .length = length + (size_t)(name - word)};
    written.value = name[length] == '=' ? name + length + 1 : NULL;
    memcpy(written.name, name, length < sizeof written.name ? length : sizeof written.name - 1);
    return written;
}

static bool names_option(const struct written *written, const struct option *option) {
    bool dashes = (option->name[1] != '\0') == (written->word[1] == '-');
    return dashes && strcmp(option->name, written->name) == 0;
}

/* One option at argv[*at]; moves past its value. */
static enum status read_option(struct options *o, const struct action *action, int argc,
                               char **argv, int *at, struct error *error) {
    struct written written = written_of(argv[*at]);
    const char *value = written.value;
    for (size_t i = 0; option_at(i); i++) {
        const struct option *option = option_at(i);
        if (!names_option(&written, option) || !action_takes(action, option)) {
            continue;
        }
        if (option->value && !value) {
            value = *at + 1 < argc ? argv[++*at] : NULL;
        }
        if (option->value && !value) {
            return error_set(error, STATUS_USAGE, "'%s' takes a value: %s", written.word,
                             action->usage);
        }
        if (!option->value && value) {
            return error_set(error, STATUS_USAGE, "'%.*s' takes no value", (int)written.length,
                             written.word);
        }
        return option->set(o, value, error);
    }
    return options_refuse_option(action, written.word, written.name, error);
}

const struct action *action_named(const char *word) {
    for (size_t i = 1; action_at(i); i++) { /* the first has no name */
        if (strcmp(actions[i].name, word) == 0) {
            return &actions[i];
        }
    }
    return NULL;
}

/* Where the action is named: by the first word that is no option, nor the value of one. */
static int action_place(int argc, char **argv) {
    int at = 1;
    while (at < argc && is_option(argv[at]) && strcmp(argv[at], "--") != 0) {
        struct written written = written_of(argv[at]);
        size_t i = 0;
        while (option_at(i) && !names_option(&written, option_at(i))) {
            i++;
        }
        at += option_at(i) && option_at(i)->value && !written.value ? 2 : 1;
    }
    return at;
}

/* What the usage names first: "a scene is missing: backstep check SCENE..." */
static enum status missing(const struct action *action, struct error *error) {
    char name[16] = "";
    const char *word = action->usage;
    while (*word && (*word < 'A' || *word > 'Z')) {
        word++;
    }
    for (size_t n = 0; n + 1 < sizeof name && word[n] >= 'A' && word[n] <= 'Z'; n++) {
        name[n] = (char)(word[n] - 'A' + 'a');
    }
    return error_set(error, STATUS_USAGE, "a %s is missing: %s", name, action->usage);
}

static enum status check_counts(const struct options *o, const struct action *action,
                                struct error *error) {
    if (o->help || o->version) {
        return STATUS_OK;
    }
    if (o->scene_count < action->fewest) {
        return missing(action, error);
    }
    if (*action->name == '\0' && o->scene_count > 0 && !options_names_scene(o->scenes[0]) &&
        options_refuse_action(o->scenes[0], o->scene_count == 1, error)) {
        return STATUS_USAGE;
    }
    if (o->scene_count > action->most) {
        return error_set(error, STATUS_USAGE, "unexpected '%s': %s", o->scenes[action->most],
                         action->usage);
    }
    bool needs_input =
        action->fewest == 0 && listed(action->takes, "e") && listed(action->takes, "format");
    if (needs_input && o->scene_count + o->line_count == 0) {
        return missing(action, error);
    }
    return STATUS_OK;
}

enum status options_read(struct options *o, const struct action **action, int argc, char **argv,
                         struct error *error) {
    *o = (struct options){.grain = GRAIN_EQUATION,
                          .rows = 24,
                          .cols = 80,
                          .speed = 1,
                          .seed = 1,
                          .limit = LIMIT_SECONDS};
    size_t room = argc > 0 ? (size_t)argc : 1;
    o->scenes = memory_array(room, sizeof *o->scenes);
    o->lines = memory_array(room, sizeof *o->lines);
    if (!o->scenes || !o->lines) {
        return error_memory(error);
    }
    int place = action_place(argc, argv);
    const struct action *named = place < argc ? action_named(argv[place]) : NULL;
    *action = named ? named : &actions[0];
    bool plain = false; /* after "--" */
    for (int at = 1; at < argc; at++) {
        if (named && at == place) {
            continue;
        }
        if (!plain && strcmp(argv[at], "--") == 0) {
            plain = true;
        } else if (!plain && is_option(argv[at])) {
            enum status status = read_option(o, *action, argc, argv, &at, error);
            if (status != STATUS_OK) {
                return status;
            }
        } else {
            o->scenes[o->scene_count++] = argv[at];
        }
    }
    return check_counts(o, *action, error);
}

void options_free(struct options *options) {
    free(options->scenes);
    free(options->lines);
}
