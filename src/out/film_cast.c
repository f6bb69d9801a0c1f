/*
 * out/film_cast.c - a film as a recording for asciinema: asciicast v2 and v3.
 *
 * Both begin with a line that is a JSON object and go on with a JSON array a line:
 * [time, code, data]. In v2 times are seconds since the start, in v3 since the event
 * before. The first frame is drawn whole, of the others the rows that differ; a frame of
 * another size is an event of its own ("r"), and is drawn whole again. There is no time
 * of day in it: the same film is the same file.
 */
#include <string.h>

#include "frame.h"
#include "out/film.h"
#include "out/json.h"

struct cast {
    struct text *out;
    const struct film *film;
    bool intervals; /* v3 */
    uint64_t now;   /* milliseconds of the event before */
};

static void put_event(struct cast *cast, uint64_t ms, const char *code, const char *data) {
    uint64_t time = cast->intervals ? ms - cast->now : ms;
    text_printf(cast->out, "[%llu.%03d, \"%s\", ", (unsigned long long)(time / 1000),
                (int)(time % 1000), code);
    json_put_string(cast->out, data);
    text_put(cast->out, "]\n");
    cast->now = ms;
}

/* ---- the first line ---- */

/* The sixteen colours of a player that does as it is told; a frame names its own. */
static const char *const palette =
    "#1d2329:#e06c75:#98c379:#e5c07b:#61afef:#c678dd:#56b6c2:#c8ced4:"
    "#5c6673:#ff8087:#b5e890:#f5d48a:#82c4ff:#d8a0ff:#7fe0d8:#f2f5f8";

static void put_theme(struct text *out, const struct theme *theme) {
    text_printf(out, "\"theme\": {\"fg\": \"#%06x\", \"bg\": \"#%06x\", \"palette\": \"%s\"}",
                (unsigned)theme->ink, (unsigned)theme->paper, palette);
}

static void put_title(struct text *out, const struct film *film) {
    if (film->title) {
        text_put(out, ", \"title\": ");
        json_put_string(out, film->title);
    }
}

static void put_head(struct cast *cast) {
    int rows = 24, cols = 80;
    if (cast->film->count > 0) {
        rows = cast->film->frames[0].rows;
        cols = cast->film->frames[0].cols;
    }
    if (cast->intervals) {
        text_printf(cast->out, "{\"version\": 3, \"term\": {\"cols\": %d, \"rows\": %d, ", cols,
                    rows);
        put_theme(cast->out, cast->film->theme);
        text_put_char(cast->out, '}');
    } else {
        text_printf(cast->out, "{\"version\": 2, \"width\": %d, \"height\": %d, ", cols, rows);
        put_theme(cast->out, cast->film->theme);
    }
    put_title(cast->out, cast->film);
    text_put(cast->out, "}\n");
}

/* ---- frames ---- */

/* The rows that differ from the frame before; all of them where that is NULL. A row is
 * cleared before it is written: behind its last column that would take the last cell. */
static void put_rows(struct text *screen, const struct film *film, const struct film_frame *frame,
                     const struct film_frame *before) {
    for (int row = 0; row < frame->rows; row++) {
        size_t at = (size_t)row;
        if (before && film->order[before->first + at] == film->order[frame->first + at]) {
            continue;
        }
        struct canvas canvas = film_canvas_row(film, frame, row);
        text_printf(screen, before ? "\033[%d;1H\033[K" : "\033[%d;1H", row + 1);
        frame_ansi_row(screen, &canvas, 0, film->theme);
    }
}

static void put_cursor(struct text *screen, const struct film_frame *frame,
                       const struct film_frame *before) {
    if (frame->cursor_row >= 0) {
        text_printf(screen, "\033[%d;%dH\033[?25h", frame->cursor_row + 1, frame->cursor_col + 1);
    } else if (before && before->cursor_row >= 0) {
        text_put(screen, "\033[?25l");
    }
}

static void put_frame(struct cast *cast, size_t number) {
    const struct film *film = cast->film;
    const struct film_frame *frame = &film->frames[number];
    const struct film_frame *before = number > 0 ? frame - 1 : NULL;
    struct text screen = TEXT_EMPTY;
    if (before && (before->rows != frame->rows || before->cols != frame->cols)) {
        text_printf(&screen, "%dx%d", frame->cols, frame->rows);
        put_event(cast, frame->ms, "r", text_string(&screen));
        text_cut(&screen, 0);
        before = NULL;
    }
    text_put(&screen, before ? "" : "\033[?25l\033[2J");
    put_rows(&screen, film, frame, before);
    put_cursor(&screen, frame, before);
    if (screen.length > 0) {
        put_event(cast, frame->ms, "o", text_string(&screen));
    }
    cast->out->failed |= screen.failed;
    text_free(&screen);
}

static void put_cast(struct cast *cast) {
    const struct film *film = cast->film;
    size_t mark = 0;
    put_head(cast);
    for (size_t n = 0; n < film->count; n++) {
        put_frame(cast, n);
        for (; mark < film->mark_count && film->marks[mark].frame <= n; mark++) {
            put_event(cast, film->frames[n].ms, "m", film->marks[mark].name);
        }
    }
    put_event(cast, film->end, "o", "\033[0m\033[?25h"); /* so long the last one stays */
    if (cast->intervals) {
        put_event(cast, film->end, "x", "0");
    }
}

void film_cast2(struct text *out, const struct film *film) {
    struct cast cast = {.out = out, .film = film};
    put_cast(&cast);
}

void film_cast3(struct text *out, const struct film *film) {
    struct cast cast = {.out = out, .film = film, .intervals = true};
    put_cast(&cast);
}
