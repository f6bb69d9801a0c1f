/*
 * net/kernels_avx512.c - the inner loops in vectors of 512 bits, 8 doubles, of x86-64. Compiled
 * for such processors, and called only on them; but to be tested on any other too, it can
 * be had in what vectors there are, with ANY_MACHINE.
 */
#include "kernels_rows.h"
#include "layers.h"
#include "narrow.h"

#if defined(__AVX512F__) || defined(ANY_MACHINE)

#define PATH kernels_avx512
#define PATH_NAME "avx512"
#define LANES 8
#define GROUPS 2
#define ROWS 8
#define COLUMNS 16
#define TILE 4

static bool supported(void) {
#if defined(ANY_MACHINE)
    return true;
#else
    return __builtin_cpu_supports("avx512f");
#endif
}

#include "kernels_path.h"

#else

const struct kernels kernels_avx512 = {.name = NULL};

#endif
