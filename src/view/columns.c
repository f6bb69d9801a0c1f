/*
 * view/columns.c - lines side by side, downwards first, each column as wide as its widest
 * line:
 *
 *     W⁽¹⁾₁₁ ← 1 − 0.1 · 0 = 1             W⁽¹⁾₃₁ ← −0.6 − 0.1 · 0 = −0.6
 *     W⁽¹⁾₁₂ ← −1 − 0.1 · 0.162 = −1.0162  W⁽¹⁾₃₂ ← 0.7 − 0.1 · 0.648 = 0.6352
 *     W⁽¹⁾₂₁ ← 0.5 − 0.1 · 0 = 0.5
 */
#include "line.h"

struct rect rect_below(struct rect rect, int rows) {
    rows = rows < rect.rows ? rows : rect.rows;
    return (struct rect){rect.row + rows, rect.col, rect.rows - rows, rect.cols};
}

struct rect rect_last(struct rect rect) {
    return (struct rect){rect.row + rect.rows - 1, rect.col, 1, rect.cols};
}

int columns_widest(const struct line *lines, size_t first, size_t end) {
    int widest = 0;
    for (size_t n = first; n < end; n++) {
        widest = lines[n].cells > widest ? lines[n].cells : widest;
    }
    return widest;
}

/* The lines first ... end - 1 lie in columns col ... col + cols - 1. */
struct column {
    size_t first, end;
    int col, cols;
};

/* On to the next column; false where there are no more lines, or where it does not fit
 * and has no `least` cells to be cut in. */
static bool next_column(struct column *at, const struct line *lines, size_t count, struct rect rect,
                        int least) {
    size_t down = rect.rows > 0 ? (size_t)rect.rows : 0;
    int col = at->end > 0 ? at->col + at->cols + COLUMN_GAP : 0;
    size_t end = at->end + down < count ? at->end + down : count;
    int widest = columns_widest(lines, at->end, end);
    if (end == at->end || (col > 0 && col + (widest < least ? widest : least) > rect.cols)) {
        return false;
    }
    *at = (struct column){at->end, end, col, widest};
    return true;
}

/* How many of the lines fit. */
static size_t fitting(const struct line *lines, size_t count, struct rect rect, int least) {
    struct column at = {0, 0, 0, 0};
    while (next_column(&at, lines, count, rect, least)) {
    }
    return at.end;
}

static void draw(const struct picture *p, const struct line *lines, size_t count, struct rect rect,
                 int least) {
    struct column at = {0, 0, 0, 0};
    while (next_column(&at, lines, count, rect, least)) {
        for (size_t n = at.first; n < at.end; n++) {
            int row = rect.row + (int)(n - at.first);
            line_draw(&lines[n], p, (struct rect){row, rect.col + at.col, 1, rect.cols - at.col},
                      LINE_INDENT);
        }
    }
}

size_t columns_draw(const struct picture *p, const struct line *lines, size_t made, size_t count,
                    struct rect rect, int least) {
    bool all = fitting(lines, made, rect, least) == count || rect.rows < 2;
    rect.rows -= all ? 0 : 1;
    draw(p, lines, made, rect, least);
    return all ? count : fitting(lines, made, rect, least);
}
