/*
 * machine.c - what one core can do at its best: multiply and add, each rounded, in
 * registers; read a long array; read it and write it back. Plain vectors of the
 * widest kind that the processor has.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <time.h>

#include "bench.h"

double bench_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static volatile double sink;

double bench_chain(void) {
    enum { STEPS = 20000 };
    volatile double first = 0.5, second = 1;
    double c = first, d = second, x = d;
    double begin = bench_seconds();
    for (int n = 0; n < STEPS; n++) {
        x = x * c;
        x = x + d;
    }
    sink = x;
    return 2 * STEPS / (bench_seconds() - begin);
}

#if defined(__GNUC__)

/* A core has more loads under way where several rows are read side by side, here of as many
 * doubles: a row of 1024 and the padding that keeps the rows apart in the cache. */
enum { ROUNDS = 4000, CHAINS = 12, ROWS = 8, ROW = 1032 };

/* The compiler must take v for something new: c d below is to be multiplied each time. */
#if defined(__x86_64__)
#define RENEW(v) __asm__ volatile("" : "+x"(v))
#elif defined(__aarch64__)
#define RENEW(v) __asm__ volatile("" : "+w"(v))
#else
#define RENEW(v) __asm__ volatile("" : "+m"(v))
#endif
#if defined(__clang__)
#define UNROLLED _Pragma("clang loop unroll(full)")
#else
#define UNROLLED _Pragma("GCC unroll 8")
#endif
#define ADD_PRODUCT(x)                                                                             \
    do {                                                                                           \
        RENEW(c);                                                                                  \
        x += c * d;                                                                                \
    } while (0)

/* x <- x + c d in 12 chains, which hide each other's latency, the products waiting for nothing;
 * sums of an array, 8 rows at a time; v <- v + d for each element of an array, likewise. Three
 * functions for each width. */
#define DEFINE_WIDTH(suffix, lanes, target)                                                        \
    typedef double vec_##suffix __attribute__((vector_size(8 * (lanes)), aligned(8), may_alias));  \
    target static double chains_##suffix(void) {                                                   \
        vec_##suffix c = (vec_##suffix){0} + 1e-9, d = (vec_##suffix){0} + 1;                      \
        vec_##suffix x0 = d, x1 = x0 + d, x2 = x1 + d, x3 = x2 + d, x4 = x3 + d, x5 = x4 + d;      \
        vec_##suffix x6 = x5 + d, x7 = x6 + d, x8 = x7 + d, x9 = x8 + d, xa = x9 + d, xb = xa + d; \
        for (int n = 0; n < ROUNDS; n++) {                                                         \
            ADD_PRODUCT(x0);                                                                       \
            ADD_PRODUCT(x1);                                                                       \
            ADD_PRODUCT(x2);                                                                       \
            ADD_PRODUCT(x3);                                                                       \
            ADD_PRODUCT(x4);                                                                       \
            ADD_PRODUCT(x5);                                                                       \
            ADD_PRODUCT(x6);                                                                       \
            ADD_PRODUCT(x7);                                                                       \
            ADD_PRODUCT(x8);                                                                       \
            ADD_PRODUCT(x9);                                                                       \
            ADD_PRODUCT(xa);                                                                       \
            ADD_PRODUCT(xb);                                                                       \
        }                                                                                          \
        x0 += x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + xa + xb;                                \
        sink = x0[0];                                                                              \
        return (double)ROUNDS * CHAINS * (lanes);                                                  \
    }                                                                                              \
    target static void read_##suffix(const double *values, size_t count) {                         \
        vec_##suffix s[ROWS] = {{0}};                                                              \
        for (; count >= ROWS * ROW; count -= ROWS * ROW, values += ROWS * ROW) {                   \
            for (size_t j = 0; j < ROW; j += (lanes)) {                                            \
                UNROLLED for (size_t i = 0; i < ROWS; i++) {                                       \
                    s[i] += *(const vec_##suffix *)(values + i * ROW + j);                         \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
        s[0] += s[1] + s[2] + s[3] + s[4] + s[5] + s[6] + s[7];                                    \
        sink = s[0][0];                                                                            \
    }                                                                                              \
    target static void sweep_##suffix(double *values, size_t count) {                              \
        vec_##suffix d = (vec_##suffix){0} + 1e-9;                                                 \
        for (; count >= ROWS * ROW; count -= ROWS * ROW, values += ROWS * ROW) {                   \
            for (size_t j = 0; j < ROW; j += (lanes)) {                                            \
                UNROLLED for (size_t i = 0; i < ROWS; i++) {                                       \
                    *(vec_##suffix *)(values + i * ROW + j) += d;                                  \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
    }

DEFINE_WIDTH(2, 2, )
#if defined(__x86_64__)
DEFINE_WIDTH(4, 4, __attribute__((target("avx2"))))
DEFINE_WIDTH(8, 8, __attribute__((target("avx512f"))))
#define CALL(function, ...)                                                                        \
    (__builtin_cpu_supports("avx512f") ? function##_8(__VA_ARGS__)                                 \
     : __builtin_cpu_supports("avx2")  ? function##_4(__VA_ARGS__)                                 \
                                       : function##_2(__VA_ARGS__))
/* A core may do more with narrower vectors than with its widest. */
static int widths(void) {
    return __builtin_cpu_supports("avx512f") ? 3 : __builtin_cpu_supports("avx2") ? 2 : 1;
}
static double chains(int width) {
    return width == 2 ? chains_8() : width == 1 ? chains_4() : chains_2();
}
#else
#define CALL(function, ...) function##_2(__VA_ARGS__)
static int widths(void) {
    return 1;
}
static double chains(int width) {
    (void)width;
    return chains_2();
}
#endif

double bench_peak(void) {
    double best = 0;
    for (int width = 0; width < widths(); width++) {
        double begin = bench_seconds();
        double done = chains(width);
        double rate = done / (bench_seconds() - begin);
        best = rate > best ? rate : best;
    }
    return best;
}

/* One time through takes a few milliseconds, which may find the memory unused by others for
 * once; training takes longer. */
enum { TIMES = 16 };

double bench_read(const double *values, size_t count) {
    double begin = bench_seconds();
    for (int n = 0; n < TIMES; n++) {
        CALL(read, values, count);
    }
    return (double)(TIMES * count * sizeof *values) / (bench_seconds() - begin);
}

double bench_sweep(double *values, size_t count) {
    double begin = bench_seconds();
    for (int n = 0; n < TIMES; n++) {
        CALL(sweep, values, count);
    }
    return (double)(TIMES * count * sizeof *values) / (bench_seconds() - begin);
}

#else

double bench_peak(void) {
    return 0;
}
double bench_read(const double *values, size_t count) {
    (void)values, (void)count;
    return 0;
}
double bench_sweep(double *values, size_t count) {
    (void)values, (void)count;
    return 0;
}

#endif
