/*
 * tests/term/test_prompt.c - the prompt in a pseudo-terminal: editing with the
 * user's own readline settings, history, completion, pastes, and keys that no
 * person would press in that order.
 *
 * As test_terminal.c, this runs itself again as the fixture.
 */
#define _DEFAULT_SOURCE 1 /* syscall() */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#ifdef __GLIBC__
#include <sys/syscall.h>
#endif
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/random.h"
#include "fixture.h"
#include "pty.h"
#include "term/keys.h"

enum { BOTTOM = 23, MONKEYS = 6, TYPED_PIECES = 400 };

static struct pty *start_with(const char *const *environment, const char *word) {
    struct pty *pty = fixture_start_on(NULL, word, environment);
    pty_wait_text(pty, "ready");
    return pty;
}

static struct pty *start(void) {
    return start_with(NULL, NULL);
}

static void assert_quits(struct pty *pty) {
    pty_leave(pty, "q");
}

/* A file with these contents; the caller unlinks it. */
static void make_file(char *path, const char *contents) {
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, contents, strlen(contents)), strlen(contents));
    close(fd);
}

/* The bottom row is exactly this, and the cursor is there. */
static void wait_line(struct pty *pty, const char *row, int cursor) {
    pty_wait_row_is(pty, BOTTOM, row);
    pty_wait_cursor(pty, BOTTOM, cursor);
}

/* -- Emacs keys ------------------------------------------------------------------------ */

static void test_editing(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, ":W0[1,2] = 0.5");
    wait_line(pty, ": W0[1,2] = 0.5", 15);
    pty_type(pty, "\001print \005;\002\177\004x"); /* home, text, end, left, rub out, delete */
    wait_line(pty, ": print W0[1,2] = 0.x", 21);
    pty_type(pty, "\033b\033b\033[D\033OD\033[C"); /* words back, arrows of both kinds */
    wait_line(pty, ": print W0[1,2] = 0.x", 17);
    pty_type(pty, "\013"); /* kill the rest, then the word before; yank both */
    wait_line(pty, ": print W0[1,2] =", 17);
    pty_type(pty, "\027");
    wait_line(pty, ": print W0[1,2]", 16);
    pty_type(pty, "\031!");
    wait_line(pty, ": print W0[1,2] = 0.x!", 22);
    pty_type(pty, "\037"); /* undo, of all that was put in at once */
    wait_line(pty, ": print W0[1,2]", 16);
    pty_type(pty, PTY_KILL);
    wait_line(pty, ":", 2);
    pty_type(pty, "\031");
    wait_line(pty, ": print W0[1,2]", 16);
    pty_type(pty, "ä世\033[Dö\033[3~\r");
    pty_wait_row(pty, 3, "accepted: print W0[1,2] äö");
    wait_line(pty, ":", 2);
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
}

static void test_arguments_and_quoting(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, ":\0335z\0330\033[A\033-\0333a\033f"); /* M-5 z, odd arguments */
    wait_line(pty, ": zzzzz", 7);
    pty_type(pty, "\025\0265\0265\026ä"); /* C-u kills all; C-v takes any character */
    wait_line(pty, ": 55ä", 5);
    pty_type(pty, "\026\033[A\001\035ä"); /* C-v and an arrow: nothing; C-] finds */
    wait_line(pty, ": 55ä", 4);
    pty_type(pty, "\0333\r"); /* Enter after an argument is Enter, and at once */
    pty_wait_row(pty, 3, "accepted: 55ä");
    pty_type(pty, "\0339999999z"); /* as many as fit, and not ten million */
    pty_wait_row(pty, BOTTOM, ": zzzzzzzzzzzzzzzz");
    pty_close(pty);
}

static void test_ways_to_leave(void **state) {
    (void)state;
    static const char *const WAYS[] = {"\033",      "\003",          "\025\004",
                                       "\022a\003", "\022\033\033",  "\030\033",
                                       "\0335\033", "\033p\033\033", "\026\003"};
    struct pty *pty = start();
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        pty_type(pty, ":abc");
        wait_line(pty, ": abc", 5);
        for (const char *key = WAYS[i]; *key; key++) {
            /* One key a time; two Escapes in one go would be one of another kind. */
            pty_send(pty, key, 1);
            if (*key == '\033') {
                pty_wait_row(pty, 1, "key 1b");
                if (key[1]) {
                    pty_type(pty, "\033[I"); /* unknown, so that the next is told apart */
                    pty_wait_row(pty, 1, "key 11001");
                }
            }
        }
        pty_wait_row(pty, 3, "cancelled");
        pty_type(pty, "z:\r\003y");
        pty_wait_row(pty, 1, "key 79");
        assert_string_equal(pty_row_text(pty, BOTTOM), "");
    }
    assert_quits(pty);
}

static void test_initial_text(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "i");
    wait_line(pty, ": x = 0.5", 9);
    pty_type(pty, "\037\037\037"); /* there is nothing to undo */
    pty_type(pty, "1");
    wait_line(pty, ": x = 0.51", 10);
    pty_close(pty);
}

/* -- History ------------------------------------------------------------------------------ */

static void test_history(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, ":net 2 3 1\rstep 3\rstep 3\rprint C\r");
    pty_wait_row(pty, 3, "accepted: print C");
    pty_type(pty, "\033[A");
    wait_line(pty, ": print C", 9);
    pty_type(pty, "\033[A\033[A"); /* the same line twice is kept once */
    wait_line(pty, ": net 2 3 1", 11);
    pty_type(pty, "\033[Bxx\033[B\033[A"); /* history stays as it was */
    wait_line(pty, ": step 3", 8);
    pty_type(pty, "\033[B\033[B");
    wait_line(pty, ":", 2);
    pty_type(pty, "new\033[A\033[B"); /* and the line that is being written, too */
    wait_line(pty, ": new", 5);
    pty_close(pty);
}

static void test_history_search(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, ":net 2 3 1\rstep 3\rprint träge\r");
    pty_wait_row(pty, 3, "accepted: print tr");
    pty_type(pty, "\022n");
    pty_wait_row(pty, BOTTOM, "(reverse-i-search)`n': print tr");
    pty_type(pty, "e");
    pty_wait_row(pty, BOTTOM, "`ne': net 2 3 1");
    pty_type(pty, "\007\022tr\303\244"); /* given up; and a letter of two bytes */
    pty_wait_row(pty, BOTTOM, "`trä': print träge");
    pty_type(pty, "\177\177\177st");
    pty_wait_row(pty, BOTTOM, "`st': step 3");
    pty_type(pty, "\001"); /* any other key ends the search and does its work */
    wait_line(pty, ": step 3", 2);
    pty_type(pty, "\022net\007"); /* C-g goes back to before the search */
    wait_line(pty, ": step 3", 2);
    pty_type(pty, "\022net\r");
    pty_wait_row(pty, 3, "accepted: net 2 3 1");
    pty_type(pty, "\022prin\033[D!"); /* an arrow */
    pty_wait_row(pty, BOTTOM, ": ");
    pty_wait_row(pty, BOTTOM, "!");
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
}

/* These crashed readline 8.2 when it had the bytes as they came. */
static void test_delicate_sequences(void **state) {
    (void)state;
    static const char *const SEQUENCES[] = {
        "\022\030)",  "\022\030x",    "\022\033[",       "\022s\030\030",
        "\023\030(",  "\022\033\033", "\030(\030)\030e", "\030(\030e\030)\030e",
        "\033\r\037", "\030\022",     "\022\022\030",    "\033p\030)",
        "\0335\030)", "\026\030)",    "\022\037",        "\030\033[A",
        "\033x\030q", "\022\303",
    };
    struct pty *pty = start();
    pty_type(pty, ":step\rprint\r");
    for (size_t i = 0; i < sizeof SEQUENCES / sizeof *SEQUENCES; i++) {
        pty_type(pty, SEQUENCES[i]);
        pty_type(pty, "\033[I");
        pty_wait_row(pty, 1, "key 11001");
        pty_type(pty, "\003z:a\rb\r"); /* alive, and everything in order again */
        pty_wait_row(pty, 3, "accepted: b");
        pty_type(pty, "c\r");
        pty_wait_row(pty, 3, "accepted: c");
    }
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
}

static void test_history_file(void **state) {
    (void)state;
    char path[] = "/tmp/backstep-history-XXXXXX";
    char word[64];
    struct stat info;
    snprintf(word, sizeof word, "history=%s", path);
    make_file(path, "old one\nbad\033[31m\nold two\n");
    memcpy(word + strlen("history="), path, sizeof path);
    struct pty *pty = start_with(NULL, word);
    pty_type(pty, ":\033[A");
    wait_line(pty, ": old two", 9);
    pty_type(pty, "\033[A"); /* nothing harmful comes out of a file */
    pty_wait_row(pty, BOTTOM, ": bad\xEF\xBF\xBD[31m");
    pty_leave(pty, "\003:new\r\003q");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    pty = start_with(NULL, word);
    pty_type(pty, ":\033[A");
    wait_line(pty, ": new", 5);
    pty_type(pty, "\033[A");
    wait_line(pty, ": old two", 9);
    pty_close(pty);
    unlink(path);
    pty = start_with(NULL, word); /* a missing file is none yet */
    pty_leave(pty, ":\033[Aa\r\003q");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    unlink(path);
}

/* -- Completion ------------------------------------------------------------------------------- */

static void test_completion(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, ":st\t");
    pty_wait_row(pty, 4, "candidates: step stop stepping");
    wait_line(pty, ": st", 4);
    pty_type(pty, "e");
    pty_wait_gone(pty, "candidates");
    pty_type(pty, "\t");
    wait_line(pty, ": step", 6);
    pty_wait_row(pty, 4, "candidates: step stepping");
    pty_type(pty, "p\t");
    wait_line(pty, ": stepping", 10);
    pty_wait_gone(pty, "candidates");
    pty_type(pty, " p\t;\002\t"); /* alone, then in the middle of the line */
    wait_line(pty, ": stepping print;", 16);
    pty_type(pty, "\005 t\t"); /* what is common is cut at a whole letter */
    wait_line(pty, ": stepping print; trä", 21);
    pty_wait_row(pty, 4, "candidates: träge träne");
    pty_type(pty, "zzz\t\t");
    wait_line(pty, ": stepping print; träzzz", 24);
    pty_type(pty, "\025s\033*\033?"); /* other completion commands do no harm */
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
}

/* -- Pastes ------------------------------------------------------------------------------------- */

static void test_paste(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, ":x = \033[200~1\r\n  y = 2 # two\r\n\r\n# nothing\r\nprint \\\nC\nq\n\033[201~");
    wait_line(pty, ": x = 1; y = 2; print C; q", 26);
    pty_type(pty, "\037"); /* one step of undo */
    wait_line(pty, ": x =", 6);
    pty_type(pty, "\033[200~say a; # b\tc\033[201~"); /* one line stays as it is */
    wait_line(pty, ": x = say a; # b c", 18);
    pty_type(pty, "\022foo\033[200~ 3\033[201~"); /* ends a search */
    pty_wait_row(pty, BOTTOM, ":  3x = say a; # b c");
    pty_type(pty, "\0337\033[200~4\033[201~"); /* and an argument */
    pty_wait_row(pty, BOTTOM, ":  34x = say a; # b c");
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
}

static void test_a_large_paste(void **state) {
    (void)state;
    size_t size = 1000000;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 'x', size);
    struct pty *pty = start();
    pty_type(pty, ":\033[200~");
    pty_send(pty, bytes, size);
    pty_type(pty, "\033[201~");
    pty_wait_row(pty, BOTTOM, ": <1000000 bytes, xxxxxxxxxxxxxxxxxxxx>");
    pty_type(pty, "y\001\037\037"); /* undo it again */
    pty_wait_row(pty, BOTTOM, ":");
    pty_wait_gone(pty, "bytes, x");
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
    free(bytes);
}

/* -- The user's own settings ------------------------------------------------------------------------ */

static void test_vi_keys(void **state) {
    (void)state;
    char path[] = "/tmp/backstep-inputrc-XXXXXX";
    char setting[64] = "INPUTRC=";
    make_file(path, "set editing-mode vi\n");
    strcat(setting, path);
    const char *environment[] = {setting, NULL};
    struct pty *pty = start_with(environment, NULL);
    pty_type(pty, ":one two");
    wait_line(pty, ": one two", 9);
    pty_type(pty, "\033"); /* to command mode, and not out of the prompt */
    wait_line(pty, ": one two", 8);
    pty_type(pty, "0x");
    wait_line(pty, ": ne two", 2);
    pty_type(pty, "wcwzwei\033"); /* change a word; a quick Escape and a key are two */
    pty_wait_row(pty, BOTTOM, ": ne zwei");
    pty_wait_cursor(pty, BOTTOM, 8);
    pty_type(pty, "ADrei\033bi1 \033h");
    wait_line(pty, ": ne 1 zweiDrei", 5);
    pty_type(pty, "r9d\033[Adfzfzu"); /* d and an arrow: nothing; then d f z, undone */
    pty_type(pty, "$rI");
    pty_wait_row(pty, BOTTOM, "zweiDreI");
    pty_type(pty, "\r");
    pty_wait_row(pty, 3, "zweiDreI");
    pty_type(pty, "abc\033[D\033[DX\033/zwei\r"); /* arrows in insert mode; search */
    pty_wait_row(pty, BOTTOM, "zweiDreI");
    pty_type(pty, "3\033"); /* ends the argument only */
    pty_wait_row(pty, 1, "key 1b");
    pty_type(pty, "\033[I");
    pty_wait_row(pty, 1, "key 11001");
    pty_wait_row(pty, BOTTOM, "zweiDreI");
    pty_type(pty, "\033"); /* in command mode with nothing pending: out */
    pty_wait_row(pty, 3, "cancelled");
    pty_type(pty, ":new");
    wait_line(pty, ": new", 5); /* a new line begins in insert mode */
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
    unlink(path);
}

static void test_inputrc(void **state) {
    (void)state;
    char path[] = "/tmp/backstep-inputrc-XXXXXX";
    char setting[64] = "INPUTRC=";
    make_file(path, "set bell-style audible\nset convert-meta on\nset enable-bracketed-paste on\n"
                    "$if backstep\n\"\\C-xp\": \"print C\\C-m\"\n\"jk\": kill-whole-line\n$endif\n"
                    "\"\\e[25~\": \"f13\"\nset no-such-variable on\n\"unfinished\n"
                    "\"\\C-o\": re-read-init-file\n\"\\C-]\": vi-editing-mode\n");
    strcat(setting, path);
    const char *environment[] = {setting, NULL};
    struct pty *pty = start_with(environment, NULL);
    pty_type(pty, ":ä\030p"); /* a macro of the user's, with Enter in it */
    pty_wait_row(pty, 3, "accepted: äprint C");
    pty_type(pty, "\033[25~j\033[D!"); /* an unknown key that is bound; half of "jk" is text */
    wait_line(pty, ": f13!j", 6);
    pty_type(pty, "abjk");
    pty_wait_gone(pty, "f13");
    pty_type(pty, "jx\017\035jj\r"); /* commands that are refused do nothing */
    pty_wait_row(pty, 3, "accepted: jxjj");
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
    unlink(path);
}

static void test_plain_locale(void **state) {
    (void)state;
    static const char *const ENVIRONMENT[] = {"LC_ALL=C", NULL};
    struct pty *pty = start_with(ENVIRONMENT, NULL);
    pty_type(pty, ":a\303\244b\033[200~\303\244 \342\210\202C\033[201~");
    wait_line(pty, ": aba dC", 8);
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
}

/* -- Keys at random ------------------------------------------------------------------------------------ */

static uint64_t first_seed(void) {
    const char *wanted = getenv("SEED");
    uint64_t seed = wanted ? strtoull(wanted, NULL, 10) : (uint64_t)time(NULL) * 100;
    printf("random keys from SEED=%llu on\n", (unsigned long long)seed);
    fflush(stdout);
    return seed;
}

/* Thousands of keys straight into the prompt, in emacs, vi and odd settings. */
static void test_random_keys(void **state) {
    (void)state;
    static const char VI[] = "set editing-mode vi\n";
    static const char ODD[] =
        "set editing-mode vi\nset keymap vi-insert\n\"jk\": vi-movement-mode\n\"\\C-xa\": \"dd\"\n"
        "set show-all-if-ambiguous on\nTAB: menu-complete\n";
    static const char *const SETTINGS[] = {"", VI, ODD};
    uint64_t seed = first_seed();
    for (int i = 0; i < MONKEYS; i++) {
        char path[] = "/tmp/backstep-inputrc-XXXXXX";
        char setting[64] = "INPUTRC=";
        char word[64];
        make_file(path, SETTINGS[i % 3]);
        strcat(setting, path);
        snprintf(word, sizeof word, "monkey=%llu", (unsigned long long)seed + (unsigned)i);
        const char *environment[] = {setting, NULL};
        struct pty *pty = fixture_start_on(NULL, word, environment); /* "ready" is soon gone */
        pty_wait_row(pty, 1, "monkey survived");
        assert_quits(pty);
        unlink(path);
    }
}

/* Random bytes from the keyboard: decoder, prompt and screen together. Only
 * what ends or stops the program is left out. */
static void test_random_typing(void **state) {
    (void)state;
    uint64_t seed = first_seed();
    struct random random;
    random_seed(&random, seed);
    struct pty *pty = start();
    pty_type(pty, ":");
    for (int i = 0; i < TYPED_PIECES; i++) {
        char bytes[8];
        size_t count = 1 + random_below(&random, sizeof bytes);
        for (size_t j = 0; j < count; j++) {
            unsigned char c = (unsigned char)random_below(&random, 160);
            if (random_below(&random, 4) == 0) {
                c = (unsigned char)"\033[O\022\030\t\r1"[c % 8];
            }
            bool ends = c == 3 || c == 4 || c == 26 || c == 28 || strchr("qSAXTO", c);
            bytes[j] = (char)(ends ? ':' : c);
        }
        pty_send(pty, bytes, count);
        if (i % 40 == 0) {
            pty_resize(pty, 20 + i % 7, 60 + i % 31);
        }
    }
    pty_resize(pty, 24, 80);
    pty_type(pty, "\003\003\033[I"); /* the second one finds the prompt closed */
    pty_wait_row(pty, 1, "key 11001");
    pty_type(pty, "\003z");
    pty_wait_row(pty, 1, "key 7a");
    assert_quits(pty);
}

/* -- The terminal's size ---------------------------------------------------------------- */

enum { SIZE_WAS_SET = 99 };

#ifdef __GLIBC__
/* Whoever sets the size that he was told, as readline does, undoes a change that came in
 * between. Libraries call this one, too. */
int ioctl(int fd, unsigned long request, ...) {
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    if (request == TIOCSWINSZ && fd <= STDERR_FILENO) {
        _exit(SIZE_WAS_SET);
    }
    return (int)syscall(SYS_ioctl, fd, request, argument);
}
#endif

static void test_nobody_sets_the_size(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, ":abc");
    pty_wait_row(pty, BOTTOM, ": abc");
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    assert_quits(pty);
}

int main(int argc, char **argv) {
    int code;
    if (fixture_asked(argc, argv, &code)) {
        return code;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_editing),
        cmocka_unit_test(test_arguments_and_quoting),
        cmocka_unit_test(test_ways_to_leave),
        cmocka_unit_test(test_initial_text),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_history_search),
        cmocka_unit_test(test_delicate_sequences),
        cmocka_unit_test(test_history_file),
        cmocka_unit_test(test_completion),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_a_large_paste),
        cmocka_unit_test(test_vi_keys),
        cmocka_unit_test(test_inputrc),
        cmocka_unit_test(test_plain_locale),
        cmocka_unit_test(test_nobody_sets_the_size),
        cmocka_unit_test(test_random_keys),
        cmocka_unit_test(test_random_typing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
