/*
 * expr/parse_list.c - reading lists: [a b; c d], and a b c without brackets. All
 * rows are equally long.
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "parse.h"

/* The elements of a list while they are read. */
struct elements {
    struct expr **items;
    size_t count, capacity;
    size_t cols; /* of the first row; 0 before its end */
    size_t rows;
    size_t row_start;
};

static void elements_free(struct elements *elements) {
    for (size_t i = 0; i < elements->count; i++) {
        expr_free(elements->items[i]);
    }
    free(elements->items);
}

static bool elements_add(struct parser *p, struct elements *elements, struct expr *item) {
    if (!item) {
        return false;
    }
    if (elements->count == EXPR_LIST_MAX) {
        expr_free(item);
        error_set(p->error, STATUS_INPUT, "a list has %d elements at most", EXPR_LIST_MAX);
        return false;
    }
    struct expr **items =
        memory_grow(elements->items, elements->count, &elements->capacity, sizeof *items);
    if (!items) {
        expr_free(item);
        error_memory(p->error);
        return false;
    }
    elements->items = items;
    elements->items[elements->count++] = item;
    return true;
}

/* End a row; all rows must be as long as the first. */
static bool elements_end_row(struct parser *p, struct elements *elements) {
    size_t length = elements->count - elements->row_start;
    if (length == 0) {
        parse_unexpected(p, "a number");
        return false;
    }
    if (elements->rows == 0) {
        elements->cols = length;
    } else if (length != elements->cols) {
        error_at(p->error, parse_column(p, p->at > 0 ? p->at - 1 : 0), 1,
                 "row %zu has %zu element%s, but row 1 has %zu", elements->rows + 1, length,
                 length == 1 ? "" : "s", elements->cols);
        return false;
    }
    elements->rows++;
    elements->row_start = elements->count;
    return true;
}

/* An element begins behind a blank, a ',' or a ';', or at the start: '1..2' and '1(2)'
 * are not two of them. */
static bool separated(struct parser *p, const struct elements *elements) {
    bool blank = p->at > 0 && ascii_is_blank(p->bytes[p->at - 1]);
    if (elements->count == elements->row_start || blank) {
        return true;
    }
    parse_unexpected(p, "an operator");
    return false;
}

/* Elements up to the end: ']' where `bracket`, otherwise the end of the input. */
static bool parse_elements(struct parser *p, bool bracket, struct elements *elements) {
    for (;;) {
        parse_skip_blanks(p);
        char c = parse_peek(p);
        if (bracket && c == ';') {
            p->at++;
            if (!elements_end_row(p, elements)) {
                return false;
            }
        } else if (c == ',' && elements->count > elements->row_start) {
            p->at++;
            parse_skip_blanks(p);
            if (!elements_add(p, elements, parse_comparison(p))) {
                return false;
            }
        } else if (bracket && c == ']') {
            p->at++;
            return elements_end_row(p, elements);
        } else if (c == '\0' && p->at >= p->count) {
            if (bracket) {
                parse_unexpected(p, "']'");
                return false;
            }
            return elements_end_row(p, elements);
        } else if (!separated(p, elements) || !elements_add(p, elements, parse_comparison(p))) {
            return false;
        }
    }
}

struct expr *parse_bracket(struct parser *p) {
    size_t from = p->at++;
    bool list = p->list;
    p->list = true;
    struct elements elements = {0};
    bool good = parse_elements(p, true, &elements);
    p->list = list;
    if (!good) {
        elements_free(&elements);
        return NULL;
    }
    struct expr *expr = expr_list(elements.items, elements.rows, elements.cols);
    free(elements.items);
    return parse_placed(p, expr, from);
}

/* A list without brackets; a single element is itself and not a list. */
struct expr *parse_bare_list(struct parser *p) {
    struct elements elements = {0};
    size_t from = p->at;
    if (!parse_elements(p, false, &elements)) {
        elements_free(&elements);
        return NULL;
    }
    struct expr *expr = elements.count == 1
                            ? elements.items[0]
                            : parse_placed(p, expr_list(elements.items, 1, elements.count), from);
    free(elements.items);
    return expr;
}
