/*
 * out/sheet.c - pages of mathematics in LaTeX and Markdown.
 *
 * A line of numbers may be long: it is a paragraph of its own, which LaTeX breaks at its
 * signs. In words LaTeX gets ASCII and the accented letters that every installation
 * has; all else becomes its plain stand-in.
 */
#include "out/sheet.h"

#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/optimizer.h"
#include "view/canvas.h"
#include "walk/walk.h"

/* ---- words ---- */

/* An accented letter of Latin-1 that LaTeX's old fonts can make. */
static bool is_tex_letter(uint32_t code_point) {
    static const uint32_t others[] = {0xD0, 0xD7, 0xDE, 0xF0, 0xF7, 0xFE};
    for (size_t n = 0; n < TABLE_COUNT(others); n++) {
        if (code_point == others[n]) {
            return false;
        }
    }
    return code_point >= 0xC0 && code_point <= 0xFF;
}

static void put_tex_char(struct text *out, char c) {
    switch (c) {
    case '\\': text_put(out, "\\textbackslash{}"); break;
    case '~': text_put(out, "\\textasciitilde{}"); break;
    case '^': text_put(out, "\\textasciicircum{}"); break;
    case '<': text_put(out, "$<$"); break;
    case '>': text_put(out, "$>$"); break;
    case '|': text_put(out, "$|$"); break;
    case '"': text_put(out, "''"); break;
    case '\n': text_put_char(out, ' '); break;
    default: text_put(out, strchr("{}$&#_%", c) ? "\\" : ""); text_put_char(out, c);
    }
}

static void put_tex(struct text *out, const char *words) {
    const char *end = words + strlen(words);
    while (words < end) {
        uint32_t code_point;
        words += utf8_decode(words, (size_t)(end - words), &code_point);
        if (is_tex_letter(code_point)) {
            utf8_put(out, code_point);
        } else {
            put_tex_char(out, code_point == '\n' ? '\n' : (char)glyph_ascii(code_point));
        }
    }
}

/* What is a mark anywhere, and what is one at the start: "- ", "1. ". */
static void put_markdown(struct text *out, const char *words) {
    struct text clean = TEXT_EMPTY;
    utf8_clean(&clean, words, strlen(words), false);
    const char *start = text_string(&clean);
    size_t number = strspn(start, "0123456789");
    for (const char *c = start; *c; c++) {
        bool first = (size_t)(c - start) == number && strchr("+-.)=", *c);
        text_put(out, first || strchr("\\`*_[]<>#|$~&", *c) ? "\\" : "");
        text_put_char(out, *c);
    }
    out->failed |= clean.failed;
    text_free(&clean);
}

/* name, help, then before and behind: page, title, heading, paragraph, display, item */
static const struct dialect dialects[] = {
    {
        .name = "tex",
        .help = "a LaTeX document",
        .page = {"\\documentclass[11pt,fleqn]{article}\n"
                 "\\usepackage[utf8]{inputenc}\n"
                 "\\usepackage{amsmath}\n"
                 "\\setlength{\\textwidth}{16cm}\\setlength{\\oddsidemargin}{0cm}\n"
                 "\\setlength{\\textheight}{23cm}\\setlength{\\topmargin}{-1cm}\n"
                 "\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{0.7ex}\n"
                 "\\allowdisplaybreaks\\raggedright\\raggedbottom\n"
                 "\\begin{document}\n",
                 "\\end{document}\n"},
        .title = {"\\section*{", "}\n"},
        .heading = {"\\subsection*{", "}\n"},
        .paragraph = {"", "\n\n"},
        .display = {"\\[ ", " \\]\\par\n"},
        .item = {"\\hangindent=2em $", "$\\par\n"},
        .blank = "\\underline{\\hspace{7em}}",
        .put = put_tex,
    },
    {
        .name = "markdown",
        .help = "Markdown, with the formulas between dollar signs",
        .page = {"", ""},
        .title = {"# ", "\n\n"},
        .heading = {"## ", "\n\n"},
        .paragraph = {"", "\n\n"},
        .display = {"$$", "$$\n\n"},
        .item = {"- $", "$\n"},
        .blank = "\\underline{\\hspace{7em}}",
        .put = put_markdown,
    },
};

const struct dialect *dialect_at(size_t index) {
    return TABLE_AT(dialects, index);
}

const struct dialect *dialect_named(const char *name) {
    return TABLE_NAMED(dialects, name);
}

void sheet_put(struct text *out, const struct dialect *dialect, const struct around *around,
               const char *words) {
    text_put(out, around->before);
    dialect->put(out, words);
    text_put(out, around->behind);
}

/* ---- what is given ---- */

/* How formulas of a model are printed: in symbols, or with its numbers. */
static struct print_options printing_of(struct model *model, bool numbers, int digits) {
    return (struct print_options){
        .model = model, .notation = NOTATION_TEX, .numbers = numbers, .digits = digits};
}

enum { MATRIX_MOST = 10 }; /* rows and columns that fit on a page, and that amsmath takes */

/* "W^{(0)} = \begin{pmatrix} 0.5 & -0.3 \\ 0.1 & 0.4 \end{pmatrix}" */
static void put_given(struct text *out, const struct dialect *dialect, struct model *model,
                      struct quantity q, int digits) {
    struct print_options printing = printing_of(model, true, digits);
    size_t rows, cols;
    quantity_shape(model, &q, &rows, &cols);
    if (rows > MATRIX_MOST || cols > MATRIX_MOST) {
        return;
    }
    text_put(out, dialect->item.before);
    quantity_symbol(out, &q, &printing);
    text_put(out, " = \\begin{pmatrix} ");
    for (size_t at = 0; at < rows * cols; at++) {
        struct quantity element = quantity_element(model, q, at);
        text_put(out, at == 0 ? "" : at % cols == 0 ? " \\\\ " : " & ");
        number_print(out, quantity_value(model, &element), &printing);
    }
    text_put(out, " \\end{pmatrix}");
    text_put(out, dialect->item.behind);
}

static void put_settings(struct text *words, const struct model *model) {
    const struct network *network = &model->network;
    const struct activation *common = network_common_activation(network);
    text_put(words, "Network ");
    for (size_t k = 0; k <= network->K && k <= MATRIX_MOST; k++) {
        text_printf(words, "%s%zu", k > 0 ? "-" : "", network->layers[k].n);
    }
    text_put(words, network->K > MATRIX_MOST ? "-..." : "");
    for (size_t k = 1; !common && k <= network->K && k <= MATRIX_MOST; k++) {
        text_printf(words, ", layer %zu %s", k, network->layers[k].activation->title);
    }
    text_printf(words, "%s%s; cost %s; optimizer %s.", common ? ", " : "",
                common ? common->title : "", network->cost->name, model->optimizer.rule->name);
}

/* What the update starts from: settings that its equation names, and moments kept. */
static void put_settings_of(struct text *out, const struct dialect *dialect, struct model *model,
                            const struct expr *expr, bool seen[QUANTITY_KINDS], int digits) {
    struct print_options printing = printing_of(model, true, digits);
    const struct quantity *q = &expr->quantity;
    if (expr->op == EXPR_QUANTITY && quantity_row(q->kind)->family == FAMILY_SETTING &&
        !seen[q->kind]) {
        seen[q->kind] = true;
        text_put(out, dialect->item.before);
        quantity_symbol(out, q, &printing);
        text_put(out, " = ");
        number_print(out, quantity_value(model, q), &printing);
        text_put(out, dialect->item.behind);
    }
    for (size_t n = 0; n < expr->arg_count; n++) {
        put_settings_of(out, dialect, model, expr->args[n], seen, digits);
    }
}

static void put_update(struct text *out, const struct dialect *dialect, struct model *model,
                       int digits) {
    bool seen[QUANTITY_KINDS] = {false};
    size_t last_step = walk_length(model);
    for (size_t e = 1; e <= walk_elements(model, last_step); e++) {
        struct equation equation;
        if (equation_open(&equation, model, walk_element(model, last_step, e), NULL) == STATUS_OK) {
            put_settings_of(out, dialect, model, equation.right, seen, digits);
            equation_close(&equation);
        }
    }
    for (size_t n = 0; n < QUANTITY_KINDS; n++) {
        enum quantity_kind kind = (enum quantity_kind)n;
        bool kept = quantity_moment(model, kind) < model->optimizer.rule->moments;
        for (size_t k = 0; kept && k < model->network.K; k++) {
            put_given(out, dialect, model, (struct quantity){.kind = kind, .layer = k}, digits);
        }
    }
}

void sheet_network(struct text *out, const struct dialect *dialect, struct model *model,
                   int digits) {
    struct text words = TEXT_EMPTY;
    put_settings(&words, model);
    sheet_put(out, dialect, &dialect->paragraph, text_string(&words));
    out->failed |= words.failed;
    text_free(&words);
    put_given(out, dialect, model, (struct quantity){.kind = QUANTITY_R}, digits);
    put_given(out, dialect, model, (struct quantity){.kind = QUANTITY_Y}, digits);
    for (size_t k = 0; k < model->network.K; k++) {
        put_given(out, dialect, model, (struct quantity){.kind = QUANTITY_W, .layer = k}, digits);
        if (model->network.bias) {
            put_given(out, dialect, model, (struct quantity){.kind = QUANTITY_B, .layer = k},
                      digits);
        }
    }
    put_update(out, dialect, model, digits);
    text_put_char(out, '\n');
}

/* ---- steps ---- */

/* The equation of `target` with letters, or of another part of the same step; behind it that
 * of the slope in it. */
static enum status put_symbols(struct text *out, const struct dialect *dialect, struct model *model,
                               struct quantity target, struct error *error) {
    struct equation equation;
    struct print_options printing = printing_of(model, false, 0);
    enum status status = equation_open(&equation, model, quantity_generic(model, target), error);
    if (status == STATUS_OK) {
        text_put(out, dialect->display.before);
        equation_print_text(out, &equation, &printing);
        text_put(out, dialect->display.behind);
        struct quantity slope;
        bool more = equation_slope(&equation, model, &slope);
        equation_close(&equation);
        status = more ? put_symbols(out, dialect, model, slope, error) : STATUS_OK;
    }
    return status;
}

enum status sheet_step(struct text *out, const struct dialect *dialect, struct model *model,
                       size_t step, struct error *error) {
    struct walk_step here = walk_step_at(model, step);
    const struct law_row *law = law_row(here.law);
    struct text words = TEXT_EMPTY;
    text_printf(&words, "Step %zu of %zu, %s: %s, %s, layer %zu", step, walk_length(model),
                law->pass, law->name, law->title, here.layer);
    sheet_put(out, dialect, &dialect->heading, text_string(&words));
    out->failed |= words.failed;
    text_free(&words);
    enum status status = STATUS_OK;
    size_t rows, cols;
    for (size_t e = 1; e <= walk_elements(model, step) && status == STATUS_OK; e += rows * cols) {
        struct quantity part = walk_element(model, step, e); /* dW, then db: each its formula */
        part.i = part.j = 0;
        quantity_shape(model, &part, &rows, &cols);
        status = put_symbols(out, dialect, model, part, error);
    }
    return status;
}

enum status sheet_element(struct text *out, const struct dialect *dialect, struct model *model,
                          struct quantity element, bool answered, int digits, struct error *error) {
    struct print_options printing = printing_of(model, true, digits);
    text_put(out, dialect->item.before);
    quantity_symbol(out, &element, &printing);
    text_put(out, element.next ? " \\leftarrow " : " = ");
    enum status status = STATUS_OK;
    if (answered) {
        struct equation equation;
        status = equation_open(&equation, model, element, error);
        if (status == STATUS_OK) {
            expr_print_text(out, equation.right, &printing);
            equation_close(&equation);
        }
        text_put(out, " = ");
        number_print(out, quantity_value(model, &element), &printing);
    } else {
        text_put(out, dialect->blank);
    }
    text_put(out, dialect->item.behind);
    return status;
}
