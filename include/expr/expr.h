/*
 * expr/expr.h - expressions over quantities: the tree, its reader, its value.
 *
 * The same trees serve the prompt, where quantities are whole vectors and
 * matrices, and equations, where they are single elements and a sum runs over an
 * index letter. A tree is owned by whoever got it and freed with expr_free().
 *
 * Grammar, loosest first: comparisons; + and -; * and /; unary -; ^, which groups
 * from the left; ' for transposing. Everything works element by element, so that .*
 * ./ and .^ are other ways to write * / and ^. Inside
 * brackets a blank separates elements, and a sign with a blank before it and none
 * after begins a new one.
 */
#ifndef BACKSTEP_EXPR_EXPR_H
#define BACKSTEP_EXPR_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "expr/quantity.h"

enum expr_op {
    EXPR_NUMBER,
    EXPR_QUANTITY,
    EXPR_NEGATE,
    EXPR_ADD,
    EXPR_SUBTRACT,
    EXPR_MULTIPLY,
    EXPR_DIVIDE,
    EXPR_POWER,
    EXPR_LESS,
    EXPR_LESS_EQUAL,
    EXPR_GREATER,
    EXPR_GREATER_EQUAL,
    EXPR_EQUAL,
    EXPR_NOT_EQUAL,
    EXPR_TRANSPOSE,
    EXPR_CALL,
    EXPR_SUM_OVER, /* the sum of args[0] for letter = 1 ... count */
    EXPR_TERMS,    /* the same written out: the sum of all args, left to right from +0 */
    EXPR_DELTA,    /* Kronecker: 1 where quantity.i and quantity.j are the same index */
    EXPR_LIST,     /* [a b; c d]: rows x cols args, row by row */
};

struct function;

/* How high a tree may grow: whatever walks a tree does so by recursion. */
enum { EXPR_HEIGHT_MAX = 1000 };

/* How many elements a list has at most. */
enum { EXPR_LIST_MAX = 10 * 1000 * 1000 };

struct expr {
    enum expr_op op;
    size_t column, length;           /* where it stood in the line; 0 when it was built */
    size_t height;                   /* nodes on the longest way down, itself included */
    double number;                   /* EXPR_NUMBER */
    struct quantity quantity;        /* EXPR_QUANTITY, EXPR_DELTA */
    const struct function *function; /* EXPR_CALL */
    char letter;                     /* EXPR_SUM_OVER: see expr_sum_index() */
    size_t count;                    /* EXPR_SUM_OVER */
    size_t rows, cols;               /* EXPR_LIST */
    struct expr **args;
    size_t arg_count;
};

/* Building. Every function takes ownership of the trees that it is given, also
 * when it fails; NULL (memory) in, NULL out, so calls can be nested. */
struct expr *expr_number(double value);
struct expr *expr_quantity(struct quantity q);
struct expr *expr_unary(enum expr_op op, struct expr *a);
struct expr *expr_binary(enum expr_op op, struct expr *a, struct expr *b);
struct expr *expr_sum_over(char letter, size_t count, struct expr *body);
struct expr *expr_terms(struct expr *terms[], size_t count);
struct expr *expr_call(const struct function *function, struct expr *args[], size_t count);
struct expr *expr_delta(int64_t i, int64_t j);
struct expr *expr_list(struct expr *args[], size_t rows, size_t cols);
void expr_free(struct expr *expr);

/* A number, a vector (rank 1, rows 1) or a matrix. `data` is NULL for a number,
 * whose value is `number`; else it is [rows * cols] and owned by the value. */
struct value {
    int rank;
    size_t rows, cols;
    double number;
    double *data;
};

void value_free(struct value *value);
static inline double value_at(const struct value *value, size_t index) {
    return value->data ? value->data[index] : value->number;
}

/* How tightly a written form binds, loosest first. */
enum binding {
    BINDING_ATOM = 0, /* closed in itself: f(z) */
    BINDING_COMPARISON,
    BINDING_SUM,
    BINDING_PRODUCT,
    BINDING_SIGN,
    BINDING_POWER,
    BINDING_TIGHT,
};

/* The functions of the prompt; one row each. */
struct function {
    const char *name;   /* as typed: "log" */
    const char *symbol; /* as written: "ln(%)": % is the argument, %2 the second ... */
    const char *tex;
    const char *help;
    size_t fewest, most; /* arguments */
    double (*one)(double a);
    double (*two)(double a, double b);
    double (*three)(double a, double b, double c);
    /* of one vector or matrix, element by element, row by row */
    double (*all)(const double *v, size_t count);
    enum binding binding; /* of `symbol` */
};
const struct function *function_at(size_t index);
const struct function *function_named(const char *name, size_t length);

/* How a reader turns names into trees. `resolve` returns a new tree, or NULL with
 * `error` filled, and sets `*taken` bytes. Where `sum_letter` is set, sum(...) is
 * a sum over that letter, 1 ... sum_count, and `*index` is -sum_letter inside. */
struct names {
    struct expr *(*resolve)(void *context, const char *bytes, size_t count, size_t column,
                            size_t *taken, struct error *error);
    void *context;
    char sum_letter;
    size_t sum_count;
    int64_t *index;
};

/* The names of a model's quantities: `context` is the model. */
struct names names_of_model(struct model *model);

/* Read an expression from the start of the `count` bytes at `bytes`, whose first
 * stands in `column`. With `list`, blanks separate elements as inside brackets.
 * With `taken` NULL everything must be read, else reading stops where the
 * expression ends and `*taken` says where. */
enum status expr_parse(const struct names *names, const char *bytes, size_t count, size_t column,
                       bool list, size_t *taken, struct expr **expr, struct error *error);

/* What letters stand for while an equation is evaluated: 'i', 'j', 'm' for indices;
 * 's', 'n' and 'v', which are never used at the same time, for samples. 0: nothing. */
struct scope {
    struct model *model;
    int64_t letters[4];
    bool (*stop)(void *context); /* asked after what is large: an error ends it; NULL: never */
    void *context;
};

/* What a sum's letter stands for in its term `n`, from 1: n itself, or the row of
 * the n-th sample of the batch (s), of the training rows (n), of those held out (v). */
int64_t expr_sum_index(const struct expr *sum, const struct model *model, size_t n);

/* Let every quantity in the tree that has a value for each sample be that of this
 * sample; a row of the data set, or a letter. */
void expr_set_sample(struct expr *expr, int64_t sample);

/* The value of a tree over a fresh model. The caller frees `value`. Shapes that
 * do not fit are errors. */
enum status expr_evaluate(const struct expr *expr, const struct scope *scope, struct value *value,
                          struct error *error);

/* How many numbers are worked out on the way: those of the tree's nodes, added up. */
double expr_effort(const struct expr *expr, struct model *model);

/* What may be worked out at every key, and in every picture: some hundredths of a second. */
#define EFFORT_QUICK 4e6

/* The same of a tree that is one number; NaN where it has no value. */
double expr_scalar(const struct expr *expr, const struct scope *scope);

/* A quantity with the scope's letters put in. The first sample of a batch is the
 * present one, as x and y are: for the letter 's' its row becomes 0. */
struct quantity scope_bind(const struct scope *scope, struct quantity q);
int64_t *scope_letter(struct scope *scope, char letter);

#endif
