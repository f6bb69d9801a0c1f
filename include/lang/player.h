/*
 * lang/player.h - a scene while it plays: where it stands, its pauses and marks,
 * and the way back.
 *
 * The player runs statements on a session and stops at pauses. It keeps the state
 * of every pause and mark that it has passed (states share their models), so that
 * going back lands exactly on what playing forwards showed. At a pause the user
 * may do anything; going on takes up the scene where it was.
 */
#ifndef BACKSTEP_LANG_PLAYER_H
#define BACKSTEP_LANG_PLAYER_H

#include "lang/command.h"
#include "lang/source.h"

enum stop_reason {
    STOP_PAUSE, /* at a `pause` */
    STOP_WAIT,  /* a `wait` of `seconds` */
    STOP_END,   /* nothing is left */
    STOP_QUIT,
    STOP_ERROR, /* `error` tells; the statement is player.next - 1 */
};

/* A place of the scene that can be gone back to. */
struct stop {
    size_t next;        /* the statement after it */
    size_t pauses;      /* pauses passed up to here */
    struct state state; /* as it was there */
    char *name;         /* of a mark; NULL for a pause */
};

struct player {
    struct runner runner;
    const struct source *source; /* the caller's */
    size_t next;                 /* the statement to run next */
    size_t pauses;               /* pauses passed */
    struct stop *stops;          /* pauses and marks passed, in the scene's order */
    size_t stop_count, stop_capacity;
    bool moved; /* `here` holds the state at the present stop */
    struct state here;
    double seconds; /* of the last wait */
    double speed;   /* as the scene set it; 1 at first */
    void (*output)(void *context, const struct result *result); /* after each statement; NULL */
    void *context;
};

/* Begin a scene on the runner's session. */
void player_open(struct player *player, const struct runner *runner, const struct source *source);
void player_close(struct player *player);

/* Run on to the next pause, wait or end. With `through_waits` waits do not stop. */
enum stop_reason player_run(struct player *player, bool through_waits, struct error *error);

/* Like player_run(), from where the scene stopped last: what the user did since is
 * dropped. */
enum stop_reason player_continue(struct player *player, bool through_waits, struct error *error);

/* Back to the pause before the present one; false where there is none. */
bool player_previous(struct player *player);

/* To a mark by name, or to the next or the previous one; forwards the scene is run.
 * False where there is none (or where an error came first: `error` is filled). */
bool player_goto_mark(struct player *player, const char *name, struct error *error);
bool player_next_mark(struct player *player, struct error *error);
bool player_previous_mark(struct player *player);

/* Has the session's state been changed since the scene stopped? */
bool player_off_script(const struct player *player);

/* How many seconds the pause here lasts when nobody presses a key: time to read what is
 * said. */
double player_reading_time(const struct player *player);

/* How many pauses the scene has in all. */
size_t player_pause_count(const struct player *player);

#endif
