/*
 * app/plain_news.c - what a command changed, told in lines of text.
 *
 *     W0[1,2]: −0.3 → 0.6, up.
 *     z1[2]: −1.1 → −0.2, up.
 *
 * First what was set, then what follows from it as far as the walk has come, in its
 * order; then the present step, whose elements say what they were.
 */
#include <math.h>
#include <string.h>

#include "net/train.h"
#include "plain_tell.h"
#include "view/view.h"

enum {
    CHANGES_TOLD = 16,
    COMPARED_MOST = 1000000, /* values looked at */
    COMPARED_QUICK = 20000,
};

struct changes {
    size_t most, compare; /* to tell; values to look at */
    size_t told, more, compared;
};

/* "W0[1,2]: −0.3 → 0.6, up." */
static void tell_change(const struct teller *t, struct changes *changes, const struct quantity *q) {
    double old = quantity_value(t->before, q), now = quantity_value(t->model, q);
    changes->compared++;
    if (teller_hides(t, q) || old == now || (isnan(old) && isnan(now))) {
        return;
    }
    if (changes->told >= changes->most) {
        changes->more++;
        return;
    }
    changes->told++;
    struct print_options options = teller_printing(t, true);
    struct text first = TEXT_EMPTY, second = TEXT_EMPTY;
    number_print(&first, old, &options);
    number_print(&second, now, &options);
    if (strcmp(text_string(&first), text_string(&second)) == 0) { /* too close for these digits */
        text_free(&first);
        text_free(&second);
        options.digits = 0;
        number_print(&first, old, &options);
        number_print(&second, now, &options);
    }
    text_put(t->out, q->next ? "new " : "");
    quantity_name(t->out, q);
    text_printf(t->out, ": %s %s %s%s.\n", text_string(&first), t->ascii ? "->" : "→",
                text_string(&second),
                now > old   ? ", up"
                : now < old ? ", down"
                            : "");
    text_free(&first);
    text_free(&second);
}

static void tell_more(const struct teller *t, struct changes *changes) {
    if (changes->more > 0) {
        text_printf(t->out, "and %zu more %s changed.\n", changes->more,
                    changes->more == 1 ? "value" : "values");
    }
    changes->told = changes->more = 0;
}

/* Weights and biases of a layer that neither model has written: nothing to compare. */
static bool same_block(const struct teller *t, const struct quantity *q) {
    const struct layer *now = &t->model->network.layers[q->layer];
    const struct layer *old = &t->before->network.layers[q->layer];
    return (q->kind == QUANTITY_W && now->W == old->W) ||
           (q->kind == QUANTITY_B && now->b == old->b);
}

/* What can be set: inputs, targets, weights, biases, settings. */
static void tell_changed_givens(const struct teller *t, struct changes *changes) {
    for (int kind = 0; kind < QUANTITY_KINDS; kind++) {
        size_t first, last, old_first, old_last;
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        bool given = kind == QUANTITY_R || (row->assignable && row->family != FAMILY_UPDATE);
        if (!given || !quantity_layers(t->model, (enum quantity_kind)kind, &first, &last) ||
            !quantity_layers(t->before, (enum quantity_kind)kind, &old_first, &old_last)) {
            continue;
        }
        first = kind == QUANTITY_R ? 0 : first; /* only x */
        last = kind == QUANTITY_R ? 0 : last;
        for (size_t layer = first; layer <= last; layer++) {
            struct quantity q = {.kind = (enum quantity_kind)kind, .layer = layer};
            if (same_block(t, &q)) {
                continue;
            }
            size_t rows, cols;
            int rank = quantity_rank(t->model, &q);
            quantity_shape(t->model, &q, &rows, &cols);
            for (size_t n = 0; n < rows * cols && changes->compared < changes->compare; n++) {
                q.i = rank == 2 ? (int64_t)(n / cols) + 1 : rank == 1 ? (int64_t)n + 1 : 0;
                q.j = rank == 2 ? (int64_t)(n % cols) + 1 : 0;
                tell_change(t, changes, &q);
            }
        }
    }
}

/* What is computed, as far as the walk has come; the present step is told in full. */
static void tell_changed_steps(const struct teller *t, struct changes *changes) {
    struct focus focus = walk_focus(t->model, t->now->place, t->now->grain);
    for (size_t step = 1; step < focus.step; step++) {
        size_t count = walk_elements(t->model, step);
        for (size_t e = 1; e <= count && changes->compared < changes->compare; e++) {
            struct quantity q = walk_element(t->model, step, e);
            tell_change(t, changes, &q);
        }
    }
    tell_more(t, changes);
}

static bool same_shape(const struct model *a, const struct model *b) {
    bool same = a->network.K == b->network.K && a->network.bias == b->network.bias &&
                a->optimizer.rule == b->optimizer.rule && walk_length(a) == walk_length(b) &&
                model_batched(a) == model_batched(b);
    for (size_t k = 0; same && k <= a->network.K; k++) {
        same = a->network.layers[k].n == b->network.layers[k].n;
    }
    return same;
}

static bool is_before(struct place a, struct place b) {
    return a.step < b.step || (a.step == b.step && a.element < b.element);
}

static bool same_text(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* The network in words, where they are other words than before. */
static void tell_new_network(const struct teller *t, const struct state *before) {
    struct text old = TEXT_EMPTY, now = TEXT_EMPTY;
    struct teller then = teller_of(&old, before, t->ascii), here = *t;
    here.out = &now;
    tell_network(&then);
    tell_network(&here);
    if (!same_text(text_string(&old), text_string(&now))) {
        text_put(t->out, text_string(&now));
    }
    text_free(&old);
    text_free(&now);
}

/* A model that was edited, or trained. */
static void tell_edit(struct teller *t, const struct state *before) {
    struct changes changes = {.most = CHANGES_TOLD, .compare = COMPARED_MOST};
    tell_new_network(t, before);
    if (!same_shape(state_model(before), t->model)) {
        tell_focus(t);
        return;
    }
    t->before = state_model(before);
    bool trained = t->model->updates > t->before->updates;
    if (trained && walk_at_end(t->before, before->place)) {
        text_put(t->out, "The update is made.\n");
    }
    tell_changed_givens(t, &changes);
    tell_more(t, &changes);
    if (place_equal(before->place, t->now->place) && !trained) {
        tell_changed_steps(t, &changes);
        tell_focus(t);
    } else if (!trained && is_before(before->place, t->now->place)) {
        t->before = NULL;
        tell_walked(t, before->place);
    } else {
        t->before = NULL;
        tell_focus(t);
    }
}

static void tell_settings(const struct teller *t, const struct state *before) {
    if (before->grain != t->now->grain) {
        text_printf(t->out, "A step is now by the %s.\n", grain_name(t->now->grain));
    }
    if (before->digits != t->now->digits) {
        text_printf(t->out, "Numbers have %d decimals now.\n", t->now->digits);
    }
    if (before->labels != t->now->labels) {
        text_printf(t->out, "'print' writes %s now.\n",
                    t->now->labels ? "names too" : "values only");
    }
}

/* A screen other than the walk's: all of it at first, then how it goes on. */
static void tell_screen(const struct teller *t, const struct state *before, bool moved) {
    bool other = before->screen != t->now->screen;
    if (other && t->now->screen == SCREEN_WALK) {
        tell_focus(t);
    } else if (other || moved) {
        view_tell(t->out, t->now, t->ascii, other);
    }
}

/* Nothing stops for it, and nothing is wrong with an edit that leads to it. */
static void tell_underflow(struct text *out, const struct state *now) {
    struct fault fault;
    if (model_is_sound(state_model(now)) && model_find_underflow(state_model(now), &fault)) {
        text_printf(out, "%s underflowed first: it is too small for a number.\n", fault.name);
    }
}

void tell_news(struct text *out, const struct state *before, const struct state *now, bool ascii) {
    struct teller t = teller_of(out, now, ascii);
    if (now->title && !same_text(before->title, now->title)) {
        text_printf(out, "%s\n", now->title);
    }
    tell_settings(&t, before);
    if (before->version != now->version) {
        tell_edit(&t, before);
        text_put(out, tell_fault(out, now) ? ": 'undo' takes it back.\n" : "");
        tell_underflow(out, now);
    } else if (is_before(before->place, now->place)) {
        tell_walked(&t, before->place);
    } else if (!place_equal(before->place, now->place)) {
        tell_focus(&t);
    }
    tell_screen(&t, before,
                before->version != now->version || !place_equal(before->place, now->place));
    tell_watched(&t, before);
    if (now->say && !same_text(before->say, now->say)) {
        text_printf(out, "%s\n", now->say);
    }
    const struct question *asked = &now->question, *old = &before->question;
    if (asked->stage != QUESTION_NONE &&
        (asked->stage != old->stage || !quantity_equal(&asked->q, &old->q) ||
         !same_text(asked->text, old->text) || asked->tries != old->tries ||
         asked->hints != old->hints)) {
        tell_question(out, now, false, ascii);
    }
}

bool tell_fault(struct text *out, const struct state *now) {
    struct fault fault;
    if (model_is_sound(state_model(now)) || !model_find_fault(state_model(now), &fault)) {
        return false;
    }
    text_put(out, fault.name);
    if (fault.sample > 0) {
        text_printf(out, " of sample %zu", fault.sample);
    }
    text_put(out, isnan(fault.value) ? " is the first that is no number" : " overflowed first");
    return true;
}

void tell_given(struct text *out, const struct state *before, const struct state *now, bool ascii) {
    struct teller t = teller_of(out, now, ascii);
    struct changes changes = {.most = 1, .compare = COMPARED_QUICK};
    if (before->version == now->version || !same_shape(state_model(before), t.model)) {
        return;
    }
    t.before = state_model(before);
    if (now->nudging) { /* known without looking for it */
        tell_change(&t, &changes, &now->pick.q);
    } else {
        tell_changed_givens(&t, &changes);
    }
    if (changes.told > 0) {
        text_cut(out, out->length - 2); /* ".\n" */
    }
    if (changes.more > 0) {
        text_printf(out, ", and %zu more", changes.more);
    }
}
