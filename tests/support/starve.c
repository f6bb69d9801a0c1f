/*
 * tests/support/starve.c - allocations that fail.
 */
#include "starve.h"
#include "wrapped.h"

#include <stdlib.h>

static size_t until_failure; /* 0: none fails */
static bool failed;
static size_t asked; /* in all */

void starve_begin(size_t n) {
    failed = false;
    until_failure = n;
}

bool starve_end(void) {
    until_failure = 0;
    return failed;
}

size_t starve_pause(void) {
    size_t left = until_failure;
    until_failure = 0;
    return left;
}

void starve_resume(size_t left) {
    until_failure = left;
}

size_t starve_count(void) {
    return asked;
}

static bool fails(void) {
    asked++;
    if (until_failure > 0 && --until_failure == 0) {
        failed = true;
        return true;
    }
    return false;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}
void *__wrap_calloc(size_t count, size_t size) {
    return fails() ? NULL : __real_calloc(count, size);
}
void *__wrap_realloc(void *old, size_t size) {
    return fails() ? NULL : __real_realloc(old, size);
}
void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return fails() ? NULL : __real_aligned_alloc(alignment, size);
}
