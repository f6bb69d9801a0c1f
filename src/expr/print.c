/*
 * expr/print.c - expressions as spans of text. Brackets are put where the way an
 * operator binds needs them, around negative numbers that are not at the start,
 * and around a sum sign that something follows.
 */
#include "expr/print.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct printer {
    const struct print_options *options;
    struct scope scope; /* what the letters of expanded sums stand for; 0: themselves */
    print_span emit;
    void *context;
    bool opening; /* nothing stands before, in these brackets */
};

static void print(struct printer *p, const struct expr *expr, enum binding outer, bool last);

static void put(struct printer *p, const char *string) {
    size_t length = strlen(string);
    if (length > 0) {
        p->emit(p->context, string, NULL);
        bool comma = length > 1 && strcmp(string + length - 2, ", ") == 0;
        p->opening = comma || strchr("(|{[", string[length - 1]) != NULL;
    }
}

/* The sign of an operation, in each notation. */
static const struct sign {
    enum expr_op op;
    enum binding binding;
    const char *text[NOTATIONS];
} signs[] = {
    {EXPR_ADD, BINDING_SUM, {" + ", " + ", " + "}},
    {EXPR_SUBTRACT, BINDING_SUM, {" − ", " - ", " - "}},
    {EXPR_MULTIPLY, BINDING_PRODUCT, {" · ", " * ", " \\cdot "}},
    {EXPR_DIVIDE, BINDING_PRODUCT, {" / ", " / ", " / "}},
    {EXPR_LESS, BINDING_COMPARISON, {" < ", " < ", " < "}},
    {EXPR_LESS_EQUAL, BINDING_COMPARISON, {" ≤ ", " <= ", " \\le "}},
    {EXPR_GREATER, BINDING_COMPARISON, {" > ", " > ", " > "}},
    {EXPR_GREATER_EQUAL, BINDING_COMPARISON, {" ≥ ", " >= ", " \\ge "}},
    {EXPR_EQUAL, BINDING_COMPARISON, {" = ", " == ", " = "}},
    {EXPR_NOT_EQUAL, BINDING_COMPARISON, {" ≠ ", " != ", " \\ne "}},
};

static const struct sign *sign_of(enum expr_op op) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].op == op) {
            return &signs[i];
        }
    }
    return NULL;
}

static void put_number(struct printer *p, double value, const struct quantity *q, bool exact) {
    struct print_options options = *p->options;
    if (exact) {
        options.digits = 0; /* a number of the formula itself is not rounded */
    }
    struct text text = TEXT_EMPTY;
    bool minus = signbit(value) && (value != 0 || options.digits == 0);
    bool brackets = minus && !p->opening;
    text_put(&text, brackets ? "(" : "");
    number_print(&text, value, &options);
    text_put(&text, brackets ? ")" : "");
    p->emit(p->context, text_string(&text), q);
    p->opening = false;
    text_free(&text);
}

/* Put the scope's letters in, where they stand for a number. */
static struct quantity bound(const struct printer *p, struct quantity q) {
    struct quantity full = scope_bind(&p->scope, q);
    full.i = full.i == 0 ? q.i : full.i;
    full.j = full.j == 0 ? q.j : full.j;
    if (q.sample < 0 && p->scope.letters[3] == 0) {
        full.sample = q.sample;
    }
    return full;
}

static void print_quantity(struct printer *p, const struct expr *expr) {
    struct quantity q = bound(p, expr->quantity);
    bool element = (quantity_rank(p->options->model, &q) == 0 || q.i > 0) && q.sample >= 0;
    if (p->options->numbers && element && p->options->hides &&
        p->options->hides(p->options->hides_context, &q)) {
        p->emit(p->context, "?", &q);
        p->opening = false;
        return;
    }
    if (p->options->numbers && element) {
        put_number(p, quantity_value(p->options->model, &q), &q, false);
        return;
    }
    struct text text = TEXT_EMPTY;
    quantity_symbol(&text, &q, p->options);
    p->emit(p->context, text_string(&text), &q);
    p->opening = false;
    text_free(&text);
}

static void print_delta(struct printer *p, const struct expr *expr) {
    struct quantity q = bound(p, expr->quantity);
    if (q.i > 0 && q.j > 0) {
        put_number(p, q.i == q.j ? 1 : 0, NULL, true);
    } else if (p->options->notation == NOTATION_ASCII) {
        put(p, "(j == m)");
    } else {
        put(p, p->options->notation == NOTATION_TEX ? "\\delta_{jm}" : "δⱼₘ");
    }
}

/* ---- sums ---- */

/* One term of a sum: which, and how large. */
struct term {
    size_t index;
    double size;
};

static int by_size(const void *a, const void *b) {
    const struct term *first = a, *second = b;
    return first->size < second->size ? 1 : first->size > second->size ? -1 : 0;
}
static int by_index(const void *a, const void *b) {
    const struct term *first = a, *second = b;
    return first->index > second->index ? 1 : -1;
}

static double term_value(struct printer *p, const struct expr *sum, size_t index) {
    *scope_letter(&p->scope, sum->letter) = expr_sum_index(sum, p->scope.model, index);
    struct value value;
    if (expr_evaluate(sum->args[0], &p->scope, &value, NULL) != STATUS_OK) {
        return NAN;
    }
    double number = value_at(&value, 0);
    value_free(&value);
    return number;
}

/* The `most` largest terms first, in the order of their index; the rest is summed. */
static struct term *largest_terms(struct printer *p, const struct expr *sum, size_t most,
                                  double *rest) {
    struct term *terms = memory_array(sum->count, sizeof *terms);
    if (!terms) {
        return NULL;
    }
    for (size_t n = 0; n < sum->count; n++) {
        double size = fabs(term_value(p, sum, n + 1));
        terms[n] = (struct term){n + 1, isnan(size) ? INFINITY : size};
    }
    qsort(terms, sum->count, sizeof *terms, by_size);
    qsort(terms, most, sizeof *terms, by_index);
    *rest = 0;
    for (size_t n = most; n < sum->count; n++) {
        *rest += term_value(p, sum, terms[n].index);
    }
    return terms;
}

static void print_rest(struct printer *p, size_t count, double rest) {
    struct text text = TEXT_EMPTY;
    bool ascii = p->options->notation == NOTATION_ASCII;
    text_printf(&text, " + %s %zu more, sum ", ascii ? "..." : "…", count);
    number_print(&text, rest, p->options);
    put(p, text_string(&text));
    text_free(&text);
}

static void print_term(struct printer *p, const struct expr *sum, size_t index, bool first) {
    *scope_letter(&p->scope, sum->letter) = expr_sum_index(sum, p->scope.model, index);
    if (!first) {
        put(p, " + ");
    }
    print(p, sum->args[0], BINDING_SUM, false);
}

static void print_terms(struct printer *p, const struct expr *sum) {
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
        print_term(p, sum, terms ? terms[n].index : n + 1, n == 0);
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

static void print_written_out(struct printer *p, const struct expr *sum, enum binding outer) {
    bool brackets = sum->arg_count > 1 && outer > BINDING_SUM;
    put(p, brackets ? "(" : "");
    for (size_t n = 0; n < sum->arg_count; n++) {
        put(p, n > 0 ? " + " : "");
        print(p, sum->args[n], BINDING_SUM, false);
    }
    put(p, brackets ? ")" : "");
}

static void put_sum_sign(struct printer *p, char letter) {
    static const struct {
        char letter;
        const char *text[NOTATIONS];
    } over[] = {
        {'i', {"Σᵢ ", "sum_i ", "\\sum_i "}}, {'j', {"Σⱼ ", "sum_j ", "\\sum_j "}},
        {'m', {"Σₘ ", "sum_m ", "\\sum_m "}}, {'s', {"Σₛ ", "sum_s ", "\\sum_s "}},
        {'n', {"Σₙ ", "sum_n ", "\\sum_n "}}, {'v', {"Σᵥ ", "sum_v ", "\\sum_v "}},
    };
    for (size_t n = 0; n < sizeof over / sizeof *over; n++) {
        if (over[n].letter == letter) {
            put(p, over[n].text[p->options->notation]);
        }
    }
}

static void print_sum(struct printer *p, const struct expr *sum, enum binding outer, bool last) {
    bool expanded = sum_is_expanded(p, sum);
    bool brackets = expanded ? sum->count > 1 && outer > BINDING_SUM : outer > BINDING_SUM && !last;
    put(p, brackets ? "(" : "");
    if (expanded) {
        print_terms(p, sum);
    } else {
        put_sum_sign(p, sum->letter);
        print(p, sum->args[0], BINDING_PRODUCT, last || brackets);
    }
    put(p, brackets ? ")" : "");
}

/* ---- calls ---- */

static void print_args(struct printer *p, const struct expr *call) {
    for (size_t n = 0; n < call->arg_count; n++) {
        put(p, n > 0 ? ", " : "");
        print(p, call->args[n], BINDING_ATOM, n + 1 == call->arg_count);
    }
}

/* A written form with its arguments in place of %, %2 and %3. */
static void print_template(struct printer *p, const struct expr *call, const char *form) {
    enum binding inner =
        call->function->binding == BINDING_PRODUCT ? BINDING_PRODUCT : BINDING_ATOM;
    const char *from = form;
    for (const char *c = form; *c; c++) {
        if (*c != '%') {
            continue;
        }
        char piece[64] = "";
        size_t length = (size_t)(c - from);
        memcpy(piece, from, length < sizeof piece ? length : sizeof piece - 1);
        put(p, piece);
        size_t which = c[1] == '2' ? 1 : c[1] == '3' ? 2 : 0;
        print(p, call->args[which], c == form ? inner : BINDING_ATOM, false);
        from = c + (which > 0 ? 2 : 1);
    }
    put(p, from);
}

static void print_call(struct printer *p, const struct expr *call, enum binding outer, bool last) {
    const struct function *f = call->function;
    enum notation notation = p->options->notation;
    struct value value;
    if (p->options->numbers && f->three &&
        expr_evaluate(call->args[0], &p->scope, &value, NULL) == STATUS_OK) {
        size_t taken = value_at(&value, 0) != 0 ? 1 : 2; /* only what counts is shown */
        value_free(&value);
        print(p, call->args[taken], outer, last);
        return;
    }
    if (p->options->numbers && f->all && call->arg_count == 1 &&
        expr_evaluate(call, &p->scope, &value, NULL) == STATUS_OK) {
        put_number(p, value.number, NULL, false); /* of a whole layer: its value */
        return;
    }
    const char *form = notation == NOTATION_TEX ? f->tex : f->symbol;
    if (notation == NOTATION_ASCII || call->arg_count < f->most) {
        put(p, notation == NOTATION_TEX ? "\\" : ""); /* \min, \max: of a whole layer */
        put(p, f->name);
        put(p, "(");
        print_args(p, call);
        put(p, ")");
        return;
    }
    bool brackets = f->binding != BINDING_ATOM && outer > f->binding;
    put(p, brackets ? "(" : "");
    print_template(p, call, form);
    put(p, brackets ? ")" : "");
}

/* ---- operators ---- */

static void print_binary(struct printer *p, const struct expr *expr, enum binding outer,
                         bool last) {
    const struct sign *sign = sign_of(expr->op);
    bool brackets = outer > sign->binding;
    put(p, brackets ? "(" : "");
    bool plain_sum = expr->args[0]->op == EXPR_SUM_OVER && sign->binding == BINDING_SUM;
    print(p, expr->args[0], sign->binding, plain_sum);
    put(p, sign->text[p->options->notation]);
    /* a - (b + c), a / (b c) and a < (b < c) keep their brackets on the right */
    bool strict = expr->op != EXPR_ADD && expr->op != EXPR_MULTIPLY;
    enum binding right = strict ? (enum binding)(sign->binding + 1) : sign->binding;
    print(p, expr->args[1], right, last || brackets);
    put(p, brackets ? ")" : "");
}

static void print_power(struct printer *p, const struct expr *expr, enum binding outer) {
    const struct expr *exponent = expr->args[1];
    bool brackets = outer > BINDING_POWER;
    bool square = exponent->op == EXPR_NUMBER && exponent->number == 2;
    bool tex = p->options->notation == NOTATION_TEX;
    put(p, brackets ? "(" : "");
    put(p, tex ? "{" : ""); /* r^{(1)} must not get a second superscript */
    p->opening = false;     /* (−2)² needs its brackets at the start too */
    print(p, expr->args[0], BINDING_TIGHT, false);
    put(p, tex ? "}" : "");
    if (square && p->options->notation == NOTATION_UNICODE) {
        put(p, "²");
    } else {
        put(p, tex ? "^{" : "^");
        p->opening = tex;
        print(p, exponent, tex ? BINDING_ATOM : BINDING_TIGHT, false);
        put(p, tex ? "}" : "");
    }
    put(p, brackets ? ")" : "");
}

static void print_negation(struct printer *p, const struct expr *expr, enum binding outer,
                           bool last) {
    bool brackets = outer > BINDING_SUM && !p->opening;
    put(p, brackets ? "(" : "");
    put(p, p->options->notation == NOTATION_UNICODE ? "−" : "-");
    print(p, expr->args[0], BINDING_SIGN, last || brackets);
    put(p, brackets ? ")" : "");
}

static void print_list(struct printer *p, const struct expr *list) {
    put(p, "[");
    for (size_t n = 0; n < list->arg_count; n++) {
        put(p, n == 0 ? "" : n % list->cols == 0 ? "; " : " ");
        p->opening = true;
        print(p, list->args[n], BINDING_TIGHT, false);
    }
    put(p, "]");
}

static void print(struct printer *p, const struct expr *expr, enum binding outer, bool last) {
    switch (expr->op) {
    case EXPR_NUMBER: put_number(p, expr->number, NULL, true); return;
    case EXPR_QUANTITY: print_quantity(p, expr); return;
    case EXPR_DELTA: print_delta(p, expr); return;
    case EXPR_SUM_OVER: print_sum(p, expr, outer, last); return;
    case EXPR_TERMS: print_written_out(p, expr, outer); return;
    case EXPR_CALL: print_call(p, expr, outer, last); return;
    case EXPR_NEGATE: print_negation(p, expr, outer, last); return;
    case EXPR_POWER: print_power(p, expr, outer); return;
    case EXPR_TRANSPOSE:
        print(p, expr->args[0], BINDING_TIGHT, false);
        put(p, "'");
        return;
    case EXPR_LIST: print_list(p, expr); return;
    default: print_binary(p, expr, outer, last);
    }
}

void expr_print(const struct expr *expr, const struct print_options *options, print_span emit,
                void *context) {
    struct printer printer = {
        .options = options,
        .scope = {.model = options->model},
        .emit = emit,
        .context = context,
        .opening = true,
    };
    print(&printer, expr, BINDING_ATOM, true);
}

static void emit_text(void *context, const char *string, const struct quantity *quantity) {
    (void)quantity;
    text_put(context, string);
}

void expr_print_text(struct text *out, const struct expr *expr,
                     const struct print_options *options) {
    expr_print(expr, options, emit_text, out);
}

void equation_print_text(struct text *out, const struct equation *equation,
                         const struct print_options *options) {
    static const char *const becomes[NOTATIONS] = {" ← ", " <- ", " \\leftarrow "};
    quantity_symbol(out, &equation->target, options);
    text_put(out, equation->law == LAW_U ? becomes[options->notation] : " = ");
    expr_print_text(out, equation->right, options);
}
