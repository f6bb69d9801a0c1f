/*
 * view/chart.c - curves made of dots, and the axes around them:
 *
 *      1 ┤█▄
 *        │  ▀▀▄▄▄
 *    0.1 ┤       ▀▀▄▄
 *        └┬─────┬─────┬
 *         0     50    100
 */
#include "chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* ---- dots ---- */

struct dots dots_open(const struct picture *p, struct rect rect) {
    struct dots dots = {.rect = rect, .across = 1, .down = 2};
    if (p->state->chart.braille && p->notation != NOTATION_ASCII) {
        dots.across = 2;
        dots.down = 4;
    }
    if (rect.rows > 0 && rect.cols > 0) {
        dots.bits = memory_array((size_t)rect.rows * (size_t)rect.cols, sizeof *dots.bits);
    }
    return dots;
}

void dots_close(struct dots *dots) {
    free(dots->bits);
}

/* Column and row of a dot, from the top left. */
static void set_dot(struct dots *dots, int x, int y) {
    int width = dots->rect.cols * dots->across, height = dots->rect.rows * dots->down;
    if (!dots->bits || x < 0 || y < 0 || x >= width || y >= height) {
        return;
    }
    int cell = y / dots->down * dots->rect.cols + x / dots->across;
    int bit = x % dots->across * dots->down + y % dots->down;
    dots->bits[cell] = (uint8_t)(dots->bits[cell] | 1U << bit);
}

/* Kept near the field: a share of 1e300 is no column. */
static double near_field(double share) {
    return share < -1 ? -1 : share > 2 ? 2 : share;
}

void dots_line(struct dots *dots, double x0, double y0, double x1, double y1) {
    if (isnan(x0 + y0 + x1 + y1)) {
        return;
    }
    double width = dots->rect.cols * dots->across - 1, height = dots->rect.rows * dots->down - 1;
    x0 = near_field(x0) * width;
    x1 = near_field(x1) * width;
    y0 = (1 - near_field(y0)) * height;
    y1 = (1 - near_field(y1)) * height;
    double length = fabs(x1 - x0) > fabs(y1 - y0) ? fabs(x1 - x0) : fabs(y1 - y0);
    int steps = (int)ceil(length) > 0 ? (int)ceil(length) : 1;
    for (int n = 0; n <= steps; n++) {
        double part = (double)n / steps;
        set_dot(dots, (int)floor(x0 + (x1 - x0) * part + 0.5),
                (int)floor(y0 + (y1 - y0) * part + 0.5));
    }
}

/* The dots of a cell as a glyph. */
static uint32_t glyph_of(const struct picture *p, const struct dots *dots, uint8_t bits) {
    if (dots->across == 2) {
        /* braille counts 1 2 3 down the left, 4 5 6 down the right, then 7 8 below */
        static const uint8_t order[8] = {0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80};
        uint32_t glyph = 0x2800;
        for (int n = 0; n < 8; n++) {
            if (bits & 1 << n) {
                glyph |= order[n];
            }
        }
        return glyph;
    }
    if (p->notation == NOTATION_ASCII) {
        return bits == 1 ? '\'' : bits == 2 ? '.' : ':';
    }
    return bits == 1 ? 0x2580 : bits == 2 ? 0x2584 : 0x2588;
}

void dots_draw(const struct picture *p, const struct dots *dots, enum role role) {
    for (int n = 0; dots->bits && n < dots->rect.rows * dots->rect.cols; n++) {
        if (dots->bits[n]) {
            canvas_glyph(p->canvas, dots->rect.row + n / dots->rect.cols,
                         dots->rect.col + n % dots->rect.cols, role, 0,
                         glyph_of(p, dots, dots->bits[n]));
        }
    }
}

/* ---- axes ---- */

enum { AXIS_ROWS = 6 }; /* from here on there is a line below, with the marks on it */

static int text_cells(const struct ticks *ticks) {
    int cells = 0;
    for (int n = 0; n < ticks->count; n++) {
        int own = (int)strlen(ticks->text[n]);
        cells = own > cells ? own : cells;
    }
    return cells;
}

static void draw_left(const struct picture *p, struct rect plot, const struct ticks *ticks) {
    canvas_vline(p->canvas, plot.row, plot.col - 1, plot.rows, ROLE_FRAME);
    for (int n = 0; n < ticks->count; n++) {
        int row = plot.row + (int)((1 - ticks->share[n]) * (plot.rows - 1) + 0.5);
        int cells = (int)strlen(ticks->text[n]);
        panel_number(p, row, plot.col - 2 - cells, ROLE_QUIET, ticks->text[n]);
        canvas_glyph(p->canvas, row, plot.col - 1, ROLE_FRAME, 0, 0x2524);
    }
}

static void draw_below(const struct picture *p, struct rect plot, const struct ticks *ticks,
                       bool line) {
    int row = plot.row + plot.rows, free = plot.col - 1;
    if (line) {
        canvas_glyph(p->canvas, row, plot.col - 1, ROLE_FRAME, 0, 0x2514);
        canvas_fill(p->canvas, (struct rect){row, plot.col, 1, plot.cols}, ROLE_FRAME, 0x2500);
    }
    for (int n = 0; n < ticks->count; n++) {
        int col = plot.col + (int)(ticks->share[n] * (plot.cols - 1) + 0.5);
        int cells = (int)strlen(ticks->text[n]);
        int from = col - (cells - 1) / 2;
        from = from + cells > plot.col + plot.cols ? plot.col + plot.cols - cells : from;
        if (line) {
            canvas_glyph(p->canvas, row, col, ROLE_FRAME, 0, 0x252C);
        }
        if (from >= free) {
            free = panel_number(p, row + line, from, ROLE_QUIET, ticks->text[n]) + 1;
        }
    }
}

/* Marks for so many cells, with `each` for a mark and its number; closer ones, down to
 * `least`, where these would be no two. */
static struct ticks ticks_within(const struct axis *axis, int cells, int each, int least) {
    struct ticks ticks = axis_ticks(axis, cells / each);
    while (ticks.count < 2 && --each >= least) {
        ticks = axis_ticks(axis, cells / each);
    }
    return ticks;
}

struct rect chart_frame(const struct picture *p, struct rect rect, const struct axis *x,
                        const struct axis *y) {
    bool line = rect.rows >= AXIS_ROWS;
    struct rect plot = rect;
    plot.rows -= line ? 2 : rect.rows > 2 ? 1 : 0;
    struct ticks beside = ticks_within(y, plot.rows, 2, 1);
    int margin = text_cells(&beside) + 2;
    plot.col += margin;
    plot.cols -= margin;
    if (plot.cols < 4 || plot.rows < 1) {
        return (struct rect){rect.row, rect.col, 0, 0};
    }
    struct ticks below = ticks_within(x, plot.cols, 8, 4);
    draw_left(p, plot, &beside);
    if (plot.rows < rect.rows) {
        draw_below(p, plot, &below, line);
    }
    return plot;
}

void chart_point(const struct picture *p, struct rect plot, double x, double y, enum role role,
                 uint32_t glyph) {
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
        return;
    }
    int row = plot.row + (int)((1 - y) * (plot.rows - 1) + 0.5);
    int col = plot.col + (int)(x * (plot.cols - 1) + 0.5);
    canvas_glyph(p->canvas, row, col, role, 0, glyph);
}
