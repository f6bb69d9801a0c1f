/*
 * net/kernels_base.c - the inner loops in vectors of 128 bits, 2 doubles, which every
 * x86-64 and every 64-bit ARM has; elsewhere the compiler makes do. Needs the
 * vectors of GCC and clang, and is absent with another compiler.
 */
#include "kernels_rows.h"
#include "layers.h"
#include "narrow.h"

#if defined(__GNUC__)

#define PATH kernels_base
#define PATH_NAME "base"
#define LANES 2
#define GROUPS 4
#define ROWS 8
#define COLUMNS 8
#define TILE 2

static bool supported(void) {
    return true;
}

#include "kernels_path.h"

#else

const struct kernels kernels_base = {.name = NULL};

#endif
