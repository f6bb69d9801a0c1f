/*
 * tests/app/test_journal_kill.c - what a session did outlives kill -9: all but the last
 * command, wherever it was killed.
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

#include <signal.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "kept.h"

static char *contents(const char *path) {
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    assert_int_equal(file_read(path, 100000000, &text, &error), STATUS_OK);
    return text.bytes;
}

/* The state that the program at the prompt has. */
static char *exported(struct pty *pty) {
    char line[512], path[256];
    kept_path(path, "state.json");
    unlink(path);
    snprintf(line, sizeof line, "export json %s\r", path);
    pty_see(pty, line, "wrote");
    return contents(path);
}

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

/* A program at its prompt that has done the commands up to this one. */
static struct pty *start_and_do(const struct text commands[DONE_MOST + 1], unsigned last) {
    struct pty *pty = kept_start("two-layers", NULL);
    char title[32];
    pty_wait_text(pty, "step 0 of 13");
    pty_type(pty, ":");
    for (unsigned n = 1; n <= last; n++) {
        pty_type(pty, text_string(&commands[n]));
    }
    snprintf(title, sizeof title, "did %u.", last);
    pty_wait_row(pty, 0, last > 0 ? title : "Two layers");
    return pty;
}

/* What the program does when nobody kills it: the same lines, up to this title. */
static char *undisturbed(const struct text commands[DONE_MOST + 1], unsigned last) {
    struct pty *pty = start_and_do(commands, last);
    char *json = exported(pty);
    pty_type(pty, "quit now\r");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    return json;
}

/* Run commands, of which it is certain that the first `seen` are done; then kill it. */
static void run_and_kill(const struct text commands[DONE_MOST + 1], unsigned seen, unsigned all) {
    char title[32];
    struct pty *pty = start_and_do(commands, seen);
    snprintf(title, sizeof title, "title did %u.", seen);
    pty_wait_gone(pty, title); /* a preview shows the title before the line is entered */
    for (unsigned n = seen + 1; n <= all; n++) {
        pty_type(pty, text_string(&commands[n]));
    }
    for (unsigned spin = random_below(4); spin > 0; spin--) { /* some way into them */
        pty_resize(pty, 24 + (int)(spin % 2), 80);
        (void)pty_has_text(pty, "did");
    }
    kept_end(pty, SIGKILL);
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
    struct pty *pty = kept_start(NULL, NULL);
    pty_wait_text(pty, "an unfinished session of two-layers");
    pty_see(pty, "r", "brought back: ");
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
    if (kept_journals(path) > 0) {
        char *journal = contents(path);
        last = read_lines(journal);
        free(journal);
    }
    assert_in_range(last, seen, all);
    if (last > 0) {
        char *wanted = undisturbed(commands, last);
        bring_back(path, wanted, last);
        free(wanted);
    } else if (kept_journals(path) > 0) { /* half of the first line */
        unlink(path);
    }
    kept_assert_none();
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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kill)};
    return cmocka_run_group_tests(tests, kept_setup, kept_teardown) ? 1 : 0;
}
