/*
 * tests/term/test_prompt.c - the prompt in a pseudo-terminal: editing, pastes, and keys
 * that no person would press in that order.
 *
 * As test_terminal.c, this runs itself again as the fixture.
 */
#define _DEFAULT_SOURCE 1 /* syscall() */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#ifdef __GLIBC__
#include <sys/syscall.h>
#endif
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/random.h"
#include "fixture.h"
#include "prompted.h"
#include "pty.h"
#include "term/keys.h"

enum { MONKEYS = 6, TYPED_PIECES = 400 };

/* -- Emacs keys ------------------------------------------------------------------------ */

static void test_editing(void **state) {
    (void)state;
    struct pty *pty = prompted_start(NULL, NULL);
    pty_type(pty, ":W0[1,2] = 0.5");
    prompted_line(pty, ": W0[1,2] = 0.5", 15);
    pty_type(pty, "\001print \005;\002\177\004x"); /* home, text, end, left, rub out, delete */
    prompted_line(pty, ": print W0[1,2] = 0.x", 21);
    pty_type(pty, "\033b\033b\033[D\033OD\033[C"); /* words back, arrows of both kinds */
    prompted_line(pty, ": print W0[1,2] = 0.x", 17);
    pty_type(pty, "\013"); /* kill the rest, then the word before; yank both */
    prompted_line(pty, ": print W0[1,2] =", 17);
    pty_type(pty, "\027");
    prompted_line(pty, ": print W0[1,2]", 16);
    pty_type(pty, "\031!");
    prompted_line(pty, ": print W0[1,2] = 0.x!", 22);
    pty_type(pty, "\037"); /* undo, of all that was put in at once */
    prompted_line(pty, ": print W0[1,2]", 16);
    pty_type(pty, PTY_KILL);
    prompted_line(pty, ":", 2);
    pty_type(pty, "\031");
    prompted_line(pty, ": print W0[1,2]", 16);
    pty_type(pty, "ä世\033[Dö\033[3~\r");
    pty_wait_row(pty, 3, "accepted: print W0[1,2] äö");
    prompted_line(pty, ":", 2);
    prompted_leave(pty);
}

static void test_arguments_and_quoting(void **state) {
    (void)state;
    struct pty *pty = prompted_start(NULL, NULL);
    pty_type(pty, ":\0335z\0330\033[A\033-\0333a\033f"); /* M-5 z, odd arguments */
    prompted_line(pty, ": zzzzz", 7);
    pty_type(pty, "\025\0265\0265\026ä"); /* C-u kills all; C-v takes any character */
    prompted_line(pty, ": 55ä", 5);
    pty_type(pty, "\026\033[A\001\035ä"); /* C-v and an arrow: nothing; C-] finds */
    prompted_line(pty, ": 55ä", 4);
    pty_type(pty, "\0333\r"); /* Enter after an argument is Enter, and at once */
    pty_wait_row(pty, 3, "accepted: 55ä");
    pty_type(pty, "\0339999999z"); /* as many as fit, and not ten million */
    pty_wait_row(pty, PROMPTED_ROW, ": zzzzzzzzzzzzzzzz");
    pty_close(pty);
}

static void test_ways_to_leave(void **state) {
    (void)state;
    static const char *const WAYS[] = {"\033",      "\003",          "\025\004",
                                       "\022a\003", "\022\033\033",  "\030\033",
                                       "\0335\033", "\033p\033\033", "\026\003"};
    struct pty *pty = prompted_start(NULL, NULL);
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        pty_type(pty, ":abc");
        prompted_line(pty, ": abc", 5);
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
        assert_string_equal(pty_row_text(pty, PROMPTED_ROW), "");
    }
    pty_leave(pty, "q");
}

static void test_initial_text(void **state) {
    (void)state;
    struct pty *pty = prompted_start(NULL, NULL);
    pty_type(pty, "i");
    prompted_line(pty, ": x = 0.5", 9);
    pty_type(pty, "\037\037\037"); /* there is nothing to undo */
    pty_type(pty, "1");
    prompted_line(pty, ": x = 0.51", 10);
    pty_close(pty);
}

/* -- History ------------------------------------------------------------------------------ */

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
    struct pty *pty = prompted_start(NULL, NULL);
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
    prompted_leave(pty);
}

/* -- Completion ------------------------------------------------------------------------------- */

/* -- Pastes ------------------------------------------------------------------------------------- */

static void test_paste(void **state) {
    (void)state;
    struct pty *pty = prompted_start(NULL, NULL);
    pty_type(pty, ":x = \033[200~1\r\n  y = 2 # two\r\n\r\n# nothing\r\nprint \\\nC\nq\n\033[201~");
    prompted_line(pty, ": x = 1; y = 2; print C; q", 26);
    pty_type(pty, "\037"); /* one step of undo */
    prompted_line(pty, ": x =", 6);
    pty_type(pty, "\033[200~say a; # b\tc\033[201~"); /* one line stays as it is */
    prompted_line(pty, ": x = say a; # b c", 18);
    pty_type(pty, "\022foo\033[200~ 3\033[201~"); /* ends a search */
    pty_wait_row(pty, PROMPTED_ROW, ":  3x = say a; # b c");
    pty_type(pty, "\0337\033[200~4\033[201~"); /* and an argument */
    pty_wait_row(pty, PROMPTED_ROW, ":  34x = say a; # b c");
    prompted_leave(pty);
}

static void test_a_large_paste(void **state) {
    (void)state;
    size_t size = 1000000;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 'x', size);
    struct pty *pty = prompted_start(NULL, NULL);
    pty_type(pty, ":\033[200~");
    pty_send(pty, bytes, size);
    pty_type(pty, "\033[201~");
    pty_wait_row(pty, PROMPTED_ROW, ": <1000000 bytes, xxxxxxxxxxxxxxxxxxxx>");
    pty_type(pty, "y\001\037\037"); /* undo it again */
    pty_wait_row(pty, PROMPTED_ROW, ":");
    pty_wait_gone(pty, "bytes, x");
    prompted_leave(pty);
    free(bytes);
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
        prompted_file(path, SETTINGS[i % 3]);
        strcat(setting, path);
        snprintf(word, sizeof word, "monkey=%llu", (unsigned long long)seed + (unsigned)i);
        const char *environment[] = {setting, NULL};
        struct pty *pty = fixture_start_on(NULL, word, environment); /* "ready" is soon gone */
        pty_wait_row(pty, 1, "monkey survived");
        pty_leave(pty, "q");
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
    struct pty *pty = prompted_start(NULL, NULL);
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
    pty_leave(pty, "q");
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
    struct pty *pty = prompted_start(NULL, NULL);
    pty_type(pty, ":abc");
    pty_wait_row(pty, PROMPTED_ROW, ": abc");
    prompted_leave(pty);
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
        cmocka_unit_test(test_delicate_sequences),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_a_large_paste),
        cmocka_unit_test(test_nobody_sets_the_size),
        cmocka_unit_test(test_random_keys),
        cmocka_unit_test(test_random_typing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
