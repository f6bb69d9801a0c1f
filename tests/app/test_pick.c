/*
 * tests/app/test_pick.c - picking and nudging numbers by keys and by the mouse, what
 * looks pressable, and the user's configuration, in the real program.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <sys/wait.h>
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

enum { LEFT = 0, WHEEL_UP = 64, WHEEL_DOWN = 65 };

/* The first cell of a text that stands on the screen. */
static void find(struct pty *pty, const char *text, int rows, int *row, int *col) {
    for (*row = 0; *row < rows; ++*row) {
        const char *line = pty_row_text(pty, *row), *found = strstr(line, text);
        if (found) {
            *col = 0;
            for (const char *at = line; at < found; at++) {
                *col += ((unsigned char)*at & 0xC0) != 0x80;
            }
            return;
        }
    }
    fail_msg("'%s' is not on the screen", text);
}

static void mouse(struct pty *pty, int button, int row, int col) {
    char bytes[48];
    snprintf(bytes, sizeof bytes, "\x1b[<%d;%d;%dM", button, col + 1, row + 1);
    pty_type(pty, bytes);
    if (button == LEFT) {
        snprintf(bytes, sizeof bytes, "\x1b[<%d;%d;%dm", button, col + 1, row + 1);
        pty_type(pty, bytes);
    }
}

static void click(struct pty *pty, const char *text) {
    int row, col;
    pty_wait_text(pty, text);
    find(pty, text, 24, &row, &col);
    mouse(pty, LEFT, row, col);
}

/* ---- keys ---- */

static void test_nudge(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, "w", "W0[1,1] = 0.5, a nudge is 0.1");
    pty_wait_text(pty, "Esc done");
    pty_see(pty, "\x1b[C+", "W0[1,2]: −0.3 → −0.2, up");
    pty_see(pty, "++", "W0[1,2]: −0.3 → 0, up"); /* since the first of them */
    pty_see(pty, "/-", "W0[1,2]: −0.3 → −0.01, up");
    pty_see(pty, "u", "W0[1,2]: −0.01 → −0.3, down"); /* all at once */
    pty_see(pty, "3+", "W0[1,2]: −0.3 → −0.27, up");
    pty_see(pty, "ww", "W0[1,1] = 0.5, a nudge is 0.01"); /* left and entered again */
    pty_leave(pty, "qy");
}

/* Everything that hangs on a nudged number is new at once; the marks fade at a step. */
static void test_nudge_is_live(void **state) {
    (void)state;
    struct pty *pty = start(40, 120, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, "Gw", "a nudge is");
    pty_see(pty, ":pick W0[1,2]\r\x03", "W0[1,2] = -0.3");
    pty_see(pty, "*++", "W0[1,2]: −0.3 → 1.7, up");
    pty_wait_text(pty, "0.9000↑"); /* z of neuron 2, which wakes up */
    pty_wait_text(pty, "was −1.0162");
    pty_lose(pty, "wp", "0.9000↑");
    assert_false(pty_has_text(pty, "was"));
    pty_leave(pty, "qy");
}

static void test_edit_in_place(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, "w\r", ": W0[1,1] = 0.5");
    /* 0.75; the prompt closes by itself */
    pty_see(pty,
            "\x7f"
            "75\r",
            "W0[1,1]: 0.5 → 0.75, up");
    pty_wait_text(pty, "Esc done");
    /* what is wrong stays, to be mended */
    pty_see(pty,
            "\r\x7f\x7f\x7f\x7f"
            "oops\r",
            ": W0[1,1] = oops");
    pty_lose(pty, "\x1b", ": W0[1,1] = oops");
    pty_see(pty, "\x1b", "? keys"); /* and now the pick ends */
    pty_leave(pty, "qy");
}

/* What is typed first takes the place of the old value; a key that edits takes it up. */
static void test_edit_offers_the_value(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, "w\r", ": W0[1,1] = 0.5");
    pty_wait_text(pty, "digits replace it, Backspace edits it");
    pty_lose(pty, "-", "W0[1,1] = 0.5");
    pty_wait_gone(pty, "digits replace");
    pty_see(pty, "2", ": W0[1,1] = -2");
    /* undone: first what was typed, then that the old one went */
    pty_see(pty, "\x1f\x1f", ": W0[1,1] = 0.5");
    pty_see(pty, "1\r", "W0[1,1]: 0.5 → 0.51, up");
    pty_see(pty, "\r\x1b[D7\r", "W0[1,1]: 0.51 → 0.571, up"); /* Left: edited in its place */
    pty_see(pty, "\r", "digits replace it");
    pty_see(pty, "\x1b[200~3\x1b[201~", ": W0[1,1] = 3");
    pty_wait_gone(pty, "0.5713");
    pty_see(pty, "\r", "W0[1,1]: 0.571 → 3, up");
    pty_leave(pty, "qy");
}

/* ---- the mouse ---- */

static void test_click_picks(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, "general", NULL);
    pty_wait_text(pty, "−0.3000");
    assert_int_equal(pty_state(pty).mouse, 2);
    click(pty, "−0.3000");
    pty_wait_text(pty, "W0[1,2] = -0.3, a nudge is 0.1");
    pty_see(pty, "+", "W0[1,2]: −0.3 → −0.2, up");
    click(pty, "−0.2000"); /* the picked one: edited */
    pty_wait_text(pty, ": W0[1,2] = -0.2");
    click(pty, "0.8000"); /* while a line is typed the mouse leaves it alone */
    mouse(pty, WHEEL_UP, 5, 5);
    pty_see(pty, "-0.25", ": W0[1,2] = -0.25");
    click(pty, ": W0");
    pty_see(pty, "\r", "W0[1,2]: −0.2 → −0.25, down");
    pty_leave(pty, "qy");
}

static void test_click_explains(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, "general", NULL);
    pty_wait_text(pty, "step 0 of 13");
    pty_see(pty, "G", "step 13 of 13");
    click(pty, "1.0800"); /* first found: the gradient, of which there is nothing to pick */
    pty_wait_text(pty, "why ∂C/∂r⁽¹⁾₂ = 1.08");
    pty_lose(pty, "\x1b", "why");
    click(pty, "0.6458");
    pty_wait_text(pty, "why C = 0.6458");
    pty_lose(pty, "\x1b", "why");
    pty_leave(pty, "q");
}

static void test_click_presses_keys(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, "general", NULL);
    pty_wait_text(pty, "step 0 of 13");
    click(pty, "→ step");
    pty_wait_text(pty, "step 1 of 13");
    click(pty, "←→ step");
    pty_wait_text(pty, "step 0 of 13");
    click(pty, "w pick");
    pty_wait_text(pty, "a nudge is");
    click(pty, "+- nudge");
    pty_wait_text(pty, "W0[1,1]: 0.5 → 0.6, up");
    click(pty, "Esc done");
    pty_wait_text(pty, "? keys");
    click(pty, "? keys");
    pty_wait_text(pty, "Walk:");
    click(pty, "Esc back");
    pty_wait_gone(pty, "Walk:");
    click(pty, "q quit");
    pty_wait_text(pty, "y leave");
    click(pty, "n stay");
    pty_wait_text(pty, "? keys");
    pty_leave(pty, "qy");
}

static void test_menu_and_wheel(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, NULL);
    pty_wait_text(pty, "Several neurons: weights are matrices");
    click(pty, "Several neurons");
    pty_wait_text(pty, "Two inputs, three hidden");
    pty_see(pty, "h", "lines 1–21");
    mouse(pty, WHEEL_DOWN, 5, 5);
    pty_wait_text(pty, "lines 4–24");
    mouse(pty, WHEEL_UP, 5, 5);
    pty_wait_text(pty, "lines 1–21");
    pty_lose(pty, "\x1b", "lines 1–21");
    pty_see(pty, ":net 90 80 3; init he; view weights\r\x03", "1–11/90");
    mouse(pty, WHEEL_DOWN, 8, 8);
    pty_wait_text(pty, "4–14/90");
    mouse(pty, WHEEL_DOWN + 4, 8, 8); /* with Shift: sideways */
    pty_wait_text(pty, "4–21/80");
    pty_see(pty, "\x1b[6~", "25 +5"); /* PageDown */
    pty_see(pty, "\x1b", "1–11/90");
    pty_leave(pty, "qy");
}

static bool mouse_is_off(struct pty *pty, void *context) {
    (void)context;
    return pty_state(pty).mouse == 0;
}

static void test_mouse_off(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_type(pty, ":set mouse off\r\x03");
    pty_wait(pty, mouse_is_off, NULL, "the mouse is the terminal's");
    assert_true(pty_state(pty).bracketed_paste);
    pty_leave(pty, "q");
    pty = start(24, 80, "general", "set mouse off\n");
    pty_wait_text(pty, "Two inputs");
    assert_int_equal(pty_state(pty).mouse, 0);
    pty_leave(pty, "q");
}

/* ---- the configuration ---- */

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
    struct pty *pty = start(24, 80, "general", NULL);
    int row, col;
    pty_wait_text(pty, "Two inputs");
    find(pty, "0.5000", 24, &row, &col);
    assert_int_equal(pty_cell(pty, row, col).foreground, 75);
    pty_type(pty, ":set theme light\r\x03");
    pty_wait(pty, is_light, &(struct place){row, col}, "the light theme's blue");
    pty_leave(pty, "q");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nudge),
        cmocka_unit_test(test_nudge_is_live),
        cmocka_unit_test(test_edit_in_place),
        cmocka_unit_test(test_edit_offers_the_value),
        cmocka_unit_test(test_click_picks),
        cmocka_unit_test(test_click_explains),
        cmocka_unit_test(test_click_presses_keys),
        cmocka_unit_test(test_menu_and_wheel),
        cmocka_unit_test(test_mouse_off),
        cmocka_unit_test(test_configuration),
        cmocka_unit_test(test_settings_of_a_scene_and_ones_own),
        cmocka_unit_test(test_broken_configuration),
        cmocka_unit_test(test_theme_is_live),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder) ? 1 : 0;
}
