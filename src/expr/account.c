/*
 * expr/account.c - trees, paths and resolved formulas as lines of text: a row of the table
 * a kind.
 */
#include "expr/account.h"

#include <float.h>
#include <math.h>

#include "expr/derivation.h"
#include "expr/paths.h"
#include "expr/resolve.h"
#include "expr/why.h"

/* How the slope of the cost, or a collapsed equation, comes about: a line each. */
static enum status put_derivation(struct text *out, const struct print_options *options,
                                  const struct quantity *q, struct error *error) {
    for (size_t n = 0; n < derivation_lines(options->model, q); n++) {
        struct derivation line;
        if (derivation_open(&line, options->model, q, n) != STATUS_OK) {
            return error_memory(error);
        }
        text_put(out, "    ");
        derivation_print(&line, options, print_to_text, out);
        text_printf(out, "  (%s)\n", line.reason);
        derivation_close(&line);
    }
    return STATUS_OK;
}

static enum status put_whole(struct text *out, const struct account *account,
                             const struct print_options *options, struct error *error) {
    struct equation equation;
    struct quantity q = quantity_generic(options->model, account->q);
    enum status status = equation_open(&equation, options->model, q, error);
    if (status != STATUS_OK) {
        return status;
    }
    const struct law_row *law = law_row(equation.law);
    if (equation.law != LAW_NONE) {
        text_printf(out, "%s, %s\n", law->name, law->title);
    }
    text_put(out, "  ");
    equation_print_text(out, &equation, options);
    text_put(out, "\n");
    equation_close(&equation);
    return put_derivation(out, options, &q, error);
}

static enum status put_tree(struct text *out, const struct account *account,
                            const struct print_options *options, struct error *error) {
    struct equation equation;
    enum status status = equation_open(&equation, options->model, account->q, error);
    if (status != STATUS_OK) {
        return status; /* it is given */
    }
    equation_close(&equation);
    struct why why;
    status = why_start(&why, &account->q);
    if (status == STATUS_OK) {
        status = why_expand_levels(&why, options->model, 0, account->depth);
    }
    if (status == STATUS_OK) {
        why_print_text(out, &why, options->model, options);
    }
    why_close(&why);
    return status == STATUS_OK ? STATUS_OK : error_memory(error);
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

static void put_path(struct text *out, const struct print_options *options,
                     const struct paths *paths, const struct path *path) {
    struct model *model = options->model;
    struct factors f = {.out = out, .options = *options};
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

/* How much may be lost where the list is added up: no less is left of a difference to it. */
static double rounding_of(const struct paths *paths) {
    double size = 0;
    for (size_t n = 0; n < paths->count; n++) {
        size += fabs(paths->list[n].product);
    }
    return (double)paths->count * DBL_EPSILON * size;
}

/* What the list leaves out: how many, and what they add up to. */
static void put_others(struct text *out, const struct print_options *options,
                       const struct paths *paths) {
    double count = paths_count(paths, options->model);
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
    double rest = paths->total - paths->listed;
    if (fabs(rest) <= rounding_of(paths)) {
        text_put(out, ", too small to be told beside these\n");
        return;
    }
    text_put(out, ", their sum ");
    number_print(out, rest, options);
    text_put(out, "\n");
}

static enum status put_paths(struct text *out, const struct account *account,
                             const struct print_options *options, struct error *error) {
    struct model *model = options->model;
    struct paths paths;
    enum status status = paths_open(&paths, model, account->q, error);
    if (status != STATUS_OK) {
        return status;
    }
    quantity_symbol(out, &paths.q, options);
    text_put(out, " = ");
    number_print(out, paths.total, options);
    bool one = paths_count(&paths, model) == 1;
    text_put(out, one ? ": one path to the cost\n" : ": the sum over ");
    if (!one) {
        paths_put_count(out, &paths, model, options->notation);
        text_put(out, " paths to the cost, the largest first\n");
    }
    for (size_t n = 0; n < paths.count; n++) {
        put_path(out, options, &paths, &paths.list[n]);
    }
    put_others(out, options, &paths);
    paths_close(&paths);
    return STATUS_OK;
}

/* ---- a formula with others put into it ---- */

/* The equation in symbols, in numbers, and its value. */
static void put_formula(struct text *out, const struct equation *equation,
                        const struct print_options *options) {
    struct print_options numbers = *options;
    equation_print_text(out, equation, options);
    numbers.numbers = true;
    text_put(out, "\n  = ");
    expr_print_text(out, equation->right, &numbers);
    text_put(out, "\n  = ");
    number_print(out, quantity_value(options->model, &equation->target), options);
    text_put(out, "\n");
}

static enum status put_resolved(struct text *out, const struct account *account,
                                const struct print_options *options, struct error *error) {
    struct equation equation;
    enum status status = equation_open(&equation, options->model, account->q, error);
    if (status != STATUS_OK) {
        return status;
    }
    status = equation_resolve(&equation, options->model, account->depth, error);
    if (status == STATUS_OK) {
        put_formula(out, &equation, options);
    }
    equation_close(&equation);
    return status;
}

/* ---- the table ---- */

static const struct {
    const char *name;
    enum status (*put)(struct text *out, const struct account *account,
                       const struct print_options *options, struct error *error);
} kinds[] = {
    [ACCOUNT_TREE] = {"explain", put_tree},
    [ACCOUNT_WHOLE] = {"explain", put_whole},
    [ACCOUNT_PATHS] = {"explain path", put_paths},
    [ACCOUNT_RESOLVED] = {"resolve", put_resolved},
};

const char *account_name(const struct account *account) {
    return kinds[account->kind].name;
}

bool account_fits(const struct account *account, const struct model *model) {
    return account->kind != ACCOUNT_NONE && quantity_exists(model, &account->q);
}

enum status account_print(struct text *out, const struct account *account,
                          const struct print_options *options, struct error *error) {
    return kinds[account->kind].put(out, account, options, error);
}
