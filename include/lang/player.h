/*
 * lang/player.h - a scene while it plays: where it stands, its pauses and marks,
 * and the way back.
 *
 * The player runs statements on a session and stops at pauses. It keeps where it stood
 * at each of them (states share their models), so that going back lands exactly on what
 * playing forwards showed; what the bound on memory took is made again by running the
 * scene from the stop before it, for a scene does the same each time. At a pause the
 * user may do anything, and undo his own changes, not the scene's; going on takes up the
 * scene where it was, unless he keeps what he has.
 */
#ifndef BACKSTEP_LANG_PLAYER_H
#define BACKSTEP_LANG_PLAYER_H

#include "lang/command.h"
#include "lang/source.h"

enum stop_reason {
    STOP_START,   /* nothing has run yet */
    STOP_PAUSE,   /* at a `pause` */
    STOP_ASK,     /* at an `ask`: the session's state holds the question */
    STOP_CONSENT, /* a statement would write `file`: it is run again once the runner may */
    STOP_WAIT,    /* a `wait` of `seconds` */
    STOP_TYPE,    /* `typed` bytes of a `type` line stand at the prompt, for `seconds` */
    STOP_END,     /* nothing is left */
    STOP_QUIT,
    STOP_ERROR, /* `error` tells; the statement is player.next - 1 */
};

/* A place of the scene that can be gone back to. */
struct stop {
    enum stop_reason reason; /* a pause, a wait, or the empty prompt before typing */
    char *name;              /* of a mark, whatever the reason; else NULL */
    size_t next;             /* the statement after it; of typing, the statement itself */
    size_t pauses;           /* pauses passed up to here */
    double seconds, speed;
    bool pinned;                /* the bound on memory does not take it: the start, marks, */
    bool kept;                  /* ... and what the user let the scene go on with */
    struct place_in_time place; /* the state there, and what can be undone */
};

struct player {
    struct runner runner;
    const struct source *source; /* the caller's */
    size_t next;                 /* the statement to run next */
    size_t pauses;               /* pauses and questions passed */
    bool answers;                /* hands-off: questions are passed over */
    enum stop_reason reason;     /* where it stands */
    char file[64];               /* STOP_CONSENT: its name, or the beginning */
    size_t typed;                /* STOP_TYPE: so many bytes of the line are shown */
    double seconds;              /* how long it stands here, at speed 1: of a wait, of typing */
    double speed;                /* as the scene set it; 1 at first */
    struct stop *stops;          /* what was passed, in the scene's order */
    size_t stop_count, stop_capacity;
    bool moved; /* `here` holds where the scene stands */
    struct place_in_time here;
    void (*output)(void *context, const struct result *result); /* after each statement; NULL */
    void *context;
};

/* Begin a scene on the runner's session. */
void player_open(struct player *player, const struct runner *runner, const struct source *source);
void player_close(struct player *player);

/* Run on to the next pause, wait, letter typed, or end. With `through_waits` only pauses
 * stop. */
enum stop_reason player_run(struct player *player, bool through_waits, struct error *error);

/* Like player_run(), from where the scene stopped last: what the user did since is
 * dropped. */
enum stop_reason player_continue(struct player *player, bool through_waits, struct error *error);

/* Back to the pause before the present one, or to whatever it stopped for before; false
 * where there is none. */
bool player_previous(struct player *player);
bool player_rewind(struct player *player);

/* To where the scene began: run on from there. */
bool player_restart(struct player *player);

/* To the last place whose time is within this share, 0 to 1, of the whole scene's;
 * forwards the scene is run. False where an error came first: `error` is filled. */
bool player_seek(struct player *player, double share, struct error *error);

/* How much of the scene's time is past where it stands, 0 to 1. */
double player_share(const struct player *player);

/* The line that a scene is typing, of which player.typed bytes are shown; NULL for none. */
const char *player_typing(const struct player *player, size_t *length);

/* Let all of it be shown, so that it is entered next. */
void player_type_all(struct player *player);

/* Nothing is left to run. */
bool player_is_over(const struct player *player);

/* Was a mark of this name passed, or does one lie ahead? */
bool player_has_mark(const struct player *player, const char *name);

/* To a mark by name, or to the next or the previous one; forwards the scene is run.
 * False where there is none (or where an error came first: `error` is filled). */
bool player_goto_mark(struct player *player, const char *name, struct error *error);
bool player_next_mark(struct player *player, struct error *error);
bool player_previous_mark(struct player *player);

/* The error for a name that `goto` cannot go to, at its column: what may have been meant, or
 * `where` there is no such mark, a few words. `player` NULL: there is no scene. */
enum status player_nowhere(const struct player *player, const struct model *model, const char *name,
                           size_t column, const char *where, struct error *error);

/* Of another text of the same scene, just opened: play it silently to where that one
 * stands, as many pauses behind the same mark. False where an error came first. */
bool player_follow(struct player *player, const struct player *other, struct error *error);

/* Let the scene go on from what the session has now, until one goes back before that. */
bool player_keep(struct player *player);

/* Does the scene stand on what the user kept? */
bool player_is_kept(const struct player *player);

/* Has the session's state been changed since the scene stopped? */
bool player_off_script(const struct player *player);

/* ... or its model, which going on would drop? */
bool player_drops(const struct player *player);

/* How many seconds the pause here lasts when nobody presses a key: time to read what is
 * said. */
double player_reading_time(const struct player *player);

/* How many pauses the scene has in all. */
size_t player_pause_count(const struct player *player);

#endif
