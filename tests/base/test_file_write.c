/*
 * test_file_write.c - a file is replaced whole or not at all: a write that fails leaves the
 * old file as it was and nothing beside it, and links stay links.
 */
/* link: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "place.h"
#include "starve.h"

static void test_mode(void **state) {
    struct place *place = *state;
    struct stat info;
    mode_t mask = umask(027);
    place_put(place_path(place, "new"), "x", 1);
    umask(mask);
    assert_int_equal(stat(place_path(place, "new"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
    assert_int_equal(chmod(place_path(place, "new"), 0604), 0);
    place_put(place_path(place, "new"), "y", 1);
    assert_int_equal(stat(place_path(place, "new"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0604);
}

static void refuses_write(const char *path, const char *cause) {
    struct error error = {0};
    assert_int_equal(file_write(path, "new", 3, &error), STATUS_IO);
    assert_int_equal(error.status, STATUS_IO);
    if (!strstr(error.text, path) || !strstr(error.text, cause)) {
        fail_msg("%s", error.text);
    }
}

static void test_cannot_write(void **state) {
    struct place *place = *state;
    refuses_write(place->folder, "is not a regular file");
    refuses_write("/dev/null", "is not a regular file");
    refuses_write(place_path(place, "missing/file"), "cannot write '");
    assert_int_equal(mkfifo(place_path(place, "pipe"), 0600), 0);
    refuses_write(place_path(place, "pipe"), "is not a regular file");
    place_put(place_path(place, "file"), "x", 1);
    refuses_write(place_path(place, "file/below"), "cannot write '");
    assert_int_equal(place_names(place->folder, false), 2);
    struct stat info;
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
}

/* Root may write everywhere, so it becomes nobody for a while. */
static void test_read_only_folder(void **state) {
    struct place *place = *state;
    place_put(place_path(place, "file"), "old", 3);
    assert_int_equal(chmod(place->folder, 0555), 0);
    bool root = geteuid() == 0;
    if (root && seteuid(65534) != 0) {
        skip();
    }
    struct error error = {0};
    enum status old = file_write(place_path(place, "file"), "new", 3, &error);
    enum status new = file_write(place_path(place, "other"), "new", 3, NULL);
    if (root) {
        assert_int_equal(seteuid(0), 0);
    }
    assert_int_equal(old, STATUS_IO);
    assert_int_equal(new, STATUS_IO);
    assert_non_null(strstr(error.text, "cannot write '"));
    place_check(place_path(place, "file"), "old", 3);
    assert_int_equal(place_names(place->folder, false), 1);
}

/* The disk is "full" after 1000 bytes: the old file stays whole, alone. */
static void test_write_cut_short(void **state) {
#ifdef SIGXFSZ
    struct place *place = *state;
    place_put(place_path(place, "file"), "old", 3);
    char *large = calloc(1, 100000);
    assert_non_null(large);
    struct rlimit limit, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = limit;
    small.rlim_cur = 1000;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct error error = {0};
    enum status status = file_write(place_path(place, "file"), large, 100000, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    signal(SIGXFSZ, handler);
    free(large);
    assert_int_equal(status, STATUS_IO);
    assert_non_null(strstr(error.text, "cannot write '"));
    place_check(place_path(place, "file"), "old", 3);
    assert_int_equal(place_names(place->folder, false), 1);
#else
    (void)state;
    skip();
#endif
}

/* ---- what a killed program leaves ---- */

static bool there(struct place *place, const char *name) {
    struct stat info;
    return lstat(place_path(place, name), &info) == 0;
}

static void make(struct place *place, const char *name) {
    FILE *file = fopen(place_path(place, name), "w");
    assert_non_null(file);
    fputs("half", file);
    fclose(file);
}

/* A program that is killed while it writes leaves its temporary file; the next write in
 * that folder takes it away. */
static void test_killed(void **state) {
    struct place *place = *state;
    static char bytes[100000];
    place_put(place_path(place, "net"), "old", 3);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit small = {4096, 4096}, none = {0, 0};
        signal(SIGXFSZ, SIG_DFL);
        setrlimit(RLIMIT_CORE, &none);
        setrlimit(RLIMIT_FSIZE, &small);
        file_write(place_path(place, "net"), bytes, sizeof bytes, NULL); /* does not come back */
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(place_names(place->folder, false), 2);
    place_check(place_path(place, "net"), "old", 3);
    place_put(place_path(place, "other"), "x", 1);
    assert_int_equal(place_names(place->folder, false), 2);
}

/* What is no such file stays, and so does what another program is still writing. */
static void test_not_ours(void **state) {
    struct place *place = *state;
    static const char *const names[] = {
        "backstep-unfinished-abcde",  "backstep-unfinished-abcdefg",
        "backstep-unfinished.abcdef", "net.backstep-unfinished-abcdef",
        "backstep-unfinished-linked", "backstep-unfinished-locked"};
    enum { COUNT = sizeof names / sizeof *names };
    for (size_t n = 0; n < COUNT; n++) {
        make(place, names[n]);
    }
    char *linked = strdup(place_path(place, names[COUNT - 2])),
         *locked = strdup(place_path(place, names[COUNT - 1]));
    assert_int_equal(link(linked, place_path(place, "its other name")), 0);
    assert_int_equal(mkdir(place_path(place, "backstep-unfinished-folder"), 0700), 0);
    assert_int_equal(symlink(locked, place_path(place, "backstep-unfinished-symbol")), 0);
    assert_int_equal(mkfifo(place_path(place, "backstep-unfinished-thepip"), 0600), 0);
    size_t all = place_names(place->folder, false);
    int let_go;
    pid_t holder = place_hold(locked, &let_go);
    place_put(place_path(place, "net"), "new", 3);
    assert_int_equal(place_names(place->folder, false), all + 1);
    close(let_go);
    waitpid(holder, NULL, 0);
    place_put(place_path(place, "net"), "new", 3); /* it holds it no more */
    assert_int_equal(place_names(place->folder, false), all);
    assert_false(there(place, names[COUNT - 1]));
    free(linked);
    free(locked);
}

/* A name as long as names can be, written and written again; one longer is none. */
static void test_long_names(void **state) {
    struct place *place = *state;
    char name[1024];
    long most = pathconf(place->folder, _PC_NAME_MAX);
    assert_in_range(most, 14, sizeof name - 2);
    memset(name, 'n', sizeof name);
    name[most] = '\0';
    place_put(place_path(place, name), "old", 3);
    place_put(place_path(place, name), "new", 3);
    place_check(place_path(place, name), "new", 3);
    assert_int_equal(place_names(place->folder, false), 1);
    name[most] = 'n';
    name[most + 1] = '\0';
    struct error error = {0};
    assert_int_equal(file_write(place_path(place, name), "x", 1, &error), STATUS_IO);
    assert_non_null(strstr(error.text, "cannot write '"));
    assert_int_equal(place_names(place->folder, false), 1);
}

/* ---- links ---- */

static void link_to(struct place *place, const char *target, const char *name) {
    assert_int_equal(symlink(target, place_path(place, name)), 0);
}

static bool is_link(struct place *place, const char *name) {
    struct stat info;
    return lstat(place_path(place, name), &info) == 0 && S_ISLNK(info.st_mode);
}

/* Links stay, whatever they lead to: a file, another link, a file yet to be made. */
static void test_links_stay(void **state) {
    struct place *place = *state;
    assert_int_equal(mkdir(place_path(place, "far"), 0700), 0);
    place_put(place_path(place, "far/net"), "old", 3);
    link_to(place, "far/net", "link");
    link_to(place, "link", "chain");
    link_to(place, "far/made", "early");
    place_put(place_path(place, "link"), "new", 3);
    place_check(place_path(place, "far/net"), "new", 3);
    place_put(place_path(place, "chain"), "newer", 5);
    place_check(place_path(place, "far/net"), "newer", 5);
    place_put(place_path(place, "early"), "made", 4);
    place_check(place_path(place, "far/made"), "made", 4);
    assert_true(is_link(place, "link") && is_link(place, "chain") && is_link(place, "early"));
    assert_int_equal(place_names(place_path(place, "far"), true), 2);
    assert_int_equal(place_names(place->folder, false), 4);
}

static void test_links_refused(void **state) {
    struct place *place = *state;
    link_to(place, "round", "round");
    link_to(place, "/dev/null", "device");
    link_to(place, "missing/file", "dangling");
    refuses_write(place_path(place, "round"), "cannot write '");
    refuses_write(place_path(place, "device"), "is not a regular file");
    refuses_write(place_path(place, "dangling"), "No such file");
    assert_true(is_link(place, "round") && is_link(place, "device") && is_link(place, "dangling"));
    assert_int_equal(place_names(place->folder, false), 3);
    if (geteuid() != 0) {
        skip(); /* only root can make another user's link */
    }
    place_put(place_path(place, "file"), "old", 3);
    link_to(place, "file", "theirs");
    assert_int_equal(lchown(place_path(place, "theirs"), 65534, 65534), 0);
    refuses_write(place_path(place, "theirs"), "Permission denied");
    place_check(place_path(place, "file"), "old", 3);
}

/* Memory that is short anywhere leaves all as it was; the names are long enough that a
 * path outgrows what it began with. */
static void test_memory_is_short(void **state) {
    struct place *place = *state;
    const char *far = "a-folder-whose-name-is-longer-than-what-a-text-begins-with-0123456789";
    struct text file = TEXT_EMPTY, link = TEXT_EMPTY;
    text_printf(&file, "%s/net", far);
    assert_int_equal(mkdir(place_path(place, far), 0700), 0);
    link_to(place, text_string(&file), "link");
    text_put(&link, place_path(place, "link"));
    bool starved = true;
    for (size_t n = 1, failed = 0; starved; n++) {
        struct error error = {0};
        place_put(place_path(place, text_string(&file)), "old", 3);
        starve_begin(n);
        enum status status = file_write(text_string(&link), "new", 3, &error);
        starved = starve_end();
        bool good = status == STATUS_OK; /* what was left before may stay */
        assert_true(good || (starved && status == STATUS_MEMORY));
        place_check(place_path(place, text_string(&file)), good ? "new" : "old", 3);
        assert_true(is_link(place, "link"));
        failed += !good;
        assert_true(starved || failed >= 4); /* the path, its target, its temporary ... */
    }
    assert_int_equal(place_names(place_path(place, far), true), 1);
    text_free(&file);
    text_free(&link);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_IN_PLACE(test_mode),
        TEST_IN_PLACE(test_cannot_write),
        TEST_IN_PLACE(test_read_only_folder),
        TEST_IN_PLACE(test_write_cut_short),
        TEST_IN_PLACE(test_killed),
        TEST_IN_PLACE(test_not_ours),
        TEST_IN_PLACE(test_long_names),
        TEST_IN_PLACE(test_links_stay),
        TEST_IN_PLACE(test_links_refused),
        TEST_IN_PLACE(test_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
