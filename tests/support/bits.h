/*
 * support/bits.h - doubles by their bits, and random ones, for tests that hold numbers
 * against others to the last bit.
 */
#ifndef BACKSTEP_SUPPORT_BITS_H
#define BACKSTEP_SUPPORT_BITS_H

#include <stdint.h>
#include <string.h>

static inline uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double from_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 64 random bits (splitmix64). */
static inline uint64_t bits_random(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

#endif
