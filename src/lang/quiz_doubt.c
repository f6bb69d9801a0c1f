/*
 * lang/quiz_doubt.c - the table of mistakes: each makes the wrong value from the very
 * equation that is explained, by an edit of its tree.
 *
 * The rows are tried in their order, so what is more telling comes first. A value that
 * is right all the same (a slope of 1 left out) tells nothing and is passed over.
 */
#include <math.h>
#include <stdlib.h>

#include "expr/equation.h"
#include "lang/quiz.h"

enum { TERMS_MOST = 256, ELEMENTS_MOST = 4096 };

/* ---- the equation with something wrong in it ---- */

/* Spoil one node; false where it is none of those that are meant. `n` counts variants. */
typedef bool (*spoil)(struct doubt *doubt, struct expr *node, size_t n);

static bool spoil_all(struct doubt *doubt, struct expr *expr, spoil edit, size_t n) {
    bool spoilt = false; /* from below: an edit may take the node's arguments away */
    for (size_t i = 0; i < expr->arg_count; i++) {
        spoilt = spoil_all(doubt, expr->args[i], edit, n) || spoilt;
    }
    return edit(doubt, expr, n) || spoilt;
}

/* The value of the spoilt equation; false where there was nothing to spoil. */
static bool spoilt_value(struct doubt *doubt, spoil edit, size_t n, double *value) {
    struct equation equation;
    if (equation_open(&equation, doubt->model, doubt->q, NULL) != STATUS_OK) {
        return false;
    }
    bool spoilt = spoil_all(doubt, equation.right, edit, n) &&
                  equation_value(&equation, doubt->model, value, NULL) == STATUS_OK;
    equation_close(&equation);
    return spoilt;
}

static void become_number(struct expr *node, double value) {
    for (size_t i = 0; i < node->arg_count; i++) {
        expr_free(node->args[i]);
    }
    node->arg_count = 0;
    node->op = EXPR_NUMBER;
    node->number = value;
}

/* The node becomes its own argument `which`. */
static void become_argument(struct expr *node, size_t which) {
    struct expr *kept = node->args[which], **args = node->args;
    for (size_t i = 0; i < node->arg_count; i++) {
        if (i != which) {
            expr_free(args[i]);
        }
    }
    *node = *kept;
    free(kept);
    free(args);
}

static bool is_quantity(const struct expr *node, enum quantity_kind kind) {
    return node->op == EXPR_QUANTITY && node->quantity.kind == kind;
}

/* ---- the slope ---- */

static bool drop_slope(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    if (n == 0 && is_quantity(node, QUANTITY_SLOPE)) {
        become_number(node, 1);
        return true;
    }
    if (n == 1 && is_quantity(node, QUANTITY_DZ)) { /* a layer up */
        node->quantity.kind = QUANTITY_DR;
        return true;
    }
    return false;
}

static bool sign_turned(struct doubt *doubt, size_t n, double *value) {
    *value = -doubt->right;
    return n == 0;
}

static bool slope_missing(struct doubt *doubt, size_t n, double *value) {
    *value = doubt->right; /* says nothing, where it is not spoilt */
    return n < 2 && (spoilt_value(doubt, drop_slope, n, value) || n == 0);
}

static bool sign_and_slope(struct doubt *doubt, size_t n, double *value) {
    bool more = slope_missing(doubt, n, value);
    *value = *value == doubt->right ? *value : -*value;
    return more;
}

/* ---- operands taken for others ---- */

/* The largest that an index becomes. */
static int64_t bound_of(int64_t index, size_t count) {
    return index > 0 ? index : (int64_t)count;
}

static bool transpose(struct doubt *doubt, struct expr *node, size_t n) {
    (void)n;
    if (!is_quantity(node, QUANTITY_W)) {
        return false;
    }
    struct quantity *q = &node->quantity;
    size_t rows, cols;
    quantity_shape(doubt->model, q, &rows, &cols);
    if (bound_of(q->j, cols) > (int64_t)rows || bound_of(q->i, rows) > (int64_t)cols) {
        return false;
    }
    int64_t i = q->i;
    q->i = q->j;
    q->j = i;
    return true;
}

static bool weight_transposed(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && !doubt->q.next && spoilt_value(doubt, transpose, n, value);
}

static bool take_z(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    (void)n;
    if (!is_quantity(node, QUANTITY_R) || node->quantity.layer == 0) {
        return false;
    }
    node->quantity.kind = QUANTITY_Z;
    return true;
}

static bool take_r(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    (void)n;
    if (!is_quantity(node, QUANTITY_Z)) {
        return false;
    }
    node->quantity.kind = QUANTITY_R;
    return true;
}

/* The value of another kind, for the same neuron. */
static bool counterpart(const struct doubt *doubt, enum quantity_kind from, enum quantity_kind to,
                        double *value) {
    struct quantity q = doubt->q;
    if (q.kind != from || q.next) {
        return false;
    }
    q.kind = to;
    *value = quantity_value(doubt->model, &q);
    return true;
}

static bool z_for_r(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && (counterpart(doubt, QUANTITY_R, QUANTITY_Z, value) ||
                      spoilt_value(doubt, take_z, n, value));
}

static bool r_for_z(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && (counterpart(doubt, QUANTITY_Z, QUANTITY_R, value) ||
                      spoilt_value(doubt, take_r, n, value));
}

/* ---- sums ---- */

static bool evaluate(const struct expr *expr, struct scope *scope, double *value) {
    struct value result;
    if (expr_evaluate(expr, scope, &result, NULL) != STATUS_OK) {
        return false;
    }
    *value = value_at(&result, 0);
    value_free(&result);
    return true;
}

/* Term n of a sum, whose letters are otherwise free. */
static bool term_of(const struct doubt *doubt, const struct expr *sum, size_t n, double *value) {
    struct scope scope = {.model = doubt->model};
    *scope_letter(&scope, sum->letter) = expr_sum_index(sum, doubt->model, n + 1);
    return evaluate(sum->args[0], &scope, value);
}

static bool is_sum(const struct expr *node, size_t n) {
    return node->op == EXPR_SUM_OVER && node->count > 1 && node->count <= TERMS_MOST &&
           n < node->count;
}

static bool keep_term(struct doubt *doubt, struct expr *node, size_t n) {
    double value;
    if (!is_sum(node, n) || !term_of(doubt, node, n, &value)) {
        return false;
    }
    become_number(node, value);
    return true;
}

static bool drop_term(struct doubt *doubt, struct expr *node, size_t n) {
    struct scope scope = {.model = doubt->model};
    double value, whole;
    if (!is_sum(node, n) || !term_of(doubt, node, n, &value) || !evaluate(node, &scope, &whole)) {
        return false;
    }
    become_number(node, whole - value);
    return true;
}

static bool one_term(struct doubt *doubt, size_t n, double *value) {
    return spoilt_value(doubt, keep_term, n, value);
}

static bool term_missing(struct doubt *doubt, size_t n, double *value) {
    return spoilt_value(doubt, drop_term, n, value);
}

static bool drop_bias(struct doubt *doubt, struct expr *node, size_t n) {
    (void)n;
    if (doubt->q.next || !is_quantity(node, QUANTITY_B)) {
        return false;
    }
    become_number(node, 0);
    return true;
}

static bool bias_missing(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && spoilt_value(doubt, drop_bias, n, value);
}

/* ---- signs and factors ---- */

static bool add_instead(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    (void)n;
    if (node->op != EXPR_SUBTRACT) {
        return false;
    }
    node->op = EXPR_ADD;
    return true;
}

static bool plus_for_minus(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && spoilt_value(doubt, add_instead, n, value);
}

static bool drop_square(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    (void)n;
    if (node->op != EXPR_POWER) {
        return false;
    }
    become_argument(node, 0);
    return true;
}

static bool square_missing(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && spoilt_value(doubt, drop_square, n, value);
}

static bool drop_rate(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    (void)n;
    if (!is_quantity(node, QUANTITY_LR)) {
        return false;
    }
    become_number(node, 1);
    return true;
}

static bool rate_missing(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && spoilt_value(doubt, drop_rate, n, value);
}

/* The second factor, or the first, of every product of two quantities. */
static bool drop_factor(struct doubt *doubt, struct expr *node, size_t n) {
    (void)doubt;
    if (node->op != EXPR_MULTIPLY || node->args[0]->op == EXPR_NUMBER ||
        node->args[1]->op == EXPR_NUMBER) {
        return false;
    }
    become_argument(node, n);
    return true;
}

static bool factor_missing(struct doubt *doubt, size_t n, double *value) {
    return n < 2 && spoilt_value(doubt, drop_factor, n, value);
}

/* ---- the update ---- */

/* The weight before it; false where it is no update that is asked for. */
static bool old_weight(const struct doubt *doubt, double *value) {
    struct quantity old = doubt->q;
    old.next = false;
    *value = doubt->q.next ? quantity_value(doubt->model, &old) : 0;
    return doubt->q.next;
}

static bool old_for_new(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && old_weight(doubt, value);
}

static bool change_alone(struct doubt *doubt, size_t n, double *value) {
    double old;
    if (n > 1 || !old_weight(doubt, &old)) {
        return false;
    }
    *value = n == 0 ? doubt->right - old : old - doubt->right;
    return true;
}

/* ---- off by a factor ---- */

/* Times it, and divided by it. */
static bool off_by(const struct doubt *doubt, double factor, size_t n, double *value) {
    *value = n == 0 ? doubt->right * factor : doubt->right / factor;
    return n < 2 && factor != 1;
}

static bool off_by_rate(struct doubt *doubt, size_t n, double *value) {
    return off_by(doubt, doubt->model->optimizer.h.lr, n, value);
}

static bool off_by_two(struct doubt *doubt, size_t n, double *value) {
    return off_by(doubt, 2, n, value);
}

static bool off_by_outputs(struct doubt *doubt, size_t n, double *value) {
    return off_by(doubt, (double)doubt->model->network.layers[doubt->model->network.K].n, n, value);
}

static bool off_by_batch(struct doubt *doubt, size_t n, double *value) {
    return off_by(doubt, (double)feed_batch(&doubt->model->feed), n, value);
}

/* ---- something else altogether ---- */

/* 0 is too common to tell what it was. */
static double telling(const struct doubt *doubt, double value) {
    return value == 0 ? doubt->right : value;
}

static bool other_element(struct doubt *doubt, size_t n, double *value) {
    struct quantity q = doubt->q;
    size_t rows, cols;
    int rank = quantity_rank(doubt->model, &q);
    quantity_shape(doubt->model, &q, &rows, &cols);
    if (rank == 0 || n >= rows * cols || n >= ELEMENTS_MOST) {
        return false;
    }
    q.i = rank == 2 ? (int64_t)(n / cols) + 1 : (int64_t)n + 1;
    q.j = rank == 2 ? (int64_t)(n % cols) + 1 : 0;
    doubt->other = q;
    *value = telling(doubt, quantity_value(doubt->model, &q));
    return true;
}

/* Of the same neuron. */
static bool other_kind(struct doubt *doubt, size_t n, double *value) {
    static const enum quantity_kind kinds[] = {QUANTITY_Z, QUANTITY_R, QUANTITY_DR, QUANTITY_DZ};
    size_t count = sizeof kinds / sizeof *kinds, own = count;
    for (size_t k = 0; k < count; k++) {
        own = kinds[k] == doubt->q.kind ? k : own;
    }
    if (own == count || n >= count || doubt->q.layer == 0) {
        return false;
    }
    struct quantity q = doubt->q;
    q.kind = kinds[n];
    doubt->other = q;
    *value = telling(doubt, quantity_value(doubt->model, &q));
    return true;
}

static const struct doubt_row doubts[] = {
    {"the slope f′(z) is missing: B1 multiplies by it", slope_missing},
    {"the sign is turned", sign_turned},
    {"the sign is turned, and the slope f′(z) is missing", sign_and_slope},
    {"the weight is transposed: W[i,j] leads from neuron i to neuron j", weight_transposed},
    {"that is z, before the activation, where r is meant", z_for_r},
    {"that is r, behind the activation, where z is meant", r_for_z},
    {"that is the value before the update", old_for_new},
    {"that is the change alone, without the old value", change_alone},
    {"the learning rate is missing", rate_missing},
    {"that is one term of the sum alone", one_term},
    {"a term of the sum is missing", term_missing},
    {"the bias is missing", bias_missing},
    {"a plus stands where a minus belongs", plus_for_minus},
    {"the square is missing", square_missing},
    {"a factor is missing", factor_missing},
    {"it is off by a factor of 2", off_by_two},
    {"it is off by the factor lr", off_by_rate},
    {"it is off by the number of outputs", off_by_outputs},
    {"it is off by the size of the batch", off_by_batch},
    {"that is another element", other_element},
    {"that is another quantity of this neuron", other_kind},
};

const struct doubt_row *doubt_at(size_t index) {
    return index < sizeof doubts / sizeof *doubts ? &doubts[index] : NULL;
}

const struct doubt_row *doubt_find(struct doubt *doubt, double answer, int digits) {
    double slack = quiz_tolerance(doubt->model, &doubt->q, doubt->right, digits);
    for (size_t row = 0; doubt_at(row); row++) {
        double wrong = 0;
        doubt->other.kind = QUANTITY_KINDS;
        for (size_t n = 0; doubt_at(row)->wrong(doubt, n, &wrong); n++) {
            double near = quiz_tolerance(doubt->model, &doubt->q, wrong, digits);
            if (fabs(answer - wrong) <= near && fabs(wrong - doubt->right) > slack) {
                return doubt_at(row);
            }
        }
    }
    return NULL;
}
