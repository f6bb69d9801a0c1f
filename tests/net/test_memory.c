/*
 * test_memory.c - every allocation fails once: whatever the rooms net and expr do
 * then, they say STATUS_MEMORY, lose nothing, and leave what was there usable.
 */
/* link: -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc -Wl,--wrap=aligned_alloc -Wl,--wrap=free */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "expr/equation.h"
#include "expr/print.h"
#include "named.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/initializer.h"
#include "wrapped.h"

/* Of this program's own allocations: how many are alive, and how many may still
 * succeed before one fails (negative: all succeed). */
static long alive;
static long left = -1;
static bool has_failed;

static bool fails(void) {
    if (left < 0) {
        return false;
    }
    if (left == 0) {
        has_failed = true;
        left = -1; /* one only: what follows must not make up for it */
        return true;
    }
    left--;
    return false;
}

static void *counted(void *memory) {
    alive += memory ? 1 : 0;
    return memory;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : counted(__real_malloc(size));
}
void *__wrap_calloc(size_t count, size_t size) {
    return fails() ? NULL : counted(__real_calloc(count, size));
}
void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return fails() ? NULL : counted(__real_aligned_alloc(alignment, size));
}
void *__wrap_realloc(void *old, size_t size) {
    if (fails()) {
        return NULL;
    }
    return old ? __real_realloc(old, size) : counted(__real_realloc(NULL, size));
}
void __wrap_free(void *memory) {
    alive -= memory ? 1 : 0;
    __real_free(memory);
}

/* Something to try: it cleans up after itself, and says how it went. */
typedef enum status (*attempt)(struct model *model);

/* Try it with the first allocation failing, the second, and so on, until none
 * does. Returns how many failed. */
static long exhaust(attempt try, struct model *model) {
    for (long n = 0; n < 100000; n++) {
        long before = alive;
        left = n;
        has_failed = false;
        enum status status = try(model);
        left = -1;
        assert_int_equal(alive, before);
        if (!has_failed) {
            assert_int_equal(status, STATUS_OK);
            return n;
        }
        if (status != STATUS_MEMORY) {
            fail_msg("status %d after allocation %ld failed", (int)status, n + 1);
        }
    }
    return 0;
}

static struct model *open_model(const char *rule) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){2, 3, 2}, 3, NULL), STATUS_OK);
    model->network.bias = true;
    network_set_activation(&model->network, 2, activation_named("softmax"), NULL);
    model->network.cost = cost_named("cross-entropy");
    memcpy(model_edit_x(model), (const double[]){1, -2}, 2 * sizeof(double));
    memcpy(model_edit_y(model), (const double[]){1, 0}, 2 * sizeof(double));
    assert_int_equal(optimizer_choose(&model->optimizer, rule_named(rule), &model->network),
                     STATUS_OK);
    model->optimizer.h.clip = 0.1;
    model->optimizer.h.decay = 0.1;
    model_touch(model, 0);
    assert_int_equal(model_compute(model), STATUS_OK);
    return model;
}

static enum status try_open(struct model *model) {
    (void)model;
    struct model *opened = NULL;
    struct error error = {0};
    enum status status = model_open(&opened, (const size_t[]){2, 3, 4, 1}, 4, &error);
    if (status != STATUS_OK) {
        assert_null(opened);
        assert_int_equal(error.status, STATUS_MEMORY);
        assert_string_equal(error.text, "out of memory");
    }
    model_close(opened);
    return status;
}

static enum status try_copy(struct model *model) {
    struct model *copy = model_copy(model);
    model_close(copy);
    return copy ? STATUS_OK : STATUS_MEMORY;
}

/* All edits of a copy, so that each must own its block first. */
static enum status try_edit(struct model *model) {
    struct model *copy = model_copy(model);
    if (!copy) {
        return STATUS_MEMORY;
    }
    double W = network_W(&model->network, 1)[0], C = model->pass.C;
    double *edits[] = {model_edit_x(copy), model_edit_y(copy), model_edit_W(copy, 1),
                       model_edit_b(copy, 0)};
    bool good = true;
    for (size_t n = 0; n < 4; n++) {
        good = good && edits[n];
        if (edits[n]) {
            edits[n][0] += 1;
        }
    }
    enum status status = model_compute(copy);
    if (status == STATUS_MEMORY) {
        assert_int_equal(copy->stale, 0);
        assert_int_equal(model_compute(copy), STATUS_OK); /* and again, with memory */
    }
    assert_true(isfinite(copy->pass.C));
    assert_true(network_W(&model->network, 1)[0] == W && model->pass.C == C);
    model_close(copy);
    return good ? status : STATUS_MEMORY;
}

static enum status try_update(struct model *model) {
    struct model *copy = model_copy(model);
    if (!copy) {
        return STATUS_MEMORY;
    }
    enum status status = model_update(copy);
    const double *before = network_W(&model->network, 0);
    const double *after = network_W(&copy->network, 0);
    if (status == STATUS_OK) {
        assert_true(after[0] != before[0]);
    } else { /* nothing moved */
        for (size_t n = 0; n < 6; n++) {
            assert_true(after[n] == before[n]);
        }
        assert_true(copy->optimizer.t == model->optimizer.t);
    }
    model_close(copy);
    return status;
}

static enum status try_choose(struct model *model) {
    const struct rule *before = model->optimizer.rule;
    struct block *moment = model->optimizer.moment_W[0][1];
    enum status status =
        optimizer_choose(&model->optimizer, rule_named("rmsprop"), &model->network);
    if (status != STATUS_OK) {
        assert_ptr_equal(model->optimizer.rule, before);
        assert_ptr_equal(model->optimizer.moment_W[0][1], moment);
        return status;
    }
    /* back again, and surely: as many blocks as before */
    left = -1;
    assert_int_equal(optimizer_choose(&model->optimizer, before, &model->network), STATUS_OK);
    return status;
}

static enum status try_initialize(struct model *model) {
    struct network copy;
    enum status status = network_copy(&copy, &model->network);
    if (status == STATUS_OK) {
        status = network_initialize(&copy, initializer_named("orthogonal"), 0, 1, NULL, NULL);
        network_close(&copy);
    }
    return status;
}

/* An expression with every kind of node, read and evaluated. */
static enum status try_expression(struct model *model) {
    static const char source[] =
        "sum([x[1] -2; max(1, 2) 2^-x[2]]' * [1 2; 3 4]) + min(z1, 0) / -W0[1, 2] < (yhat[1] "
        "- 0.00000000000000000000000000000000000000000000000000000000000000000001)";
    struct names names = names_of_model(model);
    struct scope scope = {.model = model};
    struct expr *expr = NULL;
    struct error error = {0};
    struct value value = {0};
    enum status status = expr_parse(&names, source, strlen(source), 1, false, NULL, &expr, &error);
    if (status == STATUS_OK) {
        assert_non_null(expr);
        status = expr_evaluate(expr, &scope, &value, &error);
        expr_free(expr);
    } else {
        assert_null(expr);
    }
    if (status == STATUS_OK) {
        assert_int_equal(value.cols, 3);
    } else {
        assert_int_equal(error.status, status);
    }
    value_free(&value);
    return status;
}

static enum status try_list(struct model *model) {
    static const char source[] = "1 -2 3, 4 x[1] 6 7 8 9 10 11 12 13 14 15 16 17 18 -z1[1]";
    struct names names = names_of_model(model);
    struct expr *expr = NULL;
    enum status status = expr_parse(&names, source, strlen(source), 1, true, NULL, &expr, NULL);
    assert_true((status == STATUS_OK) == (expr != NULL));
    expr_free(expr);
    return status;
}

/* The equations of all that the model has, opened and evaluated. */
static enum status try_equation(struct model *model, struct quantity q) {
    struct equation equation;
    struct error error = {0};
    enum status status = equation_open(&equation, model, q, &error);
    if (status == STATUS_INPUT) {
        /* what is given has none, and the sentence about it may be cut short */
        return has_failed ? STATUS_MEMORY : STATUS_OK;
    }
    if (status == STATUS_OK) {
        double value = 0;
        status = equation_value(&equation, model, &value, &error);
        if (status == STATUS_OK) {
            double engine = quantity_value(model, &q);
            assert_true(value == engine || (isnan(value) && isnan(engine)));
        }
        equation_close(&equation);
    }
    return status;
}

static struct quantity wanted;

static enum status try_wanted(struct model *model) {
    return try_equation(model, wanted);
}

static void test_model(void **state) {
    (void)state;
    struct model *model = open_model("adam");
    assert_true(exhaust(try_open, NULL) > 10);
    assert_true(exhaust(try_copy, model) >= 6);
    assert_true(exhaust(try_edit, model) >= 10);
    assert_true(exhaust(try_update, model) >= 10);
    assert_true(exhaust(try_choose, model) >= 4);
    assert_true(exhaust(try_initialize, model) >= 4);
    model_close(model);
}

static void test_expressions(void **state) {
    (void)state;
    struct model *model = open_model("adam");
    assert_true(exhaust(try_expression, model) > 50);
    assert_true(exhaust(try_list, model) > 20);
    model_close(model);
}

static void test_equations(void **state) {
    (void)state;
    static const char *const rules[] = {"sgd", "momentum", "rmsprop", "adam"};
    long failed = 0;
    for (size_t r = 0; r < 4; r++) {
        struct model *model = open_model(rules[r]);
        for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
            struct quantity q = {.kind = (enum quantity_kind)kind};
            size_t first, last;
            if (!quantity_layers(model, q.kind, &first, &last)) {
                continue;
            }
            for (q.layer = first; q.layer <= last; q.layer++) {
                int rank = quantity_rank(model, &q);
                q.i = rank > 0 ? 1 : 0;
                q.j = rank == 2 ? 2 : 0;
                wanted = q;
                failed += exhaust(try_wanted, model);
                bool parameter = quantity_row(q.kind)->family == FAMILY_WEIGHT;
                wanted.next = parameter;
                failed += parameter ? exhaust(try_wanted, model) : 0;
            }
        }
        model_close(model);
    }
    assert_true(failed > 1000);
}

/* Printing has no status: it leaves something out, but neither crashes nor leaks. */
static void test_printing(void **state) {
    (void)state;
    struct model *model = open_model("adam");
    struct equation equation;
    struct quantity q = {.kind = QUANTITY_W, .next = true, .i = 1, .j = 1};
    assert_int_equal(equation_open(&equation, model, q, NULL), STATUS_OK);
    for (int which = 0; which < 4; which++) {
        struct print_options options = {.model = model,
                                        .notation = which < 2 ? NOTATION_UNICODE : NOTATION_TEX,
                                        .numbers = which % 2 == 1,
                                        .most_terms = 1};
        for (long n = 0; n < 1000; n++) {
            long before = alive;
            struct text text = TEXT_EMPTY;
            left = n;
            has_failed = false;
            equation_print_text(&text, &equation, &options);
            left = -1;
            text_free(&text);
            assert_int_equal(alive, before);
            if (!has_failed) {
                assert_true(n > 1);
                break;
            }
        }
    }
    equation_close(&equation);
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_model),
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_equations),
        cmocka_unit_test(test_printing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
