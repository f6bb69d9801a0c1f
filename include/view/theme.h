/*
 * view/theme.h - the look of every role, for each depth of colour a terminal
 * can have. One row a role in one table a theme; nothing else names a colour.
 */
#ifndef BACKSTEP_VIEW_THEME_H
#define BACKSTEP_VIEW_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/canvas.h"
#include "view/role.h"

enum look_attribute {
    LOOK_BOLD = 1,
    LOOK_DIM = 2,
    LOOK_ITALIC = 4,
    LOOK_UNDERLINE = 8,
    LOOK_REVERSE = 16,
};

enum { COLOR_DEFAULT = -1 };

/* A colour at each depth: 0xRRGGBB, a 256-palette index, 0-15, 0-7; each
 * COLOR_DEFAULT for the terminal's own. */
struct color {
    int32_t rgb;
    int16_t palette256, palette16, palette8;
};

struct look {
    struct color foreground, background;
    uint8_t attributes;      /* LOOK_ bits where there are colours */
    uint8_t mono_attributes; /* LOOK_ bits where there are none */
};

struct theme {
    const char *name;
    const char *help;
    int32_t paper, ink; /* 0xRRGGBB of the page, for SVG and HTML */
    struct look looks[ROLE_COUNT];
};

/* The LOOK_ bits of a cell whose role has these: with its emphasis, and with no line
 * beneath a blank, which would read as an underscore or a minus before a number. */
uint8_t theme_attributes(uint8_t of_role, const struct cell *cell);

/* Row `index` of the table of themes, NULL past the end; the first is the default. */
const struct theme *theme_at(size_t index);
const struct theme *theme_named(const char *name); /* NULL if there is none */

/* Have its heat roles backgrounds of their own, in 24-bit colours? For canvas.halves. */
bool theme_has_heat(const struct theme *theme);

#endif
