/*
 * walk/track.c - segments, snapshots, and going to another update.
 */
#include "walk/track.h"

#include <stdlib.h>
#include <string.h>

#include "net/ask.h"
#include "net/train.h"
#include "version.h"
#include "walk/history.h"

/* A model on the way. */
struct snapshot {
    uint64_t updates;
    struct version *version;
};

/* Updates from an edit on. What is in it is true for everybody who shares it: it says
 * what follows from its first model, however far. */
struct segment {
    size_t references;
    struct history *history;
    struct segment *before;     /* what it goes on from, at its first update; NULL: nothing */
    bool forgotten;             /* ... that is kept */
    struct snapshot *snapshots; /* [SNAPSHOTS_MOST] the first is its beginning */
    size_t count;
    uint64_t distance; /* between two of them, at least */
};

static uint64_t first_of(const struct segment *segment) {
    return segment->snapshots[0].updates;
}

static struct segment *segment_share(struct segment *segment) {
    if (segment) {
        segment->references++;
    }
    return segment;
}

static void drop_snapshot(struct segment *segment, size_t at) {
    history_release(segment->history, segment->snapshots[at].version);
    version_drop(segment->snapshots[at].version);
    segment->count--;
    memmove(segment->snapshots + at, segment->snapshots + at + 1,
            (segment->count - at) * sizeof *segment->snapshots);
}

static void segment_drop(struct segment *segment) {
    while (segment && --segment->references == 0) {
        struct segment *before = segment->before;
        while (segment->count > 0) {
            drop_snapshot(segment, segment->count - 1);
        }
        free(segment->snapshots);
        history_drop(segment->history);
        free(segment);
        segment = before;
    }
}

/* Add a snapshot behind the last; takes the version. False when memory is short. */
static bool add_snapshot(struct segment *segment, uint64_t updates, struct version *version) {
    if (!history_hold(segment->history, version)) {
        version_drop(version);
        return false;
    }
    segment->snapshots[segment->count++] = (struct snapshot){updates, version};
    return true;
}

/* A segment that begins with this version; takes it, and the reference `before`. */
static struct segment *segment_new(struct history *history, struct segment *before,
                                   struct version *version) {
    struct segment *segment = memory_array(1, sizeof *segment);
    struct snapshot *snapshots = memory_array(SNAPSHOTS_MOST, sizeof *snapshots);
    if (!segment || !snapshots) {
        version_drop(version);
        segment_drop(before);
        free(segment);
        free(snapshots);
        return NULL;
    }
    *segment = (struct segment){.references = 1,
                                .history = history_share(history),
                                .before = before,
                                .snapshots = snapshots,
                                .distance = 1};
    if (!add_snapshot(segment, version->model->updates, version)) {
        segment_drop(segment);
        return NULL;
    }
    return segment;
}

struct track track_copy(const struct track *track) {
    return (struct track){segment_share(track->segment), track->last};
}

void track_close(struct track *track) {
    segment_drop(track->segment);
    *track = (struct track){0};
}

/* The segment that an update is on; NULL where it is forgotten. */
static struct segment *segment_at(const struct track *track, uint64_t updates) {
    struct segment *segment = track->segment;
    while (segment && first_of(segment) > updates) {
        segment = segment->before;
    }
    return segment;
}

/* Where the line leaves a segment; the newest goes as far as the state did. */
static uint64_t end_of(const struct track *track, const struct segment *segment) {
    uint64_t end = track->last;
    for (const struct segment *s = track->segment; s && s != segment; s = s->before) {
        end = first_of(s);
    }
    return end;
}

/* ---- as commands are done ---- */

enum status track_begin(struct state *state, struct history *history) {
    struct segment *segment = segment_new(history, NULL, version_share(state->version));
    if (!segment) {
        return STATUS_MEMORY;
    }
    track_close(&state->track);
    state->track = (struct track){segment, state_model(state)->updates};
    return STATUS_OK;
}

enum status track_edited(struct state *draft, const struct state *now, struct history *history) {
    uint64_t updates = state_model(draft)->updates;
    bool goes_on = draft->origin == now->origin && updates == state_model(now)->updates;
    struct segment *from = goes_on ? segment_at(&now->track, updates) : NULL;
    enum status status = track_begin(draft, history);
    if (status != STATUS_OK || !goes_on) {
        return status;
    }
    struct segment *segment = draft->track.segment;
    bool same = from && first_of(from) == updates; /* another edit in the same iteration */
    segment->forgotten = !from || (same && from->forgotten);
    segment->before = segment_share(same ? from->before : from);
    curve_cut(&draft->curve, updates);
    return STATUS_OK;
}

/* Every second one goes. */
static void halve(struct segment *segment) {
    segment->distance *= 2;
    for (size_t at = 1; at < segment->count;) {
        uint64_t apart = segment->snapshots[at].updates - segment->snapshots[at - 1].updates;
        if (apart < segment->distance) {
            drop_snapshot(segment, at);
        } else {
            at++;
        }
    }
}

static bool wants_snapshot(struct segment *segment, uint64_t updates) {
    uint64_t last = segment->snapshots[segment->count - 1].updates;
    if (updates <= last || updates - last < segment->distance) {
        return false;
    }
    while (segment->count == SNAPSHOTS_MOST) {
        halve(segment);
    }
    return updates - segment->snapshots[segment->count - 1].updates >= segment->distance;
}

void track_trained(struct state *draft, const struct state *now) {
    uint64_t before = state_model(now)->updates, after = state_model(draft)->updates;
    struct track *track = &draft->track;
    struct segment *segment = segment_at(&now->track, before);
    if (!segment) {
        return;
    }
    uint64_t end = end_of(&now->track, segment);
    if (segment != track->segment && after > end) { /* past an edit, which falls out */
        struct track left = {segment_share(segment), after};
        track_close(track);
        *track = left;
    }
    if (segment == track->segment && after > track->last) {
        track->last = after;
    }
    if (wants_snapshot(segment, before)) { /* undo keeps that model anyway */
        add_snapshot(segment, before, version_share(now->version));
    }
}

static void note(struct segment *segment, const struct model *model) {
    struct history *history = segment->history;
    if (history->bytes + history_model_bytes(model) > history->bound / 2 ||
        !wants_snapshot(segment, model->updates)) {
        return;
    }
    struct model *copy = model_copy(model);
    struct version *version = copy ? version_new(copy) : NULL;
    if (version) {
        add_snapshot(segment, model->updates, version);
    } else {
        model_close(copy);
    }
}

void track_note(const struct state *state) {
    const struct model *model = state->version->model;
    struct segment *segment = segment_at(&state->track, model->updates);
    if (segment) {
        note(segment, model);
    }
}

/* ---- to another update ---- */

uint64_t track_first(const struct track *track, bool *forgotten) {
    const struct segment *segment = track->segment;
    while (segment && segment->before) {
        segment = segment->before;
    }
    *forgotten = segment && segment->forgotten;
    return segment ? first_of(segment) : 0;
}

/* So many updates one by one, whatever becomes of the model. Fewer where `stop` said so. */
static enum status step_on(struct model *model, uint64_t updates, bool (*stop)(void *context),
                           void *context) {
    struct ask ask = {.stop = stop, .context = context};
    size_t products = model_work(model);
    enum status status = STATUS_OK;
    while (updates-- > 0 && status == STATUS_OK && !ask_stop(&ask, products, ASK_PRODUCTS)) {
        status = model_update(model);
        status = status == STATUS_OK ? model_compute_long(model, stop, context) : status;
    }
    return status;
}

/* So many updates, by the fast way as long as the model stays sound, which training
 * minds and stepping does not. Fewer where `stop` said so; STATUS_INTERRUPTED where it did in
 * the middle of one. */
static enum status replay(struct model *model, uint64_t updates, bool (*stop)(void *context),
                          void *context) {
    uint64_t done = 0;
    struct error unsound = {0};
    enum status status = model_train(model, updates, stop, context, &done, &unsound);
    return status == STATUS_INPUT ? step_on(model, updates - done, stop, context) : status;
}

static enum status tell_stopped(const struct model *model, uint64_t updates, struct error *error) {
    return error_set(error, STATUS_INPUT, "stopped at update %llu on the way to %llu",
                     (unsigned long long)model->updates, (unsigned long long)updates);
}

/* Go on to an update, leaving snapshots on the way where they are wanted. */
static enum status replay_to(struct model *model, struct segment *segment, uint64_t updates,
                             bool (*stop)(void *context), void *context, struct error *error) {
    while (model->updates < updates) {
        uint64_t left = updates - model->updates;
        uint64_t stride = segment->distance > SNAPSHOTS_MOST ? segment->distance : SNAPSHOTS_MOST;
        uint64_t next = model->updates + (left < stride ? left : stride);
        enum status status = replay(model, next - model->updates, stop, context);
        if (status == STATUS_MEMORY) {
            return error_memory(error);
        }
        if (status == STATUS_INTERRUPTED || model->updates < next) {
            return tell_stopped(model, updates, error);
        }
        note(segment, model);
    }
    return STATUS_OK;
}

static enum status refuse(const struct track *track, uint64_t updates, struct error *error) {
    bool forgotten;
    unsigned long long to = updates, first = track_first(track, &forgotten), last = track->last;
    if (track->segment && updates > last) {
        return error_set(error, STATUS_INPUT,
                         "update %llu is not made yet: 'train %llu' goes there from update %llu",
                         to, to - last, last);
    }
    if (forgotten && track->segment) {
        return error_set(error, STATUS_INPUT,
                         "update %llu is gone: the history keeps %zu MiB, and goes back to "
                         "update %llu ('set history' changes that)",
                         to, track->segment->history->bound >> 20, first);
    }
    return error_set(error, STATUS_INPUT, "the updates begin with number %llu here", first);
}

enum status track_travel(struct state *state, uint64_t updates, bool (*stop)(void *context),
                         void *context, struct error *error) {
    struct segment *segment =
        updates <= state->track.last ? segment_at(&state->track, updates) : NULL;
    if (!segment) {
        return refuse(&state->track, updates, error);
    }
    size_t at = segment->count - 1;
    while (segment->snapshots[at].updates > updates) {
        at--;
    }
    struct version *version = version_share(segment->snapshots[at].version);
    if (version->model->updates < updates) {
        struct model *model = model_copy(version->model);
        version_drop(version);
        enum status status =
            model ? replay_to(model, segment, updates, stop, context, error) : error_memory(error);
        version = status == STATUS_OK ? version_new(model) : NULL;
        if (!version) {
            model_close(model);
            return status == STATUS_OK ? error_memory(error) : status;
        }
    }
    version_drop(state->version);
    state->version = version;
    return STATUS_OK;
}

/* ---- giving back ---- */

bool track_thin(const struct track *track) {
    bool any = false;
    for (struct segment *segment = track->segment; segment; segment = segment->before) {
        any = any || segment->count > 2;
        while (segment->count > 2) { /* the last is often undo's own */
            drop_snapshot(segment, 1);
        }
    }
    return any;
}

bool track_shorten(const struct track *track) {
    struct segment *segment = track->segment;
    if (!segment || segment->count < 2) {
        return false;
    }
    track_cut(track);
    drop_snapshot(segment, 0);
    segment->forgotten = true;
    return true;
}

void track_cut(const struct track *track) {
    struct segment *segment = track->segment;
    if (segment && segment->before) {
        segment_drop(segment->before);
        segment->before = NULL;
        segment->forgotten = true;
    }
}
