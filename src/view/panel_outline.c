/*
 * view/panel_outline.c - at START, in the equation's place: what will be walked.
 *
 *     z⁽¹⁾ⱼ = Σᵢ W⁽⁰⁾ᵢⱼ · xᵢ      F1  ∂C/∂z⁽²⁾ⱼ = ∂C/∂r⁽²⁾ⱼ · Step(z⁽²⁾ⱼ)  B1
 *     r⁽¹⁾ⱼ = max(0, z⁽¹⁾ⱼ)       F2  ∂C/∂r⁽¹⁾ᵢ = Σⱼ ∂C/∂z⁽²⁾ⱼ · W⁽¹⁾ᵢⱼ    B2
 *     C = 0.5 · Σⱼ (yⱼ − r⁽²⁾ⱼ)²  F3  ∂C/∂W⁽¹⁾ᵢⱼ = ∂C/∂z⁽²⁾ⱼ · r⁽¹⁾ᵢ        B3
 *     ∂C/∂r⁽²⁾ⱼ = r⁽²⁾ⱼ − yⱼ      B0  W⁽¹⁾ᵢⱼ ← W⁽¹⁾ᵢⱼ − η · ∂C/∂W⁽¹⁾ᵢⱼ      U
 *
 * Of each law the equation that comes first. The laws' names stand behind, as the numbers of
 * equations do in a book, so that the first equation stays where it is when the walk begins;
 * where there is room, with what it does,
 *
 *     z⁽¹⁾ⱼ = Σᵢ W⁽⁰⁾ᵢⱼ · xᵢ      F1 weighted sum
 *
 * and below two columns what the letters say, where there is a row for that.
 */
#include "base/utf8.h"
#include "panel.h"

enum {
    OUTLINE_ROWS = 4,
    OUTLINE_LEAST = 24, /* cells of an equation that is cut, rather than left out */
    OUTLINE_MOST = 8,   /* equations */
    LAW_CELLS = 4,      /* of the name of a law behind its equation */
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

struct outline {
    struct line lines[OUTLINE_MOST];
    enum law laws[OUTLINE_MOST];
    size_t count;
};

static struct outline outline_lines(const struct picture *p) {
    struct quantity list[OUTLINE_MOST];
    struct outline outline = {.count = outline_of(p->model, list)};
    for (size_t n = 0; n < outline.count; n++) {
        struct equation equation;
        struct quantity q = quantity_generic(p->model, list[n]);
        outline.lines[n] = LINE_EMPTY;
        outline.laws[n] = LAW_NONE; /* memory was short */
        if (equation_open(&equation, p->model, q, NULL) == STATUS_OK) {
            outline.laws[n] = equation.law;
            element_symbols(&outline.lines[n], p, &equation, false);
            equation_close(&equation);
        }
    }
    return outline;
}

/* Behind the lines first ... end - 1, one under the other in `room` columns, the names of
 * their laws; behind one that leaves no room for it, none. */
static void name_lines(struct outline *outline, size_t first, size_t end, int room) {
    int widest = columns_widest(outline->lines, first, end);
    int at = widest + LAW_CELLS < room ? widest + LAW_CELLS : room;
    for (size_t n = first; n < end; n++) {
        struct line *line = &outline->lines[n];
        if (line->cells + LAW_CELLS <= at) {
            line_printf(line, pass_role(outline->laws[n]), "%*s%-2s", at - line->cells - 2, "",
                        law_row(outline->laws[n])->name);
        }
    }
}

/* The cells of the lines first ... end - 1, one under the other, with the titles behind. */
static int titled_cells(const struct outline *outline, size_t first, size_t end) {
    int longest = 0;
    for (size_t n = first; n < end; n++) {
        int cells = 1 + (int)utf8_cells(law_row(outline->laws[n])->title);
        longest = cells > longest ? cells : longest;
    }
    return columns_widest(outline->lines, first, end) + longest;
}

/* Behind each name what the equation does. */
static void put_titles(struct outline *outline) {
    for (size_t n = 0; n < outline->count; n++) {
        line_printf(&outline->lines[n], ROLE_QUIET, " %s", law_row(outline->laws[n])->title);
    }
}

/* "… F3 B0 B1 B3 U": from the n-th on they have no row. */
static void name_laws(const struct picture *p, struct rect rect, const struct outline *outline,
                      size_t n) {
    struct line line = LINE_EMPTY;
    line_put(&line, ROLE_QUIET, "…");
    for (; n < outline->count; n++) {
        line_printf(&line, pass_role(outline->laws[n]), " %s", law_row(outline->laws[n])->name);
    }
    line_draw(&line, p, rect, 0);
    line_free(&line);
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

/* Have two columns room for all, with the laws' names? */
static bool columns_fit(const struct outline *outline, int cols) {
    const struct line *lines = outline->lines;
    int left = columns_widest(lines, 0, OUTLINE_ROWS);
    int right = columns_widest(lines, OUTLINE_ROWS, outline->count);
    return left + COLUMN_GAP + right + 2 * LAW_CELLS <= cols;
}

/* In two even columns, or all in one where there are rows. A last equation that is too
 * long for the second column has the row below them for itself, where there is one. */
static void place_outline(const struct picture *p, struct outline *outline, struct rect rect) {
    struct line *lines = outline->lines;
    size_t last = outline->count - 1;
    bool one = rect.rows >= (int)outline->count || rect.rows < OUTLINE_ROWS ||
               (rect.rows == OUTLINE_ROWS && !columns_fit(outline, rect.cols));
    size_t rows = rect.rows > 1 ? (size_t)rect.rows : 2;
    size_t first = !one ? OUTLINE_ROWS : rows < outline->count ? rows - 1 : outline->count;
    name_lines(outline, 0, first, rect.cols);
    if (one && rect.rows >= (int)outline->count) {
        if (titled_cells(outline, 0, outline->count) <= rect.cols) {
            put_titles(outline);
        }
    } else if (!one) {
        int beside = columns_widest(lines, 0, OUTLINE_ROWS) + COLUMN_GAP;
        bool apart = beside + lines[last].cells + LAW_CELLS > rect.cols;
        name_lines(outline, OUTLINE_ROWS, apart ? last : last + 1, rect.cols - beside);
        if (apart) {
            name_lines(outline, last, last + 1, rect.cols);
            line_draw(&lines[last], p, rect_below(rect, OUTLINE_ROWS), LINE_INDENT);
            outline->count--;
        } else {
            draw_letters(p, rect_below(rect, OUTLINE_ROWS));
            if (titled_cells(outline, 0, OUTLINE_ROWS) + COLUMN_GAP +
                    titled_cells(outline, OUTLINE_ROWS, outline->count) <=
                rect.cols) {
                put_titles(outline);
            }
        }
        rect.rows = OUTLINE_ROWS;
    }
    size_t drawn = columns_draw(p, lines, outline->count, outline->count, rect, OUTLINE_LEAST);
    if (drawn < outline->count) {
        name_laws(p, rect_last(rect), outline, drawn);
    }
}

void panel_outline(const struct picture *p, struct rect rect) {
    struct outline outline = outline_lines(p);
    size_t count = outline.count;
    place_outline(p, &outline, rect);
    for (size_t n = 0; n < count; n++) {
        line_free(&outline.lines[n]);
    }
}
