/*
 * term/crash.c - the terminal put back when the process dies of itself.
 *
 * The one terminal of the process: what is static here is read by a signal
 * handler, and `armed` is what says that it may be. The handler has a stack of
 * its own, since an overflowing stack is one of the reasons to be there.
 */
#define _XOPEN_SOURCE 700 /* sigaltstack() */
#include "term/crash.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/table.h"

static const int SIGNALS[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { SIGNAL_COUNT = TABLE_COUNT(SIGNALS), STACK_BYTES = 128 * 1024 };

static volatile sig_atomic_t armed;
static int terminal_fd;
static pid_t owner;
static struct termios modes_before;
static char restore_bytes[CRASH_BYTES_MAX];
static size_t restore_count;
static struct sigaction actions_before[SIGNAL_COUNT];
static stack_t stack_before;
static char stack_bytes[STACK_BYTES];

/* Only calls that are allowed in a signal handler. */
static void terminal_restore(void) {
    if (!armed || getpid() != owner) {
        return;
    }
    armed = 0;
    for (size_t done = 0; done < restore_count;) {
        ssize_t wrote = write(terminal_fd, restore_bytes + done, restore_count - done);
        if (wrote <= 0 && errno != EINTR) {
            break;
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    (void)tcsetattr(terminal_fd, TCSANOW, &modes_before);
}

static void on_crash(int number, siginfo_t *info, void *context) {
    (void)context;
    terminal_restore();
    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        (void)sigaction(SIGNALS[i], &actions_before[i], NULL);
    }
    /* A fault happens again on return, now with the handler from before, which
     * sees its true place; a signal that somebody sent has to be sent again. */
    if (!info || info->si_code <= 0 || number == SIGABRT) {
        (void)raise(number);
    }
}

void crash_arm(int fd, const struct termios *modes, const char *bytes, size_t count) {
    static bool registered;
    bool was_armed = armed != 0;
    armed = 0;
    terminal_fd = fd;
    owner = getpid();
    modes_before = *modes;
    restore_count = count < sizeof restore_bytes ? count : sizeof restore_bytes;
    memcpy(restore_bytes, bytes, restore_count);
    if (!was_armed) {
        stack_t stack = {.ss_sp = stack_bytes, .ss_size = sizeof stack_bytes};
        if (sigaltstack(&stack, &stack_before) != 0) {
            stack_before = (stack_t){.ss_flags = SS_DISABLE};
        }
        struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
        action.sa_sigaction = on_crash;
        (void)sigemptyset(&action.sa_mask);
        for (size_t i = 0; i < SIGNAL_COUNT; i++) {
            (void)sigaction(SIGNALS[i], &action, &actions_before[i]);
        }
    }
    if (!registered) {
        registered = atexit(terminal_restore) == 0;
    }
    armed = 1;
}

void crash_disarm(void) {
    if (!armed) {
        return;
    }
    armed = 0;
    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        (void)sigaction(SIGNALS[i], &actions_before[i], NULL);
    }
    (void)sigaltstack(&stack_before, NULL);
}
