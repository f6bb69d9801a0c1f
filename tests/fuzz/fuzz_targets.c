/*
 * tests/fuzz/fuzz_targets.c - the table of targets.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

static const struct fuzz_target targets[] = {
    {"scene", fuzz_scene}, {"expression", fuzz_expression},
    {"csv", fuzz_csv},     {"safetensors", fuzz_safetensors},
    {"npy", fuzz_npy},     {"npz", fuzz_npz},
    {"keys", fuzz_keys},   {"config", fuzz_config},
};

const struct fuzz_target *fuzz_target_at(size_t index) {
    return index < sizeof targets / sizeof *targets ? &targets[index] : NULL;
}

void fuzz_require(int holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "fuzz: not so: %s\n", what);
        abort();
    }
}
