/*
 * tests/lang/test_include.c - `include FILE`: statements that know their file, and the
 * files that may not be included.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lang/builtin.h"
#include "lang/player.h"
#include "script.h"

/* Every test has a folder of its own, in which it works. */
static char folder[64], before[4096];
static struct source source;
static struct error error;

static void put(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int enter(void **state) {
    (void)state;
    strcpy(folder, "/tmp/backstep-include-XXXXXX");
    if (!getcwd(before, sizeof before) || !mkdtemp(folder) || chdir(folder) != 0) {
        return 1;
    }
    return mkdir("sub", 0777);
}

static int leave(void **state) {
    (void)state;
    static const char *const names[] = {"main",     "part",      "data.csv", "link", "sub/deep",
                                        "sub/part", "sub/x.csv", "sub",      "a",    "b",
                                        "c",        "0",         "1",        "2",    "-"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        remove(names[i]);
    }
    return chdir(before) == 0 ? rmdir(folder) : 1;
}

static void open_main(const char *text) {
    put("main", text);
    error = (struct error){0};
    assert_int_equal(source_open_named(&source, "main", &error), STATUS_OK);
}

/* All statements, as "FILE:LINE TEXT|". */
static void expect_statements(const char *wanted) {
    struct text all = TEXT_EMPTY;
    for (size_t i = 0; i < source.count; i++) {
        size_t length, line, column;
        const char *statement = source_statement(&source, i, &length);
        source_position(&source, i, 1, &line, &column);
        text_printf(&all, "%s:%zu %.*s|", source_part(&source, i)->name, line, (int)length,
                    statement);
    }
    assert_string_equal(text_string(&all), wanted);
    text_free(&all);
}

/* The first fault, described as `check` does. */
static void expect_fault(const char *wanted) {
    for (size_t i = 0; i < source.count; i++) {
        if (source.statements[i].fault) {
            struct text text = TEXT_EMPTY;
            source_describe(&source, i, source.statements[i].fault, 1, &text);
            assert_string_equal(text_string(&text), wanted);
            text_free(&text);
            return;
        }
    }
    fail_msg("there is no fault: %s", wanted);
}

static void test_lines_in_place(void **state) {
    (void)state;
    put("part", "# first\nx = 2; include sub/deep; y = 3\n");
    put("sub/deep", "include part\ninclude ../sub/part # again\n");
    put("sub/part", "say a; b");
    open_main("net 1 1\ninclude part; step\n  include \"sub/part\"");
    expect_statements("main:1 net 1 1|part:2 x = 2|sub/part:1 say a; b|sub/../sub/part:1 say a; b|"
                      "part:2 y = 3|main:2 step|sub/part:1 say a; b|");
    assert_string_equal(source.name, "main");
    source_close(&source);
}

static void test_builtin(void **state) {
    (void)state;
    open_main("include one-neuron\n");
    struct source whole;
    assert_int_equal(source_open_named(&whole, "one-neuron", &error), STATUS_OK);
    assert_int_equal(source.count, whole.count);
    assert_string_equal(source_part(&source, 0)->name, "one-neuron");
    source_close(&whole);
    source_close(&source);
    put("part", "x = 1"); /* a built-in scene knows no files */
    static const char text[] = "include general\ninclude part\ninclude one-neurn";
    assert_int_equal(source_open(&source, "s", text, strlen(text), &error), STATUS_OK);
    assert_int_equal(source_include(&source, true, &error), STATUS_OK);
    assert_true(source.count > 10);
    const struct error *fault = source.statements[source.count - 2].fault;
    assert_string_equal(fault->text, "there is no built-in scene 'part'");
    fault = source.statements[source.count - 1].fault;
    assert_string_equal(fault->text, "there is no scene 'one-neurn': did you mean 'one-neuron'?");
    source_close(&source);
}

static void test_rounds(void **state) {
    (void)state;
    put("a", "include b\n");
    put("b", "step\ninclude ./sub/../c\n");
    put("c", "include a\n");
    open_main("include a");
    expect_fault("./sub/../c:1:9: 'a' would include itself without end: a, b, "
                 "./sub/../c, a\n  include a\n          ^\n");
    source_close(&source);
    open_main("include main");
    expect_fault("main:1:9: 'main' would include itself without end: main, main\n"
                 "  include main\n          ^^^^\n");
    source_close(&source);
    assert_int_equal(symlink("main", "link"), 0);
    open_main("include link");
    expect_fault("main:1:9: 'main' would include itself without end: main, main\n"
                 "  include link\n          ^^^^\n");
    source_close(&source);
}

/* What is refused stays a statement, and the others are there. */
static void expect_refused(const char *name, const char *why) {
    char text[128];
    snprintf(text, sizeof text, "include %s\nstep", name);
    open_main(text);
    assert_int_equal(source.count, 2);
    assert_non_null(source.statements[0].fault);
    assert_string_equal(source.statements[0].fault->text, why);
    assert_int_equal(source.statements[0].fault->column, 9);
    assert_null(source.statements[1].fault);
    source_close(&source);
}

static void test_refusals(void **state) {
    (void)state;
    expect_refused("nothing", "cannot open 'nothing': No such file or directory");
    expect_refused("sub", "'sub' is a folder, not a file");
    expect_refused("/etc/passwd",
                   "'/etc/passwd' lies outside the scene's folder: what is included lies in it");
    expect_refused("..", "'..' lies outside the scene's folder: what is included lies in it");
    expect_refused("-", "cannot open './-': No such file or directory");
    assert_int_equal(symlink("/etc/passwd", "link"), 0);
    expect_refused("link", "'link' lies outside the scene's folder: what is included lies in it");
    put("part", "x = 1\ny = \xFF");
    expect_refused("part", "part:2:5: byte 0xFF is not UTF-8; a scene is UTF-8 text");
}

/* Files that name each other many times over end early, and cheaply. */
static void test_bounds(void **state) {
    (void)state;
    put("0", "include 1; include 1; include 1; include 1; include 1; include 1\n");
    put("1", "include 2; include 2; include 2; include 2; include 2; include 2\n");
    put("2", "include a; include a; include a; include a; include a; include a\n");
    put("a", "include b; include b; include b; include b; include b; include b\n");
    put("b", "");
    open_main("include 0");
    assert_int_equal(source.part_count, 1000);
    expect_fault("a:1:53: a scene includes at most 1000 files\n"
                 "  include b; include b; include b; include b; include b; include b\n"
                 "                                                      ^\n");
    source_close(&source);
}

static void test_depth(void **state) {
    (void)state;
    char name[16], text[32];
    for (int n = 0; n < 20; n++) {
        snprintf(name, sizeof name, "d%d", n);
        snprintf(text, sizeof text, "include d%d", n + 1);
        put(name, text);
    }
    open_main("include d0");
    expect_fault("d15:1:9: 'd16' is included more than 16 files deep\n"
                 "  include d16\n          ^^^\n");
    source_close(&source);
    for (int n = 0; n < 20; n++) {
        snprintf(name, sizeof name, "d%d", n);
        remove(name);
    }
}

/* ---- while it plays ---- */

static void test_playing(void **state) {
    (void)state;
    struct script s;
    struct player player;
    put("sub/x.csv", "1,2\n3,4\n");
    put("sub/part", "data csv x.csv; mark inside; pause\nW0 = 7; pause\nmark late\nfrobnicate\n");
    open_main("net 1 1; pause\ninclude sub/part\npause\n");
    script_open(&s);
    player_open(&player, &s.runner, &source);
    assert_int_equal(player_pause_count(&player), 4);
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    script_prints(&s, "print y", "2\n"); /* of the file beside the line */
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    script_prints(&s, "print W0", "7\n");
    assert_int_equal(player.pauses, 3);
    assert_true(player_goto_mark(&player, "inside", &error));
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    assert_int_equal(player.pauses, 2);
    assert_true(player_seek(&player, 0, &error));
    assert_int_equal(player.pauses, 1);
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    assert_int_equal(player_run(&player, false, &error), STOP_ERROR);
    struct text text = TEXT_EMPTY;
    source_describe(&source, player.next - 1, &error, 0, &text);
    assert_string_equal(text_string(&text),
                        "sub/part:4:1: there is no command 'frobnicate': 'help' lists them\n");
    text_free(&text);
    player_close(&player);
    source_close(&source);
    script_close(&s);
}

/* A mark that is set in two files says where it was set first; a file that is missing is
 * an error only where the scene comes to it. */
static void test_errors_on_the_way(void **state) {
    (void)state;
    struct script s;
    struct player player;
    put("part", "\nmark here\n");
    open_main("mark here\ninclude part\ninclude nothing\npause\n");
    script_open(&s);
    player_open(&player, &s.runner, &source);
    assert_int_equal(player_run(&player, false, &error), STOP_ERROR);
    assert_string_equal(error.text, "there is a mark 'here' already, in line 1 of main");
    assert_int_equal(player_run(&player, false, &error), STOP_ERROR);
    assert_string_equal(error.text, "cannot open 'nothing': No such file or directory");
    assert_int_equal(player_run(&player, false, &error), STOP_PAUSE);
    player_close(&player);
    source_close(&source);
    script_close(&s);
}

static void test_command(void **state) {
    (void)state;
    struct script s;
    script_open(&s);
    script_fails(&s, "include", 8,
                 "a file, or the name of a built-in scene is missing: 'include FILE'");
    script_fails(&s, "include a b", 11, "unexpected 'b': 'include FILE' is all");
    script_fails(&s, "include a", 9,
                 "'include' stands in a scene: the lines of 'a' would take its place there");
    script_close(&s);
    open_main("include part # one\ninclude\ninclude a b\n");
    struct text text = TEXT_EMPTY;
    source_format(&source, &text); /* a line like others */
    assert_string_equal(text_string(&text), "include part # one\ninclude\ninclude a b\n");
    text_free(&text);
    source_close(&source);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, enter, leave)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_lines_in_place), TEST(test_builtin),
        TEST(test_rounds),         TEST(test_refusals),
        TEST(test_bounds),         TEST(test_depth),
        TEST(test_playing),        TEST(test_errors_on_the_way),
        TEST(test_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
