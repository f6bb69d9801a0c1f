/*
 * net/kernels_vector.h - a vector of LANES doubles, LANES being 2, 4 or 8. To be
 * included by the one file of a code path, which defines LANES.
 */
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

typedef double vec __attribute__((vector_size(8 * LANES)));
typedef int64_t bits __attribute__((vector_size(8 * LANES)));
/* the same anywhere in memory */
typedef double loose_vec __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

/* Under a sanitizer nobody is in a hurry, and to check each copy takes minutes to compile. */
#if defined(__SANITIZE_ADDRESS__)
#define INLINE static inline
#define UNROLLED
#else
#define INLINE static inline __attribute__((always_inline))
#if defined(__clang__)
#define UNROLLED _Pragma("clang loop unroll(full)")
#else
#define UNROLLED _Pragma("GCC unroll 32")
#endif
#endif

/* Vectors in a row of 8 doubles. */
enum { PARTS = 8 / LANES };

/* Keeps v in a register: the compiler must not load it anew for each use. */
#if defined(__x86_64__)
#define HOLD(v) __asm__("" : "+v"(v))
#elif defined(__aarch64__)
#define HOLD(v) __asm__("" : "+w"(v))
#else
#define HOLD(v) (void)(v)
#endif

INLINE vec load(const double *from) {
    return *(const loose_vec *)from;
}

INLINE void store(double *to, vec v) {
    *(loose_vec *)to = v;
}

/* x in every lane, its sign kept where it is 0 */
INLINE vec spread(double x) {
    return x - (vec){0};
}

/* lane n in every lane */
INLINE vec spread_lane(vec v, const size_t n) {
#if LANES == 8
    return _mm512_permutexvar_pd(_mm512_set1_epi64((int64_t)n), v);
#elif LANES == 4
    __m256d half = n < 2 ? _mm256_permute2f128_pd(v, v, 0x00) : _mm256_permute2f128_pd(v, v, 0x11);
    return n % 2 == 0 ? _mm256_movedup_pd(half) : _mm256_unpackhi_pd(half, half);
#else
    return (vec){v[n], v[n]};
#endif
}

INLINE vec select_vec(bits mask, vec yes, vec no) {
    return (vec)((mask & (bits)yes) | (~mask & (bits)no));
}

INLINE vec absolute(vec v) {
    return (vec)((bits)v & INT64_MAX);
}

/* Rows for columns, in place: t[i] lane j and t[j] lane i change places. */
INLINE void turn(vec t[LANES]) {
#if LANES == 8
    __m512d a = _mm512_unpacklo_pd(t[0], t[1]), b = _mm512_unpackhi_pd(t[0], t[1]);
    __m512d c = _mm512_unpacklo_pd(t[2], t[3]), d = _mm512_unpackhi_pd(t[2], t[3]);
    __m512d e = _mm512_unpacklo_pd(t[4], t[5]), f = _mm512_unpackhi_pd(t[4], t[5]);
    __m512d g = _mm512_unpacklo_pd(t[6], t[7]), h = _mm512_unpackhi_pd(t[6], t[7]);
    __m512d ac = _mm512_shuffle_f64x2(a, c, 0x88), ac_odd = _mm512_shuffle_f64x2(a, c, 0xdd);
    __m512d eg = _mm512_shuffle_f64x2(e, g, 0x88), eg_odd = _mm512_shuffle_f64x2(e, g, 0xdd);
    __m512d bd = _mm512_shuffle_f64x2(b, d, 0x88), bd_odd = _mm512_shuffle_f64x2(b, d, 0xdd);
    __m512d fh = _mm512_shuffle_f64x2(f, h, 0x88), fh_odd = _mm512_shuffle_f64x2(f, h, 0xdd);
    t[0] = _mm512_shuffle_f64x2(ac, eg, 0x88), t[4] = _mm512_shuffle_f64x2(ac, eg, 0xdd);
    t[1] = _mm512_shuffle_f64x2(bd, fh, 0x88), t[5] = _mm512_shuffle_f64x2(bd, fh, 0xdd);
    t[2] = _mm512_shuffle_f64x2(ac_odd, eg_odd, 0x88);
    t[6] = _mm512_shuffle_f64x2(ac_odd, eg_odd, 0xdd);
    t[3] = _mm512_shuffle_f64x2(bd_odd, fh_odd, 0x88);
    t[7] = _mm512_shuffle_f64x2(bd_odd, fh_odd, 0xdd);
#elif LANES == 4
    __m256d a = _mm256_unpacklo_pd(t[0], t[1]), b = _mm256_unpackhi_pd(t[0], t[1]);
    __m256d c = _mm256_unpacklo_pd(t[2], t[3]), d = _mm256_unpackhi_pd(t[2], t[3]);
    t[0] = _mm256_permute2f128_pd(a, c, 0x20), t[1] = _mm256_permute2f128_pd(b, d, 0x20);
    t[2] = _mm256_permute2f128_pd(a, c, 0x31), t[3] = _mm256_permute2f128_pd(b, d, 0x31);
#else
    vec a = {t[0][0], t[1][0]}, b = {t[0][1], t[1][1]};
    t[0] = a, t[1] = b;
#endif
}

/* r = f(z) and the slope there, as in net/activation.c, NaN included */
INLINE void bend_vec(enum bend bend, double step0, vec z, vec *r, vec *slope) {
    const double leak = 0.01;
    const vec zero = {0};
    vec one = spread(1);
    if (bend == BEND_LINEAR) {
        *r = z;
        *slope = one;
        return;
    }
    bits above = (bits)(z > zero), below = (bits)(z < zero);
    if (bend == BEND_RELU) {
        *r = select_vec(below, zero, z);
        *slope = select_vec(above, one, select_vec(below, zero, spread(step0)));
    } else {
        *r = select_vec(above, z, leak * z);
        *slope = select_vec(above, one,
                            select_vec(below, spread(leak), spread(leak + (1 - leak) * step0)));
    }
}
