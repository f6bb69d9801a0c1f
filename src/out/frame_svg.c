/*
 * out/frame_svg.c - a canvas as an SVG picture: the window of a terminal.
 *
 * Coordinates are pixels from the top left; a cell is CELL_WIDTH x CELL_HEIGHT. A
 * run of cells with one look is one <text>, stretched to its cells by textLength,
 * so that another font keeps the columns. Blanks are U+00A0, since readers of SVG
 * fold blanks. Backgrounds lie under all text.
 */
#include "frame.h"

enum {
    CELL_WIDTH = 9,
    CELL_HEIGHT = 18,
    FONT_SIZE = 15,
    BASELINE = 14, /* of a row, from its top */
    MARGIN = 18,
    BAR = 34, /* of the window's title */
};

static const char *const fonts =
    "'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,'Liberation Mono',monospace";

struct writer {
    struct text *out;
    const struct canvas *canvas;
    const struct theme *theme;
};

/* The upper half of a cell of two heats. */
static void put_upper_half(const struct writer *writer, int row, int y, int col) {
    if (canvas_cell(writer->canvas, row, col)->lower != 0) {
        text_printf(writer->out,
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
                    MARGIN + col * CELL_WIDTH, y, CELL_WIDTH, CELL_HEIGHT / 2,
                    (unsigned)style_of(writer->theme, canvas_cell(writer->canvas, row, col)).ink);
    }
}

/* Half way from paper to ink, or a part of it. */
static int32_t mix(int32_t paper, int32_t ink, int percent) {
    int32_t mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t a = paper >> shift & 0xFF, b = ink >> shift & 0xFF;
        mixed |= (a + (b - a) * percent / 100) << shift;
    }
    return mixed;
}

/* The colours that are seen, reverse and dim carried out. */
static struct style seen(const struct writer *writer, int row, int col) {
    struct style style = style_of(writer->theme, canvas_cell(writer->canvas, row, col));
    bool reverse = (style.attributes & LOOK_REVERSE) != 0;
    int32_t ink = style.ink == COLOR_DEFAULT ? writer->theme->ink : style.ink;
    int32_t paper = style.paper == COLOR_DEFAULT ? writer->theme->paper : style.paper;
    bool cursor = row == writer->canvas->cursor_row && col == writer->canvas->cursor_col;
    if (reverse != cursor) {
        int32_t swap = ink;
        ink = paper;
        paper = swap;
    }
    if (style.attributes & LOOK_DIM) {
        ink = mix(paper, ink, 65);
    }
    style.ink = ink;
    style.paper = paper;
    return style;
}

/* The column after the run of one look that begins at `col`. */
static int run_end(const struct writer *writer, int row, int col) {
    struct style first = seen(writer, row, col);
    int end = col + 1;
    while (end < writer->canvas->cols) {
        struct style next = seen(writer, row, end);
        bool half = canvas_cell(writer->canvas, row, end)->glyph == 0;
        bool pair = (canvas_cell(writer->canvas, row, col)->lower != 0) !=
                    (canvas_cell(writer->canvas, row, end)->lower != 0);
        if (!half && (pair || !style_equal(&first, &next))) {
            break;
        }
        end++;
    }
    return end;
}

static void put_backgrounds(const struct writer *writer, int row, int y) {
    for (int col = 0, end; col < writer->canvas->cols; col = end) {
        end = run_end(writer, row, col);
        struct style style = seen(writer, row, col);
        if (style.paper != writer->theme->paper) {
            text_printf(writer->out,
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
                        MARGIN + col * CELL_WIDTH, y, (end - col) * CELL_WIDTH, CELL_HEIGHT,
                        (unsigned)style.paper);
        }
        for (int at = col; at < end; at++) {
            put_upper_half(writer, row, y, at);
        }
    }
}

static void put_glyph(struct text *out, const struct cell *cell) {
    switch (cell->glyph) {
    case ' ': text_put_code_point(out, 0xA0); break;
    case '&': text_put(out, "&amp;"); break;
    case '<': text_put(out, "&lt;"); break;
    case '>': text_put(out, "&gt;"); break;
    default: frame_put_cell(out, cell); break;
    }
}

static void put_run(const struct writer *writer, int row, int y, int col, int end) {
    struct style style = seen(writer, row, col);
    struct text *out = writer->out;
    text_printf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"",
                MARGIN + col * CELL_WIDTH, y + BASELINE, (end - col) * CELL_WIDTH,
                (unsigned)style.ink);
    text_put(out, style.attributes & LOOK_BOLD ? " font-weight=\"bold\"" : "");
    text_put(out, style.attributes & LOOK_ITALIC ? " font-style=\"italic\"" : "");
    text_put(out, style.attributes & LOOK_UNDERLINE ? " text-decoration=\"underline\"" : "");
    text_put_char(out, '>');
    for (int at = col; at < end; at++) {
        put_glyph(out, canvas_cell(writer->canvas, row, at));
    }
    text_put(out, "</text>\n");
}

/* The text of a row, blanks at the ends of runs left out. */
static void put_row(const struct writer *writer, int row, int y) {
    for (int col = 0, end; col < writer->canvas->cols; col = end) {
        end = run_end(writer, row, col);
        if (canvas_cell(writer->canvas, row, col)->lower != 0) {
            continue; /* its background is all of it */
        }
        int from = col, to = end;
        while (from < to && canvas_cell(writer->canvas, row, from)->glyph == ' ') {
            from++;
        }
        while (to > from && canvas_cell(writer->canvas, row, to - 1)->glyph == ' ') {
            to--;
        }
        if (from < to) {
            put_run(writer, row, y, from, to);
        }
    }
}

static void put_window(const struct writer *writer, int width, int height) {
    const struct theme *theme = writer->theme;
    text_printf(writer->out,
                "<rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"10\" fill=\"#%06x\" "
                "stroke=\"#%06x\"/>\n",
                width - 1, height - 1, (unsigned)theme->paper,
                (unsigned)mix(theme->paper, theme->ink, 25));
    for (int n = 0; n < 3; n++) {
        text_printf(writer->out, "<circle cx=\"%d\" cy=\"17\" r=\"5.5\" fill=\"#%06x\"/>\n",
                    MARGIN + 6 + 20 * n, (unsigned)mix(theme->paper, theme->ink, 28));
    }
    text_printf(writer->out,
                "<text x=\"%d\" y=\"22\" text-anchor=\"middle\" fill=\"#%06x\">backstep</text>\n",
                width / 2, (unsigned)mix(theme->paper, theme->ink, 55));
}

void frame_svg(struct text *out, const struct canvas *canvas, const struct theme *theme) {
    struct writer writer = {out, canvas, theme};
    int width = 2 * MARGIN + canvas->cols * CELL_WIDTH;
    int height = BAR + canvas->rows * CELL_HEIGHT + MARGIN;
    text_printf(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                "viewBox=\"0 0 %d %d\" font-family=\"%s\" font-size=\"%d\">\n",
                width, height, width, height, fonts, FONT_SIZE);
    put_window(&writer, width, height);
    for (int row = 0; row < canvas->rows; row++) {
        put_backgrounds(&writer, row, BAR + row * CELL_HEIGHT);
    }
    for (int row = 0; row < canvas->rows; row++) {
        put_row(&writer, row, BAR + row * CELL_HEIGHT);
    }
    text_put(out, "</svg>\n");
}
