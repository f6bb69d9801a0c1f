/*
 * expr/evaluate.c - the value of an expression. Everything is element by element;
 * a single number goes with any shape. Sums run left to right from +0.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mathfn.h"
#include "base/memory.h"
#include "expr/expr.h"

enum { LARGE = 4096 }; /* numbers */

void value_free(struct value *value) {
    free(value->data);
    *value = (struct value){0};
}

static struct value scalar(double number) {
    return (struct value){.rank = 0, .rows = 1, .cols = 1, .number = number};
}

static enum status allocate(struct value *value, int rank, size_t rows, size_t cols,
                            struct error *error) {
    *value = (struct value){.rank = rank, .rows = rows, .cols = cols};
    if (cols != 0 && rows > SIZE_MAX / cols) {
        return error_memory(error);
    }
    value->data = memory_array(rows * cols, sizeof *value->data);
    return value->data ? STATUS_OK : error_memory(error);
}

int64_t *scope_letter(struct scope *scope, char letter) {
    return &scope->letters[letter == 'i' ? 0 : letter == 'j' ? 1 : letter == 'm' ? 2 : 3];
}

int64_t expr_sum_index(const struct expr *sum, const struct model *model, size_t n) {
    switch (sum->letter) {
    case 's': return (int64_t)feed_batch_row(&model->feed, n);
    case 'n': return (int64_t)feed_training_row(&model->feed, n);
    case 'v': return (int64_t)feed_held_row(&model->feed, n);
    default: return (int64_t)n;
    }
}

static int64_t bind_index(const struct scope *scope, int64_t index) {
    struct scope copy = *scope;
    return index < 0 ? *scope_letter(&copy, (char)-index) : index;
}

struct quantity scope_bind(const struct scope *scope, struct quantity q) {
    q.i = bind_index(scope, q.i);
    q.j = bind_index(scope, q.j);
    bool of_batch = q.sample == -'s';
    q.sample = bind_index(scope, q.sample);
    if (of_batch && (size_t)q.sample == scope->model->feed.sample) {
        q.sample = 0;
    }
    return q;
}

/* A quantity: one element, or the whole vector or matrix. */
static enum status evaluate_quantity(const struct expr *expr, const struct scope *scope,
                                     struct value *value, struct error *error) {
    struct quantity q = scope_bind(scope, expr->quantity);
    if (quantity_work_out(scope->model, &q, scope->stop, scope->context) == STATUS_INTERRUPTED) {
        return error_interrupted(error);
    }
    int rank = quantity_rank(scope->model, &q);
    if (rank == 0 || q.i != 0) {
        *value = scalar(quantity_value(scope->model, &q));
        return STATUS_OK;
    }
    size_t rows, cols;
    quantity_shape(scope->model, &q, &rows, &cols);
    enum status status = allocate(value, rank, rows, cols, error);
    for (size_t at = 0; status == STATUS_OK && at < rows * cols; at++) {
        struct quantity element = quantity_element(scope->model, q, at);
        value->data[at] = quantity_value(scope->model, &element);
    }
    return status;
}

/* a^b; a square is a product, so that it has the same bits as in the engine */
static double power(double a, double b) {
    return b == 2 ? a * a : math_pow(a, b);
}

static double binary(enum expr_op op, double a, double b) {
    switch (op) {
    case EXPR_ADD: return a + b;
    case EXPR_SUBTRACT: return a - b;
    case EXPR_MULTIPLY: return a * b;
    case EXPR_DIVIDE: return a / b;
    case EXPR_POWER: return power(a, b);
    case EXPR_LESS: return a < b;
    case EXPR_LESS_EQUAL: return a <= b;
    case EXPR_GREATER: return a > b;
    case EXPR_GREATER_EQUAL: return a >= b;
    case EXPR_EQUAL: return a == b;
    default: return a != b;
    }
}

static void describe_shape(const struct value *value, char *text, size_t size) {
    if (value->rank == 2) {
        snprintf(text, size, "%zux%zu", value->rows, value->cols);
    } else {
        snprintf(text, size, "a vector of %zu", value->cols);
    }
}

static enum status shape_error(const struct expr *expr, const struct value *a,
                               const struct value *b, struct error *error) {
    char left[48], right[48];
    describe_shape(a, left, sizeof left);
    describe_shape(b, right, sizeof right);
    const char *hint = "";
    if (expr->op == EXPR_MULTIPLY && (a->rank == 2 || b->rank == 2)) {
        hint = "; '*' works element by element: write a product as sum(...) of elements";
    }
    return error_at(error, expr->column, expr->length, "shapes do not fit: %s and %s%s", left,
                    right, hint);
}

/* The common shape of two values: equal, or one of them a number. */
static enum status common_shape(const struct expr *expr, const struct value *a,
                                const struct value *b, const struct value **shape,
                                struct error *error) {
    *shape = a->rank == 0 ? b : a;
    if (a->rank == 0 || b->rank == 0 || (a->rows == b->rows && a->cols == b->cols)) {
        return STATUS_OK;
    }
    return shape_error(expr, a, b, error);
}

static enum status evaluate_binary(const struct expr *expr, const struct scope *scope,
                                   struct value *value, struct error *error) {
    struct value a, b;
    enum status status = expr_evaluate(expr->args[0], scope, &a, error);
    if (status != STATUS_OK) {
        return status;
    }
    status = expr_evaluate(expr->args[1], scope, &b, error);
    if (status != STATUS_OK) {
        value_free(&a);
        return status;
    }
    const struct value *shape = NULL;
    if (a.rank == 0 && b.rank == 0) {
        *value = scalar(binary(expr->op, a.number, b.number));
    } else if ((status = common_shape(expr, &a, &b, &shape, error)) == STATUS_OK &&
               (status = allocate(value, shape->rank, shape->rows, shape->cols, error)) ==
                   STATUS_OK) {
        for (size_t at = 0; at < shape->rows * shape->cols; at++) {
            value->data[at] = binary(expr->op, value_at(&a, at), value_at(&b, at));
        }
    }
    value_free(&a);
    value_free(&b);
    return status;
}

static enum status evaluate_unary(const struct expr *expr, const struct scope *scope,
                                  struct value *value, struct error *error) {
    struct value a;
    enum status status = expr_evaluate(expr->args[0], scope, &a, error);
    if (status != STATUS_OK) {
        return status;
    }
    if (expr->op == EXPR_NEGATE) {
        a.number = -a.number;
        for (size_t at = 0; a.data && at < a.rows * a.cols; at++) {
            a.data[at] = -a.data[at];
        }
        *value = a;
        return STATUS_OK;
    }
    if (a.rank == 0) {
        *value = a;
        return STATUS_OK;
    }
    status = allocate(value, 2, a.cols, a.rows, error);
    for (size_t row = 0; status == STATUS_OK && row < a.rows; row++) {
        for (size_t col = 0; col < a.cols; col++) {
            value->data[col * a.rows + row] = a.data[row * a.cols + col];
        }
    }
    value_free(&a);
    return status;
}

static double call_at(const struct function *f, const struct value args[], size_t count,
                      size_t at) {
    double a = value_at(&args[0], at);
    if (count == 1) {
        return f->one(a);
    }
    double b = value_at(&args[1], at);
    return count == 2 ? f->two(a, b) : f->three(a, b, value_at(&args[2], at));
}

/* A function of one argument that takes a vector whole, or of several taken
 * element by element. */
static enum status apply(const struct expr *expr, const struct value args[], struct value *value,
                         struct error *error) {
    const struct function *f = expr->function;
    if (expr->arg_count == 1 && f->all) {
        const double *all = args[0].data ? args[0].data : &args[0].number;
        *value = scalar(f->all(all, args[0].rows * args[0].cols));
        return STATUS_OK;
    }
    const struct value *shape = &args[0];
    for (size_t i = 1; i < expr->arg_count; i++) {
        enum status status = common_shape(expr, shape, &args[i], &shape, error);
        if (status != STATUS_OK) {
            return status;
        }
    }
    if (shape->rank == 0) {
        *value = scalar(call_at(f, args, expr->arg_count, 0));
        return STATUS_OK;
    }
    enum status status = allocate(value, shape->rank, shape->rows, shape->cols, error);
    for (size_t at = 0; status == STATUS_OK && at < shape->rows * shape->cols; at++) {
        value->data[at] = call_at(f, args, expr->arg_count, at);
    }
    return status;
}

static enum status evaluate_call(const struct expr *expr, const struct scope *scope,
                                 struct value *value, struct error *error) {
    struct value args[3] = {{0}};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < expr->arg_count && status == STATUS_OK; i++) {
        status = expr_evaluate(expr->args[i], scope, &args[i], error);
    }
    if (status == STATUS_OK) {
        status = apply(expr, args, value, error);
    }
    for (size_t i = 0; i < expr->arg_count; i++) {
        value_free(&args[i]);
    }
    return status;
}

/* sum over letter = 1 ... count: left to right from +0 */
static enum status evaluate_sum(const struct expr *expr, const struct scope *scope,
                                struct value *value, struct error *error) {
    struct scope inner = *scope;
    double sum = 0;
    for (size_t index = 1; index <= expr->count; index++) {
        *scope_letter(&inner, expr->letter) = expr_sum_index(expr, scope->model, index);
        struct value term;
        enum status status = expr_evaluate(expr->args[0], &inner, &term, error);
        if (status != STATUS_OK) {
            return status;
        }
        sum += term.number;
        value_free(&term);
    }
    *value = scalar(sum);
    return STATUS_OK;
}

static enum status evaluate_terms(const struct expr *expr, const struct scope *scope,
                                  struct value *value, struct error *error) {
    double sum = 0;
    for (size_t n = 0; n < expr->arg_count; n++) {
        struct value term;
        enum status status = expr_evaluate(expr->args[n], scope, &term, error);
        if (status != STATUS_OK) {
            return status;
        }
        sum += value_at(&term, 0);
        value_free(&term);
    }
    *value = scalar(sum);
    return STATUS_OK;
}

static enum status evaluate_list(const struct expr *expr, const struct scope *scope,
                                 struct value *value, struct error *error) {
    int rank = expr->rows > 1 ? 2 : 1;
    enum status status = allocate(value, rank, expr->rows, expr->cols, error);
    for (size_t at = 0; status == STATUS_OK && at < expr->arg_count; at++) {
        struct value element;
        status = expr_evaluate(expr->args[at], scope, &element, error);
        if (status == STATUS_OK && element.rows * element.cols != 1) {
            const struct expr *arg = expr->args[at];
            status = error_at(error, arg->column, arg->length,
                              "an element of a list is a single number, but this has %zu",
                              element.rows * element.cols);
        } else if (status == STATUS_OK) {
            value->data[at] = value_at(&element, 0);
        }
        value_free(&element);
    }
    if (status != STATUS_OK) {
        value_free(value);
    }
    return status;
}

static enum status evaluate(const struct expr *expr, const struct scope *scope, struct value *value,
                            struct error *error) {
    *value = (struct value){0};
    switch (expr->op) {
    case EXPR_NUMBER: *value = scalar(expr->number); return STATUS_OK;
    case EXPR_QUANTITY: return evaluate_quantity(expr, scope, value, error);
    case EXPR_DELTA:
        *value = scalar(bind_index(scope, expr->quantity.i) == bind_index(scope, expr->quantity.j));
        return STATUS_OK;
    case EXPR_NEGATE:
    case EXPR_TRANSPOSE: return evaluate_unary(expr, scope, value, error);
    case EXPR_CALL: return evaluate_call(expr, scope, value, error);
    case EXPR_SUM_OVER: return evaluate_sum(expr, scope, value, error);
    case EXPR_TERMS: return evaluate_terms(expr, scope, value, error);
    case EXPR_LIST: return evaluate_list(expr, scope, value, error);
    default: return evaluate_binary(expr, scope, value, error);
    }
}

enum status expr_evaluate(const struct expr *expr, const struct scope *scope, struct value *value,
                          struct error *error) {
    enum status status = evaluate(expr, scope, value, error);
    bool large = status == STATUS_OK && value->data && value->rows * value->cols >= LARGE;
    if (large && scope->stop && scope->stop(scope->context)) {
        value_free(value);
        status = error_interrupted(error);
    }
    return status;
}

/* How many numbers the value of a tree has, and in `*effort` all on the way to it. */
static double size_and_effort(const struct expr *expr, struct model *model, double *effort) {
    double size = expr->op == EXPR_LIST ? (double)expr->arg_count : 1;
    if (expr->op == EXPR_QUANTITY && expr->quantity.i == 0) {
        size_t rows, cols;
        quantity_shape(model, &expr->quantity, &rows, &cols);
        size = (double)rows * (double)cols;
    }
    bool whole = expr->op == EXPR_CALL && expr->function->all && expr->arg_count == 1;
    for (size_t n = 0; n < expr->arg_count; n++) {
        double arg = size_and_effort(expr->args[n], model, effort);
        size = arg > size && !whole ? arg : size;
    }
    *effort += size;
    *effort += expr->op == EXPR_QUANTITY ? quantity_effort(model, &expr->quantity) : 0;
    return size;
}

double expr_effort(const struct expr *expr, struct model *model) {
    double effort = 0;
    (void)size_and_effort(expr, model, &effort);
    return effort;
}

double expr_scalar(const struct expr *expr, const struct scope *scope) {
    struct value value;
    if (expr_evaluate(expr, scope, &value, NULL) != STATUS_OK) {
        return NAN;
    }
    double number = value_at(&value, 0);
    value_free(&value);
    return number;
}
