/*
 * view/line.c - a line made of pieces: "∂C/∂z⁽²⁾₁", " = ", "−1", " · ", "0" ...
 *
 * Each piece has its role and is drawn whole or not at all, so that no number is
 * ever cut in the middle. Widths are cells.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "panel.h"

/* What was written from byte `at` on is the next piece; nothing is none. */
static void end_piece(struct line *line, enum role role, size_t at) {
    if (line->text.failed || line->text.length == at) {
        return;
    }
    struct piece *pieces = memory_grow(line->pieces, line->count, &line->capacity, sizeof *pieces);
    if (!pieces) {
        line->text.failed = true;
        return;
    }
    line->pieces = pieces;
    int cells = (int)utf8_cells(line->text.bytes + at);
    line->pieces[line->count++] = (struct piece){at, line->text.length - at, cells, role};
    line->cells += cells;
}

void line_put(struct line *line, enum role role, const char *string) {
    size_t at = line->text.length;
    if (!string) {
        line->text.failed = true;
    } else if (*string) {
        text_put(&line->text, string);
        end_piece(line, role, at);
    }
}

void line_printf(struct line *line, enum role role, const char *format, ...) {
    size_t at = line->text.length;
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&line->text, format, arguments);
    va_end(arguments);
    end_piece(line, role, at);
}

void line_symbol(struct line *line, const struct picture *p, const struct quantity *q,
                 enum role role) {
    size_t at = line->text.length;
    struct print_options options = picture_printing(p);
    quantity_symbol(&line->text, q, &options);
    end_piece(line, role, at);
}

void line_number(struct line *line, const struct picture *p, enum role role, double value) {
    size_t at = line->text.length;
    struct print_options options = picture_printing(p);
    number_print(&line->text, value, &options);
    end_piece(line, role, at);
}

struct emission {
    struct line *line;
    const struct picture *picture;
};

static void emit(void *context, const char *string, const struct quantity *q) {
    struct emission *emission = context;
    line_put(emission->line, q ? picture_role(emission->picture, q, ROLE_TEXT) : ROLE_TEXT, string);
}

static bool hides(const void *context, const struct quantity *q) {
    return picture_hides(context, q);
}

void line_expr(struct line *line, const struct picture *p, const struct expr *expr,
               const struct quantity *element, bool numbers, bool expand, size_t most_terms) {
    struct emission emission = {line, p};
    struct print_options options = picture_printing(p);
    options.element = element;
    options.numbers = numbers;
    options.expand = expand;
    options.most_terms = most_terms;
    options.hides = hides;
    options.hides_context = p;
    expr_print(expr, &options, emit, &emission);
}

/* Does the piece begin a new row? `used` are the cells of the present one. */
static bool breaks(const struct piece *piece, int used, int indent, int width) {
    return used + piece->cells > width && used > indent;
}

int line_rows(const struct line *line, int width, int indent) {
    int rows = 1, used = 0;
    for (size_t n = 0; n < line->count; n++) {
        if (breaks(&line->pieces[n], used, indent, width)) {
            rows++;
            used = indent;
        }
        used += line->pieces[n].cells;
        if (used > width) {
            return 1 << 16; /* a piece that no row holds */
        }
    }
    return rows;
}

int line_draw(const struct line *line, const struct picture *p, struct rect rect, int indent) {
    int row = 0, used = 0, left = line->cells;
    for (size_t n = 0; n < line->count && rect.rows > 0; n++) {
        const struct piece *piece = &line->pieces[n];
        if (breaks(piece, used, indent, rect.cols) && row + 1 < rect.rows) {
            row++;
            used = indent;
        }
        /* where not all of the rest fits into the last row, " …" needs room: with its
         * blank, or a number before it would look cut */
        bool short_of = row + 1 == rect.rows && used + left > rect.cols;
        if (used + piece->cells > rect.cols - (short_of ? 2 : 0)) {
            used += used + 1 < rect.cols;
            canvas_put(p->canvas, rect.row + row, rect.col + used, ROLE_QUIET, "…");
            break;
        }
        canvas_put_bytes(p->canvas, rect.row + row, rect.col + used, piece->role,
                         line->text.bytes + piece->at, piece->length);
        used += piece->cells;
        left -= piece->cells;
    }
    return row + 1;
}

void line_free(struct line *line) {
    text_free(&line->text);
    free(line->pieces);
    *line = LINE_EMPTY;
}

void line_draw_fitting(const struct picture *p, struct rect rect, int lengths, line_writer put,
                       const void *context) {
    bool drawn = false;
    for (int length = 0; length < lengths && !drawn; length++) {
        struct line line = LINE_EMPTY;
        put(&line, p, context, length);
        drawn = line.cells <= rect.cols || length + 1 == lengths;
        if (drawn) {
            line_draw(&line, p, rect, 0);
        }
        line_free(&line);
    }
}
