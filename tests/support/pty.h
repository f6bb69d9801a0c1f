/*
 * tests/support/pty.h - a program in a pseudo-terminal, as a person has it: what
 * it writes goes through a terminal emulator (libvterm), and a test looks at
 * the cells, the cursor and the modes that come of it.
 *
 * Nothing sleeps: waiting is for a condition, with a generous deadline whose
 * end fails the test and shows the screen. Where test or program are stopped from outside
 * for a while, they go on after it. The program has a small shell above
 * it that does what shells do: a process group of its own, stop and continue.
 */
#ifndef BACKSTEP_TESTS_PTY_H
#define BACKSTEP_TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Whether the program under test is built with a sanitizer, which answers some signals
 * itself. */
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

struct pty;

struct pty_options {
    const char *const *argv; /* NULL-terminated; NULL: the program $BACKSTEP alone */
    int rows, cols;          /* 0: 24 and 80 */
    const char *term;        /* NULL: xterm-256color; "": unset */
    /* "NAME=VALUE" sets, "NAME" unsets; NULL-terminated, or NULL. Without them
     * COLORTERM, NO_COLOR, LINES and COLUMNS are unset, INPUTRC is /dev/null
     * and LC_ALL is C.UTF-8. */
    const char *const *environment;
};

/* Colours of a cell: PTY_DEFAULT, 0 to 255 for the palette, PTY_RGB + 0xRRGGBB. */
enum { PTY_DEFAULT = -1, PTY_RGB = 0x1000000 };

struct pty_cell {
    uint32_t glyph, mark; /* glyph is ' ' where nothing was written */
    int width;
    bool bold, underline, italic, reverse;
    int foreground, background;
};

/* What the program has asked of the terminal. */
struct pty_state {
    bool alternate_screen;
    bool cursor_visible;
    int mouse; /* 0 off, 1 clicks, 2 drags, 3 all */
    bool bracketed_paste;
    bool plain;   /* what is written next has no colours and no attributes */
    int row, col; /* of the cursor */
};

struct pty *pty_start(const struct pty_options *options); /* never NULL: fails the test */

/* The program with these arguments (NULL: no more) in a terminal of this size (0: the usual). */
struct pty *pty_program(int rows, int cols, const char *first, const char *second);

/* Kills the program if it is still there, and frees. */
void pty_close(struct pty *pty);

void pty_type(struct pty *pty, const char *string);
void pty_send(struct pty *pty, const char *bytes, size_t count);
void pty_resize(struct pty *pty, int rows, int cols);

/* Off: nobody takes what the program writes, as with a terminal that is stopped. And
 * whether there is anything to take. */
void pty_read(struct pty *pty, bool on);
bool pty_has_unread(const struct pty *pty);

/* Wait until `holds(pty, context)`; fails the test when it takes too long. */
void pty_wait(struct pty *pty, bool (*holds)(struct pty *pty, void *context), void *context,
              const char *what);
void pty_wait_text(struct pty *pty, const char *string); /* anywhere on the screen */
void pty_wait_gone(struct pty *pty, const char *string);

/* Type, and wait until a text is seen in answer; or until it is no more. */
void pty_see(struct pty *pty, const char *typed, const char *string);
void pty_lose(struct pty *pty, const char *typed, const char *string);

void pty_wait_row(struct pty *pty, int row, const char *string);    /* in that row */
void pty_wait_row_is(struct pty *pty, int row, const char *string); /* no more than that */
void pty_wait_cursor(struct pty *pty, int row, int col);

/* Row `row` as UTF-8 without blanks at its end; valid until the next call. */
const char *pty_row_text(struct pty *pty, int row);
bool pty_has_text(struct pty *pty, const char *string);
/* The first cell of a text, which must be there. */
void pty_find(struct pty *pty, const char *string, int *row, int *col);
struct pty_cell pty_cell(struct pty *pty, int row, int col);
struct pty_state pty_state(const struct pty *pty);

/* All bytes that the program has written since pty_forget(), or the start. */
const char *pty_output(const struct pty *pty, size_t *count);
void pty_forget(struct pty *pty);

/* The key that kills a line in the terminal's modes, as with 'stty kill ^^'. */
#define PTY_KILL "\036"

/* True if the terminal's modes are those that it had before the program started
 * (which are not the usual ones, so that nobody can guess them). */
bool pty_modes_as_before(const struct pty *pty);

/* As a shell does whose prompt edits its line: no echo, byte by byte. And as before. */
void pty_edit_modes(struct pty *pty, bool on);

/* The terminal is as if nobody had ever been there. */
void pty_assert_given_back(struct pty *pty);

/* Signals to the program, and what becomes of it. */
pid_t pty_pid(const struct pty *pty);
void pty_signal(struct pty *pty, int number);
int pty_wait_exit(struct pty *pty); /* the status, as waitpid() gives it */
/* Type what ends it well: status 0, the terminal given back; and close. */
void pty_leave(struct pty *pty, const char *keys);
int pty_wait_stopped(struct pty *pty); /* the signal that stopped it */
void pty_continue(struct pty *pty, bool foreground);
void pty_hang_up(struct pty *pty); /* the terminal goes away */

#endif
