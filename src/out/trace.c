/*
 * out/trace.c - the steps of a walk, told one after the other. Symbols, numbers
 * and values come from the same equations as on the screen.
 */
#include "trace.h"

#include "base/table.h"
#include "expr/print.h"
#include "out/json.h"

/* One element as its equation, its numbers and its value. */
struct telling {
    struct quantity element;
    struct text numbers;
    double value;
};

static enum status tell(struct telling *telling, struct model *model, struct quantity element,
                        const struct trace_options *options, struct error *error) {
    struct equation equation;
    enum status status = equation_open(&equation, model, element, error);
    if (status != STATUS_OK) {
        return status;
    }
    struct print_options print = {
        .model = model,
        .notation = options->ascii ? NOTATION_ASCII : NOTATION_UNICODE,
        .numbers = true,
    };
    *telling = (struct telling){.element = element, .value = quantity_value(model, &element)};
    expr_print_text(&telling->numbers, equation.right, &print);
    equation_close(&equation);
    return telling->numbers.failed ? error_memory(error) : STATUS_OK;
}

static enum status put_symbols(struct text *out, struct model *model, struct quantity target,
                               const struct trace_options *options, struct error *error) {
    struct equation equation;
    enum status status = equation_open(&equation, model, quantity_generic(model, target), error);
    if (status == STATUS_OK) {
        struct print_options print = {
            .model = model, .notation = options->ascii ? NOTATION_ASCII : NOTATION_UNICODE};
        equation_print_text(out, &equation, &print);
        equation_close(&equation);
    }
    return status;
}

static void put_element_json(struct text *out, const struct telling *telling) {
    struct text name = TEXT_EMPTY;
    quantity_name(&name, &telling->element);
    text_put(out, "{\"name\": ");
    json_put_string(out, text_string(&name));
    text_put(out, ", \"numbers\": ");
    json_put_string(out, text_string(&telling->numbers));
    text_put(out, ", \"value\": ");
    json_put_number(out, telling->value);
    text_put(out, "}");
    out->failed |= name.failed;
    text_free(&name);
}

static void put_head_json(struct text *out, const struct model *model, size_t step,
                          const struct walk_step *here) {
    struct text name = TEXT_EMPTY;
    quantity_name(&name, &here->target);
    text_printf(out,
                "{\"step\": %zu, \"of\": %zu, \"pass\": \"%s\", \"equation\": \"%s\", "
                "\"layer\": %zu, \"name\": ",
                step, walk_length(model), law_row(here->law)->pass, law_row(here->law)->name,
                here->layer);
    json_put_string(out, text_string(&name));
    text_put(out, ", \"symbols\": ");
    out->failed |= name.failed;
    text_free(&name);
}

/* Elements first ... last of a step as one JSON object on one line. */
static enum status put_json(struct text *out, struct model *model, size_t step, size_t first,
                            size_t last, const struct trace_options *options, struct error *error) {
    struct walk_step here = walk_step_at(model, step);
    struct text symbols = TEXT_EMPTY;
    put_head_json(out, model, step, &here);
    enum status status = put_symbols(&symbols, model, here.target, options, error);
    json_put_string(out, text_string(&symbols));
    out->failed |= symbols.failed;
    text_free(&symbols);
    text_put(out, ", \"elements\": [");
    for (size_t e = first; e <= last && status == STATUS_OK; e++) {
        struct telling telling = {.numbers = TEXT_EMPTY};
        status = tell(&telling, model, walk_element(model, step, e), options, error);
        text_put(out, e > first ? ", " : "");
        put_element_json(out, &telling);
        text_free(&telling.numbers);
    }
    text_put(out, "]}\n");
    return status;
}

/* "step 8 of 13  backward  B3 gradient of the weights  layer 2" and the lines of the
 * elements first ... last. */
static enum status put_text(struct text *out, struct model *model, size_t step, size_t first,
                            size_t last, const struct trace_options *options, struct error *error) {
    struct walk_step here = walk_step_at(model, step);
    const struct law_row *law = law_row(here.law);
    size_t count = walk_elements(model, step);
    text_printf(out, "step %zu of %zu", step, walk_length(model));
    if (options->grain == GRAIN_ELEMENT && count > 1) {
        text_printf(out, ", %zu of %zu", first, count);
    }
    text_printf(out, "  %s  %s %s  layer %zu\n  ", law->pass, law->name, law->title, here.layer);
    enum status status = put_symbols(out, model, here.target, options, error);
    text_put(out, "\n");
    for (size_t e = first; e <= last && status == STATUS_OK; e++) {
        struct telling telling = {.numbers = TEXT_EMPTY};
        status = tell(&telling, model, walk_element(model, step, e), options, error);
        struct print_options print = {
            .model = model, .notation = options->ascii ? NOTATION_ASCII : NOTATION_UNICODE};
        text_put(out, "    ");
        quantity_symbol(out, &telling.element, &print);
        text_printf(out, "%s%s = ", law_becomes(here.law, print.notation),
                    text_string(&telling.numbers));
        number_print(out, telling.value, &print);
        text_put(out, "\n");
        text_free(&telling.numbers);
    }
    return status;
}

/* ---- the table ---- */

static const struct trace_format formats[] = {
    [TRACE_TEXT] = {"text", "text for people", NULL, put_text, NULL},
    [TRACE_JSONL] = {"jsonl", "a JSON object a line", NULL, put_json, NULL},
    [TRACE_CSV] = {"csv", "every quantity: name,i,j,value", trace_csv, NULL, NULL},
    [TRACE_TEX] = {"tex", "a LaTeX document", trace_sheet_begin, trace_sheet_step, trace_sheet_end},
    [TRACE_MARKDOWN] = {"markdown", "Markdown with formulas in LaTeX", trace_sheet_begin,
                        trace_sheet_step, trace_sheet_end},
};

const struct trace_format *trace_format_at(size_t index) {
    return TABLE_AT(formats, index);
}

void trace_begin(struct text *out, struct model *model, const struct trace_options *options) {
    if (formats[options->format].begin) {
        formats[options->format].begin(out, model, options);
    }
}

void trace_end(struct text *out, const struct trace_options *options) {
    if (formats[options->format].end) {
        formats[options->format].end(out, options);
    }
}

enum status trace_step(struct text *out, struct model *model, size_t step,
                       const struct trace_options *options, struct error *error) {
    const struct trace_format *format = &formats[options->format];
    size_t count = walk_elements(model, step);
    if (!format->step) {
        return STATUS_OK;
    }
    if (options->grain == GRAIN_EQUATION) {
        return format->step(out, model, step, 1, count, options, error);
    }
    enum status status = STATUS_OK;
    for (size_t e = 1; e <= count && status == STATUS_OK; e++) {
        status = format->step(out, model, step, e, e, options, error);
    }
    return status;
}
