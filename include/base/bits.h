/*
 * base/bits.h - doubles by their bits.
 */
#ifndef BACKSTEP_BASE_BITS_H
#define BACKSTEP_BASE_BITS_H

#include <stdint.h>
#include <string.h>

static inline uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double bits_double(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

#endif
