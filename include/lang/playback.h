/*
 * lang/playback.h - a scene in time: waits, typing, hands-off play, holding, speed.
 *
 * A player stops at moments; a playback says how long each of them lasts, on a clock
 * that the caller supplies: the machine's for a person, a virtual one for files. So the
 * frames of a film are, on any machine:
 *
 *     double time = 0;
 *     playback_open(&playback, &player, clock_virtual(&time), 1);
 *     playback.playing = true;
 *     playback_stopped(&playback, player_run(&player, false, &error));
 *     while (playback_due(&playback, &left)) {
 *         ... draw: the frame begins at `time` and lasts `left` ...
 *         time += left;
 *         playback_tick(&playback, &reason, &error);
 *     }
 *
 * Seconds are those of the clock, whatever the speed. At a pause nothing is due unless
 * the scene plays hands-off; waits and typing always go on by themselves.
 */
#ifndef BACKSTEP_LANG_PLAYBACK_H
#define BACKSTEP_LANG_PLAYBACK_H

#include "lang/player.h"

/* Seconds from any beginning, never fewer than before. */
struct clock {
    double (*now)(void *context);
    void *context;
};

/* A clock that shows what `*time` says. */
struct clock clock_virtual(double *time);

struct playback {
    struct player *player; /* the caller's */
    struct clock clock;
    double rate;  /* as the user wants it, beside the scene's own speed */
    bool playing; /* hands-off: pauses are timed */
    bool held;    /* ... but not now */
    bool waiting; /* the scene goes on at `due`, or `left` after it is let go */
    bool over;    /* the time of its last moment is up */
    double due, left;
};

#define PLAYBACK_SLOWEST (1.0 / 16)
#define PLAYBACK_FASTEST 64.0

void playback_open(struct playback *playback, struct player *player, struct clock clock,
                   double rate);

/* The player has stopped: its moment begins now. */
void playback_stopped(struct playback *playback, enum stop_reason reason);

/* Seconds until the scene goes on by itself, 0 or more; false where it does not. */
bool playback_due(const struct playback *playback, double *left);

/* Where the time has come, go on: true, and `*reason` is what the player stopped for
 * next. At the scene's end nothing runs, and `over` is set. */
bool playback_tick(struct playback *playback, enum stop_reason *reason, struct error *error);

/* Play hands-off from here, or wait at pauses again; hold, or let go. */
void playback_play(struct playback *playback, bool playing);
void playback_hold(struct playback *playback, bool held);

/* As fast as this, within the bounds; what is left of a wait changes with it. */
void playback_set_rate(struct playback *playback, double rate);

#endif
