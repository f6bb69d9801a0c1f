/*
 * expr/quantity_parse.c - from a typed name to a quantity, and from a misspelt
 * one to the nearest name.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/table.h"
#include "base/utf8.h"
#include "expr/quantity.h"

enum { SUGGESTED_LAYERS = 20 };

static bool is_name_char(char c) {
    return ascii_is_letter(c) || ascii_is_digit(c) || c == '_';
}

/* What of it may be a name. */
static size_t word_length(const char *bytes, size_t count) {
    size_t length = 0;
    while (length < count && is_name_char(bytes[length])) {
        length++;
    }
    return length;
}

/* A whole number in decimal; false where it is longer than any layer or index. */
static bool read_count(const char *digits, size_t length, size_t *value) {
    if (length == 0 || length > 9) {
        return false;
    }
    *value = 0;
    for (size_t i = 0; i < length; i++) {
        *value = *value * 10 + (size_t)(digits[i] - '0');
    }
    return true;
}

/* The other names: x, yhat, dx. */
static bool parse_alias(const struct model *model, const char *word, size_t length,
                        struct quantity *q) {
    const struct quantity_alias *alias;
    for (size_t n = 0; (alias = quantity_alias_at(n)); n++) {
        if (string_is(alias->name, word, length)) {
            *q =
                (struct quantity){.kind = alias->kind, .layer = alias->last ? model->network.K : 0};
            return true;
        }
    }
    return false;
}

/* Split "dW12" into the kind and the layer; names without a layer come first, so
 * that step0 is the setting and step1 the slope of layer 1. */
static bool parse_kind(const char *word, size_t length, struct quantity *q, bool *layer_fits) {
    *layer_fits = true;
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        if (!quantity_row((enum quantity_kind)kind)->layered &&
            string_is(quantity_row((enum quantity_kind)kind)->name, word, length)) {
            *q = (struct quantity){.kind = (enum quantity_kind)kind};
            return true;
        }
    }
    size_t stem = length;
    while (stem > 0 && ascii_is_digit(word[stem - 1])) {
        stem--;
    }
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        if (quantity_row((enum quantity_kind)kind)->layered &&
            string_is(quantity_row((enum quantity_kind)kind)->name, word, stem)) {
            *q = (struct quantity){.kind = (enum quantity_kind)kind};
            bool padded = length > stem + 1 && word[stem] == '0'; /* W01 is not W0[1] */
            *layer_fits = !padded && read_count(word + stem, length - stem, &q->layer);
            return true;
        }
    }
    return false;
}

bool quantity_is_layered(const char *name, size_t length) {
    struct quantity q;
    bool layer_fits;
    return length > 0 && !ascii_is_digit(name[length - 1]) &&
           parse_kind(name, length, &q, &layer_fits) && quantity_row(q.kind)->layered;
}

/* ---- names that are not known ---- */

const struct synonym *quantity_synonym_at(size_t index) {
    static const struct synonym synonyms[] = {
        {"w weight weights theta", "W0", NULL},
        {"bias biases", "b0", NULL},
        {"input inputs feature features", "x", NULL},
        {"target targets label labels", "y", NULL},
        {"output outputs prediction predictions pred out", "yhat", NULL},
        {"loss cost error", "C", "meanC"},
        {"meanloss meancost avgloss accuracy", "meanC", NULL},
        {"grad grads gradient gradients dc dl", "dW0", "dz1"},
        {"f1", "z1", NULL}, /* the equations, whose names the screen shows */
        {"f2", "r1", NULL},
        {"f3", "C", NULL},
        {"b1", "dz1", NULL},
        {"b2", "dr1", NULL},
        {"b3", "dW0", NULL},
        {"delta deltas", "dz1", NULL},
        {"hidden h a activation activations", "r1", NULL},
        {"slope derivative", "step1", NULL},
        {"learning learningrate eta alpha rate", "lr", NULL},
        {"weightdecay l2 lambda", "decay", NULL},
        {"eps", "epsilon", NULL},
        {"mu", "momentum", NULL},
        {"epochs", "epoch", NULL},
        {"steps iteration iterations", "updates", NULL},
    };
    return TABLE_AT(synonyms, index);
}

bool quantity_meant(struct nearest *nearest) {
    for (size_t i = 0; quantity_synonym_at(i); i++) {
        if (nearest_means(nearest, quantity_synonym_at(i))) {
            return true;
        }
    }
    return false;
}

/* "x1" and "x_1" are element 1 of x: the length of the name before the number, 0 where it
 * is none of a vector. */
static size_t indexed_name(const char *word, size_t length) {
    size_t stem = length;
    while (stem > 0 && ascii_is_digit(word[stem - 1])) {
        stem--;
    }
    size_t name = stem > 0 && word[stem - 1] == '_' ? stem - 1 : stem;
    for (size_t n = 0; quantity_alias_at(n) && stem < length; n++) {
        if (string_is(quantity_alias_at(n)->name, word, name)) {
            return name;
        }
    }
    return stem < length && string_is(quantity_row(QUANTITY_Y)->name, word, name) ? name : 0;
}

/* Has the vector that the bytes name such an element? */
static bool has_element(const struct model *model, const char *name, size_t length,
                        const char *index) {
    struct quantity q;
    size_t taken, n;
    if (quantity_parse(model, name, length, 1, &q, &taken, NULL) != STATUS_OK ||
        !read_count(index, strlen(index), &n) || n < 1) {
        return false;
    }
    q.i = (int64_t)n;
    return quantity_exists(model, &q);
}

size_t quantity_sign(const char *bytes, size_t count, const char **typed) {
    static const char *const signs[][2] = {{"−", "-"}, {"–", "-"},  {"·", "*"},  {"×", "*"},
                                           {"÷", "/"}, {"≤", "<="}, {"≥", ">="}, {"≠", "!="}};
    for (size_t n = 0; n < TABLE_COUNT(signs); n++) {
        size_t length = strlen(signs[n][0]);
        if (count >= length && memcmp(bytes, signs[n][0], length) == 0) {
            *typed = signs[n][1];
            return length;
        }
    }
    return 0;
}

/* A sign that no name begins with, and what stands behind it: "η" is a setting's symbol. */
static enum status unknown_sign(const char *bytes, size_t count, size_t column,
                                struct error *error) {
    const char *typed;
    size_t length = quantity_sign(bytes, count, &typed);
    if (length > 0) {
        return error_at(error, column, 1, "'%.*s' is typed as '%s' here", (int)length, bytes,
                        typed);
    }
    while (length < count &&
           ((unsigned char)bytes[length] >= 0x80 || is_name_char(bytes[length]))) {
        length++;
    }
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        if (!row->layered && string_is(row->symbol, bytes, length)) {
            return error_at(error, column, utf8_length(bytes, length),
                            "there is no '%.*s': did you mean '%s'?", (int)length, bytes,
                            row->name);
        }
    }
    return error_at(error, column, utf8_length(bytes, length),
                    "'%.*s' is no name: names are typed in plain letters, as 'dW0', and 'help "
                    "names' lists them",
                    (int)length, bytes);
}

static enum status unknown_name(const struct model *model, const char *word, size_t length,
                                size_t column, struct error *error) {
    char *name = string_copy_bytes(word, length);
    if (!name) {
        return error_memory(error);
    }
    struct nearest nearest = nearest_to(name);
    size_t vector = indexed_name(word, length);
    bool not_a_number = string_is("nan", word, length) || string_is("inf", word, length) ||
                        string_is("NaN", word, length) || string_is("Infinity", word, length);
    size_t columns = utf8_length(word, length);
    enum status status;
    if (not_a_number) {
        status =
            error_at(error, column, columns, "'%s' is no number here: write one in digits", name);
    } else if (vector > 0) {
        const char *index = name + vector + (name[vector] == '_' ? 1 : 0);
        index = has_element(model, name, vector, index) ? index : "1";
        status = error_at(error, column, columns, "there is no '%s': did you mean '%.*s[%s]'?",
                          name, (int)vector, name, index);
    } else if (quantity_suggest(model, &nearest)) {
        status = error_at(error, column, columns, "there is no '%s': %s", name,
                          nearest_question(&nearest));
    } else {
        status = error_at(error, column, columns,
                          "there is no quantity '%s': 'help names' lists them", name);
    }
    free(name);
    return status;
}

static enum status check_layer(const struct model *model, const struct quantity *q, bool layer_fits,
                               const char *word, size_t length, size_t column,
                               struct error *error) {
    size_t first, last;
    if (!quantity_layers(model, q->kind, &first, &last)) {
        if (q->kind == QUANTITY_VALID_C) {
            return error_at(error, column, length, "no sample is held out for '%.*s'", (int)length,
                            word);
        }
        return error_at(error, column, length, "'%.*s' is not kept by the optimizer '%s'",
                        (int)length, word, model->optimizer.rule->name);
    }
    if (layer_fits && q->layer >= first && q->layer <= last) {
        return STATUS_OK;
    }
    const char *name = quantity_row(q->kind)->name;
    if (first == last) {
        return error_at(error, column, length, "there is no '%.*s' here: '%s%zu' is the only one",
                        (int)length, word, name, first);
    }
    return error_at(error, column, length, "there is no '%.*s' here: '%s%zu' to '%s%zu' exist",
                    (int)length, word, name, first, name, last);
}

/* Blanks from `at`. */
static size_t skip_blanks(const char *bytes, size_t at, size_t count) {
    while (at < count && ascii_is_blank(bytes[at])) {
        at++;
    }
    return at;
}

/* One index in range 1 ... limit, at bytes[*at]. */
static enum status parse_index(const char *bytes, size_t *at, size_t count, size_t column,
                               size_t limit, const char *name, int64_t *index,
                               struct error *error) {
    *at = skip_blanks(bytes, *at, count);
    size_t from = *at;
    while (*at < count && ascii_is_digit(bytes[*at])) {
        (*at)++;
    }
    size_t value;
    if (*at == from) {
        return error_at(error, column + from, 1, "an index of '%s' is a whole number from 1 to %zu",
                        name, limit);
    }
    if (!read_count(bytes + from, *at - from, &value) || value < 1 || value > limit) {
        return error_at(error, column + from, *at - from,
                        "index '%.*s' is out of range: '%s' has 1 to %zu", (int)(*at - from),
                        bytes + from, name, limit);
    }
    *index = (int64_t)value;
    *at = skip_blanks(bytes, *at, count);
    return STATUS_OK;
}

/* "[i]" or "[i,j]" at bytes[*at]; the bracket is there. */
static enum status parse_indices(const struct model *model, const char *bytes, size_t *at,
                                 size_t count, size_t column, const char *name, struct quantity *q,
                                 struct error *error) {
    size_t open = *at;
    int rank = quantity_rank(model, q);
    if (rank == 0) {
        return error_at(error, column + open, 1, "'%s' is a single number and takes no index",
                        name);
    }
    size_t n_rows, cols;
    quantity_shape(model, q, &n_rows, &cols);
    (*at)++;
    enum status status =
        parse_index(bytes, at, count, column, rank == 2 ? n_rows : cols, name, &q->i, error);
    bool comma = *at < count && bytes[*at] == ',';
    if (status == STATUS_OK && rank == 2) {
        if (!comma) {
            return error_at(error, column + open, *at - open + 1,
                            "'%s' is a matrix and takes two indices: '%s[1,2]'", name, name);
        }
        (*at)++;
        status = parse_index(bytes, at, count, column, cols, name, &q->j, error);
        comma = *at < count && bytes[*at] == ',';
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (comma) {
        return error_at(error, column + *at, 1, "'%s' takes %s", name,
                        rank == 2 ? "two indices" : "one index");
    }
    if (*at >= count || bytes[*at] != ']') {
        return error_at(error, column + *at, 1, "a ']' is missing after the index of '%s'", name);
    }
    (*at)++;
    return STATUS_OK;
}

enum status quantity_parse(const struct model *model, const char *bytes, size_t count,
                           size_t column, struct quantity *q, size_t *taken, struct error *error) {
    size_t length = word_length(bytes, count);
    bool layer_fits = true;
    if (!parse_alias(model, bytes, length, q)) {
        if (length == 0 && count > 0 && (unsigned char)*bytes >= 0x80) {
            return unknown_sign(bytes, count, column, error);
        }
        if (length == 0 || !parse_kind(bytes, length, q, &layer_fits)) {
            return unknown_name(model, bytes, length, column, error);
        }
        enum status status = check_layer(model, q, layer_fits, bytes, length, column, error);
        if (status != STATUS_OK) {
            return status;
        }
    }
    *taken = length;
    if (length >= count || bytes[length] != '[') {
        return STATUS_OK;
    }
    char *name = string_copy_bytes(bytes, length);
    if (!name) {
        return error_memory(error);
    }
    enum status status = parse_indices(model, bytes, taken, count, column, name, q, error);
    free(name);
    return status;
}

bool quantity_suggest(const struct model *model, struct nearest *nearest) {
    if (quantity_meant(nearest)) {
        return true;
    }
    for (size_t n = 0; quantity_alias_at(n); n++) {
        nearest_consider(nearest, quantity_alias_at(n)->name);
    }
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        size_t first, last;
        if (!quantity_layers(model, (enum quantity_kind)kind, &first, &last)) {
            continue;
        }
        for (size_t k = first; k <= last && k < first + SUGGESTED_LAYERS; k++) {
            struct text name = TEXT_EMPTY;
            text_put(&name, row->name);
            if (row->layered) {
                text_printf(&name, "%zu", k);
            }
            nearest_consider(nearest, text_string(&name));
            text_free(&name);
        }
    }
    return nearest_found(nearest) != NULL;
}
