/*
 * out/frame.h - what the writers of frames share: the look of a cell, rows, text in
 * markup. Private to out/.
 */
#ifndef BACKSTEP_SRC_OUT_FRAME_H
#define BACKSTEP_SRC_OUT_FRAME_H

#include "base/text.h"
#include "view/canvas.h"
#include "view/theme.h"

struct style {
    int32_t ink, paper; /* 0xRRGGBB or COLOR_DEFAULT */
    uint8_t attributes; /* LOOK_ bits */
};

struct style style_of(const struct theme *theme, const struct cell *cell);
bool style_equal(const struct style *a, const struct style *b);

/* As it is seen: with colours of its own, reverse and dim carried out. */
struct style style_seen(const struct theme *theme, struct style style);

/* So many percent of the way from paper to ink, 0xRRGGBB. */
int32_t color_mix(int32_t paper, int32_t ink, int percent);

/* The glyph and its mark; nothing for the right half of a wide one. */
void frame_put_cell(struct text *out, const struct cell *cell);

/* A row without a newline, blanks at its end left out. */
void frame_text_row(struct text *out, const struct canvas *canvas, int row);
void frame_ansi_row(struct text *out, const struct canvas *canvas, int row,
                    const struct theme *theme);

/* A string as the text, or a quoted attribute, of XML and HTML. */
void markup_put(struct text *out, const char *string);

#endif
