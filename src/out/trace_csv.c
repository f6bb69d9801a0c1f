/*
 * out/trace_csv.c - every quantity of a model as CSV: a line an element.
 *
 *     name,i,j,value
 *     W0,1,2,-0.3
 *     z1,1,,0.3
 *     C,,,0.6458
 */
#include "base/number.h"
#include "trace.h"

static void put_line(struct text *out, struct model *model, const char *name,
                     const struct quantity *q) {
    char number[NUMBER_TEXT_MAX];
    text_printf(out, "%s,", name);
    if (q->i > 0) {
        text_printf(out, "%lld", (long long)q->i);
    }
    text_put_char(out, ',');
    if (q->j > 0) {
        text_printf(out, "%lld", (long long)q->j);
    }
    text_printf(out, ",%s\n", number_shortest(quantity_value(model, q), number));
}

/* All elements of a whole quantity. */
static void put_quantity(struct text *out, struct model *model, struct quantity q) {
    struct text name = TEXT_EMPTY;
    size_t rows, cols;
    quantity_name(&name, &q);
    quantity_shape(model, &q, &rows, &cols);
    for (size_t at = 0; at < rows * cols; at++) {
        struct quantity element = quantity_element(model, q, at);
        put_line(out, model, text_string(&name), &element);
    }
    out->failed |= name.failed;
    text_free(&name);
}

void trace_csv(struct text *out, struct model *model, const struct trace_options *options) {
    (void)options;
    text_put(out, "name,i,j,value\n");
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        size_t first, last;
        if (quantity_layers(model, (enum quantity_kind)kind, &first, &last)) {
            for (size_t k = first; k <= last; k++) {
                put_quantity(out, model,
                             (struct quantity){.kind = (enum quantity_kind)kind, .layer = k});
            }
        }
    }
}
