/*
 * tests/lang/test_complete.c - what can come next on a line.
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

#include "lang/complete.h"
#include "net/activation.h"
#include "script.h"

static struct script s; /* 2-3-1 */

/* The candidates at the end of the line, by blanks. */
static void expect_all(const char *line, size_t start, const char *wanted) {
    size_t from = 0;
    char **list = complete_line(&s.session.now, line, strlen(line), &from);
    struct text all = TEXT_EMPTY;
    for (size_t i = 0; list && list[i]; i++) {
        text_printf(&all, "%s%s", i > 0 ? " " : "", list[i]);
    }
    assert_string_equal(text_string(&all), wanted);
    assert_int_equal(from, start);
    text_free(&all);
    complete_free(list);
}

static bool offers(const char *line, const char *word) {
    size_t from;
    bool found = false;
    char **list = complete_line(&s.session.now, line, strlen(line), &from);
    for (size_t i = 0; list && list[i]; i++) {
        assert_true(i == 0 || strcmp(list[i - 1], list[i]) < 0); /* sorted, each once */
        found = found || strcmp(list[i], word) == 0;
    }
    complete_free(list);
    return found;
}

static void test_commands(void **state) {
    (void)state;
    for (size_t i = 0; command_at(i); i++) {
        assert_true(offers("", command_at(i)->name));
        assert_true(offers(command_at(i)->name, command_at(i)->name));
    }
    assert_true(offers("", "W0"));
    assert_false(offers("", "dW0")); /* cannot be set */
    expect_all("activ", 0, "activation");
    expect_all("step; activ", 6, "activation");
    expect_all("x = [1; 2]; activ", 12, "activation");
    expect_all("foo", 0, "");
    expect_all("say One; activ", 9, ""); /* there a ';' is a letter */
    expect_all("step # one; activ", 12, "");
    expect_all("save \"one; activ", 11, "");
    expect_all("save \"one\"; activ", 12, "activation");
}

static void test_table_words(void **state) {
    (void)state;
    for (size_t i = 0; activation_at(i); i++) {
        assert_true(offers("activation ", activation_at(i)->name));
        assert_true(offers("activation 2 ", activation_at(i)->name));
    }
    expect_all("cost half", 5, "half-squared");
    expect_all("cost half-s", 5, "half-squared");
    expect_all("optimizer mo", 10, "momentum");
    expect_all("bias o", 5, "off on");
    expect_all("grain l", 6, "layer");
    expect_all("init xa", 5, "xavier");
    expect_all("data spi", 5, "spiral");
    expect_all("view wei", 5, "weights");
    expect_all("help ste", 5, "step step0");
    expect_all("export js", 7, "json");
}

static void test_quantities(void **state) {
    (void)state;
    expect_all("print dW", 6, "dW0 dW1");
    expect_all("goto ST", 5, "START");
    expect_all("explain z", 8, "z1 z2");
    expect_all("x = 1 + yh", 8, "yhat");
    expect_all("x=dW", 2, "dW0 dW1");
    expect_all("print max(sq", 10, "sqrt(");
    expect_all("x = sof", 4, "softplus(");
    expect_all("print mW", 6, "");
    script_run(&s, "optimizer adam");
    expect_all("print mW", 6, "mW0 mW1");
}

static void test_indices(void **state) {
    (void)state;
    expect_all("print W0[", 9, "1, 2,");
    expect_all("print W0[2", 9, "2,");
    expect_all("print W0[2,", 11, "1] 2] 3]");
    expect_all("W0[2, 3", 6, "3]");
    expect_all("step; z1[", 9, "1] 2] 3]");
    expect_all("x[", 2, "1] 2]");
    expect_all("explain dz1[", 12, "1] 2] 3]");
    expect_all("print z1[1,", 11, "");
    expect_all("print C[", 8, "");
    expect_all("print nothing1[", 15, "");
    assert_true(offers("x = [", "W0")); /* a list, and no index */
    assert_true(offers("x = [1 ", "W0"));
    script_run(&s, "net 12 1");
    expect_all("x[1", 2, "1] 10] 11] 12]");
    expect_all("load x[", 5, ""); /* begins a file's name */
    expect_all("load W0[1,", 5, "");
}

static void test_inside(void **state) {
    (void)state;
    size_t from; /* the cursor need not be at the end */
    char **list = complete_line(&s.session.now, "activ relu", 5, &from);
    assert_non_null(list);
    assert_string_equal(list[0], "activation");
    assert_null(list[1]);
    complete_free(list);
}

/* Empty files of these names in a folder; and no more, nor the folder. */
static void make_files(const char *folder, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct text path = TEXT_EMPTY;
        text_printf(&path, "%s/%s", folder, names[i]);
        FILE *file = fopen(text_string(&path), "w");
        assert_non_null(file);
        fclose(file);
        text_free(&path);
    }
}
static void remove_files(const char *folder, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct text path = TEXT_EMPTY;
        text_printf(&path, "%s/%s", folder, names[i]);
        unlink(text_string(&path));
        text_free(&path);
    }
    rmdir(folder);
}

static void test_files(void **state) {
    (void)state;
    char folder[] = "/tmp/backstep-complete-XXXXXX";
    assert_non_null(mkdtemp(folder));
    static const char *const names[] = {"one.json", "other.json", ".hidden"};
    struct text path = TEXT_EMPTY, line = TEXT_EMPTY, wanted = TEXT_EMPTY;
    make_files(folder, names, 3);
    text_printf(&line, "export json %s/o", folder);
    text_printf(&wanted, "%s/one.json %s/other.json", folder, folder);
    expect_all(text_string(&line), 12, text_string(&wanted));
    remove_files(folder, names, 3);
    text_free(&path);
    text_free(&line);
    text_free(&wanted);
}

/* Names are anyone's: they stay one word of the line, or are not offered. */
static void test_file_names(void **state) {
    (void)state;
    char folder[] = "/tmp/backstep-complete-XXXXXX";
    assert_non_null(mkdtemp(folder));
    static const char *const names[] = {"a b.csv",     "a;quit.csv",   "a[1].csv",
                                        "a\\",         "a#",           "a\xC3\xA4.csv",
                                        "a\nquit.csv", "a\033[2J.csv", "a\xE2\x80\x8B.csv",
                                        "a\xFF.csv",   "a\"b d.csv"};
    enum { NAMES = sizeof names / sizeof *names };
    struct text path = TEXT_EMPTY, line = TEXT_EMPTY, wanted = TEXT_EMPTY;
    make_files(folder, names, NAMES);
    text_cut(&path, 0);
    text_printf(&path, "%s/a d", folder);
    assert_int_equal(mkdir(text_string(&path), 0700), 0);
    text_printf(&wanted,
                "\"%s/a b.csv\" \"%s/a d/ \"%s/a#\" \"%s/a;quit.csv\" \"%s/a[1].csv\" "
                "\"%s/a\\\" %s/a\xC3\xA4.csv",
                folder, folder, folder, folder, folder, folder, folder);
    text_printf(&line, "export csv W0 %s/a", folder);
    expect_all(text_string(&line), 14, text_string(&wanted));
    text_cut(&line, 0); /* a name that the line cuts, or whose quote is open */
    text_cut(&wanted, 0);
    text_printf(&line, "step; export csv W0 %s/a;q", folder);
    text_printf(&wanted, "\"%s/a;quit.csv\"", folder);
    expect_all(text_string(&line), 20, text_string(&wanted));
    text_cut(&line, 0);
    text_printf(&line, "step; export csv W0 \"%s/a;q", folder);
    expect_all(text_string(&line), 20, text_string(&wanted));
    text_cut(&line, 0);
    text_printf(&line, "load %s/none;qui", folder);
    expect_all(text_string(&line), line.length - 3, "quit");
    static const char *const inner[] = {"in it.csv"}; /* and on into the folder, in its quotes */
    make_files(text_string(&path), inner, 1);
    text_cut(&line, 0);
    text_cut(&wanted, 0);
    text_printf(&line, "export csv W0 \"%s/a d/", folder);
    text_printf(&wanted, "\"%s/a d/in it.csv\"", folder);
    expect_all(text_string(&line), 14, text_string(&wanted));
    text_cut(&line, 0);
    text_cut(&wanted, 0);
    text_printf(&line, "load %s/a\xC3\xA4", folder); /* its name is no name of the language */
    text_printf(&wanted, "%s/a\xC3\xA4.csv", folder);
    expect_all(text_string(&line), 5, text_string(&wanted));
    remove_files(text_string(&path), inner, 1);
    remove_files(folder, names, NAMES);
    text_free(&path);
    text_free(&line);
    text_free(&wanted);
}

/* Whatever is accepted from a list of candidates is no unknown word. */
static void test_deep_network(void **state) {
    (void)state;
    struct text line = TEXT_EMPTY;
    text_put(&line, "net");
    text_put_repeat(&line, " 1", 5000);
    script_run(&s, text_string(&line));
    text_free(&line);
    size_t from, count = 0;
    char **list = complete_line(&s.session.now, "print ", 6, &from);
    while (list && list[count]) {
        count++;
    }
    assert_true(count > 50 && count <= 500); /* a window, not ten thousand names */
    complete_free(list);
}

static void expect_usage(const char *line, const char *wanted) {
    struct text usage = TEXT_EMPTY;
    complete_usage(line, &usage);
    assert_string_equal(text_string(&usage), wanted);
    text_free(&usage);
}

static void test_usage(void **state) {
    (void)state;
    expect_usage("", "");
    expect_usage("  ", "");
    expect_usage("cost ", "cost NAME - set the cost");
    expect_usage("step; cost m", "cost NAME - set the cost");
    expect_usage("x = 1", "NAME = EXPRESSION");
    expect_usage("foo", "");
}

/* Any line, cut anywhere, is looked at without harm. */
static void test_any_line(void **state) {
    (void)state;
    static const char *const lines[] = {"x = [1 (2; 3\"#", ";;;",         "]]] = \xC3\xA4",
                                        "print \xFF",      "say a; b; c", "export json \"a b",
                                        "goto [",          "= = ="};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        for (size_t cursor = 0; cursor <= strlen(lines[i]); cursor++) {
            size_t from;
            char **list = complete_line(&s.session.now, lines[i], cursor, &from);
            assert_true(from <= cursor);
            complete_free(list);
        }
        struct text usage = TEXT_EMPTY;
        complete_usage(lines[i], &usage);
        text_free(&usage);
    }
}

int main(void) {
#define EACH(TEST) script_test(TEST, &s)
    const struct CMUnitTest tests[] = {
        EACH(test_commands), EACH(test_table_words), EACH(test_quantities), EACH(test_inside),
        EACH(test_indices),  EACH(test_files),       EACH(test_file_names), EACH(test_deep_network),
        EACH(test_usage),    EACH(test_any_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
