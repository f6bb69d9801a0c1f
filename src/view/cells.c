/*
 * view/cells.c - numbers in columns, aligned on their decimal points.
 *
 *     │ -0.5400  0.3780↑    a field is `width` cells; the last of them is kept for
 *     │  0.0000    ·        the mark of a change, so that marks never move a number
 *
 * A number is never cut: where it does not fit it loses decimals, then becomes
 * scientific, then "…".
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "panel.h"

enum { SCIENTIFIC_DECIMALS = 3, NUMBER_CELLS = 21 /* of the longest */ };

struct field field_of(const struct picture *p, int width) {
    int decimals = p->state->digits;
    if (decimals > width - 4) { /* sign, a digit, the point; and the mark */
        decimals = width - 4;
    }
    decimals = decimals < 1 ? 1 : decimals;
    if (p->decimals && decimals < *p->decimals) {
        *p->decimals = decimals;
    }
    return (struct field){width, decimals};
}

/* With an exponent, in `width` bytes; false where it does not fit. */
static bool scientific(double value, int width, char out[CELL_TEXT_MAX]) {
    for (int decimals = SCIENTIFIC_DECIMALS; decimals >= 0; decimals--) {
        if ((int)strlen(number_scientific(value, decimals, out)) <= width) {
            return true;
        }
    }
    return false;
}

/* The number in ASCII, at most `width` bytes; false where it does not fit. */
static bool plain_number(double value, int width, int decimals, char out[CELL_TEXT_MAX]) {
    const char *name = number_not_finite(value);
    if (name) {
        strcpy(out, name);
        return (int)strlen(out) <= width;
    }
    if (value == 0) {
        value = 0; /* not -0 */
    }
    for (bool first = true; decimals >= 0; decimals--, first = false) {
        char text[NUMBER_DECIMALS_MAX];
        int length = number_decimals(value, decimals, text);
        if (first && value != 0 && number_is_zero(text)) {
            break; /* too small to be seen so */
        }
        if (length <= width) {
            memcpy(out, text, (size_t)length + 1);
            return true;
        }
    }
    return scientific(value, width, out);
}

int cell_text(const struct picture *p, double value, int width, int decimals,
              char out[CELL_TEXT_MAX]) {
    out[0] = '\0';
    if (width <= 0) {
        return 0;
    }
    if (!plain_number(value, width < NUMBER_CELLS ? width : NUMBER_CELLS, decimals, out)) {
        strcpy(out, p->notation == NOTATION_ASCII ? "~" : "…");
        return 1;
    }
    return (int)strlen(out);
}

enum role cell_role(const struct picture *p, const struct quantity *q) {
    switch (quantity_row(q->kind)->family) {
    case FAMILY_FORWARD: return ROLE_FORWARD;
    case FAMILY_BACKWARD: return ROLE_BACKWARD;
    case FAMILY_WEIGHT: {
        if (q->next) {
            return ROLE_UPDATE;
        }
        bool element = q->i > 0 && (q->j > 0 || quantity_row(q->kind)->rank < 2);
        if (!element) { /* a letter as its index, in a sum that is not written out */
            return ROLE_WEIGHT;
        }
        double value = quantity_value(p->model, q);
        return value > 0 ? ROLE_POSITIVE : value < 0 ? ROLE_NEGATIVE : ROLE_WEIGHT;
    }
    default: return ROLE_UPDATE;
    }
}

/* Another value of the same quantity: `old →` before the number where there is room,
 * else a mark after it. */
static void draw_second(const struct picture *p, int row, int col, struct field field,
                        const char *text, double second, enum role role, const char *between,
                        const char *mark) {
    char was[CELL_TEXT_MAX];
    int cells = cell_text(p, second, field.decimals + 3, field.decimals, was);
    if (strcmp(was, text) == 0) {
        return; /* too little to be seen */
    }
    int number = field.decimals + 3;
    if (field.width >= 2 * number + 4) {
        int end = col + field.width - 1 - number;
        panel_number(p, row, end - 3 - cells, ROLE_QUIET, was);
        canvas_put(p->canvas, row, end - 2, role, between);
    } else {
        canvas_put(p->canvas, row, col + field.width - 1, role, mark);
    }
}

/* A chip of the field's own width, so that chips stand in straight columns. */
static void draw_chip(const struct picture *p, int row, int col, struct field field, int cells,
                      enum role role) {
    int width = field.decimals + 3 > cells ? field.decimals + 3 : cells;
    width = width < field.width - 1 ? width : field.width - 1;
    canvas_fill(p->canvas, (struct rect){row, col + field.width - 1 - width, 1, width}, role, ' ');
}

/* A dot, or what is asked for: a question mark, on a chip where it is the one. */
static void draw_blank(const struct picture *p, int row, int col, struct field field,
                       const struct quantity *q) {
    bool asked = question_concerns(&p->state->question, q) && picture_hides(p, q);
    int at = col + field.width - 2 - field.decimals;
    if (asked) {
        draw_chip(p, row, col, field, 1, ROLE_TARGET);
    }
    canvas_put(p->canvas, row, at > col ? at : col, asked ? ROLE_TARGET : ROLE_QUIET,
               picture_blank(p, q));
}

void cell_draw(const struct picture *p, int row, int col, struct field field,
               const struct quantity *q) {
    bool marked, known = picture_known(p, q), picked = picture_picked(p, q);
    picture_hit_elements(p, (struct rect){row, col, 1, field.width}, field.width, q, known);
    if (!known) {
        draw_blank(p, row, col, field, q);
        return;
    }
    char text[CELL_TEXT_MAX];
    double value = quantity_value(p->model, q), old = 0;
    int width = field.width - 1, room = width;
    bool changed = picture_changed(p, q, &old);
    bool differs = !changed && picture_differs(p, q, &old);
    if ((changed || differs) && field.width >= 2 * field.decimals + 10) {
        room = field.decimals + 3; /* leave the rest to the old value */
    }
    int cells = cell_text(p, value, room, field.decimals, text);
    enum role plain = changed ? ROLE_CHANGED : cell_role(p, q);
    enum role role = picture_cell_role(p, q, plain, &marked);
    role = picked ? ROLE_SELECTED : role;
    if (picked || marked) {
        draw_chip(p, row, col, field, cells, role);
    }
    panel_number(p, row, col + width - cells, role, text);
    if (changed) {
        draw_second(p, row, col, field, text, old, ROLE_CHANGED, "→", value > old ? "↑" : "↓");
    } else if (differs) {
        draw_second(p, row, col, field, text, old, ROLE_QUIET, "≠", "≠");
    }
}
