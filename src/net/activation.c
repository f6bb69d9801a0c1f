/*
 * net/activation.c - the table of activations.
 *
 * Every function is computed in the form that neither overflows nor cancels, and the
 * formula in its row says just that form; only where a factor of it is no normal number
 * any more, and the product is, another form of the same is taken.
 */
#include "net/activation.h"

#include <math.h>

#include "base/mathfn.h"
#include "base/table.h"

/* ReLU(z) = 0 for z < 0, z otherwise (so -0 stays -0, and NaN is passed on) */
double activation_relu(double z) {
    return z < 0 ? 0 : z;
}

/* Step(z) = 0 for z < 0, step0 at 0, 1 for z > 0; by the formula, step0 for NaN too */
static double relu_slope(double z, double r, double step0) {
    (void)r;
    return z > 0 ? 1 : z < 0 ? 0 : step0;
}

static const double leak = 0.01;

static double leaky_value(double z) {
    return z > 0 ? z : leak * z;
}

/* at zero: leak + (1 - leak) step0 */
static double leaky_slope(double z, double r, double step0) {
    (void)r;
    return z > 0 ? 1 : z < 0 ? leak : leak + (1 - leak) * step0;
}

static double elu_value(double z) {
    return z > 0 ? z : math_expm1(z);
}

static double elu_slope(double z, double r, double step0) {
    (void)r;
    (void)step0;
    return z > 0 ? 1 : math_exp(z);
}

/* by the formula: 0 where e^-z overflows, and the true value has few digits or none */
static double sigmoid_value(double z) {
    return 1 / (1 + math_exp(-z));
}

/* a factor of other functions: their values are still normal numbers out there */
double activation_sigmoid(double z) {
    return z < -700 ? math_exp(z) : sigmoid_value(z);
}

/* r (1 - r) */
static double sigmoid_slope(double z, double r, double step0) {
    (void)z;
    (void)step0;
    return r * (1 - r);
}

/* 1 - r^2 */
static double tanh_slope(double z, double r, double step0) {
    (void)z;
    (void)step0;
    return 1 - r * r;
}

/* ln(1 + e^z), with e of a negative number only */
double activation_softplus(double z) {
    return z > 0 ? z + math_log1p(math_exp(-z)) : math_log1p(math_exp(z));
}

static double softplus_slope(double z, double r, double step0) {
    (void)r;
    (void)step0;
    return activation_sigmoid(z);
}

/* x e^z, as (x e^(z/2)) e^(z/2): where e^z has few digits left, and x is large enough for
 * the product to have all of them */
static double times_exp(double x, double z) {
    double half = math_exp(0.5 * z);
    return (x * half) * half;
}

/* e^z is 0 below. */
static bool in_silu_tail(double z) {
    return z < -700 && z > -746;
}

static double silu_value(double z) {
    /* z sigmoid(z) -> 0 from below as z falls; at -infinity the product is no number */
    return in_silu_tail(z) ? times_exp(z, z) : z * activation_sigmoid(z);
}

/* s + z s (1 - s), s = sigmoid(z); far out (1 + z) s */
static double silu_slope(double z, double r, double step0) {
    (void)r;
    (void)step0;
    if (in_silu_tail(z)) {
        return times_exp(1 + z, z);
    }
    double s = activation_sigmoid(z);
    return s + z * s * (1 - s);
}

/* x y - p, where p is that product, rounded: by Dekker's splitting. */
static double lost_in_product(double x, double y, double p) {
    const double splitter = 134217729; /* 2^27 + 1 */
    double t = splitter * x, u = splitter * y;
    double x_high = t - (t - x), y_high = u - (u - y);
    double x_low = x - x_high, y_low = y - y_high;
    return ((x_high * y_high - p) + x_high * y_low + x_low * y_high) + x_low * y_low;
}

/* Phi(z) = erfc(-z / sqrt 2) / 2: no cancellation in the lower tail. The error of
 * -z / sqrt 2, rounded, would be magnified by z^2 there, so it is put back to
 * first order: erfc'(a) = -2/sqrt(pi) e^(-a^2). */
double normal_distribution(double z) {
    const double inverse_root_high = 0.7071067811865476; /* 1/sqrt 2 = high + low */
    const double inverse_root_low = -4.833646656726457e-17;
    const double two_over_root_pi = 1.1283791670955126;
    double a = -z * inverse_root_high;
    double e = math_erfc(a);
    if (!(a > 0 && a < 27)) {
        return 0.5 * e;
    }
    double delta = lost_in_product(-z, inverse_root_high, a) - z * inverse_root_low;
    return 0.5 * (e - delta * (two_over_root_pi * math_exp(-a * a)));
}

/* x phi(z) = x e^(-z^2/2) / sqrt(2 pi), for |z| < 40. The error of z^2, rounded, is put
 * back to first order; the square root of the power is taken twice, so that x counts while
 * there are digits left. */
static double times_density(double x, double z) {
    const double inverse_root_two_pi = 0.3989422804014327;
    double square = z * z, lost = lost_in_product(z, z, square);
    double root = math_exp(-0.25 * square);
    return (x * inverse_root_two_pi * root) * (root - root * (0.5 * lost));
}

/* phi(z); 0 further out */
double normal_density(double z) {
    return z < -40 || z > 40 ? 0 : times_density(1, z);
}

/* Phi(z) has few digits left below -37.5, where z Phi(z) has all of them. There is this
 * series, of which seven terms are enough: Phi(z) = phi(z) S(z) / -z,
 * S(z) = 1 - 1/z^2 + 1 3/z^4 - 1 3 5/z^6 ... */
static bool in_gelu_tail(double z) {
    return z < -37 && z > -40;
}

static double gelu_tail(double z) {
    double v = 1 / (z * z), sum = 1;
    for (int factor = 11; factor > 0; factor -= 2) {
        sum = 1 - factor * v * sum;
    }
    return sum;
}

static double gelu_value(double z) {
    return in_gelu_tail(z) ? -times_density(gelu_tail(z), z) : z * normal_distribution(z);
}

static double gelu_slope(double z, double r, double step0) {
    (void)r;
    (void)step0;
    return in_gelu_tail(z) ? times_density(z - gelu_tail(z) / z, z)
                           : normal_distribution(z) + z * normal_density(z);
}

static double linear_value(double z) {
    return z;
}

static double linear_slope(double z, double r, double step0) {
    (void)z;
    (void)r;
    (void)step0;
    return 1;
}

/* r_j = e^(z_j - max z) / sum_m e^(z_m - max z): the shift cancels, and nothing overflows */
static void softmax_layer(size_t n, const double *z, double *r) {
    double largest = z[0];
    for (size_t j = 1; j < n; j++) {
        if (z[j] > largest || isnan(z[j])) {
            largest = z[j];
        }
    }
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        r[j] = math_exp(z[j] - largest);
        sum += r[j];
    }
    for (size_t j = 0; j < n; j++) {
        r[j] = r[j] / sum;
    }
}

static const struct activation activations[] = {
    {
        .name = "relu",
        .title = "ReLU",
        .help = "0 below zero, z above",
        .formula = "max(0, z)",
        .slope_formula = "if(z > 0, 1, if(z < 0, 0, step0))",
        .step = true,
        .bend = BEND_RELU,
        .kink = true,
        .torch = "nn.ReLU()",
        .value = activation_relu,
        .slope = relu_slope,
    },
    {
        .name = "leaky",
        .title = "leaky ReLU",
        .help = "0.01 z below zero, z above",
        .formula = "if(z > 0, z, 0.01*z)",
        .slope_formula = "if(z > 0, 1, if(z < 0, 0.01, 0.01 + (1 - 0.01)*step0))",
        .step = true,
        .bend = BEND_LEAKY,
        .kink = true,
        .torch = "nn.LeakyReLU(0.01)",
        .value = leaky_value,
        .slope = leaky_slope,
    },
    {
        .name = "elu",
        .title = "ELU",
        .help = "e^z - 1 below zero, z above",
        .formula = "if(z > 0, z, expm1(z))",
        .slope_formula = "if(z > 0, 1, exp(z))",
        .kink = true,
        .torch = "nn.ELU()",
        .value = elu_value,
        .slope = elu_slope,
    },
    {
        .name = "sigmoid",
        .title = "sigmoid",
        .help = "1/(1 + e^-z), between 0 and 1",
        .formula = "1/(1 + exp(-z))",
        .slope_formula = "r*(1 - r)",
        .torch = "nn.Sigmoid()",
        .value = sigmoid_value,
        .slope = sigmoid_slope,
    },
    {
        .name = "tanh",
        .title = "tanh",
        .help = "between -1 and 1",
        .formula = "tanh(z)",
        .slope_formula = "1 - r^2",
        .torch = "nn.Tanh()",
        .value = math_tanh,
        .slope = tanh_slope,
    },
    {
        .name = "softplus",
        .title = "softplus",
        .help = "ln(1 + e^z), a smooth ReLU",
        .formula = "if(z > 0, z + log1p(exp(-z)), log1p(exp(z)))",
        .slope_formula = "sigmoid(z)",
        .torch = "nn.Softplus(threshold=40)",
        .value = activation_softplus,
        .slope = softplus_slope,
    },
    {
        .name = "silu",
        .title = "SiLU",
        .help = "z sigmoid(z), also called swish",
        .formula = "z*sigmoid(z)",
        .slope_formula = "sigmoid(z) + z*sigmoid(z)*(1 - sigmoid(z))",
        .torch = "nn.SiLU()",
        .value = silu_value,
        .slope = silu_slope,
    },
    {
        .name = "gelu",
        .title = "GELU",
        .help = "z times the normal distribution function of z",
        .formula = "z*normcdf(z)",
        .slope_formula = "normcdf(z) + z*normpdf(z)",
        .torch = "nn.GELU()",
        .value = gelu_value,
        .slope = gelu_slope,
    },
    {
        .name = "linear",
        .title = "linear",
        .help = "z itself",
        .formula = "z",
        .slope_formula = "1",
        .bend = BEND_LINEAR,
        .torch = "nn.Identity()",
        .value = linear_value,
        .slope = linear_slope,
    },
    {
        .name = "softmax",
        .title = "softmax",
        .help = "shares that sum to 1; last layer only",
        .formula = "exp(z - max(Z))/sum(exp(z - max(Z)))",
        .torch = "nn.Softmax(dim=-1)",
        .layer = softmax_layer,
    },
};

const struct activation *activation_at(size_t index) {
    return TABLE_AT(activations, index);
}
