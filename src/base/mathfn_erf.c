/*
 * mathfn_erf.c - erfc.
 *
 * Method. For |x| < 1/2, erfc(x) = 1 - erf(x) with the Taylor series
 *
 *     erf(x) = 2/sqrt(pi) (x - x^3/3 + x^5/10 - x^7/42 + ...)
 *
 * up to x^25. Further out, erfc(|x|) = exp(-x^2) g(|x|), where g falls slowly,
 * like 1/x in the end. x^2 is exact as a double-double, and its exponential a
 * double-double. Each power of two from 1/2 to 28 is cut into four intervals,
 * and on each g is a polynomial in h = |x| - middle (exact) that agrees with g
 * at 16 Chebyshev points, within 2^-65 of g. For negative x, erfc(x) =
 * 2 - erfc(-x).
 *
 * Error. In the Taylor series 1 - x 2/sqrt(pi) is a double-double, and the
 * terms from x^3 on are below 0.09 of the result and go through four roundings.
 * In the polynomial the first two coefficients and their products are
 * double-doubles, and the terms from h^2 on are below 0.02 of the result. So
 * the error is below 0.85 ulp in the middle (near 0.5 for small x) and 0.55 ulp
 * outside; a subnormal result is rounded once only.
 */
#include "base/mathfn.h"

#include "mathfn_private.h"

#define DEGREE 15

/*
 * exp(x^2) erfc(x) on the intervals [(4 + i) / 4, (5 + i) / 4] * 2^e, i = 0 .. 3,
 * e = -1 .. 4, in powers of x minus the middle.
 */
static const struct {
    struct dd constant, slope;
    double high[DEGREE - 1];
} tail_table[] = {
    {{0x1.2b84f076e14fbp-1, 0x1.b8bd1accf7ff1p-55},
     {-0x1.e18ab7052be7fp-2, 0x1.c4c5d3382f5ccp-56},
     {0x1.482bd9fad9edp-2, -0x1.8bed65e01718dp-3, 0x1.b1a22aa7a6dcp-4, -0x1.b65943018044bp-5,
      0x1.9dcc15144e60fp-6, -0x1.6ff6b38454d3fp-7, 0x1.364eb2971654p-8, -0x1.f301024a60a44p-10,
      0x1.80374a0ab12f1p-11, -0x1.1c5283fc6a292p-12, 0x1.95aaa77a7c96fp-14, -0x1.17b92812689dap-15,
      0x1.764e41bafd92p-17, -0x1.e55d53f597af6p-19}},
    {{0x1.0fce4e96dd619p-1, -0x1.72106079533b9p-57},
     {-0x1.97fe7bf1c60fp-2, 0x1.cd62292f30216p-57},
     {0x1.071da7f78298dp-2, -0x1.2ecd75f4d05d4p-3, 0x1.3e0e0ed6b5f18p-4, -0x1.358dce2b361d2p-5,
      0x1.1a31bff52474bp-6, -0x1.e5d3e4fd95e6fp-8, 0x1.8d62a9331d2e4p-9, -0x1.366c6d2e3c25ap-10,
      0x1.d1156c4899ce9p-12, -0x1.4f41153408e4p-13, 0x1.d273f0bae986cp-15, -0x1.39f28caf70634p-16,
      0x1.9a611f35290a8p-18, -0x1.0421fd224762cp-19}},
    {{0x1.f0723ff5acdf9p-2, -0x1.7b669ffa3182p-58},
     {-0x1.5cbc2c216dfp-2, 0x1.95f54bdaba3f5p-57},
     {0x1.aa32b83507192p-3, -0x1.d43ed8ca5d7a1p-4, 0x1.d7f26045a23f1p-5, -0x1.ba6d691685b3fp-6,
      0x1.859d3cc5fa92bp-7, -0x1.44bd2e2b89098p-8, 0x1.01b062044acb5p-9, -0x1.87347d116811p-11,
      0x1.1d2927630af5p-12, -0x1.90857bbf1fa3fp-14, 0x1.0fbd51ad05445p-15, -0x1.651448910fe6ep-17,
      0x1.c7ff9db181812p-19, -0x1.1a9f104e6da53p-20}},
    {{0x1.c7f81382721efp-2, -0x1.3f947ee7264f3p-62},
     {-0x1.2c84af7c10e14p-2, -0x1.4881059988d5dp-57},
     {0x1.5c775dfc44978p-3, -0x1.6dcc9e7a2c9b5p-4, 0x1.61fee765ff5d7p-5, -0x1.3fc8366a2e3f3p-6,
      0x1.102167daf7951p-7, -0x1.b75cb1aca9956p-9, 0x1.524f5c6cff8e8p-10, -0x1.f329c42d74bb9p-12,
      0x1.621c1d85b99f3p-13, -0x1.e49df1f632c29p-15, 0x1.40b40e6bda6cap-16, -0x1.9b6e14e6612cbp-18,
      0x1.00ac2b3d3ec5dp-19, -0x1.371d8bb479a1dp-21}},
    {{0x1.9531e09b149b5p-2, -0x1.aa51323f3ebc1p-58},
     {-0x1.e78b356770fbbp-3, 0x1.ea9d555aa8bf2p-57},
     {0x1.05e72521ca1b8p-3, -0x1.01343a2c92265p-4, 0x1.d4e711a2df97dp-6, -0x1.910a5d7c0a71fp-7,
      0x1.446c5166ccf81p-8, -0x1.f38c6d05105f1p-10, 0x1.6fd9a57aa8a93p-11, -0x1.041e38d54b6c7p-12,
      0x1.62743c6afc658p-14, -0x1.d2b3004ff7a92p-16, 0x1.2996e85ac66a4p-17, -0x1.705e6d73070d4p-19,
      0x1.bdbaf1bbd31a1p-21, -0x1.0535edab7c5d5p-22}},
    {{0x1.5f88f52f3c76bp-2, -0x1.b7eb97a1a2925p-57},
     {-0x1.797a639d8129dp-3, -0x1.df1e66442b2b4p-58},
     {0x1.701342cbcea7bp-4, -0x1.4bcdb9d9083c2p-5, 0x1.17eba60d31fcap-6, -0x1.bdf24bccac617p-8,
      0x1.51ab9ffce74a6p-9, -0x1.e8ae68b41e938p-11, 0x1.535f57fdea821p-12, -0x1.c5fa6b09bc569p-14,
      0x1.254ed22abc419p-15, -0x1.6f06272295f0cp-17, 0x1.bdb6079db47fbp-19, -0x1.0725bb32e879cp-20,
      0x1.3015cec8ef502p-22, -0x1.5504c2c4b3332p-24}},
    {{0x1.3583f6644327bp-2, -0x1.88eb8ec01a03ep-56},
     {-0x1.2b11e6959934cp-3, 0x1.d03d8df7069f4p-57},
     {0x1.0a15ac2adab35p-4, -0x1.ba018e6428103p-6, 0x1.5a142948a9b2fp-7, -0x1.014eae28304aep-8,
      0x1.6d609f6ab13c4p-10, -0x1.f1b43d3ab8331p-12, 0x1.465ecd15a2f0dp-13, -0x1.9d62282c990cap-15,
      0x1.fafc8f92ac1eap-17, -0x1.2db3b76a20181p-18, 0x1.5d229c570e6dp-20, -0x1.89827fe6bdf72p-22,
      0x1.b289159a5841cp-24, -0x1.d283ed0bf9a77p-26}},
    {{0x1.13e5743b6048p-2, 0x1.ca1dfca5c035cp-56},
     {-0x1.e36580c7f734ap-4, -0x1.93ccd69c68abdp-58},
     {0x1.8a6efeed233adp-5, -0x1.2ef92f6f10797p-6, 0x1.b99589d40f23dp-8, -0x1.33237c3eeaceep-9,
      0x1.99b60e42dd5b1p-11, -0x1.070e0cb5e2667p-12, 0x1.4631c4b0ab71fp-14, -0x1.87a61e43bc65cp-16,
      0x1.c859483cae274p-18, -0x1.028635372d17ep-19, 0x1.1d4ebffa69822p-21, -0x1.33296db18c16ep-23,
      0x1.445796a3a45ccp-25, -0x1.4d8b11f7d4367p-27}},
    {{0x1.d94446d627932p-3, -0x1.a8199cedba74fp-58},
     {-0x1.6a70d2bb37411p-4, 0x1.ffe70a9bdda8p-62},
     {0x1.0615670e25a7bp-5, -0x1.6883f9919a17ap-7, 0x1.da595561f7d2dp-9, -0x1.2bd251bb2f026p-10,
      0x1.6d7743d3b4038p-12, -0x1.aed7ebc99f956p-14, 0x1.ec773cc337b2cp-16, -0x1.117a6661a39e7p-17,
      0x1.27af48df9dd26p-19, -0x1.37b9ab9102347p-21, 0x1.40e017e4de437p-23, -0x1.42f7955b8e33fp-25,
      0x1.42cc553ca5b4ep-27, -0x1.3772d70bd2941p-29}},
    {{0x1.8c9eb68ff27d7p-3, -0x1.bb4e779c9915dp-57},
     {-0x1.0305781330099p-4, 0x1.10248f5608595p-59},
     {0x1.43b98bac83823p-6, -0x1.84e9ab30e6ab3p-8, 0x1.c2c72fd72763cp-10, -0x1.f99e41ecb0902p-12,
      0x1.131bb16125cacp-13, -0x1.2312b25967bf6p-15, 0x1.2bfb5b0cf37p-17, -0x1.2da329c308ad6p-19,
      0x1.2856fe792a288p-21, -0x1.1ccf9ea2dc65dp-23, 0x1.0c1189b82885ap-25, -0x1.eebfa25d3b6e7p-28,
      0x1.c58124768973fp-30, -0x1.93212c0e8877dp-32}},
    {{0x1.54a7a08d4bb45p-3, -0x1.6a0d94fc583b9p-61},
     {-0x1.82a8522b868a1p-5, 0x1.b919572978b79p-60},
     {0x1.a7eddc9ee6425p-7, -0x1.c24b49c47a2c4p-9, 0x1.d085857a17f32p-11, -0x1.d25ebba1c4911p-13,
      0x1.c882f02381966p-15, -0x1.b45d025fa2aa9p-17, 0x1.97dd78d5fd309p-19, -0x1.753cab5720c24p-21,
      0x1.4ec094982dc53p-23, -0x1.268c3e5b301cbp-25, 0x1.fcf28cd3feabfp-28, -0x1.b01e95a6334b9p-30,
      0x1.6c970de02ae1ap-32, -0x1.2b7a7fd388cadp-34}},
    {{0x1.2a2af19c1493p-3, -0x1.fa04a0760313ep-57},
     {-0x1.2aa6503acda11p-5, -0x1.1d40a88a66811p-62},
     {0x1.22f0664f3cbf9p-7, -0x1.1434ae05873abp-9, 0x1.fff032a0df889p-12, -0x1.cfcdea1b1f551p-14,
      0x1.9b50d0d260f8cp-16, -0x1.65778aad39644p-18, 0x1.30c2fb3f72cep-20, -0x1.fe3e32b32c0d6p-23,
      0x1.a3bee51e2ae82p-25, -0x1.539512644985ap-27, 0x1.0e5b4e609235dp-29, -0x1.a7eec5e41f97ap-32,
      0x1.4a71b2d07223p-34, -0x1.f73115aea364ep-37}},
    {{0x1.f5b2a049cf4c6p-4, -0x1.fc4e4a2b0ad06p-58},
     {-0x1.aa3eb6a946f7ep-6, -0x1.28df4bcd068f4p-60},
     {0x1.62c12cb5f7577p-8, -0x1.218ed930b23b1p-10, 0x1.d00785f2ed424p-13, -0x1.6d54b133d646ep-15,
      0x1.1ad6a32e0699p-17, -0x1.aef8ea4ae441p-20, 0x1.4354faea5f507p-22, -0x1.de09538015e8bp-25,
      0x1.5c64eb392790bp-27, -0x1.f4e940517f3fdp-30, 0x1.633d298e9612ep-32, -0x1.f1a78ed72362bp-35,
      0x1.6285538317b6fp-37, -0x1.e46180fdb6cf2p-40}},
    {{0x1.9d8a8f2284f2cp-4, -0x1.5b02a55de827cp-58},
     {-0x1.238ca71b93fc3p-6, -0x1.52a715a68af78p-60},
     {0x1.95252b932efe3p-9, -0x1.15976ddda3ca1p-11, 0x1.774f4826dc839p-14, -0x1.f4e46d179e394p-17,
      0x1.4a17e19c04a19p-19, -0x1.add7ac9cae325p-22, 0x1.149cd773bfed8p-24, -0x1.60001e6a9d07dp-27,
      0x1.bb09d9640d95dp-30, -0x1.13d9da952484cp-32, 0x1.53e473e7a14a9p-35, -0x1.9eb05c385855ap-38,
      0x1.002c7422e2d06p-40, -0x1.326af2803dc33p-43}},
    {{0x1.5f75c42e97171p-4, -0x1.a1eaaece3749p-58},
     {-0x1.a6e2cf277a0cbp-7, -0x1.23ca62c6af137p-61},
     {0x1.f75ef7a0fb2dbp-10, -0x1.28787f0e7f4c6p-12, 0x1.59b29296c5187p-15, -0x1.8f23feccb7397p-18,
      0x1.c871a15eb24dfp-21, -0x1.028f46472befcp-23, 0x1.22467952ca8c9p-26, -0x1.43003463772b2p-29,
      0x1.6450c8bdab661p-32, -0x1.85c1454a74843p-35, 0x1.a6c4afdf8e701p-38, -0x1.c6f279572c03p-41,
      0x1.ee51861746d04p-44, -0x1.05c6164571556p-46}},
    {{0x1.31742f4d8d4d3p-4, -0x1.f82bca62a313fp-59},
     {-0x1.404455ba9f3bep-7, -0x1.86b85243677f4p-61},
     {0x1.4d07bba601411p-10, -0x1.5783a27fad25ap-13, 0x1.5f8a69c9ddb97p-16, -0x1.64fcbb7153f94p-19,
      0x1.67ca2bf7eb55dp-22, -0x1.67f14d352515ap-25, 0x1.657f395ed379bp-28, -0x1.608ea24ea559cp-31,
      0x1.59467ba2d4575p-34, -0x1.4fd831c2db541p-37, 0x1.44770a745e6f2p-40, -0x1.3771b1602ca0fp-43,
      0x1.2d38d833d288p-46, -0x1.1d68c761860e5p-49}},
    {{0x1.fe6cc4a0f9538p-5, 0x1.c94a98960f4d3p-59},
     {-0x1.c046699d77d51p-8, -0x1.752ad39e5b6fap-62},
     {0x1.876373f4a0f3bp-11, -0x1.53c131b5cb2ap-14, 0x1.254381038c615p-17, -0x1.f773505c34ca9p-21,
      0x1.adc5f7f328b4dp-24, -0x1.6ce6631b1a219p-27, 0x1.342c8697b07a5p-30, -0x1.02e7b6f998625p-33,
      0x1.b0c99ef3b56f6p-37, -0x1.67e2d75a2adbfp-40, 0x1.298c0ce7b9d9ep-43, -0x1.e9f3ff37d4b2fp-47,
      0x1.a2ba676b476a3p-50, -0x1.5548de31b948ep-53}},
    {{0x1.a273c57e476cep-5, -0x1.6d032a305672fp-59},
     {-0x1.2ddd3d589bfbp-8, -0x1.aa95742564a02p-62},
     {0x1.b1c8923879d89p-12, -0x1.3672f098120bbp-15, 0x1.baa1d9d84217ep-19, -0x1.3a555d7a846p-22,
      0x1.bcbee2a2223bdp-26, -0x1.3972862984c94p-29, 0x1.b82d44e4b2876p-33, -0x1.33eef5765c3cbp-36,
      0x1.ad45643b4c3ddp-40, -0x1.2a215acc1c422p-43, 0x1.9c7a4a293c19bp-47, -0x1.1c7007128c00ap-50,
      0x1.92abd208a9d36p-54, -0x1.13b07f23d972fp-57}},
    {{0x1.627bcc27cb4aep-5, -0x1.d52100d5505d7p-60},
     {-0x1.b1be47a913fc3p-9, 0x1.636fa180fa01p-63},
     {0x1.0898f73586fcfp-12, -0x1.41e750b2e0636p-16, 0x1.8682d21856135p-20, -0x1.d868cc70fabc7p-24,
      0x1.1cf1ff6c68929p-27, -0x1.56cb0dd5ae28fp-31, 0x1.9b410ba23f134p-35, -0x1.ec0ba0ea18b31p-39,
      0x1.258f5ba1aca98p-42, -0x1.5d58229b513ddp-46, 0x1.9e8b14d47e705p-50, -0x1.eab5f27a42298p-54,
      0x1.2812d9f26d2c1p-57, -0x1.5c9c094a6fa4fp-61}},
    {{0x1.33714a024097ep-5, 0x1.f3b4cf7108e81p-59},
     {-0x1.467f441a50cf9p-9, -0x1.fb350a292b95dp-65},
     {0x1.59fa2994d54efp-13, -0x1.6dd369db39094p-17, 0x1.81fb2ba7eb23dp-21, -0x1.96605f1ea2fbcp-25,
      0x1.aaf0d3bb743dep-29, -0x1.bf9951f903f4fp-33, 0x1.d445b879bc5ebp-37, -0x1.e8e11c9e53a5dp-41,
      0x1.fd55fb82f47f2p-45, -0x1.08c7151191116p-48, 0x1.12b199749213bp-52, -0x1.1c6f2492665e6p-56,
      0x1.2ae162b9faa1fp-60, -0x1.3435f21d88db1p-64}},
    {{0x1.005fe090c5e5dp-5, -0x1.4a2813a7125dbp-59},
     {-0x1.c661852c5133ap-10, -0x1.3b2d8206cbbc5p-66},
     {0x1.920b4fb071806p-14, -0x1.633259365787cp-18, 0x1.3955a9a7837e9p-22, -0x1.13fdbd8e16a98p-26,
      0x1.e578451d560f8p-31, -0x1.aa561a7b8652ep-35, 0x1.75d9d3476e9d3p-39, -0x1.4757d83faf2a1p-43,
      0x1.1e33e6a3c31edp-47, -0x1.f3ba991283fe1p-52, 0x1.b33b650002c21p-56, -0x1.7aded77caef99p-60,
      0x1.5993828e8963dp-64, -0x1.2bea981107065p-68}},
    {{0x1.a3bc12161d4ebp-6, -0x1.b35519bfde271p-61},
     {-0x1.30a253d642e9cp-10, -0x1.758ab14bd319ap-64},
     {0x1.b9bd9f029a792p-15, -0x1.3ff35b4b9dfa9p-19, 0x1.cf017aa140996p-24, -0x1.4eabfd67a0b19p-28,
      0x1.e35421d7f353dp-33, -0x1.5ca8142a91373p-37, 0x1.f6830e57b9485p-42, -0x1.69c4779d82481p-46,
      0x1.042ef87105719p-50, -0x1.75dfdbf6923d7p-55, 0x1.0c3d63ec0cc69p-59, -0x1.80b003702c56dp-64,
      0x1.1cac6202533e5p-68, -0x1.976c9582f54e2p-73}},
    {{0x1.63438bf2c3ee9p-6, -0x1.1fc75a83c418ep-61},
     {-0x1.b49a775427ef7p-11, -0x1.0ec5bbcff9736p-65},
     {0x1.0c15fcc6f7feap-15, -0x1.48fb6bc69793cp-20, 0x1.936a6b39ad20dp-25, -0x1.ee543f91730f9p-30,
      0x1.2ea50cffc8966p-34, -0x1.724f1c7a99597p-39, 0x1.c4c5dc153cfd2p-44, -0x1.149998577489bp-48,
      0x1.51b51b2092443p-53, -0x1.9c04778fac44p-58, 0x1.f6349f5e9190dp-63, -0x1.31ea9691d0eeap-67,
      0x1.7d3cd6a9cce02p-72, -0x1.cfc7624240565p-77}},
};

/* erfc(x) for |x| < 1/2. */
static double erfc_middle(double x) {
    const struct dd slope = {0x1.20dd750429b6dp0, 0x1.1ae3a914fed8p-56}; /* 2 / sqrt(pi) */
    /* 2 / sqrt(pi) * (-1)^n / (n! (2 n + 1)), n = 1 .. 12 */
    static const double c[] = {
        -0x1.812746b0379e7p-2,  0x1.ce2f21a042be2p-4,   -0x1.b82ce31288b51p-6,
        0x1.565bcd0e6a53fp-8,   -0x1.c02db40040b86p-11, 0x1.f9a326f9b89b7p-14,
        -0x1.f4d25c3e0c2ebp-17, 0x1.b9e6c9dc651a3p-20,  -0x1.5f742ec43e71ap-23,
        0x1.fcc5720624c1cp-27,  -0x1.51d7181c5d36dp-30, 0x1.9e6ad5e55a73p-34};
    const double z = x * x;
    const struct dd linear = dd_product(x, slope.h);
    const struct dd sum = dd_sum_ordered(1, -linear.h);
    const double rest = (linear.l + x * slope.l) + x * z * mathfn_polynomial(c, 12, z);
    return sum.h + (sum.l - rest);
}

/* exp(x^2) erfc(x) for 1/2 <= x < 28. */
static struct dd erfc_scaled(double x) {
    const uint64_t quarter = bits_of(x) >> 50;
    const uint64_t i = quarter - (bits_of(0.5) >> 50);
    const double h = x - bits_double((quarter << 50) | (UINT64_C(1) << 49));
    const struct dd constant = tail_table[i].constant, slope = tail_table[i].slope;
    const double high = h * h * mathfn_polynomial(tail_table[i].high, DEGREE - 1, h);
    const struct dd product = dd_product(slope.h, h);
    const struct dd sum = dd_sum_ordered(constant.h, product.h);
    const double low = (constant.l + slope.l * h) + product.l;
    return dd_sum_ordered(sum.h, (sum.l + low) + high);
}

/* erfc(x) = (h + l) * 2^k for 1/2 <= x < 28. */
static struct dd erfc_tail(double x, int *k) {
    const struct dd square = dd_product(x, x);
    const struct dd argument = {-square.h, -square.l};
    const struct dd e = mathfn_exp_dd(argument, k);
    const struct dd g = erfc_scaled(x);
    const struct dd product = dd_product(e.h, g.h);
    return dd_sum_ordered(product.h, product.l + (e.h * g.l + e.l * g.h));
}

double math_erfc(double x) {
    if (x != x) {
        return mathfn_nan();
    }
    if (x >= 27.5) {
        return 0;
    }
    if (x <= -7) {
        return 2;
    }
    if (mathfn_abs(x) < 0.5) {
        return erfc_middle(x);
    }
    int k;
    const struct dd tail = erfc_tail(mathfn_abs(x), &k);
    if (x > 0) {
        return mathfn_scale(tail, k);
    }
    const double scale = mathfn_power_of_two(k);
    const struct dd rest = dd_sum(2, -tail.h * scale);
    return rest.h + (rest.l - tail.l * scale);
}
