/*
 * tests/fuzz/fuzz_lang.c - the language: scenes, expressions, the configuration.
 *
 * A scene runs as `check` runs it, writing nothing; what it leaves is drawn at two
 * sizes and written down as a frame, which must hold no control byte but newlines.
 * So that a run is short, large networks and data sets are left out, and a training
 * is stopped when it has been asked a few times.
 */
#include <stdlib.h>
#include <string.h>

#include "expr/expr.h"
#include "expr/print.h"
#include "fuzz.h"
#include "lang/command.h"
#include "lang/complete.h"
#include "lang/source.h"
#include "out/frame.h"
#include "view/view.h"

enum { STATEMENTS_MOST = 60, ASKED_MOST = 8, DIGITS_MOST = 2 };

struct run {
    struct session session;
    struct preferences preferences;
    size_t asked;
};

static bool stop_soon(void *context) {
    struct run *run = context;
    return ++run->asked > ASKED_MOST;
}

/* Has it a number of more digits than a quick run can bear? */
static bool is_large(const char *line, size_t length) {
    static const char *const WORDS[] = {"net", "data", "import", "load", "batch"};
    bool counts = false;
    for (size_t n = 0; n < sizeof WORDS / sizeof *WORDS; n++) {
        size_t word = strlen(WORDS[n]);
        counts = counts || (length > word && memcmp(line, WORDS[n], word) == 0);
    }
    size_t digits = 0, most = 0;
    for (size_t n = 0; n < length; n++) {
        digits = line[n] >= '0' && line[n] <= '9' ? digits + 1 : 0;
        most = digits > most ? digits : most;
    }
    return counts && (most > DIGITS_MOST || length > 120);
}

static void draw(const struct run *run, int rows, int cols, bool ascii) {
    struct canvas canvas;
    if (canvas_open(&canvas, rows, cols, ascii) != STATUS_OK) {
        return;
    }
    struct hits hits = {0};
    struct view view = {.state = &run->session.now, .keys = "q quit", .hits = &hits};
    view_compose(&view, &canvas);
    struct text frame = TEXT_EMPTY;
    for (int row = 0; row < canvas.rows; row++) {
        frame_text_row(&frame, &canvas, row);
    }
    for (size_t n = 0; n < frame.length; n++) {
        unsigned char byte = (unsigned char)frame.bytes[n];
        fuzz_require(byte >= 0x20, "a frame has no control bytes");
        fuzz_require(!ascii || byte < 0x7F, "a plain frame is ASCII");
    }
    text_free(&frame);
    hits_close(&hits);
    canvas_close(&canvas);
}

/* What could come next, with the cursor at the end and in the middle. */
static void complete(const struct state *state, const char *line, size_t length) {
    char *copy = string_copy_bytes(line, length);
    for (size_t cut = 1; copy && cut <= 2; cut++) {
        size_t start;
        complete_free(complete_line(state, copy, length / cut, &start));
        struct text usage = TEXT_EMPTY;
        complete_usage(copy, &usage);
        text_free(&usage);
    }
    free(copy);
}

static void run_statement(struct run *run, const char *line, size_t length) {
    struct runner runner = {.session = &run->session,
                            .folder = "/nonexistent/",
                            .read_only = true,
                            .preferences = &run->preferences,
                            .stop = stop_soon,
                            .context = run};
    struct result result = {0};
    struct error error = {0};
    enum status status = command_run(&runner, line, length, &result, &error);
    fuzz_require(status == STATUS_OK || error.text[0] != '\0', "a failure says why");
    result_free(&result);
    complete(&run->session.now, line, length);
}

static void run_source(const char *bytes, size_t count, bool draws) {
    struct run run = {.preferences = preferences_default()};
    struct source source;
    struct error error = {0};
    if (source_open(&source, "fuzz", bytes, count, &error) != STATUS_OK) {
        fuzz_require(error.text[0] != '\0', "a failure says why");
        return;
    }
    if (session_open(&run.session, &error) == STATUS_OK) {
        for (size_t n = 0; n < source.count && n < STATEMENTS_MOST; n++) {
            size_t length;
            const char *line = source_statement(&source, n, &length);
            if (!is_large(line, length)) {
                run_statement(&run, line, length);
            }
        }
        if (draws) {
            draw(&run, 24, 80, false);
            draw(&run, 1 + (int)(count % 50), 1 + (int)(count % 131), true);
        }
        session_close(&run.session);
    }
    preferences_close(&run.preferences);
    source_close(&source);
}

void fuzz_scene(const char *bytes, size_t count) {
    run_source(bytes, count, true);
}

void fuzz_config(const char *bytes, size_t count) {
    run_source(bytes, count, false);
}

/* Read, evaluate, and write in both notations. */
void fuzz_expression(const char *bytes, size_t count) {
    struct session session;
    struct error error = {0};
    if (session_open(&session, &error) != STATUS_OK) {
        return;
    }
    struct model *model = state_model(&session.now);
    struct names names = names_of_model(model);
    struct expr *expr;
    struct value value = {0};
    if (expr_parse(&names, bytes, count, 1, false, NULL, &expr, &error) == STATUS_OK) {
        struct scope scope = {.model = model};
        if (expr_evaluate(expr, &scope, &value, &error) == STATUS_OK) {
            value_free(&value);
        }
        for (int notation = 0; notation < 2; notation++) {
            struct text text = TEXT_EMPTY;
            struct print_options options = {
                .model = model, .notation = notation ? NOTATION_ASCII : NOTATION_UNICODE};
            expr_print_text(&text, expr, &options);
            text_free(&text);
        }
        expr_free(expr);
    } else {
        fuzz_require(error.text[0] != '\0', "a failure says why");
    }
    session_close(&session);
}
