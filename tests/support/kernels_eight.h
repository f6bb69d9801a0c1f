/*
 * support/kernels_eight.h - the engine's code for vectors of 8 doubles, made to run on
 * any machine. Its name is NULL where the compiler has no vectors.
 */
#ifndef BACKSTEP_SUPPORT_KERNELS_EIGHT_H
#define BACKSTEP_SUPPORT_KERNELS_EIGHT_H

#include "net/kernels.h"

extern const struct kernels kernels_eight;

#endif
