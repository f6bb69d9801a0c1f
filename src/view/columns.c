/*
 * view/columns.c - lines side by side, downwards first, each column as wide as its widest
 * line:
 *
 *     W⁽¹⁾₁₁ ← 1 − 0.1 · 0 = 1             W⁽¹⁾₃₁ ← −0.6 − 0.1 · 0 = −0.6
 *     W⁽¹⁾₁₂ ← −1 − 0.1 · 0.162 = −1.0162  W⁽¹⁾₃₂ ← 0.7 − 0.1 · 0.648 = 0.6352
 *     W⁽¹⁾₂₁ ← 0.5 − 0.1 · 0 = 0.5
 */
#include "panel.h"

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

size_t columns_draw(const struct picture *p, const struct line *lines, size_t count,
                    struct rect rect, int least) {
    size_t down = rect.rows > 0 ? (size_t)rect.rows : 0, drawn = 0;
    int col = 0;
    while (drawn < count && down > 0) {
        size_t end = drawn + down < count ? drawn + down : count;
        int widest = columns_widest(lines, drawn, end);
        if (col > 0 && col + (widest < least ? widest : least) > rect.cols) {
            break;
        }
        for (int row = 0; drawn < end; drawn++, row++) {
            struct rect cell = {rect.row + row, rect.col + col, 1, rect.cols - col};
            line_draw(&lines[drawn], p, cell, LINE_INDENT);
        }
        col += widest + COLUMN_GAP;
    }
    return drawn;
}

size_t columns_draw_or_leave(const struct picture *p, const struct line *lines, size_t made,
                             size_t count, struct rect rect, int least) {
    size_t drawn = columns_draw(p, lines, made, rect, least);
    if (drawn == count || rect.rows < 2) {
        return count;
    }
    struct rect fewer = {rect.row, rect.col, rect.rows - 1, rect.cols};
    canvas_fill(p->canvas, rect, ROLE_TEXT, ' ');
    return columns_draw(p, lines, made, fewer, least);
}
