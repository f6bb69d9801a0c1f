/*
 * view/panel_neurons.c - the table of neurons: one row each, every number that the
 * two passes give it.
 *
 *     layer, no. z ───── r Step(z) ─ ∂C/∂r ─ ∂C/∂z
 *      0  1          1.0000
 *         2         −2.0000
 *      1  1  0.3000  0.3000    ·       ·       ·
 *         2 −1.1000  0.0000    ·       ·       ·
 *         3  1.2000  1.2000    ·       ·       ·
 *
 * Where not all layers fit, the present layer has the room first, then the layer
 * that the present equation takes its operands from, then those around them.
 */
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "net/activation.h"
#include "panel.h"

enum { SECTIONS_MAX = 64, COLUMNS = 5 };

/* The columns, and in which order they are given up where there is no room. */
static const struct column {
    enum quantity_kind kind;
    int rank; /* the higher, the sooner it is dropped */
} columns[COLUMNS] = {
    {QUANTITY_Z, 2}, {QUANTITY_R, 0}, {QUANTITY_SLOPE, 4}, {QUANTITY_DR, 3}, {QUANTITY_DZ, 1},
};

/* The neurons of one layer that are shown, from 0. */
struct section {
    size_t layer, first, shown;
};

struct table {
    struct section sections[SECTIONS_MAX];
    size_t count;
};

/* Rows that a layer takes when `room` rows are free: all its neurons, or fewer and a
 * row that says so. */
static struct section section_of(const struct picture *p, size_t layer, int room) {
    size_t n = p->model->network.layers[layer].n;
    struct section section = {layer, 0, n};
    if (n > (size_t)room) {
        section.shown = room > 1 ? (size_t)room - 1 : 1;
        section.first = window_first(n, section.shown, picture_seen_neuron(p, layer));
    }
    return section;
}

static int section_rows(const struct picture *p, const struct section *section) {
    size_t n = p->model->network.layers[section->layer].n;
    return (int)section->shown + (section->shown < n ? 1 : 0);
}

/* Add a layer to the table, kept in the order of layers. */
static int add_section(struct table *table, const struct picture *p, size_t layer, int room) {
    for (size_t n = 0; n < table->count; n++) {
        if (table->sections[n].layer == layer) {
            return 0;
        }
    }
    struct section section = section_of(p, layer, room > 1 ? room : 1);
    bool fits = room >= section_rows(p, &section) || table->count == 0;
    if (room < 1 || !fits || table->count == SECTIONS_MAX) {
        return 0;
    }
    size_t at = table->count++;
    for (; at > 0 && table->sections[at - 1].layer > layer; at--) {
        table->sections[at] = table->sections[at - 1];
    }
    table->sections[at] = section;
    return section_rows(p, &section);
}

/* Do all layers fit? Stops counting where they do not. */
static bool all_fit(const struct picture *p, int rows) {
    const struct network *network = &p->model->network;
    size_t used = 0;
    for (size_t k = 0; k <= network->K; k++) {
        used += network->layers[k].n;
        if (used > (size_t)rows || k >= SECTIONS_MAX) {
            return false;
        }
    }
    return true;
}

static void lay_out(struct table *table, const struct picture *p, int rows) {
    size_t K = p->model->network.K, layer = picture_seen_layer(p);
    table->count = 0;
    if (all_fit(p, rows)) {
        for (size_t k = 0; k <= K; k++) {
            add_section(table, p, k, rows);
        }
        return;
    }
    if (layer == 0) {
        layer = 1;
    }
    /* the layer that the operands come from */
    size_t other = p->step.law == LAW_B2 && layer < K ? layer + 1 : layer - 1;
    int kept = rows >= 6 ? 3 : 0;
    rows -= add_section(table, p, layer, rows - kept);
    rows -= add_section(table, p, other, rows);
    for (size_t away = 1; rows > 0 && away <= K; away++) {
        if (layer + away <= K) {
            rows -= add_section(table, p, layer + away, rows);
        }
        if (away <= layer) {
            rows -= add_section(table, p, layer - away, rows);
        }
    }
}

/* ---- drawing ---- */

struct grid {
    int col, label;  /* of the panel, and columns of its labels */
    int at[COLUMNS]; /* of each column, -1: dropped */
    struct field field;
};

/* How many columns fit with one decimal at least, and how wide they may be. */
static struct grid grid_of(const struct picture *p, struct rect rect, const struct table *table) {
    struct grid grid = {.col = rect.col, .label = 5};
    for (size_t n = 0; n < table->count; n++) {
        const struct section *s = &table->sections[n];
        int label = 3 + panel_digits(s->layer) + panel_digits(s->first + s->shown);
        grid.label = label > grid.label ? label : grid.label;
    }
    int count = COLUMNS;
    while (count > 1 && (rect.cols - grid.label) / count < 6) {
        count--;
    }
    int width = (rect.cols - grid.label) / count;
    grid.field = field_of(p, width > 1 ? width : 1);
    int at = rect.col + rect.cols - count * width;
    for (int n = 0; n < COLUMNS; n++) {
        grid.at[n] = columns[n].rank < count ? at : -1;
        at += columns[n].rank < count ? width : 0;
    }
    return grid;
}

/* The symbol over a column of `width` cells. */
static const char *heading_of(const struct picture *p, enum quantity_kind kind, int width) {
    bool ascii = p->notation == NOTATION_ASCII;
    const struct network *network = &p->model->network;
    if (kind == QUANTITY_SLOPE && !ascii) {
        bool step = network->layers[1].activation->step;
        for (size_t k = 1; k <= network->K && k < SECTIONS_MAX; k++) {
            step = step && network->layers[k].activation->step;
        }
        return !step ? "f′(z)" : width < (int)sizeof "Step(z)" ? "Step" : "Step(z)";
    }
    return ascii ? quantity_row(kind)->name : quantity_row(kind)->symbol;
}

/* What the two numbers before each row are, in the room before the first symbol. */
static void draw_label_heading(const struct picture *p, struct rect rect, const struct grid *grid) {
    static const char *const forms[] = {"layer neuron", "layer, no.", "layer no.", "layer #",
                                        "layer"};
    int first = 0;
    while (grid->at[first] < 0) {
        first++;
    }
    const char *symbol = heading_of(p, columns[first].kind, grid->field.width);
    int end = grid->at[first] + grid->field.width - 2 - (int)utf8_cells(symbol);
    for (size_t n = 0; n < TABLE_COUNT(forms); n++) {
        if (grid->col + (int)utf8_cells(forms[n]) <= end) {
            int col = canvas_put(p->canvas, rect.row, grid->col, ROLE_HEADING, forms[n]);
            canvas_put(p->canvas, rect.row, col, ROLE_HEADING, col < end ? " " : "");
            return;
        }
    }
}

static void draw_headings(const struct picture *p, struct rect rect, const struct grid *grid) {
    panel_heading(p, rect, ROLE_HEADING, "");
    draw_label_heading(p, rect, grid);
    for (int n = 0; n < COLUMNS; n++) {
        const char *title = heading_of(p, columns[n].kind, grid->field.width);
        int cells = (int)utf8_cells(title);
        if (grid->at[n] < 0 || cells > grid->field.width - 1) {
            continue;
        }
        enum role role =
            quantity_row(columns[n].kind)->family == FAMILY_FORWARD ? ROLE_FORWARD : ROLE_BACKWARD;
        int end = grid->at[n] + grid->field.width - 1;
        canvas_put(p->canvas, rect.row, end - cells - 1, role, " ");
        canvas_put_styled(p->canvas, rect.row, end - cells, role, EMPHASIS_BOLD, title);
        canvas_put(p->canvas, rect.row, end, role, " ");
    }
}

/* Only r has a value in layer 0. */
static bool exists(enum quantity_kind kind, size_t layer) {
    return layer > 0 || kind == QUANTITY_R;
}

static void draw_neuron(const struct picture *p, int row, const struct grid *grid,
                        const struct section *section, size_t index) {
    size_t n = section->first + index;
    bool whole = p->model->network.layers[section->layer].activation &&
                 p->model->network.layers[section->layer].activation->layer;
    if (index == 0) {
        canvas_printf(p->canvas, row, grid->col, ROLE_QUIET, "%zu", section->layer);
    }
    char number[24];
    int cells = snprintf(number, sizeof number, "%zu", n + 1);
    canvas_put(p->canvas, row, grid->col + grid->label - 1 - cells, ROLE_QUIET, number);
    for (int c = 0; c < COLUMNS; c++) {
        struct quantity q = {.kind = columns[c].kind, .layer = section->layer, .i = (int64_t)n + 1};
        if (whole && q.kind == QUANTITY_SLOPE) {
            q.j = q.i; /* of softmax, the diagonal */
        }
        if (grid->at[c] >= 0 && exists(q.kind, section->layer)) {
            cell_draw(p, row, grid->at[c], grid->field, &q);
        }
    }
}

void panel_neurons(const struct picture *p, struct rect rect) {
    if (rect.rows < 1 || rect.cols < 6) {
        return;
    }
    struct table table;
    lay_out(&table, p, rect.rows - 1);
    struct grid grid = grid_of(p, rect, &table);
    draw_headings(p, rect, &grid);
    int row = rect.row + 1, end = rect.row + rect.rows;
    for (size_t s = 0; s < table.count; s++) {
        const struct section *section = &table.sections[s];
        size_t hidden = p->model->network.layers[section->layer].n - section->shown;
        for (size_t n = 0; n < section->shown && row < end; n++) {
            draw_neuron(p, row++, &grid, section, n);
        }
        if (hidden > 0 && row < end) {
            canvas_printf(p->canvas, row++, grid.col + 1, ROLE_QUIET, "… %zu more in layer %zu",
                          hidden, section->layer);
        }
    }
}
