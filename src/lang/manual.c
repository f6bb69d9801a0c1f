/*
 * lang/manual.c - help, written from the tables: commands, keys, names, functions
 * and the rows that a command's words may come from.
 */
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/table.h"
#include "call.h"
#include "lang/builtin.h"
#include "lang/synonym.h"

enum { PAGE_COLUMNS = 79, USAGE_COLUMNS = 28, NAME_COLUMNS = 14, BEGINNING_LEAST = 3 };

/* A term and what it means, in two columns; the second begins on a line of its own
 * where the term is too long for the first. */
static void put_column(struct text *out, const char *term, size_t width, const char *meaning) {
    bool fits = strlen(term) <= width;
    text_printf(out, "  %s%s", term, fits ? "" : "\n");
    text_put_wrapped(out, meaning, fits ? 2 + strlen(term) : 0, width + 4, PAGE_COLUMNS);
}

static void put_commands(struct text *out) {
    for (size_t group = 0; group < GROUPS; group++) {
        text_printf(out, "%s%s\n", group > 0 ? "\n" : "", group_title((enum group)group));
        for (size_t i = 0; command_at(i); i++) {
            if (command_at(i)->group == (enum group)group) {
                put_column(out, command_at(i)->usage, USAGE_COLUMNS, command_at(i)->help);
            }
        }
        if (group == GROUP_NETWORK) {
            put_column(out, command_assignment()->usage, USAGE_COLUMNS, command_assignment()->help);
        }
    }
    struct text more = TEXT_EMPTY;
    text_put(&more, "'help COMMAND' tells more; 'help names' lists the quantities, "
                    "'help functions' the functions, 'help keys' the keys.");
    for (size_t i = 0; i < builtin_topic_count; i++) {
        text_printf(&more, "%s %s", i == 0 ? " Topics:" : "", builtin_topics[i].name);
    }
    text_put(out, "\n");
    text_put_wrapped(out, text_string(&more), 0, 0, PAGE_COLUMNS);
    text_free(&more);
}

static void put_names(struct text *out) {
    text_put(out, "k is the number of a layer: z1 belongs to layer 1, W0 joins layer 0 to "
                  "layer 1.\nIndices count from 1: z1[2], W0[from,to].\n\n");
    for (size_t n = 0; quantity_alias_at(n); n++) {
        put_column(out, quantity_alias_at(n)->name, NAME_COLUMNS, quantity_alias_at(n)->meaning);
    }
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        struct text name = TEXT_EMPTY, meaning = TEXT_EMPTY;
        text_printf(&name, "%s%s", row->name, row->layered ? "k" : "");
        text_printf(&meaning, "%s%s", row->meaning, row->assignable ? "; can be set" : "");
        put_column(out, text_string(&name), NAME_COLUMNS, text_string(&meaning));
        text_free(&name);
        text_free(&meaning);
    }
}

static void put_functions(struct text *out) {
    for (size_t i = 0; function_at(i); i++) {
        put_column(out, function_at(i)->name, NAME_COLUMNS, function_at(i)->help);
    }
    text_put(out, "\nOperators: + - * / ^ and ' (transposed), < <= > >= == != (1 or 0). All but '"
                  "\nwork element by element: .* ./ and .^ are the same.\n");
}

/* The rows of a table with what they mean; names that need no word, side by side. */
static void put_choice(struct text *out, const struct choice *choice) {
    struct text names = TEXT_EMPTY;
    for (size_t i = 0; choice->name(i); i++) {
        if (*choice->help(i)) {
            put_column(out, choice->name(i), NAME_COLUMNS, choice->help(i));
        } else {
            text_printf(&names, "%s%s", names.length > 0 ? ", " : "", choice->name(i));
        }
    }
    if (names.length > 0) {
        text_put_wrapped(out, text_string(&names), 0, 2, PAGE_COLUMNS);
    }
    text_free(&names);
}

/* The rows of each table that the command's words name. */
static void put_choices(struct text *out, const struct command *command) {
    const char *from = command->words;
    while (from && (from = strchr(from, '<')) != NULL) {
        size_t length = strcspn(from + 1, ">");
        const struct choice *choice = choice_named(from + 1, length);
        bool commands = length == strlen("command") && strncmp(from + 1, "command", length) == 0;
        if (choice && !commands) { /* these have a page of their own */
            text_put(out, "\n");
            put_choice(out, choice);
        }
        from += length;
    }
}

static void put_command(struct text *out, const struct command *command) {
    struct text help = TEXT_EMPTY;
    text_printf(&help, "%s.", command->help);
    text_printf(out, "%s\n", command->usage);
    text_put_wrapped(out, text_string(&help), 0, 2, PAGE_COLUMNS);
    text_free(&help);
    put_choices(out, command);
    if (command->example) {
        text_printf(out, "\nExample: %s\n", command->example);
    }
}

/* All commands, names and functions on one page. */
static void put_reference(struct text *out) {
    for (size_t i = 0; command_at(i); i++) {
        put_command(out, command_at(i));
        text_put(out, "\n");
    }
    text_put(out, "Names\n\n");
    put_names(out);
    text_put(out, "\nFunctions\n\n");
    put_functions(out);
}

static const struct builtin *find_topic(const char *name) {
    return table_named(builtin_topics, builtin_topic_count, sizeof *builtin_topics, name);
}

static const struct page {
    const char *name;
    void (*put)(struct text *out);
} pages[] = {
    {"commands", put_commands},
    {"names", put_names},
    {"functions", put_functions},
    {"reference", put_reference},
};

static const char *const keys_page = "keys"; /* has the width of the screen */

static const char *const keys_without_screen =
    "With --plain there is no screen: Enter takes a step, 'continue' goes on with the scene, "
    "where it says Space, and every line is a command, without ':'.";

/* What the word means to the runner: `behind` a page of the language, or alone. */
static bool put_own_page(struct text *out, const struct runner *runner, const char *name,
                         bool behind) {
    struct text page = TEXT_EMPTY;
    bool own = runner->own && runner->own->page(&page, name);
    if (own) {
        text_printf(out, "%sOn the command line:\n\n%s", behind ? "\n" : "", text_string(&page));
    }
    text_free(&page);
    return own;
}

/* The page or topic, no command, whose name alone begins like this: "scene" is scenes. NULL
 * where there is none, or several are. */
static const char *page_begun(const char *name) {
    size_t length = strlen(name), count = 0;
    const char *found = NULL, *other = keys_page;
    for (size_t i = 0; other; i++) {
        if (strncmp(other, name, length) == 0) {
            found = other;
            count++;
        }
        other = i < TABLE_COUNT(pages) ? pages[i].name
                : i - TABLE_COUNT(pages) < builtin_topic_count
                    ? builtin_topics[i - TABLE_COUNT(pages)].name
                    : NULL;
    }
    return length >= BEGINNING_LEAST && count == 1 ? found : NULL;
}

static bool put_page(struct text *out, const struct runner *runner, const char *name) {
    if (strcmp(name, keys_page) == 0) {
        manual_keys(out, runner->preferences ? &runner->preferences->bindings : NULL,
                    runner->columns > 0 ? runner->columns : PAGE_COLUMNS);
        if (runner->columns == 0) {
            text_put(out, "\n");
            text_put_wrapped(out, keys_without_screen, 0, 0, PAGE_COLUMNS);
        }
        return true;
    }
    const struct page *page = TABLE_NAMED(pages, name);
    if (page) {
        page->put(out);
        return true;
    }
    const struct command *command = command_named(name, strlen(name));
    const struct builtin *topic = find_topic(name);
    if (command) {
        put_command(out, command);
    } else if (topic) {
        text_put(out, topic->text);
    }
    bool own = put_own_page(out, runner, name, command || topic);
    return command || topic || own;
}

/* The word is no command, page or topic: say which of them is near. */
static enum status unknown_page(struct call *call, const struct word *word, const char *name) {
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; command_at(i); i++) {
        nearest_consider(&nearest, command_at(i)->name);
    }
    for (size_t i = 0; i < builtin_topic_count; i++) {
        nearest_consider(&nearest, builtin_topics[i].name);
    }
    for (size_t i = 0; i < TABLE_COUNT(pages); i++) {
        nearest_consider(&nearest, pages[i].name);
    }
    nearest_consider(&nearest, keys_page);
    call_consider_own(call, &nearest);
    synonym_consider(&nearest, "command");
    if (nearest_question(&nearest)) {
        return word_error(call, word, "there is no help on '%s': %s", name,
                          nearest_question(&nearest));
    }
    const struct command *command = command_taking(word);
    if (command || word_row(word, "key") != SIZE_MAX) {
        return word_error(call, word, "there is no help on '%s' alone: 'help %s' tells of it", name,
                          command ? command->name : keys_page);
    }
    if (word_names_quantity(word) || quantity_is_layered(word->bytes, word->length)) {
        return word_error(call, word, "'%s' is a quantity: 'help names' tells of all", name);
    }
    return word_error(call, word, "there is no help on '%s': 'help' lists what there is", name);
}

enum status run_help(struct call *call) {
    struct word word;
    call->result->request = REQUEST_HELP;
    if (!call_word(call, &word)) {
        put_commands(&call->result->output);
        return STATUS_OK;
    }
    char *name = word_copy(&word);
    if (!name) {
        return error_memory(call->error);
    }
    struct text *out = &call->result->output;
    bool found = put_page(out, call->runner, name) ||
                 (page_begun(name) && put_page(out, call->runner, page_begun(name)));
    enum status status = found ? call_end(call) : unknown_page(call, &word, name);
    text_cut(out, status == STATUS_OK ? out->length : 0);
    free(name);
    return status;
}
