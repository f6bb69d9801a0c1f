/*
 * out/film.c - keeping frames: rows that come again are found by a hash table with
 * open addressing, whose entries are numbers of rows + 1.
 */
#include "out/film.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table.h"
#include "base/utf8.h"

void film_open(struct film *film, const struct theme *theme) {
    *film = (struct film){.theme = theme};
}

void film_close(struct film *film) {
    for (size_t n = 0; n < film->count; n++) {
        free(film->frames[n].say);
        free(film->frames[n].told);
    }
    for (size_t n = 0; n < film->mark_count; n++) {
        free(film->marks[n].name);
    }
    free(film->title);
    free(film->frames);
    free(film->rows);
    free(film->cells);
    free(film->order);
    free(film->table);
    free(film->marks);
    *film = (struct film){0};
}

/* A copy of words from outside, harmless; NULL for NULL and "". */
static bool copy_words(char **copy, const char *words) {
    struct text clean = TEXT_EMPTY;
    *copy = NULL;
    if (!words || !*words) {
        return true;
    }
    utf8_clean(&clean, words, strlen(words), true);
    if (clean.failed) {
        text_free(&clean);
        return false;
    }
    *copy = clean.bytes;
    return true;
}

enum status film_set_title(struct film *film, const char *title) {
    char *copy;
    if (!copy_words(&copy, title)) {
        return STATUS_MEMORY;
    }
    free(film->title);
    film->title = copy;
    return STATUS_OK;
}

static bool reserve_row(struct film *film, size_t cols) {
    struct film_row *rows =
        memory_grow(film->rows, film->row_count, &film->row_capacity, sizeof *rows);
    film->rows = rows ? rows : film->rows;
    struct cell *cells =
        memory_reserve(film->cells, film->cell_count, cols, &film->cell_capacity, sizeof *cells);
    film->cells = cells ? cells : film->cells;
    return rows && cells;
}

static bool reserve_frame(struct film *film, size_t rows) {
    struct film_frame *frames =
        memory_grow(film->frames, film->count, &film->capacity, sizeof *frames);
    film->frames = frames ? frames : film->frames;
    size_t *order =
        memory_reserve(film->order, film->order_count, rows, &film->order_capacity, sizeof *order);
    film->order = order ? order : film->order;
    return frames && order;
}

/* ---- rows ---- */

static int cursor_in(const struct canvas *canvas, int row) {
    return canvas->cursor_row == row ? canvas->cursor_col : -1;
}

/* FNV-1a over what a row shows. */
static uint64_t hash_row(const struct cell *cells, int cols, int cursor) {
    uint64_t hash = 14695981039346656037U;
    for (int col = 0; col < cols; col++) {
        const struct cell *cell = &cells[col];
        uint64_t parts[] = {cell->glyph, cell->mark, cell->role, cell->emphasis, cell->lower};
        for (size_t n = 0; n < TABLE_COUNT(parts); n++) {
            hash = (hash ^ parts[n]) * 1099511628211U;
        }
    }
    return (hash ^ (uint64_t)(cursor + 1)) * 1099511628211U;
}

static bool cell_equal(const struct cell *a, const struct cell *b) {
    return a->glyph == b->glyph && a->mark == b->mark && a->role == b->role &&
           a->emphasis == b->emphasis && a->lower == b->lower;
}

static bool row_equal(const struct film *film, const struct film_row *row, const struct cell *cells,
                      int cols, int cursor) {
    if (row->cols != cols || row->cursor != cursor) {
        return false;
    }
    for (int col = 0; col < cols; col++) {
        if (!cell_equal(&film->cells[row->at + (size_t)col], &cells[col])) {
            return false;
        }
    }
    return true;
}

/* The place of a row in the table, or the free one where it belongs. */
static size_t *find(const struct film *film, const struct cell *cells, int cols, int cursor) {
    size_t at = (size_t)hash_row(cells, cols, cursor) & (film->table_size - 1);
    while (film->table[at] != 0 &&
           !row_equal(film, &film->rows[film->table[at] - 1], cells, cols, cursor)) {
        at = (at + 1) & (film->table_size - 1);
    }
    return &film->table[at];
}

/* A table twice as large, with the same rows; it is never more than half full. */
static bool grow_table(struct film *film) {
    size_t *old = film->table;
    size_t size = film->table_size > 0 ? 2 * film->table_size : 256;
    size_t *table = memory_array(size, sizeof *table);
    if (!table) {
        return false;
    }
    film->table = table;
    film->table_size = size;
    for (size_t n = 0; n < film->row_count; n++) {
        const struct film_row *row = &film->rows[n];
        *find(film, &film->cells[row->at], row->cols, row->cursor) = n + 1;
    }
    free(old);
    return true;
}

/* The number of a row, which is kept if it is new. */
static bool keep_row(struct film *film, const struct canvas *canvas, int row, size_t *number) {
    const struct cell *cells = canvas_cell(canvas, row, 0);
    int cols = canvas->cols, cursor = cursor_in(canvas, row);
    if (2 * (film->row_count + 1) > film->table_size && !grow_table(film)) {
        return false;
    }
    size_t *found = find(film, cells, cols, cursor);
    if (*found == 0) {
        if (!reserve_row(film, (size_t)cols)) {
            return false;
        }
        memcpy(film->cells + film->cell_count, cells, (size_t)cols * sizeof *cells);
        film->rows[film->row_count++] = (struct film_row){film->cell_count, cols, cursor};
        film->cell_count += (size_t)cols;
        *found = film->row_count;
    }
    *number = *found - 1;
    return true;
}

struct canvas film_row_canvas(const struct film *film, size_t number) {
    const struct film_row *row = &film->rows[number];
    return (struct canvas){
        .rows = 1,
        .cols = row->cols,
        .cells = film->cells + row->at,
        .cursor_row = row->cursor < 0 ? -1 : 0,
        .cursor_col = row->cursor,
    };
}

struct canvas film_canvas_row(const struct film *film, const struct film_frame *frame, int row) {
    return film_row_canvas(film, film->order[frame->first + (size_t)row]);
}

/* ---- frames ---- */

static bool same_text(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Does the frame show and say the same as the one before it? */
static bool tells_nothing(const struct film *film, const struct film_frame *frame) {
    const struct film_frame *last = film->count > 0 ? &film->frames[film->count - 1] : NULL;
    return last && !frame->told && same_text(last->say, frame->say) && last->rows == frame->rows &&
           last->cols == frame->cols &&
           memcmp(film->order + last->first, film->order + frame->first,
                  (size_t)frame->rows * sizeof *film->order) == 0;
}

static bool mark_waits(const struct film *film) {
    return film->mark_count > 0 && film->marks[film->mark_count - 1].frame == film->count;
}

/* The rows of a canvas into film.order, behind those of the frames. */
static bool keep_rows(struct film *film, const struct canvas *canvas) {
    if (!reserve_frame(film, (size_t)canvas->rows)) {
        return false;
    }
    for (int row = 0; row < canvas->rows; row++) {
        if (!keep_row(film, canvas, row, &film->order[film->order_count + (size_t)row])) {
            return false;
        }
    }
    return true;
}

enum status film_add(struct film *film, uint64_t ms, const struct canvas *canvas, bool rest,
                     const char *say, const char *told) {
    struct film_frame frame = {
        .ms = ms,
        .rows = canvas->rows,
        .cols = canvas->cols,
        .first = film->order_count,
        .cursor_row = canvas->cursor_row,
        .cursor_col = canvas->cursor_col,
        .rest = rest,
    };
    bool kept =
        keep_rows(film, canvas) && copy_words(&frame.say, say) && copy_words(&frame.told, told);
    bool again = kept && tells_nothing(film, &frame) && !mark_waits(film);
    if (again) {
        film->frames[film->count - 1].rest |= rest;
    }
    if (!kept || again) {
        free(frame.say);
        free(frame.told);
    } else {
        film->order_count += (size_t)canvas->rows;
        film->frames[film->count++] = frame;
    }
    film->end = kept && ms > film->end ? ms : film->end;
    return kept ? STATUS_OK : STATUS_MEMORY;
}

enum status film_mark(struct film *film, const char *name) {
    struct film_mark *marks =
        memory_grow(film->marks, film->mark_count, &film->mark_capacity, sizeof *marks);
    film->marks = marks ? marks : film->marks;
    char *copy;
    if (!marks || !copy_words(&copy, name)) {
        return STATUS_MEMORY;
    }
    film->marks[film->mark_count++] = (struct film_mark){film->count, copy};
    return STATUS_OK;
}

void film_finish(struct film *film, uint64_t ms) {
    film->end = ms > film->end ? ms : film->end;
    while (mark_waits(film)) { /* nothing came after it */
        free(film->marks[--film->mark_count].name);
    }
}

void film_size(const struct film *film, int *rows, int *cols) {
    *rows = *cols = 1;
    for (size_t n = 0; n < film->count; n++) {
        *rows = film->frames[n].rows > *rows ? film->frames[n].rows : *rows;
        *cols = film->frames[n].cols > *cols ? film->frames[n].cols : *cols;
    }
}
