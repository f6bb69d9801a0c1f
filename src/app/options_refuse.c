/*
 * app/options_refuse.c - words of the command line that are not known: what would have
 * been right. What others call the actions and options stands in two tables; the rows of
 * the language's own tables are told by the commands that take them.
 */
#include <string.h>

#include "base/file.h"
#include "base/nearest.h"
#include "base/table.h"
#include "lang/builtin.h"
#include "lang/command.h"
#include "options.h"

/* A word in the place of an action's, and the command line that does it. */
static const struct synonym action_synonyms[] = {
    {"open show view start edit", "backstep SCENE", NULL},
    {"scenes ls demo demos example examples lessons tutorial", "backstep list", "backstep"},
    {"version ver", "backstep --version", NULL},
    {"man info usage commands manual", "backstep help", NULL},
    {"test verify lint validate", "backstep check SCENE", NULL},
    {"format tidy", "backstep fmt SCENE", NULL},
    {"exam", "backstep quiz SCENE", NULL},
    {"eval exec execute", "backstep run -e COMMAND", NULL},
    {"picture image screenshot svg html film gif", "backstep render SCENE --format svg", NULL},
    {"exercise exercises sheet homework", "backstep worksheet SCENE", NULL},
};

/* An option's name, and the option. */
static const struct synonym option_synonyms[] = {
    {"v ver", "version", NULL},
    {"usage", "help", NULL},
    {"color colour colors colours nocolour monochrome mono", "no-color", NULL},
    {"text speech accessible screenreader", "plain", NULL},
    {"geometry dimensions", "size", NULL},
    {"out output file", "o", NULL},
    {"c command exec eval", "e", NULL},
    {"f fmt type", "format", NULL},
    {"repeat", "loop", NULL},
};

/* Who takes it: "'play' and 'render' do". */
static void put_takers(struct text *out, const struct option *option) {
    size_t count = 0, n = 0;
    for (size_t i = 0; action_at(i); i++) {
        count += action_takes(action_at(i), option);
    }
    for (size_t i = 0; action_at(i); i++) {
        const char *name = action_at(i)->name;
        if (action_takes(action_at(i), option)) {
            const char *between = n == 0 ? "" : n + 1 == count ? " and " : ", ";
            text_printf(out, "%s'%s'", between, *name ? name : "backstep SCENE");
            n++;
        }
    }
    text_put(out, count == 1 ? " does" : " do");
}

/* An option that there is, of other actions. */
static enum status refuse_elsewhere(const struct action *action, const char *word,
                                    const struct option *option, struct error *error) {
    struct text takers = TEXT_EMPTY;
    put_takers(&takers, option);
    enum status status =
        error_set(error, STATUS_USAGE, "'%s' takes no '%.*s', but %s: %s",
                  *action->name ? action->name : "backstep SCENE", (int)strcspn(word, "="), word,
                  text_string(&takers), action->usage);
    text_free(&takers);
    return status;
}

enum status options_refuse_option(const struct action *action, const char *word, const char *name,
                                  struct error *error) {
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; i < TABLE_COUNT(option_synonyms); i++) {
        const struct option *option = option_named(option_synonyms[i].right);
        if (option && action_takes(action, option)) {
            nearest_means(&nearest, &option_synonyms[i]);
        }
    }
    for (size_t i = 0; option_at(i); i++) {
        if (action_takes(action, option_at(i))) {
            nearest_consider(&nearest, option_at(i)->name);
        }
    }
    const char *found = nearest_found(&nearest);
    const struct option *elsewhere = option_named(name);
    if (elsewhere && !action_takes(action, elsewhere)) {
        return refuse_elsewhere(action, word, elsewhere, error);
    }
    return found ? error_set(error, STATUS_USAGE, "there is no option '%s': did you mean '%s%s'?",
                             word, found[1] == '\0' ? "-" : "--", found)
                 : error_set(error, STATUS_USAGE, "there is no option '%s' here: %s", word,
                             action->usage);
}

bool options_refuse_action(const char *word, bool alone, struct error *error) {
    const struct command *command = command_named(word, strlen(word));
    if (command) {
        error_set(error, STATUS_USAGE,
                  "'%s' is a command for the prompt, a scene or 'backstep run -e': '%s'", word,
                  command->usage);
        return true;
    }
    struct nearest nearest = nearest_to(word);
    for (size_t i = 0; i < TABLE_COUNT(action_synonyms); i++) {
        nearest_means(&nearest, &action_synonyms[i]);
    }
    for (size_t i = 1; action_at(i) && !strchr(word, '/'); i++) {
        nearest_consider(&nearest, action_at(i)->name);
    }
    for (size_t i = 0; i < builtin_scene_count && alone; i++) {
        nearest_consider(&nearest, builtin_scenes[i].name);
    }
    const char *found = nearest_found(&nearest);
    if (!found || builtin_scene_named(found)) { /* whoever opens scenes tells of them */
        return false;
    }
    error_set(error, STATUS_USAGE, "there is no command '%s': %s", word,
              nearest_question(&nearest));
    return true;
}

bool options_names_scene(const char *word) {
    return strcmp(word, "-") == 0 || builtin_scene_named(word) || !file_is_missing(word);
}
