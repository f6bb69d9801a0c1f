/*
 * mathfn_exp.c - exp, expm1 and tanh.
 *
 * Method. With n the integer nearest to 64 x / ln 2, n = 64 k + j,
 *
 *     exp(x) = 2^k * 2^(j/64) * exp(r),   r = x - n ln2/64,   |r| < 0.0055 < 2^-7.5
 *
 * 2^(j/64) comes from a table as a double-double. exp(r) is 1 + r plus its
 * Taylor series from r^2/2 to r^7/5040; the next term is below 2^-75. ln2/64
 * is the sum of a part of 35 bits, whose product with n (at most 17 bits) is
 * exact, and of a double, so r is right to 2^-78.
 *
 * Error. For exp all but the first table entry is summed in doubles: those
 * terms are below 0.0055 of the result, so their few roundings add less than
 * 0.03 ulp to the half ulp of the last one. mathfn_exp_dd keeps table * r
 * exactly, and only r^2/2 < 2^-16 is rounded, a few times u: below 2^-66.
 * expm1 and tanh take that and subtract in double-double; they lose at most 8
 * of the 66 bits, for below 0.0054 and 0.0625 they are sums of their own
 * Taylor series, x plus less than x/300 (expm1) or x/700 (tanh). All three
 * are below 0.54 ulp; a subnormal result is rounded once only.
 */
#include "base/mathfn.h"

#include "mathfn_private.h"

#define STEPS 64

/* ln2 / STEPS as two parts, the first of 35 bits, and STEPS / ln2. */
static const double step_high = 0x1.62e42fefap-7;
static const double step_low = 0x1.cf79abc9e3b3ap-46;
static const double steps_per_unit = 0x1.71547652b82fep6;

/* 2^(j / STEPS), j = 0 .. STEPS - 1. */
static const struct dd power_table[STEPS] = {
    {0x1p0, 0.0},
    {0x1.02c9a3e778061p0, -0x1.19083535b085dp-56},
    {0x1.059b0d3158574p0, 0x1.d73e2a475b465p-55},
    {0x1.0874518759bc8p0, 0x1.186be4bb284ffp-57},
    {0x1.0b5586cf9890fp0, 0x1.8a62e4adc610bp-54},
    {0x1.0e3ec32d3d1a2p0, 0x1.03a1727c57b53p-59},
    {0x1.11301d0125b51p0, -0x1.6c51039449b3ap-54},
    {0x1.1429aaea92dep0, -0x1.32fbf9af1369ep-54},
    {0x1.172b83c7d517bp0, -0x1.19041b9d78a76p-55},
    {0x1.1a35beb6fcb75p0, 0x1.e5b4c7b4968e4p-55},
    {0x1.1d4873168b9aap0, 0x1.e016e00a2643cp-54},
    {0x1.2063b88628cd6p0, 0x1.dc775814a8495p-55},
    {0x1.2387a6e756238p0, 0x1.9b07eb6c70573p-54},
    {0x1.26b4565e27cddp0, 0x1.2bd339940e9d9p-55},
    {0x1.29e9df51fdee1p0, 0x1.612e8afad1255p-55},
    {0x1.2d285a6e4030bp0, 0x1.0024754db41d5p-54},
    {0x1.306fe0a31b715p0, 0x1.6f46ad23182e4p-55},
    {0x1.33c08b26416ffp0, 0x1.32721843659a6p-54},
    {0x1.371a7373aa9cbp0, -0x1.63aeabf42eae2p-54},
    {0x1.3a7db34e59ff7p0, -0x1.5e436d661f5e3p-56},
    {0x1.3dea64c123422p0, 0x1.ada0911f09ebcp-55},
    {0x1.4160a21f72e2ap0, -0x1.ef3691c309278p-58},
    {0x1.44e086061892dp0, 0x1.89b7a04ef80dp-59},
    {0x1.486a2b5c13cdp0, 0x1.3c1a3b69062fp-56},
    {0x1.4bfdad5362a27p0, 0x1.d4397afec42e2p-56},
    {0x1.4f9b2769d2ca7p0, -0x1.4b309d25957e3p-54},
    {0x1.5342b569d4f82p0, -0x1.07abe1db13cadp-55},
    {0x1.56f4736b527dap0, 0x1.9bb2c011d93adp-54},
    {0x1.5ab07dd485429p0, 0x1.6324c054647adp-54},
    {0x1.5e76f15ad2148p0, 0x1.ba6f93080e65ep-54},
    {0x1.6247eb03a5585p0, -0x1.383c17e40b497p-54},
    {0x1.6623882552225p0, -0x1.bb60987591c34p-54},
    {0x1.6a09e667f3bcdp0, -0x1.bdd3413b26456p-54},
    {0x1.6dfb23c651a2fp0, -0x1.bbe3a683c88abp-57},
    {0x1.71f75e8ec5f74p0, -0x1.16e4786887a99p-55},
    {0x1.75feb564267c9p0, -0x1.0245957316dd3p-54},
    {0x1.7a11473eb0187p0, -0x1.41577ee04992fp-55},
    {0x1.7e2f336cf4e62p0, 0x1.05d02ba15797ep-56},
    {0x1.82589994cce13p0, -0x1.d4c1dd41532d8p-54},
    {0x1.868d99b4492edp0, -0x1.fc6f89bd4f6bap-54},
    {0x1.8ace5422aa0dbp0, 0x1.6e9f156864b27p-54},
    {0x1.8f1ae99157736p0, 0x1.5cc13a2e3976cp-55},
    {0x1.93737b0cdc5e5p0, -0x1.75fc781b57ebcp-57},
    {0x1.97d829fde4e5p0, -0x1.d185b7c1b85d1p-54},
    {0x1.9c49182a3f09p0, 0x1.c7c46b071f2bep-56},
    {0x1.a0c667b5de565p0, -0x1.359495d1cd533p-54},
    {0x1.a5503b23e255dp0, -0x1.d2f6edb8d41e1p-54},
    {0x1.a9e6b5579fdbfp0, 0x1.0fac90ef7fd31p-54},
    {0x1.ae89f995ad3adp0, 0x1.7a1cd345dcc81p-54},
    {0x1.b33a2b84f15fbp0, -0x1.2805e3084d708p-57},
    {0x1.b7f76f2fb5e47p0, -0x1.5584f7e54ac3bp-56},
    {0x1.bcc1e904bc1d2p0, 0x1.23dd07a2d9e84p-55},
    {0x1.c199bdd85529cp0, 0x1.11065895048ddp-55},
    {0x1.c67f12e57d14bp0, 0x1.2884dff483cadp-54},
    {0x1.cb720dcef9069p0, 0x1.503cbd1e949dbp-56},
    {0x1.d072d4a07897cp0, -0x1.cbc3743797a9cp-54},
    {0x1.d5818dcfba487p0, 0x1.2ed02d75b3707p-55},
    {0x1.da9e603db3285p0, 0x1.c2300696db532p-54},
    {0x1.dfc97337b9b5fp0, -0x1.1a5cd4f184b5cp-54},
    {0x1.e502ee78b3ff6p0, 0x1.39e8980a9cc8fp-55},
    {0x1.ea4afa2a490dap0, -0x1.e9c23179c2893p-54},
    {0x1.efa1bee615a27p0, 0x1.dc7f486a4b6bp-54},
    {0x1.f50765b6e454p0, 0x1.9d3e12dd8a18bp-54},
    {0x1.fa7c1819e90d8p0, 0x1.74853f3a5931ep-55},
};

/* x = (STEPS * k + j) * ln2 / STEPS + r. */
struct reduced {
    int k;
    unsigned j;
    struct dd r;
};

/* n as STEPS * k + j with 0 <= j < STEPS, for |n| < 2^18. */
static void split_steps(double n, struct reduced *to) {
    const unsigned biased = (unsigned)((int)n + (1 << 18));
    to->j = biased % STEPS;
    to->k = (int)(biased / STEPS) - (1 << 18) / STEPS;
}

/* exp(r) - 1 - r for |r| < 0.0055. */
static double exp_tail(double r) {
    const double r2 = r * r;
    const double low = 0.5 + r * (1.0 / 6);
    const double middle = 1.0 / 24 + r * (1.0 / 120);
    const double high = 1.0 / 720 + r * (1.0 / 5040);
    return r2 * (low + r2 * (middle + r2 * high));
}

struct dd mathfn_exp_dd(struct dd x, int *k) {
    struct reduced a;
    const double n = mathfn_round(x.h * steps_per_unit);
    split_steps(n, &a);
    a.r = dd_sum(x.h - n * step_high, x.l - n * step_low);
    *k = a.k;
    const struct dd t = power_table[a.j];
    const double tail = a.r.l + (a.r.h * a.r.l + exp_tail(a.r.h));
    const struct dd product = dd_product(t.h, a.r.h);
    const struct dd sum = dd_sum_ordered(t.h, product.h);
    const double low = t.h * tail + (t.l + t.l * a.r.h) + product.l;
    return dd_sum_ordered(sum.h, sum.l + low);
}

double mathfn_scale(struct dd x, int k) {
    const int half = k / 2;
    double value = x.h + x.l;
    if (k < -1000) {
        /* The doubles from unit to 2 unit are as far apart as subnormals before scaling. */
        const double unit = mathfn_power_of_two(-1022 - k);
        if (x.h < unit) {
            const struct dd sum = dd_sum(unit, x.h);
            value = (sum.h + (sum.l + x.l)) - unit;
        }
    }
    return value * mathfn_power_of_two(half) * mathfn_power_of_two(k - half);
}

double math_exp(double x) {
    if (x != x) {
        return mathfn_nan();
    }
    if (x > 710) {
        return mathfn_infinity();
    }
    if (x < -746) {
        return 0;
    }
    struct reduced a;
    const double n = mathfn_round(x * steps_per_unit);
    split_steps(n, &a);
    const double r = (x - n * step_high) - n * step_low;
    const struct dd t = power_table[a.j];
    const struct dd result = {t.h, t.l + t.h * (r + exp_tail(r))};
    if (a.k > -1000 && a.k < 1000) {
        return (result.h + result.l) * mathfn_power_of_two(a.k);
    }
    return mathfn_scale(dd_sum_ordered(result.h, result.l), a.k);
}

double math_expm1(double x) {
    const double size = mathfn_abs(x);
    if (x != x) {
        return mathfn_nan();
    }
    if (x > 710) {
        return mathfn_infinity();
    }
    if (x < -40) {
        return -1;
    }
    if (size < 0x1p-54) {
        return x;
    }
    if (size < 0x1.6p-8) {
        return x + exp_tail(x);
    }
    int k;
    const struct dd argument = {x, 0};
    const struct dd e = mathfn_exp_dd(argument, &k);
    if (k > 64) {
        return mathfn_scale(e, k);
    }
    const double scale = mathfn_power_of_two(k);
    const struct dd sum = dd_sum(e.h * scale, -1);
    return sum.h + (sum.l + e.l * scale);
}

/* tanh(x) = (e - 1) / (e + 1) with e = exp(2 x), for 0.06 < x < 20. */
static double tanh_quotient(double x) {
    int k;
    const struct dd argument = {2 * x, 0};
    const struct dd e = mathfn_exp_dd(argument, &k);
    const double scale = mathfn_power_of_two(k);
    const struct dd above = dd_sum(e.h * scale, -1);
    const struct dd below = dd_sum(e.h * scale, 1);
    const double above_l = above.l + e.l * scale;
    const double below_l = below.l + e.l * scale;
    const double quotient = above.h / below.h;
    const struct dd back = dd_product(quotient, below.h);
    const double rest = ((above.h - back.h) - back.l) + (above_l - quotient * below_l);
    return quotient + rest / below.h;
}

double math_tanh(double x) {
    static const double series[] = {
        -1.0 / 3,         2.0 / 15,          -17.0 / 315,          62.0 / 2835,
        -1382.0 / 155925, 21844.0 / 6081075, -929569.0 / 638512875};
    const double size = mathfn_abs(x);
    if (x != x) {
        return mathfn_nan();
    }
    if (size < 0x1p-28) {
        return x;
    }
    if (size < 0.0625) {
        return x + x * (x * x) * mathfn_polynomial(series, 7, x * x);
    }
    return mathfn_with_sign(size < 20 ? tanh_quotient(size) : 1, x);
}
