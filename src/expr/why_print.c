/*
 * expr/why_print.c - the rows of the tree of equations as text.
 *
 *     ∂C/∂W⁽⁰⁾₁₂ = ∂C/∂z⁽¹⁾₂ · x₁ = 0 · 1 = 0  (∂C/∂z⁽¹⁾₂ = 0: Step(z⁽¹⁾₂) = 0: z = ...)
 *     ├─ ∂C/∂z⁽¹⁾₂ = ∂C/∂r⁽¹⁾₂ · Step(z⁽¹⁾₂) = 1.08 · 0 = 0  (...)
 *     │  └─ ...
 *     └─ x₁ = 1  (input)
 */
#include <math.h>

#include "expr/derivation.h"
#include "expr/why.h"
#include "net/activation.h"
#include "print_private.h"

enum { TERMS_WRITTEN = 4 }; /* of a sum within a row */

struct printing {
    struct print_options options;
    print_span emit;
    void *context;
};

static void put(struct printing *p, const char *string) {
    p->emit(p->context, string, NULL);
}

static void put_number(struct printing *p, double value, const struct quantity *q) {
    struct text text = TEXT_EMPTY;
    number_print(&text, value, &p->options);
    print_emit(p->emit, p->context, &text, q);
}

static void put_symbol(struct printing *p, const struct quantity *q) {
    struct text text = TEXT_EMPTY;
    quantity_symbol(&text, q, &p->options);
    print_emit(p->emit, p->context, &text, q);
}

static void put_right(struct printing *p, const struct expr *right, bool numbers) {
    struct print_options options = p->options;
    options.numbers = numbers;
    options.expand = true;
    options.most_terms = TERMS_WRITTEN;
    expr_print(right, &options, p->emit, p->context);
}

/* Step(z) needs no equation beside z and a word. */
static bool is_step(const struct model *model, const struct quantity *q) {
    return q->kind == QUANTITY_SLOPE && model->network.layers[q->layer].activation->step;
}

static void put_element(struct printing *p, const struct quantity *q, enum why_form form) {
    struct equation equation;
    put_symbol(p, q);
    bool computed = !is_step(p->options.model, q) &&
                    equation_open(&equation, p->options.model, *q, NULL) == STATUS_OK;
    if (computed) {
        const char *becomes = law_becomes(equation.law, p->options.notation);
        bool name = equation.right->op == EXPR_QUANTITY;
        if (form == WHY_FULL || (name && form == WHY_NUMBERS)) {
            put(p, becomes);
            put_right(p, equation.right, false);
            becomes = " = ";
        }
        if (form != WHY_VALUE && !name && !why_takes_long(p->options.model, equation.right)) {
            put(p, becomes);
            put_right(p, equation.right, true);
        }
        equation_close(&equation);
    }
    put(p, " = ");
    put_number(p, quantity_value(p->options.model, q), q);
}

static void put_whole(struct printing *p, const struct quantity *q) {
    struct text text = TEXT_EMPTY;
    size_t rows, cols;
    quantity_shape(p->options.model, q, &rows, &cols);
    put_symbol(p, q);
    if (quantity_rank(p->options.model, q) == 2) {
        text_printf(&text, ", %zu times %zu", rows, cols);
    } else {
        text_printf(&text, ", all %zu", cols);
    }
    print_emit(p->emit, p->context, &text, NULL);
}

static void put_line(struct printing *p, const struct why_row *row) {
    struct derivation line;
    if (derivation_open(&line, p->options.model, &row->q, row->n) != STATUS_OK) {
        return;
    }
    struct print_options symbols = p->options;
    symbols.expand = true;
    symbols.most_terms = TERMS_WRITTEN;
    derivation_print(&line, &symbols, p->emit, p->context);
    struct scope scope = {.model = p->options.model};
    struct value value;
    bool number = line.to && line.to->op == EXPR_NUMBER;
    if (line.to && !number && expr_evaluate(line.to, &scope, &value, NULL) == STATUS_OK) {
        put(p, " = ");
        put_number(p, value_at(&value, 0), NULL);
        value_free(&value);
    }
    derivation_close(&line);
}

static void put_more(struct printing *p, const struct why_row *row) {
    struct text text = TEXT_EMPTY;
    text_printf(&text, "%s %zu more", p->options.notation == NOTATION_ASCII ? "..." : "…",
                row->count);
    if (!isnan(row->sum)) {
        text_put(&text, ", their sum ");
        number_print(&text, row->sum, &p->options);
    }
    print_emit(p->emit, p->context, &text, NULL);
}

void why_print(const struct why *why, struct model *model, size_t row, enum why_form form,
               const struct print_options *options, print_span emit, void *context) {
    const struct why_row *r = &why->rows[row];
    struct printing p = {*options, emit, context};
    p.options.model = model;
    p.options.numbers = false;
    switch (r->kind) {
    case WHY_ELEMENT: put_element(&p, &r->q, form); return;
    case WHY_WHOLE: put_whole(&p, &r->q); return;
    case WHY_LINE: put_line(&p, r); return;
    case WHY_MORE: put_more(&p, r); return;
    }
}

/* What is given, by a word. */
static const char *given_word(const struct quantity *q) {
    switch (q->kind) {
    case QUANTITY_R: return "input";
    case QUANTITY_Y: return "target";
    case QUANTITY_W: return "weight";
    case QUANTITY_B: return "bias";
    default: return quantity_row(q->kind)->meaning;
    }
}

/* On which side of the step z lies. */
static void put_side(struct text *out, struct model *model, const struct quantity *q,
                     const struct print_options *options) {
    struct quantity z = *q;
    z.kind = QUANTITY_Z;
    double value = quantity_value(model, &z);
    if (value == 0) {
        text_put(out, "z is 0: step0 says it");
        return;
    }
    text_put(out, "z = ");
    number_print(out, value, options);
    text_put(out, value < 0 ? " is negative" : value > 0 ? " is positive" : "");
}

void why_remark(struct text *out, const struct why *why, struct model *model, size_t row,
                const struct print_options *options) {
    const struct why_row *r = &why->rows[row];
    size_t seen = r->open ? row : why_seen(why, row);
    struct derivation line;
    if (r->kind == WHY_LINE && derivation_open(&line, model, &r->q, r->n) == STATUS_OK) {
        text_put(out, line.reason);
        derivation_close(&line);
    } else if (r->kind == WHY_ELEMENT && r->given) {
        text_put(out, given_word(&r->q));
    } else if (seen != row) {
        text_put(out, seen < row ? "opened above" : "opened below");
    } else if (r->kind == WHY_ELEMENT && is_step(model, &r->q)) {
        put_side(out, model, &r->q, options);
    } else if (r->kind == WHY_ELEMENT) {
        why_zero(out, model, &r->q, options);
    }
}

/* ---- the whole tree ---- */

static void put_branches(struct text *out, const struct why *why, size_t row, bool ascii) {
    const struct why_row *r = &why->rows[row];
    for (size_t depth = 1; depth < r->depth; depth++) {
        bool last = why->rows[why_ancestor(why, row, depth)].last;
        text_put(out, last ? "   " : ascii ? "|  " : "│  ");
    }
    if (r->depth > 0) {
        text_put(out, ascii ? (r->last ? "`- " : "|- ") : r->last ? "└─ " : "├─ ");
    }
}

void why_print_text(struct text *out, const struct why *why, struct model *model,
                    const struct print_options *options) {
    for (size_t row = 0; row < why->count && !out->failed; row++) {
        struct text remark = TEXT_EMPTY;
        put_branches(out, why, row, options->notation == NOTATION_ASCII);
        why_print(why, model, row, WHY_FULL, options, print_to_text, out);
        why_remark(&remark, why, model, row, options);
        if (remark.length > 0) {
            text_printf(out, "  (%s)", text_string(&remark));
        }
        text_put(out, "\n");
        out->failed |= remark.failed;
        text_free(&remark);
    }
    if (why->count >= WHY_ROWS_MOST) {
        text_printf(out, "%zu rows: the rest is left out\n", why->count);
    }
}
