/*
 * tests/lang/test_command.c - what holds for every row of the command table, and for the
 * words of the tables that commands take.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/nearest.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/initializer.h"
#include "script.h"

static struct script s;

static const struct model *now(void) {
    return state_model(&s.session.now);
}

/* ---- the table ---- */

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; command_at(i); i++) {
        const struct command *row = command_at(i);
        size_t length = strlen(row->name);
        assert_ptr_equal(command_named(row->name, length), row); /* names differ */
        assert_true(length < NEAREST_NAME_MAX);
        assert_memory_equal(row->usage, row->name, length);
        assert_true(row->usage[length] == '\0' || row->usage[length] == ' ');
        assert_true(row->help[0] >= 'a' && row->help[0] <= 'z');
        assert_int_not_equal(row->help[strlen(row->help) - 1], '.');
        assert_true(row->group < GROUPS);
        assert_true(strlen(group_title(row->group)) > 0);
        assert_non_null(row->run);
    }
    assert_null(command_named("st", 2));
    assert_null(command_named("steps", 5));
    assert_null(command_named("", 0));
}

static void test_examples(void **state) {
    (void)state;
    size_t examples = 0;
    for (size_t i = 0; command_at(i); i++) {
        const struct command *row = command_at(i);
        if (!row->example) {
            continue;
        }
        struct script fresh;
        script_open(&fresh); /* the network 2-3-1 */
        assert_memory_equal(row->example, row->name, strlen(row->name));
        script_run(&fresh, row->example);
        script_close(&fresh);
        examples++;
    }
    assert_true(examples > 30);
}

/* Commands that only ask for something. */
static void test_requests(void **state) {
    (void)state;
    static const struct {
        const char *line;
        enum request request;
    } rows[] = {
        {"quit", REQUEST_QUIT},           {"pause", REQUEST_PAUSE},
        {"continue", REQUEST_CONTINUE},   {"previous", REQUEST_PREVIOUS},
        {"next-mark", REQUEST_NEXT_MARK}, {"previous-mark", REQUEST_PREVIOUS_MARK},
        {"prompt", REQUEST_PROMPT},       {"redraw", REQUEST_REDRAW},
        {"menu", REQUEST_MENU},           {"help", REQUEST_HELP},
        {"help step", REQUEST_HELP},      {"mark here", REQUEST_MARK},
        {"goto here", REQUEST_GOTO_MARK}, {"wait 2", REQUEST_WAIT},
        {"speed 2", REQUEST_SPEED},       {"step", REQUEST_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script_run(&s, rows[i].line);
        assert_int_equal(s.result.request, rows[i].request);
    }
    script_run(&s, "wait 3/2");
    assert_true(s.result.seconds == 1.5);
    script_run(&s, "mark a-b_c.d9");
    assert_string_equal(s.result.name, "a-b_c.d9");
    assert_int_equal(s.result.column, 6);
}

/* Nothing that is too much is swallowed. */
static void test_surplus(void **state) {
    (void)state;
    for (size_t i = 0; command_at(i); i++) {
        const struct command *row = command_at(i);
        struct text line = TEXT_EMPTY;
        text_printf(&line, "%s surplus", row->example ? row->example : row->name);
        if (!(row->flags & COMMAND_REST)) {
            size_t column = line.length - 6;
            script_fails_with(&s, text_string(&line), column, "surplus");
        }
        text_free(&line);
    }
}

/* Nothing that is needed may lack: the error stands at the end and tells the usage. */
static void test_missing(void **state) {
    (void)state;
    size_t checked = 0;
    for (size_t i = 0; command_at(i); i++) {
        const struct command *row = command_at(i);
        size_t length = strlen(row->name);
        const char *first = row->usage + length;
        if (*first == '\0' || first[1] == '[' || (row->flags & COMMAND_REST)) {
            if (strcmp(row->name, "activation") != 0) {
                continue;
            }
        }
        script_fails_with(&s, row->name, length + 1, "is missing: '");
        assert_non_null(strstr(s.error.text, row->usage));
        checked++;
    }
    assert_true(checked > 25);
}

static void test_unknown(void **state) {
    (void)state;
    script_fails(&s, "foo", 1, "there is no command 'foo': 'help' lists them");
    script_fails(&s, "stap", 1, "there is no command 'stap': did you mean 'step'?");
    script_fails(&s, "Step", 1, "there is no command 'Step': did you mean 'step'?");
    script_fails(&s, "  activaton relu", 3,
                 "there is no command 'activaton': did you mean 'activation'?");
    script_fails(&s, "x", 1,
                 "'x' alone is no command: 'print x' shows it, 'x = ...' sets what can be set");
    script_fails(&s, "x [1] = 2", 3, "an index stands right behind the name: 'x[...'");
    script_run(&s, "");
    script_run(&s, "   ");
}

/* ---- words from the tables ---- */

static void run_word(const char *command, const char *word) {
    struct text line = TEXT_EMPTY;
    text_printf(&line, "%s %s", command, word);
    script_run(&s, text_string(&line));
    text_free(&line);
}

static void test_table_words(void **state) {
    (void)state;
    for (size_t i = 0; activation_at(i); i++) {
        run_word("activation", activation_at(i)->name);
        assert_ptr_equal(now()->network.layers[2].activation, activation_at(i));
    }
    for (size_t i = 0; cost_at(i); i++) {
        run_word("cost", cost_at(i)->name);
        assert_ptr_equal(now()->network.cost, cost_at(i));
    }
    for (size_t i = 0; rule_at(i); i++) {
        run_word("optimizer", rule_at(i)->name);
        assert_ptr_equal(now()->optimizer.rule, rule_at(i));
    }
    for (size_t i = 0; initializer_at(i); i++) {
        run_word("init", initializer_at(i)->name);
    }
    for (size_t i = 0; generator_at(i); i++) {
        script_run(&s, generator_at(i)->inputs == 1 ? "net 1 3 1" : "net 2 3 1");
        run_word("data", generator_at(i)->name);
        assert_non_null(now()->feed.data);
    }
    run_word("data", "none");
    assert_null(now()->feed.data);
    for (size_t g = 0; g < GRAINS; g++) {
        run_word("grain", grain_name(g));
        assert_int_equal(s.session.now.grain, g);
    }
    for (size_t v = 0; screen_name(v); v++) {
        run_word("view", screen_name(v));
        assert_int_equal(s.session.now.screen, v);
    }
}

static void test_near_words(void **state) {
    (void)state;
    script_fails(&s, "activation rel", 12, "there is no activation 'rel': did you mean 'relu'?");
    script_fails(&s, "activation 2 sigmod", 14,
                 "there is no activation 'sigmod': did you mean 'sigmoid'?");
    script_fails(&s, "cost mss", 6, "there is no cost 'mss': did you mean 'mse'?");
    script_fails_with(&s, "cost foo", 6,
                      "there is no cost 'foo': choose one of half-squared, mse,");
    script_fails(&s, "optimizer addam", 11, "there is no optimizer 'addam': did you mean 'adam'?");
    script_fails(&s, "init xavjer", 6, "there is no initializer 'xavjer': did you mean 'xavier'?");
    script_fails(&s, "data sprial", 6, "there is no dataset 'sprial': did you mean 'spiral'?");
    script_fails(&s, "grain elemnt", 7, "there is no grain 'elemnt': did you mean 'element'?");
    script_fails(&s, "step 2 layr", 8, "there is no grain 'layr': did you mean 'layer'?");
    script_fails(&s, "view weigts", 6, "there is no screen 'weigts': did you mean 'weights'?");
    script_fails(&s, "help stp", 6, "there is no help on 'stp': did you mean 'step'?");
    script_fails(&s, "print zz1", 7, "there is no 'zz1': did you mean 'z1'?");
}

/* ---- a preview ---- */

/* What is being typed is tried: nothing slow, nothing large, nothing written. */
static void test_preview(void **state) {
    (void)state;
    s.runner.preview = true;
    s.runner.read_only = true;
    struct text before = script_snapshot(&s.session.now);
    script_run(&s, "train 1000000000000; until 0 max 1000000000000; net 1000 1000; data spiral");
    script_run(&s, "net 1000000 100 100000; export json /no/such/folder/a.json");
    struct text after = script_snapshot(&s.session.now);
    assert_string_equal(text_string(&after), text_string(&before));
    text_free(&before);
    text_free(&after);
    script_run(&s, "x = 3; net 3 3");
    assert_int_equal(now()->network.layers[0].n, 3);
}

int main(void) {
#define EACH(TEST) script_test(TEST, &s)
    const struct CMUnitTest tests[] = {
        EACH(test_rows),        EACH(test_examples),   EACH(test_requests),
        EACH(test_surplus),     EACH(test_missing),    EACH(test_unknown),
        EACH(test_table_words), EACH(test_near_words), EACH(test_preview),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
