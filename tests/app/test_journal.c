/*
 * tests/app/test_journal.c - what a session did outlives kill -9: all but the last
 * command, for the user alone, and without two programs disturbing each other.
 *
 * BACKSTEP_KILLS says how many programs are killed (20), BACKSTEP_SEED how they are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/journal.h"
#include "base/file.h"
#include "place.h"
#include "pty.h"

static char folder[] = "/tmp/backstep-journal-XXXXXX";
static char state_home[128];

static void in_folder(char path[256], const char *name) {
    snprintf(path, 256, "%s/%s", folder, name);
}

static struct pty *start(const char *first, const char *second) {
    const char *argv[] = {getenv("BACKSTEP"), first, second, NULL};
    const char *environment[] = {state_home, NULL};
    struct pty_options options = {.argv = argv, .rows = 24, .cols = 80, .environment = environment};
    return pty_start(&options);
}

static void end_with(struct pty *pty, int number) {
    pty_signal(pty, number);
    (void)pty_wait_exit(pty);
    pty_close(pty);
}

/* How many journals there are; the path of one of them. */
static size_t journals(char path[512]) {
    char where[256];
    size_t count = 0;
    struct dirent *entry;
    in_folder(where, "backstep");
    DIR *stream = opendir(where);
    while (stream && (entry = readdir(stream)) != NULL) {
        if (strstr(entry->d_name, "journal-")) {
            snprintf(path, 512, "%s/%s", where, entry->d_name);
            count++;
        }
    }
    if (stream) {
        closedir(stream);
    }
    return count;
}

static char *contents(const char *path) {
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    assert_int_equal(file_read(path, 100000000, &text, &error), STATUS_OK);
    return text.bytes;
}

static void assert_no_journal(void) {
    char path[512];
    assert_int_equal(journals(path), 0);
}

/* The state that the program at the prompt has. */
static char *exported(struct pty *pty) {
    char line[512], path[256];
    in_folder(path, "state.json");
    unlink(path);
    snprintf(line, sizeof line, "export json %s\r", path);
    pty_type(pty, line);
    pty_wait_text(pty, "wrote");
    return contents(path);
}

/* ---- killed ---- */

static uint64_t seed;

static unsigned random_below(unsigned count) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed % count);
}

/* What is typed: something is done, and the title tells how far it came. */
enum { DONE_MOST = 12 };

static void put_command(struct text *line, unsigned number) {
    static const char *const kinds[] = {"x = 0.",  "W0 += 0.",       "train ",   "step ",
                                        "lr = 0.", "lr = 0.5; undo", "goto END", "continue",
                                        "digits ", "W1[1,1] = -0."};
    const char *kind = kinds[random_below(sizeof kinds / sizeof *kinds)];
    bool counted = strchr(". ", kind[strlen(kind) - 1]) != NULL;
    text_put(line, kind);
    if (counted) {
        text_printf(line, "%u", 1 + random_below(9));
    }
    text_printf(line, "; title did %u.\r", number);
}

/* The number of the last title of a journal; each before it is there, in order. */
static unsigned read_lines(const char *journal) {
    unsigned last = 0;
    const char *at = strstr(journal, "\n\n");
    assert_non_null(at);
    while ((at = strstr(at, "title did ")) != NULL) {
        unsigned number = (unsigned)strtoul(at + strlen("title did "), NULL, 10);
        assert_int_equal(number, last + 1);
        last = number;
        at++;
    }
    return last;
}

/* What the program does when nobody kills it: the same lines, up to this title. */
static char *undisturbed(const struct text commands[DONE_MOST + 1], unsigned last) {
    struct pty *pty = start("two-layers", NULL);
    char title[32];
    pty_wait_text(pty, "step 0 of 13");
    pty_type(pty, ":");
    for (unsigned n = 1; n <= last; n++) {
        pty_type(pty, text_string(&commands[n]));
    }
    snprintf(title, sizeof title, "did %u.", last);
    pty_wait_row(pty, 0, last > 0 ? title : "Two layers");
    char *json = exported(pty);
    pty_type(pty, "quit now\r");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    return json;
}

/* Run commands, of which it is certain that the first `seen` are done; then kill it. */
static void run_and_kill(const struct text commands[DONE_MOST + 1], unsigned seen, unsigned all) {
    char title[32];
    struct pty *pty = start("two-layers", NULL);
    pty_wait_text(pty, "step 0 of 13");
    pty_type(pty, ":");
    for (unsigned n = 1; n <= seen; n++) {
        pty_type(pty, text_string(&commands[n]));
    }
    snprintf(title, sizeof title, "did %u.", seen);
    pty_wait_row(pty, 0, seen > 0 ? title : "Two layers");
    snprintf(title, sizeof title, "title did %u.", seen);
    pty_wait_gone(pty, title); /* a preview shows the title before the line is entered */
    for (unsigned n = seen + 1; n <= all; n++) {
        pty_type(pty, text_string(&commands[n]));
    }
    for (unsigned spin = random_below(4); spin > 0; spin--) { /* some way into them */
        pty_resize(pty, 24 + (int)(spin % 2), 80);
        (void)pty_has_text(pty, "did");
    }
    end_with(pty, SIGKILL);
}

/* Was half of the line after the last title done too? */
static bool is_cut(const char *path) {
    char *journal = contents(path);
    const char *tail = strrchr(journal, '\n');
    while (tail > journal && strncmp(tail + 1, "title", 5) != 0) {
        tail--;
    }
    bool cut = strchr(tail + 1, '\n')[1] != '\0';
    free(journal);
    return cut;
}

/* Brought back, it is what it was after the last title; what came behind that is of the
 * command that was cut off. */
static void bring_back(const char *path, const char *wanted, unsigned last) {
    char title[32];
    struct pty *pty = start(NULL, NULL);
    pty_wait_text(pty, "an unfinished session of two-layers");
    pty_type(pty, "r");
    pty_wait_text(pty, "brought back: ");
    snprintf(title, sizeof title, "did %u.", last);
    pty_wait_row(pty, 0, title);
    bool cut = is_cut(path);
    pty_type(pty, ":");
    if (!cut) {
        char *got = exported(pty);
        assert_string_equal(got, wanted);
        free(got);
    }
    pty_leave(pty, "quit now\r");
}

static void kill_once(void) {
    struct text commands[DONE_MOST + 1] = {{0}};
    unsigned all = 1 + random_below(DONE_MOST), seen = random_below(all), last = 0;
    char path[512] = "";
    for (unsigned n = 1; n <= all; n++) {
        put_command(&commands[n], n);
    }
    run_and_kill(commands, seen, all);
    if (journals(path) > 0) {
        char *journal = contents(path);
        last = read_lines(journal);
        free(journal);
    }
    assert_in_range(last, seen, all);
    if (last > 0) {
        char *wanted = undisturbed(commands, last);
        bring_back(path, wanted, last);
        free(wanted);
    } else if (journals(path) > 0) { /* half of the first line */
        unlink(path);
    }
    assert_no_journal();
    for (unsigned n = 0; n <= DONE_MOST; n++) {
        text_free(&commands[n]);
    }
}

static void test_kill(void **state) {
    (void)state;
    const char *kills = getenv("BACKSTEP_KILLS"), *given = getenv("BACKSTEP_SEED");
    seed = given ? strtoull(given, NULL, 10) : 20;
    seed = seed > 0 ? seed : 1;
    printf("seed %llu\n", (unsigned long long)seed);
    for (long n = kills ? strtol(kills, NULL, 10) : 20; n > 0; n--) {
        kill_once();
    }
}

/* ---- what stays, and for whom ---- */

static void test_a_good_end_leaves_nothing(void **state) {
    (void)state;
    char path[512];
    struct stat info;
    struct pty *pty = start("xor", NULL);
    pty_close(pty);
    pty = start("one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_type(pty, "n");
    pty_wait_text(pty, "1 of 7");
    assert_int_equal(journals(path), 1);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    strrchr(path, '/')[0] = '\0';
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    pty_leave(pty, "q");
    assert_no_journal();
}

static struct pty *start_quiz(const char *number) {
    const char *argv[] = {getenv("BACKSTEP"), "quiz", "one-neuron", "--seed", number, NULL};
    const char *environment[] = {state_home, NULL};
    struct pty_options options = {.argv = argv, .rows = 24, .cols = 80, .environment = environment};
    struct pty *pty = pty_start(&options);
    pty_wait_text(pty, "answer:");
    return pty;
}

/* The answers of a quiz come back to the questions that they were given to: to those of
 * another seed they are not offered. */
static void test_a_quiz(void **state) {
    (void)state;
    struct pty *pty = start_quiz("3");
    pty_type(pty, "123\r");
    pty_wait_text(pty, "Not yet");
    end_with(pty, SIGKILL);
    pty = start_quiz("4");
    assert_false(pty_has_text(pty, "unfinished"));
    pty_type(pty, "quit now\r");
    (void)pty_wait_exit(pty);
    pty_close(pty);
    pty = start_quiz("3");
    pty_wait_text(pty, "an unfinished session of one-neuron, 1 line: 'recover' brings it back");
    assert_false(pty_has_text(pty, "Not yet"));
    pty_type(pty, "recover\r");
    pty_wait_text(pty, "brought back: 1 line");
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
    struct pty *pty = start("one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_type(pty, "n");
    pty_wait_text(pty, "1 of 7");
    end_with(pty, SIGHUP);
    assert_no_journal();
    pty = start("one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_type(pty, ":W0 = 0.75\r");
    pty_wait_text(pty, "0.75");
    end_with(pty, SIGHUP);
    assert_int_equal(journals(path), 1);
    pty = start("two-layers", NULL); /* offered there too, and any other key takes it away */
    pty_wait_text(pty, "an unfinished session of one-neuron, 1 line: r brings it back");
    pty_type(pty, "n");
    pty_wait_gone(pty, "unfinished");
    pty_wait_text(pty, "1 of 13");
    pty_type(pty, ":recover\r");
    pty_wait_text(pty, "brought back: 1 line");
    pty_wait_text(pty, "0.7500");
    end_with(pty, SIGKILL); /* it is this session's now */
    pty = start(NULL, NULL);
    pty_wait_text(pty, "an unfinished session of one-neuron");
    pty_type(pty, "d");
    pty_wait_text(pty, "dropped");
    assert_no_journal();
    pty_leave(pty, "q");
}

static void test_two_at_once(void **state) {
    (void)state;
    char path[512];
    struct pty *one = start("one-neuron", NULL), *two = start("two-layers", NULL);
    pty_wait_text(one, "0 of 7");
    pty_wait_text(two, "0 of 13");
    pty_type(one, ":W0 = 0.75\r");
    pty_type(two, ":W0 = 0.75\r");
    pty_wait_text(one, "0.75");
    pty_wait_text(two, "0.75");
    assert_int_equal(journals(path), 2);
    end_with(two, SIGKILL);
    struct pty *three = start(NULL, NULL); /* the one that lives is not offered */
    pty_wait_text(three, "an unfinished session of two-layers");
    struct pty *four = start("general", NULL); /* and what is offered there, not here */
    pty_wait_text(four, "0 of 13");
    assert_false(pty_has_text(four, "unfinished"));
    pty_leave(four, "q");
    pty_type(three, "d");
    pty_wait_text(three, "dropped");
    pty_leave(three, "q");
    pty_type(one, "x = 3\r");
    pty_wait_text(one, "3.0000");
    assert_int_equal(journals(path), 1);
    pty_type(one, "quit now\r");
    assert_int_equal(pty_wait_exit(one), 0);
    pty_close(one);
    assert_no_journal();
}

/* A link in the folder's place: nothing is written through it, and it is said once. */
static void test_no_link_is_followed(void **state) {
    (void)state;
    char where[256], aside[256], target[256];
    in_folder(where, "backstep");
    in_folder(aside, "aside");
    in_folder(target, "target");
    assert_int_equal(rename(where, aside), 0);
    assert_int_equal(mkdir(target, 0700), 0);
    assert_int_equal(symlink(target, where), 0);
    struct pty *pty = start("one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_type(pty, "n");
    pty_wait_text(pty, "cannot keep a journal in");
    pty_type(pty, "n");
    pty_wait_text(pty, "2 of 7");
    pty_wait_gone(pty, "cannot keep a journal in");
    pty_leave(pty, "q");
    assert_int_equal(unlink(where), 0);
    assert_int_equal(rmdir(target), 0);
    assert_int_equal(rename(aside, where), 0);
}

/* ---- the bound ---- */

/* A journal as long as it may be: what comes then is begun anew from the state. */
/* An empty file of this name in the folder of journals, last written so many seconds ago. */
static void make_file(char path[256], const char *name, long ago) {
    char inside[64];
    struct timespec times[2];
    snprintf(inside, sizeof inside, "backstep/%s", name);
    in_folder(path, inside);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec -= ago;
    times[1] = times[0];
    assert_int_equal(futimens(fd, times), 0);
    close(fd);
}

/* Of a program that was killed before its journal had its name: gone, unless it may yet
 * get it. */
static void test_begun_and_killed(void **state) {
    (void)state;
    char killed[256], held[256], young[256], linked[256], where[256];
    struct unfinished unfinished;
    int let_go;
    make_file(killed, "new-journal-1", 7200);
    make_file(young, "new-journal-2", 0);
    make_file(held, "new-journal-3", 7200);
    in_folder(linked, "backstep/new-journal-4");
    assert_int_equal(symlink("/dev/null", linked), 0);
    pid_t holder = place_hold(held, &let_go);
    in_folder(where, "backstep");
    assert_false(unfinished_find(&unfinished, where));
    assert_int_equal(access(killed, F_OK), -1);
    assert_int_equal(access(young, F_OK), 0);
    assert_int_equal(access(held, F_OK), 0);
    assert_int_equal(access(linked, F_OK), 0);
    close(let_go);
    assert_int_equal(waitpid(holder, NULL, 0), holder);
    assert_false(unfinished_find(&unfinished, where)); /* it holds it no more */
    assert_int_equal(access(held, F_OK), -1);
    assert_true(unlink(young) == 0 && unlink(linked) == 0);
}

static void test_bound(void **state) {
    (void)state;
    enum { LONG = 1024 * 1024 };
    char where[256], path[512];
    struct journal journal;
    struct error error = {0};
    struct stat info;
    static char line[LONG];
    in_folder(where, "backstep");
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
    struct pty *pty = start(NULL, NULL);
    pty_wait_text(pty, "unfinished session of one-neuron, 16 lines");
    pty_type(pty, "r");
    pty_wait_text(pty, "brought back: 16 lines");
    pty_type(pty, ":say short\r");
    pty_wait_text(pty, "short");
    pty_type(pty, "net 2 3 1; W0 = 0.75\r"); /* with matrices, which take several lines */
    pty_wait_text(pty, "0.75");
    assert_int_equal(journals(path), 1);
    assert_int_equal(stat(path, &info), 0);
    assert_in_range(info.st_size, 100, 10000);
    end_with(pty, SIGKILL);
    pty = start(NULL, NULL);
    pty_wait_text(pty, "an unfinished session, ");
    pty_type(pty, "r");
    pty_wait_text(pty, "brought back: ");
    pty_wait_text(pty, "2-3-1");
    pty_wait_text(pty, "0.7500");
    pty_leave(pty, "qy");
    assert_no_journal();
}

/* A scene that is gone, a line that fails: what came of it is said, and nothing is lost. */
static void test_what_cannot_be_brought_back(void **state) {
    (void)state;
    char where[256], path[512];
    struct journal journal;
    struct error error = {0};
    in_folder(where, "backstep");
    assert_int_equal(journal_begin(&journal, where, "/nowhere/gone.scene", &error), STATUS_OK);
    assert_int_equal(journal_add(&journal, "x = 1", 5, &error), STATUS_OK);
    journal_end(&journal, true);
    struct pty *pty = start("one-neuron", NULL);
    pty_wait_text(pty, "an unfinished session of gone.scene, 1 line");
    pty_type(pty, "r");
    pty_wait_text(pty, "brought back 0 of 1 lines: cannot open '/nowhere/gone.scene'");
    pty_leave(pty, "q");
    assert_int_equal(journals(path), 1);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(journal_begin(&journal, where, "one-neuron", &error), STATUS_OK);
    assert_int_equal(journal_add(&journal, "x = 9", 5, &error), STATUS_OK);
    assert_int_equal(journal_add(&journal, "load no-such-file", 17, &error), STATUS_OK);
    assert_int_equal(write(journal.fd, "x = 8", 5), 5); /* and one that was cut off */
    journal_end(&journal, true);
    pty = start(NULL, NULL);
    pty_wait_text(pty, "of one-neuron, 2 lines");
    pty_type(pty, "r");
    pty_wait_text(pty, "brought back 1 of 2 lines: cannot open");
    pty_wait_text(pty, "9.0000");
    pty_leave(pty, "qy");
    assert_int_equal(journals(path), 1);
    assert_int_equal(unlink(path), 0);
}

/* In plain mode at a terminal too, in the words of that; and a scene written there is not
 * written again. */
static void test_plain(void **state) {
    (void)state;
    char path[256], made[300];
    const char *scene = "net 1 1\nexport json made.json\nsay Wrote it.\npause\n"
                        "x = 2\nsay The second.\npause\nsay The end.\n";
    in_folder(path, "told.scene");
    in_folder(made, "made.json");
    assert_int_equal(file_write(path, scene, strlen(scene), NULL), STATUS_OK);
    struct pty *pty = start("--plain", path);
    pty_wait_text(pty, "The scene wants to write");
    pty_type(pty, "allow\ncontinue\nW0 = 0.75\nlr = 0.5; train 3\nprint 1 + 1; print 3333 * 3\n");
    pty_wait_text(pty, "9999");
    end_with(pty, SIGKILL);
    assert_int_equal(unlink(made), 0);
    pty = start("one-neuron", NULL); /* the screen would go through it in another way */
    pty_wait_text(pty, "0 of 7");
    assert_false(pty_has_text(pty, "unfinished"));
    pty_leave(pty, "q");
    pty = start("--plain", "one-neuron");
    pty_wait_text(pty, "There is an unfinished session of told.scene, 7 lines: 'recover'");
    pty_type(pty, "recover\n");
    pty_wait_text(pty, "Brought back: 7 lines.");
    pty_wait_text(pty, "The second.");
    pty_type(pty, "print x; print updates * 1111\n");
    pty_wait_text(pty, "3333");
    assert_int_equal(access(made, F_OK), -1);
    end_with(pty, SIGKILL); /* it is this session's now */
    pty = start("--plain", NULL);
    pty_wait_text(pty, "unfinished session of told.scene, 9 lines");
    pty_type(pty, "forget\n");
    pty_wait_text(pty, "Dropped.");
    pty_leave(pty, "quit\n");
    pty = start("--plain", "one-neuron");
    pty_wait_text(pty, "Enter is a step on");
    assert_false(pty_has_text(pty, "unfinished"));
    pty_type(pty, "W0 = 1\n");
    pty_wait_text(pty, "W0[1,1]");
    pty_leave(pty, "\x04"); /* a good end leaves nothing */
    pty = start("--plain", "one-neuron");
    pty_wait_text(pty, "Enter is a step on");
    pty_type(pty, "recover\n");
    pty_wait_text(pty, "there is no unfinished session");
    pty_leave(pty, "quit\n");
}

static int make_folder(void **state) {
    (void)state;
    bool made = mkdtemp(folder) != NULL;
    snprintf(state_home, sizeof state_home, "XDG_STATE_HOME=%s", folder);
    return made ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_end_leaves_nothing),
        cmocka_unit_test(test_kill),
        cmocka_unit_test(test_a_quiz),
        cmocka_unit_test(test_hang_up),
        cmocka_unit_test(test_two_at_once),
        cmocka_unit_test(test_no_link_is_followed),
        cmocka_unit_test(test_begun_and_killed),
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_what_cannot_be_brought_back),
        cmocka_unit_test(test_plain),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder) ? 1 : 0;
}
