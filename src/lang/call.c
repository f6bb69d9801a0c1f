/*
 * lang/call.c - reading the arguments of a command.
 */
#include "call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/number.h"
#include "base/utf8.h"

static bool is_blank(char c) {
    return ascii_is_blank(c) || c == '\n' || c == '\r';
}

/* Words are asked for from left to right: a long line is not counted from its start
 * again for each of them. */
size_t call_column(struct call *call, size_t at) {
    if (at < call->counted) {
        call->counted = call->column = 0;
    }
    call->column += utf8_length(call->line + call->counted, at - call->counted);
    call->counted = at;
    return call->column + 1;
}

void call_skip_blanks(struct call *call) {
    while (call->at < call->length && is_blank(call->line[call->at])) {
        call->at++;
    }
}

bool call_word(struct call *call, struct word *word) {
    call_skip_blanks(call);
    size_t from = call->at;
    *word = (struct word){call->line + from, 0, call_column(call, from)};
    if (from < call->length && call->line[from] == '"') {
        const char *end = memchr(call->line + from + 1, '"', call->length - from - 1);
        if (end) {
            word->bytes++;
            word->length = (size_t)(end - word->bytes);
            call->at = from + word->length + 2;
            return true;
        }
    }
    while (call->at < call->length && !is_blank(call->line[call->at])) {
        call->at++;
    }
    word->length = call->at - from;
    return word->length > 0;
}

bool call_peek(struct call *call, struct word *word) {
    size_t at = call->at;
    bool found = call_word(call, word);
    call->at = at;
    return found;
}

bool word_is(const struct word *word, const char *string) {
    return string_is(string, word->bytes, word->length);
}

bool word_names_quantity(const struct word *word) {
    size_t stem = word->length;
    while (stem > 0 && ascii_is_digit(word->bytes[stem - 1])) {
        stem--;
    }
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        size_t length = row->layered && stem < word->length ? stem : word->length;
        if (string_is(row->name, word->bytes, length) && (!row->layered || stem < word->length)) {
            return true;
        }
    }
    for (size_t n = 0; quantity_alias_at(n); n++) {
        if (word_is(word, quantity_alias_at(n)->name)) {
            return true;
        }
    }
    return false;
}

char *word_copy(const struct word *word) {
    return string_copy_bytes(word->bytes, word->length);
}

bool word_put(struct text *out, const char *word) {
    size_t length = strlen(word);
    bool joins = length > 0 && word[length - 1] == '\\'; /* the next line, at the end of one */
    bool quoted = length == 0 || joins || strpbrk(word, " \t;#[(") != NULL;
    bool good = quoted ? !strchr(word, '"') : *word != '"';
    for (const char *c = word; *c; c++) {
        good = good && ((unsigned char)*c >= 0x20 || *c == '\t') && *c != 0x7F;
    }
    text_printf(out, quoted ? "\"%s\"" : "%s", word);
    return good;
}

enum status word_error(struct call *call, const struct word *word, const char *format, ...) {
    struct text text = TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&text, format, arguments);
    va_end(arguments);
    enum status status =
        text.failed ? error_memory(call->error)
                    : error_at(call->error, word->column, utf8_length(word->bytes, word->length),
                               "%s", text_string(&text));
    text_free(&text);
    return status;
}

enum status call_missing(struct call *call, const char *what) {
    return error_at(call->error, call_column(call, call->length), 1, "%s is missing: '%s'", what,
                    call->command->usage);
}

enum status call_end(struct call *call) {
    struct word word;
    if (!call_peek(call, &word)) {
        return STATUS_OK;
    }
    bool compares =
        word.bytes[0] == '=' && call->command->words && strstr(call->command->words, "<quantity>");
    bool nears = compares && strchr(call->command->usage, '~');
    return nears ? word_error(call, &word, "unexpected '=': '~' compares, '==' to the last bit")
           : compares ? word_error(call, &word, "unexpected '=': '==' compares")
                      : word_error(call, &word, "unexpected '%.*s': '%s' is all", (int)word.length,
                                   word.bytes, call->command->usage);
}

enum status call_refuse_off(struct call *call) {
    struct word word;
    bool off = call_peek(call, &word) && (word_is(&word, "off") || word_is(&word, "none"));
    return off ? word_error(call, &word, "'%s 0' turns it off", call->command->name) : STATUS_OK;
}

enum status call_on_off(struct call *call, bool *on) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, "'on' or 'off'");
    }
    *on = word_is(&word, "on");
    if (!*on && !word_is(&word, "off")) {
        return word_error(call, &word, "'%.*s' is neither 'on' nor 'off'", (int)word.length,
                          word.bytes);
    }
    return STATUS_OK;
}

enum status call_switch(struct call *call, bool *on) {
    enum status status = call_on_off(call, on);
    return status == STATUS_OK ? call_end(call) : status;
}

bool word_digits(const struct word *word, uint64_t *value) {
    bool digits = word->length > 0 && word->length <= 18;
    *value = 0;
    for (size_t i = 0; i < word->length && digits; i++) {
        digits = ascii_is_digit(word->bytes[i]);
        *value = *value * 10 + (uint64_t)(word->bytes[i] - '0');
    }
    return digits;
}

enum status call_count(struct call *call, const char *what, uint64_t least, uint64_t most,
                       uint64_t *value) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, what);
    }
    bool good = word_digits(&word, value) && *value >= least && *value <= most;
    if (!good && least == most) {
        return word_error(call, &word, "'%.*s' is no %s here: %llu is the only one",
                          (int)word.length, word.bytes, what, (unsigned long long)most);
    }
    if (!good) {
        return word_error(call, &word, "'%.*s' is no %s: a whole number from %llu to %llu is right",
                          (int)word.length, word.bytes, what, (unsigned long long)least,
                          (unsigned long long)most);
    }
    return STATUS_OK;
}

enum status call_seed(struct call *call, uint64_t *seed) {
    return call_count(call, "seed", 0, UINT64_C(999999999999999999), seed);
}

enum status call_last_seed(struct call *call, uint64_t *seed) {
    struct word word;
    if (call_peek(call, &word) && word_is(&word, "seed")) {
        call_word(call, &word);
        enum status status = call_seed(call, seed);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return call_end(call);
}

char *call_rest(struct call *call) {
    call_skip_blanks(call);
    size_t from = call->at;
    call->at = call->length;
    return string_copy_bytes(call->line + from, call->length - from);
}

/* What is not there cannot be opened, and is to be told as that, where its words alone do
 * not lead out. A link is there: what is written goes where it leads, be there a file or not. */
static bool is_missing(const char *path, const struct word *word) {
    char *real = file_real(path);
    bool missing = !real && file_is_missing(path) && word->bytes[0] != '/';
    for (size_t n = 0; n + 1 < word->length; n++) {
        missing = missing && memcmp(word->bytes + n, "..", 2) != 0;
    }
    free(real);
    return missing;
}

/* Is the path one that the runner's scene may name? */
static bool within_fence(const struct runner *runner, const char *path, const struct word *word,
                         bool written) {
    return !runner->fence || file_is_inside(path, *runner->fence ? runner->fence : NULL) ||
           (written && file_is_inside(path, NULL)) || is_missing(path, word);
}

enum status call_path(struct call *call, const struct word *word, bool written, char **path) {
    struct text text = TEXT_EMPTY;
    *path = NULL;
    if (call->runner->folder && word->bytes[0] != '/') {
        text_printf(&text, "%s/", call->runner->folder);
    }
    text_put_bytes(&text, word->bytes, word->length);
    bool dash = word_is(word, "-");
    if (dash && !written && call->runner->typed) {
        text_free(&text);
        return word_error(call, word, "standard input is for commands here: give a file's name");
    }
    if (!text.failed && !dash && !within_fence(call->runner, text_string(&text), word, written)) {
        text_free(&text);
        return word_error(call, word,
                          "'%.*s' is not in the scene's folder: '--allow-files' lets it go there",
                          (int)word->length, word->bytes);
    }
    if (text.failed) {
        text_free(&text);
        return error_memory(call->error);
    }
    *path = text.bytes;
    return STATUS_OK;
}

void call_blame(struct call *call, const struct word *word) {
    call->error->column = word->column;
    call->error->length = utf8_length(word->bytes, word->length);
}

enum status call_quantity(struct call *call, const struct word *word, struct quantity *q) {
    size_t taken;
    enum status status = quantity_parse(state_model(call->state), word->bytes, word->length,
                                        word->column, q, &taken, call->error);
    return status != STATUS_OK || taken == word->length
               ? status
               : word_error(call, word, "'%.*s' is no quantity", (int)word->length, word->bytes);
}

enum status call_updated(struct call *call, const struct word *word, const struct quantity *q) {
    const struct quantity_row *row = quantity_row(q->kind);
    bool mean = q->kind == QUANTITY_GW || q->kind == QUANTITY_GB;
    bool updated =
        row->family == FAMILY_WEIGHT || (row->family == FAMILY_UPDATE && row->layered && !mean);
    return updated ? STATUS_OK
                   : word_error(call, word, "'%.*s' is not changed by the update: a weight is",
                                (int)word->length, word->bytes);
}

void call_single(const struct call *call, struct quantity *q) {
    size_t rows, cols;
    int rank = quantity_rank(state_model(call->state), q);
    quantity_shape(state_model(call->state), q, &rows, &cols);
    if (rank > 0 && q->i == 0 && rows * cols == 1) {
        q->i = 1;
        q->j = rank == 2 ? 1 : 0;
    }
}

struct model *call_edit(struct call *call) {
    struct model *model = state_edit(call->state);
    if (!model) {
        error_memory(call->error);
    }
    return model;
}

struct model *call_train(struct call *call) {
    if (call->state->version != call->runner->session->now.version) {
        track_close(&call->state->track); /* edited since: what follows is on no line yet */
    }
    return call_edit(call);
}

size_t word_row(const struct word *word, const char *kind) {
    const struct choice *choice = choice_named(kind, strlen(kind));
    for (size_t i = 0; choice->name(i); i++) {
        if (word_is(word, choice->name(i))) {
            return i;
        }
    }
    return SIZE_MAX;
}

enum status call_choose(struct call *call, const char *kind, const char *what, struct word *word,
                        size_t *row) {
    if (!call_word(call, word)) {
        return call_missing(call, what);
    }
    *row = word_row(word, kind);
    return *row != SIZE_MAX ? STATUS_OK : call_unknown(call, word, kind);
}
