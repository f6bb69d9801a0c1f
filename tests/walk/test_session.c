/*
 * tests/walk/test_session.c - states as values: undo and redo to the bit, blocks
 * that are shared, and the bound on what is kept.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "nets.h"
#include "walk/session.h"

/* Every number of a model, one behind the other. */
struct numbers {
    double list[512];
    size_t count;
};

static void add_number(void *context, struct model *model, struct quantity q) {
    struct numbers *all = context;
    assert_true(all->count < 512);
    all->list[all->count++] = quantity_value(model, &q);
}

static struct numbers numbers_of(const struct state *state) {
    struct numbers all = {.count = 0};
    nets_each(state_model(state), add_number, &all);
    return all;
}

static void assert_numbers(const struct state *state, const struct numbers *wanted) {
    struct numbers now = numbers_of(state);
    assert_int_equal(now.count, wanted->count);
    for (size_t i = 0; i < now.count; i++) {
        assert_true(nets_same(now.list[i], wanted->list[i]));
    }
}

static void open_session(struct session *session) {
    assert_int_equal(session_open(session, NULL), STATUS_OK);
}

/* Make x[1] another value, as a command would. */
static void edit(struct session *session, double value) {
    struct state draft;
    assert_int_equal(state_copy(&draft, &session->now), STATUS_OK);
    struct model *model = state_edit(&draft);
    assert_non_null(model);
    model_edit_x(model)[0] = value;
    assert_int_equal(state_settle(&draft, NULL, NULL, NULL), STATUS_OK);
    assert_int_equal(session_commit(session, &draft, CHANGE_EDIT), STATUS_OK);
}

/* The walk goes on over its end. */
static void iterate(struct session *session) {
    struct state draft;
    assert_int_equal(state_copy(&draft, &session->now), STATUS_OK);
    struct model *model = state_edit(&draft);
    assert_non_null(model);
    assert_int_equal(model_update(model), STATUS_OK);
    draft.place = (struct place){0, 0};
    assert_int_equal(state_settle(&draft, NULL, NULL, NULL), STATUS_OK);
    assert_int_equal(session_commit(session, &draft, CHANGE_ITERATION), STATUS_OK);
}

static void move(struct session *session, struct place place) {
    struct state draft;
    assert_int_equal(state_copy(&draft, &session->now), STATUS_OK);
    draft.place = place;
    assert_int_equal(session_commit(session, &draft, CHANGE_NONE), STATUS_OK);
}

static double x_of(const struct session *session) {
    struct quantity x = {.kind = QUANTITY_R, .i = 1};
    return quantity_value(state_model(&session->now), &x);
}

static void test_opens(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    const struct network *network = &state_model(&session.now)->network;
    assert_int_equal(network->K, 2);
    assert_int_equal(network->layers[0].n, 2);
    assert_int_equal(network->layers[1].n, 3);
    assert_int_equal(network->layers[2].n, 1);
    assert_int_equal(session.now.place.step, 0);
    assert_int_equal(session.now.grain, GRAIN_EQUATION);
    assert_int_equal(state_model(&session.now)->stale, MODEL_FRESH);
    assert_int_equal(session_undo(&session), STATUS_INPUT);
    assert_int_equal(session_redo(&session), STATUS_INPUT);
    session_close(&session);
}

static void test_undo_to_the_bit(void **state) {
    (void)state;
    struct session session;
    struct numbers kept[8];
    open_session(&session);
    for (size_t n = 0; n < 8; n++) {
        kept[n] = numbers_of(&session.now);
        if (n < 7) {
            n % 3 == 2 ? iterate(&session) : edit(&session, 0.1 * (double)(n + 1));
        }
    }
    for (size_t n = 7; n-- > 0;) {
        assert_int_equal(session_undo(&session), STATUS_OK);
        assert_numbers(&session.now, &kept[n]);
    }
    assert_int_equal(session_undo(&session), STATUS_INPUT);
    assert_numbers(&session.now, &kept[0]);
    for (size_t n = 1; n < 8; n++) {
        assert_int_equal(session_redo(&session), STATUS_OK);
        assert_numbers(&session.now, &kept[n]);
    }
    assert_int_equal(session_redo(&session), STATUS_INPUT);
    session_close(&session);
}

static void test_change_ends_redo(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    edit(&session, 1);
    edit(&session, 2);
    assert_int_equal(session_undo(&session), STATUS_OK);
    move(&session, (struct place){3, 0}); /* no change: redo stays */
    assert_int_equal(session_redo(&session), STATUS_OK);
    assert_true(x_of(&session) == 2);
    assert_int_equal(session_undo(&session), STATUS_OK);
    assert_int_equal(session.now.place.step, 3);
    edit(&session, 5);
    assert_int_equal(session_redo(&session), STATUS_INPUT);
    assert_int_equal(session_undo(&session), STATUS_OK);
    assert_true(x_of(&session) == 1);
    session_close(&session);
}

/* A draft that is dropped leaves no trace. */
static void test_dropped_draft(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    struct numbers before = numbers_of(&session.now);
    struct version *version = session.now.version;
    struct state draft;
    assert_int_equal(state_copy(&draft, &session.now), STATUS_OK);
    struct model *model = state_edit(&draft);
    model_edit_x(model)[0] = 7;
    model_edit_W(model, 0)[0] = 7;
    model->optimizer.h.lr = 7;
    assert_true(state_set_text(&draft.say, "seven"));
    state_close(&draft);
    assert_ptr_equal(session.now.version, version);
    assert_int_equal(version->references, 3); /* the present one, its origin, its line */
    assert_numbers(&session.now, &before);
    assert_null(session.now.say);
    session_close(&session);
}

/* A copy costs nothing until it is written, and then only what is written. */
static void test_sharing(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    struct state copy;
    assert_int_equal(state_copy(&copy, &session.now), STATUS_OK);
    assert_ptr_equal(copy.version, session.now.version);
    struct model *model = state_edit(&copy);
    assert_ptr_not_equal(copy.version, session.now.version);
    assert_ptr_equal(state_edit(&copy), model); /* its own already */
    const struct network *old = &state_model(&session.now)->network, *new = &model->network;
    assert_ptr_equal(new->layers[0].W, old->layers[0].W);
    model_edit_W(model, 0)[0] = 3;
    assert_ptr_not_equal(new->layers[0].W, old->layers[0].W);
    assert_ptr_equal(new->layers[1].W, old->layers[1].W);
    assert_ptr_equal(model->x, state_model(&session.now)->x);
    model_edit_x(model)[0] = 3;
    assert_ptr_not_equal(model->x, state_model(&session.now)->x);
    state_close(&copy);
    session_close(&session);
}

static void test_origin(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    struct version *origin = session.now.origin;
    assert_ptr_equal(origin, session.now.version);
    edit(&session, 4);
    assert_ptr_equal(session.now.origin, origin);
    assert_ptr_not_equal(session.now.version, origin);
    struct state draft;
    assert_int_equal(state_copy(&draft, &session.now), STATUS_OK);
    state_mark_origin(&draft);
    assert_ptr_equal(draft.origin, draft.version);
    assert_int_equal(session_commit(&session, &draft, CHANGE_NONE), STATUS_OK);
    assert_int_equal(session_undo(&session), STATUS_OK);
    assert_ptr_equal(session.now.origin, origin);
    session_close(&session);
}

static size_t undo_all(struct session *session) {
    size_t undone = 0;
    while (session_undo(session) == STATUS_OK) {
        undone++;
    }
    return undone;
}

static void test_bound(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    session_set_bound(&session, 1); /* less than one state: the newest is kept all the same */
    for (int n = 1; n <= 10; n++) {
        edit(&session, n);
    }
    assert_int_equal(session_undo(&session), STATUS_OK);
    assert_true(x_of(&session) == 9);
    assert_int_equal(session_undo(&session), STATUS_INPUT);
    assert_true(session.undo && session.undo->gone); /* that is why */
    session_close(&session);

    open_session(&session);
    edit(&session, 1);
    size_t one = session.history->bytes;
    edit(&session, 2);
    size_t more = session.history->bytes - one;
    session_set_bound(&session, one + 5 * more);
    for (int n = 3; n <= 100; n++) {
        edit(&session, n);
        assert_true(session.history->bytes <= session.history->bound);
    }
    size_t undone = undo_all(&session);
    assert_true(undone >= 4 && undone <= 6);
    assert_true(x_of(&session) == (double)(100 - undone));
    session_close(&session);
}

/* What several states hold is counted once: x alone differs here. */
static void test_shared_is_counted_once(void **state) {
    (void)state;
    const size_t widths[] = {2, 400, 1};
    struct session session;
    struct state draft;
    struct model *model;
    open_session(&session);
    assert_int_equal(state_copy(&draft, &session.now), STATUS_OK);
    assert_int_equal(model_open(&model, widths, 3, NULL), STATUS_OK);
    assert_int_equal(state_replace(&draft, model, NULL), STATUS_OK);
    assert_int_equal(session_commit(&session, &draft, CHANGE_EDIT), STATUS_OK);
    edit(&session, 1);
    size_t first = session.history->bytes;
    edit(&session, 2);
    size_t more = session.history->bytes - first;
    struct block *pass = state_model(&session.now)->pass.memory;
    assert_true(more >= pass->count * sizeof(double));
    assert_true(more < pass->count * sizeof(double) + 4096);
    while (session_undo(&session) == STATUS_OK) {
    }
    while (session_redo(&session) == STATUS_OK) {
    }
    assert_true(x_of(&session) == 2);
    session_close(&session);
}

/* All of it is given back: nothing is counted that is not kept. */
static void test_nothing_stays_counted(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    struct history *history = history_share(session.history);
    for (int n = 0; n < 50; n++) {
        n % 3 ? edit(&session, n) : iterate(&session);
        if (n % 7 == 6) {
            assert_int_equal(session_undo(&session), STATUS_OK);
        }
    }
    struct place_in_time place;
    assert_int_equal(session_remember(&session, &place), STATUS_OK);
    edit(&session, 99);
    assert_int_equal(session_return(&session, &place), STATUS_OK);
    assert_true(x_of(&session) != 99);
    place_in_time_drop(&place);
    assert_true(history->bytes > 0);
    session_close(&session);
    assert_int_equal(history->bytes, 0);
    assert_int_equal(history->used, 0);
    assert_int_equal(history->references, 1);
    history_drop(history);
}

static void test_long_history(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    session_set_bound(&session, SIZE_MAX);
    for (int n = 1; n <= 12000; n++) {
        edit(&session, n);
    }
    size_t undone = 0;
    while (session_undo(&session) == STATUS_OK) {
        undone++;
        assert_true(x_of(&session) == (undone < 12000 ? (double)(12000 - undone) : 0));
    }
    assert_int_equal(undone, 12000);
    while (session_redo(&session) == STATUS_OK) {
        undone--;
    }
    assert_int_equal(undone, 0);
    assert_true(x_of(&session) == 12000);
    session_close(&session);
}

static void test_floor(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    edit(&session, 1);
    session_set_floor(&session, true);
    edit(&session, 2);
    assert_int_equal(session_undo(&session), STATUS_OK);
    assert_int_equal(session_undo(&session), STATUS_INPUT);
    assert_true(x_of(&session) == 1);
    assert_int_equal(session_redo(&session), STATUS_OK);
    session_set_floor(&session, false);
    assert_int_equal(undo_all(&session), 2);
    session_close(&session);
}

static void test_settle(void **state) {
    (void)state;
    struct session session;
    open_session(&session);
    struct state draft;
    assert_int_equal(state_copy(&draft, &session.now), STATUS_OK);
    draft.place = (struct place){99, 3};
    state_edit(&draft)->network.combine = true;
    model_touch(state_model(&draft), 1);
    assert_int_equal(state_settle(&draft, NULL, NULL, NULL), STATUS_OK);
    assert_int_equal(draft.place.step, 12); /* K = 2 has one B2 to merge */
    assert_int_equal(draft.place.element, 0);
    assert_int_equal(state_model(&draft)->stale, MODEL_FRESH);
    state_close(&draft);
    session_close(&session);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opens),
        cmocka_unit_test(test_undo_to_the_bit),
        cmocka_unit_test(test_change_ends_redo),
        cmocka_unit_test(test_dropped_draft),
        cmocka_unit_test(test_sharing),
        cmocka_unit_test(test_origin),
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_shared_is_counted_once),
        cmocka_unit_test(test_nothing_stays_counted),
        cmocka_unit_test(test_long_history),
        cmocka_unit_test(test_floor),
        cmocka_unit_test(test_settle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
