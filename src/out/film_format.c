/*
 * out/film_format.c - the table of the ways to write a film down, and the two plain
 * ones: frames as text, one below the other.
 */
#include <string.h>

#include "base/table.h"
#include "frame.h"
#include "out/film.h"

/* ---- frames as text ---- */

static void put_frames(struct text *out, const struct film *film,
                       void (*put_row)(struct text *out, const struct canvas *canvas, int row,
                                       const struct theme *theme)) {
    for (size_t n = 0; n < film->count; n++) {
        const struct film_frame *frame = &film->frames[n];
        text_put(out, n > 0 ? "\n" : "");
        for (int row = 0; row < frame->rows; row++) {
            struct canvas canvas = film_canvas_row(film, frame, row);
            put_row(out, &canvas, 0, film->theme);
            text_put_char(out, '\n');
        }
    }
}

static void put_plain_row(struct text *out, const struct canvas *canvas, int row,
                          const struct theme *theme) {
    (void)theme;
    frame_text_row(out, canvas, row);
}

static void film_text(struct text *out, const struct film *film) {
    put_frames(out, film, put_plain_row);
}

static void film_ansi(struct text *out, const struct film *film) {
    put_frames(out, film, frame_ansi_row);
}

/* ---- the table ---- */

static const struct film_format formats[] = {
    {"text", ".txt", "plain text", FILM_STILL, film_text},
    {"ansi", ".ansi", "text in the colours of a terminal", FILM_STILL | FILM_COLORS, film_ansi},
    {"svg", ".svg", "a picture; of several screens, one that moves",
     FILM_STILL | FILM_MOVES | FILM_COLORS, film_svg},
    {"html", ".html", "a page that plays the scene, and tells it in words",
     FILM_STILL | FILM_MOVES | FILM_COLORS | FILM_PLAYS, film_html},
    {"cast", ".cast", "a recording for asciinema (asciicast v2)",
     FILM_MOVES | FILM_COLORS | FILM_PLAYS, film_cast2},
    {"cast3", ".cast", "the same for asciinema 3 (asciicast v3)",
     FILM_MOVES | FILM_COLORS | FILM_PLAYS, film_cast3},
};

const struct film_format *film_format_at(size_t index) {
    return TABLE_AT(formats, index);
}

static bool ends_in(const char *path, const char *ending) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *at = string_ending(name, ending);
    return at && at > name;
}

/* The endings of a trait, each once. */
static void put_endings(struct text *out, int trait) {
    const char *endings[TABLE_COUNT(formats)] = {NULL};
    size_t count = 0;
    for (size_t n = 0; n < TABLE_COUNT(formats); n++) {
        bool again = count > 0 && strcmp(endings[count - 1], formats[n].ending) == 0;
        if ((formats[n].traits & trait) && !again) {
            endings[count++] = formats[n].ending;
        }
    }
    for (size_t n = 0; n < count; n++) {
        text_printf(out, "%s'%s'", n == 0 ? "" : n + 1 == count ? " or " : ", ", endings[n]);
    }
}

const struct film_format *film_format_of(const char *path, int trait, struct error *error) {
    for (size_t n = 0; n < TABLE_COUNT(formats); n++) {
        if ((formats[n].traits & trait) && ends_in(path, formats[n].ending)) {
            return &formats[n];
        }
    }
    struct text endings = TEXT_EMPTY;
    put_endings(&endings, trait);
    error_set(error, STATUS_USAGE, "'%s' should end in %s", path, text_string(&endings));
    text_free(&endings);
    return NULL;
}
