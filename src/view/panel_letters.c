/*
 * view/panel_letters.c - what the letters of the equations stand for, where a large
 * screen has rows to spare.
 *
 *     xᵢ input   W⁽⁰⁾ᵢⱼ weight from neuron i to neuron j
 *     z⁽¹⁾ⱼ input of the neuron, before the activation   r⁽¹⁾ⱼ output of the neuron
 *     ...   · not computed yet
 *
 * They are those of the first layer, wherever the walk stands, so that nothing changes
 * from step to step; the words are those of `help names`, unless they say too little here.
 */
#include "base/table.h"
#include "expr/equation.h"
#include "panel.h"

enum { LETTERS_GAP = 3, LETTERS_LEAST = 36, LETTERS_MOST = 5 /* rows */ };

static const struct letter {
    enum quantity_kind kind;
    size_t layer;
    enum role role;
    const char *words; /* NULL: what the table of quantities says */
} letters[] = {
    {QUANTITY_R, 0, ROLE_FORWARD, "input"},
    {QUANTITY_W, 0, ROLE_WEIGHT, "weight from neuron i to neuron j"},
    {QUANTITY_Z, 1, ROLE_FORWARD, NULL},
    {QUANTITY_R, 1, ROLE_FORWARD, NULL},
    {QUANTITY_Y, 0, ROLE_FORWARD, NULL},
    {QUANTITY_C, 0, ROLE_FORWARD, "cost: how far r is from y"},
    {QUANTITY_SLOPE, 1, ROLE_BACKWARD, NULL},
    {QUANTITY_DZ, 1, ROLE_BACKWARD, "gradient: how fast C grows as z does"},
    {QUANTITY_LR, 0, ROLE_UPDATE, NULL},
};

/* The n-th letter and its words; false past the last, which is the dot. */
static bool put_letter(struct line *line, const struct picture *p, size_t n) {
    size_t count = TABLE_COUNT(letters);
    if (n < count) {
        const struct letter *letter = &letters[n];
        struct quantity q = {.kind = letter->kind, .layer = letter->layer};
        q = quantity_generic(p->model, q);
        q.i = q.kind == QUANTITY_R && q.layer == 0 ? -'i' : q.i; /* as in the sum of z */
        line_symbol(line, p, &q, letter->role);
        line_printf(line, ROLE_QUIET, " %s",
                    letter->words ? letter->words : quantity_row(letter->kind)->meaning);
    } else if (n == count) {
        line_printf(line, ROLE_QUIET, "%s not computed yet", panel_dot(p));
    }
    return n <= count;
}

/* One after the other, each whole in its row; returns the rows. Without a canvas they are
 * only counted. */
static int lay_out(const struct picture *p, struct rect rect) {
    struct line line = LINE_EMPTY;
    int row = 0, col = 0;
    for (size_t n = 0; put_letter(&line, p, n); n++) {
        if (col > 0 && col + line.cells > rect.cols) {
            row++;
            col = 0;
        }
        if (p->canvas && row < rect.rows) {
            line_draw(&line, p, (struct rect){rect.row + row, rect.col + col, 1, rect.cols - col},
                      0);
        }
        col += line.cells + LETTERS_GAP;
        line_free(&line);
        line = LINE_EMPTY;
    }
    return row + 1;
}

static struct rect letters_inner(struct rect rect) {
    return (struct rect){rect.row, rect.col + 1, rect.rows, rect.cols - 2};
}

int letters_rows(const struct state *state, bool ascii, int cols) {
    struct picture p = {.state = state,
                        .model = state_model(state),
                        .notation = ascii ? NOTATION_ASCII : NOTATION_UNICODE};
    int rows = cols >= LETTERS_LEAST ? lay_out(&p, letters_inner((struct rect){0, 0, 0, cols})) : 0;
    return rows <= LETTERS_MOST ? rows : 0;
}

void panel_letters(const struct picture *p, struct rect rect) {
    if (rect.rows > 0) {
        lay_out(p, letters_inner(rect));
    }
}
