/*
 * app/live_record.c - a live session as a film: every screen that was shown, at the time
 * at which it was. It is kept in memory, and written when the program ends.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "live.h"

/* What the user hears of first: an ending that says nothing, a folder that is not there. */
enum status live_record_open(struct live *live, struct error *error) {
    const char *path = live->options->record;
    struct recording *recording = &live->recording;
    if (!path) {
        return STATUS_OK;
    }
    recording->format = film_format_of(path, FILM_MOVES, error);
    if (!recording->format) {
        return error->status;
    }
    char *folder = file_folder(path);
    bool writable = access(folder ? folder : ".", W_OK | X_OK) == 0;
    free(folder);
    if (!writable) {
        return error_set(error, STATUS_IO, "cannot write '%s': its folder is not there to write in",
                         path);
    }
    film_open(&recording->film, live->theme);
    recording->on = true;
    return STATUS_OK;
}

static uint64_t milliseconds(const struct live *live) {
    return (uint64_t)llround((live_seconds() - live->recording.began) * 1000);
}

void live_record(struct live *live, const struct state *state) {
    struct recording *recording = &live->recording;
    bool scene = live->source.name != NULL;
    enum status status = STATUS_OK;
    if (!recording->on) {
        return;
    }
    if (recording->film.count == 0) {
        recording->began = live_seconds();
    }
    if (scene) {
        status = shoot_marks(&recording->film, &live->player, &recording->stops);
    }
    bool rest = !scene || live->player.reason == STOP_PAUSE;
    struct text words = TEXT_EMPTY;
    if (status == STATUS_OK && rest && state == &live->session.now) { /* no preview */
        status = narrator_tell(&recording->narrator, state, live->canvas.ascii, &words);
    }
    if (status == STATUS_OK) {
        status = film_add(&recording->film, milliseconds(live), &live->canvas, rest, state->say,
                          text_string(&words));
    }
    text_free(&words);
    if (status != STATUS_OK) {
        recording->on = false;
        live_message(live, true, "the recording ends here: out of memory");
    }
}

void live_record_scene(struct live *live) {
    live->recording.stops = 0;
}

enum status live_record_close(struct live *live, struct error *error) {
    struct recording *recording = &live->recording;
    enum status status = STATUS_OK;
    if (recording->film.count > 0) {
        const char *title = live->session.now.title;
        struct text bytes = TEXT_EMPTY;
        film_finish(&recording->film, milliseconds(live));
        status = film_set_title(&recording->film, title ? title : live->source.name);
        recording->format->write(&bytes, &recording->film);
        if (status != STATUS_OK || bytes.failed) {
            status = error_memory(error);
        } else {
            status = file_write(live->options->record, text_string(&bytes), bytes.length, error);
        }
        text_free(&bytes);
    }
    narrator_close(&recording->narrator);
    film_close(&recording->film);
    return status;
}
