/*
 * tests/lang/test_source.c - the text of a scene cut into statements, and places in
 * it for errors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lang/builtin.h"
#include "lang/source.h"

static void open_text(struct source *source, const char *text) {
    struct error error = {0};
    enum status status = source_open(source, "s", text, strlen(text), &error);
    assert_string_equal(error.text, "");
    assert_int_equal(status, STATUS_OK);
}

/* The statements, each in '<>'. */
static void expect_statements(const char *text, const char *wanted) {
    struct source source;
    struct text all = TEXT_EMPTY;
    open_text(&source, text);
    for (size_t i = 0; i < source.count; i++) {
        size_t length;
        const char *statement = source_statement(&source, i, &length);
        text_put_char(&all, '<');
        text_put_bytes(&all, statement, length);
        text_put_char(&all, '>');
    }
    assert_string_equal(text_string(&all), wanted);
    text_free(&all);
    source_close(&source);
}

static void test_statements(void **state) {
    (void)state;
    expect_statements("", "");
    expect_statements("\n\n  \n\t\n", "");
    expect_statements("net 2 3 1", "<net 2 3 1>");
    expect_statements("net 2 3 1\nstep\n", "<net 2 3 1><step>");
    expect_statements("  step  \n\tback\t", "<step><back>");
    expect_statements("step;back ; step", "<step><back><step>");
    expect_statements(";;step;;\n;", "<step>");
    expect_statements("\n\nstep", "<step>");
}

static void test_comments(void **state) {
    (void)state;
    expect_statements("# all of it", "");
    expect_statements("step # and why; back", "<step>");
    expect_statements("step#3", "<step>");
    expect_statements("#\nstep", "<step>");
    expect_statements("step; # one\nback", "<step><back>");
    expect_statements("x = [1 # not 2\n2]", "<x = [1><2]>");
}

static void test_brackets_and_quotes(void **state) {
    (void)state;
    expect_statements("W0 = [1 2; 3 4]; step", "<W0 = [1 2; 3 4]><step>");
    expect_statements("x = (1; 2); step", "<x = (1; 2)><step>");
    expect_statements("W0 = [[1; 2]; 3]; step", "<W0 = [[1; 2]; 3]><step>");
    expect_statements("]; step", "<]><step>"); /* one too many does not hide the ';' */
    expect_statements("W0 = [1 2; 3\nstep", "<W0 = [1 2; 3><step>");
    expect_statements("export json \"a;b#c.json\"; step", "<export json \"a;b#c.json\"><step>");
    expect_statements("export json \"a[\"; step", "<export json \"a[\"><step>");
}

static void test_rest_of_the_line(void **state) {
    (void)state;
    expect_statements("say a; b; c", "<say a; b; c>");
    expect_statements("say C#4 and C # a comment", "<say C#4 and C>");
    expect_statements("say \"quoted; and # cut", "<say \"quoted; and>");
    expect_statements("title [a; b", "<title [a; b>");
    expect_statements("step; say then; this", "<step><say then; this>");
    expect_statements("say", "<say>");
    expect_statements("say # nothing", "<say>");
    expect_statements("saying; step", "<saying><step>");
    expect_statements("say don't; stop\nstep", "<say don't; stop><step>");
}

static void test_continuation(void **state) {
    (void)state;
    expect_statements("W0 = [1 2; \\\n 3 4]\nstep", "<W0 = [1 2;    3 4]><step>");
    expect_statements("say one \\\ntwo", "<say one   two>");
    expect_statements("step\\\n; back", "<step><back>");
    expect_statements("net 2 \\\r\n3 1\r\n", "<net 2    3 1>");
    expect_statements("step \\", "<step \\>"); /* at the end there is no line to go on */
    expect_statements("a \\ b", "<a \\ b>");
}

static void test_line_ends(void **state) {
    (void)state;
    expect_statements("step\r\nback\r\n", "<step><back>");
    expect_statements("say a; b\r\nback", "<say a; b><back>");
    expect_statements("\xEF\xBB\xBFstep\nback", "<step><back>");
}

static void expect_place(const char *text, size_t index, size_t column, size_t line,
                         size_t line_column) {
    struct source source;
    open_text(&source, text);
    size_t found_line, found_column;
    source_position(&source, index, column, &found_line, &found_column);
    assert_int_equal(found_line, line);
    assert_int_equal(found_column, line_column);
    source_close(&source);
}

static void test_places(void **state) {
    (void)state;
    expect_place("step", 0, 1, 1, 1);
    expect_place("step\n\n  back 3", 1, 1, 3, 3);
    expect_place("step\n\n  back 3", 1, 6, 3, 8);
    expect_place("step; back", 1, 1, 1, 7);
    expect_place("say \xC3\xA4\xC3\xB6\nstep", 1, 1, 2, 1);
    expect_place("export json \"\xC3\xA4\"; back 3", 1, 6, 1, 23);
    expect_place("say \xE2\x88\x82"
                 "C\n  x = \xF0\x9D\x91\xA5 1",
                 1, 7, 2, 9);
    expect_place("x = [1 \\\n  foo]", 0, 5, 1, 5);
    expect_place("x = [1 \\\n  foo]", 0, 12, 2, 3); /* behind the joint: line 2 */
    expect_place("net 1 \\\r\n 2 x\n", 0, 13, 2, 4);
    expect_place("a\n#b\nc; d \\\n e; f", 3, 1, 4, 5);
}

static void expect_description(const char *text, size_t index, size_t column, size_t width,
                               const char *wanted) {
    struct source source;
    struct text out = TEXT_EMPTY;
    struct error error = {.column = column, .length = width, .text = "wrong"};
    open_text(&source, text);
    source_describe(&source, index, &error, 1, &out);
    assert_string_equal(text_string(&out), wanted);
    text_free(&out);
    source_close(&source);
}

static void test_descriptions(void **state) {
    (void)state;
    expect_description("step\n  back foo", 1, 6, 3, "s:2:8: wrong\n    back foo\n         ^^^\n");
    expect_description("back foo", 0, 0, 0, "s:1:1: wrong\n  back foo\n  ^\n");
    expect_description("back foo\r\n", 0, 6, 3, "s:1:6: wrong\n  back foo\n       ^^^\n");
    expect_description("\tback foo", 0, 6, 3, "s:1:7: wrong\n   back foo\n        ^^^\n");
    /* columns are code points, carets stand under cells: the moon takes two */
    expect_description("say \xF0\x9F\x8C\x99; x foo", 0, 8, 1,
                       "s:1:8: wrong\n  say \xF0\x9F\x8C\x99; x foo\n          ^\n");
    /* no further than the line, where a word goes on on the next one */
    expect_description("x = [1 \\\n 2]", 0, 5, 99, "s:1:5: wrong\n  x = [1 \\\n      ^^^^\n");
    expect_description("print", 0, 6, 1, "s:1:6: wrong\n  print\n       ^\n"); /* at its end */
}

/* Of a long line the part near the word is shown, cut between characters. */
static void test_long_description(void **state) {
    (void)state;
    struct text text = TEXT_EMPTY, out = TEXT_EMPTY;
    text_put(&text, "say ");
    text_put_repeat(&text, "\xC3\xA4", 5000);
    struct source source;
    open_text(&source, text_string(&text));
    struct error error = {.column = 2500, .length = 3, .text = "wrong"};
    source_describe(&source, 0, &error, 1, &out);
    const char *shown = strchr(text_string(&out), '\n') + 1;
    assert_memory_equal(text_string(&out), "s:1:2500: wrong\n  ...\xC3\xA4", 23);
    assert_null(strstr(shown, "\xEF\xBF\xBD"));
    assert_true(strlen(shown) < 600);
    assert_non_null(strstr(shown, "...\n"));
    assert_non_null(strstr(shown, " ^^^\n"));
    assert_null(strstr(shown, "^^^^"));
    text_free(&text);
    text_free(&out);
    source_close(&source);
}

static void expect_refused(const char *text, size_t length, const char *wanted) {
    struct source source;
    struct error error = {0};
    assert_int_equal(source_open(&source, "s", text, length, &error), STATUS_INPUT);
    assert_string_equal(error.text, wanted);
    assert_true(error.column > 0);
    assert_null(source.text);
}

static void test_no_text(void **state) {
    (void)state;
    expect_refused("step\n x\x01", 8,
                   "s:2:3: byte 0x01 is a control character; a scene is UTF-8 text");
    expect_refused("a\0b", 3, "s:1:2: byte 0x00 is a control character; a scene is UTF-8 text");
    expect_refused("\x7F"
                   "ELF",
                   4, "s:1:1: byte 0x7F is a control character; a scene is UTF-8 text");
    expect_refused("\xC3\xA4\xC3", 3, "s:1:2: byte 0xC3 is not UTF-8; a scene is UTF-8 text");
    expect_refused("say \xFF", 5, "s:1:5: byte 0xFF is not UTF-8; a scene is UTF-8 text");
    expect_refused("\xC0\xAF", 2, "s:1:1: byte 0xC0 is not UTF-8; a scene is UTF-8 text");
    expect_refused("\xED\xA0\x80", 3, "s:1:1: byte 0xED is not UTF-8; a scene is UTF-8 text");
    expect_refused("\x1B[2J", 4, "s:1:1: byte 0x1B is a control character; a scene is UTF-8 text");
}

static void test_long_lines(void **state) {
    (void)state;
    enum { LONG = 10 * 1000 * 1000 };
    struct text text = TEXT_EMPTY;
    text_put(&text, "say ");
    text_put_repeat(&text, "a", LONG);
    text_put(&text, "\nstep");
    struct source source;
    open_text(&source, text_string(&text));
    assert_int_equal(source.count, 2);
    assert_int_equal(source.statements[0].length, LONG + 4);
    assert_int_equal(source.statements[1].line, 2);
    source_close(&source);
    text_free(&text);

    text_put_repeat(&text, "step;", 900 * 1000);
    open_text(&source, text_string(&text));
    assert_int_equal(source.count, 900 * 1000);
    assert_int_equal(source.statements[899999].column, 899999 * 5 + 1);
    source_close(&source);

    text_put_repeat(&text, "step;", 100 * 1000 + 1);
    struct error error = {0};
    assert_int_equal(source_open(&source, "s", text_string(&text), text.length, &error),
                     STATUS_INPUT);
    assert_string_equal(error.text, "'s' has more than 1000000 statements");
    text_free(&text);
}

static void expect_not_opened(const char *name, const char *wanted) {
    struct source source;
    struct error error = {0};
    assert_int_not_equal(source_open_named(&source, name, &error), STATUS_OK);
    assert_string_equal(error.text, wanted);
}

static void test_names(void **state) {
    (void)state;
    assert_true(builtin_scene_count > 0);
    for (size_t i = 0; i < builtin_scene_count; i++) {
        struct source source;
        struct error error = {0};
        assert_int_equal(source_open_named(&source, builtin_scenes[i].name, &error), STATUS_OK);
        assert_string_equal(source.name, builtin_scenes[i].name);
        assert_string_equal(source.text, builtin_scenes[i].text);
        assert_true(source.count > 0);
        source_close(&source);
    }
    expect_not_opened("/", "'/' is a folder, not a file");
    expect_not_opened("/dev/null", "'/dev/null' is not a regular file");
    expect_not_opened("no/such/file", "cannot open 'no/such/file': No such file or directory");
    expect_not_opened("one-neurn", "there is no scene 'one-neurn': did you mean 'one-neuron'?");
    expect_not_opened("", "cannot open '': No such file or directory");
}

static void test_file(void **state) {
    (void)state;
    char path[] = "/tmp/backstep-source-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "step\r\nx = 1\n", 12), 12);
    close(fd);
    struct source source;
    struct error error = {0};
    assert_int_equal(source_open_named(&source, path, &error), STATUS_OK);
    assert_int_equal(source.count, 2);
    assert_string_equal(source.name, path);
    source_close(&source);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_brackets_and_quotes),
        cmocka_unit_test(test_rest_of_the_line),
        cmocka_unit_test(test_continuation),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_descriptions),
        cmocka_unit_test(test_long_description),
        cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
