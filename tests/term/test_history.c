/*
 * tests/term/test_history.c - the file of what was typed: its size, its mode, what is in
 * it, and several programs that write it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "term/history.h"

enum { WRITERS = 3, TIMES = 8 };

static char folder[] = "/tmp/backstep-history-XXXXXX";
static char path[64], other[64], lock[64];
static struct error error;

static int make_folder(void **state) {
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/history", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    snprintf(lock, sizeof lock, "%s/history.lock", folder);
    error = (struct error){0};
    return 0;
}

static int drop_folder(void **state) {
    (void)state;
    unlink(path);
    unlink(other);
    unlink(lock);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    return 0;
}

static enum status merge(const char *lines, size_t limit) {
    struct text own = TEXT_EMPTY;
    text_put(&own, lines);
    enum status status = history_merge(path, &own, limit, &error);
    text_free(&own);
    return status;
}

static void expect_lines(const char *wanted) {
    struct text lines = TEXT_EMPTY;
    assert_int_equal(history_read(path, &lines, &error), STATUS_OK);
    assert_string_equal(text_string(&lines), wanted);
    text_free(&lines);
}

static unsigned mode_of(const char *name) {
    struct stat info;
    assert_int_equal(lstat(name, &info), 0);
    return info.st_mode & 0777;
}

static void write_file(const char *name, const char *bytes) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(bytes, file);
    assert_int_equal(fclose(file), 0);
}

static void test_merge(void **state) {
    (void)state;
    expect_lines("");
    assert_int_equal(merge("one\ntwo\n", 10), STATUS_OK);
    assert_int_equal(mode_of(path), 0600);
    assert_int_equal(merge("two\nthree\nthree\n", 10), STATUS_OK);
    expect_lines("one\ntwo\nthree\n");
    assert_int_equal(merge("four\n", 2), STATUS_OK);
    expect_lines("three\nfour\n");
}

/* Whatever stands in the file comes out harmless; what is too long goes. */
static void test_lines(void **state) {
    (void)state;
    write_file(path, "bad\033[31m\n\nlast without an end");
    expect_lines("bad\xEF\xBF\xBD[31m\n\nlast without an end\n");
    struct text own = TEXT_EMPTY;
    text_put_repeat(&own, "x", 5000);
    text_put(&own, "\nshort\n");
    assert_int_equal(history_merge(path, &own, 10, &error), STATUS_OK);
    text_free(&own);
    expect_lines("bad\xEF\xBF\xBD[31m\nlast without an end\nshort\n");
    assert_int_equal(chmod(path, 0644), 0); /* as somebody else made it */
    assert_int_equal(merge("more\n", 10), STATUS_OK);
    assert_int_equal(mode_of(path), 0600);
}

static void test_link(void **state) {
    (void)state;
    write_file(other, "mine\n");
    assert_int_equal(symlink(other, path), 0);
    struct text lines = TEXT_EMPTY;
    assert_int_equal(history_read(path, &lines, &error), STATUS_IO);
    assert_non_null(strstr(error.text, "is a symbolic link"));
    assert_int_equal(lines.length, 0);
    assert_int_equal(merge("two\n", 10), STATUS_IO);
    struct stat info;
    assert_int_equal(stat(other, &info), 0);
    assert_int_equal(info.st_size, 5); /* untouched */
}

/* Nobody's lines are lost, and each one's own stay in their order. */
static void test_several_programs(void **state) {
    (void)state;
    pid_t writers[WRITERS];
    for (int w = 0; w < WRITERS; w++) {
        writers[w] = fork();
        assert_true(writers[w] >= 0);
        if (writers[w] == 0) {
            bool good = true;
            for (int n = 0; n < TIMES; n++) {
                char line[40];
                snprintf(line, sizeof line, "writer %d line %d\n", w, n);
                good = merge(line, 1000) == STATUS_OK && good;
            }
            _exit(good ? 0 : 1);
        }
    }
    for (int w = 0; w < WRITERS; w++) {
        int status;
        assert_int_equal(waitpid(writers[w], &status, 0), writers[w]);
        assert_int_equal(status, 0);
    }
    struct text lines = TEXT_EMPTY;
    assert_int_equal(history_read(path, &lines, &error), STATUS_OK);
    for (int w = 0; w < WRITERS; w++) {
        const char *at = text_string(&lines);
        for (int n = 0; n < TIMES; n++) {
            char line[40];
            snprintf(line, sizeof line, "writer %d line %d\n", w, n);
            at = strstr(at, line);
            assert_non_null(at);
        }
    }
    text_free(&lines);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make_folder, drop_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        EACH(test_merge),
        EACH(test_lines),
        EACH(test_link),
        EACH(test_several_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
