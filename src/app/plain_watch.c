/*
 * app/plain_watch.c - the watched expressions in lines: what became known or another
 * value with the last command.
 *
 *     norm(dW0): 1.3711 → 0.9403, down.
 *     r1: 0.3 0 1.2.
 */
#include <math.h>
#include <string.h>

#include "plain_tell.h"
#include "walk/watch.h"

enum { VALUES_TOLD = 12 }; /* of a vector or a matrix */

/* The same numbers, as far as both are known? */
static bool same(const struct watched *a, const struct watched *b) {
    bool equal =
        a->known == b->known && a->value.rows == b->value.rows && a->value.cols == b->value.cols;
    for (size_t at = 0; equal && a->known && at < a->value.rows * a->value.cols; at++) {
        double x = value_at(&a->value, at), y = value_at(&b->value, at);
        equal = x == y || (isnan(x) && isnan(y));
    }
    return equal;
}

/* "0.3 0 1.2", "1 2; 3 4" */
static void put_values(const struct teller *t, const struct value *value) {
    struct print_options options = teller_printing(t, true);
    size_t count = value->rows * value->cols;
    for (size_t at = 0; at < count && at < VALUES_TOLD; at++) {
        text_put(t->out, at == 0 ? "" : at % value->cols == 0 ? "; " : " ");
        number_print(t->out, value_at(value, at), &options);
    }
    if (count > VALUES_TOLD) {
        text_printf(t->out, " and %zu more", count - VALUES_TOLD);
    }
}

/* One expression with its value; of a number that changed, what it was. */
static void put_watched(const struct teller *t, const char *row, size_t length,
                        const struct watched *before, const struct watched *now) {
    text_printf(t->out, "%.*s", (int)length, row);
    if (!now->expr) {
        text_put(t->out, " does not fit this network.\n");
        return;
    }
    text_put(t->out, ": ");
    if (!now->known) {
        text_put(t->out, "not computed yet.\n");
        return;
    }
    bool both = before->known && before->value.rank == 0 && now->value.rank == 0;
    if (both && !same(before, now)) {
        put_values(t, &before->value);
        text_put(t->out, t->ascii ? " -> " : " → ");
    }
    put_values(t, &now->value);
    double a = value_at(&before->value, 0), b = value_at(&now->value, 0);
    text_put(t->out, !both || a == b ? "" : b > a ? ", up" : b < a ? ", down" : "");
    text_put(t->out, ".\n");
}

void tell_watched(const struct teller *t, const struct state *before) {
    size_t length;
    const char *row;
    for (size_t n = 0; (row = watch_at(t->now->watch, n, &length)); n++) {
        struct watched now = watched_open(t->model, t->now->place, row, length), old = {0};
        bool new = watch_find(before->watch, row, length) == watch_count(before->watch);
        if (!new) {
            old = watched_open(state_model(before), before->place, row, length);
        }
        bool fits = (now.expr != NULL) == (old.expr != NULL);
        bool hidden = now.expr && question_hides_in(&t->now->question, t->model, now.expr);
        if (!hidden && (new || !fits || !same(&old, &now))) {
            put_watched(t, row, length, &old, &now);
        }
        watched_close(&now);
        watched_close(&old);
    }
}
