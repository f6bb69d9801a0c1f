/*
 * tests/app/test_journal.c - journals: for the user alone, without two programs disturbing
 * each other, and none is left that nobody needs. Killed anywhere: test_journal_kill.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/journal.h"
#include "base/file.h"
#include "kept.h"
#include "place.h"

/* ---- what stays, and for whom ---- */

static void test_a_good_end_leaves_nothing(void **state) {
    (void)state;
    char path[512];
    struct stat info;
    struct pty *pty = kept_start("xor", NULL);
    pty_close(pty);
    pty = kept_start("one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_see(pty, "n", "1 of 7");
    assert_int_equal(kept_journals(path), 1);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    strrchr(path, '/')[0] = '\0';
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    pty_leave(pty, "q");
    kept_assert_none();
}

static struct pty *start_quiz(const char *number) {
    const char *argv[] = {getenv("BACKSTEP"), "quiz", "one-neuron", "--seed", number, NULL};
    struct pty *pty = kept_start_with(argv);
    pty_wait_text(pty, "answer:");
    return pty;
}

/* The answers of a quiz come back to the questions that they were given to: to those of
 * another seed they are not offered. */
static void test_a_quiz(void **state) {
    (void)state;
    struct pty *pty = start_quiz("3");
    pty_see(pty, "123\r", "Not yet");
    kept_end(pty, SIGKILL);
    pty = start_quiz("4");
    assert_false(pty_has_text(pty, "unfinished"));
    pty_type(pty, "quit now\r");
    (void)pty_wait_exit(pty);
    pty_close(pty);
    pty = start_quiz("3");
    pty_wait_text(pty, "an unfinished session of one-neuron, 1 line: 'recover' brings it back");
    assert_false(pty_has_text(pty, "Not yet"));
    pty_see(pty, "recover\r", "brought back: 1 line");
    pty_wait_text(pty, "Not yet");
    pty_type(pty, "quit now\r");
    (void)pty_wait_exit(pty);
    pty_close(pty);
    pty = start_quiz("3");
    assert_false(pty_has_text(pty, "unfinished"));
    pty_type(pty, "quit now\r");
    (void)pty_wait_exit(pty);
    pty_close(pty);
}

/* The terminal went away with work in it: that is kept; what was only looked at is not. */
static void test_hang_up(void **state) {
    (void)state;
    char path[512];
    struct pty *pty = kept_start("one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_see(pty, "n", "1 of 7");
    kept_end(pty, SIGHUP);
    kept_assert_none();
    pty = kept_start("one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_see(pty, ":W0 = 0.75\r", "0.75");
    kept_end(pty, SIGHUP);
    assert_int_equal(kept_journals(path), 1);
    pty = kept_start("two-layers", NULL); /* offered there too, and any other key takes it away */
    pty_wait_text(pty, "an unfinished session of one-neuron, 1 line: r brings it back");
    pty_lose(pty, "n", "unfinished");
    pty_wait_text(pty, "1 of 13");
    /* alone it drops nothing: it is offered again */
    pty_see(pty, "d", "an unfinished session of one-neuron, 1 line: r brings it back");
    pty_see(pty, ":recover\r", "brought back: 1 line");
    pty_wait_text(pty, "0.7500");
    kept_end(pty, SIGKILL); /* it is this session's now */
    pty = kept_start(NULL, NULL);
    pty_wait_text(pty, "an unfinished session of one-neuron");
    pty_see(pty, "d", "dropped");
    kept_assert_none();
    pty_leave(pty, "q");
}

static void test_two_at_once(void **state) {
    (void)state;
    char path[512];
    struct pty *one = kept_start("one-neuron", NULL), *two = kept_start("two-layers", NULL);
    pty_wait_text(one, "0 of 7");
    pty_wait_text(two, "0 of 13");
    pty_type(one, ":W0 = 0.75\r");
    pty_type(two, ":W0 = 0.75\r");
    pty_wait_text(one, "0.75");
    pty_wait_text(two, "0.75");
    assert_int_equal(kept_journals(path), 2);
    kept_end(two, SIGKILL);
    struct pty *three = kept_start(NULL, NULL); /* the one that lives is not offered */
    pty_wait_text(three, "an unfinished session of two-layers");
    struct pty *four = kept_start("general", NULL); /* and what is offered there, not here */
    pty_wait_text(four, "0 of 13");
    assert_false(pty_has_text(four, "unfinished"));
    pty_leave(four, "q");
    pty_see(three, "d", "dropped");
    pty_leave(three, "q");
    pty_see(one, "x = 3\r", "3.0000");
    assert_int_equal(kept_journals(path), 1);
    pty_type(one, "quit now\r");
    assert_int_equal(pty_wait_exit(one), 0);
    pty_close(one);
    kept_assert_none();
}

/* A link in the folder's place: nothing is written through it, and it is said once. */
static void test_no_link_is_followed(void **state) {
    (void)state;
    char where[256], aside[256], target[256];
    kept_path(where, "backstep");
    kept_path(aside, "aside");
    kept_path(target, "target");
    assert_int_equal(rename(where, aside), 0);
    assert_int_equal(mkdir(target, 0700), 0);
    assert_int_equal(symlink(target, where), 0);
    struct pty *pty = kept_start("one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_see(pty, "n", "cannot keep a journal in");
    pty_see(pty, "n", "2 of 7");
    pty_wait_gone(pty, "cannot keep a journal in");
    pty_leave(pty, "q");
    assert_int_equal(unlink(where), 0);
    assert_int_equal(rmdir(target), 0);
    assert_int_equal(rename(aside, where), 0);
}

/* An empty file of this name in the folder of journals. */
static void make_file(char path[256], const char *name) {
    char inside[64];
    snprintf(inside, sizeof inside, "backstep/%s", name);
    kept_path(path, inside);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    close(fd);
}

/* Of a program that was killed before its journal had its name: gone at the next start,
 * however soon that is, unless it is being made. */
static void test_begun_and_killed(void **state) {
    (void)state;
    char killed[256], held[256], linked[256], where[256];
    struct unfinished unfinished;
    int let_go;
    make_file(killed, "new-journal-1");
    make_file(held, "new-journal-2");
    kept_path(linked, "backstep/new-journal-3");
    assert_int_equal(symlink("/dev/null", linked), 0);
    pid_t holder = place_hold(held, &let_go);
    kept_path(where, "backstep");
    assert_false(unfinished_find(&unfinished, where));
    assert_int_equal(access(killed, F_OK), -1);
    assert_int_equal(access(held, F_OK), 0);
    assert_int_equal(access(linked, F_OK), 0);
    close(let_go);
    assert_int_equal(waitpid(holder, NULL, 0), holder);
    assert_false(unfinished_find(&unfinished, where)); /* it holds it no more */
    assert_int_equal(access(held, F_OK), -1);
    assert_int_equal(unlink(linked), 0);
}

/* A journal as long as it may be: what comes then is begun anew from the state. */
static void test_bound(void **state) {
    (void)state;
    enum { LONG = 1024 * 1024 };
    char where[256], path[512];
    struct journal journal;
    struct error error = {0};
    struct stat info;
    static char line[LONG];
    kept_path(where, "backstep");
    assert_int_equal(journal_begin(&journal, where, "one-neuron", &error), STATUS_OK);
    memset(line, '1', sizeof line);
    memcpy(line, "say ", 4);
    while (journal_fits(&journal, sizeof line)) {
        assert_int_equal(journal_add(&journal, line, sizeof line, &error), STATUS_OK);
    }
    size_t left = JOURNAL_BYTES_MAX - journal.size;
    assert_int_equal(journal_add(&journal, line, left - 2, &error), STATUS_OK);
    assert_false(journal_fits(&journal, 1));
    journal_end(&journal, true);
    struct pty *pty = kept_start(NULL, NULL);
    pty_wait_text(pty, "unfinished session of one-neuron, 16 lines");
    pty_see(pty, "r", "brought back: 16 lines");
    pty_see(pty, ":say short\r", "short");
    pty_see(pty, "net 2 3 1; W0 = 0.75\r", "0.75"); /* with matrices, which take several lines */
    assert_int_equal(kept_journals(path), 1);
    assert_int_equal(stat(path, &info), 0);
    assert_in_range(info.st_size, 100, 10000);
    kept_end(pty, SIGKILL);
    pty = kept_start(NULL, NULL);
    pty_wait_text(pty, "an unfinished session, ");
    pty_see(pty, "r", "brought back: ");
    pty_wait_text(pty, "2-3-1");
    pty_wait_text(pty, "0.7500");
    pty_leave(pty, "qy");
    kept_assert_none();
}

/* A scene that is gone, a line that fails: what came of it is said, and nothing is lost. */
static void test_what_cannot_be_brought_back(void **state) {
    (void)state;
    char where[256], path[512];
    struct journal journal;
    struct error error = {0};
    kept_path(where, "backstep");
    assert_int_equal(journal_begin(&journal, where, "/nowhere/gone.scene", &error), STATUS_OK);
    assert_int_equal(journal_add(&journal, "x = 1", 5, &error), STATUS_OK);
    journal_end(&journal, true);
    struct pty *pty = kept_start("one-neuron", NULL);
    pty_wait_text(pty, "an unfinished session of gone.scene, 1 line");
    pty_see(pty, "r", "brought back 0 of 1 lines: cannot open '/nowhere/gone.scene'");
    pty_leave(pty, "q");
    assert_int_equal(kept_journals(path), 1);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(journal_begin(&journal, where, "one-neuron", &error), STATUS_OK);
    assert_int_equal(journal_add(&journal, "x = 9", 5, &error), STATUS_OK);
    assert_int_equal(journal_add(&journal, "load no-such-file", 17, &error), STATUS_OK);
    assert_int_equal(write(journal.fd, "x = 8", 5), 5); /* and one that was cut off */
    journal_end(&journal, true);
    pty = kept_start(NULL, NULL);
    pty_wait_text(pty, "of one-neuron, 2 lines");
    pty_see(pty, "r", "brought back 1 of 2 lines: cannot open");
    pty_wait_text(pty, "9.0000");
    pty_leave(pty, "qy");
    assert_int_equal(kept_journals(path), 1);
    assert_int_equal(unlink(path), 0);
}

/* In plain mode at a terminal too, in the words of that; and a scene written there is not
 * written again. */
static void test_plain(void **state) {
    (void)state;
    char path[256], made[300];
    const char *scene = "net 1 1\nexport json made.json\nsay Wrote it.\npause\n"
                        "x = 2\nsay The second.\npause\nsay The end.\n";
    kept_path(path, "told.scene");
    kept_path(made, "made.json");
    assert_int_equal(file_write(path, scene, strlen(scene), NULL), STATUS_OK);
    struct pty *pty = kept_start("--plain", path);
    pty_wait_text(pty, "The scene wants to write");
    pty_see(pty, "allow\ncontinue\nW0 = 0.75\nlr = 0.5; train 3\nprint 1 + 1; print 3333 * 3\n",
            "9999");
    kept_end(pty, SIGKILL);
    assert_int_equal(unlink(made), 0);
    pty = kept_start("one-neuron", NULL); /* the screen would go through it in another way */
    pty_wait_text(pty, "0 of 7");
    assert_false(pty_has_text(pty, "unfinished"));
    pty_leave(pty, "q");
    pty = kept_start("--plain", "one-neuron");
    pty_wait_text(pty, "There is an unfinished session of told.scene, 7 lines: 'recover'");
    pty_see(pty, "recover\n", "Brought back: 7 lines.");
    pty_wait_text(pty, "The second.");
    pty_see(pty, "print x; print updates * 1111\n", "3333");
    assert_int_equal(access(made, F_OK), -1);
    kept_end(pty, SIGKILL); /* it is this session's now */
    pty = kept_start("--plain", NULL);
    pty_wait_text(pty, "unfinished session of told.scene, 9 lines");
    pty_see(pty, "forget\n", "Dropped.");
    pty_leave(pty, "quit\n");
    pty = kept_start("--plain", "one-neuron");
    pty_wait_text(pty, "Enter is a step on");
    assert_false(pty_has_text(pty, "unfinished"));
    pty_see(pty, "W0 = 1\n", "W0[1,1]");
    pty_leave(pty, "\x04"); /* a good end leaves nothing */
    pty = kept_start("--plain", "one-neuron");
    pty_wait_text(pty, "Enter is a step on");
    pty_see(pty, "recover\n", "there is no unfinished session");
    pty_leave(pty, "quit\n");
}

/* A line of the journal cannot hold where the scene is: it begins from the state, and what
 * led to it is done once. */
static void test_a_folder_of_two_lines(void **state) {
    (void)state;
    char path[256], line[700];
    const char *scene = "net 1 1\nsay Here.\npause\n";
    kept_path(path, "two\nlines");
    assert_int_equal(mkdir(path, 0700), 0);
    kept_path(path, "two\nlines/a.scene");
    assert_int_equal(file_write(path, scene, strlen(scene), NULL), STATUS_OK);
    strrchr(path, '/')[0] = '\0';
    snprintf(line, sizeof line, "cd '%s' && exec \"$BACKSTEP\" a.scene", path);
    const char *argv[] = {"/bin/sh", "-c", line, NULL};
    struct pty *pty = kept_start_with(argv);
    pty_wait_text(pty, "Here.");
    pty_see(pty, ":x += 3\r", "x[1]: 0 → 3");
    kept_end(pty, SIGKILL);
    pty = kept_start("one-neuron", NULL);
    pty_wait_text(pty, "an unfinished session, ");
    pty_see(pty, "r", "brought back");
    pty_wait_text(pty, "3.0000");
    pty_type(pty, ":quit now\r");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    kept_assert_none();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_end_leaves_nothing),
        cmocka_unit_test(test_a_quiz),
        cmocka_unit_test(test_hang_up),
        cmocka_unit_test(test_two_at_once),
        cmocka_unit_test(test_no_link_is_followed),
        cmocka_unit_test(test_begun_and_killed),
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_what_cannot_be_brought_back),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_a_folder_of_two_lines),
    };
    return cmocka_run_group_tests(tests, kept_setup, kept_teardown) ? 1 : 0;
}
