/*
 * walk/history.c - past states, forgotten when they take too much.
 */
#include "walk/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "history_private.h"

static size_t text_bytes(const struct state *state) {
    const char *texts[] = {state->title,        state->say,           state->watch,
                           state->compare.line, state->question.text, state->question.reply};
    size_t bytes = sizeof(struct past);
    for (size_t n = 0; n < TABLE_COUNT(texts); n++) {
        bytes += texts[n] ? strlen(texts[n]) + 1 : 0;
    }
    return bytes;
}

/* The models that a state holds, one after the other; NULL for what it has not. */
enum { VERSIONS = 4 };
static const struct version *version_at(const struct state *state, size_t n) {
    const struct version *versions[VERSIONS] = {state->version, state->origin,
                                                state->compare.version, state->compare.of};
    return versions[n];
}

static size_t parts_of(const struct state *state) {
    size_t parts = 0;
    for (size_t n = 0; n < VERSIONS; n++) {
        const struct version *version = version_at(state, n);
        parts += version ? history_parts(version->model) : 0;
    }
    return parts;
}

struct past *past_new(struct history *history, struct past *before, enum change change,
                      const struct state *state) {
    struct past *past = memory_array(1, sizeof *past);
    if (!past || !history_reserve(history, parts_of(state))) {
        free(past);
        return NULL;
    }
    *past = (struct past){.references = 1,
                          .history = history_share(history),
                          .before = before,
                          .change = change,
                          .gone = true};
    return past;
}

void past_fill(struct past *past, struct state *state) {
    struct history *history = past->history;
    past->state = *state;
    past->gone = false;
    for (size_t n = 0; n < VERSIONS; n++) {
        if (version_at(state, n)) {
            history_hold_version(history, version_at(state, n));
        }
    }
    history_hold_block(history, state->curve.points);
    history->bytes += text_bytes(state);
    past->older = history->newest;
    *(history->newest ? &history->newest->newer : &history->oldest) = past;
    history->newest = past;
}

/* The state goes; the link stays. */
static void empty(struct past *past) {
    struct history *history = past->history;
    for (size_t n = 0; n < VERSIONS; n++) {
        if (version_at(&past->state, n)) {
            history_release(history, version_at(&past->state, n));
        }
    }
    history_release_block(history, past->state.curve.points);
    history->bytes -= text_bytes(&past->state);
    *(past->older ? &past->older->newer : &history->oldest) = past->newer;
    *(past->newer ? &past->newer->older : &history->newest) = past->older;
    state_close(&past->state);
    past->older = past->newer = NULL;
    past->gone = true;
}

struct past *past_share(struct past *past) {
    if (past) {
        past->references++;
    }
    return past;
}

void past_drop(struct past *past) {
    while (past && --past->references == 0) {
        struct past *before = past->before;
        if (!past->gone) {
            empty(past);
        }
        history_drop(past->history);
        free(past);
        past = before;
    }
}

/* ---- the bound ---- */

static bool forget_oldest(struct history *history, const struct past *keep) {
    struct past *past = history->oldest;
    while (past && (past == keep || past->pins > 0)) {
        past = past->newer;
    }
    if (past) {
        track_cut(&past->state.track);
        empty(past);
        history->forgotten++;
    }
    return past != NULL;
}

void history_fit(struct history *history, const struct past *keep, const struct track *track) {
    while (history->bytes > history->bound) {
        if (!track_thin(track) && !forget_oldest(history, keep) && !track_shorten(track)) {
            return;
        }
    }
}
