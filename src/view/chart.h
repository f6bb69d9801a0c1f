/*
 * view/chart.h - curves and maps between two axes: what the files of the training's
 * screen share. Private to them.
 */
#ifndef BACKSTEP_SRC_VIEW_CHART_H
#define BACKSTEP_SRC_VIEW_CHART_H

#include "axis.h"
#include "panel.h"

/* A field of dots finer than cells: two a cell, one above the other, or as braille two
 * by four. */
struct dots {
    struct rect rect; /* the cells */
    int across, down; /* dots a cell */
    uint8_t *bits;    /* [rows * cols] a bit a dot, from the top, the left column first */
};

/* Nothing is drawn where memory is short. */
struct dots dots_open(const struct picture *p, struct rect rect);
/* A line between two places, each given as shares of the width and, from below, of the
 * height. What lies outside is left out. */
void dots_line(struct dots *dots, double x0, double y0, double x1, double y1);
void dots_draw(const struct picture *p, const struct dots *dots, enum role role);
void dots_close(struct dots *dots);

/* Draw the axes into a rectangle; returns what is left for the curve. */
struct rect chart_frame(const struct picture *p, struct rect rect, const struct axis *x,
                        const struct axis *y);

/* One glyph at a place given in shares; nothing outside. */
void chart_point(const struct picture *p, struct rect plot, double x, double y, enum role role,
                 uint32_t glyph);

/* "meanC 0.2871 → 0.0042 in 400 updates · falling" at one of its lengths, the longest of
 * which is 0. */
void training_put_words(struct line *line, const struct picture *p, const void *nothing, int level);

/* The cost over the updates. */
void chart_cost(const struct picture *p, struct rect rect);

/* The output over one or two inputs, if the network is one for that. */
bool chart_has_map(const struct picture *p);
void chart_map(const struct picture *p, struct rect rect);

#endif
