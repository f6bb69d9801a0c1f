/*
 * lang/refuse.c - words that are not known: what would have been right is worked out from
 * the tables, and from lang/synonym.c for the words of other programs.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "call.h"
#include "lang/builtin.h"
#include "lang/keys.h"
#include "lang/synonym.h"

/* ---- what may stand behind a command ---- */

/* The first of a command's `words` is a table of which this is a row: then "COMMAND WORD"
 * is a line. */
static bool is_argument(const struct command *command, const struct word *word) {
    if (!command->words || command->words[0] != '<') {
        return false;
    }
    const char *kind = command->words + 1;
    const struct choice *choice = choice_named(kind, strcspn(kind, ">"));
    for (size_t i = 0; choice && strcmp(choice->kind, "mode") != 0 && choice->name(i); i++) {
        if (word_is(word, choice->name(i))) {
            return true;
        }
    }
    return false;
}

const struct command *command_taking(const struct word *word) {
    const struct command *command;
    size_t i = 0;
    while ((command = command_at(i)) && !is_argument(command, word)) {
        i++;
    }
    return command;
}

/* Is it one of the `words` that may stand behind the command? */
static bool is_option(const struct command *command, const char *word) {
    const char *at = command && command->words ? command->words : "";
    while (*at) {
        size_t length = strcspn(at, " ");
        if (string_is(word, at, length)) {
            return true;
        }
        at += length;
        at += strspn(at, " ");
    }
    return false;
}

/* ---- a name that is in no row of a table ---- */

/* What the word is good for elsewhere in the language, as a whole sentence: a command of
 * its own, a quantity; false where it is neither. */
static bool tell_elsewhere(const struct call *call, const char *name, const struct word *word,
                           struct nearest *nearest, struct text *out) {
    const struct command *command = command_named(name, strlen(name));
    bool quantity = word_names_quantity(word);
    if (is_option(call->command, quantity ? "<quantity>" : name)) {
        text_printf(out, "'%s' is the order", call->command->usage);
        return true;
    }
    if (command) {
        text_printf(out, "'%s' is a command of its own", command->usage);
        return true;
    }
    if (quantity) {
        text_printf(out, "'%s' is a quantity: 'print %s' shows it, '%s = ...' sets what can be set",
                    name, name, name);
        return true;
    }
    if (synonym_consider(nearest, "command")) {
        text_put(out, nearest_question(nearest));
        return true;
    }
    command = command_taking(word);
    if (command) {
        text_printf(out, "did you mean '%s %s'?", command->name, name);
    }
    return command != NULL;
}

enum status call_no_such(struct call *call, const struct word *word, const char *kind,
                         const char *otherwise) {
    const struct choice *choice = choice_named(kind, strlen(kind));
    char *name = word_copy(word);
    if (!name) {
        return error_memory(call->error);
    }
    struct nearest nearest = nearest_to(name);
    synonym_consider(&nearest, kind);
    for (size_t i = 0; choice->name(i); i++) {
        nearest_consider(&nearest, choice->name(i));
    }
    struct text elsewhere = TEXT_EMPTY;
    const char *right = nearest_question(&nearest);
    if (!right && tell_elsewhere(call, name, word, &nearest, &elsewhere)) {
        right = text_string(&elsewhere);
    }
    enum status status = elsewhere.failed ? error_memory(call->error)
                                          : word_error(call, word, "there is no %s '%s': %s", kind,
                                                       name, right ? right : otherwise);
    text_free(&elsewhere);
    free(name);
    return status;
}

enum status call_unknown(struct call *call, const struct word *word, const char *kind) {
    const struct choice *choice = choice_named(kind, strlen(kind));
    struct text all = TEXT_EMPTY;
    text_put(&all, "choose one of ");
    for (size_t i = 0; choice->name(i); i++) {
        text_printf(&all, "%s%s", i > 0 ? ", " : "", choice->name(i));
    }
    enum status status = call_no_such(call, word, kind, text_string(&all));
    text_free(&all);
    return status;
}

/* ---- a comma for a point ---- */

/* A comma between two digits, where no index or list goes on: "0,5", not "[1,2]" or "1,2,3". */
static bool is_decimal_comma(const char *bytes, size_t length, size_t at) {
    if (at == 0 || at + 1 >= length || bytes[at] != ',' || !ascii_is_digit(bytes[at - 1]) ||
        !ascii_is_digit(bytes[at + 1])) {
        return false;
    }
    size_t from = at, to = at + 1;
    while (from > 0 && ascii_is_digit(bytes[from - 1])) {
        from--;
    }
    while (to < length && ascii_is_digit(bytes[to])) {
        to++;
    }
    bool before = from > 0 && strchr(",[(", bytes[from - 1]),
         after = to < length && bytes[to] == ',';
    return !before && !after;
}

size_t decimal_commas(const char *bytes, size_t length) {
    size_t count = 0;
    for (size_t at = 0; at < length; at++) {
        count += is_decimal_comma(bytes, length, at);
    }
    return count;
}

void tell_decimal_sign(const struct call *call) {
    struct error *error = call->error, told = *error;
    size_t at = 0, column = 1;
    while (at < call->length && column < error->column) {
        uint32_t code_point;
        at += utf8_decode(call->line + at, call->length - at, &code_point);
        column++;
    }
    if (error->status == STATUS_INPUT && error->column > 0 &&
        is_decimal_comma(call->line, call->length, at)) {
        error_at(error, told.column, told.length, "%s; the decimal sign is a point", told.text);
    }
}

/* ---- a line that begins with no command ---- */

/* The word begins like a quantity, of which the error says what is amiss: "W[1,1]", "W7". */
static bool begins_like_quantity(const struct word *word) {
    struct word stem = *word;
    const char *bracket = memchr(word->bytes, '[', word->length);
    stem.length = bracket ? (size_t)(bracket - word->bytes) : word->length;
    return word_names_quantity(&stem) || quantity_is_layered(stem.bytes, stem.length);
}

/* A key of the screen, typed as if it were a command; NULL where it is none. */
static const struct key_row *typed_key(struct call *call, const char *name) {
    struct word more;
    return call_peek(call, &more) ? NULL : key_named(name);
}

static enum status refuse_key(struct call *call, const struct word *word,
                              const struct key_row *key) {
    bool at_prompt = call->runner->preview || call->runner->screen;
    return word_error(call, word, "'%.*s' is a key, which runs '%s': %s", (int)word->length,
                      word->bytes, key->command,
                      at_prompt ? "Escape leaves the prompt" : "here that is the command");
}

bool refuse_answer_key(struct call *call, const struct word *word) {
    bool at_prompt = call->runner->preview || call->runner->screen;
    bool alone = word->bytes + word->length == call->line + call->length;
    char *name = at_prompt && alone ? word_copy(word) : NULL;
    const struct key_row *key = name ? key_named(name) : NULL;
    free(name);
    if (key) {
        refuse_key(call, word, key);
    }
    return key != NULL;
}

/* Does the line from there on have a value? */
static bool is_expression(const struct call *call, const char *from) {
    struct names names = names_of_model(state_model(call->state));
    struct expr *expr = NULL;
    struct error unused = {0};
    size_t length = (size_t)(call->line + call->length - from);
    bool good = expr_parse(&names, from, length, 1, false, NULL, &expr, &unused) == STATUS_OK;
    expr_free(expr);
    return good;
}

/* A line in which the word would stand behind a command; false where it stands behind none. */
static bool put_command_before(struct text *out, const struct word *word, const char *name) {
    const struct command *command = command_taking(word);
    if (command) {
        text_printf(out, "%s %s", command->name, name);
        return true;
    }
    if (word_row(word, "topic") != SIZE_MAX) {
        text_printf(out, "help %s", name);
        return true;
    }
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (is_option(command, name)) {
            text_put(out, command->usage);
            return true;
        }
    }
    return false;
}

/* The word stands in a line that a table tells. */
static bool refuse_argument(struct call *call, const struct word *word, const char *name) {
    struct nearest nearest = nearest_to(name);
    struct text line = TEXT_EMPTY;
    bool found = !synonym_consider(&nearest, "command") && put_command_before(&line, word, name);
    if (found && line.failed) {
        error_memory(call->error);
    } else if (found) {
        word_error(call, word, "there is no command '%s': did you mean '%s'?", name,
                   text_string(&line));
    }
    text_free(&line);
    return found;
}

/* It begins with the name of a quantity: an index, a sign or `print` is missing. */
static enum status refuse_quantity(struct call *call, const struct word *word,
                                   const struct quantity *q, const char *name) {
    struct word next;
    bool more = call_peek(call, &next);
    bool number = more && strchr("0123456789.-+", next.bytes[0]);
    const char *end = call->line + call->length;
    bool sets = memchr(word->bytes, '=', (size_t)(end - word->bytes)) != NULL;
    bool whole = quantity_is_whole(state_model(call->state), q);
    if (more && whole && (next.bytes[0] == '[' || (sets && strchr("0123456789", next.bytes[0])))) {
        return word_error(call, &next, "an index stands right behind the name: '%s[...'", name);
    }
    if (more && next.length == 2 && memcmp(next.bytes, "==", 2) == 0) {
        return word_error(call, &next, "'==' compares: '%s = ...' sets, 'expect %s == ...' checks",
                          name, name);
    }
    if (number && !sets && quantity_is_settable(q)) {
        return word_error(call, &next, "a '=' stands before the value: '%s = %.*s'", name,
                          (int)(end - next.bytes), next.bytes);
    }
    if (number && refuse_argument(call, word, name)) {
        return call->error->status;
    }
    return word_error(call, word,
                      "'%s' alone is no command: 'print %s' shows it, '%s = ...' sets what can be "
                      "set",
                      name, name, name);
}

void call_consider_own(const struct call *call, struct nearest *nearest) {
    const struct own_words *own = call->runner->own;
    for (size_t i = 0; own && own->name(i); i++) {
        nearest_consider(nearest, own->name(i));
    }
}

/* It is nearer to a word of the runner's own than to any command. */
static bool refuse_own(struct call *call, const struct word *word, const char *name) {
    struct nearest nearest = nearest_to(name);
    synonym_consider(&nearest, "command");
    for (size_t i = 0; command_at(i); i++) {
        nearest_consider(&nearest, command_at(i)->name);
    }
    call_consider_own(call, &nearest);
    const char *right = nearest_found(&nearest);
    if (!right || nearest.synonym || command_named(right, strlen(right))) {
        return false;
    }
    word_error(call, word,
               "there is no command '%s': '%s' stands on the command line, 'help %s' tells of it",
               name, right, right);
    return true;
}

static enum status refuse_word(struct call *call, const struct word *word, const char *name) {
    const struct key_row *key = typed_key(call, name);
    if (key) {
        return refuse_key(call, word, key);
    }
    const char *paren = memchr(word->bytes, '(', word->length);
    struct word stem = {word->bytes, paren ? (size_t)(paren - word->bytes) : 0, word->column};
    if (word_names_quantity(&stem)) {
        return word_error(call, word, "an index stands in brackets: '%.*s[...'", (int)stem.length,
                          stem.bytes);
    }
    if (is_expression(call, word->bytes)) {
        return word_error(call, word, "an expression alone is no command: 'print %.*s' shows it",
                          (int)(call->line + call->length - word->bytes), word->bytes);
    }
    if (refuse_argument(call, word, name) || refuse_own(call, word, name)) {
        return call->error->status;
    }
    return call_no_such(call, word, "command", "'help' lists them");
}

enum status unknown_command(struct call *call, const struct word *word) {
    char *name = word_copy(word);
    if (!name) {
        return error_memory(call->error);
    }
    struct quantity q;
    size_t taken;
    struct error amiss = {0};
    enum status status = quantity_parse(state_model(call->state), word->bytes, word->length,
                                        word->column, &q, &taken, &amiss);
    if (status == STATUS_OK && taken == word->length) {
        status = refuse_quantity(call, word, &q, name);
    } else if (status != STATUS_OK && !typed_key(call, name) && begins_like_quantity(word)) {
        *call->error = amiss;
    } else {
        status = refuse_word(call, word, name);
    }
    free(name);
    return status;
}
