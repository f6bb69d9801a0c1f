/*
 * view/flow_axis.c - the axis over the bars of the flow, on the rule of the heading: marks
 * with their numbers, or, where there is no room for two of these, its ends:
 *
 *     ─────┬1e−10──────1┬
 *     1e−320──────1e−159
 *
 * The first of them may begin before the bars do, in the room that the heading has there.
 */
#include <string.h>

#include "flow.h"

enum { AXIS_LEAST = 6 /* cells */ };

int flow_axis_cells(const struct axis *axis) {
    struct ticks ends = axis_ends(axis);
    return (int)strlen(ends.text[0]) + 1 + (int)strlen(ends.text[1]);
}

/* Marks with their numbers, in cells from the left end of the axis; no mark: -1. */
struct scale {
    struct ticks ticks;
    int at[TICKS_MAX], from[TICKS_MAX];
};

/* Each number goes to the right of its mark, or before it where the axis ends. The last may
 * have no room and is left out; false where another has none. */
static bool place_ticks(struct scale *scale, int cols) {
    int free = 0; /* what lies before it is written on */
    for (int n = 0; n < scale->ticks.count; n++) {
        int cells = (int)strlen(scale->ticks.text[n]);
        int at = (int)(scale->ticks.share[n] * (cols - 1) + 0.5);
        bool right = at + cells < cols;
        int from = right ? at + 1 : at - cells;
        if (at < free - 1 || from < free) {
            bool last = n + 1 == scale->ticks.count;
            scale->ticks.count = last ? n : scale->ticks.count;
            return last;
        }
        scale->at[n] = at;
        scale->from[n] = from;
        free = from + cells + 1;
    }
    return true;
}

/* Its ends, without marks: they are where the bars begin, and where a full one ends. */
static void take_ends(struct scale *scale, const struct axis *axis, int cols) {
    int cells = flow_axis_cells(axis);
    scale->ticks = axis_ends(axis);
    scale->at[0] = scale->at[1] = -1;
    scale->from[0] = cells > cols ? cols - cells : 0;
    scale->from[1] = cols - (int)strlen(scale->ticks.text[1]);
}

/* As many marks as have room; where that is not for two of them, the ends; else one. */
static struct scale scale_of(const struct axis *axis, int cols, int ahead) {
    struct scale scale;
    for (int most = cols < 14 ? 2 : cols / 7; most >= 2; most--) {
        scale.ticks = axis_ticks(axis, most);
        if (place_ticks(&scale, cols) && scale.ticks.count >= 2) {
            return scale;
        }
    }
    if (flow_axis_cells(axis) <= cols + ahead) {
        take_ends(&scale, axis, cols);
        return scale;
    }
    scale.ticks = axis_ticks(axis, 2);
    while (!place_ticks(&scale, cols)) {
        scale.ticks.count--;
    }
    return scale;
}

void flow_axis_draw(const struct picture *p, int row, int col, int cols, int ahead,
                    const struct axis *axis) {
    if (cols < AXIS_LEAST) {
        return;
    }
    struct scale scale = scale_of(axis, cols, ahead);
    for (int n = 0; n < scale.ticks.count; n++) {
        if (scale.at[n] >= 0) {
            canvas_glyph(p->canvas, row, col + scale.at[n], ROLE_FRAME, 0, 0x252C);
        }
        panel_number(p, row, col + scale.from[n], ROLE_QUIET, scale.ticks.text[n]);
    }
}
