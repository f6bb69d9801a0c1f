/*
 * lang/command_gradcheck.c - every gradient against a difference of costs, as a page:
 *
 *     17 of 18 gradients agree with central differences of C; 1 is at a kink.
 *
 *     Largest difference:
 *       dW0[1,2]
 *         backward pass      -0.54
 *         by differences     -0.5400000000043
 *         relative error      8.0e-12 (1e-5 passes)
 *
 *     Left out at a kink, 1:
 *       ...
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "call.h"
#include "net/gradcheck.h"

static void put_name(struct text *out, const struct gradcheck_entry *entry) {
    static const enum quantity_kind kinds[] = {
        [GRADCHECK_W] = QUANTITY_DW, [GRADCHECK_B] = QUANTITY_DB, [GRADCHECK_X] = QUANTITY_DR};
    struct quantity q = {.kind = kinds[entry->kind], .layer = entry->layer};
    q.i = (int64_t)(entry->kind == GRADCHECK_B ? entry->j : entry->i);
    q.j = entry->kind == GRADCHECK_W ? (int64_t)entry->j : 0;
    struct text name = TEXT_EMPTY;
    quantity_name(&name, &q);
    text_printf(out, "  %s\n", text_string(&name));
    text_free(&name);
}

/* "  by differences  -0.54" */
static void put_row(struct text *out, const char *what, double value) {
    char number[NUMBER_TEXT_MAX];
    value = value == 0 ? 0 : value; /* not -0 */
    text_printf(out, "    %-18s %s%s\n", what, signbit(value) ? "" : " ",
                number_shortest(value, number));
}

static void put_verdict(struct text *out, const struct gradcheck *check) {
    size_t agree = check->checked - check->failed;
    if (check->checked == check->gradients && check->failed == 0) {
        text_printf(out, "All %zu gradients agree with central differences of C.\n", agree);
        return;
    }
    text_printf(out, "%zu of %zu gradients agree with central differences of C", agree,
                check->gradients);
    if (check->failed > 0) {
        text_printf(out, "; %zu %s NOT", check->failed, check->failed == 1 ? "does" : "do");
    }
    if (check->kinks > 0) {
        text_printf(out, "; %zu %s at a kink", check->kinks, check->kinks == 1 ? "is" : "are");
    }
    size_t asked = check->checked + check->kinks;
    if (asked < check->gradients) {
        text_printf(out, "; %zu were not looked at", check->gradients - asked);
    }
    text_put(out, ".\n");
}

static void put_worst(struct text *out, const struct gradcheck *check) {
    char error[NUMBER_TEXT_MAX], passes[NUMBER_TEXT_MAX];
    text_put(out, check->failed > 0 ? "\nWorst offender:\n" : "\nLargest difference:\n");
    put_name(out, &check->worst);
    put_row(out, "backward pass", check->worst.analytic);
    put_row(out, "by differences", check->worst.numeric);
    text_printf(out, "    %-18s  %s (%s passes)\n", "relative error",
                check->worst.error == 0 ? "0" : number_fixed(check->worst.error, 2, error),
                number_shortest(GRADCHECK_TOLERANCE, passes));
}

static void put_kink(struct text *out, const struct gradcheck *check) {
    const struct gradcheck_kink *kink = &check->kink;
    text_printf(out,
                "\nLeft out at a kink, %zu:\n"
                "  Within the step of the difference\n  the z of a neuron crosses 0, where\n"
                "  its activation bends: C has one\n  slope on the left and another on the\n"
                "  right, and a difference over both\n  says nothing about either.\n\n",
                check->kinks);
    put_name(out, &kink->entry);
    put_row(out, "backward pass", kink->entry.analytic);
    put_row(out, "slope on the left", kink->left);
    put_row(out, "slope on the right", kink->right);
    text_printf(out, "    z%zu[%zu]%s crosses 0; %s\n", kink->layer, kink->j,
                kink->several ? " is not all that" : " is what",
                kink->several     ? "nothing can be said"
                : kink->explained ? "the gradient lies between them"
                                  : "the gradient does NOT lie between them");
    if (check->unexplained > 0) {
        text_printf(out, "  Of these, %zu %s not between the two slopes.\n", check->unexplained,
                    check->unexplained == 1 ? "is" : "are");
    }
}

static void put_gradcheck(struct text *out, const struct gradcheck *check) {
    put_verdict(out, check);
    if (check->checked > 0) {
        put_worst(out, check);
    }
    if (check->kinks > 0) {
        put_kink(out, check);
    }
}

/* Something is wrong with the gradients: the page tells it all, the error in one line. */
static enum status refuse(struct call *call, const struct gradcheck *check) {
    const struct gradcheck_entry *entry = check->failed > 0 ? &check->worst : &check->kink.entry;
    struct text name = TEXT_EMPTY;
    char analytic[NUMBER_TEXT_MAX], numeric[NUMBER_TEXT_MAX];
    put_name(&name, entry);
    const char *bare = text_string(&name) + strspn(text_string(&name), " ");
    int cells = (int)strcspn(bare, "\n");
    enum status status = error_set(
        call->error, STATUS_INPUT,
        "%zu of %zu gradients do not agree with differences of C: '%.*s' is %s, by differences %s",
        check->failed + check->unexplained, check->gradients, cells, bare,
        number_shortest(entry->analytic, analytic), number_shortest(entry->numeric, numeric));
    text_free(&name);
    return status;
}

/* "gradcheck [N]" */
enum status run_gradcheck(struct call *call) {
    struct word word;
    uint64_t count = 0;
    enum status status = STATUS_OK;
    if (call_peek(call, &word)) {
        status = call_count(call, "number of gradients", 1, DATA_MAX_NUMBERS, &count);
    }
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    struct gradcheck check = {0};
    if (status == STATUS_OK) {
        const struct runner *runner = call->runner;
        status = model_gradcheck(state_model(call->state), (size_t)count, 1, runner->stop,
                                 runner->context, &check, call->error);
    }
    if (status != STATUS_OK) {
        return status;
    }
    put_gradcheck(&call->result->output, &check);
    return check.failed + check.unexplained == 0 ? STATUS_OK : refuse(call, &check);
}
