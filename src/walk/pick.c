/*
 * walk/pick.c - moving the pick, and what a nudge comes to.
 */
#include "walk/pick.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const move_names[PICK_MOVES] = {"up",    "down", "left",
                                                   "right", "next", "previous"};

const char *pick_move_name(size_t move) {
    return move < PICK_MOVES ? move_names[move] : NULL;
}

static struct quantity weight(size_t k, int64_t i, int64_t j) {
    return (struct quantity){.kind = QUANTITY_W, .layer = k, .i = i, .j = j};
}

static struct quantity bias(size_t k, int64_t j) {
    return (struct quantity){.kind = QUANTITY_B, .layer = k, .i = j};
}

static struct quantity input(int64_t i) {
    return (struct quantity){.kind = QUANTITY_R, .i = i};
}

bool pick_allowed(const struct model *model, const struct quantity *q) {
    const struct network *network = &model->network;
    size_t K = network->K;
    if (q->next || q->sample != 0 || q->i < 1) {
        return false;
    }
    uint64_t i = (uint64_t)q->i, j = q->j < 0 ? 0 : (uint64_t)q->j;
    switch (q->kind) {
    case QUANTITY_R: return q->layer == 0 && i <= network->layers[0].n;
    case QUANTITY_Y: return i <= network->layers[K].n;
    case QUANTITY_B: return network->bias && q->layer < K && i <= network->layers[q->layer + 1].n;
    case QUANTITY_W:
        return q->layer < K && i <= network->layers[q->layer].n && j >= 1 &&
               j <= network->layers[q->layer + 1].n;
    default: return false;
    }
}

/* `index` moved by `by`, kept within 1 ... n. */
static int64_t moved(int64_t index, int64_t by, size_t n) {
    index += by;
    return index < 1 ? 1 : index > (int64_t)n ? (int64_t)n : index;
}

static struct quantity move_weight(const struct model *model, struct quantity q,
                                   enum pick_move move, int64_t count) {
    const struct layer *from = &model->network.layers[q.layer];
    switch (move) {
    case PICK_UP: q.i = moved(q.i, -count, from->n); break;
    case PICK_DOWN:
        if (q.i == (int64_t)from->n && model->network.bias) {
            return bias(q.layer, q.j);
        }
        q.i = moved(q.i, count, from->n);
        break;
    case PICK_LEFT:
        if (q.j == 1 && q.layer == 0) {
            return input(q.i);
        }
        q.j = moved(q.j, -count, from[1].n);
        break;
    default: q.j = moved(q.j, count, from[1].n);
    }
    return q;
}

static struct quantity move_bias(const struct model *model, struct quantity q, enum pick_move move,
                                 int64_t count) {
    const struct layer *from = &model->network.layers[q.layer];
    if (move == PICK_UP) {
        return weight(q.layer, (int64_t)from->n, q.i);
    }
    if (move != PICK_DOWN) {
        q.i = moved(q.i, move == PICK_LEFT ? -count : count, from[1].n);
    }
    return q;
}

/* x and y stand in columns. */
static struct quantity move_neuron(const struct model *model, struct quantity q,
                                   enum pick_move move, int64_t count) {
    bool in = q.kind == QUANTITY_R;
    size_t n = model->network.layers[in ? 0 : model->network.K].n;
    if (move == PICK_RIGHT && in) {
        return weight(0, q.i, 1);
    }
    if (move == PICK_UP || move == PICK_DOWN) {
        q.i = moved(q.i, move == PICK_UP ? -count : count, n);
    }
    return q;
}

/* The blocks of numbers in a row: x, W0, b0, W1 ... y. */
static size_t block_of(const struct model *model, const struct quantity *q) {
    size_t each = model->network.bias ? 2 : 1;
    switch (q->kind) {
    case QUANTITY_R: return 0;
    case QUANTITY_W: return 1 + each * q->layer;
    case QUANTITY_B: return 2 + each * q->layer;
    default: return 1 + each * model->network.K;
    }
}

static struct quantity block_first(const struct model *model, size_t block) {
    size_t each = model->network.bias ? 2 : 1;
    if (block == 0) {
        return input(1);
    }
    size_t k = (block - 1) / each;
    if (k >= model->network.K) {
        return (struct quantity){.kind = QUANTITY_Y, .i = 1};
    }
    return (block - 1) % each == 0 ? weight(k, 1, 1) : bias(k, 1);
}

static struct quantity move_block(const struct model *model, struct quantity q, bool back,
                                  size_t count) {
    size_t blocks = 2 + (model->network.bias ? 2 : 1) * model->network.K;
    size_t block = block_of(model, &q);
    count %= blocks;
    return block_first(model, (block + (back ? blocks - count : count)) % blocks);
}

struct quantity pick_moved(const struct model *model, struct quantity q, enum pick_move move,
                           size_t count) {
    int64_t steps = count < NETWORK_MAX_WIDTH ? (int64_t)count : NETWORK_MAX_WIDTH;
    if (move == PICK_NEXT || move == PICK_PREVIOUS) {
        return move_block(model, q, move == PICK_PREVIOUS, count);
    }
    switch (q.kind) {
    case QUANTITY_W: return move_weight(model, q, move, steps);
    case QUANTITY_B: return move_bias(model, q, move, steps);
    default: return move_neuron(model, q, move, steps);
    }
}

struct quantity pick_at(const struct model *model, struct place place, enum grain grain) {
    struct focus focus = walk_focus(model, place, grain);
    if (focus.step == 0) {
        return weight(0, 1, 1);
    }
    struct quantity q = walk_element(model, focus.step, focus.first);
    int64_t i = q.i > 0 ? q.i : 1, j = q.j > 0 ? q.j : 1;
    size_t K = model->network.K;
    switch (quantity_row(q.kind)->rank) {
    case 2: /* dW, W or a moment after the update; a slope of softmax is one too */
        return q.layer < K ? weight(q.layer, i, j) : weight(K - 1, 1, j);
    case 1:
        if (quantity_is_bias(q.kind)) {
            return model->network.bias ? bias(q.layer, i) : weight(q.layer, 1, i);
        }
        if (q.kind == QUANTITY_DR && q.layer < K) { /* a sum over the weights that leave it */
            return weight(q.layer, i, 1);
        }
        return q.layer > 0 && q.layer <= K ? weight(q.layer - 1, 1, i) : weight(0, i, 1);
    default: return weight(K - 1, 1, 1);
    }
}

double pick_nudged(double value, double step, double steps) {
    char text[40];
    double sum = value + step * steps;
    if (!isfinite(sum)) {
        return sum;
    }
    snprintf(text, sizeof text, "%.15g", sum);
    double plain = strtod(text, NULL);
    return plain == value && steps != 0 ? sum : plain;
}
