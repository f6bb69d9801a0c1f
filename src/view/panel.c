/*
 * view/panel.c - what panels have in common: headings, text that is cut or broken
 * at whole cells, and windows over more than fits.
 */
#include "panel.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

int panel_heading(const struct picture *p, struct rect rect, enum role role, const char *title) {
    if (rect.rows < 1 || rect.cols < 1) {
        return rect.col;
    }
    canvas_hline(p->canvas, rect.row, rect.col, rect.cols, ROLE_FRAME);
    int cells = (int)utf8_cells(title);
    if (cells == 0 || cells + 4 > rect.cols) {
        return rect.col + 1;
    }
    canvas_put(p->canvas, rect.row, rect.col + 1, role, " ");
    int col = canvas_put(p->canvas, rect.row, rect.col + 2, role, title);
    return canvas_put(p->canvas, rect.row, col, role, " ");
}

bool panel_note(const struct picture *p, struct rect rect, int from, int margin, const char *note) {
    int cells = (int)utf8_cells(note);
    int col = rect.col + rect.cols - cells - margin;
    bool fits = cells > 0 && col >= from;
    if (fits) {
        canvas_printf(p->canvas, rect.row, col, ROLE_QUIET, " %s ", note);
    }
    return fits;
}

/* The bytes of `string` that fit into `width` cells. */
static size_t bytes_within(const char *string, int width) {
    size_t at = 0, length = strlen(string);
    while (at < length) {
        uint32_t code_point;
        size_t taken = utf8_decode(string + at, length - at, &code_point);
        width -= utf8_width(code_point);
        if (width < 0) {
            break;
        }
        at += taken;
    }
    return at;
}

static int put_bytes(const struct picture *p, int row, int col, enum role role, const char *string,
                     size_t count) {
    struct text text = TEXT_EMPTY;
    text_put_bytes(&text, string, count);
    col = canvas_put(p->canvas, row, col, role, text_string(&text));
    text_free(&text);
    return col;
}

enum { WORD_MOST = 16 }; /* bytes of a word that is rather left out than cut */

/* Bytes before the "…" of a text that is cut: up to a blank, unless that is far back. */
static size_t bytes_before_cut(const char *string, int width) {
    size_t fits = bytes_within(string, width - 1), blank = fits;
    while (blank > 0 && string[blank - 1] != ' ') {
        blank--;
    }
    return fits - blank <= WORD_MOST && 2 * blank > fits ? blank : fits;
}

int panel_text(const struct picture *p, int row, int col, int width, enum role role,
               const char *string) {
    if (width <= 0) {
        return col;
    }
    size_t fits = bytes_within(string, width);
    if (string[fits] == '\0') {
        return canvas_put(p->canvas, row, col, role, string);
    }
    col = put_bytes(p, row, col, role, string, bytes_before_cut(string, width));
    return canvas_put(p->canvas, row, col, ROLE_QUIET, "…");
}

int panel_number(const struct picture *p, int row, int col, enum role role, const char *number) {
    while (*number) {
        size_t length = strcspn(number, "-");
        col = canvas_put_bytes(p->canvas, row, col, role, number, length);
        number += length;
        if (*number) {
            canvas_glyph(p->canvas, row, col++, role, 0,
                         p->notation == NOTATION_ASCII ? '-' : 0x2212);
            number++;
        }
    }
    return col;
}

int panel_digits(size_t n) {
    int digits = 1;
    for (; n >= 10; n /= 10) {
        digits++;
    }
    return digits;
}

enum { SHORT_NUMBER = 6 }; /* cells: belongs to the word before it */

/* A blank at which nothing that belongs together is torn: "W1 = 0", "net 2 2 1". */
static bool parts_words(const char *bytes, size_t length, size_t at) {
    size_t next = at + 1, cells = 0;
    while (next + cells < length && bytes[next + cells] != ' ') {
        cells++;
    }
    bool number = cells > 0 && ascii_is_digit(bytes[next]);
    bool equals = (at > 0 && bytes[at - 1] == '=') || (cells > 0 && bytes[next] == '=');
    return !equals && !(number && cells <= SHORT_NUMBER);
}

size_t panel_row_bytes(const char *bytes, size_t length, int width) {
    size_t at = 0, blank = 0;
    for (int cells = 0; at < length;) {
        uint32_t code_point;
        size_t taken = utf8_decode(bytes + at, length - at, &code_point);
        if (bytes[at] == ' ') {
            bool near = 4 * cells >= 3 * width; /* the end of the row */
            blank = blank > 0 && near && !parts_words(bytes, length, at) ? blank : at;
        }
        cells += utf8_width(code_point);
        if (cells > width) {
            return blank > 0 ? blank : at > 0 ? at : taken;
        }
        at += taken;
    }
    return length;
}

static size_t row_bytes(const char *string, int width) {
    return panel_row_bytes(string, strcspn(string, "\n"), width);
}

int panel_wrap(const struct picture *p, struct rect rect, enum role role, const char *string) {
    int row = 0;
    while (*string && row < rect.rows && rect.cols > 0) {
        size_t count = row_bytes(string, rect.cols);
        if (row + 1 == rect.rows && string[count] != '\0') {
            panel_text(p, rect.row + row, rect.col, rect.cols, role, string);
            return rect.rows;
        }
        put_bytes(p, rect.row + row++, rect.col, role, string, count);
        string += count;
        string += *string == '\n' || *string == ' ';
    }
    return row;
}

struct fit panel_fit(const char *string, int width, int rows) {
    struct fit fit = {.rows = rows};
    size_t at = 0;
    while (string[at] && width > 0) {
        at += row_bytes(string + at, width);
        at += string[at] == '\n' || string[at] == ' ';
        fit.needed++;
        fit.seen = fit.needed <= rows ? at : fit.seen;
    }
    return fit;
}

int panel_wrapped(const char *string, int width, int most) {
    int needed = panel_fit(string, width, most).needed;
    return needed < most ? needed : most;
}

const char *panel_dot(const struct picture *p) {
    return p->notation == NOTATION_ASCII ? "." : "·";
}

const char *panel_separator(const struct picture *p) {
    return p->notation == NOTATION_ASCII ? ", " : " · ";
}

enum role pass_role(enum law law) {
    switch (law) {
    case LAW_F1:
    case LAW_F2:
    case LAW_F3: return ROLE_FORWARD;
    case LAW_U: return ROLE_UPDATE;
    case LAW_NONE: return ROLE_QUIET;
    default: return ROLE_BACKWARD;
    }
}

size_t window_first(size_t count, size_t shown, size_t at) {
    if (count <= shown || shown == 0) {
        return 0;
    }
    size_t first = at / shown * shown;
    return first + shown > count ? count - shown : first;
}
