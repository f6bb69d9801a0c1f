/*
 * term/motion.c - the cheapest way across the screen, among those that terminfo knows.
 *
 * For a chip under a chip: "\n" and a few "\b" are five bytes where an address is eight.
 */
#include "term/motion.h"

#include <string.h>

static const struct {
    const char *by, *once; /* terminfo's names */
} NAMES[WAYS] = {
    [WAY_RIGHT] = {"cuf", "cuf1"}, [WAY_LEFT] = {"cub", "cub1"}, [WAY_DOWN] = {"cud", "cud1"},
    [WAY_UP] = {"cuu", "cuu1"},    [WAY_COLUMN] = {"hpa", NULL}, [WAY_ROW] = {"vpa", NULL},
};

void motion_open(struct motion *motion, bool returns) {
    memset(motion, 0, sizeof *motion);
    motion->place = capability("cup");
    for (int way = 0; way < WAYS; way++) {
        motion->ways[way] = capability(NAMES[way].by);
        if (NAMES[way].once) {
            capability_plain(capability(NAMES[way].once), motion->once[way], CAPABILITY_MAX);
        }
    }
    if (returns && strchr(motion->once[WAY_DOWN], '\n')) {
        motion->once[WAY_DOWN][0] = '\0';
    }
    capability_plain(capability("cr"), motion->first_col, sizeof motion->first_col);
}

static const struct filled *fill_way(struct motion *motion, enum way way, int number) {
    return capability_fill(&motion->filled[way][(unsigned)number % FILLED], motion->ways[way],
                           number, 0);
}

static const struct filled *fill_place(struct motion *motion, int row, int col) {
    unsigned at = (unsigned)row * 31 + (unsigned)col;
    return capability_fill(&motion->places[at % PLACES], motion->place, row, col);
}

/* ---- along one line ---- */

/* The better of what is written already (`best` bytes, 0: nothing yet) and this. */
static size_t rather(char *bytes, size_t best, const char *other, size_t length, int times) {
    size_t count = length * (size_t)times;
    if (count == 0 || count > CAPABILITY_MAX || (best > 0 && best <= count)) {
        return best;
    }
    for (int n = 0; n < times; n++) {
        memcpy(bytes + (size_t)n * length, other, length);
    }
    return count;
}

/* From one row or column to another; 0 bytes where there is no way. */
static size_t along(struct motion *motion, int from, int to, enum way on, enum way back,
                    enum way straight, char *bytes) {
    enum way way = to > from ? on : back;
    int distance = to > from ? to - from : from - to;
    const char *once = motion->once[way];
    const struct filled *by = fill_way(motion, way, distance);
    const struct filled *at = fill_way(motion, straight, to);
    size_t best = rather(bytes, 0, once, strlen(once), distance);
    best = rather(bytes, best, by->bytes, by->length, 1);
    return rather(bytes, best, at->bytes, at->length, 1);
}

/* ---- across the screen ---- */

struct step {
    int row, col, to_row, to_col;
};

/* Up or down and then aside, behind the `count` bytes that are written; 0 where there is no
 * such way. */
static size_t by_steps(struct motion *motion, struct step step, char *bytes, size_t count) {
    if (step.row != step.to_row) {
        size_t down =
            along(motion, step.row, step.to_row, WAY_DOWN, WAY_UP, WAY_ROW, bytes + count);
        if (down == 0) {
            return 0;
        }
        count += down;
    }
    if (step.col != step.to_col) {
        size_t aside =
            along(motion, step.col, step.to_col, WAY_RIGHT, WAY_LEFT, WAY_COLUMN, bytes + count);
        if (aside == 0) {
            return 0;
        }
        count += aside;
    }
    return count;
}

size_t motion_bytes(struct motion *motion, int row, int col, int to_row, int to_col,
                    char bytes[MOTION_MAX]) {
    const struct filled *place = fill_place(motion, to_row, to_col);
    size_t best = place->length, returned = strlen(motion->first_col);
    memcpy(bytes, place->bytes, best);
    if (row < 0) {
        return best;
    }
    struct step step = {row, col, to_row, to_col};
    char other[MOTION_MAX];
    size_t count = by_steps(motion, step, other, 0);
    if (count > 0 && (best == 0 || count < best)) {
        memcpy(bytes, other, best = count);
    }
    if (returned > 0) {
        memcpy(other, motion->first_col, returned);
        step.col = 0;
        count = by_steps(motion, step, other, returned);
        if (count > 0 && count < best) {
            memcpy(bytes, other, best = count);
        }
    }
    return best;
}
