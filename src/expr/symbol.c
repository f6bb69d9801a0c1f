/*
 * expr/symbol.c - quantities as they are written in a book: ∂C/∂W⁽¹⁾ᵢⱼ, in
 * Unicode, ASCII (the name that can be typed) or LaTeX.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "expr/print.h"
#include "net/activation.h"

static const char *const superscript_digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
static const char *const subscript_digits[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};

static void put_digits(struct text *out, unsigned long long value, const char *const digits[10]) {
    if (value >= 10) {
        put_digits(out, value / 10, digits);
    }
    text_put(out, digits[value % 10]);
}

const char *letter_subscript(char letter) {
    switch (letter) {
    case 'i': return "ᵢ";
    case 'j': return "ⱼ";
    case 's': return "ₛ";
    case 'n': return "ₙ";
    case 'v': return "ᵥ";
    default: return "ₘ";
    }
}

static void put_index(struct text *out, int64_t index, enum notation notation) {
    if (index < 0) {
        char letter[2] = {(char)-index, '\0'};
        text_put(out, notation == NOTATION_UNICODE ? letter_subscript(letter[0]) : letter);
    } else if (notation == NOTATION_UNICODE) {
        put_digits(out, (unsigned long long)index, subscript_digits);
    } else {
        text_printf(out, "%lld", (long long)index);
    }
}

static void put_layer(struct text *out, size_t layer, enum notation notation) {
    if (notation == NOTATION_UNICODE) {
        text_put(out, "⁽");
        put_digits(out, layer, superscript_digits);
        text_put(out, "⁾");
    } else {
        text_printf(out, "^{(%zu)}", layer);
    }
}

/* Both indices; a comma where they would run together. A sample comes after them,
 * where it does not stand at the C. */
static void put_indices(struct text *out, const struct quantity *q, bool sample,
                        enum notation notation) {
    if (q->i == 0 && !sample) {
        return;
    }
    text_put(out, notation == NOTATION_TEX ? "_{" : "");
    if (q->i != 0) {
        put_index(out, q->i, notation);
    }
    if (q->j != 0) {
        text_put(out, q->i > 9 || q->j > 9 ? "," : "");
        put_index(out, q->j, notation);
    }
    if (sample) {
        text_put(out, q->i != 0 ? "," : "");
        put_index(out, q->sample, notation);
    }
    text_put(out, notation == NOTATION_TEX ? "}" : "");
}

/* A symbol; the sample's number goes to its C: ∂Cₛ/∂W. */
static void put_name(struct text *out, const char *symbol, const struct quantity *q,
                     enum notation notation) {
    const char *C = q->sample != 0 ? strchr(symbol, 'C') : NULL;
    if (!C) {
        text_put(out, symbol);
        return;
    }
    text_put_bytes(out, symbol, (size_t)(C + 1 - symbol));
    text_put(out, notation == NOTATION_TEX ? "_{" : "");
    put_index(out, q->sample, notation);
    text_put(out, notation == NOTATION_TEX ? "}" : "");
    text_put(out, C + 1);
}

/* Step(z) or f'(z); the softmax's entry is dr_j/dz_m */
static void put_slope(struct text *out, const struct quantity *q,
                      const struct print_options *options) {
    const struct activation *f = options->model->network.layers[q->layer].activation;
    bool tex = options->notation == NOTATION_TEX;
    struct quantity z = {.kind = QUANTITY_Z, .layer = q->layer, .i = q->i, .sample = q->sample};
    if (f->layer) {
        struct quantity r = z;
        r.kind = QUANTITY_R;
        z.i = q->j;
        text_put(out, tex ? "\\partial " : "∂");
        quantity_symbol(out, &r, options);
        text_put(out, tex ? "/\\partial " : "/∂");
        quantity_symbol(out, &z, options);
        return;
    }
    text_put(out, f->step ? (tex ? "\\mathrm{Step}(" : "Step(") : (tex ? "f'(" : "f′("));
    quantity_symbol(out, &z, options);
    text_put(out, ")");
}

void quantity_symbol(struct text *out, const struct quantity *q,
                     const struct print_options *options) {
    enum notation notation = options->notation;
    const struct quantity_row *row = quantity_row(q->kind);
    if (notation == NOTATION_ASCII) {
        quantity_name(out, q);
        return;
    }
    if (q->kind == QUANTITY_SLOPE) {
        put_slope(out, q, options);
        return;
    }
    bool input = q->kind == QUANTITY_R && q->layer == 0;
    bool input_gradient = q->kind == QUANTITY_DR && q->layer == 0;
    const char *symbol = notation == NOTATION_TEX ? row->tex : row->symbol;
    if (input) {
        text_put(out, "x");
    } else if (input_gradient) {
        put_name(out, notation == NOTATION_TEX ? "\\partial C/\\partial x" : "∂C/∂x", q, notation);
    } else {
        put_name(out, symbol, q, notation);
        if (row->layered) {
            put_layer(out, q->layer, notation);
        }
    }
    put_indices(out, q, q->sample != 0 && !strchr(symbol, 'C'), notation);
}

/* A fixed number without the zeros at its end: 0.5000 -> 0.5, -3.0000 -> -3. */
static void trim_zeros(char *number) {
    if (!strchr(number, '.') || strchr(number, 'e')) {
        return;
    }
    size_t length = strlen(number);
    while (number[length - 1] == '0') {
        number[--length] = '\0';
    }
    if (number[length - 1] == '.') {
        number[length - 1] = '\0';
    }
    if (strcmp(number, "-0") == 0) {
        memmove(number, number + 1, 2);
    }
}

/* In LaTeX 1.5e-9 stays one word: 1.5\mathrm{e}{-9}, not 1.5 times e minus 9. */
static void put_tex_number(struct text *out, double value, const char *number) {
    const char *e = strchr(number, 'e');
    if (isnan(value)) {
        text_put(out, "\\mathrm{NaN}");
    } else if (isinf(value)) {
        text_put(out, value > 0 ? "\\infty" : "-\\infty");
    } else if (e) {
        text_put_bytes(out, number, (size_t)(e - number));
        text_printf(out, "\\mathrm{e}{%s}", e + 1);
    } else {
        text_put(out, number);
    }
}

void number_put_signed(struct text *out, const char *number, enum notation notation) {
    while (*number) {
        size_t length = strcspn(number, "-");
        text_put_bytes(out, number, length);
        number += length;
        if (*number) {
            text_put(out, notation == NOTATION_UNICODE ? "−" : "-");
            number++;
        }
    }
}

void number_print(struct text *out, double value, const struct print_options *options) {
    char number[NUMBER_TEXT_MAX];
    if (options->digits > 0) {
        trim_zeros(number_fixed(value, options->digits, number));
    } else {
        number_shortest(value, number);
    }
    if (options->notation == NOTATION_TEX) {
        put_tex_number(out, value, number);
        return;
    }
    number_put_signed(out, number, options->notation);
}
