/*
 * base/random.c - xoshiro256** with a splitmix64 seed. Source: Blackman and
 * Vigna, "Scrambled linear pseudorandom number generators" (2018).
 */
#include "base/random.h"

#include <math.h>

#include "base/mathfn.h"

static uint64_t splitmix64(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

void random_seed(struct random *random, uint64_t seed) {
    for (size_t i = 0; i < 4; i++) {
        random->state[i] = splitmix64(&seed);
    }
}

static uint64_t rotate_left(uint64_t x, int bits) {
    return (x << bits) | (x >> (64 - bits));
}

uint64_t random_bits(struct random *random) {
    uint64_t *s = random->state;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

double random_unit(struct random *random) {
    return (double)(random_bits(random) >> 11) * 0x1p-53;
}

/* sqrt(-2 ln(1 - u)) cos(2 pi v): 1 - u lies in (0, 1], where ln is finite. */
double random_normal(struct random *random) {
    const double two_pi = 6.283185307179586;
    double u = random_unit(random);
    double v = random_unit(random);
    return sqrt(-2 * math_log(1 - u)) * math_cos(two_pi * v);
}

size_t random_below(struct random *random, size_t count) {
    if (count == 0) {
        return 0;
    }
    uint64_t bound = (uint64_t)count;
    uint64_t excess = (UINT64_MAX % bound + 1) % bound; /* 2^64 mod bound */
    uint64_t bits;
    do {
        bits = random_bits(random);
    } while (bits > UINT64_MAX - excess);
    return (size_t)(bits % bound);
}
