/*
 * terminal.c - a program in a pseudo-terminal, with a clock.
 *
 * An answer is over when nothing has come for QUIET_MS; the time counted is that of
 * its last byte, so the wait itself is not measured.
 */
#define _GNU_SOURCE
#include "terminal.h"

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#if defined(__APPLE__) || defined(__NetBSD__) || defined(__OpenBSD__)
#include <util.h>
#elif defined(__FreeBSD__) || defined(__DragonFly__)
#include <libutil.h>
#else
#include <pty.h>
#endif

enum { ROWS = 40, COLS = 120, QUIET_MS = 20, PATIENCE_MS = 2000 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

struct terminal terminal_start(const char *const *argv, const char *home) {
    struct winsize size = {.ws_row = ROWS, .ws_col = COLS};
    struct terminal terminal = {.master = -1, .started = now()};
    terminal.pid = forkpty(&terminal.master, NULL, NULL, &size);
    if (terminal.pid < 0) {
        perror("forkpty");
        exit(1);
    }
    if (terminal.pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        unsetenv("COLORTERM");
        setenv("XDG_STATE_HOME", home, 1);
        setenv("XDG_CONFIG_HOME", home, 1);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return terminal;
}

static struct answer listen(struct terminal *terminal, double since, int quiet) {
    struct answer answer = {0, 0};
    struct pollfd ready = {.fd = terminal->master, .events = POLLIN};
    while (poll(&ready, 1, answer.bytes > 0 ? quiet : PATIENCE_MS) > 0) {
        char bytes[65536];
        ssize_t count = read(terminal->master, bytes, sizeof bytes);
        if (count <= 0) {
            break;
        }
        answer.seconds = now() - since;
        answer.bytes += (size_t)count;
    }
    return answer;
}

struct answer terminal_first_frame(struct terminal *terminal) {
    return listen(terminal, terminal->started, 300);
}

struct answer terminal_key(struct terminal *terminal, const char *bytes) {
    size_t length = 0;
    while (bytes[length]) {
        length++;
    }
    double begin = now();
    if (write(terminal->master, bytes, length) != (ssize_t)length) {
        return (struct answer){0, 0};
    }
    return listen(terminal, begin, QUIET_MS);
}

double terminal_used(const struct terminal *terminal) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/schedstat", (long)terminal->pid);
    FILE *file = fopen(path, "r");
    unsigned long long nanoseconds = 0;
    bool read = file && fscanf(file, "%llu", &nanoseconds) == 1;
    if (file) {
        fclose(file);
    }
    return read ? 1e-9 * (double)nanoseconds : -1;
}

void terminal_close(struct terminal *terminal) {
    kill(terminal->pid, SIGKILL);
    close(terminal->master);
    waitpid(terminal->pid, NULL, 0);
}
