/*
 * tests/fuzz/main_libfuzzer.c - the target that BACKSTEP_FUZZ names, for libFuzzer.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static const struct fuzz_target *chosen(void) {
    const char *name = getenv("BACKSTEP_FUZZ");
    for (size_t n = 0; name && fuzz_target_at(n); n++) {
        if (strcmp(fuzz_target_at(n)->name, name) == 0) {
            return fuzz_target_at(n);
        }
    }
    fputs("fuzz: BACKSTEP_FUZZ names no target\n", stderr);
    exit(2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    static const struct fuzz_target *target;
    target = target ? target : chosen();
    target->run((const char *)bytes, count);
    return 0;
}
