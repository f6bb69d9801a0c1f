/*
 * tests/app/test_reload.c - the real program while the file of its scene is written: it
 * reads it anew, at the same place, by itself or when asked; a broken one changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "pty.h"

static char folder[64], scene[96], part[96];

static void put(const char *path, const char *text) {
    assert_int_equal(file_write(path, text, strlen(text), NULL), STATUS_OK);
}

static int enter(void **state) {
    (void)state;
    strcpy(folder, "/tmp/backstep-reload-XXXXXX");
    if (!mkdtemp(folder)) {
        return 1;
    }
    snprintf(scene, sizeof scene, "%s/a.scene", folder);
    snprintf(part, sizeof part, "%s/part.scene", folder);
    return 0;
}

static int leave(void **state) {
    (void)state;
    unlink(scene);
    unlink(part);
    return rmdir(folder);
}

/* At the second pause, behind a mark: there it stays, whatever comes before; and of what
 * it includes too. What is broken is told, and what was there stays. */
static void test_by_itself(void **state) {
    (void)state;
    put(part, "say the part\n");
    put(scene, "net 1 1\nsay first\npause\nmark here\ninclude part.scene\npause\nsay last\n");
    struct pty *pty = pty_program(0, 0, scene, NULL);
    pty_wait_text(pty, "first");
    pty_see(pty, " ", "the part");
    pty_wait_text(pty, "2/2");
    put(part, "say another part\n");
    pty_wait_text(pty, "another part");
    pty_wait_text(pty, "reloaded");
    pty_lose(pty, "n", "reloaded"); /* a key takes the message away */
    put(scene, "net 1 1\npause\npause\nmark here\nfrobnicate\npause\n");
    pty_wait_text(pty, "a.scene:5:1: there is no command 'frobnicate'");
    pty_wait_text(pty, "another part");
    put(scene, "net 1 1\npause\npause\nmark here\nask z1[1] mended?\nsay last\n");
    pty_wait_text(pty, "mended?");
    pty_wait_text(pty, "answer:");
    pty_see(pty, "1\x7f", "3/3");  /* a key takes the message away */
    pty_wait_text(pty, "answer:"); /* nothing is typed there: it goes on being read */
    put(scene, "net 1 1\npause\npause\nmark here\nsay no question\npause\nsay last\n");
    pty_wait_text(pty, "no question");
    pty_wait_gone(pty, "answer:");
    pty_see(pty, " ", "last");
    pty_leave(pty, "q");
}

/* What the user changed is not dropped without a word. */
static void test_with_changes(void **state) {
    (void)state;
    put(scene, "net 1 1\nsay first\npause\n");
    struct pty *pty = pty_program(0, 0, scene, NULL);
    pty_wait_text(pty, "first");
    pty_see(pty, ":x = 7\r\x03", "x[1]: 0 → 7");
    put(scene, "net 1 1\nsay second\npause\n");
    pty_wait_text(pty, "the scene's file has changed: 'reload' reads it");
    pty_wait_text(pty, "first");
    pty_see(pty, ":reload\r", "reload, and lose your changes?");
    pty_see(pty, "y", "second");
    pty_wait_gone(pty, "7.0000");
    unlink(scene);
    pty_see(pty, ":reload\r\x03", "cannot open '");
    pty_wait_text(pty, "second");
    pty_leave(pty, "q");
}

/* Keys that a text of the scene bound go with it, and those of one that failed were never
 * there. */
static void test_keys_go_with_the_scene(void **state) {
    (void)state;
    put(scene, "net 1 1\nbind n x = 7\nbind F6 x = 8\nsay first\npause\n");
    struct pty *pty = pty_program(0, 0, scene, NULL);
    pty_wait_text(pty, "first");
    pty_see(pty, "n", "x[1]: 0 → 7");
    pty_lose(pty, "u", "7.0000");
    put(scene, "net 1 1\nbind n x = 9\nunbind F6\nfrobnicate\npause\n");
    pty_wait_text(pty, "a.scene:4:1: there is no command 'frobnicate'");
    pty_see(pty, "n", "x[1]: 0 → 7");
    pty_see(pty, "\x1b[17~", "x[1]: 7 → 8");
    pty_lose(pty, "uu", "7.0000");
    put(scene, "net 1 1\nsay second\npause\n");
    pty_wait_text(pty, "second");
    pty_see(pty, "\x1b[17~n", "step 1 of 7");
    assert_false(pty_has_text(pty, "8.0000"));
    pty_leave(pty, "q");
}

/* A file that is included and is not there yet, or is broken, is waited for. */
static void test_missing_part(void **state) {
    (void)state;
    put(scene, "net 1 1\nsay first\npause\ninclude part.scene\npause\n");
    struct pty *pty = pty_program(0, 0, scene, NULL);
    pty_wait_text(pty, "first");
    put(part, "say broken \x01\n");
    pty_wait_text(pty, "reloaded");
    pty_see(pty, " ", "byte 0x01 is a control character");
    put(part, "say whole\n");
    pty_wait_text(pty, "reloaded");
    pty_see(pty, " ", "whole");
    pty_leave(pty, "q");
}

/* So is one that the scene includes only now, before the place where it stands: it cannot
 * go there yet. */
static void test_part_to_come(void **state) {
    (void)state;
    put(scene, "net 1 1\nsay first\npause\n");
    struct pty *pty = pty_program(0, 0, scene, NULL);
    pty_wait_text(pty, "first");
    put(scene, "net 1 1\ninclude part.scene\npause\n");
    pty_wait_text(pty, "a.scene:2:9: cannot open");
    pty_wait_text(pty, "first");
    put(part, "say it has come\n");
    pty_wait_text(pty, "it has come");
    pty_wait_text(pty, "reloaded");
    pty_leave(pty, "q");
}

/* Told in lines it is the same: at the same place, and a broken one changes nothing. */
static void test_plain(void **state) {
    (void)state;
    const char *argv[] = {getenv("BACKSTEP"), "--plain", scene, NULL};
    struct pty_options options = {.argv = argv};
    put(scene, "net 1 1\nsay first\npause\nmark here\nsay second\npause\nsay last\n");
    struct pty *pty = pty_start(&options);
    pty_wait_text(pty, "Pause 1 of 2.");
    pty_see(pty, "continue\n", "Pause 2 of 2.");
    put(scene, "net 1 1\npause\npause\nmark here\nsay another\npause\nsay the end\n");
    pty_see(pty, "reload\n", "Read anew.");
    pty_wait_text(pty, "another");
    pty_wait_text(pty, "Pause 3 of 3.");
    put(scene, "net 1 1\nfrobnicate\n");
    pty_see(pty, "reload\n", "a.scene:2:1: there is no command");
    pty_see(pty, "continue\n", "the end");
    pty_leave(pty, "quit\n");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, enter, leave)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_by_itself),    TEST(test_keys_go_with_the_scene),
                                       TEST(test_with_changes), TEST(test_missing_part),
                                       TEST(test_part_to_come), TEST(test_plain)};
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
