/*
 * tests/app/test_live.c - the real program in a pseudo-terminal, as a person uses
 * it: keys, the prompt with its preview, scenes. What would be lost, and what takes long:
 * test_live_work.c. How it ends: test_endings.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "pty.h"

/* ^C leaves the prompt or a page at once. (Escape waits 50 ms for an Alt key: what
 * is typed within them would be one.) */
static const char leave_prompt[] = "\x03";

static void test_menu_opens_a_scene(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, NULL, NULL);
    pty_wait_text(pty, "One neuron, all the way");
    pty_wait_text(pty, "A wrong derivation, and the right one");
    assert_true(pty_state(pty).alternate_screen);
    pty_see(pty, "\x1b[B", "Two layers of one neuron each"); /* what the marked one is about */
    pty_see(pty, "\x1b", "no scene: w picks a number");
    pty_see(pty, "m\x1b[A\r", "One input, one weight, one neuron");
    pty_leave(pty, "q");
    pty = pty_program(24, 80, "two-layers", NULL); /* its row is marked: the next is below */
    pty_wait_text(pty, "Two neurons in a row");
    pty_see(pty, "m", "Two layers of one neuron each");
    pty_leave(pty, "q");
}

/* At the end of a scene the way to the next one is told. */
static void test_the_end_leads_on(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "wrong-derivation", NULL);
    pty_see(pty, ":seek 100%\r", "How could one have known?");
    pty_type(pty, leave_prompt);
    pty_see(pty, " ", "the scene ends here: Right steps on, m is the menu"); /* of the last */
    pty_see(pty, "m", "A derivation of the gradient that is wrong");
    pty_leave(pty, "q");
    pty = pty_program(24, 80, "one-neuron", NULL);
    pty_see(pty, ":seek 100%\r", "12/12");
    pty_type(pty, leave_prompt);
    pty_see(pty, " ", "the scene ends here: m, then Enter opens the next one, two-layers");
    pty_see(pty, "m", "Two layers of one neuron each");
    pty_see(pty, "\r", "Two neurons in a row");
    pty_leave(pty, "q");
}

/* Of more scenes than fit the heading tells which are seen. */
static void test_menu_in_a_small_window(void **state) {
    (void)state;
    struct pty *pty = pty_program(14, 80, NULL, NULL);
    pty_wait_text(pty, "1–9 of ");
    pty_see(pty, "\x1b[F", "A wrong derivation, and the right one"); /* End */
    pty_wait_gone(pty, "1–9 of ");
    pty_leave(pty, "q");
}

static void test_steps_show_and_go_back(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "one-neuron", NULL);
    pty_wait_text(pty, "0 of 7");
    pty_see(pty, "\x1b[C", "1 of 7");
    pty_wait_text(pty, "0.5 · 2");
    pty_see(pty, "nnnn", "5 of 7");
    pty_wait_text(pty, "1 · "); /* dz = -2 · 1, or -2 among its values */
    pty_see(pty, "\x1b[D", "4 of 7");
    pty_see(pty, "3n", "7 of 7");
    pty_wait_text(pty, "0.9");
    pty_see(pty, "g", "0 of 7");
    pty_leave(pty, "q");
}

static void test_space_follows_the_story(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "one-neuron", NULL);
    pty_wait_text(pty, "One input, one weight");
    pty_see(pty, " ", "Forward. The neuron multiplies");
    pty_see(pty, " ", "The activation ReLU");
    pty_see(pty, "\x7f", "Forward. The neuron multiplies"); /* back to the pause before */
    pty_see(pty, "]", "Backward. How does C change");
    pty_leave(pty, "q");
}

/* The title of a scene is not that of another network; undo brings both back. */
static void test_another_network_has_no_title(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 60, "one-neuron", NULL);
    pty_wait_row(pty, 0, "One neuron, all the way");
    pty_see(pty, ":net 1 1\r", "x is 0 so far");
    pty_wait_row(pty, 0, "One neuron, all the way");
    pty_see(pty, "net 2 5 1\r\x03", "of 13");
    pty_wait_row(pty, 0, " backstep ");
    pty_wait_row(pty, 23, "Space go on  : prompt  ? keys    1/12, off script");
    pty_type(pty, "u");
    pty_wait_row(pty, 0, "One neuron, all the way");
    pty_type(pty, "q");
    pty_leave(pty, "y");
}

static void test_a_tree_unfolds(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Several neurons");
    pty_see(pty, ":explain dW0[1,2]\r", "why ∂C/∂W⁽⁰⁾₁₂ = 0");
    pty_wait_text(pty, "1 of 5");
    pty_wait_text(pty, "▸ ∂C/∂r⁽¹⁾₂");
    pty_see(pty, "\x1b[Bj\x1b[C", "▾ ∂C/∂r⁽¹⁾₂"); /* down, down, open */
    pty_wait_text(pty, "▸ ∂C/∂z⁽²⁾₁");
    pty_wait_text(pty, "3 of 9");
    pty_see(pty, "\x1b[D", "3 of 5"); /* closed, then up to what it stands beneath */
    pty_see(pty, "\x1b[D", "2 of 5");
    pty_see(pty, "\r", "2 of 3");
    pty_see(pty, "g*", "1 of 5");
    pty_see(pty, "\x1b", "0 of 13");
    pty_see(pty, ":fold\r", "there is no tree to unfold");
    pty_see(pty, "\x1b", "? keys");
    pty_leave(pty, "q");
}

static void test_preview_lives_while_typing(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "one-neuron", NULL);
    pty_wait_text(pty, "One input");
    pty_see(pty, "3n", "3 of 7");
    pty_see(pty, ":W0 = 1.5", ": W0 = 1.5");
    pty_wait_text(pty, "1.5000"); /* the new weight, before Enter */
    pty_wait_text(pty, "W0[1,1]: 0.5 → 1.5, up");
    pty_type(pty, "\x1b");        /* Escape */
    pty_wait_gone(pty, "1.5000"); /* dropped */
    pty_wait_text(pty, "0.5000");
    pty_type(pty, ":W0 = 1.5\r");
    pty_see(pty, leave_prompt, "1.5000"); /* kept */
    pty_see(pty, "u", "0.5000");          /* taken back */
    pty_leave(pty, "qy");
}

/* What was edited is told, wherever the walk stands and however small the window is. */
static void test_an_edit_is_told(void **state) {
    (void)state;
    struct pty *pty = pty_program(12, 40, "general", NULL);
    pty_wait_text(pty, "START");
    pty_see(pty, "G:W0[1,2] = 1\r\x03", "W0[1,2]: −0.3 → 1, up");
    pty_see(pty, "u", "W0[1,2]: 1 → −0.3, down");
    pty_lose(pty, "p", "W0[1,2]: "); /* faded at the next step */
    pty_see(pty, ":x = 7\r\x03", "x[1]: 1 → 7, up, and 1 more");
    pty_leave(pty, "qy");
}

static void test_a_wrong_line_says_why(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, ":W0[1,9] = 2", "index '9' is out of range");
    pty_see(pty, "\r", "index '9' is out of range");
    pty_type(pty, leave_prompt);
    pty_leave(pty, "q"); /* nothing has changed, nothing is asked */
}

static void test_completion_and_help(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, ":activation sig\t", ": activation sigmoid");
    pty_type(pty, leave_prompt);
    pty_see(pty, "?", "a step back");
    pty_lose(pty, leave_prompt, "a step back");
    pty_leave(pty, "q");
}

/* A function key chooses the screen for what is being typed, too. */
static void test_function_keys_at_the_prompt(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "general", NULL);
    pty_wait_text(pty, "Two inputs");
    pty_see(pty, ":W0[1,1] = 2", "0.5 → 2, up");
    pty_see(pty, "\x1bOQ", "‖∂C/∂W‖"); /* F2 */
    pty_wait_text(pty, ": W0[1,1] = 2");
    pty_wait_text(pty, "0.5 → 2, up");
    pty_see(pty, "\x1b[15~5\r", "0.5 → 25, up"); /* F5, which means nothing */
    pty_see(pty, "bind F5 help keys\rabc\x1b[15~", "Pages, lists");
    pty_lose(pty, "\x1b", "Pages, lists");
    pty_leave(pty, "qy");
}

/* A key typed as a command, a key that means nothing, a network that the story is not
 * about. */
static void test_small_slips(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "one-neuron", NULL);
    pty_wait_text(pty, "One input");
    pty_see(pty, ":", "Esc leaves the prompt");
    /* as if it went on in the scene */
    pty_see(pty, " ", "a command is typed here, 'help' lists them; Escape goes back");
    pty_see(pty, "u\r", "'u' is a key, which runs 'undo': Escape leaves the prompt");
    pty_type(pty, leave_prompt);
    pty_see(pty, "Z", "Z does nothing here: ? lists the keys");
    pty_see(pty, "3", "3 times the next key");
    pty_see(pty, "n", "step 3 of 7");
    pty_lose(pty, ":net 2 4 1\r\x03", "One input");
    pty_see(pty, "  \x7f", "One input"); /* on, twice asked for, and back */
    pty_resize(pty, 12, 40);
    pty_see(pty, ":W0 = 2\r\x03q", "leave, and lose your changes?  y / n");
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
    struct pty *pty = pty_program(24, 80, "play", "one-neuron");
    pty_wait_text(pty, "One input");
    pty_see(pty, " ", "held");
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
        cmocka_unit_test(test_function_keys_at_the_prompt),
        cmocka_unit_test(test_small_slips),
        cmocka_unit_test(test_play_runs_by_itself),
        cmocka_unit_test(test_play_holds_and_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
