/*
 * base/memory.c - checked allocation and shared blocks of doubles.
 */
#define _DEFAULT_SOURCE /* for madvise() */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

void *memory_array(size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL; /* not every calloc looks */
    }
    return calloc(count ? count : 1, size ? size : 1);
}

void *memory_resize(void *array, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    size_t bytes = count * size;
    return realloc(array, bytes ? bytes : 1);
}

/* Let the system know that what lies here is long and used from end to end, so that it
 * takes pages of 2 MiB where it has them: the weights of a large layer need hundreds of
 * ordinary ones, more than the processor can look up quickly. */
static void prefer_large_pages(double *values, size_t bytes) {
#if defined(MADV_HUGEPAGE)
    const uintptr_t page = 2 * 1024 * 1024;
    uintptr_t begin = ((uintptr_t)values + page - 1) / page * page;
    uintptr_t end = ((uintptr_t)values + bytes) / page * page;
    if (begin < end) {
        madvise((void *)begin, end - begin, MADV_HUGEPAGE);
    }
#else
    (void)values, (void)bytes;
#endif
}

/* A block with whatever in it. */
static struct block *block_raw(size_t count) {
    if (count > (SIZE_MAX / 2 - BLOCK_ALIGNMENT) / sizeof(double)) {
        return NULL;
    }
    size_t bytes = count * sizeof(double);
    bytes = (bytes + BLOCK_ALIGNMENT) / BLOCK_ALIGNMENT * BLOCK_ALIGNMENT;
    struct block *block = malloc(sizeof *block);
    double *values = block ? aligned_alloc(BLOCK_ALIGNMENT, bytes) : NULL;
    if (!values) {
        free(block);
        return NULL;
    }
    prefer_large_pages(values, bytes);
    memset(values + count, 0, bytes - count * sizeof(double));
    *block = (struct block){.references = 1, .count = count, .values = values};
    return block;
}

struct block *block_new(size_t count) {
    struct block *block = block_raw(count);
    if (block) {
        memset(block->values, 0, count * sizeof(double));
    }
    return block;
}

struct block *block_share(struct block *block) {
    if (block) {
        block->references++;
    }
    return block;
}

void block_drop(struct block *block) {
    if (block && --block->references == 0) {
        free(block->values);
        free(block);
    }
}

double *block_own(struct block **block) {
    struct block *held = *block;
    if (held->references == 1) {
        return held->values;
    }
    struct block *copy = block_raw(held->count);
    if (!copy) {
        return NULL;
    }
    memcpy(copy->values, held->values, held->count * sizeof(double));
    held->references--;
    *block = copy;
    return copy->values;
}
