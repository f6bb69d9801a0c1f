/*
 * expr/why.c - the rows of the tree of equations: opening and closing them.
 */
#include "expr/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "expr/derivation.h"
#include "terms.h"

/* Rows that are being put in behind an opened one. */
struct opening {
    struct why *why;
    struct scope scope;
    struct quantity of; /* the quantity that is opened */
    size_t from, at;    /* where its rows begin, and where the next goes */
    size_t depth;
    size_t skip; /* terms of its long sum that are shown already */
    bool in_sum; /* what is gathered now belongs to one of the terms */
    enum status status;
};

/* Products that may be computed to find the largest terms of a sum. */
#define EFFORT_MOST 2e7

static void insert(struct opening *o, struct why_row row) {
    struct why *why = o->why;
    if (o->status != STATUS_OK) {
        return;
    }
    struct why_row *rows = memory_grow(why->rows, why->count, &why->capacity, sizeof *rows);
    if (!rows) {
        o->status = STATUS_MEMORY;
        return;
    }
    why->rows = rows;
    memmove(why->rows + o->at + 1, why->rows + o->at, (why->count - o->at) * sizeof *why->rows);
    row.depth = o->depth;
    why->rows[o->at++] = row;
    why->count++;
}

/* ---- the quantities of an equation ---- */

static bool is_given(const struct model *model, const struct quantity *q) {
    struct equation equation;
    if (equation_open(&equation, model, *q, NULL) != STATUS_OK) {
        return true;
    }
    equation_close(&equation);
    return false;
}

/* Step(0) counts only at 0. */
static bool is_idle(struct model *model, const struct opening *o, const struct quantity *q) {
    struct quantity z = o->of;
    z.kind = QUANTITY_Z;
    return q->kind == QUANTITY_STEP0 && o->of.kind == QUANTITY_SLOPE &&
           quantity_value(model, &z) != 0;
}

static void add_quantity(struct opening *o, struct quantity q) {
    struct model *model = o->scope.model;
    for (size_t row = o->from; row < o->at; row++) {
        const struct why_row *other = &o->why->rows[row];
        if (other->kind <= WHY_WHOLE && quantity_equal(&other->q, &q)) {
            return;
        }
    }
    if (is_idle(model, o, &q)) {
        return;
    }
    bool whole = quantity_is_whole(model, &q);
    insert(o, (struct why_row){.kind = whole ? WHY_WHOLE : WHY_ELEMENT,
                               .q = q,
                               .given = !whole && is_given(model, &q)});
}

static void gather(struct opening *o, const struct expr *expr);

/* ---- long sums ---- */

/* Terms skip ... of `count` in the order of their size, each shown by `show`, and a row
 * for those that are left. `terms` is NULL where the values are not known: they stand in
 * their own order. */
static void show_terms(struct opening *o, struct term *terms, size_t count,
                       void (*show)(struct opening *o, const void *context, size_t index),
                       const void *context) {
    size_t end = o->skip + WHY_TERMS < count ? o->skip + WHY_TERMS : count;
    end = end + 1 == count ? count : end; /* one more is no longer than saying so */
    for (size_t n = o->skip; n < end; n++) {
        show(o, context, terms ? terms[n].index : n + 1);
    }
    if (end < count) {
        insert(o, (struct why_row){.kind = WHY_MORE,
                                   .q = o->of,
                                   .n = end,
                                   .count = count - end,
                                   .sum = terms ? terms_rest(terms, end, count) : NAN});
    }
}

static void show_term(struct opening *o, const void *context, size_t index) {
    struct scope outside = o->scope;
    bool in_sum = o->in_sum;
    o->in_sum = true;
    gather(o, term_of(context, index, &o->scope));
    o->in_sum = in_sum;
    o->scope = outside;
}

/* Would every term take a pass over a sample, and are they many? Then they are shown
 * in their own order. */
bool why_takes_long(const struct model *model, const struct expr *expr) {
    bool samples = expr->op == EXPR_SUM_OVER && strchr("snv", expr->letter);
    bool longs = samples && (double)expr->count * (double)model->network.parameters > EFFORT_MOST;
    for (size_t n = 0; n < expr->arg_count && !longs; n++) {
        longs = why_takes_long(model, expr->args[n]);
    }
    return longs;
}

static void gather_sum(struct opening *o, const struct expr *sum) {
    size_t count = terms_count(sum);
    bool sorted = count > WHY_TERMS + 1 && !why_takes_long(o->scope.model, sum);
    struct term *terms = sorted ? terms_open(sum, &o->scope) : NULL;
    if (sorted && !terms) {
        o->status = STATUS_MEMORY;
        return;
    }
    show_terms(o, terms, count, show_term, sum);
    free(terms);
}

/* ---- the elements of a whole vector or matrix ---- */

static void show_element(struct opening *o, const void *context, size_t index) {
    const struct quantity *whole = context;
    add_quantity(o, quantity_element(o->scope.model, *whole, index - 1));
}

static void gather_whole(struct opening *o, struct quantity whole) {
    struct model *model = o->scope.model;
    size_t rows, cols;
    quantity_shape(model, &whole, &rows, &cols);
    size_t count = rows * cols;
    struct term *terms = memory_array(count, sizeof *terms);
    if (!terms) {
        o->status = STATUS_MEMORY;
        return;
    }
    for (size_t n = 0; n < count; n++) {
        struct quantity q = quantity_element(model, whole, n);
        terms[n] = (struct term){n + 1, quantity_value(model, &q)};
    }
    if (count > WHY_TERMS + 1) {
        terms_sort(terms, count);
    }
    show_terms(o, terms, count, show_element, &whole);
    free(terms);
}

/* Every different quantity of a tree, in the order in which it is read; where terms
 * are shown already, only the rest of the sum. */
static void gather(struct opening *o, const struct expr *expr) {
    if (expr->op == EXPR_QUANTITY) {
        struct quantity q = scope_bind(&o->scope, expr->quantity);
        if (o->skip == 0 || o->in_sum) {
            add_quantity(o, q);
        }
        return;
    }
    if (expr->op == EXPR_SUM_OVER || expr->op == EXPR_LIST) {
        gather_sum(o, expr);
        return;
    }
    for (size_t n = 0; n < expr->arg_count; n++) {
        gather(o, expr->args[n]);
    }
}

/* ---- opening and closing ---- */

enum status why_start(struct why *why, const struct quantity *q) {
    *why = (struct why){0};
    struct opening o = {.why = why};
    insert(&o, (struct why_row){.kind = WHY_ELEMENT, .q = *q, .last = true});
    return o.status;
}

void why_close(struct why *why) {
    free(why->rows);
    *why = (struct why){0};
}

bool why_expandable(const struct why *why, size_t row) {
    const struct why_row *r = &why->rows[row];
    return !r->given && r->kind != WHY_LINE;
}

static void open_element(struct opening *o) {
    struct equation equation;
    if (equation_open(&equation, o->scope.model, o->of, NULL) != STATUS_OK) {
        return;
    }
    size_t lines = o->skip == 0 ? derivation_lines(o->scope.model, &o->of) : 0;
    for (size_t n = 0; n < lines; n++) {
        insert(o, (struct why_row){.kind = WHY_LINE, .q = o->of, .n = n, .given = true});
    }
    gather(o, equation.right);
    equation_close(&equation);
}

static void remove_rows(struct why *why, size_t from, size_t count) {
    memmove(why->rows + from, why->rows + from + count,
            (why->count - from - count) * sizeof *why->rows);
    why->count -= count;
}

enum status why_expand(struct why *why, struct model *model, size_t row) {
    struct why_row opened = why->rows[row];
    if (opened.open || !why_expandable(why, row)) {
        return STATUS_OK;
    }
    bool more = opened.kind == WHY_MORE;
    struct opening o = {.why = why,
                        .scope = {.model = model},
                        .of = opened.q,
                        .from = row + 1,
                        .at = row + 1,
                        .depth = opened.depth + !more,
                        .skip = more ? opened.n : 0};
    if (quantity_is_whole(model, &opened.q)) {
        gather_whole(&o, opened.q);
    } else {
        open_element(&o);
    }
    if (o.status != STATUS_OK) {
        remove_rows(why, row + 1, o.at - row - 1);
        return o.status;
    }
    if (o.at > row + 1) {
        why->rows[o.at - 1].last = !more || opened.last;
    }
    if (more) {
        remove_rows(why, row, 1);
    } else {
        why->rows[row].open = o.at > row + 1;
        why->rows[row].given = !why->rows[row].open;
    }
    return STATUS_OK;
}

void why_collapse(struct why *why, size_t row) {
    size_t end = row + 1;
    while (end < why->count && why->rows[end].depth > why->rows[row].depth) {
        end++;
    }
    remove_rows(why, row + 1, end - row - 1);
    why->rows[row].open = false;
}

enum status why_expand_levels(struct why *why, struct model *model, size_t row, size_t levels) {
    size_t top = why->rows[row].depth;
    enum status status = STATUS_OK;
    for (size_t at = row; at < why->count && (at == row || why->rows[at].depth > top); at++) {
        const struct why_row *r = &why->rows[at];
        bool wanted = r->depth < top + levels && r->kind != WHY_MORE && !r->open;
        if (wanted && why->count < WHY_ROWS_MOST && why_seen(why, at) == at) {
            status = why_expand(why, model, at);
        }
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

enum status why_expand_next(struct why *why, struct model *model, size_t row) {
    size_t top = why->rows[row].depth, levels = 0;
    for (size_t at = row; at < why->count && (at == row || why->rows[at].depth > top); at++) {
        size_t level = why->rows[at].depth - top + 1;
        levels = why->rows[at].open && level > levels ? level : levels;
    }
    return why_expand_levels(why, model, row, levels + 1);
}

size_t why_seen(const struct why *why, size_t row) {
    const struct why_row *r = &why->rows[row];
    for (size_t at = 0; at < why->count && r->kind <= WHY_WHOLE && !r->given; at++) {
        const struct why_row *other = &why->rows[at];
        if (at != row && other->open && other->kind <= WHY_WHOLE &&
            quantity_equal(&other->q, &r->q)) {
            return at;
        }
    }
    return row;
}

size_t why_ancestor(const struct why *why, size_t row, size_t depth) {
    while (row > 0 && why->rows[row].depth > depth) {
        row--;
    }
    return row;
}

size_t why_parent(const struct why *why, size_t row) {
    size_t depth = why->rows[row].depth;
    return depth > 0 ? why_ancestor(why, row, depth - 1) : row;
}
