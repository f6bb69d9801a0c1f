/*
 * lang/complete.c - completion from the tables.
 */
#include "lang/complete.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "call.h"
#include "source_private.h"

enum { CANDIDATES_MOST = 500, LAYERS_MOST = 50 };

struct candidates {
    const char *prefix;
    size_t length;
    char **list;
    size_t count, capacity;
};

static bool is_begun(const struct candidates *c, const char *word) {
    return strncmp(word, c->prefix, c->length) == 0 && c->count < CANDIDATES_MOST;
}

static void keep(struct candidates *c, const char *word, const char *ending) {
    char **list = memory_grow(c->list, c->count + 1, &c->capacity, sizeof *list);
    if (!list) {
        return;
    }
    c->list = list;
    struct text full = TEXT_EMPTY;
    text_put(&full, word);
    text_put(&full, ending);
    if (full.failed) {
        text_free(&full);
        return;
    }
    c->list[c->count++] = full.bytes;
    c->list[c->count] = NULL;
}

static void add(struct candidates *c, const char *word, const char *ending) {
    if (is_begun(c, word)) {
        keep(c, word, ending);
    }
}

static void add_quantities(struct candidates *c, const struct model *model, bool assignable) {
    for (size_t n = 0; quantity_alias_at(n); n++) {
        const struct quantity_alias *alias = quantity_alias_at(n);
        if (!assignable || (alias->kind == QUANTITY_R && !alias->last)) {
            add(c, alias->name, "");
        }
    }
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        size_t first, last;
        if ((assignable && !row->assignable) ||
            !quantity_layers(model, (enum quantity_kind)kind, &first, &last)) {
            continue;
        }
        for (size_t k = first; k <= last && k < first + LAYERS_MOST; k++) {
            struct text name = TEXT_EMPTY;
            text_put(&name, row->name);
            if (row->layered) {
                text_printf(&name, "%zu", k);
            }
            add(c, text_string(&name), "");
            text_free(&name);
        }
    }
}

static void add_functions(struct candidates *c) {
    for (size_t i = 0; function_at(i); i++) {
        add(c, function_at(i)->name, "(");
    }
}

static void add_choice(struct candidates *c, const char *kind, size_t length) {
    const struct choice *choice = choice_named(kind, length);
    for (size_t i = 0; choice && choice->name(i); i++) {
        add(c, choice->name(i), "");
    }
}

/* Can a line hold the name as it is? Whoever made a file of an archive chose it: no
 * newline and no escape sequence of theirs gets into a line. */
static bool is_typable(const char *name) {
    size_t left = strlen(name);
    while (left > 0) {
        uint32_t code_point;
        size_t taken = utf8_decode(name, left, &code_point);
        if (!utf8_harmless(code_point) || code_point == 0xFFFD) {
            return false;
        }
        name += taken;
        left -= taken;
    }
    return true;
}

/* In quotes where the name is no single word of a line without them: "a; quit". Those of a
 * folder stay open, for what is in it. */
static void add_file(struct candidates *c, const struct text *path, bool folder) {
    struct text word = TEXT_EMPTY;
    if (is_begun(c, text_string(path)) && is_typable(text_string(path)) &&
        word_put(&word, text_string(path)) && !word.failed) {
        bool quoted = word.length > path->length;
        text_cut(&word, word.length - (folder && quoted ? 1 : 0));
        keep(c, text_string(&word), "");
    }
    text_free(&word);
}

/* File names in the folder that the prefix names; hidden ones only when asked for. */
static void add_files(struct candidates *c) {
    const char *slash = NULL;
    for (size_t i = 0; i < c->length; i++) {
        slash = c->prefix[i] == '/' ? c->prefix + i : slash;
    }
    size_t folder_length = slash ? (size_t)(slash - c->prefix) + 1 : 0;
    char *folder = folder_length ? string_copy_bytes(c->prefix, folder_length) : string_copy(".");
    DIR *open = folder ? opendir(folder) : NULL;
    struct dirent *entry;
    while (open && (entry = readdir(open)) != NULL) {
        bool hidden = entry->d_name[0] == '.' &&
                      !(c->length > folder_length && c->prefix[folder_length] == '.');
        struct text path = TEXT_EMPTY;
        text_put_bytes(&path, c->prefix, folder_length);
        text_put(&path, entry->d_name);
        struct stat info;
        bool into = stat(text_string(&path), &info) == 0 && S_ISDIR(info.st_mode);
        text_put(&path, into ? "/" : "");
        if (!hidden && !path.failed) {
            add_file(c, &path, into);
        }
        text_free(&path);
    }
    if (open) {
        closedir(open);
    }
    free(folder);
}

static bool is_name_char(char c) {
    return ascii_is_letter(c) || ascii_is_digit(c) || c == '_' || c == '-' || c == '.' ||
           c == '/' || c == '~';
}

/* In an expression a name has letters and digits only. */
static bool is_quantity_char(char c) {
    return is_name_char(c) && c != '-' && c != '.' && c != '/' && c != '~';
}

/* ---- indices ---- */

enum { INDICES_MOST = 200 };

/* Where the index list that `cursor` stands in begins, behind its '['; `from` where there
 * is none: "[1 -2" is a list, and no index. */
static size_t index_start(const char *line, size_t from, size_t cursor) {
    size_t at = cursor;
    while (at > from && strchr("0123456789, ", line[at - 1])) {
        at--;
    }
    bool behind_name = at > from + 1 && line[at - 1] == '[' && is_quantity_char(line[at - 2]);
    return behind_name ? at : from;
}

/* The numbers that may stand there: of the first index, or behind a comma of the second. */
static void add_indices(struct candidates *c, const struct model *model, const char *line,
                        size_t from, size_t list) {
    size_t name = list - 1, taken, rows, cols;
    while (name > from && is_quantity_char(line[name - 1])) {
        name--;
    }
    struct quantity q;
    if (quantity_parse(model, line + name, list - 1 - name, 1, &q, &taken, NULL) != STATUS_OK) {
        return;
    }
    quantity_shape(model, &q, &rows, &cols);
    bool matrix = quantity_rank(model, &q) == 2;
    bool second = memchr(line + list, ',', (size_t)(c->prefix - line) - list) != NULL;
    size_t most = matrix && !second ? rows : cols;
    if (quantity_rank(model, &q) == 0 || (second && !matrix)) {
        return;
    }
    for (size_t n = 1; n <= most && n <= INDICES_MOST; n++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", n);
        add(c, number, matrix && !second ? "," : "]");
    }
}

/* What a word of a row's `words` stands for. */
static void add_word(struct candidates *c, const struct state *state, const char *word,
                     size_t length) {
    if (word[0] != '<') {
        char *plain = string_copy_bytes(word, length);
        if (plain) {
            add(c, plain, "");
        }
        free(plain);
        return;
    }
    const char *kind = word + 1;
    size_t kind_length = length - 2;
    if (string_is("quantity", kind, kind_length)) {
        add_quantities(c, state_model(state), false);
    } else if (string_is("function", kind, kind_length)) {
        add_functions(c);
    } else if (string_is("file", kind, kind_length)) {
        add_files(c);
    } else {
        add_choice(c, kind, kind_length);
    }
}

static void add_words(struct candidates *c, const struct state *state,
                      const struct command *command) {
    const char *at = command->words ? command->words : "";
    while (*at) {
        size_t length = strcspn(at, " ");
        add_word(c, state, at, length);
        at += length;
        at += strspn(at, " ");
    }
}

/* Where the statement that holds byte `cursor` begins, as a scene is cut; a comment is none. */
static size_t statement_start(const char *line, size_t cursor) {
    bool comment;
    size_t start = 0, end;
    while ((end = source_statement_end(line, start, cursor, &comment)) < cursor) {
        if (comment) {
            return end;
        }
        start = end + 1;
    }
    while (start < cursor && line[start] == ' ') {
        start++;
    }
    return start;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The same word may come from two tables (lr is a command and a quantity). */
static void sort_and_unite(struct candidates *c) {
    qsort(c->list, c->count, sizeof *c->list, by_name);
    size_t kept = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (kept > 0 && strcmp(c->list[kept - 1], c->list[i]) == 0) {
            free(c->list[i]);
        } else {
            c->list[kept++] = c->list[i];
        }
    }
    c->count = kept;
    c->list[kept] = NULL;
}

/* The command whose word begins at `from`; NULL for none. */
static const struct command *command_of(const char *line, size_t from, size_t to) {
    size_t length = 0;
    while (from + length < to && is_name_char(line[from + length])) {
        length++;
    }
    return command_named(line + from, length);
}

/* The command that the words at `cursor` belong to: behind `compare` that which is
 * compared with, once its name stands there. */
static const struct command *command_at_cursor(const char *line, size_t from, size_t cursor) {
    const struct command *command = command_of(line, from, cursor);
    if (!command || command->run != run_compare) {
        return command;
    }
    size_t inner = from + strlen(command->name);
    while (inner < cursor && line[inner] == ' ') {
        inner++;
    }
    const struct command *other = command_of(line, inner, cursor);
    bool named = other && (other->flags & COMMAND_COMPARE) && inner + strlen(other->name) < cursor;
    return named ? other : command;
}

/* Where the quote is that is still open in the statement at `from`; `cursor` for none. */
static size_t open_quote(const char *line, size_t from, size_t cursor) {
    size_t quote = cursor;
    for (size_t at = from; at < cursor; at++) {
        if (line[at] == '"') {
            quote = quote == cursor ? at : cursor;
        }
    }
    return quote;
}

/* A file's name that the line does not hold as one word yet: behind a quote that is still
 * open, or with a ';' in it, where there is such a file. */
static bool complete_odd_name(struct candidates *c, const char *line, size_t cursor,
                              size_t *start) {
    size_t from = statement_start(line, cursor), quote = open_quote(line, from, cursor);
    size_t word = quote;
    if (quote == cursor) {
        while (word > 0 && line[word - 1] != ' ') {
            word--;
        }
        if (word >= from) {
            return false;
        }
        from = statement_start(line, word);
    }
    const struct command *command = command_of(line, from, word);
    if (word > from && command && command->words && strstr(command->words, "<file>")) {
        size_t begin = word + (quote < cursor);
        *c = (struct candidates){.prefix = line + begin, .length = cursor - begin};
        *start = word;
        add_files(c);
    }
    return c->count > 0;
}

char **complete_line(const struct state *state, const char *line, size_t cursor, size_t *start) {
    struct candidates c = {.count = 0};
    if (complete_odd_name(&c, line, cursor, start)) {
        sort_and_unite(&c);
        return c.list;
    }
    size_t from = statement_start(line, cursor);
    bool assignment = is_assignment(line + from, cursor - from);
    const struct command *command = assignment ? NULL : command_at_cursor(line, from, cursor);
    bool expression =
        assignment || (command && command->words && strchr(command->words, '<') &&
                       strstr(command->words, "<quantity>") && !strstr(command->words, "<file>"));
    bool file = command && command->words && strstr(command->words, "<file>");
    *start = cursor;
    while (*start > from && (expression ? is_quantity_char(line[*start - 1])
                             : file     ? line[*start - 1] != ' '
                                        : is_name_char(line[*start - 1]))) {
        (*start)--;
    }
    size_t list = file ? from : index_start(line, from, cursor);
    c = (struct candidates){.prefix = line + *start, .length = cursor - *start};
    if (list > from) {
        add_indices(&c, state_model(state), line, from, list);
        return c.list; /* in their own order */
    }
    if (*start == from) {
        add_choice(&c, "command", 7);
        add_quantities(&c, state_model(state), true);
    } else if (assignment) {
        add_quantities(&c, state_model(state), false);
        add_functions(&c);
    } else if (command) {
        add_words(&c, state, command);
    }
    if (c.count > 0) {
        sort_and_unite(&c);
    }
    return c.list;
}

void complete_free(char **candidates) {
    for (size_t i = 0; candidates && candidates[i]; i++) {
        free(candidates[i]);
    }
    free(candidates);
}

void complete_usage(const char *line, struct text *usage) {
    size_t length = strlen(line);
    size_t from = statement_start(line, length);
    if (from == length) {
        return;
    }
    if (is_assignment(line + from, length - from)) {
        text_put(usage, command_assignment()->usage);
        return;
    }
    const struct command *command = command_of(line, from, length);
    if (command) {
        text_printf(usage, "%s - %s", command->usage, command->help);
    }
}
