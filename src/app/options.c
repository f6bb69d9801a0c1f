/*
 * app/options.c - reading the command line, from the tables of actions and of options.
 * Options may stand before the action too.
 */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "limit.h"

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
        return option->set(o, option, value, error);
    }
    return options_refuse_option(action, written.word, written.name, error);
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
        name[n] = ascii_lower(word[n]);
    }
    return error_set(error, STATUS_USAGE, "a %s is missing: %s", name, action->usage);
}

static enum status check_counts(const struct options *o, const struct action *action,
                                struct error *error) {
    if (o->help || o->version) {
        return STATUS_OK;
    }
    if (o->scene_count + o->line_count < action->fewest) {
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
    *action = named ? named : action_at(0);
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
