/*
 * base/memory.h - allocation with the products checked, and shared blocks of
 * numbers.
 *
 * A `block` is a counted array of doubles. States of the program share blocks
 * that they do not change: a copy of a network costs a pointer a layer, and an
 * edit copies the one block it writes (copy on write). Undo, the live preview
 * and a scene's pauses all stand on this. Blocks are not for several threads.
 */
#ifndef BACKSTEP_BASE_MEMORY_H
#define BACKSTEP_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* `count` zeroed elements of `size` bytes; NULL when memory is short, when the
 * product does not fit, or - so that NULL always means failure - never for 0. */
void *memory_array(size_t count, size_t size);

/* Room for `more` behind `count` elements, in an array that has room for `*capacity`: that is
 * doubled, at least, where it does not do. The array, wherever it is now; NULL (and the old
 * one untouched) when memory is short. And room for one more. */
void *memory_reserve(void *array, size_t count, size_t more, size_t *capacity, size_t size);
void *memory_grow(void *array, size_t count, size_t *capacity, size_t size);

/* Resize to `count` elements; NULL (and the old array untouched) on failure. */
void *memory_resize(void *array, size_t count, size_t size);

enum { BLOCK_ALIGNMENT = 64 };

struct block {
    size_t references;
    size_t count;   /* doubles in `values` */
    double *values; /* aligned to BLOCK_ALIGNMENT bytes */
    void *memory;   /* that they lie in */
};

/* A zeroed block with one reference; NULL when memory is short. */
struct block *block_new(size_t count);

/* The same with whatever in it, for one who writes all of it. */
struct block *block_blank(size_t count);

/* One more reference to the same block (NULL stays NULL). */
struct block *block_share(struct block *block);

/* Give up a reference; the last one frees. NULL is allowed. */
void block_drop(struct block *block);

/* Make `*block` writable by its holder alone: copies it if it is shared.
 * Returns its values, or NULL when memory is short (then `*block` is as it was). */
double *block_own(struct block **block);

#endif
