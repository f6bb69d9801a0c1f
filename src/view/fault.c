/*
 * view/fault.c - what is not finite, and why: the first of it, in the order of the walk,
 * once the walk has been there.
 *
 *     C is infinite: ln 0, r2[2] is 0
 *
 * Where all is finite: the first that became too small for a number.
 *
 *     dr5[1] underflowed first: too small, it is 0
 */
#include <math.h>
#include <string.h>

#include "net/cost.h"
#include "net/train.h"
#include "picture.h"

/* The output whose own term of the cost is not finite, from 1; 0 for none. */
static int64_t output_at_fault(const struct picture *p) {
    const struct network *network = &p->model->network;
    const struct layer *last = &network->layers[network->K];
    for (size_t j = 0; j < last->n; j++) {
        struct quantity target = {.kind = QUANTITY_Y, .i = (int64_t)j + 1};
        double y = quantity_value(p->model, &target), r = p->model->pass.r[last->at + j];
        if (!isfinite(network->cost->value(1, &y, &r))) {
            return (int64_t)j + 1;
        }
    }
    return 0;
}

/* ": ln 0, r2[2] is 0" */
static void put_cause(struct text *out, const struct picture *p) {
    const struct network *network = &p->model->network;
    struct quantity r = {.kind = QUANTITY_R, .layer = network->K, .i = output_at_fault(p)};
    if (r.i == 0) {
        return;
    }
    struct print_options options = picture_printing(p);
    double value = quantity_value(p->model, &r);
    const char *why = network->cost->breaks ? network->cost->breaks(value) : NULL;
    text_printf(out, ": %s%s", why ? why : "", why ? ", " : "");
    quantity_symbol(out, &r, &options);
    text_put(out, " is ");
    number_print(out, value, &options);
}

/* Its symbol, where the walk has been there; false where it has not. */
static bool put_symbol(struct text *out, const struct picture *p, const struct fault *fault,
                       struct quantity *q) {
    struct error error = {0};
    size_t taken;
    if (fault->sample > 0 ||
        quantity_parse(p->model, fault->name, strlen(fault->name), 1, q, &taken, &error) !=
            STATUS_OK ||
        !picture_known(p, q)) {
        return false;
    }
    struct print_options options = picture_printing(p);
    quantity_symbol(out, q, &options);
    return true;
}

/* Is it a sum of products, which are infinite only where they became too large? */
static bool overflows(const struct picture *p, const struct quantity *q) {
    return q->kind == QUANTITY_Z || q->kind == QUANTITY_DZ || q->kind == QUANTITY_DW ||
           (q->kind == QUANTITY_DR && q->layer < p->model->network.K);
}

void picture_put_fault(struct text *out, const struct picture *p) {
    struct fault fault;
    struct quantity q;
    if (!model_find_fault(p->model, &fault) || !put_symbol(out, p, &fault, &q)) {
        return;
    }
    text_put(out, isnan(fault.value) ? " is not a number"
                  : overflows(p, &q) ? " overflowed first: it is infinite"
                                     : " is infinite");
    if (q.kind == QUANTITY_C) {
        put_cause(out, p);
    }
}

void picture_put_underflow(struct text *out, const struct picture *p) {
    struct fault fault;
    struct quantity q;
    if (model_is_sound(p->model) && model_find_underflow(p->model, &fault) &&
        put_symbol(out, p, &fault, &q)) {
        text_put(out, " underflowed first: ");
        text_put(out, fault.value == 0 ? "too small, it is 0" : "too small to keep its digits");
    }
}
