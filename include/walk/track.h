/*
 * walk/track.h - the line of updates that leads to a state, to go back and forth on.
 *
 * An iteration follows from the model before it alone. So the line is kept as segments,
 * one from each edit on, and a segment as the model that it began with, a few models
 * further on (snapshots, at most SNAPSHOTS_MOST, evenly apart: their distance doubles
 * when there are too many), and nothing else: any other update is computed again from
 * the nearest snapshot before it, to the last bit, by the very code that made it. Going
 * to a place costs at most as many updates as lie between two snapshots.
 *
 * Updates count from the last `net`, `load`, `init` or `reset`. An edit after going
 * back begins a new segment there: what came after it is no longer on the line, and
 * comes back with `undo`. Several edits in one iteration are one: the last counts.
 */
#ifndef BACKSTEP_WALK_TRACK_H
#define BACKSTEP_WALK_TRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct history;
struct model;
struct segment;
struct state;

enum { SNAPSHOTS_MOST = 64 };

/* A state's place on its line: the newest segment, shared with other states, and how
 * far it goes. */
struct track {
    struct segment *segment; /* NULL: no line is kept */
    uint64_t last;           /* the newest update on it */
};

struct track track_copy(const struct track *track); /* shares */
void track_close(struct track *track);

/* Begin a line with this state's model. */
enum status track_begin(struct state *state, struct history *history);

/* `draft` came from `now` by an edit, or by updates. */
enum status track_edited(struct state *draft, const struct state *now, struct history *history);
void track_trained(struct state *draft, const struct state *now);

/* Keep a snapshot of the present model while it trains, where one is wanted and less
 * than half of what the history may keep is in use. */
void track_note(const struct state *state);

/* The first update that can be gone back to; `*forgotten` where there were earlier ones. */
uint64_t track_first(const struct track *track, bool *forgotten);

/* Put the model of another update of the line in place of the state's. `stop` is asked
 * now and then, and NULL is allowed. On failure `error` says why, and the state is as
 * it was. */
enum status track_travel(struct state *state, uint64_t updates, bool (*stop)(void *context),
                         void *context, struct error *error);

/* Give memory back: all snapshots of the line but the first of each segment; and the
 * beginning of the line, up to the next snapshot. False where there is none to give. */
bool track_thin(const struct track *track);
bool track_shorten(const struct track *track);

/* Forget what comes before the newest segment of a line. */
void track_cut(const struct track *track);

#endif
