/*
 * tests/out/test_out_shortage.c - every allocation of every writer is made to fail in its
 * turn: what is written is whole, or it is said that it is not.
 */
/* link: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "out/dot.h"
#include "out/film.h"
#include "out/json.h"
#include "out/tensor.h"
#include "out/torch.h"
#include "out/trace.h"
#include "out/weights.h"
#include "out/worksheet.h"
#include "script.h"
#include "starve.h"

static struct script s;

static struct model *now(void) {
    return state_model(&s.session.now);
}

/* What is written, one way after the other; false where it is told to be less than whole. */
typedef bool (*writer)(struct text *out, size_t which);

static bool write_trace(struct text *out, size_t which) {
    struct error error = {0};
    struct trace_options options = {.format = (enum trace_kind)(which / 2),
                                    .grain = which % 2 ? GRAIN_ELEMENT : GRAIN_EQUATION,
                                    .digits = 4};
    enum status status = STATUS_OK;
    trace_begin(out, now(), &options);
    for (size_t step = 1; step <= walk_length(now()) && status == STATUS_OK; step++) {
        status = trace_step(out, now(), step, &options, &error);
    }
    trace_end(out, &options);
    return status == STATUS_OK;
}

static bool write_worksheet(struct text *out, size_t which) {
    struct error error = {0};
    struct worksheet sheet = {.title = "A title", .answers = true, .digits = 4};
    return worksheet_write(out, dialect_at(which), now(), &sheet, &error) == STATUS_OK;
}

static bool write_model(struct text *out, size_t which) {
    if (which == 0) {
        json_state(out, now());
    } else if (which == 1) {
        torch_script(out, now());
    } else {
        dot_graph(out, now(), 4);
    }
    return true;
}

static bool write_tensors(struct text *out, size_t which) {
    struct tensors tensors = {0};
    struct error error = {0};
    enum status status = weights_collect(&tensors, now(), NAMING_TORCH, &error);
    if (status == STATUS_OK) {
        status = (which == 0 ? safetensors_write : npz_write)(out, &tensors, &error);
    }
    tensors_free(&tensors);
    return status == STATUS_OK;
}

static bool write_film(struct text *out, size_t which) {
    struct film film;
    struct canvas canvas = {0};
    film_open(&film, theme_at(0));
    enum status status = canvas_open(&canvas, 2, 20, false);
    for (uint64_t n = 0; n < 2 && status == STATUS_OK; n++) {
        canvas_glyph(&canvas, 0, 3, ROLE_TARGET, 0, (uint32_t)('a' + n));
        status = film_mark(&film, "here");
        status = status == STATUS_OK ? film_add(&film, n, &canvas, true, "words", "told") : status;
    }
    if (status == STATUS_OK) {
        film_finish(&film, 10);
        film_format_at(which)->write(out, &film);
    }
    canvas_close(&canvas);
    film_close(&film);
    return status == STATUS_OK;
}

static void starve(writer write, size_t which) {
    struct text whole = TEXT_EMPTY;
    assert_true(write(&whole, which));
    assert_false(whole.failed);
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        struct text out = TEXT_EMPTY;
        starve_begin(n);
        bool good = write(&out, which) && !out.failed;
        failed = starve_end();
        if (good &&
            (out.length != whole.length || memcmp(out.bytes, whole.bytes, whole.length) != 0)) {
            fail_msg("way %zu, allocation %zu: less was written, without a word", which, n);
        }
        text_free(&out);
    }
    text_free(&whole);
}

static bool has_trace(size_t which) {
    return trace_format_at(which / 2) != NULL;
}

static bool has_worksheet(size_t which) {
    return dialect_at(which) != NULL;
}

static bool has_model(size_t which) {
    return which < 3;
}

static bool has_tensors(size_t which) {
    return which < 2;
}

static bool has_film(size_t which) {
    return film_format_at(which) != NULL;
}

static void all_is_whole_or_says_so(void **unused) {
    static const struct {
        writer write;
        bool (*has)(size_t which);
    } rows[] = {
        {write_trace, has_trace},     {write_worksheet, has_worksheet}, {write_model, has_model},
        {write_tensors, has_tensors}, {write_film, has_film},
    };
    (void)unused;
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        for (size_t which = 0; rows[row].has(which); which++) {
            print_message("writer %zu, way %zu\n", row, which);
            starve(rows[row].write, which);
        }
    }
}

static int open_script(void **state) {
    (void)state;
    script_open(&s);
    script_run(&s, "net 2 2 1; bias on; x = 1 -2; y = 1; init he seed 2");
    return 0;
}

static int close_script(void **state) {
    (void)state;
    script_close(&s);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_whole_or_says_so),
    };
    return cmocka_run_group_tests(tests, open_script, close_script) ? 1 : 0;
}
