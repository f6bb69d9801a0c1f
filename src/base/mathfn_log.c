/*
 * mathfn_log.c - log and log1p.
 *
 * Method. x = 2^k m with m in [45/64, 45/32), and j the integer nearest to
 * 128 m. The table holds c, near 128/j but of 21 bits, and -log c, so
 *
 *     log(x) = k ln2 - log c + log(1 + r),   r = m c - 1,   |r| < 0.0062
 *
 * m is cut into two parts, so that both products with c are exact and r is
 * an exact double-double. log(1 + r) is r - r^2/2 in double-double plus its
 * Taylor series from r^3/3 to r^9/9.
 *
 * Error. Near 1 (k = 0, j = 128) c is 1 and its logarithm 0, so nothing
 * cancels: what is rounded is r^3/3, below 2^-17 of the result, and what is
 * left out is r^10/10, below 2^-75 of it. Elsewhere the result is at least
 * 2^-8.1 and the rounded terms are below 2^-23. So the relative error of the
 * double-double is below 2^-67, as pow needs it, and that of log and log1p
 * is the last rounding, 0.501 ulp.
 */
#include "base/mathfn.h"

#include "mathfn_private.h"

#define FIRST 90
#define LAST 180

/* ln2 as two parts, the first of 42 bits: its product with k is exact. */
static const double ln2_high = 0x1.62e42fefa38p-1;
static const double ln2_low = 0x1.ef35793c7673p-45;

/* 1 over the middle of the interval j = FIRST .. LAST, and minus its logarithm. */
static const struct {
    double inverse;
    struct dd log;
} log_table[LAST - FIRST + 1] = {
    {0x1.6c16cp0, {-0x1.68ac7fe9c69f4p-2, -0x1.a64d5881e9c23p-58}},
    {0x1.68168p0, {-0x1.5d5bd9f595f1p-2, 0x1.654169e2111f8p-56}},
    {0x1.642c8p0, {-0x1.522ad0738a1d8p-2, 0x1.8fa945e3d1424p-57}},
    {0x1.60581p0, {-0x1.4718caa71c1b7p-2, 0x1.e7209dc0eb7dbp-56}},
    {0x1.5c988p0, {-0x1.3c251f7333104p-2, 0x1.2ad528fb57971p-56}},
    {0x1.58ed2p0, {-0x1.314f151d35c42p-2, 0x1.3d6d5c9e62a6p-56}},
    {0x1.55555p0, {-0x1.269611134d992p-2, -0x1.e0da588445ad5p-56}},
    {0x1.51d08p0, {-0x1.1bf99a35a6b75p-2, 0x1.12ae0d979ef79p-57}},
    {0x1.4e5e1p0, {-0x1.1178f9227e23ap-2, 0x1.0e30789b6a343p-57}},
    {0x1.4afd7p0, {-0x1.07139884d55b6p-2, 0x1.916cb806f52c8p-59}},
    {0x1.47ae1p0, {-0x1.f991aacb3b069p-3, -0x1.f6487119f7accp-57}},
    {0x1.446f8p0, {-0x1.e530c7fe709d2p-3, -0x1.2128aec50baebp-59}},
    {0x1.41414p0, {-0x1.d103772655e3bp-3, -0x1.6061e7979bef7p-57}},
    {0x1.3e22dp0, {-0x1.bd088e83bd5d4p-3, -0x1.de0267684a714p-60}},
    {0x1.3b13bp0, {-0x1.a93ecbc8ad9a3p-3, -0x1.bcaeff33ebf59p-57}},
    {0x1.38138p0, {-0x1.95a5a5cf7013fp-3, -0x1.142afb2a614e8p-58}},
    {0x1.3521dp0, {-0x1.823c18551a3bep-3, 0x1.1232cbc613cdfp-57}},
    {0x1.323e3p0, {-0x1.6f0109b7566fbp-3, 0x1.8e0c6677a7782p-57}},
    {0x1.2f685p0, {-0x1.5bf422b543aa2p-3, 0x1.1d91ef703aa91p-61}},
    {0x1.2c9fbp0, {-0x1.4913b7333b12p-3, 0x1.0db39a94309b6p-58}},
    {0x1.29e41p0, {-0x1.365fb90158ed2p-3, -0x1.7d31ea5b7aa9dp-58}},
    {0x1.27351p0, {-0x1.23d731a49be41p-3, 0x1.6e114bbb6d3d4p-57}},
    {0x1.24925p0, {-0x1.117918227db7cp-3, 0x1.0d43a5f52c68fp-58}},
    {0x1.21fb8p0, {-0x1.fe89839dbbce6p-4, 0x1.aad5ecca04e3bp-58}},
    {0x1.1f704p0, {-0x1.da72063842e22p-4, -0x1.3e5651b87cacp-58}},
    {0x1.1cf07p0, {-0x1.b6acd2dad506ap-4, 0x1.fea03b0010456p-60}},
    {0x1.1a7b9p0, {-0x1.93358dd593a69p-4, 0x1.48685ac93530dp-58}},
    {0x1.18118p0, {-0x1.700d20aeac061p-4, 0x1.72610cbd807bp-61}},
    {0x1.15b1ep0, {-0x1.4d30bdd206f8cp-4, -0x1.75c16d6e9bc76p-58}},
    {0x1.135c8p0, {-0x1.2aa03a4471725p-4, 0x1.d15e8e285094cp-58}},
    {0x1.11111p0, {-0x1.08597b59e3987p-4, 0x1.dd715ee582488p-58}},
    {0x1.0ecf5p0, {-0x1.ccb670ddd8a28p-5, 0x1.e742945cf64fap-59}},
    {0x1.0c971p0, {-0x1.894a0949f9cb3p-5, -0x1.a6830208c08a6p-60}},
    {0x1.0a681p0, {-0x1.466ad942de386p-5, 0x1.cdd79e9f4c30ap-59}},
    {0x1.08421p0, {-0x1.0415c89e74404p-5, -0x1.c05c9c81fdecdp-59}},
    {0x1.0624ep0, {-0x1.8493028c8bb9fp-6, 0x1.d123e5b7d9bfcp-60}},
    {0x1.04104p0, {-0x1.0205258935647p-6, -0x1.27c392ec151cap-60}},
    {0x1.02041p0, {-0x1.010547587e661p-7, -0x1.6f18cc511df1fp-62}},
    {0x1p0, {0.0, 0.0}},
    {0x1.fc08p-1, {0x1.fdfaa6b126789p-8, -0x1.ce682ce31a038p-65}},
    {0x1.f81f8p-1, {0x1.fc0b0b0fc07e4p-7, -0x1.82f3d703fed4cp-62}},
    {0x1.f4466p-1, {0x1.7b90e87d5c4a3p-6, -0x1.5c02ed7767837p-60}},
    {0x1.f07c2p-1, {0x1.f82990e78338p-6, 0x1.33e345a474878p-60}},
    {0x1.ecc08p-1, {0x1.39e82b9fec3ap-5, -0x1.5c243e29b1a65p-59}},
    {0x1.e9132p-1, {0x1.774537632e48cp-5, 0x1.189c5532d6361p-59}},
    {0x1.e573ap-1, {0x1.b42eab1199da3p-5, -0x1.e5888c4dc1676p-60}},
    {0x1.e1e1ep-1, {0x1.f0a32c01163a6p-5, 0x1.85f5d07068577p-59}},
    {0x1.de5d6p-1, {0x1.1653e8ea397f3p-4, -0x1.709ddbaca6cd7p-60}},
    {0x1.dae6p-1, {0x1.341db961bd9d1p-4, -0x1.b5449cd169766p-58}},
    {0x1.d77b6p-1, {0x1.51b0a1f061c61p-4, 0x1.a4bde8f74265bp-58}},
    {0x1.d41d4p-1, {0x1.6f0d38ae56bccp-4, -0x1.906c43c2f543dp-58}},
    {0x1.d0cb6p-1, {0x1.8c341f631a2a3p-4, -0x1.4cd620018bdf8p-61}},
    {0x1.cd856p-1, {0x1.a9271fa4ae0abp-4, 0x1.94be2e01c350fp-58}},
    {0x1.ca4b4p-1, {0x1.c5e4bcf5bed8bp-4, 0x1.4f6c94a902b1fp-60}},
    {0x1.c71c8p-1, {0x1.e26ff6e2b12e6p-4, -0x1.6c022a6c8ac26p-60}},
    {0x1.c3f9p-1, {0x1.fec8831dc133bp-4, -0x1.5b12b97e7a378p-58}},
    {0x1.c0e08p-1, {0x1.0d779fcd0a299p-3, 0x1.9877c5f5d38a6p-57}},
    {0x1.bdd2cp-1, {0x1.1b728b52f6c24p-3, 0x1.47c9c89dc86d9p-58}},
    {0x1.bacfap-1, {0x1.2954eb8200733p-3, 0x1.2e7e07238f39p-57}},
    {0x1.b7d6cp-1, {0x1.371fd401e90b8p-3, 0x1.de7be62b0b2bp-58}},
    {0x1.b4e82p-1, {0x1.44d2a0ccb7f02p-3, 0x1.9f4187eea93bap-57}},
    {0x1.b2036p-1, {0x1.526e713a1b5a1p-3, -0x1.74670a4f0b95cp-57}},
    {0x1.af286p-1, {0x1.5ff33f0a7a014p-3, -0x1.ba979a5110a16p-58}},
    {0x1.ac57p-1, {0x1.6d6106719d25dp-3, -0x1.caad7be421ecep-57}},
    {0x1.a98fp-1, {0x1.7ab860210e209p-3, 0x1.bbf6b2e0c0605p-59}},
    {0x1.a6d02p-1, {0x1.87f9eb520cbeap-3, -0x1.bf997cf9c7fa2p-57}},
    {0x1.a41a4p-1, {0x1.9525b1cf456f4p-3, 0x1.d9056c7f8e0dp-57}},
    {0x1.a16d4p-1, {0x1.a23bbffe2b567p-3, 0x1.9371105cfef01p-59}},
    {0x1.9ec8ep-1, {0x1.af3cc2e80c837p-3, -0x1.388f848751cc9p-58}},
    {0x1.9c2d2p-1, {0x1.bc283042d98a7p-3, 0x1.4e1d2fa680548p-58}},
    {0x1.9999ap-1, {0x1.c8ff5c79a9e22p-3, -0x1.4f934a2e5eabcp-57}},
    {0x1.970e4p-1, {0x1.d5c264b4fd355p-3, 0x1.70ae1da98b451p-57}},
    {0x1.948bp-1, {0x1.e270c6e2b0be6p-3, -0x1.56ecd5091569p-59}},
    {0x1.920fcp-1, {0x1.ef0aa2bdc665ap-3, 0x1.47656c00ec33dp-57}},
    {0x1.8f9c2p-1, {0x1.fb9162d5e433bp-3, -0x1.cae7a64e54a4bp-57}},
    {0x1.8d302p-1, {0x1.040246cb4d2edp-2, 0x1.6b68f5189fa7bp-56}},
    {0x1.8acbap-1, {0x1.0a32272739cc5p-2, 0x1.7c9aea8934f83p-56}},
    {0x1.886e6p-1, {0x1.1058bd1ae4ae2p-2, -0x1.9d819228227f2p-56}},
    {0x1.86186p-1, {0x1.1675cebaba62ep-2, 0x1.ce6e9563361c2p-61}},
    {0x1.83c98p-1, {0x1.1c89761699dc3p-2, -0x1.11d3b7f6fad9ep-60}},
    {0x1.81818p-1, {0x1.229423bcf7986p-2, -0x1.76f595b40cf5ap-56}},
    {0x1.7f406p-1, {0x1.2895a0bde86a4p-2, -0x1.0a5b682d74d38p-57}},
    {0x1.7d06p-1, {0x1.2e8e0bae12531p-2, -0x1.8ff7863c968a5p-56}},
    {0x1.7ad22p-1, {0x1.347ddb2987d59p-2, 0x1.5915a1bfb7318p-56}},
    {0x1.78a4cp-1, {0x1.3a64db56949b2p-2, -0x1.c61766e7eb65p-57}},
    {0x1.767dcp-1, {0x1.40432f686b3c6p-2, -0x1.0a9ac1ff59ae5p-56}},
    {0x1.745d2p-1, {0x1.4618a421c6342p-2, 0x1.f3e5ece010f1cp-56}},
    {0x1.72428p-1, {0x1.4be60f5777c69p-2, -0x1.252c4b03d3e12p-57}},
    {0x1.702ep-1, {0x1.51aae872dfa2dp-2, 0x1.39d256c6a008ep-59}},
    {0x1.6e1f8p-1, {0x1.5767577455fb4p-2, 0x1.520f507f49fa1p-56}},
    {0x1.6c16cp-1, {0x1.5d1bdff5809eap-2, 0x1.42368d931d936p-56}},
};

/* x = m * 2^k with m in [45/64, 45/32), x positive. */
static double split_exponent(double x, int *k) {
    int extra = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        extra = 54;
    }
    const uint64_t one = bits_of(1), lowest = bits_of(45.0 / 64);
    const uint64_t bits = bits_of(x);
    const int exponent = (int)((bits + (one - lowest)) >> 52) - 1023;
    *k = exponent - extra;
    return bits_double(bits - ((uint64_t)exponent << 52));
}

/* (log(1 + r) - r + r^2/2) / r^3 for |r| < 0.0062. */
static double log_tail(double r) {
    const double r2 = r * r;
    const double low = 1.0 / 3 - r * (1.0 / 4);
    const double middle = 1.0 / 5 - r * (1.0 / 6);
    const double high = (1.0 / 7 - r * (1.0 / 8)) + r2 * (1.0 / 9);
    return low + r2 * (middle + r2 * high);
}

struct dd mathfn_log_dd(struct dd x) {
    int k;
    const double m = split_exponent(x.h, &k);
    const int j = (int)(m * 128 + 0.5) - FIRST;
    const double c = log_table[j].inverse;
    const struct dd part = dd_split(m);
    double rest = part.l * c;
    if (x.l < 0 || x.l > 0) {
        rest += x.l * mathfn_power_of_two(-k) * c;
    }
    const struct dd r = dd_sum(part.h * c - 1, rest);

    const struct dd square = dd_product(r.h, -0.5 * r.h);
    const struct dd exponent = dd_sum(k * ln2_high, log_table[j].log.h);
    const struct dd linear = dd_sum(exponent.h, r.h);
    const struct dd sum = dd_sum(linear.h, square.h);
    const double tail = r.h * r.h * r.h * log_tail(r.h) - r.h * r.l;
    const double table = k * ln2_low + log_table[j].log.l;
    const double low = (((exponent.l + linear.l) + sum.l) + (table + (r.l + square.l))) + tail;
    return dd_sum_ordered(sum.h, low);
}

double math_log(double x) {
    if (x != x || x < 0) {
        return mathfn_nan();
    }
    if (x <= 0) {
        return -mathfn_infinity();
    }
    if (x > DBL_MAX) {
        return x;
    }
    const struct dd argument = {x, 0};
    return mathfn_log_dd(argument).h;
}

double math_log1p(double x) {
    if (x != x || x < -1) {
        return mathfn_nan();
    }
    if (x <= -1) {
        return -mathfn_infinity();
    }
    if (x > DBL_MAX || mathfn_abs(x) < 0x1p-54) {
        return x;
    }
    struct dd sum = dd_sum(1, x);
    if (x > 0x1p64) {
        sum.l = 0; /* the 1 is lost beside x, and 2^-k would leave the doubles */
    }
    return mathfn_log_dd(sum).h;
}
