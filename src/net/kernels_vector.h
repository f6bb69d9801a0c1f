/*
 * net/kernels_vector.h - a vector of LANES doubles, LANES being 2, 4 or 8. To be
 * included by the one file of a code path, which defines LANES. Where no register
 * is that wide, the compiler makes it of several: slow, but the same.
 */
#include <stdint.h>
#include <string.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

typedef double vec __attribute__((vector_size(8 * LANES)));
typedef int64_t bits __attribute__((vector_size(8 * LANES)));
/* the same anywhere in memory */
typedef double loose_vec __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

/* Whether a vector is a register. */
#if LANES == 2 || (LANES == 4 && defined(__AVX2__)) || (LANES == 8 && defined(__AVX512F__))
#define NATIVE 1
#else
#define NATIVE 0
#endif

/* Under a sanitizer, or without such registers, nobody is in a hurry, and to compile
 * each copy takes minutes. */
#if defined(__SANITIZE_ADDRESS__) || !NATIVE
#define INLINE static inline
#define UNROLLED
#define UNROLLED_BY_4
#else
#define INLINE static inline __attribute__((always_inline))
#if defined(__clang__)
#define UNROLLED _Pragma("clang loop unroll(full)")
#define UNROLLED_BY_4 _Pragma("clang loop unroll_count(4)")
#else
#define UNROLLED _Pragma("GCC unroll 32")
#define UNROLLED_BY_4 _Pragma("GCC unroll 4")
#endif
#endif

/* A function that is not to become part of those that call it. */
#define APART __attribute__((noinline))

/* Vectors in a row of 8 doubles. */
enum { PARTS = 8 / LANES };

/* Keeps v in a register: the compiler must not load it anew for each use. */
#if !NATIVE
#define HOLD(v) (void)(v)
#elif defined(__x86_64__)
#define HOLD(v) __asm__("" : "+v"(v))
#elif defined(__aarch64__)
#define HOLD(v) __asm__("" : "+w"(v))
#else
#define HOLD(v) (void)(v)
#endif

/* What was written before is read and written before what comes after: the compiler must
 * not bring together what then needs more registers than there are. */
#if NATIVE
#define IN_ORDER() __asm__ volatile("" ::: "memory")
#else
#define IN_ORDER() (void)0
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

/* lane n in every lane; the first ones soonest, since a sum begins with them */
INLINE vec spread_lane(vec v, const size_t n) {
#if LANES == 8 && NATIVE
    return _mm512_permutexvar_pd(_mm512_set1_epi64((int64_t)n), v);
#elif LANES == 4 && NATIVE
    __m128d low = _mm256_castpd256_pd128(v);
    __m256d high = _mm256_permute2f128_pd(v, v, 0x11);
    return n == 0   ? _mm256_broadcastsd_pd(low)
           : n == 1 ? _mm256_broadcastsd_pd(_mm_unpackhi_pd(low, low))
           : n == 2 ? _mm256_movedup_pd(high)
                    : _mm256_unpackhi_pd(high, high);
#else
    return spread(v[n]);
#endif
}

INLINE vec select_vec(bits mask, vec yes, vec no) {
    return (vec)((mask & (bits)yes) | (~mask & (bits)no));
}

INLINE vec absolute(vec v) {
    return (vec)((bits)v & INT64_MAX);
}

/* The lanes of a, from 0 on, and then those of b, as they are listed. */
#if defined(__clang__)
#define MIX(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define MIX(a, b, ...) __builtin_shuffle(a, b, (bits){__VA_ARGS__})
#endif
#if LANES == 8
#define EVEN(a, b) MIX(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define ODD(a, b) MIX(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#define EVEN_PAIRS(a, b) MIX(a, b, 0, 1, 4, 5, 8, 9, 12, 13)
#define ODD_PAIRS(a, b) MIX(a, b, 2, 3, 6, 7, 10, 11, 14, 15)
#elif LANES == 4
#define EVEN(a, b) MIX(a, b, 0, 4, 2, 6)
#define ODD(a, b) MIX(a, b, 1, 5, 3, 7)
#define EVEN_PAIRS(a, b) MIX(a, b, 0, 1, 4, 5)
#define ODD_PAIRS(a, b) MIX(a, b, 2, 3, 6, 7)
#endif

/* Rows for columns, in place: t[i] lane j and t[j] lane i change places. */
INLINE void turn(vec t[LANES]) {
#if LANES == 8
    vec a = EVEN(t[0], t[1]), b = ODD(t[0], t[1]), c = EVEN(t[2], t[3]), d = ODD(t[2], t[3]);
    vec e = EVEN(t[4], t[5]), f = ODD(t[4], t[5]), g = EVEN(t[6], t[7]), h = ODD(t[6], t[7]);
    vec ac = EVEN_PAIRS(a, c), ac_odd = ODD_PAIRS(a, c);
    vec eg = EVEN_PAIRS(e, g), eg_odd = ODD_PAIRS(e, g);
    vec bd = EVEN_PAIRS(b, d), bd_odd = ODD_PAIRS(b, d);
    vec fh = EVEN_PAIRS(f, h), fh_odd = ODD_PAIRS(f, h);
    t[0] = EVEN_PAIRS(ac, eg), t[4] = ODD_PAIRS(ac, eg);
    t[1] = EVEN_PAIRS(bd, fh), t[5] = ODD_PAIRS(bd, fh);
    t[2] = EVEN_PAIRS(ac_odd, eg_odd), t[6] = ODD_PAIRS(ac_odd, eg_odd);
    t[3] = EVEN_PAIRS(bd_odd, fh_odd), t[7] = ODD_PAIRS(bd_odd, fh_odd);
#elif LANES == 4
    vec a = EVEN(t[0], t[1]), b = ODD(t[0], t[1]), c = EVEN(t[2], t[3]), d = ODD(t[2], t[3]);
    t[0] = EVEN_PAIRS(a, c), t[1] = EVEN_PAIRS(b, d);
    t[2] = ODD_PAIRS(a, c), t[3] = ODD_PAIRS(b, d);
#else
    vec a = MIX(t[0], t[1], 0, 2), b = MIX(t[0], t[1], 1, 3);
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
