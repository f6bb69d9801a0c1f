/*
 * out/svg_shape.h - lines and blocks of a picture as shapes and not as letters: they meet
 * from cell to cell whatever font the reader has. Private to out/.
 */
#ifndef BACKSTEP_SRC_OUT_SVG_SHAPE_H
#define BACKSTEP_SRC_OUT_SVG_SHAPE_H

#include "base/text.h"
#include "view/canvas.h"

enum { CELL_WIDTH = 9, CELL_HEIGHT = 18 }; /* pixels */

enum svg_shape { SVG_LETTER, SVG_LINE, SVG_BLOCK };
enum svg_shape svg_shape_of(uint32_t glyph);

/* Cells `col` to `end` - 1 of a canvas of one row, none of them a letter, as the data of a
 * path that is to be filled. The corner of column 0 is at x, y. */
void svg_put_shapes(struct text *out, const struct canvas *canvas, int col, int end, int x, int y);

#endif
