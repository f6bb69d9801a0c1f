/*
 * term/pen.c - text, styles and places as terminfo's bytes.
 *
 * Where a style takes several sequences of the form ESC [ ... m, they are joined into
 * one: ESC [ 0 ; 1 ; 38 ; 5 ; 80 m. Attributes can only be put off all at once, which
 * puts the colours off too.
 */
#include "term/pen.h"

#include <stdio.h>
#include <string.h>

#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <term.h>

#include "base/utf8.h"
#include "term/capability.h"

static const struct {
    int bit;
    const char *name;
} ATTRIBUTES[PEN_ATTRIBUTES] = {{LOOK_BOLD, "bold"},
                                {LOOK_DIM, "dim"},
                                {LOOK_ITALIC, "sitm"},
                                {LOOK_UNDERLINE, "smul"},
                                {LOOK_REVERSE, "rev"}};

static const char SET_LETTERS[] = "\033(B"; /* of no use: other letters are never chosen */

/* "sgr0" as xterm has it, without what it says of letters. */
static void read_plain(struct pen *pen) {
    char *plain = pen->plain;
    capability_plain(capability("sgr0"), plain, CAPABILITY_MAX);
    char *letters = strstr(plain, SET_LETTERS);
    if (letters) {
        memmove(letters, letters + strlen(SET_LETTERS), strlen(letters + strlen(SET_LETTERS)) + 1);
    }
    plain[strcspn(plain, "\017")] = '\0';
}

void pen_open(struct pen *pen) {
    *pen = (struct pen){.row = -1};
    read_plain(pen);
    capability_plain(capability("op"), pen->own, CAPABILITY_MAX);
    pen->setaf = capability("setaf");
    pen->setab = capability("setab");
    pen->cup = capability("cup");
    pen->cuf = capability("cuf");
    capability_plain(capability("el"), pen->el, CAPABILITY_MAX);
    char am[] = "am", xenl[] = "xenl";
    pen->last_cell = tigetflag(am) <= 0 || tigetflag(xenl) > 0;
    for (int n = 0; n < PEN_ATTRIBUTES; n++) {
        capability_plain(capability(ATTRIBUTES[n].name), pen->attribute[n], CAPABILITY_MAX);
    }
}

void pen_close(struct pen *pen) {
    text_free(&pen->out);
}

void pen_forget(struct pen *pen, int rows, int cols) {
    pen->rows = rows;
    pen->cols = cols;
    pen->row = -1;
    pen->known = false;
}

/* ---- styles ---- */

static bool is_sgr(const char *bytes, size_t length) {
    return length >= 3 && bytes[0] == '\033' && bytes[1] == '[' && bytes[length - 1] == 'm' &&
           strspn(bytes + 2, "0123456789;:") == length - 3;
}

/* Append a sequence; to one of a style just before it, both being ESC [ ... m, its
 * parameters only. */
static void put_sequence(struct pen *pen, const char *bytes) {
    size_t length = strlen(bytes);
    bool sgr = is_sgr(bytes, length);
    if (sgr && pen->joint > 0 && pen->joint == pen->out.length) {
        text_cut(&pen->out, pen->out.length - 1);
        bool empty = pen->out.bytes[pen->out.length - 1] == '[';
        text_put(&pen->out, empty ? "0;" : ";");
        bytes += 2;
    }
    text_put(&pen->out, bytes);
    pen->joint = sgr ? pen->out.length : 0;
}

/* A capability with its two parameters put in. */
static void fill_in(const char *how, long first, long second, char bytes[CAPABILITY_MAX]) {
    char *filled =
        how ? tparm((char *)(uintptr_t)how, first, second, 0L, 0L, 0L, 0L, 0L, 0L, 0L) : NULL;
    capability_plain(filled, bytes, CAPABILITY_MAX);
}

static const char *ink_bytes(struct pen *pen, bool background, int number) {
    struct ink *ink = &pen->inks[background][(unsigned)number % INKS];
    if (!ink->made || ink->number != number) {
        *ink = (struct ink){.made = true, .number = number};
        fill_in(background ? pen->setab : pen->setaf, number, 0, ink->bytes);
    }
    return ink->bytes;
}

static void all_off(struct pen *pen) {
    put_sequence(pen, pen->plain);
    if (pen->own[0] && !is_sgr(pen->plain, strlen(pen->plain))) {
        put_sequence(pen, pen->own);
    }
    pen->style = (struct style){STYLE_OWN, STYLE_OWN, 0};
    pen->known = true;
}

static void attributes_on(struct pen *pen, int attributes) {
    for (int n = 0; n < PEN_ATTRIBUTES; n++) {
        if (attributes & ATTRIBUTES[n].bit) {
            put_sequence(pen, pen->attribute[n]);
        }
    }
    pen->style.attributes |= attributes;
}

void pen_style(struct pen *pen, struct style style) {
    struct style *now = &pen->style;
    bool plain = style.foreground == STYLE_OWN && style.background == STYLE_OWN;
    bool back = (style.foreground == STYLE_OWN && now->foreground != STYLE_OWN) ||
                (style.background == STYLE_OWN && now->background != STYLE_OWN);
    bool off = (now->attributes & ~style.attributes) != 0;
    pen->joint = 0;
    if (!pen->known || off || (back && plain && style.attributes == 0)) {
        all_off(pen);
    } else if (back) {
        put_sequence(pen, pen->own);
        now->foreground = now->background = STYLE_OWN;
    }
    attributes_on(pen, style.attributes & ~now->attributes);
    if (style.foreground != now->foreground) {
        put_sequence(pen, ink_bytes(pen, false, style.foreground));
    }
    if (style.background != now->background) {
        put_sequence(pen, ink_bytes(pen, true, style.background));
    }
    *now = style;
}

/* ---- places ---- */

void pen_move(struct pen *pen, int row, int col) {
    if (pen->row == row && pen->col == col) {
        return;
    }
    char bytes[CAPABILITY_MAX];
    if (pen->row == row && col > pen->col && pen->cuf) {
        fill_in(pen->cuf, col - pen->col, 0, bytes);
    } else {
        fill_in(pen->cup, row, col, bytes);
    }
    text_put(&pen->out, bytes);
    pen->row = row;
    pen->col = col;
}

void pen_put(struct pen *pen, uint32_t glyph, uint32_t mark, int width) {
    char bytes[4];
    text_put_bytes(&pen->out, bytes, utf8_encode(glyph, bytes));
    if (mark) {
        text_put_bytes(&pen->out, bytes, utf8_encode(mark, bytes));
    }
    pen->col += width;
    if (pen->col >= pen->cols) { /* terminals differ in where the cursor is now */
        pen->row = -1;
    }
}

static bool put_plain(struct pen *pen, const char *name) {
    char bytes[CAPABILITY_MAX];
    if (capability_plain(capability(name), bytes, sizeof bytes) == 0) {
        return false;
    }
    text_put(&pen->out, bytes);
    return true;
}

void pen_clear(struct pen *pen) {
    if (put_plain(pen, "clear")) {
        pen->row = pen->col = 0;
        return;
    }
    for (int row = 0; row < pen->rows; row++) {
        pen_move(pen, row, 0);
        for (int col = 0; col < pen->cols - 1; col++) {
            pen_put(pen, ' ', 0, 1);
        }
    }
}

void pen_clear_rest(struct pen *pen) {
    text_put(&pen->out, pen->el);
}

void pen_cursor(struct pen *pen, bool shown) {
    (void)put_plain(pen, shown ? "cnorm" : "civis");
}

const char *pen_bytes(const struct pen *pen, size_t *count) {
    *count = pen->out.failed ? 0 : pen->out.length;
    return text_string(&pen->out);
}

bool pen_done(struct pen *pen) {
    bool whole = !pen->out.failed;
    if (whole) {
        text_cut(&pen->out, 0);
    } else {
        text_free(&pen->out);
    }
    pen->joint = 0;
    return whole;
}
