/*
 * tests/app/test_config.c - the user's configuration, and settings at the prompt and of a
 * scene, in the real program.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty.h"

static char folder[] = "/tmp/backstep-config-XXXXXX"; /* XDG_CONFIG_HOME */
static char environment[64];

/* The program with this scene (NULL: the menu) and this configuration (NULL: none). */
static struct pty *start(int rows, int cols, const char *scene, const char *config) {
    char path[96];
    snprintf(path, sizeof path, "%s/backstep/config", folder);
    (void)unlink(path);
    if (config) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fputs(config, file) >= 0);
        assert_int_equal(fclose(file), 0);
    }
    const char *argv[] = {getenv("BACKSTEP"), scene, NULL};
    const char *const settings[] = {environment, NULL};
    assert_non_null(argv[0]);
    struct pty_options options = {
        .argv = argv, .rows = rows, .cols = cols, .environment = settings};
    return pty_start(&options);
}

static int open_folder(void **state) {
    (void)state;
    char path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/backstep", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(environment, sizeof environment, "XDG_CONFIG_HOME=%s", folder);
    return 0;
}

static int close_folder(void **state) {
    (void)state;
    char path[96];
    snprintf(path, sizeof path, "%s/backstep/config", folder);
    (void)unlink(path);
    snprintf(path, sizeof path, "%s/backstep", folder);
    (void)rmdir(path);
    (void)rmdir(folder);
    return 0;
}

static void test_configuration(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, "general",
                            "# mine\nset digits 2\nset theme light\nbind F6 step 3\n"
                            "bind picking x nudge 5\nunbind q\nbind Q quit\nunbind Right\n"
                            "unbind n\nbind Alt-k help keys\n");
    pty_wait_text(pty, "−0.30 ");
    pty_wait_text(pty, "Q quit");
    assert_false(pty_has_text(pty, "q quit"));
    pty_see(pty, "q\x1b[17~", "step 3 of 13"); /* nothing, and F6 */
    pty_type(pty, ":set theme dark\r\x03");
    pty_see(pty, "wx", "up");
    pty_see(pty, "\x1bk", "? Alt-k");
    pty_see(pty, " ", "step 3"); /* a page on */
    pty_lose(pty, "\x1b", "Leaving:");
    pty_type(pty, "w:bind F7 print 6 * 7\r\x03");
    pty_see(pty, "\x1b[18~", "42");
    pty_leave(pty, "Qy");
}

static bool has_mouse(struct pty *pty, void *context) {
    return (pty_state(pty).mouse != 0) == *(bool *)context;
}

static bool is_colored(struct pty *pty, void *context) {
    return (pty_cell(pty, 0, 1).foreground != PTY_DEFAULT) == *(bool *)context;
}

/* What a scene sets goes with it; what the user sets stays. */
static void test_settings_of_a_scene_and_ones_own(void **state) {
    (void)state;
    char path[64];
    bool yes = true, no = false;
    snprintf(path, sizeof path, "%s/own.scene", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(
        fputs("title Its own\nset theme mono\nset mouse off\nset digits 1\nnet 1 1\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
    struct pty *pty = start(24, 80, path, NULL);
    pty_wait_text(pty, "Its own");
    pty_wait(pty, has_mouse, &no, "the scene has no mouse");
    pty_wait(pty, is_colored, &no, "the scene has no colours");
    pty_see(pty, ":set digits 2\r\x03", "−2.19");
    pty_see(pty, "m", "two-layers");
    pty_see(pty, "\r", "One neuron, all the way");
    pty_wait(pty, has_mouse, &yes, "the mouse is back");
    pty_wait(pty, is_colored, &yes, "the colours are back");
    pty_wait_text(pty, "0.50 ");
    pty_leave(pty, "q");
    unlink(path);
}

static void test_a_configuration_without_the_mouse(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, "general", "set mouse off\n");
    pty_wait_text(pty, "Two inputs");
    assert_int_equal(pty_state(pty).mouse, 0);
    pty_leave(pty, "q");
}

/* A broken one is told, and nothing more: what is right in it counts. */
static void test_broken_configuration(void **state) {
    (void)state;
    struct pty *pty =
        start(24, 100, "general", "set digits 2\n  train 5\nbind right step\nset theme light\n");
    pty_wait_text(pty, "config:2:3: 'train' does not belong here: 'set', 'bind' and 'unbind' do "
                       "(and 1 more)");
    pty_wait_text(pty, "−0.30 ");
    pty_leave(pty, "q");
    pty = start(24, 100, "general", "set theme \x80light\n");
    pty_wait_text(pty, "config:1:11: ");
    pty_leave(pty, "q");
    pty = start(24, 100, NULL, "set theme drk\n");
    pty_wait_text(pty, "config:1:11: there is no theme 'drk': did you mean 'dark'?");
    pty_leave(pty, "q");
}

struct place {
    int row, col;
};

static bool is_light(struct pty *pty, void *context) {
    const struct place *at = context;
    return pty_cell(pty, at->row, at->col).foreground == 27;
}

/* The light theme's positive numbers are of another blue; `set` changes it at once. */
static void test_theme_is_live(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    int row, col;
    pty_wait_text(pty, "Two inputs");
    pty_find(pty, "0.5000", &row, &col);
    assert_int_equal(pty_cell(pty, row, col).foreground, 75);
    pty_type(pty, ":set theme light\r\x03");
    pty_wait(pty, is_light, &(struct place){row, col}, "the light theme's blue");
    pty_leave(pty, "q");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_configuration),
        cmocka_unit_test(test_settings_of_a_scene_and_ones_own),
        cmocka_unit_test(test_a_configuration_without_the_mouse),
        cmocka_unit_test(test_broken_configuration),
        cmocka_unit_test(test_theme_is_live),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder) ? 1 : 0;
}
