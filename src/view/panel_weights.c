/*
 * view/panel_weights.c - the weights of a joint beside their gradients, and what
 * they will be after the update.
 *
 *     ─── weights W⁽⁰⁾ ──────────── gradients ∂C/∂W⁽⁰⁾ ────── new W⁽⁰⁾ ────────
 *      1  0.5000 −0.3000  0.8000  −0.5400  0.0000  0.3780    ·       ·       ·
 *      2  0.1000  0.4000 −0.2000   1.0800  0.0000 −0.7560    ·       ·       ·
 *      b  ...                      where bias is on: it belongs to the column's neuron
 *
 * Row i, column j: from neuron i to neuron j. All joints, where they fit; else the
 * joint of the present equation. Too large a matrix is a window that follows it.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "panel.h"

enum {
    BLOCKS = 3,
    JOINTS_LOOKED_AT = 32,
    GAP_MOST = 6,
    TITLE_MOST = 20,
    WIDTH_LEAST = 8, /* of a column, before a block is left out */
    NOTES = 4,       /* lengths of a note */
};

/* What the three blocks show, of a weight and of a bias. */
static const struct block_row {
    enum quantity_kind weight, bias;
    bool next;
} blocks[BLOCKS] = {
    {QUANTITY_W, QUANTITY_B, false},
    {QUANTITY_DW, QUANTITY_DB, false},
    {QUANTITY_W, QUANTITY_B, true},
};

/* The part of a joint that is shown, and how it lies. */
struct window {
    size_t k;
    size_t first_i, rows, first_j, cols; /* neurons, from 0 */
    bool bias, more;                     /* a row for the bias; not everything is shown */
    int count, block, gap;               /* blocks, columns of each, and between them */
    int label;                           /* columns of the row labels */
    int order[BLOCKS];                   /* which blocks are shown */
    struct field field;
};

static int joint_rows(const struct network *network, size_t k) {
    return 1 + (int)(network->layers[k].n < 1000 ? network->layers[k].n : 1000) +
           (network->bias ? 1 : 0);
}

static int block_cols(int room, const struct window *w) {
    return (room - (w->count - 1) * w->gap) / w->count;
}

/* Neurons of the widest layer that a joint leads to: all joints have their blocks in
 * the same columns. */
static int widest_joint(const struct picture *p) {
    const struct network *network = &p->model->network;
    size_t widest = 1;
    for (size_t k = 1; k <= network->K && k < JOINTS_LOOKED_AT; k++) {
        widest = network->layers[k].n > widest ? network->layers[k].n : widest;
    }
    return widest < 1000 ? (int)widest : 1000;
}

/* Three blocks of all columns, or of three, rather with fewer decimals than without a
 * block, where no more than the ordinary are asked for; else two; else one. */
static int choose_width(const struct picture *p, struct window *w, int n, int room) {
    int most = p->state->digits + 4;
    int least = p->state->digits > DIGITS_DEFAULT ? most : WIDTH_LEAST;
    least = most < least ? most : least;
    int pair = 2 * p->state->digits + 10; /* old -> new */
    w->count = BLOCKS;
    if (block_cols(room, w) / pair >= n) {
        return pair;
    }
    n = n < 3 ? n : 3;
    for (w->count = BLOCKS; w->count > 1; w->count--) {
        for (int width = most; width >= least; width--) {
            if (block_cols(room, w) / width >= n) {
                return width;
            }
        }
    }
    return most < room ? most : room > 1 ? room : 1;
}

static void fit_columns(const struct picture *p, struct window *w, int cols) {
    int n = widest_joint(p), room = cols - w->label;
    w->gap = 2;
    w->field = field_of(p, choose_width(p, w, n, room));
    int each = block_cols(room, w);
    int fits = each / w->field.width;
    w->block = (n < fits ? n : fits) * w->field.width;
    while (n <= fits && (w->gap < GAP_MOST || w->block + w->gap < TITLE_MOST + 2) &&
           w->label + w->count * w->block + (w->count - 1) * (w->gap + 1) <= cols) {
        w->gap++;
    }
    size_t here = p->model->network.layers[w->k + 1].n;
    w->cols = here < (size_t)fits ? here : (size_t)fits;
    w->first_j = window_first(here, w->cols, picture_seen_neuron(p, w->k + 1));
}

/* Where not all three blocks fit, those that the present equation needs. */
static void choose_blocks(const struct picture *p, struct window *w) {
    bool update = p->step.law == LAW_U;
    for (int n = 0; n < w->count; n++) {
        w->order[n] = n;
    }
    if (w->count == 2) {
        w->order[1] = update ? 2 : 1;
    } else if (w->count == 1) {
        w->order[0] = update ? 2 : p->step.law == LAW_B3 ? 1 : 0;
    }
}

static struct window window_of(const struct picture *p, size_t k, struct rect rect) {
    const struct network *network = &p->model->network;
    struct window w = {.k = k, .bias = network->bias};
    size_t n = network->layers[k].n;
    int room = rect.rows - 1 - (w.bias ? 1 : 0);
    if (room < 1) {
        w.bias = false;
        room = rect.rows - 1;
    }
    w.rows = n < (size_t)room ? n : (size_t)room;
    w.first_i = window_first(n, w.rows, picture_seen_neuron(p, k));
    w.label = 2 + panel_digits(n < 100 ? w.first_i + w.rows : n);
    fit_columns(p, &w, rect.cols);
    choose_blocks(p, &w);
    w.more = w.rows < n || w.cols < network->layers[k + 1].n;
    return w;
}

static int block_col(const struct window *w, struct rect rect, int block) {
    return rect.col + w->label + block * (w->block + w->gap);
}

enum { TITLES = 3 }; /* lengths of a title, 0 the longest */

/* "weights W⁽⁰⁾", or only its symbol, which has the role of what it stands for; "new W⁽⁰⁾",
 * or only "new". */
static void put_title(struct line *line, const struct picture *p, const struct window *w, int block,
                      int length) {
    static const char *const words[BLOCKS] = {"weights ", "gradients ", "new "};
    const struct block_row *shown = &blocks[block];
    struct quantity q = {.kind = shown->weight, .layer = w->k};
    enum role role = shown->next             ? ROLE_UPDATE
                     : q.kind == QUANTITY_DW ? ROLE_BACKWARD
                                             : ROLE_WEIGHT;
    bool said = length < 1 || shown->next; /* what is new says so always */
    struct quantity whole = q;
    whole.next = shown->next;
    role = picture_title_role(p, &whole, role);
    if (length > 1 && shown->next) {
        line_put(line, role, "new");
        return;
    }
    line_put(line, ROLE_HEADING, said ? words[block] : "");
    line_symbol(line, p, &q, role);
}

/* Draw the titles of all blocks if they fit; says whether they do, and where the last of
 * them ends. */
static bool draw_all_titles(const struct picture *p, struct rect rect, const struct window *w,
                            int length, bool draw, int *end) {
    bool fit = true;
    for (int n = 0; n < w->count; n++) {
        int block = w->order[n], col = block_col(w, rect, n);
        bool last = n + 1 == w->count;
        int room = last ? rect.col + rect.cols - col - 3 : w->block + w->gap - 2;
        struct line title = LINE_EMPTY;
        put_title(&title, p, w, block, length);
        fit = fit && title.cells <= room;
        *end = col + 2 + title.cells;
        if (draw && title.cells <= room) {
            canvas_fill(p->canvas, (struct rect){rect.row, col, 1, title.cells + 2}, ROLE_TEXT,
                        ' ');
            line_draw(&title, p, (struct rect){rect.row, col + 1, 1, title.cells}, 0);
        }
        line_free(&title);
    }
    return fit;
}

/* "rows 1–3 of 8" of what is not seen whole, at several lengths. */
static void put_seen(struct text *out, const char *const words[NOTES], int level, size_t first,
                     size_t seen, size_t all) {
    if (seen < all) {
        text_printf(out, level == 0 ? "%s%s%zu–%zu of %zu" : "%s%s%zu–%zu/%zu",
                    out->length > 0 ? ", " : "", words[level], first + 1, first + seen, all);
    }
}

/* What part of the matrix is seen, the shorter the higher the level; or what rows and
 * columns are, where all of it is. */
static void put_note(struct text *out, const struct picture *p, const struct window *w, int level) {
    static const char *const rows[NOTES] = {"rows ", "rows ", "rows ", "r "};
    static const char *const cols[NOTES] = {"columns ", "columns ", "cols ", "c "};
    const struct layer *layers = p->model->network.layers;
    put_seen(out, rows, level, w->first_i, w->rows, layers[w->k].n);
    put_seen(out, cols, level, w->first_j, w->cols, layers[w->k + 1].n);
    if (!w->more && level == 0) {
        text_printf(out, "row: from layer %zu, column: to layer %zu", w->k, w->k + 1);
    }
}

/* At the right end, behind the titles: the longest note that fits; of a part of the
 * matrix at least the sign of it. */
static void draw_note(const struct picture *p, struct rect rect, const struct window *w,
                      int titles_end) {
    for (int level = 0; level <= NOTES; level++) {
        struct text note = TEXT_EMPTY;
        if (level < NOTES) {
            put_note(&note, p, w, level);
        } else {
            text_put(&note, w->more ? "…" : "");
        }
        bool fits = panel_note(p, rect, titles_end, level < 2 ? 3 : 2, text_string(&note));
        text_free(&note);
        if (fits) {
            return;
        }
    }
}

static void draw_titles(const struct picture *p, struct rect rect, const struct window *w) {
    panel_heading(p, rect, ROLE_HEADING, "");
    int end = rect.col;
    int length = 0;
    while (length + 1 < TITLES && !draw_all_titles(p, rect, w, length, false, &end)) {
        length++;
    }
    draw_all_titles(p, rect, w, length, true, &end);
    draw_note(p, rect, w, end);
}

/* One row of all blocks: neuron i, or the biases. */
static void draw_row(const struct picture *p, struct rect rect, const struct window *w, int row,
                     size_t i, bool bias) {
    char label[24] = "b";
    if (!bias) {
        snprintf(label, sizeof label, "%zu", i + 1);
    }
    canvas_put(p->canvas, row, rect.col + w->label - 1 - (int)strlen(label), ROLE_QUIET, label);
    for (int block = 0; block < w->count; block++) {
        const struct block_row *shown = &blocks[w->order[block]];
        for (size_t n = 0; n < w->cols; n++) {
            int64_t j = (int64_t)(w->first_j + n) + 1;
            struct quantity q = {.kind = bias ? shown->bias : shown->weight,
                                 .next = shown->next,
                                 .layer = w->k,
                                 .i = bias ? j : (int64_t)i + 1,
                                 .j = bias ? 0 : j};
            cell_draw(p, row, block_col(w, rect, block) + (int)n * w->field.width, w->field, &q);
        }
    }
}

/* One joint; returns the rows it took. */
static int draw_joint(const struct picture *p, struct rect rect, size_t k) {
    struct window w = window_of(p, k, rect);
    draw_titles(p, rect, &w);
    int row = rect.row + 1;
    for (size_t n = 0; n < w.rows; n++) {
        draw_row(p, rect, &w, row++, w.first_i + n, false);
    }
    if (w.bias) {
        draw_row(p, rect, &w, row++, 0, true);
    }
    return row - rect.row;
}

void panel_weights(const struct picture *p, struct rect rect) {
    const struct network *network = &p->model->network;
    if (rect.rows < 2 || rect.cols < 8) {
        return;
    }
    int all = 0;
    for (size_t k = 0; k < network->K && k < JOINTS_LOOKED_AT && all <= rect.rows; k++) {
        all += joint_rows(network, k);
    }
    bool whole = all <= rect.rows && network->K < JOINTS_LOOKED_AT;
    int gap = whole && all + (int)network->K - 1 <= rect.rows ? 1 : 0;
    size_t k = whole ? 0 : picture_seen_joint(p);
    while (k < network->K && rect.rows >= 2) {
        if (k != picture_seen_joint(p) && joint_rows(network, k) > rect.rows) {
            break;
        }
        int used = draw_joint(p, rect, k++) + gap;
        rect.row += used;
        rect.rows -= used;
    }
}
