/*
 * test_screens_say.c - what the screens say in words: of the flow what the bars show, of a
 * small screen what is left out, of a number why it is none, to a beginner what to type.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens.h"
#include "script.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct script s;

static bool shows(const char *wanted, int rows, int cols) {
    struct canvas canvas = screen_compose(&s.session.now, (const int[]){rows, cols}, true, false);
    struct text frame = TEXT_EMPTY;
    screen_text(&frame, &canvas);
    bool found = strstr(text_string(&frame), wanted) != NULL;
    text_free(&frame);
    canvas_close(&canvas);
    return found;
}

static void must_show(const char *wanted) {
    static const int wide[2] = {24, 100};
    if (!shows(wanted, wide[0], wide[1])) {
        fail_msg("'%s' is not shown", wanted);
    }
}

/* net 1 1 1 1 of linear neurons: each weight is the factor of its layer. */
static void words_of_the_flow(void **state) {
    (void)state;
    script_run(&s, "view flow; net 1 1 1 1 1; activation linear; x = 1; y = 1");
    must_show("no gradient yet");
    script_run(&s, "W0 = 1; W1 = 0.125; W2 = 0.125; W3 = 0.125; goto dz4");
    must_show("dC/dz is known in the last layer, down to layer 4 so far");
    script_run(&s, "goto dz2");
    must_show("falls by a factor 0.125 a layer on the way back, down to layer 2 so far");
    script_run(&s, "goto END");
    must_show("falls by a factor 0.125 a layer on the way back: vanishing");
    script_run(&s, "W1 = 8; W2 = 8; W3 = 8");
    must_show("grows by a factor 8 a layer on the way back: exploding");
    script_run(&s, "W1 = 1; W2 = 1; W3 = 2");
    must_show("grows by a factor 1.26 a layer on the way back");
    script_run(&s, "W2 = 0");
    must_show("; 0 from layer 2 down");
    script_run(&s, "W2 = 1e200; W1 = 1e200");
    must_show("dC/dz is infinite from layer");
    script_run(&s, "activation relu; W1 = 1; W2 = 1; W0 = -1");
    must_show("100%");
}

/* One screen for 5,000 layers: every layer is in one of the rows, of round numbers. */
static void many_layers(void **state) {
    (void)state;
    struct text line = TEXT_EMPTY;
    text_put(&line, "net");
    text_put_repeat(&line, " 1", 5001);
    script_run(&s, text_string(&line));
    text_free(&line);
    script_run(&s, "x = 1; y = 2; goto END; view flow");
    must_show(" 1-400 ");
    must_show(" 4801-5000 ");
    must_show("a row is 400 layers, their geometric mean");
}

/* Marks of an axis stand beside their numbers and never in them, however few fit. */
static void marks_of_a_short_axis(void **state) {
    (void)state;
    script_run(&s, "net 8x6; activation sigmoid; init normal 1; x = 1; y = 0.5; view flow;"
                   "compare activation relu");
    assert_true(shows("'goto END' shows all", 40, 120));
    script_run(&s, "goto END");
    assert_true(shows(" |dC/dz| -0.001-10000 |dC/dW| -0.001-10000- f'(z) dead ", 40, 120));
    script_run(&s, "net 2 8 1; activation tanh; data moons samples 200 noise 0.15 seed 3; batch 20;"
                   "optimizer adam; lr 0.01; train 3000; view training");
    assert_true(shows("0.2 +", 12, 40));
}

/* Costs of 9.9e-324 and 0: there are no steps between them to write at the axis. */
static void marks_of_a_tiny_axis(void **state) {
    (void)state;
    script_run(&s, "net 1 1; activation linear; bias off; x = 1; y = 0;"
                   "W0 = 4e-162; lr 0; train 5; view training; axis linear");
    assert_true(shows("C 9.9e-324 > 9.9e-324 in 5 updates", 24, 80));
    script_run(&s, "W0 = 0; train 5");
    assert_true(shows("C 9.9e-324 > 0 in 10 updates", 24, 80));
    script_run(&s, "axis log");
    assert_true(shows("C 9.9e-324 > 0 in 10 updates", 24, 80));
}

/* What is shown after a line, or not; NULL: after the same lines as before. */
struct sight {
    const char *line, *part;
    int rows, cols;
    bool absent;
};

static void look_at(const struct sight *sights, size_t count) {
    for (size_t n = 0; n < count; n++) {
        const struct sight *sight = &sights[n];
        if (sight->line) {
            script_run(&s, sight->line);
        }
        if (shows(sight->part, sight->rows, sight->cols) == sight->absent) {
            fail_msg("row %zu: '%s' is %sshown at %dx%d", n, sight->part,
                     sight->absent ? "" : "not ", sight->cols, sight->rows);
        }
    }
}

/* What a small screen leaves out it says, and what is new says so. */
static void says_what_is_left_out(void **state) {
    (void)state;
    static const struct sight sights[] = {
        {"net 2 3 2; optimizer adam", "dz2[j] = dr2[j] * step2[j] ", 24, 80, false},
        {NULL, "W1[i,j] <- ", 24, 80, false},
        {NULL, "+ epsilon)", 24, 140, false},
        {NULL, ". F3 B0 B1 B2 B3 U", 12, 40, false},
        {"net 2 4 1", " 1-3/4 ", 24, 80, false},
        {NULL, "columns 1-3 of 4", 24, 90, false},
        {"goto dW1", "rows 1-3", 24, 80, false},
        {"net 1 1; goto END", "  new W0  ", 24, 80, false},
        {"net 1 1 1 1; goto END", "  x  W0   dz1 W1   dz2 new  dz3 ", 24, 80, false},
        {NULL, "+ - 0: signs", 24, 80, true},
        {NULL, " 0.0000        0.0000", 24, 80, true},
        {"goto C", " gradients dW2 ", 24, 80, false},
        {"ask dW0[1,1]", " gradients dW0 ", 24, 80, false}, /* where the answer will stand */
        {"answer 0", " gradients dW0 ", 24, 80, false},
        {"bias on", "+ - 0: signs", 24, 80, false}, /* the biases have that row */
    };
    look_at(sights, COUNT(sights));
}

/* Which update, which number is not finite and why, the other network's formula, the
 * picked number on a small screen, and what the columns before the table are. */
static void says_what_it_knows(void **state) {
    (void)state;
    static const struct sight sights[] = {
        {"net 2 3 2; train 3", "update 3, 2-3-2", 24, 80, false},
        {NULL, " update 3", 12, 40, false},
        {"undo", "update 3", 24, 80, true},
        {"x = 0; y = 1 0; cost cross-entropy; goto r2", "infinite", 24, 80, true},
        {"goto C", "C is infinite: ln 0, r2[1] is 0", 24, 80, false},
        {"net 1 1; activation linear; cost half-squared; x = 1e200; W0 = 1e200; goto z1",
         "z1[1] overflowed first: it is infinite", 24, 80, false},
        {"x = 1e-200; W0 = 1e-200; goto START", "underflowed", 24, 80, true},
        {"goto z1", "z1[1] underflowed first: too small, it is 0", 24, 80, false},
        {"net 2 3 2; activation relu; compare activation sigmoid; goto r1",
         "r1[j] = max(0, z1[j])  ! 1 / (1 + ", 24, 80, false},
        {"compare off; activation sigmoid; x = 1 2; goto dz1", "    step1[j] = r1[j] * (1 - r1[j])",
         24, 80, false},
        {NULL, "step1[j] = r1", 20, 60, true}, /* there is no room */
        {"ask dz1[2]", "step1[j] = r1", 24, 80, true},
        {"answer 0; activation relu; goto dz1", "step1[j] = ", 24, 80, true},
        {"net 2 3 2; pick W0[2,3]; say A story.", " W0[2,3] = ", 12, 40, false},
        {NULL, "layer no. z", 12, 40, false},
        {NULL, "layer, no. z", 24, 80, false},
        {NULL, "layer neuron ", 60, 200, false},
        {"net 2 3 1; cost half-squared; data xor; train 20; view training", ", o not", 24, 80,
         false},
        {"pick off; view weights; net 8 9 9", "of the largest", 12, 40, false},
        {"net 4x1001; activation linear; x = 1; y = 0; init normal 0.5 seed 1; goto END; view flow",
         "-1e-126---1e-62 ", 24, 80, false}, /* two numbers, and no mark over a digit */
        {NULL, "-1e-126-1e-62 f'(z) -", 12, 40, false},
        {NULL, "| 1e-126-1e-62 |dC/dW| -", 16, 60, false},
    };
    look_at(sights, COUNT(sights));
}

/* The decimals that are asked for are shown, with the network above the neurons if need be;
 * else it is said how many are. The map has its place down to a small screen; on a smaller
 * one the title says what it wants. */
static void makes_room(void **state) {
    (void)state;
    static const struct sight sights[] = {
        {"net 2 3 2; x = 1 -2; y = 1 0; digits 8; goto END", "    -2.00000000", 24, 80, false},
        {NULL, "target y  1.00000000  0.00000000", 24, 80, false},
        {NULL, "--- weights W1 ", 24, 80, false},
        {NULL, "room for only", 24, 80, true},
        {NULL, "- network <", 24, 80, true},
        {NULL, "- network <", 32, 80, false},
        {NULL, "- network <", 24, 96, false},
        {"digits 12", "room for only 11 of 12 decimals", 24, 80, false},
        {"digits 5", "- network <", 24, 80, false},
        {NULL, "-2.00000\n", 24, 80, false},
        {"digits 4", "room for only", 12, 40, true},
        {"net 2 3; x = 1; y = 1 0 0; goto C", " C  5.6113   y  1.00  0.00  0.00", 24, 80, false},
        {"say One two three four five six seven eight nine ten eleven twelve thirteen fourteen",
         "eleven twelve .\n", 12, 40, false},
        {"net 2 2 1", "+ - 0: signs", 24, 80, false},
        {"optimizer adam; goto END", " / (sqrt(", 24, 80, false},
        {"net 2 1; data xor; view training", " START, the walk has not begun ", 24, 80, false},
        {NULL, "- map of r1[1] -", 12, 40, false},
        {NULL, "- r1[1] over x[1], up x[2] -", 24, 60, false},
        {NULL, "; map: 38 columns -", 12, 36, false},
        {"net 1 1; data line samples 200000; view training", " meanC ., not trained yet", 24, 80,
         false}, /* a pass over so many is not for a frame */
        {"net 2 3 8; x = 1 -2; y = 1; digits 6; goto dW1; view weights",
         " columns 1-7 of 8 -\n            1          2 ", 24, 80, false},
        {"digits 4", "of 8 -", 24, 80, true},
        {"net 3 1; view training", "map", 12, 36, true},
        {"view flow; net 8x6; x = 1; y = 1; goto END", "f'(z)", 12, 40, false},
        {NULL, "|W| -", 12, 40, false},
        {"view walk; net 1 1; x = 2; y = 3", "- network > -", 20, 60, false},
    };
    look_at(sights, COUNT(sights));
    struct view view = screen_bare(&s.session.now);
    screen_shows(&view, 24, 40, false, "─── W⁽⁰⁾ ──────── ∂C/∂W⁽⁰⁾ ──── new ─");
}

/* The most blank rows below each other, and the row that shows a part. */
struct found {
    int blank, of;
};

static struct found find_rows(int rows, int cols, const char *part) {
    struct canvas canvas = screen_compose(&s.session.now, (const int[]){rows, cols}, true, false);
    struct text frame = TEXT_EMPTY;
    screen_text(&frame, &canvas);
    const char *shown = strstr(text_string(&frame), part);
    struct found found = {.of = -1};
    int blank = 0;
    for (const char *at = text_string(&frame); *at; at += strcspn(at, "\n") + 1) {
        found.of += shown && at <= shown;
        blank = *at == '\n' ? blank + 1 : 0;
        found.blank = blank > found.blank ? blank : found.blank;
    }
    text_free(&frame);
    canvas_close(&canvas);
    return found;
}

/* A small network has the room of a large screen: its diagram grows, and the panels stand
 * apart, at every step in the same rows. */
static void spreads_out(void **state) {
    (void)state;
    static const int sizes[][2] = {{80, 300}, {80, 66}, {60, 200}};
    script_run(&s, "net 2 3 2; x = 1 -2; y = 1 0");
    for (size_t n = 0; n < COUNT(sizes); n++) {
        script_run(&s, "goto START");
        int row = find_rows(sizes[n][0], sizes[n][1], "- weights W1 -").of;
        assert_true(row > 0);
        for (int step = 0; step <= 13; step++) {
            struct found found = find_rows(sizes[n][0], sizes[n][1], "- weights W1 -");
            assert_in_range(found.blank, 0, 16);
            assert_int_equal(found.of, row);
            script_run(&s, "step equation");
        }
    }
}

/* Where few keys fit, the way on, the prompt and the list of keys are there to the last. */
static void keeps_the_keys_needed_most(void **state) {
    (void)state;
    static const struct {
        int cols;
        const char *line;
    } rows[] = {
        {90, " <> step  Space go on  : prompt  w pick  ? keys  q quit            lesson 2/9, off "
             "script"},
        {60, " <> step  Space go on  : prompt  ? keys     2/9, off script"},
        {50, " <> step  Space go on  : prompt  ? keys       2/9"},
        {40, " Space go on  : prompt  ? keys      2/9"},
    };
    for (size_t n = 0; n < COUNT(rows); n++) {
        struct view view = screen_bare(&s.session.now);
        view.scene = "lesson";
        view.progress = "2/9, off script";
        view.keys = "<> step   Space go on   : prompt  w pick   ? keys  q quit";
        screen_shows(&view, 24, rows[n].cols, true, rows[n].line);
    }
    struct view view = screen_bare(&s.session.now);
    view.progress = "2/9";
    view.keys = "<> step   Space go on   : prompt   ? keys  q quit   s read on";
    screen_shows(&view, 24, 40, true, " Space go on  ? keys  s read on     2/9");
    screen_shows(&view, 24, 24, true, " Space go on        2/9");
}

/* A message that does not fit goes on in the rows above it; so does one at the prompt. */
static void breaks_messages(void **state) {
    (void)state;
    static const char *const message =
        "there is no 'foo': what would be right is a word that stands at the very end, here";
    for (int prompt = 0; prompt < 2; prompt++) {
        struct canvas canvas;
        struct view view = screen_bare(&s.session.now);
        view.message = message;
        view.message_is_error = true;
        view.prompt = prompt > 0;
        assert_int_equal(canvas_open(&canvas, 24, 40, true), STATUS_OK);
        view_compose(&view, &canvas);
        struct text frame = TEXT_EMPTY;
        screen_text(&frame, &canvas);
        assert_non_null(strstr(text_string(&frame), "there is no 'foo'"));
        assert_non_null(strstr(text_string(&frame), "here\n"));
        text_free(&frame);
        canvas_close(&canvas);
    }
}

/* ---- what a beginner needs ---- */

static void check_hint(const size_t *widths, size_t count, const char *hint) {
    struct state state;
    struct error error = {0};
    assert_int_equal(state_open(&state, widths, count, &error), STATUS_OK);
    struct view view = screen_view(&state);
    screen_shows(&view, 24, 80, false, hint);
    model_edit_x(state_edit(&state))[0] = 0.5;
    struct text frame = screen_frame(&view, 24, 80, false);
    assert_null(strstr(text_string(&frame), "x is 0"));
    text_free(&frame);
    state_close(&state);
}

/* A network just made has an input of 0: what to type is said, until there is another. */
static void hints_at_an_input(void **unused) {
    (void)unused;
    check_hint((const size_t[]){2, 3, 1}, 3,
               "x is 0 so far. Press : and type x = 1 2, then y = 1; or data xor.");
    check_hint((const size_t[]){2, 3}, 2, "; or data spiral.");
    check_hint((const size_t[]){1, 1}, 2, "x = 1, then y = 1; or data line.");
    check_hint((const size_t[]){3, 2}, 2, "x = 1 2 3, then y = 1.");
    check_hint((const size_t[]){30, 2}, 2, "x = 0.5, then y = 1.");
}

/* Where there are rows for all of them, the letters of the equations are told. */
static void tells_the_letters(void **unused) {
    (void)unused;
    static const char *const words[] = {"x[i] input",
                                        "W0[i,j] weight from neuron i to neuron j",
                                        "y[j] target",
                                        "C cost",
                                        "step1[j] slope of the activation at z",
                                        "lr learning rate   . not computed yet"};
    struct state state = screen_worked();
    struct view view = screen_view(&state);
    for (size_t n = 0; n < COUNT(words); n++) {
        state.place = (struct place){n, 0};
        screen_shows(&view, 60, 200, true, words[n]);
    }
    struct text small = screen_frame(&view, 24, 80, true);
    assert_null(strstr(text_string(&small), words[0]));
    text_free(&small);
    state_close(&state);
}

int main(void) {
#define EACH(test) script_test(test, &s)
    const struct CMUnitTest tests[] = {
        EACH(words_of_the_flow),     EACH(many_layers),
        EACH(marks_of_a_short_axis), EACH(marks_of_a_tiny_axis),
        EACH(says_what_is_left_out), EACH(says_what_it_knows),
        EACH(breaks_messages),       EACH(makes_room),
        EACH(spreads_out),           EACH(keeps_the_keys_needed_most),
        EACH(hints_at_an_input),     EACH(tells_the_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
