/*
 * expr/parse.c - from text to a tree, by recursive descent: one function a level
 * of the grammar in expr/expr.h. Columns count code points from the line's start.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"
#include "expr/expr.h"

/* How deep brackets may nest, and how high a tree may grow (a long chain of
 * operators leans to the left): whatever walks a tree does so by recursion. */
enum { DEPTH_MAX = 100, HEIGHT_MAX = 1000, ELEMENTS_MAX = 10 * 1000 * 1000 };

struct parser {
    const struct names *names;
    const char *bytes;
    size_t count;
    size_t at;
    size_t column;  /* of bytes[0] */
    size_t plain;   /* so many bytes from the start are known to be ASCII */
    bool list;      /* blanks separate elements here */
    size_t depth;
    struct error *error;
};

static struct expr *parse_comparison(struct parser *p);

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
static bool is_word_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}
static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char peek_at(const struct parser *p, size_t at) {
    return at < p->count ? p->bytes[at] : '\0';
}
static char peek(const struct parser *p) {
    return peek_at(p, p->at);
}

/* In ASCII, which is all that good input holds, a byte is a column: so a long
 * line is not counted from its start again for every column in it. */
static size_t column_at(struct parser *p, size_t at) {
    while (p->plain < at && (unsigned char)p->bytes[p->plain] < 0x80) {
        p->plain++;
    }
    size_t plain = p->plain < at ? p->plain : at;
    return p->column + plain + utf8_length(p->bytes + plain, at - plain);
}

static void skip_blanks(struct parser *p) {
    while (is_blank(peek(p))) {
        p->at++;
    }
}

/* The word, number or sign at `at`, for an error message. */
static size_t token_length(const struct parser *p, size_t at) {
    size_t length = 0;
    while (at + length < p->count) {
        char c = p->bytes[at + length];
        if (!is_word_start(c) && !is_digit(c) && c != '.') {
            break;
        }
        length++;
    }
    return length > 0 ? length : (at < p->count ? 1 : 0);
}

static struct expr *unexpected(struct parser *p, const char *wanted) {
    size_t length = token_length(p, p->at);
    if (length == 0) {
        error_at(p->error, column_at(p, p->at), 1, "%s is missing at the end", wanted);
    } else {
        error_at(p->error, column_at(p, p->at), utf8_length(p->bytes + p->at, length),
                 "unexpected '%.*s': %s is missing here", (int)(length < 60 ? length : 60),
                 p->bytes + p->at, wanted);
    }
    return NULL;
}

static struct expr *too_deep(struct parser *p) {
    error_at(p->error, column_at(p, p->at), 1, "this is nested too deeply");
    return NULL;
}

/* Note where a tree stood, and turn a failed allocation into an error. */
static struct expr *placed(struct parser *p, struct expr *expr, size_t from) {
    if (!expr) {
        error_memory(p->error);
        return NULL;
    }
    if (expr->height > HEIGHT_MAX) {
        expr_free(expr);
        return too_deep(p);
    }
    if (expr->column == 0) {
        expr->column = column_at(p, from);
        expr->length = column_at(p, p->at) - expr->column;
    }
    return expr;
}

static struct expr *parse_number(struct parser *p) {
    double value;
    bool overflow;
    size_t from = p->at;
    size_t length = number_parse(p->bytes + p->at, p->count - p->at, &value, &overflow);
    if (length == 0) {
        return unexpected(p, "a number");
    }
    if (overflow) {
        error_at(p->error, column_at(p, from), length, "'%.*s' is too large for a number",
                 (int)(length < 60 ? length : 60), p->bytes + from);
        return NULL;
    }
    p->at += length;
    if (is_word_start(peek(p))) {
        return unexpected(p, "an operator");
    }
    return placed(p, expr_number(value), from);
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
        skip_blanks(p);
    } while (good && peek(p) == ',' && count < function->most);
    p->list = list;
    if (good && count < function->fewest) {
        error_at(p->error, column_at(p, from), strlen(function->name),
                 "'%s' takes %zu arguments, but has %zu", function->name, function->fewest, count);
        good = false;
    } else if (good && peek(p) != ')') {
        unexpected(p, "')'");
        good = false;
    }
    if (!good) {
        for (size_t i = 0; i < count; i++) {
            expr_free(args[i]);
        }
        return NULL;
    }
    p->at++;
    return placed(p, expr_call(function, args, count), from);
}

/* sum(...) in a formula: the sum over the formula's letter. */
static struct expr *parse_letter_sum(struct parser *p, size_t from) {
    int64_t outer = *p->names->index;
    *p->names->index = -(int64_t)p->names->sum_letter;
    p->at++;
    struct expr *body = parse_comparison(p);
    *p->names->index = outer;
    skip_blanks(p);
    if (!body) {
        return NULL;
    }
    if (peek(p) != ')') {
        expr_free(body);
        return unexpected(p, "')'");
    }
    p->at++;
    return placed(p, expr_sum_over(p->names->sum_letter, p->names->sum_count, body), from);
}

/* A name: a function before '(', otherwise what the names say. */
static struct expr *parse_name(struct parser *p) {
    size_t from = p->at;
    size_t length = token_length(p, from);
    while (length > 0 && p->bytes[from + length - 1] == '.') {
        length--;
    }
    if (peek_at(p, from + length) == '(') {
        const struct function *function = function_named(p->bytes + from, length);
        if (function) {
            p->at = from + length;
            bool over = p->names->sum_letter && strcmp(function->name, "sum") == 0;
            return over ? parse_letter_sum(p, from) : parse_arguments(p, function, from);
        }
    }
    size_t taken = 0;
    struct expr *expr = p->names->resolve(p->names->context, p->bytes + from, p->count - from,
                                          column_at(p, from), &taken, p->error);
    if (!expr) {
        return NULL;
    }
    p->at = from + taken;
    return placed(p, expr, from);
}

static struct expr *parse_group(struct parser *p) {
    bool list = p->list;
    p->list = false;
    p->at++;
    struct expr *inner = parse_comparison(p);
    p->list = list;
    skip_blanks(p);
    if (inner && peek(p) != ')') {
        expr_free(inner);
        return unexpected(p, "')'");
    }
    p->at++;
    return inner;
}

/* The elements of a list while they are read. */
struct elements {
    struct expr **items;
    size_t count, capacity;
    size_t cols; /* of the first row; 0 before its end */
    size_t rows;
    size_t row_start;
};

static void elements_free(struct elements *elements) {
    for (size_t i = 0; i < elements->count; i++) {
        expr_free(elements->items[i]);
    }
    free(elements->items);
}

static bool elements_add(struct parser *p, struct elements *elements, struct expr *item) {
    if (!item) {
        return false;
    }
    if (elements->count == elements->capacity) {
        size_t capacity = elements->capacity ? elements->capacity * 2 : 16;
        struct expr **items = capacity > ELEMENTS_MAX
                                  ? NULL
                                  : memory_resize(elements->items, capacity, sizeof *items);
        if (!items) {
            expr_free(item);
            error_memory(p->error);
            return false;
        }
        elements->items = items;
        elements->capacity = capacity;
    }
    elements->items[elements->count++] = item;
    return true;
}

/* End a row; all rows must be as long as the first. */
static bool elements_end_row(struct parser *p, struct elements *elements) {
    size_t length = elements->count - elements->row_start;
    if (length == 0) {
        unexpected(p, "a number");
        return false;
    }
    if (elements->rows == 0) {
        elements->cols = length;
    } else if (length != elements->cols) {
        error_at(p->error, column_at(p, p->at > 0 ? p->at - 1 : 0), 1,
                 "row %zu has %zu elements, but row 1 has %zu", elements->rows + 1, length,
                 elements->cols);
        return false;
    }
    elements->rows++;
    elements->row_start = elements->count;
    return true;
}

/* Elements up to the end: ']' where `bracket`, otherwise the end of the input. */
static bool parse_elements(struct parser *p, bool bracket, struct elements *elements) {
    for (;;) {
        skip_blanks(p);
        char c = peek(p);
        if (bracket && c == ';') {
            p->at++;
            if (!elements_end_row(p, elements)) {
                return false;
            }
        } else if (c == ',' && elements->count > elements->row_start) {
            p->at++;
            skip_blanks(p);
            if (!elements_add(p, elements, parse_comparison(p))) {
                return false;
            }
        } else if (bracket && c == ']') {
            p->at++;
            return elements_end_row(p, elements);
        } else if (c == '\0' && p->at >= p->count) {
            if (bracket) {
                unexpected(p, "']'");
                return false;
            }
            return elements_end_row(p, elements);
        } else if (!elements_add(p, elements, parse_comparison(p))) {
            return false;
        }
    }
}

static struct expr *parse_bracket(struct parser *p) {
    size_t from = p->at++;
    bool list = p->list;
    p->list = true;
    struct elements elements = {0};
    bool good = parse_elements(p, true, &elements);
    p->list = list;
    if (!good) {
        elements_free(&elements);
        return NULL;
    }
    struct expr *expr = expr_list(elements.items, elements.rows, elements.cols);
    free(elements.items);
    return placed(p, expr, from);
}

static struct expr *parse_primary(struct parser *p) {
    skip_blanks(p);
    char c = peek(p);
    if (is_digit(c) || c == '.') {
        return parse_number(p);
    }
    if (is_word_start(c)) {
        return parse_name(p);
    }
    if (c == '(') {
        return parse_group(p);
    }
    if (c == '[') {
        return parse_bracket(p);
    }
    return unexpected(p, "a number or a name");
}

/* a' */
static struct expr *parse_postfix(struct parser *p) {
    skip_blanks(p);
    size_t from = p->at;
    struct expr *expr = parse_primary(p);
    while (expr && peek(p) == '\'') {
        p->at++;
        expr = placed(p, expr_unary(EXPR_TRANSPOSE, expr), from);
    }
    return expr;
}

static struct expr *parse_unary(struct parser *p);

/* Move past blanks to an operator of this level: true when one is there. In a
 * list, a sign with a blank before it and none after begins a new element. */
static bool at_operator(struct parser *p, const char *signs) {
    size_t at = p->at;
    while (is_blank(peek_at(p, at))) {
        at++;
    }
    char c = peek_at(p, at);
    if (c == '\0' || !strchr(signs, c)) {
        return false;
    }
    bool sign = c == '+' || c == '-';
    if (p->list && sign && at > p->at && !is_blank(peek_at(p, at + 1))) {
        return false;
    }
    p->at = at;
    return true;
}

/* a ^ b ^ c = (a ^ b) ^ c; an exponent may have a sign */
static struct expr *parse_power(struct parser *p) {
    size_t from = p->at;
    struct expr *expr = parse_postfix(p);
    while (expr && at_operator(p, "^")) {
        p->at++;
        skip_blanks(p);
        char c = peek(p);
        struct expr *exponent;
        if (c == '-' || c == '+') {
            size_t sign = p->at++;
            exponent = parse_postfix(p);
            if (exponent && c == '-') {
                exponent = placed(p, expr_unary(EXPR_NEGATE, exponent), sign);
            }
        } else {
            exponent = parse_postfix(p);
        }
        if (!exponent) {
            expr_free(expr);
            return NULL;
        }
        expr = placed(p, expr_binary(EXPR_POWER, expr, exponent), from);
    }
    return expr;
}

static struct expr *parse_unary(struct parser *p) {
    skip_blanks(p);
    size_t from = p->at;
    char c = peek(p);
    if (c != '-' && c != '+') {
        return parse_power(p);
    }
    if (++p->depth > DEPTH_MAX) {
        return too_deep(p);
    }
    p->at++;
    struct expr *inner = parse_unary(p);
    p->depth--;
    if (!inner || c == '+') {
        return inner;
    }
    return placed(p, expr_unary(EXPR_NEGATE, inner), from);
}

static struct expr *parse_product(struct parser *p) {
    skip_blanks(p);
    size_t from = p->at;
    struct expr *expr = parse_unary(p);
    while (expr && at_operator(p, "*/")) {
        enum expr_op op = peek(p) == '*' ? EXPR_MULTIPLY : EXPR_DIVIDE;
        p->at++;
        struct expr *right = parse_unary(p);
        if (!right) {
            expr_free(expr);
            return NULL;
        }
        expr = placed(p, expr_binary(op, expr, right), from);
    }
    return expr;
}

static struct expr *parse_sum(struct parser *p) {
    skip_blanks(p);
    size_t from = p->at;
    struct expr *expr = parse_product(p);
    while (expr && at_operator(p, "+-")) {
        enum expr_op op = peek(p) == '+' ? EXPR_ADD : EXPR_SUBTRACT;
        p->at++;
        struct expr *right = parse_product(p);
        if (!right) {
            expr_free(expr);
            return NULL;
        }
        expr = placed(p, expr_binary(op, expr, right), from);
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
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        size_t length = strlen(comparisons[i].sign);
        if (p->count - p->at >= length &&
            memcmp(p->bytes + p->at, comparisons[i].sign, length) == 0) {
            return &comparisons[i];
        }
    }
    return NULL;
}

static struct expr *parse_comparison(struct parser *p) {
    if (++p->depth > DEPTH_MAX) {
        return too_deep(p);
    }
    skip_blanks(p);
    size_t from = p->at;
    struct expr *expr = parse_sum(p);
    while (expr && at_operator(p, "<>=!")) {
        const struct comparison *comparison = comparison_at(p);
        if (!comparison) {
            break;
        }
        p->at += strlen(comparison->sign);
        struct expr *right = parse_sum(p);
        if (!right) {
            expr_free(expr);
            expr = NULL;
            break;
        }
        expr = placed(p, expr_binary(comparison->op, expr, right), from);
    }
    p->depth--;
    return expr;
}

/* A list without brackets; a single element is itself and not a list. */
static struct expr *parse_bare_list(struct parser *p) {
    struct elements elements = {0};
    size_t from = p->at;
    if (!parse_elements(p, false, &elements)) {
        elements_free(&elements);
        return NULL;
    }
    struct expr *expr = elements.count == 1
                            ? elements.items[0]
                            : placed(p, expr_list(elements.items, 1, elements.count), from);
    free(elements.items);
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
    skip_blanks(&parser);
    if (parser.at < count) {
        unexpected(&parser, "an operator");
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
