/*
 * expr/print.c - expressions as spans of text. Brackets are put where the way an
 * operator binds needs them, around negative numbers that are not at the start,
 * and around a sum sign that something follows (print_sum.c).
 */
#include "print_private.h"

#include <math.h>
#include <string.h>

#include "base/table.h"

void print_emit(print_span emit, void *context, struct text *text, const struct quantity *q) {
    emit(context, text->failed ? NULL : text_string(text), q);
    text_free(text);
}

void print_put(struct printer *p, const char *string) {
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
    for (size_t i = 0; i < TABLE_COUNT(signs); i++) {
        if (signs[i].op == op) {
            return &signs[i];
        }
    }
    return NULL;
}

/* Emit what was put together, which shows `q`. */
static void emit_piece(struct printer *p, const struct quantity *q) {
    p->emit(p->context, p->piece.failed ? NULL : text_string(&p->piece), q);
    text_cut(&p->piece, 0);
    p->opening = false;
}

static void put_number(struct printer *p, double value, const struct quantity *q, bool exact) {
    struct print_options options = *p->options;
    if (exact) {
        options.digits = 0; /* a number of the formula itself is not rounded */
    }
    bool minus = signbit(value) && (value != 0 || options.digits == 0);
    bool brackets = minus && !p->opening;
    text_put(&p->piece, brackets ? "(" : "");
    number_print(&p->piece, value, &options);
    text_put(&p->piece, brackets ? ")" : "");
    emit_piece(p, q);
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
    quantity_symbol(&p->piece, &q, p->options);
    emit_piece(p, &q);
}

static void print_delta(struct printer *p, const struct expr *expr) {
    struct quantity q = bound(p, expr->quantity);
    if (q.i > 0 && q.j > 0) {
        put_number(p, q.i == q.j ? 1 : 0, NULL, true);
    } else if (p->options->notation == NOTATION_ASCII) {
        print_put(p, "(j == m)");
    } else {
        print_put(p, p->options->notation == NOTATION_TEX ? "\\delta_{jm}" : "δⱼₘ");
    }
}

/* ---- calls ---- */

static void print_args(struct printer *p, const struct expr *call) {
    for (size_t n = 0; n < call->arg_count; n++) {
        print_put(p, n > 0 ? ", " : "");
        print_expr(p, call->args[n], BINDING_ATOM, n + 1 == call->arg_count);
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
        print_put(p, piece);
        size_t which = c[1] == '2' ? 1 : c[1] == '3' ? 2 : 0;
        print_expr(p, call->args[which], c == form ? inner : BINDING_ATOM, false);
        from = c + (which > 0 ? 2 : 1);
    }
    print_put(p, from);
}

static void print_call(struct printer *p, const struct expr *call, enum binding outer, bool last) {
    const struct function *f = call->function;
    enum notation notation = p->options->notation;
    struct value value;
    if (p->options->numbers && f->three &&
        expr_evaluate(call->args[0], &p->scope, &value, NULL) == STATUS_OK) {
        size_t taken = value_at(&value, 0) != 0 ? 1 : 2; /* only what counts is shown */
        value_free(&value);
        print_expr(p, call->args[taken], outer, last);
        return;
    }
    if (p->options->numbers && f->all && call->arg_count == 1 &&
        expr_evaluate(call, &p->scope, &value, NULL) == STATUS_OK) {
        put_number(p, value.number, NULL, false); /* of a whole layer: its value */
        return;
    }
    const char *form = notation == NOTATION_TEX ? f->tex : f->symbol;
    if (notation == NOTATION_ASCII || call->arg_count < f->most) {
        print_put(p, notation == NOTATION_TEX ? "\\" : ""); /* \min, \max: of a whole layer */
        print_put(p, f->name);
        print_put(p, "(");
        print_args(p, call);
        print_put(p, ")");
        return;
    }
    bool brackets = f->binding != BINDING_ATOM && outer > f->binding;
    print_put(p, brackets ? "(" : "");
    print_template(p, call, form);
    print_put(p, brackets ? ")" : "");
}

/* ---- operators ---- */

static void print_binary(struct printer *p, const struct expr *expr, enum binding outer,
                         bool last) {
    const struct sign *sign = sign_of(expr->op);
    bool brackets = outer > sign->binding;
    print_put(p, brackets ? "(" : "");
    bool plain_sum = expr->args[0]->op == EXPR_SUM_OVER && sign->binding == BINDING_SUM;
    print_expr(p, expr->args[0], sign->binding, plain_sum);
    print_put(p, sign->text[p->options->notation]);
    /* a - (b + c), a / (b c) and a < (b < c) keep their brackets on the right */
    bool strict = expr->op != EXPR_ADD && expr->op != EXPR_MULTIPLY;
    enum binding right = strict ? (enum binding)(sign->binding + 1) : sign->binding;
    print_expr(p, expr->args[1], right, last || brackets);
    print_put(p, brackets ? ")" : "");
}

static void print_power(struct printer *p, const struct expr *expr, enum binding outer) {
    const struct expr *exponent = expr->args[1];
    bool brackets = outer > BINDING_POWER;
    bool square = exponent->op == EXPR_NUMBER && exponent->number == 2;
    bool tex = p->options->notation == NOTATION_TEX;
    print_put(p, brackets ? "(" : "");
    print_put(p, tex ? "{" : ""); /* r^{(1)} must not get a second superscript */
    p->opening = false;           /* (−2)² needs its brackets at the start too */
    print_expr(p, expr->args[0], BINDING_TIGHT, false);
    print_put(p, tex ? "}" : "");
    if (square && p->options->notation == NOTATION_UNICODE) {
        print_put(p, "²");
    } else {
        print_put(p, tex ? "^{" : "^");
        p->opening = tex;
        print_expr(p, exponent, tex ? BINDING_ATOM : BINDING_TIGHT, false);
        print_put(p, tex ? "}" : "");
    }
    print_put(p, brackets ? ")" : "");
}

static void print_negation(struct printer *p, const struct expr *expr, enum binding outer,
                           bool last) {
    bool brackets = outer > BINDING_SUM && !p->opening;
    print_put(p, brackets ? "(" : "");
    print_put(p, p->options->notation == NOTATION_UNICODE ? "−" : "-");
    print_expr(p, expr->args[0], BINDING_PRODUCT, last || brackets); /* -(a b) is (-a) b */
    print_put(p, brackets ? ")" : "");
}

static void print_list(struct printer *p, const struct expr *list) {
    print_put(p, "[");
    for (size_t n = 0; n < list->arg_count; n++) {
        print_put(p, n == 0 ? "" : n % list->cols == 0 ? "; " : " ");
        p->opening = true;
        print_expr(p, list->args[n], BINDING_TIGHT, false);
    }
    print_put(p, "]");
}

void print_expr(struct printer *p, const struct expr *expr, enum binding outer, bool last) {
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
        print_expr(p, expr->args[0], BINDING_TIGHT, false);
        print_put(p, "'");
        return;
    case EXPR_LIST: print_list(p, expr); return;
    default: print_binary(p, expr, outer, last);
    }
}

/* Let the letter, if it is one, stand for an index. */
static void bind_letter(struct scope *scope, int64_t letter, int64_t index) {
    if (letter < 0) {
        *scope_letter(scope, (char)-letter) = index;
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
    if (options->element) {
        struct quantity letters = quantity_generic(options->model, *options->element);
        bind_letter(&printer.scope, letters.i, options->element->i);
        bind_letter(&printer.scope, letters.j, options->element->j);
    }
    print_expr(&printer, expr, BINDING_ATOM, true);
    text_free(&printer.piece);
}

void print_to_text(void *text, const char *string, const struct quantity *quantity) {
    struct text *out = text;
    (void)quantity;
    text_put(out, string ? string : "");
    out->failed |= !string;
}

void expr_print_text(struct text *out, const struct expr *expr,
                     const struct print_options *options) {
    expr_print(expr, options, print_to_text, out);
}

const char *law_becomes(enum law law, enum notation notation) {
    static const char *const update[NOTATIONS] = {" ← ", " <- ", " \\leftarrow "};
    return law == LAW_U ? update[notation] : " = ";
}

void equation_print_text(struct text *out, const struct equation *equation,
                         const struct print_options *options) {
    quantity_symbol(out, &equation->target, options);
    text_put(out, law_becomes(equation->law, options->notation));
    expr_print_text(out, equation->right, options);
}
