/*
 * view/panel_outline.c - at START, in the equation's place: what will be walked.
 *
 *     F1 z⁽¹⁾ⱼ = Σᵢ W⁽⁰⁾ᵢⱼ · xᵢ      B1 ∂C/∂z⁽²⁾ⱼ = ∂C/∂r⁽²⁾ⱼ · Step(z⁽²⁾ⱼ)
 *     F2 r⁽¹⁾ⱼ = max(0, z⁽¹⁾ⱼ)       B2 ∂C/∂r⁽¹⁾ᵢ = Σⱼ ∂C/∂z⁽²⁾ⱼ · W⁽¹⁾ᵢⱼ
 *     F3 C = 0.5 · Σⱼ (yⱼ − r⁽²⁾ⱼ)²  B3 ∂C/∂W⁽¹⁾ᵢⱼ = ∂C/∂z⁽²⁾ⱼ · r⁽¹⁾ᵢ
 *     B0 ∂C/∂r⁽²⁾ⱼ = r⁽²⁾ⱼ − yⱼ      U  W⁽¹⁾ᵢⱼ ← W⁽¹⁾ᵢⱼ − η · ∂C/∂W⁽¹⁾ᵢⱼ
 *
 * Of each law the equation that comes first: where each has a row, with what it is,
 *
 *     F1 z⁽¹⁾ⱼ = Σᵢ W⁽⁰⁾ᵢⱼ · xᵢ      weighted sum
 *
 * else with what the letters say, where there is a row for that.
 */
#include <string.h>

#include "base/utf8.h"
#include "panel.h"

enum {
    OUTLINE_ROWS = 4,
    OUTLINE_LEAST = 24, /* cells of an equation that is cut, rather than left out */
    OUTLINE_MOST = 8,   /* equations */
};

static size_t outline_of(const struct model *model, struct quantity list[OUTLINE_MOST]) {
    size_t K = model->network.K, count = 0;
    list[count++] = (struct quantity){.kind = QUANTITY_Z, .layer = 1};
    list[count++] = (struct quantity){.kind = QUANTITY_R, .layer = 1};
    list[count++] = (struct quantity){.kind = QUANTITY_C};
    if (!model->pass.collapsed) {
        list[count++] = (struct quantity){.kind = QUANTITY_DR, .layer = K};
    }
    list[count++] = (struct quantity){.kind = QUANTITY_DZ, .layer = K};
    if (K > 1 && !model->network.combine) {
        list[count++] = (struct quantity){.kind = QUANTITY_DR, .layer = K - 1};
    }
    list[count++] = (struct quantity){.kind = QUANTITY_DW, .layer = K - 1};
    list[count++] = (struct quantity){.kind = QUANTITY_W, .layer = K - 1, .next = true};
    return count;
}

/* "… F3 B0 B1 B3 U": those of the list that have no row. */
static void name_laws(const struct picture *p, struct rect rect, const struct line *lines,
                      size_t count) {
    struct line line = LINE_EMPTY;
    line_put(&line, ROLE_QUIET, "…");
    for (size_t n = 0; n < count; n++) {
        const char *text = text_string(&lines[n].text);
        if (lines[n].count > 0) { /* none where memory was short */
            line_printf(&line, lines[n].pieces[0].role, " %.*s", (int)strcspn(text, " "), text);
        }
    }
    line_draw(&line, p, rect, 0);
    line_free(&line);
}

/* Behind each equation what it does, where that has room behind the longest. */
static void put_titles(struct line *lines, const enum law *laws, size_t count, int cols) {
    int widest = columns_widest(lines, 0, count) + COLUMN_GAP, longest = 0;
    for (size_t n = 0; n < count; n++) {
        int cells = (int)utf8_cells(law_row(laws[n])->title);
        longest = cells > longest ? cells : longest;
    }
    for (size_t n = 0; n < count && widest + longest <= cols; n++) {
        line_printf(&lines[n], ROLE_QUIET, "%*s%s", widest - lines[n].cells, "",
                    law_row(laws[n])->title);
    }
}

/* What the letters of their names say. */
static void draw_letters(const struct picture *p, struct rect rect) {
    struct line line = LINE_EMPTY;
    line_put(&line, ROLE_FORWARD, "F");
    line_put(&line, ROLE_QUIET, " forward: the output   ");
    line_put(&line, ROLE_BACKWARD, "B");
    line_put(&line, ROLE_QUIET, " backward: how C changes   ");
    line_put(&line, ROLE_UPDATE, "U");
    line_put(&line, ROLE_QUIET, " update: the new weights");
    if (line.cells <= rect.cols) {
        line_draw(&line, p, rect, 0);
    }
    line_free(&line);
}

/* In two even columns, or all in one where there are rows. A last equation that is too
 * long for the second column has the row below them for itself, where there is one. */
static void place_outline(const struct picture *p, const struct line *lines, size_t count,
                          struct rect rect) {
    const struct line *last = &lines[count - 1];
    bool one = rect.rows >= (int)count || rect.rows <= OUTLINE_ROWS;
    int beside = columns_widest(lines, 0, OUTLINE_ROWS) + COLUMN_GAP;
    bool apart = !one && beside + last->cells > rect.cols;
    if (apart) {
        line_draw(last, p, rect_below(rect, OUTLINE_ROWS), LINE_INDENT);
        count--;
    }
    if (!one && !apart) {
        draw_letters(p, rect_below(rect, OUTLINE_ROWS));
    }
    rect.rows = one ? rect.rows : OUTLINE_ROWS;
    size_t drawn = columns_draw(p, lines, count, count, rect, OUTLINE_LEAST);
    if (drawn < count) {
        name_laws(p, rect_last(rect), lines + drawn, count - drawn);
    }
}

void panel_outline(const struct picture *p, struct rect rect) {
    struct quantity list[OUTLINE_MOST];
    struct line lines[OUTLINE_MOST];
    enum law laws[OUTLINE_MOST] = {LAW_NONE};
    size_t count = outline_of(p->model, list);
    for (size_t n = 0; n < count; n++) {
        lines[n] = LINE_EMPTY;
        struct equation equation;
        struct quantity q = quantity_generic(p->model, list[n]);
        if (equation_open(&equation, p->model, q, NULL) == STATUS_OK) {
            laws[n] = equation.law;
            line_printf(&lines[n], pass_role(equation.law), "%-3s", law_row(equation.law)->name);
            element_symbols(&lines[n], p, list[n], false);
            equation_close(&equation);
        }
    }
    if (rect.rows >= (int)count) {
        put_titles(lines, laws, count, rect.cols);
    }
    place_outline(p, lines, count, rect);
    for (size_t n = 0; n < count; n++) {
        line_free(&lines[n]);
    }
}
