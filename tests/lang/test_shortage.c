/*
 * test_shortage.c - every allocation of every command is made to fail in its turn,
 * and every one of the screen that shows what came of it: the command fails and has
 * changed nothing, or it has done all of its work; nothing leaks.
 */
/* link: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/command.h"
#include "lang/complete.h"
#include "script.h"
#include "starve.h"
#include "view/view.h"

enum { TURNS_MOST = 100000 };

/* A network with all that a state can have. */
static void prepare(struct script *script) {
    script_open(script);
    script_run(script, "net 2 3 1; bias on; init he seed 3; x = [1 -2]; y = 1; watch C");
    script_run(script, "data xor; batch 2; optimizer adam; train 2; goto dW1");
}

/* Run a line with its n-th allocation failing; true if it came to that. */
static bool run_starved(const char *line, size_t n, bool works) {
    struct script script;
    prepare(&script);
    struct runner runner = {.session = &script.session, .read_only = true};
    struct text before = script_snapshot(&script.session.now);
    struct result result = {0};
    struct error error = {0};
    starve_begin(n);
    enum status status = command_run(&runner, line, strlen(line), &result, &error);
    bool failed = starve_end();
    if (status != STATUS_OK) {
        struct text after = script_snapshot(&script.session.now);
        if (strcmp(text_string(&before), text_string(&after)) != 0) {
            fail_msg("'%s' failed at allocation %zu and left a change behind", line, n);
        }
        if (error.text[0] == '\0') {
            fail_msg("'%s' failed at allocation %zu without a word", line, n);
        }
        if (works && (status != STATUS_MEMORY || error.status != STATUS_MEMORY)) {
            fail_msg("'%s' failed at allocation %zu: %s", line, n, error.text);
        }
        text_free(&after);
    }
    result_free(&result);
    text_free(&before);
    script_close(&script);
    return failed;
}

/* What works fails for want of memory alone, and says so. */
static bool works(const char *line) {
    struct script script;
    prepare(&script);
    struct runner runner = {.session = &script.session, .read_only = true};
    struct result result = {0};
    struct error error = {0};
    bool good = command_run(&runner, line, strlen(line), &result, &error) == STATUS_OK;
    result_free(&result);
    script_close(&script);
    return good;
}

static void starve_line(const char *line) {
    size_t n = 1;
    bool good = works(line);
    while (run_starved(line, n, good)) {
        n += n < 60 ? 1 : 1 + n / 8; /* all of the first ones, then fewer */
        assert_true(n < TURNS_MOST);
    }
}

/* The example of every command, which works in a network 2-3-1. */
static void test_examples(void **state) {
    (void)state;
    for (size_t n = 0; command_at(n); n++) {
        if (command_at(n)->example) {
            starve_line(command_at(n)->example);
        }
    }
}

static void test_lines(void **state) {
    (void)state;
    static const char *const LINES[] = {
        "net 3 4 2",
        "W0 = [1 2 3; 4 5 6]",
        "W0[1,2] += sum(W1)",
        "explain dW0[1,2] all",
        "resolve dW0[1,2] 2",
        "explain path dW0[1,2]",
        "compare activation sigmoid",
        "print W0'",
        "undo",
        "reset",
        "back 30",
        "goto update 0",
        "gradcheck",
        "help names",
        "nonsense",
        "say Hello",
    };
    for (size_t n = 0; n < sizeof LINES / sizeof *LINES; n++) {
        starve_line(LINES[n]);
    }
}

/* A frame with its n-th allocation failing is a frame all the same, with less in it. */
static void test_frames(void **state) {
    (void)state;
    struct script script;
    prepare(&script);
    struct canvas canvas;
    assert_int_equal(canvas_open(&canvas, 24, 80, false), STATUS_OK);
    for (size_t screen = 0; screen_name(screen); screen++) {
        struct state shown;
        assert_int_equal(state_copy(&shown, &script.session.now), STATUS_OK);
        shown.screen = (enum screen)screen;
        struct hits hits = {0};
        struct view view = {.state = &shown, .keys = "q quit", .hits = &hits};
        bool failed = true;
        for (size_t n = 1; failed && n < TURNS_MOST; n += n < 60 ? 1 : 1 + n / 8) {
            starve_begin(n);
            view_compose(&view, &canvas);
            failed = starve_end();
        }
        assert_false(failed);
        hits_close(&hits);
        state_close(&shown);
    }
    canvas_close(&canvas);
    script_close(&script);
}

static void test_completion(void **state) {
    (void)state;
    struct script script;
    prepare(&script);
    static const char *const LINES[] = {"", "st", "print dW0[1,", "activation ", "W0[1,2] = s"};
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        bool failed = true;
        for (size_t n = 1; failed && n < TURNS_MOST; n += n < 60 ? 1 : 1 + n / 8) {
            size_t start;
            struct text usage = TEXT_EMPTY;
            starve_begin(n);
            char **list = complete_line(&script.session.now, LINES[i], strlen(LINES[i]), &start);
            complete_usage(LINES[i], &usage);
            failed = starve_end();
            complete_free(list);
            text_free(&usage);
        }
        assert_false(failed);
    }
    script_close(&script);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_completion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
