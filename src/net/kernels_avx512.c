/*
 * net/kernels_avx512.c - the inner loops in vectors of 512 bits, 8 doubles, of x86-64. Compiled
 * for such processors, and called only on them; but to be tested on any other too, it can
 * be had in what vectors there are, with ANY_MACHINE.
 */
#include "kernels_rows.h"
#include "layers.h"
#include "narrow.h"

#if defined(__AVX512F__) || defined(ANY_MACHINE)

#define LANES 8
#define GROUPS 2   /* of rows at once, going backward */
#define ROWS 8     /* of rows at once, going forward */
#define COLUMNS 16 /* vectors of sums kept in registers, going forward */
#define TILE 4     /* vectors in a row of a tile */

#include "kernels_vector.h"

static bool supported(void) {
#if defined(ANY_MACHINE)
    return true;
#else
    return __builtin_cpu_supports("avx512f");
#endif
}

#include "kernels_body.h"
#include "kernels_batch.h"
#include "kernels_narrow.h"
#include "kernels_narrow_batch.h"
#include "kernels_eights.h"

const struct kernels kernels_avx512 = {
    .name = "avx512",
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

const struct kernels kernels_avx512 = {.name = NULL};

#endif
