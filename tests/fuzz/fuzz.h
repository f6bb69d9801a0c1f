/*
 * tests/fuzz/fuzz.h - what reads bytes that nobody vouches for, a target each.
 *
 * A target takes any bytes and comes back: with a result or with an error, without a
 * crash, a leak or a wait. `make fuzz` has libFuzzer look for bytes that break that;
 * tests/fuzz/test_seeds.c goes over the seeds, and over what was found before, in
 * every test run. The bytes of a target are in tests/fuzz/seeds/NAME/.
 */
#ifndef BACKSTEP_TESTS_FUZZ_H
#define BACKSTEP_TESTS_FUZZ_H

#include <stddef.h>

struct fuzz_target {
    const char *name;
    void (*run)(const char *bytes, size_t count);
};

const struct fuzz_target *fuzz_target_at(size_t index); /* NULL past the end */

/* Says what is wrong and aborts, which libFuzzer takes for a finding: for properties. */
void fuzz_require(int holds, const char *what);

void fuzz_scene(const char *bytes, size_t count);
void fuzz_expression(const char *bytes, size_t count);
void fuzz_csv(const char *bytes, size_t count);
void fuzz_safetensors(const char *bytes, size_t count);
void fuzz_npy(const char *bytes, size_t count);
void fuzz_npz(const char *bytes, size_t count);
void fuzz_keys(const char *bytes, size_t count);
void fuzz_config(const char *bytes, size_t count);

#endif
