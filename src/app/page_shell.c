/*
 * app/page_shell.c - completion for bash, zsh and fish, from the tables of actions,
 * options, commands, topics and scenes.
 *
 * Each script knows which action was typed and what stands before the word: the values
 * of an option, or else the action's options and what it takes. Options of all actions may
 * stand before the action.
 */
#include <ctype.h>
#include <string.h>

#include "base/table.h"
#include "lang/builtin.h"
#include "lang/command.h"
#include "formats.h"
#include "pages.h"
#include "view/theme.h"

/* ---- words ---- */

static const char *dashes(const struct option *option) {
    return option->name[1] == '\0' ? "-" : "--";
}

/* "a|b|c" behind "--NAME " in the usage of the action: the values that it takes. */
static bool put_usage_values(struct text *out, const struct action *action,
                             const struct option *option) {
    struct text mark = TEXT_EMPTY;
    text_printf(&mark, "--%s ", option->name);
    const char *at = strstr(action->usage, text_string(&mark));
    at = at ? at + mark.length : "";
    text_free(&mark);
    size_t length = strcspn(at, " ]");
    if (length == 0 || !memchr(at, '|', length) || isupper((unsigned char)*at)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        text_put_char(out, at[i] == '|' ? ' ' : at[i]);
    }
    return true;
}

/* The words that may be the value of an option. */
static void put_values(struct text *out, const struct action *action, const struct option *option) {
    if (put_usage_values(out, action, option)) {
        return;
    }
    if (strcmp(option->values, "<theme>") == 0) {
        for (size_t i = 0; theme_at(i); i++) {
            text_printf(out, "%s%s", i > 0 ? " " : "", theme_at(i)->name);
        }
    } else if (strcmp(option->values, "<format>") == 0) {
        const struct formats *formats = formats_of(action->name);
        for (size_t i = 0; formats && formats->name(i); i++) {
            text_printf(out, "%s%s", i > 0 ? " " : "", formats->name(i));
        }
    } else {
        text_put(out, option->values);
    }
}

static bool takes_file(const struct option *option) {
    return strcmp(option->values, "<file>") == 0;
}

static bool is_help(const struct action *action) {
    return strcmp(action->name, "help") == 0;
}

/* What stands behind the action: the pages of `help`, or the names of scenes. */
static void put_arguments(struct text *out, const struct action *action) {
    for (size_t i = 0; is_help(action) && command_at(i); i++) {
        text_printf(out, " %s", command_at(i)->name);
    }
    for (size_t i = 0; is_help(action) && i < builtin_topic_count; i++) {
        text_printf(out, " %s", builtin_topics[i].name);
    }
    for (size_t i = 1; is_help(action) && action_at(i); i++) {
        text_printf(out, " %s", action_at(i)->name);
    }
    for (size_t i = 0; !is_help(action) && action->most > 0 && i < builtin_scene_count; i++) {
        text_printf(out, " %s", builtin_scenes[i].name);
    }
}

/* Does the action take it, or, where none is named yet (NULL), any that may follow? */
static bool takes(const struct action *action, const struct option *option) {
    return !action || action_takes(action, option);
}

/* The action, or one that takes the option. */
static const struct action *taker(const struct action *action, const struct option *option) {
    for (size_t a = 0; !action; a++) {
        action = !action_at(a + 1) || action_takes(action_at(a), option) ? action_at(a) : NULL;
    }
    return action;
}

static void put_options(struct text *out, const struct action *action) {
    for (size_t i = 0; option_at(i); i++) {
        if (takes(action, option_at(i))) {
            text_printf(out, " %s%s", dashes(option_at(i)), option_at(i)->name);
        }
    }
}

static void put_action_names(struct text *out, const char *between) {
    for (size_t i = 1; action_at(i); i++) {
        text_printf(out, "%s%s", i > 1 ? between : "", action_at(i)->name);
    }
}

/* Words between single quotes; `quote` is how one of those is written there. */
static void put_quoted(struct text *out, const char *words, const char *quote) {
    text_put(out, "'");
    for (const char *c = words; *c; c++) {
        if (*c == '\'') {
            text_put(out, quote);
        } else {
            text_put_char(out, *c);
        }
    }
    text_put(out, "'");
}

/* ---- bash and zsh: a case for each option's value, then one for each action ---- */

/* How a shell writes the candidates for a value, and files as such. */
struct shell {
    const char *before, *after, *files;
};

static void put_value_case(struct text *out, const struct shell *shell, const char *name,
                           const struct action *action, const struct option *option) {
    struct text values = TEXT_EMPTY;
    text_printf(out, "    %s:%s%s) ", name, dashes(option), option->name);
    put_values(&values, action, option);
    if (takes_file(option)) {
        text_put(out, shell->files);
    } else if (values.length > 0) {
        text_printf(out, "%s%s%s", shell->before, text_string(&values), shell->after);
    }
    text_put(out, "return ;;\n");
    text_free(&values);
}

/* Where no action is named yet `action` is this. */
static const char *const none_yet = "any";

static void put_value_cases(struct text *out, const struct shell *shell) {
    text_put(out, "    case $action:$before in\n");
    for (size_t i = 0; option_at(i); i++) {
        const struct option *option = option_at(i);
        if (option->value) {
            put_value_case(out, shell, none_yet, taker(NULL, option), option);
        }
        for (size_t a = 0; option->value && action_at(a); a++) {
            if (action_takes(action_at(a), option)) {
                put_value_case(out, shell, action_at(a)->name, action_at(a), option);
            }
        }
    }
    text_put(out, "    esac\n");
}

/* The action is the first word that is no option, nor the value of one; empty, where that is
 * none. `word` is how the i-th word is written, `first` the first, `end` the one that is
 * completed. */
static void put_scan(struct text *out, const char *word, int first, const char *end) {
    text_printf(out,
                "    for ((i = %d; i < %s; i++)); do\n        case %s in\n"
                "        ",
                first, end, word);
    const char *between = "";
    for (size_t i = 0; option_at(i); i++) {
        if (option_at(i)->value) {
            text_printf(out, "%s%s%s", between, dashes(option_at(i)), option_at(i)->name);
            between = "|";
        }
    }
    text_put(out, ") ((i++)) ;;\n        -?*) ;;\n        ");
    put_action_names(out, "|");
    text_printf(
        out, ") action=%s; break ;;\n        *) action=; break ;;\n        esac\n    done\n", word);
}

static void page_bash(struct text *out) {
    text_put(out, "# bash completion for backstep; written by 'backstep help --format bash'\n"
                  "_backstep() {\n"
                  "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
                  "    local action=any words= i\n"
                  "    COMPREPLY=()\n");
    put_scan(out, "${COMP_WORDS[i]}", 1, "COMP_CWORD");
    /* file names are what bash itself fills in where nothing else is offered: blanks and all */
    put_value_cases(out, &(struct shell){"COMPREPLY=($(compgen -W '", "' -- \"$word\")); ", ""});
    text_printf(out, "    case $action in\n    '%s') words='", none_yet);
    put_options(out, NULL);
    put_arguments(out, action_at(0));
    text_put(out, " ");
    put_action_names(out, " ");
    text_put(out, "' ;;\n");
    for (size_t a = 0; action_at(a); a++) {
        const struct action *action = action_at(a);
        text_printf(out, "    '%s') words='", action->name);
        put_options(out, action);
        put_arguments(out, action);
        text_put(out, "' ;;\n");
    }
    text_put(out, "    esac\n"
                  "    # file names, where none of the words fits\n"
                  "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                  "}\n"
                  "complete -o default -F _backstep backstep\n");
}

/* "'NAME:what it is'" for _describe */
static void put_described(struct text *out, const char *before, const char *name,
                          const char *help) {
    struct text item = TEXT_EMPTY;
    text_printf(&item, "%s%s:%s", before, name, help);
    text_put(out, " ");
    put_quoted(out, text_string(&item), "'\\''");
    text_free(&item);
}

/* `action` NULL: none is named yet. */
static void put_zsh_action(struct text *out, const struct action *action) {
    text_printf(out, "    '%s')\n        options=(", action ? action->name : none_yet);
    for (size_t i = 0; option_at(i); i++) {
        if (takes(action, option_at(i))) {
            put_described(out, dashes(option_at(i)), option_at(i)->name, option_at(i)->help);
        }
    }
    text_put(out, ")\n        words=(");
    action = action ? action : action_at(0);
    for (size_t i = 0; is_help(action) && command_at(i); i++) {
        put_described(out, "", command_at(i)->name, command_at(i)->help);
    }
    for (size_t i = 1; is_help(action) && action_at(i); i++) {
        put_described(out, "", action_at(i)->name, action_at(i)->help);
    }
    for (size_t i = 0; is_help(action) && i < builtin_topic_count; i++) {
        put_described(out, "", builtin_topics[i].name, "a guide");
    }
    for (size_t i = 0; !is_help(action) && action->most > 0 && i < builtin_scene_count; i++) {
        put_described(out, "", builtin_scenes[i].name, "a built-in scene");
    }
    text_printf(out, ")\n        files=%d ;;\n", action->most > 0 && !is_help(action));
}

static void page_zsh(struct text *out) {
    text_put(out, "#compdef backstep\n"
                  "# zsh completion for backstep; written by 'backstep help --format zsh'\n"
                  "_backstep() {\n"
                  "    local action=any before=${words[CURRENT-1]} files=0 i\n"
                  "    local -a options actions\n");
    put_scan(out, "$words[i]", 2, "CURRENT");
    put_value_cases(out, &(struct shell){"compadd -- ", "; ", "_files; "});
    text_put(out, "    local -a words\n    case $action in\n");
    put_zsh_action(out, NULL);
    for (size_t a = 0; action_at(a); a++) {
        put_zsh_action(out, action_at(a));
    }
    text_printf(out, "    esac\n    if [[ $action == %s ]]; then\n        actions=(", none_yet);
    for (size_t a = 1; action_at(a); a++) {
        put_described(out, "", action_at(a)->name, action_at(a)->help);
    }
    text_put(out, ")\n        _describe action actions\n    fi\n"
                  "    if [[ $PREFIX == -* ]]; then\n        _describe option options\n"
                  "    else\n        _describe word words\n"
                  "        ((files)) && _files\n    fi\n"
                  "}\n_backstep \"$@\"\n");
}

/* ---- fish: a line for each word ---- */

static void put_fish(struct text *out, const struct action *action, const char *what,
                     const char *help) {
    text_put(out, "complete -c backstep -n '");
    if (*action->name) {
        text_printf(out, "__fish_seen_subcommand_from %s", action->name);
    } else {
        text_put(out, "not __fish_seen_subcommand_from ");
        put_action_names(out, " ");
    }
    text_printf(out, "' %s -d ", what);
    put_quoted(out, help, "\\'");
    text_put(out, "\n");
}

static void put_fish_option(struct text *out, const struct action *action,
                            const struct option *option) {
    const struct action *values = taker(*action->name ? action : NULL, option);
    struct text what = TEXT_EMPTY;
    text_printf(&what, "%s %s", option->name[1] == '\0' ? "-s" : "-l", option->name);
    if (option->value) {
        text_put(&what, takes_file(option) ? " -r -F" : " -x -a '");
        if (!takes_file(option)) {
            put_values(&what, values, option);
            text_put(&what, "'");
        }
    }
    put_fish(out, action, text_string(&what), option->help);
    text_free(&what);
}

static void put_fish_words(struct text *out, const struct action *action) {
    struct text words = TEXT_EMPTY, what = TEXT_EMPTY;
    put_arguments(&words, action);
    if (words.length > 0) {
        text_printf(&what, "%s'%s'", is_help(action) ? "-f -a " : "-F -a ", text_string(&words));
        put_fish(out, action, text_string(&what), is_help(action) ? "a command" : "a scene");
    }
    text_free(&words);
    text_free(&what);
}

static void page_fish(struct text *out) {
    text_put(out, "# fish completion for backstep; written by 'backstep help --format fish'\n");
    for (size_t a = 1; action_at(a); a++) {
        struct text what = TEXT_EMPTY;
        text_printf(&what, "-a %s", action_at(a)->name);
        put_fish(out, action_at(0), text_string(&what), action_at(a)->help);
        text_free(&what);
    }
    for (size_t a = 0; action_at(a); a++) {
        for (size_t i = 0; option_at(i); i++) {
            if (takes(a > 0 ? action_at(a) : NULL, option_at(i))) {
                put_fish_option(out, action_at(a), option_at(i));
            }
        }
        put_fish_words(out, action_at(a));
    }
}

/* ---- the table ---- */

const struct page *page_at(size_t index) {
    static const struct page pages[] = {
        {"man", page_man}, {"bash", page_bash}, {"zsh", page_zsh}, {"fish", page_fish}};
    return TABLE_AT(pages, index);
}
