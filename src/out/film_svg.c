/*
 * out/film_svg.c - a film as an SVG picture: the window of a terminal.
 *
 * Coordinates are pixels from the top left; a cell is CELL_WIDTH x CELL_HEIGHT. A
 * run of cells with one look is one <text>, stretched to its cells by textLength,
 * so that another font keeps the columns; lines and blocks are shapes. Blanks are
 * U+00A0, since readers of SVG fold blanks. Papers and blocks have hard edges, so that
 * no seam is seen between two that meet, at whatever size.
 *
 * A film of several frames has a group for each row that is seen, and a group for each
 * frame, which uses those rows and shows itself for its time, round and round. What
 * knows no animation, or is asked for less motion, shows the first frame.
 */
#include "base/utf8.h"
#include "frame.h"
#include "out/film.h"
#include "svg_shape.h"

enum {
    FONT_SIZE = 15,
    BASELINE = 14, /* of a row, from its top */
    MARGIN = 18,
    BAR = 34, /* of the window's title */
};

static const char *const fonts =
    "'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,'Liberation Mono',monospace";

struct writer {
    struct text *out;
    const struct canvas *canvas; /* of one row */
    const struct theme *theme;
};

/* The upper half of a cell of two heats. */
static void put_upper_half(const struct writer *writer, int y, int col) {
    if (canvas_cell(writer->canvas, 0, col)->lower != 0) {
        text_printf(writer->out,
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
                    MARGIN + col * CELL_WIDTH, y, CELL_WIDTH, CELL_HEIGHT / 2,
                    (unsigned)style_of(writer->theme, canvas_cell(writer->canvas, 0, col)).ink);
    }
}

/* How a cell is seen; the cursor turns it round. */
static struct style seen(const struct writer *writer, int col) {
    struct style style = style_of(writer->theme, canvas_cell(writer->canvas, 0, col));
    if (writer->canvas->cursor_row == 0 && col == writer->canvas->cursor_col) {
        style.attributes ^= LOOK_REVERSE;
    }
    return style_seen(writer->theme, style);
}

/* The column after the run of one look that begins at `col`. */
static int run_end(const struct writer *writer, int col) {
    struct style first = seen(writer, col);
    int end = col + 1;
    while (end < writer->canvas->cols) {
        struct style next = seen(writer, end);
        bool half = canvas_cell(writer->canvas, 0, end)->glyph == 0;
        bool pair = (canvas_cell(writer->canvas, 0, col)->lower != 0) !=
                    (canvas_cell(writer->canvas, 0, end)->lower != 0);
        if (!half && (pair || !style_equal(&first, &next))) {
            break;
        }
        end++;
    }
    return end;
}

static void put_backgrounds(const struct writer *writer, int y) {
    for (int col = 0, end; col < writer->canvas->cols; col = end) {
        end = run_end(writer, col);
        struct style style = seen(writer, col);
        if (style.paper != writer->theme->paper) {
            text_printf(writer->out,
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
                        MARGIN + col * CELL_WIDTH, y, (end - col) * CELL_WIDTH, CELL_HEIGHT,
                        (unsigned)style.paper);
        }
        for (int at = col; at < end; at++) {
            put_upper_half(writer, y, at);
        }
    }
}

static enum svg_shape shape_at(const struct writer *writer, int col) {
    return svg_shape_of(canvas_cell(writer->canvas, 0, col)->glyph);
}

static void put_glyph(struct text *out, const struct cell *cell) {
    switch (cell->glyph) {
    case ' ': utf8_put(out, 0xA0); break;
    case '&': text_put(out, "&amp;"); break;
    case '<': text_put(out, "&lt;"); break;
    case '>': text_put(out, "&gt;"); break;
    default: frame_put_cell(out, cell); break;
    }
}

static void put_letters(const struct writer *writer, int y, int col, int end) {
    struct style style = seen(writer, col);
    struct text *out = writer->out;
    text_printf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"",
                MARGIN + col * CELL_WIDTH, y + BASELINE, (end - col) * CELL_WIDTH,
                (unsigned)style.ink);
    text_put(out, style.attributes & LOOK_BOLD ? " font-weight=\"bold\"" : "");
    text_put(out, style.attributes & LOOK_ITALIC ? " font-style=\"italic\"" : "");
    text_put(out, style.attributes & LOOK_UNDERLINE ? " text-decoration=\"underline\"" : "");
    text_put_char(out, '>');
    for (int at = col; at < end; at++) {
        put_glyph(out, canvas_cell(writer->canvas, 0, at));
    }
    text_put(out, "</text>\n");
}

static void put_shapes(const struct writer *writer, int y, int col, int end) {
    bool line = shape_at(writer, col) == SVG_LINE; /* hard edges would swallow a thin one */
    text_printf(writer->out, "<path fill=\"#%06x\"%s d=\"", (unsigned)seen(writer, col).ink,
                line ? " shape-rendering=\"auto\"" : "");
    svg_put_shapes(writer->out, writer->canvas, col, end, MARGIN, y);
    text_put(writer->out, "\"/>\n");
}

/* Cells of one look and one kind; blanks at their ends are left out. */
static void put_cells(const struct writer *writer, int y, int col, int end) {
    if (shape_at(writer, col) != SVG_LETTER) {
        put_shapes(writer, y, col, end);
        return;
    }
    while (col < end && canvas_cell(writer->canvas, 0, col)->glyph == ' ') {
        col++;
    }
    while (end > col && canvas_cell(writer->canvas, 0, end - 1)->glyph == ' ') {
        end--;
    }
    if (col < end) {
        put_letters(writer, y, col, end);
    }
}

/* What stands on the papers of a row. */
static void put_runs(const struct writer *writer, int y) {
    for (int col = 0, end; col < writer->canvas->cols; col = end) {
        end = run_end(writer, col);
        if (canvas_cell(writer->canvas, 0, col)->lower != 0) {
            continue; /* its background is all of it */
        }
        for (int at = col, part; at < end; at = part) {
            for (part = at + 1; part < end && shape_at(writer, part) == shape_at(writer, at);) {
                part++;
            }
            put_cells(writer, y, at, part);
        }
    }
}

/* A row whose top is at y; true where there is anything to be seen. */
static bool put_row(struct text *out, const struct film *film, size_t number, int y) {
    struct canvas canvas = film_row_canvas(film, number);
    struct writer writer = {out, &canvas, film->theme};
    size_t before = out->length;
    put_backgrounds(&writer, y);
    put_runs(&writer, y);
    return out->length > before;
}

static void put_window(struct text *out, const struct film *film, int width, int height) {
    const struct theme *theme = film->theme;
    text_printf(
        out,
        "<g shape-rendering=\"auto\">\n<rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" "
        "rx=\"10\" fill=\"#%06x\" stroke=\"#%06x\"/>\n",
        width - 1, height - 1, (unsigned)theme->paper,
        (unsigned)color_mix(theme->paper, theme->ink, 25));
    for (int n = 0; n < 3; n++) {
        text_printf(out, "<circle cx=\"%d\" cy=\"17\" r=\"5.5\" fill=\"#%06x\"/>\n",
                    MARGIN + 6 + 20 * n, (unsigned)color_mix(theme->paper, theme->ink, 28));
    }
    text_printf(out,
                "<text x=\"%d\" y=\"22\" text-anchor=\"middle\" fill=\"#%06x\">backstep</text>\n"
                "</g>\n",
                width / 2, (unsigned)color_mix(theme->paper, theme->ink, 55));
}

/* ---- one frame, or many ---- */

static void put_still(struct text *out, const struct film *film) {
    const struct film_frame *frame = &film->frames[0];
    for (int row = 0; row < frame->rows; row++) {
        put_row(out, film, film->order[frame->first + (size_t)row], BAR + row * CELL_HEIGHT);
    }
}

/* Rows that many frames use, with their top at 0; what is blank is an empty group. */
static void put_shared_rows(struct text *out, const struct film *film) {
    text_put(out, "<defs>\n");
    for (size_t n = 0; n < film->row_count; n++) {
        text_printf(out, "<g id=\"r%zu\">\n", n);
        put_row(out, film, n, 0);
        text_put(out, "</g>\n");
    }
    text_put(out, "</defs>\n");
}

/* A time as a part of the whole: 0.250000. */
static void put_part(struct text *out, uint64_t ms, uint64_t whole) {
    uint64_t part = ms >= whole ? 1000000 : ms * 1000000 / whole;
    text_printf(out, "%d.%06d", (int)(part / 1000000), (int)(part % 1000000));
}

/* Shown from `from` to `to`, in a round of `whole` milliseconds. */
static void put_animation(struct text *out, uint64_t from, uint64_t to, uint64_t whole) {
    bool first = from == 0, last = to >= whole;
    text_printf(out,
                "<animate attributeName=\"display\" calcMode=\"discrete\" dur=\"%llu.%03ds\" "
                "repeatCount=\"indefinite\" values=\"%s%s\" keyTimes=\"0",
                (unsigned long long)(whole / 1000), (int)(whole % 1000),
                first ? "inline" : "none;inline", last ? "" : ";none");
    if (!first) {
        text_put_char(out, ';');
        put_part(out, from, whole);
    }
    if (!last) {
        text_put_char(out, ';');
        put_part(out, to, whole);
    }
    text_put(out, "\"/>\n");
}

static void put_moving(struct text *out, const struct film *film) {
    put_shared_rows(out, film);
    for (size_t n = 0; n < film->count; n++) {
        const struct film_frame *frame = &film->frames[n];
        uint64_t to = n + 1 < film->count ? film->frames[n + 1].ms : film->end;
        if (to <= frame->ms) {
            continue; /* never seen */
        }
        text_printf(out, "<g class=\"f%s\" display=\"%s\">\n", frame->ms == 0 ? " first" : "",
                    frame->ms == 0 ? "inline" : "none");
        put_animation(out, frame->ms, to, film->end);
        for (int row = 0; row < frame->rows; row++) {
            text_printf(out, "<use href=\"#r%zu\" y=\"%d\"/>\n",
                        film->order[frame->first + (size_t)row], BAR + row * CELL_HEIGHT);
        }
        text_put(out, "</g>\n");
    }
}

static void put_words(struct text *out, const struct film *film) {
    const char *title = film->title ? film->title : "backstep";
    text_put(out, "<title>");
    markup_put(out, title);
    text_put(out, "</title>\n");
    if (film->count == 1 && film->frames[0].say) {
        text_put(out, "<desc>");
        markup_put(out, film->frames[0].say);
        text_put(out, "</desc>\n");
    }
}

void film_svg(struct text *out, const struct film *film) {
    int rows, cols;
    film_size(film, &rows, &cols);
    int width = 2 * MARGIN + cols * CELL_WIDTH;
    int height = BAR + rows * CELL_HEIGHT + MARGIN;
    text_printf(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" "
                "height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"%s\" font-size=\"%d\" "
                "shape-rendering=\"crispEdges\">\n",
                width, height, width, height, fonts, FONT_SIZE);
    put_words(out, film);
    if (film->count > 1) {
        text_put(out, "<style>@media (prefers-reduced-motion: reduce) {.f {display: none "
                      "!important} .first {display: inline !important}}</style>\n");
    }
    put_window(out, film, width, height);
    if (film->count == 1) {
        put_still(out, film);
    } else if (film->count > 1) {
        put_moving(out, film);
    }
    text_put(out, "</svg>\n");
}
