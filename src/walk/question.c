/*
 * walk/question.c - what follows from a value, told from the kinds, layers and indices
 * alone: equations.md, sections 2, 3 and 8, read as "who uses this".
 *
 *     z1[2] -> r1[2], its slope -> z2 ... C -> dr, dz of all layers -> dW -> new W
 *     dz2[1] -> dW1[.,1], dr1 -> dz1 -> dW0
 *
 * A path that happens to be dead (a zero on it) is followed as well.
 */
#include "walk/question.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "net/activation.h"

size_t score_asked(const struct score *score) {
    return score->first + score->helped + score->shown + score->left;
}

bool question_copy(struct question *copy, const struct question *question) {
    *copy = *question;
    copy->text = question->text ? string_copy(question->text) : NULL;
    copy->reply = question->reply ? string_copy(question->reply) : NULL;
    return (copy->text || !question->text) && (copy->reply || !question->reply);
}

void question_close(struct question *question) {
    free(question->text);
    free(question->reply);
    *question = (struct question){0};
}

/* ---- what follows from what ---- */

/* Indices that may be the same: 0 and letters stand for all. */
static bool meet(int64_t a, int64_t b) {
    return a <= 0 || b <= 0 || a == b;
}

static bool same(const struct quantity *a, const struct quantity *b) {
    return a->kind == b->kind && a->next == b->next && a->layer == b->layer && meet(a->i, b->i) &&
           meet(a->j, b->j);
}

static bool is_cost(enum quantity_kind kind) {
    return kind == QUANTITY_C || kind == QUANTITY_MEAN_C || kind == QUANTITY_VALID_C;
}

/* What the two passes compute for a neuron. */
static bool is_forward(const struct quantity *q) {
    return q->kind == QUANTITY_Z || (q->kind == QUANTITY_R && q->layer > 0);
}

static bool is_neuron_gradient(enum quantity_kind kind) {
    return kind == QUANTITY_DR || kind == QUANTITY_DZ;
}

static bool is_mean_gradient(enum quantity_kind kind) {
    return kind == QUANTITY_GW || kind == QUANTITY_GB;
}

/* A gradient of a weight or a bias. */
static bool is_gradient(enum quantity_kind kind) {
    return kind == QUANTITY_DW || kind == QUANTITY_DB || is_mean_gradient(kind);
}

/* The neuron of layer k+1 that an element of W(k) or b(k), or of their gradients, belongs
 * to. */
static int64_t neuron_of(const struct quantity *q) {
    return quantity_row(q->kind)->rank == 2 ? q->j : q->i;
}

/* Of the same weight: both in a matrix or both in a vector, of the same element. */
static bool same_parameter(const struct quantity *a, const struct quantity *b) {
    return a->layer == b->layer && quantity_row(a->kind)->rank == quantity_row(b->kind)->rank &&
           meet(a->i, b->i) && meet(a->j, b->j);
}

/* Does softmax mix all neurons of the layer? */
static bool mixes(const struct model *model, size_t layer) {
    return model->network.layers[layer].activation->layer != NULL;
}

static bool from_forward(const struct model *model, const struct quantity *from,
                         const struct quantity *of) {
    if (is_cost(of->kind) || of->next || is_neuron_gradient(of->kind) || is_gradient(of->kind) ||
        of->kind == QUANTITY_GNORM) {
        return true;
    }
    bool slope = of->kind == QUANTITY_SLOPE;
    if (!slope && !is_forward(of)) {
        return false;
    }
    bool later =
        of->layer == from->layer && (slope || (from->kind == QUANTITY_Z && of->kind == QUANTITY_R));
    return of->layer > from->layer || (later && (mixes(model, of->layer) || meet(from->i, of->i)));
}

/* From dr, dz or the slope of a neuron. */
static bool from_neuron(const struct model *model, const struct quantity *from,
                        const struct quantity *of) {
    bool parameter = is_gradient(of->kind) || of->next;
    if (of->kind == QUANTITY_GNORM) {
        return true;
    }
    if (!parameter && !is_neuron_gradient(of->kind)) {
        return false;
    }
    if (of->next && model->optimizer.h.clip > 0) {
        return true; /* the norm of all gradients counts */
    }
    size_t layer = parameter ? of->layer + 1 : of->layer;
    if (layer != from->layer) {
        return layer < from->layer;
    }
    int64_t neuron = parameter ? neuron_of(of) : of->i;
    bool mixed = from->kind != QUANTITY_DZ && mixes(model, layer);
    bool later = parameter || (of->kind == QUANTITY_DZ && from->kind != QUANTITY_DZ);
    return later && (mixed || meet(from->i, neuron));
}

/* From the gradient of a weight, of the sample or the mean of the batch. */
static bool from_gradient(const struct model *model, const struct quantity *from,
                          const struct quantity *of) {
    if (of->kind == QUANTITY_GNORM || (of->next && model->optimizer.h.clip > 0)) {
        return true;
    }
    bool mean = is_mean_gradient(of->kind) && !is_mean_gradient(from->kind);
    return (mean || of->next) && same_parameter(from, of);
}

bool quantity_follows(const struct model *model, const struct quantity *from,
                      const struct quantity *of) {
    if (same(from, of)) {
        return true;
    }
    if (from->next) { /* a moment leads to the new weight */
        return of->next && (of->kind == QUANTITY_W || of->kind == QUANTITY_B) &&
               from->kind != QUANTITY_W && from->kind != QUANTITY_B && same_parameter(from, of);
    }
    if (is_forward(from)) {
        return from_forward(model, from, of);
    }
    if (is_neuron_gradient(from->kind) || from->kind == QUANTITY_SLOPE) {
        return from_neuron(model, from, of);
    }
    if (is_gradient(from->kind)) {
        return from_gradient(model, from, of);
    }
    if (from->kind == QUANTITY_GNORM) {
        return of->next && model->optimizer.h.clip > 0;
    }
    return (from->kind == QUANTITY_C && is_cost(of->kind)) ||
           (from->kind == QUANTITY_MEAN_C && of->kind == QUANTITY_C && !model->feed.data);
}

/* ---- questions ---- */

bool question_hides(const struct question *question, const struct model *model,
                    const struct quantity *q) {
    return question->stage == QUESTION_OPEN && quantity_follows(model, &question->q, q);
}

bool question_hides_in(const struct question *question, const struct model *model,
                       const struct expr *expr) {
    bool hidden = expr->op == EXPR_QUANTITY && question_hides(question, model, &expr->quantity);
    for (size_t n = 0; n < expr->arg_count && !hidden; n++) {
        hidden = question_hides_in(question, model, expr->args[n]);
    }
    return hidden;
}

bool question_concerns(const struct question *question, const struct quantity *q) {
    return question->stage == QUESTION_OPEN && question->q.kind == q->kind &&
           question->q.next == q->next && question->q.layer == q->layer;
}

void question_name(struct text *out, const struct quantity *q) {
    text_put(out, q->next ? "new " : "");
    quantity_name(out, q);
}

void question_put(struct text *out, const struct question *question,
                  const struct print_options *options) {
    if (question->text) {
        text_put(out, question->text);
        return;
    }
    struct text symbol = TEXT_EMPTY, name = TEXT_EMPTY;
    quantity_symbol(&symbol, &question->q, options);
    quantity_name(&name, &question->q);
    bool same = strcmp(text_string(&symbol), text_string(&name)) == 0;
    text_put(out, "What is ");
    if (options->notation != NOTATION_ASCII && !same) { /* not "C, C" */
        text_printf(out, "%s%s, ", question->q.next ? "the new " : "", text_string(&symbol));
    }
    question_name(out, &question->q);
    text_put(out, "?");
    text_free(&symbol);
    text_free(&name);
}

bool question_fits(const struct question *question, const struct model *model) {
    const struct quantity *q = &question->q;
    int rank = quantity_exists(model, q) ? quantity_rank(model, q) : -1;
    return rank == 2 ? q->i > 0 && q->j > 0 : rank == 1 ? q->i > 0 : rank == 0;
}
