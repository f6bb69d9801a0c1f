/*
 * tests/support/prompted.c - the prompt of the fixture in a pseudo-terminal.
 */
#include "prompted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"

struct pty *prompted_start(const char *const *environment, const char *word) {
    struct pty *pty = fixture_start_on(NULL, word, environment);
    pty_wait_text(pty, "ready");
    return pty;
}

void prompted_line(struct pty *pty, const char *row, int cursor) {
    pty_wait_row_is(pty, PROMPTED_ROW, row);
    pty_wait_cursor(pty, PROMPTED_ROW, cursor);
}

void prompted_leave(struct pty *pty) {
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    pty_leave(pty, "q");
}

void prompted_file(char *path, const char *contents) {
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, contents, strlen(contents)), strlen(contents));
    close(fd);
}
