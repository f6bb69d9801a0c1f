/*
 * out/frame.c - rows of a canvas as plain text and as text with ANSI colours; blanks at
 * the end of a row are left out where they look like nothing. And text as XML and HTML
 * want it.
 */
#include "frame.h"

#include "base/table.h"
#include "base/utf8.h"

struct style style_of(const struct theme *theme, const struct cell *cell) {
    const struct look *look = &theme->looks[cell->role < ROLE_COUNT ? cell->role : ROLE_TEXT];
    struct style style = {
        .ink = look->foreground.rgb,
        .paper = look->background.rgb,
        .attributes = look->attributes,
    };
    if (cell->lower != 0) {
        style = (struct style){look->background.rgb, theme->looks[cell->lower].background.rgb, 0};
    }
    style.attributes = theme_attributes(style.attributes, cell);
    return style;
}

bool style_equal(const struct style *a, const struct style *b) {
    return a->ink == b->ink && a->paper == b->paper && a->attributes == b->attributes;
}

int32_t color_mix(int32_t paper, int32_t ink, int percent) {
    int32_t mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t a = paper >> shift & 0xFF, b = ink >> shift & 0xFF;
        mixed |= (a + (b - a) * percent / 100) << shift;
    }
    return mixed;
}

struct style style_seen(const struct theme *theme, struct style style) {
    enum { DIM_PERCENT = 65 };
    int32_t ink = style.ink == COLOR_DEFAULT ? theme->ink : style.ink;
    int32_t paper = style.paper == COLOR_DEFAULT ? theme->paper : style.paper;
    bool reverse = (style.attributes & LOOK_REVERSE) != 0;
    style.ink = reverse ? paper : ink;
    style.paper = reverse ? ink : paper;
    if (style.attributes & LOOK_DIM) {
        style.ink = color_mix(style.paper, style.ink, DIM_PERCENT);
    }
    style.attributes &= (uint8_t) ~(LOOK_REVERSE | LOOK_DIM);
    return style;
}

/* Can a blank in this style be seen? */
static bool style_shows_blank(const struct style *style) {
    return style->paper != COLOR_DEFAULT ||
           (style->attributes & (LOOK_REVERSE | LOOK_UNDERLINE)) != 0;
}

/* Columns of a row up to its last visible cell. */
static int row_cols(const struct canvas *canvas, int row, const struct theme *theme) {
    int cols = canvas->cols;
    while (cols > 0) {
        const struct cell *cell = canvas_cell(canvas, row, cols - 1);
        struct style style = {.paper = COLOR_DEFAULT};
        if (theme) {
            style = style_of(theme, cell);
        }
        if (cell->glyph != ' ' || style_shows_blank(&style)) {
            break;
        }
        cols--;
    }
    return cols;
}

void frame_put_cell(struct text *out, const struct cell *cell) {
    if (cell->glyph != 0) {
        utf8_put(out, cell->glyph);
        if (cell->mark != 0) {
            utf8_put(out, cell->mark);
        }
    }
}

void frame_text_row(struct text *out, const struct canvas *canvas, int row) {
    int cols = row_cols(canvas, row, NULL);
    for (int col = 0; col < cols; col++) {
        frame_put_cell(out, canvas_cell(canvas, row, col));
    }
}

static void put_color(struct text *out, int base, int32_t rgb) {
    if (rgb != COLOR_DEFAULT) {
        text_printf(out, ";%d;2;%d;%d;%d", base, (int)(rgb >> 16 & 0xFF), (int)(rgb >> 8 & 0xFF),
                    (int)(rgb & 0xFF));
    }
}

static void put_sgr(struct text *out, const struct style *style) {
    static const struct {
        uint8_t bit;
        const char *code;
    } codes[] = {
        {LOOK_BOLD, ";1"},      {LOOK_DIM, ";2"},     {LOOK_ITALIC, ";3"},
        {LOOK_UNDERLINE, ";4"}, {LOOK_REVERSE, ";7"},
    };
    text_put(out, "\033[0");
    for (size_t n = 0; n < TABLE_COUNT(codes); n++) {
        text_put(out, style->attributes & codes[n].bit ? codes[n].code : "");
    }
    put_color(out, 38, style->ink);
    put_color(out, 48, style->paper);
    text_put_char(out, 'm');
}

/* A row; ends in plain ink. */
void frame_ansi_row(struct text *out, const struct canvas *canvas, int row,
                    const struct theme *theme) {
    const struct style plain = {COLOR_DEFAULT, COLOR_DEFAULT, 0};
    int cols = row_cols(canvas, row, theme);
    struct style now = plain;
    for (int col = 0; col < cols; col++) {
        const struct cell *cell = canvas_cell(canvas, row, col);
        struct style style = style_of(theme, cell);
        bool blank = cell->glyph == ' ' && !style_shows_blank(&style) && !style_shows_blank(&now);
        if (!blank && cell->glyph != 0 && !style_equal(&style, &now)) {
            put_sgr(out, &style);
            now = style;
        }
        frame_put_cell(out, cell);
    }
    text_put(out, style_equal(&now, &plain) ? "" : "\033[0m");
}

void markup_put(struct text *out, const char *string) {
    for (const char *c = string; *c; c++) {
        switch (*c) {
        case '&': text_put(out, "&amp;"); break;
        case '<': text_put(out, "&lt;"); break;
        case '>': text_put(out, "&gt;"); break;
        case '"': text_put(out, "&quot;"); break;
        default: text_put_char(out, *c);
        }
    }
}
