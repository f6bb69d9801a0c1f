/*
 * out/frame.h - what the writers of frames share: the look of a cell. Private to
 * out/.
 */
#ifndef BACKSTEP_SRC_OUT_FRAME_H
#define BACKSTEP_SRC_OUT_FRAME_H

#include "out/frame.h"

struct style {
    int32_t ink, paper; /* 0xRRGGBB or COLOR_DEFAULT */
    uint8_t attributes; /* LOOK_ bits */
};

struct style style_of(const struct theme *theme, const struct cell *cell);
bool style_equal(const struct style *a, const struct style *b);

/* Can a blank in this style be seen? */
bool style_shows_blank(const struct style *style);

/* The glyph and its mark; nothing for the right half of a wide one. */
void frame_put_cell(struct text *out, const struct cell *cell);

#endif
