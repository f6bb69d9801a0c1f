/*
 * tests/app/test_plain.c - the program without a screen: what it tells of a scene, of
 * steps and of edits, through files as a log is made; and that it never sends anything
 * but text. On a terminal: test_plain_terminal.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/utf8.h"
#include "lang/builtin.h"

/* ---- with files for standard input and output ---- */

struct told {
    struct text out, errors;
    int code;
};

static struct text take_file(FILE *file) {
    struct text text = TEXT_EMPTY;
    char bytes[4096];
    size_t count;
    rewind(file);
    while ((count = fread(bytes, 1, sizeof bytes, file)) > 0) {
        text_put_bytes(&text, bytes, count);
    }
    assert_false(text.failed);
    fclose(file);
    return text;
}

/* Run the program in plain mode on these lines; `first` and `second` may be NULL. */
static struct told tell(const char *first, const char *second, const char *lines, size_t count) {
    FILE *in = tmpfile(), *out = tmpfile(), *errors = tmpfile();
    assert_true(in && out && errors);
    assert_int_equal(fwrite(lines, 1, count, in), count);
    rewind(in);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const char *program = getenv("BACKSTEP");
        dup2(fileno(in), 0);
        dup2(fileno(out), 1);
        dup2(fileno(errors), 2);
        execl(program, program, "--plain", first, first ? second : NULL, (char *)NULL);
        _exit(127);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    fclose(in);
    return (struct told){take_file(out), take_file(errors), WEXITSTATUS(status)};
}

static void told_free(struct told *told) {
    text_free(&told->out);
    text_free(&told->errors);
}

static struct told tell_lines(const char *scene, const char *lines) {
    return tell(scene, NULL, lines, strlen(lines));
}

static void assert_tells(const struct told *told, const char *part) {
    if (!strstr(text_string(&told->out), part)) {
        fail_msg("'%s' is not told in:\n%s%s", part, text_string(&told->out),
                 text_string(&told->errors));
    }
}

static void assert_does_not_tell(const struct told *told, const char *part) {
    if (strstr(text_string(&told->out), part)) {
        fail_msg("'%s' is told in:\n%s", part, text_string(&told->out));
    }
}

static void test_a_record_of_a_scene(void **state) {
    (void)state;
    struct told told = tell_lines("one-neuron", "\ncontinue\nW0 = -0.5\nback\nquit\nstep\n");
    assert_string_equal(
        text_string(&told.out),
        "One neuron, all the way\n"
        "Network 1-1, activation ReLU, cost half-squared, no biases, optimizer sgd.\n"
        "One input, one weight, one neuron. We want the output 3 for the input 2. Right steps on, "
        "Left steps back; Space goes on with the story. Seven equations lie ahead, one at a time: "
        "no need to read them all now.\n"
        "The walk stands at its start: nothing is computed yet, 7 steps lie ahead.\n"
        "Pause 1 of 12.\n"
        ">\n"
        "Step 1 of 7, forward pass, layer 1: F1, weighted sum.\n"
        "z⁽¹⁾ⱼ = Σᵢ W⁽⁰⁾ᵢⱼ · xᵢ\n"
        "z1[1] = 0.5 · 2 = 1\n"
        "> continue\n"
        "Back to where the story stopped, and on.\n"
        "Forward. The neuron multiplies its input by the weight: z = W·x. That is the number "
        "before the activation.\n"
        "Pause 2 of 12.\n"
        "> W0 = -0.5\n"
        "W0[1,1]: 0.5 → −0.5, down.\n"
        "Step 1 of 7, forward pass, layer 1: F1, weighted sum.\n"
        "z⁽¹⁾ⱼ = Σᵢ W⁽⁰⁾ᵢⱼ · xᵢ\n"
        "z1[1] = −0.5 · 2 = −1, was 1\n"
        "> back\n"
        "The walk stands at its start: nothing is computed yet, 7 steps lie ahead.\n"
        "> quit\n");
    assert_string_equal(text_string(&told.errors), "");
    assert_int_equal(told.code, 0);
    told_free(&told);
}

/* What Enter tells is what `step` tells, and so do the keys of the screen. */
static void test_lines_and_keys(void **state) {
    (void)state;
    struct told enter = tell_lines("general", "\n\n\n"), key = tell_lines("general", "3n\n");
    const char *steps = strstr(text_string(&key.out), "Step 1");
    assert_non_null(steps);
    assert_tells(&enter, "z2[2] = −1 · 0.3 + 2 · 0 + 0.7 · 1.2 = 0.54\n");
    assert_tells(&key, "z2[2] = −1 · 0.3 + 2 · 0 + 0.7 · 1.2 = 0.54\n");
    told_free(&enter);
    told_free(&key);
    struct told told = tell_lines("general", "G\n  p \r\n: print C\nu\nredraw\nq\nstep\n");
    assert_tells(&told, "That is the end of the walk");
    assert_tells(&told, "> p\nStep 12 of 13, update, layer 1");
    assert_tells(&told, "> print C\n0.6458");
    assert_tells(&told, "> redraw\nSeveral neurons");
    assert_does_not_tell(&told, "> step");
    told_free(&told);
    told = tell_lines("general", "goto 12\nstep 9\nback 20\nback\n"); /* the ends, once */
    assert_tells(&told, "> step 9\nStep 13 of 13");
    assert_tells(&told, "That is the end of the walk");
    assert_tells(&told, "> back 20\nThe walk stands at its start");
    assert_tells(&told, "> back\nSTART is where the walk begins.\n");
    told_free(&told);
}

static void test_watched_expressions_are_told(void **state) {
    (void)state;
    struct told told = tell_lines("general", "watch norm(r1)\nstep 2\nW0[1,2] = 1\nstep\nwatch "
                                             "W1'\nnet 3 1\nunwatch all\nnet 1 1\n");
    assert_tells(&told, "> watch norm(r1)\nnorm(r1): not computed yet.\n");
    assert_tells(&told, "r1[3] = max(0, 1.2) = 1.2\nnorm(r1): 1.2369.\n");
    assert_tells(&told, "norm(r1): 1.2369 → 1.253, up.\n");
    assert_tells(&told, "z2[2] = −1 · 0.3 + 2 · 0.2 + 0.7 · 1.2 = 0.94\n> watch"); /* no news */
    assert_tells(&told, "> watch W1'\nW1': 1 0.5 −0.6; −1 2 0.7.\n");
    assert_tells(&told, "norm(r1): not computed yet.\nW1' does not fit this network.\n");
    assert_tells(&told, "7 steps lie ahead.\n");
    told_free(&told);
    told = tell_lines("general", "watch 2*r1[1]\nask r1[1]\nstep 2\n"); /* would give it away */
    assert_does_not_tell(&told, "2*r1[1]: 0.6");
    told_free(&told);
}

/* The screens that are pictures, layer by layer and point by point. */
static void test_pictures_are_told(void **state) {
    (void)state;
    struct told told = tell_lines("general", "goto dW1\nview flow\ngoto END\nview walk\nquit\n");
    assert_tells(&told, "> view flow\n"
                        "The gradient in every layer.\n"
                        "∂C/∂z is known in the last layer, down to layer 2 so far.\n"
                        "Layer 2: ∂C/∂z 0.54, ∂C/∂W 0.668, mean slope 0.5, dead 50%, W 2.66.\n"
                        "Layer 1: not reached yet, W 1.09.\n");
    assert_tells(&told, "\n∂C/∂z grows by a factor 1.22 a layer on the way back.\n> view walk\n");
    told_free(&told);
    told = tell_lines("general", "net 2 4 1\ndata xor\nbatch all\nactivation tanh\ntrain 40\n"
                                 "view training\ntrain 10\nview weights\nredraw\nquit\n");
    assert_tells(&told, "> view training\nThe cost over the updates.\nmeanC ");
    assert_tells(&told, "\nAfter 0 updates: meanC ");
    assert_tells(&told, "\nAfter 40 updates: meanC ");
    assert_tells(&told, " in 50 updates · 50 epochs · ");
    assert_tells(&told, "The weights are a picture: 'print W0' and 'print dW0' tell them.\n");
    told_free(&told);
}

static void test_edits_are_told_old_and_new(void **state) {
    (void)state;
    struct told told = tell_lines("general", "goto dW1\nW0[1,2] = 1\nundo\n");
    assert_tells(&told, "> W0[1,2] = 1\n"
                        "W0[1,2]: −0.3 → 1, up.\n"
                        "z1[2]: −1.1 → 0.2, up.\n"
                        "r1[2]: 0 → 0.2, up.\n"
                        "z2[1]: −0.42 → −0.32, up.\n");
    assert_tells(&told, "dW1[2,2] = 0.94 · 0.2 = 0.188, was 0\n");
    assert_tells(&told, "> undo\nW0[1,2]: 1 → −0.3, down.\n");
    told_free(&told);
    told = tell_lines("general", "goto END\n\nlr = 0.5\nbias on\nnet 1 1\ngrain element\nback\n");
    assert_tells(&told, "The update is made.\nW0[1,1]: 0.5 → 0.554, up.\n");
    assert_tells(&told, "Iteration 2. The walk stands at its start");
    assert_tells(&told, "lr: 0.1 → 0.5, up.\n");
    assert_tells(&told, "Network 2-3-2, activation ReLU, cost half-squared, with biases");
    assert_tells(&told, "> net 1 1\nNetwork 1-1,");
    assert_tells(&told, "A step is now by the element.\n");
    assert_tells(&told, "> back\nSTART is where the walk begins.\n");
    told_free(&told);
}

static void test_the_story(void **state) {
    (void)state;
    struct told told = tell_lines("one-neuron", "]\nprevious\ncontinue\ngoto backward\n");
    assert_tells(&told, "> ]\nStep 1 of 7");
    assert_tells(&told, "Backward. How does C change");
    assert_tells(&told, "> previous\nStep 3 of 7");
    assert_tells(&told, "Pause 4 of 12.\n");
    told_free(&told);
    struct text lines = TEXT_EMPTY;
    text_put_repeat(&lines, "continue\n", 12);
    told = tell_lines("one-neuron", text_string(&lines));
    assert_tells(&told, "Pause 12 of 12.\n");
    assert_tells(&told, "'menu' lists the scenes, 'two-layers' is the next.\n");
    assert_int_equal(told.code, 0);
    told_free(&told);
    text_free(&lines);
}

static void test_scenes_to_choose_from(void **state) {
    (void)state;
    struct told told = tell_lines(NULL, "two-layers\nmenu\n1\nmenu\n\nmenu\none-neuro\n99\n");
    assert_tells(&told, "\n2. two-layers: Two layers: the chain rule at work\n");
    assert_tells(&told, "> two-layers\nTwo layers: the chain rule at work\nNetwork 1-1-1,");
    assert_tells(&told, "> 1\nOne neuron, all the way\n");
    assert_tells(&told, ">\nOne neuron, all the way\n");
    assert_non_null(strstr(text_string(&told.errors), "did you mean 'one-neuron'?"));
    assert_int_equal(told.code, 1);
    told_free(&told);
    told = tell_lines(NULL, "net 1 1\nx = 2\n\ncontinue\n");
    assert_tells(&told, "x[1]: 0 → 2, up.\n");
    assert_tells(&told, ">\nStep 1 of 7"); /* no scene is opened any more */
    assert_tells(&told, "> continue\nStep 2 of 7");
    told_free(&told);
    told = tell("-", NULL, "net 1 1\ntitle My own\n", 21);
    assert_tells(&told, "My own\n");
    told_free(&told);
}

static void test_errors_have_their_line(void **state) {
    (void)state;
    struct told told = tell_lines("one-neuron", "\nprint D\nx = 1; foo\na\x1b[1mb\nprint C\n");
    assert_non_null(strstr(text_string(&told.errors), "-:2:7: "));
    assert_non_null(strstr(text_string(&told.errors), "-:3:8: there is no command 'foo'"));
    assert_non_null(strstr(text_string(&told.errors), "-:4:2: "));
    assert_null(strchr(text_string(&told.errors), '\x1b'));
    assert_tells(&told, "> print C\n3.125\n"); /* it goes on; x is 1 */
    assert_int_equal(told.code, 1);
    told_free(&told);
    told = tell_lines("no-such-scene", "");
    assert_int_equal(told.code, 1);
    assert_string_equal(text_string(&told.out), "");
    told_free(&told);
}

/* ---- only text ---- */

static void assert_only_text(const struct text *text, bool ascii) {
    const char *at = text_string(text), *end = at + text->length;
    while (at < end) {
        uint32_t code_point;
        const char *from = at;
        at += utf8_decode(at, (size_t)(end - at), &code_point);
        bool good = code_point == '\n' ||
                    (ascii ? code_point >= ' ' && code_point <= '~' : utf8_harmless(code_point));
        if (!good) {
            fail_msg("U+%04X in: %.60s", (unsigned)code_point, from);
        }
    }
}

static void test_nothing_but_text(void **state) {
    (void)state;
    static const char lines[] =
        "continue\ncontinue\n]\ngoto END\n\nW0 = 0.3\nbias on\noptimizer adam\nG\nt\ngrain "
        "element\n"
        "\n\ncontinue\nhelp\nhelp step\n?\nexplain dW0\nprint W0\ncompare\nview weights\nview "
        "next\n"
        "say a\xcc\x81\x07 \xe2\x80\xae \x9b m\ntitle \x1b]0;x\x07\nredraw\n\x1b[31m\nmenu\n3\n\n";
    for (size_t i = 0; i < 2 * builtin_scene_count; i++) {
        bool ascii = i % 2 == 1;
        struct told told =
            tell(builtin_scenes[i / 2].name, ascii ? "--ascii" : NULL, lines, sizeof lines - 1);
        assert_true(told.out.length > 1000);
        assert_only_text(&told.out, ascii);
        assert_only_text(&told.errors, false);
        told_free(&told);
    }
}

/* ---- what is told is what was computed ---- */

/* The number at the end of "dz1[2] = 1.08 · 1 = −0.5", with a plain minus. */
static double last_number(const char *line, size_t length) {
    struct text plain = TEXT_EMPTY;
    for (size_t at = 0; at < length;) {
        uint32_t code_point;
        at += utf8_decode(line + at, length - at, &code_point);
        utf8_put(&plain, code_point == 0x2212 ? '-' : code_point);
    }
    const char *string = text_string(&plain), *equals = string;
    for (const char *next; (next = strstr(equals, "= ")) != NULL;) {
        equals = next + 2;
    }
    char *rest;
    double value = strtod(equals, &rest);
    assert_true(*rest == '\0');
    text_free(&plain);
    return value;
}

static void test_numbers_are_the_engines(void **state) {
    (void)state;
    struct told told =
        tell_lines("general", "bias on\ndigits 12\ngrain pass\n\n\ngrain equation\n");
    struct text names = TEXT_EMPTY;
    double values[64];
    size_t count = 0;
    const char *line = strstr(text_string(&told.out), "Step 1 of ");
    assert_non_null(line);
    for (; *line; line += strcspn(line, "\n") + 1) {
        size_t length = strcspn(line, "\n"), name = strcspn(line, " ");
        if (line[0] >= 'a' && line[0] <= 'z' && name > 3 && line[name - 1] == ']') {
            text_printf(&names, "print %.*s\n", (int)name, line);
            assert_true(count < sizeof values / sizeof *values);
            values[count++] = last_number(line, length);
        }
        if (line[length] == '\0') {
            break;
        }
    }
    assert_true(count > 30);
    struct text lines = TEXT_EMPTY;
    text_printf(&lines, "bias on\n%s", text_string(&names));
    struct told printed = tell_lines("general", text_string(&lines));
    const char *at = text_string(&printed.out);
    for (size_t i = 0; i < count; i++) {
        at = strstr(at, "> print ");
        assert_non_null(at);
        at += strcspn(at, "\n") + 1;
        double difference = strtod(at, NULL) - values[i];
        assert_true(difference < 1e-11 && difference > -1e-11);
    }
    text_free(&names);
    text_free(&lines);
    told_free(&told);
    told_free(&printed);
}

/* A large network is told in few lines, whatever is done to it. */
static void test_large_networks_are_told_briefly(void **state) {
    (void)state;
    static const char lines[] = "net 400 300 200 100\nx = 1\ngoto z2\n\nback\nW1 = 0.01\ngoto END\n"
                                "\nundo\nnet 2 2 2 2 2 2 2 2 2 2 2 2 2\nG\n";
    struct told told = tell_lines("general", lines);
    size_t count = 0, longest = 0;
    for (const char *line = text_string(&told.out); *line;) {
        size_t length = strcspn(line, "\n");
        count++;
        longest = length > longest ? length : longest;
        line += length + (line[length] == '\n');
    }
    assert_tells(&told, "z1[16] = ");
    assert_does_not_tell(&told, "z1[17] = ");
    assert_tells(&told, "and 284 more: all with 'print z1'.\n");
    assert_tells(&told, "392 more, sum ");
    assert_tells(&told, "more values changed.\n");
    assert_tells(&told, "Steps 1 to 72 are passed.\nStep 73 of 73");
    assert_true(count < 500 && longest < 400);
    assert_int_equal(told.code, 0);
    told_free(&told);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_record_of_a_scene),
        cmocka_unit_test(test_lines_and_keys),
        cmocka_unit_test(test_watched_expressions_are_told),
        cmocka_unit_test(test_pictures_are_told),
        cmocka_unit_test(test_edits_are_told_old_and_new),
        cmocka_unit_test(test_the_story),
        cmocka_unit_test(test_scenes_to_choose_from),
        cmocka_unit_test(test_errors_have_their_line),
        cmocka_unit_test(test_nothing_but_text),
        cmocka_unit_test(test_numbers_are_the_engines),
        cmocka_unit_test(test_large_networks_are_told_briefly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
