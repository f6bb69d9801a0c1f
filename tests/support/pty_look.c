/*
 * tests/support/pty_look.c - what is on the screen of a pseudo-terminal, and
 * waiting for it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "pty_private.h"

const char *pty_row_text(struct pty *pty, int row) {
    size_t length = 0;
    size_t used = 0;
    for (int col = 0; col < pty->cols && length + 16 < sizeof pty->row_text; col++) {
        VTermScreenCell cell;
        VTermPos position = {row, col};
        memset(&cell, 0, sizeof cell);
        vterm_screen_get_cell(pty->screen, position, &cell);
        if (cell.chars[0] == (uint32_t)-1) {
            continue; /* the right half of a wide character */
        }
        if (cell.chars[0] == 0) {
            pty->row_text[length++] = ' ';
            continue;
        }
        for (int i = 0; i < 2 && cell.chars[i]; i++) {
            length += utf8_encode(cell.chars[i], pty->row_text + length);
        }
        used = cell.chars[0] == ' ' ? used : length;
    }
    pty->row_text[used] = '\0';
    return pty->row_text;
}

bool pty_has_text(struct pty *pty, const char *string) {
    for (int row = 0; row < pty->rows; row++) {
        if (strstr(pty_row_text(pty, row), string)) {
            return true;
        }
    }
    return false;
}

void pty_find(struct pty *pty, const char *string, int *row, int *col) {
    for (*row = 0; *row < pty->rows; ++*row) {
        const char *line = pty_row_text(pty, *row), *found = strstr(line, string);
        if (found) {
            char before[PTY_ROW_BYTES];
            snprintf(before, sizeof before, "%.*s", (int)(found - line), line);
            *col = (int)utf8_cells(before);
            return;
        }
    }
    fail_msg("'%s' is not on the screen", string);
}

static bool has_text(struct pty *pty, void *string) {
    return pty_has_text(pty, string);
}

static bool has_no_text(struct pty *pty, void *string) {
    return !pty_has_text(pty, string);
}

/* pty_wait() takes a context to write to; these only read it. */
struct wanted {
    const char *string;
    int row, col;
};

static bool row_has(struct pty *pty, void *context) {
    const struct wanted *wanted = context;
    return strstr(pty_row_text(pty, wanted->row), wanted->string) != NULL;
}

static bool row_is(struct pty *pty, void *context) {
    const struct wanted *wanted = context;
    return strcmp(pty_row_text(pty, wanted->row), wanted->string) == 0;
}

static bool cursor_is(struct pty *pty, void *context) {
    const struct wanted *wanted = context;
    return pty->state.row == wanted->row && pty->state.col == wanted->col;
}

static void wait_string(struct pty *pty, bool (*holds)(struct pty *, void *), const char *string,
                        const char *format) {
    char what[256];
    char copy[256];
    snprintf(copy, sizeof copy, "%s", string);
    snprintf(what, sizeof what, "%s '%.200s'", format, string);
    pty_wait(pty, holds, copy, what);
}

void pty_wait_text(struct pty *pty, const char *string) {
    wait_string(pty, has_text, string, "the text");
}

void pty_wait_gone(struct pty *pty, const char *string) {
    wait_string(pty, has_no_text, string, "the end of the text");
}

void pty_see(struct pty *pty, const char *typed, const char *string) {
    pty_type(pty, typed);
    pty_wait_text(pty, string);
}

void pty_lose(struct pty *pty, const char *typed, const char *string) {
    pty_type(pty, typed);
    pty_wait_gone(pty, string);
}

void pty_wait_row(struct pty *pty, int row, const char *string) {
    char what[256];
    struct wanted wanted = {string, row, 0};
    snprintf(what, sizeof what, "row %d to have '%.200s'", row, string);
    pty_wait(pty, row_has, &wanted, what);
}

void pty_wait_row_is(struct pty *pty, int row, const char *string) {
    char what[256];
    struct wanted wanted = {string, row, 0};
    snprintf(what, sizeof what, "row %d to be '%.200s'", row, string);
    pty_wait(pty, row_is, &wanted, what);
}

void pty_wait_cursor(struct pty *pty, int row, int col) {
    char what[64];
    struct wanted wanted = {NULL, row, col};
    snprintf(what, sizeof what, "the cursor at row %d, column %d", row, col);
    pty_wait(pty, cursor_is, &wanted, what);
}

static int color_of(const VTermColor *color, bool foreground) {
    if (foreground ? VTERM_COLOR_IS_DEFAULT_FG(color) : VTERM_COLOR_IS_DEFAULT_BG(color)) {
        return PTY_DEFAULT;
    }
    if (VTERM_COLOR_IS_INDEXED(color)) {
        return color->indexed.idx;
    }
    return PTY_RGB | color->rgb.red << 16 | color->rgb.green << 8 | color->rgb.blue;
}

struct pty_cell pty_cell(struct pty *pty, int row, int col) {
    VTermScreenCell cell;
    VTermPos position = {row, col};
    memset(&cell, 0, sizeof cell);
    vterm_screen_get_cell(pty->screen, position, &cell);
    return (struct pty_cell){
        .glyph = cell.chars[0] ? cell.chars[0] : ' ',
        .mark = cell.chars[0] ? cell.chars[1] : 0,
        .width = cell.width,
        .bold = cell.attrs.bold,
        .underline = cell.attrs.underline != 0,
        .italic = cell.attrs.italic,
        .reverse = cell.attrs.reverse,
        .foreground = color_of(&cell.fg, true),
        .background = color_of(&cell.bg, false),
    };
}

struct pty_state pty_state(const struct pty *pty) {
    static const VTermAttr FLAGS[] = {VTERM_ATTR_BOLD, VTERM_ATTR_UNDERLINE, VTERM_ATTR_ITALIC,
                                      VTERM_ATTR_REVERSE};
    struct pty_state state = pty->state;
    VTermState *pen = vterm_obtain_state(pty->vterm);
    VTermValue value;
    state.plain = true;
    for (size_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++) {
        if (vterm_state_get_penattr(pen, FLAGS[i], &value) && value.number != 0) {
            state.plain = false;
        }
    }
    if (vterm_state_get_penattr(pen, VTERM_ATTR_FOREGROUND, &value)) {
        state.plain = state.plain && color_of(&value.color, true) == PTY_DEFAULT;
    }
    if (vterm_state_get_penattr(pen, VTERM_ATTR_BACKGROUND, &value)) {
        state.plain = state.plain && color_of(&value.color, false) == PTY_DEFAULT;
    }
    return state;
}

const char *pty_output(const struct pty *pty, size_t *count) {
    *count = pty->output_count;
    return pty->output;
}

void pty_forget(struct pty *pty) {
    pty->output_count = 0;
}
