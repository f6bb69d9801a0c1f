/*
 * tests/term/test_prompt_own.c - what the user brings to the prompt: history, completion,
 * readline settings and a locale.
 *
 * As test_terminal.c, this runs itself again as the fixture.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"
#include "prompted.h"
#include "pty.h"

static void test_history(void **state) {
    (void)state;
    struct pty *pty = prompted_start(NULL, NULL);
    pty_type(pty, ":net 2 3 1\rstep 3\rstep 3\rprint C\r");
    pty_wait_row(pty, 3, "accepted: print C");
    pty_type(pty, "\033[A");
    prompted_line(pty, ": print C", 9);
    pty_type(pty, "\033[A\033[A"); /* the same line twice is kept once */
    prompted_line(pty, ": net 2 3 1", 11);
    pty_type(pty, "\033[Bxx\033[B\033[A"); /* history stays as it was */
    prompted_line(pty, ": step 3", 8);
    pty_type(pty, "\033[B\033[B");
    prompted_line(pty, ":", 2);
    pty_type(pty, "new\033[A\033[B"); /* and the line that is being written, too */
    prompted_line(pty, ": new", 5);
    pty_close(pty);
}

static void test_history_search(void **state) {
    (void)state;
    struct pty *pty = prompted_start(NULL, NULL);
    pty_type(pty, ":net 2 3 1\rstep 3\rprint träge\r");
    pty_wait_row(pty, 3, "accepted: print tr");
    pty_type(pty, "\022n");
    pty_wait_row(pty, PROMPTED_ROW, "(reverse-i-search)`n': print tr");
    pty_type(pty, "e");
    pty_wait_row(pty, PROMPTED_ROW, "`ne': net 2 3 1");
    pty_type(pty, "\007\022tr\303\244"); /* given up; and a letter of two bytes */
    pty_wait_row(pty, PROMPTED_ROW, "`trä': print träge");
    pty_type(pty, "\177\177\177st");
    pty_wait_row(pty, PROMPTED_ROW, "`st': step 3");
    pty_type(pty, "\001"); /* any other key ends the search and does its work */
    prompted_line(pty, ": step 3", 2);
    pty_type(pty, "\022net\007"); /* C-g goes back to before the search */
    prompted_line(pty, ": step 3", 2);
    pty_type(pty, "\022net\r");
    pty_wait_row(pty, 3, "accepted: net 2 3 1");
    pty_type(pty, "\022prin\033[D!"); /* an arrow */
    pty_wait_row(pty, PROMPTED_ROW, ": ");
    pty_wait_row(pty, PROMPTED_ROW, "!");
    prompted_leave(pty);
}

static void test_history_file(void **state) {
    (void)state;
    char path[] = "/tmp/backstep-history-XXXXXX";
    char word[64];
    struct stat info;
    snprintf(word, sizeof word, "history=%s", path);
    prompted_file(path, "old one\nbad\033[31m\nold two\n");
    memcpy(word + strlen("history="), path, sizeof path);
    struct pty *pty = prompted_start(NULL, word);
    pty_type(pty, ":\033[A");
    prompted_line(pty, ": old two", 9);
    pty_type(pty, "\033[A"); /* nothing harmful comes out of a file */
    pty_wait_row(pty, PROMPTED_ROW, ": bad\xEF\xBF\xBD[31m");
    pty_leave(pty, "\003:new\r\003q");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    pty = prompted_start(NULL, word);
    pty_type(pty, ":\033[A");
    prompted_line(pty, ": new", 5);
    pty_type(pty, "\033[A");
    prompted_line(pty, ": old two", 9);
    pty_close(pty);
    unlink(path);
    pty = prompted_start(NULL, word); /* a missing file is none yet */
    pty_leave(pty, ":\033[Aa\r\003q");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    unlink(path);
}

static void test_completion(void **state) {
    (void)state;
    struct pty *pty = prompted_start(NULL, NULL);
    pty_type(pty, ":st\t");
    pty_wait_row(pty, 4, "candidates: step stop stepping");
    prompted_line(pty, ": st", 4);
    pty_lose(pty, "e", "candidates");
    pty_type(pty, "\t");
    prompted_line(pty, ": step", 6);
    pty_wait_row(pty, 4, "candidates: step stepping");
    pty_type(pty, "p\t");
    prompted_line(pty, ": stepping", 10);
    pty_wait_gone(pty, "candidates");
    pty_type(pty, " p\t;\002\t"); /* alone, then in the middle of the line */
    prompted_line(pty, ": stepping print;", 16);
    pty_type(pty, "\005 t\t"); /* what is common is cut at a whole letter */
    prompted_line(pty, ": stepping print; trä", 21);
    pty_wait_row(pty, 4, "candidates: träge träne");
    pty_type(pty, "zzz\t\t");
    prompted_line(pty, ": stepping print; träzzz", 24);
    pty_type(pty, "\025s\033*\033?"); /* other completion commands do no harm */
    prompted_leave(pty);
}

static void test_vi_keys(void **state) {
    (void)state;
    char path[] = "/tmp/backstep-inputrc-XXXXXX";
    char setting[64] = "INPUTRC=";
    prompted_file(path, "set editing-mode vi\n");
    strcat(setting, path);
    const char *environment[] = {setting, NULL};
    struct pty *pty = prompted_start(environment, NULL);
    pty_type(pty, ":one two");
    prompted_line(pty, ": one two", 9);
    pty_type(pty, "\033"); /* to command mode, and not out of the prompt */
    prompted_line(pty, ": one two", 8);
    pty_type(pty, "0x");
    prompted_line(pty, ": ne two", 2);
    pty_type(pty, "wcwzwei\033"); /* change a word; a quick Escape and a key are two */
    pty_wait_row(pty, PROMPTED_ROW, ": ne zwei");
    pty_wait_cursor(pty, PROMPTED_ROW, 8);
    pty_type(pty, "ADrei\033bi1 \033h");
    prompted_line(pty, ": ne 1 zweiDrei", 5);
    pty_type(pty, "r9d\033[Adfzfzu"); /* d and an arrow: nothing; then d f z, undone */
    pty_type(pty, "$rI");
    pty_wait_row(pty, PROMPTED_ROW, "zweiDreI");
    pty_type(pty, "\r");
    pty_wait_row(pty, 3, "zweiDreI");
    pty_type(pty, "abc\033[D\033[DX\033/zwei\r"); /* arrows in insert mode; search */
    pty_wait_row(pty, PROMPTED_ROW, "zweiDreI");
    pty_type(pty, "3\033"); /* ends the argument only */
    pty_wait_row(pty, 1, "key 1b");
    pty_type(pty, "\033[I");
    pty_wait_row(pty, 1, "key 11001");
    pty_wait_row(pty, PROMPTED_ROW, "zweiDreI");
    pty_type(pty, "\033"); /* in command mode with nothing pending: out */
    pty_wait_row(pty, 3, "cancelled");
    pty_type(pty, ":new");
    prompted_line(pty, ": new", 5); /* a new line begins in insert mode */
    prompted_leave(pty);
    unlink(path);
}

static void test_inputrc(void **state) {
    (void)state;
    char path[] = "/tmp/backstep-inputrc-XXXXXX";
    char setting[64] = "INPUTRC=";
    prompted_file(path,
                  "set bell-style audible\nset convert-meta on\nset enable-bracketed-paste on\n"
                  "$if backstep\n\"\\C-xp\": \"print C\\C-m\"\n\"jk\": kill-whole-line\n$endif\n"
                  "\"\\e[25~\": \"f13\"\nset no-such-variable on\n\"unfinished\n"
                  "\"\\C-o\": re-read-init-file\n\"\\C-]\": vi-editing-mode\n");
    strcat(setting, path);
    const char *environment[] = {setting, NULL};
    struct pty *pty = prompted_start(environment, NULL);
    pty_type(pty, ":ä\030p"); /* a macro of the user's, with Enter in it */
    pty_wait_row(pty, 3, "accepted: äprint C");
    pty_type(pty, "\033[25~j\033[D!"); /* an unknown key that is bound; half of "jk" is text */
    prompted_line(pty, ": f13!j", 6);
    pty_lose(pty, "abjk", "f13");
    pty_type(pty, "jx\017\035jj\r"); /* commands that are refused do nothing */
    pty_wait_row(pty, 3, "accepted: jxjj");
    prompted_leave(pty);
    unlink(path);
}

static void test_plain_locale(void **state) {
    (void)state;
    static const char *const ENVIRONMENT[] = {"LC_ALL=C", NULL};
    struct pty *pty = prompted_start(ENVIRONMENT, NULL);
    pty_type(pty, ":a\303\244b\033[200~\303\244 \342\210\202C\033[201~");
    prompted_line(pty, ": aba dC", 8);
    prompted_leave(pty);
}

int main(int argc, char **argv) {
    int code;
    if (fixture_asked(argc, argv, &code)) {
        return code;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_history),      cmocka_unit_test(test_history_search),
        cmocka_unit_test(test_history_file), cmocka_unit_test(test_completion),
        cmocka_unit_test(test_vi_keys),      cmocka_unit_test(test_inputrc),
        cmocka_unit_test(test_plain_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
