/*
 * term/tty.c - the terminal as a device: modes, bytes, signals.
 *
 * Signals only leave a mark and a byte in a pipe, which wakes tty_wait(); what
 * they mean is done outside of the handler. Waiting is select() and not poll():
 * macOS has no poll() on terminals.
 */
#include "term/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "base/table.h"

#ifndef SIGWINCH
#define SIGWINCH 28 /* not POSIX, but the same number everywhere */
#endif

struct watched {
    int number;
    int bit;
};

static const struct watched WATCHED[] = {
    {SIGWINCH, TTY_RESIZED}, {SIGTERM, TTY_QUIT},    {SIGHUP, TTY_QUIT},       {SIGQUIT, TTY_QUIT},
    {SIGINT, TTY_INTERRUPT}, {SIGTSTP, TTY_SUSPEND}, {SIGCONT, TTY_CONTINUED},
};
enum { WATCHED_COUNT = TABLE_COUNT(WATCHED) };

/* The one terminal of the process; the handler writes to these. */
static volatile sig_atomic_t marks[WATCHED_COUNT];
static int wake[2] = {-1, -1};
static struct sigaction actions_before[WATCHED_COUNT];
static sigset_t mask_before;

static void on_signal(int number) {
    int saved = errno;
    for (size_t i = 0; i < WATCHED_COUNT; i++) {
        if (WATCHED[i].number == number) {
            marks[i] = 1;
        }
    }
    (void)!write(wake[1], "", 1); /* a full pipe wakes just as well */
    errno = saved;
}

static bool wake_open(void) {
    if (pipe(wake) != 0) {
        wake[0] = wake[1] = -1;
        return false;
    }
    for (int i = 0; i < 2; i++) {
        int flags = fcntl(wake[i], F_GETFL);
        if (flags < 0 || fcntl(wake[i], F_SETFL, flags | O_NONBLOCK) < 0 ||
            fcntl(wake[i], F_SETFD, FD_CLOEXEC) < 0 || wake[i] >= FD_SETSIZE) {
            return false;
        }
    }
    return true;
}

static void wake_close(void) {
    for (int i = 0; i < 2; i++) {
        if (wake[i] >= 0) {
            (void)close(wake[i]);
        }
        wake[i] = -1;
    }
}

static void signals_catch(void) {
    struct sigaction action = {.sa_flags = SA_RESTART};
    action.sa_handler = on_signal;
    (void)sigemptyset(&action.sa_mask);
    sigset_t wanted;
    (void)sigemptyset(&wanted);
    for (size_t i = 0; i < WATCHED_COUNT; i++) {
        marks[i] = 0;
        (void)sigaddset(&wanted, WATCHED[i].number);
        (void)sigaction(WATCHED[i].number, NULL, &actions_before[i]);
        /* What was ignored from outside (nohup, a shell without jobs) stays ignored. */
        if (actions_before[i].sa_handler != SIG_IGN || WATCHED[i].bit == TTY_RESIZED) {
            (void)sigaction(WATCHED[i].number, &action, NULL);
        }
    }
    (void)sigprocmask(SIG_UNBLOCK, &wanted, &mask_before);
}

enum status tty_open(struct tty *tty, struct error *error) {
    *tty = (struct tty){.in = STDIN_FILENO, .out = STDOUT_FILENO};
    if (!isatty(tty->in) || tcgetattr(tty->in, &tty->modes) != 0) {
        return error_set(error, STATUS_INPUT,
                         "standard input is not a terminal: 'backstep run' and "
                         "'backstep render' need none");
    }
    if (!isatty(tty->out)) {
        return error_set(error, STATUS_INPUT,
                         "standard output is not a terminal: 'backstep run' and "
                         "'backstep render' need none");
    }
    if (!wake_open()) {
        wake_close();
        return error_set(error, STATUS_IO, "no pipe for signals: %s", strerror(errno));
    }
    signals_catch();
    tty_wait_for_front(tty); /* started with '&' */
    tty_keep_modes(tty);
    return STATUS_OK;
}

void tty_refuse_interrupts(void) {
    for (size_t i = 0; i < WATCHED_COUNT; i++) {
        if (WATCHED[i].bit == TTY_INTERRUPT) {
            actions_before[i] = (struct sigaction){.sa_handler = SIG_IGN};
            (void)sigemptyset(&actions_before[i].sa_mask);
        }
    }
}

void tty_close(void) {
    for (size_t i = 0; i < WATCHED_COUNT; i++) {
        (void)sigaction(WATCHED[i].number, &actions_before[i], NULL);
    }
    (void)sigprocmask(SIG_SETMASK, &mask_before, NULL);
    wake_close();
}

void tty_keep_modes(struct tty *tty) {
    struct termios modes;
    if (tcgetattr(tty->in, &modes) == 0) {
        tty->modes = modes;
    }
}

void tty_restore_modes(const struct tty *tty) {
    while (tcsetattr(tty->in, TCSADRAIN, &tty->modes) != 0 && errno == EINTR) {
    }
}

bool tty_newline(const struct tty *tty) {
    struct termios modes;
    tcflag_t both = OPOST | ONLCR;
    return tcgetattr(tty->out, &modes) != 0 || (modes.c_oflag & both) == both;
}

static void wake_drain(void) {
    char bytes[64];
    while (read(wake[0], bytes, sizeof bytes) > 0) {
    }
}

bool tty_wait(struct tty *tty, int milliseconds) {
    fd_set ready;
    FD_ZERO(&ready);
    FD_SET(wake[0], &ready);
    if (!tty->gone) {
        FD_SET(tty->in, &ready);
    }
    struct timeval limit = {milliseconds / 1000, milliseconds % 1000 * 1000};
    int top = wake[0] > tty->in ? wake[0] : tty->in;
    if (select(top + 1, &ready, NULL, NULL, milliseconds < 0 ? NULL : &limit) <= 0) {
        return false; /* the time is over, or a signal came */
    }
    if (FD_ISSET(wake[0], &ready)) {
        wake_drain();
    }
    return !tty->gone && FD_ISSET(tty->in, &ready);
}

size_t tty_read(struct tty *tty, char *bytes, size_t count) {
    ssize_t got = read(tty->in, bytes, count);
    if (got > 0) {
        return (size_t)got;
    }
    if (got == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) {
        tty->gone = true;
    }
    return 0;
}

/* Does the terminal take bytes, within the time? NULL: wait for it, or for a signal. */
static bool has_room(int out, struct timeval *limit) {
    fd_set room, woken;
    FD_ZERO(&room);
    FD_SET(out, &room);
    FD_ZERO(&woken);
    if (wake[0] >= 0) {
        FD_SET(wake[0], &woken);
    }
    int top = wake[0] > out ? wake[0] : out;
    int ready = select(top + 1, &woken, &room, NULL, limit);
    if (ready > 0 && wake[0] >= 0 && FD_ISSET(wake[0], &woken)) {
        wake_drain(); /* the marks stay, and are looked at before the next wait */
    }
    return ready > 0 ? FD_ISSET(out, &room) : ready < 0 && errno != EINTR; /* write() tells */
}

/* Wait until the terminal takes bytes: it may be stopped by ^S, slow, or not waited for by
 * write(). One that takes none when the program is told to quit is no reason to stay: what it
 * has not shown yet is dropped, so that it can be given back. False where it takes none even
 * then. */
static bool wait_for_room(const struct tty *tty) {
    struct timeval now = {0, 0};
    while (tty_quit_signal() == 0) {
        if (has_room(tty->out, NULL)) {
            return true;
        }
    }
    if (has_room(tty->out, &now)) {
        return true;
    }
    (void)tcflow(tty->out, TCOON);
    (void)tcflush(tty->out, TCOFLUSH);
    now = (struct timeval){0, 0};
    return has_room(tty->out, &now);
}

void tty_write(const struct tty *tty, const char *bytes, size_t count) {
    while (count > 0 && wait_for_room(tty)) {
        ssize_t wrote = write(tty->out, bytes, count);
        if (wrote < 0 && errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
            return;
        }
        bytes += wrote > 0 ? wrote : 0;
        count -= wrote > 0 ? (size_t)wrote : 0;
    }
}

bool tty_take_signal(int bits) {
    bool found = false;
    for (size_t i = 0; i < WATCHED_COUNT; i++) {
        if (marks[i] && (WATCHED[i].bit & bits)) {
            marks[i] = 0;
            found = true;
        }
    }
    return found;
}

int tty_quit_signal(void) {
    for (size_t i = 0; i < WATCHED_COUNT; i++) {
        if (marks[i] && WATCHED[i].bit == TTY_QUIT) {
            return WATCHED[i].number;
        }
    }
    return 0;
}

/* Stop by a signal to this process or to its group, until SIGCONT; false where the signal
 * was of no avail (nobody could continue a group that has lost its shell). */
static bool stop_by(int number, bool group) {
    (void)tty_take_signal(TTY_CONTINUED);
    if (group) {
        (void)kill(0, number);
    } else {
        (void)raise(number);
    }
    /* Here the process is stopped. */
    return tty_take_signal(TTY_CONTINUED);
}

void tty_stop(bool group) {
    struct sigaction ours;
    struct sigaction standard = {.sa_handler = SIG_DFL};
    (void)sigaction(SIGTSTP, NULL, &ours);
    if (ours.sa_handler == SIG_IGN) {
        return;
    }
    (void)sigaction(SIGTSTP, &standard, NULL);
    (void)stop_by(SIGTSTP, group);
    (void)sigaction(SIGTSTP, &ours, NULL);
    (void)tty_take_signal(TTY_SUSPEND);
}

static bool in_background(const struct tty *tty) {
    pid_t front = tcgetpgrp(tty->in);
    return front >= 0 && front != getpgrp();
}

void tty_wait_for_front(const struct tty *tty) {
    bool stopped = true;
    while (stopped && in_background(tty) && tty_quit_signal() == 0) {
        stopped = stop_by(SIGTTOU, true);
    }
}

bool tty_size(const struct tty *tty, int *rows, int *cols) {
    struct winsize size;
    if (ioctl(tty->out, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
        return false;
    }
    *rows = size.ws_row;
    *cols = size.ws_col;
    return true;
}

int64_t tty_now(void) {
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
