/*
 * expr/print_sum.c - sums as spans of text: with the sign, or term by term, of a long one
 * the largest terms and what the rest comes to.
 *
 *     Σᵢ W⁽⁰⁾ᵢ₁ · xᵢ          0.5 · 1 + 0.25 · (−2) + … 14 more, sum 0.031
 */
#include <stdio.h>
#include <stdlib.h>

#include "print_private.h"
#include "terms.h"

/* The `most` largest terms first, in the order of their index; the rest is summed. */
static struct term *largest_terms(const struct printer *p, const struct expr *sum, size_t most,
                                  double *rest) {
    struct term *terms = terms_open(sum, &p->scope);
    if (terms) {
        *rest = terms_rest(terms, most, sum->count);
        terms_order(terms, most);
    }
    return terms;
}

static void print_rest(struct printer *p, size_t count, double rest) {
    struct text text = TEXT_EMPTY;
    bool ascii = p->options->notation == NOTATION_ASCII;
    text_printf(&text, " + %s %zu more, sum ", ascii ? "..." : "…", count);
    number_print(&text, rest, p->options);
    print_emit(p->emit, p->context, &text, NULL);
    p->opening = false;
}

/* How tightly a term must bind: a single one stands where the sum does. */
static enum binding binding_of_terms(size_t count, enum binding outer) {
    return count > 1 ? BINDING_SUM : outer;
}

static void print_terms(struct printer *p, const struct expr *sum, enum binding outer) {
    int64_t *letter = scope_letter(&p->scope, sum->letter);
    int64_t before = *letter;
    size_t most = p->options->most_terms;
    struct term *terms = NULL;
    double rest = 0;
    if (p->options->numbers && most > 0 && sum->count > most) {
        terms = largest_terms(p, sum, most, &rest);
    }
    size_t shown = terms ? most : sum->count;
    for (size_t n = 0; n < shown; n++) {
        size_t index = terms ? terms[n].index : n + 1;
        print_put(p, n > 0 ? " + " : "");
        print_expr(p, term_of(sum, index, &p->scope), binding_of_terms(sum->count, outer), false);
    }
    if (terms) {
        print_rest(p, sum->count - shown, rest);
    }
    free(terms);
    *letter = before;
}

/* A sum is written out with numbers, or where the reader asked for it and it is short. */
static bool sum_is_expanded(const struct printer *p, const struct expr *sum) {
    size_t most = p->options->most_terms;
    return p->options->numbers || (p->options->expand && (most == 0 || sum->count <= most));
}

static void put_sum_sign(struct printer *p, char letter) {
    static const char *const signs[NOTATIONS] = {"Σ", "sum_", "\\sum_"};
    enum notation notation = p->options->notation;
    char sign[16];
    snprintf(sign, sizeof sign, "%s%s ", signs[notation],
             notation == NOTATION_UNICODE ? letter_subscript(letter) : (char[]){letter, '\0'});
    print_put(p, sign);
}

void print_sum(struct printer *p, const struct expr *sum, enum binding outer, bool last) {
    bool expanded = sum_is_expanded(p, sum);
    bool brackets = expanded ? sum->count > 1 && outer > BINDING_SUM : outer > BINDING_SUM && !last;
    print_put(p, brackets ? "(" : "");
    if (expanded) {
        print_terms(p, sum, outer);
    } else {
        put_sum_sign(p, sum->letter);
        print_expr(p, sum->args[0], BINDING_PRODUCT, last || brackets);
    }
    print_put(p, brackets ? ")" : "");
}

void print_written_out(struct printer *p, const struct expr *sum, enum binding outer) {
    bool brackets = sum->arg_count > 1 && outer > BINDING_SUM;
    print_put(p, brackets ? "(" : "");
    for (size_t n = 0; n < sum->arg_count; n++) {
        print_put(p, n > 0 ? " + " : "");
        print_expr(p, sum->args[n], binding_of_terms(sum->arg_count, outer), false);
    }
    print_put(p, brackets ? ")" : "");
}
