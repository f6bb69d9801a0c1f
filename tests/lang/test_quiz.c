/*
 * tests/lang/test_quiz.c - questions: asked, answered right and wrong, with the mistake
 * named; hints; the score; a quiz made of a scene's walk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/player.h"
#include "lang/quiz.h"
#include "script.h"

static struct script s;

static const char general[] = "net 2 3 2; x = 1 -2; y = 1 0; W0 = [0.5 -0.3 0.8; 0.1 0.4 -0.2]; "
                              "W1 = [1 -1; 0.5 2; -0.6 0.7]";

static int open_general(void **state) {
    (void)state;
    script_open(&s);
    script_run(&s, general);
    return 0;
}

static int close_script(void **state) {
    (void)state;
    script_close(&s);
    return 0;
}

static const char *reply(void) {
    const char *text = s.session.now.question.reply;
    return text ? text : "";
}

static bool is_open(void) {
    return s.session.now.question.stage == QUESTION_OPEN;
}

static void answer(const char *expression) {
    struct text line = TEXT_EMPTY;
    text_printf(&line, "answer %s", expression);
    script_run(&s, text_string(&line));
    text_free(&line);
}

static void test_right(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"z1[2]", "-0.3*1 + 0.4*(-2)"},
        {"r1[2]", "0"},
        {"C", "0.6458"},
        {"dr2[1]", "r2[1] - y[1]"},
        {"dz1[2]", "0"},
        {"dW0[1,3]", "dz1[3] * x[1]"},
        {"dr1[3]", "0.378"},
        {"new W0[1,1]", "W0[1,1] - lr * dW0[1,1]"},
        {"meanC", "0.64582"}, /* within what four decimals tell */
    };
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        struct text line = TEXT_EMPTY;
        text_printf(&line, "ask %s", rows[n][0]);
        script_run(&s, text_string(&line));
        assert_true(is_open());
        answer(rows[n][1]);
        if (is_open()) {
            fail_msg("%s: %s", rows[n][0], reply());
        }
        assert_memory_equal(reply(), "Right: ", 7);
        text_free(&line);
    }
    assert_int_equal(s.session.score.first, sizeof rows / sizeof *rows);
    assert_int_equal(score_asked(&s.session.score), sizeof rows / sizeof *rows);
}

enum { DOUBTS_MOST = 64 };

/* The row the reply tells, marked. */
static void mark_doubt(bool *reached) {
    static const char before[] = "Not quite: ";
    for (size_t n = 0; doubt_at(n) && strncmp(reply(), before, sizeof before - 1) == 0; n++) {
        size_t length = strlen(doubt_at(n)->text);
        const char *said = reply() + sizeof before - 1;
        if (strncmp(said, doubt_at(n)->text, length) == 0 && strchr(".,", said[length])) {
            reached[n] = true;
        }
    }
}

/* What each mistake leads to is called by its name; no row of the table is out of reach. */
static void test_diagnoses(void **state) {
    (void)state;
    static const struct {
        const char *before, *asked, *wrong, *said;
    } rows[] = {
        {"", "dz1[1]", "0.54", "the sign is turned"},
        {"", "dz1[2]", "1.08", "the slope f′(z) is missing"},
        {"", "dW0[2,2]", "dr1[2] * x[2]", "the slope f′(z) is missing"},
        {"", "dz1[2]", "-1.08", "the sign is turned, and the slope"},
        {"", "dr1[1]", "W1[2,1] * dz2[2]", "the weight is transposed"},
        {"", "r1[2]", "z1[2]", "that is z, before the activation"},
        {"", "z1[2]", "0", "that is r, behind the activation"},
        {"", "z2[1]", "W1[1,1]*z1[1] + W1[2,1]*z1[2] + W1[3,1]*z1[3]", "that is z, before"},
        {"", "z1[2]", "-0.8", "one term of the sum alone"},
        {"", "z2[2]", "-0.3 + 0", "one term of the sum alone"},
        {"", "z2[1]", "W1[1,1]*r1[1]", "one term of the sum alone"},
        {"activation linear", "z2[1]", "W1[1,1]*r1[1] + W1[2,1]*r1[2]", "a term of the sum is"},
        {"bias on; b0 = 5 6 7", "z1[1]", "0.3", "the bias is missing"},
        {"", "C", "1.2916", "off by a factor of 2"},
        {"", "dr2[2]", "0.54 * 2", "off by a factor of 2"},
        {"activation linear; y = 1 2", "dr2[1]", "r2[1] + y[1]", "a plus stands where a minus"},
        {"", "new W0[1,1]", "0.5", "the value before the update"},
        {"", "new W0[1,1]", "0.054", "the change alone"},
        {"", "new W0[1,1]", "0.5 + 0.54", "the learning rate is missing"},
        {"", "new W0[1,1]", "0.5 - 0.054", "a plus stands where a minus"},
        {"", "dW0[1,1]", "x[1]", "a factor is missing"},
        {"", "dW0[2,3]", "0.378", "a factor is missing"},
        {"lr = 0.01", "dW1[1,2]", "0.00162", "off by the factor lr"},
        {"data xor; net 2 3 3; init he seed 1; x = 1 2; y = 1 2 3; cost mse", "dr2[1]",
         "2 * (r2[1] - y[1])", "off by the number of outputs"},
        {"", "C", "0.5 * (y[1] - r2[1] + y[2] - r2[2])", "the square is missing"},
        {"", "C", "0.5 * (r2[1] - y[1] + r2[2] - y[2])", "the square is missing"},
        {"cost mse", "C", "(r2[1] - y[1] + r2[2] - y[2]) / 2", "the square is missing"},
        {"net 2 3 1; data xor; batch 4", "meanC", "1", "the size of the batch"},
        {"", "z1[1]", "-0.54", "that is another quantity of this neuron, dr1[1]"},
        {"", "dr1[3]", "1.08", "that is another element, dr1[2]"},
        {"", "dr1[3]", "12.34", "that is not it. 'hint' helps"},
    };
    bool reached[DOUBTS_MOST] = {false};
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        script_close(&s);
        open_general(NULL);
        struct text line = TEXT_EMPTY;
        text_printf(&line, "%s\nask %s", rows[n].before, rows[n].asked);
        script_run(&s, text_string(&line));
        answer(rows[n].wrong);
        if (!is_open() || !strstr(reply(), rows[n].said)) {
            fail_msg("%s as %s: %s", rows[n].asked, rows[n].wrong, reply());
        }
        mark_doubt(reached);
        text_free(&line);
    }
    for (size_t n = 0; doubt_at(n); n++) {
        if (!reached[n]) {
            fail_msg("no answer above is told \"%s\"", doubt_at(n)->text);
        }
    }
}

static void test_hints(void **state) {
    (void)state;
    script_run(&s, "ask dz1[2]");
    script_run(&s, "hint");
    assert_string_equal(reply(), "Hint 1 of 3: ∂C/∂z⁽¹⁾₂ = ∂C/∂r⁽¹⁾₂ · Step(z⁽¹⁾₂)");
    script_run(&s, "hint");
    assert_string_equal(reply(), "Hint 2 of 3: ∂C/∂z⁽¹⁾₂ = 1.08 · 0");
    assert_true(is_open());
    script_run(&s, "hint");
    assert_string_equal(reply(), "∂C/∂z⁽¹⁾₂ = 1.08 · 0 = 0");
    assert_false(is_open());
    assert_int_equal(s.session.score.shown, 1);
    script_run(&s, "ask dz1[2]");
    script_run(&s, "hint");
    answer("0");
    script_run(&s, "ask dz1[2]");
    answer("3");
    answer("0");
    assert_int_equal(s.session.score.helped, 2);
    struct text text = TEXT_EMPTY;
    quiz_summary(&text, &s.session.score);
    assert_string_equal(text_string(&text),
                        "0 of 3 right at once, 2 after a hint or a wrong answer, 1 shown.");
    text_free(&text);
}

static void test_refused(void **state) {
    (void)state;
    script_fails(&s, "answer 3", 0, "there is no question to answer: 'ask' asks one");
    script_fails(&s, "hint", 0, "there is no question to answer: 'ask' asks one");
    script_fails(&s, "ask", 4, "the name of a quantity is missing: 'ask [new] NAME [TEXT]'");
    script_fails(&s, "ask z1 what", 5, "'z1' has several elements: ask for one, 'z1[...]'");
    script_fails(&s, "ask W0[1,2]", 5,
                 "'W0[1,2]' is given: 'ask new W0[1,2]' asks what the update makes of it");
    script_fails(&s, "ask x[1]", 5, "'x[1]' is given, not computed: it has no equation");
    script_fails_with(&s, "ask new z1[1]", 9, "'z1[1]' is not changed by the update");
    script_fails_with(&s, "ask z1[9]", 8, "9");
    script_run(&s, "ask dz2[2] What now?; nothing else");
    assert_string_equal(s.session.now.question.text, "What now?; nothing else");
    script_fails(&s, "answer 2 * dz2[2]", 12,
                 "that is what is asked for: work it out from the others");
    script_fails_with(&s, "answer sum(dW0)", 12, "that is computed from what is asked for");
    script_fails_with(&s, "print dz2", 7, "that is computed from what is asked for");
    script_fails_with(&s, "explain dz2[2]", 9, "that is what is asked for");
    script_fails(&s, "answer x", 8, "an answer is a single number");
    assert_int_equal(s.session.now.question.tries, 0);
}

static void test_lines(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"0.5", "answer 0.5"},
        {":0.5", "answer 0.5"},
        {": lr = 1", "lr = 1"},
        {"?", "hint"},
        {"hint", "hint"},
        {" lr * 2", "answer lr * 2"},
        {"step", "step"},
        {"step1[1]*2", "answer step1[1]*2"},
        {"dz1[2] = 3", "answer  3"},
        {"x[1] = 3", "x[1] = 3"},
        {"continue", "continue"},
    };
    script_run(&s, "ask dz1[2]");
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        struct text text = TEXT_EMPTY;
        size_t lead;
        quiz_command(&text, &s.session.now, rows[n][0], &lead);
        assert_string_equal(text_string(&text), rows[n][1]);
        assert_int_equal(lead, strncmp(rows[n][1], "answer", 6) == 0 ? 7 : 0);
        text_free(&text);
    }
}

/* ---- scenes ---- */

static struct source open_text(const char *text) {
    struct source source;
    struct error error = {0};
    assert_int_equal(source_open(&source, "s", text, strlen(text), &error), STATUS_OK);
    return source;
}

static void test_player(void **state) {
    (void)state;
    struct source source = open_text("net 1 1; x = 2; y = 3; W0 = 0.5\n"
                                     "goto dW0; ask dW0[1,1]\n"
                                     "say after\n"
                                     "pause\n"
                                     "ask C Why?\n");
    struct player player;
    struct error error = {0};
    player_open(&player, &s.runner, &source);
    assert_int_equal(player_pause_count(&player), 3);
    assert_int_equal(player_run(&player, false, &error), STOP_ASK);
    assert_true(is_open());
    answer("-4");
    assert_false(player_off_script(&player)); /* an answer is no edit */
    assert_int_equal(player_continue(&player, false, &error), STOP_PAUSE);
    assert_int_equal(s.session.now.question.stage, QUESTION_NONE);
    assert_int_equal(player_continue(&player, false, &error), STOP_ASK);
    assert_int_equal(player.pauses, 3);
    assert_int_equal(player_continue(&player, false, &error), STOP_END);
    assert_true(player_previous(&player)); /* back: it is asked again */
    assert_true(player_previous(&player));
    assert_true(is_open());
    assert_int_equal(player_continue(&player, false, &error), STOP_PAUSE);
    assert_int_equal(s.session.score.shown, 1); /* passed over */
    player_close(&player);
    player_open(&player, &s.runner, &source);
    player.answers = true;
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    assert_false(is_open());
    assert_int_equal(player_run(&player, false, &error), STOP_END);
    assert_false(is_open());
    player_close(&player);
    source_close(&source);
}

/* The statements of a quiz as one text. */
static struct text quiz_text(uint64_t seed) {
    struct source source = open_text("net 2 2 1; init he seed 4; x = 1 2\npause\nask C\n");
    struct error error = {0};
    struct text text = TEXT_EMPTY;
    assert_int_equal(quiz_prepare(&source, &s.runner, seed, &error), STATUS_OK);
    assert_string_equal(source.name, "s");
    text_put(&text, source.text);
    source_close(&source);
    return text;
}

static void test_prepare(void **state) {
    (void)state;
    struct text one = quiz_text(1), again = quiz_text(1), two = quiz_text(2);
    assert_string_equal(text_string(&one), text_string(&again));
    assert_string_not_equal(text_string(&one), text_string(&two));
    size_t asked = 0;
    for (const char *at = text_string(&one); (at = strstr(at, "ask ")) != NULL; at++) {
        asked++;
    }
    assert_int_equal(asked, walk_length(state_model(&s.session.now)));
    text_free(&one);
    text_free(&again);
    text_free(&two);
    struct source bad = open_text("net 1 1\nexpect C = 3\n");
    struct error error = {0};
    assert_int_equal(quiz_prepare(&bad, &s.runner, 1, &error), STATUS_INPUT);
    assert_non_null(strstr(error.text, "s:2:"));
    source_close(&bad);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, open_general, close_script)

int main(void) {
    const struct CMUnitTest tests[] = {
        EACH(test_right), EACH(test_diagnoses), EACH(test_hints),   EACH(test_refused),
        EACH(test_lines), EACH(test_player),    EACH(test_prepare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
