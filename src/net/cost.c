/*
 * net/cost.c - the table of costs. Sums run left to right from +0.
 */
#include "net/cost.h"

#include <math.h>
#include <string.h>

#include "base/mathfn.h"
#include "base/table.h"
#include "net/activation.h"

/* C = 1/2 sum_j (y_j - r_j)^2 */
static double half_squared_value(size_t n, const double *y, const double *r) {
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        double d = y[j] - r[j];
        sum += d * d;
    }
    return 0.5 * sum;
}

static double half_squared_slope(size_t n, double y, double r) {
    (void)n;
    return r - y;
}

/* C = (1/n) sum_j (y_j - r_j)^2 */
static double mse_value(size_t n, const double *y, const double *r) {
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        double d = y[j] - r[j];
        sum += d * d;
    }
    return 1 / (double)n * sum;
}

static double mse_slope(size_t n, double y, double r) {
    return 2 * (r - y) / (double)n;
}

double cost_xlogy(double x, double y) {
    return x == 0 ? 0 : x * math_log(y);
}

static const char *log_breaks(double r) {
    return r == 0 ? "ln 0" : r > 0 ? NULL : "ln of a negative number";
}

/* ln r or ln(1 - r) */
static const char *logs_break(double r) {
    const char *first = log_breaks(r);
    return first ? first : log_breaks(1 - r);
}

/* C = -sum_j [y_j ln r_j + (1 - y_j) ln(1 - r_j)] */
static double bce_value(size_t n, const double *y, const double *r) {
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        sum += cost_xlogy(y[j], r[j]) + cost_xlogy(1 - y[j], 1 - r[j]);
    }
    return -sum;
}

static double bce_slope(size_t n, double y, double r) {
    (void)n;
    return (r - y) / (r * (1 - r));
}

/* C = -sum_j y_j ln r_j */
static double cross_entropy_value(size_t n, const double *y, const double *r) {
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        sum += cost_xlogy(y[j], r[j]);
    }
    return -sum;
}

static double cross_entropy_slope(size_t n, double y, double r) {
    (void)n;
    return -y / r;
}

static const struct cost costs[] = {
    {
        .name = "half-squared",
        .help = "half the sum of the squared errors",
        .formula = "0.5*sum((y - r)^2)",
        .slope_formula = "r - y",
        .opened = "0.5*(y^2 - 2*y*r + r^2)",
        .terms = {{"0.5*y^2", "0", "there is no r in it"},
                  {"-y*r", "-y", "the half takes the 2 away"},
                  {"0.5*r^2", "r", "the 2 comes down, and the half takes it away"}},
        .torch = "((y - r) ** 2).sum() / 2",
        .value = half_squared_value,
        .slope = half_squared_slope,
    },
    {
        .name = "mse",
        .help = "the mean of the squared errors",
        .formula = "1/n*sum((y - r)^2)",
        .slope_formula = "2*(r - y)/n",
        .opened = "(y^2 - 2*y*r + r^2)/n",
        .terms = {{"y^2/n", "0", "there is no r in it"},
                  {"-2*y*r/n", "-2*y/n", "r to the first power"},
                  {"r^2/n", "2*r/n", "the 2 comes down, and no half takes it away"}},
        .torch = "((y - r) ** 2).mean()",
        .value = mse_value,
        .slope = mse_slope,
    },
    {
        .name = "bce",
        .help = "binary cross-entropy, for outputs between 0 and 1",
        .formula = "-sum(xlogy(y, r) + xlogy(1 - y, 1 - r))",
        .slope_formula = "(r - y)/(r*(1 - r))",
        .opened = "-xlogy(y, r) - xlogy(1 - y, 1 - r)",
        .terms = {{"-xlogy(y, r)", "-y/r", "the slope of ln r is 1/r"},
                  {"-xlogy(1 - y, 1 - r)", "(1 - y)/(1 - r)", "and 1 - r falls where r grows"}},
        .torch = "-(torch.xlogy(y, r) + torch.xlogy(1 - y, 1 - r)).sum()",
        .value = bce_value,
        .slope = bce_slope,
        .breaks = logs_break,
    },
    {
        .name = "cross-entropy",
        .help = "cross-entropy, for shares that sum to 1",
        .formula = "-sum(xlogy(y, r))",
        .slope_formula = "-y/r",
        .opened = "-xlogy(y, r)",
        .terms = {{"-xlogy(y, r)", "-y/r", "the slope of ln r is 1/r"}},
        .torch = "-torch.xlogy(y, r).sum()",
        .value = cross_entropy_value,
        .slope = cross_entropy_slope,
        .breaks = log_breaks,
    },
};

const struct cost *cost_at(size_t index) {
    return TABLE_AT(costs, index);
}

/* C = sum_j softplus(z_j) - y_j z_j */
static double bce_sigmoid_value(size_t n, const double *y, const double *z) {
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        sum += activation_softplus(z[j]) - y[j] * z[j];
    }
    return sum;
}

/* dC/dz_j = r_j - y_j */
static void bce_sigmoid_slope(size_t n, const double *y, const double *r, double *dz) {
    for (size_t j = 0; j < n; j++) {
        dz[j] = r[j] - y[j];
    }
}

double cost_logsumexp(size_t n, const double *z) {
    double largest = z[0];
    for (size_t m = 1; m < n; m++) {
        if (z[m] > largest || isnan(z[m])) {
            largest = z[m];
        }
    }
    double sum = 0;
    for (size_t m = 0; m < n; m++) {
        sum += math_exp(z[m] - largest);
    }
    return largest + math_log(sum);
}

/* C = sum_j y_j (logsumexp(z) - z_j) */
static double cross_entropy_softmax_value(size_t n, const double *y, const double *z) {
    double log_sum = cost_logsumexp(n, z);
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        sum += y[j] * (log_sum - z[j]);
    }
    return sum;
}

/* dC/dz_j = r_j sum_m y_m - y_j, which is r_j - y_j where the targets sum to 1 */
static void cross_entropy_softmax_slope(size_t n, const double *y, const double *r, double *dz) {
    double sum = 0;
    for (size_t m = 0; m < n; m++) {
        sum += y[m];
    }
    for (size_t j = 0; j < n; j++) {
        dz[j] = r[j] * sum - y[j];
    }
}

static const struct pairing pairings[] = {
    {
        .cost = "bce",
        .activation = "sigmoid",
        .formula = "sum(softplus(z) - y*z)",
        .slope_formula = "r - y",
        .steps = {{"(r - y)/(r*(1 - r))*(r*(1 - r))", "B0 times the slope of sigmoid", false},
                  {"r - y", "the slope takes the denominator away", false}},
        .torch = "(nn.functional.softplus(z, threshold=40) - y * z).sum()",
        .value = bce_sigmoid_value,
        .slope = bce_sigmoid_slope,
    },
    {
        .cost = "cross-entropy",
        .activation = "softmax",
        .formula = "sum(y*(logsumexp(Z) - z))",
        .slope_formula = "r*sum(y) - y",
        .steps = {{"r*(-y/r - sum(-y/r*r))", "B0 put into B1", false},
                  {"r*(-y/r + sum(y))", "in each term of the sum r goes", false},
                  {"r*sum(y) - y", "and so does it before the sum", false},
                  {"r - y", "because the targets sum to 1", true}},
        .torch = "(y * (torch.logsumexp(z, -1) - z)).sum()",
        .value = cross_entropy_softmax_value,
        .slope = cross_entropy_softmax_slope,
    },
};

const struct pairing *pairing_of(const struct cost *cost, const struct activation *activation) {
    for (size_t i = 0; i < TABLE_COUNT(pairings); i++) {
        if (strcmp(pairings[i].cost, cost->name) == 0 &&
            strcmp(pairings[i].activation, activation->name) == 0) {
            return &pairings[i];
        }
    }
    return NULL;
}
