/*
 * out/film.h - screens in time: what a scene shows, or what a live session showed.
 *
 * A film is a sequence of frames; each is a canvas, the time at which it appears, and
 * words for those who do not see it. Time is in whole milliseconds, so that the same
 * film gives the same bytes everywhere. A row of cells that comes again (most do) is
 * kept once. A single picture is a film of one frame.
 */
#ifndef BACKSTEP_OUT_FILM_H
#define BACKSTEP_OUT_FILM_H

#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "view/canvas.h"
#include "view/theme.h"

/* A row of cells, seen in one frame or in many. */
struct film_row {
    size_t at; /* its first cell in film.cells */
    int cols;
    int cursor; /* the column of the cursor, -1 for none */
};

struct film_frame {
    uint64_t ms; /* since the start */
    int rows, cols;
    size_t first; /* its rows are film.order[first ... first + rows - 1] */
    int cursor_row, cursor_col;
    bool rest;  /* the scene rests here: not a picture within a movement */
    char *say;  /* the narration, NULL for none */
    char *told; /* what the frame shows, in lines of text; NULL: nothing new */
};

/* A place of the film with a name: the frame that came first after it was reached. */
struct film_mark {
    size_t frame;
    char *name;
};

struct film {
    const struct theme *theme;
    bool any_theme; /* nobody asked for this one: the reader's own may be taken */
    char *title;    /* NULL for none */
    struct film_frame *frames;
    size_t count, capacity;
    struct film_row *rows;
    size_t row_count, row_capacity;
    struct cell *cells;
    size_t cell_count, cell_capacity;
    size_t *order; /* numbers of rows, frame after frame */
    size_t order_count, order_capacity;
    size_t *table; /* where a row is found by its cells; number + 1, or 0 */
    size_t table_size;
    struct film_mark *marks;
    size_t mark_count, mark_capacity;
    uint64_t end; /* milliseconds in all */
};

void film_open(struct film *film, const struct theme *theme);
void film_close(struct film *film);
enum status film_set_title(struct film *film, const char *title);

/* Add what `canvas` shows from `ms` on (never before the frame before). Where nothing
 * differs from the frame before, that one only lasts longer. */
enum status film_add(struct film *film, uint64_t ms, const struct canvas *canvas, bool rest,
                     const char *say, const char *told);

/* Name the place that the next frame shows. */
enum status film_mark(struct film *film, const char *name);

/* The last frame lasts until `ms`. */
void film_finish(struct film *film, uint64_t ms);

/* Row `row` of a frame, as a canvas of one row that the film owns: read it only. */
struct canvas film_canvas_row(const struct film *film, const struct film_frame *frame, int row);
struct canvas film_row_canvas(const struct film *film, size_t number);

/* The largest size that a frame has. */
void film_size(const struct film *film, int *rows, int *cols);

/* What a format is good for. */
enum {
    FILM_COLORS = 1, /* it shows the theme */
    FILM_MOVES = 2,  /* it plays the frames; else they stand one below the other */
    FILM_STILL = 4,  /* it can show a single frame */
    FILM_PLAYS = 8,  /* a whole scene is meant, where nothing else is said */
};

/* The ways to write a film down. The first is the default. */
struct film_format {
    const char *name;   /* after --format */
    const char *ending; /* of files: ".svg"; a format may share it with the one before it */
    const char *help;
    int traits; /* FILM_ bits */
    void (*write)(struct text *out, const struct film *film);
};

/* Row `index` of the table, NULL past the end. */
const struct film_format *film_format_at(size_t index);

/* The format that a path's ending names, among those of a trait (FILM_STILL or
 * FILM_MOVES). NULL with the error filled: it names the endings that are right. */
const struct film_format *film_format_of(const char *path, int trait, struct error *error);

/* Write a film in a format; lack of memory shows in out->failed. */
void film_svg(struct text *out, const struct film *film);
void film_html(struct text *out, const struct film *film);
void film_cast2(struct text *out, const struct film *film);
void film_cast3(struct text *out, const struct film *film);

#endif
