/*
 * tests/support/starve.h - allocations that fail when a test wants them to. The test
 * asks the linker for it:
 *
 *     link: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc
 *
 * Only the program's own calls count, not those inside of libraries.
 */
#ifndef BACKSTEP_TESTS_STARVE_H
#define BACKSTEP_TESTS_STARVE_H

#include <stdbool.h>
#include <stddef.h>

/* From now on the n-th allocation, from 1, fails, and only that. */
void starve_begin(size_t n);

/* No more; true if it has come to that allocation. */
bool starve_end(void);

/* How many there were since the program began. */
size_t starve_count(void);

/* Let all go well for a while; what starve_resume() takes to go on. */
size_t starve_pause(void);
void starve_resume(size_t left);

#endif
