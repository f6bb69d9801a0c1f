/*
 * tests/lang/test_manual.c - help names everything that there is, keys do what
 * commands do, and the catalogue lists the scenes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "expr/expr.h"
#include "lang/builtin.h"
#include "lang/catalogue.h"
#include "lang/keys.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/initializer.h"
#include "script.h"
#include "view/view.h"

static struct script s;

/* What a line prints; valid until the next line. */
static const char *page(const char *line) {
    script_run(&s, line);
    assert_int_equal(s.result.request, REQUEST_HELP);
    return text_string(&s.result.output);
}

static const char *page_on(const char *word) {
    struct text line = TEXT_EMPTY;
    text_printf(&line, "help %s", word);
    const char *output = page(text_string(&line));
    text_free(&line);
    return output;
}

/* Pages are for people: 79 columns, no blanks at the ends of lines. */
static void check_layout(const char *text) {
    while (*text) {
        size_t length = strcspn(text, "\n");
        assert_int_equal(text[length], '\n');
        assert_true(utf8_length(text, length) <= 79);
        assert_true(length == 0 || text[length - 1] != ' ');
        text += length + 1;
    }
}

/* Is there a line that begins, behind two blanks, with the word? */
static bool listed(const char *text, const char *word) {
    size_t length = strlen(word);
    for (; *text; text += strcspn(text, "\n") + 1) {
        const char *end = text + 2 + length;
        if (memcmp(text, "  ", 2) == 0 && strncmp(text + 2, word, length) == 0 &&
            (*end == ' ' || *end == '\n')) {
            return true;
        }
    }
    return false;
}

static void test_commands(void **state) {
    (void)state;
    const char *all = page("help");
    check_layout(all);
    for (size_t i = 0; command_at(i); i++) {
        assert_true(listed(all, command_at(i)->name));
    }
    for (size_t g = 0; g < GROUPS; g++) {
        assert_non_null(strstr(all, group_title((enum group)g)));
    }
    char *copy = strdup(all);
    assert_string_equal(page("help commands"), copy);
    free(copy);
}

static void test_each_command(void **state) {
    (void)state;
    for (size_t i = 0; command_at(i); i++) {
        const struct command *row = command_at(i);
        const char *text = page_on(row->name);
        assert_memory_equal(text, row->usage, strlen(row->usage));
        assert_true(!row->example || strstr(text, row->example));
        check_layout(text);
    }
}

static void test_table_words(void **state) {
    (void)state;
    const char *text = page("help activation");
    for (size_t i = 0; activation_at(i); i++) {
        assert_true(listed(text, activation_at(i)->name));
    }
    text = page("help cost");
    for (size_t i = 0; cost_at(i); i++) {
        assert_true(listed(text, cost_at(i)->name));
    }
    text = page("help optimizer");
    for (size_t i = 0; rule_at(i); i++) {
        assert_true(listed(text, rule_at(i)->name));
    }
    text = page("help init");
    for (size_t i = 0; initializer_at(i); i++) {
        assert_true(listed(text, initializer_at(i)->name));
    }
    text = page("help data");
    for (size_t i = 0; generator_at(i); i++) {
        assert_true(listed(text, generator_at(i)->name));
    }
}

static void test_names(void **state) {
    (void)state;
    const char *text = page("help names");
    check_layout(text);
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        struct text name = TEXT_EMPTY;
        text_printf(&name, "%s%s", row->name, row->layered ? "k" : "");
        assert_true(listed(text, text_string(&name)));
        text_free(&name);
    }
    assert_true(listed(text, "x") && listed(text, "yhat"));
}

static void test_functions(void **state) {
    (void)state;
    const char *text = page("help functions");
    check_layout(text);
    for (size_t i = 0; function_at(i); i++) {
        assert_true(listed(text, function_at(i)->name));
    }
}

static void test_topics(void **state) {
    (void)state;
    for (size_t i = 0; i < builtin_topic_count; i++) {
        assert_string_equal(page_on(builtin_topics[i].name), builtin_topics[i].text);
        check_layout(builtin_topics[i].text);
    }
    script_fails_with(&s, "help step extra", 11, "unexpected 'extra'");
    assert_int_equal(s.result.output.length, 0);
    script_fails(&s, "help fooo", 6, "there is no help on 'fooo': 'help' lists what there is");
    script_fails(&s, "help kyes", 6, "there is no help on 'kyes': did you mean 'keys'?");
    assert_non_null(strstr(page("help scene"), "Scenes are text files")); /* it is clear enough */
    assert_non_null(strstr(page("help teach"), "On a projector"));
    assert_non_null(strstr(page("help key"), "a step back"));
    script_fails(&s, "help wa", 6, "there is no help on 'wa': 'help' lists what there is");
    script_fails_with(&s, "help demo", 6, "did you mean 'menu' or 'help scenes'?");
}

/* ---- keys ---- */

static void test_key_page(void **state) {
    (void)state;
    const char *text = page("help keys");
    check_layout(text);
    for (size_t i = 0; key_at(i); i++) {
        enum key_mode mode = key_at(i)->mode;
        bool listed = key_at(i)->group || mode == KEYS_ALWAYS || mode == KEYS_PICK;
        assert_true(!listed || strstr(text, key_at(i)->key));
        bool counted;
        const char *command = key_command(NULL, key_at(i)->mode, key_at(i)->key, &counted);
        assert_ptr_equal(command, key_at(i)->command); /* each key once in a mode */
        assert_int_equal(counted, key_at(i)->counted);
        if (key_at(i)->group) {
            char heading[40];
            snprintf(heading, sizeof heading, "%s:", key_at(i)->group);
            assert_non_null(strstr(text, heading));
        }
    }
    assert_null(key_named("no such key"));
}

/* All of it stands on one screen of 80 by 24. */
static void test_key_screen(void **state) {
    (void)state;
    s.runner.columns = (size_t)view_page_width(80);
    const char *text = page("help keys");
    assert_in_range(view_page_count(text, 80), 1, view_page_rows(24));
}

/* Fewer groups of keys than columns: the other columns stay empty. */
static void test_few_keys(void **state) {
    (void)state;
    struct preferences preferences = {0};
    s.runner.preferences = &preferences;
    s.runner.columns = 160;
    for (size_t i = 0; key_at(i); i++) {
        if (strcmp(key_at(i)->key, "q") != 0 || key_at(i)->mode != KEYS_ALWAYS) {
            assert_true(
                key_bind(&preferences.bindings, key_at(i)->mode, key_at(i)->key, NULL, false));
        }
    }
    const char *text = page("help keys");
    assert_non_null(strstr(text, "Program:\n q         leave\n"));
    assert_null(strstr(text, "Walk:"));
    key_bindings_close(&preferences.bindings);
}

static void test_key_commands(void **state) {
    (void)state;
    script_run(&s, "x = 1; x = 2; undo"); /* so that there is something to undo and redo */
    for (size_t i = 0; key_at(i); i++) {
        if (key_at(i)->mode == KEYS_PICK) {
            script_run(&s, "pick W0[1,1]");
        }
        script_run(&s, "ask C"); /* and something to hint at */
        script_run(&s, key_at(i)->command);
        if (key_at(i)->counted) {
            struct text line = TEXT_EMPTY;
            text_printf(&line, "%s 3", key_at(i)->command);
            script_run(&s, text_string(&line));
            text_free(&line);
        }
        if (strcmp(key_at(i)->command, "undo") != 0) {
            script_run(&s, "x = 1; x = 2; undo");
        }
    }
}

static void test_key_of_every_day(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"Right", "step"},      {"n", "step"},      {"Left", "back"},    {"p", "back"},
        {"Space", "continue"},  {":", "prompt"},    {"?", "help keys"},  {"q", "quit"},
        {"[", "previous-mark"}, {"]", "next-mark"}, {"g", "goto START"}, {"G", "goto END"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_non_null(key_named(rows[i][0]));
        assert_string_equal(key_named(rows[i][0])->command, rows[i][1]);
    }
}

/* ---- the catalogue ---- */

static void test_catalogue(void **state) {
    (void)state;
    struct catalogue catalogue;
    assert_int_equal(catalogue_open(&catalogue), STATUS_OK);
    assert_int_equal(catalogue.count, builtin_scene_count);
    for (size_t i = 0; i < catalogue.count; i++) {
        assert_true(strlen(catalogue.rows[i].title) > 0);
        assert_string_not_equal(catalogue.rows[i].title, catalogue.rows[i].name);
        size_t about = strlen(catalogue.rows[i].about);
        assert_in_range(utf8_length(catalogue.rows[i].about, about), 20, 76); /* one row of 80 */
        if (i > 0) { /* by the number in their first line, which differs */
            assert_true(catalogue.rows[i - 1].order < catalogue.rows[i].order);
        }
    }
    assert_string_equal(catalogue.rows[0].name, "one-neuron");
    assert_string_equal(catalogue.rows[0].title, "One neuron, all the way");
    catalogue_close(&catalogue);
}

int main(void) {
#define EACH(TEST) script_test(TEST, &s)
    const struct CMUnitTest tests[] = {
        EACH(test_commands), EACH(test_each_command),     EACH(test_table_words),
        EACH(test_names),    EACH(test_functions),        EACH(test_topics),
        EACH(test_key_page), EACH(test_key_commands),     EACH(test_key_screen),
        EACH(test_few_keys), EACH(test_key_of_every_day), cmocka_unit_test(test_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
