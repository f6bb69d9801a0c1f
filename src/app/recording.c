/*
 * app/recording.c - a live session as a film: every screen that was shown, at the time
 * at which it was. It is kept in memory, and written when the program ends.
 */
#include "recording.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "seconds.h"

/* What the user hears of first: an ending that says nothing, a folder that is not there. */
enum status recording_open(struct recording *recording, const char *path, const struct theme *theme,
                           struct error *error) {
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
    film_open(&recording->film, theme);
    recording->path = path;
    recording->on = true;
    return STATUS_OK;
}

static uint64_t milliseconds(const struct recording *recording) {
    return (uint64_t)llround((seconds_now() - recording->began) * 1000);
}

enum status recording_take(struct recording *recording, const struct canvas *canvas,
                           const struct state *state, bool tells, const struct player *player) {
    enum status status = STATUS_OK;
    if (!recording->on) {
        return STATUS_OK;
    }
    if (recording->film.count == 0) {
        recording->began = seconds_now();
    }
    if (player) {
        status = shoot_marks(&recording->film, player, &recording->stops);
    }
    bool rest = !player || player->reason == STOP_PAUSE;
    struct text words = TEXT_EMPTY;
    if (status == STATUS_OK && rest && tells) {
        status = narrator_tell(&recording->narrator, state, canvas->ascii, &words);
    }
    if (status == STATUS_OK) {
        status = film_add(&recording->film, milliseconds(recording), canvas, rest, state->say,
                          text_string(&words));
    }
    text_free(&words);
    recording->on = status == STATUS_OK;
    return status;
}

void recording_scene(struct recording *recording) {
    recording->stops = 0;
}

enum status recording_close(struct recording *recording, const char *title, struct error *error) {
    enum status status = STATUS_OK;
    if (recording->film.count > 0) {
        struct text bytes = TEXT_EMPTY;
        film_finish(&recording->film, milliseconds(recording));
        status = film_set_title(&recording->film, title);
        recording->format->write(&bytes, &recording->film);
        if (status != STATUS_OK || bytes.failed) {
            status = error_memory(error);
        } else {
            status = file_write(recording->path, text_string(&bytes), bytes.length, error);
        }
        text_free(&bytes);
    }
    narrator_close(&recording->narrator);
    film_close(&recording->film);
    return status;
}
