/*
 * net/kernels_rows.h - the rows of the table of kernels, a file each.
 */
#ifndef BACKSTEP_NET_KERNELS_ROWS_H
#define BACKSTEP_NET_KERNELS_ROWS_H

#include "net/kernels.h"

extern const struct kernels kernels_plain;
extern const struct kernels kernels_base;
/* Empty, with no function, where the compiler makes no code for another processor. */
extern const struct kernels kernels_avx2;
extern const struct kernels kernels_avx512;

#endif
