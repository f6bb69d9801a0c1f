/*
 * view/chart_map.c - what the network answers, over its inputs.
 *
 * Two inputs: a map of the plane, each cell in the heat of the output, from the lowest
 * target to the highest in tenths; the same as digits, or, where colours can be told,
 * two squares a cell. Data points lie on it: full circles for targets in the upper half,
 * empty ones for the lower.
 *
 *      1.2 ┤0001234●6789
 *        0 ┤000112345678
 *     -0.2 ┤00○011234567
 *          └┬─────┬─────┬
 *         -0.2    0.5   1.2
 *     0 0123456789 1  target y ● above 0.5, ○ not
 *
 * One input: a curve, the data as full circles.
 */
#include <math.h>

#include "base/number.h"
#include "chart.h"
#include "net/grid.h"

enum {
    POINTS_MOST = 2000, /* rows of the data that are looked at in a frame */
    TENTHS = 10,
    LEGEND_ROWS = 8,
    LEGENDS = 5, /* its lengths */
};
#define MARGIN 0.1 /* of the data's width, around it */

struct map {
    const struct model *model;
    size_t inputs, output, rows; /* rows of data looked at; 0: the present sample alone */
    struct axis x[2];            /* of the inputs */
    double low, high;            /* targets */
};

bool chart_has_map(const struct picture *p) {
    const struct network *network = &p->model->network;
    return network->layers[0].n <= 2 && grid_affordable(network) > 0;
}

/* ---- what is shown ---- */

static double input_of(const struct map *map, size_t row, size_t input) {
    return row == 0 ? map->model->x->values[input] : dataset_x(map->model->feed.data, row)[input];
}

static double target_of(const struct map *map, size_t row) {
    return row == 0 ? map->model->y->values[map->output]
                    : dataset_y(map->model->feed.data, row)[map->output];
}

static void include(double *low, double *high, double value) {
    if (isfinite(value)) {
        *low = value < *low ? value : *low;
        *high = value > *high ? value : *high;
    }
}

static struct map map_of(const struct picture *p) {
    const struct dataset *data = p->model->feed.data;
    struct map map = {.model = p->model,
                      .inputs = p->model->network.layers[0].n,
                      .output = p->state->chart.output,
                      .rows = !data                       ? 0
                              : data->count < POINTS_MOST ? data->count
                                                          : POINTS_MOST,
                      .low = INFINITY,
                      .high = -INFINITY};
    for (size_t input = 0; input < map.inputs; input++) {
        double low = data ? INFINITY : -1, high = data ? -INFINITY : 1;
        for (size_t row = 0; row <= map.rows; row++) {
            include(&low, &high, input_of(&map, row, input));
        }
        double more = MARGIN * (high - low);
        map.x[input] = axis_linear(low - more, high + more);
    }
    for (size_t row = data ? 1 : 0; row <= map.rows; row++) {
        include(&map.low, &map.high, target_of(&map, row));
    }
    return map;
}

/* The outputs for so many columns and rows, or as many as are affordable. */
static const double *compute(const struct map *map, struct grid *grid, int cols, int rows) {
    size_t most = grid_affordable(&map->model->network), coarse = 1;
    while (((size_t)cols + coarse - 1) / coarse * (((size_t)rows + coarse - 1) / coarse) > most) {
        coarse++;
    }
    *grid = (struct grid){.output = map->output,
                          .cols = ((size_t)cols + coarse - 1) / coarse,
                          .rows = ((size_t)rows + coarse - 1) / coarse,
                          .low = {map->x[0].low, map->x[1].low},
                          .high = {map->x[0].high, map->x[1].high}};
    return model_grid(map->model, grid);
}

/* Without targets apart from each other the outputs themselves are the ends. */
static void find_ends(struct map *map, const struct grid *grid, const double *values) {
    if (map->high > map->low) {
        return;
    }
    for (size_t n = 0; n < grid->cols * grid->rows; n++) {
        include(&map->low, &map->high, values[n]);
    }
    struct axis ends = axis_linear(map->low, map->high);
    map->low = ends.low;
    map->high = ends.high;
}

/* 0 ... 9: tenths of the way from the lowest target to the highest. */
static int tenth_of(const struct map *map, double value) {
    double part = (value - map->low) / (map->high - map->low) * TENTHS;
    return part >= TENTHS ? TENTHS - 1 : part > 0 ? (int)part : 0;
}

static enum role heat_of(int tenth) {
    return (enum role)(ROLE_HEAT_0 + tenth + (tenth >= TENTHS / 2 ? 1 : 0));
}

/* ---- the plane ---- */

/* The value at a column and a row, from the top, of a field of cols by rows. */
static double value_at_place(const struct grid *grid, const double *values, int col, int cols,
                             int row, int rows) {
    size_t x = (size_t)col * grid->cols / (size_t)cols;
    size_t y = (size_t)(rows - 1 - row) * grid->rows / (size_t)rows;
    return values[y * grid->cols + x];
}

static void draw_plain(const struct picture *p, struct rect plot, const struct map *map,
                       const struct grid *grid, const double *values) {
    for (int n = 0; n < plot.rows * plot.cols; n++) {
        int row = n / plot.cols, col = n % plot.cols;
        double value = value_at_place(grid, values, col, plot.cols, row, plot.rows);
        int tenth = tenth_of(map, value);
        canvas_glyph(p->canvas, plot.row + row, plot.col + col,
                     isnan(value) ? ROLE_WARNING : heat_of(tenth), 0,
                     isnan(value) ? '?' : (uint32_t)('0' + tenth));
    }
}

static void draw_halves(const struct picture *p, struct rect plot, const struct map *map,
                        const struct grid *grid, const double *values) {
    for (int n = 0; n < plot.rows * plot.cols; n++) {
        int row = n / plot.cols, col = n % plot.cols;
        double upper = value_at_place(grid, values, col, plot.cols, 2 * row, 2 * plot.rows);
        double lower = value_at_place(grid, values, col, plot.cols, 2 * row + 1, 2 * plot.rows);
        if (isnan(upper) || isnan(lower)) {
            canvas_glyph(p->canvas, plot.row + row, plot.col + col, ROLE_WARNING, 0, '?');
        } else {
            canvas_halves(p->canvas, plot.row + row, plot.col + col, heat_of(tenth_of(map, upper)),
                          heat_of(tenth_of(map, lower)));
        }
    }
}

/* Is the target in the upper half? */
static bool is_high(const struct map *map, double target) {
    return target > map->low + (map->high - map->low) / 2;
}

/* Row 0, the present sample, comes last and is picked out. */
static void draw_points(const struct picture *p, struct rect plot, const struct map *map) {
    for (size_t n = 1; n <= map->rows + 1; n++) {
        size_t row = n <= map->rows ? n : 0;
        double x = axis_share(&map->x[0], input_of(map, row, 0));
        double y = axis_share(&map->x[1], input_of(map, row, 1));
        bool high = is_high(map, target_of(map, row));
        chart_point(p, plot, x, y, row == 0 ? ROLE_SELECTED : heat_of(high ? TENTHS - 1 : 0),
                    high ? 0x25CF : 0x25CB);
    }
}

/* "0 0123456789 1  target y ● above 0.5, ○ not, marked: sample 3", or shorter. */
static void put_legend(struct line *line, const struct picture *p, const void *context, int level) {
    const struct map *map = context;
    line_number(line, p, ROLE_QUIET, map->low);
    line_put(line, ROLE_TEXT, " ");
    for (int tenth = 0; tenth < TENTHS && level < 4; tenth++) {
        line_printf(line, heat_of(tenth), "%d", tenth);
    }
    line_put(line, ROLE_QUIET, level < 4 ? " " : "to ");
    line_number(line, p, ROLE_QUIET, map->high);
    if (level > 2) {
        line_put(line, ROLE_QUIET, " ● high ○ low");
        return;
    }
    line_put(line, ROLE_QUIET, level > 1 ? " y ● > " : "  target y ● above ");
    line_number(line, p, ROLE_QUIET, map->low + (map->high - map->low) / 2);
    line_put(line, ROLE_QUIET, ", ○ not");
    if (level == 0 && map->rows > 0) {
        line_printf(line, ROLE_QUIET, ", marked: sample %zu", map->model->feed.sample);
    }
}

static void draw_plane(const struct picture *p, struct rect rect, struct map *map) {
    struct rect legend = {rect.row + rect.rows - 1, rect.col + 1, 1, rect.cols - 1};
    bool room = rect.rows >= LEGEND_ROWS;
    rect.rows -= room ? 1 : 0;
    struct rect plot = chart_frame(p, rect, &map->x[0], &map->x[1]);
    if (plot.rows == 0) {
        return;
    }
    bool halves = p->canvas->halves;
    struct grid grid;
    const double *values = compute(map, &grid, plot.cols, plot.rows * (halves ? 2 : 1));
    if (!values) {
        canvas_put(p->canvas, plot.row, plot.col, ROLE_WARNING, "out of memory");
        return;
    }
    find_ends(map, &grid, values);
    (halves ? draw_halves : draw_plain)(p, plot, map, &grid, values);
    draw_points(p, plot, map);
    if (room) {
        line_draw_fitting(p, legend, LEGENDS, put_legend, map);
    }
}

/* ---- one input ---- */

static void draw_function(const struct picture *p, struct rect rect, struct map *map) {
    struct grid grid;
    const double *values = compute(map, &grid, 2 * rect.cols, 1);
    if (!values) {
        canvas_put(p->canvas, rect.row, rect.col, ROLE_WARNING, "out of memory");
        return;
    }
    double low = map->low, high = map->high;
    for (size_t n = 0; n < grid.cols; n++) {
        include(&low, &high, values[n]);
    }
    double more = MARGIN / 2 * (high - low);
    struct axis y = high >= low ? axis_linear(low - more, high + more) : axis_linear(0, 1);
    struct rect plot = chart_frame(p, rect, &map->x[0], &y);
    if (plot.rows == 0) {
        return;
    }
    struct dots dots = dots_open(p, plot);
    for (size_t n = 1; n < grid.cols; n++) {
        dots_line(&dots, ((double)n - 0.5) / (double)grid.cols, axis_share(&y, values[n - 1]),
                  ((double)n + 0.5) / (double)grid.cols, axis_share(&y, values[n]));
    }
    dots_draw(p, &dots, ROLE_FORWARD);
    dots_close(&dots);
    for (size_t n = 1; n <= map->rows + 1; n++) {
        size_t row = n <= map->rows ? n : 0;
        chart_point(p, plot, axis_share(&map->x[0], input_of(map, row, 0)),
                    axis_share(&y, target_of(map, row)), row == 0 ? ROLE_SELECTED : ROLE_TEXT,
                    0x25CF);
    }
}

void chart_map(const struct picture *p, struct rect rect) {
    struct map map = map_of(p);
    if (rect.rows < 2 || rect.cols < 10) {
        return;
    }
    if (map.inputs == 2) {
        draw_plane(p, rect, &map);
    } else {
        draw_function(p, rect, &map);
    }
}
