/*
 * expr/formula.c - the formulas of the tables of activations, costs and optimizers,
 * with their letters (z, r, y, g ...) standing for quantities.
 */
#include "expr/formula.h"

#include <string.h>

#include "base/ascii.h"

static bool is_word(const char *bytes, size_t length, const char *word) {
    return length > 0 && *word == *bytes && strlen(word) == length &&
           memcmp(bytes, word, length) == 0;
}

/* A moment of the rule by its letter: v -> vW0[i,j] or vb0[j]. */
static struct expr *moment_named(const struct formula *f, const char *bytes, size_t length) {
    const struct rule *rule = f->model->optimizer.rule;
    for (size_t m = 0; f->parameter && m < rule->moments; m++) {
        if (is_word(bytes, length, rule->moment_name[m])) {
            struct quantity q = *f->parameter;
            q.kind = quantity_of_moment(rule, m, q.kind == QUANTITY_B);
            q.next = !f->old_moments;
            return expr_quantity(q);
        }
    }
    return NULL;
}

/* g as the optimizer uses it: min(1, clip/gnorm) gW + decay W, each where set. A
 * batch of one sample shows dW itself. */
static struct expr *gradient_used(const struct formula *f) {
    const struct hyperparameters *h = &f->model->optimizer.h;
    struct quantity q = *f->parameter;
    bool mean = model_batched(f->model);
    if (q.kind == QUANTITY_B) {
        q.kind = mean ? QUANTITY_GB : QUANTITY_DB;
    } else {
        q.kind = mean ? QUANTITY_GW : QUANTITY_DW;
    }
    struct expr *g = expr_quantity(q);
    if (h->clip > 0) {
        struct expr *args[] = {
            expr_number(1),
            expr_binary(EXPR_DIVIDE, expr_quantity((struct quantity){.kind = QUANTITY_CLIP}),
                        expr_quantity((struct quantity){.kind = QUANTITY_GNORM}))};
        g = expr_binary(EXPR_MULTIPLY, expr_call(function_named("min", 3), args, 2), g);
    }
    if (h->decay != 0) {
        g = expr_binary(EXPR_ADD, g,
                        expr_binary(EXPR_MULTIPLY,
                                    expr_quantity((struct quantity){.kind = QUANTITY_DECAY}),
                                    expr_quantity(*f->parameter)));
    }
    return g;
}

/* z, r, y: one neuron's; Z: the layer's; W, g: the parameter's; n: a number. */
static struct expr *letter_named(const struct formula *f, const char *bytes, size_t length) {
    struct quantity q = {.layer = f->layer, .i = f->index};
    if (length != 1) {
        return NULL;
    }
    switch (bytes[0]) {
    case 'z': q.kind = QUANTITY_Z; return expr_quantity(q);
    case 'Z':
        q.kind = QUANTITY_Z;
        q.i = 0;
        return expr_quantity(q);
    case 'r': q.kind = QUANTITY_R; return expr_quantity(q);
    case 'y': return expr_quantity((struct quantity){.kind = QUANTITY_Y, .i = f->index});
    case 'n': return expr_number((double)f->n);
    case 'W': return f->parameter ? expr_quantity(*f->parameter) : NULL;
    case 'g': return f->parameter ? gradient_used(f) : NULL;
    default: return NULL;
    }
}

static struct expr *resolve_formula(void *context, const char *bytes, size_t count, size_t column,
                                    size_t *taken, struct error *error) {
    const struct formula *f = context;
    size_t length = 0;
    while (length < count && (ascii_is_letter(bytes[length]) || ascii_is_digit(bytes[length]))) {
        length++;
    }
    *taken = length;
    struct expr *expr = moment_named(f, bytes, length);
    if (!expr) {
        expr = letter_named(f, bytes, length);
    }
    for (size_t kind = 0; !expr && kind < QUANTITY_KINDS; kind++) {
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        if (row->rank == 0 && is_word(bytes, length, row->name)) {
            expr = expr_quantity((struct quantity){.kind = (enum quantity_kind)kind});
        }
    }
    if (!expr) {
        error_at(error, column, length, "the formula's '%.*s' is unknown", (int)length, bytes);
    }
    return expr;
}

struct expr *formula_read(const char *source, struct formula *f, char sum_letter) {
    struct names names = {
        .resolve = resolve_formula,
        .context = f,
        .sum_letter = sum_letter,
        .sum_count = f->n,
        .index = &f->index,
    };
    struct expr *expr;
    struct error error = {0};
    expr_parse(&names, source, strlen(source), 1, false, NULL, &expr, &error);
    return expr;
}
