/*
 * test_screens.c - the screens of the flow, the training and the weights, and the page of
 * gradcheck: they look as they did (golden/), keep to the same facts with plain glyphs,
 * with colours and without, and say in words what the bars show.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens.h"
#include "script.h"
#include "view/theme.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct script s;

/* What the screens are looked at with. */
static const struct scene {
    const char *name, *lines;
} scenes[] = {
    {"flow", "title A deep stack of sigmoids; net 4 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 1;"
             "activation sigmoid; x = 0.5 -1 0.25 2; y = 1; goto dz4; view flow"},
    {"flow-compare", "title The same with ReLU; net 4 8 8 8 8 8 8 8 8 8 8 1; activation relu;"
                     "x = 0.5 -1 0.25 2; y = 1; goto END; view flow; compare activation sigmoid"},
    {"walk-compare", "title Beside it; net 2 3 1; activation relu; x = 1 -2; y = 1; W0 = [0.5 -0.3 "
                     "0.8; 0.1 0.4 -0.2];"
                     "W1 = [1; 0.5; 0.6]; goto dz1; compare activation sigmoid"},
    {"training-plane", "title Learning XOR; net 2 4 1; activation tanh; init xavier seed 3;"
                       "bias on; data xor; batch all; lr 0.5; train 200; view training"},
    {"training-line", "title Learning a line; net 1 6 1; activation tanh; activation 2 linear;"
                      "init xavier seed 3; bias on; data line samples 40; validation 0.25;"
                      "batch all; lr 0.05; train 100; view training; axis linear"},
    {"weights", "title Weights; net 12 30 4; x = 0.5; y = 1; goto END; view weights"},
};

static void play(const struct scene *scene) {
    struct text line = TEXT_EMPTY; /* a title takes the rest of its line */
    const char *rest = scene->lines + strcspn(scene->lines, ";");
    text_put_bytes(&line, scene->lines, (size_t)(rest - scene->lines));
    script_run(&s, text_string(&line));
    script_run(&s, rest + 1);
    text_free(&line);
}

static struct view view_now(void) {
    struct view view = screen_view(&s.session.now);
    view.scene = view.progress = NULL;
    return view;
}

static void look_as_they_did(void **state) {
    (void)state;
    for (size_t n = 0; n < COUNT(scenes); n++) {
        script_run(&s, "compare off; view walk; axis log");
        play(&scenes[n]);
        struct view view = view_now();
        screen_golden(&view, scenes[n].name);
    }
    script_run(&s, "compare off; net 2 2 1; activation relu; bias off; x = 0 0; y = 1; gradcheck");
    struct view view = view_now();
    view.page = text_string(&s.result.output);
    view.page_title = "gradcheck";
    screen_golden(&view, "gradcheck");
}

/* ---- the same facts ---- */

static const int sizes[][2] = {{24, 80}, {40, 120}, {12, 40}, {30, 64}};

static struct canvas compose(const int size[2], bool ascii, bool halves) {
    struct canvas canvas;
    assert_int_equal(canvas_open(&canvas, size[0], size[1], ascii), STATUS_OK);
    canvas.halves = halves;
    struct view view = view_now();
    view_compose(&view, &canvas);
    return canvas;
}

static bool is_number_sign(uint32_t glyph) {
    return (glyph >= '0' && glyph <= '9') || glyph == '.' || glyph == '%';
}

/* Every digit, point and per cent sign of the numbers, in order; but in the top rows there
 * is more room for words with plain glyphs. */
static struct text numbers_of(const struct canvas *canvas) {
    struct text out = TEXT_EMPTY;
    for (int row = 0; row < canvas->rows; row++) {
        for (int col = 0; col < canvas->cols; col++) {
            uint32_t glyph = canvas_cell(canvas, row, col)->glyph;
            uint32_t next = canvas_cell(canvas, row, col + 1)->glyph;
            bool digit = glyph >= '0' && glyph <= '9';
            bool point = is_number_sign(glyph) && (glyph == '%' || (next >= '0' && next <= '9'));
            if (row > 2 && (digit || point) &&
                canvas_cell(canvas, row, col)->role != ROLE_HEADING) {
                text_put_char(&out, (char)glyph); /* headings have indices: x[1] */
            }
        }
    }
    return out;
}

static void same_numbers(const struct canvas *full, const struct canvas *plain, const char *name) {
    struct text a = numbers_of(full), b = numbers_of(plain);
    if (strcmp(text_string(&a), text_string(&b)) != 0) {
        fail_msg("%s at %dx%d: other numbers with plain glyphs:\n%s\n%s", name, full->cols,
                 full->rows, text_string(&a), text_string(&b));
    }
    assert_true(a.length > 2);
    text_free(&a);
    text_free(&b);
}

/* Bars and curves: where one frame has something in a role, the other has. */
static void same_shapes(const struct canvas *full, const struct canvas *plain, const char *name) {
    for (int n = 3 * full->cols; n < full->rows * full->cols; n++) { /* below the words */
        const struct cell *a = &full->cells[n], *b = &plain->cells[n];
        bool shape = a->glyph == 0x2588 || a->glyph == 0x258C || a->glyph == 0x2580 ||
                     a->glyph == 0x2584 || a->glyph == 0x2593 || a->glyph == 0x25CF ||
                     a->glyph == 0x25CB || a->glyph == 0xD7;
        if (shape && (b->glyph == ' ' || a->role != b->role)) {
            fail_msg("%s at %dx%d: nothing at row %d, column %d with plain glyphs", name,
                     full->cols, full->rows, n / full->cols, n % full->cols);
        }
    }
}

static int tenth_of(int role) {
    int level = role - ROLE_HEAT_0;
    return level > 5 ? level - 1 : level;
}

/* Two squares a cell say the same as its digit, as nearly as they can. */
static void same_heat(const struct canvas *full, const struct canvas *colored, const char *name) {
    for (int n = 0; n < full->rows * full->cols; n++) {
        const struct cell *a = &full->cells[n], *b = &colored->cells[n];
        if (b->lower == 0) {
            if (a->glyph != b->glyph || a->role != b->role) {
                fail_msg("%s: row %d, column %d is another with colours", name, n / full->cols,
                         n % full->cols);
            }
            continue;
        }
        int digit = (int)a->glyph - '0', upper = tenth_of(b->role), lower = tenth_of(b->lower);
        int low = upper < lower ? upper : lower, high = upper > lower ? upper : lower;
        assert_int_equal(tenth_of(a->role), digit);
        assert_in_range(digit, low > 0 ? low - 1 : 0, high + 1);
    }
}

static void tell_the_same(void **state) {
    (void)state;
    for (size_t n = 0; n < COUNT(scenes); n++) {
        script_run(&s, "compare off; view walk; axis log");
        play(&scenes[n]);
        for (size_t size = 0; size < COUNT(sizes); size++) {
            struct canvas full = compose(sizes[size], false, false);
            struct canvas plain = compose(sizes[size], true, false);
            struct canvas colored = compose(sizes[size], false, true);
            if (s.session.now.screen != SCREEN_WALK) { /* whose symbols are longer in ASCII */
                same_numbers(&full, &plain, scenes[n].name);
                same_shapes(&full, &plain, scenes[n].name);
            }
            same_heat(&full, &colored, scenes[n].name);
            canvas_close(&full);
            canvas_close(&plain);
            canvas_close(&colored);
        }
    }
}

/* Whatever the numbers and the size: something is drawn, in time. */
static void any_size_and_number(void **state) {
    (void)state;
    static const char *const lines[] = {
        "net 2 3 1; x = 1e308 -1e308; goto END",
        "net 1 2 1; x = 1e308; y = -1e308; goto END",
        "net 2 2 1; x = 1e-320 0; y = 1e-320; W0 = 1e-300; lr = 1e-9; train 2; goto END",
        "compare off; net 1 3 1; data line; train 3; axis braille; compare activation sigmoid",
        "net 1 1 1; x = 0; compare init constant 0",
    };
    for (size_t n = 0; n < COUNT(lines); n++) {
        script_run(&s, lines[n]);
        for (int size = 0; size < 33 * 3 * 2; size++) {
            static const char *const views[] = {"view flow", "view training", "view weights"};
            script_run(&s, views[size / 2 % 3]);
            struct canvas canvas =
                compose((const int[]){1 + size % 33, 1 + size * 7 % 90}, size % 2, size % 4 == 1);
            canvas_close(&canvas);
        }
    }
}

/* At full depth and at 256 colours the tenths are ten papers. */
static void tenths_have_papers(void **state) {
    (void)state;
    size_t colored = 0;
    for (size_t t = 0; theme_at(t); t++) {
        const struct look *looks = theme_at(t)->looks;
        if (looks[ROLE_HEAT_0].background.rgb == COLOR_DEFAULT) {
            continue; /* no colours: then there are digits */
        }
        colored++;
        for (int a = ROLE_HEAT_0; a <= ROLE_HEAT_10; a++) {
            for (int b = a + 1; b <= ROLE_HEAT_10; b++) {
                assert_int_not_equal(looks[a].background.rgb, looks[b].background.rgb);
                assert_int_not_equal(looks[a].background.palette256,
                                     looks[b].background.palette256);
            }
        }
    }
    assert_true(colored >= 3);
}

/* ---- what the flow says ---- */

static bool shows(const char *wanted, int rows, int cols) {
    struct canvas canvas = compose((const int[]){rows, cols}, true, false);
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
    assert_true(shows(" |dC/dz| -----+1----- |dC/dW| -----+1------ f'(z) dead ", 40, 120));
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
        {"compare off; pick W0[2,3]; say A story.", " W0[2,3] = ", 12, 40, false},
        {NULL, "layer no. z", 12, 40, false},
        {NULL, "layer, no. z", 24, 80, false},
        {NULL, "layer neuron ", 60, 200, false},
        {"net 2 3 1; cost half-squared; data xor; train 20; view training", ", o not", 24, 80,
         false},
        {"pick off; view weights; net 8 9 9", "of the largest", 12, 40, false},
        {"net 4x1001; activation linear; x = 1; y = 0; init normal 0.5 seed 1; goto END; view flow",
         "1e-120--", 24, 80, false}, /* and no mark over a digit */
    };
    look_at(sights, COUNT(sights));
}

/* A message that does not fit goes on in the rows above it; so does one at the prompt. */
static void breaks_messages(void **state) {
    (void)state;
    static const char *const message =
        "there is no 'foo': what would be right is a word that stands at the very end, here";
    for (int prompt = 0; prompt < 2; prompt++) {
        struct canvas canvas;
        struct view view = view_now();
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

int main(void) {
#define EACH(test) script_test(test, &s)
    const struct CMUnitTest tests[] = {
        EACH(look_as_they_did),      EACH(tell_the_same),        EACH(any_size_and_number),
        EACH(tenths_have_papers),    EACH(words_of_the_flow),    EACH(many_layers),
        EACH(marks_of_a_short_axis), EACH(marks_of_a_tiny_axis), EACH(says_what_is_left_out),
        EACH(says_what_it_knows),    EACH(breaks_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
