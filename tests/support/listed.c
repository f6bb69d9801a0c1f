/*
 * support/listed.c - the order of a walk as a list.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "listed.h"
#include "named.h"
#include "net/activation.h"
#include "net/cost.h"

static void push(struct list *list, enum law law, enum quantity_kind kind, size_t number,
                 size_t layer) {
    list->steps[++list->count] = (struct listed){law, kind, number, layer};
}

struct list list_of(size_t K, bool combine, bool paired) {
    struct list list = {.count = 0};
    for (size_t k = 0; k < K; k++) {
        push(&list, LAW_F1, QUANTITY_Z, k + 1, k + 1);
        push(&list, LAW_F2, QUANTITY_R, k + 1, k + 1);
    }
    push(&list, LAW_F3, QUANTITY_C, 0, K);
    list.forward = list.count;
    if (!(combine && paired)) {
        push(&list, LAW_B0, QUANTITY_DR, K, K);
    }
    for (size_t k = K; k-- > 0;) {
        push(&list, LAW_B1, QUANTITY_DZ, k + 1, k + 1);
        push(&list, LAW_B3, QUANTITY_DW, k, k + 1);
        if (k > 0 && !combine) {
            push(&list, LAW_B2, QUANTITY_DR, k, k);
        }
    }
    list.backward = list.count;
    for (size_t k = 0; k < K; k++) {
        push(&list, LAW_U, QUANTITY_W, k, k + 1);
    }
    return list;
}

struct model *listed_model(size_t K, bool combine, bool paired) {
    static const size_t widths[LISTED_LAYERS_MOST] = {2, 3, 4, 2, 1, 3};
    struct model *model;
    assert_int_equal(model_open(&model, widths, K + 1, NULL), STATUS_OK);
    model->network.combine = combine;
    if (paired) {
        model->network.cost = cost_named("bce");
        assert_int_equal(
            network_set_activation(&model->network, K, activation_named("sigmoid"), NULL),
            STATUS_OK);
    }
    model_touch(model, 0);
    assert_int_equal(model_compute(model), STATUS_OK);
    return model;
}
