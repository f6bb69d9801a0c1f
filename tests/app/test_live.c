/*
 * tests/app/test_live.c - the real program in a pseudo-terminal, as a person uses
 * it: keys, the prompt with its preview, scenes. How it ends: test_endings.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty.h"

enum { MOST_ARGUMENTS = 8 };

/* The program with these arguments in a terminal of this size. */
static struct pty *start(int rows, int cols, const char *term, const char *first,
                         const char *second) {
    const char *argv[MOST_ARGUMENTS] = {getenv("BACKSTEP"), first, second, NULL};
    assert_non_null(argv[0]);
    struct pty_options options = {.argv = argv, .rows = rows, .cols = cols, .term = term};
    return pty_start(&options);
}

/* ^C leaves the prompt or a page at once. (Escape waits 50 ms for an Alt key: what
 * is typed within them would be one.) */
static const char leave_prompt[] = "\x03";

static void test_menu_opens_a_scene(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, NULL, NULL);
    pty_wait_text(pty, "One neuron, all the way");
    pty_wait_text(pty, "A wrong derivation, and the right one");
    assert_true(pty_state(pty).alternate_screen);
    pty_type(pty, "\x1b[B");
    pty_wait_text(pty, "Two layers of one neuron each"); /* what the marked one is about */
    pty_type(pty, "\x1b");
    pty_wait_text(pty, "no scene: w picks a number");
    pty_type(pty, "m\x1b[A\r");
    pty_wait_text(pty, "One input, one weight, one neuron");
    pty_leave(pty, "q");
    pty = start(24, 80, NULL, "two-layers", NULL); /* its row is marked: the next is below */
    pty_wait_text(pty, "Two neurons in a row");
    pty_type(pty, "m");
    pty_wait_text(pty, "Two layers of one neuron each");
    pty_leave(pty, "q");
}

/* Of more scenes than fit the heading tells which are seen. */
/* At the end of a scene the way to the next one is told. */
static void test_the_end_leads_on(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "wrong-derivation", NULL);
    pty_type(pty, ":seek 100%\r");
    pty_wait_text(pty, "How could one have known?");
    pty_type(pty, leave_prompt);
    pty_type(pty, " ");
    pty_wait_text(pty, "the scene ends here: Right steps on, m is the menu"); /* of the last */
    pty_type(pty, "m");
    pty_wait_text(pty, "A derivation of the gradient that is wrong");
    pty_leave(pty, "q");
    pty = start(24, 80, NULL, "one-neuron", NULL);
    pty_type(pty, ":seek 100%\r");
    pty_wait_text(pty, "12/12");
    pty_type(pty, leave_prompt);
    pty_type(pty, " ");
    pty_wait_text(pty, "the scene ends here: m, then Enter opens the next one, two-layers");
    pty_type(pty, "m");
    pty_wait_text(pty, "Two layers of one neuron each");
    pty_type(pty, "\r");
    pty_wait_text(pty, "Two neurons in a row");
    pty_leave(pty, "q");
}

static void test_menu_in_a_small_window(void **state) {
    (void)state;
    struct pty *pty = start(14, 80, NULL, NULL, NULL);
    pty_wait_text(pty, "1–9 of ");
    pty_type(pty, "\x1b[F"); /* End */
    pty_wait_text(pty, "A wrong derivation, and the right one");
    pty_wait_gone(pty, "1–9 of ");
    pty_leave(pty, "q");
}

static void test_steps_show_and_go_back(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_type(pty, "\x1b[C");
    pty_wait_text(pty, "1 of 7");
    pty_wait_text(pty, "0.5 · 2");
    pty_type(pty, "nnnn");
    pty_wait_text(pty, "5 of 7");
    pty_wait_text(pty, "1 · "); /* dz = -2 · 1, or -2 among its values */
    pty_type(pty, "\x1b[D");
    pty_wait_text(pty, "4 of 7");
    pty_type(pty, "3n");
    pty_wait_text(pty, "7 of 7");
    pty_wait_text(pty, "0.9");
    pty_type(pty, "g");
    pty_wait_text(pty, "0 of 7");
    pty_leave(pty, "q");
}

static void test_space_follows_the_story(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "one-neuron", NULL);
    pty_wait_text(pty, "One input, one weight");
    pty_type(pty, " ");
    pty_wait_text(pty, "Forward. The neuron multiplies");
    pty_type(pty, " ");
    pty_wait_text(pty, "The activation ReLU");
    pty_type(pty, "\x7f"); /* back to the pause before */
    pty_wait_text(pty, "Forward. The neuron multiplies");
    pty_type(pty, "]");
    pty_wait_text(pty, "Backward. How does C change");
    pty_leave(pty, "q");
}

/* The title of a scene is not that of another network; undo brings both back. */
static void test_another_network_has_no_title(void **state) {
    (void)state;
    struct pty *pty = start(24, 60, NULL, "one-neuron", NULL);
    pty_wait_row(pty, 0, "One neuron, all the way");
    pty_type(pty, ":net 1 1\r");
    pty_wait_text(pty, "x is 0 so far");
    pty_wait_row(pty, 0, "One neuron, all the way");
    pty_type(pty, "net 2 5 1\r\x03");
    pty_wait_text(pty, "of 13");
    pty_wait_row(pty, 0, " backstep ");
    pty_wait_row(pty, 23, "Space go on  : prompt  ? keys    1/12, off script");
    pty_type(pty, "u");
    pty_wait_row(pty, 0, "One neuron, all the way");
    pty_type(pty, "q");
    pty_leave(pty, "y");
}

static void test_a_tree_unfolds(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "general", NULL);
    pty_wait_text(pty, "Several neurons");
    pty_type(pty, ":explain dW0[1,2]\r");
    pty_wait_text(pty, "why ∂C/∂W⁽⁰⁾₁₂ = 0");
    pty_wait_text(pty, "1 of 5");
    pty_wait_text(pty, "▸ ∂C/∂r⁽¹⁾₂");
    pty_type(pty, "\x1b[Bj\x1b[C"); /* down, down, open */
    pty_wait_text(pty, "▾ ∂C/∂r⁽¹⁾₂");
    pty_wait_text(pty, "▸ ∂C/∂z⁽²⁾₁");
    pty_wait_text(pty, "3 of 9");
    pty_type(pty, "\x1b[D"); /* closed, then up to what it stands beneath */
    pty_wait_text(pty, "3 of 5");
    pty_type(pty, "\x1b[D");
    pty_wait_text(pty, "2 of 5");
    pty_type(pty, "\r");
    pty_wait_text(pty, "2 of 3");
    pty_type(pty, "g*");
    pty_wait_text(pty, "1 of 5");
    pty_type(pty, "\x1b");
    pty_wait_text(pty, "0 of 13");
    pty_type(pty, ":fold\r");
    pty_wait_text(pty, "there is no tree to unfold");
    pty_type(pty, "\x1b");
    pty_wait_text(pty, "? keys");
    pty_leave(pty, "q");
}

static void test_preview_lives_while_typing(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "one-neuron", NULL);
    pty_wait_text(pty, "One input");
    pty_type(pty, "3n");
    pty_wait_text(pty, "3 of 7");
    pty_type(pty, ":W0 = 1.5");
    pty_wait_text(pty, ": W0 = 1.5");
    pty_wait_text(pty, "1.5000"); /* the new weight, before Enter */
    pty_wait_text(pty, "W0[1,1]: 0.5 → 1.5, up");
    pty_type(pty, "\x1b");        /* Escape */
    pty_wait_gone(pty, "1.5000"); /* dropped */
    pty_wait_text(pty, "0.5000");
    pty_type(pty, ":W0 = 1.5\r");
    pty_type(pty, leave_prompt);
    pty_wait_text(pty, "1.5000"); /* kept */
    pty_type(pty, "u");
    pty_wait_text(pty, "0.5000"); /* taken back */
    pty_leave(pty, "qy");
}

/* What was edited is told, wherever the walk stands and however small the window is. */
static void test_an_edit_is_told(void **state) {
    (void)state;
    struct pty *pty = start(12, 40, NULL, "general", NULL);
    pty_wait_text(pty, "START");
    pty_type(pty, "G:W0[1,2] = 1\r\x03");
    pty_wait_text(pty, "W0[1,2]: −0.3 → 1, up");
    pty_type(pty, "u");
    pty_wait_text(pty, "W0[1,2]: 1 → −0.3, down");
    pty_type(pty, "p"); /* faded at the next step */
    pty_wait_gone(pty, "W0[1,2]: ");
    pty_type(pty, ":x = 7\r\x03");
    pty_wait_text(pty, "x[1]: 1 → 7, up, and 1 more");
    pty_leave(pty, "qy");
}

static void test_a_wrong_line_says_why(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_type(pty, ":W0[1,9] = 2");
    pty_wait_text(pty, "index '9' is out of range");
    pty_type(pty, "\r");
    pty_wait_text(pty, "index '9' is out of range");
    pty_type(pty, leave_prompt);
    pty_leave(pty, "q"); /* nothing has changed, nothing is asked */
}

static void test_completion_and_help(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_type(pty, ":activation sig\t");
    pty_wait_text(pty, ": activation sigmoid");
    pty_type(pty, leave_prompt);
    pty_type(pty, "?");
    pty_wait_text(pty, "a step back");
    pty_type(pty, leave_prompt);
    pty_wait_gone(pty, "a step back");
    pty_leave(pty, "q");
}

static void test_leaving_asks_where_work_would_be_lost(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "one-neuron", NULL);
    pty_wait_text(pty, "One input");
    pty_type(pty, ":W0 = 2\r");
    pty_type(pty, leave_prompt);
    pty_type(pty, "q");
    pty_wait_text(pty, "y / n");
    pty_type(pty, "n");
    pty_wait_gone(pty, "y / n");
    pty_leave(pty, "qy");
}

/* Going on drops what was changed only when it is asked for twice; what was undone is no
 * work, and neither is what was saved. */
static void test_going_on_asks_where_work_would_be_dropped(void **state) {
    (void)state;
    char file[] = "/tmp/backstep-save-XXXXXX", line[64];
    int fd = mkstemp(file);
    assert_true(fd >= 0);
    close(fd);
    struct pty *pty = start(24, 80, NULL, "one-neuron", NULL);
    pty_wait_text(pty, "One input");
    pty_type(pty, "nn "); /* steps are no work */
    pty_wait_text(pty, "Forward. The neuron");
    pty_type(pty, ":W0 = 3.25\r\x03 ");
    pty_wait_text(pty, "Space again drops your changes; 'keep' goes on with them");
    pty_wait_text(pty, "3.2500");
    pty_type(pty, "n]"); /* something else: it is asked anew */
    pty_wait_text(pty, "] again drops");
    pty_type(pty, ":goto nowhere\r"); /* there is nothing to lose it for */
    pty_wait_text(pty, "there is no quantity and no mark 'nowhere'");
    pty_type(pty, PTY_KILL "goto dW\r");
    pty_wait_text(pty, "there is no 'dW' here: 'dW0' is the only one");
    pty_type(pty, "\x03");
    pty_type(pty, "m\r");
    pty_wait_text(pty, "lose your changes?  y / n");
    pty_type(pty, "n\x03 ");
    pty_wait_text(pty, "Space again drops");
    pty_type(pty, " ");
    pty_wait_text(pty, "The activation ReLU");
    pty_wait_gone(pty, "3.2500");
    pty_type(pty, ":W0 = 3.25\r\x03u "); /* undone: nothing is lost */
    pty_wait_text(pty, "step 3 of 7");
    pty_type(pty, ":W0 = 3.25\r\x03:keep\r\x03 ");
    pty_wait_text(pty, "with what you kept");
    pty_wait_gone(pty, "step 3 of 7");
    pty_type(pty, "q");
    pty_wait_text(pty, "y / n");
    snprintf(line, sizeof line, "n:save %s\r", file);
    pty_type(pty, line);
    pty_wait_text(pty, "wrote");
    pty_type(pty, leave_prompt);
    pty_leave(pty, "q");
    unlink(file);
}

/* A new size and another screen are taken in while updates are made. */
static void test_a_training_follows_the_terminal(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_type(pty, ":net 2 30 1; data spiral; batch all; until meanC < 1e-12 max 100000000\r");
    pty_wait_text(pty, "training ");
    pty_resize(pty, 30, 100);
    pty_wait_row(pty, 29, "^C stop here");
    pty_type(pty, "\x1bOR"); /* F3 */
    pty_wait_text(pty, "meanC over the updates");
    pty_type(pty, "n");
    pty_type(pty, leave_prompt);
    pty_wait_text(pty, "stopped");
    pty_wait_text(pty, "meanC over the updates");
    pty_type(pty, leave_prompt);
    pty_leave(pty, "qy");
}

/* What takes long gives way to what is typed next while it is no more than a preview, and
 * to ^C when it runs. */
static void test_long_lines_give_way(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_type(pty, ":net 2 1500 1500 1; data circle samples 60000\r");
    pty_wait_text(pty, "2-1500-1500-1");
    pty_type(pty, "batch all");
    pty_wait_text(pty, "this takes a moment to be shown");
    pty_type(pty, "\r");
    pty_wait_text(pty, "working ... ^C stops it");
    pty_type(pty, "\x03");
    pty_wait_text(pty, "stopped: all is as it was");
    pty_type(pty, PTY_KILL "print meanC");
    pty_wait_text(pty, "too large to be worked out while it is typed");
    pty_type(pty, "\r");
    pty_wait_text(pty, "working ... ^C stops it");
    pty_type(pty, "\x03");
    pty_wait_text(pty, "stopped: all is as it was");
    pty_type(pty, leave_prompt);
    pty_leave(pty, "qy");
}

/* A function key chooses the screen for what is being typed, too. */
static void test_function_keys_at_the_prompt(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_type(pty, ":W0[1,1] = 2");
    pty_wait_text(pty, "0.5 → 2, up");
    pty_type(pty, "\x1bOQ"); /* F2 */
    pty_wait_text(pty, "‖∂C/∂W‖");
    pty_wait_text(pty, ": W0[1,1] = 2");
    pty_wait_text(pty, "0.5 → 2, up");
    pty_type(pty, "\x1b[15~5\r"); /* F5, which means nothing */
    pty_wait_text(pty, "0.5 → 25, up");
    pty_type(pty, "bind F5 help keys\rabc\x1b[15~");
    pty_wait_text(pty, "Pages, lists");
    pty_type(pty, "\x1b");
    pty_wait_gone(pty, "Pages, lists");
    pty_leave(pty, "qy");
}

/* A key typed as a command, a key that means nothing, a network that the story is not
 * about. */
static void test_small_slips(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "one-neuron", NULL);
    pty_wait_text(pty, "One input");
    pty_type(pty, ":");
    pty_wait_text(pty, "Esc leaves the prompt");
    pty_type(pty, " "); /* as if it went on in the scene */
    pty_wait_text(pty, "a command is typed here, 'help' lists them; Escape goes back");
    pty_type(pty, "u\r");
    pty_wait_text(pty, "'u' is a key, which runs 'undo': Escape leaves the prompt");
    pty_type(pty, leave_prompt);
    pty_type(pty, "Z");
    pty_wait_text(pty, "Z does nothing here: ? lists the keys");
    pty_type(pty, "3");
    pty_wait_text(pty, "3 times the next key");
    pty_type(pty, "n");
    pty_wait_text(pty, "step 3 of 7");
    pty_type(pty, ":net 2 4 1\r\x03");
    pty_wait_gone(pty, "One input");
    pty_type(pty, "  \x7f"); /* on, twice asked for, and back */
    pty_wait_text(pty, "One input");
    pty_resize(pty, 12, 40);
    pty_type(pty, ":W0 = 2\r\x03q");
    pty_wait_text(pty, "leave, and lose your changes?  y / n");
    pty_leave(pty, "y");
}

/* ... also where it is stopped on the way. */
static void test_play_runs_by_itself(void **state) {
    (void)state;
    const char *argv[] = {getenv("BACKSTEP"), "play", "two-layers", "--speed", "100", NULL};
    struct pty_options options = {.argv = argv};
    struct pty *pty = pty_start(&options);
    (void)kill(pty_pid(pty), SIGSTOP); /* wherever it is by now */
    int status = pty_wait_exit(pty);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    pty_assert_given_back(pty);
    pty_close(pty);
}

static void test_play_holds_and_leaves(void **state) {
    (void)state;
    struct pty *pty = start(24, 80, NULL, "play", "one-neuron");
    pty_wait_text(pty, "One input");
    pty_type(pty, " ");
    pty_wait_text(pty, "held");
    pty_leave(pty, "q");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_menu_opens_a_scene),
        cmocka_unit_test(test_the_end_leads_on),
        cmocka_unit_test(test_menu_in_a_small_window),
        cmocka_unit_test(test_steps_show_and_go_back),
        cmocka_unit_test(test_space_follows_the_story),
        cmocka_unit_test(test_another_network_has_no_title),
        cmocka_unit_test(test_a_tree_unfolds),
        cmocka_unit_test(test_preview_lives_while_typing),
        cmocka_unit_test(test_an_edit_is_told),
        cmocka_unit_test(test_a_wrong_line_says_why),
        cmocka_unit_test(test_completion_and_help),
        cmocka_unit_test(test_leaving_asks_where_work_would_be_lost),
        cmocka_unit_test(test_going_on_asks_where_work_would_be_dropped),
        cmocka_unit_test(test_a_training_follows_the_terminal),
        cmocka_unit_test(test_long_lines_give_way),
        cmocka_unit_test(test_function_keys_at_the_prompt),
        cmocka_unit_test(test_small_slips),
        cmocka_unit_test(test_play_runs_by_itself),
        cmocka_unit_test(test_play_holds_and_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
