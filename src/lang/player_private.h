/*
 * lang/player_private.h - what the files of the player share.
 */
#ifndef BACKSTEP_SRC_LANG_PLAYER_PRIVATE_H
#define BACKSTEP_SRC_LANG_PLAYER_PRIVATE_H

#include "lang/player.h"

/* -- player.c -- */

/* Run the next statement, or show the next letter; true where the scene stops, for
 * player->reason. A silent one tells nobody what it wrote. */
bool player_advance(struct player *player, bool silent, struct error *error);

/* Go back to where the scene stands, where the user has left it, to run on. False: memory. */
bool player_rejoin(struct player *player, struct error *error);

/* Does it stand where running on alone does not take it further? */
bool player_is_stuck(const struct player *player);

/* -- player_stops.c -- */

/* Keep where the session stands as where the scene stands. False: memory. */
bool player_remember(struct player *player);

/* Note the place that has been reached; keep only the first `left` stops. */
bool player_note_stop(struct player *player, enum stop_reason reason, const char *name);
void player_forget_stops(struct player *player, size_t left);

/* Places in the order that they are played in: twice the statement to run next, and one
 * more while that statement is typed. */
size_t player_position(const struct player *player);
size_t stop_position(const struct stop *stop);

/* A mark that was passed; NULL for none. */
struct stop *player_find_mark(const struct player *player, const char *name);

/* -- player_time.c -- */

/* Will the scene, from here on, set this mark (NULL: any)? */
bool player_mark_ahead(const struct player *player, const char *name);

/* The line that a statement types; NULL where it types none. */
const char *typed_line(const struct source *source, size_t index, size_t *length);

/* A letter more is shown: false where all of it was. How long the present one stays. */
bool player_type_letter(struct player *player);
double typing_seconds(const struct player *player);

/* The last position that begins within this share of the scene's time. */
size_t player_position_at(const struct source *source, double share);

#endif
