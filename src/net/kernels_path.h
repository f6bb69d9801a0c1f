/*
 * net/kernels_path.h - a code path: all inner loops, and the row that names them. Included
 * once by the file of each path, which defines `supported`, what the row is (PATH) and is
 * called (PATH_NAME), and how the loops are cut for its registers:
 *
 *     LANES    doubles in a vector: 2, 4 or 8
 *     GROUPS   of LANES rows at once, going backward
 *     ROWS     at once, going forward
 *     COLUMNS  vectors of sums kept in registers, going forward
 *     TILE     vectors in a row of a tile of a batch
 *
 * Each header needs those before it.
 */
#include "kernels_vector.h"

#include "kernels_body.h"

#include "kernels_batch.h"

#include "kernels_narrow.h"

#include "kernels_narrow_batch.h"

#include "kernels_eights.h"

const struct kernels PATH = {
    .name = PATH_NAME,
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
