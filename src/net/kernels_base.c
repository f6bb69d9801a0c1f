/*
 * net/kernels_base.c - the inner loops in vectors of 128 bits, 2 doubles, which every
 * x86-64 and every 64-bit ARM has; elsewhere the compiler makes do. Needs the
 * vectors of GCC and clang, and is absent with another compiler.
 */
#include "kernels_rows.h"
#include "layers.h"
#include "narrow.h"

#if defined(__GNUC__)

#define LANES 2
#define GROUPS 4  /* of rows at once, going backward */
#define ROWS 8    /* of rows at once, going forward */
#define COLUMNS 8 /* vectors of sums kept in registers, going forward */
#define TILE 2    /* vectors in a row of a tile */

#include "kernels_vector.h"

static bool supported(void) {
    return true;
}

#include "kernels_body.h"
#include "kernels_batch.h"
#include "kernels_narrow.h"
#include "kernels_narrow_batch.h"
#include "kernels_eights.h"

const struct kernels kernels_base = {
    .name = "base",
    .supported = supported,
    .forward = forward,
    .bend = bend,
    .backward = backward,
    .update = update,
    .add_outer = add_outer,
    .sizes = sizes,
    .update_forward = update_forward,
    .backward_update = backward_update,
    .narrow = narrow,
    .narrow_least = LANES < 4 ? 4 : LANES,
    .eights_forward = eights_forward,
    .eights_backward = eights_backward,
    .batch_forward = batch_forward,
    .batch_backward = batch_backward,
    .batch_update = batch_update,
    .batch_add = batch_add,
    .batch_bend_back = batch_bend_back,
    .batch_add_bias = batch_add_bias,
    .transpose = transpose,
};

#else

const struct kernels kernels_base = {.name = NULL};

#endif
