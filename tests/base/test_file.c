/*
 * test_file.c - whole files in and out: what cannot be read or written is an
 * error that names it, and a write that fails leaves the old file as it was and
 * nothing beside it.
 */
#include <dirent.h>
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

enum { LIMIT = 1 << 20 };

/* Every test has a folder of its own, empty at first. */
struct place {
    char folder[64];
    struct text path;
};

static int open_place(void **state) {
    struct place *place = calloc(1, sizeof *place);
    if (!place) {
        return 1;
    }
    strcpy(place->folder, "/tmp/backstep-test-XXXXXX");
    *state = place;
    return mkdtemp(place->folder) ? 0 : 1;
}

static const char *in(struct place *place, const char *name) {
    text_cut(&place->path, 0);
    text_printf(&place->path, "%s/%s", place->folder, name);
    return text_string(&place->path);
}

/* How many names the folder holds; with `clear` they are removed. */
static size_t names_in(const char *folder, bool clear) {
    size_t count = 0;
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (struct dirent *entry = readdir(listing); entry; entry = readdir(listing)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        count++;
        if (clear) {
            struct text path = TEXT_EMPTY;
            text_printf(&path, "%s/%s", folder, entry->d_name);
            remove(text_string(&path));
            text_free(&path);
        }
    }
    closedir(listing);
    return count;
}

static int close_place(void **state) {
    struct place *place = *state;
    chmod(place->folder, 0755);
    names_in(place->folder, true);
    int status = rmdir(place->folder);
    text_free(&place->path);
    free(place);
    return status;
}

static void put(const char *path, const char *bytes, size_t count) {
    struct error error = {0};
    if (file_write(path, bytes, count, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
}

static void holds(const char *path, const char *bytes, size_t count) {
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    if (file_read(path, LIMIT, &text, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
    assert_int_equal(text.length, count);
    assert_memory_equal(text_string(&text), bytes, count);
    text_free(&text);
}

static void test_there_and_back(void **state) {
    struct place *place = *state;
    const char *path = in(place, "a file");
    put(path, "one\n\0two", 8);
    holds(path, "one\n\0two", 8);
    put(path, "", 0);
    holds(path, "", 0);
    char *large = malloc(300000);
    assert_non_null(large);
    for (size_t n = 0; n < 300000; n++) {
        large[n] = (char)(n % 251);
    }
    put(path, large, 300000);
    holds(path, large, 300000);
    free(large);
    assert_int_equal(names_in(place->folder, false), 1);
}

static void test_mode(void **state) {
    struct place *place = *state;
    struct stat info;
    mode_t mask = umask(027);
    put(in(place, "new"), "x", 1);
    umask(mask);
    assert_int_equal(stat(in(place, "new"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
    assert_int_equal(chmod(in(place, "new"), 0604), 0);
    put(in(place, "new"), "y", 1);
    assert_int_equal(stat(in(place, "new"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0604);
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
    refuses_read(in(place, "missing"), LIMIT, "cannot open '");
    refuses_read(in(place, "missing/below"), LIMIT, "cannot open '");
    refuses_read(place->folder, LIMIT, "is a folder, not a file");
    refuses_read("/dev/null", LIMIT, "is not a regular file");
    assert_int_equal(mkfifo(in(place, "pipe"), 0600), 0);
    refuses_read(in(place, "pipe"), LIMIT, "is not a regular file");
    put(in(place, "four"), "1234", 4);
    refuses_read(in(place, "four"), 3, "is larger than 3 bytes");
    struct text text = TEXT_EMPTY;
    assert_int_equal(file_read(in(place, "four"), 4, &text, NULL), STATUS_OK);
    assert_string_equal(text_string(&text), "1234");
    text_free(&text);
}

static void test_standard_input(void **state) {
    struct place *place = *state;
    put(in(place, "input"), "typed", 5);
    int before = dup(STDIN_FILENO);
    assert_non_null(freopen(in(place, "input"), "r", stdin));
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
    refuses_write(in(place, "missing/file"), "cannot write '");
    assert_int_equal(mkfifo(in(place, "pipe"), 0600), 0);
    refuses_write(in(place, "pipe"), "is not a regular file");
    put(in(place, "file"), "x", 1);
    refuses_write(in(place, "file/below"), "cannot write '");
    assert_int_equal(names_in(place->folder, false), 2);
    struct stat info;
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
}

/* Root may write everywhere, so it becomes nobody for a while. */
static void test_read_only_folder(void **state) {
    struct place *place = *state;
    put(in(place, "file"), "old", 3);
    assert_int_equal(chmod(place->folder, 0555), 0);
    bool root = geteuid() == 0;
    if (root && seteuid(65534) != 0) {
        skip();
    }
    struct error error = {0};
    enum status old = file_write(in(place, "file"), "new", 3, &error);
    enum status new = file_write(in(place, "other"), "new", 3, NULL);
    if (root) {
        assert_int_equal(seteuid(0), 0);
    }
    assert_int_equal(old, STATUS_IO);
    assert_int_equal(new, STATUS_IO);
    assert_non_null(strstr(error.text, "cannot write '"));
    holds(in(place, "file"), "old", 3);
    assert_int_equal(names_in(place->folder, false), 1);
}

/* The disk is "full" after 1000 bytes: the old file stays whole, alone. */
static void test_write_cut_short(void **state) {
#ifdef SIGXFSZ
    struct place *place = *state;
    put(in(place, "file"), "old", 3);
    char *large = calloc(1, 100000);
    assert_non_null(large);
    struct rlimit limit, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = limit;
    small.rlim_cur = 1000;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct error error = {0};
    enum status status = file_write(in(place, "file"), large, 100000, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    signal(SIGXFSZ, handler);
    free(large);
    assert_int_equal(status, STATUS_IO);
    assert_non_null(strstr(error.text, "cannot write '"));
    holds(in(place, "file"), "old", 3);
    assert_int_equal(names_in(place->folder, false), 1);
#else
    (void)state;
    skip();
#endif
}

/* Links and '..' are followed; a file that is yet to be made lies where its folder does. */
static void test_inside(void **state) {
    struct place *place = *state;
    char sub[128], link[128];
    snprintf(sub, sizeof sub, "%s/sub", place->folder);
    snprintf(link, sizeof link, "%s/link", place->folder);
    put(in(place, "file"), "x", 1);
    assert_int_equal(mkdir(sub, 0777), 0);
    assert_int_equal(symlink("../file", in(place, "sub/out")), 0);
    assert_int_equal(symlink("nowhere", in(place, "sub/dangling")), 0);
    assert_int_equal(symlink("sub", link), 0);
    assert_true(file_is_inside(in(place, "file"), place->folder));
    assert_true(file_is_inside(in(place, "sub/../file"), place->folder));
    assert_true(file_is_inside(in(place, "sub/out"), place->folder));
    assert_true(file_is_inside(in(place, "sub/new"), sub));
    assert_true(file_is_inside(in(place, "link/new"), sub));
    assert_true(file_is_inside(in(place, "sub/new"), link));
    assert_true(file_is_inside(in(place, "file"), "/"));
    assert_false(file_is_inside(in(place, "sub/out"), sub));
    assert_false(file_is_inside(in(place, "sub/../file"), sub));
    assert_false(file_is_inside(in(place, "sub/dangling"), sub));
    assert_false(file_is_inside(in(place, "sub2"), sub));
    assert_false(file_is_inside(in(place, "no/new"), place->folder));
    assert_false(file_is_inside(sub, sub));
    assert_false(file_is_inside(sub, in(place, "no")));
    assert_null(file_real(in(place, "sub/dangling")));
    char *real = file_real(in(place, "link/new")), *straight = file_real(in(place, "sub/new"));
    assert_string_equal(real, straight);
    free(real);
    free(straight);
    names_in(sub, true);
}

/* A file that is written again has another stamp, and so has another file. */
static void test_stamp(void **state) {
    struct place *place = *state;
    uint64_t first = 1, again = 1, other = 1, longer = 1, replaced = 1;
    put(in(place, "file"), "abc", 3);
    put(in(place, "other"), "abc", 3);
    assert_true(file_stamp(in(place, "file"), &first));
    assert_true(file_stamp(in(place, "file"), &again));
    assert_true(file_stamp(in(place, "other"), &other));
    assert_int_equal(first, again);
    assert_int_not_equal(first, other);
    put(in(place, "file"), "abcd", 4);
    assert_true(file_stamp(in(place, "file"), &longer));
    assert_int_not_equal(first, longer);
    assert_int_equal(file_write(in(place, "file"), "abcd", 4, NULL), STATUS_OK);
    assert_true(file_stamp(in(place, "file"), &replaced));
    assert_int_not_equal(longer, replaced);
    assert_false(file_stamp(in(place, "none"), &again));
    assert_int_equal(first, again);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_place, close_place)

/* ---- what a killed program leaves ---- */

static bool there(struct place *place, const char *name) {
    struct stat info;
    return lstat(in(place, name), &info) == 0;
}

static void make(struct place *place, const char *name) {
    FILE *file = fopen(in(place, name), "w");
    assert_non_null(file);
    fputs("half", file);
    fclose(file);
}

/* A program that is killed while it writes leaves its temporary file; the next write of
 * that file takes it away. */
static void test_killed(void **state) {
    struct place *place = *state;
    static char bytes[100000];
    put(in(place, "net"), "old", 3);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit small = {4096, 4096}, none = {0, 0};
        signal(SIGXFSZ, SIG_DFL);
        setrlimit(RLIMIT_CORE, &none);
        setrlimit(RLIMIT_FSIZE, &small);
        file_write(in(place, "net"), bytes, sizeof bytes, NULL); /* does not come back */
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(names_in(place->folder, false), 2);
    holds(in(place, "net"), "old", 3);
    put(in(place, "other"), "x", 1);
    assert_int_equal(names_in(place->folder, false), 3);
    put(in(place, "net"), "new", 3);
    holds(in(place, "net"), "new", 3);
    assert_int_equal(names_in(place->folder, false), 2);
}

/* A process that holds the file locked until `let_go` is closed. */
static pid_t hold(const char *path, int *let_go) {
    int ready[2], done[2];
    char answer = 0;
    assert_true(pipe(ready) == 0 && pipe(done) == 0);
    pid_t child = fork();
    if (child == 0) {
        struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        close(done[1]);
        int fd = open(path, O_RDWR);
        (void)!write(ready[1], fcntl(fd, F_SETLK, &whole) == 0 ? "y" : "n", 1);
        (void)!read(done[0], &answer, 1);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &answer, 1), 1);
    assert_int_equal(answer, 'y');
    close(ready[0]);
    close(ready[1]);
    close(done[0]);
    *let_go = done[1];
    return child;
}

/* What is no such file stays, and so does what another program is still writing. */
static void test_not_ours(void **state) {
    struct place *place = *state;
    static const char *const names[] = {
        "net.backstep-unfinished-abcde",    "net.backstep-unfinished-abcdefg",
        "net.backstep-unfinished.abcdef",   "net2.backstep-unfinished-abcdef",
        "a net.backstep-unfinished-abcdef", "net.backstep-unfinished-linked",
        "net.backstep-unfinished-locked"};
    enum { COUNT = sizeof names / sizeof *names };
    for (size_t n = 0; n < COUNT; n++) {
        make(place, names[n]);
    }
    char *linked = strdup(in(place, names[COUNT - 2])),
         *locked = strdup(in(place, names[COUNT - 1]));
    assert_int_equal(link(linked, in(place, "its other name")), 0);
    assert_int_equal(mkdir(in(place, "net.backstep-unfinished-folder"), 0700), 0);
    assert_int_equal(symlink(locked, in(place, "net.backstep-unfinished-symbol")), 0);
    assert_int_equal(mkfifo(in(place, "net.backstep-unfinished-thepip"), 0600), 0);
    size_t all = names_in(place->folder, false);
    int let_go;
    pid_t holder = hold(locked, &let_go);
    put(in(place, "net"), "new", 3);
    assert_int_equal(names_in(place->folder, false), all + 1);
    close(let_go);
    waitpid(holder, NULL, 0);
    put(in(place, "net"), "new", 3); /* it holds it no more */
    assert_int_equal(names_in(place->folder, false), all);
    assert_false(there(place, names[COUNT - 1]));
    free(linked);
    free(locked);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_there_and_back),  TEST(test_mode),         TEST(test_cannot_read),
        TEST(test_standard_input),  TEST(test_cannot_write), TEST(test_read_only_folder),
        TEST(test_write_cut_short), TEST(test_inside),       TEST(test_stamp),
        TEST(test_killed),          TEST(test_not_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
