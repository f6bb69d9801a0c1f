/*
 * tests/app/test_endings.c - the real program gives the terminal back however it ends and
 * whatever it does just then; and it works on every terminal, in every locale, at every
 * size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty.h"

static struct pty *start(const char *scene, const char *term, int rows, int cols,
                         const char *const *environment) {
    const char *argv[] = {getenv("BACKSTEP"), scene, NULL};
    struct pty_options options = {
        .argv = argv, .rows = rows, .cols = cols, .term = term, .environment = environment};
    return pty_start(&options);
}

/* ---- endings ---- */

/* What the program does when it ends. */
static const struct situation {
    const char *scene, *keys, *seen;
} situations[] = {
    {NULL, "", "one-neuron"},                                     /* the menu */
    {"one-neuron", "", "0 of 7"},                                 /* a pause */
    {"one-neuron", ":W0 = 1.5", ": W0 = 1.5"},                    /* the prompt, and a preview */
    {"one-neuron", ":\x12W", "search"},                           /* a search in the history */
    {"one-neuron", "?", "this list"},                             /* a page */
    {"one-neuron", ":W0 = 1\r\x03q", "leave, and lose"},          /* a question */
    {"one-neuron", ":lr = 0; train 1000000000000\r", "training"}, /* a long training */
};

static struct pty *bring_to(const struct situation *situation) {
    struct pty *pty = start(situation->scene, NULL, 24, 80, NULL);
    if (*situation->keys) {
        pty_wait_text(pty, "0 of 7");
        pty_type(pty, situation->keys);
    }
    pty_wait_text(pty, situation->seen);
    assert_true(pty_state(pty).alternate_screen);
    return pty;
}

static void test_signals(void **state) {
    (void)state;
    static const struct {
        int number, exit_code; /* -1: dies of it */
    } signals[] = {
        {SIGTERM, 128 + SIGTERM},
        {SIGHUP, 128 + SIGHUP},
        {SIGQUIT, 128 + SIGQUIT},
        {SIGSEGV, -1},
        {SIGABRT, -1},
    };
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        for (size_t n = 0; n < sizeof signals / sizeof *signals; n++) {
            struct pty *pty = bring_to(&situations[i]);
            pty_signal(pty, signals[n].number);
            int status = pty_wait_exit(pty);
            pty_assert_given_back(pty);
            if (signals[n].exit_code >= 0) {
                assert_true(WIFEXITED(status));
                assert_int_equal(WEXITSTATUS(status), signals[n].exit_code);
            } else if (!SANITIZED) {
                assert_true(WIFSIGNALED(status));
                assert_int_equal(WTERMSIG(status), signals[n].number);
            }
            pty_close(pty);
        }
    }
}

/* Asked to leave, it leaves well, however often it is interrupted from then on. */
static void test_interrupted_on_the_way_out(void **state) {
    (void)state;
    for (int n = 0; n < 20; n++) {
        struct pty *pty = bring_to(&situations[1]);
        pid_t pid = pty_pid(pty);
        pty_type(pty, "nq");
        pid_t other = fork();
        if (other == 0) {
            while (kill(pid, SIGINT) == 0) {
            }
            _exit(0);
        }
        int status = pty_wait_exit(pty);
        assert_int_equal(waitpid(other, NULL, 0), other);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
        pty_assert_given_back(pty);
        pty_close(pty);
    }
}

static void test_a_lost_terminal(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        struct pty *pty = bring_to(&situations[i]);
        pty_hang_up(pty);
        assert_true(WIFEXITED(pty_wait_exit(pty)));
        pty_close(pty);
    }
}

/* ^Z gives it back too, and what was on the screen is there again; to end while stopped
 * is to end. */
static void test_stopped(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        struct pty *pty = bring_to(&situations[i]);
        pty_type(pty, "\x1a");
        assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
        pty_assert_given_back(pty);
        pty_continue(pty, true);
        pty_wait_text(pty, situations[i].seen);
        assert_true(pty_state(pty).alternate_screen);
        pty_signal(pty, SIGTSTP);
        assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
        pty_assert_given_back(pty);
        pty_signal(pty, SIGTERM);
        pty_continue(pty, false);
        assert_true(WIFEXITED(pty_wait_exit(pty)));
        pty_assert_given_back(pty);
        pty_close(pty);
    }
}

/* ---- a scene that would write ---- */

/* A folder, as mkdtemp() has it, with a scene in it to be written. */
static FILE *begin_scene(char *folder, char scene[64]) {
    assert_non_null(mkdtemp(folder));
    snprintf(scene, 64, "%s/s.scene", folder);
    FILE *file = fopen(scene, "w");
    assert_non_null(file);
    return file;
}

static void test_consent(void **state) {
    (void)state;
    char folder[] = "/tmp/backstep-consent-XXXXXX", scene[64], made[64];
    FILE *file = begin_scene(folder, scene);
    fputs("net 1 1\nexport json made.json\nsay One\npause\nexport json made.json\nsay Two\n", file);
    fclose(file);
    snprintf(made, sizeof made, "%s/made.json", folder);
    static const char *const answers[] = {"n", "\x1b", ":allow no\r\x03", "y", " y"};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        bool yes = strchr(answers[i], 'y') != NULL;
        struct pty *pty = start(scene, NULL, 24, 80, NULL);
        pty_wait_text(pty, "the scene wants to write 'made.json'");
        assert_int_equal(access(made, F_OK), -1);
        pty_see(pty, answers[i], "One");
        assert_int_equal(access(made, F_OK), yes ? 0 : -1);
        pty_see(pty, " ", "Two"); /* it does not ask again */
        assert_int_equal(access(made, F_OK), yes ? 0 : -1);
        unlink(made);
        pty_type(pty, "q");
        assert_int_equal(pty_wait_exit(pty), 0);
        pty_close(pty);
    }
    unlink(scene);
    assert_int_equal(rmdir(folder), 0);
}

/* Nor does a key do what the scene that bound it may not: write, or allow itself to. */
static void test_keys_of_a_scene(void **state) {
    (void)state;
    char folder[] = "/tmp/backstep-bound-XXXXXX", scene[64], made[64];
    FILE *file = begin_scene(folder, scene);
    snprintf(made, sizeof made, "%s-made", folder);
    fprintf(file,
            "net 1 1\nbind F5 export csv W0 %s\nbind F6 allow\nbind F7 bind F8 save %s\n"
            "bind F9 export csv W0 made\nbind F10 x = 7; quit now\nsay One\n",
            made, made);
    fclose(file);
    struct pty *pty = start(scene, NULL, 24, 80, NULL);
    pty_wait_text(pty, "One");
    pty_see(pty, "\x1b[15~", "not in the scene's folder");
    pty_see(pty, "\x1b[17~", "this is yours to say");
    pty_lose(pty, "\x1b[18~", "yours to say");
    pty_see(pty, "\x1b[19~", "not in the scene's folder");
    /* the working folder is open to it, where it is let write */
    pty_see(pty, "\x1b[20~", "not written: made");
    pty_see(pty, "\x1b[21~", "this is yours to say");
    pty_wait_text(pty, "7.0000");
    assert_int_equal(access(made, F_OK), -1);
    pty_type(pty, "qy");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    unlink(scene);
    assert_int_equal(rmdir(folder), 0);
}

/* ---- numbers that go wrong ---- */

/* What broke first is named, and one key goes back; a training stops by itself before. */
static void test_numbers(void **state) {
    (void)state;
    struct pty *pty = start("one-neuron", NULL, 24, 80, NULL);
    pty_wait_text(pty, "0 of 7");
    pty_see(pty, ":W0 = 1e200\r", "C overflowed first, u takes it back");
    pty_see(pty, "\x03G", "inf");
    pty_see(pty, "gu", "0 of 7");
    pty_wait_text(pty, "0.5000");
    pty_wait_gone(pty, "overflowed");
    pty_see(pty, ":activation linear; lr = 100; train 1000\r", "in the next one 'C' overflowed");
    pty_see(pty, "\x03u", "0.5000");
    pty_type(pty, "qy");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    pty = start("general", "dumb", 24, 80, NULL);
    pty_wait_text(pty, "'help' lists them");
    pty_see(pty, "x = 1e300; W0 = 1e300\n", "z1[1] overflowed first: 'undo' takes it back.");
    pty_close(pty);
}

/* ---- every terminal ---- */

/* Where the screen is drawn: a walk, the prompt, a step; and then it is as before. */
static bool shows_something(struct pty *pty, void *context) {
    (void)context;
    return pty_has_text(pty, "step 0 of 7") || pty_has_text(pty, "unknown terminal type");
}

static void walk_on(const char *term, const char *const *environment, const char *digit) {
    struct pty *pty = start("one-neuron", term, 24, 80, environment);
    pty_wait(pty, shows_something, NULL, "the screen");
    if (pty_has_text(pty, "unknown terminal type")) {
        printf("skipped: this machine does not know %s\n", term);
        pty_close(pty);
        return;
    }
    pty_see(pty, "n", "step 1 of 7");
    pty_see(pty, ":W0 = 1.25\r", digit);
    pty_type(pty, "quit now\r");
    assert_int_equal(pty_wait_exit(pty), 0);
    assert_true(pty_modes_as_before(pty));
    assert_false(pty_state(pty).alternate_screen);
    assert_true(pty_state(pty).cursor_visible);
    pty_close(pty);
}

static void test_terminals(void **state) {
    (void)state;
    static const char *const terms[] = {
        "xterm-256color", "xterm-direct", "xterm", "screen", "screen-256color",      "tmux",
        "tmux-256color",  "linux",        "vt100", "rxvt",   "rxvt-unicode-256color"};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        walk_on(terms[i], NULL, "1.2500");
    }
}

/* Where there can be no screen it says why, and goes on in lines. */
static void test_no_screen(void **state) {
    (void)state;
    const char *const terms[] = {"dumb", "no-such-terminal", ""};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        struct pty *pty = start(i == 0 ? NULL : "one-neuron", terms[i], 40, 80, NULL);
        pty_wait_text(pty, "backstep: ");
        pty_wait_text(pty, "TERM");
        pty_wait_text(pty, "as with --plain");
        if (i == 0) {
            pty_wait_text(pty, "1. one-neuron");
            pty_type(pty, "one-neuron\n");
        }
        pty_wait_text(pty, "Pause 1 of 12.");
        pty_see(pty, "\n", "z1[1] = 0.5 · 2 = 1");
        size_t count;
        const char *output = pty_output(pty, &count);
        assert_null(memchr(output, '\x1b', count));
        pty_leave(pty, "q\n");
    }
}

/* A comma is nobody's point; where the locale is not there, the plain one is taken. */
static void test_locales(void **state) {
    (void)state;
    static const char *const locales[] = {
        "LC_ALL=C",           "LC_ALL=POSIX",         "LC_ALL=C.UTF-8",      "LC_ALL=de_DE.UTF-8",
        "LC_ALL=ja_JP.UTF-8", "LC_ALL=zh_CN.GB18030", "LC_ALL=no_SUCH.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        const char *environment[] = {locales[i], NULL};
        walk_on(NULL, environment, "1.25");
    }
}

/* ---- every size, and too much of everything ---- */

static bool has_begun(struct pty *pty, void *context) {
    (void)context;
    return pty_state(pty).alternate_screen;
}

static void test_sizes(void **state) {
    (void)state;
    static const int sizes[][2] = {{1, 1},   {1, 200}, {200, 1}, {2, 2},    {3, 10},
                                   {5, 500}, {12, 40}, {24, 80}, {60, 200}, {200, 500}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct pty *pty = start("general", NULL, sizes[i][0], sizes[i][1], NULL);
        pty_wait(pty, has_begun, NULL, "the screen");
        pty_type(pty, "n]\t\t\t\tw++\x1b?q:W0 = 1\r\x03m\x1b");
        pty_resize(pty, 24, 80);
        pty_wait_text(pty, "of 13");
        pty_type(pty, "qy");
        assert_int_equal(pty_wait_exit(pty), 0);
        pty_assert_given_back(pty);
        pty_close(pty);
    }
}

/* A megabyte pasted, five thousand keys at once, two hundred sizes: no more than a pause. */
static void test_storm(void **state) {
    (void)state;
    enum { PASTE = 1000000, KEYS = 5000, SIZES = 200 };
    static char bytes[PASTE];
    struct pty *pty = start("general", NULL, 24, 80, NULL);
    pty_wait_text(pty, "0 of 13");
    memset(bytes, 'x', sizeof bytes);
    pty_see(pty, ":", "Esc leaves the prompt");
    pty_type(pty, "\x1b[200~");
    pty_send(pty, bytes, sizeof bytes);
    pty_type(pty, "\x1b[201~");
    pty_wait_row(pty, 22, "xxxxxxxxxx");
    pty_lose(pty, "\x03", "xxxxxxxxxx");
    for (int i = 0; i < KEYS; i++) {
        bytes[i] = "np"[i % 2];
    }
    pty_send(pty, bytes, KEYS);
    pty_see(pty, "nnn", "3 of 13");
    for (int i = 0; i < SIZES; i++) {
        pty_resize(pty, 1 + i * 7 % 60, 1 + i * 11 % 190);
    }
    pty_resize(pty, 30, 100);
    pty_wait_row(pty, 29, "general");
    pty_see(pty, "n", "4 of 13");
    pty_type(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_assert_given_back(pty);
    pty_close(pty);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signals),         cmocka_unit_test(test_interrupted_on_the_way_out),
        cmocka_unit_test(test_a_lost_terminal), cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_consent),         cmocka_unit_test(test_keys_of_a_scene),
        cmocka_unit_test(test_numbers),         cmocka_unit_test(test_terminals),
        cmocka_unit_test(test_no_screen),       cmocka_unit_test(test_locales),
        cmocka_unit_test(test_sizes),           cmocka_unit_test(test_storm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
