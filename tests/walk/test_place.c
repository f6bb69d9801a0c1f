/*
 * tests/walk/test_place.c - places in a walk: moving along it at every grain, and what
 * is known where.
 */
/* link: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "listed.h"
#include "nets.h"
#include "starve.h"
#include "walk/pick.h"

/* ---- moving ---- */

/* Does a grain end between two steps of the list? */
static bool boundary(const struct list *list, size_t step, enum grain grain) {
    if (step == 0 || step == list->count || step == list->forward || step == list->backward) {
        return true;
    }
    const struct listed *here = &list->steps[step], *next = here + 1;
    switch (grain) {
    case GRAIN_LAYER: /* all of a layer in this pass; B2 ends the layer that it leaves */
        return here->law == LAW_F2 || here->law == LAW_U || here->law == LAW_B2 ||
               (here->law == LAW_B3 && next->law == LAW_B1);
    case GRAIN_PASS: return false;
    default: return true;
    }
}

/* From every place of the walk, element by element. */
static void check_moves(const struct model *model, const struct list *list, struct place at) {
    for (size_t g = GRAIN_EQUATION; g < GRAINS; g++) {
        enum grain grain = (enum grain)g;
        size_t on = at.step + 1, back = at.element > 0 ? at.step : at.step - 1;
        while (at.step < list->count && !boundary(list, on, grain)) {
            on++;
        }
        while (at.step + at.element > 0 && !boundary(list, back, grain)) {
            back--;
        }
        struct place next = walk_on(model, at, grain), before = walk_back(model, at, grain);
        bool end = at.step == list->count, start = at.step == 0 && at.element == 0;
        assert_true(place_equal(next, end ? at : (struct place){on, 0}));
        assert_true(place_equal(before, start ? at : (struct place){back, 0}));
        if (at.element == 0 && boundary(list, at.step, grain)) { /* there and back again */
            assert_true(end || place_equal(walk_back(model, next, grain), at));
            assert_true(start || place_equal(walk_on(model, before, grain), at));
        }
    }
}

static void test_moves(void **state) {
    (void)state;
    for (size_t n = 0; n < 5 * 4; n++) {
        size_t K = n / 4 + 1;
        bool combine = n % 2 == 1, paired = n % 4 > 1;
        struct list list = list_of(K, combine, paired);
        struct model *model = listed_model(K, combine, paired);
        model->network.bias = K % 2 == 0;
        struct place at = {0, 0};
        size_t places = 1, elements = 0;
        for (size_t s = 1; s <= list.count; s++) {
            elements += walk_elements(model, s);
        }
        check_moves(model, &list, at);
        while (!walk_at_end(model, at)) {
            struct place next = walk_on(model, at, GRAIN_ELEMENT);
            assert_true(place_equal(walk_back(model, next, GRAIN_ELEMENT), at));
            assert_true(
                place_equal(walk_on_by(model, (struct place){0, 0}, GRAIN_ELEMENT, places), next));
            assert_true(
                place_equal(walk_back_by(model, next, GRAIN_ELEMENT, places), (struct place){0}));
            assert_true(place_equal(
                walk_back_by(model, walk_end(model), GRAIN_ELEMENT, elements - places), next));
            at = next;
            places++;
            check_moves(model, &list, at);
        }
        assert_int_equal(places, elements + 1);
        assert_true(place_equal(at, walk_end(model)));
        assert_true(place_equal(walk_on(model, at, GRAIN_ELEMENT), at));
        model_close(model);
    }
}

static void test_many_at_once(void **state) {
    (void)state;
    struct model *model = listed_model(3, false, false);
    for (size_t g = 0; g < GRAINS; g++) {
        struct place one = {0, 0}, back = walk_end(model);
        for (uint64_t count = 0; count < 200; count++) {
            assert_true(
                place_equal(walk_on_by(model, (struct place){0, 0}, (enum grain)g, count), one));
            assert_true(
                place_equal(walk_back_by(model, walk_end(model), (enum grain)g, count), back));
            one = walk_on(model, one, (enum grain)g);
            back = walk_back(model, back, (enum grain)g);
        }
        assert_true(walk_at_end(model, one));
        assert_true(
            place_equal(walk_on_by(model, (struct place){0, 0}, (enum grain)g, UINT64_MAX), one));
        assert_true(
            place_equal(walk_back_by(model, one, (enum grain)g, UINT64_MAX), (struct place){0}));
    }
    model_close(model);
}

/* ---- quantities and places ---- */

/* Every element is known just after its place and not before; what is known stays
 * known. */
static void check_reveal(const struct model *model) {
    size_t elements = 0;
    struct place at = {0, 0};
    while (!walk_at_end(model, at)) {
        struct place next = walk_on(model, at, GRAIN_ELEMENT);
        struct quantity q = walk_element(model, at.step + 1, at.element + 1);
        struct place found;
        assert_true(walk_find(model, &q, &found));
        assert_true(place_equal(found, next));
        assert_false(walk_reached(model, at, &q));
        for (struct place p = next; !walk_at_end(model, p); p = walk_on(model, p, GRAIN_ELEMENT)) {
            assert_true(walk_reached(model, p, &q));
        }
        struct focus focus = walk_focus(model, next, GRAIN_ELEMENT);
        assert_int_equal(focus.step, at.step + 1);
        assert_int_equal(focus.first, at.element + 1);
        assert_int_equal(focus.last, at.element + 1);
        at = next;
        elements++;
    }
    assert_true(elements > 0);
}

/* Whole quantities: known with their last element, on and off the walk alike. */
static void check_whole(const struct model *model) {
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        size_t first, last;
        if (!quantity_layers(model, (enum quantity_kind)kind, &first, &last)) {
            continue;
        }
        for (size_t k = first; k <= last; k++) {
            struct quantity q = {.kind = (enum quantity_kind)kind, .layer = k};
            struct place found = {0, 0};
            bool on_walk = walk_find(model, &q, &found);
            bool reached = walk_reached(model, (struct place){0, 0}, &q);
            enum quantity_family family = quantity_row(q.kind)->family;
            bool x = kind == QUANTITY_R && k == 0, dx = kind == QUANTITY_DR && k == 0;
            if (family == FAMILY_WEIGHT || family == FAMILY_SETTING || x) {
                assert_false(on_walk);
                assert_true(reached);
            }
            assert_true(on_walk || reached || dx);
            for (struct place p = {0, 0}; !walk_at_end(model, p);) {
                struct place next = walk_on(model, p, GRAIN_ELEMENT);
                bool now = walk_reached(model, next, &q);
                assert_true(now || !reached);
                assert_false(on_walk && now != reached && !place_equal(next, found));
                reached = now;
                p = next;
            }
            assert_true(reached);
        }
    }
}

static void test_reveal(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 5);
    for (size_t n = 0; n < 5 * 4; n++) {
        struct model *model = listed_model(n / 4 + 1, n % 2 == 1, n % 4 > 1);
        model->network.bias = nets_coin(&random);
        size_t rules = 0;
        while (rule_at(rules)) {
            rules++;
        }
        assert_int_equal(optimizer_choose(&model->optimizer, rule_at(n % rules), &model->network),
                         STATUS_OK);
        check_reveal(model);
        check_whole(model);
        model_close(model);
    }
}

/* Step(z) is shown beside dz; dr too where `combine` merges it into dz. */
static void test_beside(void **state) {
    (void)state;
    for (size_t combine = 0; combine < 2; combine++) {
        struct model *model = listed_model(3, combine == 1, combine == 1);
        for (size_t k = 1; k <= 3; k++) {
            for (int64_t i = 1; i <= (int64_t)model->network.layers[k].n; i++) {
                struct quantity dz = {.kind = QUANTITY_DZ, .layer = k, .i = i};
                struct quantity slope = {.kind = QUANTITY_SLOPE, .layer = k, .i = i};
                struct quantity dr = {.kind = QUANTITY_DR, .layer = k, .i = i};
                struct place at, other;
                assert_true(walk_find(model, &dz, &at));
                assert_true(walk_find(model, &slope, &other));
                assert_true(place_equal(at, other));
                assert_true(walk_find(model, &dr, &other));
                assert_int_equal(place_equal(at, other), combine);
            }
        }
        model_close(model);
    }
}

static void test_clamp(void **state) {
    (void)state;
    struct model *model = listed_model(2, false, false);
    assert_true(place_equal(walk_clamp(model, (struct place){13, 0}), (struct place){13, 0}));
    assert_true(place_equal(walk_clamp(model, (struct place){14, 2}), (struct place){13, 0}));
    assert_true(place_equal(walk_clamp(model, (struct place){SIZE_MAX, 5}), (struct place){13, 0}));
    assert_true(place_equal(walk_clamp(model, (struct place){0, 2}), (struct place){0, 2}));
    assert_true(place_equal(walk_clamp(model, (struct place){0, 3}), (struct place){0, 0}));
    assert_true(place_equal(walk_clamp(model, (struct place){4, 1}), (struct place){4, 0}));
    assert_true(place_equal(walk_clamp(model, (struct place){13, 1}), (struct place){13, 0}));
    model_close(model);
}

static void test_focus(void **state) {
    (void)state;
    struct model *model = listed_model(2, false, false);
    struct focus focus = walk_focus(model, (struct place){0, 0}, GRAIN_EQUATION);
    assert_int_equal(focus.step, 0);
    focus = walk_focus(model, (struct place){0, 2}, GRAIN_EQUATION);
    assert_int_equal(focus.step, 1);
    assert_int_equal(focus.first, 2);
    assert_int_equal(focus.last, 2);
    focus = walk_focus(model, (struct place){11, 0}, GRAIN_LAYER);
    assert_int_equal(focus.step, 11);
    assert_int_equal(focus.first, 1);
    assert_int_equal(focus.last, 6);
    focus = walk_focus(model, (struct place){11, 0}, GRAIN_ELEMENT);
    assert_int_equal(focus.first, 6);
    model_close(model);
}

/* A deep network: the walk is arithmetic and asks for no memory at all. */
static void test_deep(void **state) {
    (void)state;
    enum { DEEP = 10000 };
    size_t *widths = calloc(DEEP + 1, sizeof *widths);
    assert_non_null(widths);
    for (size_t k = 0; k <= DEEP; k++) {
        widths[k] = 2;
    }
    struct model *model;
    assert_int_equal(model_open(&model, widths, DEEP + 1, NULL), STATUS_OK);
    free(widths);
    assert_int_equal(model_compute(model), STATUS_OK);
    size_t before = starve_count();
    assert_int_equal(walk_length(model), 6 * DEEP + 1);
    struct place place = walk_end(model);
    struct quantity dW = {.kind = QUANTITY_DW, .layer = 5000, .i = 2, .j = 1};
    assert_true(walk_find(model, &dW, &place));
    assert_int_equal(place.step, 2 * DEEP + 2 + 3 * (DEEP - 5001) + 1);
    assert_int_equal(place.element, 3);
    struct quantity found = walk_element(model, place.step + 1, place.element);
    assert_true(quantity_equal(&dW, &found));
    for (size_t g = 0; g < GRAINS; g++) {
        struct place next = walk_on(model, place, (enum grain)g);
        walk_back(model, next, (enum grain)g);
    }
    assert_int_equal(walk_on(model, place, GRAIN_PASS).step, 5 * DEEP + 1);
    assert_int_equal(walk_back(model, place, GRAIN_PASS).step, 2 * DEEP + 1);
    assert_int_equal(starve_count(), before);
    model_close(model);
}

/* At every element of every step, whatever the rule and the batch, what is picked is a
 * number that there is. */
static void test_pick_everywhere(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){2, 5, 3}, 3, NULL), STATUS_OK);
    struct dataset *data = dataset_new(4, 2, 3, "four");
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    dataset_drop(data);
    size_t rules = 0;
    while (rule_at(rules)) {
        rules++;
    }
    for (size_t variant = 0; variant < 4 * rules; variant++) {
        model->network.bias = variant % 2 == 1;
        model_set_batch(model, variant / 2 % 2 == 1 ? 1 : 4, NULL);
        assert_int_equal(optimizer_choose(&model->optimizer, rule_at(variant / 4), &model->network),
                         STATUS_OK);
        assert_int_equal(model_compute(model), STATUS_OK);
        for (struct place place = {0, 0}; !walk_at_end(model, place);
             place = walk_on(model, place, GRAIN_ELEMENT)) {
            struct quantity q = pick_at(model, place, GRAIN_ELEMENT);
            if (!pick_allowed(model, &q)) {
                fail_msg("step %zu, element %zu: kind %d layer %zu [%d,%d]", place.step,
                         place.element, (int)q.kind, q.layer, (int)q.i, (int)q.j);
            }
        }
    }
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves),  cmocka_unit_test(test_many_at_once),
        cmocka_unit_test(test_reveal), cmocka_unit_test(test_beside),
        cmocka_unit_test(test_clamp),  cmocka_unit_test(test_focus),
        cmocka_unit_test(test_deep),   cmocka_unit_test(test_pick_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
