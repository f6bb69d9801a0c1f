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

enum { GROWN_LEAST = 16 };

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

void *memory_reserve(void *array, size_t count, size_t more, size_t *capacity, size_t size) {
    if (count <= *capacity && more <= *capacity - count) {
        return array;
    }
    if (more > SIZE_MAX - count || *capacity > SIZE_MAX / 2) {
        return NULL;
    }
    size_t wanted = *capacity > 0 ? 2 * *capacity : GROWN_LEAST;
    wanted = wanted > count + more ? wanted : count + more;
    void *grown = memory_resize(array, wanted, size);
    *capacity = grown ? wanted : *capacity;
    return grown;
}

void *memory_grow(void *array, size_t count, size_t *capacity, size_t size) {
    return memory_reserve(array, count, 1, capacity, size);
}

enum { LARGE_PAGE = 2 * 1024 * 1024, LARGE_BLOCK = 4 * LARGE_PAGE };

static size_t round_up(size_t bytes, size_t unit) {
    return (bytes + unit - 1) / unit * unit;
}

/* What a block takes: whole vectors, and never nothing. */
static size_t bytes_of(size_t count) {
    return round_up(count * sizeof(double) + 1, BLOCK_ALIGNMENT);
}

/* Let the system know that what lies here is long and used from end to end, so that it
 * takes pages of 2 MiB where it has them: the weights of a large layer need hundreds of
 * ordinary ones, more than the processor can look up quickly. Not those of a few such pages,
 * which come and go with each edit and would be cleared each time. The rest, less than a page,
 * stays in ordinary ones, so that no memory is taken that is not used. */
static void prefer_large_pages(double *values, size_t bytes) {
#if defined(MADV_HUGEPAGE)
    if (bytes >= LARGE_BLOCK) {
        madvise(values, bytes / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE);
    }
#else
    (void)values, (void)bytes;
#endif
}

/* `memory` is where values lie, aligned or not; takes it. */
static struct block *wrap(size_t count, void *memory, double *values) {
    struct block *block = memory ? malloc(sizeof *block) : NULL;
    if (!block) {
        free(memory);
        return NULL;
    }
    *block = (struct block){.references = 1, .count = count, .values = values, .memory = memory};
    return block;
}

/* ---- long blocks that nobody holds ---- */

/* Training copies the weights, to have a way back, and a history lets go of the oldest as the
 * newest comes: what is given up is soon wanted again, just as long. The system clears each page
 * before it gives it, which may take longer than the copy, so the last few are kept. */
enum { KEPT_MOST = 16, KEPT_BYTES_MOST = 128 * 1024 * 1024 };

static struct {
    struct block *blocks[KEPT_MOST]; /* the oldest first */
    size_t count, bytes;
} kept;

static void block_free(struct block *block) {
    free(block->memory);
    free(block);
}

static struct block *take_kept(size_t index) {
    struct block *block = kept.blocks[index];
    kept.count--;
    kept.bytes -= bytes_of(block->count);
    for (size_t n = index; n < kept.count; n++) {
        kept.blocks[n] = kept.blocks[n + 1];
    }
    return block;
}

static void keep(struct block *block) {
    size_t bytes = bytes_of(block->count);
    if (bytes < LARGE_BLOCK || bytes > KEPT_BYTES_MOST) {
        block_free(block);
        return;
    }
    while (kept.count == KEPT_MOST || bytes > KEPT_BYTES_MOST - kept.bytes) {
        block_free(take_kept(0));
    }
    kept.blocks[kept.count++] = block;
    kept.bytes += bytes;
}

/* One of exactly so many doubles, or NULL. */
static struct block *find_kept(size_t count) {
    for (size_t n = 0; n < kept.count; n++) {
        if (kept.blocks[n]->count == count) {
            struct block *block = take_kept(n);
            block->references = 1;
            return block;
        }
    }
    return NULL;
}

/* ---- blocks ---- */

static bool is_too_many(size_t count) {
    return count > (SIZE_MAX / 2 - LARGE_PAGE) / sizeof(double);
}

struct block *block_blank(size_t count) {
    if (is_too_many(count)) {
        return NULL;
    }
    struct block *block = find_kept(count);
    if (block) {
        return block;
    }
    size_t bytes = bytes_of(count);
    size_t alignment = bytes >= LARGE_BLOCK ? LARGE_PAGE : BLOCK_ALIGNMENT;
    double *values = aligned_alloc(alignment, round_up(bytes, alignment));
    if (values) {
        prefer_large_pages(values, bytes);
        memset(values + count, 0, bytes - count * sizeof(double));
    }
    return wrap(count, values, values);
}

/* A large one of fresh pages, which the system clears as they are first written to: clearing
 * a gigabyte at once takes seconds, in which nobody could be asked to stop. */
static struct block *large_new(size_t count) {
    size_t bytes = bytes_of(count);
    char *memory = calloc(1, bytes + LARGE_PAGE);
    if (!memory) {
        return NULL;
    }
    size_t beyond = (uintptr_t)memory % LARGE_PAGE;
    double *values = (double *)(void *)(memory + (beyond > 0 ? LARGE_PAGE - beyond : 0));
    prefer_large_pages(values, bytes);
    return wrap(count, memory, values);
}

struct block *block_new(size_t count) {
    if (!is_too_many(count) && bytes_of(count) >= LARGE_BLOCK) {
        return large_new(count);
    }
    struct block *block = block_blank(count);
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
        keep(block);
    }
}

double *block_own(struct block **block) {
    struct block *held = *block;
    if (held->references == 1) {
        return held->values;
    }
    struct block *copy = block_blank(held->count);
    if (!copy) {
        return NULL;
    }
    memcpy(copy->values, held->values, held->count * sizeof(double));
    held->references--;
    *block = copy;
    return copy->values;
}
