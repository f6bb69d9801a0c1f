/*
 * tests/support/fixture_start.c - a test that runs itself again as the fixture.
 */
#include "fixture.h"

#include <string.h>

static const char *self;

bool fixture_asked(int argc, char **argv, int *code) {
    bool asked = argc > 1 && strcmp(argv[1], "fixture") == 0;
    self = argv[0];
    if (asked) {
        *code = fixture_main(argc - 1, argv + 1);
    }
    return asked;
}

const char *fixture_program(void) {
    return self;
}

struct pty *fixture_start_on(const char *term, const char *word, const char *const *environment) {
    const char *argv[] = {self, "fixture", word, NULL};
    struct pty_options options = {.argv = argv, .term = term, .environment = environment};
    return pty_start(&options);
}

struct pty *fixture_start(void) {
    struct pty *pty = fixture_start_on(NULL, NULL, NULL);
    pty_wait_text(pty, "ready 80x24 events 0");
    return pty;
}
