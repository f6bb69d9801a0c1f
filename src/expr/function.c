/*
 * expr/function.c - the table of functions that expressions can call. Activation
 * formulas call them too, so each is the one definition that the engine uses.
 */
#include <math.h>

#include "base/mathfn.h"
#include "base/table.h"
#include "expr/expr.h"
#include "net/activation.h"
#include "net/cost.h"

/* The larger, NaN if either is; of two zeros the second, as max(0, z) in ReLU. */
static double larger(double a, double b) {
    return a > b || isnan(a) ? a : b;
}
static double smaller(double a, double b) {
    return a < b || isnan(a) ? a : b;
}
static double choose(double condition, double a, double b) {
    return condition != 0 ? a : b;
}

static double all_largest(const double *v, size_t count) {
    double best = v[0];
    for (size_t i = 1; i < count; i++) {
        best = larger(v[i], best);
    }
    return best;
}
static double all_smallest(const double *v, size_t count) {
    double best = v[0];
    for (size_t i = 1; i < count; i++) {
        best = smaller(v[i], best);
    }
    return best;
}
static double all_sum(const double *v, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += v[i];
    }
    return sum;
}
static double all_mean(const double *v, size_t count) {
    return all_sum(v, count) / (double)count;
}
static double all_norm(const double *v, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += v[i] * v[i];
    }
    return sqrt(sum);
}
static double all_logsumexp(const double *v, size_t count) {
    return cost_logsumexp(count, v);
}

/* In a symbol, % is the first argument, %2 the second, %3 the third. */
static const struct function functions[] = {
    {
        .name = "sqrt",
        .symbol = "√(%)",
        .tex = "\\sqrt{%}",
        .help = "square root",
        .fewest = 1,
        .most = 1,
        .one = sqrt,
    },
    {
        .name = "exp",
        .symbol = "exp(%)",
        .tex = "e^{%}",
        .help = "e to this power",
        .fewest = 1,
        .most = 1,
        .one = math_exp,
    },
    {
        .name = "log",
        .symbol = "ln(%)",
        .tex = "\\ln\\left(%\\right)",
        .help = "natural logarithm",
        .fewest = 1,
        .most = 1,
        .one = math_log,
    },
    {
        .name = "sin",
        .symbol = "sin(%)",
        .tex = "\\sin\\left(%\\right)",
        .help = "sine, in radians",
        .fewest = 1,
        .most = 1,
        .one = math_sin,
    },
    {
        .name = "cos",
        .symbol = "cos(%)",
        .tex = "\\cos\\left(%\\right)",
        .help = "cosine, in radians",
        .fewest = 1,
        .most = 1,
        .one = math_cos,
    },
    {
        .name = "tanh",
        .symbol = "tanh(%)",
        .tex = "\\tanh\\left(%\\right)",
        .help = "hyperbolic tangent",
        .fewest = 1,
        .most = 1,
        .one = math_tanh,
    },
    {
        .name = "abs",
        .symbol = "|%|",
        .tex = "\\left|%\\right|",
        .help = "without its sign",
        .fewest = 1,
        .most = 1,
        .one = fabs,
    },
    {
        .name = "min",
        .symbol = "min(%, %2)",
        .tex = "\\min\\left(%, %2\\right)",
        .help = "the smallest of a vector, or of two",
        .fewest = 1,
        .most = 2,
        .two = smaller,
        .all = all_smallest,
    },
    {
        .name = "max",
        .symbol = "max(%, %2)",
        .tex = "\\max\\left(%, %2\\right)",
        .help = "the largest of a vector, or of two",
        .fewest = 1,
        .most = 2,
        .two = larger,
        .all = all_largest,
    },
    {
        .name = "relu",
        .symbol = "ReLU(%)",
        .tex = "\\mathrm{ReLU}\\left(%\\right)",
        .help = "0 below zero, itself above",
        .fewest = 1,
        .most = 1,
        .one = activation_relu,
    },
    {
        .name = "sigmoid",
        .symbol = "σ(%)",
        .tex = "\\sigma\\left(%\\right)",
        .help = "1/(1 + exp(-z))",
        .fewest = 1,
        .most = 1,
        .one = activation_sigmoid,
    },
    {
        .name = "sum",
        .symbol = "sum(%)",
        .tex = "\\mathrm{sum}\\left(%\\right)",
        .help = "sum of all elements",
        .fewest = 1,
        .most = 1,
        .all = all_sum,
    },
    {
        .name = "norm",
        .symbol = "‖%‖",
        .tex = "\\left\\|%\\right\\|",
        .help = "root of the sum of squares",
        .fewest = 1,
        .most = 1,
        .all = all_norm,
    },
    {
        .name = "mean",
        .symbol = "mean(%)",
        .tex = "\\mathrm{mean}\\left(%\\right)",
        .help = "mean of all elements",
        .fewest = 1,
        .most = 1,
        .all = all_mean,
    },
    {
        .name = "expm1",
        .symbol = "exp(%) − 1",
        .tex = "e^{%} - 1",
        .help = "exp(z) - 1, exact near 0",
        .fewest = 1,
        .most = 1,
        .one = math_expm1,
        .binding = BINDING_SUM,
    },
    {
        .name = "log1p",
        .symbol = "ln(1 + %)",
        .tex = "\\ln\\left(1 + %\\right)",
        .help = "log(1 + z), exact near 0",
        .fewest = 1,
        .most = 1,
        .one = math_log1p,
    },
    {
        .name = "softplus",
        .symbol = "softplus(%)",
        .tex = "\\mathrm{softplus}\\left(%\\right)",
        .help = "log(1 + exp(z))",
        .fewest = 1,
        .most = 1,
        .one = activation_softplus,
    },
    {
        .name = "normcdf",
        .symbol = "Φ(%)",
        .tex = "\\Phi\\left(%\\right)",
        .help = "normal distribution function",
        .fewest = 1,
        .most = 1,
        .one = normal_distribution,
    },
    {
        .name = "normpdf",
        .symbol = "φ(%)",
        .tex = "\\varphi\\left(%\\right)",
        .help = "normal density",
        .fewest = 1,
        .most = 1,
        .one = normal_density,
    },
    {
        .name = "xlogy",
        .symbol = "% · ln(%2)",
        .tex = "% \\ln\\left(%2\\right)",
        .help = "x*log(y), and 0 where x is 0",
        .fewest = 2,
        .most = 2,
        .two = cost_xlogy,
        .binding = BINDING_PRODUCT,
    },
    {
        .name = "logsumexp",
        .symbol = "ln Σ exp(%)",
        .tex = "\\ln\\sum e^{%}",
        .help = "log(sum(exp(z))), never too large",
        .fewest = 1,
        .most = 1,
        .all = all_logsumexp,
        .binding = BINDING_PRODUCT,
    },
    {
        .name = "if",
        .symbol = "{%2 if %, else %3}",
        .tex = "\\begin{cases} %2 & % \\\\ %3 & \\text{else} \\end{cases}",
        .help = "the second where the first is not 0, else the third",
        .fewest = 3,
        .most = 3,
        .three = choose,
    },
};

const struct function *function_at(size_t index) {
    return TABLE_AT(functions, index);
}

const struct function *function_named(const char *name, size_t length) {
    return TABLE_WORD(functions, name, length);
}
