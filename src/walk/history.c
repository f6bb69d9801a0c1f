/*
 * walk/history.c - past states counted in bytes, and forgotten when they are too many.
 */
#include "walk/history.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "version.h"

/* ---- who holds what ---- */

struct holding {
    const void *thing; /* NULL: free */
    size_t count;
};

static size_t slot_of(const struct history *history, const void *thing) {
    uint64_t hash = (uint64_t)(uintptr_t)thing * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(hash >> 20) & (history->room - 1);
}

/* Where a thing stands, or would. */
static size_t find_slot(const struct history *history, const void *thing) {
    size_t slot = slot_of(history, thing);
    while (history->table[slot].thing && history->table[slot].thing != thing) {
        slot = (slot + 1) & (history->room - 1);
    }
    return slot;
}

/* Room for so many more things; the table is never more than half full. */
static bool reserve(struct history *history, size_t more) {
    size_t room = history->room ? history->room : 64;
    while (room < 2 * (history->used + more)) {
        room *= 2;
    }
    if (room == history->room) {
        return true;
    }
    struct history bigger = *history;
    bigger.room = room;
    bigger.table = memory_array(room, sizeof *bigger.table);
    if (!bigger.table) {
        return false;
    }
    for (size_t n = 0; n < history->room; n++) {
        if (history->table[n].thing) {
            bigger.table[find_slot(&bigger, history->table[n].thing)] = history->table[n];
        }
    }
    free(history->table);
    *history = bigger;
    return true;
}

/* One more holder: true where it is the first. There is room. */
static bool hold(struct history *history, const void *thing, size_t bytes) {
    struct holding *holding = &history->table[find_slot(history, thing)];
    if (holding->count++ > 0) {
        return false;
    }
    holding->thing = thing;
    history->used++;
    history->bytes += bytes;
    return true;
}

/* Close the gap at a slot: what stands behind it may belong there. */
static void close_gap(struct history *history, size_t gap) {
    size_t mask = history->room - 1;
    for (size_t at = (gap + 1) & mask; history->table[at].thing; at = (at + 1) & mask) {
        size_t home = slot_of(history, history->table[at].thing);
        if (((at - home) & mask) >= ((at - gap) & mask)) {
            history->table[gap] = history->table[at];
            gap = at;
        }
    }
    history->table[gap] = (struct holding){0};
}

/* One holder less: true where it was the last. */
static bool release(struct history *history, const void *thing, size_t bytes) {
    size_t slot = find_slot(history, thing);
    if (--history->table[slot].count > 0) {
        return false;
    }
    history->used--;
    history->bytes -= bytes;
    close_gap(history, slot);
    return true;
}

/* ---- the parts of a model ---- */

typedef bool (*visit)(struct history *history, const void *thing, size_t bytes);

static void visit_block(struct history *history, visit each, const struct block *block) {
    if (block) {
        each(history, block, sizeof *block + block->count * sizeof(double));
    }
}

static void visit_blocks(struct history *history, visit each, struct block *const *blocks,
                         size_t count) {
    for (size_t n = 0; blocks && n < count; n++) {
        visit_block(history, each, blocks[n]);
    }
}

static void visit_feed(struct history *history, visit each, const struct feed *feed) {
    const struct rows *rows[] = {feed->split, feed->order};
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        if (rows[n]) {
            each(history, rows[n], sizeof *rows[n] + rows[n]->count * sizeof(size_t));
        }
    }
    const struct dataset *data = feed->data;
    if (data) {
        each(history, data,
             sizeof *data + data->count * (data->inputs + data->targets) * sizeof(double));
    }
}

static void visit_model(struct history *history, visit each, const struct model *model) {
    size_t K = model->network.K;
    for (size_t k = 0; k < K; k++) {
        visit_block(history, each, model->network.layers[k].W);
        visit_block(history, each, model->network.layers[k].b);
    }
    for (size_t m = 0; m < MOMENTS_MAX; m++) {
        visit_blocks(history, each, model->optimizer.moment_W[m], K);
        visit_blocks(history, each, model->optimizer.moment_b[m], K);
    }
    visit_blocks(history, each, model->gradient.W, K);
    visit_blocks(history, each, model->gradient.b, K);
    visit_block(history, each, model->x);
    visit_block(history, each, model->y);
    visit_block(history, each, model->pass.memory);
    visit_feed(history, each, &model->feed);
}

/* What is a model's own, whoever shares its blocks. */
static size_t own_bytes(const struct model *model) {
    size_t K = model->network.K;
    return sizeof(struct version) + sizeof *model + (K + 1) * sizeof *model->network.layers +
           2 * (MOMENTS_MAX + 1) * K * sizeof(struct block *) + 2 * K * sizeof(double);
}

static size_t most_parts(const struct model *model) {
    return 2 * (2 + MOMENTS_MAX) * model->network.K + 8;
}

/* There is room. */
static void hold_version(struct history *history, const struct version *version) {
    if (hold(history, version, own_bytes(version->model))) {
        visit_model(history, hold, version->model);
    }
}

void history_release(struct history *history, const struct version *version) {
    if (release(history, version, own_bytes(version->model))) {
        visit_model(history, release, version->model);
    }
}

bool history_hold(struct history *history, const struct version *version) {
    if (!reserve(history, most_parts(version->model))) {
        return false;
    }
    hold_version(history, version);
    return true;
}

size_t history_model_bytes(const struct model *model) {
    size_t copies = 1 + model->optimizer.rule->moments + (model->gradient.W ? 1 : 0);
    return own_bytes(model) +
           (model->network.parameters * copies + 5 * model->network.neurons) * sizeof(double);
}

/* ---- the history ---- */

struct history *history_new(void) {
    struct history *history = memory_array(1, sizeof *history);
    if (history) {
        *history = (struct history){.references = 1, .bound = HISTORY_BYTES_DEFAULT};
    }
    return history;
}

struct history *history_share(struct history *history) {
    history->references++;
    return history;
}

void history_drop(struct history *history) {
    if (history && --history->references == 0) {
        free(history->table);
        free(history);
    }
}

/* ---- past states ---- */

static size_t text_bytes(const struct state *state) {
    const char *texts[] = {state->title,        state->say,           state->watch,
                           state->compare.line, state->question.text, state->question.reply};
    size_t bytes = sizeof(struct past);
    for (size_t n = 0; n < sizeof texts / sizeof *texts; n++) {
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
        parts += version ? most_parts(version->model) : 0;
    }
    return parts;
}

struct past *past_new(struct history *history, struct past *before, enum change change,
                      const struct state *state) {
    struct past *past = memory_array(1, sizeof *past);
    if (!past || !reserve(history, parts_of(state))) {
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
            hold_version(history, version_at(state, n));
        }
    }
    visit_block(history, hold, state->curve.points);
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
    visit_block(history, release, past->state.curve.points);
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
