/*
 * tests/term/test_term_shortage.c - a paste and a typed line while memory is short: what is
 * lost is lost as a whole, and the next one is there again.
 */
/* link: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "starve.h"
#include "term/editor.h"
#include "term/keys.h"

/* Longer than what is made room for at first. */
static const char long_text[] = "W0 = [0.5 -0.3 0.8; 0.1 0.4 -0.2]; W1 = [1 -1; 0.5 2; -0.6 0.7]; "
                                "x = 1 -2; y = 1 0; lr = 0.05; batch all; train 1000";

/* The paste of this text, or NULL where no event came. */
static const char *pasted(struct keys *keys, const char *text) {
    struct event event;
    int wait;
    keys_push(keys, "\033[200~", 6, 0);
    keys_push(keys, text, strlen(text), 0);
    keys_push(keys, "\033[201~", 6, 0);
    bool came = keys_next(keys, 0, &event, &wait);
    return came && event.type == EVENT_PASTE ? event.text : NULL;
}

static void test_pastes(void **state) {
    (void)state;
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        struct keys keys;
        keys_open(&keys, true);
        starve_begin(n);
        const char *text = pasted(&keys, long_text);
        failed = starve_end();
        assert_non_null(text);
        assert_string_equal(text, failed ? "" : long_text);
        assert_string_equal(pasted(&keys, "step"), "step");
        keys_close(&keys);
    }
}

static void type(const char *text) {
    for (const char *c = text; *c; c++) {
        assert_int_equal(editor_key(c, 1, true), EDITOR_EDITING);
    }
    assert_int_equal(editor_key("\r", 1, false), EDITOR_ACCEPTED);
}

static void test_lines(void **state) {
    (void)state;
    static const struct editor_options options = {.terminal_type = "vt100", .utf8 = true};
    struct error error = {0};
    assert_int_equal(editor_open(&options, &error), STATUS_OK);
    bool failed = true;
    for (size_t n = 1; failed; n++) {
        editor_begin("");
        starve_begin(n);
        type("lr = 0.5");
        failed = starve_end();
        assert_string_equal(editor_accepted(), "lr = 0.5");
        type("step");
        assert_string_equal(editor_accepted(), "step");
        editor_end();
    }
    editor_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pastes),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
