/*
 * out/frame.h - a canvas written down as it looks: one frame as plain text, as text
 * with ANSI colours, or as an SVG picture. The same canvas and theme give the same
 * bytes everywhere. Lack of memory shows in out->failed.
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

/* A whole SVG file: a window of a terminal that shows the canvas. */
void frame_svg(struct text *out, const struct canvas *canvas, const struct theme *theme);

#endif
