/*
 * tests/support/pty.c - a program in a pseudo-terminal, behind an emulator.
 *
 * Three processes: the test; a small shell (pty_shell.c); the program.
 */
#include "pty_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__APPLE__) || defined(__NetBSD__) || defined(__OpenBSD__)
#include <util.h>
#elif defined(__FreeBSD__) || defined(__DragonFly__)
#include <libutil.h>
#else
/* Not by <pty.h>: that may find our own. */
int forkpty(int *master, char *name, const struct termios *modes, const struct winsize *size);
#endif

#include <cmocka.h>

enum { PATIENCE_MS = 30000, LOOK_MS = 100 };

/* -- The emulator -------------------------------------------------------------------- */

static int on_property(VTermProp property, VTermValue *value, void *user) {
    struct pty *pty = user;
    if (property == VTERM_PROP_ALTSCREEN) {
        pty->state.alternate_screen = value->boolean != 0;
    } else if (property == VTERM_PROP_CURSORVISIBLE) {
        pty->state.cursor_visible = value->boolean != 0;
    } else if (property == VTERM_PROP_MOUSE) {
        pty->state.mouse = value->number;
    }
    return 1;
}

static int on_cursor(VTermPos position, VTermPos before, int visible, void *user) {
    struct pty *pty = user;
    (void)before;
    (void)visible;
    pty->state.row = position.row;
    pty->state.col = position.col;
    return 1;
}

static const VTermScreenCallbacks CALLBACKS = {.settermprop = on_property, .movecursor = on_cursor};

static void emulator_open(struct pty *pty) {
    pty->vterm = vterm_new(pty->rows, pty->cols);
    assert_non_null(pty->vterm);
    vterm_set_utf8(pty->vterm, 1);
    pty->screen = vterm_obtain_screen(pty->vterm);
    pty->state.cursor_visible = true;
    vterm_screen_set_callbacks(pty->screen, &CALLBACKS, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
}

/* libvterm does not tell about bracketed paste: the last order counts. */
static void track_paste(struct pty *pty, size_t from) {
    static const char ORDER[] = "\033[?2004";
    size_t length = sizeof ORDER - 1;
    size_t start = from > length ? from - length : 0;
    for (size_t i = start; i + length < pty->output_count; i++) {
        if (memcmp(pty->output + i, ORDER, length) == 0) {
            pty->state.bracketed_paste = pty->output[i + length] == 'h';
        }
    }
}

static void take_output(struct pty *pty, const char *bytes, size_t count) {
    if (pty->output_count + count > pty->output_room) {
        pty->output_room = (pty->output_count + count) * 2;
        pty->output = realloc(pty->output, pty->output_room);
        assert_non_null(pty->output);
    }
    memcpy(pty->output + pty->output_count, bytes, count);
    pty->output_count += count;
    track_paste(pty, pty->output_count - count);
    vterm_input_write(pty->vterm, bytes, count);
    vterm_screen_flush_damage(pty->screen);
    char answer[256];
    size_t length = vterm_output_read(pty->vterm, answer, sizeof answer);
    if (length > 0 && pty->master >= 0) {
        (void)!write(pty->master, answer, length);
    }
}

/* -- Starting and waiting -------------------------------------------------------------- */

static long long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How long is still waited. Time in which nothing ran here, since the test was itself
 * stopped, does not count. */
struct patience {
    long long left, looked;
};

static struct patience patience_new(void) {
    return (struct patience){PATIENCE_MS, now_ms()};
}

static bool patience_is_over(struct patience *patience) {
    long long now = now_ms(), passed = now - patience->looked;
    patience->looked = now;
    patience->left -= passed < 2 * LOOK_MS ? passed : 2 * LOOK_MS;
    return patience->left < 0;
}

static void take_report(struct pty *pty) {
    struct pty_report report;
    ssize_t got = read(pty->reports, &report, sizeof report);
    if (got != (ssize_t)sizeof report) {
        close(pty->reports);
        pty->reports = -1;
        return;
    }
    if (report.what == 'P') {
        pty->program = (pid_t)report.value;
    } else if (report.what == 'S') {
        pty->stopped = true;
        pty->stop_signal = report.value;
    } else {
        pty->exited = true;
        pty->exit_status = report.value;
    }
}

/* Take in what the program wrote and what the shell reports. Reports wait until
 * all output is in: what was written before an end is seen before it. */
static void pump(struct pty *pty, int milliseconds, short also) {
    int master = pty->unread ? -1 : pty->master;
    struct pollfd fds[2] = {{master, (short)(POLLIN | also), 0}, {pty->reports, POLLIN, 0}};
    if (poll(fds, 2, milliseconds) <= 0) {
        return;
    }
    char bytes[16384];
    bool drained = true;
    if (master >= 0 && (fds[0].revents & (POLLIN | POLLHUP))) {
        ssize_t got = read(pty->master, bytes, sizeof bytes);
        if (got > 0) {
            take_output(pty, bytes, (size_t)got);
            drained = false;
        }
    }
    if (drained && pty->reports >= 0 && (fds[1].revents & (POLLIN | POLLHUP))) {
        take_report(pty);
    }
}

static void show_and_fail(struct pty *pty, const char *what) {
    fprintf(stderr, "waited in vain for %s; the screen is:\n", what);
    for (int row = 0; row < pty->rows; row++) {
        fprintf(stderr, "  |%s\n", pty_row_text(pty, row));
    }
    if (pty->exited) {
        fprintf(stderr, "  the program has ended, status 0x%x\n", (unsigned)pty->exit_status);
    }
    pty_close(pty);
    fail_msg("waited in vain for %s", what);
}

static bool has_stopped(struct pty *pty, void *context) {
    (void)context;
    return pty->stopped;
}

void pty_wait(struct pty *pty, bool (*holds)(struct pty *pty, void *context), void *context,
              const char *what) {
    struct patience patience = patience_new();
    while (!holds(pty, context)) {
        if (patience_is_over(&patience)) {
            show_and_fail(pty, what);
        }
        if (pty->stopped && pty->stop_signal == SIGSTOP && holds != has_stopped) {
            pty_continue(pty, true); /* somebody stopped it who is no part of the test */
        }
        pump(pty, LOOK_MS, 0);
    }
}

static bool has_program(struct pty *pty, void *context) {
    (void)context;
    return pty->program > 0;
}

/* Modes that no program would come up with by itself. */
static void set_unusual_modes(struct pty *pty) {
    assert_int_equal(tcgetattr(pty->master, &pty->modes), 0);
    pty->modes.c_lflag &= ~(tcflag_t)ECHOK;
    pty->modes.c_iflag |= IGNBRK;
    pty->modes.c_cc[VSTART] = 14;
    pty->modes.c_cc[VKILL] = (cc_t)PTY_KILL[0];
    assert_int_equal(tcsetattr(pty->master, TCSANOW, &pty->modes), 0);
    assert_int_equal(tcgetattr(pty->master, &pty->modes), 0);
}

struct pty *pty_start(const struct pty_options *options) {
    struct pty *pty = calloc(1, sizeof *pty);
    int reports[2];
    int orders[2];
    assert_non_null(pty);
    assert_int_equal(pipe(reports), 0);
    assert_int_equal(pipe(orders), 0);
    pty->rows = options->rows > 0 ? options->rows : 24;
    pty->cols = options->cols > 0 ? options->cols : 80;
    emulator_open(pty);
    struct winsize size = {.ws_row = (unsigned short)pty->rows,
                           .ws_col = (unsigned short)pty->cols};
    fflush(NULL);
    pty->shell = forkpty(&pty->master, NULL, NULL, &size);
    if (pty->shell == 0) {
        close(reports[0]);
        close(orders[1]);
        pty_run_shell(options, reports[1], orders[0]);
    }
    close(reports[1]);
    close(orders[0]);
    pty->reports = reports[0];
    pty->orders = orders[1];
    assert_true(pty->shell > 0);
    set_unusual_modes(pty);
    assert_int_equal(write(pty->orders, "g", 1), 1);
    fcntl(pty->master, F_SETFD, FD_CLOEXEC);
    fcntl(pty->reports, F_SETFD, FD_CLOEXEC);
    fcntl(pty->orders, F_SETFD, FD_CLOEXEC);
    pty_wait(pty, has_program, NULL, "the program to start");
    return pty;
}

struct pty *pty_program(int rows, int cols, const char *first, const char *second) {
    const char *argv[] = {getenv("BACKSTEP"), first, second, NULL};
    assert_non_null(argv[0]);
    return pty_start(&(struct pty_options){.argv = argv, .rows = rows, .cols = cols});
}

void pty_close(struct pty *pty) {
    if (pty->program > 0 && !pty->exited) {
        kill(pty->program, SIGKILL);
    }
    close(pty->orders);
    if (pty->reports >= 0) {
        close(pty->reports);
    }
    if (pty->master >= 0) {
        close(pty->master);
    }
    kill(pty->shell, SIGKILL);
    while (waitpid(pty->shell, NULL, 0) < 0 && errno == EINTR) {
    }
    vterm_free(pty->vterm);
    free(pty->output);
    free(pty);
}

/* Write without waiting for ever on a program that does not read: what it
 * writes meanwhile has to be taken in. */
void pty_send(struct pty *pty, const char *bytes, size_t count) {
    struct patience patience = patience_new();
    int flags = fcntl(pty->master, F_GETFL);
    fcntl(pty->master, F_SETFL, flags | O_NONBLOCK);
    while (count > 0 && !pty->exited) {
        ssize_t wrote = write(pty->master, bytes, count);
        if (wrote > 0) {
            bytes += wrote;
            count -= (size_t)wrote;
            continue;
        }
        if (patience_is_over(&patience)) {
            fcntl(pty->master, F_SETFL, flags);
            show_and_fail(pty, "the program to read");
        }
        pump(pty, LOOK_MS, POLLOUT);
    }
    fcntl(pty->master, F_SETFL, flags);
}

void pty_read(struct pty *pty, bool on) {
    pty->unread = !on;
}

bool pty_has_unread(const struct pty *pty) {
    struct pollfd fd = {pty->master, POLLIN, 0};
    return poll(&fd, 1, 0) > 0 && (fd.revents & POLLIN);
}

void pty_type(struct pty *pty, const char *string) {
    pty_send(pty, string, strlen(string));
}

void pty_resize(struct pty *pty, int rows, int cols) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    pty->rows = rows;
    pty->cols = cols;
    vterm_set_size(pty->vterm, rows, cols);
    assert_int_equal(ioctl(pty->master, TIOCSWINSZ, &size), 0);
}

/* -- Modes, signals and ends --------------------------------------------------------------------- */

void pty_edit_modes(struct pty *pty, bool on) {
    struct termios modes = pty->modes;
    if (on) {
        modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    }
    assert_int_equal(tcsetattr(pty->master, TCSANOW, &modes), 0);
}

bool pty_modes_as_before(const struct pty *pty) {
    const struct termios *before = &pty->modes;
    struct termios now;
    assert_int_equal(tcgetattr(pty->master, &now), 0);
    return now.c_iflag == before->c_iflag && now.c_oflag == before->c_oflag &&
           now.c_cflag == before->c_cflag && now.c_lflag == before->c_lflag &&
           memcmp(now.c_cc, before->c_cc, sizeof now.c_cc) == 0;
}

void pty_assert_given_back(struct pty *pty) {
    struct pty_state state = pty_state(pty);
    assert_false(state.alternate_screen);
    assert_true(state.cursor_visible);
    assert_int_equal(state.mouse, 0);
    assert_false(state.bracketed_paste);
    assert_true(state.plain);
    assert_true(pty_modes_as_before(pty));
}

pid_t pty_pid(const struct pty *pty) {
    return pty->program;
}

void pty_signal(struct pty *pty, int number) {
    assert_int_equal(kill(pty->program, number), 0);
}

static bool has_exited(struct pty *pty, void *context) {
    (void)context;
    return pty->exited;
}

int pty_wait_exit(struct pty *pty) {
    pty_wait(pty, has_exited, NULL, "the program to end");
    return pty->exit_status;
}

void pty_leave(struct pty *pty, const char *keys) {
    pty_type(pty, keys);
    int status = pty_wait_exit(pty);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    pty_assert_given_back(pty);
    pty_close(pty);
}

int pty_wait_stopped(struct pty *pty) {
    pty_wait(pty, has_stopped, NULL, "the program to stop");
    return pty->stop_signal;
}

void pty_continue(struct pty *pty, bool foreground) {
    pty->stopped = false;
    assert_int_equal(write(pty->orders, foreground ? "f" : "b", 1), 1);
}

void pty_hang_up(struct pty *pty) {
    close(pty->master);
    pty->master = -1;
}
