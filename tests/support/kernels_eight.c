/*
 * support/kernels_eight.c - net/kernels_avx512.c as any machine can run it: the same
 * code, of which the compiler makes what it can with the registers that there are.
 */
#include "kernels_eight.h"

#if defined(__GNUC__)

#define ANY_MACHINE
#define kernels_avx512 kernels_eight
#include "net/kernels_avx512.c" /* NOLINT(bugprone-suspicious-include): compiled another way */

#else

const struct kernels kernels_eight = {.name = NULL};

#endif
