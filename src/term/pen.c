/*
 * term/pen.c - text, styles and places as terminfo's bytes.
 *
 * Where a style takes several sequences of the form ESC [ ... m, they are joined into
 * one: ESC [ 0 ; 1 ; 38 ; 5 ; 80 m. Attributes can only be put off all at once, which
 * puts the colours off too.
 */
#include "term/pen.h"

#include <string.h>

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

void pen_open(struct pen *pen, bool returns) {
    memset(pen, 0, sizeof *pen);
    pen->row = -1;
    motion_open(&pen->motion, returns);
    read_plain(pen);
    capability_plain(capability("op"), pen->own, CAPABILITY_MAX);
    pen->setaf = format_of("setaf");
    pen->setab = format_of("setab");
    capability_plain(capability("el"), pen->el, CAPABILITY_MAX);
    pen->clears_in_color = capability_flag("bce");
    pen->last_cell = !capability_flag("am") || capability_flag("xenl");
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

/* The bytes that choose a colour. */
static const struct ink *ink_of(struct pen *pen, bool background, int number) {
    struct ink *ink = &pen->inks[background][(unsigned)number % INKS];
    if (!ink->made || ink->number != number) {
        *ink = (struct ink){.made = true, .number = number};
        ink->length = format_put(background ? &pen->setab : &pen->setaf, number, 0, ink->bytes);
    }
    return ink;
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

static size_t attribute_bytes(const struct pen *pen, int attributes) {
    size_t count = 0;
    for (int n = 0; n < PEN_ATTRIBUTES; n++) {
        count += attributes & ATTRIBUTES[n].bit ? strlen(pen->attribute[n]) : 0;
    }
    return count;
}

/* How a style is come by: from which one, all put off or only the colours. */
enum from { FROM_NOW, FROM_OWN_COLORS, FROM_PLAIN };

static enum from from_where(const struct pen *pen, struct style style) {
    const struct style *now = &pen->style;
    bool back = (style.foreground == STYLE_OWN && now->foreground != STYLE_OWN) ||
                (style.background == STYLE_OWN && now->background != STYLE_OWN);
    if (!pen->known || (now->attributes & ~style.attributes)) {
        return FROM_PLAIN;
    }
    if (!back) {
        return FROM_NOW;
    }
    size_t plain = strlen(pen->plain) + attribute_bytes(pen, style.attributes);
    size_t own = strlen(pen->own) + attribute_bytes(pen, style.attributes & ~now->attributes);
    return own > 0 && own < plain ? FROM_OWN_COLORS : FROM_PLAIN;
}

size_t pen_style_cost(struct pen *pen, struct style style) {
    if (pen->known && pen_style_equal(style, pen->style)) {
        return 0;
    }
    enum from from = from_where(pen, style);
    int now = from == FROM_PLAIN ? 0 : pen->style.attributes;
    size_t count = from == FROM_PLAIN        ? strlen(pen->plain)
                   : from == FROM_OWN_COLORS ? strlen(pen->own)
                                             : 0;
    bool same = from == FROM_NOW;
    count += attribute_bytes(pen, style.attributes & ~now);
    if (style.foreground != (same ? pen->style.foreground : STYLE_OWN)) {
        count += ink_of(pen, false, style.foreground)->length;
    }
    if (style.background != (same ? pen->style.background : STYLE_OWN)) {
        count += ink_of(pen, true, style.background)->length;
    }
    return count;
}

void pen_style(struct pen *pen, struct style style) {
    struct style *now = &pen->style;
    enum from from = from_where(pen, style);
    pen->joint = 0;
    if (from == FROM_PLAIN) {
        all_off(pen);
    } else if (from == FROM_OWN_COLORS) {
        put_sequence(pen, pen->own);
        now->foreground = now->background = STYLE_OWN;
    }
    attributes_on(pen, style.attributes & ~now->attributes);
    if (style.foreground != now->foreground) {
        put_sequence(pen, ink_of(pen, false, style.foreground)->bytes);
    }
    if (style.background != now->background) {
        put_sequence(pen, ink_of(pen, true, style.background)->bytes);
    }
    *now = style;
}

/* ---- places ---- */

size_t pen_move_cost(const struct pen *pen, int row, int col) {
    return motion_cost(&pen->motion, pen->row, pen->col, row, col);
}

void pen_move(struct pen *pen, int row, int col) {
    if (pen->row == row && pen->col == col) {
        return;
    }
    char bytes[MOTION_MAX];
    struct path path = motion_path(&pen->motion, pen->row, pen->col, row, col);
    text_put_bytes(&pen->out, bytes, motion_put(&pen->motion, &path, bytes));
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

void pen_put_ascii(struct pen *pen, const char *bytes, int count) {
    text_put_bytes(&pen->out, bytes, (size_t)count);
    pen->col += count;
    pen->row = pen->col >= pen->cols ? -1 : pen->row;
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
