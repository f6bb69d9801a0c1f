/*
 * out/svg_shape.c - boxes that lines and blocks are made of.
 *
 * Coordinates of boxes are half pixels from the corner of a cell, since half of its width
 * is no whole number. A line is a pixel thick and lies on whole pixels, so that it is sharp
 * at the picture's own size.
 */
#include "svg_shape.h"

#include "base/table.h"

struct box {
    int left, top, right, bottom;
};

enum {
    WIDTH = 2 * CELL_WIDTH,
    HEIGHT = 2 * CELL_HEIGHT,
    LINE_LEFT = 8, /* of a line up or down */
    LINE_RIGHT = 10,
    LINE_TOP = 18, /* of a line aside */
    LINE_BOTTOM = 20,
    HEAVY_LINE = 0x2501,
};

static const struct {
    uint32_t glyph;
    struct box box;
} blocks[] = {
    {0x2580, {0, 0, WIDTH, HEIGHT / 2}},
    {0x2584, {0, HEIGHT / 2, WIDTH, HEIGHT}},
    {0x2588, {0, 0, WIDTH, HEIGHT}},
    {0x258C, {0, 0, WIDTH / 2, HEIGHT}},
    {HEAVY_LINE, {0, LINE_TOP - 2, WIDTH, LINE_BOTTOM + 2}},
};

static const struct box *block_of(uint32_t glyph) {
    for (size_t n = 0; n < TABLE_COUNT(blocks); n++) {
        if (blocks[n].glyph == glyph) {
            return &blocks[n].box;
        }
    }
    return NULL;
}

enum svg_shape svg_shape_of(uint32_t glyph) {
    bool line = glyph == HEAVY_LINE || glyph_sides(glyph) != 0;
    return line ? SVG_LINE : block_of(glyph) ? SVG_BLOCK : SVG_LETTER;
}

/* The boxes of a glyph; returns how many there are. */
static int boxes_of(uint32_t glyph, struct box boxes[2]) {
    const struct box *block = block_of(glyph);
    int sides = glyph_sides(glyph), count = 0;
    if (block) {
        boxes[count++] = *block;
    }
    if (sides & (SIDE_LEFT | SIDE_RIGHT)) {
        boxes[count++] = (struct box){sides & SIDE_LEFT ? 0 : LINE_LEFT, LINE_TOP,
                                      sides & SIDE_RIGHT ? WIDTH : LINE_RIGHT, LINE_BOTTOM};
    }
    if (sides & (SIDE_UP | SIDE_DOWN)) {
        boxes[count++] = (struct box){LINE_LEFT, sides & SIDE_UP ? 0 : LINE_TOP, LINE_RIGHT,
                                      sides & SIDE_DOWN ? HEIGHT : LINE_BOTTOM};
    }
    return count;
}

static void put_half(struct text *out, const char *before, int halves) {
    text_printf(out, "%s%d%s", before, halves / 2, halves % 2 ? ".5" : "");
}

static void put_box(struct text *out, const struct box *box) {
    put_half(out, "M", box->left);
    put_half(out, " ", box->top);
    put_half(out, "H", box->right);
    put_half(out, "V", box->bottom);
    put_half(out, "H", box->left);
    text_put_char(out, 'z');
}

/* A box goes on where the one before it ends: together they are one. */
static bool joins(const struct box *before, const struct box *box) {
    return before->right == box->left && before->top == box->top && before->bottom == box->bottom;
}

void svg_put_shapes(struct text *out, const struct canvas *canvas, int col, int end, int x, int y) {
    struct box last = {0};
    for (; col < end; col++) {
        struct box boxes[2];
        int count = boxes_of(canvas_cell(canvas, 0, col)->glyph, boxes);
        for (int n = 0; n < count; n++) {
            struct box box = boxes[n];
            box.left += 2 * (x + col * CELL_WIDTH);
            box.right += 2 * (x + col * CELL_WIDTH);
            box.top += 2 * y;
            box.bottom += 2 * y;
            if (n > 0) {
                put_box(out, &box);
            } else if (joins(&last, &box)) {
                last.right = box.right;
            } else {
                if (last.right > last.left) {
                    put_box(out, &last);
                }
                last = box;
            }
        }
    }
    put_box(out, &last);
}
