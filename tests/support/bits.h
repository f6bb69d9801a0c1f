/*
 * support/bits.h - random bits, for tests that hold numbers against others to the last one.
 */
#ifndef BACKSTEP_SUPPORT_BITS_H
#define BACKSTEP_SUPPORT_BITS_H

#include <stdint.h>

#include "base/bits.h"

/* 64 random bits (splitmix64). */
static inline uint64_t bits_random(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

#endif
