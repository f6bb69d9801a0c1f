/*
 * tests/support/wrapped.h - the allocator as the linker's --wrap has it: a test program that
 * is linked so calls its own __wrap_ functions, and these the real ones.
 */
#ifndef BACKSTEP_TESTS_WRAPPED_H
#define BACKSTEP_TESTS_WRAPPED_H

#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *memory);

#endif
