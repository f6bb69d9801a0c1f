/*
 * term/motion.c - the cheapest way across the screen, among those that terminfo knows.
 *
 * For a chip under a chip: "\n" and a few "\b" are five bytes where an address is eight.
 */
#include "term/motion.h"

#include <string.h>

enum { NO_WAY = 255 };

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

/* The bytes of a way with a number; `once`: as the way of one cell, again and again. */
static size_t way_cost(const struct motion *motion, enum way way, int number, bool *once) {
    size_t by = format_cost(&motion->ways[way], number, 0);
    size_t times = way < WAY_COLUMN ? motion->once[way].length * (size_t)number : 0;
    *once = times > 0 && times <= CAPABILITY_MAX && (by == 0 || times <= by);
    return *once ? times : by;
}

static void fill_costs(struct motion *motion) {
    for (int way = 0; way < WAYS; way++) {
        for (int number = 0; number < NEAR_MAX; number++) {
            bool once;
            size_t cost = way_cost(motion, (enum way)way, number, &once);
            motion->costs[way][number] = (unsigned char)(cost > 0 ? cost : NO_WAY);
        }
    }
}

void motion_open(struct motion *motion, bool returns) {
    memset(motion, 0, sizeof *motion);
    motion->place = format_of("cup");
    motion->least = format_cost(&motion->place, 0, 0);
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
    fill_costs(motion);
}

/* ---- along one line ---- */

/* Ways to a higher and a lower row or column, and straight to it. */
struct line_ways {
    enum way up, down, straight;
};
static const struct line_ways ASIDE = {WAY_RIGHT, WAY_LEFT, WAY_COLUMN};
static const struct line_ways ALONG = {WAY_DOWN, WAY_UP, WAY_ROW};

static size_t far_cost(const struct motion *motion, enum way way, int number) {
    bool once;
    size_t cost = way_cost(motion, way, number, &once);
    return cost > 0 ? cost : NO_WAY;
}

static inline size_t cost_of(const struct motion *motion, enum way way, int number) {
    return number < NEAR_MAX ? motion->costs[way][number] : far_cost(motion, way, number);
}

/* The bytes from one row or column to another in steps, and straight there. */
static inline size_t steps_cost(const struct motion *motion, int from, int to,
                                struct line_ways ways) {
    return from == to  ? 0
           : to > from ? cost_of(motion, ways.up, to - from)
                       : cost_of(motion, ways.down, from - to);
}

/* The cheaper of the two ways. */
static inline size_t leg_cost(const struct motion *motion, int from, int to, struct line_ways ways,
                              bool *straight) {
    size_t steps = steps_cost(motion, from, to, ways), at = cost_of(motion, ways.straight, to);
    *straight = at < steps;
    return *straight ? at : steps;
}

/* ---- across the screen ---- */

/* How the cheapest path goes. */
enum course { BY_ADDRESS, BY_STEPS, BY_HOME };

static size_t choose(const struct motion *motion, int row, int col, int to_row, int to_col,
                     enum course *course) {
    bool straight;
    *course = BY_ADDRESS;
    if (row < 0) {
        return format_cost(&motion->place, to_row, to_col);
    }
    size_t along = leg_cost(motion, row, to_row, ALONG, &straight);
    size_t steps = leg_cost(motion, col, to_col, ASIDE, &straight);
    size_t home = motion->home.length > 0 ? motion->home.length : NO_WAY;
    home += leg_cost(motion, 0, to_col, ASIDE, &straight);
    size_t best = along + (home < steps ? home : steps);
    size_t address = best < motion->least ? 0 : format_cost(&motion->place, to_row, to_col);
    if (address > 0 && address <= best) {
        return address;
    }
    *course = home < steps ? BY_HOME : BY_STEPS;
    return best;
}

size_t motion_cost(const struct motion *motion, int row, int col, int to_row, int to_col) {
    enum course course;
    return choose(motion, row, col, to_row, to_col, &course);
}

static void add_leg(const struct motion *motion, struct path *path, int from, int to,
                    struct line_ways ways) {
    bool straight, once;
    if (from != to) {
        (void)leg_cost(motion, from, to, ways, &straight);
        enum way way = straight ? ways.straight : to > from ? ways.up : ways.down;
        int number = straight ? to : to > from ? to - from : from - to;
        (void)way_cost(motion, way, number, &once);
        path->legs[path->leg_count++] = (struct leg){way, number, once};
    }
}

struct path motion_path(const struct motion *motion, int row, int col, int to_row, int to_col) {
    enum course course;
    struct path path = {.row = to_row, .col = to_col};
    path.cost = choose(motion, row, col, to_row, to_col, &course);
    path.address = course == BY_ADDRESS;
    path.home = course == BY_HOME;
    if (!path.address) {
        add_leg(motion, &path, row, to_row, ALONG);
        add_leg(motion, &path, path.home ? 0 : col, to_col, ASIDE);
    }
    return path;
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
