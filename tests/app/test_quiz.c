/*
 * tests/app/test_quiz.c - questions in the real program: the prompt opens by itself, an
 * answer is judged, hints, the score, hands-off play.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/wait.h>

#include <cmocka.h>

#include "pty.h"

static void test_questions_and_score(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "quiz", "general");
    pty_wait_text(pty, "? What is z⁽¹⁾₂, z1[2]?");
    pty_wait_row(pty, 22, "answer:");
    assert_false(pty_has_text(pty, "−1.1"));
    pty_see(pty, "z1[2] + 1", "that is what is asked for");
    /* ^U empties the line */
    pty_see(pty,
            "\x15"
            "1.1\r",
            "Not quite: the sign is turned.");
    pty_wait_row_is(pty, 22, "answer:"); /* to be tried again */
    pty_see(pty, "q", "'q' is a key, which runs 'quit': Escape leaves the prompt");
    pty_see(pty, "\x15\r", "an answer is a number, ? is a hint"); /* nothing is no answer */
    pty_wait_row_is(pty, 22, "answer:");
    pty_see(pty, "?", "Hint 1 of 3: z⁽¹⁾₂ = W⁽⁰⁾₁₂ · x₁"); /* at once */
    pty_type(pty, "-0.3*x[1] + 0.4*x[2]");
    pty_wait_row(pty, 23, "= -1.1");
    pty_see(pty, "\r", "Right: z⁽¹⁾₂ = ");
    pty_wait_text(pty, "score 0/1");
    pty_wait_gone(pty, "answer:");
    pty_see(pty, " ", "What is r⁽¹⁾₂");
    pty_see(pty, "0\r", "score 1/2");
    pty_see(pty, " ", "What is z⁽²⁾₁");
    pty_see(pty, "\x03", "H hint"); /* leaves the prompt, not the question */
    pty_see(pty, "HHH", "score 1/3");
    pty_see(pty, "\x1b[D", "off script, score 1/3");
    pty_wait_text(pty, "? keys"); /* for which the scene's name gives way */
    pty_leave(pty, "q");
    pty = pty_program(24, 80, "quiz", "general"); /* left behind a wrong answer */
    pty_wait_row(pty, 22, "answer:");
    pty_wait_text(pty, "Esc looks around, q quits");
    pty_see(pty, "1.1\r", "Not quite");
    pty_see(pty, "continue\r", "passed over: z");
    pty_wait_row(pty, 22, "answer:");
    pty_see(pty, "77\r", "Not yet");
    pty_see(pty, "\x03", "q quit");
    pty_leave(pty, "q");
}

/* The last question, then how it went. */
static void test_summary(void **state) {
    (void)state;
    struct pty *pty = pty_program(24, 80, "quiz", "one-neuron");
    static const char *const next[] = {"r1[1]", "C", "dr1[1]", "dz1[1]", "dW0[1,1]", "new W0[1,1]"};
    pty_wait_text(pty, "z1[1]?");
    for (size_t n = 0; n < sizeof next / sizeof *next; n++) {
        pty_wait_row(pty, 22, "answer:");
        pty_see(pty, "continue\r", next[n]); /* passed over */
    }
    pty_wait_row(pty, 22, "answer:");
    pty_see(pty, "continue\r", "0 of 7 right at once, 7 shown.");
    pty_leave(pty, "q");
}

/* The question and an answer to it fit on a small screen. */
static void test_small(void **state) {
    (void)state;
    struct pty *pty = pty_program(12, 40, "quiz", "one-neuron");
    pty_wait_text(pty, "What is z⁽¹⁾₁, z1[1]?");
    pty_see(pty, "7\r", "Not yet");
    pty_wait_text(pty, "What is z⁽¹⁾₁, z1[1]?");
    pty_leave(pty, "\x03q");
}

static void test_play_answers_by_itself(void **state) {
    (void)state;
    const char *argv[] = {getenv("BACKSTEP"), "play", "--speed", "100", "-", NULL};
    char path[] = "/tmp/backstep-ask-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *file = fdopen(fd, "w");
    assert_non_null(file);
    fputs("net 1 1; x = 2; y = 3; W0 = 0.5; goto dW0\nask dW0[1,1] Which?\nsay over\nwait 3000\n",
          file);
    assert_int_equal(fclose(file), 0);
    argv[4] = path;
    struct pty *pty = pty_start(&(struct pty_options){.argv = argv});
    pty_wait_text(pty, "over");
    size_t count;
    const char *output = pty_output(pty, &count);
    assert_true(count > 0 && strstr(output, "Which?") != NULL);
    remove(path);
    pty_leave(pty, "q");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_questions_and_score),
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_play_answers_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
