/*
 * lang/quiz_tolerance.c - how near an answer must be to count as right: as near as whoever
 * works with the rounded numbers on the screen can come.
 */
#include <math.h>

#include "base/mathfn.h"
#include "expr/equation.h"
#include "expr/print.h"
#include "lang/quiz.h"

static void add_size(void *context, const char *string, const struct quantity *q) {
    struct doubt *sum = context;
    (void)string;
    if (q) {
        sum->right += fabs(quantity_value(sum->model, q));
    }
}

/* The sizes of all operands together: of a sum of products of rounded numbers, the error
 * is at most this times the rounding. */
static double operand_sizes(struct model *model, const struct quantity *q) {
    struct doubt sum = {.model = model};
    struct equation equation;
    struct print_options options = {.model = model, .numbers = true, .digits = 1};
    if (equation_open(&equation, model, *q, NULL) == STATUS_OK) {
        expr_print(equation.right, &options, add_size, &sum);
        equation_close(&equation);
    }
    return isfinite(sum.right) ? sum.right : 0;
}

double quiz_tolerance(struct model *model, const struct quantity *q, double value, int digits) {
    double half = 0.5 * math_pow(10, -digits); /* of the last decimal shown */
    if (value != 0 && fabs(value) < half) {
        half = 0.5e-3 * fabs(value); /* shown as 1.234e-7 */
    }
    double carried = half * (1 + operand_sizes(model, q));
    double most = 0.01 * fabs(value);
    double slack = carried < most ? carried : most;
    slack = slack > half ? slack : half;
    double rounding = 1e-9 * fabs(value);
    return slack > rounding ? slack : rounding;
}
