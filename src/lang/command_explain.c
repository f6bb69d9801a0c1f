/*
 * lang/command_explain.c - the commands that tell where a number comes from: the tree
 * of equations, the paths of a gradient, and formulas put into each other.
 */
#include "call.h"
#include "expr/derivation.h"
#include "expr/paths.h"
#include "expr/resolve.h"
#include "expr/why.h"

static struct print_options options_of(const struct call *call) {
    return (struct print_options){.model = state_model(call->state),
                                  .notation = NOTATION_UNICODE,
                                  .digits = call->state->digits};
}

/* The name of a quantity, and the word it stood in. */
static enum status read_quantity(struct call *call, struct quantity *q, struct word *word) {
    if (!call_word(call, word)) {
        return call_missing(call, "the name of a quantity");
    }
    enum status status = call_quantity(call, word, q);
    if (status == STATUS_OK) {
        struct expr named = {
            .op = EXPR_QUANTITY, .column = word->column, .length = word->length, .quantity = *q};
        status = call_check_hidden(call, &named);
    }
    return status;
}

/* How many levels: a number, or "all"; nothing may follow. */
static enum status read_depth(struct call *call, const char *what, uint64_t most, size_t *depth) {
    struct word word;
    if (!call_peek(call, &word)) {
        return STATUS_OK;
    }
    uint64_t value = most;
    enum status status = STATUS_OK;
    if (word_is(&word, "all")) {
        call_word(call, &word);
    } else {
        status = call_count(call, what, 0, most, &value);
    }
    *depth = (size_t)value;
    return status == STATUS_OK ? call_end(call) : status;
}

static bool is_element(const struct model *model, const struct quantity *q) {
    return q->i != 0 || quantity_rank(model, q) == 0;
}

/* An error about the quantity itself is the word's. */
static enum status blame(struct call *call, const struct word *word, enum status status) {
    if (status == STATUS_INPUT && call->error->column == 0) {
        call_blame(call, word);
    }
    return status;
}

/* ---- explain ---- */

/* How the slope of the cost, or a collapsed equation, comes about: a line each. */
static enum status put_derivation(struct call *call, const struct quantity *q) {
    struct model *model = state_model(call->state);
    struct print_options options = options_of(call);
    for (size_t n = 0; n < derivation_lines(model, q); n++) {
        struct derivation line;
        if (derivation_open(&line, model, q, n) != STATUS_OK) {
            return error_memory(call->error);
        }
        text_put(&call->result->output, "    ");
        derivation_print(&line, &options, print_to_text, &call->result->output);
        text_printf(&call->result->output, "  (%s)\n", line.reason);
        derivation_close(&line);
    }
    return STATUS_OK;
}

/* A whole vector or matrix: its equation with letters. */
static enum status explain_whole(struct call *call, struct quantity q) {
    struct model *model = state_model(call->state);
    struct equation equation;
    q = quantity_generic(model, q);
    enum status status = equation_open(&equation, model, q, call->error);
    if (status != STATUS_OK) {
        return status;
    }
    struct print_options options = options_of(call);
    const struct law_row *law = law_row(equation.law);
    if (equation.law != LAW_NONE) {
        text_printf(&call->result->output, "%s, %s\n", law->name, law->title);
    }
    text_put(&call->result->output, "  ");
    equation_print_text(&call->result->output, &equation, &options);
    text_put(&call->result->output, "\n");
    equation_close(&equation);
    return put_derivation(call, &q);
}

/* One number: the tree behind it. Whoever has a screen opens it there. */
static enum status explain_element(struct call *call, const struct quantity *q, size_t levels) {
    struct model *model = state_model(call->state);
    struct print_options options = options_of(call);
    struct equation equation;
    enum status status = equation_open(&equation, model, *q, call->error);
    if (status != STATUS_OK) {
        return status; /* it is given */
    }
    equation_close(&equation);
    struct why why;
    status = why_start(&why, q);
    if (status == STATUS_OK) {
        status = why_expand_levels(&why, model, 0, levels);
    }
    if (status == STATUS_OK) {
        why_print_text(&call->result->output, &why, model, &options);
    }
    why_close(&why);
    call->result->request = REQUEST_EXPLAIN;
    call->result->quantity = *q;
    call->result->levels = levels;
    return status == STATUS_OK ? STATUS_OK : error_memory(call->error);
}

/* ---- the paths of a gradient ---- */

struct factors {
    struct text *out;
    struct print_options options;
    size_t count, of; /* told, of so many */
};

enum { FACTORS_SHOWN = 16 };

static void count_factor(void *context, const struct quantity *factor) {
    (void)factor;
    ((struct factors *)context)->of++;
}

/* " · " and the factor; of a long path the ones at both ends. */
static void put_factor(void *context, const struct quantity *factor) {
    struct factors *f = context;
    size_t n = f->count++;
    if (f->of > FACTORS_SHOWN && n >= FACTORS_SHOWN / 2 && n + FACTORS_SHOWN / 2 < f->of) {
        text_put(f->out, n == FACTORS_SHOWN / 2 ? " · …" : "");
        return;
    }
    text_put(f->out, n > 0 ? " · " : "");
    if (!f->options.numbers) {
        quantity_symbol(f->out, factor, &f->options);
        return;
    }
    double value = quantity_value(f->options.model, factor);
    text_put(f->out, n > 0 && value < 0 ? "(" : "");
    number_print(f->out, value, &f->options);
    text_put(f->out, n > 0 && value < 0 ? ")" : "");
}

static void put_path(struct call *call, const struct paths *paths, const struct path *path) {
    struct model *model = state_model(call->state);
    struct text *out = &call->result->output;
    struct factors f = {.out = out, .options = options_of(call)};
    path_factors(paths, path, model, count_factor, &f);
    text_put(out, "  ");
    number_print(out, path->product, &f.options);
    text_put(out, " = ");
    path_factors(paths, path, model, put_factor, &f);
    text_put(out, "\n    = ");
    f.count = 0;
    f.options.numbers = true;
    path_factors(paths, path, model, put_factor, &f);
    text_put(out, "\n");
}

/* What the list leaves out: how many, and what they add up to. */
static void put_others(struct call *call, const struct paths *paths) {
    struct model *model = state_model(call->state);
    struct text *out = &call->result->output;
    struct print_options options = options_of(call);
    double count = paths_count(paths, model);
    if (count <= (double)paths->count) {
        return;
    }
    text_put(out, "  … ");
    if (count < 1e15) {
        text_printf(out, "%.0f more", count - (double)paths->count);
    } else {
        text_put(out, "all others");
    }
    if (paths->count < PATHS_KEPT) {
        text_put(out, ", each of them 0\n");
        return;
    }
    text_put(out, ", their sum ");
    number_print(out, paths->total - paths->listed, &options);
    text_put(out, "\n");
}

static enum status explain_paths(struct call *call, const struct quantity *q) {
    struct model *model = state_model(call->state);
    struct text *out = &call->result->output;
    struct print_options options = options_of(call);
    struct paths paths;
    enum status status = paths_open(&paths, model, *q, call->error);
    if (status != STATUS_OK) {
        return status;
    }
    quantity_symbol(out, &paths.q, &options);
    text_put(out, " = ");
    number_print(out, paths.total, &options);
    bool one = paths_count(&paths, model) == 1;
    text_put(out, one ? ": one path to the cost\n" : ": the sum over ");
    if (!one) {
        paths_put_count(out, &paths, model, options.notation);
        text_put(out, " paths to the cost, the largest first\n");
    }
    for (size_t n = 0; n < paths.count; n++) {
        put_path(call, &paths, &paths.list[n]);
    }
    put_others(call, &paths);
    paths_close(&paths);
    return STATUS_OK;
}

enum status run_explain(struct call *call) {
    struct word word;
    struct quantity q = {0};
    size_t levels = WHY_DEPTH;
    bool path = call_peek(call, &word) && word_is(&word, "path");
    if (path) {
        call_word(call, &word);
    }
    enum status status = read_quantity(call, &q, &word);
    if (status == STATUS_OK && path) {
        call_single(call, &q);
        status = call_end(call);
    } else if (status == STATUS_OK) {
        status = read_depth(call, "number of levels", WHY_DEPTH_MOST, &levels);
    }
    if (status != STATUS_OK) {
        return status;
    }
    bool element = is_element(state_model(call->state), &q);
    status = path      ? explain_paths(call, &q)
             : element ? explain_element(call, &q, levels)
                       : explain_whole(call, q);
    return blame(call, &word, status);
}

/* ---- resolve ---- */

/* The equation in symbols, in numbers, and its value. */
static void put_resolved(struct call *call, const struct equation *equation) {
    struct text *out = &call->result->output;
    struct print_options options = options_of(call);
    equation_print_text(out, equation, &options);
    options.numbers = true;
    text_put(out, "\n  = ");
    expr_print_text(out, equation->right, &options);
    text_put(out, "\n  = ");
    number_print(out, quantity_value(options.model, &equation->target), &options);
    text_put(out, "\n");
}

enum status run_resolve(struct call *call) {
    struct model *model = state_model(call->state);
    struct word word;
    struct quantity q = {0};
    struct equation equation;
    size_t depth = 1;
    enum status status = read_quantity(call, &q, &word);
    if (status == STATUS_OK) {
        call_single(call, &q);
        status = read_depth(call, "depth", RESOLVE_ALL, &depth);
    }
    if (status == STATUS_OK && !is_element(model, &q)) {
        status = word_error(call, &word, "'%.*s' has many elements: name one, as in '%.*s%s'",
                            (int)word.length, word.bytes, (int)word.length, word.bytes,
                            quantity_rank(model, &q) == 2 ? "[1,1]" : "[1]");
    }
    if (status != STATUS_OK) {
        return status;
    }
    status = equation_open(&equation, model, q, call->error);
    if (status == STATUS_OK) {
        status = equation_resolve(&equation, model, depth, call->error);
        if (status == STATUS_OK) {
            put_resolved(call, &equation);
        }
        equation_close(&equation);
    }
    return blame(call, &word, status);
}
