/*
 * view/panel_pick.c - the picked number in words, or the one that is typed at the prompt.
 *
 *     W⁽⁰⁾₁₂ = −0.3 → 1   from neuron 1 of layer 0 to neuron 2 of layer 1   ∂C/∂W⁽⁰⁾₁₂ = 0
 */
#include <string.h>

#include "panel.h"

enum { LENGTHS = 3 };

/* "W0[1,2] = 0.5" at the prompt is about W0[1,2]. */
static bool typed(const struct picture *p, struct quantity *q) {
    const char *line = p->view->line;
    struct error error = {0};
    size_t taken;
    if (!p->view->prompt || !p->view->preview || !line) {
        return false;
    }
    line += strspn(line, " ");
    return quantity_parse(p->model, line, strcspn(line, " =+-*/"), 1, q, &taken, &error) ==
               STATUS_OK &&
           q->i > 0 && quantity_is_settable(q);
}

bool picture_pick(const struct picture *p, struct quantity *q) {
    *q = p->state->pick.q;
    return p->state->pick.active || typed(p, q);
}

static void put_where(struct line *line, const struct quantity *q) {
    if (q->kind == QUANTITY_W) {
        line_printf(line, ROLE_QUIET,
                    "   from neuron %lld of layer %zu to neuron %lld of layer %zu", (long long)q->i,
                    q->layer, (long long)q->j, q->layer + 1);
    } else if (q->kind == QUANTITY_B) {
        line_printf(line, ROLE_QUIET, "   of neuron %lld of layer %zu", (long long)q->i,
                    q->layer + 1);
    }
}

static void put_gradient(struct line *line, const struct picture *p, const struct quantity *q) {
    struct quantity gradient = *q;
    gradient.kind = q->kind == QUANTITY_W ? QUANTITY_DW : QUANTITY_DB;
    if (q->kind != QUANTITY_W && q->kind != QUANTITY_B) {
        return;
    }
    line_put(line, ROLE_TEXT, "   ");
    line_symbol(line, p, &gradient, ROLE_BACKWARD);
    line_put(line, ROLE_TEXT, " = ");
    if (picture_known(p, &gradient)) {
        line_number(line, p, ROLE_BACKWARD, quantity_value(p->model, &gradient));
    } else {
        line_put(line, ROLE_QUIET, picture_blank(p, &gradient));
    }
}

/* A higher level leaves more out. */
static void put_pick(struct line *line, const struct picture *p, const void *quantity, int level) {
    const struct quantity *q = quantity;
    double old;
    line_symbol(line, p, q, ROLE_SELECTED);
    line_put(line, ROLE_TEXT, " = ");
    if (picture_changed(p, q, &old)) {
        line_number(line, p, ROLE_QUIET, old);
        line_put(line, ROLE_CHANGED, " → ");
    }
    line_number(line, p, ROLE_TEXT, quantity_value(p->model, q));
    if (level < 1) {
        put_where(line, q);
    }
    if (level < 2) {
        put_gradient(line, p, q);
    }
}

void panel_pick(const struct picture *p, struct rect rect) {
    struct quantity q;
    if (picture_pick(p, &q)) {
        line_draw_fitting(p, (struct rect){rect.row, rect.col + 1, 1, rect.cols - 2}, LENGTHS,
                          put_pick, &q);
    }
}
