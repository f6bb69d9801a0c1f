/*
 * tests/term/test_motion.c - every way of the cursor ends where it should, for as many
 * bytes as was said, and never for more than an address takes: random places, on several
 * terminals, as an emulator (libvterm) sees it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <vterm.h>

#include "base/random.h"
#include "term/motion.h"

#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <term.h>

enum { HIGH = 60, WIDE = 200, MOVES = 3000 };

static const char *const TYPES[] = {"xterm-256color", "linux", "screen", "tmux-256color",
                                    "rxvt-unicode",   "vt100", "ansi"};
enum { TYPES_COUNT = sizeof TYPES / sizeof *TYPES };

static bool open_type(const char *type) {
    int cause;
    bool known = setupterm(type, 1, &cause) == OK;
    if (!known) {
        print_message("no terminal type '%s' here\n", type);
    }
    return known;
}

/* Near places mostly, as on a screen that changes here and there. */
static int next_place(struct random *random, int from, int size) {
    int away = (int)random_below(random, random_below(random, 2) ? 9 : (size_t)size);
    int to = random_below(random, 3) == 0 ? from : from + away - away / 2;
    return to < 0 ? 0 : to >= size ? size - 1 : to;
}

static void move_about(const char *type, bool returns) {
    struct motion motion;
    struct random random;
    VTerm *vterm = vterm_new(HIGH, WIDE);
    assert_non_null(vterm);
    VTermState *screen = vterm_obtain_state(vterm);
    vterm_state_reset(screen, 1);
    motion_open(&motion, returns);
    random_seed(&random, 5);
    int row = 0, col = 0;
    for (int n = 0; n < MOVES; n++) {
        int to_row = next_place(&random, row, HIGH), to_col = next_place(&random, col, WIDE);
        if (to_row == row && to_col == col) {
            continue;
        }
        bool lost = random_below(&random, 20) == 0;
        struct path path = motion_path(&motion, lost ? -1 : row, col, to_row, to_col);
        char bytes[MOTION_MAX];
        size_t count = motion_put(&motion, &path, bytes);
        assert_int_equal(count, path.cost);
        assert_int_equal(count, motion_cost(&motion, lost ? -1 : row, col, to_row, to_col));
        assert_true(count <= format_cost(&motion.place, to_row, to_col));
        assert_false(returns && memchr(bytes, '\n', count));
        vterm_input_write(vterm, bytes, count);
        VTermPos at;
        vterm_state_get_cursorpos(screen, &at);
        if (at.row != to_row || at.col != to_col) {
            fail_msg("%s: from %d,%d to %d,%d: came to %d,%d", type, row, col, to_row, to_col,
                     at.row, at.col);
        }
        row = to_row;
        col = to_col;
    }
    vterm_free(vterm);
}

static void test_ways(void **state) {
    (void)state;
    for (int n = 0; n < 2 * TYPES_COUNT; n++) {
        if (open_type(TYPES[n / 2])) {
            move_about(TYPES[n / 2], n % 2);
            (void)del_curterm(cur_term);
        }
    }
}

/* What is written here is what terminfo writes. */
static void test_formats(void **state) {
    (void)state;
    static const char *const NAMES[] = {"cup", "cuf", "cub", "cud",   "cuu",   "hpa",
                                        "vpa", "ech", "csr", "setaf", "nosuch"};
    for (int type = 0; type < TYPES_COUNT; type++) {
        if (!open_type(TYPES[type])) {
            continue;
        }
        for (size_t n = 0; n < sizeof NAMES / sizeof *NAMES; n++) {
            struct format format = format_of(NAMES[n]);
            struct format slow = format;
            slow.simple = false;
            for (int number = 0; number < 8; number++) {
                int other = number * number * 3;
                char ours[CAPABILITY_MAX], theirs[CAPABILITY_MAX];
                size_t count = format_put(&format, number, other, ours);
                assert_int_equal(count, format_cost(&format, number, other));
                assert_int_equal(count, format_put(&slow, number, other, theirs));
                assert_memory_equal(ours, theirs, count);
            }
        }
        (void)del_curterm(cur_term);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ways),
        cmocka_unit_test(test_formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
