/*
 * term/screen.c - a canvas on the screen, by ncurses; no other file knows it.
 *
 * ncurses draws and reads nothing. Every role has a colour pair of its own,
 * number role + 1, worked out when the theme is set, and behind those every two
 * heats that share a cell, when they are first seen; a role whose pair could not
 * be made, and every role on a terminal without colours, is shown by its
 * attributes for that case. `shown` is the canvas that the terminal shows, so
 * that ncurses is told about changed cells only.
 */
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#define _XOPEN_SOURCE 700 /* wcwidth() */
#include <ncurses.h>
#include <term.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "base/memory.h"
#include "base/text.h"
#include "term/direct.h"
#include "term/display.h"
#include "term/gather.h"

enum { TYPE_MAX = 64, DIRECT_COLORS = 257, HEATS = ROLE_HEAT_10 - ROLE_HEAT_0 + 1 };

struct style {
    attr_t attributes;
    short pair;
};

struct display {
    const struct tty *tty;
    SCREEN *screen;
    struct gather gather;
    char type[TYPE_MAX];
    const struct theme *theme;
    bool colors;         /* start_color() worked, and colours are wanted */
    bool default_colors; /* -1 may be used for the terminal's own */
    bool reports;        /* xterm's mouse and paste reports are on */
    int bits[3];         /* direct colours: bits of red, green, blue */
    struct style styles[ROLE_COUNT];
    bool halves[HEATS][HEATS]; /* this pair of heats has its colour pair */
    struct cell *shown;        /* [rows * cols], NULL when memory was short */
    int rows, cols;
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

/* A string capability, or NULL; tigetstr() says (char *)-1 for a wrong name. */
static const char *capability(const char *name) {
    char copy[16] = "";
    strncpy(copy, name, sizeof copy - 1);
    const char *value = tigetstr(copy);
    return value && value != (const char *)-1 && *value ? value : NULL;
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
    if (no_color || !has_colors() || start_color() == ERR || COLORS < 8 || COLOR_PAIRS < 8) {
        return;
    }
    display->colors = true;
    display->default_colors = use_default_colors() == OK;
    if (COLORS >= DIRECT_COLORS) {
        char name[] = "RGB";
        direct_bits(COLORS, tigetnum(name), capability(name), display->bits);
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
    display->gather = gather_open();
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)typeahead(-1);
    (void)leaveok(stdscr, FALSE);
    (void)scrollok(stdscr, FALSE);
    start_colors(display, options->no_color);
    display_set_theme(display, options->theme ? options->theme : theme_at(0));
    display->reports = capability("kmous") != NULL;
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
    gather_close(&display->gather);
    free(display->shown);
    free(display);
}

void display_suspend(struct display *display) {
    if (display->reports) {
        write_all(display, display->reports_off);
    }
    (void)curs_set(1);
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
    free(display->shown);
    display->shown = NULL;
}

void display_size(const struct display *display, int *rows, int *cols) {
    *rows = display->rows;
    *cols = display->cols;
}

void display_resize(struct display *display, int rows, int cols) {
    rows = rows < 1 ? 1 : rows > CANVAS_MAX_ROWS ? CANVAS_MAX_ROWS : rows;
    cols = cols < 1 ? 1 : cols > CANVAS_MAX_COLS ? CANVAS_MAX_COLS : cols;
    (void)resizeterm(rows, cols);
    display->rows = rows;
    display->cols = cols;
    free(display->shown);
    display->shown = NULL;
}

/* -- Colours ---------------------------------------------------------------- */

/* The number of a colour at the terminal's depth; -1 for the terminal's own. */
static int color_number(const struct display *display, const struct color *color, int fallback) {
    int number;
    if (COLORS >= DIRECT_COLORS) {
        number = color->rgb == COLOR_DEFAULT ? -1 : direct_number(display->bits, color->rgb);
    } else {
        number = COLORS >= 256  ? color->palette256
                 : COLORS >= 16 ? color->palette16
                                : color->palette8;
    }
    return number < 0 && !display->default_colors ? fallback : number;
}

static bool pair_set(int pair, int foreground, int background) {
    if (pair >= COLOR_PAIRS) {
        return false;
    }
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS
    return init_extended_pair(pair, foreground, background) != ERR;
#else
    return foreground <= 0x7FFF && background <= 0x7FFF &&
           init_pair((short)pair, (short)foreground, (short)background) != ERR;
#endif
}

static attr_t curses_attributes(int look) {
    attr_t attributes = A_NORMAL;
    attributes |= look & LOOK_BOLD ? A_BOLD : 0;
    attributes |= look & LOOK_DIM ? A_DIM : 0;
    attributes |= look & LOOK_UNDERLINE ? A_UNDERLINE : 0;
    attributes |= look & LOOK_REVERSE ? A_REVERSE : 0;
#ifdef A_ITALIC
    attributes |= look & LOOK_ITALIC ? A_ITALIC : 0;
#endif
    return attributes;
}

void display_set_theme(struct display *display, const struct theme *theme) {
    display->theme = theme;
    memset(display->halves, 0, sizeof display->halves);
    for (int role = 0; role < ROLE_COUNT; role++) {
        const struct look *look = &theme->looks[role];
        struct style *style = &display->styles[role];
        *style = (struct style){curses_attributes(look->mono_attributes), 0};
        if (!display->colors) {
            continue;
        }
        int foreground = color_number(display, &look->foreground, COLOR_WHITE);
        int background = color_number(display, &look->background, COLOR_BLACK);
        /* also for the terminal's own colours: ncurses leaves pair 0 at a greater cost */
        if (pair_set(role + 1, foreground, background)) {
            *style = (struct style){curses_attributes(look->attributes), (short)(role + 1)};
        }
    }
    free(display->shown);
    display->shown = NULL;
}

bool display_halves(const struct display *display) {
    const struct color *paper = &display->theme->looks[ROLE_HEAT_0].background;
    return display->colors && COLORS >= 256 && COLOR_PAIRS > ROLE_COUNT + HEATS * HEATS &&
           paper->palette256 != COLOR_DEFAULT;
}

/* The colour pair of two heats: the upper one's background on the lower one's. */
static short halves_pair(struct display *display, int upper, int lower) {
    const struct look *looks = display->theme->looks + ROLE_HEAT_0;
    int pair = ROLE_COUNT + 1 + upper * HEATS + lower;
    if (!display->halves[upper][lower]) {
        pair_set(pair, color_number(display, &looks[upper].background, COLOR_WHITE),
                 color_number(display, &looks[lower].background, COLOR_BLACK));
        display->halves[upper][lower] = true;
    }
    return (short)pair;
}

/* -- Showing ---------------------------------------------------------------- */

/* The cell as ncurses takes it. Where the C library and our tables disagree
 * about a width, ncurses would misplace the rest of the row: '?' instead. */
static void cell_to_curses(struct display *display, const struct cell *cell, bool wide,
                           cchar_t *out) {
    struct style style = display->styles[cell->role < ROLE_COUNT ? cell->role : ROLE_TEXT];
    if (cell->lower >= ROLE_HEAT_0 && cell->role >= ROLE_HEAT_0 && display_halves(display)) {
        style = (struct style){
            A_NORMAL, halves_pair(display, cell->role - ROLE_HEAT_0, cell->lower - ROLE_HEAT_0)};
    }
    attr_t attributes = style.attributes;
    attributes |= cell->emphasis & EMPHASIS_BOLD ? A_BOLD : 0;
    attributes |= cell->emphasis & EMPHASIS_REVERSE ? A_REVERSE : 0;
    attributes |= cell->emphasis & EMPHASIS_UNDERLINE ? A_UNDERLINE : 0;
    wchar_t text[3] = {(wchar_t)cell->glyph, 0, 0};
    bool ascii = cell->glyph >= 0x20 && cell->glyph < 0x7F;
    if (!ascii && wcwidth(text[0]) != (wide ? 2 : 1)) {
        text[0] = L'?';
    } else if (cell->mark && wcwidth((wchar_t)cell->mark) == 0) {
        text[1] = (wchar_t)cell->mark;
    }
    if (setcchar(out, text, attributes, style.pair, NULL) == ERR) {
        (void)setcchar(out, L"?", attributes, style.pair, NULL);
    }
}

static bool cell_same(const struct cell *a, const struct cell *b) {
    return a->glyph == b->glyph && a->mark == b->mark && a->role == b->role &&
           a->emphasis == b->emphasis && a->lower == b->lower;
}

static void show_cell(struct display *display, int row, int col, const struct cell *cell, bool wide,
                      bool cut) {
    struct cell drawn = *cell;
    if (cut) { /* of a wide glyph, at the edge */
        drawn.glyph = ' ';
        drawn.mark = 0;
    }
    cchar_t out;
    cell_to_curses(display, &drawn, wide && !cut, &out);
    (void)mvadd_wch(row, col, &out); /* ERR in the last corner: drawn all the same */
}

/* Draw what is not shown already. */
static void show_row(struct display *display, const struct canvas *canvas, int row, int cols) {
    const struct cell *cells = canvas_cell(canvas, row, 0);
    struct cell *shown =
        display->shown ? display->shown + (size_t)row * (size_t)display->cols : NULL;
    if (shown && memcmp(shown, cells, (size_t)cols * sizeof *cells) == 0) {
        return;
    }
    for (int col = 0; col < cols; col++) {
        const struct cell *cell = &cells[col];
        bool wide = col + 1 < canvas->cols && cell[1].glyph == 0;
        bool cut = wide && col + 1 >= cols;
        bool same = shown && cell_same(cell, &shown[col]) &&
                    (!wide || cut || cell_same(cell + 1, &shown[col + 1]));
        if (shown) {
            shown[col] = *cell;
        }
        if (!same && cell->glyph != 0) { /* a right half is drawn with its left one */
            show_cell(display, row, col, cell, wide, cut);
        }
    }
}

void display_show(struct display *display, const struct canvas *canvas, bool redraw) {
    int rows = canvas->rows < display->rows ? canvas->rows : display->rows;
    int cols = canvas->cols < display->cols ? canvas->cols : display->cols;
    if (redraw || !display->shown) {
        free(display->shown);
        /* Zeroed: no cell of a canvas is equal to that but a right half. */
        display->shown =
            memory_array((size_t)display->rows * (size_t)display->cols, sizeof *display->shown);
        (void)erase();
    }
    if (redraw) {
        (void)clearok(curscr, TRUE);
    }
    for (int row = 0; row < rows; row++) {
        show_row(display, canvas, row, cols);
    }
    gather_begin(&display->gather);
    bool cursor = canvas->cursor_row >= 0 && canvas->cursor_row < rows && canvas->cursor_col >= 0 &&
                  canvas->cursor_col < cols;
    (void)curs_set(cursor ? 1 : 0);
    (void)move(cursor ? canvas->cursor_row : rows - 1, cursor ? canvas->cursor_col : 0);
    (void)refresh();
    gather_end(&display->gather, display->tty);
}

/* -- What the crash handler writes ------------------------------------------- */

/* Append a capability without its padding ("$<5>"), if all of it fits. */
static void append_capability(char bytes[CRASH_BYTES_MAX], size_t *count, const char *value) {
    char plain[CRASH_BYTES_MAX] = "";
    size_t length = 0;
    while (value && *value && length < sizeof plain) {
        const char *end = value[0] == '$' && value[1] == '<' ? strchr(value, '>') : NULL;
        if (end) {
            value = end + 1;
        } else {
            plain[length++] = *value++;
        }
    }
    if (length <= CRASH_BYTES_MAX - *count) {
        memcpy(bytes + *count, plain, length);
        *count += length;
    }
}

size_t display_restore_bytes(const struct display *display, char bytes[CRASH_BYTES_MAX]) {
    static const char *const NAMES[] = {"sgr0", "op", "cnorm"};
    size_t count = 0;
    append_capability(bytes, &count, display->reports ? display->reports_off : NULL);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        append_capability(bytes, &count, capability(NAMES[i]));
    }
    const char *leave = capability("rmcup");
    append_capability(bytes, &count, leave ? leave : "\r\n");
    return count;
}

const char *display_terminal_type(const struct display *display) {
    return display->type;
}
