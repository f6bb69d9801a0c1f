/*
 * lang/format_frame.c - `export frame`: what the screen shows, as a film of one frame.
 */
#include <stdlib.h>

#include "call.h"
#include "out/film.h"
#include "view/view.h"

/* The screen as the runner shows it, or as one of 80x24 would. */
static enum status draw_screen(struct call *call, struct canvas *canvas,
                               const struct theme **theme) {
    const struct runner *runner = call->runner;
    if (runner->screen) {
        return runner->screen(runner->context, call->state, canvas, theme);
    }
    *theme = theme_at(0);
    if (canvas_open(canvas, 24, 80, false) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    struct view view = {.state = call->state};
    canvas->halves = theme_has_heat(*theme);
    view_compose(&view, canvas);
    return STATUS_OK;
}

static const struct film_format *frame_format(struct call *call, const struct word *file) {
    if (word_is(file, "-")) {
        return film_format_at(0);
    }
    char *name = word_copy(file);
    const struct film_format *format = NULL;
    if (!name) {
        error_memory(call->error);
    } else if (!(format = film_format_of(name, FILM_STILL, call->error))) {
        struct error error = *call->error;
        word_error(call, file, "%s", error.text);
    }
    free(name);
    return format;
}

enum status frame_write(struct call *call, const struct word *file, struct text *out) {
    const struct film_format *format = frame_format(call, file);
    const struct theme *theme;
    struct canvas canvas;
    if (!format) {
        return call->error->status;
    }
    if (draw_screen(call, &canvas, &theme) != STATUS_OK) {
        return error_memory(call->error);
    }
    struct film film;
    film_open(&film, theme);
    enum status status = film_set_title(&film, call->state->title);
    if (status == STATUS_OK) {
        status = film_add(&film, 0, &canvas, true, call->state->say, NULL);
    }
    if (status == STATUS_OK) {
        format->write(out, &film);
    }
    film_close(&film);
    canvas_close(&canvas);
    return status == STATUS_OK ? STATUS_OK : error_memory(call->error);
}
