/*
 * view/panel_weights.c - the weights of a joint beside their gradients, and what
 * they will be after the update.
 *
 *     ─ W⁽⁰⁾ ──────────────── ∂C/∂W⁽⁰⁾ ───────────── W⁽⁰⁾ new ─────────────
 *     1  0.5000 -0.3000  0.8000  -0.5400  0.0000  0.3780    ·       ·       ·
 *     2  0.1000  0.4000 -0.2000   1.0800  0.0000 -0.7560    ·       ·       ·
 *     b  ...                      where bias is on: it belongs to the column's neuron
 *
 * Row i, column j: from neuron i to neuron j. All joints, where they fit; else the
 * joint of the present equation. Too large a matrix is a window that follows it.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "panel.h"

enum { BLOCKS = 3, JOINTS_LOOKED_AT = 32, GAP_MOST = 6 };

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
    struct field field;
};

static int joint_rows(const struct network *network, size_t k) {
    return 1 + (int)(network->layers[k].n < 1000 ? network->layers[k].n : 1000) +
           (network->bias ? 1 : 0);
}

static int digits_of(size_t n) {
    int digits = 1;
    for (; n >= 10; n /= 10) {
        digits++;
    }
    return digits;
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

/* Three blocks if all of their columns fit, or three columns of each; else two; then
 * fewer columns, and fewer decimals. */
static void fit_columns(const struct picture *p, struct window *w, int cols) {
    int n = widest_joint(p), width = p->state->digits + 4;
    w->gap = 2;
    w->count = BLOCKS;
    int room = cols - w->label, each = block_cols(room, w);
    while (w->count > 1 && each / width < (n < 3 ? n : 3)) {
        w->count--;
        each = block_cols(room, w);
    }
    width = width < each ? width : each;
    w->field = field_of(p, width > 1 ? width : 1);
    int fits = each / w->field.width;
    w->block = (n < fits ? n : fits) * w->field.width;
    while (n <= fits && w->gap < GAP_MOST &&
           w->label + w->count * w->block + (w->count - 1) * (w->gap + 1) <= cols) {
        w->gap++;
    }
    size_t here = p->model->network.layers[w->k + 1].n;
    w->cols = here < (size_t)fits ? here : (size_t)fits;
    w->first_j = window_first(here, w->cols, picture_neuron(p, w->k + 1));
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
    w.first_i = window_first(n, w.rows, picture_neuron(p, k));
    w.label = 2 + digits_of(n < 100 ? w.first_i + w.rows : n);
    fit_columns(p, &w, rect.cols);
    w.more = w.rows < n || w.cols < network->layers[k + 1].n;
    return w;
}

static int block_col(const struct window *w, struct rect rect, int block) {
    return rect.col + w->label + block * (w->block + w->gap);
}

/* "W⁽⁰⁾", "∂C/∂W⁽⁰⁾", "W⁽⁰⁾ new", over each block. */
static void draw_titles(const struct picture *p, struct rect rect, const struct window *w) {
    panel_heading(p, rect, ROLE_HEADING, "");
    for (int block = 0; block < w->count; block++) {
        struct quantity q = {.kind = blocks[block].weight, .layer = w->k};
        struct text title = TEXT_EMPTY;
        struct print_options options = {.model = p->model, .notation = p->notation};
        quantity_symbol(&title, &q, &options);
        text_put(&title, blocks[block].next ? " new" : "");
        if (block == 0 && w->more) {
            const struct layer *layers = p->model->network.layers;
            text_printf(&title, " %zu×%zu, from %zu,%zu", layers[w->k].n, layers[w->k + 1].n,
                        w->first_i + 1, w->first_j + 1);
        }
        int room = w->count == 1 ? rect.cols - w->label - 3 : w->block + w->gap - 2;
        int col = block_col(w, rect, block);
        enum role role = blocks[block].next ? ROLE_UPDATE : block == 1 ? ROLE_BACKWARD : ROLE_WEIGHT;
        if ((int)utf8_cells(text_string(&title)) > room && block == 0) {
            text_cut(&title, strcspn(text_string(&title), " "));
        }
        int cells = (int)utf8_cells(text_string(&title));
        if (cells <= room) {
            canvas_put(p->canvas, rect.row, col, role, " ");
            canvas_put_styled(p->canvas, rect.row, col + 1, role, EMPHASIS_BOLD,
                              text_string(&title));
            canvas_put(p->canvas, rect.row, col + 1 + cells, role, " ");
        }
        text_free(&title);
    }
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
        for (size_t n = 0; n < w->cols; n++) {
            int64_t j = (int64_t)(w->first_j + n) + 1;
            struct quantity q = {.kind = bias ? blocks[block].bias : blocks[block].weight,
                                 .next = blocks[block].next,
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
    size_t k = whole ? 0 : picture_joint(p);
    while (k < network->K && rect.rows >= 2) {
        if (k != picture_joint(p) && joint_rows(network, k) > rect.rows) {
            break;
        }
        int used = draw_joint(p, rect, k++);
        rect.row += used;
        rect.rows -= used;
    }
}
