/*
 * view/glyph.c - the plain stand-in of every glyph that the program draws, for
 * terminals and files that are to hold ASCII only.
 *
 * The table is made of runs of code points that follow each other; character n
 * of a run stands in for code point first + n. Letters lose their accents,
 * Greek letters become the Latin one of their name (eta is n, as it is drawn),
 * digits come down to the line, lines become - | +, and bars . _ - = + * % #
 * from low to high. A caller that wants more than one character for a glyph
 * (1/2, y^) writes those itself.
 */
#include <stddef.h>

#include "base/table.h"
#include "base/utf8.h"
#include "view/canvas.h"

struct run {
    uint32_t first;
    uint32_t count;
    const char *plain;
};

/* Sorted by `first`. */
static const struct run RUNS[] = {
    {0x00A0, 224,
     " !cL$Y|S\"Ca<--R-o+23'uP*,1o>qhq?AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTs"
     "aaaaaaaceeeeiiiidnooooo/ouuuuytyAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
     "GgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSs"
     "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"},
    {0x02C6, 24, "^v?-'`?\?\?\?\?\?\?\?\?\?\?\? .o ~ "},
    {0x0391, 62, "ABGDEZHTIKLMNXOPR?STYFXPWIYaeniyabgdezntiklmnxoprsstyfxpwiyoyw"},
    {0x03D0, 7, "btYYYfp"},
    {0x1D2C, 54, "A?B?DE?GHIJKLMN?O?PRTUWa?\?\?bde?\?\?g?km?o?\?\?ptu?\?v?\?\?\?\?\?"},
    {0x1D62, 9, "iruvbgrfx"},
    {0x2000, 69,
     "           ?\?\?\?\?------|_'','\"\"\"\"+#*>....?\?\?\?\?\?\? %%'\"\"`\"\"^<>*!?-_"
     "-/*-/"},
    {0x2070, 45, "0i?\?456789+-=()n0123456789+-=()?aeoxehklmnpst"},
    {0x20AC, 1, "E"},
    {0x2100, 80,
     "aaC?\?cc?\?\?gHHHh?IILl?NN?\?PQRRR?\?STT?Z?\?\?Z?KABCeeEF?Mo?\?\?\?i?F?\?\?\?"
     "?\?\?\?\?Ddeij?\?\?\?\?\?"},
    {0x2150, 15, "/////1234151357"},
    {0x2190, 70,
     "<^>v-|\\/\\/<><><^>v<><^>v|<><>--z<><>v<<>^>oo<<^^>>vv=|=<^>v==<=>"
     "<^>v=|"},
    {0x2200, 108,
     "ACdEE0DVeee333#PUS--+/\\*o.vvv~8L<<<||||^vnuSSSSSSSSS::::---~~~~~"
     "~~~~~~~~~~~~~===================!=!=<><><><>"},
    {0x2295, 5, "+-x/o"},
    {0x22C0, 7, "^vnuo**"},
    {0x22EE, 4, ":./\\"},
    {0x2308, 4, "[][]"},
    {0x239B, 19, "(|()|)[|[]|]{{{|}}}"},
    {0x2500, 128,
     "--||--||++||++++++++++++++++++++++++++++++++++++++++++++++++++++"
     "++++++++++++--||=|+++++++++++++++++++++++++++++++/\\X-|-|-|-|-|-|"},
    {0x2580, 32, "\"._-=+*%####|||||.:%\"|..'#\\##'/#"},
    {0x25A0, 71,
     "#oo########o--||#o^^^^>>>>>>vvvv<<<<<<*o*@ooo@@*@@@@o@()##^v/\\/\\"
     "^v/\\/\\o"},
    {0x2605, 2, "**"},
    {0x2713, 6, "vvxxxx"},
    {0x27E8, 2, "<>"},
    {0x27F5, 8, "<>-<>=<>"},
    {0x2C7C, 1, "j"},
};

/* Braille: by the number of dots, nothing to full. */
static uint32_t braille_ascii(uint32_t code_point) {
    int dots = 0;
    for (uint32_t bits = code_point & 0xFF; bits; bits &= bits - 1) {
        dots++;
    }
    return (uint32_t) " ..::++##"[dots];
}

uint32_t glyph_ascii(uint32_t code_point) {
    if (code_point >= 0x20 && code_point < 0x7F) {
        return code_point;
    }
    if (code_point >= 0x2800 && code_point <= 0x28FF) {
        return braille_ascii(code_point);
    }
    size_t low = 0;
    size_t high = TABLE_COUNT(RUNS);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct run *run = &RUNS[middle];
        if (code_point < run->first) {
            high = middle;
        } else if (code_point - run->first >= run->count) {
            low = middle + 1;
        } else {
            return (uint32_t)run->plain[code_point - run->first];
        }
    }
    return '?';
}
