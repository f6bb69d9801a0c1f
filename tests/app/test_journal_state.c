/*
 * tests/app/test_journal_state.c - journals that begin with the state, since no scene makes
 * it: what leads back behind that, or leans on what the state does not hold, comes back too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <signal.h>

#include <cmocka.h>

#include "base/file.h"
#include "kept.h"

/* On the screen, at the first pause of a scene that was read anew there. */
static struct pty *start_reloaded(void) {
    char path[256];
    const char *scene = "net 1 1\nbias on\nb0 = 9\nsay Here.\npause\nb0 = 2\nsay There.\npause\n";
    kept_path(path, "a.scene");
    assert_int_equal(file_write(path, scene, strlen(scene), NULL), STATUS_OK);
    struct pty *pty = kept_start(path, NULL);
    pty_wait_text(pty, "Here.");
    pty_see(pty, ":reload\r", "reloaded");
    return pty;
}

/* Killed, and brought back on another scene's screen. */
static struct pty *bring_back(struct pty *pty) {
    kept_end(pty, SIGKILL);
    pty = kept_start("one-neuron", NULL);
    pty_wait_text(pty, "an unfinished session, ");
    pty_see(pty, "r", "brought back: ");
    return pty;
}

static void leave(struct pty *pty) {
    pty_type(pty, "quit now\r"); /* the prompt is open */
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    kept_assert_none();
}

static void test_undone(void **state) {
    (void)state;
    struct pty *pty = start_reloaded();
    pty_see(pty, ":x = 3\r", "x[1]: 0 → 3");
    pty_see(pty, "\x03u", "x[1]: 3 → 0");
    pty = bring_back(pty);
    pty_see(pty, ":print 7000 + x\r", "7000");
    leave(pty);
}

static void test_nudged(void **state) {
    (void)state;
    struct pty *pty = start_reloaded();
    pty_see(pty, ":pick x[1]\r", "a nudge is 0.1");
    pty_see(pty, "\x03+++", "0.3000");
    pty = bring_back(pty);
    pty_see(pty, ":print 7000 + x\r", "7000.3");
    leave(pty);
}

/* The scene went on: without it that is no step. */
static void test_went_on(void **state) {
    (void)state;
    struct pty *pty = start_reloaded();
    pty_see(pty, ":x = 3\r", "x[1]: 0 → 3");
    pty_see(pty, "\x03:keep\r\x03 ", "There.");
    pty = bring_back(pty);
    pty_see(pty, ":print 7000 + 10 * b0 + x\r", "7023");
    leave(pty);
}

/* Brought back it begins with the state as before. */
static void test_undone_later(void **state) {
    (void)state;
    struct pty *pty = start_reloaded();
    pty_see(pty, ":x = 3\r", "x[1]: 0 → 3");
    pty = bring_back(pty);
    pty_see(pty, ":net 1 1 1\r", "1-1-1");
    pty_lose(pty, "\x03uuuu", "1-1-1"); /* the state's last lines too */
    pty_see(pty, ":x = 4\r", "→ 4");
    pty = bring_back(pty);
    pty_see(pty, ":print 7000 + x\r", "7004");
    leave(pty);
}

/* In plain mode without a scene to go on with is a step. */
static void test_plain_step(void **state) {
    (void)state;
    struct pty *pty = kept_start("--plain", NULL);
    pty_wait_text(pty, "leaves.");
    pty_see(pty, "net 1 1\nx = 2\ncontinue\ncontinue\n", "Step 2 of 7");
    kept_end(pty, SIGKILL);
    pty = kept_start("--plain", NULL);
    pty_wait_text(pty, "There is an unfinished session, 4 lines");
    pty_see(pty, "recover\nprint 100 + z1\n", "Brought back: 4 lines.");
    pty_see(pty, "step\n", "Step 3 of 7");
    pty_leave(pty, "quit\n");
    kept_assert_none();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_undone),     cmocka_unit_test(test_nudged),
        cmocka_unit_test(test_went_on),    cmocka_unit_test(test_undone_later),
        cmocka_unit_test(test_plain_step),
    };
    return cmocka_run_group_tests(tests, kept_setup, kept_teardown);
}
