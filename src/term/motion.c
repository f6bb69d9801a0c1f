/*
 * term/motion.c - the cheapest way across the screen, among those that terminfo knows.
 *
 * For a chip under a chip: "\n" and a few "\b" are five bytes where an address is eight.
 */
#include "term/motion.h"

#include <string.h>

enum { NO_WAY = 1 << 16 };

static const struct {
    const char *by, *once; /* terminfo's names */
} NAMES[WAYS] = {
    [WAY_RIGHT] = {"cuf", "cuf1"}, [WAY_LEFT] = {"cub", "cub1"}, [WAY_DOWN] = {"cud", "cud1"},
    [WAY_UP] = {"cuu", "cuu1"},    [WAY_COLUMN] = {"hpa", NULL}, [WAY_ROW] = {"vpa", NULL},
};

static struct once read_once(const char *name) {
    struct once once;
    once.length = (unsigned char)capability_plain(capability(name), once.bytes, ONCE_MAX);
    return once;
}

void motion_open(struct motion *motion, bool returns) {
    memset(motion, 0, sizeof *motion);
    motion->place = format_of("cup");
    motion->home = read_once("cr");
    for (int way = 0; way < WAYS; way++) {
        motion->ways[way] = format_of(NAMES[way].by);
        if (NAMES[way].once) {
            motion->once[way] = read_once(NAMES[way].once);
        }
    }
    if (returns && memchr(motion->once[WAY_DOWN].bytes, '\n', motion->once[WAY_DOWN].length)) {
        motion->once[WAY_DOWN].length = 0;
    }
}

/* ---- along one line ---- */

/* The cheapest of three ways from one row or column to another; returns its bytes. */
static size_t best_leg(const struct motion *motion, int from, int to, const enum way ways[3],
                       struct leg *leg) {
    enum way way = to > from ? ways[0] : ways[1], straight = ways[2];
    int distance = to > from ? to - from : from - to;
    size_t once = motion->once[way].length * (size_t)distance;
    size_t by = format_cost(&motion->ways[way], distance, 0);
    size_t at = format_cost(&motion->ways[straight], to, 0), best = NO_WAY;
    if (once > 0 && once <= CAPABILITY_MAX) {
        *leg = (struct leg){way, distance, true};
        best = once;
    }
    if (by > 0 && by < best) {
        *leg = (struct leg){way, distance, false};
        best = by;
    }
    if (at > 0 && at < best) {
        *leg = (struct leg){straight, to, false};
        best = at;
    }
    return best;
}

/* ---- across the screen ---- */

static void add_leg(const struct motion *motion, struct path *path, int from, int to,
                    const enum way ways[3]) {
    if (from != to) {
        path->cost += best_leg(motion, from, to, ways, &path->legs[path->leg_count++]);
    }
}

struct path motion_path(const struct motion *motion, int row, int col, int to_row, int to_col) {
    static const enum way aside[3] = {WAY_RIGHT, WAY_LEFT, WAY_COLUMN};
    static const enum way down[3] = {WAY_DOWN, WAY_UP, WAY_ROW};
    struct path address = {.address = true, .row = to_row, .col = to_col};
    address.cost = format_cost(&motion->place, to_row, to_col);
    if (row < 0) {
        return address;
    }
    struct path steps = {.cost = 0}, home;
    add_leg(motion, &steps, row, to_row, down);
    home = steps;
    home.home = true;
    home.cost += motion->home.length > 0 ? motion->home.length : NO_WAY;
    add_leg(motion, &steps, col, to_col, aside);
    add_leg(motion, &home, 0, to_col, aside);
    struct path *best = home.cost < steps.cost ? &home : &steps;
    return address.cost > 0 && address.cost <= best->cost ? address : *best;
}

size_t motion_put(const struct motion *motion, const struct path *path, char bytes[MOTION_MAX]) {
    size_t count = 0;
    if (path->address || path->cost >= NO_WAY) {
        return format_put(&motion->place, path->row, path->col, bytes);
    }
    if (path->home) {
        memcpy(bytes, motion->home.bytes, count = motion->home.length);
    }
    for (int n = 0; n < path->leg_count; n++) {
        const struct leg *leg = &path->legs[n];
        const struct once *once = &motion->once[leg->once ? leg->way : WAY_RIGHT];
        for (int times = 0; leg->once && times < leg->number; times++) {
            memcpy(bytes + count, once->bytes, once->length);
            count += once->length;
        }
        if (!leg->once) {
            count += format_put(&motion->ways[leg->way], leg->number, 0, bytes + count);
        }
    }
    return count;
}
