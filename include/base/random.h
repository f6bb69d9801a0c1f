/*
 * base/random.h - the program's own random numbers, fixed for ever: the same
 * seed gives the same numbers on every machine.
 *
 * xoshiro256** (Blackman and Vigna 2018), its state filled by splitmix64.
 */
#ifndef BACKSTEP_BASE_RANDOM_H
#define BACKSTEP_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state[4];
};

void random_seed(struct random *random, uint64_t seed);
uint64_t random_bits(struct random *random);

/* Uniform on [0, 1): the upper 53 bits. */
double random_unit(struct random *random);

/* Standard normal: Box-Muller, the cosine half, with the program's own log and
 * cos, one pair of uniforms a number. */
double random_normal(struct random *random);

/* Uniform on 0 ... count-1 without bias (rejection); 0 when count is 0. */
size_t random_below(struct random *random, size_t count);

#endif
