/*
 * test_file.c - whole files in and out: what cannot be read is an error that names it;
 * where files lie, and whether they were written since.
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
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "place.h"

enum { LIMIT = 1 << 20 };

static void test_there_and_back(void **state) {
    struct place *place = *state;
    const char *path = place_path(place, "a file");
    place_put(path, "one\n\0two", 8);
    place_check(path, "one\n\0two", 8);
    place_put(path, "", 0);
    place_check(path, "", 0);
    char *large = malloc(300000);
    assert_non_null(large);
    for (size_t n = 0; n < 300000; n++) {
        large[n] = (char)(n % 251);
    }
    place_put(path, large, 300000);
    place_check(path, large, 300000);
    free(large);
    assert_int_equal(place_names(place->folder, false), 1);
}

static void refuses_read(const char *path, size_t limit, const char *cause) {
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    assert_int_equal(file_read(path, limit, &text, &error), STATUS_IO);
    assert_int_equal(error.status, STATUS_IO);
    if (!strstr(error.text, path) || !strstr(error.text, cause)) {
        fail_msg("%s", error.text);
    }
    text_free(&text);
}

static void test_cannot_read(void **state) {
    struct place *place = *state;
    refuses_read(place_path(place, "missing"), LIMIT, "cannot open '");
    refuses_read(place_path(place, "missing/below"), LIMIT, "cannot open '");
    refuses_read(place->folder, LIMIT, "is a folder, not a file");
    refuses_read("/dev/null", LIMIT, "is not a regular file");
    assert_int_equal(mkfifo(place_path(place, "pipe"), 0600), 0);
    refuses_read(place_path(place, "pipe"), LIMIT, "is not a regular file");
    place_put(place_path(place, "four"), "1234", 4);
    refuses_read(place_path(place, "four"), 3, "is larger than 3 bytes");
    assert_int_equal(truncate(place_path(place, "four"), 1024 * 1024 + 1), 0);
    refuses_read(place_path(place, "four"), 1024 * 1024, "is larger than 1 MiB");
    place_put(place_path(place, "four"), "1234", 4);
    struct text text = TEXT_EMPTY;
    assert_int_equal(file_read(place_path(place, "four"), 4, &text, NULL), STATUS_OK);
    assert_string_equal(text_string(&text), "1234");
    text_free(&text);
}

static void test_standard_input(void **state) {
    struct place *place = *state;
    place_put(place_path(place, "input"), "typed", 5);
    int before = dup(STDIN_FILENO);
    assert_non_null(freopen(place_path(place, "input"), "r", stdin));
    struct text text = TEXT_EMPTY;
    assert_int_equal(file_read("-", LIMIT, &text, NULL), STATUS_OK);
    assert_string_equal(text_string(&text), "typed");
    text_free(&text);
    assert_non_null(freopen("/dev/zero", "r", stdin)); /* no end, and no memory for it */
    text.failed = true;
    assert_int_equal(file_read("-", LIMIT, &text, NULL), STATUS_MEMORY);
    text_free(&text);
    if (before >= 0) {
        dup2(before, STDIN_FILENO);
        close(before);
    }
}

/* Links and '..' are followed; a file that is yet to be made lies where its folder does. */
static void test_inside(void **state) {
    struct place *place = *state;
    char sub[128], link[128];
    snprintf(sub, sizeof sub, "%s/sub", place->folder);
    snprintf(link, sizeof link, "%s/link", place->folder);
    place_put(place_path(place, "file"), "x", 1);
    assert_int_equal(mkdir(sub, 0777), 0);
    assert_int_equal(symlink("../file", place_path(place, "sub/out")), 0);
    assert_int_equal(symlink("nowhere", place_path(place, "sub/dangling")), 0);
    assert_int_equal(symlink("sub", link), 0);
    assert_true(file_is_inside(place_path(place, "file"), place->folder));
    assert_true(file_is_inside(place_path(place, "sub/../file"), place->folder));
    assert_true(file_is_inside(place_path(place, "sub/out"), place->folder));
    assert_true(file_is_inside(place_path(place, "sub/new"), sub));
    assert_true(file_is_inside(place_path(place, "link/new"), sub));
    assert_true(file_is_inside(place_path(place, "sub/new"), link));
    assert_true(file_is_inside(place_path(place, "file"), "/"));
    assert_false(file_is_inside(place_path(place, "sub/out"), sub));
    assert_false(file_is_inside(place_path(place, "sub/../file"), sub));
    assert_false(file_is_inside(place_path(place, "sub/dangling"), sub));
    assert_false(file_is_inside(place_path(place, "sub2"), sub));
    assert_false(file_is_inside(place_path(place, "no/new"), place->folder));
    assert_false(file_is_inside(sub, sub));
    assert_false(file_is_inside(sub, place_path(place, "no")));
    assert_null(file_real(place_path(place, "sub/dangling")));
    char *real = file_real(place_path(place, "link/new")),
         *straight = file_real(place_path(place, "sub/new"));
    assert_string_equal(real, straight);
    free(real);
    free(straight);
    place_names(sub, true);
}

/* A file that is written again has another stamp, and so has another file. */
static void test_stamp(void **state) {
    struct place *place = *state;
    uint64_t first = 1, again = 1, other = 1, longer = 1, replaced = 1;
    place_put(place_path(place, "file"), "abc", 3);
    place_put(place_path(place, "other"), "abc", 3);
    assert_true(file_stamp(place_path(place, "file"), &first));
    assert_true(file_stamp(place_path(place, "file"), &again));
    assert_true(file_stamp(place_path(place, "other"), &other));
    assert_int_equal(first, again);
    assert_int_not_equal(first, other);
    place_put(place_path(place, "file"), "abcd", 4);
    assert_true(file_stamp(place_path(place, "file"), &longer));
    assert_int_not_equal(first, longer);
    assert_int_equal(file_write(place_path(place, "file"), "abcd", 4, NULL), STATUS_OK);
    assert_true(file_stamp(place_path(place, "file"), &replaced));
    assert_int_not_equal(longer, replaced);
    assert_false(file_stamp(place_path(place, "none"), &again));
    assert_int_equal(first, again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_IN_PLACE(test_there_and_back), TEST_IN_PLACE(test_cannot_read),
        TEST_IN_PLACE(test_standard_input), TEST_IN_PLACE(test_inside),
        TEST_IN_PLACE(test_stamp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
