/*
 * view/theme.c - the themes: one row a role, the same roles in each.
 *
 * A row is the foreground and the background, each as {0xRRGGBB, 256 colours,
 * 16 colours, 8 colours}, then the attributes on terminals with colours and on
 * those without. OWN, or -1 at one depth, is the terminal's own colour. Of the
 * first 16 of 256, which differ everywhere, only black and white serve, as letters
 * on a chip: they take six bytes less than others, at every step.
 * Forward values are teal and gradients violet; signs are blue and orange, never
 * red and green; operands and the target are chips with a background of their own,
 * in lightness too far apart to be mixed up by people who see fewer colours.
 * Heat cells colour the background, so that a number can stand in them: the
 * further from zero, the further in lightness from the page. Without colours
 * only marks have attributes, and a number's sign is its minus.
 * Contrast of text to its background: at least 4.5, in "projector" at least 7.
 * tests/view/test_sight.c proves all this.
 */
#include "view/theme.h"

#include "base/table.h"

/* A row a role, however long. */
/* clang-format off */
#define OWN {COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT}
#define BLACK {0x000000, 16, 0, 0}

static const struct theme THEMES[] = {
    {
        .name = "dark",
        .help = "calm colours on the dark background of the terminal",
        .paper = 0x101418,
        .ink = 0xD8DEE4,
        .looks = {
            [ROLE_TEXT] = {OWN, OWN, 0, 0},
            [ROLE_QUIET] = {{0x8D96A0, 245, 8, 7}, OWN, 0, LOOK_DIM},
            [ROLE_FRAME] = {{0x626D79, 241, 8, 7}, OWN, 0, 0},
            [ROLE_HEADING] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_TITLE] = {{0xF2F5F8, 255, 15, 7}, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_SAY] = {{0xE9DFC6, 187, 15, 7}, OWN, 0, 0},
            [ROLE_FORWARD] = {{0x6FD3C9, 80, 6, 6}, OWN, 0, 0},
            [ROLE_BACKWARD] = {{0xC3A0FF, 141, 13, 5}, OWN, 0, 0},
            [ROLE_UPDATE] = {{0xAED58F, 150, 10, 2}, OWN, 0, 0},
            [ROLE_WEIGHT] = {OWN, OWN, 0, 0},
            [ROLE_POSITIVE] = {{0x5FAFFF, 75, 14, 6}, OWN, 0, 0},
            [ROLE_NEGATIVE] = {{0xFF8F1F, 208, 11, 3}, OWN, 0, 0},
            [ROLE_OPERAND_1] = {{0xFFE9A8, 15, 0, 0}, {0x55440A, 58, 11, 3}, 0, LOOK_BOLD},
            [ROLE_OPERAND_2] = {{0xD3ECFF, 15, 15, 7}, {0x0B4A74, 24, 4, 4}, 0, LOOK_UNDERLINE},
            [ROLE_OPERAND_3] = {{0x160A18, 16, 15, 0}, {0xB27CB8, 140, 5, 5}, 0, LOOK_BOLD | LOOK_UNDERLINE},
            [ROLE_TARGET] = {{0x10151A, 0, 0, 0}, {0xA9CDBD, 151, 15, 7}, 0, LOOK_REVERSE},
            [ROLE_CHANGED] = {{0xF5D48A, 222, 15, 7}, OWN, LOOK_BOLD | LOOK_REVERSE, LOOK_BOLD | LOOK_REVERSE},
            [ROLE_PROMPT] = {{0xF2F5F8, 255, 15, 7}, OWN, 0, 0},
            [ROLE_HINT] = {{0x94B4D4, 110, 6, 6}, OWN, 0, LOOK_DIM},
            [ROLE_KEY] = {{0xEED9B0, 223, 15, 7}, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_ERROR] = {{0xFF8087, 210, 9, 1}, OWN, LOOK_BOLD, LOOK_BOLD | LOOK_REVERSE},
            [ROLE_WARNING] = {{0xF3CB6B, 221, 11, 3}, OWN, 0, LOOK_UNDERLINE},
            [ROLE_SELECTED] = {{0xFFFFFF, 231, 0, 0}, {0x3D4F7C, 60, 14, 6}, 0, LOOK_UNDERLINE | LOOK_REVERSE},
            [ROLE_HEAT_0 + 0] = {BLACK, {0xFFB02E, 214, 11, 3}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 1] = {BLACK, {0xDC8E1C, 172, 11, 3}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 2] = {{0x000000, 231, 0, 3}, {0xB47414, 130, 3, -1}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 3] = {{0xFFFFFF, 231, 0, 3}, {0x84600C, 94, 3, -1}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 4] = {{0xFFF0D8, 231, 3, 3}, {0x5A4A10, 58, -1, -1}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 5] = {{0xC0C6CC, 250, -1, -1}, {0x2A2F35, 236, -1, -1}, 0, 0},
            [ROLE_HEAT_0 + 6] = {{0xFFFFFF, 231, 6, 6}, {0x0F4A6E, 24, -1, -1}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 7] = {{0xFFFFFF, 16, 0, 6}, {0x146A9C, 31, 6, -1}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 8] = {{0x000000, 16, 0, 6}, {0x2489C8, 38, 6, -1}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 9] = {BLACK, {0x42AEEA, 45, 14, 6}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 10] = {BLACK, {0x7FD4FF, 123, 14, 6}, 0, LOOK_BOLD},
        },
    },
    {
        .name = "light",
        .help = "darker colours for a light background",
        .paper = 0xFCFCFA,
        .ink = 0x1F2328,
        .looks = {
            [ROLE_TEXT] = {OWN, OWN, 0, 0},
            [ROLE_QUIET] = {{0x5F6670, 241, 8, -1}, OWN, 0, LOOK_DIM},
            [ROLE_FRAME] = {{0x8A929C, 245, 8, -1}, OWN, 0, 0},
            [ROLE_HEADING] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_TITLE] = {{0x000000, 16, -1, -1}, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_SAY] = {{0x3A3320, 237, -1, -1}, OWN, 0, 0},
            [ROLE_FORWARD] = {{0x00695F, 23, 4, 4}, OWN, 0, 0},
            [ROLE_BACKWARD] = {{0x7A3DB8, 91, 5, 5}, OWN, 0, 0},
            [ROLE_UPDATE] = {{0x4F6B12, 58, -1, -1}, OWN, 0, 0},
            [ROLE_WEIGHT] = {OWN, OWN, 0, 0},
            [ROLE_POSITIVE] = {{0x0057D9, 27, 4, 4}, OWN, 0, 0},
            [ROLE_NEGATIVE] = {{0xA85600, 130, 1, 1}, OWN, 0, 0},
            [ROLE_OPERAND_1] = {{0x3D2E00, 16, 0, 0}, {0xFFE48A, 222, 11, 3}, 0, LOOK_BOLD},
            [ROLE_OPERAND_2] = {{0x00264D, 16, 0, 0}, {0xBFE0FF, 153, 14, 6}, 0, LOOK_UNDERLINE},
            [ROLE_OPERAND_3] = {{0x1C0424, 16, 15, 0}, {0xC478D4, 134, 5, 5}, 0, LOOK_BOLD | LOOK_UNDERLINE},
            [ROLE_TARGET] = {{0xFFFFFF, 231, 15, 7}, {0x2B7A62, 23, 0, 0}, 0, LOOK_REVERSE},
            [ROLE_CHANGED] = {{0x7D5000, 94, -1, -1}, OWN, LOOK_BOLD | LOOK_REVERSE, LOOK_BOLD | LOOK_REVERSE},
            [ROLE_PROMPT] = {{0x000000, 16, -1, -1}, OWN, 0, 0},
            [ROLE_HINT] = {{0x2F5F8A, 24, 4, 4}, OWN, 0, LOOK_DIM},
            [ROLE_KEY] = {{0x6B4700, 94, -1, -1}, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_ERROR] = {{0xB3202C, 124, 1, 1}, OWN, LOOK_BOLD, LOOK_BOLD | LOOK_REVERSE},
            [ROLE_WARNING] = {{0x875500, 94, 1, 1}, OWN, 0, LOOK_UNDERLINE},
            [ROLE_SELECTED] = {{0xFFFFFF, 231, 15, 7}, {0x2F5597, 25, 4, 4}, 0, LOOK_UNDERLINE | LOOK_REVERSE},
            [ROLE_HEAT_0 + 0] = {{0xFFFFFF, 231, 15, 7}, {0xA65A00, 130, 1, 1}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 1] = {{0x000000, 16, 15, 7}, {0xCF7F14, 166, 1, 1}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 2] = {{0x000000, 16, 15, 1}, {0xF2A94A, 172, 1, -1}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 3] = {{0x000000, 16, 1, 1}, {0xFFCE8A, 215, -1, -1}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 4] = {{0x000000, 16, 1, 1}, {0xFFE9C7, 223, -1, -1}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 5] = {{0x3A4048, 238, -1, -1}, {0xF6F6F3, 231, -1, -1}, 0, 0},
            [ROLE_HEAT_0 + 6] = {{0x000000, 16, 4, 4}, {0xDCEBFA, 153, -1, -1}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 7] = {{0x000000, 16, 4, 4}, {0xB4D6F7, 111, -1, -1}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 8] = {{0x000000, 16, 15, 4}, {0x7DB7EE, 69, 4, -1}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 9] = {{0x000000, 16, 15, 7}, {0x4090DC, 32, 4, 4}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 10] = {{0xFFFFFF, 231, 15, 7}, {0x0F66B4, 25, 4, 4}, 0, LOOK_BOLD},
        },
    },
    {
        .name = "projector",
        .help = "bright on black, for a projector",
        .paper = 0x000000,
        .ink = 0xFFFFFF,
        .looks = {
            [ROLE_TEXT] = {{0xFFFFFF, 231, 15, 7}, BLACK, 0, 0},
            [ROLE_QUIET] = {{0xC0C6CC, 251, 7, 7}, BLACK, 0, LOOK_DIM},
            [ROLE_FRAME] = {{0xA0A6AC, 248, 7, 7}, BLACK, 0, 0},
            [ROLE_HEADING] = {{0xFFFFFF, 231, 15, 7}, BLACK, LOOK_BOLD, LOOK_BOLD},
            [ROLE_TITLE] = {{0xFFFFFF, 231, 15, 7}, BLACK, LOOK_BOLD, LOOK_BOLD},
            [ROLE_SAY] = {{0xFFF3C4, 230, 15, 7}, BLACK, 0, 0},
            [ROLE_FORWARD] = {{0x6FFFF0, 87, 14, 6}, BLACK, 0, 0},
            [ROLE_BACKWARD] = {{0xDDBBFF, 183, 13, 5}, BLACK, 0, 0},
            [ROLE_UPDATE] = {{0xB8FF95, 156, 10, 2}, BLACK, 0, 0},
            [ROLE_WEIGHT] = {{0xD7DCFF, 189, 7, 7}, BLACK, 0, 0},
            [ROLE_POSITIVE] = {{0x87D7FF, 117, 14, 6}, BLACK, LOOK_BOLD, 0},
            [ROLE_NEGATIVE] = {{0xFFB45F, 215, 11, 3}, BLACK, LOOK_BOLD, 0},
            [ROLE_OPERAND_1] = {BLACK, {0xFFD75F, 221, 11, 3}, 0, LOOK_BOLD},
            [ROLE_OPERAND_2] = {BLACK, {0x87D7FF, 153, 14, 6}, 0, LOOK_UNDERLINE},
            [ROLE_OPERAND_3] = {BLACK, {0xD967FF, 177, 13, 5}, 0, LOOK_BOLD | LOOK_UNDERLINE},
            [ROLE_TARGET] = {BLACK, {0xFFFFFF, 231, 15, 7}, 0, LOOK_REVERSE},
            [ROLE_CHANGED] = {BLACK, {0xFFFF40, 227, 11, 3}, LOOK_BOLD | LOOK_UNDERLINE, LOOK_BOLD | LOOK_REVERSE},
            [ROLE_PROMPT] = {{0xFFFFFF, 231, 15, 7}, BLACK, 0, 0},
            [ROLE_HINT] = {{0xCFE6FF, 195, 14, 6}, BLACK, 0, LOOK_DIM},
            [ROLE_KEY] = {{0xFFFFB0, 229, 15, 7}, BLACK, LOOK_BOLD, LOOK_BOLD},
            [ROLE_ERROR] = {{0xFFB0B0, 217, 11, 3}, BLACK, LOOK_BOLD | LOOK_UNDERLINE, LOOK_BOLD | LOOK_REVERSE},
            [ROLE_WARNING] = {{0xFFD75F, 221, 11, 3}, BLACK, 0, LOOK_UNDERLINE},
            [ROLE_SELECTED] = {BLACK, {0x5FFFD7, 86, 10, 2}, 0, LOOK_UNDERLINE | LOOK_REVERSE},
            [ROLE_HEAT_0 + 0] = {BLACK, {0xFFD768, 220, 11, 3}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 1] = {BLACK, {0xEFAE3C, 214, 11, 3}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 2] = {BLACK, {0xD08A1C, 172, 11, 3}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 3] = {{0xFFFFFF, 231, 11, 3}, {0x734600, 88, 0, 0}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 4] = {{0xFFFFFF, 231, 11, 3}, {0x452800, 52, 0, 0}, 0, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 5] = {{0xC6C6C6, 251, 7, 7}, BLACK, 0, 0},
            [ROLE_HEAT_0 + 6] = {{0xFFFFFF, 231, 14, 6}, {0x002C52, 17, 0, 0}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 7] = {{0xFFFFFF, 231, 14, 6}, {0x00547F, 24, 0, 0}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 8] = {BLACK, {0x2FA0EA, 39, 14, 6}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 9] = {BLACK, {0x5CC4FA, 45, 14, 6}, 0, LOOK_BOLD},
            [ROLE_HEAT_0 + 10] = {BLACK, {0x9CE8FF, 123, 14, 6}, 0, LOOK_BOLD},
        },
    },
    {
        .name = "mono",
        .help = "no colours: bold, underline and reverse",
        .paper = 0xFFFFFF,
        .ink = 0x000000,
        .looks = {
            [ROLE_TEXT] = {OWN, OWN, 0, 0},
            [ROLE_QUIET] = {OWN, OWN, LOOK_DIM, LOOK_DIM},
            [ROLE_FRAME] = {OWN, OWN, 0, 0},
            [ROLE_HEADING] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_TITLE] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_SAY] = {OWN, OWN, 0, 0},
            [ROLE_FORWARD] = {OWN, OWN, 0, 0},
            [ROLE_BACKWARD] = {OWN, OWN, 0, 0},
            [ROLE_UPDATE] = {OWN, OWN, 0, 0},
            [ROLE_WEIGHT] = {OWN, OWN, 0, 0},
            [ROLE_POSITIVE] = {OWN, OWN, 0, 0},
            [ROLE_NEGATIVE] = {OWN, OWN, 0, 0},
            [ROLE_OPERAND_1] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_OPERAND_2] = {OWN, OWN, LOOK_UNDERLINE, LOOK_UNDERLINE},
            [ROLE_OPERAND_3] = {OWN, OWN, LOOK_BOLD | LOOK_UNDERLINE, LOOK_BOLD | LOOK_UNDERLINE},
            [ROLE_TARGET] = {OWN, OWN, LOOK_REVERSE, LOOK_REVERSE},
            [ROLE_CHANGED] = {OWN, OWN, LOOK_BOLD | LOOK_REVERSE, LOOK_BOLD | LOOK_REVERSE},
            [ROLE_PROMPT] = {OWN, OWN, 0, 0},
            [ROLE_HINT] = {OWN, OWN, LOOK_DIM, LOOK_DIM},
            [ROLE_KEY] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_ERROR] = {OWN, OWN, LOOK_BOLD | LOOK_REVERSE, LOOK_BOLD | LOOK_REVERSE},
            [ROLE_WARNING] = {OWN, OWN, LOOK_UNDERLINE, LOOK_UNDERLINE},
            [ROLE_SELECTED] = {OWN, OWN, LOOK_UNDERLINE | LOOK_REVERSE, LOOK_UNDERLINE | LOOK_REVERSE},
            [ROLE_HEAT_0 + 0] = {OWN, OWN, LOOK_UNDERLINE, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 1] = {OWN, OWN, LOOK_UNDERLINE, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 2] = {OWN, OWN, LOOK_UNDERLINE, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 3] = {OWN, OWN, LOOK_UNDERLINE, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 4] = {OWN, OWN, LOOK_UNDERLINE, LOOK_UNDERLINE},
            [ROLE_HEAT_0 + 5] = {OWN, OWN, 0, 0},
            [ROLE_HEAT_0 + 6] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_HEAT_0 + 7] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_HEAT_0 + 8] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_HEAT_0 + 9] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
            [ROLE_HEAT_0 + 10] = {OWN, OWN, LOOK_BOLD, LOOK_BOLD},
        },
    },
};
/* clang-format on */

uint8_t theme_attributes(uint8_t of_role, const struct cell *cell) {
    int attributes = of_role | (cell->emphasis & EMPHASIS_BOLD ? LOOK_BOLD : 0) |
                     (cell->emphasis & EMPHASIS_REVERSE ? LOOK_REVERSE : 0) |
                     (cell->emphasis & EMPHASIS_UNDERLINE ? LOOK_UNDERLINE : 0);
    bool blank = cell->glyph == ' ' && cell->mark == 0;
    return (uint8_t)(blank ? attributes & ~LOOK_UNDERLINE : attributes);
}

const struct theme *theme_at(size_t index) {
    return TABLE_AT(THEMES, index);
}

const struct theme *theme_named(const char *name) {
    return TABLE_NAMED(THEMES, name);
}

bool theme_has_heat(const struct theme *theme) {
    return theme->looks[ROLE_HEAT_0].background.rgb != COLOR_DEFAULT;
}
