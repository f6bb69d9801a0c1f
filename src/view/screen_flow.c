/*
 * view/screen_flow.c - the size of the gradient in every layer, on one screen for 5 or
 * 5,000 of them: bars on one logarithmic axis, so that what vanishes or explodes is seen.
 *
 *     ∂C/∂z falls by a factor 0.29 a layer on the way back: vanishing
 *      layer ‖∂C/∂z‖ ─────┬1e−10──────1┬ ‖∂C/∂W‖ ─────┬1e−10──────1┬─ f′(z) ──── ‖W‖ ─
 *        3–4  ·                           ·                           ·       3.9450
 *        5–6 2.41e−9   ████▌             3.39e−9   █████             0.2248   3.9154
 *      ‖ ‖ size: root of the sum of squares ...
 *
 * Rows are layers, or rounds of layers where there are more of them than rows. Where there
 * is no room those of the weights' gradients go first, the bars of ∂C/∂z last. A dot is what the walk has not reached.
 * Where networks are compared each has one half of the screen, and the axis is the same.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "flow.h"

enum column { DZ, DZ_BAR, DW, DW_BAR, SLOPE, DEAD, WEIGHT, COLUMNS };

enum {
    BAR_LEAST = 8,
    TITLE_CELLS = 7, /* of ‖∂C/∂z‖; behind it a mark of change has its place */
    BAR_TINY = 4,
    GAP = 1,
    NOTE_ROWS = 10,
    ROOMY_ROWS = 18,
    PAIR_GAP = 3,
    SMALL_COLS = 36, /* below, numbers are shorter */
};

/* Dropped first to last where there is no room: of one network, and of two, which have the
 * same weights. */
enum { DROPPED = 6 };
static const enum column dropped[SIDES_MAX][DROPPED] = {
    {DW_BAR, DW, DEAD, WEIGHT, SLOPE, DZ_BAR},
    {WEIGHT, DW_BAR, DW, DEAD, SLOPE, DZ_BAR},
};

struct plot {
    struct side sides[SIDES_MAX];
    int count;
    size_t per; /* layers a row */
    int rows;
    struct sizes sizes;
    bool scaled; /* there is an axis */
    struct axis axis;
    int label;           /* columns of the layers' numbers */
    int width[COLUMNS];  /* of each side's columns, 0: dropped */
    int side_cols, left; /* of a side; where the first one begins */
};

/* ---- where columns lie ---- */

static int label_cells(const struct plot *plot, size_t K) {
    char text[48];
    int cells = plot->per > 1 ? snprintf(text, sizeof text, "%zu-%zu", K, K)
                              : snprintf(text, sizeof text, "%zu", K);
    return cells > 5 ? cells : 5;
}

static int bars_of(const struct plot *plot) {
    return (plot->width[DZ_BAR] > 0) + (plot->width[DW_BAR] > 0);
}

/* Cells of the heading between the title of a size and its bar. */
static int ahead_of_bar(const struct plot *plot) {
    return plot->width[DZ] - TITLE_CELLS - GAP;
}

/* With so many cells more the bars are too short for an axis that can be read: then rather
 * fewer columns. */
static bool is_cramped(const struct plot *plot, int more) {
    int bars = bars_of(plot);
    return plot->scaled && bars > 0 &&
           BAR_LEAST + more / bars + ahead_of_bar(plot) < flow_axis_cells(&plot->axis);
}

static void share_columns(struct plot *plot, int cols, int digits) {
    int size = plot->sizes.width, number = (size > TITLE_CELLS ? size : TITLE_CELLS) + GAP + 1;
    bool small = cols < SMALL_COLS;
    int most = small ? 3 : 4, decimals = digits < most ? digits : most;
    bool relus = plot->sides[0].flow->relus || plot->sides[plot->count - 1].flow->relus;
    const int wanted[COLUMNS] = {number,
                                 BAR_LEAST + GAP,
                                 number,
                                 BAR_LEAST + GAP,
                                 decimals + 2 + GAP,
                                 relus ? 4 + GAP : 0,
                                 decimals + (small ? 3 : 4) + GAP};
    int total = 0;
    for (int c = 0; c < COLUMNS; c++) {
        plot->width[c] = wanted[c];
        total += wanted[c];
    }
    const enum column *next = dropped[plot->count - 1];
    for (size_t n = 0; n < DROPPED; n++) {
        bool gives_way = next[n] != SLOPE && next[n] != DZ_BAR; /* to an axis */
        if (total <= cols && !(gives_way && is_cramped(plot, cols - total))) {
            break;
        }
        total -= plot->width[next[n]];
        plot->width[next[n]] = 0;
    }
    if (plot->width[DZ_BAR] == 0 && cols - total >= BAR_TINY) {
        plot->width[DZ_BAR] = cols - total;
        return;
    }
    int bars = bars_of(plot);
    for (int c = DZ_BAR; c <= DW_BAR && bars > 0; c += DW_BAR - DZ_BAR) {
        plot->width[c] += plot->width[c] > 0 ? (cols - total) / bars : 0;
    }
}

static bool lay_out(const struct picture *p, struct plot *plot, struct rect rect) {
    size_t K = p->model->network.K;
    plot->per = flow_layers_per_row(K, rect.rows);
    plot->rows = (int)((K + plot->per - 1) / plot->per);
    plot->scaled = flow_measure(p, plot->sides, plot->count, &plot->sizes, &plot->axis);
    plot->label = label_cells(plot, K) + 2 * GAP;
    plot->left = rect.col + plot->label;
    plot->side_cols = rect.cols - plot->label - GAP;
    if (plot->count > 1) {
        plot->side_cols = (plot->side_cols - PAIR_GAP) / 2;
    }
    share_columns(plot, plot->side_cols, p->state->digits);
    return plot->side_cols >= plot->width[DZ];
}

/* ---- the heading ---- */

static void put_title(const struct picture *p, int row, int col, int width, enum role role,
                      const char *title) {
    if ((int)utf8_cells(title) + 1 > width) {
        return;
    }
    canvas_put(p->canvas, row, col - 1, role, " ");
    col = canvas_put_styled(p->canvas, row, col, role, EMPHASIS_BOLD, title);
    canvas_put(p->canvas, row, col, role, " ");
}

static void draw_headings(const struct picture *p, struct rect rect, const struct plot *plot) {
    bool ascii = p->notation == NOTATION_ASCII;
    const char *const titles[COLUMNS] = {
        [DZ] = ascii ? "|dC/dz|" : "‖∂C/∂z‖", [DW] = ascii ? "|dC/dW|" : "‖∂C/∂W‖",
        [SLOPE] = ascii ? "f'(z)" : "f′(z)",  [DEAD] = "dead",
        [WEIGHT] = ascii ? "|W|" : "‖W‖",
    };
    panel_heading(p, rect, ROLE_HEADING, "");
    canvas_put(p->canvas, rect.row, rect.col, ROLE_HEADING, " layer ");
    for (int s = 0; s < plot->count; s++) {
        int col = plot->left + s * (plot->side_cols + PAIR_GAP);
        for (int c = 0; c < COLUMNS; c++) {
            int width = plot->width[c];
            if (c == DZ_BAR || c == DW_BAR) {
                if (plot->scaled) {
                    flow_axis_draw(p, rect.row, col, width - GAP, ahead_of_bar(plot), &plot->axis);
                }
            } else if (width > 0 && (c == DZ || c == DW)) {
                put_title(p, rect.row, col, width, ROLE_BACKWARD, titles[c]);
            } else if (width > 0) {
                int cells = (int)utf8_cells(titles[c]);
                put_title(p, rect.row, col + width - GAP - cells, cells + 1,
                          c == WEIGHT ? ROLE_WEIGHT : ROLE_BACKWARD, titles[c]);
            }
            col += width;
        }
    }
}

/* ---- numbers and bars ---- */

/* "1.23e-7", "0.5400", "0", "inf": its cells. */
static int size_text(double size, const struct sizes *sizes, char text[CELL_TEXT_MAX]) {
    const char *name = size == 0 ? "0" : number_not_finite(size);
    if (name) {
        strcpy(text, name);
    } else if (!sizes->scientific) {
        snprintf(text, CELL_TEXT_MAX, "%.*f", sizes->decimals, size);
    } else {
        number_scientific(size, sizes->decimals, text);
        char *exponent = text + strcspn(text, "e");
        *exponent = strcmp(exponent, "e0") == 0 ? '\0' : *exponent;
    }
    return (int)strlen(text);
}

/* The size in its column, its point below the others'. */
static void draw_size(const struct picture *p, int row, int col, const struct plot *plot,
                      double size, double old) {
    char text[CELL_TEXT_MAX], was[CELL_TEXT_MAX];
    size_text(size, &plot->sizes, text);
    size_text(old, &plot->sizes, was);
    int ahead = isfinite(size) ? (int)strcspn(text, ".") : plot->sizes.ahead;
    bool changed = strcmp(text, was) != 0;
    enum role role = !isfinite(size) ? ROLE_WARNING : changed ? ROLE_CHANGED : ROLE_BACKWARD;
    col = panel_number(p, row, col + plot->sizes.ahead - ahead, role, text);
    if (changed && !isnan(size) && !isnan(old)) {
        canvas_put(p->canvas, row, col, ROLE_CHANGED, size > old ? "↑" : "↓");
    }
}

/* Half cells of its share of the axis; what is not finite fills it all. */
static void draw_bar(const struct picture *p, int row, int col, int cols, const struct plot *plot,
                     double size) {
    if (!isfinite(size)) {
        canvas_fill(p->canvas, (struct rect){row, col, 1, cols}, ROLE_WARNING, 0x2593);
        return;
    }
    if (size == 0 || !plot->scaled) {
        return;
    }
    int halves = (int)(axis_share(&plot->axis, size) * (2 * cols - 1) + 0.5);
    halves = halves < 1 ? 1 : halves < 2 * cols ? halves : 2 * cols;
    canvas_fill(p->canvas, (struct rect){row, col, 1, halves / 2}, ROLE_BACKWARD, 0x2588);
    if (halves % 2 == 1) {
        canvas_glyph(p->canvas, row, col + halves / 2, ROLE_BACKWARD, 0, 0x258C);
    }
}

static void draw_right(const struct picture *p, int row, int end, enum role role,
                       const char *text) {
    panel_number(p, row, end - (int)utf8_cells(text), role, text);
}

static void draw_rest(const struct picture *p, int row, int col, const struct plot *plot,
                      const struct flow_row *values) {
    int decimals = p->state->digits < 4 ? p->state->digits : 4;
    char text[CELL_TEXT_MAX];
    col += plot->width[SLOPE];
    if (plot->width[SLOPE] > 0 && !values->slope_known) {
        canvas_put(p->canvas, row, col - GAP - decimals - 1, ROLE_QUIET, panel_dot(p));
    } else if (plot->width[SLOPE] > 0) {
        cell_text(p, values->slope, plot->width[SLOPE] - GAP, decimals, text);
        draw_right(p, row, col - GAP, isnan(values->slope) ? ROLE_QUIET : ROLE_BACKWARD,
                   isnan(values->slope) ? "–" : text);
    }
    col += plot->width[DEAD];
    if (plot->width[DEAD] > 0 && values->slope_known) {
        snprintf(text, sizeof text, "%.0f%%", 100 * values->dead);
        enum role role = values->dead > 0.5 ? ROLE_WARNING : ROLE_BACKWARD;
        draw_right(p, row, col - GAP, isnan(values->dead) ? ROLE_QUIET : role,
                   isnan(values->dead) ? "–" : text);
    } else if (plot->width[DEAD] > 0) {
        draw_right(p, row, col - GAP, ROLE_QUIET, panel_dot(p));
    }
    col += plot->width[WEIGHT];
    if (plot->width[WEIGHT] > 0) {
        cell_text(p, values->W, plot->width[WEIGHT] - GAP, decimals, text);
        draw_right(p, row, col - GAP, ROLE_WEIGHT, text);
    }
}

static void draw_sizes(const struct picture *p, int row, int col, const struct plot *plot,
                       enum column number, bool known, double size, double old) {
    if (plot->width[number] == 0) {
        return;
    }
    if (!known) {
        canvas_put(p->canvas, row, col + plot->sizes.ahead, ROLE_QUIET, panel_dot(p));
        return;
    }
    draw_size(p, row, col, plot, size, old);
    enum column bar = (enum column)(number + 1);
    if (plot->width[bar] > 0) {
        draw_bar(p, row, col + plot->width[number], plot->width[bar] - GAP, plot, size);
    }
}

static void draw_side(const struct picture *p, int row, int col, const struct plot *plot,
                      const struct side *side, size_t first, size_t last) {
    struct flow_row now = flow_row_of(p, side->flow, first, last);
    struct flow_row old = side->before ? flow_row_of(p, side->before, first, last) : now;
    draw_sizes(p, row, col, plot, DZ, now.dz_known, now.dz, old.dz);
    col += plot->width[DZ] + plot->width[DZ_BAR];
    draw_sizes(p, row, col, plot, DW, now.dW_known, now.dW, old.dW);
    col += plot->width[DW] + plot->width[DW_BAR];
    draw_rest(p, row, col, plot, &now);
}

static void draw_row(const struct picture *p, struct rect rect, const struct plot *plot, int n) {
    size_t K = p->model->network.K, first = (size_t)n * plot->per + 1;
    size_t last = first + plot->per - 1 < K ? first + plot->per - 1 : K;
    size_t present = p->focus.step > 0 ? picture_layer(p) : 0;
    bool here = present >= first && present <= last;
    char label[64];
    if (plot->per > 1) {
        const char *dash = p->notation == NOTATION_ASCII ? "-" : "–";
        snprintf(label, sizeof label, first < last ? "%zu%s%zu" : "%zu", first, dash, last);
    } else {
        snprintf(label, sizeof label, "%zu", first);
    }
    draw_right(p, rect.row, rect.col + plot->label - GAP, here ? ROLE_HEADING : ROLE_QUIET, label);
    for (int s = 0; s < plot->count; s++) {
        draw_side(p, rect.row, plot->left + s * (plot->side_cols + PAIR_GAP), plot, &plot->sides[s],
                  first, last);
    }
}

/* ---- notes ---- */

static void put_notes(struct text *out, const struct picture *p, const struct plot *plot) {
    const struct feed *feed = &p->model->feed;
    text_put(out, p->notation == NOTATION_ASCII ? "| |" : "‖ ‖");
    text_put(out, " size: root of the sum of squares");
    if (feed->data) {
        text_printf(out, ", of sample %zu", feed->sample);
    }
    if (plot->per > 1) {
        text_printf(out, "; a row is %zu layers, their geometric mean", plot->per);
    }
    if (plot->width[SLOPE] > 0) {
        text_put(out, p->notation == NOTATION_ASCII ? "; f'(z)" : "; f′(z)");
        text_put(out, ": the mean slope");
    }
    size_t rows = plot->sides[0].flow->rows;
    if (plot->width[DEAD] > 0 && !feed->data) {
        text_put(out, "; dead: ReLUs whose slope is 0");
    } else if (plot->width[DEAD] > 0) {
        text_printf(out, "; dead: ReLUs whose slope is 0 in %s %zu row%s",
                    rows < feed->training ? "each of the first" : "all", rows,
                    rows == 1 ? "" : "s");
    }
}

static void draw_notes(const struct picture *p, struct rect rect, const struct plot *plot) {
    struct text text = TEXT_EMPTY;
    put_notes(&text, p, plot);
    panel_wrap(p, rect, ROLE_QUIET, text_string(&text));
    text_free(&text);
}

/* ---- the screen ---- */

/* Rows for the notes and the blank one before them; none where each layer has a row
 * without them. */
static int note_rows(const struct picture *p, struct rect body, int words) {
    size_t rows = body.rows > words + 1 ? (size_t)(body.rows - words - 1) : 0;
    size_t K = p->model->network.K;
    int notes = body.rows < NOTE_ROWS ? 0 : body.cols >= 100 && body.rows < ROOMY_ROWS ? 2 : 3;
    return K <= rows && K + (size_t)notes > rows ? 0 : notes;
}

void screen_flow(struct picture *p, struct rect body) {
    struct plot plot = {0};
    if (body.rows < 1 || body.cols < 12) {
        return;
    }
    plot.count = flow_sides(p, plot.sides);
    if (plot.count == 0) {
        canvas_put(p->canvas, body.row, body.col + 1, ROLE_WARNING, "out of memory");
        return;
    }
    int words = body.rows > plot.count + 2 ? plot.count : 0;
    int notes = note_rows(p, body, words);
    for (int n = 0; n < words; n++) {
        plot.sides[n].place = n == 0 ? "left" : "right";
        flow_words(p, (struct rect){body.row + n, body.col + 1, 1, body.cols - 2}, &plot.sides[n]);
    }
    struct rect table = {body.row + words, body.col, body.rows - words - notes, body.cols};
    table.row++;
    table.rows--;
    if (table.rows < 1 || !lay_out(p, &plot, table)) {
        return;
    }
    draw_headings(p, (struct rect){table.row - 1, table.col, 1, table.cols}, &plot);
    for (int n = 0; n < plot.rows; n++) {
        draw_row(p, (struct rect){table.row + n, table.col, 1, table.cols}, &plot, n);
    }
    if (notes > 0) {
        draw_notes(p,
                   (struct rect){table.row + plot.rows + 1, body.col + 1, notes - 1, body.cols - 2},
                   &plot);
    }
}
