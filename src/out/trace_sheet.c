/*
 * out/trace_sheet.c - the steps of a walk as a page of mathematics.
 */
#include "out/sheet.h"
#include "trace.h"

static const struct dialect *dialect_of(const struct trace_options *options) {
    return dialect_named(trace_format_at(options->format)->name);
}

void trace_sheet_begin(struct text *out, struct model *model, const struct trace_options *options) {
    const struct dialect *dialect = dialect_of(options);
    text_put(out, dialect->page.before);
    sheet_put(out, dialect, &dialect->title, options->title ? options->title : "backstep");
    sheet_network(out, dialect, model, options->digits);
}

/* A heading and the formulas at a step's first element, then a line an element. */
enum status trace_sheet_step(struct text *out, struct model *model, size_t step, size_t first,
                             size_t last, const struct trace_options *options,
                             struct error *error) {
    const struct dialect *dialect = dialect_of(options);
    enum status status = STATUS_OK;
    if (first == 1) {
        status = sheet_step(out, dialect, model, step, error);
    }
    for (size_t e = first; e <= last && status == STATUS_OK; e++) {
        status = sheet_element(out, dialect, model, walk_element(model, step, e), true,
                               options->digits, error);
    }
    text_put(out, last == walk_elements(model, step) ? "\n" : "");
    return status;
}

void trace_sheet_end(struct text *out, const struct trace_options *options) {
    text_put(out, dialect_of(options)->page.behind);
}
