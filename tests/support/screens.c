/*
 * support/screens.c - see screens.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "named.h"
#include "net/activation.h"
#include "net/cost.h"
#include "out/frame.h"
#include "screens.h"

static void fill(double *to, const double *values, size_t count) {
    memcpy(to, values, count * sizeof *to);
}

static void fill_matrix(struct model *model, size_t k, const double *values) {
    const struct layer *layers = model->network.layers;
    double *W = model_edit_W(model, k);
    assert_non_null(W);
    for (size_t i = 0; i < layers[k].n; i++) {
        fill(W + i * layers[k].stride, values + i * layers[k + 1].n, layers[k + 1].n);
    }
}

/* The network 2-3-2 of equations.md, section 9. */
struct state screen_worked(void) {
    static const double x[] = {1, -2}, y[] = {1, 0};
    static const double W0[] = {0.5, -0.3, 0.8, 0.1, 0.4, -0.2}, W1[] = {1, -1, 0.5, 2, -0.6, 0.7};
    struct state state;
    struct error error = {0};
    assert_int_equal(state_open(&state, (const size_t[]){2, 3, 2}, 3, &error), STATUS_OK);
    struct model *model = state_edit(&state);
    fill(model_edit_x(model), x, 2);
    fill(model_edit_y(model), y, 2);
    fill_matrix(model, 0, W0);
    fill_matrix(model, 1, W1);
    assert_int_equal(model_compute(model), STATUS_OK);
    assert_true(state_set_text(&state.title, "Several neurons: weights are matrices"));
    assert_true(state_set_text(&state.say,
                               "Back over the weights: neuron i collects from all neurons j that "
                               "it feeds, each times the weight between them."));
    return state;
}

/* A network with the weights it begins with, and inputs of many digits. */
struct state screen_any(const size_t *widths, size_t count, const char *last, bool bias) {
    struct state state;
    struct error error = {0};
    assert_int_equal(state_open(&state, widths, count, &error), STATUS_OK);
    struct model *model = state_edit(&state);
    double *x = model_edit_x(model);
    for (size_t i = 0; i < widths[0]; i++) {
        x[i] = (double)(i * 7919 % 1009) / 271.0 - 1.234567;
    }
    model_edit_y(model)[0] = 1;
    const struct activation *activation = activation_named(last);
    assert_int_equal(network_set_activation(&model->network, count - 1, activation, &error),
                     STATUS_OK);
    if (activation->layer) {
        model->network.cost = cost_named("cross-entropy");
    }
    model->network.bias = bias;
    model_touch(model, 1);
    assert_int_equal(model_compute(model), STATUS_OK);
    return state;
}

struct view screen_view(const struct state *state) {
    return (struct view){.state = state,
                         .scene = "several-neurons",
                         .progress = "3/9",
                         .keys = "←→ step   Space go on   : prompt   ? keys  q quit"};
}

/* ---- golden frames ---- */

static void compare_with_file(const char *path, const struct text *frame) {
    if (getenv("BACKSTEP_UPDATE_GOLDEN")) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(text_string(frame), file);
        fclose(file);
        return;
    }
    static char expected[1 << 17];
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail_msg("%s is missing: run with BACKSTEP_UPDATE_GOLDEN=1", path);
    }
    size_t length = fread(expected, 1, sizeof expected - 1, file);
    fclose(file);
    expected[length] = '\0';
    assert_string_equal(text_string(frame), expected);
}

void screen_golden(const struct view *view, const char *name) {
    static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}, {12, 40}};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        char path[160];
        struct canvas canvas;
        struct text frame = TEXT_EMPTY;
        assert_int_equal(canvas_open(&canvas, sizes[s][0], sizes[s][1], false), STATUS_OK);
        view_compose(view, &canvas);
        screen_text(&frame, &canvas);
        snprintf(path, sizeof path, "tests/view/golden/%s-%dx%d.txt", name, sizes[s][1],
                 sizes[s][0]);
        compare_with_file(path, &frame);
        text_free(&frame);
        canvas_close(&canvas);
    }
}

void screen_text(struct text *out, const struct canvas *canvas) {
    for (int row = 0; row < canvas->rows; row++) {
        frame_text_row(out, canvas, row);
        text_put_char(out, '\n');
    }
}

struct view screen_bare(const struct state *state) {
    struct view view = screen_view(state);
    view.scene = view.progress = NULL;
    return view;
}

struct canvas screen_compose(const struct state *state, const int size[2], bool ascii,
                             bool halves) {
    struct canvas canvas;
    assert_int_equal(canvas_open(&canvas, size[0], size[1], ascii), STATUS_OK);
    canvas.halves = halves;
    struct view view = screen_bare(state);
    view_compose(&view, &canvas);
    return canvas;
}

struct text screen_frame(const struct view *view, int rows, int cols, bool ascii) {
    struct canvas canvas;
    struct text text = TEXT_EMPTY;
    assert_int_equal(canvas_open(&canvas, rows, cols, ascii), STATUS_OK);
    view_compose(view, &canvas);
    screen_text(&text, &canvas);
    canvas_close(&canvas);
    assert_false(text.failed);
    return text;
}

void screen_shows(const struct view *view, int rows, int cols, bool ascii, const char *part) {
    struct text text = screen_frame(view, rows, cols, ascii);
    if (!strstr(text_string(&text), part)) {
        fail_msg("'%s' is not on the screen:\n%s", part, text_string(&text));
    }
    text_free(&text);
}
