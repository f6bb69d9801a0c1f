/*
 * view/canvas.c - the grid of styled cells that every picture is drawn into.
 *
 * Cells are kept row by row from the top left. Everything that draws goes
 * through place() or clear_neighbours(), which keep the one invariant of the
 * grid: a cell with glyph 0 is the right half of a wide glyph in the cell
 * before it, and a wide glyph always has its right half. The caller owns the
 * canvas and closes it; cells are borrowed.
 */
#include "view/canvas.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"

static const struct cell BLANK = {' ', 0, ROLE_TEXT, 0, 0, 0};

/* Box characters by the SIDE_ bits of a cell, and their plain stand-ins; one lone side is
 * drawn in full. */
static const uint32_t BOXES[2][16] = {
    {
        ' ', 0x2502, 0x2502, 0x2502,    /* none, up, down, up + down */
        0x2500, 0x2518, 0x2510, 0x2524, /* left, with up, with down, with both */
        0x2500, 0x2514, 0x250C, 0x251C, /* right, with up, with down, with both */
        0x2500, 0x2534, 0x252C, 0x253C, /* left + right, with up, with down, with both */
    },
    {' ', '|', '|', '|', '-', '+', '+', '+', '-', '+', '+', '+', '-', '+', '+', '+'},
};

int glyph_sides(uint32_t code_point) {
    int sides = SIDE_UP | SIDE_DOWN | SIDE_LEFT | SIDE_RIGHT;
    while (sides > 0 && BOXES[0][sides] != code_point) {
        sides--;
    }
    return sides;
}

static int clamp(int value, int low, int high) {
    return value < low ? low : value > high ? high : value;
}

enum status canvas_open(struct canvas *canvas, int rows, int cols, bool ascii) {
    *canvas = (struct canvas){.ascii = ascii, .cursor_row = -1, .cursor_col = -1};
    return canvas_resize(canvas, rows, cols);
}

enum status canvas_resize(struct canvas *canvas, int rows, int cols) {
    rows = clamp(rows, 1, CANVAS_MAX_ROWS);
    cols = clamp(cols, 1, CANVAS_MAX_COLS);
    struct cell *cells = memory_array((size_t)rows * (size_t)cols, sizeof *cells);
    if (!cells) {
        return STATUS_MEMORY;
    }
    free(canvas->cells);
    canvas->cells = cells;
    canvas->rows = rows;
    canvas->cols = cols;
    canvas_clear(canvas);
    return STATUS_OK;
}

void canvas_close(struct canvas *canvas) {
    free(canvas->cells);
    *canvas = (struct canvas){.cursor_row = -1, .cursor_col = -1};
}

void canvas_clear(struct canvas *canvas) {
    size_t cols = (size_t)canvas->cols;
    for (size_t i = 0; i < cols; i++) {
        canvas->cells[i] = BLANK;
    }
    for (size_t row = 1; row < (size_t)canvas->rows; row++) {
        memcpy(canvas->cells + row * cols, canvas->cells, cols * sizeof *canvas->cells);
    }
    canvas->clip = (struct rect){0, 0, canvas->rows, canvas->cols};
    canvas->cursor_row = canvas->cursor_col = -1;
}

/* The part of `inner` that lies in `outer`; sizes never below 0. Sums are taken
 * in long long: a rectangle may reach as far as an int does. */
static struct rect rect_meet(struct rect outer, struct rect inner) {
    long long top = inner.row > outer.row ? inner.row : outer.row;
    long long left = inner.col > outer.col ? inner.col : outer.col;
    long long bottom = (long long)inner.row + inner.rows;
    long long right = (long long)inner.col + inner.cols;
    long long outer_bottom = (long long)outer.row + outer.rows;
    long long outer_right = (long long)outer.col + outer.cols;
    bottom = bottom < outer_bottom ? bottom : outer_bottom;
    right = right < outer_right ? right : outer_right;
    if (bottom <= top || right <= left) {
        return (struct rect){outer.row, outer.col, 0, 0};
    }
    return (struct rect){(int)top, (int)left, (int)(bottom - top), (int)(right - left)};
}

struct rect canvas_clip(struct canvas *canvas, struct rect rect) {
    struct rect before = canvas->clip;
    canvas->clip = rect_meet((struct rect){0, 0, canvas->rows, canvas->cols}, rect);
    return before;
}

const struct cell *canvas_cell(const struct canvas *canvas, int row, int col) {
    if (row < 0 || col < 0 || row >= canvas->rows || col >= canvas->cols) {
        return &BLANK;
    }
    return &canvas->cells[(size_t)row * (size_t)canvas->cols + (size_t)col];
}

/* The cell at a place where drawing is allowed, else NULL. */
static struct cell *cell_in_clip(struct canvas *canvas, int row, int col) {
    const struct rect *clip = &canvas->clip;
    if (row < clip->row || col < clip->col || row >= clip->row + clip->rows ||
        col >= clip->col + clip->cols) {
        return NULL;
    }
    return &canvas->cells[(size_t)row * (size_t)canvas->cols + (size_t)col];
}

static void cell_blank(struct cell *cell) {
    cell->glyph = ' ';
    cell->mark = 0;
    cell->sides = 0;
}

/* Before the cell at `col` is written: the other half of a wide glyph that lay
 * across it becomes a blank. */
static void clear_neighbours(struct canvas *canvas, struct cell *cell, int col) {
    if (cell->glyph == 0 && col > 0) {
        cell_blank(cell - 1);
    }
    if (col + 1 < canvas->cols && cell[1].glyph == 0) {
        cell_blank(cell + 1);
    }
}

static void place(struct canvas *canvas, int row, int col, struct cell value) {
    struct cell *cell = cell_in_clip(canvas, row, col);
    if (cell) {
        clear_neighbours(canvas, cell, col);
        *cell = value;
    }
}

/* The cells of a row from which `count` cells from `col` on may be written where drawing is
 * allowed: first ... end - 1. Only at its ends can such a run cut a wide glyph in two. */
static struct cell *cells_in_clip(struct canvas *canvas, int row, int col, int count, int *first,
                                  int *end) {
    const struct rect *clip = &canvas->clip;
    long long beyond = (long long)col + count, edge = (long long)clip->col + clip->cols;
    beyond = beyond < edge ? beyond : edge;
    *first = col > clip->col ? col : clip->col;
    *end = *first;
    if (row < clip->row || row >= clip->row + clip->rows || *first >= beyond) {
        return NULL;
    }
    *end = (int)beyond;
    struct cell *cells = &canvas->cells[(size_t)row * (size_t)canvas->cols];
    clear_neighbours(canvas, &cells[*first], *first);
    clear_neighbours(canvas, &cells[*end - 1], *end - 1);
    return cells;
}

/* Cells side by side: `count` times the value. */
static void place_run(struct canvas *canvas, int row, int col, int count, struct cell value) {
    int first, end;
    struct cell *cells = cells_in_clip(canvas, row, col, count, &first, &end);
    for (int at = first; at < end; at++) {
        cells[at] = value;
    }
}

/* A glyph of two cells; where only one of them may be drawn, that one is a blank. */
static void place_wide(struct canvas *canvas, int row, int col, struct cell value) {
    struct cell right = value;
    right.mark = 0;
    if (canvas->ascii) {
        value.glyph = right.glyph = glyph_ascii(value.glyph);
        place(canvas, row, col, value);
        place(canvas, row, col + 1, right);
        return;
    }
    if (!cell_in_clip(canvas, row, col) || !cell_in_clip(canvas, row, col + 1)) {
        right.glyph = ' ';
        place(canvas, row, col, right);
        place(canvas, row, col + 1, right);
        return;
    }
    place(canvas, row, col, value);
    place(canvas, row, col + 1, right);
    cell_in_clip(canvas, row, col + 1)->glyph = 0;
}

/* A combining mark goes onto the last glyph written before `col`. */
static void place_mark(struct canvas *canvas, int row, int col, uint32_t mark) {
    struct cell *cell = cell_in_clip(canvas, row, col - 1);
    if (cell && cell->glyph == 0 && col >= 2) {
        cell = cell_in_clip(canvas, row, col - 2);
    }
    if (cell && cell->mark == 0 && !canvas->ascii) {
        cell->mark = mark;
    }
}

/* Nearly all that is written is, and needs no table to be looked up in. */
static bool is_ascii(uint32_t code_point) {
    return code_point >= 0x20 && code_point < 0x7F;
}

/* Write one code point; returns how many cells it took, 0 for a mark. */
static int put_code_point(struct canvas *canvas, int row, int col, enum role role, int emphasis,
                          uint32_t code_point) {
    bool ascii = is_ascii(code_point);
    int width = ascii ? 1 : utf8_show(&code_point);
    struct cell value = {code_point, 0, (uint8_t)role, (uint8_t)emphasis, 0, 0};
    if (width == 2) {
        place_wide(canvas, row, col, value);
    } else if (width == 1) {
        value.glyph = canvas->ascii && !ascii ? glyph_ascii(code_point) : code_point;
        place(canvas, row, col, value);
    }
    return width;
}

/* Write the letters of ASCII that come first; returns how many. */
static size_t put_letters(struct canvas *canvas, int row, int col, enum role role, int emphasis,
                          const char *bytes, size_t count) {
    struct cell value = {' ', 0, (uint8_t)role, (uint8_t)emphasis, 0, 0};
    size_t letters = 0;
    while (letters < count && is_ascii((unsigned char)bytes[letters])) {
        letters++;
    }
    if (letters == 0) {
        return 0;
    }
    int first, end;
    struct cell *cells = cells_in_clip(canvas, row, col, (int)letters, &first, &end);
    for (int at = first; at < end; at++) {
        value.glyph = (unsigned char)bytes[at - col];
        cells[at] = value;
    }
    return letters;
}

static int put_bytes(struct canvas *canvas, int row, int col, enum role role, int emphasis,
                     const char *bytes, size_t count) {
    int start = col;
    while (true) {
        size_t taken = put_letters(canvas, row, col, role, emphasis, bytes, count);
        col += (int)taken;
        if (taken == count) {
            return col;
        }
        bytes += taken;
        count -= taken;
        uint32_t code_point;
        taken = utf8_decode(bytes, count, &code_point);
        int width = put_code_point(canvas, row, col, role, emphasis, code_point);
        if (width == 0 && col > start) {
            place_mark(canvas, row, col, code_point);
        }
        col += width;
        bytes += taken;
        count -= taken;
    }
}

int canvas_put_styled(struct canvas *canvas, int row, int col, enum role role, int emphasis,
                      const char *string) {
    return put_bytes(canvas, row, col, role, emphasis, string, strlen(string));
}

int canvas_put(struct canvas *canvas, int row, int col, enum role role, const char *string) {
    return put_bytes(canvas, row, col, role, 0, string, strlen(string));
}

int canvas_put_bytes(struct canvas *canvas, int row, int col, enum role role, const char *bytes,
                     size_t count) {
    return put_bytes(canvas, row, col, role, 0, bytes, count);
}

int canvas_printf(struct canvas *canvas, int row, int col, enum role role, const char *format,
                  ...) {
    struct text text = TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&text, format, arguments);
    va_end(arguments);
    col = canvas_put(canvas, row, col, role, text_string(&text));
    text_free(&text);
    return col;
}

void canvas_glyph(struct canvas *canvas, int row, int col, enum role role, int emphasis,
                  uint32_t code_point) {
    (void)put_code_point(canvas, row, col, role, emphasis, code_point);
}

void canvas_halves(struct canvas *canvas, int row, int col, enum role upper, enum role lower) {
    place(canvas, row, col, (struct cell){0x2580, 0, (uint8_t)upper, 0, 0, (uint8_t)lower});
}

void canvas_fill(struct canvas *canvas, struct rect rect, enum role role, uint32_t code_point) {
    rect = rect_meet(canvas->clip, rect);
    if (is_ascii(code_point)) {
        struct cell value = {code_point, 0, (uint8_t)role, 0, 0, 0};
        for (int n = 0; n < rect.rows; n++) {
            place_run(canvas, rect.row + n, rect.col, rect.cols, value);
        }
        return;
    }
    int width = utf8_width(code_point) == 2 ? 2 : 1;
    for (int row = rect.row; row < rect.row + rect.rows; row++) {
        for (int col = rect.col; col < rect.col + rect.cols; col += width) {
            bool fits = col + width <= rect.col + rect.cols;
            (void)put_code_point(canvas, row, col, role, 0, fits ? code_point : ' ');
        }
    }
}

/* In the clip. */
static void add_sides(const struct canvas *canvas, struct cell *cell, enum role role, int sides) {
    sides |= cell->sides;
    *cell = (struct cell){BOXES[canvas->ascii][sides], 0, (uint8_t)role, 0, (uint8_t)sides, 0};
}

void canvas_hline(struct canvas *canvas, int row, int col, int cols, enum role role) {
    int first, end;
    struct cell *cells = cells_in_clip(canvas, row, col, cols, &first, &end);
    for (int at = first; at < end; at++) {
        int left = at > col ? SIDE_LEFT : 0;
        int right = at - col < cols - 1 ? SIDE_RIGHT : 0;
        add_sides(canvas, &cells[at], role, cols == 1 ? SIDE_LEFT | SIDE_RIGHT : left | right);
    }
}

void canvas_vline(struct canvas *canvas, int row, int col, int rows, enum role role) {
    struct rect shown = rect_meet(canvas->clip, (struct rect){row, col, rows, 1});
    for (int at = shown.row; at < shown.row + shown.rows; at++) {
        int up = at > row ? SIDE_UP : 0;
        int down = at - row < rows - 1 ? SIDE_DOWN : 0;
        struct cell *cell = &canvas->cells[(size_t)at * (size_t)canvas->cols + (size_t)col];
        clear_neighbours(canvas, cell, col);
        add_sides(canvas, cell, role, rows == 1 ? SIDE_UP | SIDE_DOWN : up | down);
    }
}
