/*
 * term/screen.c - the terminal as a screen, by ncurses.
 *
 * ncurses knows the terminal, opens it, gives it back and stops it; it reads nothing,
 * and its windows stay empty. What is on the screen is painted by term/paint.c with
 * terminfo's sequences: by way of windows a frame took longer and more bytes, since
 * ncurses works a style out anew at each change of it, and sends what it has at each
 * move of the cursor; `make bench` measures. Every role has a style, worked out when
 * the theme is set; on a terminal without colours it is the attributes for that case.
 */
#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <term.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/table.h"
#include "term/capability.h"
#include "term/direct.h"
#include "term/display.h"
#include "term/paint.h"

enum { TYPE_MAX = 64, DIRECT_COLORS = 257, COLORS_LEAST = 8 };

struct display {
    const struct tty *tty;
    SCREEN *screen;
    char type[TYPE_MAX];
    const struct theme *theme;
    int colors;      /* how many; 0: none, or none are wanted */
    bool own_colors; /* the terminal's own can be chosen again */
    bool reports;    /* xterm's mouse and paste reports are on */
    bool cursor;     /* it is shown */
    int bits[3];     /* direct colours: bits of red, green, blue */
    struct pen pen;
    struct paint paint;
    const char *reports_on, *reports_off;
};

#define MOUSE_ALONE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_ALONE_OFF "\033[?1006l\033[?1002l\033[?1000l"
static const char PASTE_ON[] = "\033[?2004h";
static const char PASTE_OFF[] = "\033[?2004l";
static const char MOUSE_ON[] = "\033[?2004h" MOUSE_ALONE_ON;
static const char MOUSE_OFF[] = MOUSE_ALONE_OFF "\033[?2004l";

static void write_all(const struct display *display, const char *bytes) {
    tty_write(display->tty, bytes, strlen(bytes));
}

/* Nobody knows what the terminal shows, nor in which style. */
static void forget(struct display *display, int rows, int cols) {
    paint_forget(&display->paint, rows, cols);
    pen_forget(&display->pen, rows, cols);
}

/* Send what the pen has written. */
static void send_pen(struct display *display) {
    size_t count;
    const char *bytes = pen_bytes(&display->pen, &count);
    tty_write(display->tty, bytes, count);
    if (!pen_done(&display->pen)) { /* memory was short: begin anew */
        forget(display, display->paint.rows, display->paint.cols);
    }
}

/* -- Opening ---------------------------------------------------------------- */

/* What terminfo says of a type; nothing is sent and nothing stays behind. */
enum type_kind { TYPE_UNKNOWN, TYPE_STILL /* cannot move the cursor */, TYPE_GOOD };

static enum type_kind type_kind(const char *type) {
    int cause;
    if (setupterm(type, STDOUT_FILENO, &cause) != OK) {
        return TYPE_UNKNOWN;
    }
    enum type_kind kind = capability("cup") ? TYPE_GOOD : TYPE_STILL;
    (void)del_curterm(cur_term);
    return kind;
}

static enum status open_type(struct display *display, bool no_color, struct error *error) {
    const char *type = getenv("TERM");
    static const char ADVICE[] = "set TERM to what the terminal is, for instance xterm-256color";
    if (!type || !*type) {
        return error_set(error, STATUS_INPUT, "TERM is not set: %s", ADVICE);
    }
    enum type_kind kind = strlen(type) < TYPE_MAX ? type_kind(type) : TYPE_UNKNOWN;
    if (kind == TYPE_UNKNOWN) {
        return error_set(error, STATUS_INPUT, "unknown terminal type '%s': %s", type, ADVICE);
    }
    if (kind == TYPE_STILL) {
        return error_set(error, STATUS_INPUT, "terminal type '%s' cannot move the cursor: %s", type,
                         ADVICE);
    }
    if (no_color || !direct_type(type, getenv("COLORTERM"), display->type, TYPE_MAX) ||
        type_kind(display->type) != TYPE_GOOD) {
        memcpy(display->type, type, strlen(type) + 1);
    }
    display->screen = newterm(display->type, stdout, stdin);
    return display->screen ? STATUS_OK
                           : error_set(error, STATUS_INPUT, "terminal type '%s' cannot be used: %s",
                                       type, ADVICE);
}

static void start_colors(struct display *display, bool no_color) {
    char number[] = "colors", direct[] = "RGB", own[] = "AX";
    int colors = tigetnum(number);
    if (no_color || colors < COLORS_LEAST || !capability("setaf") || !capability("setab")) {
        return;
    }
    display->colors = colors;
    display->own_colors = capability("op") || tigetflag(own) > 0;
    if (colors >= DIRECT_COLORS) {
        direct_bits(colors, tigetnum(direct), capability(direct), display->bits);
    }
}

static void choose_reports(struct display *display, bool mouse) {
    display->reports_on = mouse ? MOUSE_ON : PASTE_ON;
    display->reports_off = mouse ? MOUSE_OFF : PASTE_OFF;
}

void display_set_mouse(struct display *display, bool on) {
    choose_reports(display, on);
    if (display->reports) {
        write_all(display, on ? MOUSE_ALONE_ON : MOUSE_ALONE_OFF);
    }
}

enum status display_open(struct display **out, const struct display_options *options,
                         struct error *error) {
    struct display *display = memory_array(1, sizeof *display);
    if (!display) {
        return error_memory(error);
    }
    enum status status = open_type(display, options->no_color, error);
    if (status != STATUS_OK) {
        free(display);
        return status;
    }
    display->tty = options->tty;
    (void)raw();
    (void)noecho();
    (void)nonl();
    pen_open(&display->pen, tty_newline(options->tty));
    (void)typeahead(-1);
    (void)leaveok(stdscr, FALSE);
    (void)scrollok(stdscr, FALSE);
    start_colors(display, options->no_color);
    display_set_theme(display, options->theme ? options->theme : theme_at(0));
    display->reports = capability("kmous") != NULL;
    display->cursor = true;
    choose_reports(display, !options->no_mouse);
    (void)refresh();
    if (display->reports) {
        write_all(display, display->reports_on);
    }
    display_resize(display, LINES, COLS);
    *out = display;
    return STATUS_OK;
}

void display_close(struct display *display) {
    if (!display) {
        return;
    }
    if (!isendwin()) {
        display_suspend(display);
    }
    delscreen(display->screen);
    pen_close(&display->pen);
    paint_close(&display->paint);
    free(display);
}

void display_suspend(struct display *display) {
    if (display->reports) {
        write_all(display, display->reports_off);
    }
    pen_style(&display->pen, (struct style){STYLE_OWN, STYLE_OWN, 0});
    pen_cursor(&display->pen, true);
    send_pen(display);
    display->cursor = true;
    (void)endwin();
}

void display_resume(struct display *display) {
    (void)def_shell_mode();
    (void)reset_prog_mode();
    (void)clearok(curscr, TRUE);
    (void)refresh();
    if (display->reports) {
        write_all(display, display->reports_on);
    }
    forget(display, display->paint.rows, display->paint.cols);
}

void display_size(const struct display *display, int *rows, int *cols) {
    *rows = display->paint.rows;
    *cols = display->paint.cols;
}

void display_resize(struct display *display, int rows, int cols) {
    rows = rows < 1 ? 1 : rows > CANVAS_MAX_ROWS ? CANVAS_MAX_ROWS : rows;
    cols = cols < 1 ? 1 : cols > CANVAS_MAX_COLS ? CANVAS_MAX_COLS : cols;
    (void)resizeterm(rows, cols);
    forget(display, rows, cols);
}

/* -- Colours ---------------------------------------------------------------- */

/* The number of a colour at the terminal's depth. Where its own cannot be chosen, it
 * is white on black. */
static int color_number(const struct display *display, const struct color *color, int fallback) {
    int number;
    if (display->colors >= DIRECT_COLORS) {
        number = color->rgb == COLOR_DEFAULT ? STYLE_OWN : direct_number(display->bits, color->rgb);
    } else {
        number = display->colors >= 256  ? color->palette256
                 : display->colors >= 16 ? color->palette16
                                         : color->palette8;
    }
    return number < 0 && !display->own_colors ? fallback : number;
}

void display_set_theme(struct display *display, const struct theme *theme) {
    display->theme = theme;
    display->paint.colors = display->colors > 0;
    for (int role = 0; role < ROLE_COUNT; role++) {
        const struct look *look = &theme->looks[role];
        struct style style = {STYLE_OWN, STYLE_OWN, look->mono_attributes};
        if (display->colors > 0) {
            style = (struct style){color_number(display, &look->foreground, COLOR_WHITE),
                                   color_number(display, &look->background, COLOR_BLACK),
                                   look->attributes};
        }
        display->paint.styles[role] = style;
    }
    forget(display, display->paint.rows, display->paint.cols);
}

bool display_halves(const struct display *display) {
    const struct color *paper = &display->theme->looks[ROLE_HEAT_0].background;
    return display->colors >= 256 && paper->palette256 != COLOR_DEFAULT;
}

/* -- Showing ---------------------------------------------------------------- */

void display_show(struct display *display, const struct canvas *canvas, bool redraw) {
    struct pen *pen = &display->pen;
    paint_canvas(&display->paint, pen, canvas, redraw);
    bool cursor = canvas->cursor_row >= 0 && canvas->cursor_row < display->paint.rows &&
                  canvas->cursor_col >= 0 && canvas->cursor_col < display->paint.cols;
    if (cursor) {
        pen_move(pen, canvas->cursor_row, canvas->cursor_col);
    }
    if (cursor != display->cursor) {
        pen_cursor(pen, cursor);
        display->cursor = cursor;
    }
    send_pen(display);
}

/* -- What the crash handler writes ------------------------------------------- */

/* Append a string without its padding, if all of it fits. */
static void append(char bytes[CRASH_BYTES_MAX], size_t *count, const char *value) {
    char plain[CRASH_BYTES_MAX];
    size_t length = capability_plain(value, plain, sizeof plain);
    if (length <= CRASH_BYTES_MAX - *count) {
        memcpy(bytes + *count, plain, length);
        *count += length;
    }
}

size_t display_restore_bytes(const struct display *display, char bytes[CRASH_BYTES_MAX]) {
    static const char *const NAMES[] = {"sgr0", "op", "cnorm"};
    size_t count = 0;
    append(bytes, &count, display->reports ? display->reports_off : NULL);
    for (size_t i = 0; i < TABLE_COUNT(NAMES); i++) {
        append(bytes, &count, capability(NAMES[i]));
    }
    const char *leave = capability("rmcup");
    append(bytes, &count, leave ? leave : "\r\n");
    return count;
}

const char *display_terminal_type(const struct display *display) {
    return display->type;
}
