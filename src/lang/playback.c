/*
 * lang/playback.c - how long the moments of a scene last.
 */
#include "lang/playback.h"

#include "lang/quiz.h"

/* A time is up when less than this is left of it: a sum of times has its rounding. */
static const double moment = 1e-6;

static double virtual_now(void *context) {
    return *(const double *)context;
}

struct clock clock_virtual(double *time) {
    return (struct clock){virtual_now, time};
}

static double now(const struct playback *playback) {
    return playback->clock.now(playback->clock.context);
}

void playback_open(struct playback *playback, struct player *player, struct clock clock,
                   double rate) {
    *playback = (struct playback){.player = player, .clock = clock, .rate = rate};
}

/* How long the present moment lasts; false where nobody but the user ends it. */
static bool moment_lasts(const struct playback *playback, enum stop_reason reason,
                         double *seconds) {
    *seconds = playback->player->seconds;
    switch (reason) {
    case STOP_WAIT:
    case STOP_TYPE: return true;
    case STOP_PAUSE:
    case STOP_ASK:
    case STOP_END: *seconds = player_reading_time(playback->player); return playback->playing;
    default: return false;
    }
}

void playback_stopped(struct playback *playback, enum stop_reason reason) {
    double seconds;
    playback->over = false;
    playback->waiting = moment_lasts(playback, reason, &seconds);
    if (playback->waiting) {
        playback->left = seconds / (playback->player->speed * playback->rate);
        playback->due = now(playback) + playback->left;
    }
}

bool playback_due(const struct playback *playback, double *left) {
    if (!playback->waiting || playback->held) {
        return false;
    }
    *left = playback->due - now(playback);
    *left = *left > 0 ? *left : 0;
    return true;
}

bool playback_tick(struct playback *playback, enum stop_reason *reason, struct error *error) {
    double left;
    if (!playback_due(playback, &left) || left > moment) {
        return false;
    }
    playback->waiting = false;
    struct state *state = &playback->player->runner.session->now;
    if (state->question.stage == QUESTION_OPEN && quiz_show(state) == STATUS_OK) {
        *reason = STOP_ASK; /* it answers by itself, for as long as that takes to read */
        playback_stopped(playback, STOP_ASK);
        return true;
    }
    if (player_is_over(playback->player)) {
        *reason = STOP_END;
        playback->over = true;
        return true;
    }
    *reason = player_continue(playback->player, false, error);
    playback_stopped(playback, *reason);
    return true;
}

void playback_play(struct playback *playback, bool playing) {
    playback->playing = playing;
    playback->held = false;
    playback_stopped(playback, playback->player->reason);
}

void playback_hold(struct playback *playback, bool held) {
    if (held && !playback->held) {
        playback->left = playback->due - now(playback);
    } else if (!held && playback->held) {
        playback->due = now(playback) + playback->left;
    }
    playback->held = held;
}

void playback_set_rate(struct playback *playback, double rate) {
    rate = rate < PLAYBACK_SLOWEST   ? PLAYBACK_SLOWEST
           : rate > PLAYBACK_FASTEST ? PLAYBACK_FASTEST
                                     : rate;
    double share = playback->rate / rate;
    playback->left *= share;
    playback->due = now(playback) + (playback->due - now(playback)) * share;
    playback->rate = rate;
}
