/*
 * term/terminal.c - the terminal as the rest of the program sees it: device,
 * keys and screen put together, and what each signal means.
 *
 * The order of things in terminal_wait(): signals first, then what is left of
 * the bytes that came, then waiting for more. Nothing here is done inside a
 * signal handler.
 */
#include "term/terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "term/display.h"
#include "term/keys.h"
#include "term/tty.h"

enum { CONTROL_C = 3, CONTROL_Z = 26, CONTROL_BACKSLASH = 28, CHUNK = 4096 };

struct terminal {
    struct tty tty;
    struct keys keys;
    struct display *display;
    bool ascii;
    bool away;       /* the first screen is shown: stopped, or about to go on */
    bool resumed;    /* from a stop of which no event has told yet */
    int quit;        /* -1: no; else the signal, 0 for a lost terminal */
    int64_t drained; /* when (tty_now) all that had come was read; -1: more may be there */
};

/* A crash puts the terminal back with these bytes from now on. */
static void arm(struct terminal *terminal) {
    char bytes[CRASH_BYTES_MAX];
    size_t count = display_restore_bytes(terminal->display, bytes);
    crash_arm(terminal->tty.out, &terminal->tty.modes, bytes, count);
}

static void match_size(struct terminal *terminal) {
    int rows;
    int cols;
    if (tty_size(&terminal->tty, &rows, &cols)) {
        display_resize(terminal->display, rows, cols);
    }
}

enum status terminal_open(struct terminal **out, const struct terminal_options *options,
                          struct error *error) {
    struct terminal *terminal = memory_array(1, sizeof *terminal);
    if (!terminal) {
        return error_memory(error);
    }
    enum status status = tty_open(&terminal->tty, error);
    if (status != STATUS_OK) {
        free(terminal);
        return status;
    }
    struct display_options wanted = {&terminal->tty, options->no_color, options->no_mouse,
                                     options->theme};
    status = display_open(&terminal->display, &wanted, error);
    if (status != STATUS_OK) {
        tty_restore_modes(&terminal->tty);
        tty_close();
        free(terminal);
        return status;
    }
    keys_open(&terminal->keys, utf8_in_locale());
    terminal->ascii = options->ascii || !terminal->keys.utf8;
    terminal->quit = -1;
    match_size(terminal);
    arm(terminal);
    *out = terminal;
    return STATUS_OK;
}

void terminal_close(struct terminal *terminal) {
    if (!terminal) {
        return;
    }
    display_close(terminal->display);
    if (!terminal->away) {
        tty_restore_modes(&terminal->tty);
    }
    crash_disarm();
    tty_close();
    keys_close(&terminal->keys);
    free(terminal);
}

void terminal_leave(struct terminal *terminal) {
    if (terminal) {
        tty_refuse_interrupts();
        terminal_close(terminal);
    }
}

void terminal_size(const struct terminal *terminal, int *rows, int *cols) {
    display_size(terminal->display, rows, cols);
}

bool terminal_is_ascii(const struct terminal *terminal) {
    return terminal->ascii;
}

const char *terminal_type(const struct terminal *terminal) {
    return display_terminal_type(terminal->display);
}

void terminal_set_theme(struct terminal *terminal, const struct theme *theme) {
    display_set_theme(terminal->display, theme);
}

void terminal_set_mouse(struct terminal *terminal, bool on) {
    display_set_mouse(terminal->display, on);
    arm(terminal);
}

/* Notice a signal to quit, or a lost terminal; true if there is one. */
static bool quitting(struct terminal *terminal) {
    if (terminal->quit <= 0 && tty_quit_signal() != 0) {
        terminal->quit = tty_quit_signal();
    } else if (terminal->quit < 0 && terminal->tty.gone) {
        terminal->quit = 0;
    }
    return terminal->quit >= 0;
}

void terminal_show(struct terminal *terminal, const struct canvas *canvas, bool redraw) {
    if (!terminal->away && !quitting(terminal)) {
        display_show(terminal->display, canvas, redraw);
    }
}

static bool quit_event(const struct terminal *terminal, struct event *event) {
    *event = (struct event){.type = EVENT_QUIT, .key = terminal->quit};
    return true;
}

/* Stop as on ^Z and come back. A process that is told to quit while it is
 * stopped leaves without touching a terminal that is another's by now. */
static bool go_away(struct terminal *terminal, bool group) {
    display_suspend(terminal->display);
    tty_restore_modes(&terminal->tty);
    crash_disarm();
    terminal->away = true;
    tty_stop(group);
    tty_wait_for_front(&terminal->tty);
    if (quitting(terminal)) {
        return false;
    }
    tty_keep_modes(&terminal->tty); /* the shell's of now */
    display_resume(terminal->display);
    terminal->away = false;
    return true;
}

static bool resume_event(struct terminal *terminal, struct event *event) {
    terminal->resumed = false;
    match_size(terminal);
    arm(terminal);
    *event = (struct event){.type = EVENT_RESUME};
    return true;
}

static bool suspend(struct terminal *terminal, bool group, struct event *event) {
    return go_away(terminal, group) ? resume_event(terminal, event) : quit_event(terminal, event);
}

/* What the signals that came mean; true when `event` is filled. */
static bool signal_event(struct terminal *terminal, struct event *event) {
    if (quitting(terminal)) {
        return quit_event(terminal, event);
    }
    if (tty_take_signal(TTY_SUSPEND)) {
        return suspend(terminal, false, event);
    }
    if (tty_take_signal(TTY_CONTINUED)) { /* after SIGSTOP: we were stopped unasked */
        tty_wait_for_front(&terminal->tty);
        display_resume(terminal->display);
        return resume_event(terminal, event);
    }
    if (terminal->resumed) {
        return resume_event(terminal, event);
    }
    if (tty_take_signal(TTY_INTERRUPT)) {
        *event = (struct event){.type = EVENT_INTERRUPT, .key = CONTROL_C};
        return true;
    }
    if (tty_take_signal(TTY_RESIZED)) {
        match_size(terminal);
        arm(terminal);
        *event = (struct event){.type = EVENT_RESIZE};
        return true;
    }
    return false;
}

/* Keys that are signals in a terminal's ordinary mode; true when `event` stays. */
static bool key_event(struct terminal *terminal, struct event *event) {
    if (event->type != EVENT_KEY || event->modifiers != 0) {
        return true;
    }
    if (event->key == CONTROL_C) {
        event->type = EVENT_INTERRUPT;
    } else if (event->key == CONTROL_BACKSLASH) {
        terminal->quit = SIGQUIT;
        return quit_event(terminal, event);
    } else if (event->key == CONTROL_Z) {
        return suspend(terminal, true, event);
    }
    return true;
}

/* Take in what can be read, if there is room for it. */
static void take_bytes(struct terminal *terminal, int milliseconds) {
    size_t room = keys_room(&terminal->keys);
    if (tty_wait(&terminal->tty, milliseconds) && room > 0) {
        char bytes[CHUNK];
        size_t count = tty_read(&terminal->tty, bytes, room < CHUNK ? room : CHUNK);
        if (count > 0) {
            int64_t now = tty_now();
            keys_push(&terminal->keys, bytes, count, now);
            terminal->drained = count < CHUNK && count < room ? now : -1;
        }
    }
}

void terminal_wait(struct terminal *terminal, int milliseconds, struct event *event) {
    int64_t now = tty_now();
    int64_t deadline = now + milliseconds;
    bool asked = false; /* the terminal was asked once, also when there is no time */
    for (;;) {
        int partial;
        if (signal_event(terminal, event)) {
            return;
        }
        now = tty_now();
        if (keys_next(&terminal->keys, now, event, &partial)) {
            if (key_event(terminal, event)) {
                return;
            }
            continue;
        }
        int64_t left = milliseconds < 0 ? -1 : deadline > now ? deadline - now : 0;
        asked = asked || now == terminal->drained; /* nothing more within the millisecond */
        if (left == 0 && asked) {
            *event = (struct event){.type = EVENT_NONE};
            return;
        }
        if (partial >= 0 && (left < 0 || partial < left)) {
            left = partial;
        }
        take_bytes(terminal, (int)left);
        asked = true;
    }
}

bool terminal_halves(const struct terminal *terminal) {
    return !terminal_is_ascii(terminal) && display_halves(terminal->display);
}

/* Stop and come back in the middle of a computation: the event follows after it, for the
 * screen keeps its size so long. */
static void stop_if_asked(struct terminal *terminal) {
    bool key = keys_take(&terminal->keys, CONTROL_Z);
    if (tty_take_signal(TTY_CONTINUED)) {
        tty_wait_for_front(&terminal->tty);
        display_resume(terminal->display);
        terminal->resumed = true;
    }
    if (tty_take_signal(TTY_SUSPEND) || key) {
        terminal->resumed = go_away(terminal, key);
        if (terminal->resumed) {
            arm(terminal);
        }
    }
}

bool terminal_interrupted(struct terminal *terminal) {
    bool interrupted = tty_take_signal(TTY_INTERRUPT);
    while (tty_wait(&terminal->tty, 0)) {
        char bytes[CHUNK];
        size_t room = keys_room(&terminal->keys);
        size_t count = tty_read(&terminal->tty, bytes, CHUNK);
        if (count == 0) {
            break;
        }
        /* What the queue cannot hold is lost, but never ^C. */
        keys_push(&terminal->keys, bytes, count < room ? count : room, tty_now());
        if (count > room && memchr(bytes + room, CONTROL_C, count - room)) {
            interrupted = true;
        }
    }
    interrupted = keys_take(&terminal->keys, CONTROL_C) || interrupted;
    stop_if_asked(terminal);
    return interrupted || quitting(terminal);
}
