/*
 * expr/parse.c - from text to a tree, by recursive descent: one function a level
 * of the grammar in expr/expr.h. Lists are read in parse_list.c.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/table.h"
#include "base/utf8.h"
#include "parse.h"

/* How deep brackets may nest: they are read by recursion. */
enum { DEPTH_MAX = 100 };

static struct expr *parse_number(struct parser *p) {
    double value;
    bool overflow;
    size_t from = p->at;
    size_t length = number_parse(p->bytes + p->at, p->count - p->at, &value, &overflow);
    if (length == 0) { /* digits that are no number: there was no memory to read so many */
        bool digits = ascii_is_digit(parse_peek(p)) || ascii_is_digit(parse_peek_at(p, from + 1));
        return digits ? parse_placed(p, NULL, from) : parse_unexpected(p, "a number");
    }
    if (overflow) {
        error_at(p->error, parse_column(p, from), length, "'%.*s' is too large for a number",
                 (int)(length < 60 ? length : 60), p->bytes + from);
        return NULL;
    }
    p->at += length;
    if (parse_is_word_start(parse_peek(p))) {
        return parse_unexpected(p, "an operator");
    }
    return parse_placed(p, expr_number(value), from);
}

/* The arguments of a call, after its '('. Inside, a blank separates nothing. */
static struct expr *parse_arguments(struct parser *p, const struct function *function,
                                    size_t from) {
    struct expr *args[3] = {NULL, NULL, NULL};
    size_t count = 0;
    bool good = true;
    bool list = p->list;
    p->list = false;
    do {
        p->at++; /* the '(' or ',' */
        args[count] = parse_comparison(p);
        good = args[count] != NULL;
        count++;
        parse_skip_blanks(p);
    } while (good && parse_peek(p) == ',' && count < function->most);
    p->list = list;
    if (good && count < function->fewest) {
        error_at(p->error, parse_column(p, from), strlen(function->name),
                 "'%s' takes %zu arguments, but has %zu", function->name, function->fewest, count);
        good = false;
    } else if (good && parse_peek(p) != ')') {
        parse_unexpected(p, "')'");
        good = false;
    }
    if (!good) {
        for (size_t i = 0; i < count; i++) {
            expr_free(args[i]);
        }
        return NULL;
    }
    p->at++;
    return parse_placed(p, expr_call(function, args, count), from);
}

/* sum(...) in a formula: the sum over the formula's letter. */
static struct expr *parse_letter_sum(struct parser *p, size_t from) {
    int64_t outer = *p->names->index;
    *p->names->index = -(int64_t)p->names->sum_letter;
    p->at++;
    struct expr *body = parse_comparison(p);
    *p->names->index = outer;
    parse_skip_blanks(p);
    if (!body) {
        return NULL;
    }
    if (parse_peek(p) != ')') {
        expr_free(body);
        return parse_unexpected(p, "')'");
    }
    p->at++;
    return parse_placed(p, expr_sum_over(p->names->sum_letter, p->names->sum_count, body), from);
}

/* What stands before '(' is no function, and no quantity either. */
/* The name is none of a quantity, as the error says; of a function it lacks what is behind. */
static struct expr *bare_function(struct parser *p, size_t from, size_t length) {
    const struct function *function = function_named(p->bytes + from, length);
    if (function) {
        error_at(p->error, parse_column(p, from), length,
                 "'%s' is a function, and takes what stands in '(...)' behind it", function->name);
    }
    return NULL;
}

static struct expr *unknown_function(struct parser *p, size_t from, size_t length) {
    char *name = string_copy_bytes(p->bytes + from, length);
    if (!name) {
        error_memory(p->error);
        return NULL;
    }
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; function_at(i); i++) {
        nearest_consider(&nearest, function_at(i)->name);
    }
    const char *question = nearest_question(&nearest);
    error_at(p->error, parse_column(p, from), utf8_length(name, length),
             "there is no function '%s': %s", name,
             question ? question : "'help functions' lists them");
    free(name);
    return NULL;
}

/* A name: a function before '(', otherwise what the names say. */
static struct expr *parse_name(struct parser *p) {
    size_t from = p->at;
    size_t length = parse_token_length(p, from);
    while (length > 0 && p->bytes[from + length - 1] == '.') {
        length--;
    }
    bool called = parse_peek_at(p, from + length) == '(';
    const struct function *function = called ? function_named(p->bytes + from, length) : NULL;
    if (function) {
        p->at = from + length;
        bool over = p->names->sum_letter && strcmp(function->name, "sum") == 0;
        return over ? parse_letter_sum(p, from) : parse_arguments(p, function, from);
    }
    size_t taken = 0;
    struct expr *expr = p->names->resolve(p->names->context, p->bytes + from, p->count - from,
                                          parse_column(p, from), &taken, p->error);
    if (!expr && p->error->status == STATUS_INPUT) {
        return called ? unknown_function(p, from, length) : bare_function(p, from, length);
    }
    if (!expr) {
        return NULL;
    }
    p->at = from + taken;
    return parse_placed(p, expr, from);
}

static struct expr *parse_group(struct parser *p) {
    bool list = p->list;
    p->list = false;
    p->at++;
    struct expr *inner = parse_comparison(p);
    p->list = list;
    parse_skip_blanks(p);
    if (inner && parse_peek(p) != ')') {
        expr_free(inner);
        return parse_unexpected(p, "')'");
    }
    p->at++;
    return inner;
}

static struct expr *parse_primary(struct parser *p) {
    parse_skip_blanks(p);
    char c = parse_peek(p);
    if (ascii_is_digit(c) || c == '.') {
        return parse_number(p);
    }
    if (parse_is_word_start(c)) {
        return parse_name(p);
    }
    if (c == '(') {
        return parse_group(p);
    }
    if (c == '[') {
        return parse_bracket(p);
    }
    return parse_unexpected(p, "a number or a name");
}

/* a' */
static struct expr *parse_postfix(struct parser *p) {
    parse_skip_blanks(p);
    size_t from = p->at;
    struct expr *expr = parse_primary(p);
    while (expr && parse_peek(p) == '\'') {
        p->at++;
        expr = parse_placed(p, expr_unary(EXPR_TRANSPOSE, expr), from);
    }
    return expr;
}

/* Move past blanks to an operator of this level: true when one is there. In a
 * list, a sign with a blank before it and none after begins a new element. */
static bool at_operator(struct parser *p, const char *signs) {
    size_t at = p->at;
    while (ascii_is_blank(parse_peek_at(p, at))) {
        at++;
    }
    char c = parse_peek_at(p, at), next = c == '\0' ? c : parse_peek_at(p, at + 1);
    if (c == '.' && next != '\0' && strchr("*/^", next)) { /* Octave's ".*" is our "*" */
        c = parse_peek_at(p, ++at);
    }
    if (c == '\0' || !strchr(signs, c)) {
        return false;
    }
    bool sign = c == '+' || c == '-';
    if (p->list && sign && at > p->at && !ascii_is_blank(parse_peek_at(p, at + 1))) {
        return false;
    }
    p->at = at;
    return true;
}

/* The two sides of an operator, the left of which began at byte `from`. */
static struct expr *joined(struct parser *p, enum expr_op op, struct expr *left, struct expr *right,
                           size_t from) {
    if (!right) {
        expr_free(left);
        return NULL;
    }
    return parse_placed(p, expr_binary(op, left, right), from);
}

static struct expr *parse_exponent(struct parser *p) {
    parse_skip_blanks(p);
    size_t sign = p->at;
    char c = parse_peek(p);
    p->at += c == '-' || c == '+';
    struct expr *exponent = parse_postfix(p);
    return exponent && c == '-' ? parse_placed(p, expr_unary(EXPR_NEGATE, exponent), sign)
                                : exponent;
}

/* a ^ b ^ c = (a ^ b) ^ c; an exponent may have a sign */
static struct expr *parse_power(struct parser *p) {
    size_t from = p->at;
    struct expr *expr = parse_postfix(p);
    while (expr && at_operator(p, "^")) {
        p->at++;
        expr = joined(p, EXPR_POWER, expr, parse_exponent(p), from);
    }
    return expr;
}

static struct expr *parse_unary(struct parser *p) {
    parse_skip_blanks(p);
    size_t from = p->at;
    char c = parse_peek(p);
    if (c != '-' && c != '+') {
        return parse_power(p);
    }
    if (++p->depth > DEPTH_MAX) {
        return parse_too_deep(p);
    }
    p->at++;
    struct expr *inner = parse_unary(p);
    p->depth--;
    if (!inner || c == '+') {
        return inner;
    }
    return parse_placed(p, expr_unary(EXPR_NEGATE, inner), from);
}

static struct expr *parse_product(struct parser *p) {
    parse_skip_blanks(p);
    size_t from = p->at;
    struct expr *expr = parse_unary(p);
    while (expr && at_operator(p, "*/")) {
        enum expr_op op = parse_peek(p) == '*' ? EXPR_MULTIPLY : EXPR_DIVIDE;
        p->at++;
        expr = joined(p, op, expr, parse_unary(p), from);
    }
    return expr;
}

static struct expr *parse_sum(struct parser *p) {
    parse_skip_blanks(p);
    size_t from = p->at;
    struct expr *expr = parse_product(p);
    while (expr && at_operator(p, "+-")) {
        enum expr_op op = parse_peek(p) == '+' ? EXPR_ADD : EXPR_SUBTRACT;
        p->at++;
        expr = joined(p, op, expr, parse_product(p), from);
    }
    return expr;
}

static const struct comparison {
    const char *sign;
    enum expr_op op;
} comparisons[] = {
    {"<=", EXPR_LESS_EQUAL}, {">=", EXPR_GREATER_EQUAL}, {"==", EXPR_EQUAL},
    {"!=", EXPR_NOT_EQUAL},  {"<", EXPR_LESS},           {">", EXPR_GREATER},
};

static const struct comparison *comparison_at(const struct parser *p) {
    for (size_t i = 0; i < TABLE_COUNT(comparisons); i++) {
        size_t length = strlen(comparisons[i].sign);
        if (p->count - p->at >= length &&
            memcmp(p->bytes + p->at, comparisons[i].sign, length) == 0) {
            return &comparisons[i];
        }
    }
    return NULL;
}

struct expr *parse_comparison(struct parser *p) {
    if (++p->depth > DEPTH_MAX) {
        return parse_too_deep(p);
    }
    parse_skip_blanks(p);
    size_t from = p->at;
    struct expr *expr = parse_sum(p);
    while (expr && at_operator(p, "<>=!")) {
        const struct comparison *comparison = comparison_at(p);
        if (!comparison) {
            break;
        }
        p->at += strlen(comparison->sign);
        expr = joined(p, comparison->op, expr, parse_sum(p), from);
    }
    p->depth--;
    return expr;
}

enum status expr_parse(const struct names *names, const char *bytes, size_t count, size_t column,
                       bool list, size_t *taken, struct expr **expr, struct error *error) {
    struct error unused = {0};
    struct parser parser = {.names = names,
                            .bytes = bytes,
                            .count = count,
                            .column = column,
                            .list = list,
                            .error = error ? error : &unused};
    *expr = list ? parse_bare_list(&parser) : parse_comparison(&parser);
    if (!*expr) {
        return parser.error->status;
    }
    if (taken) {
        *taken = parser.at;
        return STATUS_OK;
    }
    parse_skip_blanks(&parser);
    if (parser.at < count) {
        bool index = parse_peek(&parser) == '('; /* W0(1,2), as in Octave */
        parse_unexpected(&parser, index ? "an operator, or '[' for an index," : "an operator");
        expr_free(*expr);
        *expr = NULL;
        return parser.error->status;
    }
    return STATUS_OK;
}

static struct expr *resolve_quantity(void *context, const char *bytes, size_t count, size_t column,
                                     size_t *taken, struct error *error) {
    struct quantity q;
    if (quantity_parse(context, bytes, count, column, &q, taken, error) != STATUS_OK) {
        return NULL;
    }
    struct expr *expr = expr_quantity(q);
    if (!expr) {
        error_memory(error);
    }
    return expr;
}

struct names names_of_model(struct model *model) {
    return (struct names){.resolve = resolve_quantity, .context = model};
}
