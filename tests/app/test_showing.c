/*
 * tests/app/test_showing.c - lines tried before they are entered: what takes too long for
 * that is left, and says so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/showing.h"
#include "lang/command.h"

static void run(struct session *session, const char *line) {
    struct runner runner = {.session = session};
    struct result result = {0};
    struct error error = {0};
    assert_int_equal(command_run(&runner, line, strlen(line), &result, &error), STATUS_OK);
    result_free(&result);
}

static bool at_once(void *context) {
    (void)context;
    return true;
}

static void test_patience(void **state) {
    (void)state;
    const char *line = "batch all";
    struct session session;
    struct state preview;
    struct text hint = TEXT_EMPTY;
    bool wrong;
    assert_int_equal(session_open(&session, NULL), STATUS_OK);
    run(&session, "net 2 60 60 1");
    run(&session, "data circle samples 10000");
    struct runner patient = {.session = &session}, hasty = {.session = &session, .stop = at_once};
    assert_false(showing_try(&hasty, line, false, &preview, &hint, &wrong));
    assert_string_equal(text_string(&hint), "this takes a while: Enter does it");
    assert_false(wrong);
    text_free(&hint);
    assert_true(showing_try(&patient, line, false, &preview, &hint, &wrong));
    state_close(&preview);
    text_free(&hint);
    assert_true(showing_try(&hasty, "digits 5", false, &preview, &hint, &wrong));
    state_close(&preview);
    text_free(&hint);
    assert_false(showing_try(&hasty, "digits 99", false, &preview, &hint, &wrong));
    assert_true(wrong);
    text_free(&hint);
    session_close(&session);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_patience)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
