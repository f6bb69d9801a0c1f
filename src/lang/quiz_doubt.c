/*
 * lang/quiz_doubt.c - the table of mistakes: most make the wrong value from the very
 * equation that is explained, by an edit of its tree (quiz_spoil.c).
 *
 * The rows are tried in their order, so what is more telling comes first. A value that
 * is right all the same (a slope of 1 left out) tells nothing and is passed over.
 */
#include <math.h>

#include "base/table.h"
#include "quiz_spoil.h"

enum { ELEMENTS_MOST = 4096 };

/* ---- the slope ---- */

static bool sign_turned(struct doubt *doubt, size_t n, double *value) {
    *value = -doubt->right;
    return n == 0;
}

static bool slope_missing(struct doubt *doubt, size_t n, double *value) {
    *value = doubt->right; /* says nothing, where it is not spoilt */
    return n < 2 && (spoil_value(doubt, spoil_drop_slope, n, value) || n == 0);
}

static bool sign_and_slope(struct doubt *doubt, size_t n, double *value) {
    bool more = slope_missing(doubt, n, value);
    *value = *value == doubt->right ? *value : -*value;
    return more;
}

/* ---- operands taken for others ---- */

static bool weight_transposed(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && !doubt->q.next && spoil_value(doubt, spoil_transpose, n, value);
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
                      spoil_value(doubt, spoil_take_z, n, value));
}

static bool r_for_z(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && (counterpart(doubt, QUANTITY_Z, QUANTITY_R, value) ||
                      spoil_value(doubt, spoil_take_r, n, value));
}

/* ---- sums ---- */

static bool one_term(struct doubt *doubt, size_t n, double *value) {
    return spoil_value(doubt, spoil_keep_term, n, value);
}

static bool term_missing(struct doubt *doubt, size_t n, double *value) {
    return spoil_value(doubt, spoil_drop_term, n, value);
}

static bool bias_missing(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && spoil_value(doubt, spoil_drop_bias, n, value);
}

/* ---- signs and factors ---- */

static bool plus_for_minus(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && spoil_value(doubt, spoil_add_instead, n, value);
}

static bool square_missing(struct doubt *doubt, size_t n, double *value) {
    return n < 2 && spoil_value(doubt, spoil_drop_square, n, value);
}

static bool rate_missing(struct doubt *doubt, size_t n, double *value) {
    return n == 0 && spoil_value(doubt, spoil_drop_rate, n, value);
}

static bool factor_missing(struct doubt *doubt, size_t n, double *value) {
    return n < 2 && spoil_value(doubt, spoil_drop_factor, n, value);
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
    size_t count = TABLE_COUNT(kinds), own = count;
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
    return TABLE_AT(doubts, index);
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
