/*
 * base/memory.c - checked allocation and shared blocks of doubles.
 */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

struct block *block_new(size_t count) {
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
    memset(values, 0, bytes);
    *block = (struct block){.references = 1, .count = count, .values = values};
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
    struct block *copy = block_new(held->count);
    if (!copy) {
        return NULL;
    }
    memcpy(copy->values, held->values, held->count * sizeof(double));
    held->references--;
    *block = copy;
    return copy->values;
}
