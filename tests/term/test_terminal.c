/*
 * tests/term/test_terminal.c - the terminal in a pseudo-terminal: every way in
 * and out, keys, mouse, paste, sizes, and terminals of every kind.
 *
 * The program under test is this file's own binary, run again as the fixture of
 * tests/support/fixture.c, which says what it shows.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "fixture.h"
#include "pty.h"
#include "term/keys.h"
#include "view/theme.h"

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

static const char *self;

static struct pty *start_on(const char *term, const char *word, const char *const *environment) {
    const char *argv[] = {self, "fixture", word, NULL};
    struct pty_options options = {.argv = argv, .term = term, .environment = environment};
    return pty_start(&options);
}

static struct pty *start(void) {
    struct pty *pty = start_on(NULL, NULL, NULL);
    pty_wait_text(pty, "ready 80x24 events 0");
    return pty;
}

/* The terminal is as if nobody had ever been there. */
static void assert_restored(struct pty *pty) {
    struct pty_state state = pty_state(pty);
    assert_false(state.alternate_screen);
    assert_true(state.cursor_visible);
    assert_int_equal(state.mouse, 0);
    assert_false(state.bracketed_paste);
    assert_true(state.plain);
    assert_true(pty_modes_as_before(pty));
}

static void assert_taken(struct pty *pty) {
    struct pty_state state = pty_state(pty);
    assert_true(state.alternate_screen);
    assert_int_equal(state.mouse, 2);
    assert_true(state.bracketed_paste);
    assert_false(pty_modes_as_before(pty));
}

/* -- Endings ------------------------------------------------------------------------ */

struct ending {
    const char *keys; /* typed, or NULL for the signal */
    int signal;       /* sent, where no keys are */
    int exit_code;    /* expected, or -1: dies of the signal `dies_of` */
    int dies_of;
};

static void assert_ends(const struct ending *ending) {
    struct pty *pty = start();
    assert_taken(pty);
    if (ending->keys) {
        pty_type(pty, ending->keys);
    } else {
        pty_signal(pty, ending->signal);
    }
    int status = pty_wait_exit(pty);
    assert_restored(pty);
    if (ending->exit_code >= 0) {
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), ending->exit_code);
    } else if (!SANITIZED) { /* sanitizers make an exit of a crash */
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), ending->dies_of);
    }
    pty_close(pty);
}

static void test_every_ending_restores_the_terminal(void **state) {
    (void)state;
    static const struct ending ENDINGS[] = {
        {"q", 0, 0, 0},
        {"\034", 0, 128 + SIGQUIT, 0},
        {NULL, SIGTERM, 128 + SIGTERM, 0},
        {NULL, SIGHUP, 128 + SIGHUP, 0},
        {NULL, SIGQUIT, 128 + SIGQUIT, 0},
        {"X", 0, 3, 0},
        {"S", 0, -1, SIGSEGV},
        {"A", 0, -1, SIGABRT},
        {NULL, SIGSEGV, -1, SIGSEGV},
        {NULL, SIGABRT, -1, SIGABRT},
        {NULL, SIGBUS, -1, SIGBUS},
        {NULL, SIGFPE, -1, SIGFPE},
        {NULL, SIGILL, -1, SIGILL},
    };
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        assert_ends(&ENDINGS[i]);
    }
}

static void test_a_crash_at_the_prompt_restores_too(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, ":W0 = 1");
    pty_wait_row(pty, 23, ": W0 = 1");
    pty_signal(pty, SIGSEGV);
    (void)pty_wait_exit(pty);
    assert_restored(pty);
    pty_close(pty);
}

static void test_a_lost_terminal_quits(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_hang_up(pty);
    int status = pty_wait_exit(pty);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 128 + SIGHUP);
    pty_close(pty);
}

static void test_interrupt_is_an_event(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "\003");
    pty_wait_row(pty, 1, "interrupt");
    pty_type(pty, "z");
    pty_wait_row(pty, 1, "key 7a");
    pty_signal(pty, SIGINT);
    pty_wait_row(pty, 1, "interrupt");
    pty_close(pty);
}

static void test_work_can_be_interrupted(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "T");
    pty_wait_row(pty, 1, "working");
    pty_type(pty, "qqq\003");
    pty_wait_row(pty, 1, "work interrupted"); /* and the q before ^C are gone */
    pty_type(pty, "T");
    pty_wait_row(pty, 1, "working");
    pty_signal(pty, SIGINT);
    pty_wait_row(pty, 1, "work interrupted");
    pty_type(pty, "T");
    pty_wait_row(pty, 1, "working");
    pty_signal(pty, SIGTERM);
    assert_int_equal(WEXITSTATUS(pty_wait_exit(pty)), 128 + SIGTERM);
    assert_restored(pty);
    pty_close(pty);
}

/* -- Stopping ----------------------------------------------------------------------- */

static void stop_and_go_on(struct pty *pty) {
    assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
    assert_restored(pty);
    pty_continue(pty, true);
    pty_wait_row(pty, 1, "resume");
    pty_wait_row(pty, 2, "abcdefghijklmnopqrstuvwxyz");
    assert_taken(pty);
}

static void test_stop_and_foreground(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "\032");
    stop_and_go_on(pty);
    pty_type(pty, "z");
    pty_wait_row(pty, 1, "key 7a");
    pty_signal(pty, SIGTSTP);
    stop_and_go_on(pty);
    pty_type(pty, ":abc\032"); /* with the prompt open */
    stop_and_go_on(pty);
    pty_type(pty, "d");
    pty_wait_row(pty, 23, ": abcd");
    pty_type(pty, "\003q");
    assert_int_equal(pty_wait_exit(pty), 0);
    assert_restored(pty);
    pty_close(pty);
}

static void test_a_size_that_changed_while_stopped(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "\032");
    assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
    pty_resize(pty, 30, 100);
    pty_continue(pty, true);
    pty_wait_row(pty, 0, "ready 100x30");
    pty_close(pty);
}

static void test_stopped_without_asking(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_signal(pty, SIGSTOP);
    assert_int_equal(pty_wait_stopped(pty), SIGSTOP);
    pty_continue(pty, true);
    pty_wait_row(pty, 1, "resume");
    pty_type(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    assert_restored(pty);
    pty_close(pty);
}

static void test_background_waits_for_foreground(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "\032");
    assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
    pty_continue(pty, false);
    int number = pty_wait_stopped(pty); /* it may not have the terminal yet */
    assert_true(number == SIGTTOU || number == SIGTTIN);
    assert_true(pty_modes_as_before(pty));
    pty_continue(pty, true);
    pty_wait_row(pty, 1, "resume");
    assert_taken(pty);
    pty_close(pty);
}

static void test_told_to_end_while_stopped(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "\032");
    assert_int_equal(pty_wait_stopped(pty), SIGTSTP);
    pty_signal(pty, SIGTERM);
    pty_continue(pty, false);
    assert_int_equal(WEXITSTATUS(pty_wait_exit(pty)), 128 + SIGTERM);
    assert_restored(pty);
    pty_close(pty);
}

static void test_open_twice(void **state) {
    (void)state;
    struct pty *pty = start();
    for (int i = 0; i < 3; i++) {
        pty_type(pty, "O");
        pty_wait_row(pty, 1, "key 4f");
        pty_type(pty, ":ab");
        pty_wait_row(pty, 23, ": ab");
        pty_type(pty, "\003");
        pty_wait_row(pty, 3, "cancelled");
        pty_type(pty, ":\r\003y"); /* so that the next round waits for something new */
        pty_wait_row(pty, 1, "key 79");
    }
    pty_type(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    assert_restored(pty);
    pty_close(pty);
}

/* -- Sizes and what is sent ----------------------------------------------------------- */

static void test_resize(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_resize(pty, 40, 120);
    pty_wait_row(pty, 0, "ready 120x40");
    pty_resize(pty, 10, 30);
    pty_wait_row(pty, 0, "ready 30x10");
    pty_type(pty, ":x");
    pty_wait_row(pty, 9, ": x");
    pty_resize(pty, 3, 8);
    pty_wait_row(pty, 0, "ready 8x");
    pty_wait_row(pty, 2, ": x");
    pty_resize(pty, 1, 1);
    pty_wait_row(pty, 0, ":");
    pty_resize(pty, 24, 80);
    pty_wait_row(pty, 0, "ready 80x24");
    pty_wait_row(pty, 23, ": x");
    pty_type(pty, "\003q");
    assert_int_equal(pty_wait_exit(pty), 0);
    assert_restored(pty);
    pty_close(pty);
}

static void test_lines_and_columns_do_not_decide(void **state) {
    (void)state;
    static const char *const ENVIRONMENT[] = {"LINES=10", "COLUMNS=20", NULL};
    struct pty *pty = start_on(NULL, NULL, ENVIRONMENT);
    pty_wait_text(pty, "ready 80x24");
    pty_resize(pty, 30, 90);
    pty_wait_text(pty, "ready 90x30");
    pty_close(pty);
}

static void test_only_changed_cells_are_sent(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "a");
    pty_wait_row(pty, 1, "key 61");
    size_t count;
    pty_forget(pty);
    pty_type(pty, "b");
    pty_wait_row(pty, 1, "key 62");
    pty_wait_row(pty, 0, "events 2");
    (void)pty_output(pty, &count);
    assert_in_range(count, 2, 120);
    pty_forget(pty);
    pty_type(pty, "\014"); /* everything again */
    pty_wait_row(pty, 0, "events 3");
    pty_wait_row(pty, 1, "key c");
    pty_wait_text(pty, "abcdefghijklmnop");
    (void)pty_output(pty, &count);
    assert_in_range(count, 300, 100000);
    pty_close(pty);
}

static void test_cursor(void **state) {
    (void)state;
    struct pty *pty = start();
    assert_false(pty_state(pty).cursor_visible);
    pty_type(pty, ":trä世e");
    pty_wait_row(pty, 23, ": trä世e");
    pty_wait_cursor(pty, 23, 8);
    assert_true(pty_state(pty).cursor_visible);
    pty_type(pty, "\002\002");
    pty_wait_cursor(pty, 23, 5);
    pty_type(pty, "\003");
    pty_wait_row(pty, 3, "cancelled");
    pty_type(pty, "z");
    pty_wait_row(pty, 1, "key 7a");
    assert_false(pty_state(pty).cursor_visible);
    pty_close(pty);
}

static void test_wide_and_combining(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "W");
    pty_wait_row(pty, 5, "a世界ée\xCC\x82 Σ ∂C/∂W → ½ ─┼─ ▄█");
    assert_int_equal(pty_cell(pty, 5, 1).width, 2);
    assert_int_equal(pty_cell(pty, 5, 6).mark, 0x302);
    pty_type(pty, "W");
    pty_wait_gone(pty, "世");
    pty_close(pty);
}

static void test_ascii(void **state) {
    (void)state;
    static const char *const C_LOCALE[] = {"LC_ALL=C", NULL};
    static const char EXPECTED[] = "a????ee S dC/dW > h -+- =#";
    struct pty *pty = start_on(NULL, "ascii", NULL);
    pty_type(pty, "W");
    pty_wait_row(pty, 5, EXPECTED);
    pty_wait_row(pty, 6, "----------");
    pty_close(pty);
    pty = start_on(NULL, NULL, C_LOCALE); /* chosen by itself */
    pty_type(pty, "W");
    pty_wait_row(pty, 5, EXPECTED);
    pty_type(pty, "\303\244"); /* and no letter beyond ASCII can be typed */
    pty_wait_row(pty, 1, "key 11001");
    pty_close(pty);
}

/* -- Keys ------------------------------------------------------------------------------ */

static void test_keys(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *shown;
    } KEYS[] = {
        {"\033[A", "key 110000 modifiers 0 bytes 3"},
        {"\033OB", "key 110001 modifiers 0 bytes 3"},
        {"\033[1;5C", "key 110003 modifiers 4 bytes 6"},
        {"\303\244", "key e4 modifiers 0 bytes 2"},
        {"\033", "key 1b modifiers 0 bytes 1"},
        {"\033f", "key 66 modifiers 2 bytes 2"},
        {"\033[3~", "key 110009 modifiers 0 bytes 4"},
        {"\033[15~", "key 11000f modifiers 0 bytes 5"},
        {"\033\033", "key 1b modifiers 0 bytes 1"},
        {"\033[", "key 5b modifiers 2 bytes 2"},
        {"\177", "key 7f modifiers 0 bytes 1"},
        {"\r", "key d modifiers 0 bytes 1"},
        {"\t", "key 9 modifiers 0 bytes 1"},
        {"\033[Z", "key 11000a modifiers 0 bytes 3"},
        {"\033[?1;2c", "key 11001"},
        {"\360\237\230\200", "key 1f600 modifiers 0 bytes 4"},
    };
    struct pty *pty = start();
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        pty_type(pty, KEYS[i].bytes);
        pty_wait_row(pty, 1, KEYS[i].shown);
        pty_type(pty, "z");
        pty_wait_row(pty, 1, "key 7a");
    }
    pty_close(pty);
}

static void test_mouse(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "\033[<0;5;3M");
    pty_wait_row(pty, 1, "mouse 0 button 1 at 2,4 modifiers 0");
    pty_type(pty, "\033[<32;6;3M");
    pty_wait_row(pty, 1, "mouse 2 button 1 at 2,5 modifiers 0");
    pty_type(pty, "\033[<0;6;3m");
    pty_wait_row(pty, 1, "mouse 1 button 1 at 2,5 modifiers 0");
    pty_type(pty, "\033[<18;80;24M");
    pty_wait_row(pty, 1, "mouse 0 button 3 at 23,79 modifiers 4");
    pty_type(pty, "\033[<65;1;1M");
    pty_wait_row(pty, 1, "mouse 4 button 0 at 0,0");
    pty_close(pty);
    pty = start_on(NULL, "no-mouse", NULL);
    pty_wait_text(pty, "ready");
    assert_int_equal(pty_state(pty).mouse, 0);
    assert_true(pty_state(pty).bracketed_paste);
    pty_close(pty);
}

static void send_paste(struct pty *pty, size_t size, const char *end) {
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 'q', size);
    pty_type(pty, "\033[200~");
    pty_send(pty, bytes, size);
    pty_type(pty, end);
    free(bytes);
}

static void test_paste(void **state) {
    (void)state;
    struct pty *pty = start();
    pty_type(pty, "\033[200~one\r\nq\rtwo\033[2001\003\033[201~");
    pty_wait_row(pty, 1, "paste 20 bytes, ends");
    send_paste(pty, 1000000, "end\033[201~");
    pty_wait_row(pty, 1, "paste 1000003 bytes, ends qqqqqqqqqqqqqqqqqend");
    send_paste(pty, 1200000, "end\033[201~z"); /* cut, and its end is still seen */
    pty_wait_row(pty, 1, "key 7a");
    pty_wait_row(pty, 0, "events 4");
    send_paste(pty, 100, ""); /* no end: it is a paste all the same */
    pty_wait_row(pty, 1, "paste 100 bytes, ends qqqqqqqqqqqqqqqqqqqq");
    pty_type(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
}

/* -- Kinds of terminals ------------------------------------------------------------------ */

static const struct look *look_of(enum role role) {
    return &theme_at(0)->looks[role];
}

static void assert_colors(struct pty *pty, int positive, int operand, int operand_paper) {
    pty_wait_row(pty, 2, "abcdefghijklmnopqrstuvwxyzabcdefgh");
    assert_int_equal(pty_cell(pty, 2, ROLE_POSITIVE).foreground, positive);
    assert_int_equal(pty_cell(pty, 2, ROLE_OPERAND_1).foreground, operand);
    assert_int_equal(pty_cell(pty, 2, ROLE_OPERAND_1).background, operand_paper);
    assert_int_equal(pty_cell(pty, 2, ROLE_TEXT).foreground, PTY_DEFAULT);
    assert_true(pty_cell(pty, 2, ROLE_HEADING).bold);
    pty_type(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    assert_restored(pty);
    pty_close(pty);
}

static void test_terminals_with_colors(void **state) {
    (void)state;
    static const char *const MANY[] = {"xterm-256color", "screen-256color", "tmux-256color"};
    static const char *const FEW[] = {"linux", "rxvt", "xterm", "screen"};
    const struct look *positive = look_of(ROLE_POSITIVE);
    const struct look *operand = look_of(ROLE_OPERAND_1);
    for (size_t i = 0; i < sizeof MANY / sizeof *MANY; i++) {
        assert_colors(start_on(MANY[i], NULL, NULL), positive->foreground.palette256,
                      operand->foreground.palette256, operand->background.palette256);
    }
    for (size_t i = 0; i < sizeof FEW / sizeof *FEW; i++) {
        assert_colors(start_on(FEW[i], NULL, NULL), positive->foreground.palette8,
                      operand->foreground.palette8, operand->background.palette8);
    }
}

/* A terminal type for direct colours, which is not installed everywhere. */
static bool make_type(char *folder) {
    static const char SOURCE[] = "xterm-direct|test,\n\tRGB, colors#0x1000000, pairs#0x10000,\n"
                                 "\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;"
                                 "%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,\n"
                                 "\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;"
                                 "%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,\n"
                                 "\tsetb@, setf@, initc@, ccc@, use=xterm-256color,\n";
    char command[256];
    if (!mkdtemp(folder)) {
        return false;
    }
    snprintf(command, sizeof command, "tic -x -o %s - 2>/dev/null", folder);
    FILE *tic = popen(command, "w");
    return tic && fputs(SOURCE, tic) >= 0 && pclose(tic) == 0;
}

static void test_direct_colors(void **state) {
    (void)state;
    char folder[] = "/tmp/backstep-terminfo-XXXXXX";
    if (!make_type(folder)) {
        skip(); /* no tic */
    }
    char terminfo[64];
    snprintf(terminfo, sizeof terminfo, "TERMINFO=%s", folder);
    const char *plain[] = {terminfo,
                           "TERMINFO_DIRS=/etc/terminfo:/lib/terminfo:/usr/share/terminfo", NULL};
    const char *promised[] = {terminfo, plain[1], "COLORTERM=truecolor", NULL};
    const struct look *positive = look_of(ROLE_POSITIVE);
    const struct look *operand = look_of(ROLE_OPERAND_1);
    for (int i = 0; i < 2; i++) {
        assert_colors(start_on(i ? "xterm-256color" : "xterm-direct", NULL, i ? promised : plain),
                      PTY_RGB + positive->foreground.rgb, PTY_RGB + operand->foreground.rgb,
                      PTY_RGB + operand->background.rgb);
    }
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static void test_promise_without_a_type(void **state) {
    (void)state;
    static const char *const PROMISE[] = {"COLORTERM=truecolor", "TERMINFO=/nonexistent", NULL};
    const struct look *operand = look_of(ROLE_OPERAND_1);
    assert_colors(start_on("screen-256color", NULL, PROMISE),
                  look_of(ROLE_POSITIVE)->foreground.palette256, operand->foreground.palette256,
                  operand->background.palette256);
}

static void assert_no_colors(struct pty *pty) {
    pty_wait_row(pty, 2, "abcdefghijklmnopqrstuvwxyzabcdefgh");
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct pty_cell cell = pty_cell(pty, 2, role);
        int mono = theme_at(0)->looks[role].mono_attributes;
        assert_int_equal(cell.foreground, PTY_DEFAULT);
        assert_int_equal(cell.background, PTY_DEFAULT);
        assert_int_equal(cell.bold, (mono & LOOK_BOLD) != 0);
        assert_int_equal(cell.underline, (mono & LOOK_UNDERLINE) != 0);
        assert_int_equal(cell.reverse, (mono & LOOK_REVERSE) != 0);
    }
    pty_type(pty, "\033[A");
    pty_wait_row(pty, 1, "key 110000");
    pty_type(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    assert_restored(pty);
    pty_close(pty);
}

static void test_terminals_without_colors(void **state) {
    (void)state;
    assert_no_colors(start_on("vt100", NULL, NULL));
    assert_no_colors(start_on("xterm-256color", "no-color", NULL));
    assert_no_colors(start_on("linux", "no-color", NULL));
}

static void test_every_theme(void **state) {
    (void)state;
    for (size_t i = 0; theme_at(i); i++) {
        char word[64];
        const struct look *look = &theme_at(i)->looks[ROLE_NEGATIVE];
        snprintf(word, sizeof word, "theme=%s", theme_at(i)->name);
        struct pty *pty = start_on(NULL, word, NULL);
        pty_wait_row(pty, 2, "abcdefghijklmnopqrstuvwxyzabcdefgh");
        assert_int_equal(pty_cell(pty, 2, ROLE_NEGATIVE).foreground, look->foreground.palette256);
        assert_int_equal(pty_cell(pty, 2, ROLE_NEGATIVE).background, look->background.palette256);
        pty_close(pty);
    }
}

static void assert_refused(struct pty *pty, const char *message) {
    size_t count;
    int status = pty_wait_exit(pty);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    if (!pty_has_text(pty, message)) {
        fail_msg("'%s' is not in: %s", message, pty_row_text(pty, 0));
    }
    const char *output = pty_output(pty, &count);
    assert_null(memchr(output, '\033', count)); /* nothing but the message */
    assert_restored(pty);
    pty_close(pty);
}

static void test_refused(void **state) {
    (void)state;
    assert_refused(start_on("dumb", NULL, NULL), "terminal type 'dumb' cannot move the cursor");
    assert_refused(start_on("no-such-thing", NULL, NULL), "unknown terminal type 'no-such-thing'");
    assert_refused(start_on("", NULL, NULL), "TERM is not set");
    assert_refused(start_on("../../etc/passwd", NULL, NULL), "unknown terminal type");
    char *long_name = malloc(5000);
    assert_non_null(long_name);
    memset(long_name, 'x', 4999);
    long_name[4999] = '\0';
    assert_refused(start_on(long_name, NULL, NULL), "unknown terminal type");
    free(long_name);
}

static void test_no_terminal(void **state) {
    (void)state;
    static const char *const COMMANDS[] = {"exec \"$0\" fixture </dev/null",
                                           "\"$0\" fixture | cat; exit 1"};
    static const char *const MESSAGES[] = {"standard input is not a terminal",
                                           "standard output is not a terminal"};
    for (int i = 0; i < 2; i++) {
        const char *argv[] = {"sh", "-c", COMMANDS[i], self, NULL};
        struct pty_options options = {.argv = argv};
        assert_refused(pty_start(&options), MESSAGES[i]);
    }
}

int main(int argc, char **argv) {
    self = argv[0];
    if (argc > 1 && strcmp(argv[1], "fixture") == 0) {
        return fixture_main(argc - 1, argv + 1);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_ending_restores_the_terminal),
        cmocka_unit_test(test_a_crash_at_the_prompt_restores_too),
        cmocka_unit_test(test_a_lost_terminal_quits),
        cmocka_unit_test(test_interrupt_is_an_event),
        cmocka_unit_test(test_work_can_be_interrupted),
        cmocka_unit_test(test_stop_and_foreground),
        cmocka_unit_test(test_a_size_that_changed_while_stopped),
        cmocka_unit_test(test_stopped_without_asking),
        cmocka_unit_test(test_background_waits_for_foreground),
        cmocka_unit_test(test_told_to_end_while_stopped),
        cmocka_unit_test(test_open_twice),
        cmocka_unit_test(test_resize),
        cmocka_unit_test(test_lines_and_columns_do_not_decide),
        cmocka_unit_test(test_only_changed_cells_are_sent),
        cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_wide_and_combining),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_terminals_with_colors),
        cmocka_unit_test(test_direct_colors),
        cmocka_unit_test(test_promise_without_a_type),
        cmocka_unit_test(test_terminals_without_colors),
        cmocka_unit_test(test_every_theme),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_no_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
