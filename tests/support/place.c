/*
 * support/place.c - folders for tests, and who holds a file.
 */
#include "place.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

int place_open(void **state) {
    struct place *place = calloc(1, sizeof *place);
    if (!place) {
        return 1;
    }
    strcpy(place->folder, "/tmp/backstep-test-XXXXXX");
    *state = place;
    return mkdtemp(place->folder) ? 0 : 1;
}

const char *place_path(struct place *place, const char *name) {
    text_cut(&place->path, 0);
    text_printf(&place->path, "%s/%s", place->folder, name);
    return text_string(&place->path);
}

size_t place_names(const char *folder, bool clear) {
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

int place_close(void **state) {
    struct place *place = *state;
    chmod(place->folder, 0755);
    place_names(place->folder, true);
    int status = rmdir(place->folder);
    text_free(&place->path);
    free(place);
    return status;
}

void place_put(const char *path, const char *bytes, size_t count) {
    struct error error = {0};
    if (file_write(path, bytes, count, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
}

void place_check(const char *path, const char *bytes, size_t count) {
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    if (file_read(path, 1 << 20, &text, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
    assert_int_equal(text.length, count);
    assert_memory_equal(text_string(&text), bytes, count);
    text_free(&text);
}

pid_t place_hold(const char *path, int *let_go) {
    int ready[2], done[2];
    char answer = 0;
    assert_true(pipe(ready) == 0 && pipe(done) == 0);
    pid_t child = fork();
    if (child == 0) {
        close(done[1]);
        (void)!write(ready[1], file_lock(open(path, O_RDWR)) ? "y" : "n", 1);
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
