/*
 * tests/lang/test_refuse.c - a first guess that is refused is told what would have been
 * right, and what it is told is right.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "expr/quantity.h"
#include "lang/synonym.h"
#include "script.h"

static struct script s;

/* The guess, the column that is blamed, and what the refusal names. */
static void test_guesses(void **state) {
    (void)state;
    static const struct {
        const char *line;
        size_t column;
        const char *names;
    } guesses[] = {
        {"data iris", 6, "csv"},
        {"data spirals", 6, "'spiral'"},
        {"data file", 6, "'csv FILE'"},
        {"loss", 1, "'cost NAME' or 'print C'"},
        {"network", 1, "'net WIDTH WIDTH ...'"},
        {"layers 2 3 1", 1, "'net WIDTH WIDTH ...'"},
        {"epochs", 1, "'train N epochs'"},
        {"net 2,3,1", 5, "'net 2 3 1'"},
        {"net 2-3-1", 5, "'net 2 3 1'"},
        {"net [2, 3, 1]", 5, "'net 2 3 1'"},
        {"net 2 3,1", 7, "'net 2 3 1'"},
        {"W0[1,1] = −0.5", 11, "'−' is typed as '-' here"},
        {"print 1 − 2", 9, "'−' is typed as '-' here"},
        {"print C·2", 8, "'·' is typed as '*' here"},
        {"print C ≤ 1", 9, "'≤' is typed as '<=' here"},
        {"print sum", 7, "'sum' is a function, and takes what stands in '(...)' behind it"},
        {"x == 1", 3, "'==' compares: 'x = ...' sets, 'expect x == ...' checks"},
        {"thaw 3", 6, "'3' cannot be thawed"},
        {"goto -1", 6, "'-1' is no step: a whole number from 0 to 13 is right"},
        {"output 9", 8, "'9' is no number of an output here: 1 is the only one"},
        {"W[1,1]", 1, "'W0' to 'W1' exist"},
        {"W[1,1] = 2", 1, "'W0' to 'W1' exist"},
        {"W 1 1 = 2", 1, "'W0' to 'W1' exist"},
        {"W01 = 2", 1, "'W0' to 'W1' exist"},
        {"W0 1 1 = 2", 4, "'W0[...'"},
        {"x 1 2", 3, "'x = 1 2'"},
        {"x1 = 2", 1, "'x[1]'"},
        {"x_2 = 2", 1, "'x[2]'"},
        {"x0 = 2", 1, "'x[1]'"},   /* x has no element 0, */
        {"print y9", 7, "'y[1]'"}, /* ... and y no ninth */
        {"y_1 = 2", 1, "'y[1]'"},
        {"w = 2", 1, "'W0'"},
        {"learning rate 0.1", 1, "'lr VALUE'"},
        {"learning_rate = 0.1", 1, "'lr'"},
        {"batch_size = 4", 1, "'batch N'"},
        {"loss = mse", 1, "'cost NAME'"},
        {"input = 1 2", 1, "'x'"},
        {"activation = relu", 1, "takes no '=': 'activation [LAYER] NAME' is the command"},
        {"set lr 0.1", 5, "'lr VALUE' is a command of its own"},
        {"set W0 0.1", 5, "'W0 = ...'"},
        {"epoch 10", 7, "'epoch = 10'"},
        {"weights", 1, "'view weights'"},
        {"forward", 1, "'step'"},
        {"backprop", 1, "'step pass'"},
        {"step back", 6, "'back [N] [GRAIN]' is a command of its own"},
        {"step forward", 6, "'step'"},
        {"exit", 1, "'quit'"},
        {":q", 1, "'quit'"},
        {"clear", 1, "'reset'"},
        {"next", 1, "'step'"},
        {"show W", 1, "'print EXPRESSION'"},
        {"plot", 1, "'view training'"},
        {"open xor", 1, "'load FILE' or 'menu'"},
        {"xor", 1, "'data xor'"},
        {"relu", 1, "'activation relu'"},
        {"adam", 1, "'optimizer adam'"},
        {"theme dark", 1, "'set theme'"},
        {"tour", 1, "'help tour'"},
        {"seed 7", 1, "'init NAME [VALUE] [seed N]'"},
        {"samples 10", 1, "'samples'"},
        {"noise 3", 1, "'data NAME [samples N] [noise X] [seed S]'"},
        {"sum(W0)", 1, "'print sum(W0)'"},
        {"2 + 3", 1, "'print 2 + 3'"},
        {"help loss", 6, "'cost NAME'"},
        {"help weights", 6, "'view weights'"},
        {"help W0", 6, "'help names'"},
        {"print loss", 7, "'C' or 'meanC'"},
        {"print W", 7, "'W0' to 'W1' exist"},
        {"print y_hat", 7, "'yhat'"},
        {"init glorot", 6, "'xavier'"},
        {"cost CrossEntropy", 6, "'cross-entropy'"},
        {"activation swish", 12, "'silu'"},
        {"view loss", 6, "'training'"},
        {"bind F5 fit", 9, "'train N'"},
        {"print ∂C/∂W0", 7, "'∂C' is no name: names are typed in plain letters"},
        {"print dC/dW0", 7, "'dW0'"},
        {"η = 0.1", 1, "'lr'"},
        {"β₁ = 0.5", 1, "'beta1'"},
        {"W0(1,2) = 3", 1, "'W0[...'"},
        {"help relu", 6, "'help activation'"},
        {"help adam", 6, "'help optimizer'"},
        {"help F7", 6, "'help keys'"},
        {"data file.csv", 6, "'data csv file.csv'"},
        {"load general", 6, "'menu' opens it"},
        {"compare sigmoid", 9, "'activation sigmoid'"},
        {"activation adam", 12, "'optimizer adam'"},
        {"init seed 7", 6, "'init NAME [VALUE] [seed N]' is the order"},
        {"export W0 w.csv", 8, "'export FORMAT [NAME] FILE' is the order"},
        {"export png", 8, "'frame FILE'"},
        {"freeze all", 8, "'bias' or a whole weight matrix like 'W0' can"},
        {"freeze W9", 8, "'W0' to 'W1' exist"},
    };
    for (size_t n = 0; n < sizeof guesses / sizeof *guesses; n++) {
        script_fails_with(&s, guesses[n].line, guesses[n].column, guesses[n].names);
    }
}

/* A comma for a point is told as that, and nothing else is. */
static void test_decimal_commas(void **state) {
    (void)state;
    static const struct {
        const char *line;
        size_t column;
        bool meant;
    } lines[] = {
        {"lr 0,5", 5, true},     {"lr = 0,5", 6, true},        {"x = 0,5 1,5", 5, true},
        {"x = 0,5 1", 5, true},  {"W0[1,1] += 0,5", 9, true},  {"print 0,5", 8, true},
        {"wait 1,5", 7, true},   {"until C < 0,01", 12, true}, {"x = 1,2,3", 5, false},
        {"x = 1 2 3", 5, false}, {"W0[1,1] = 5 6", 11, false}, {"print W0[1,2,3]", 13, false},
    };
    for (size_t n = 0; n < sizeof lines / sizeof *lines; n++) {
        script_fails_with(&s, lines[n].line, lines[n].column, "");
        bool told = strstr(s.error.text, "; the decimal sign is a point") != NULL;
        if (told != lines[n].meant) {
            fail_msg("'%s': %s", lines[n].line, s.error.text);
        }
    }
}

/* ---- the synonyms ---- */

/* The place of a word among the plain ones of a row, "" for none. */
static bool row_has(const char *words, const char *word, size_t length) {
    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t own = strcspn(at, " ");
        if (own == length && memcmp(at, word, own) == 0) {
            return true;
        }
        at += own;
    }
    return false;
}

/* What is said to be right names a command, or sets a quantity. */
static void check_line(const char *line) {
    size_t length = strcspn(line, " ");
    if (command_named(line, length)) {
        return;
    }
    struct quantity q;
    size_t taken;
    enum status status =
        quantity_parse(state_model(&s.session.now), line, length, 1, &q, &taken, NULL);
    if (status != STATUS_OK || strncmp(line + length, " = ", 3) != 0) {
        fail_msg("'%s' is no line", line);
    }
}

/* What is right can be typed behind the command whose words these are. */
static void check_row_word(const char *kind, const char *right) {
    static const struct {
        const char *kind, *command;
    } commands[] = {{"activation", "activation"}, {"cost", "cost"},    {"optimizer", "optimizer"},
                    {"initializer", "init"},      {"dataset", "data"}, {"grain", "grain"},
                    {"format", "export"},         {"screen", "view"},  {"setting", "set"}};
    char word[32], line[64];
    snprintf(word, sizeof word, "%.*s", (int)strcspn(right, " "), right);
    for (size_t n = 0; n < sizeof commands / sizeof *commands; n++) {
        if (strcmp(commands[n].kind, kind) == 0) {
            struct state draft;
            struct result result = {0};
            struct error error = {0};
            snprintf(line, sizeof line, "%s %s", commands[n].command, word);
            if (command_try(&s.runner, line, strlen(line), &draft, &result, &error) == STATUS_OK) {
                state_close(&draft);
            }
            result_free(&result);
            assert_null(strstr(error.text, "there is no"));
            return;
        }
    }
    fail_msg("there are no words of the kind '%s'", kind);
}

static void test_what_is_right_exists(void **state) {
    (void)state;
    for (size_t i = 0; synonym_at(i); i++) {
        const struct synonym_row *row = synonym_at(i);
        const char *rights[] = {row->synonym.right, row->synonym.other};
        for (size_t n = 0; n < 2 && rights[n]; n++) {
            if (strcmp(row->kind, "command") == 0) {
                check_line(rights[n]);
            } else {
                check_row_word(row->kind, rights[n]);
            }
        }
    }
    for (size_t i = 0; quantity_synonym_at(i); i++) {
        const char *rights[] = {quantity_synonym_at(i)->right, quantity_synonym_at(i)->other};
        for (size_t n = 0; n < 2 && rights[n]; n++) {
            struct quantity q;
            size_t taken;
            const struct model *model = state_model(&s.session.now);
            assert_int_equal(
                quantity_parse(model, rights[n], strlen(rights[n]), 1, &q, &taken, NULL),
                STATUS_OK);
        }
    }
}

/* No word is known already, none stands twice, and all are written as they are compared. */
static void test_words(void **state) {
    (void)state;
    for (size_t i = 0; synonym_at(i); i++) {
        const struct synonym_row *row = synonym_at(i);
        for (const char *at = row->synonym.words; *at; at += strspn(at, " ")) {
            size_t length = strcspn(at, " ");
            assert_int_equal(strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789"), length);
            bool command = strcmp(row->kind, "command") == 0;
            if (command && command_named(at, length)) {
                fail_msg("'%.*s' is a command", (int)length, at);
            }
            for (size_t j = 0; j < i; j++) {
                if (strcmp(synonym_at(j)->kind, row->kind) == 0 &&
                    row_has(synonym_at(j)->synonym.words, at, length)) {
                    fail_msg("'%.*s' stands in two rows", (int)length, at);
                }
            }
            at += length;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        script_test(test_guesses, &s),
        script_test(test_decimal_commas, &s),
        script_test(test_what_is_right_exists, &s),
        script_test(test_words, &s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
