/*
 * support/kept.c - the program with a home for its journals.
 */
#include "kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/backstep-journal-XXXXXX";
static char state_home[128];

void kept_path(char path[256], const char *name) {
    snprintf(path, 256, "%s/%s", folder, name);
}

struct pty *kept_start_with(const char *const *argv) {
    const char *environment[] = {state_home, NULL};
    struct pty_options options = {.argv = argv, .rows = 24, .cols = 80, .environment = environment};
    return pty_start(&options);
}

struct pty *kept_start(const char *first, const char *second) {
    const char *argv[] = {getenv("BACKSTEP"), first, second, NULL};
    return kept_start_with(argv);
}

void kept_end(struct pty *pty, int number) {
    pty_signal(pty, number);
    (void)pty_wait_exit(pty);
    pty_close(pty);
}

size_t kept_journals(char path[512]) {
    char where[256];
    size_t count = 0;
    struct dirent *entry;
    kept_path(where, "backstep");
    DIR *stream = opendir(where);
    while (stream && (entry = readdir(stream)) != NULL) {
        if (strncmp(entry->d_name, "journal-", strlen("journal-")) == 0) {
            snprintf(path, 512, "%s/%s", where, entry->d_name);
            count++;
        }
    }
    if (stream) {
        closedir(stream);
    }
    return count;
}

void kept_assert_none(void) {
    char path[512];
    assert_int_equal(kept_journals(path), 0);
}

int kept_setup(void **state) {
    (void)state;
    bool made = mkdtemp(folder) != NULL;
    snprintf(state_home, sizeof state_home, "XDG_STATE_HOME=%s", folder);
    return made ? 0 : -1;
}

int kept_teardown(void **state) {
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}
