/*
 * app/options.c - reading the command line, from one table of actions and one of
 * options.
 */
#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "limit.h"
#include "view/canvas.h"

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
    {"trace", "backstep trace SCENE [--format FORMAT] [--grain element|equation]",
     "tell every step of the walk", "allow-files limit format grain ascii e", 0, 1, action_trace},
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

/* ---- the options ---- */

static enum status bad_value(struct error *error, const char *option, const char *value,
                             const char *right) {
    return error_set(error, STATUS_USAGE, "'%s' is no value for %s: %s is right", value, option,
                     right);
}

/* The digits at `*at` as a number; of a large one only that it is large. */
static int take_number(const char **at) {
    int number = 0;
    for (; **at >= '0' && **at <= '9'; ++*at) {
        number = number < 10000 ? number * 10 + (**at - '0') : number;
    }
    return number;
}

static enum status set_size(struct options *o, const char *value, struct error *error) {
    const char *at = value;
    int cols = take_number(&at);
    int rows = *at == 'x' ? (at++, take_number(&at)) : 0;
    if (*at != '\0' || cols < 1 || cols > CANVAS_MAX_COLS || rows < 1 || rows > CANVAS_MAX_ROWS) {
        return bad_value(error, "--size", value, "WIDTHxHEIGHT like 80x24, up to 2000x1000,");
    }
    o->cols = cols;
    o->rows = rows;
    return STATUS_OK;
}

static enum status set_speed(struct options *o, const char *value, struct error *error) {
    bool overflow;
    size_t taken = number_parse(value, strlen(value), &o->speed, &overflow);
    if (taken == 0 || value[taken] != '\0' || !(o->speed > 0 && o->speed <= 100)) {
        return bad_value(error, "--speed", value, "a number above 0 and at most 100");
    }
    return STATUS_OK;
}

static enum status set_limit(struct options *o, const char *value, struct error *error) {
    bool overflow;
    size_t taken = number_parse(value, strlen(value), &o->limit, &overflow);
    if (taken == 0 || value[taken] != '\0' || !(o->limit >= 0 && o->limit <= 1e9)) {
        return bad_value(error, "--limit", value, "a number of seconds, or 0 for no limit,");
    }
    return STATUS_OK;
}

static enum status set_seed(struct options *o, const char *value, struct error *error) {
    char *end;
    errno = 0;
    o->seed = strtoull(value, &end, 10);
    o->seeded = true;
    if (*value < '0' || *value > '9' || *end != '\0' || errno == ERANGE) {
        return bad_value(error, "--seed", value, "a whole number from 0");
    }
    return STATUS_OK;
}

static enum status set_grain(struct options *o, const char *value, struct error *error) {
    for (size_t g = GRAIN_ELEMENT; g <= GRAIN_EQUATION; g++) {
        if (strcmp(value, grain_name(g)) == 0) {
            o->grain = (enum grain)g;
            return STATUS_OK;
        }
    }
    return bad_value(error, "--grain", value, "'element' or 'equation'");
}

static enum status set_format(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->format = value;
    return STATUS_OK;
}
static enum status set_output(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->output = value;
    return STATUS_OK;
}
static enum status set_at(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->at = value;
    return STATUS_OK;
}
static enum status set_theme(struct options *o, const char *value, struct error *error) {
    struct text names = TEXT_EMPTY;
    o->theme = theme_named(value);
    for (size_t i = 0; theme_at(i) && !o->theme; i++) {
        const char *between = i == 0 ? "" : theme_at(i + 1) ? ", " : " or ";
        text_printf(&names, "%s'%s'", between, theme_at(i)->name);
    }
    enum status status =
        o->theme ? STATUS_OK : bad_value(error, "--theme", value, text_string(&names));
    text_free(&names);
    return status;
}
static enum status set_record(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->record = value;
    return STATUS_OK;
}
static enum status set_answers(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->answers = true;
    return STATUS_OK;
}
static enum status set_line(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->lines[o->line_count++] = value;
    return STATUS_OK;
}
static enum status set_write(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->write = true;
    return STATUS_OK;
}
static enum status set_allow_files(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->allow_files = true;
    return STATUS_OK;
}
static enum status set_loop(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->loop = true;
    return STATUS_OK;
}
static enum status set_ascii(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->ascii = true;
    return STATUS_OK;
}
static enum status set_no_color(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->no_color = true;
    return STATUS_OK;
}
static enum status set_plain(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->plain = true;
    return STATUS_OK;
}
static enum status set_help(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->help = true;
    return STATUS_OK;
}
static enum status set_version(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->version = true;
    return STATUS_OK;
}

static const struct option known_options[] = {
    {"help", NULL, "", "tell how the program is called", true, set_help},
    {"h", NULL, "", "the same", true, set_help},
    {"version", NULL, "", "tell the version", true, set_version},
    {"size", "WxH", "80x24 120x40", "the size of the screen, 80x24 unless given", false, set_size},
    {"speed", "X", "", "so many times as fast", false, set_speed},
    {"grain", "GRAIN", "element equation", "how much a step takes, an equation unless given", false,
     set_grain},
    {"format", "FORMAT", "<format>", "what is written: the first of the table unless given", false,
     set_format},
    {"o", "FILE", "<file>", "write to this file", false, set_output},
    {"at", "PLACE", "end all", "which screens: a step, a mark, the end, or all", false, set_at},
    {"theme", "NAME", "<theme>", "the colours", false, set_theme},
    {"e", "COMMAND", "", "run a command, after the scene; may be given again", false, set_line},
    {"w", NULL, "", "write the scene itself", false, set_write},
    {"allow-files", NULL, "",
     "let scenes read and write files outside their folders, without asking", false,
     set_allow_files},
    {"limit", "SECONDS", "",
     "seconds of the processor for a scene that nobody watches: 60; 0: no limit", false, set_limit},
    {"loop", NULL, "", "begin again at the end", false, set_loop},
    {"ascii", NULL, "", "no other characters than ASCII's", false, set_ascii},
    {"no-color", NULL, "", "no colours", false, set_no_color},
    {"plain", NULL, "", "lines of text in place of a screen, for readers that speak", false,
     set_plain},
    {"record", "FILE", "<file>", "film the session: .cast for asciinema, .html or .svg", false,
     set_record},
    {"seed", "N", "", "of a quiz: which elements it asks for; of a worksheet: its numbers", false,
     set_seed},
    {"answers", NULL, "", "with the answers in place of the blanks", false, set_answers},
};

const struct option *option_at(size_t index) {
    return index < sizeof known_options / sizeof *known_options ? &known_options[index] : NULL;
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

/* One option at argv[*at]; moves past its value. */
static enum status read_option(struct options *o, const struct action *action, int argc,
                               char **argv, int *at, struct error *error) {
    const char *word = argv[*at];
    const char *name = word + (word[1] == '-' ? 2 : 1);
    size_t length = strcspn(name, "=");
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    char plain[32] = "";
    memcpy(plain, name, length < sizeof plain ? length : sizeof plain - 1);
    for (size_t i = 0; i < sizeof known_options / sizeof *known_options; i++) {
        const struct option *option = &known_options[i];
        bool dashes = (option->name[1] != '\0') == (word[1] == '-');
        if (!dashes || strcmp(option->name, plain) != 0 || !action_takes(action, option)) {
            continue;
        }
        if (option->value && !value) {
            value = *at + 1 < argc ? argv[++*at] : NULL;
        }
        if (option->value && !value) {
            return error_set(error, STATUS_USAGE, "'%s' takes a value: %s", word, action->usage);
        }
        if (!option->value && value) {
            return error_set(error, STATUS_USAGE, "'%.*s' takes no value",
                             (int)(length + (size_t)(name - word)), word);
        }
        return option->set(o, value, error);
    }
    return options_refuse_option(action, word, plain, error);
}

static const struct action *find_action(const char *word) {
    for (size_t i = 1; action_at(i); i++) {
        if (strcmp(actions[i].name, word) == 0) {
            return &actions[i];
        }
    }
    return NULL;
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
    const struct action *named = argc > 1 ? find_action(argv[1]) : NULL;
    *action = named ? named : &actions[0];
    bool plain = false; /* after "--" */
    for (int at = named ? 2 : 1; at < argc; at++) {
        if (!plain && strcmp(argv[at], "--") == 0) {
            plain = true;
        } else if (!plain && argv[at][0] == '-' && argv[at][1] != '\0') {
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
