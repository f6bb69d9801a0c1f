/*
 * app/shoot.h - a scene as a film, on a clock of its own. Private to app/.
 *
 * Time passes in pauses (as long as reading takes) and in waits; all else takes none. So
 * the film is the same on every machine.
 */
#ifndef BACKSTEP_SRC_APP_SHOOT_H
#define BACKSTEP_SRC_APP_SHOOT_H

#include "lang/player.h"
#include "out/film.h"

/* Who tells a film's frames in words. */
struct narrator {
    bool told; /* `before` is the state that was told last */
    struct state before;
};
void narrator_close(struct narrator *narrator);

/* Append what is new since it was asked last; where the walk stands at first. The title
 * and the narration have places of their own in a film. */
enum status narrator_tell(struct narrator *narrator, const struct state *now, bool ascii,
                          struct text *words);

struct shoot {
    struct session *session;
    struct player *player; /* NULL: no scene */
    struct film *film;
    const struct state *before; /* what has changed since is shown as old -> new; or NULL */
    const struct key_bindings *bindings; /* what the scene makes of the keys */
    const struct theme *const *theme;    /* which may change under way */
    int rows, cols;
    bool ascii, colors; /* the format shows colours; whether the theme has any is its own */
    bool moves;         /* waits are frames too, on the film's clock; else only pauses are */
    double speed;       /* times as fast */
    double seconds;     /* of the film, so far */
    size_t stops;       /* of the player that were looked at for marks */
    struct narrator narrator;
};
void shoot_close(struct shoot *shoot);

/* A frame of what is to be seen now, lasting `seconds` of the film. */
enum status shoot_frame(struct shoot *shoot, double seconds, struct error *error);

/* Run the scene to its end: a frame wherever it stops. With `film` NULL it only runs. */
enum status shoot_scene(struct shoot *shoot, struct error *error);

/* An error of the statement that a player ran last, with its place, as the whole text. */
enum status shoot_error(const struct player *player, struct error *error);

/* The marks that a player has passed since `*stops` were looked at. */
enum status shoot_marks(struct film *film, const struct player *player, size_t *stops);

#endif
