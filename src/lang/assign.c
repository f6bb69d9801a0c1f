/*
 * lang/assign.c - assignments: NAME = EXPRESSION, and += -= *= /=.
 *
 * What is computed cannot be assigned. A shape must fit exactly, or be a single
 * number, which fills. Nothing is written unless everything is right.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "base/table.h"
#include "base/utf8.h"
#include "call.h"
#include "lang/synonym.h"

static bool is_name_char(char c) {
    return ascii_is_letter(c) || ascii_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Past NAME and an optional [..]; 0 where the line begins with no name. */
static size_t target_length(const char *line, size_t length) {
    size_t at = 0;
    while (at < length && is_name_char(line[at])) {
        at++;
    }
    if (at > 0 && at < length && line[at] == '[') {
        const char *end = memchr(line + at, ']', length - at);
        const char *sign = memchr(line + at, '=', length - at); /* the ']' may be missing */
        at = end ? (size_t)(end - line) + 1 : sign ? (size_t)(sign - line) : at;
    }
    return at;
}

/* The assignment sign at `*at` (blanks before it are skipped): its operation, with
 * EXPR_NUMBER for the plain "="; false where there is none. */
static bool find_sign(const char *line, size_t length, size_t *at, size_t *sign_length,
                      enum expr_op *op) {
    static const struct {
        char first;
        enum expr_op op;
    } compounds[] = {
        {'+', EXPR_ADD}, {'-', EXPR_SUBTRACT}, {'*', EXPR_MULTIPLY}, {'/', EXPR_DIVIDE}};
    while (*at < length && ascii_is_blank(line[*at])) {
        (*at)++;
    }
    if (*at >= length) {
        return false;
    }
    char next = *at + 1 < length ? line[*at + 1] : '\0';
    if (line[*at] == '=' && next != '=') {
        *op = EXPR_NUMBER;
        *sign_length = 1;
        return true;
    }
    for (size_t i = 0; i < TABLE_COUNT(compounds); i++) {
        if (line[*at] == compounds[i].first && next == '=') {
            *op = compounds[i].op;
            *sign_length = 2;
            return true;
        }
    }
    return false;
}

bool is_assignment(const char *line, size_t length) {
    size_t at = target_length(line, length), sign_length;
    enum expr_op op;
    return at > 0 && find_sign(line, length, &at, &sign_length, &op);
}

/* ---- what may be assigned ---- */

static enum status refuse_target(struct call *call, const struct quantity *q,
                                 const struct word *word) {
    const char *name = word->bytes;
    const struct quantity_row *row = quantity_row(q->kind);
    size_t name_length = word->length;
    int width = (int)name_length;
    const struct command *command = command_named(row->name, strlen(row->name));
    if (command && !row->layered) {
        return error_at(call->error, word->column, name_length,
                        "'%.*s' is no setting: the command '%s' sets it", width, name,
                        command->usage);
    }
    if (row->family == FAMILY_BACKWARD || row->family == FAMILY_UPDATE) {
        return error_at(call->error, word->column, name_length,
                        "'%.*s' is computed (%s) and cannot be assigned: change a weight, an "
                        "input or a target",
                        width, name, row->meaning);
    }
    return error_at(call->error, word->column, name_length,
                    "'%.*s' is computed (%s) and cannot be assigned: 'x', 'y', 'W0' ... can be",
                    width, name, row->meaning);
}

enum status call_check_target(struct call *call, const struct quantity *q,
                              const struct word *word) {
    if (!quantity_is_settable(q)) {
        return refuse_target(call, q, word);
    }
    if (quantity_is_bias(q->kind) && !state_model(call->state)->network.bias) {
        return error_at(call->error, word->column, word->length,
                        "'%.*s' cannot be assigned while the bias is off: 'bias on' first",
                        (int)word->length, word->bytes);
    }
    return STATUS_OK;
}

/* ---- settings and their ranges ---- */

static const struct range {
    enum quantity_kind kind;
    double least, most;
    const char *says;
    bool whole;
} ranges[] = {
    {QUANTITY_LR, 0, INFINITY, "0 or more", false},
    {QUANTITY_MOMENTUM, 0, 1, "from 0 to 1", false},
    {QUANTITY_RHO, 0, 1, "from 0 to 1", false},
    {QUANTITY_EPSILON, 0, INFINITY, "0 or more", false},
    {QUANTITY_BETA1, 0, 0x1.fffffffffffffp-1, "from 0 to below 1", false},
    {QUANTITY_BETA2, 0, 0x1.fffffffffffffp-1, "from 0 to below 1", false},
    {QUANTITY_DECAY, 0, INFINITY, "0 or more", false},
    {QUANTITY_CLIP, 0, INFINITY, "0 or more, 0 being off", false},
    {QUANTITY_STEP0, 0, 1, "from 0 to 1", false},
    {QUANTITY_T, 1, 0x1p53, "a whole number, 1 or more", true},
    {QUANTITY_UPDATES, 0, 0x1p53, "a whole number, 0 or more", true},
    {QUANTITY_EPOCH, 0, 0x1p53, "a whole number, 0 or more", true},
};

/* What counts the updates; false where it is no such quantity. */
static bool set_count(struct call *call, struct model *model, enum quantity_kind kind, double value,
                      enum status *status) {
    switch (kind) {
    case QUANTITY_T: model->optimizer.t = (uint64_t)value - 1; return true;
    case QUANTITY_UPDATES: model->updates = (uint64_t)value; return true;
    case QUANTITY_EPOCH:
        *status = model_set_epoch(model, (uint64_t)value, call->error);
        return true;
    default: return false;
    }
}

/* Set a setting (lr, momentum, step0 ...) to a value in its range. */
static enum status set_setting(struct call *call, enum quantity_kind kind, double value,
                               size_t column, size_t width) {
    for (size_t i = 0; i < TABLE_COUNT(ranges); i++) {
        if (ranges[i].kind != kind) {
            continue;
        }
        bool fits = isfinite(value) && value >= ranges[i].least && value <= ranges[i].most;
        if (!fits || (ranges[i].whole && value != floor(value))) {
            char number[NUMBER_TEXT_MAX];
            return error_at(call->error, column, width, "'%s' is %s, not %s",
                            quantity_row(kind)->name, ranges[i].says,
                            number_shortest(value, number));
        }
    }
    struct model *model = call_edit(call);
    if (!model) {
        return STATUS_MEMORY;
    }
    enum status status = STATUS_OK;
    if (set_count(call, model, kind, value, &status)) {
        return status;
    }
    *quantity_setting(model, kind) = value;
    if (kind == QUANTITY_STEP0) {
        model_touch(model, 1); /* the slopes are computed with the forward pass */
    }
    return STATUS_OK;
}

enum status run_setting(struct call *call) {
    const char *name = call->command->name;
    struct quantity q;
    size_t taken;
    enum status status =
        quantity_parse(state_model(call->state), name, strlen(name), 1, &q, &taken, call->error);
    size_t from = call->at;
    double value = 0;
    if (status == STATUS_OK) {
        status = call_refuse_off(call);
    }
    if (status == STATUS_OK) {
        status = call_number(call, name, &value);
    }
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    return status == STATUS_OK ? set_setting(call, q.kind, value, call_column(call, from + 1),
                                             call->length > from + 1 ? call->length - from - 1 : 1)
                               : status;
}

/* ---- writing ---- */

/* The block that a quantity lives in, writable, and the doubles from row to row. */
static double *writable(struct model *model, const struct quantity *q, size_t *stride) {
    *stride = quantity_row(q->kind)->rank == 2 ? model->network.layers[q->layer].stride : 0;
    size_t moment = quantity_moment(model, q->kind);
    if (moment < model->optimizer.rule->moments) {
        return quantity_is_bias(q->kind) ? model_edit_moment_b(model, moment, q->layer)
                                         : model_edit_moment_W(model, moment, q->layer);
    }
    switch (q->kind) {
    case QUANTITY_W: return model_edit_W(model, q->layer);
    case QUANTITY_B: return model_edit_b(model, q->layer);
    case QUANTITY_Y: return model_edit_y(model);
    default: return model_edit_x(model);
    }
}

static enum status store(struct call *call, const struct quantity *q, const struct value *value) {
    struct model *model = call_edit(call);
    size_t stride, rows, cols;
    double *place = model ? writable(model, q, &stride) : NULL;
    if (!place) {
        return error_memory(call->error);
    }
    quantity_shape(model, q, &rows, &cols);
    if (q->i != 0) {
        size_t at = q->j != 0 ? (size_t)(q->i - 1) * stride + (size_t)q->j - 1 : (size_t)q->i - 1;
        place[at] = value_at(value, 0);
        return STATUS_OK;
    }
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < cols; j++) {
            place[i * stride + j] = value_at(value, value->rank == 0 ? 0 : i * cols + j);
        }
    }
    return STATUS_OK;
}

enum status set_element(struct call *call, const struct quantity *q, double value) {
    return store(call, q, &(struct value){.rows = 1, .cols = 1, .number = value});
}

/* ---- checking ---- */

/* The numbers are too many since commas stand where points are meant: "x = 0,5 1,5". */
static bool means_points(const struct call *call, size_t wanted, size_t given) {
    const char *sign = memchr(call->line, '=', call->length);
    size_t commas = sign ? decimal_commas(sign, (size_t)(call->line + call->length - sign)) : 0;
    return commas > 0 && given == wanted + commas;
}

static enum status check_shape(struct call *call, const struct quantity *q,
                               const struct value *value, size_t column, size_t width) {
    size_t rows, cols;
    quantity_shape(state_model(call->state), q, &rows, &cols);
    if (q->i != 0) {
        rows = cols = 1;
    }
    if (value->rank == 0 || (value->rows == rows && value->cols == cols)) {
        return STATUS_OK;
    }
    struct text name = TEXT_EMPTY;
    quantity_name(&name, q);
    bool matrix = q->i == 0 && quantity_rank(state_model(call->state), q) == 2;
    size_t given = value->rows * value->cols;
    const char *points = means_points(call, cols, given) ? "; the decimal sign is a point" : "";
    enum status status;
    if (q->i != 0) {
        status = error_at(call->error, column, width, "'%s' takes 1 number, but here are %zu%s",
                          text_string(&name), given, points);
    } else if (matrix) {
        status = error_at(call->error, column, width,
                          "'%s' takes %zu row%s of %zu ('[a b; c d]'), but here %s %zu of %zu",
                          text_string(&name), rows, rows == 1 ? "" : "s", cols,
                          value->rows == 1 ? "is" : "are", value->rows, value->cols);
    } else {
        status = error_at(call->error, column, width, "'%s' takes %zu number%s, but here %s %zu%s",
                          text_string(&name), cols, cols == 1 ? "" : "s", given == 1 ? "is" : "are",
                          given, points);
    }
    text_free(&name);
    return status;
}

static enum status check_finite(struct call *call, const struct value *value, size_t column,
                                size_t width) {
    for (size_t at = 0; at < value->rows * value->cols; at++) {
        if (!isfinite(value_at(value, at))) {
            char number[NUMBER_TEXT_MAX];
            return error_at(call->error, column, width,
                            "this comes to %s, which cannot be assigned",
                            number_shortest(value_at(value, at), number));
        }
    }
    return STATUS_OK;
}

enum status call_assign(struct call *call, const struct quantity *q, const struct value *value,
                        size_t column, size_t width) {
    enum status status = check_shape(call, q, value, column, width);
    if (status == STATUS_OK) {
        status = check_finite(call, value, column, width);
    }
    if (status != STATUS_OK) {
        return status;
    }
    return quantity_row(q->kind)->rank == 0
               ? set_setting(call, q->kind, value_at(value, 0), column, width)
               : store(call, q, value);
}

static enum status assign(struct call *call, const struct quantity *q, const struct expr *right) {
    struct value value;
    enum status status = call_evaluate(call, right, &value);
    if (status != STATUS_OK) {
        return status;
    }
    status = call_assign(call, q, &value, right->column, right->length);
    value_free(&value);
    return status;
}

/* Is the name what others call a quantity that can be set? Then the error has said so. */
static bool meant_to_be_set(struct call *call, const char *name) {
    struct nearest nearest = nearest_to(name);
    struct quantity q;
    size_t taken;
    const struct model *model = state_model(call->state);
    if (!quantity_meant(&nearest)) {
        return false;
    }
    const char *right = nearest_found(&nearest);
    return quantity_parse(model, right, strlen(right), 1, &q, &taken, NULL) == STATUS_OK &&
           quantity_is_settable(&q);
}

/* What stands before the '=' is no quantity, as the error says: is it a command, or what
 * others call one? */
static enum status refuse_name(struct call *call, enum status status) {
    size_t length = 0;
    while (length < call->length && is_name_char(call->line[length])) {
        length++;
    }
    if (word_names_quantity(&(struct word){call->line, length, 1})) {
        return status; /* it is known, and its layer or index is amiss */
    }
    char *name = string_copy_bytes(call->line, length);
    if (!name) {
        return error_memory(call->error);
    }
    const struct command *command = command_named(name, length);
    struct nearest nearest = nearest_to(name);
    if (command) {
        status = error_at(call->error, 1, length, "'%s' takes no '=': '%s' is the command", name,
                          command->usage);
    } else if (!meant_to_be_set(call, name) && synonym_consider(&nearest, "command")) {
        status = error_at(call->error, 1, utf8_length(name, length), "there is no '%s': %s", name,
                          nearest_question(&nearest));
    }
    free(name);
    return status;
}

enum status run_assignment(struct call *call) {
    struct quantity q;
    size_t taken, sign_length = 1;
    enum expr_op op = EXPR_NUMBER;
    enum status status = quantity_parse(state_model(call->state), call->line, call->length, 1, &q,
                                        &taken, call->error);
    if (status != STATUS_OK) {
        return status == STATUS_INPUT ? refuse_name(call, status) : status;
    }
    status = call_check_target(call, &q, &(struct word){call->line, taken, 1});
    if (status != STATUS_OK) {
        return status;
    }
    call->at = taken;
    if (!find_sign(call->line, call->length, &call->at, &sign_length, &op)) {
        return error_at(call->error, call_column(call, call->at), 1, "a '=' is missing here");
    }
    size_t sign_column = call_column(call, call->at);
    call->at += sign_length;
    struct expr *right;
    status = call_expression(call, true, true, &right);
    if (status != STATUS_OK) {
        return status;
    }
    if (op != EXPR_NUMBER) {
        right = expr_binary(op, expr_quantity(q), right);
        if (!right) {
            return error_memory(call->error);
        }
        right->column = sign_column;
        right->length = sign_length;
    }
    status = assign(call, &q, right);
    expr_free(right);
    return status;
}
