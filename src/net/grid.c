/*
 * net/grid.c - an output over a grid of inputs: a forward pass a point, in the
 * cache's vectors, so that the present sample's pass stays as it is.
 */
#include "net/grid.h"

#include "net/cache.h"

enum {
    WORK_MOST = 8 * 1000 * 1000,     /* products and sums in a frame, some milliseconds */
    POINTS_LEAST = 100,              /* fewer are no picture */
    WORK_HIGHEST = 40 * 1000 * 1000, /* for those */
};

size_t grid_affordable(const struct network *network) {
    size_t work = network_work(network);
    size_t points = WORK_MOST / work;
    if (points < POINTS_LEAST) {
        points = WORK_HIGHEST / work < POINTS_LEAST ? 0 : POINTS_LEAST;
    }
    return points < GRID_MOST ? points : GRID_MOST;
}

static bool grid_same(const struct grid *a, const struct grid *b) {
    return a->output == b->output && a->cols == b->cols && a->rows == b->rows &&
           a->low[0] == b->low[0] && a->high[0] == b->high[0] && a->low[1] == b->low[1] &&
           a->high[1] == b->high[1];
}

/* x = low + (high - low) (at + 1/2) / count */
static double grid_coordinate(const struct grid *grid, size_t input, size_t at) {
    size_t count = input == 0 ? grid->cols : grid->rows;
    double share = ((double)at + 0.5) / (double)count;
    return grid->low[input] + (grid->high[input] - grid->low[input]) * share;
}

static bool compute_grid(const struct model *model, const struct grid *grid, double *values) {
    const struct network *network = &model->network;
    struct pass *pass = cache_scratch(model->cache, network);
    if (!pass) {
        return false;
    }
    double *x = pass->r + network->layers[0].at;
    const double *r = pass->r + network->layers[network->K].at;
    for (size_t row = 0; row < grid->rows; row++) {
        for (size_t col = 0; col < grid->cols; col++) {
            x[0] = grid_coordinate(grid, 0, col);
            if (network->layers[0].n > 1) {
                x[1] = grid_coordinate(grid, 1, row);
            }
            pass_forward(pass, network, 1);
            values[row * grid->cols + col] = r[grid->output];
        }
    }
    return true;
}

const double *model_grid(const struct model *model, const struct grid *grid) {
    struct cache *cache = model->cache;
    if (cache->grid_known && grid_same(&cache->grid, grid)) {
        return cache->grid_values;
    }
    if (grid->cols == 0 || grid->rows == 0 || grid->cols > GRID_MOST / grid->rows ||
        grid->output >= model->network.layers[model->network.K].n) {
        return NULL;
    }
    cache->grid_known = false;
    if (!cache->grid_values &&
        !(cache->grid_values = memory_array(GRID_MOST, sizeof *cache->grid_values))) {
        return NULL;
    }
    if (!compute_grid(model, grid, cache->grid_values)) {
        return NULL;
    }
    cache->grid = *grid;
    cache->grid_known = true;
    return cache->grid_values;
}
