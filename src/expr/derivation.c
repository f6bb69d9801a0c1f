/*
 * expr/derivation.c - the lines of a derivation, read from the tables.
 *
 *     C = … + 0.5 · (y₁² − 2 · y₁ · r₁ + r₁²)     the one term that knows r₁
 *     0.5 · y₁² → 0                               there is no r in it
 *     −y₁ · r₁ → −y₁                              ...
 */
#include "expr/derivation.h"

#include "expr/formula.h"
#include "net/cost.h"

/* Targets that sum to 1, as well as a double can tell. */
static bool unit_targets(const struct model *model, const struct quantity *q) {
    const double *y =
        q->sample > 0 ? dataset_y(model->feed.data, (size_t)q->sample) : model->y->values;
    double sum = 0;
    for (size_t j = 0; j < model->network.layers[model->network.K].n; j++) {
        sum += y[j];
    }
    return sum > 1 - 1e-12 && sum < 1 + 1e-12;
}

size_t derivation_lines(const struct model *model, const struct quantity *q) {
    size_t lines = 0;
    if (q->next || q->layer != model->network.K) {
        return 0;
    }
    if (q->kind == QUANTITY_DR) {
        const struct cost_term *terms = model->network.cost->terms;
        while (lines < COST_TERMS_MOST && terms[lines].formula) {
            lines++;
        }
        return lines + 1;
    }
    const struct pairing *pairing =
        q->kind == QUANTITY_DZ ? network_pairing(&model->network) : NULL;
    while (pairing && lines < COST_STEPS_MOST && pairing->steps[lines].formula &&
           (!pairing->steps[lines].unit_targets || unit_targets(model, q))) {
        lines++;
    }
    return lines;
}

static struct expr *read(const char *source, const struct model *model, const struct quantity *q) {
    struct formula f = {
        .model = model, .layer = q->layer, .index = q->i, .n = model->network.layers[q->layer].n};
    struct expr *expr = formula_read(source, &f, 'm');
    if (expr && q->sample != 0) {
        expr_set_sample(expr, q->sample);
    }
    return expr;
}

enum status derivation_open(struct derivation *line, const struct model *model,
                            const struct quantity *q, size_t n) {
    *line = (struct derivation){.reason = ""};
    if (q->kind == QUANTITY_DZ) {
        const struct cost_step *step = &network_pairing(&model->network)->steps[n];
        line->to = read(step->formula, model, q);
        line->reason = step->reason;
        return line->to ? STATUS_OK : STATUS_MEMORY;
    }
    const struct cost *cost = model->network.cost;
    if (n == 0) {
        line->from = read(cost->opened, model, q);
        line->reason = "of C only this term depends on it";
        return line->from ? STATUS_OK : STATUS_MEMORY;
    }
    line->from = read(cost->terms[n - 1].formula, model, q);
    line->to = read(cost->terms[n - 1].slope, model, q);
    line->reason = cost->terms[n - 1].reason;
    if (!line->from || !line->to) {
        derivation_close(line);
        return STATUS_MEMORY;
    }
    return STATUS_OK;
}

void derivation_close(struct derivation *line) {
    expr_free(line->from);
    expr_free(line->to);
    *line = (struct derivation){.reason = ""};
}

void derivation_print(const struct derivation *line, const struct print_options *options,
                      print_span emit, void *context) {
    bool ascii = options->notation == NOTATION_ASCII;
    if (line->from) {
        expr_print(line->from, options, emit, context);
        emit(context, line->to ? (ascii ? " -> " : " → ") : "", NULL);
    } else {
        emit(context, "= ", NULL);
    }
    if (line->to) {
        expr_print(line->to, options, emit, context);
    }
}
