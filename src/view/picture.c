/*
 * view/picture.c - what panels ask of the picture: how numbers are written, which of them
 * may be seen, which were changed, and the layer and the neuron that all this is about.
 */
#include <math.h>

#include "panel.h"

struct print_options picture_printing(const struct picture *p) {
    return (struct print_options){
        .model = p->model, .notation = p->notation, .digits = p->state->digits};
}

bool picture_hides(const struct picture *p, const struct quantity *q) {
    return question_hides(&p->state->question, p->model, q);
}

bool picture_known(const struct picture *p, const struct quantity *q) {
    return walk_reached(p->model, p->state->place, q) && !picture_hides(p, q);
}

const char *picture_blank(const struct picture *p, const struct quantity *q) {
    const struct question *question = &p->state->question;
    bool asked = picture_hides(p, q) &&
                 (quantity_equal(&question->q, q) || walk_reached(p->model, p->state->place, q));
    return asked ? "?" : panel_dot(p);
}

static bool same_value(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

/* Has the layer the same shape in the model before, and the one after it? */
static bool same_shape(const struct picture *p, size_t layer) {
    const struct network *now = &p->model->network, *before = &p->before->network;
    if (now->K != before->K) {
        return false;
    }
    size_t next = layer < now->K ? layer + 1 : layer;
    return now->layers[layer].n == before->layers[layer].n &&
           now->layers[next].n == before->layers[next].n;
}

bool picture_changed(const struct picture *p, const struct quantity *q, double *old) {
    size_t layer = q->kind == QUANTITY_Y ? p->model->network.K : q->layer;
    if (!p->before || !same_shape(p, layer) ||
        !walk_reached(p->before, p->view->before->place, q)) {
        return false;
    }
    *old = quantity_value(p->before, q);
    return !same_value(quantity_value(p->model, q), *old) && picture_known(p, q);
}

/* Of softmax the slope is a matrix, of others it is not. */
static bool same_rank(const struct picture *p, const struct quantity *q) {
    return quantity_rank(p->model, q) == quantity_rank(p->other, q);
}

bool picture_differs(const struct picture *p, const struct quantity *q, double *there) {
    if (!p->other || !same_rank(p, q) || !picture_known(p, q)) {
        return false;
    }
    *there = quantity_value(p->other, q);
    return !same_value(quantity_value(p->model, q), *there);
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
