/*
 * net/kernels_avx2.c - the inner loops in vectors of 256 bits, 4 doubles, of x86-64. Compiled
 * for such processors, and called only on them.
 */
#include "kernels_rows.h"
#include "layers.h"
#include "narrow.h"

#if defined(__AVX2__)

#define PATH kernels_avx2
#define PATH_NAME "avx2"
#define LANES 4
#define GROUPS 1
#define ROWS 8
#define COLUMNS 8
#define TILE 2

static bool supported(void) {
    return __builtin_cpu_supports("avx2");
}

#include "kernels_path.h"

#else

const struct kernels kernels_avx2 = {.name = NULL};

#endif
