/*
 * view/panel.c - what panels have in common: headings, text that is cut or broken
 * at whole cells, and windows over more than fits.
 */
#include "panel.h"

#include <string.h>

#include "base/utf8.h"

int panel_heading(const struct picture *p, struct rect rect, enum role role, const char *title) {
    if (rect.rows < 1 || rect.cols < 1) {
        return rect.col;
    }
    canvas_hline(p->canvas, rect.row, rect.col, rect.cols, ROLE_FRAME);
    int cells = (int)utf8_cells(title);
    if (cells == 0 || cells + 4 > rect.cols) {
        return rect.col + 1;
    }
    canvas_put(p->canvas, rect.row, rect.col + 1, role, " ");
    int col = canvas_put(p->canvas, rect.row, rect.col + 2, role, title);
    return canvas_put(p->canvas, rect.row, col, role, " ");
}

/* The bytes of `string` that fit into `width` cells. */
static size_t bytes_within(const char *string, int width) {
    size_t at = 0, length = strlen(string);
    while (at < length) {
        uint32_t code_point;
        size_t taken = utf8_decode(string + at, length - at, &code_point);
        width -= utf8_width(code_point);
        if (width < 0) {
            break;
        }
        at += taken;
    }
    return at;
}

static int put_bytes(const struct picture *p, int row, int col, enum role role, const char *string,
                     size_t count) {
    struct text text = TEXT_EMPTY;
    text_put_bytes(&text, string, count);
    col = canvas_put(p->canvas, row, col, role, text_string(&text));
    text_free(&text);
    return col;
}

int panel_text(const struct picture *p, int row, int col, int width, enum role role,
               const char *string) {
    if (width <= 0) {
        return col;
    }
    size_t fits = bytes_within(string, width);
    if (string[fits] == '\0') {
        return canvas_put(p->canvas, row, col, role, string);
    }
    col = put_bytes(p, row, col, role, string, bytes_within(string, width - 1));
    return canvas_put(p->canvas, row, col, ROLE_QUIET, "…");
}

int panel_number(const struct picture *p, int row, int col, enum role role, const char *number) {
    while (*number) {
        size_t length = strcspn(number, "-");
        col = canvas_put_bytes(p->canvas, row, col, role, number, length);
        number += length;
        if (*number) {
            canvas_glyph(p->canvas, row, col++, role, 0,
                         p->notation == NOTATION_ASCII ? '-' : 0x2212);
            number++;
        }
    }
    return col;
}

int panel_digits(size_t n) {
    int digits = 1;
    for (; n >= 10; n /= 10) {
        digits++;
    }
    return digits;
}

enum { SHORT_NUMBER = 6 }; /* cells: belongs to the word before it */

/* A blank at which nothing that belongs together is torn: "W1 = 0", "net 2 2 1". */
static bool parts_words(const char *bytes, size_t length, size_t at) {
    size_t next = at + 1, cells = 0;
    while (next + cells < length && bytes[next + cells] != ' ') {
        cells++;
    }
    bool number = cells > 0 && bytes[next] >= '0' && bytes[next] <= '9';
    bool equals = (at > 0 && bytes[at - 1] == '=') || (cells > 0 && bytes[next] == '=');
    return !equals && !(number && cells <= SHORT_NUMBER);
}

size_t panel_row_bytes(const char *bytes, size_t length, int width) {
    size_t at = 0, blank = 0;
    for (int cells = 0; at < length;) {
        uint32_t code_point;
        size_t taken = utf8_decode(bytes + at, length - at, &code_point);
        if (bytes[at] == ' ') {
            bool near = 4 * cells >= 3 * width; /* the end of the row */
            blank = blank > 0 && near && !parts_words(bytes, length, at) ? blank : at;
        }
        cells += utf8_width(code_point);
        if (cells > width) {
            return blank > 0 ? blank : at > 0 ? at : taken;
        }
        at += taken;
    }
    return length;
}

static size_t row_bytes(const char *string, int width) {
    return panel_row_bytes(string, strcspn(string, "\n"), width);
}

int panel_wrap(const struct picture *p, struct rect rect, enum role role, const char *string) {
    int row = 0;
    while (*string && row < rect.rows && rect.cols > 0) {
        size_t count = row_bytes(string, rect.cols);
        if (row + 1 == rect.rows && string[count] != '\0') {
            panel_text(p, rect.row + row, rect.col, rect.cols, role, string);
            return rect.rows;
        }
        put_bytes(p, rect.row + row++, rect.col, role, string, count);
        string += count;
        string += *string == '\n' || *string == ' ';
    }
    return row;
}

struct fit panel_fit(const char *string, int width, int rows) {
    struct fit fit = {.rows = rows};
    size_t at = 0;
    while (string[at] && width > 0) {
        at += row_bytes(string + at, width);
        at += string[at] == '\n' || string[at] == ' ';
        fit.needed++;
        fit.seen = fit.needed <= rows ? at : fit.seen;
    }
    return fit;
}

int panel_wrapped(const char *string, int width, int most) {
    int needed = panel_fit(string, width, most).needed;
    return needed < most ? needed : most;
}

const char *panel_dot(const struct picture *p) {
    return p->notation == NOTATION_ASCII ? "." : "·";
}

const char *panel_separator(const struct picture *p) {
    return p->notation == NOTATION_ASCII ? ", " : " · ";
}

enum role pass_role(enum law law) {
    switch (law) {
    case LAW_F1:
    case LAW_F2:
    case LAW_F3: return ROLE_FORWARD;
    case LAW_U: return ROLE_UPDATE;
    case LAW_NONE: return ROLE_QUIET;
    default: return ROLE_BACKWARD;
    }
}

size_t window_first(size_t count, size_t shown, size_t at) {
    if (count <= shown || shown == 0) {
        return 0;
    }
    size_t first = at / shown * shown;
    return first + shown > count ? count - shown : first;
}

size_t picture_layer(const struct picture *p) {
    return p->focus.step == 0 ? 0 : p->step.layer;
}

size_t picture_joint(const struct picture *p) {
    if (p->step.law == LAW_B2) {
        return p->step.layer;
    }
    return p->step.layer > 0 ? p->step.layer - 1 : 0;
}

/* The index of the target that counts neurons of `layer`: of a weight [from,to] of
 * W(k), i counts layer k and j layer k+1. */
size_t picture_neuron(const struct picture *p, size_t layer) {
    const struct quantity *q = &p->target;
    if (p->focus.step == 0 || q->i <= 0) {
        return 0;
    }
    if (quantity_row(q->kind)->rank == 2) {
        return layer == q->layer ? (size_t)q->i - 1 : layer == q->layer + 1 ? (size_t)q->j - 1 : 0;
    }
    bool bias = p->step.law == LAW_B3 || p->step.law == LAW_U;
    return layer == q->layer + (bias ? 1 : 0) ? (size_t)q->i - 1 : 0;
}

/* What is to be seen wherever the walk stands: the pick, or a weight, a bias or one of
 * their gradients that a question asks for. */
static bool is_held(const struct picture *p, struct quantity *q) {
    const struct question *question = &p->state->question;
    bool picked = p->state->pick.active;
    *q = picked ? p->state->pick.q : question->q;
    bool of_joint = quantity_row(q->kind)->rank == 2 || quantity_is_bias(q->kind);
    return picked || (question->stage != QUESTION_NONE && of_joint);
}

/* The neurons that it belongs to: in `layer` and, of a weight, the one before. */
static bool held_neurons(const struct picture *p, size_t *layer, int64_t *from, int64_t *to) {
    struct quantity q;
    bool held = is_held(p, &q), weight = quantity_row(q.kind)->rank == 2;
    bool of_joint = weight || quantity_is_bias(q.kind);
    *layer = of_joint ? q.layer + 1 : q.kind == QUANTITY_Y ? p->model->network.K : 0;
    *from = weight ? q.i : 0;
    *to = weight ? q.j : q.i;
    return held;
}

size_t picture_seen_neuron(const struct picture *p, size_t layer) {
    size_t at;
    int64_t from, to;
    if (held_neurons(p, &at, &from, &to)) {
        int64_t n = layer == at ? to : layer + 1 == at ? from : 0;
        if (n > 0) {
            return (size_t)n - 1;
        }
    }
    return picture_neuron(p, layer);
}

size_t picture_seen_layer(const struct picture *p) {
    size_t layer;
    int64_t from, to;
    return held_neurons(p, &layer, &from, &to) ? layer : picture_layer(p);
}

size_t picture_seen_joint(const struct picture *p) {
    size_t layer;
    int64_t from, to;
    return !held_neurons(p, &layer, &from, &to) ? picture_joint(p) : layer > 0 ? layer - 1 : 0;
}
