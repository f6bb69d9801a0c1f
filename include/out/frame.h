/*
 * out/frame.h - a canvas written down as it looks: one frame as plain text, or as text
 * with ANSI colours. The same canvas and theme give the same bytes everywhere. Lack of
 * memory shows in out->failed. (Pictures and films: out/film.h.)
 */
#ifndef BACKSTEP_OUT_FRAME_H
#define BACKSTEP_OUT_FRAME_H

#include "base/text.h"
#include "view/canvas.h"
#include "view/theme.h"

/* A line a row, without the blanks at its end. The theme is not used. */
void frame_text(struct text *out, const struct canvas *canvas, const struct theme *theme);

/* The same with SGR sequences, 24-bit colours; every line ends in plain ink. */
void frame_ansi(struct text *out, const struct canvas *canvas, const struct theme *theme);

#endif
