/*
 * tests/app/test_full.c - a disk without room for what the program keeps by itself: the
 * record of a session, its journal, what was typed. The old files stay as they were, and
 * alone; what was done is not lost; and it is said what could not be written, and why.
 *
 * The disk is full after so many blocks, for every file of the program that is started.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "place.h"
#include "pty.h"

enum { ROOMY = 1000 }; /* blocks of 512 bytes */

/* The program with room for `blocks` in each file; what it keeps lies in the place. */
static struct pty *start_with(struct place *place, unsigned blocks, const char *first,
                              const char *second, const char *third) {
    char home[96], script[128];
    snprintf(home, sizeof home, "XDG_STATE_HOME=%s", place->folder);
    snprintf(script, sizeof script, "cd /; trap '' XFSZ; ulimit -f %u; exec \"$BACKSTEP\" \"$@\"",
             blocks);
    const char *argv[] = {"/bin/sh", "-c", script, "sh", first, second, third, NULL};
    const char *environment[] = {home, NULL};
    struct pty_options options = {
        .argv = argv, .rows = 24, .cols = 140, .environment = environment};
    return pty_start(&options);
}

static struct pty *start(struct place *place, unsigned blocks, const char *first,
                         const char *second) {
    return start_with(place, blocks, first, second, NULL);
}

static void ends(struct pty *pty, int code) {
    int status = pty_wait_exit(pty);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), code);
    pty_close(pty);
}

/* The record: the old scene is there, and what was done is offered when there is room. */
static void test_record(void **state) {
    static const char old[] =
        "# A state of backstep: 'load' restores it, and it plays as a scene.\n";
    struct place *place = *state;
    char scene[96];
    snprintf(scene, sizeof scene, "%s/own.scene", place->folder);
    place_put(scene, old, strlen(old));
    struct pty *pty = start_with(place, 1, "record", scene, "two-layers");
    pty_wait_text(pty, "0 of 13");
    pty_see(pty, ":x = 0.25; quit now\r",
            "own.scene': File too large; what you did is kept: the next backstep offers it");
    ends(pty, 1);
    place_check(scene, old, strlen(old));
    assert_int_equal(place_names(place->folder, false), 2);
    pty = start_with(place, ROOMY, "record", scene, "two-layers");
    pty_wait_text(pty, "an unfinished session of two-layers, 1 line: r brings it back");
    pty_see(pty, "r", "brought back: 1 line");
    pty_type(pty, ":quit now\r");
    ends(pty, 0);
    struct text text = TEXT_EMPTY;
    assert_int_equal(file_read(scene, 100000, &text, NULL), STATUS_OK);
    assert_non_null(strstr(text_string(&text), "x = 0.25\n"));
    text_free(&text);
}

/* What was typed: the old history is there, and no other. */
static void test_history(void **state) {
    struct place *place = *state;
    struct pty *pty = start(place, ROOMY, "one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_type(pty, ":digits 3\rquit now\r");
    ends(pty, 0);
    place_check(place_path(place, "backstep/history"), "digits 3\nquit now\n", 18);
    size_t names = place_names(place_path(place, "backstep"), false);
    pty = start(place, 0, "one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_see(pty, ":digits 5\rquit now\r", "backstep/history': File too large");
    ends(pty, 0);
    place_check(place_path(place, "backstep/history"), "digits 3\nquit now\n", 18);
    assert_int_equal(place_names(place_path(place, "backstep"), false), names);
}

/* The journal: there is room for three lines, the user goes on, and what came before is there after a kill. */
static void check_journal(struct place *place, const char *scene, const char *mode) {
    char line[256];
    struct pty *pty = start(place, 1, scene, mode);
    pty_wait_text(pty, "One neuron");
    pty_type(pty, mode ? "" : ":");
    pty_type(pty, "W0 = 0.75\r");
    snprintf(line, sizeof line, "title %0*u\r", 200, 7);
    for (int n = 0; n < 3; n++) {
        pty_type(pty, line);
    }
    pty_wait_text(pty, "cannot keep a journal in");
    pty_see(pty, "print W0 + 41.25\r", "42"); /* all goes on */
    pty_signal(pty, SIGKILL);
    (void)pty_wait_exit(pty);
    pty_close(pty);
    pty = start(place, ROOMY, scene, mode);
    pty_wait_text(pty, "an unfinished session of one-neuron, 3 lines");
    pty_type(pty, mode ? "" : ":");
    pty_see(pty, "recover\r", "rought back: 3 lines");
    pty_see(pty, "print W0 + 41.25\r", "42");
    pty_type(pty, "quit now\r");
    ends(pty, 0);
}

static void test_journal(void **state) {
    check_journal(*state, "one-neuron", NULL);
}

static void test_journal_of_plain_mode(void **state) {
    check_journal(*state, "one-neuron", "--plain");
}

/* Not even its first line: it is said, nothing is left, and the program goes on. */
static void test_no_journal(void **state) {
    struct place *place = *state;
    struct pty *pty = start(place, 0, "one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_see(pty, "n", "File too large: what you do from here on is not kept");
    pty_see(pty, "n", "2 of 7");
    pty_type(pty, "q");
    ends(pty, 0);
    assert_int_equal(place_names(place_path(place, "backstep"), false), 0);
}

static int close_place(void **state) {
    struct place *place = *state;
    place_names(place_path(place, "backstep"), true);
    return place_close(state);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, place_open, close_place)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_record),     TEST(test_history),
        TEST(test_journal),    TEST(test_journal_of_plain_mode),
        TEST(test_no_journal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
