/*
 * app/recording.h - `--record`: a live session as a film. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_RECORDING_H
#define BACKSTEP_SRC_APP_RECORDING_H

#include "lang/player.h"
#include "out/film.h"
#include "shoot.h"

struct recording {
    const char *path; /* NULL: nothing is recorded */
    const struct film_format *format;
    struct film film;
    double began; /* seconds of the monotonic clock */
    size_t stops; /* of the player that were looked at for marks */
    struct narrator narrator;
    bool on;
};

/* Record from now on, to be written to `path`: it is looked at first whether that can be. */
enum status recording_open(struct recording *recording, const char *path, const struct theme *theme,
                           struct error *error);

/* What is shown now, of a state; `player` is the scene's, NULL for none. Where it `tells`
 * the frame is there in words too. Where memory is short the recording ends. */
enum status recording_take(struct recording *recording, const struct canvas *canvas,
                           const struct state *state, bool tells, const struct player *player);

void recording_scene(struct recording *recording); /* another scene begins */

/* Write the film, if anything was recorded, and close it. */
enum status recording_close(struct recording *recording, const char *title, struct error *error);

#endif
