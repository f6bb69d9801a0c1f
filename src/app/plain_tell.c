/*
 * app/plain_tell.c - a state, and what is new in it, told in lines of text.
 *
 *     Step 10 of 13, backward pass, layer 1: B1, through the activation.
 *     ∂C/∂z⁽¹⁾ⱼ = ∂C/∂r⁽¹⁾ⱼ · Step(z⁽¹⁾ⱼ)
 *     dz1[1] = −0.54 · 1 = −0.54
 *     dz1[2] = 1.08 · 1 = 1.08, was 0
 *
 * The formula is the book's; its elements have the names by which commands know
 * them. What is long is cut after a few lines, with the count of what is left out:
 * a listener cannot skip.
 */
#include "plain_tell.h"

#include <math.h>
#include <string.h>

#include "expr/print.h"
#include "net/activation.h"
#include "net/cost.h"
#include "view/view.h"

enum {
    WIDTHS_TOLD = 8,
    STEPS_TOLD = 8,     /* of those walked at once */
    ELEMENTS_TOLD = 16, /* of one formula */
    TERMS_TOLD = 8,     /* of one sum */
};

struct teller teller_of(struct text *out, const struct state *now, bool ascii) {
    return (struct teller){.out = out, .now = now, .model = state_model(now), .ascii = ascii};
}

static bool hides(const void *context, const struct quantity *q) {
    const struct state *state = context;
    return question_hides(&state->question, state_model(state), q);
}

bool teller_hides(const struct teller *t, const struct quantity *q) {
    return hides(t->now, q);
}

/* Is it of the equation that is asked for, with fewer hints than this? */
static bool veiled(const struct teller *t, const struct quantity *q, int hints) {
    return question_concerns(&t->now->question, q) && t->now->question.hints < hints;
}

struct print_options teller_printing(const struct teller *t, bool numbers) {
    return (struct print_options){
        .model = t->model,
        .notation = t->ascii ? NOTATION_ASCII : NOTATION_UNICODE,
        .numbers = numbers,
        .digits = t->now->digits,
        .most_terms = TERMS_TOLD,
        .hides = hides,
        .hides_context = t->now,
    };
}

/* ---- the network ---- */

void tell_network(const struct teller *t) {
    const struct network *network = &t->model->network;
    const struct layer *layers = network->layers;
    text_put(t->out, "Network ");
    if (network->K < WIDTHS_TOLD) {
        for (size_t k = 0; k <= network->K; k++) {
            text_printf(t->out, "%s%zu", k > 0 ? "-" : "", layers[k].n);
        }
    } else {
        size_t inputs = layers[0].n, outputs = layers[network->K].n;
        text_printf(t->out, "of %zu layers, from %zu input%s to %zu output%s", network->K + 1,
                    inputs, inputs == 1 ? "" : "s", outputs, outputs == 1 ? "" : "s");
    }
    const struct activation *common = network_common_activation(network);
    if (common) {
        text_printf(t->out, ", activation %s", common->title);
    } else {
        text_printf(t->out, ", mixed activations, the last %s",
                    layers[network->K].activation->title);
    }
    text_printf(t->out, ", cost %s, %s, optimizer %s.\n", network->cost->name,
                network->bias ? "with biases" : "no biases", t->model->optimizer.rule->name);
}

/* ---- one step ---- */

static void tell_number(const struct teller *t, double value) {
    struct print_options options = teller_printing(t, true);
    number_print(t->out, value, &options);
}

/* "dz1[2] = 1.08 · 1 = 1.08, was 0" */
static void tell_element(const struct teller *t, const struct quantity *q) {
    struct print_options options = teller_printing(t, true);
    struct text numbers = TEXT_EMPTY, result = TEXT_EMPTY;
    struct equation equation;
    double value = quantity_value(t->model, q);
    if (!veiled(t, q, HINT_NUMBERS) && equation_open(&equation, t->model, *q, NULL) == STATUS_OK) {
        expr_print_text(&numbers, equation.right, &options);
        equation_close(&equation);
    }
    if (teller_hides(t, q)) {
        text_put(&result, "?");
    } else {
        number_print(&result, value, &options);
    }
    text_put(t->out, q->next ? "new " : "");
    quantity_name(t->out, q);
    if (numbers.length > 0 && strcmp(text_string(&numbers), text_string(&result)) != 0) {
        text_printf(t->out, " = %s", text_string(&numbers));
    }
    text_printf(t->out, " = %s", text_string(&result));
    if (t->before && !teller_hides(t, q)) {
        double old = quantity_value(t->before, q);
        if (old != value && !(isnan(old) && isnan(value))) {
            text_put(t->out, ", was ");
            tell_number(t, old);
        }
    }
    text_put(t->out, "\n");
    text_free(&numbers);
    text_free(&result);
}

static void tell_formula(const struct teller *t, struct quantity q) {
    struct print_options options = teller_printing(t, false);
    struct equation equation;
    if (veiled(t, &q, HINT_SYMBOLS)) {
        return;
    }
    if (equation_open(&equation, t->model, quantity_generic(t->model, q), NULL) == STATUS_OK) {
        equation_print_text(t->out, &equation, &options);
        text_put(t->out, "\n");
        equation_close(&equation);
    }
}

/* Elements of one whole quantity (dW, then db), from element `from` of the step on, to
 * its last or to `last`: returns that. */
static size_t tell_part(const struct teller *t, size_t step, size_t from, size_t last) {
    struct quantity q = walk_element(t->model, step, from);
    struct quantity whole = q;
    size_t rows, cols;
    whole.i = whole.j = 0;
    quantity_shape(t->model, &whole, &rows, &cols);
    size_t number = q.j > 0 ? (size_t)(q.i - 1) * cols + (size_t)q.j : q.i > 0 ? (size_t)q.i : 1;
    size_t end = from + rows * cols - number;
    end = end < last ? end : last;
    tell_formula(t, whole);
    size_t told = end - from + 1 <= ELEMENTS_TOLD ? end - from + 1 : ELEMENTS_TOLD;
    for (size_t e = from; e < from + told; e++) {
        q = walk_element(t->model, step, e);
        tell_element(t, &q);
    }
    if (from + told <= end) {
        text_printf(t->out, "and %zu more", end - from - told + 1);
        if (!whole.next) {
            text_put(t->out, ": all with 'print ");
            quantity_name(t->out, &whole);
            text_put(t->out, "'");
        }
        text_put(t->out, ".\n");
    }
    return end;
}

/* Elements first ... last of a step. */
static void tell_step(const struct teller *t, size_t step, size_t first, size_t last) {
    struct walk_step here = walk_step_at(t->model, step);
    const struct law_row *law = law_row(here.law);
    size_t count = walk_elements(t->model, step);
    text_printf(t->out, "Step %zu of %zu, %s%s, layer %zu", step, walk_length(t->model), law->pass,
                here.law == LAW_U ? "" : " pass", here.layer);
    if (first == last && count > 1) {
        text_printf(t->out, ", element %zu of %zu", first, count);
    } else if (last - first + 1 < count) {
        text_printf(t->out, ", elements %zu to %zu of %zu", first, last, count);
    }
    text_printf(t->out, ": %s, %s.\n", law->name, law->title);
    for (size_t e = first; e <= last; e++) {
        e = tell_part(t, step, e, last);
    }
}

/* ---- where the walk stands ---- */

static void tell_end(const struct teller *t) {
    if (walk_at_end(t->model, t->now->place)) {
        text_put(t->out, "That is the end of the walk: a step on makes the update, and the next "
                         "iteration begins.\n");
    }
}

static void tell_start(const struct teller *t) {
    if (t->model->updates > 0) {
        text_printf(t->out, "Iteration %llu. ", (unsigned long long)t->model->updates + 1);
    }
    text_printf(t->out,
                "The walk stands at its start: nothing is computed yet, %zu steps lie ahead.\n",
                walk_length(t->model));
}

void tell_focus(const struct teller *t) {
    struct focus focus = walk_focus(t->model, t->now->place, t->now->grain);
    if (focus.step == 0) {
        tell_start(t);
    } else {
        tell_step(t, focus.step, focus.first, focus.last);
        tell_end(t);
    }
}

/* All steps from one place on to the present one. */
void tell_walked(const struct teller *t, struct place from) {
    struct place to = t->now->place;
    size_t step = from.step + 1;
    size_t element = from.element + 1;
    if (to.step - from.step > STEPS_TOLD) {
        text_printf(t->out, "Steps %zu to %zu are passed.\n", step, to.step - 1);
        step = to.step;
        element = 1;
    }
    for (; step <= to.step; step++) {
        tell_step(t, step, element, walk_elements(t->model, step));
        element = 1;
    }
    if (to.element > 0) {
        tell_step(t, step, element, to.element);
    }
    tell_end(t);
}

void tell_place(struct text *out, const struct state *state, bool ascii) {
    struct teller t = teller_of(out, state, ascii);
    tell_focus(&t);
}

void tell_question(struct text *out, const struct state *state, bool again, bool ascii) {
    struct teller t = teller_of(out, state, ascii);
    const struct question *question = &state->question;
    struct print_options options = teller_printing(&t, false);
    if (question->stage == QUESTION_OPEN && (again || !question->reply)) {
        text_put(out, "Question: ");
        question_put(out, question, &options);
        text_put(out, "\n");
    }
    if (question->reply) {
        text_printf(out, "%s\n", question->reply);
    }
}

void tell_state(struct text *out, const struct state *state, bool ascii) {
    struct teller t = teller_of(out, state, ascii);
    if (state->title) {
        text_printf(out, "%s\n", state->title);
    }
    tell_network(&t);
    if (state->say) {
        text_printf(out, "%s\n", state->say);
    }
    tell_focus(&t);
    view_tell(out, state, ascii, true);
    tell_question(out, state, true, ascii);
}
