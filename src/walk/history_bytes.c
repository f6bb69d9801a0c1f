/*
 * walk/history_bytes.c - how many bytes a history keeps: a table of who holds what, in which
 * what several hold is counted once.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/table.h"
#include "history_private.h"
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

/* The table is never more than half full. */
bool history_reserve(struct history *history, size_t more) {
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
    history->table = bigger.table;
    history->room = room;
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
    for (size_t n = 0; n < TABLE_COUNT(rows); n++) {
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

size_t history_parts(const struct model *model) {
    return 2 * (2 + MOMENTS_MAX) * model->network.K + 8;
}

void history_hold_version(struct history *history, const struct version *version) {
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
    if (!history_reserve(history, history_parts(version->model))) {
        return false;
    }
    history_hold_version(history, version);
    return true;
}

size_t history_model_bytes(const struct model *model) {
    size_t copies = 1 + model->optimizer.rule->moments + (model->gradient.W ? 1 : 0);
    return own_bytes(model) +
           (model->network.parameters * copies + 5 * model->network.neurons) * sizeof(double);
}

void history_hold_block(struct history *history, const struct block *block) {
    visit_block(history, hold, block);
}

void history_release_block(struct history *history, const struct block *block) {
    visit_block(history, release, block);
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
